// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/chisquare.h"

#include "core/stats/undefined.h"

#include <boost/math/distributions/chi_squared.hpp>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

namespace countersign {

ChiSquareResult chiSquareContingency(Counts reference, Counts current)
{
    assert(reference.size() == current.size());
    const auto n = static_cast<double>(std::accumulate(reference.begin(), reference.end(), std::uint64_t{0}));
    const auto m = static_cast<double>(std::accumulate(current.begin(), current.end(), std::uint64_t{0}));
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
        const double expectedReference = n * column / all;
        const double expectedCurrent = m * column / all;
        const double difference = static_cast<double>(reference[i]) - expectedReference;
        statistic += difference * difference * (1 / expectedReference + 1 / expectedCurrent);
    }
    const std::uint64_t degrees = categories - 1;
    return {statistic, degrees, chiSquareSurvival(statistic, degrees), degrees == 0 ? undefined : std::sqrt(statistic / all)};
}

double chiSquareSurvival(double statistic, std::uint64_t degreesOfFreedom)
{
    if (std::isnan(statistic))
        return statistic;
    if (degreesOfFreedom == 0)
        return 1;
    const boost::math::chi_squared distribution(static_cast<double>(degreesOfFreedom));
    return boost::math::cdf(boost::math::complement(distribution, statistic));
}

double criticalStabilityIndex(std::uint64_t n, std::uint64_t m, std::uint64_t bins, double confidence)
{
    if (n == 0 || m == 0 || bins == 0)
        return std::numeric_limits<double>::quiet_NaN();
    if (bins == 1)
        return 0;
    const boost::math::chi_squared distribution(static_cast<double>(bins - 1));
    return (1 / static_cast<double>(n) + 1 / static_cast<double>(m)) * boost::math::quantile(distribution, confidence);
}

} // namespace countersign
