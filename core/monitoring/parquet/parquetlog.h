// SPDX-License-Identifier: GPL-3.0-or-later
//
// Scoring logs as Parquet files, read through DuckDB's library into the same tables as text logs.
#pragma once

#include "core/monitoring/logtable.h"
#include "core/monitoring/run.h"

#include <cstdint>
#include <string>
#include <vector>

namespace countersign {

/// Whether the file starts with Parquet's mark; false where it cannot be read.
[[nodiscard]] bool isParquet(const std::string &path);

/// As readLog(), which calls it for such files. Integers, floats and decimals are numbers (NaN missing, infinities
/// counted and missing, as in text); booleans "true" and "false"; text, dates, timestamps (UTC) and everything else
/// categories by their text, of which the missing words of text logs are missing too. The time column may hold dates,
/// timestamps or text. Only wanted columns are read. Throws Exception(NotFound) with the remedy where DuckDB's library
/// is not installed, and as readLog() does.
[[nodiscard]] LogTable readParquet(const ReadRequest &request, unsigned threads, const CancelToken &cancel,
                                   const Progress &progress);

struct ParquetHead
{
    std::vector<std::string> names;
    std::vector<ColumnType> types;
    std::vector<std::vector<std::string>> records; ///< the first rows, as their text; empty where missing
    std::uint64_t rows = 0;                        ///< of the whole file
};

/// Throws as readParquet() does.
[[nodiscard]] ParquetHead readParquetHead(const std::string &path, std::size_t maximumRecords);

} // namespace countersign
