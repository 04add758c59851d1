// SPDX-License-Identifier: GPL-3.0-or-later
//
// How far a realised figure may lie from its estimate without outcomes (estimation.h) by chance alone, to first order
// (delta method): the outcomes are independent draws at their calibrated probabilities, and these are shares of the
// rows that the calibration was fitted to.
#pragma once

#include "core/stats/estimation.h"
#include "core/stats/isotonic.h"

#include <cstddef>
#include <span>

namespace countersign {

/// Of realised minus estimated. NaN where the figure is.
struct EstimateSpread
{
    double outcomes = 0;    ///< variance by the outcomes
    double calibration = 0; ///< variance by the calibration, 0 where the curve does not know its rows
    double skew = 0;        ///< third central moment by both
};

struct EstimateSpreads
{
    EstimateSpread auc;
    EstimateSpread averagePrecision;
    EstimateSpread accuracy;
    EstimateSpread precision;
    EstimateSpread recall;
    EstimateSpread specificity;
    EstimateSpread f1;
    EstimateSpread brier; ///< of the scores as probabilities, not of the calibrated ones
};

/// For rows in ascending order of their score, those from `firstSelected` on taken for events. Shares k of n of the
/// calibration count as (k + 1/2) / (n + 1), so that a step without events does not pass for certain. Linear time.
/// Preconditions: `probabilities` and `estimate` are those of these rows by `curve` (calibratedAscending,
/// estimatePerformance), `curve` has points.
[[nodiscard]] EstimateSpreads spreadOfEstimate(std::span<const double> sortedScores, const IsotonicCurve &curve,
                                               std::span<const double> probabilities,
                                               const EstimatedPerformance &estimate, std::size_t firstSelected);

/// Two-sided p-value of a deviation with mean 0, this variance and third central moment: twice the smaller tail of
/// Pearson's type III distribution (a shifted gamma) with these moments, which follows sums of rare events into their
/// tails where the normal distribution does not. NaN unless the variance is above 0.
[[nodiscard]] double skewedPvalue(double deviation, double variance, double thirdMoment);

} // namespace countersign
