// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which files make up a log.
#pragma once

#include "core/base/hash.h"
#include "core/base/progress.h"

#include <string>
#include <string_view>
#include <vector>

namespace countersign {

struct LogFiles
{
    std::vector<std::string> paths;   ///< in the order in which they are read; never empty
    std::vector<std::string> remarks; ///< what was passed over in folders, and why
};

/// `path` and `more`, folders replaced by the logs directly in them: .csv, .tsv, .tab, .psv and .txt, plain or with .gz
/// or .zst behind, .parquet and .pq. Hidden files, unfinished ones (.part, .tmp, .crdownload), other files and
/// subfolders are passed over, as is a packed file beside the same one unpacked. The order is that of the file names,
/// numbers in them by value (log2 before log10), whatever order they were given in; a file given twice counts once.
/// Throws Exception(NotFound) for a folder without logs, Io for one that cannot be read.
[[nodiscard]] LogFiles listLogFiles(const std::string &path, const std::vector<std::string> &more = {});

/// Text before text by its letters, numbers by value.
[[nodiscard]] bool naturallyBefore(std::string_view a, std::string_view b);

/// The last part of a path; for a folder without the slash at its end.
[[nodiscard]] std::string fileNameOf(const std::string &path);
/// For people: the name of the one file or folder, or "a.csv and 2 more".
[[nodiscard]] std::string logNameOf(const std::string &path, const std::vector<std::string> &more);

/// Of one file its SHA-256; of several that of the lines "SHA-256, two blanks, name" in their order, as sha256sum
/// prints them, each ending in a line feed.
[[nodiscard]] Hash256 digestOfSources(const std::vector<std::string> &names, const std::vector<Hash256> &digests);

} // namespace countersign
