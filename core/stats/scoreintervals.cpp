// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/scoreintervals.h"

#include "core/stats/quantile.h"
#include "core/stats/undefined.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace countersign {

namespace {

constexpr unsigned replicates = 500;
constexpr Interval none{undefined, undefined};

/// Uniform on (0, 1), the same on every machine.
double uniformFrom(std::mt19937_64 &random)
{
    constexpr double steps = 9007199254740992.0; // 2^53
    return (static_cast<double>(random() >> 11) + 0.5) / steps;
}

} // namespace

Interval modelKsInterval(const ScoreProfile &profile, double confidence)
{
    if (!profile.bothClasses())
        return none;
    Interval interval = newcombeInterval(profile.ksOthersAtOrBelow, profile.others(), profile.ksEventsAtOrBelow,
                                         profile.events, confidence);
    const bool eventsLower =
        proportion(profile.ksEventsAtOrBelow, profile.events) > proportion(profile.ksOthersAtOrBelow, profile.others());
    if (eventsLower)
        interval = {-interval.high, -interval.low};
    return {std::max(0.0, interval.low), std::min(1.0, interval.high)};
}

Interval logLossInterval(const ScoreProfile &profile, double confidence)
{
    if (!profile.probabilities || profile.n < 2)
        return none;
    const auto n = static_cast<double>(profile.n);
    const double mean = profile.logLossSum / n;
    const double variance = std::max(0.0, profile.logLossSquares - n * mean * mean) / (n - 1);
    const Interval interval = waldInterval(mean, std::sqrt(variance / n), confidence);
    return {std::max(0.0, interval.low), interval.high};
}

Interval calibrationErrorInterval(const ScoreProfile &profile, double confidence, std::uint64_t seed)
{
    if (!profile.probabilities)
        return none;
    std::mt19937_64 random(seed);
    std::vector<double> errors(replicates, 0.0);
    for (const ScoreGroup &bin : profile.reliability) {
        if (bin.n == 0)
            continue;
        const auto n = static_cast<double>(bin.n);
        const double smoothed = (static_cast<double>(bin.events) + 0.5) / (n + 1);
        const double deviation = std::sqrt(smoothed * (1 - smoothed) / n);
        for (double &error : errors) {
            const double rate = bin.eventRate() + deviation * normalQuantile(uniformFrom(random));
            error += std::abs(std::clamp(rate, 0.0, 1.0) - bin.meanScore()) * n / static_cast<double>(profile.n);
        }
    }
    std::sort(errors.begin(), errors.end());
    const double tail = (1 - confidence) / 2;
    return {quantile(errors, tail), quantile(errors, 1 - tail)};
}

Interval calibrationInTheLargeInterval(const ScoreProfile &profile, double confidence)
{
    if (!profile.probabilities)
        return none;
    const double mean = profile.scoreSum / static_cast<double>(profile.n);
    const Interval rate = wilsonInterval(profile.events, profile.n, confidence);
    return {rate.low - mean, rate.high - mean};
}

Interval waldInterval(double estimate, double standardError, double confidence)
{
    const double half = normalQuantile(0.5 + confidence / 2) * standardError;
    return {estimate - half, estimate + half};
}

} // namespace countersign
