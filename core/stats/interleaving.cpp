// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/interleaving.h"

#include <algorithm>
#include <cassert>

namespace countersign {

namespace {

/// The first place from `from` on whose value is not below x, sought in growing steps. Without branches in the inner
/// loop: the comparisons cannot be foretold.
std::size_t notBelow(std::span<const double> values, std::size_t from, double x, std::size_t step)
{
    std::size_t width = step;
    while (values.size() - from > width && values[from + width - 1] < x) {
        from += width;
        width *= 2;
    }
    std::size_t length = std::min(width, values.size() - from);
    const double *base = values.data() + from;
    while (length > 0) {
        const std::size_t half = (length + 1) / 2;
        base += half * static_cast<std::size_t>(base[half - 1] < x);
        length -= half;
    }
    return static_cast<std::size_t>(base - values.data());
}

} // namespace

std::vector<StretchStart> stretches(std::span<const double> many, std::span<const double> few, std::size_t length)
{
    assert(!few.empty() && length > 0);
    const std::size_t step = length * many.size() / few.size() + 1;
    std::vector<StretchStart> starts;
    starts.reserve(few.size() / length + 2);
    std::size_t i = 0;
    for (std::size_t j = 0; j < few.size();) {
        i = notBelow(many, i, few[j], step);
        starts.push_back({i, j});
        j = std::min(j + length, few.size());
        while (j < few.size() && few[j] == few[j - 1])
            ++j;
    }
    const auto last = std::upper_bound(many.begin() + static_cast<std::ptrdiff_t>(i), many.end(), few.back());
    starts.push_back({static_cast<std::size_t>(last - many.begin()), few.size()});
    return starts;
}

} // namespace countersign
