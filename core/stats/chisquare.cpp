// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/chisquare.h"

#include "core/stats/undefined.h"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <cassert>
#include <cmath>
#include <numeric>

namespace countersign {

namespace {

double totalOf(Counts counts)
{
    return static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}));
}

/// Sums term(observed reference, its expectation, observed current, its expectation) over the categories in use.
template <class Term>
ChiSquareResult overTable(Counts reference, Counts current, Term term)
{
    assert(reference.size() == current.size());
    const double n = totalOf(reference);
    const double m = totalOf(current);
    if (n == 0 || m == 0)
        return {undefined, 0, undefined, undefined};
    const double all = n + m;
    double statistic = 0;
    std::uint64_t categories = 0;
    for (std::size_t i = 0; i < reference.size(); ++i) {
        const auto column = static_cast<double>(reference[i] + current[i]);
        if (column == 0)
            continue;
        ++categories;
        statistic += term(static_cast<double>(reference[i]), n * column / all, static_cast<double>(current[i]),
                          m * column / all);
    }
    const std::uint64_t degrees = categories - 1;
    return {statistic, degrees, chiSquareSurvival(statistic, degrees),
            degrees == 0 ? undefined : std::sqrt(statistic / all)};
}

} // namespace

ChiSquareResult chiSquareContingency(Counts reference, Counts current)
{
    return overTable(reference, current,
                     [](double observed, double expected, double /*current*/, double expectedCurrent) {
                         const double difference = observed - expected; // the same on both sides, but for its sign
                         return difference * difference * (1 / expected + 1 / expectedCurrent);
                     });
}

ChiSquareResult chiSquareYates(Counts reference, Counts current)
{
    const ChiSquareResult plain = chiSquareContingency(reference, current);
    if (plain.degreesOfFreedom != 1)
        return plain;
    return overTable(reference, current,
                     [](double observed, double expected, double /*current*/, double expectedCurrent) {
                         const double difference = std::max(0.0, std::abs(observed - expected) - 0.5);
                         return difference * difference * (1 / expected + 1 / expectedCurrent);
                     });
}

double cramersVBiasCorrected(double statistic, std::uint64_t categories, std::uint64_t rows)
{
    if (rows < 2 || std::isnan(statistic))
        return undefined;
    if (categories < 2)
        return 0;
    const auto k = static_cast<double>(categories);
    const double freedom = static_cast<double>(rows) - 1;
    const double phi = std::max(0.0, statistic / static_cast<double>(rows) - (k - 1) / freedom);
    const double columns = k - (k - 1) * (k - 1) / freedom;
    const double sides = 2 - 1 / freedom;
    const double smaller = std::min(columns, sides) - 1;
    return smaller <= 0 ? undefined : std::min(1.0, std::sqrt(phi / smaller));
}

ChiSquareResult chiSquareGoodnessOfFit(Counts reference, Counts current)
{
    assert(reference.size() == current.size());
    const double n = totalOf(reference);
    const double m = totalOf(current);
    if (n == 0 || m == 0)
        return {undefined, 0, undefined, undefined};
    double statistic = 0;
    std::uint64_t categories = 0;
    for (std::size_t i = 0; i < reference.size(); ++i) {
        if (reference[i] + current[i] == 0)
            continue;
        ++categories;
        const double expected = static_cast<double>(reference[i]) * m / n;
        const double difference = static_cast<double>(current[i]) - expected;
        statistic += difference * difference / expected;
    }
    return {statistic, categories - 1, chiSquareSurvival(statistic, categories - 1), undefined};
}

ChiSquareResult gTestContingency(Counts reference, Counts current)
{
    const auto share = [](double observed, double expected) {
        return observed == 0 ? 0.0 : 2 * observed * std::log(observed / expected);
    };
    ChiSquareResult result = overTable(
        reference, current, [&](double o, double e, double c, double f) { return share(o, e) + share(c, f); });
    if (!std::isnan(result.statistic)) {
        result.statistic = std::max(0.0, result.statistic);
        result.pvalue = chiSquareSurvival(result.statistic, result.degreesOfFreedom);
    }
    result.cramersV = undefined;
    return result;
}

double chiSquareSurvival(double statistic, std::uint64_t degreesOfFreedom)
{
    if (std::isnan(statistic))
        return statistic;
    if (degreesOfFreedom == 0)
        return 1;
    if (std::isinf(statistic))
        return 0;
    const boost::math::chi_squared distribution(static_cast<double>(degreesOfFreedom));
    return boost::math::cdf(boost::math::complement(distribution, statistic));
}

double criticalStabilityIndex(std::uint64_t n, std::uint64_t m, std::uint64_t bins, double confidence)
{
    if (n == 0 || m == 0 || bins == 0)
        return undefined;
    if (bins == 1)
        return 0;
    const boost::math::chi_squared distribution(static_cast<double>(bins - 1));
    return (1 / static_cast<double>(n) + 1 / static_cast<double>(m)) * boost::math::quantile(distribution, confidence);
}

} // namespace countersign
