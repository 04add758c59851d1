// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/ranktests.h"

#include "core/stats/moments.h"
#include "core/stats/performance.h"
#include "core/stats/proportions.h"
#include "core/stats/undefined.h"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

namespace countersign {

namespace {

/// Sum of t^3 - t over the groups of equal values of both samples together.
double tieTerm(std::span<const double> first, std::span<const double> second)
{
    double sum = 0;
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < first.size() || j < second.size()) {
        const double x = j == second.size() || (i < first.size() && first[i] <= second[j]) ? first[i] : second[j];
        const std::size_t before = i + j;
        while (i < first.size() && first[i] == x)
            ++i;
        while (j < second.size() && second[j] == x)
            ++j;
        const auto t = static_cast<double>(i + j - before);
        sum += t * t * t - t;
    }
    return sum;
}

} // namespace

RankTest mannWhitneyTest(std::span<const double> first, std::span<const double> second, Alternative alternative)
{
    if (first.empty() || second.empty())
        return {undefined, undefined, undefined};
    const auto n = static_cast<double>(first.size());
    const auto m = static_cast<double>(second.size());
    const double u = static_cast<double>(mannWhitneyTwiceU(first, second)) / 2;
    const double all = n + m;
    const double variance = n * m / 12 * (all + 1 - tieTerm(first, second) / (all * (all - 1)));
    if (!(variance > 0))
        return {u, undefined, undefined};
    const double deviation = std::sqrt(variance);
    const double above = u - n * m / 2;
    const double z = above / deviation;
    switch (alternative) {
    case Alternative::Less:
        return {u, z, std::min(1.0, normalSurvival((-above - 0.5) / deviation))};
    case Alternative::Greater:
        return {u, z, std::min(1.0, normalSurvival((above - 0.5) / deviation))};
    case Alternative::TwoSided:
        break;
    }
    return {u, z, std::min(1.0, 2 * normalSurvival((std::abs(above) - 0.5) / deviation))};
}

double welchPvalue(std::span<const double> first, std::span<const double> second)
{
    const Moments a = momentsOf(first);
    const Moments b = momentsOf(second);
    if (a.n < 2 || b.n < 2)
        return undefined;
    const double va = a.sampleVariance() / static_cast<double>(a.n);
    const double vb = b.sampleVariance() / static_cast<double>(b.n);
    if (!(va + vb > 0))
        return undefined;
    const double t = (a.mean - b.mean) / std::sqrt(va + vb);
    const double freedom =
        (va + vb) * (va + vb) / (va * va / static_cast<double>(a.n - 1) + vb * vb / static_cast<double>(b.n - 1));
    const boost::math::students_t distribution(freedom);
    return 2 * boost::math::cdf(boost::math::complement(distribution, std::abs(t)));
}

} // namespace countersign
