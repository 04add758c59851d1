// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stats/preparedsample.h"

#include <span>

namespace countersign {

/// Exact first Wasserstein (earth mover's) distance of two samples: the integral of |F(x) - G(x)| over x, in the unit
/// of the data. Symmetric, 0 to infinity; NaN when a sample is empty. Precondition: ascending, free of NaN and
/// infinity.
[[nodiscard]] double wassersteinDistance(std::span<const double> first, std::span<const double> second);

/// The same to the last digit, in time that grows with the shorter sample where `first` is the longer one: for many
/// samples beside one reference.
[[nodiscard]] double wassersteinDistance(const PreparedSample &first, std::span<const double> second);

/// A Wasserstein distance over the population standard deviation of the first sample, at least 0.001 (as Evidently).
[[nodiscard]] double wassersteinOverSpread(double distance, std::span<const double> first);
/// The same where that deviation is known.
[[nodiscard]] double wassersteinOverSpread(double distance, double deviation);

/// A Wasserstein distance over the range of both samples together, 0 to 1 (as deepchecks); 0 where all values are
/// equal, NaN when a sample is empty. Precondition: ascending.
[[nodiscard]] double wassersteinOverRange(double distance, std::span<const double> first,
                                          std::span<const double> second);

} // namespace countersign
