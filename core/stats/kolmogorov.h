// SPDX-License-Identifier: GPL-3.0-or-later
//
// The distribution of Kolmogorov's statistic D_n = sup |F_n - F| of one sample of size n from a continuous F.
#pragma once

#include <cstdint>

namespace countersign {

/// P(D_n >= d) by Durbin's matrix, twice Smirnov's one-sided sum and the Pelz-Good expansion, each in the region where
/// Simard and L'Ecuyer, "Computing the Two-Sided Kolmogorov-Smirnov Distribution", J. Statistical Software 39(11),
/// 2011, use it; SciPy's kstwo draws the same borders and agrees to 1e-10. Twice the one-sided sum is high by at most
/// 2e-6 of the value (at n d^2 = 2.2), and by less than 1e-9 from n d^2 = 3.5 on. NaN when n is 0 or d is NaN; 1 for d
/// <= 1/(2n); 0 for d >= 1 or n d^2 >= 370.
[[nodiscard]] double kolmogorovSurvival(std::uint64_t n, double d);

/// P(D_n^+ >= d), one-sided: d * sum over v of C(n,v) (d + v/n)^(v-1) (1 - d - v/n)^(n-v). Birnbaum and Tingey (1951).
/// NaN when n is 0 or d is NaN; 1 for d <= 0; 0 for d >= 1.
[[nodiscard]] double smirnovSurvival(std::uint64_t n, double d);

/// Kolmogorov's limit: P(K >= x) = 2 sum over k >= 1 of (-1)^(k-1) exp(-2 k^2 x^2). 1 for x <= 0; NaN for NaN.
[[nodiscard]] double kolmogorovLimitSurvival(double x);

} // namespace countersign
