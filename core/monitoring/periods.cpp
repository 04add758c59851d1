// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/periods.h"

#include "core/base/error.h"
#include "core/monitoring/celltext.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>

namespace countersign {

namespace {

using namespace std::chrono;

Date dateOfDay(std::int32_t day)
{
    return Date(days(day));
}

std::int32_t dayOfDate(Date date)
{
    return static_cast<std::int32_t>(date.time_since_epoch().count());
}

/// periodKey() of the period that lies a year before that of this day.
std::int64_t keyAYearBefore(std::int32_t day, PeriodKind kind)
{
    constexpr std::int64_t monthsOfYear = 12;
    constexpr std::int64_t weeksOfYear = 52;
    switch (kind) {
    case PeriodKind::Month:
        return periodKey(day, kind) - monthsOfYear;
    case PeriodKind::Week:
        return periodKey(day, kind) - weeksOfYear;
    case PeriodKind::Year:
        return periodKey(day, kind) - 1;
    case PeriodKind::Day:
    case PeriodKind::Rows:
        break;
    }
    return dayOfDate(monthsAfter(dateOfDay(day), -monthsOfYear));
}

/// One flag per row; empty when there is no filter.
std::vector<std::uint8_t> selectRows(const LogTable &table, const std::string &segment,
                                     const std::optional<std::string> &value)
{
    std::vector<std::uint8_t> selected;
    if (segment.empty() || !value)
        return selected;
    const LogColumn &column = table.column(segment);
    if (column.kind == CellKind::Text)
        throw Exception(ErrorCode::InvalidInput, tooManyTexts(segment), "Choose another column of segments.");
    const auto found = std::find(column.categories.begin(), column.categories.end(), *value);
    if (found == column.categories.end())
        throw Exception(ErrorCode::InvalidInput,
                        "No row of " + table.fileName + " has " + quotedExcerpt(*value) + " in column \"" + segment +
                            "\".",
                        "Choose a value that occurs, or no segment.");
    const auto wanted = static_cast<std::uint32_t>(found - column.categories.begin());
    selected.reserve(table.rows);
    for (const ColumnChunk &chunk : column.chunks) {
        for (const std::uint32_t code : chunk.codes)
            selected.push_back(code == wanted ? 1 : 0);
    }
    return selected;
}

const LogColumn *timeOf(const LogTable &table, const std::string &timeColumn)
{
    return timeColumn.empty() ? nullptr : &table.column(timeColumn);
}

/// Calls f(chunk, row in chunk, row in table, day) for every selected row; missingDay without a time column.
template <class F>
void forEachRow(const LogTable &table, const LogColumn *time, const std::vector<std::uint8_t> &selected, F f)
{
    std::optional<ColumnPass> pass;
    if (time != nullptr)
        pass.emplace(*time);
    std::size_t row = 0;
    for (std::size_t chunk = 0; chunk < table.chunkRows.size(); ++chunk) {
        if (pass)
            pass->passed(table.chunkRows[chunk]);
        for (std::size_t i = 0; i < table.chunkRows[chunk]; ++i, ++row) {
            if (selected.empty() || selected[row] != 0)
                f(chunk, i, row, time != nullptr ? time->chunks[chunk].days[i] : missingDay);
        }
    }
}

RowGroups emptyGroups(const LogTable &table)
{
    RowGroups groups;
    for (const std::size_t rows : table.chunkRows)
        groups.groupOfRow.emplace_back(rows, noGroup);
    return groups;
}

[[noreturn]] void failPeriods(const LogTable &table)
{
    throw Exception(ErrorCode::InvalidInput,
                    table.fileName + " would be cut into more than " + std::to_string(mostPeriods) + " periods.",
                    "Cut it into longer ones.");
}

Periods cutByRows(const LogTable &table, const LogColumn *time, std::uint64_t rowsPerPeriod, Periods periods)
{
    if (rowsPerPeriod == 0)
        throw Exception(ErrorCode::InvalidInput, "Periods of 0 rows were asked for.", "Give a number of rows above 0.");
    std::uint64_t count = 0;
    forEachRow(table, time, periods.selected, [&](std::size_t chunk, std::size_t i, std::size_t, std::int32_t day) {
        const std::uint64_t period = count++ / rowsPerPeriod;
        if (period == periods.info.size()) {
            if (period == mostPeriods)
                failPeriods(table);
            periods.info.emplace_back();
            periods.groups.rows.push_back(0);
        }
        periods.groups.groupOfRow[chunk][i] = static_cast<Group>(period);
        ++periods.groups.rows[period];
        if (day != missingDay)
            widen(periods.info[period], day);
    });
    std::uint64_t first = 1;
    for (std::size_t period = 0; period < periods.info.size(); ++period) {
        const std::uint64_t next = first + periods.groups.rows[period];
        periods.info[period].label = "rows " + std::to_string(first) + "-" + std::to_string(next - 1);
        first = next;
    }
    return periods;
}

} // namespace

std::int64_t periodKey(std::int32_t day, PeriodKind kind)
{
    const year_month_day date(dateOfDay(day));
    switch (kind) {
    case PeriodKind::Month:
        return std::int64_t{int(date.year())} * 12 + unsigned(date.month()) - 1;
    case PeriodKind::Week: // days since Monday, 29 December 1969
        return (std::int64_t{day} + 3 >= 0 ? (std::int64_t{day} + 3) / 7 : (std::int64_t{day} - 3) / 7);
    case PeriodKind::Year:
        return int(date.year());
    case PeriodKind::Day:
    case PeriodKind::Rows:
        break;
    }
    return day;
}

std::string periodLabel(std::int32_t day, PeriodKind kind)
{
    const std::string date = toString(dateOfDay(day));
    switch (kind) {
    case PeriodKind::Month:
        return date.substr(0, 7);
    case PeriodKind::Year:
        return date.substr(0, 4);
    case PeriodKind::Week: { // ISO 8601: the year of the week's Thursday
        const weekday dayOfWeek(dateOfDay(day));
        const Date thursday = dateOfDay(day) + days(4 - static_cast<int>(dayOfWeek.iso_encoding()));
        const year_month_day ymd(thursday);
        const auto week = (thursday - Date(ymd.year() / January / 1)).count() / 7 + 1;
        std::array<char, 32> text{};
        std::snprintf(text.data(), text.size(), "%04d-W%02d", int(ymd.year()), static_cast<int>(week));
        return text.data();
    }
    case PeriodKind::Day:
    case PeriodKind::Rows:
        break;
    }
    return date;
}

void widen(PeriodInfo &info, std::int32_t day)
{
    const Date date = dateOfDay(day);
    info.from = info.from ? std::min(*info.from, date) : date;
    info.to = info.to ? std::max(*info.to, date) : date;
}

Periods cutPeriods(const LogTable &table, const std::string &timeColumn, PeriodKind kind, std::uint64_t rowsPerPeriod,
                   const std::string &segment, const std::optional<std::string> &segmentValue)
{
    Periods periods;
    periods.selected = selectRows(table, segment, segmentValue);
    periods.groups = emptyGroups(table);
    const LogColumn *time = timeOf(table, timeColumn);
    if (kind == PeriodKind::Rows)
        return cutByRows(table, time, rowsPerPeriod, std::move(periods));
    if (time == nullptr)
        throw Exception(ErrorCode::InvalidInput, "Periods by calendar need a time column.",
                        "Name the time column, or count the periods in rows.");

    std::map<std::int64_t, Group> numberOfKey;
    std::int32_t lastDay = missingDay;
    forEachRow(table, time, periods.selected, [&](std::size_t, std::size_t, std::size_t, std::int32_t day) {
        if (day != missingDay && day != lastDay)
            numberOfKey.emplace(periodKey(day, kind), Group{0});
        lastDay = day;
    });
    if (numberOfKey.empty())
        throw Exception(ErrorCode::InvalidInput,
                        "No row of " + table.fileName + " has a time in column \"" + timeColumn + "\".",
                        "Choose another time column, or count the periods in rows.");
    if (numberOfKey.size() > mostPeriods)
        failPeriods(table);
    Group next = 0;
    for (auto &[key, number] : numberOfKey)
        number = next++;
    periods.info.resize(next);
    periods.groups.rows.resize(next);

    lastDay = missingDay;
    Group lastPeriod = noGroup;
    forEachRow(table, time, periods.selected, [&](std::size_t chunk, std::size_t i, std::size_t, std::int32_t day) {
        if (day == missingDay) {
            ++periods.rowsWithoutTime;
            return;
        }
        if (day != lastDay) {
            lastDay = day;
            lastPeriod = numberOfKey.at(periodKey(day, kind));
            widen(periods.info[lastPeriod], day);
            periods.info[lastPeriod].label = periodLabel(day, kind);
        }
        periods.groups.groupOfRow[chunk][i] = lastPeriod;
        ++periods.groups.rows[lastPeriod];
    });
    return periods;
}

RowGroups referenceRows(const LogTable &table, const std::string &timeColumn, const Periods &periods,
                        std::optional<Date> from, std::optional<Date> until, std::uint64_t firstPeriods)
{
    const LogColumn *time = timeOf(table, timeColumn);
    if (from && !until)
        throw Exception(ErrorCode::InvalidInput, "The reference begins on " + toString(*from) + " and has no end.",
                        "Give its last day too.");
    if (until && time == nullptr)
        throw Exception(ErrorCode::InvalidInput, "A reference by dates needs a time column.",
                        "Name the time column, or take the first periods as the reference.");
    const auto within = [&](std::int32_t day) {
        return day != missingDay && dateOfDay(day) <= *until && (!from || dateOfDay(day) >= *from);
    };
    RowGroups reference = emptyGroups(table);
    reference.rows.assign(1, 0);
    forEachRow(table, time, periods.selected, [&](std::size_t chunk, std::size_t i, std::size_t, std::int32_t day) {
        const bool chosen = until ? within(day) : periods.groups.groupOfRow[chunk][i] < firstPeriods;
        if (chosen) {
            reference.groupOfRow[chunk][i] = 0;
            ++reference.rows[0];
        }
    });
    if (reference.rows[0] == 0)
        throw Exception(ErrorCode::InvalidInput,
                        "The reference holds no rows" +
                            (from    ? ": none is dated from " + toString(*from) + " to " + toString(*until)
                             : until ? ": none is dated up to " + toString(*until)
                                     : "") +
                            ".",
                        from ? "Choose other days for the reference." : "Choose a later last day for the reference.");
    return reference;
}

std::vector<std::optional<std::size_t>> periodsAYearBefore(std::span<const PeriodInfo> periods, PeriodKind kind)
{
    if (kind == PeriodKind::Rows)
        throw Exception(ErrorCode::InvalidInput, "Periods counted in rows have none a year before them.",
                        "Cut the log by months, weeks, days or years.");
    std::map<std::int64_t, std::size_t> periodOfKey;
    for (std::size_t i = 0; i < periods.size(); ++i)
        periodOfKey.emplace(periodKey(dayOfDate(*periods[i].from), kind), i);
    std::vector<std::optional<std::size_t>> before;
    for (const PeriodInfo &info : periods) {
        const auto found = periodOfKey.find(keyAYearBefore(dayOfDate(*info.from), kind));
        before.push_back(found == periodOfKey.end() ? std::nullopt : std::optional(found->second));
    }
    return before;
}

std::string remarkOnYears(std::span<const std::optional<std::size_t>> yearsBefore)
{
    const bool any = std::any_of(yearsBefore.begin(), yearsBefore.end(),
                                 [](const std::optional<std::size_t> &before) { return before.has_value(); });
    return any ? std::string() : "No period of the log lies a year after another: none is judged.";
}

std::size_t periodsOfFirstYear(std::span<const PeriodInfo> periods, PeriodKind kind)
{
    const std::int64_t first = periodKey(dayOfDate(*periods.front().from), kind);
    std::size_t count = 0;
    for (const PeriodInfo &info : periods)
        count += keyAYearBefore(dayOfDate(*info.from), kind) < first ? 1 : 0;
    return count;
}

RowGroups allRows(const LogTable &table, const std::string &segment, const std::optional<std::string> &segmentValue)
{
    const auto selected = selectRows(table, segment, segmentValue);
    RowGroups groups = emptyGroups(table);
    groups.rows.assign(1, 0);
    forEachRow(table, nullptr, selected, [&](std::size_t chunk, std::size_t i, std::size_t, std::int32_t) {
        groups.groupOfRow[chunk][i] = 0;
        ++groups.rows[0];
    });
    return groups;
}

PeriodInfo spanOf(const LogTable &table, const std::string &timeColumn, const RowGroups &group)
{
    PeriodInfo info;
    const LogColumn *time = timeOf(table, timeColumn);
    if (time == nullptr)
        return info;
    std::int32_t lastDay = missingDay;
    forEachRow(table, time, {}, [&](std::size_t chunk, std::size_t i, std::size_t, std::int32_t day) {
        if (group.groupOfRow[chunk][i] == noGroup || day == missingDay || day == lastDay)
            return;
        widen(info, day);
        lastDay = day;
    });
    return info;
}

} // namespace countersign
