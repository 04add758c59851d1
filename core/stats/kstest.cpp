// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/kstest.h"

#include "core/stats/interleaving.h"
#include "core/stats/kolmogorov.h"
#include "core/stats/undefined.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

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
    const auto ahead = [n, m](std::size_t i, std::size_t j) { // n m (F - G), in whole numbers
        return static_cast<std::int64_t>(i) * m - static_cast<std::int64_t>(j) * n;
    };
    const auto starts = stretches(many, few, 64);
    std::int64_t largest = 0;
    for (const StretchStart &start : starts)
        largest = std::max(largest, std::abs(ahead(start.many, start.few)));
    --largest; // it is reached somewhere: what is sought is the first place
    double place = 0;
    std::size_t atOrBelowMany = 0;
    std::size_t atOrBelowFew = 0;
    std::size_t i = 0;
    std::size_t j = 0;
    const auto look = [&](double x) {
        const std::int64_t distance = std::abs(ahead(i, j));
        if (distance > largest) {
            largest = distance;
            place = x;
            atOrBelowMany = i;
            atOrBelowFew = j;
        }
    };
    for (std::size_t k = 0; k + 1 < starts.size(); ++k) {
        const StretchStart &start = starts[k];
        const StretchStart &end = starts[k + 1];
        if (std::max(ahead(end.many, start.few), -ahead(start.many, end.few)) <= largest)
            continue;
        i = start.many;
        j = start.few;
        if (i > 0)
            look(many[i - 1]);
        while (j < end.few) {
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

double ksPvalueExact(double d, std::uint64_t n, std::uint64_t m)
{
    if (n == 0 || m == 0 || std::isnan(d))
        return undefined;
    // D is a multiple of 1 / lcm(n, m), so that `steps` is whole; a path leaves the band where |F - G| reaches d.
    const std::uint64_t common = std::gcd(n, m);
    const auto stepN = static_cast<std::int64_t>(n / common);
    const auto stepM = static_cast<std::int64_t>(m / common);
    const double multiple = std::round(d * static_cast<double>(n) * static_cast<double>(stepM));
    if (multiple <= 0)
        return 1;
    const auto steps = static_cast<std::int64_t>(multiple);
    const auto outside = [&](std::uint64_t i, std::uint64_t j) {
        return std::abs(static_cast<std::int64_t>(i) * stepM - static_cast<std::int64_t>(j) * stepN) >= steps;
    };
    // reached[j]: the probability that a random path to (i, j) has been outside. Its last step came from (i - 1, j)
    // with probability i / (i + j).
    std::vector<double> reached(m + 1);
    for (std::uint64_t j = 0; j <= m; ++j)
        reached[j] = j > 0 && (reached[j - 1] == 1 || outside(0, j)) ? 1 : 0;
    for (std::uint64_t i = 1; i <= n; ++i) {
        reached[0] = reached[0] == 1 || outside(i, 0) ? 1 : 0;
        for (std::uint64_t j = 1; j <= m; ++j) {
            const auto all = static_cast<double>(i + j);
            reached[j] = outside(i, j)
                             ? 1
                             : (reached[j] * static_cast<double>(i) + reached[j - 1] * static_cast<double>(j)) / all;
        }
    }
    return reached[m];
}

double ksPvalueKolmogorovLimit(double d, std::uint64_t n, std::uint64_t m)
{
    if (n == 0 || m == 0)
        return undefined;
    return kolmogorovLimitSurvival(d * std::sqrt(effectiveSize(n, m)));
}

} // namespace countersign
