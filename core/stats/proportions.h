// SPDX-License-Identifier: GPL-3.0-or-later
//
// Intervals and tests for shares: k of n.
#pragma once

#include <cstdint>

namespace countersign {

struct Interval
{
    double low;
    double high; ///< both NaN where there is no interval
};

/// k / n; NaN when n is 0.
[[nodiscard]] double proportion(std::uint64_t k, std::uint64_t n);

/// Wilson's (1927) score interval, without continuity correction. Within 0 to 1. NaN when n is 0.
/// Precondition of these three: k <= n, 0 < confidence < 1.
[[nodiscard]] Interval wilsonInterval(std::uint64_t k, std::uint64_t n, double confidence);
/// Equal-tailed interval of Beta(k + 1/2, n - k + 1/2), set to 0 at k = 0 and to 1 at k = n (Brown, Cai and DasGupta
/// 2001).
[[nodiscard]] Interval jeffreysInterval(std::uint64_t k, std::uint64_t n, double confidence);
/// Clopper and Pearson's (1934) exact interval: covers at least `confidence`.
[[nodiscard]] Interval clopperPearsonInterval(std::uint64_t k, std::uint64_t n, double confidence);

/// Interval of k1/n1 - k2/n2 from Wilson's intervals of both (Newcombe 1998, method 10). Within -1 to 1.
[[nodiscard]] Interval newcombeInterval(std::uint64_t k1, std::uint64_t n1, std::uint64_t k2, std::uint64_t n2,
                                        double confidence);
/// Interval of the ratio (k1/n1) / (k2/n2), log-normal (Katz et al. 1978); with k1 or k2 at 0, 1/2 is added to both and
/// to both n (Walter 1975). NaN when n1 or n2 is 0.
[[nodiscard]] Interval ratioInterval(std::uint64_t k1, std::uint64_t n1, std::uint64_t k2, std::uint64_t n2,
                                     double confidence);

/// Two-sided normal test of k1/n1 = k2/n2 with the pooled variance. 1 when both shares are 0 or both 1; NaN when n1 or
/// n2 is 0.
[[nodiscard]] double twoProportionPvalue(std::uint64_t k1, std::uint64_t n1, std::uint64_t k2, std::uint64_t n2);

/// Fisher's exact two-sided p-value of the 2 x 2 table (a b; c d): the hypergeometric probability of all tables with
/// its margins that are no more probable than it, up to a part in 10^7 (as SciPy and R).
[[nodiscard]] double fisherExactPvalue(std::uint64_t a, std::uint64_t b, std::uint64_t c, std::uint64_t d);

/// Quantile of the standard normal distribution. Precondition: 0 < p < 1.
[[nodiscard]] double normalQuantile(double p);
/// P(Z >= z) for a standard normal variable. NaN for NaN.
[[nodiscard]] double normalSurvival(double z);

} // namespace countersign
