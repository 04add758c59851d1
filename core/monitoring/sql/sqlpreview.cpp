// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/sql/sqlpreview.h"

#include "core/base/decimal.h"
#include "core/base/error.h"
#include "core/monitoring/roleguess.h"
#include "core/monitoring/sql/sqllog.h"

#include <algorithm>
#include <set>

namespace countersign {

namespace {

constexpr std::size_t columnsAtOnce = 100; ///< a query may give 1,664 values in PostgreSQL, fewer elsewhere

/// A name as a query writes it, in quotes where it would not be taken as it stands.
std::string nameInQuery(const SqlDialect &dialect, const std::string &name)
{
    static const std::set<std::string_view> reserved{"all",   "check", "column", "default", "end",    "from",
                                                     "grant", "group", "limit",  "order",   "select", "table",
                                                     "user",  "using", "values", "view",    "when",   "where"};
    const bool plain = !name.empty() && (name.front() < '0' || name.front() > '9') && !reserved.contains(name) &&
                       std::all_of(name.begin(), name.end(),
                                   [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
    return plain ? name : dialect.identifier(name);
}

/// What is asked of a column: values that are there, and of numbers, days and text what follows.
std::vector<std::string> questionsOf(const SqlDialect &dialect, const SqlColumn &column)
{
    switch (column.kind) {
    case SqlKind::Number: {
        const std::string value = finiteNumber(dialect, dialect.asNumber(dialect.identifier(column.name)));
        return {"COUNT(" + value + ")", "MIN(" + value + ")", "MAX(" + value + ")",
                "SUM(CASE WHEN " + value + " IN (0, 1) THEN 0 ELSE 1 END)"};
    }
    case SqlKind::Day: {
        const std::string value = dialect.asDay(dialect.identifier(column.name));
        return {"COUNT(" + value + ")", "MIN(" + value + ")", "MAX(" + value + ")"};
    }
    case SqlKind::Text:
        break;
    }
    const std::string value = presentText(dialect, column.name);
    std::vector<std::string> questions{"COUNT(" + value + ")", "COUNT(DISTINCT " + value + ")"};
    if (dialect.triesTexts()) {
        const std::string day = dialect.dayOfText(dialect.identifier(column.name));
        for (const char *question : {"COUNT(", "MIN(", "MAX("})
            questions.push_back(question + day + ")");
    }
    return questions;
}

/// `answer` holds those to questionsOf() from `at` on, which is moved on.
PreviewColumn describe(const SqlDialect &dialect, const SqlColumn &asked, std::uint64_t rows, const SqlRow &answer,
                       std::size_t &at, ColumnFacts &facts)
{
    PreviewColumn column;
    column.name = asked.name;
    column.type = asked.kind == SqlKind::Number ? ColumnType::Numeric : ColumnType::Categorical;
    column.isTime = asked.kind == SqlKind::Day;
    const std::uint64_t present = countIn(answer[at++]);
    column.missing = rows - std::min(rows, present);
    if (asked.kind == SqlKind::Text) {
        column.distinct = facts.distinct = countIn(answer[at++]);
        facts.binary = facts.distinct == 2;
        if (!dialect.triesTexts())
            return column;
        column.isTime = countIn(answer[at++]) == present && present > 0;
        if (!column.isTime) { // its texts are not shown
            at += 2;
            return column;
        }
    }
    const auto &least = answer[at++];
    const auto &most = answer[at++];
    for (const auto *end : {&least, &most}) {
        if (present > 0 && *end)
            column.samples.push_back(**end);
    }
    if (asked.kind != SqlKind::Number) {
        facts.firstDay = present > 0 && least ? parseDate(*least) : std::nullopt;
        facts.lastDay = present > 0 && most ? parseDate(*most) : std::nullopt;
        return column;
    }
    const std::uint64_t others = countIn(answer[at++]) - column.missing;
    facts.inUnitInterval = present > 0 && numberIn(least) >= 0 && numberIn(most) <= 1;
    facts.binary = facts.inUnitInterval && others == 0;
    return column;
}

} // namespace

std::vector<std::string> listTables(const std::string &connection, const std::string &password,
                                    const CancelToken &cancel)
{
    constexpr std::size_t mostTables = 10000;
    OdbcConnection database(connection, password, cancel);
    const SqlDialect dialect(database.productName(), database.identifierQuote());
    std::vector<std::string> names;
    for (const SqlTable &table : database.tables(mostTables))
        names.push_back((table.schema.empty() ? "" : nameInQuery(dialect, table.schema) + ".") +
                        nameInQuery(dialect, table.name));
    return names;
}

LogPreview previewDatabase(const SqlSource &source, const std::string &password, const CancelToken &cancel)
{
    const std::string from = fromClause(source.query);
    OdbcConnection database(source.connection, password, cancel);
    const SqlDialect dialect(database.productName(), database.identifierQuote());
    const std::vector<SqlColumn> columns = database.columnsOf("SELECT * FROM " + from + " WHERE 1 = 0");

    LogPreview result;
    result.database = database.productName();
    result.wholeFile = true;
    std::vector<ColumnFacts> facts(columns.size());
    for (std::size_t first = 0; first < columns.size(); first += columnsAtOnce) {
        const std::size_t end = std::min(columns.size(), first + columnsAtOnce);
        std::vector<std::string> questions{"COUNT(*)"};
        for (std::size_t i = first; i < end; ++i) {
            const auto more = questionsOf(dialect, columns[i]);
            questions.insert(questions.end(), more.begin(), more.end());
        }
        const auto answer = database.query("SELECT " + joined(questions) + " FROM " + from, 1);
        if (answer.empty())
            throw Exception(ErrorCode::Io, "The database counted nothing of " + quotedExcerpt(source.query) + ".",
                            "Check the table or query.");
        const std::uint64_t rows = countIn(answer.front().front());
        result.sampledRows = result.estimatedRows = rows;
        std::size_t at = 1;
        for (std::size_t i = first; i < end; ++i)
            result.columns.push_back(describe(dialect, columns[i], rows, answer.front(), at, facts[i]));
    }
    for (std::size_t i = 0; i < facts.size(); ++i)
        result.columns[i].identifier = looksLikeIdentifier(result.columns[i], facts[i], result.sampledRows);
    result.roles = guessRoles(result.columns, facts);
    result.period = guessPeriod(result.roles, result.columns, facts, true);
    for (std::size_t i = 0; i < facts.size(); ++i) {
        if (result.columns[i].name != result.roles.time)
            continue;
        result.from = facts[i].firstDay;
        result.to = facts[i].lastDay;
    }
    if (result.estimatedRows == 0)
        result.warnings.emplace_back("There are no rows yet.");
    return result;
}

} // namespace countersign
