// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/quantile.h"

#include "core/stats/undefined.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace countersign {

QuantilePlace quantilePlace(std::uint64_t n, double p)
{
    const double position = static_cast<double>(n - 1) * p;
    const auto below = static_cast<std::uint64_t>(position);
    if (below + 1 >= n)
        return {n - 1, 0};
    return {below, position - static_cast<double>(below)};
}

double quantileBetween(double low, double high, double weight)
{
    const double difference = high - low;
    return weight >= 0.5 ? high - difference * (1 - weight) : low + difference * weight;
}

double quantile(std::span<const double> sorted, double p)
{
    if (sorted.empty())
        return undefined;
    const QuantilePlace place = quantilePlace(sorted.size(), p);
    if (place.below + 1 == sorted.size())
        return sorted.back();
    return quantileBetween(sorted[place.below], sorted[place.below + 1], place.weight);
}

std::vector<double> quantileEdges(std::span<const double> sorted, unsigned bins)
{
    std::vector<double> edges;
    if (sorted.empty())
        return edges;
    for (unsigned i = 1; i < bins; ++i)
        edges.push_back(quantile(sorted, static_cast<double>(i) / bins));
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
    return edges;
}

void countSorted(std::span<const double> sorted, std::span<const double> edges, std::span<std::uint64_t> counts)
{
    assert(counts.size() == edges.size() + 1);
    auto from = sorted.begin();
    for (std::size_t i = 0; i < edges.size(); ++i) {
        const auto to = std::upper_bound(from, sorted.end(), edges[i]);
        counts[i] = static_cast<std::uint64_t>(to - from);
        from = to;
    }
    counts[edges.size()] = static_cast<std::uint64_t>(sorted.end() - from);
}

} // namespace countersign
