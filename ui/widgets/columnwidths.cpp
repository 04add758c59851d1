// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/columnwidths.h"

#include <algorithm>
#include <functional>
#include <numeric>

namespace countersign {

namespace {

double sumOf(const std::vector<double> &widths)
{
    return std::accumulate(widths.begin(), widths.end(), 0.0);
}

/// The widths @p at gives for the largest argument up to @p most whose sum is within @p room; @p at grows with it.
std::vector<double> largestWithin(double room, double most, const std::function<std::vector<double>(double)> &at)
{
    double low = 0;
    double high = most;
    for (int step = 0; step < 50; ++step) {
        const auto middle = (low + high) / 2;
        (sumOf(at(middle)) <= room ? low : high) = middle;
    }
    return at(low);
}

} // namespace

std::vector<double> columnWidths(const std::vector<ColumnNeed> &needs, double room)
{
    const auto widths = [&needs](auto &&width) {
        std::vector<double> all(needs.size());
        std::ranges::transform(needs, all.begin(), width);
        return all;
    };
    if (const auto best = widths(&ColumnNeed::best); sumOf(best) <= room)
        return best;
    if (const auto least = widths(&ColumnNeed::least); sumOf(least) > room)
        return largestWithin(room, *std::ranges::max_element(least), [&widths](double most) {
            return widths([most](const ColumnNeed &need) { return std::min(need.least, most); });
        });
    return largestWithin(room, sumOf(widths(&ColumnNeed::best)), [&widths](double share) {
        return widths(
            [share](const ColumnNeed &need) { return std::clamp(need.usual * share, need.least, need.best); });
    });
}

} // namespace countersign
