// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/bootstrap.h"

#include "core/stats/quantile.h"
#include "core/stats/undefined.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

namespace countersign {

Interval bootstrapInterval(std::size_t rows, const std::function<double(std::span<const std::uint32_t>)> &statistic,
                           const BootstrapOptions &options)
{
    assert(rows <= std::numeric_limits<std::uint32_t>::max() && options.replicates > 0);
    if (rows == 0)
        return {undefined, undefined};
    std::mt19937_64 random(options.seed); // the standard fixes its numbers, but not those of its distributions
    std::vector<std::uint32_t> times(rows);
    std::vector<std::uint32_t> drawn(rows);
    std::vector<double> values;
    for (unsigned replicate = 0; replicate < options.replicates; ++replicate) {
        std::fill(times.begin(), times.end(), 0);
        for (std::size_t i = 0; i < rows; ++i)
            ++times[random() % rows];
        std::size_t next = 0;
        for (std::size_t i = 0; i < rows; ++i) {
            for (std::uint32_t k = 0; k < times[i]; ++k)
                drawn[next++] = static_cast<std::uint32_t>(i);
        }
        const double value = statistic(drawn);
        if (!std::isnan(value))
            values.push_back(value);
    }
    if (values.size() * 2 < options.replicates)
        return {undefined, undefined};
    std::sort(values.begin(), values.end());
    const double tail = (1 - options.confidence) / 2;
    return {quantile(values, tail), quantile(values, 1 - tail)};
}

} // namespace countersign
