// SPDX-License-Identifier: GPL-3.0-or-later
//
// Distances between two frequency tables over the same bins. All take counts, normalise each side by its own total,
// are symmetric in their arguments, and are 0 for equal shares. A side whose counts sum to 0 gives NaN.
// Precondition: both spans have the same length.
#pragma once

#include <cstdint>
#include <span>

namespace countersign {

using Counts = std::span<const std::uint64_t>;

/// The share that stands in for an empty bin in the population stability index ("zero-share floor"). The other
/// shares are not renormalised; a bin empty on both sides is skipped.
inline constexpr double psiZeroShareFloor = 1e-4;

/// Population stability index: sum over bins of (q - p) ln(q / p), p reference and q current share, natural logarithm,
/// zero shares raised to `floor`. Range 0 to infinity. Source: Siddiqi, Credit Risk Scorecards (2006); the floor is the
/// usual repair in credit scoring.
[[nodiscard]] double populationStabilityIndex(Counts reference, Counts current, double floor = psiZeroShareFloor);

/// Jensen-Shannon distance, logarithm to base 2: sqrt((KL(p || m) + KL(q || m)) / 2), m = (p + q) / 2, no smoothing.
/// Range 0 to 1. Source: Lin (1991); Endres and Schindelin (2003).
[[nodiscard]] double jensenShannonDistance(Counts reference, Counts current);

/// Hellinger distance: sqrt(sum (sqrt p - sqrt q)^2 / 2). Range 0 to 1.
[[nodiscard]] double hellingerDistance(Counts reference, Counts current);

/// Largest difference of any share: max |p - q|. Range 0 to 1.
[[nodiscard]] double lInfinityDistance(Counts reference, Counts current);

} // namespace countersign
