// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace countersign {

/// What the first bytes of a log say: its dialect, its header and some records.
struct LogHead
{
    char delimiter = ',';
    bool byteOrderMark = false;
    std::vector<std::string> names;
    std::size_t bodyAt = 0;                        ///< where the first record after the header starts
    std::uint64_t headerLines = 1;                 ///< lines up to there
    std::vector<std::vector<std::string>> records; ///< whole sampled records as wide as the header
    std::size_t sampledBytes = 0;                  ///< of the whole sampled records
};

/// `text` is the start of the log, and all of it when `whole`. At most `maximumRecords` records are sampled. Throws
/// Exception(InvalidInput) naming the file for UTF-16, an Excel or Parquet file, NUL bytes, an empty file, a header
/// with doubled names.
[[nodiscard]] LogHead readLogHead(std::string_view text, bool whole, const std::string &fileName,
                                  std::size_t maximumRecords);

} // namespace countersign
