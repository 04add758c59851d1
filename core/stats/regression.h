// SPDX-License-Identifier: GPL-3.0-or-later
//
// Predicted against actual values; error = predicted - actual.
#pragma once

#include "core/stats/moments.h"

#include <cstdint>
#include <span>

namespace countersign {

struct RegressionProfile
{
    Moments error;      ///< its mean is the bias
    Moments absolute;   ///< of |error|: its mean is the MAE
    Moments square;     ///< of error^2: its mean is the MSE
    Moments percentage; ///< of |error / actual| * 100 over rows whose actual value is not 0: its mean is the MAPE
    Moments actual;

    /// sqrt(mean of error^2), in the unit of the target; NaN without rows.
    [[nodiscard]] double rmse() const;
    /// 1 - sum error^2 / sum (actual - mean)^2, at most 1; NaN where the actual value does not vary.
    [[nodiscard]] double r2() const;
};

/// Precondition: spans of equal length, free of NaN and infinity. Linear time; takes memory for one more column.
[[nodiscard]] RegressionProfile profileErrors(std::span<const double> predicted, std::span<const double> actual);

/// Standard error of R2 by the delta method: R2 = 1 - E / V with E = mean of error^2 and V = mean of (actual - mean)^2,
/// so that the variance is that of the mean of (error^2 - (1 - R2) (actual - mean)^2) / V. NaN for fewer than two rows
/// or where the actual value does not vary. Preconditions: those of profileErrors, whose result `profile` is.
[[nodiscard]] double r2StandardError(std::span<const double> predicted, std::span<const double> actual,
                                     const RegressionProfile &profile);

/// The roots of Student's interval of the mean squared error. NaN for fewer than two rows.
[[nodiscard]] Interval rmseInterval(const RegressionProfile &profile, double confidence);

} // namespace countersign
