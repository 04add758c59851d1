// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace countersign {

/// Ascending order. Radix sort on the bit patterns for long spans; `scratch` is reused between calls to spare
/// allocations. Precondition: no NaN. -0.0 and 0.0 compare equal and may come in either order.
void sortAscending(std::span<double> values, std::vector<std::uint64_t> &scratch);

} // namespace countersign
