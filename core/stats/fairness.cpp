// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/fairness.h"

#include "core/stats/undefined.h"

#include <cmath>

namespace countersign {

namespace {

Contrast differenceOf(const Rate &group, const Rate &comparison, double confidence)
{
    if (group.n == 0 || comparison.n == 0)
        return {undefined, {undefined, undefined}};
    return {group.value() - comparison.value(),
            newcombeInterval(group.k, group.n, comparison.k, comparison.n, confidence)};
}

} // namespace

Contrast adverseImpactRatio(const Rate &group, const Rate &comparison, double confidence)
{
    if (group.n == 0 || comparison.n == 0 || comparison.k == 0)
        return {undefined, {undefined, undefined}};
    return {group.value() / comparison.value(),
            ratioInterval(group.k, group.n, comparison.k, comparison.n, confidence)};
}

Contrast selectionRateDifference(const Rate &group, const Rate &comparison, double confidence)
{
    return differenceOf(group, comparison, confidence);
}

Contrast equalOpportunityDifference(const ConfusionCounts &group, const ConfusionCounts &comparison, double confidence)
{
    return differenceOf(recallRate(group), recallRate(comparison), confidence);
}

Contrast averageOddsDifference(const ConfusionCounts &group, const ConfusionCounts &comparison, double confidence)
{
    const Contrast hits = differenceOf(recallRate(group), recallRate(comparison), confidence);
    const Contrast alarms = differenceOf(falsePositiveRate(group), falsePositiveRate(comparison), confidence);
    const double value = (hits.value + alarms.value) / 2;
    return {value,
            {value - std::hypot(hits.value - hits.interval.low, alarms.value - alarms.interval.low) / 2,
             value + std::hypot(hits.interval.high - hits.value, alarms.interval.high - alarms.value) / 2}};
}

Contrast calibrationOfGroup(std::uint64_t events, std::uint64_t n, double scoreSum, double confidence)
{
    if (n == 0)
        return {undefined, {undefined, undefined}};
    const double mean = scoreSum / static_cast<double>(n);
    const Interval rate = wilsonInterval(events, n, confidence);
    return {proportion(events, n) - mean, {rate.low - mean, rate.high - mean}};
}

Contrast observedOverExpected(std::uint64_t events, std::uint64_t n, double scoreSum, double confidence)
{
    if (n == 0 || !(scoreSum > 0))
        return {undefined, {undefined, undefined}};
    const double mean = scoreSum / static_cast<double>(n);
    const Interval rate = wilsonInterval(events, n, confidence);
    return {static_cast<double>(events) / scoreSum, {rate.low / mean, rate.high / mean}};
}

} // namespace countersign
