// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/kstest.h"

#include "core/stats/kolmogorov.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace countersign {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

double effectiveSize(std::uint64_t n, std::uint64_t m)
{
    const auto larger = static_cast<double>(std::max(n, m));
    const auto smaller = static_cast<double>(std::min(n, m));
    return larger * smaller / (larger + smaller);
}

} // namespace

KsResult ksTwoSample(std::span<const double> first, std::span<const double> second)
{
    if (first.empty() || second.empty())
        return {nan, nan, 0, 0};
    const auto n = static_cast<std::int64_t>(first.size());
    const auto m = static_cast<std::int64_t>(second.size());
    std::int64_t i = 0;
    std::int64_t j = 0;
    std::int64_t largest = -1; // n m D, in whole numbers
    KsResult result{0, 0, 0, 0};
    while (i < n && j < m) {
        const double x = std::min(first[static_cast<std::size_t>(i)], second[static_cast<std::size_t>(j)]);
        while (i < n && first[static_cast<std::size_t>(i)] <= x)
            ++i;
        while (j < m && second[static_cast<std::size_t>(j)] <= x)
            ++j;
        const std::int64_t distance = std::abs(i * m - j * n);
        if (distance > largest) {
            largest = distance;
            result.x = x;
            result.atOrBelowFirst = static_cast<std::uint64_t>(i);
            result.atOrBelowSecond = static_cast<std::uint64_t>(j);
        }
    }
    result.statistic = ksStatistic(result.atOrBelowFirst, first.size(), result.atOrBelowSecond, second.size());
    return result;
}

double ksStatistic(std::uint64_t atOrBelowFirst, std::uint64_t n, std::uint64_t atOrBelowSecond, std::uint64_t m)
{
    if (n == 0 || m == 0)
        return nan;
    return std::abs(static_cast<double>(atOrBelowFirst) / static_cast<double>(n) -
                    static_cast<double>(atOrBelowSecond) / static_cast<double>(m));
}

double ksPvalueEffectiveSize(double d, std::uint64_t n, std::uint64_t m)
{
    if (n == 0 || m == 0)
        return nan;
    return kolmogorovSurvival(static_cast<std::uint64_t>(std::nearbyint(effectiveSize(n, m))), d);
}

double ksPvalueKolmogorovLimit(double d, std::uint64_t n, std::uint64_t m)
{
    if (n == 0 || m == 0)
        return nan;
    return kolmogorovLimitSurvival(d * std::sqrt(effectiveSize(n, m)));
}

} // namespace countersign
