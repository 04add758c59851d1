// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stats/preparedsample.h"

#include <cstdint>
#include <span>

namespace countersign {

/// Where two empirical distribution functions lie furthest apart.
struct KsResult
{
    double statistic; ///< D = |atOrBelowFirst / n - atOrBelowSecond / m|, 0 to 1; NaN when a sample is empty
    double x;         ///< the smallest value at which the distance is reached; NaN when a sample is empty
    std::uint64_t atOrBelowFirst;
    std::uint64_t atOrBelowSecond;
};

/// The exact two-sample Kolmogorov-Smirnov statistic sup |F - G|, ties handled exactly; symmetric up to swapping the
/// two counts. Precondition: both spans ascending, free of NaN, shorter than 2^31. At most linear time: stretches whose
/// counts rule out a larger distance are passed over.
[[nodiscard]] KsResult ksTwoSample(std::span<const double> first, std::span<const double> second);

/// The same, in time that grows with the shorter sample where `first` is the longer one: for many samples beside one
/// reference.
[[nodiscard]] KsResult ksTwoSample(const PreparedSample &first, std::span<const double> second);

/// D from its evidence. NaN when n or m is 0.
[[nodiscard]] double ksStatistic(std::uint64_t atOrBelowFirst, std::uint64_t n, std::uint64_t atOrBelowSecond,
                                 std::uint64_t m);

/// Asymptotic two-sided p-value as SciPy's ks_2samp(method="asymp") defines it: the exact one-sample distribution of
/// Kolmogorov's statistic at the effective size n m / (n + m), rounded half to even. 0 to 1; NaN when n or m is 0 or
/// the effective size rounds to 0.
[[nodiscard]] double ksPvalueEffectiveSize(double d, std::uint64_t n, std::uint64_t m);

/// Exact two-sided p-value: the share of the C(n + m, n) orders of the pooled sample whose D is at least d, by counting
/// lattice paths (Hodges 1958; as SciPy's ks_2samp(method="exact")). Ties count as if there were none. Costs n m steps:
/// meant for at most ksExactLargest values a side. NaN when n or m is 0 or d is NaN.
[[nodiscard]] double ksPvalueExact(double d, std::uint64_t n, std::uint64_t m);

inline constexpr std::uint64_t ksExactLargest = 10'000;
/// The same, and NaN where a side has more values than that.
[[nodiscard]] double ksPvalueExactOfFew(double d, std::uint64_t n, std::uint64_t m);

/// Two-sided p-value from Kolmogorov's limit at d sqrt(n m / (n + m)): the textbook form, less exact for small samples.
[[nodiscard]] double ksPvalueKolmogorovLimit(double d, std::uint64_t n, std::uint64_t m);

} // namespace countersign
