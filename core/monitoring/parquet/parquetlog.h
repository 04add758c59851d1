// SPDX-License-Identifier: GPL-3.0-or-later
//
// Scoring logs as Parquet files, read through DuckDB's library into the same tables as text logs.
#pragma once

#include "core/monitoring/logfiles.h"
#include "core/monitoring/logtable.h"
#include "core/monitoring/run.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace countersign {

/// Whether the file starts with Parquet's mark; false where it cannot be read.
[[nodiscard]] bool isParquet(const std::string &path);

/// The files of a log, where they are Parquet files; nothing where none of them is. Throws Exception(InvalidInput)
/// where some are, and as listLogFiles().
[[nodiscard]] std::optional<LogFiles> listParquetFiles(const std::string &path,
                                                       const std::vector<std::string> &morePaths);

/// As readLog(), which calls it for such files. Columns of several files are matched by name, and are numbers where
/// they are in every file. Integers, floats and decimals are numbers (NaN missing, infinities counted and missing, as
/// in text); booleans "true" and "false"; text, dates, timestamps (UTC) and everything else categories by their text,
/// of which the missing words of text logs are missing too. The time column may hold dates, timestamps, or text and
/// numbers in one date format, guessed from the first rows of each file unless it is chosen. Only wanted columns are
/// read. Throws Exception(NotFound) with the remedy where DuckDB's library is not installed, and as readLog() does.
[[nodiscard]] LogTable readParquet(const ReadRequest &request, const LogFiles &files, unsigned threads,
                                   const CancelToken &cancel, const Progress &progress);

struct ParquetHead
{
    std::vector<std::string> names;
    std::vector<ColumnType> types;
    std::vector<std::vector<std::string>> records; ///< the first rows of each file, as their text; empty where missing
    std::vector<std::uint64_t> rows;               ///< of each file
    std::vector<std::string> remarks;
};

/// Throws as readParquet() does.
[[nodiscard]] ParquetHead readParquetHead(const LogFiles &files, std::size_t maximumRecords);

} // namespace countersign
