// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/energydistance.h"

#include "core/stats/undefined.h"

#include <algorithm>
#include <array>
#include <boost/math/special_functions/bessel.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace countersign {

namespace {

/// One distinct value of the pooled sample: how many of each sample lie below it and at it.
struct TieGroup
{
    double x;
    std::size_t belowFirst, atFirst;
    std::size_t belowSecond, atSecond;
};

template <class Visit>
void forEachTieGroup(std::span<const double> first, std::span<const double> second, Visit visit)
{
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < first.size() || j < second.size()) {
        const double x = j == second.size() || (i < first.size() && first[i] <= second[j]) ? first[i] : second[j];
        TieGroup group{x, i, 0, j, 0};
        while (i < first.size() && first[i] == x)
            ++i;
        while (j < second.size() && second[j] == x)
            ++j;
        group.atFirst = i - group.belowFirst;
        group.atSecond = j - group.belowSecond;
        visit(group);
    }
}

/// Distribution function of the limit of the Cramer-von Mises statistic: Anderson and Darling (1952), eq. 1.3, a series
/// in Bessel functions that ends when a term no longer counts.
double cramerVonMisesLimit(double x)
{
    constexpr double indistinguishable = 10; // from 1: the upper tail falls as exp(-pi^2 x / 2)
    if (x <= 0)
        return 0;
    if (x > indistinguishable)
        return 1;
    double sum = 0;
    for (int k = 0; k < 100; ++k) {
        const double y = 4 * k + 1;
        const double q = y * y / (16 * x);
        if (q > 700)
            break;
        const double weight = boost::math::tgamma(k + 0.5) / boost::math::tgamma(k + 1.0);
        const double term = weight * std::sqrt(y) * std::exp(-q) * boost::math::cyl_bessel_k(0.25, q);
        sum += term;
        if (std::abs(term) < 1e-16 * std::abs(sum))
            break;
    }
    return std::clamp(sum / (std::pow(std::numbers::pi, 1.5) * std::sqrt(x)), 0.0, 1.0);
}

/// Variance of the two-sample A^2 under the hypothesis: Scholz and Stephens (1987), eq. 4, at k = 2.
double andersonDarlingVariance(double n, double m)
{
    const double all = n + m;
    const auto size = static_cast<std::size_t>(all);
    const double reciprocals = 1 / n + 1 / m;
    double h = 0;
    double g = 0;
    for (std::size_t i = size - 1; i >= 1; --i) {
        // g = sum over 1 <= i < j < N of 1 / ((N - i) j): h holds the sum of 1 / j over j > i
        g += h / static_cast<double>(size - i);
        h += 1 / static_cast<double>(i);
    }
    constexpr double k = 2;
    const double a = (4 * g - 6) * (k - 1) + (10 - 6 * g) * reciprocals;
    const double b = (2 * g - 4) * k * k + 8 * h * k + (2 * g - 14 * h - 4) * reciprocals - 8 * h + 4 * g - 6;
    const double c = (6 * h + 2 * g - 2) * k * k + (4 * h - 4 * g + 6) * k + (2 * h - 6) * reciprocals + 4 * h;
    const double d = (2 * h + 6) * k * k - 4 * h * k;
    return (((a * all + b) * all + c) * all + d) / ((all - 1) * (all - 2) * (all - 3));
}

/// A parabola through the logarithms of Table 1's levels over their critical values, by least squares.
double andersonDarlingPvalue(double statistic)
{
    constexpr std::array<double, 7> levels{0.25, 0.1, 0.05, 0.025, 0.01, 0.005, 0.001};
    constexpr std::array<double, 7> b0{0.675, 1.281, 1.645, 1.96, 2.326, 2.573, 3.085};
    constexpr std::array<double, 7> b1{-0.245, 0.25, 0.678, 1.149, 1.822, 2.364, 3.615};
    constexpr std::array<double, 7> b2{-0.105, -0.305, -0.362, -0.391, -0.396, -0.345, -0.154};
    std::array<double, 7> critical{};
    for (std::size_t i = 0; i < levels.size(); ++i)
        critical[i] = b0[i] + b1[i] + b2[i]; // one sample more than one: m = k - 1 = 1
    if (statistic < critical.front())
        return levels.front();
    if (statistic > critical.back())
        return levels.back();
    std::array<double, 5> powers{};
    std::array<double, 3> right{};
    for (std::size_t i = 0; i < levels.size(); ++i) {
        double power = 1;
        for (std::size_t j = 0; j < powers.size(); ++j, power *= critical[i]) {
            powers[j] += power;
            if (j < right.size())
                right[j] += power * std::log(levels[i]);
        }
    }
    const auto determinant = [](double a, double b, double c, double d, double e, double f, double g, double h,
                                double i) { return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g); };
    const auto &[s0, s1, s2, s3, s4] = powers;
    const auto &[t0, t1, t2] = right;
    const double whole = determinant(s0, s1, s2, s1, s2, s3, s2, s3, s4);
    const double c0 = determinant(t0, s1, s2, t1, s2, s3, t2, s3, s4) / whole;
    const double c1 = determinant(s0, t0, s2, s1, t1, s3, s2, t2, s4) / whole;
    const double c2 = determinant(s0, s1, t0, s1, s2, t1, s2, s3, t2) / whole;
    return std::exp(c0 + c1 * statistic + c2 * statistic * statistic);
}

} // namespace

