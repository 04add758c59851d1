// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stats/proportions.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

namespace countersign {

struct BootstrapOptions
{
    std::uint64_t seed = 1;
    unsigned replicates = 1000;
    double confidence = 0.95;
};

/// Percentile interval of a statistic (Efron 1979): `statistic` is given, for each replicate, the rows drawn from 0 to
/// rows - 1 with replacement, in ascending order, so that data sorted by score stay sorted. The same seed gives the
/// same interval on every machine. Replicates for which it is NaN are left out; NaN where fewer than half are left or
/// there are no rows. Costs replicates times the statistic: for figures without a closed interval, or as their check.
/// Precondition: rows < 2^32, replicates > 0, 0 < confidence < 1.
[[nodiscard]] Interval bootstrapInterval(std::size_t rows,
                                         const std::function<double(std::span<const std::uint32_t>)> &statistic,
                                         const BootstrapOptions &options = {});

} // namespace countersign
