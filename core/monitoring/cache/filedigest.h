// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/hash.h"
#include "core/base/progress.h"

#include <string>

namespace countersign {

/// The SHA-256 of a file, kept in the folder of cached logs: a file that counts as unchanged, as logs that are cached
/// do, is not read again. An empty folder: nothing is kept. Throws as sha256OfFile().
[[nodiscard]] Hash256 cachedSha256(const std::string &path, const std::string &cacheFolder, const CancelToken &cancel);

} // namespace countersign
