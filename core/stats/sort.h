// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

namespace countersign {

/// Ascending order. Radix sort on the bit patterns for long spans, in twice their room, of which up to 4 MiB stay with
/// the thread for its next call. Precondition: no NaN. -0.0 and 0.0 compare equal and may come in either order.
void sortAscending(std::span<double> values);

} // namespace countersign
