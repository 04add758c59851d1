// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace countersign {

struct FileReplacement
{
    bool ownerOnly = false; ///< nobody else may read it, mode 0600; not on Windows
    bool synced = true;     ///< on the disk when the call returns, file and folder
};

/// Writes `bytes` beside `path` and renames that over it: readers, and a crash, find the old file or the whole new one.
/// Throws Exception(Io) with what and why; then `path` is as it was and nothing lies beside it.
void replaceFile(const std::string &path, std::string_view bytes, FileReplacement how = {});

} // namespace countersign
