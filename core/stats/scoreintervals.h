// SPDX-License-Identifier: GPL-3.0-or-later
//
// Intervals of the figures of a score that follow from its ScoreProfile alone.
#pragma once

#include "core/stats/scoreprofile.h"

#include <cstdint>

namespace countersign {

/// Of modelKs: Newcombe's interval of the difference of two shares at the score where it is largest, that score taken
/// as given, held within 0 and 1. NaN when a class is absent.
[[nodiscard]] Interval modelKsInterval(const ScoreProfile &profile, double confidence);
/// Normal interval of the mean of the losses, at least 0. NaN for fewer than two rows or where a score is no
/// probability.
[[nodiscard]] Interval logLossInterval(const ScoreProfile &profile, double confidence);
/// Of expectedCalibrationError: percentiles of 500 seeded bootstrap draws in which each reliability bin's event rate is
/// normal with the variance of (events + 1/2) / (n + 1), held within 0 and 1 (parametric bootstrap, Efron and
/// Tibshirani 1993). The error of a calibrated score is not 0 but what chance gives. NaN where a score is no
/// probability.
[[nodiscard]] Interval calibrationErrorInterval(const ScoreProfile &profile, double confidence, std::uint64_t seed = 1);
/// Of calibrationInTheLarge: Wilson's interval of the event rate, less the mean score.
[[nodiscard]] Interval calibrationInTheLargeInterval(const ScoreProfile &profile, double confidence);
/// estimate -+ z standard error (Wald).
[[nodiscard]] Interval waldInterval(double estimate, double standardError, double confidence);

} // namespace countersign
