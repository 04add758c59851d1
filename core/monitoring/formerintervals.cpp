// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/formerintervals.h"

#include "core/monitoring/figures.h"
#include "core/stats/quantile.h"
#include "core/stats/undefined.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace countersign {

namespace {

constexpr unsigned replicates = 500;

/// Uniform on (0, 1), the same on every machine.
double uniformFrom(std::mt19937_64 &random)
{
    constexpr double steps = 9007199254740992.0; // 2^53
    return (static_cast<double>(random() >> 11) + 0.5) / steps;
}

Interval bootstrapOfCalibrationError(const ScoreProfile &profile)
{
    if (!profile.probabilities)
        return {undefined, undefined};
    std::mt19937_64 random(1);
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
    const double tail = (1 - figureConfidence) / 2;
    return {quantile(errors, tail), quantile(errors, 1 - tail)};
}

Interval newcombeOfKs(const ScoreProfile &profile)
{
    if (!profile.bothClasses())
        return {undefined, undefined};
    Interval interval = newcombeInterval(profile.ksOthersAtOrBelow, profile.others(), profile.ksEventsAtOrBelow,
                                         profile.events, figureConfidence);
    const bool eventsLower =
        proportion(profile.ksEventsAtOrBelow, profile.events) > proportion(profile.ksOthersAtOrBelow, profile.others());
    if (eventsLower)
        interval = {-interval.high, -interval.low};
    return {std::max(0.0, interval.low), std::min(1.0, interval.high)};
}

} // namespace

void setFormerIntervals(Figures &figures, const ScoreProfile &profile)
{
    const auto set = [&figures](const char *name, double value, const Interval &interval) {
        figures.insert_or_assign(name, figureOf(value, interval));
    };
    const Interval area = delongInterval(profile, figureConfidence);
    set("roc_auc", auc(profile), area);
    set("gini", gini(profile), {2 * area.low - 1, 2 * area.high - 1});
    set("average_precision", averagePrecision(profile), averagePrecisionInterval(profile, figureConfidence));
    set("model_ks", modelKs(profile), newcombeOfKs(profile));
    set("expected_calibration_error", expectedCalibrationError(profile), bootstrapOfCalibrationError(profile));
}

void setFormerIntervals(Figures &figures, const RegressionProfile &profile)
{
    const auto set = [&figures](const char *name, const Moments &moments) {
        figures.insert_or_assign(name, figureOf(moments.mean, meanInterval(moments, figureConfidence)));
    };
    set("regression_mse", profile.square);
    set("regression_mae", profile.absolute);
    set("regression_mape", profile.percentage);
}

} // namespace countersign
