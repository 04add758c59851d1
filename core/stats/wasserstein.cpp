// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/wasserstein.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace countersign {

double wassersteinDistance(std::span<const double> first, std::span<const double> second)
{
    if (first.empty() || second.empty())
        return std::numeric_limits<double>::quiet_NaN();
    const auto n = static_cast<double>(first.size());
    const auto m = static_cast<double>(second.size());
    std::size_t i = 0;
    std::size_t j = 0;
    double from = std::min(first.front(), second.front());
    double sum = 0;
    double lost = 0; // Kahan compensation
    while (i < first.size() || j < second.size()) {
        const double nextFirst = i < first.size() ? first[i] : std::numeric_limits<double>::infinity();
        const double nextSecond = j < second.size() ? second[j] : std::numeric_limits<double>::infinity();
        const double x = std::min(nextFirst, nextSecond);
        const double height = std::abs(static_cast<double>(i) / n - static_cast<double>(j) / m);
        const double term = height * (x - from) - lost;
        const double next = sum + term;
        lost = (next - sum) - term;
        sum = next;
        from = x;
        while (i < first.size() && first[i] == x)
            ++i;
        while (j < second.size() && second[j] == x)
            ++j;
    }
    return sum;
}

} // namespace countersign
