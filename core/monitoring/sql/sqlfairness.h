// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/monitoring/fairnessmeasure.h"
#include "core/monitoring/sql/sqllog.h"

namespace countersign {

/// As the function of the same name for tables, by aggregate queries.
[[nodiscard]] MeasuredFairness measureFairness(const SqlLog &log, const OutcomePlan &plan, const ColumnRoles &roles,
                                               const DecisionRule &decision);

} // namespace countersign
