// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/divergence.h"

#include "core/stats/undefined.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace countersign {

namespace {

double total(Counts counts)
{
    return static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}));
}

/// Sums term(p, q) over the bins; NaN when a side is empty.
template <class Term>
double sumOverShares(Counts reference, Counts current, Term term)
{
    assert(reference.size() == current.size());
    const double n = total(reference);
    const double m = total(current);
    if (n == 0 || m == 0)
        return undefined;
    double sum = 0;
    for (std::size_t i = 0; i < reference.size(); ++i)
        sum += term(static_cast<double>(reference[i]) / n, static_cast<double>(current[i]) / m);
    return sum;
}

} // namespace

double populationStabilityIndex(Counts reference, Counts current, double floor)
{
    return sumOverShares(reference, current, [floor](double p, double q) {
        if (p == 0 && q == 0)
            return 0.0;
        p = p == 0 ? floor : p;
        q = q == 0 ? floor : q;
        return (q - p) * std::log(q / p);
    });
}

double jensenShannonDistance(Counts reference, Counts current)
{
    const double sum = sumOverShares(reference, current, [](double p, double q) {
        const double mean = (p + q) / 2;
        return (p > 0 ? p * std::log2(p / mean) : 0.0) + (q > 0 ? q * std::log2(q / mean) : 0.0);
    });
    return std::sqrt(std::isnan(sum) ? sum : std::clamp(sum / 2, 0.0, 1.0));
}

double hellingerDistance(Counts reference, Counts current)
{
    const double sum = sumOverShares(reference, current, [](double p, double q) {
        const double difference = std::sqrt(p) - std::sqrt(q);
        return difference * difference;
    });
    return std::sqrt(std::isnan(sum) ? sum : std::min(sum / 2, 1.0));
}

double lInfinityDistance(Counts reference, Counts current)
{
    double largest = 0;
    const double sum = sumOverShares(reference, current, [&largest](double p, double q) {
        largest = std::max(largest, std::abs(p - q));
        return 0.0;
    });
    return std::isnan(sum) ? sum : largest;
}

} // namespace countersign
