// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stats/preparedsample.h"

#include <cstddef>
#include <span>
#include <vector>

namespace countersign {

/// Where a stretch of two merged samples starts: this many values of each lie below it.
struct StretchStart
{
    std::size_t many = 0;
    std::size_t few = 0;
};

/// Cuts the merge of two ascending samples into stretches of about `length` values of `few`, each starting at a value
/// of `few` and holding all values equal to it. Ends with the counts at or below the last value of `few`. Most
/// statistics of two samples can be bounded over a whole stretch by these counts alone. Precondition: `few` is not
/// empty.
[[nodiscard]] std::vector<StretchStart> stretches(const PreparedSample &many, std::span<const double> few,
                                                  std::size_t length);

} // namespace countersign
