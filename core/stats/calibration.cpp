// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/calibration.h"

#include "core/stats/chisquare.h"
#include "core/stats/undefined.h"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <cassert>
#include <cmath>
#include <limits>
#include <vector>

namespace countersign {

namespace {

constexpr int mostSteps = 50;

double logistic(double x)
{
    return 1 / (1 + std::exp(-x));
}

TrafficLight lightOf(double probability, double green, double red)
{
    return probability < green ? TrafficLight::Green : probability < red ? TrafficLight::Yellow : TrafficLight::Red;
}

struct Fit
{
    double intercept = 0;
    double slope = 1;
    double interceptError = undefined;
    double slopeError = undefined;
    bool settled = false;
};

/// Newton's steps for the logistic likelihood; with `slopeFree` for both coefficients, else for the intercept alone.
/// Both start from 0, where the likelihood is most curved, so that no step is too long.
Fit fitLogistic(std::span<const double> logits, Events events, bool slopeFree)
{
    Fit fit;
    fit.slope = slopeFree ? 0 : 1;
    for (int step = 0; step < mostSteps; ++step) {
        double gradient0 = 0;
        double gradient1 = 0;
        double h00 = 0;
        double h01 = 0;
        double h11 = 0;
        for (std::size_t i = 0; i < logits.size(); ++i) {
            const double x = logits[i];
            const double p = logistic(fit.intercept + fit.slope * x);
            const double residual = static_cast<double>(events[i]) - p;
            const double weight = p * (1 - p);
            gradient0 += residual;
            gradient1 += residual * x;
            h00 += weight;
            h01 += weight * x;
            h11 += weight * x * x;
        }
        const double determinant = slopeFree ? h00 * h11 - h01 * h01 : h00;
        if (!(determinant > 1e-12 * std::max(1.0, slopeFree ? h00 * h11 : h00)))
            return fit;
        const double change0 = slopeFree ? (h11 * gradient0 - h01 * gradient1) / determinant : gradient0 / h00;
        const double change1 = slopeFree ? (h00 * gradient1 - h01 * gradient0) / determinant : 0;
        fit.interceptError = std::sqrt(slopeFree ? h11 / determinant : 1 / h00);
        fit.slopeError = slopeFree ? std::sqrt(h00 / determinant) : undefined;
        // Far from the solution a whole step can leave the region where the likelihood is well approximated.
        const double scale = std::max({1.0, std::abs(change0) / 5, std::abs(change1) / 5});
        fit.intercept += change0 / scale;
        fit.slope += change1 / scale;
        if (std::abs(change0) < 1e-10 * (1 + std::abs(fit.intercept)) &&
            std::abs(change1) < 1e-10 * (1 + std::abs(fit.slope))) {
            fit.settled = true;
            return fit;
        }
    }
    return fit;
}

} // namespace

Recalibration recalibrate(std::span<const double> scores, Events events)
{
    assert(scores.size() == events.size());
    Recalibration result{undefined, undefined, undefined, undefined, undefined, undefined};
    const auto happened = static_cast<std::size_t>(std::count(events.begin(), events.end(), std::uint8_t{1}));
    if (happened == 0 || happened == events.size())
        return result;
    constexpr double margin = 1e-12;
    std::vector<double> logits(scores.size());
    for (std::size_t i = 0; i < scores.size(); ++i) {
        if (!(scores[i] >= 0 && scores[i] <= 1))
            return result;
        const double p = std::clamp(scores[i], margin, 1 - margin);
        logits[i] = std::log(p / (1 - p));
    }
    if (const Fit offset = fitLogistic(logits, events, false); offset.settled) {
        result.offset = offset.intercept;
        result.offsetError = offset.interceptError;
    }
    if (const Fit both = fitLogistic(logits, events, true); both.settled) {
        result.slope = both.slope;
        result.intercept = both.intercept;
        result.slopeError = both.slopeError;
        result.interceptError = both.interceptError;
    }
    return result;
}

HosmerLemeshow hosmerLemeshow(std::span<const ScoreGroup> groups, bool onFittedData)
{
    const std::size_t lost = onFittedData ? 2 : 0;
    if (groups.empty() || groups.size() <= lost)
        return {undefined, 0, undefined};
    double statistic = 0;
    for (const ScoreGroup &group : groups) {
        const double difference = static_cast<double>(group.events) - group.scoreSum;
        const double variance = group.scoreSum * (1 - group.scoreSum / static_cast<double>(group.n));
        if (variance > 0)
            statistic += difference * difference / variance;
        else if (difference != 0)
            statistic = std::numeric_limits<double>::infinity();
    }
    const std::uint64_t degrees = groups.size() - lost;
    return {statistic, degrees, chiSquareSurvival(statistic, degrees)};
}

double jeffreysPvalue(std::uint64_t events, std::uint64_t n, double estimate)
{
    assert(events <= n && estimate >= 0 && estimate <= 1);
    if (n == 0)
        return undefined;
    return boost::math::ibeta(static_cast<double>(events) + 0.5, static_cast<double>(n - events) + 0.5, estimate);
}

double binomialPvalue(std::uint64_t events, std::uint64_t n, double estimate)
{
    assert(events <= n && estimate >= 0 && estimate <= 1);
    if (n == 0)
        return undefined;
    if (events == 0)
        return 1;
    return boost::math::ibeta(static_cast<double>(events), static_cast<double>(n - events) + 1, estimate);
}

double binomialPvalueTwoSided(std::uint64_t events, std::uint64_t n, double estimate)
{
    const double atLeast = binomialPvalue(events, n, estimate);
    const double atMost = binomialPvalue(n - events, n, 1 - estimate);
    return std::min(1.0, 2 * std::min(atLeast, atMost));
}

TrafficLight trafficLight(std::uint64_t events, std::uint64_t n, double estimate, double green, double red)
{
    assert(green < red);
    if (n == 0)
        return TrafficLight::Green;
    return lightOf(1 - binomialPvalue(events, n, estimate), green, red);
}

TrafficLight backtestZone(std::uint64_t exceptions, std::uint64_t days, double rate)
{
    if (days == 0)
        return TrafficLight::Green;
    const double atMost = exceptions == days ? 1 : 1 - binomialPvalue(exceptions + 1, days, rate);
    return lightOf(atMost, 0.95, 0.9999);
}

} // namespace countersign
