// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/scoreintervals.h"

#include "core/stats/kolmogorov.h"
#include "core/stats/undefined.h"

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <numbers>

namespace countersign {

namespace {

constexpr Interval none{undefined, undefined};

Interval heldWithinOne(double value, double half)
{
    return {std::max(0.0, value - half), std::min(1.0, value + half)};
}

/// x with kolmogorovLimitSurvival(x) = 1 - confidence.
double kolmogorovQuantile(double confidence)
{
    double low = 0;
    double high = 5;
    constexpr int halvings = 60;
    for (int i = 0; i < halvings; ++i) {
        const double middle = (low + high) / 2;
        (kolmogorovLimitSurvival(middle) > 1 - confidence ? low : high) = middle;
    }
    return high;
}

/// A sum of a |Z|, the Z independent and standard normal, by its moments.
class AbsoluteErrors
{
public:
    void add(double a)
    {
        m_mean += a * std::sqrt(2 / std::numbers::pi);
        m_variance += a * a * (1 - 2 / std::numbers::pi);
    }

    [[nodiscard]] double quantile(double p) const
    {
        const double shape = m_mean * m_mean / m_variance;
        return boost::math::gamma_p_inv(shape, p) * m_variance / m_mean;
    }

private:
    double m_mean = 0;
    double m_variance = 0;
};

} // namespace

Interval aucInterval(const ScoreProfile &profile, double confidence)
{
    const double area = auc(profile);
    if (area > 0 && area < 1)
        return delongInterval(profile, confidence);
    if (std::isnan(area))
        return none;
    const std::uint64_t fewer = std::min(profile.events, profile.others());
    return wilsonInterval(area > 0 ? fewer : 0, fewer, confidence);
}

Interval rankedPrecisionInterval(const ScoreProfile &profile, double confidence)
{
    if (averagePrecision(profile) < 1)
        return averagePrecisionInterval(profile, confidence);
    return profile.events == 0 ? none : wilsonInterval(profile.events, profile.events, confidence);
}

Interval modelKsInterval(const ScoreProfile &profile, double confidence)
{
    if (!profile.bothClasses())
        return none;
    const double spread =
        std::sqrt(1 / static_cast<double>(profile.events) + 1 / static_cast<double>(profile.others()));
    return heldWithinOne(modelKs(profile), kolmogorovQuantile(confidence) * spread);
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

Interval calibrationErrorInterval(const ScoreProfile &profile, double confidence)
{
    if (!profile.probabilities || profile.n == 0)
        return none;
    constexpr double sure = 3; // standard errors
    double variance = 0;       // of the bins whose sign is sure
    AbsoluteErrors errors;
    for (const ScoreGroup &bin : profile.reliability) {
        if (bin.n == 0)
            continue;
        const auto n = static_cast<double>(bin.n);
        const double smoothed = (static_cast<double>(bin.events) + 2) / (n + 4);
        const double deviation = std::sqrt(smoothed * (1 - smoothed) / n);
        const double weighted = deviation * n / static_cast<double>(profile.n);
        if (std::abs(bin.eventRate() - bin.meanScore()) > sure * deviation)
            variance += weighted * weighted;
        else
            errors.add(weighted);
    }
    if (variance > 0)
        errors.add(std::sqrt(variance));
    return heldWithinOne(expectedCalibrationError(profile), errors.quantile(confidence));
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
