// SPDX-License-Identifier: GPL-3.0-or-later
//
// The evidence of outcomes of a log in a database, by aggregate queries: ranks from running sums within the database.
#pragma once

#include "core/monitoring/outcome.h"
#include "core/monitoring/outcomemeasure.h"
#include "core/monitoring/sql/sqllog.h"

namespace countersign {

[[nodiscard]] OutcomePlan planOutcome(const SqlLog &log, const ColumnRoles &roles);

/// The outcome of a row as an expression: 1 for the event, 0 for none, NULL where it is not known or the plan tells no
/// events apart.
[[nodiscard]] std::string outcomeOf(const SqlLog &log, const OutcomePlan &plan);

/// As the function of the same name for tables, with the same figures but those that need rows: recalibration and
/// estimates without outcomes are left out, and the points of the ROC curve are chosen in another way (each lies on the
/// same curve).
[[nodiscard]] MeasuredOutcomes measureOutcomes(const SqlLog &log, const OutcomePlan &plan, double threshold);

/// As the function of the same name for tables.
[[nodiscard]] std::string measureRatingGrades(MeasuredOutcomes &outcomes, const SqlLog &log, const OutcomePlan &plan,
                                              const ColumnRoles &roles);

/// Which figures a run over a database leaves out, and why; for people. Empty where the plan measures nothing that
/// would need them.
[[nodiscard]] std::string leftOutInDatabases(const OutcomePlan &plan);

} // namespace countersign
