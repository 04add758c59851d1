// SPDX-License-Identifier: GPL-3.0-or-later
//
// Two-sample statistics of the area between the distribution functions, squared: energy distance, Cramer-von Mises and
// Anderson-Darling. Preconditions of all: ascending, free of NaN and infinity. Linear time.
#pragma once

#include <span>

namespace countersign {

/// sqrt(2 * integral of (F - G)^2 dx), in the square root of the data's unit (Szekely and Rizzo 2013; as SciPy's
/// energy_distance). Symmetric, 0 to infinity, 0 for equal samples; NaN when a sample is empty.
[[nodiscard]] double energyDistance(std::span<const double> first, std::span<const double> second);

struct TwoSampleTest
{
    double statistic; ///< NaN when a sample is empty
    double pvalue; ///< NaN where the statistic is, every value is the same, or a test of one value a side says nothing
};

/// Anderson's (1962) two-sample Cramer-von Mises criterion T with midranks for ties, and the p-value from the limit of
/// T brought to its mean and variance, as SciPy's cramervonmises_2samp(method="asymptotic"). Symmetric.
[[nodiscard]] TwoSampleTest cramerVonMises(std::span<const double> first, std::span<const double> second);

/// Scholz and Stephens' (1987) k-sample Anderson-Darling test of two samples, version with midranks: the normalised
/// statistic (A^2 - 1) / sigma, and its p-value interpolated in their Table 1, never below 0.001 nor above 0.25, as
/// SciPy's anderson_ksamp does. Symmetric. Needs at least two distinct values.
[[nodiscard]] TwoSampleTest andersonDarling(std::span<const double> first, std::span<const double> second);

} // namespace countersign
