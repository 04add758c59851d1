// SPDX-License-Identifier: GPL-3.0-or-later
//
// Memory for whole columns, and on disk where a log has more rows than memory is meant for.
#pragma once

#include "core/base/pages.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

namespace countersign {

/// Closes a file that is gone with its last descriptor, on a thread of its own: giving back its pages takes a second
/// for a few gigabytes, and whoever cancelled waits for it otherwise.
void closeAside(int descriptor);

/// What cells of a table lie in.
class CellMemory
{
public:
    CellMemory() = default;
    virtual ~CellMemory() = default;
    CellMemory(const CellMemory &) = delete;
    CellMemory &operator=(const CellMemory &) = delete;

    /// Mapped from files.
    [[nodiscard]] virtual std::uint64_t mappedBytes() const = 0;
    /// Leaves to the system the pages that are mapped from files: they are read again when they are touched. While
    /// other threads use them, too.
    virtual void rest() const = 0;
};

/// Pages in memory up to a limit, then in a file without a name that is gone with this object.
class PageStore : public CellMemory
{
public:
    explicit PageStore(std::uint64_t memoryBytes);
    ~PageStore() override;

    struct Taken
    {
        std::span<std::byte> bytes; ///< at the start of a page; not set to zero
        bool mapped = false;
    };
    /// For any thread. Throws Exception(Io) where the folder for large temporary files has no room, std::bad_alloc.
    [[nodiscard]] Taken take(std::size_t bytes);

    [[nodiscard]] std::uint64_t mappedBytes() const override;
    void rest() const override;

private:
    [[nodiscard]] std::span<std::byte> map(std::size_t bytes);

    std::uint64_t m_memoryBytes;
    mutable std::mutex m_mutex;
    std::vector<Pages> m_pages;
    std::uint64_t m_held = 0;
    int m_file = -1;
    std::uint64_t m_fileBytes = 0;
    std::vector<std::span<std::byte>> m_mapped;
    std::span<std::byte> m_left; ///< of the last of them
};

/// Hands out pieces of large blocks of a store, which must outlive it. One thread at a time.
class ColumnMemory
{
public:
    explicit ColumnMemory(PageStore &store)
        : m_store(store)
    {
    }

    /// Room for `count` values, not set to zero.
    template <class T>
    [[nodiscard]] std::span<T> array(std::size_t count)
    {
        static_assert(alignof(T) <= alignment);
        return {reinterpret_cast<T *>(take(count * sizeof(T))), count};
    }
    template <class T>
    [[nodiscard]] std::span<T> copyOf(std::span<const T> values)
    {
        const std::span<T> copy = array<T>(values.size());
        std::copy(values.begin(), values.end(), copy.begin());
        return copy;
    }

    /// Nothing handed out so far is used in the near future.
    void rest();

private:
    static constexpr std::size_t alignment = 8;

    [[nodiscard]] std::byte *take(std::size_t bytes);

    PageStore &m_store;
    PageStore::Taken m_block;
    std::size_t m_used = 0;                   ///< of the block
    std::size_t m_rested = 0;                 ///< of it
    std::vector<std::span<std::byte>> m_full; ///< what does not rest yet of mapped blocks before it
};

/// What all cells of a table lie in. Pages are left to the system only where more are mapped than `memoryBytes`.
class TableMemory
{
public:
    explicit TableMemory(std::uint64_t memoryBytes)
        : m_memoryBytes(memoryBytes)
    {
    }
    void add(std::shared_ptr<const CellMemory> memory);
    /// As CellMemory::rest().
    void rest() const;

private:
    std::uint64_t m_memoryBytes;
    std::uint64_t m_mappedBytes = 0;
    std::vector<std::shared_ptr<const CellMemory>> m_memories;
};

} // namespace countersign
