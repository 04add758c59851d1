// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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
    bool isTime = false;              ///< every sampled value reads as a date or date-time
    std::vector<std::string> samples; ///< the first values, at most 5, missing ones as empty text
    std::uint64_t missing = 0;        ///< among the sampled rows
    std::uint64_t distinct = 0;       ///< among the sampled rows
};
BOOST_DESCRIBE_STRUCT(PreviewColumn, (), (name, type, isTime, samples, missing, distinct))

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
    bool byteOrderMark = false;
    ColumnRoles roles;                     ///< guessed from names and contents
    PeriodKind period = PeriodKind::Month; ///< guessed from the span of the time column; Rows without one
    std::vector<std::string> warnings;
};

/// Reads the first rows of a scoring log. Throws as run() does.
[[nodiscard]] LogPreview preview(const std::string &path);

} // namespace countersign
