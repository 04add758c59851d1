// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/multipletesting.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace countersign {

std::vector<double> benjaminiHochberg(std::span<const double> pvalues)
{
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < pvalues.size(); ++i)
        if (!std::isnan(pvalues[i]))
            order.push_back(i);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return pvalues[a] < pvalues[b]; });
    std::vector<double> adjusted(pvalues.begin(), pvalues.end());
    const auto tests = static_cast<double>(order.size());
    double least = 1;
    for (std::size_t rank = order.size(); rank > 0; --rank) {
        const std::size_t at = order[rank - 1];
        least = std::min(least, pvalues[at] * tests / static_cast<double>(rank));
        adjusted[at] = least;
    }
    return adjusted;
}

} // namespace countersign
