// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/monitoring/dialectguess.h"
#include "core/monitoring/logdialect.h"

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace countersign {

/// What the first text of a log says: its dialect, its header and some records.
struct LogHead
{
    char delimiter = ',';
    QuoteStyle quote;
    bool trailingDelimiter = false; ///< SplitSample::trailingDelimiter
    DecimalMark decimalMark = DecimalMark::Point;
    bool decimalMarkProven = false;
    bool header = true;
    std::uint64_t skippedLines = 0; ///< LogDialect::skipLines
    DialectGuess skipGuess;
    std::vector<DialectGuess> guesses; ///< delimiter, quote, header, decimalMark
    [[nodiscard]] const DialectGuess &headerGuess() const { return guesses[2]; }
    [[nodiscard]] const DialectGuess &decimalMarkGuess() const { return guesses[3]; }
    std::vector<std::string> names;   ///< each one once: later columns of a name are "name (2)", "name (3)" ...
    std::set<std::string> doubled;    ///< names that the header gives to several columns
    std::set<std::string> unnamed;    ///< names made up for columns that the header gives none: "unnamed 3"
    std::size_t bodyAt = 0;           ///< where the first record after the header starts
    std::uint64_t headerLines = 1;    ///< lines up to there
    Records records;                  ///< whole sampled records as wide as the header; UTF-8
    std::vector<std::uint64_t> lines; ///< where each of them starts, the first line being 1
    std::uint64_t oddLine = 0;        ///< the first sampled record that is not as wide as the header; 0: none
    std::size_t oddFields = 0;        ///< of that one
    std::size_t sampledBytes = 0;     ///< of the whole sampled records
};

/// `text` is the start of the log, decoded, and all of it when `whole`. At most `maximumRecords` records are sampled.
/// Throws Exception(InvalidInput) naming the file for an Excel or Parquet file, NUL bytes, an empty file or lines
/// that end in CR alone, or fewer lines than are to be skipped.
[[nodiscard]] LogHead readLogHead(std::string_view text, bool whole, const std::string &fileName,
                                  std::size_t maximumRecords, const LogDialect &asked);

} // namespace countersign
