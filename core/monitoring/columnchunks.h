// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/monitoring/blockparser.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace countersign {

/// Whether the cells of one column still are what was written to a cached file. Looked at once, when they are first
/// used.
class CellCheck
{
public:
    /// For one thread at a time, before now(). `look` throws DamagedCache.
    void add(std::function<void()> look) { m_looks.push_back(std::move(look)); }
    /// For any thread. Throws DamagedCache, every time it is called.
    void now()
    {
        std::call_once(m_once, [this] {
            for (const auto &look : m_looks)
                look();
        });
    }

private:
    std::once_flag m_once;
    std::vector<std::function<void()>> m_looks;
};

/// The chunks of a column, in the order of LogTable::chunkRows. Whatever gives out cells to be read throws DamagedCache
/// where they lie in a cached file that does not hold what was written.
class ColumnChunks
{
public:
    [[nodiscard]] std::size_t size() const { return m_chunks.size(); }
    [[nodiscard]] const ColumnChunk &operator[](std::size_t chunk) const { return checked()[chunk]; }
    [[nodiscard]] std::vector<ColumnChunk>::const_iterator begin() const { return checked().begin(); }
    [[nodiscard]] std::vector<ColumnChunk>::const_iterator end() const { return m_chunks.end(); }

    /// To be filled, or to look at what is known of the cells without looking at them.
    [[nodiscard]] std::vector<ColumnChunk> &unchecked() { return m_chunks; }
    [[nodiscard]] const std::vector<ColumnChunk> &unchecked() const { return m_chunks; }
    void setCheck(std::shared_ptr<CellCheck> check) { m_check = std::move(check); }

private:
    [[nodiscard]] const std::vector<ColumnChunk> &checked() const
    {
        if (m_check)
            m_check->now();
        return m_chunks;
    }

    std::vector<ColumnChunk> m_chunks;
    std::shared_ptr<CellCheck> m_check;
};

} // namespace countersign
