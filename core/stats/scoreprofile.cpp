// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/scoreprofile.h"

#include "core/stats/performance.h"
#include "core/stats/undefined.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace countersign {

namespace {

std::uint64_t countEvents(Events events)
{
    std::uint64_t count = 0;
    for (const std::uint8_t event : events)
        count += event;
    return count;
}

void addProbabilities(ScoreProfile &profile, std::span<const double> scores, Events events)
{
    constexpr double smallest = std::numeric_limits<double>::epsilon();
    double squares = 0;
    double fourths = 0;
    double losses = 0;
    double lossSquares = 0;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        const double s = scores[i];
        const double given = events[i] != 0 ? s : 1 - s; // the probability given to what came
        const double square = (1 - given) * (1 - given);
        squares += square;
        fourths += square * square;
        const double loss = std::log(std::clamp(given, smallest, 1 - smallest));
        losses += loss;
        lossSquares += loss * loss;
        ScoreGroup &bin =
            profile.reliability[std::min(static_cast<std::size_t>(s * reliabilityBins), reliabilityBins - 1)];
        ++bin.n;
        bin.events += events[i];
        bin.scoreSum += s;
    }
    profile.squaredErrorSum = squares;
    profile.squaredErrorSquares = fourths;
    profile.logLossSum = -losses;
    profile.logLossSquares = lossSquares;
    for (const ScoreGroup &bin : profile.reliability)
        profile.scoreSum += bin.scoreSum;
}

void addRanks(ScoreProfile &profile, std::span<const double> scores, Events events)
{
    const auto allEvents = static_cast<double>(profile.events);
    const auto allOthers = static_cast<double>(profile.others());
    const double perEvent = 1 / allEvents;
    const double perOther = 1 / allOthers;
    std::uint64_t eventsBelow = 0;
    double largest = -1;
    for (std::size_t i = 0; i < scores.size();) {
        const double s = scores[i];
        const std::size_t before = i;
        std::uint64_t at = 0;
        do
            at += events[i++];
        while (i < scores.size() && scores[i] == s);
        const std::uint64_t othersBelow = before - eventsBelow;
        const std::uint64_t othersAt = i - before - at;
        if (at > 0) {
            profile.twiceU += at * (2 * othersBelow + othersAt);
            const double placement = static_cast<double>(2 * othersBelow + othersAt) / 2 * perOther;
            profile.eventPlacementSquares += static_cast<double>(at) * placement * placement;
            profile.averagePrecision += static_cast<double>(at) * static_cast<double>(profile.events - eventsBelow) /
                                        static_cast<double>(scores.size() - before);
        }
        if (othersAt > 0) {
            const double placement = static_cast<double>(2 * eventsBelow + at) / 2 * perEvent;
            profile.otherPlacementSquares += static_cast<double>(othersAt) * placement * placement;
        }
        eventsBelow += at;
        const double distance = std::abs(static_cast<double>(eventsBelow) * perEvent -
                                         static_cast<double>(othersBelow + othersAt) * perOther);
        if (distance > largest) {
            largest = distance;
            profile.ksScore = s;
            profile.ksEventsAtOrBelow = eventsBelow;
            profile.ksOthersAtOrBelow = othersBelow + othersAt;
        }
    }
    profile.ks = largest;
    profile.averagePrecision *= perEvent;
}

} // namespace

double ScoreGroup::meanScore() const
{
    return n == 0 ? undefined : scoreSum / static_cast<double>(n);
}

double ScoreGroup::eventRate() const
{
    return proportion(events, n);
}

ScoreProfile profileScores(std::span<const double> sortedScores, Events events)
{
    assert(sortedScores.size() == events.size());
    ScoreProfile profile;
    profile.n = sortedScores.size();
    profile.events = countEvents(events);
    profile.probabilities = !sortedScores.empty() && sortedScores.front() >= 0 && sortedScores.back() <= 1;
    if (profile.probabilities)
        addProbabilities(profile, sortedScores, events);
    if (profile.events > 0)
        addRanks(profile, sortedScores, events);
    return profile;
}

double auc(const ScoreProfile &profile)
{
    return areaUnderRoc(profile.twiceU, profile.events, profile.others());
}

double gini(const ScoreProfile &profile)
{
    return 2 * auc(profile) - 1;
}

double delongVariance(const ScoreProfile &profile)
{
    if (profile.events < 2 || profile.others() < 2)
        return undefined;
    const auto n = static_cast<double>(profile.events);
    const auto m = static_cast<double>(profile.others());
    const double area = auc(profile);
    // An other's placement is the share of events below it: its mean is 1 - AUC, its variance that of the share above.
    const double events = std::max(0.0, profile.eventPlacementSquares - n * area * area) / (n - 1);
    const double others = std::max(0.0, profile.otherPlacementSquares - m * (1 - area) * (1 - area)) / (m - 1);
    return events / n + others / m;
}

Interval delongInterval(const ScoreProfile &profile, double confidence)
{
    const double half = normalQuantile(0.5 + confidence / 2) * std::sqrt(delongVariance(profile));
    if (std::isnan(half))
        return {undefined, undefined};
    return {std::max(0.0, auc(profile) - half), std::min(1.0, auc(profile) + half)};
}