double energyDistance(std::span<const double> first, std::span<const double> second)
{
    if (first.empty() || second.empty())
        return undefined;
    const auto n = static_cast<double>(first.size());
    const auto m = static_cast<double>(second.size());
    double area = 0;
    double height = 0;
    double from = 0;
    forEachTieGroup(first, second, [&](const TieGroup &group) {
        area += height * height * (group.x - from);
        height = static_cast<double>(group.belowFirst + group.atFirst) / n -
                 static_cast<double>(group.belowSecond + group.atSecond) / m;
        from = group.x;
    });
    return std::sqrt(2 * area);
}

TwoSampleTest cramerVonMises(std::span<const double> first, std::span<const double> second)
{
    if (first.empty() || second.empty())
        return {undefined, undefined};
    const auto n = static_cast<double>(first.size());
    const auto m = static_cast<double>(second.size());
    const double all = n + m;
    double u = 0;
    forEachTieGroup(first, second, [&](const TieGroup &group) {
        // The midrank less the place in its own sample, squared and summed over the tied values of each sample.
        const double rank = static_cast<double>(group.belowFirst + group.belowSecond) +
                            (static_cast<double>(group.atFirst + group.atSecond) + 1) / 2;
        const auto own = [rank](std::size_t below, std::size_t at) {
            double sum = 0;
            for (std::size_t t = 1; t <= at; ++t) {
                const double difference = rank - static_cast<double>(below + t);
                sum += difference * difference;
            }
            return sum;
        };
        u += n * own(group.belowFirst, group.atFirst) + m * own(group.belowSecond, group.atSecond);
    });
    const double k = n * m;
    const double t = u / (k * all) - (4 * k - 1) / (6 * all);
    const double mean = (1 + 1 / all) / 6;
    const double variance = (all + 1) * (4 * k * all - 3 * (n * n + m * m) - 2 * k) / (45 * all * all * 4 * k);
    if (!(variance > 0)) // one value a side
        return {t, undefined};
    const double limit = 1.0 / 6 + (t - mean) / std::sqrt(45 * variance);
    return {t, limit < 0.003 ? 1 : std::max(0.0, 1 - cramerVonMisesLimit(limit))};
}

TwoSampleTest andersonDarling(std::span<const double> first, std::span<const double> second)
{
    if (first.empty() || second.empty())
        return {undefined, undefined};
    const auto n = static_cast<double>(first.size());
    const auto m = static_cast<double>(second.size());
    const double all = n + m;
    if (all < 4 || (std::min(first.front(), second.front()) == std::max(first.back(), second.back())))
        return {undefined, undefined};
    double inner1 = 0;
    double inner2 = 0;
    forEachTieGroup(first, second, [&](const TieGroup &group) {
        const auto at = static_cast<double>(group.atFirst + group.atSecond);
        const double b = static_cast<double>(group.belowFirst + group.belowSecond) + at / 2;
        const double weight = at / all / (b * (all - b) - all * at / 4);
        const double m1 = static_cast<double>(group.belowFirst) + static_cast<double>(group.atFirst) / 2;
        const double m2 = static_cast<double>(group.belowSecond) + static_cast<double>(group.atSecond) / 2;
        inner1 += weight * (all * m1 - b * n) * (all * m1 - b * n);
        inner2 += weight * (all * m2 - b * m) * (all * m2 - b * m);
    });
    const double a2 = (inner1 / n + inner2 / m) * (all - 1) / all;
    const double statistic = (a2 - 1) / std::sqrt(andersonDarlingVariance(n, m));
    return {statistic, andersonDarlingPvalue(statistic)};
}

} // namespace countersign
