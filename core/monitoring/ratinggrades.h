// SPDX-License-Identifier: GPL-3.0-or-later
//
// Outcomes by rating grade: the grades that the model gives, a column of the log, in place of groups of equal size.
#pragma once

#include "core/monitoring/outcomemeasure.h"
#include "core/monitoring/run.h"

#include <optional>
#include <string>
#include <vector>

namespace countersign {

/// More texts than this in a column are no rating grades.
inline constexpr std::size_t mostRatingGrades = 50;

/// Fills ScoreEvidence::ratingGrades of every group from ColumnRoles::grade, over the rows with score, outcome and
/// grade. Returns a remark for people: why it is not done, or how many rows of the log have no grade; empty: nothing to
/// say. Nothing is done without scores of events, or without the role. Throws Exception(Cancelled).
[[nodiscard]] std::string measureRatingGrades(MeasuredOutcomes &outcomes, const OutcomeRows &rows,
                                              const OutcomePlan &plan, const ColumnRoles &roles,
                                              const CancelToken &cancel);

/// One group's grades in the order of their mean scores, those of no rows left out.
[[nodiscard]] std::vector<RatingGrade> orderedGrades(std::vector<RatingGrade> grades);
/// Why a column is not used, or how many rows are left out; empty: nothing to say.
[[nodiscard]] std::string remarkOnGrades(const std::string &column, std::size_t grades, std::uint64_t rowsWithout);

} // namespace countersign
