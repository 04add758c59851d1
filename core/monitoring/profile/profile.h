// SPDX-License-Identifier: GPL-3.0-or-later
//
// Profiles: the counts of a log by column, period and bin, without its rows. A text log with the columns
//   column, period, low, high, category, count
// in any order, in any dialect, of one or several files, is one. A line counts the rows of a period whose value lies
// over `low` and up to `high` (either may be empty: no bound; both the same: that value alone), or is `category`, which
// for a special value is "(special) -999"; with none of the three, those whose value is missing. Lines of a column,
// period and bin add up; one that is left out counts nothing. The period "reference" is what the others are compared
// with; without it the reference is chosen among the periods.
#pragma once

#include "core/monitoring/comparison.h"
#include "core/monitoring/logtable.h"
#include "core/monitoring/periods.h"
#include "core/monitoring/preview.h"
#include "core/monitoring/run.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace countersign {

/// What the category of a special value begins with.
inline constexpr std::string_view profileSpecialPrefix = "(special) ";

/// Whether a log with these columns is a profile.
[[nodiscard]] bool isProfile(const std::vector<std::string> &columns);

/// The same of a log that is still to be opened, by its first file. Throws as openLog() does.
[[nodiscard]] bool isProfileLog(const std::string &path, const std::vector<std::string> &morePaths,
                                const LogDialect &dialect, const CancelToken &cancel);

struct ProfileColumn
{
    std::string name;
    ColumnType type = ColumnType::Numeric;
    std::vector<double>
        edges; ///< numeric: (-inf, e1], (e1, e2] ... (ek, inf); an edge given twice has a bin of its own
    std::vector<std::string> categories;
    std::vector<std::string> special; ///< values, as they first appear
    /// A row for each of Profile::periods, and one for the reference where there is one; by bin or category, then
    /// special values, then missing.
    std::vector<std::vector<std::uint64_t>> counts;
};

struct Profile
{
    std::vector<PeriodInfo> periods;           ///< in order of time, or as they first appear
    PeriodKind kind = PeriodKind::Month;       ///< Rows: the labels are no calendar periods of one kind
    std::optional<std::string> referenceLabel; ///< as written
    std::vector<ProfileColumn> columns;        ///< as they first appear
    LogTable log;                              ///< what it was read from
};

/// Throws Exception(InvalidInput) that names file and line: text for a number, a count below zero or with a fraction,
/// bins that overlap or leave a gap, bounds the wrong way round, numbers and categories in one column, no period.
[[nodiscard]] Profile readProfile(const std::string &path, const std::vector<std::string> &morePaths,
                                  const LogDialect &dialect, unsigned threads, const CancelToken &cancel,
                                  const Progress &progress);

/// What a set-up page is told instead of rows: see LogPreview::profile.
void describeProfile(const Profile &profile, LogPreview &preview);

/// A run over a profile: drift of every column, without KS and performance, which need rows. Sources and digests are
/// left to the caller. Throws Exception(InvalidInput) for settings that need rows: a segment, another log as reference.
[[nodiscard]] RunResult runOnProfile(const RunSettings &settings, const Profile &profile);

/// The same without verdicts.
[[nodiscard]] DriftReport driftOfProfile(const DriftRequest &request, const Profile &profile);

/// The counts of a run as a profile in CSV; a category that its reference has not is "(other)".
[[nodiscard]] std::string profileOf(const RunResult &run);

} // namespace countersign
