// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <limits>

namespace countersign {

/// What a statistic returns where it has no value: for no observations, say.
inline constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

} // namespace countersign
