// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"

namespace countersign {

/// Parses text that people write by hand. Throws InvalidInput naming the line of a syntax error, or of a member that an
/// object has twice: JSON would silently keep one of the two.
[[nodiscard]] json::value parseStrictJson(std::string_view text);

} // namespace countersign
