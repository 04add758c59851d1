// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which column of a log probably plays which part, from names and from what is known of the values.
#pragma once

#include "core/monitoring/preview.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace countersign {

/// Of a PreviewColumn, as far as its values were looked at.
struct ColumnFacts
{
    std::uint64_t distinct = 0;   ///< values other than missing ones
    bool inUnitInterval = false;  ///< there are numbers, and each is from 0 to 1
    bool binary = false;          ///< two distinct values: 0 and 1, or two texts
    bool years = false;           ///< times that are years alone
    std::optional<Date> firstDay; ///< of a column of times
    std::optional<Date> lastDay;
};

/// `facts` has one element for each of `columns`.
[[nodiscard]] ColumnRoles guessRoles(const std::vector<PreviewColumn> &columns, const std::vector<ColumnFacts> &facts);

/// `wholeLog`: the facts are of all rows, so that the span of days is known.
[[nodiscard]] PeriodKind guessPeriod(const ColumnRoles &roles, const std::vector<PreviewColumn> &columns,
                                     const std::vector<ColumnFacts> &facts, bool wholeLog);

} // namespace countersign
