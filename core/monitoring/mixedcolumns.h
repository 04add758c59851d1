// SPDX-License-Identifier: GPL-3.0-or-later
//
// Columns in which a few cells are not what the others are.
#pragma once

#include "core/monitoring/logtable.h"

#include <set>
#include <string>
#include <vector>

namespace countersign {

/// "row 7 of march.csv": where a row of the log, counted from 0, stands; of several files in one of them.
[[nodiscard]] std::string placeOfRow(const LogTable &log, std::uint64_t row);

/// One sentence for each column of categories most values of which are numbers: how many are not, the first of them and
/// its row. Those of `asText` are categories because somebody said so, and left alone.
[[nodiscard]] std::vector<std::string> remarksOnMixedColumns(const LogTable &log, const std::set<std::string> &asText);

struct UnreadableColumn
{
    std::string name;
    CellKind kind = CellKind::Number; ///< or Day
    std::uint64_t unreadable = 0;
    std::uint64_t values = 0; ///< unreadable ones too
    std::string first;        ///< LogColumn::firstUnreadable
};
/// One sentence. Precondition: some are unreadable.
[[nodiscard]] std::string remarkOnUnreadable(const UnreadableColumn &column);
/// One sentence for each column with unreadable cells.
[[nodiscard]] std::vector<std::string> remarksOnUnreadableCells(const LogTable &log);

/// Throws Exception(InvalidInput) where more of the values in the time column are no dates than are: the column or the
/// format is the wrong one.
void requireDates(const LogTable &log, const std::string &timeColumn);

} // namespace countersign
