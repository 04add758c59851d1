// SPDX-License-Identifier: GPL-3.0-or-later
//
// The counts that fairness follows from, for each column of groups of people.
#pragma once

#include "core/monitoring/outcomemeasure.h"

#include <string>
#include <vector>

namespace countersign {

/// More groups than this in a column are names or numbers, not groups of people.
inline constexpr std::size_t mostGroups = 50;

/// Counts alone; one result for each column that can be measured, with the same groups in the same order everywhere.
struct MeasuredFairness
{
    std::vector<FairnessResult> reference;
    std::vector<std::vector<FairnessResult>> periods;
    std::vector<std::string> remarks; ///< why a column is not measured, and what was assumed
};

/// Decisions come from the score (ColumnRoles::score) by `decision`; outcomes count where `plan` tells events apart.
/// Throws Exception(InvalidInput) where the score holds text, Exception(Cancelled).
[[nodiscard]] MeasuredFairness measureFairness(const OutcomeRows &rows, const OutcomePlan &plan,
                                               const ColumnRoles &roles, const DecisionRule &decision, unsigned threads,
                                               const CancelToken &cancel);

/// The group that the others are compared with: the one that the decision rule names, or else the largest of the
/// reference; of equally large ones the first. Precondition: there is a group.
[[nodiscard]] std::string comparisonGroup(const FairnessResult &reference, const DecisionRule &decision,
                                          std::vector<std::string> &remarks);
/// Why a column with so many groups is not measured.
[[nodiscard]] std::string tooManyGroups(const std::string &column, std::size_t groups);

} // namespace countersign
