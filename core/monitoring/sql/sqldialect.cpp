// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/sql/sqldialect.h"

#include "core/base/decimal.h"
#include "core/base/error.h"

#include <cctype>
#include <limits>

namespace countersign {

namespace {

std::string doubling(std::string_view text, char quote, bool backslashes)
{
    std::string doubled;
    for (const char c : text) {
        if (c == quote || (backslashes && c == '\\'))
            doubled += c;
        doubled += c;
    }
    return doubled;
}

constexpr std::string_view missingTexts = "'', 'na', 'n/a', 'nan', 'null', 'none'";

bool isNameCharacter(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return std::isalnum(byte) != 0 || byte >= 0x80 || c == '_' || c == '.' || c == '$' || c == '#';
}

} // namespace

SqlDialect::SqlDialect(const std::string &product, std::string identifierQuote)
    : m_quote(std::move(identifierQuote))
{
    if (product == "PostgreSQL") {
        m_textType = "VARCHAR";
        m_matches = "~";
    } else if (product.starts_with("MySQL") || product.starts_with("MariaDB")) {
        m_numberType = "DOUBLE";
        m_textType = "CHAR(4000)";
        m_matches = "REGEXP";
        m_backslashes = true;
    } else if (product == "Microsoft SQL Server") {
        m_numberType = "FLOAT";
        m_textType = "NVARCHAR(4000)";
        m_logarithm = "LOG";
        m_triesCasts = true;
    } else if (product == "DuckDB") {
        m_triesCasts = true;
    }
}

std::string SqlDialect::identifier(std::string_view name) const
{
    if (m_quote.empty()) {
        if (name.find_first_of(" \"'`;(),") != std::string_view::npos)
            throw Exception(ErrorCode::InvalidInput,
                            "This database cannot name a column \"" + std::string(name) + "\".",
                            "Give it a plain name in a query.");
        return std::string(name);
    }
    return m_quote + doubling(name, m_quote.front(), false) + m_quote;
}

std::string SqlDialect::text(std::string_view value) const
{
    return "'" + doubling(value, '\'', m_backslashes) + "'";
}

std::string SqlDialect::number(double value) const
{
    return asNumber("'" + fullPrecision(value) + "'");
}

std::string SqlDialect::day(Date date) const
{
    return asDay("'" + toString(date) + "'");
}

std::string SqlDialect::asNumber(const std::string &expression) const
{
    return "CAST(" + expression + " AS " + m_numberType + ")";
}

std::string SqlDialect::numberOfText(const std::string &expression) const
{
    const std::string trimmed = "TRIM(" + asText(expression) + ")";
    if (m_triesCasts)
        return "TRY_CAST(" + trimmed + " AS " + m_numberType + ")";
    if (m_matches.empty())
        return asNumber(trimmed);
    // Of exponents no more digits than a double can hold for sure: PostgreSQL refuses what is out of range.
    return "CASE WHEN " + trimmed + " " + m_matches +
           " '^[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]{1,2})?$' THEN " + asNumber(trimmed) + " END";
}

std::string SqlDialect::dayOfText(const std::string &expression) const
{
    const std::string trimmed = "TRIM(" + asText(expression) + ")";
    const std::string day = "SUBSTRING(" + trimmed + ", 1, 10)";
    if (m_triesCasts) // which would take other notations too
        return "CASE WHEN " + trimmed + " LIKE '____-__-__' OR " + trimmed + " LIKE '____-__-__ %' OR " + trimmed +
               " LIKE '____-__-__T%' THEN TRY_CAST(" + day + " AS DATE) END";
    if (m_matches.empty())
        return asDay(day);
    // Days that there are in the calendar: PostgreSQL refuses others.
    static constexpr std::string_view days =
        "'^([12][0-9]{3}-((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)|"
        "([12][0-9](0[48]|[2468][048]|[13579][26])|(1[26]|2[048])00)-02-29)([ T].*)?$'";
    return "CASE WHEN " + trimmed + " " + m_matches + " " + std::string(days) + " THEN " + asDay(day) + " END";
}

std::string SqlDialect::asText(const std::string &expression) const
{
    return "CAST(" + expression + " AS " + m_textType + ")";
}

std::string SqlDialect::asDay(const std::string &expression) const
{
    return "CAST(" + expression + " AS DATE)";
}

std::string SqlDialect::naturalLogarithm(const std::string &expression) const
{
    return m_logarithm + "(" + expression + ")";
}

bool isTableName(std::string_view text)
{
    bool any = false;
    while (!text.empty()) {
        const char open = text.front();
        const char close = open == '[' ? ']' : open;
        if (open == '"' || open == '`' || open == '[') {
            const auto end = text.find(close, 1);
            if (end == std::string_view::npos)
                return false;
            text.remove_prefix(end + 1);
        } else if (isNameCharacter(open)) {
            text.remove_prefix(1);
        } else {
            return false;
        }
        any = true;
    }
    return any;
}

std::string fromClause(std::string query)
{
    while (!query.empty() && (std::isspace(static_cast<unsigned char>(query.back())) != 0 || query.back() == ';'))
        query.pop_back();
    while (!query.empty() && std::isspace(static_cast<unsigned char>(query.front())) != 0)
        query.erase(query.begin());
    if (query.empty())
        throw Exception(ErrorCode::InvalidInput, "There is no table and no query.", "Name a table, or write a SELECT.");
    return (isTableName(query) ? query : "(" + query + ")") + " log_";
}

std::string finiteNumber(const SqlDialect &dialect, const std::string &number)
{
    const std::string largest = dialect.number(std::numeric_limits<double>::max());
    return "CASE WHEN ABS(" + number + ") <= " + largest + " THEN " + number + " END";
}

std::string presentText(const SqlDialect &dialect, std::string_view column)
{
    const std::string value = dialect.asText(dialect.identifier(column));
    return "CASE WHEN LOWER(TRIM(" + value + ")) IN (" + std::string(missingTexts) + ") THEN NULL ELSE " + value +
           " END";
}

std::string joined(const std::vector<std::string> &parts, std::string_view between)
{
    std::string all;
    for (const std::string &part : parts) {
        if (&part != &parts.front())
            all += between;
        all += part;
    }
    return all;
}

} // namespace countersign
