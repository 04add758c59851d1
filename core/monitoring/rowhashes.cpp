// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/rowhashes.h"

#include "core/monitoring/parallel.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cmath>
#include <iterator>
#include <span>

namespace countersign {

namespace {

constexpr std::uint64_t oddNumber = 0x9E3779B97F4A7C15; // 2^64 over the golden ratio

std::uint64_t hashWith(std::uint64_t hash, std::uint64_t bits)
{
    constexpr int turn = 29;
    constexpr int half = 32;
    const std::uint64_t mixed = (std::rotl(hash, turn) ^ bits ^ (bits >> half)) * oddNumber;
    return mixed ^ (mixed >> half);
}

void joinNumbers(std::span<std::uint64_t> hashes, std::span<const double> numbers)
{
    for (std::size_t i = 0; i < hashes.size(); ++i) {
        const double number = numbers[i] + 0.0; // no negative zero
        hashes[i] = hashWith(hashes[i], std::isnan(number) ? 1 : std::bit_cast<std::uint64_t>(number));
    }
}

void joinCells(std::span<std::uint64_t> hashes, const LogColumn &column, std::size_t chunk)
{
    const ColumnChunk &cells = column.chunks[chunk];
    switch (column.kind) {
    case CellKind::Number:
        joinNumbers(hashes, cells.numbers);
        break;
    case CellKind::Category: {
        std::size_t i = 0;
        cells.codes.forEach([&](std::uint32_t code) {
            hashes[i] = hashWith(hashes[i], code);
            ++i;
        });
        break;
    }
    case CellKind::Text:
        for (std::size_t i = 0; i < hashes.size(); ++i)
            hashes[i] = hashWith(hashes[i], cells.digests[i]);
        break;
    case CellKind::Day:
        for (std::size_t i = 0; i < hashes.size(); ++i)
            hashes[i] = hashWith(hashes[i], static_cast<std::uint32_t>(cells.days[i]));
        break;
    case CellKind::Skipped:
        break;
    }
}

/// Open addressing in a table at most half full; 0 marks a free place. Not empty.
std::uint64_t distinctByTable(std::span<const std::uint64_t> hashes)
{
    std::vector<std::uint64_t> table(std::bit_ceil(2 * hashes.size()), 0);
    const std::size_t mask = table.size() - 1;
    std::uint64_t distinct = 0;
    for (const std::uint64_t hash : hashes) {
        const std::uint64_t key = hash == 0 ? 1 : hash;
        std::size_t at = key & mask;
        while (table[at] != 0 && table[at] != key)
            at = (at + 1) & mask;
        distinct += table[at] == 0 ? 1 : 0;
        table[at] = key;
    }
    return distinct;
}

/// Large groups part by part, by the leading bits of the hash, so that a table stays small and work can be cancelled.
std::uint64_t distinctOf(std::span<const std::uint64_t> hashes, const CancelToken &cancel)
{
    constexpr std::size_t tableFits = std::size_t{1} << 20;
    if (hashes.empty())
        return 0;
    if (hashes.size() <= tableFits)
        return distinctByTable(hashes);
    constexpr int bits = 64;
    const auto parts = std::bit_ceil(2 * hashes.size() / tableFits);
    const int shift = bits - std::countr_zero(parts);
    std::uint64_t distinct = 0;
    std::vector<std::uint64_t> part;
    for (std::size_t leading = 0; leading < parts; ++leading) {
        cancel.throwIfCancelled();
        part.clear();
        std::copy_if(hashes.begin(), hashes.end(), std::back_inserter(part),
                     [&](std::uint64_t hash) { return hash >> shift == leading; });
        distinct += part.empty() ? 0 : distinctByTable(part);
    }
    return distinct;
}

} // namespace

RowHashes::RowHashes(const LogTable &table, std::uint64_t memoryBytes, unsigned threads, const CancelToken &cancel)
    : m_memoryBytes(memoryBytes)
    , m_store(memoryBytes)
{
    ColumnMemory memory(m_store);
    for (const std::size_t rows : table.chunkRows)
        m_hashes.push_back(memory.array<std::uint64_t>(rows));
    std::atomic<std::uint64_t> touched = 0; // bytes, about
    parallelFor(m_hashes.size(), threads, [&](std::size_t chunk) {
        cancel.throwIfCancelled();
        std::fill(m_hashes[chunk].begin(), m_hashes[chunk].end(), oddNumber);
        for (const LogColumn &column : table.columns)
            joinCells(m_hashes[chunk], column, chunk);
        constexpr std::uint64_t often = std::uint64_t{32} << 20;
        touched += table.chunkRows[chunk] * table.columns.size() * sizeof(double);
        if (touched > often) {
            touched = 0;
            m_store.rest();
            table.columns.front().rest();
        }
    });
    m_store.rest();
}

std::vector<std::vector<std::uint64_t>> RowHashes::collect(const RowGroups &groups, std::size_t first, std::size_t end,
                                                           const CancelToken &cancel) const
{
    std::vector<std::vector<std::uint64_t>> collected(end - first);
    for (std::size_t group = first; group < end; ++group)
        collected[group - first].reserve(groups.rows[group]);
    for (std::size_t chunk = 0; chunk < m_hashes.size(); ++chunk) {
        cancel.throwIfCancelled();
        for (std::size_t i = 0; i < m_hashes[chunk].size(); ++i) {
            if (const Group group = groups.groupOfRow[chunk][i]; group >= first && group < end)
                collected[group - first].push_back(m_hashes[chunk][i]);
        }
    }
    m_store.rest();
    return collected;
}

std::vector<std::uint64_t> RowHashes::duplicates(const RowGroups &groups, unsigned threads,
                                                 const CancelToken &cancel) const
{
    std::vector<std::uint64_t> counts(groups.rows.size());
    for (std::size_t first = 0; first < counts.size();) {
        constexpr std::uint64_t bytesOfRow = 24; // its hash, and its place in a table half full
        const std::uint64_t mostAtOnce = m_memoryBytes / bytesOfRow;
        std::size_t end = first;
        for (std::uint64_t rows = 0; end < counts.size() && (end == first || rows + groups.rows[end] <= mostAtOnce);
             ++end)
            rows += groups.rows[end];
        auto collected = collect(groups, first, end, cancel);
        parallelFor(collected.size(), threads, [&](std::size_t i) {
            cancel.throwIfCancelled();
            const std::uint64_t rows = collected[i].size();
            counts[first + i] = rows - distinctOf(collected[i], cancel);
            collected[i] = {};
        });
        first = end;
    }
    return counts;
}

} // namespace countersign
