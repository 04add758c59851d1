// SPDX-License-Identifier: GPL-3.0-or-later
//
// Two-sample tests of location: Mann-Whitney and Welch.
#pragma once

#include <span>

namespace countersign {

enum class Alternative { TwoSided, Less, Greater };

struct RankTest
{
    double u;      ///< Mann and Whitney's (1947) U of the first sample, ties counted half; NaN when a sample is empty
    double z;      ///< (U - n m / 2) over its standard deviation with correction for ties, no continuity correction
    double pvalue; ///< normal approximation with continuity correction 1/2, as SciPy's method="asymptotic"
};

/// Less: the first sample tends to be the smaller. z and p-value are NaN where every value is the same.
/// Precondition: both ascending, free of NaN. Linear time.
[[nodiscard]] RankTest mannWhitneyTest(std::span<const double> first, std::span<const double> second,
                                       Alternative alternative);

/// Welch's (1947) t-test of equal means with unequal variances: two-sided p-value at Satterthwaite's degrees of
/// freedom. NaN when a sample has fewer than two values or neither varies. Order does not matter.
[[nodiscard]] double welchPvalue(std::span<const double> first, std::span<const double> second);

} // namespace countersign
