// SPDX-License-Identifier: GPL-3.0-or-later
//
// Performance without outcomes: confidence-based performance estimation (CBPE). Every calibrated probability is taken
// at its word: of rows with 0.8, eight in ten are events. That holds as long as the relation of the inputs to the
// outcome is the one of the reference (no concept drift) and the score is calibrated; it does see a change of the mix
// of rows.
#pragma once

#include "core/stats/isotonic.h"
#include "core/stats/scoreprofile.h"

#include <cstdint>
#include <span>
#include <vector>

namespace countersign {

/// What has to be printed beside an estimate.
inline constexpr const char *cbpeAssumption =
    "Estimated from the scores alone, on the assumption that they are calibrated and that the relation between inputs "
    "and outcome has not changed since the reference: concept drift cannot be seen.";

/// Expected confusion counts, in rows.
struct ExpectedConfusion
{
    double truePositives = 0;
    double falsePositives = 0;
    double falseNegatives = 0;
    double trueNegatives = 0;
};

/// NaN without rows, or where a class is not expected at all.
struct EstimatedPerformance
{
    ExpectedConfusion confusion;
    double auc;
    double averagePrecision;
    double accuracy;
    double precision;
    double recall;
    double specificity;
    double f1;
    double brier;     ///< of the calibrated probabilities: mean of p (1 - p)
    double eventRate; ///< mean calibrated probability
};

/// Estimates for rows in ascending order of their raw score. `probabilities` are their calibrated probabilities in that
/// order (which need not rise), `decisions` 1 where the row was taken for an event; empty: none of the figures at a
/// threshold. Ratios are of expectations, as in NannyML. Linear time.
/// Precondition: spans of one length, `decisions` empty or of it; probabilities within 0 to 1.
[[nodiscard]] EstimatedPerformance estimatePerformance(std::span<const double> sortedScores,
                                                       std::span<const double> probabilities,
                                                       std::span<const std::uint8_t> decisions);

/// Whether isotonic calibration lowers the expected calibration error (ten groups of equal size) of rows it was not
/// fitted on: ten folds, row i in fold i mod 10 of its class in order of the score, so that the answer has no chance in
/// it. False where a class is absent. Preconditions: those of scoreprofile.h.
[[nodiscard]] bool calibrationHelps(std::span<const double> sortedScores, Events events);

/// The calibrated probability of each score; the score itself where `curve` has no points.
[[nodiscard]] std::vector<double> calibrated(std::span<const double> scores, const IsotonicCurve &curve);
/// The same for scores in ascending order, in linear time.
[[nodiscard]] std::vector<double> calibratedAscending(std::span<const double> sortedScores, const IsotonicCurve &curve);

} // namespace countersign
