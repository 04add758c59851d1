// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/classification.h"

#include "core/stats/undefined.h"

#include <algorithm>
#include <cassert>

namespace countersign {

ConfusionCounts confusionAt(std::span<const double> sortedScores, Events events, double threshold)
{
    assert(sortedScores.size() == events.size());
    const auto first = static_cast<std::size_t>(std::lower_bound(sortedScores.begin(), sortedScores.end(), threshold) -
                                                sortedScores.begin());
    std::uint64_t eventsBelow = 0;
    std::uint64_t eventsAbove = 0;
    for (const std::uint8_t event : events.first(first))
        eventsBelow += event;
    for (const std::uint8_t event : events.subspan(first))
        eventsAbove += event;
    return {eventsAbove, sortedScores.size() - first - eventsAbove, eventsBelow, first - eventsBelow};
}

ConfusionCounts confusionOf(Events decisions, Events events)
{
    assert(decisions.size() == events.size());
    std::uint64_t both = 0;
    std::uint64_t selected = 0;
    std::uint64_t happened = 0;
    for (std::size_t i = 0; i < decisions.size(); ++i) {
        both += static_cast<std::uint64_t>(decisions[i] & events[i]);
        selected += decisions[i];
        happened += events[i];
    }
    return {both, selected - both, happened - both, decisions.size() + both - selected - happened};
}

Rate accuracyRate(const ConfusionCounts &counts)
{
    return {counts.truePositives + counts.trueNegatives, counts.n()};
}

Rate precisionRate(const ConfusionCounts &counts)
{
    return {counts.truePositives, counts.selected()};
}

Rate recallRate(const ConfusionCounts &counts)
{
    return {counts.truePositives, counts.events()};
}

Rate specificityRate(const ConfusionCounts &counts)
{
    return {counts.trueNegatives, counts.n() - counts.events()};
}

Rate falsePositiveRate(const ConfusionCounts &counts)
{
    return {counts.falsePositives, counts.n() - counts.events()};
}

Rate selectionRate(const ConfusionCounts &counts)
{
    return {counts.selected(), counts.n()};
}

Rate jaccardRate(const ConfusionCounts &counts)
{
    return {counts.truePositives, counts.n() - counts.trueNegatives};
}

double f1Score(const ConfusionCounts &counts)
{
    return proportion(2 * counts.truePositives, counts.events() + counts.selected());
}

Interval f1Interval(const ConfusionCounts &counts, double confidence)
{
    const Rate jaccard = jaccardRate(counts);
    const Interval interval = wilsonInterval(jaccard.k, jaccard.n, confidence);
    const auto f1 = [](double j) { return 2 * j / (1 + j); };
    return {f1(interval.low), f1(interval.high)};
}

double balancedAccuracy(const ConfusionCounts &counts)
{
    return (recallRate(counts).value() + specificityRate(counts).value()) / 2;
}

} // namespace countersign
