// SPDX-License-Identifier: GPL-3.0-or-later
//
// Equal-width bins as NumPy makes and fills them, for the statistics that count "as other tools do".
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace countersign {

/// bins + 1 edges from `low` to `high` at equal distances; `low` = `high` is widened by 0.5 on either side
/// (numpy.histogram_bin_edges). Precondition: low <= high, finite, bins > 0.
[[nodiscard]] std::vector<double> equalWidthEdges(double low, double high, unsigned bins);

/// Number of bins over the whole range by Sturges (1926), ceil(log2 n + 1). Precondition: ascending. 1 for a constant
/// or empty sample.
[[nodiscard]] unsigned sturgesBins(std::span<const double> sorted);

/// Number of bins by Doane (1976): Sturges' plus log2(1 + |g1| / sd(g1)), g1 the skewness; rounded up, as numpy's
/// bins="doane". Precondition: ascending. 1 for a constant sample or fewer than three values.
[[nodiscard]] unsigned doaneBins(std::span<const double> sorted);

/// Counts in [e0, e1), [e1, e2) ... [ek-1, ek] into `counts` (size k), the last bin closed as numpy.histogram does.
/// Returns how many values lie outside. Precondition: both spans ascending, at least two edges.
std::uint64_t countBetween(std::span<const double> sorted, std::span<const double> edges,
                           std::span<std::uint64_t> counts);

} // namespace countersign
