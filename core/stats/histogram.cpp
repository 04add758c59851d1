// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/histogram.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

namespace countersign {

namespace {

/// As NumPy derives the count of bins: the range over the width that the rule names.
unsigned binsOfWidth(double range, double rule)
{
    return static_cast<unsigned>(std::max(1.0, std::ceil(range / (range / rule))));
}

} // namespace

std::vector<double> equalWidthEdges(double low, double high, unsigned bins)
{
    assert(bins > 0 && low <= high);
    if (low == high) {
        low -= 0.5;
        high += 0.5;
    }
    const double step = (high - low) / bins;
    std::vector<double> edges(bins + 1);
    for (unsigned i = 0; i < bins; ++i)
        edges[i] = low + i * step;
    edges[bins] = high;
    return edges;
}

unsigned sturgesBins(std::span<const double> sorted)
{
    if (sorted.empty() || sorted.front() == sorted.back())
        return 1;
    return binsOfWidth(sorted.back() - sorted.front(), std::log2(static_cast<double>(sorted.size())) + 1);
}

unsigned doaneBins(std::span<const double> sorted)
{
    if (sorted.size() < 3 || sorted.front() == sorted.back())
        return 1;
    const auto n = static_cast<double>(sorted.size());
    const double mean = std::accumulate(sorted.begin(), sorted.end(), 0.0) / n;
    double squares = 0;
    for (const double x : sorted)
        squares += (x - mean) * (x - mean);
    const double deviation = std::sqrt(squares / n);
    double cubes = 0;
    for (const double x : sorted) {
        const double z = (x - mean) / deviation;
        cubes += z * z * z;
    }
    const double skewnessError = std::sqrt(6 * (n - 2) / ((n + 1) * (n + 3)));
    const double rule = 1 + std::log2(n) + std::log2(1 + std::abs(cubes / n) / skewnessError);
    return binsOfWidth(sorted.back() - sorted.front(), rule);
}

std::uint64_t countBetween(std::span<const double> sorted, std::span<const double> edges,
                           std::span<std::uint64_t> counts)
{
    assert(edges.size() >= 2 && counts.size() == edges.size() - 1);
    const auto first = std::lower_bound(sorted.begin(), sorted.end(), edges.front());
    const auto last = std::upper_bound(first, sorted.end(), edges.back());
    auto from = first;
    for (std::size_t i = 0; i + 1 < counts.size(); ++i) {
        const auto to = std::lower_bound(from, last, edges[i + 1]);
        counts[i] = static_cast<std::uint64_t>(to - from);
        from = to;
    }
    counts.back() = static_cast<std::uint64_t>(last - from);
    return sorted.size() - static_cast<std::size_t>(last - first);
}

} // namespace countersign
