// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whether the clock may be wrong. Offline nothing can tell: what can be seen is that the day is unusual for this file.
#pragma once

#include "core/domain/registry.h"

namespace countersign {

/// An entry later than this after the newest one, and after twice the longest pause in the file so far, is unusual.
inline constexpr std::chrono::days usualPause{45};
/// One earlier than this before the newest one is unusual too.
inline constexpr std::chrono::days usualDelay{1};

/// What is unusual about an entry signed at `now`, and what follows from it when the clock is wrong, as a question; or
/// nothing.
[[nodiscard]] std::optional<std::string> unusualTime(const Registry &registry, UtcTime now);

} // namespace countersign
