// SPDX-License-Identifier: GPL-3.0-or-later
//
// Intervals of the figures of a score that follow from its ScoreProfile alone.
#pragma once

#include "core/stats/scoreprofile.h"

namespace countersign {

/// DeLong's of the AUC. Where events and others are ranked wholly apart, and DeLong's variance is 0 whatever their
/// number, Wilson's interval of as many successes, or none, as the smaller class has rows. NaN when a class is absent.
[[nodiscard]] Interval aucInterval(const ScoreProfile &profile, double confidence);
/// averagePrecisionInterval(); where every event comes before the others, Wilson's of as many successes as events.
[[nodiscard]] Interval rankedPrecisionInterval(const ScoreProfile &profile, double confidence);
/// Of modelKs, which is off by no more than the two empirical distributions together: D -+ the quantile of Kolmogorov's
/// limit times sqrt(1 / events + 1 / others), held within 0 and 1. It covers at least as often as it says, wherever the
/// distance is largest. NaN when a class is absent.
[[nodiscard]] Interval modelKsInterval(const ScoreProfile &profile, double confidence);
/// Normal interval of the mean of the losses, at least 0. NaN for fewer than two rows or where a score is no
/// probability.
[[nodiscard]] Interval logLossInterval(const ScoreProfile &profile, double confidence);
/// Of expectedCalibrationError, which is off by no more than the event rates of its bins are, weighted and added up:
/// value -+ the quantile of that sum of absolute normal errors (variances of (events + 2) / (n + 4), Agresti and Coull
/// 1998; quantile of the gamma distribution with its mean and variance), held within 0 and 1. Bins whose gap is more
/// than 3 standard errors keep its sign, so that their errors add up as one normal. It covers at least as often as it
/// says, though the error of a calibrated score is not 0 but what chance gives. NaN where a score is no probability.
[[nodiscard]] Interval calibrationErrorInterval(const ScoreProfile &profile, double confidence);
/// Of calibrationInTheLarge: Wilson's interval of the event rate, less the mean score.
[[nodiscard]] Interval calibrationInTheLargeInterval(const ScoreProfile &profile, double confidence);
/// estimate -+ z standard error (Wald).
[[nodiscard]] Interval waldInterval(double estimate, double standardError, double confidence);

} // namespace countersign
