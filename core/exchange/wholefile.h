// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace countersign {

/// Throws NotFound, InvalidInput (a folder, or larger than `largest`) or Io.
[[nodiscard]] std::string readWholeFile(const std::string &path, std::uintmax_t largest = 512ULL * 1024 * 1024);

} // namespace countersign
