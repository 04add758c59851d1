// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/logoptions.h"

#include <map>

namespace countersign::cli {

namespace {

constexpr const char *group = "How the log is written, where it is not to be guessed";

template <class T>
using Words = std::map<std::string, T>;

const Words<std::string> &delimiters()
{
    static const Words<std::string> words{{"comma", ","}, {",", ","},   {"semicolon", ";"}, {";", ";"},
                                          {"tab", "\t"},  {"\t", "\t"}, {"bar", "|"},       {"|", "|"},
                                          {"blank", " "}, {" ", " "}};
    return words;
}

const Words<std::string> &quotes()
{
    static const Words<std::string> words{
        {"double", "\""}, {"single", "'"}, {"double-backslash", "\\\""}, {"single-backslash", "\\'"}, {"none", "none"}};
    return words;
}

const Words<DecimalMark> &decimalMarks()
{
    static const Words<DecimalMark> words{{"point", DecimalMark::Point}, {"comma", DecimalMark::Comma}};
    return words;
}

const Words<DateFormat> &dateFormats()
{
    static const Words<DateFormat> words{{"iso", DateFormat::Iso},
                                         {"ymd", DateFormat::YearMonthDay},
                                         {"dmy", DateFormat::DayMonthYear},
                                         {"mdy", DateFormat::MonthDayYear},
                                         {"compact", DateFormat::Compact},
                                         {"seconds", DateFormat::EpochSeconds},
                                         {"milliseconds", DateFormat::EpochMilliseconds},
                                         {"microseconds", DateFormat::EpochMicroseconds},
                                         {"nanoseconds", DateFormat::EpochNanoseconds},
                                         {"excel", DateFormat::ExcelDays},
                                         {"quarter", DateFormat::YearQuarter},
                                         {"week", DateFormat::IsoWeek}};
    return words;
}

const Words<TextEncoding> &encodings()
{
    static const Words<TextEncoding> words{{"utf-8", TextEncoding::Utf8},
                                           {"windows-1252", TextEncoding::Windows1252},
                                           {"latin-1", TextEncoding::Windows1252},
                                           {"utf-16le", TextEncoding::Utf16LittleEndian},
                                           {"utf-16be", TextEncoding::Utf16BigEndian}};
    return words;
}

const Words<HeaderRow> &headers()
{
    static const Words<HeaderRow> words{{"yes", HeaderRow::Present}, {"no", HeaderRow::Absent}};
    return words;
}

/// `fallback` for the empty text.
template <class T>
T meaning(const std::string &option, const std::string &text, const Words<T> &words, T fallback)
{
    if (text.empty())
        return fallback;
    if (const auto found = words.find(text); found != words.end())
        return found->second;
    std::string known;
    for (const auto &word : words) {
        if (word.first.size() > 1)
            known += (known.empty() ? "" : ", ") + word.first;
    }
    throw UsageError(option + " " + text + ": it is one of " + known + ".");
}

} // namespace

void LogOptions::configure(CLI::App &app)
{
    app.add_option("--delimiter", m_delimiter, "comma, semicolon, tab, bar or blank")->group(group);
    app.add_option("--quote", m_quote,
                   "double, single, double-backslash, single-backslash (escaped by a backslash) or none")
        ->group(group);
    app.add_option("--decimal", m_decimal, "point or comma")->group(group);
    app.add_option("--date-format", m_dateFormat,
                   "Of the time column: iso, ymd, dmy, mdy, compact (20150701), quarter (2015-Q3), week (2015-W27), "
                   "seconds, milliseconds, microseconds or nanoseconds since 1970, or excel (its day numbers)")
        ->group(group);
    app.add_option("--encoding", m_encoding, "utf-8, windows-1252 (also as latin-1), utf-16le or utf-16be")
        ->group(group);
    app.add_option("--header", m_header, "yes, or no: the columns are then col1, col2 ...")->group(group);
    app.add_option("--skip-lines", m_skipLines, "Title and note lines above the column names; 0 for none")
        ->group(group);
    app.add_option("--missing", m_missing,
                   "A word for a missing value in place of NA, N/A, NaN, null and None; may be given again")
        ->allow_extra_args(false)
        ->group(group);
}

LogDialect LogOptions::dialect() const
{
    LogDialect dialect;
    dialect.delimiter = meaning("--delimiter", m_delimiter, delimiters(), {});
    dialect.quote = meaning("--quote", m_quote, quotes(), {});
    dialect.decimalMark = meaning("--decimal", m_decimal, decimalMarks(), DecimalMark::Automatic);
    dialect.dateFormat = meaning("--date-format", m_dateFormat, dateFormats(), DateFormat::Automatic);
    dialect.encoding = meaning("--encoding", m_encoding, encodings(), TextEncoding::Automatic);
    dialect.header = meaning("--header", m_header, headers(), HeaderRow::Automatic);
    dialect.skipLines = m_skipLines;
    if (!m_missing.empty())
        dialect.missing = m_missing;
    return dialect;
}

} // namespace countersign::cli
