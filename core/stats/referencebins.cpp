// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/referencebins.h"

#include "core/stats/histogram.h"
#include "core/stats/kstest.h"
#include "core/stats/quantile.h"
#include "core/stats/undefined.h"
#include "core/stats/wasserstein.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace countersign {

namespace {

constexpr std::size_t valuesPerBin = 500;

/// The distribution function at the upper edge of each bin; values under the first edge count.
std::vector<double> distributionAt(std::span<const double> sorted, const std::vector<double> &edges)
{
    std::vector<std::uint64_t> counts(edges.size() - 1);
    countBetween(sorted, edges, counts);
    const auto first = std::lower_bound(sorted.begin(), sorted.end(), edges.front());
    auto so = static_cast<std::uint64_t>(first - sorted.begin());
    std::vector<double> shares;
    for (const std::uint64_t count : counts) {
        so += count;
        shares.push_back(static_cast<double>(so) / static_cast<double>(sorted.size()));
    }
    return shares;
}

/// From `from` on by `step` while below `end`.
void appendSteps(std::vector<double> &edges, double from, double end, double step)
{
    for (std::size_t i = 0; from + static_cast<double>(i) * step < end; ++i)
        edges.push_back(from + static_cast<double>(i) * step);
}

} // namespace

double ksAsNannyMl(std::span<const double> reference, std::span<const double> current)
{
    if (reference.size() < nannyMlReduces || current.empty())
        return ksTwoSample(reference, current).statistic;
    const std::size_t bins = reference.size() / valuesPerBin;
    std::vector<double> edges;
    for (std::size_t i = 0; i <= bins; ++i)
        edges.push_back(quantile(reference, static_cast<double>(i) / static_cast<double>(bins)));
    const auto before = distributionAt(reference, edges);
    const auto now = distributionAt(current, edges);
    double largest = 0;
    for (std::size_t i = 0; i < before.size(); ++i)
        largest = std::max(largest, std::abs(before[i] - now[i]));
    return largest;
}

double wassersteinAsNannyMl(std::span<const double> reference, std::span<const double> current)
{
    if (reference.size() < nannyMlReduces || current.empty())
        return wassersteinDistance(reference, current);
    const auto own =
        equalWidthEdges(reference.front(), reference.back(), static_cast<unsigned>(reference.size() / valuesPerBin));
    const double width = own[1] - own[0];
    constexpr double mostBins = 1e7; // beside a current value so far away the distance says nothing
    if ((own.front() - current.front()) / width > mostBins || (current.back() - own.back()) / width > mostBins)
        return undefined;
    std::vector<double> edges;
    appendSteps(edges, current.front() - width, own.front() - width, width);
    const std::size_t left = edges.size();
    edges.insert(edges.end(), own.begin(), own.end());
    appendSteps(edges, own.back() + width, current.back() + width, width);
    std::vector<double> before(left, 0.0); // the reference stays in its own bins, its largest value in the last of them
    const auto inside = distributionAt(reference, own);
    before.insert(before.end(), inside.begin(), inside.end());
    before.resize(edges.size() - 1, 1.0);
    const auto now = distributionAt(current, edges);
    double distance = 0;
    for (std::size_t i = 0; i < before.size(); ++i)
        distance += std::abs(before[i] - now[i]) * width;
    return distance;
}

} // namespace countersign
