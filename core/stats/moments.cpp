// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/moments.h"

#include "core/stats/undefined.h"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <numeric>

namespace countersign {

double Moments::sampleVariance() const
{
    return n < 2 ? undefined : squares / static_cast<double>(n - 1);
}

double Moments::populationVariance() const
{
    return n == 0 ? undefined : squares / static_cast<double>(n);
}

Moments momentsOf(std::span<const double> values)
{
    Moments moments{values.size(), undefined, undefined};
    if (values.empty())
        return moments;
    const auto n = static_cast<double>(values.size());
    moments.mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
    double squares = 0;
    double rest = 0;
    for (const double x : values) {
        const double deviation = x - moments.mean;
        squares += deviation * deviation;
        rest += deviation;
    }
    moments.squares = std::max(0.0, squares - rest * rest / n);
    return moments;
}

Interval meanInterval(const Moments &moments, double confidence)
{
    if (moments.n < 2)
        return {undefined, undefined};
    const boost::math::students_t distribution(static_cast<double>(moments.n - 1));
    const double half = boost::math::quantile(distribution, 0.5 + confidence / 2) *
                        std::sqrt(moments.sampleVariance() / static_cast<double>(moments.n));
    return {moments.mean - half, moments.mean + half};
}

} // namespace countersign
