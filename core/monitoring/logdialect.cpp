// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/logdialect.h"

#include "core/base/error.h"

#include <algorithm>

namespace countersign {

const std::vector<std::string> &logDelimiters()
{
    static const std::vector<std::string> delimiters{",", ";", "\t", "|", " "};
    return delimiters;
}

const std::vector<std::string> &logQuotes()
{
    static const std::vector<std::string> quotes{"\"", "'", "\\\"", "\\'", "none"};
    return quotes;
}

QuoteStyle quoteStyle(std::string_view quote)
{
    return quote == "none" ? QuoteStyle{0} : QuoteStyle{quote.back(), quote.front() == '\\'};
}

std::string quoteName(QuoteStyle style)
{
    if (style.mark == 0)
        return "none";
    return (style.backslash ? "\\" : "") + std::string(1, style.mark);
}

const std::vector<std::string> &usualMissingWords()
{
    static const std::vector<std::string> words{"NA", "N/A", "NaN", "null", "None"};
    return words;
}

std::string delimiterInWords(std::string_view delimiter)
{
    if (delimiter.empty())
        return "automatic";
    switch (delimiter.front()) {
    case ',':
        return "commas";
    case ';':
        return "semicolons";
    case '\t':
        return "tabs";
    case '|':
        return "vertical bars";
    default:
        return "blanks";
    }
}

std::string inWords(QuoteStyle style)
{
    if (style.mark == 0)
        return "none";
    return std::string(style.mark == '\'' ? "single quotes" : "double quotes") +
           (style.backslash ? ", behind a backslash inside" : "");
}

std::string inWords(DecimalMark mark)
{
    switch (mark) {
    case DecimalMark::Point:
        return "decimal point";
    case DecimalMark::Comma:
        return "decimal comma";
    case DecimalMark::Automatic:
        break;
    }
    return "automatic";
}

std::string inWords(DateFormat format)
{
    switch (format) {
    case DateFormat::Iso:
        return "year-month-day (ISO)";
    case DateFormat::YearMonthDay:
        return "year, month, day";
    case DateFormat::DayMonthYear:
        return "day, month, year";
    case DateFormat::MonthDayYear:
        return "month, day, year";
    case DateFormat::Compact:
        return "yyyymmdd";
    case DateFormat::EpochSeconds:
        return "seconds since 1970";
    case DateFormat::EpochMilliseconds:
        return "milliseconds since 1970";
    case DateFormat::EpochMicroseconds:
        return "microseconds since 1970";
    case DateFormat::EpochNanoseconds:
        return "nanoseconds since 1970";
    case DateFormat::ExcelDays:
        return "days as Excel counts them";
    case DateFormat::YearQuarter:
        return "year and quarter";
    case DateFormat::IsoWeek:
        return "year and ISO week";
    case DateFormat::Automatic:
        break;
    }
    return "automatic";
}

std::string inWords(TextEncoding encoding)
{
    switch (encoding) {
    case TextEncoding::Utf8:
        return "UTF-8";
    case TextEncoding::Windows1252:
        return "Windows-1252 (Latin-1)";
    case TextEncoding::Utf16LittleEndian:
        return "UTF-16, little end first";
    case TextEncoding::Utf16BigEndian:
        return "UTF-16, big end first";
    case TextEncoding::Automatic:
        break;
    }
    return "automatic";
}

std::optional<DateFormat> otherOrder(DateFormat format)
{
    switch (format) {
    case DateFormat::DayMonthYear:
        return DateFormat::MonthDayYear;
    case DateFormat::MonthDayYear:
        return DateFormat::DayMonthYear;
    default:
        return std::nullopt;
    }
}

void checkDialect(const LogDialect &dialect)
{
    const auto &delimiters = logDelimiters();
    if (!dialect.delimiter.empty() &&
        std::find(delimiters.begin(), delimiters.end(), dialect.delimiter) == delimiters.end())
        throw Exception(ErrorCode::InvalidInput, "\"" + dialect.delimiter + "\" is no delimiter.",
                        "Choose comma, semicolon, tab, vertical bar or blank.");
    const auto &quotes = logQuotes();
    if (!dialect.quote.empty() && std::find(quotes.begin(), quotes.end(), dialect.quote) == quotes.end())
        throw Exception(ErrorCode::InvalidInput, "\"" + dialect.quote + "\" is no quotation mark.",
                        "Choose the double quote or the single quote, with a backslash before it where one escapes it, "
                        "or none.");
    if (dialect.delimiter == "," && dialect.decimalMark == DecimalMark::Comma && dialect.quote == "none")
        throw Exception(ErrorCode::InvalidInput, "A comma cannot separate both fields and decimals without quotes.",
                        "Choose another delimiter or decimal mark.");
}

} // namespace countersign
