// SPDX-License-Identifier: GPL-3.0-or-later
//
// One column's values, collected group by group.
#pragma once

#include "core/monitoring/periods.h"
#include "core/monitoring/specialvalues.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace countersign {

/// The values of a number column, special ones left out, each group's in ascending order; groups are sorted on
/// `threads` threads. Throws Exception(Cancelled), looking at `cancel` for every chunk and group.
class NumericSamples
{
public:
    NumericSamples(const LogColumn &column, const RowGroups &groups, unsigned threads, const CancelToken &cancel,
                   const SpecialValues &special = {});

    [[nodiscard]] std::span<const double> sorted(std::size_t group) const;
    [[nodiscard]] std::uint64_t missing(std::size_t group) const { return m_missing[group]; }
    /// In the order of the special values.
    [[nodiscard]] std::span<const std::uint64_t> special(std::size_t group) const;

private:
    Pages m_memory;
    double *m_values;
    std::vector<std::size_t> m_begins;
    std::vector<std::size_t> m_ends;
    std::vector<std::uint64_t> m_missing;
    std::size_t m_specialValues;
    std::vector<std::uint64_t> m_special;
};

/// How often each category of a column occurs in each group; of a Text column the missing values alone are counted.
class CategoryCounts
{
public:
    CategoryCounts(const LogColumn &column, const RowGroups &groups);

    /// By the column's category codes.
    [[nodiscard]] std::span<const std::uint64_t> counts(std::size_t group) const;
    [[nodiscard]] std::uint64_t missing(std::size_t group) const { return m_missing[group]; }

private:
    std::size_t m_categories;
    std::vector<std::uint64_t> m_counts;
    std::vector<std::uint64_t> m_missing;
};

/// Maps the categories of `from` to those of `onto` by their text; -1 where `onto` has none such.
[[nodiscard]] std::vector<std::ptrdiff_t> matchCategories(const std::vector<std::string> &from,
                                                          const std::vector<std::string> &onto);

} // namespace countersign
