// SPDX-License-Identifier: GPL-3.0-or-later
//
// How a scoring log is written. What is left open is guessed from each file by itself, with a reason
// (core/monitoring/dialectguess.h).
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace countersign {

enum class DecimalMark { Automatic, Point, Comma };

/// The order of the parts of a date. A time of day and an offset from UTC may follow a date; the day is the one
/// written. Iso: 2015-07-01, 2015-07 or 2015. YearMonthDay: also with slashes or points. DayMonthYear and MonthDayYear:
/// with slashes, points, hyphens or blanks, one or two digits, English month names allowed, also between digits as in
/// 01JUL2015, years of two digits from 1970 to 2069. Compact: 20150701 or 201507. Epoch: seconds, or a thousandth and
/// so on, since 1970-01-01, the day being that of UTC. ExcelDays: 42186, the 1900 date system of spreadsheets.
/// YearQuarter: 2015-Q3, 2015Q3 or Q3 2015, its first day. IsoWeek: 2015-W27, its Monday, or 2015-W27-3, hyphens being
/// optional.
enum class DateFormat {
    Automatic,
    Iso,
    YearMonthDay,
    DayMonthYear,
    MonthDayYear,
    Compact,
    EpochSeconds,
    EpochMilliseconds,
    EpochMicroseconds,
    EpochNanoseconds,
    ExcelDays,
    YearQuarter,
    IsoWeek
};

/// What encloses a field, and how it stands inside one: doubled, or also behind a backslash, as MySQL, Hive and Spark
/// write it.
struct QuoteStyle
{
    char mark = '"';        ///< 0: none
    bool backslash = false; ///< inside quotes a backslash makes text of the quote or backslash after it

    friend bool operator==(QuoteStyle, QuoteStyle) = default;
};

enum class TextEncoding { Automatic, Utf8, Windows1252, Utf16LittleEndian, Utf16BigEndian };
enum class HeaderRow { Automatic, Present, Absent };

BOOST_DESCRIBE_ENUM(DecimalMark, Automatic, Point, Comma)
BOOST_DESCRIBE_ENUM(DateFormat, Automatic, Iso, YearMonthDay, DayMonthYear, MonthDayYear, Compact, EpochSeconds,
                    EpochMilliseconds, EpochMicroseconds, EpochNanoseconds, ExcelDays, YearQuarter, IsoWeek)
BOOST_DESCRIBE_ENUM(TextEncoding, Automatic, Utf8, Windows1252, Utf16LittleEndian, Utf16BigEndian)
BOOST_DESCRIBE_ENUM(HeaderRow, Automatic, Present, Absent)

struct LogDialect
{
    std::string delimiter; ///< one of logDelimiters(); empty: guessed
    std::string quote;     ///< one of logQuotes(); empty: guessed
    DecimalMark decimalMark = DecimalMark::Automatic;
    DateFormat dateFormat = DateFormat::Automatic; ///< of the time column
    TextEncoding encoding = TextEncoding::Automatic;
    HeaderRow header = HeaderRow::Automatic; ///< Absent: the columns are col1, col2 ...
    /// Exactly these, in any letter case, and empty fields are missing values; nothing: usualMissingWords().
    std::optional<std::vector<std::string>> missing = {};
    /// Title and note lines above the header, or above the rows where there is none; an Excel line "sep=;" is none of
    /// them. Nothing: guessed.
    std::optional<std::uint64_t> skipLines = {};

    friend bool operator==(const LogDialect &, const LogDialect &) = default;
};
BOOST_DESCRIBE_STRUCT(LogDialect, (), (delimiter, quote, decimalMark, dateFormat, encoding, header, missing, skipLines))

/// Comma, semicolon, tab, vertical bar, blank.
[[nodiscard]] const std::vector<std::string> &logDelimiters();
/// The double and the single quote, each also with a backslash before it for QuoteStyle::backslash, and "none".
[[nodiscard]] const std::vector<std::string> &logQuotes();
/// Precondition: one of logQuotes().
[[nodiscard]] QuoteStyle quoteStyle(std::string_view quote);
[[nodiscard]] std::string quoteName(QuoteStyle style); ///< the one of logQuotes()
/// NA, N/A, NaN, null, None.
[[nodiscard]] const std::vector<std::string> &usualMissingWords();
/// In plain words: "semicolons", "decimal comma", "day.month.year"; for a guess still open "automatic".
[[nodiscard]] std::string delimiterInWords(std::string_view delimiter);
[[nodiscard]] std::string inWords(QuoteStyle style);
[[nodiscard]] std::string inWords(DecimalMark mark);
[[nodiscard]] std::string inWords(DateFormat format);
[[nodiscard]] std::string inWords(TextEncoding encoding);

/// Of DayMonthYear and MonthDayYear each other; of others nothing.
[[nodiscard]] std::optional<DateFormat> otherOrder(DateFormat format);

/// Throws Exception(InvalidInput) for a delimiter or quote that is none of those above, and for a comma that is to
/// separate fields and decimals both.
void checkDialect(const LogDialect &dialect);

} // namespace countersign
