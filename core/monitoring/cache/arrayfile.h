// SPDX-License-Identifier: GPL-3.0-or-later
//
// Arrays of plain values in a file that is written once and mapped to be read. For caches of this machine: values lie
// as they do in memory.
#pragma once

#include "core/base/error.h"
#include "core/monitoring/pagememory.h"

#include <boost/interprocess/mapped_region.hpp>
#include <cstdint>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

namespace countersign {

/// A cached file does not hold what was written. It is thrown away, and what it stood for is read anew.
class DamagedCache : public Exception
{
public:
    explicit DamagedCache(const std::string &path)
        : Exception(ErrorCode::Corrupt, "The cached file " + path + " is damaged.", "Delete it: it is made anew.")
        , m_path(path)
    {
    }

    [[nodiscard]] const std::string &path() const { return m_path; }

private:
    std::string m_path;
};

/// Where an array lies in its file, in bytes.
struct ArrayPlace
{
    std::uint64_t offset = 0;
    std::uint64_t length = 0;
    std::uint64_t checksum = 0;
};

/// Writes under another name; commit() gives the file its own. Without it nothing stays. Throws Exception(Io).
class ArrayFileWriter
{
public:
    /// The lengths in bytes of all arrays, in their order.
    ArrayFileWriter(std::string path, const std::vector<std::uint64_t> &lengths);
    ~ArrayFileWriter();
    ArrayFileWriter(const ArrayFileWriter &) = delete;
    ArrayFileWriter &operator=(const ArrayFileWriter &) = delete;

    /// The whole of an array, in consecutive pieces. Different arrays may be written by different threads.
    void write(std::size_t array, std::span<const std::span<const std::byte>> pieces);
    void write(std::size_t array, std::span<const std::byte> bytes) { write(array, {&bytes, 1}); }

    void commit();

private:
    void put(std::span<const std::byte> bytes, std::uint64_t offset) const;

    std::string m_path;
    std::string m_temporary;
    int m_descriptor;
    std::vector<ArrayPlace> m_places;
};

class ArrayFile : public CellMemory
{
public:
    /// Throws DamagedCache where there is no such file or it is none of these.
    explicit ArrayFile(const std::string &path);

    [[nodiscard]] std::size_t size() const { return m_arrays.size(); }
    [[nodiscard]] std::uint64_t mappedBytes() const override { return m_region.get_size(); }
    void rest() const override;
    /// Valid as long as this object, and not to be written to. Every byte is looked at: throws DamagedCache.
    template <class T>
    [[nodiscard]] std::span<T> array(std::size_t index) const
    {
        const std::span<T> values = unchecked<T>(index);
        check(index);
        return values;
    }
    /// As array(), of which only the length is looked at; check() is for later.
    template <class T>
    [[nodiscard]] std::span<T> unchecked(std::size_t index) const
    {
        static_assert(std::is_trivially_copyable_v<T>);
        const std::span<std::byte> bytes = bytesOf(index, sizeof(T));
        return {reinterpret_cast<T *>(bytes.data()), bytes.size() / sizeof(T)};
    }
    /// Throws DamagedCache.
    void check(std::size_t index) const;

private:
    struct Array
    {
        std::span<std::byte> bytes;
        std::uint64_t checksum;
    };

    [[nodiscard]] std::span<std::byte> bytesOf(std::size_t index, std::size_t width) const;

    std::string m_path;
    boost::interprocess::mapped_region m_region;
    std::vector<Array> m_arrays;
};

} // namespace countersign
