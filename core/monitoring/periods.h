// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/monitoring/logtable.h"
#include "core/monitoring/run.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace countersign {

using Group = std::uint16_t;
inline constexpr Group noGroup = 0xFFFF;
inline constexpr std::size_t mostPeriods = noGroup;

/// Which group (period, or the reference) each row of a table belongs to, chunk by chunk as the table lies.
struct RowGroups
{
    std::vector<std::vector<Group>> groupOfRow; ///< noGroup: in none
    std::vector<std::uint64_t> rows;            ///< per group
};

struct PeriodInfo
{
    std::string label;
    std::optional<Date> from; ///< first and last day of its rows
    std::optional<Date> to;
};

struct Periods
{
    RowGroups groups;
    std::vector<PeriodInfo> info; ///< in order of time
    std::uint64_t rowsWithoutTime = 0;
    std::vector<std::uint8_t> selected; ///< per row of the table, in order; empty: every row
};

/// A number that is equal for the days (since 1970-01-01) of one calendar period and grows with time. Precondition,
/// also of periodLabel: not PeriodKind::Rows.
[[nodiscard]] std::int64_t periodKey(std::int32_t day, PeriodKind kind);
[[nodiscard]] std::string periodLabel(std::int32_t day, PeriodKind kind);
void widen(PeriodInfo &info, std::int32_t day);

/// Cuts a table into periods. Rows whose time is missing belong to none. `segment` with `segmentValue`: only the rows
/// that hold it. Throws Exception(InvalidInput) when no row is left, a time column is needed and there is none, or
/// there are more than mostPeriods.
[[nodiscard]] Periods cutPeriods(const LogTable &table, const std::string &timeColumn, PeriodKind kind,
                                 std::uint64_t rowsPerPeriod, const std::string &segment = {},
                                 const std::optional<std::string> &segmentValue = {});

/// One group of the rows of these periods from `from` up to and including `until`, or up to `until` where there is no
/// first day, or of the first `firstPeriods` periods where there is no last one.
[[nodiscard]] RowGroups referenceRows(const LogTable &table, const std::string &timeColumn, const Periods &periods,
                                      std::optional<Date> from, std::optional<Date> until, std::uint64_t firstPeriods);

/// For each period the one a year before it: the same month or day (28 February for the 29th), the week 52 weeks
/// earlier, the year before. Throws Exception(InvalidInput) for periods counted in rows.
[[nodiscard]] std::vector<std::optional<std::size_t>> periodsAYearBefore(std::span<const PeriodInfo> periods,
                                                                         PeriodKind kind);
/// What there is to say about them, for people: that no period has one. Empty: nothing.
[[nodiscard]] std::string remarkOnYears(std::span<const std::optional<std::size_t>> yearsBefore);
/// How many of the first periods lie within a year of the first one.
[[nodiscard]] std::size_t periodsOfFirstYear(std::span<const PeriodInfo> periods, PeriodKind kind);

/// One group of every row; with a segment, of the rows that hold its value.
[[nodiscard]] RowGroups allRows(const LogTable &table, const std::string &segment = {},
                                const std::optional<std::string> &segmentValue = {});

/// First and last day over the rows of a one-group RowGroups; nothing without a time column.
[[nodiscard]] PeriodInfo spanOf(const LogTable &table, const std::string &timeColumn, const RowGroups &group);

} // namespace countersign
