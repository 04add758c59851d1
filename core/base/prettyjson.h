// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/json.h"

namespace countersign {

/// JSON for reading: two blanks a level, a member a line.
[[nodiscard]] std::string prettyJson(const json::value &value, int depth = 0);

} // namespace countersign
