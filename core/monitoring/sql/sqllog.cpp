// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/sql/sqllog.h"

#include "core/base/decimal.h"
#include "core/base/error.h"
#include "core/monitoring/celltext.h"
#include "core/monitoring/mixedcolumns.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <limits>
#include <set>

namespace countersign {

namespace {

constexpr std::uint64_t mostDays = 200000; ///< more than five centuries

std::string nameOf(const std::string &query, const std::string &product)
{
    const auto last = query.find_last_not_of(" ;\n\t");
    const std::string text = query.substr(0, last == std::string::npos ? 0 : last + 1);
    return (isTableName(text) ? text : std::string("a query")) + " in " + product;
}

bool hasColumn(const std::vector<SqlColumn> &columns, const std::string &name)
{
    return std::any_of(columns.begin(), columns.end(),
                       [&name](const SqlColumn &column) { return column.name == name; });
}

std::string listOf(const std::vector<SqlColumn> &columns)
{
    std::vector<std::string> names;
    names.reserve(columns.size());
    for (const SqlColumn &column : columns)
        names.push_back(column.name);
    return "Its columns are " + joined(names) + ".";
}

Date dateOf(std::int32_t day)
{
    return Date(std::chrono::days(day));
}

[[noreturn]] void failCell(const std::optional<std::string> &cell)
{
    throw Exception(ErrorCode::Io,
                    "The database answered " + quotedExcerpt(cell.value_or("NULL")) + " where a number was asked for.");
}

} // namespace

SqlLog::SqlLog(const RunSettings &settings, const std::string &password, const CancelToken &cancel)
    : m_settings(settings)
    , m_connection(settings.sql->connection, password, cancel)
    , m_dialect(m_connection.productName(), m_connection.identifierQuote())
    , m_from(fromClause(settings.sql->query))
    , m_name(nameOf(settings.sql->query, m_connection.productName()))
{
    if (settings.period == PeriodKind::Rows || settings.roles.time.empty())
        throw Exception(ErrorCode::InvalidInput, "The rows of a database have no order to count periods by.",
                        "Name the time column, and choose periods of the calendar.");
    if (!settings.reference.path.empty())
        throw Exception(ErrorCode::InvalidInput, "A log in a database cannot be compared with a file.",
                        "Name a table or query of the same database as the reference.");
    if (settings.reference.from && !settings.reference.until)
        throw Exception(ErrorCode::InvalidInput, "A reference from a day on needs a last day too.", "Name both.");
    const auto describe = [this](const std::string &from) {
        return m_connection.columnsOf("SELECT * FROM " + from + " WHERE 1 = 0");
    };
    m_columns = describe(m_from);
    m_referenceColumns = m_columns;
    if (!settings.sql->referenceQuery.empty()) {
        m_referenceFrom = fromClause(settings.sql->referenceQuery);
        m_referenceColumns = describe(m_referenceFrom);
    }
    checkSpecialValues(settings.roles);
    requireColumns();
    const Days days = countDays(m_from);
    requirePeriods(days);
    m_periods = cutPeriods(days, settings.period);
    if (days.withoutTime > 0)
        m_remarks.push_back(std::to_string(days.withoutTime) + " rows have no time in column \"" + settings.roles.time +
                            "\" and belong to no period.");
    remarkOnTexts();
    chooseReference(days);
}

/// In columns of text that are read as numbers.
void SqlLog::remarkOnTexts()
{
    for (const SqlColumn &column : m_columns) {
        if (column.kind != SqlKind::Text || kindOf(column.name) != CellKind::Number)
            continue;
        const std::string present = presentText(m_dialect, column.name);
        std::string isText = present + " IS NOT NULL AND " + anyNumber(column.name) + " IS NULL";
        const SpecialValues declared = special(column.name);
        for (const std::string &special : declared.texts())
            isText += " AND TRIM(" + present + ") <> " + m_dialect.text(special);
        const auto answer = m_connection.query("SELECT COUNT(" + present + "), SUM(CASE WHEN " + isText +
                                                   " THEN 1 ELSE 0 END), MIN(CASE WHEN " + isText + " THEN " + present +
                                                   " END) FROM " + m_from + whereOf({}),
                                               1);
        const SqlRow &row = answer.at(0);
        const std::uint64_t values = countIn(row[0]);
        if (const std::uint64_t texts = countIn(row[1]); texts > 0)
            m_remarks.push_back(remarkOnUnreadable(
                {column.name, CellKind::Number, texts, values, quotedExcerpt(row[2].value_or(std::string()))}));
    }
}

void SqlLog::requireColumns() const
{
    const ColumnRoles &roles = m_settings.roles;
    std::vector<std::string> names = roles.features;
    for (const std::string *role :
         {&roles.time, &roles.score, &roles.prediction, &roles.target, &roles.segment, &roles.grade}) {
        if (!role->empty())
            names.push_back(*role);
    }
    names.insert(names.end(), roles.groups.begin(), roles.groups.end());
    for (const auto *list : {&roles.categorical, &roles.numeric})
        names.insert(names.end(), list->begin(), list->end());
    for (const auto &[name, values] : roles.special)
        names.push_back(name);
    for (const std::string &name : names) {
        static_cast<void>(kindOf(name));
        if (!hasColumn(m_referenceColumns, name))
            throw Exception(ErrorCode::InvalidInput, "The reference has no column " + quotedExcerpt(name) + ".",
                            listOf(m_referenceColumns));
    }
    if (kindOf(roles.time) != CellKind::Day)
        throw Exception(ErrorCode::InvalidInput,
                        "Column \"" + roles.time + "\" of " + m_name + " holds no dates or times.",
                        "Choose another time column, or make dates of it in a query.");
}

const SqlColumn &SqlLog::described(const std::string &column) const
{
    const auto found = std::find_if(m_columns.begin(), m_columns.end(),
                                    [&column](const SqlColumn &each) { return each.name == column; });
    if (found == m_columns.end())
        throw Exception(ErrorCode::InvalidInput, m_name + " has no column " + quotedExcerpt(column) + ".",
                        listOf(m_columns));
    return *found;
}

/// The infinities and NaN too; NULL for a text that is none.
std::string SqlLog::anyNumber(const std::string &column) const
{
    const std::string value = m_dialect.identifier(column);
    return described(column).kind == SqlKind::Text ? m_dialect.numberOfText(value) : m_dialect.asNumber(value);
}

CellKind SqlLog::kindOf(const std::string &column) const
{
    const SqlKind kind = described(column).kind;
    const ColumnRoles &roles = m_settings.roles;
    if (kind == SqlKind::Text && column == roles.time)
        return CellKind::Day;
    if (roles.categorical.contains(column) || column == roles.segment || column == roles.grade ||
        std::find(roles.groups.begin(), roles.groups.end(), column) != roles.groups.end())
        return CellKind::Category;
    if (roles.numeric.contains(column) ||
        (kind == SqlKind::Text && (column == roles.score || column == roles.prediction)))
        return CellKind::Number;
    switch (kind) {
    case SqlKind::Number:
        return CellKind::Number;
    case SqlKind::Day:
        return CellKind::Day;
    case SqlKind::Text:
        break;
    }
    return CellKind::Category;
}

std::vector<std::string> SqlLog::features(const ColumnRoles &roles, std::vector<std::string> &remarks) const
{
    std::vector<std::string> names = roles.features;
    if (!names.empty())
        return names;
    for (const SqlColumn &column : m_columns) {
        if (column.name == roles.time || column.name == roles.target || column.name == roles.segment)
            continue;
        if (!hasColumn(m_referenceColumns, column.name))
            remarks.push_back("Column \"" + column.name + "\" is not in the reference and is left out.");
        else if (kindOf(column.name) == CellKind::Day)
            remarks.push_back("Column \"" + column.name + "\" holds dates and is not judged.");
        else
            names.push_back(column.name);
    }
    return names;
}

std::string SqlLog::number(const std::string &column) const
{
    return finiteNumber(m_dialect, anyNumber(column));
}

std::string SqlLog::infinite(const std::string &column) const
{
    const std::string value = anyNumber(column);
    const std::string largest = m_dialect.number(std::numeric_limits<double>::max());
    // NaN, which some products hold to be larger than all numbers, has no reciprocal of 0.
    return "CASE WHEN ABS(" + value + ") > " + largest + " THEN CASE WHEN 1 / " + value +
           " = 0 THEN 1 ELSE 0 END ELSE 0 END";
}

std::string SqlLog::text(const std::string &column) const
{
    const SpecialValues declared = special(column);
    if (declared.empty())
        return presentText(m_dialect, column);
    const std::string value = "TRIM(" + m_dialect.asText(m_dialect.identifier(column)) + ")";
    std::string text = "CASE";
    for (const std::string &each : declared.texts())
        text += " WHEN " + value + " = " + m_dialect.text(each) + " THEN " + m_dialect.text(each);
    return text + " ELSE " + presentText(m_dialect, column) + " END";
}

SpecialValues SqlLog::special(const std::string &column) const
{
    return {m_settings.roles.special, column};
}

std::string SqlLog::specialPlace(const std::string &column) const
{
    const SpecialValues declared = special(column);
    std::string place;
    for (std::size_t i = 0; i < declared.size(); ++i) {
        if (const double value = declared.numbers()[i]; !std::isnan(value))
            place += " WHEN " + number(column) + " = " + m_dialect.number(value) + " THEN " + std::to_string(i);
    }
    return place.empty() ? "CAST(NULL AS INTEGER)" : "CASE" + place + " END";
}

std::string SqlLog::dayOfRow() const
{
    const std::string &time = m_settings.roles.time;
    const std::string value = m_dialect.identifier(time);
    return described(time).kind == SqlKind::Text ? m_dialect.dayOfText(value) : m_dialect.asDay(value);
}

std::string SqlLog::whereOf(const std::vector<std::string> &conditions) const
{
    std::vector<std::string> all = conditions;
    if (!m_settings.roles.segment.empty() && m_settings.segmentValue)
        all.push_back(text(m_settings.roles.segment) + " = " + m_dialect.text(*m_settings.segmentValue));
    return all.empty() ? std::string() : " WHERE " + joined(all, " AND ");
}

SqlLog::Days SqlLog::countDays(const std::string &from) const
{
    const std::string day = dayOfRow();
    const auto answer = m_connection.query(
        "SELECT " + day + " AS d, COUNT(*) AS n FROM " + from + whereOf({}) + " GROUP BY " + day, mostDays);
    Days days;
    for (const SqlRow &row : answer) {
        if (!row[0]) {
            days.withoutTime += countIn(row[1]);
            continue;
        }
        constexpr std::size_t dayLength = 10; // a date with a time of day would be cut at the wrong place later
        const auto read = row[0]->size() == dayLength ? readDay(*row[0]) : std::nullopt;
        if (!read)
            throw Exception(ErrorCode::InvalidInput,
                            "Column \"" + m_settings.roles.time + "\" holds the day " + quotedExcerpt(*row[0]) + ".",
                            "Make plain dates of the column, and leave out what is none, by a query.");
        days.rows.emplace_back(*read, countIn(row[1]));
    }
    std::sort(days.rows.begin(), days.rows.end());
    return days;
}

void SqlLog::requirePeriods(const Days &days) const
{
    const auto &value = m_settings.segmentValue;
    if (days.rows.empty() && days.withoutTime == 0)
        throw Exception(ErrorCode::InvalidInput,
                        value ? "No row of " + m_name + " has " + quotedExcerpt(*value) + " in column \"" +
                                    m_settings.roles.segment + "\"."
                              : m_name + " holds no rows.",
                        value ? "Choose a value that occurs, or no segment." : "Choose another table or query.");
    if (days.rows.empty())
        throw Exception(ErrorCode::InvalidInput,
                        "No row of " + m_name + " has a time in column \"" + m_settings.roles.time + "\".",
                        "Choose another time column.");
}

std::vector<SqlGroup> SqlLog::cutPeriods(const Days &days, PeriodKind kind)
{
    std::vector<SqlGroup> periods;
    std::optional<std::int64_t> last;
    for (const auto &[day, rows] : days.rows) {
        const std::int64_t key = periodKey(day, kind);
        if (key != last) {
            periods.emplace_back();
            periods.back().info.label = periodLabel(day, kind);
        }
        last = key;
        widen(periods.back().info, day);
        periods.back().rows += rows;
    }
    return periods;
}

void SqlLog::compareYears()
{
    std::vector<PeriodInfo> cut;
    cut.reserve(m_periods.size());
    for (const SqlGroup &period : m_periods)
        cut.push_back(period.info);
    m_comparedWith = periodsAYearBefore(cut, m_settings.period);
    if (const auto remark = remarkOnYears(m_comparedWith); !remark.empty())
        m_remarks.push_back(remark);
    m_reference.info.label = "same period last year";
    m_reference.info.to = m_periods[periodsOfFirstYear(cut, m_settings.period) - 1].info.to;
}

void SqlLog::chooseOtherReference()
{
    m_reference.info.label = nameOf(m_settings.sql->referenceQuery, m_connection.productName());
    const Days days = countDays(m_referenceFrom);
    m_reference.rows = days.withoutTime;
    for (const SqlGroup &period : cutPeriods(days, m_settings.period))
        m_referencePeriodRows.push_back(period.rows);
    for (const auto &[day, rows] : days.rows) {
        widen(m_reference.info, day);
        m_reference.rows += rows;
    }
}

void SqlLog::chooseReference(const Days &days)
{
    const ReferenceChoice &choice = m_settings.reference;
    PeriodInfo &info = m_reference.info;
    m_comparedWith.resize(m_periods.size());
    if (!m_referenceFrom.empty()) {
        chooseOtherReference();
    } else {
        const std::uint64_t first = std::max<std::uint64_t>(1, choice.firstPeriods);
        if (comparesYears()) {
            compareYears();
        } else {
            info.to =
                choice.until ? choice.until : m_periods[std::min<std::size_t>(first, m_periods.size()) - 1].info.to;
            info.label = choice.from    ? toString(*choice.from) + " to " + toString(*choice.until)
                         : choice.until ? "up to " + toString(*choice.until)
                         : first == 1   ? "first period"
                                        : "first " + std::to_string(first) + " periods";
        }
        const Date to = *info.to;
        const Date from = choice.from && !comparesYears() ? *choice.from : dateOf(days.rows.front().first);
        const auto chosen = [to, from](Date day) { return day >= from && day <= to; };
        info.to.reset();
        for (const auto &[day, rows] : days.rows) {
            if (!chosen(dateOf(day)))
                continue;
            widen(info, day);
            m_reference.rows += rows;
        }
        for (SqlGroup &period : m_periods)
            period.inReference = chosen(*period.info.from) && chosen(*period.info.to);
    }
    if (m_reference.rows == 0)
        throw Exception(ErrorCode::InvalidInput,
                        "The reference holds no rows" +
                            (choice.until ? ": none is dated up to " + toString(*choice.until) : std::string()) + ".",
                        "Choose other days for the reference.");
}

std::string SqlLog::valueOf(const SqlColumn &column) const
{
    if (column.name == m_settings.roles.time)
        return dayOfRow();
    if (!hasColumn(m_columns, column.name)) // of the reference alone
        return text(column.name);
    return kindOf(column.name) == CellKind::Number ? number(column.name) : text(column.name);
}

std::vector<std::uint64_t> SqlLog::duplicates() const
{
    const ColumnRoles &roles = m_settings.roles;
    std::set<std::string> wanted(roles.features.begin(), roles.features.end());
    for (const std::string *role : {&roles.time, &roles.score, &roles.prediction, &roles.target, &roles.segment})
        wanted.insert(*role);
    wanted.insert(roles.groups.begin(), roles.groups.end());
    std::vector<std::uint64_t> counts(m_periods.size() + 1, 0);
    for (const Side side : {Side::Periods, Side::Reference}) {
        std::vector<SqlTerm> terms;
        std::vector<std::string> names{"g"};
        for (const SqlColumn &column : side == Side::Periods ? m_columns : m_referenceColumns) {
            if (!roles.features.empty() && !wanted.contains(column.name))
                continue;
            names.push_back("v" + std::to_string(terms.size()));
            terms.push_back({names.back(), valueOf(column)});
        }
        const std::string all = joined(names);
        const auto answer = query("SELECT g, SUM(n - 1) FROM (SELECT " + all + ", COUNT(*) AS n FROM (" +
                                      rows(terms, side) + ") rows_ GROUP BY " + all + ") kinds_ GROUP BY g",
                                  1);
        for (const SqlRow &row : answer) {
            const std::int64_t group = integerIn(row[0]);
            counts.at(group == sqlReference ? m_periods.size() : static_cast<std::size_t>(group)) = countIn(row[1]);
        }
    }
    return counts;
}

std::string SqlLog::groupOfRow() const
{
    if (m_periods.size() == 1)
        return "0";
    std::string group = "CASE";
    for (std::size_t i = 0; i + 1 < m_periods.size(); ++i)
        group += " WHEN " + dayOfRow() + " <= " + m_dialect.day(*m_periods[i].info.to) + " THEN " + std::to_string(i);
    return group + " ELSE " + std::to_string(m_periods.size() - 1) + " END";
}

std::string SqlLog::rows(const std::vector<SqlTerm> &terms, Side side) const
{
    std::string list;
    for (const SqlTerm &term : terms)
        list += ", " + term.expression + " AS " + term.name;
    std::vector<std::string> queries;
    if (side != Side::Reference)
        queries.push_back("SELECT " + groupOfRow() + " AS g" + list + " FROM " + m_from +
                          whereOf({dayOfRow() + " IS NOT NULL"}));
    if (side != Side::Periods) {
        std::vector<std::string> conditions;
        if (m_referenceFrom.empty())
            conditions = {dayOfRow() + " >= " + m_dialect.day(*m_reference.info.from),
                          dayOfRow() + " <= " + m_dialect.day(*m_reference.info.to)};
        queries.push_back("SELECT " + std::to_string(sqlReference) + " AS g" + list + " FROM " +
                          (m_referenceFrom.empty() ? m_from : m_referenceFrom) + whereOf(conditions));
    }
    return joined(queries, " UNION ALL ");
}

std::vector<SqlRow> SqlLog::query(const std::string &sql, std::uint64_t perGroup) const
{
    return m_connection.query(sql, (m_periods.size() + 1) * perGroup);
}

void requireRows(std::uint64_t counted, std::uint64_t rows, const std::string &column)
{
    if (counted != rows)
        throw Exception(ErrorCode::Conflict,
                        "Of column \"" + column + "\" the database counted " + std::to_string(counted) + " rows, of " +
                            std::to_string(rows) + ": the table changed meanwhile.",
                        "Run it again, or over a copy of the table.");
}

std::int64_t integerIn(const std::optional<std::string> &cell)
{
    if (!cell)
        return 0;
    std::int64_t value = 0;
    const char *end = cell->data() + cell->size();
    const auto read = std::from_chars(cell->data(), end, value);
    if (read.ec == std::errc{} && read.ptr == end)
        return value;
    constexpr double exact = 9007199254740992; // whole binary numbers, as "1e+06" or "12.00", up to here
    const double number = numberIn(cell);
    if (std::abs(number) > exact || number != std::floor(number))
        failCell(cell);
    return static_cast<std::int64_t>(number);
}

std::uint64_t countIn(const std::optional<std::string> &cell)
{
    const std::int64_t value = integerIn(cell);
    if (value < 0)
        failCell(cell);
    return static_cast<std::uint64_t>(value);
}

double numberIn(const std::optional<std::string> &cell)
{
    if (!cell)
        return 0;
    const auto value = doubleFromDecimal(*cell);
    if (!value)
        failCell(cell);
    return *value;
}

} // namespace countersign
