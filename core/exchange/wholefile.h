// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace countersign {

/// Writes a temporary file beside `path`, syncs it and renames it over: the file is whole or not there. Throws Io.
void writeWholeFile(const std::string &path, std::string_view bytes);

/// Throws NotFound, InvalidInput (a folder, or larger than `largest`) or Io.
[[nodiscard]] std::string readWholeFile(const std::string &path, std::uintmax_t largest = 512ULL * 1024 * 1024);

} // namespace countersign
