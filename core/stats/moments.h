// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stats/proportions.h"

#include <cstdint>
#include <span>

namespace countersign {

/// Count, mean and sum of squared deviations from it.
struct Moments
{
    std::uint64_t n = 0;
    double mean = 0;
    double squares = 0;

    /// Over n - 1; NaN for fewer than two values.
    [[nodiscard]] double sampleVariance() const;
    /// Over n; NaN without values.
    [[nodiscard]] double populationVariance() const;
};

/// In two passes: the mean, then the deviations with the correction for its rounding (Chan, Golub and LeVeque 1983).
[[nodiscard]] Moments momentsOf(std::span<const double> values);

/// Student's interval of a mean. NaN for fewer than two values. Precondition: 0 < confidence < 1.
[[nodiscard]] Interval meanInterval(const Moments &moments, double confidence);

} // namespace countersign
