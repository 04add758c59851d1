// SPDX-License-Identifier: GPL-3.0-or-later
//
// Kolmogorov-Smirnov and Wasserstein over bins that a long reference was reduced to, as NannyML does where it has
// 10,000 values or more (calculation_method "auto"; nannyml/drift/univariate/methods.py). Exact for shorter ones.
#pragma once

#include <cstddef>
#include <span>

namespace countersign {

/// Reference values from which on NannyML reduces it to bins: one for 500 values.
inline constexpr std::size_t nannyMlReduces = 10'000;

/// The largest difference of both distribution functions at the upper edges of as many bins of equal frequency, values
/// equal to an edge counted above it but for the last. NaN when a sample is empty. Precondition: ascending, free of
/// NaN.
[[nodiscard]] double ksAsNannyMl(std::span<const double> reference, std::span<const double> current);

/// The area between both distribution functions taken as constant in as many bins of equal width, with more bins on
/// either side where current values lie outside: those below begin one width under the smallest of them, so that the
/// last of them is wider, and counts as one width. NaN when a sample is empty. Precondition: ascending, finite.
[[nodiscard]] double wassersteinAsNannyMl(std::span<const double> reference, std::span<const double> current);

} // namespace countersign
