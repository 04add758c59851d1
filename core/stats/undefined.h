// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <limits>
#include <optional>

namespace countersign {

/// What a statistic returns where it has no value: for no observations, say.
inline constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

/// Nothing for a statistic without a value.
[[nodiscard]] inline std::optional<double> definedOrNothing(double value)
{
    return std::isnan(value) ? std::nullopt : std::optional(value);
}

} // namespace countersign