double modelKs(const ScoreProfile &profile)
{
    return profile.bothClasses() ? profile.ks : undefined;
}

double averagePrecision(const ScoreProfile &profile)
{
    return profile.events == 0 ? undefined : std::min(1.0, profile.averagePrecision);
}

Interval averagePrecisionInterval(const ScoreProfile &profile, double confidence)
{
    const double p = averagePrecision(profile);
    if (std::isnan(p))
        return {undefined, undefined};
    if (p >= 1 || p <= 0)
        return {p, p};
    const double centre = std::log(p / (1 - p));
    const double deviation = 1 / std::sqrt(static_cast<double>(profile.events) * p * (1 - p));
    const double half = normalQuantile(0.5 + confidence / 2) * deviation;
    const auto back = [](double x) { return 1 / (1 + std::exp(-x)); };
    return {back(centre - half), back(centre + half)};
}

double brierScore(const ScoreProfile &profile)
{
    return profile.probabilities ? profile.squaredErrorSum / static_cast<double>(profile.n) : undefined;
}

Interval brierInterval(const ScoreProfile &profile, double confidence)
{
    if (!profile.probabilities || profile.n < 2)
        return {undefined, undefined};
    const auto n = static_cast<double>(profile.n);
    const double mean = profile.squaredErrorSum / n;
    const double variance = std::max(0.0, profile.squaredErrorSquares - n * mean * mean) / (n - 1);
    const double half = normalQuantile(0.5 + confidence / 2) * std::sqrt(variance / n);
    return {std::max(0.0, mean - half), std::min(1.0, mean + half)};
}

double logLoss(const ScoreProfile &profile)
{
    return profile.probabilities ? profile.logLossSum / static_cast<double>(profile.n) : undefined;
}

double expectedCalibrationError(const ScoreProfile &profile)
{
    if (!profile.probabilities)
        return undefined;
    double sum = 0;
    for (const ScoreGroup &bin : profile.reliability)
        sum += std::abs(static_cast<double>(bin.events) - bin.scoreSum);
    return sum / static_cast<double>(profile.n);
}

double calibrationInTheLarge(const ScoreProfile &profile)
{
    if (!profile.probabilities)
        return undefined;
    return (static_cast<double>(profile.events) - profile.scoreSum) / static_cast<double>(profile.n);
}

std::vector<RocPoint> rocCurve(std::span<const double> sortedScores, Events events, std::size_t most)
{
    assert(sortedScores.size() == events.size());
    const std::uint64_t allEvents = countEvents(events);
    const std::uint64_t allOthers = events.size() - allEvents;
    std::vector<RocPoint> points;
    if (allEvents == 0 || allOthers == 0)
        return points;
    const std::size_t kept = std::max<std::size_t>(most, 1);
    const std::size_t stride = (sortedScores.size() + kept - 1) / kept;
    points.push_back({std::numeric_limits<double>::infinity(), 0, 0});
    std::uint64_t above = 0;
    std::size_t last = sortedScores.size();
    for (std::size_t i = sortedScores.size(); i > 0;) {
        const double s = sortedScores[i - 1];
        do
            above += events[--i];
        while (i > 0 && sortedScores[i - 1] == s);
        if (i > 0 && last - i < stride)
            continue;
        last = i;
        points.push_back({s, proportion(sortedScores.size() - i - above, allOthers), proportion(above, allEvents)});
    }
    return points;
}

std::vector<ScoreGroup> equalGroups(std::span<const double> sortedScores, Events events, std::size_t groups)
{
    assert(sortedScores.size() == events.size() && groups > 0);
    std::vector<ScoreGroup> result;
    const std::size_t n = sortedScores.size();
    std::size_t i = 0;
    for (std::size_t group = 1; group <= groups && i < n; ++group) {
        std::size_t end = n / groups * group + n % groups * group / groups;
        if (end <= i)
            continue;
        while (end < n && sortedScores[end] == sortedScores[end - 1])
            ++end;
        ScoreGroup rows;
        for (; i < end; ++i) {
            ++rows.n;
            rows.events += events[i];
            rows.scoreSum += sortedScores[i];
        }
        result.push_back(rows);
    }
    return result;
}

std::vector<GainsPoint> gainsCurve(std::span<const ScoreGroup> groups)
{
    std::uint64_t n = 0;
    std::uint64_t events = 0;
    for (const ScoreGroup &group : groups) {
        n += group.n;
        events += group.events;
    }
    std::vector<GainsPoint> points;
    if (events == 0)
        return points;
    std::uint64_t rows = 0;
    std::uint64_t found = 0;
    for (std::size_t i = groups.size(); i-- > 0;) {
        rows += groups[i].n;
        found += groups[i].events;
        const double shareOfRows = proportion(rows, n);
        const double shareOfEvents = proportion(found, events);
        points.push_back({shareOfRows, shareOfEvents, shareOfEvents / shareOfRows});
    }
    return points;
}

} // namespace countersign
