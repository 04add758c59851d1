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
    bool whole = false;           ///< there are numbers, and each is a whole one
    bool running = false;         ///< each is larger than the one before
    std::optional<Date> firstDay; ///< of a column of times
    std::optional<Date> lastDay;
};

/// `facts` has one element for each of `columns`.
[[nodiscard]] ColumnRoles guessRoles(const std::vector<PreviewColumn> &columns, const std::vector<ColumnFacts> &facts);

/// Of more than 20 rows: texts of which more than 9 in 10 are different, and whole numbers of which none comes twice
/// and that either run on with the rows or stand under a name like "loan_id" or none.
[[nodiscard]] bool looksLikeIdentifier(const PreviewColumn &column, const ColumnFacts &facts, std::uint64_t rows);

/// `wholeLog`: the facts are of all rows, so that the span of days is known.
[[nodiscard]] PeriodKind guessPeriod(const ColumnRoles &roles, const std::vector<PreviewColumn> &columns,
                                     const std::vector<ColumnFacts> &facts, bool wholeLog);

} // namespace countersign
