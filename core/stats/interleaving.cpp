// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/interleaving.h"

#include <algorithm>
#include <cassert>

namespace countersign {

std::vector<StretchStart> stretches(const PreparedSample &many, std::span<const double> few, std::size_t length)
{
    assert(!few.empty() && length > 0);
    const auto values = many.values();
    constexpr std::size_t leeway = 2;
    const std::size_t step = leeway * length * values.size() / few.size() / PreparedSample::blockLength + 1;
    std::vector<StretchStart> starts;
    starts.reserve(few.size() / length + 2);
    std::size_t block = 0;
    for (std::size_t place = 0; place < few.size();) {
        block = many.blockOf(few[place], block, step);
        starts.push_back({block, place});
        place = std::min(place + length, few.size());
        while (place < few.size() && few[place] == few[place - 1])
            ++place;
    }
    for (StretchStart &start : starts) // apart from the blocks: so no place waits in memory for the one before
        start.many = many.belowIn(start.many, few[start.few]);
    const auto last =
        std::upper_bound(values.begin() + static_cast<std::ptrdiff_t>(starts.back().many), values.end(), few.back());
    starts.push_back({static_cast<std::size_t>(last - values.begin()), few.size()});
    return starts;
}

} // namespace countersign
