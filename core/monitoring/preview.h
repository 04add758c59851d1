// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/monitoring/dialectguess.h"
#include "core/monitoring/run.h"

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

namespace countersign {

struct PreviewColumn
{
    std::string name;
    ColumnType type = ColumnType::Numeric;
    bool isTime = false; ///< the sampled values read as dates or date-times, all but one in 20 or fewer
    /// The first values, at most 5, missing ones as empty text; of a database the smallest and the largest, of numbers
    /// and days alone.
    std::vector<std::string> samples;
    std::uint64_t missing = 0;  ///< among the sampled rows
    std::uint64_t distinct = 0; ///< among the sampled rows; of numbers and days of a database 0: not counted
    bool unnamed = false;       ///< the header gives it no name
    bool identifier = false;    ///< names rows rather than says something of them: see looksLikeIdentifier()
    /// The different values of the sampled rows, in the order of text, where there are at most mostPreviewedValues; of
    /// a database none.
    std::vector<std::string> values;
};
BOOST_DESCRIBE_STRUCT(PreviewColumn, (), (name, type, isTime, samples, missing, distinct, unnamed, identifier, values))
inline constexpr std::size_t mostPreviewedValues = 50;

struct PreviewFile
{
    std::string path;
    std::string name; ///< without folder
    std::uint64_t bytes = 0;
    std::uint64_t estimatedRows = 0;
};
BOOST_DESCRIBE_STRUCT(PreviewFile, (), (path, name, bytes, estimatedRows))

/// What a profile says of itself, core/monitoring/profile/profile.h.
struct PreviewedProfile
{
    std::uint64_t periods = 0;
    std::string reference; ///< the label of its own reference; empty: it has none
};

/// What a set-up page needs to offer good guesses before the whole file is read.
struct LogPreview
{
    std::vector<PreviewColumn> columns;
    std::uint64_t sampledRows = 0;
    std::uint64_t estimatedRows = 0; ///< exact when the sample was the whole file
    bool wholeFile = false;
    char delimiter = ',';
    bool gzip = false;
    bool zstd = false;
    bool parquet = false;
    /// The log is a profile: `columns` are those that it counts, with their bins or categories for samples and distinct
    /// values, and there are no `rows`.
    std::optional<PreviewedProfile> profile;
    std::string database; ///< the product that holds the log, "PostgreSQL"; empty for files
    bool byteOrderMark = false;
    ColumnRoles roles;                     ///< guessed from names and contents
    PeriodKind period = PeriodKind::Month; ///< guessed from the span of the time column; Rows without one
    std::optional<Date> from;              ///< first and last day of the guessed time column in the sample
    std::optional<Date> to;
    std::vector<std::string> warnings;
    LogDialect dialect;                ///< of the first file as it is read; no part is left open
    std::vector<DialectGuess> guesses; ///< in the order of LogDialect; none for Parquet and databases
    std::vector<PreviewFile> files;    ///< in the order read
    /// The first rows as they are understood, a cell for each of `columns`: numbers with a decimal point, times as
    /// 2015-07-01, missing values as empty text.
    std::vector<std::vector<std::string>> rows;
};

/// Reads the first rows of a scoring log, of each file where there are several. Throws as run() does.
[[nodiscard]] LogPreview preview(const std::string &path, const LogDialect &dialect = {},
                                 const std::vector<std::string> &morePaths = {}, const CancelToken &cancel = {});

} // namespace countersign
