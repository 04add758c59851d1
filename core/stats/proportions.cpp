// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/proportions.h"

#include "core/stats/undefined.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <cassert>
#include <cmath>
#include <numbers>

namespace countersign {

namespace {

double logCombinations(std::uint64_t n, std::uint64_t k)
{
    const auto gamma = [](std::uint64_t x) { return std::lgamma(static_cast<double>(x) + 1); };
    return gamma(n) - gamma(k) - gamma(n - k);
}

} // namespace

double proportion(std::uint64_t k, std::uint64_t n)
{
    return n == 0 ? undefined : static_cast<double>(k) / static_cast<double>(n);
}

double normalQuantile(double p)
{
    return boost::math::quantile(boost::math::normal(), p);
}

double normalSurvival(double z)
{
    return std::isnan(z) ? z : boost::math::erfc(z / std::numbers::sqrt2) / 2;
}

Interval wilsonInterval(std::uint64_t k, std::uint64_t n, double confidence)
{
    assert(k <= n);
    if (n == 0)
        return {undefined, undefined};
    const double z = normalQuantile(0.5 + confidence / 2);
    const auto size = static_cast<double>(n);
    const double p = proportion(k, n);
    const double scale = 1 + z * z / size;
    const double centre = (p + z * z / (2 * size)) / scale;
    const double half = z / scale * std::sqrt(p * (1 - p) / size + z * z / (4 * size * size));
    return {k == 0 ? 0 : std::max(0.0, centre - half), k == n ? 1 : std::min(1.0, centre + half)};
}

Interval jeffreysInterval(std::uint64_t k, std::uint64_t n, double confidence)
{
    assert(k <= n);
    if (n == 0)
        return {undefined, undefined};
    const double a = static_cast<double>(k) + 0.5;
    const double b = static_cast<double>(n - k) + 0.5;
    const double tail = (1 - confidence) / 2;
    return {k == 0 ? 0 : boost::math::ibeta_inv(a, b, tail), k == n ? 1 : boost::math::ibeta_inv(a, b, 1 - tail)};
}

Interval clopperPearsonInterval(std::uint64_t k, std::uint64_t n, double confidence)
{
    assert(k <= n);
    if (n == 0)
        return {undefined, undefined};
    const auto events = static_cast<double>(k);
    const auto others = static_cast<double>(n - k);
    const double tail = (1 - confidence) / 2;
    return {k == 0 ? 0 : boost::math::ibeta_inv(events, others + 1, tail),
            k == n ? 1 : boost::math::ibeta_inv(events + 1, others, 1 - tail)};
}

Interval newcombeInterval(std::uint64_t k1, std::uint64_t n1, std::uint64_t k2, std::uint64_t n2, double confidence)
{
    const Interval first = wilsonInterval(k1, n1, confidence);
    const Interval second = wilsonInterval(k2, n2, confidence);
    const double p1 = proportion(k1, n1);
    const double p2 = proportion(k2, n2);
    return {p1 - p2 - std::hypot(p1 - first.low, second.high - p2),
            p1 - p2 + std::hypot(first.high - p1, p2 - second.low)};
}

Interval ratioInterval(std::uint64_t k1, std::uint64_t n1, std::uint64_t k2, std::uint64_t n2, double confidence)
{
    if (n1 == 0 || n2 == 0)
        return {undefined, undefined};
    const double more = k1 == 0 || k2 == 0 ? 0.5 : 0;
    const double a = static_cast<double>(k1) + more;
    const double b = static_cast<double>(k2) + more;
    const double n = static_cast<double>(n1) + more;
    const double m = static_cast<double>(n2) + more;
    const double centre = std::log(a / n) - std::log(b / m);
    const double half = normalQuantile(0.5 + confidence / 2) * std::sqrt(std::max(0.0, 1 / a - 1 / n + 1 / b - 1 / m));
    return {std::exp(centre - half), std::exp(centre + half)};
}

double twoProportionPvalue(std::uint64_t k1, std::uint64_t n1, std::uint64_t k2, std::uint64_t n2)
{
    if (n1 == 0 || n2 == 0)
        return undefined;
    const double pooled = proportion(k1 + k2, n1 + n2);
    const double variance = pooled * (1 - pooled) * (1 / static_cast<double>(n1) + 1 / static_cast<double>(n2));
    const double difference = proportion(k1, n1) - proportion(k2, n2);
    return difference == 0 ? 1 : std::min(1.0, 2 * normalSurvival(std::abs(difference) / std::sqrt(variance)));
}

double fisherExactPvalue(std::uint64_t a, std::uint64_t b, std::uint64_t c, std::uint64_t d)
{
    const std::uint64_t first = a + b;
    const std::uint64_t second = c + d;
    const std::uint64_t column = a + c;
    const double all = logCombinations(first + second, column);
    const auto probability = [&](std::uint64_t x) {
        return std::exp(logCombinations(first, x) + logCombinations(second, column - x) - all);
    };
    const double limit = probability(a) * (1 + 1e-7);
    double sum = 0;
    for (std::uint64_t x = column > second ? column - second : 0; x <= std::min(first, column); ++x) {
        const double p = probability(x);
        sum += p <= limit ? p : 0;
    }
    return std::min(1.0, sum);
}

} // namespace countersign
