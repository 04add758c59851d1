// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/kstest.h"

#include "core/stats/kolmogorov.h"
#include "core/stats/undefined.h"

#include <algorithm>
#include <cmath>

namespace countersign {

namespace {

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
        return {undefined, undefined, 0, 0};
    // Between two values of the smaller sample only the other distribution function rises, so that the distance is
    // largest right before or at a value of the smaller sample.
    const bool swapped = second.size() > first.size();
    const auto few = swapped ? first : second;
    const auto many = swapped ? second : first;
    const auto n = static_cast<std::int64_t>(many.size());
    const auto m = static_cast<std::int64_t>(few.size());
    std::size_t i = 0;
    std::size_t j = 0;
    std::int64_t largest = -1; // n m D, in whole numbers
    double place = 0;
    std::size_t atOrBelowMany = 0;
    std::size_t atOrBelowFew = 0;
    const auto look = [&](double x) {
        const std::int64_t distance = std::abs(static_cast<std::int64_t>(i) * m - static_cast<std::int64_t>(j) * n);
        if (distance > largest) {
            largest = distance;
            place = x;
            atOrBelowMany = i;
            atOrBelowFew = j;
        }
    };
    while (j < few.size()) {
        const double x = few[j];
        const std::size_t before = i;
        while (i < many.size() && many[i] < x)
            ++i;
        if (i > before)
            look(many[i - 1]);
        while (i < many.size() && many[i] == x)
            ++i;
        while (j < few.size() && few[j] == x)
            ++j;
        look(x);
    }
    KsResult result{0, place, swapped ? atOrBelowFew : atOrBelowMany, swapped ? atOrBelowMany : atOrBelowFew};
    result.statistic = ksStatistic(result.atOrBelowFirst, first.size(), result.atOrBelowSecond, second.size());
    return result;
}

double ksStatistic(std::uint64_t atOrBelowFirst, std::uint64_t n, std::uint64_t atOrBelowSecond, std::uint64_t m)
{
    if (n == 0 || m == 0)
        return undefined;
    return std::abs(static_cast<double>(atOrBelowFirst) / static_cast<double>(n) -
                    static_cast<double>(atOrBelowSecond) / static_cast<double>(m));
}

double ksPvalueEffectiveSize(double d, std::uint64_t n, std::uint64_t m)
{
    if (n == 0 || m == 0)
        return undefined;
    return kolmogorovSurvival(static_cast<std::uint64_t>(std::nearbyint(effectiveSize(n, m))), d);
}

double ksPvalueKolmogorovLimit(double d, std::uint64_t n, std::uint64_t m)
{
    if (n == 0 || m == 0)
        return undefined;
    return kolmogorovLimitSurvival(d * std::sqrt(effectiveSize(n, m)));
}

} // namespace countersign
