// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/sql/sqldialect.h"

#include "core/base/decimal.h"
#include "core/base/error.h"

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

} // namespace

SqlDialect::SqlDialect(const std::string &product, std::string identifierQuote)
    : m_quote(std::move(identifierQuote))
{
    if (product == "PostgreSQL") {
        m_textType = "VARCHAR";
    } else if (product.starts_with("MySQL") || product.starts_with("MariaDB")) {
        m_numberType = "DOUBLE";
        m_textType = "CHAR(4000)";
        m_backslashes = true;
    } else if (product == "Microsoft SQL Server") {
        m_numberType = "FLOAT";
        m_textType = "NVARCHAR(4000)";
        m_logarithm = "LOG";
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
