// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/regression.h"

#include "core/stats/undefined.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <vector>

namespace countersign {

double RegressionProfile::rmse() const
{
    return std::sqrt(square.mean);
}

double RegressionProfile::r2() const
{
    if (actual.n == 0 || !(actual.squares > 0))
        return undefined;
    return 1 - square.mean * static_cast<double>(square.n) / actual.squares;
}

RegressionProfile profileErrors(std::span<const double> predicted, std::span<const double> actual)
{
    assert(predicted.size() == actual.size());
    RegressionProfile profile;
    std::vector<double> values(predicted.size());
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = predicted[i] - actual[i];
    profile.error = momentsOf(values);
    for (double &value : values)
        value = std::abs(value);
    profile.absolute = momentsOf(values);
    for (double &value : values)
        value *= value;
    profile.square = momentsOf(values);
    values.clear();
    for (std::size_t i = 0; i < predicted.size(); ++i) {
        if (actual[i] != 0)
            values.push_back(std::abs((predicted[i] - actual[i]) / actual[i]) * 100);
    }
    profile.percentage = momentsOf(values);
    profile.actual = momentsOf(actual);
    return profile;
}

double r2StandardError(std::span<const double> predicted, std::span<const double> actual,
                       const RegressionProfile &profile)
{
    assert(predicted.size() == actual.size());
    const double unexplained = 1 - profile.r2();
    if (actual.size() < 2 || std::isnan(unexplained))
        return undefined;
    double squares = 0;
    for (std::size_t i = 0; i < actual.size(); ++i) {
        const double error = predicted[i] - actual[i];
        const double deviation = actual[i] - profile.actual.mean;
        const double rest = error * error - unexplained * deviation * deviation;
        squares += rest * rest;
    }
    const auto n = static_cast<double>(actual.size());
    return std::sqrt(squares / (n - 1) / n) / profile.actual.populationVariance();
}

Interval rmseInterval(const RegressionProfile &profile, double confidence)
{
    const Interval square = meanInterval(profile.square, confidence);
    return {std::sqrt(std::max(0.0, square.low)), std::sqrt(square.high)};
}

} // namespace countersign
