// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace countersign {

/// Where a quantile lies among order statistics: between the one with index `below` and the next, or at the last one,
/// where there is no next. Precondition: n > 0, 0 <= p <= 1.
struct QuantilePlace
{
    std::uint64_t below = 0;
    double weight = 0; ///< of the next one
};
[[nodiscard]] QuantilePlace quantilePlace(std::uint64_t n, double p);
/// NumPy's interpolation.
[[nodiscard]] double quantileBetween(double low, double high, double weight);

/// Linear-interpolated quantile at (n - 1) p between order statistics (Hyndman and Fan type 7, NumPy's default), with
/// NumPy's own rounding. Precondition: ascending, 0 <= p <= 1. NaN for an empty sample.
[[nodiscard]] double quantile(std::span<const double> sorted, double p);

/// The distinct quantiles at 1/bins, 2/bins ... (bins - 1)/bins, ascending: the inner edges of at most `bins` bins of
/// about equal frequency. Ties collapse edges (a constant sample has one); empty for an empty sample.
[[nodiscard]] std::vector<double> quantileEdges(std::span<const double> sorted, unsigned bins);

/// Counts in (-inf, e1], (e1, e2] ... (ek, inf) into `counts` (size k + 1). Precondition: both spans ascending.
void countSorted(std::span<const double> sorted, std::span<const double> edges, std::span<std::uint64_t> counts);

} // namespace countersign
