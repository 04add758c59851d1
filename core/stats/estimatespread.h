// SPDX-License-Identifier: GPL-3.0-or-later
//
// How far a realised figure may lie from its estimate without outcomes (estimation.h) by chance alone, to first order
// (delta method): the outcomes are independent draws at their calibrated probabilities, and these are shares of the
// rows that the calibration was fitted to.
#pragma once

#include "core/stats/estimation.h"
#include "core/stats/isotonic.h"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace countersign {

/// Of realised minus estimated. NaN where the figure is.
struct EstimateSpread
{
    double outcomes = 0;    ///< variance by the outcomes
    double calibration = 0; ///< variance by the calibration, 0 where the curve does not know its rows
    double skew = 0;        ///< third central moment by both
    /// By how much realised minus estimated lies off 0 because the curve was fitted to chance as well, and the variance
    /// that taking it away adds; of AUC, accuracy and Brier score, where the residuals of the curve are given.
    std::optional<double> overfit = {};
    double overfitVariance = 0;
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
    /// How many rows with the mix of these the curve is worth (Kish 1965, Survey Sampling, 8.2): 1 over the sum, over
    /// its steps, of the squared share of these rows by the rows it was fitted to. As many as those where the mix is
    /// the same, few where these lie where it knows little. Infinite where the curve does not know its rows.
    double calibrationRows = 0;
};

/// What one step of an isotonic curve does not follow of the rows that it was fitted to, its events less its rate.
struct StepResidual
{
    double scores = 0;   ///< sum of residual times score
    double ranks = 0;    ///< sum of residual times rank within the step, equal scores sharing theirs
    double selected = 0; ///< sum of residuals of the rows taken for events
};

/// One for each step of `curve`, which was fitted to these rows; those from `firstSelected` on are taken for events.
/// Linear time.
[[nodiscard]] std::vector<StepResidual> stepResiduals(const IsotonicCurve &curve, std::span<const double> sortedScores,
                                                      Events events, std::size_t firstSelected);

/// For rows in ascending order of their score, those from `firstSelected` on taken for events. Shares k of n of the
/// calibration count as (k + 1/2) / (n + 1), so that a step without events does not pass for certain.
///
/// With `residuals`, also how far the curve is too good to be true. What a figure would gain if each outcome of the
/// fitted rows counted with its own influence in place of its step's mean is the one-step correction of a plug-in
/// estimate (Bickel et al. 1993, Efficient and Adaptive Estimation, 2.5; Newey and Robins 2018). Fitted rows weigh as
/// many of these rows as the step holds for each (their mix need not be the same). Linear time.
/// Preconditions: `probabilities` and `estimate` are those of these rows by `curve` (calibratedAscending,
/// estimatePerformance), `curve` has points; `residuals` empty or those of its steps.
[[nodiscard]] EstimateSpreads spreadOfEstimate(std::span<const double> sortedScores, const IsotonicCurve &curve,
                                               std::span<const double> probabilities,
                                               const EstimatedPerformance &estimate, std::size_t firstSelected,
                                               std::span<const StepResidual> residuals = {});

/// Two-sided p-value of a deviation with mean 0, this variance and third central moment: twice the smaller tail of
/// Pearson's type III distribution (a shifted gamma) with these moments, which follows sums of rare events into their
/// tails where the normal distribution does not. NaN unless the variance is above 0.
[[nodiscard]] double skewedPvalue(double deviation, double variance, double thirdMoment);

} // namespace countersign
