// SPDX-License-Identifier: GPL-3.0-or-later
//
// Verdicts on figures of a whole period: calibration, fairness, duplicates, rows arrived. No statement on fairness is a
// legal test; its limits are the organisation's own.
#pragma once

#include "core/monitoring/run.h"
#include "core/stats/multipletesting.h"

#include <string>
#include <vector>

namespace countersign {

/// What the figure is, and what tells it from chance.
[[nodiscard]] std::string definitionOf(LimitedFigure figure);

/// One for each limit and what it applies to, with value, rows, limits and p-value of the period, or a reason why there
/// is nothing to judge; the figures must be there already. The p-values, nothing where there are too few rows:
///  - calibrationGap: exact two-sided binomial test of the events at the mean score (binomialPvalueTwoSided);
///  - adverseImpactRatio: that the group and the comparison group have one rate of favourable decisions (ratePvalue);
///  - equalOpportunityDifference: the same among the rows with a favourable outcome;
///  - duplicateRateRise: that the rate is the reference's (ratePvalue).
[[nodiscard]] std::vector<FigureVerdict> figuresToJudge(const RunResult &run, std::size_t period);

/// Fills what is left. `test` is the p-value by itself and among all tests of the run. The rows arrived are told from
/// chance where they are fewer than in any period of the reference.
void judgeFigure(FigureVerdict &verdict, const AdjustedTest &test, const RunResult &run, std::size_t period);

} // namespace countersign
