// SPDX-License-Identifier: GPL-3.0-or-later
//
// Small files that only their owner may read, written so that a crash leaves the old one or the new one.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace countersign {

/// Makes `folder` (and what lies above it) with access for the owner alone. Throws Exception(Io).
void makePrivateFolder(const std::filesystem::path &folder);
/// Writes beside `path`, syncs, renames, syncs the folder; mode 0600. Throws Exception(Io); then `path` is untouched.
void writePrivateFile(const std::filesystem::path &path, std::string_view text);
/// Throws Exception(NotFound or Io); refuses files above 64 KiB, which are no key files.
[[nodiscard]] std::string readSmallFile(const std::filesystem::path &path);

} // namespace countersign
