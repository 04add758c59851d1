// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where files of this user lie (XDG Base Directory Specification 0.8).
#pragma once

#include <filesystem>

namespace countersign {

/// $XDG_CACHE_HOME/countersign, else ~/.cache/countersign, else below the temporary folder. Need not exist.
[[nodiscard]] std::filesystem::path userCacheFolder();

} // namespace countersign
