// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/shares.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

namespace countersign {

std::vector<double> sharesOf(std::span<const std::uint64_t> counts)
{
    const auto total = static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}));
    std::vector<double> shares;
    if (total > 0) {
        for (const std::uint64_t count : counts)
            shares.push_back(static_cast<double>(count) / total);
    }
    return shares;
}

std::vector<double> withoutZeros(Shares shares, ZeroShares rule, double amount, std::uint64_t n)
{
    std::vector<double> result(shares.begin(), shares.end());
    double floor = amount;
    if (rule == ZeroShares::RaiseToFloorOfSide) {
        double smallest = std::numeric_limits<double>::infinity();
        for (const double share : shares)
            smallest = share > 0 ? std::min(smallest, share) : smallest;
        floor = smallest <= amount ? smallest / 1e6 : amount;
    } else if (rule == ZeroShares::PartOfRow) {
        floor = n == 0 ? 0 : amount / static_cast<double>(n);
    }
    for (double &share : result) {
        if (rule == ZeroShares::AddToAll)
            share += amount;
        else if (rule != ZeroShares::Skip && share == 0)
            share = floor;
    }
    return result;
}

double stabilityIndexOfShares(Shares reference, Shares current)
{
    assert(reference.size() == current.size());
    double sum = 0;
    for (std::size_t i = 0; i < reference.size(); ++i) {
        if (reference[i] > 0 && current[i] > 0)
            sum += (current[i] - reference[i]) * std::log(current[i] / reference[i]);
    }
    return sum;
}

double kullbackLeibler(Shares reference, Shares current)
{
    assert(reference.size() == current.size());
    double sum = 0;
    for (std::size_t i = 0; i < reference.size(); ++i) {
        if (reference[i] > 0)
            sum += reference[i] * std::log(reference[i] / current[i]);
    }
    return std::max(0.0, sum);
}

double jensenShannonDivergence(Shares reference, Shares current)
{
    assert(reference.size() == current.size());
    double sum = 0;
    for (std::size_t i = 0; i < reference.size(); ++i) {
        const double p = reference[i];
        const double q = current[i];
        const double mean = (p + q) / 2;
        sum += (p > 0 ? p * std::log(p / mean) : 0.0) + (q > 0 ? q * std::log(q / mean) : 0.0);
    }
    return std::clamp(sum / 2, 0.0, std::log(2.0));
}

double totalVariation(Shares reference, Shares current)
{
    assert(reference.size() == current.size());
    double sum = 0;
    for (std::size_t i = 0; i < reference.size(); ++i)
        sum += std::abs(reference[i] - current[i]);
    return std::min(sum / 2, 1.0);
}

double bhattacharyyaDistance(Shares reference, Shares current)
{
    assert(reference.size() == current.size());
    double sum = 0;
    for (std::size_t i = 0; i < reference.size(); ++i)
        sum += std::sqrt(reference[i] * current[i]);
    return std::clamp(1 - sum, 0.0, 1.0);
}

} // namespace countersign
