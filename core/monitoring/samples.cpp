// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/samples.h"

#include "core/monitoring/parallel.h"
#include "core/monitoring/textdigest.h"
#include "core/stats/sort.h"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <cmath>
#include <string_view>
#include <unordered_map>

namespace countersign {

NumericSamples::NumericSamples(const LogColumn &column, const RowGroups &groups, unsigned threads,
                               const CancelToken &cancel, const SpecialValues &special)
    : m_missing(groups.rows.size(), 0)
    , m_specialValues(special.size())
    , m_special(groups.rows.size() * special.size(), 0)
{
    assert(column.kind == CellKind::Number);
    std::size_t total = 0;
    for (const std::uint64_t rows : groups.rows) {
        m_begins.push_back(total);
        total += rows;
    }
    m_ends = m_begins;
    m_memory = allocatePages(total * sizeof(double));
    m_values = static_cast<double *>(m_memory.get());
    ColumnPass pass(column);
    for (std::size_t chunk = 0; chunk < column.chunks.size(); ++chunk) {
        cancel.throwIfCancelled();
        const auto &numbers = column.chunks[chunk].numbers;
        const auto &groupOfRow = groups.groupOfRow[chunk];
        pass.passed(numbers.size());
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            const Group group = groupOfRow[i];
            if (group == noGroup)
                continue;
            if (const auto place = m_specialValues > 0 ? special.placeOf(numbers[i]) : std::nullopt)
                ++m_special[group * m_specialValues + *place];
            else if (std::isnan(numbers[i]))
                ++m_missing[group];
            else
                m_values[m_ends[group]++] = numbers[i];
        }
    }
    const std::uint64_t largest = groups.rows.empty() ? 0 : *std::max_element(groups.rows.begin(), groups.rows.end());
    constexpr std::uint64_t share =
        8; // sorting takes twice the room of a group, in all at most a quarter of the values
    const auto sorting = std::clamp<std::uint64_t>(total / (share * std::max<std::uint64_t>(largest, 1)), 1, threads);
    std::atomic<std::size_t> next = 0;
    runWorkers(static_cast<unsigned>(sorting), [&](unsigned) {
        for (std::size_t group = next++; group < m_begins.size(); group = next++) {
            cancel.throwIfCancelled();
            sortAscending({m_values + m_begins[group], m_ends[group] - m_begins[group]});
        }
    });
}

std::span<const double> NumericSamples::sorted(std::size_t group) const
{
    return {m_values + m_begins[group], m_ends[group] - m_begins[group]};
}

std::span<const std::uint64_t> NumericSamples::special(std::size_t group) const
{
    return {m_special.data() + group * m_specialValues, m_specialValues};
}

CategoryCounts::CategoryCounts(const LogColumn &column, const RowGroups &groups)
    : m_categories(column.categories.size())
    , m_counts(m_categories * groups.rows.size(), 0)
    , m_missing(groups.rows.size(), 0)
{
    assert(column.kind == CellKind::Category || column.kind == CellKind::Text);
    ColumnPass pass(column);
    for (std::size_t chunk = 0; chunk < column.chunks.size(); ++chunk) {
        pass.passed(groups.groupOfRow[chunk].size());
        const auto &digests = column.chunks[chunk].digests;
        for (std::size_t i = 0; i < digests.size(); ++i) {
            const Group group = groups.groupOfRow[chunk][i];
            if (group != noGroup && digests[i] == missingDigest)
                ++m_missing[group];
        }
        const auto &codes = column.chunks[chunk].codes;
        const auto &groupOfRow = groups.groupOfRow[chunk];
        codes.forEach([&, row = groupOfRow.begin()](std::uint32_t code) mutable {
            const Group group = *row++;
            if (group == noGroup)
                return;
            if (code == missingCode)
                ++m_missing[group];
            else
                ++m_counts[group * m_categories + code];
        });
    }
}

std::span<const std::uint64_t> CategoryCounts::counts(std::size_t group) const
{
    return {m_counts.data() + group * m_categories, m_categories};
}

std::vector<std::ptrdiff_t> matchCategories(const std::vector<std::string> &from, const std::vector<std::string> &onto)
{
    std::unordered_map<std::string_view, std::ptrdiff_t> places;
    for (std::size_t i = 0; i < onto.size(); ++i)
        places.emplace(onto[i], static_cast<std::ptrdiff_t>(i));
    std::vector<std::ptrdiff_t> matches;
    matches.reserve(from.size());
    for (const std::string &text : from) {
        const auto found = places.find(text);
        matches.push_back(found == places.end() ? -1 : found->second);
    }
    return matches;
}

} // namespace countersign
