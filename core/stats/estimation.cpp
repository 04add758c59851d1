// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/estimation.h"

#include "core/stats/undefined.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <utility>

namespace countersign {

namespace {

constexpr std::size_t folds = 10;
constexpr std::size_t groups = 10;

double ratio(double part, double whole)
{
    return whole > 0 ? part / whole : undefined;
}

void addRankFigures(EstimatedPerformance &result, std::span<const double> scores, std::span<const double> p)
{
    double events = 0;
    for (const double probability : p)
        events += probability;
    const auto n = static_cast<double>(p.size());
    const double others = n - events;
    double pairs = 0; // expected (event, other) pairs with the event higher, ties half
    double precisions = 0;
    double eventsBelow = 0;
    double othersBelow = 0;
    for (std::size_t i = 0; i < scores.size();) {
        const std::size_t before = i;
        double at = 0;
        for (; i < scores.size() && scores[i] == scores[before]; ++i)
            at += p[i];
        const double othersAt = static_cast<double>(i - before) - at;
        pairs += at * (othersBelow + othersAt / 2);
        precisions += at * (events - eventsBelow) / (n - static_cast<double>(before));
        eventsBelow += at;
        othersBelow += othersAt;
    }
    result.auc = ratio(pairs, events * others);
    result.averagePrecision = ratio(precisions, events);
}

/// Sum over groups of equal size of |events - sum of probabilities|.
double errorOf(std::span<const double> sortedScores, Events events)
{
    double sum = 0;
    for (const ScoreGroup &group : equalGroups(sortedScores, events, groups))
        sum += std::abs(static_cast<double>(group.events) - group.scoreSum);
    return sum;
}

} // namespace

EstimatedPerformance estimatePerformance(std::span<const double> sortedScores, std::span<const double> probabilities,
                                         std::span<const std::uint8_t> decisions)
{
    assert(sortedScores.size() == probabilities.size());
    assert(decisions.empty() || decisions.size() == probabilities.size());
    EstimatedPerformance result{{},        undefined, undefined, undefined, undefined,
                                undefined, undefined, undefined, undefined, undefined};
    if (probabilities.empty())
        return result;
    const auto n = static_cast<double>(probabilities.size());
    addRankFigures(result, sortedScores, probabilities);
    double events = 0;
    double variance = 0;
    for (const double p : probabilities) {
        events += p;
        variance += p * (1 - p);
    }
    result.eventRate = events / n;
    result.brier = variance / n;
    if (decisions.empty())
        return result;
    ExpectedConfusion &counts = result.confusion;
    for (std::size_t i = 0; i < probabilities.size(); ++i) {
        const double p = probabilities[i];
        (decisions[i] != 0 ? counts.truePositives : counts.falseNegatives) += p;
        (decisions[i] != 0 ? counts.falsePositives : counts.trueNegatives) += 1 - p;
    }
    result.accuracy = (counts.truePositives + counts.trueNegatives) / n;
    result.precision = ratio(counts.truePositives, counts.truePositives + counts.falsePositives);
    result.recall = ratio(counts.truePositives, counts.truePositives + counts.falseNegatives);
    result.specificity = ratio(counts.trueNegatives, counts.trueNegatives + counts.falsePositives);
    result.f1 =
        ratio(2 * counts.truePositives, 2 * counts.truePositives + counts.falsePositives + counts.falseNegatives);
    return result;
}

bool calibrationHelps(std::span<const double> sortedScores, Events events)
{
    assert(sortedScores.size() == events.size());
    const auto happened = std::count(events.begin(), events.end(), std::uint8_t{1});
    if (happened == 0 || happened == static_cast<std::ptrdiff_t>(events.size()))
        return false;
    std::vector<std::uint8_t> foldOf(events.size());
    std::array<std::size_t, 2> seen{};
    for (std::size_t i = 0; i < events.size(); ++i)
        foldOf[i] = static_cast<std::uint8_t>(seen[events[i]]++ % folds);
    std::vector<std::pair<double, std::uint8_t>> rows(events.size());
    std::vector<double> scores;
    std::vector<std::uint8_t> outcomes;
    for (std::size_t fold = 0; fold < folds; ++fold) {
        scores.clear();
        outcomes.clear();
        for (std::size_t i = 0; i < events.size(); ++i) {
            if (foldOf[i] != fold) {
                scores.push_back(sortedScores[i]);
                outcomes.push_back(events[i]);
            }
        }
        const IsotonicCurve curve = fitIsotonic(scores, outcomes);
        for (std::size_t i = 0; i < events.size(); ++i) {
            if (foldOf[i] == fold)
                rows[i] = {curve(sortedScores[i]), events[i]};
        }
    }
    std::sort(rows.begin(), rows.end());
    scores.clear();
    outcomes.clear();
    for (const auto &[probability, event] : rows) {
        scores.push_back(probability);
        outcomes.push_back(event);
    }
    return errorOf(scores, outcomes) < errorOf(sortedScores, events);
}

std::vector<double> calibrated(std::span<const double> scores, const IsotonicCurve &curve)
{
    std::vector<double> result(scores.begin(), scores.end());
    if (!curve.x().empty()) {
        for (double &value : result)
            value = curve(value);
    }
    return result;
}

std::vector<double> calibratedAscending(std::span<const double> sortedScores, const IsotonicCurve &curve)
{
    std::vector<double> result(sortedScores.begin(), sortedScores.end());
    const std::span<const double> x = curve.x();
    const std::span<const double> y = curve.y();
    if (x.empty())
        return result;
    std::size_t above = 0; // the first point at or above the score
    for (double &value : result) {
        while (above < x.size() && x[above] < value)
            ++above;
        if (above == x.size() || above == 0 || x[above] == value)
            value = y[std::min(above, x.size() - 1)];
        else
            value = (y[above] - y[above - 1]) / (x[above] - x[above - 1]) * (value - x[above - 1]) + y[above - 1];
    }
    return result;
}

} // namespace countersign
