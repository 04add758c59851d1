// SPDX-License-Identifier: GPL-3.0-or-later
//
// Standard SQL, and the few places in which products differ.
#pragma once

#include "core/base/time.h"

#include <string>
#include <string_view>
#include <vector>

namespace countersign {

class SqlDialect
{
public:
    /// `product` as OdbcConnection::productName(); one that is not known is taken to speak the standard.
    SqlDialect(const std::string &product, std::string identifierQuote);

    /// Throws Exception(InvalidInput) for a name that holds the quote where the product has none.
    [[nodiscard]] std::string identifier(std::string_view name) const;
    [[nodiscard]] std::string text(std::string_view value) const;
    [[nodiscard]] std::string number(double value) const;
    [[nodiscard]] std::string day(Date date) const;

    [[nodiscard]] std::string asNumber(const std::string &expression) const; ///< binary double precision
    /// Of a text: NULL where it is no number. A product whose words for this are not known is asked for asNumber().
    [[nodiscard]] std::string numberOfText(const std::string &expression) const;
    /// Of a text: the day that it begins with, written YYYY-MM-DD and perhaps followed by a blank or T and a time, from
    /// the year 1000 to 2999; NULL where there is none. A product whose words for this are not known is asked for
    /// asDay().
    [[nodiscard]] std::string dayOfText(const std::string &expression) const;
    /// Whether a text that is none gives NULL there, and no error.
    [[nodiscard]] bool triesTexts() const { return m_triesCasts || !m_matches.empty(); }
    [[nodiscard]] std::string asText(const std::string &expression) const;
    [[nodiscard]] std::string asDay(const std::string &expression) const;
    [[nodiscard]] std::string naturalLogarithm(const std::string &expression) const;

private:
    std::string m_quote;
    std::string m_numberType = "DOUBLE PRECISION";
    std::string m_textType = "VARCHAR(4000)";
    std::string m_logarithm = "LN";
    std::string m_matches;      ///< the operator that matches a text to a regular expression; empty: unknown
    bool m_triesCasts = false;  ///< has TRY_CAST
    bool m_backslashes = false; ///< in texts they must be doubled
};

/// A number, NULL for NaN and the infinities.
[[nodiscard]] std::string finiteNumber(const SqlDialect &dialect, const std::string &number);
/// As text, NULL for missing words.
[[nodiscard]] std::string presentText(const SqlDialect &dialect, std::string_view column);

/// Whether the text is a name with its schema, parts of it perhaps in quotes, and no query.
[[nodiscard]] bool isTableName(std::string_view text);
/// A table by its name, or a query in brackets, under the name log_. Throws Exception(InvalidInput) where there is
/// none.
[[nodiscard]] std::string fromClause(std::string query);

/// "a, b, c".
[[nodiscard]] std::string joined(const std::vector<std::string> &parts, std::string_view between = ", ");

} // namespace countersign
