// SPDX-License-Identifier: GPL-3.0-or-later
//
// Columns that are categories because of a few texts among numbers.
#pragma once

#include "core/monitoring/logtable.h"

#include <set>
#include <string>
#include <vector>

namespace countersign {

/// One sentence for each column of categories most values of which are numbers: how many are not, the first of them and
/// its row. Those of `asText` are categories because somebody said so, and left alone.
[[nodiscard]] std::vector<std::string> remarksOnMixedColumns(const LogTable &log, const std::set<std::string> &asText);

} // namespace countersign
