// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

namespace countersign {

/// Exact first Wasserstein (earth mover's) distance of two samples: the integral of |F(x) - G(x)| over x, in the unit
/// of the data. Symmetric, 0 to infinity; NaN when a sample is empty. Precondition: ascending, free of NaN and
/// infinity.
[[nodiscard]] double wassersteinDistance(std::span<const double> first, std::span<const double> second);

} // namespace countersign
