// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/dialectguess.h"

#include "core/monitoring/blockparser.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <optional>
#include <set>

namespace countersign {

namespace {

constexpr std::size_t sampledLines = 20;
constexpr const char *headerByCustom = "because it names the columns"; ///< where nothing speaks for or against it

std::size_t scoreOf(const SplitSample &split)
{
    return split.width < 2 ? 0 : split.agreeing * 100000 + split.width;
}

bool isNumber(std::string_view text, DecimalMark mark, const MissingTexts &missing)
{
    double value = 0;
    const NumberText read = readNumber(text, value, mark, missing);
    return read == NumberText::Finite || read == NumberText::Infinite;
}

bool hasNumberColumn(const SplitSample &split)
{
    for (std::size_t column = 0; column < split.width && split.whole(); ++column) {
        const bool all = std::all_of(split.records.begin() + 1, split.records.end(),
                                     [column](const auto &record) { return isAnyNumber(record[column]); });
        if (all && split.records.size() > 1)
            return true;
    }
    return false;
}

/// Commas cut numbers with decimal commas in two: a split that keeps them whole explains more.
bool keepsDecimalCommas(const SplitSample &split)
{
    const MissingTexts usual;
    for (std::size_t column = 0; column < split.width && split.whole(); ++column) {
        bool proven = false;
        const bool numbers = std::all_of(split.records.begin(), split.records.end(), [&](const auto &record) {
            const std::string &cell = record[column];
            const bool comma = isNumber(cell, DecimalMark::Comma, usual);
            proven = proven || (comma && !isNumber(cell, DecimalMark::Point, usual));
            return comma || usual.contains(cell) || &record == &split.records.front();
        });
        if (numbers && proven)
            return true;
    }
    return false;
}

char guessDelimiter(std::string_view text, QuoteStyle quote)
{
    char best = ',';
    SplitSample found = splitSample(text, best, quote);
    for (const char candidate : {';', '\t', '|'}) {
        SplitSample split = splitSample(text, candidate, quote);
        const bool cutsNumbers =
            best == ',' && split.width > 1 && split.whole() && found.whole() && keepsDecimalCommas(split);
        if (scoreOf(split) > scoreOf(found) || cutsNumbers) {
            best = candidate;
            found = std::move(split);
        }
    }
    if (scoreOf(found) > 0)
        return best;
    const SplitSample uncut = splitSample(text, ';', quote);
    if (!found.whole() && uncut.whole() && keepsDecimalCommas(uncut))
        return ';';
    const SplitSample blanks = splitSample(text, ' ', quote);
    return blanks.width > 1 && blanks.records.size() > 1 && hasNumberColumn(blanks) ? ' ' : best;
}

/// Whether records begin and end fields with this quote, in pairs, about once in four sampled lines at least.
bool quotesFields(std::string_view text, char quote)
{
    if (text.find(quote) == std::string_view::npos)
        return false;
    const auto isBorder = [](char c) {
        return c == '\n' || c == '\r' || c == ',' || c == ';' || c == '\t' || c == '|';
    };
    std::size_t opened = 0;
    std::size_t closed = 0;
    std::size_t lines = 1;
    for (std::size_t i = 0; i < text.size() && lines <= sampledLines; ++i) {
        lines += text[i] == '\n' ? 1U : 0U;
        if (text[i] != quote)
            continue;
        opened += i == 0 || isBorder(text[i - 1]) ? 1U : 0U;
        closed += i + 1 == text.size() || isBorder(text[i + 1]) ? 1U : 0U;
    }
    return opened == closed && opened * 4 >= lines && lines > 1;
}

/// Closing quotes that neither a delimiter nor a line end follows.
std::size_t strayQuotes(std::string_view text, QuoteStyle quote)
{
    const auto isBorder = [text](std::size_t i) {
        return i >= text.size() || std::string_view("\n\r,;\t|").find(text[i]) != std::string_view::npos;
    };
    std::size_t stray = 0;
    bool inside = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (inside && quote.backslash && text[i] == '\\') {
            ++i;
        } else if (text[i] != quote.mark) {
            continue;
        } else if (!inside) {
            inside = i == 0 || isBorder(i - 1);
        } else if (i + 1 < text.size() && text[i + 1] == quote.mark) {
            ++i;
        } else {
            inside = false;
            stray += isBorder(i + 1) ? 0U : 1U;
        }
    }
    return stray;
}

SplitSample bestSplit(std::string_view text, const std::string &delimiter, QuoteStyle quote)
{
    return splitSample(text, delimiter.empty() ? guessDelimiter(text, quote) : delimiter.front(), quote);
}

/// A path such as "C:\data\" ends in a backslash before its quote: only where no other reading is well-formed.
bool escapesByBackslash(std::string_view text, char mark, const std::string &delimiter)
{
    const QuoteStyle plain{mark, false};
    const QuoteStyle escaped{mark, true};
    if (text.find(quoteName(escaped)) == std::string_view::npos || strayQuotes(text, escaped) > 0)
        return false;
    return strayQuotes(text, plain) > 0 ||
           (!bestSplit(text, delimiter, plain).whole() && bestSplit(text, delimiter, escaped).whole());
}

std::string quoted(std::string_view text)
{
    return quotedExcerpt(text);
}

bool plausible(std::int32_t day, DateFormat format)
{
    constexpr std::int32_t year1900 = -25567;
    constexpr std::int32_t year1990 = 7305;
    constexpr std::int32_t year2100 = 47482;
    switch (format) {
    case DateFormat::Compact:
        return day >= year1900 && day < year2100;
    case DateFormat::EpochSeconds:
    case DateFormat::EpochMilliseconds:
    case DateFormat::EpochMicroseconds:
    case DateFormat::EpochNanoseconds:
    case DateFormat::ExcelDays:
        return day >= year1990 && day < year2100;
    default:
        return true;
    }
}

/// A column of dates may hold a few other texts.
bool nearlyAll(std::size_t read, std::size_t values)
{
    constexpr std::size_t oneIn = 20;
    return read > 0 && (values - read) * oneIn <= values;
}

struct DateReading
{
    DateFormat format;
    std::size_t read = 0;
    std::size_t descents = 0; ///< a day before the one above it
};

DateReading readingOf(const std::vector<std::string_view> &values, DateFormat format)
{
    DateReading reading{format};
    std::optional<std::int32_t> last;
    for (const std::string_view value : values) {
        const auto day = readDay(value, format);
        if (!day || !plausible(*day, format))
            continue;
        ++reading.read;
        reading.descents += last && *day < *last ? 1 : 0;
        last = day;
    }
    return reading;
}

/// What speaks against a delimiter that was chosen.
std::string againstDelimiter(std::string_view text, char delimiter, QuoteStyle quote)
{
    const SplitSample split = splitSample(text, delimiter, quote);
    if (split.width > 1 && split.whole())
        return {};
    const char guessed = guessDelimiter(text, quote);
    const SplitSample better = splitSample(text, guessed, quote);
    if (split.width < 2)
        return better.width < 2 ? std::string()
                                : "they make one field of the first line, and " +
                                      delimiterInWords(std::string(1, guessed)) + " " + std::to_string(better.width);
    return "only " + std::to_string(split.agreeing) + " of the first " + std::to_string(split.records.size()) +
           " lines have " + std::to_string(split.width) + " fields";
}

/// Three letters in a row near the front: "12 Jul 2024", "July 12, 2024".
bool namesMonths(std::string_view date)
{
    constexpr std::size_t front = 8;
    std::size_t letters = 0;
    for (const char c : date.substr(0, front)) {
        letters = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? letters + 1 : 0;
        if (letters == 3)
            return true;
    }
    return false;
}

void decideOrder(GuessedDateFormat &guessed, const DateReading &dayFirst, const DateReading &monthFirst,
                 std::string_view example)
{
    guessed.format = DateFormat::DayMonthYear;
    if (namesMonths(example)) {
        guessed.guess.why = "because months have names, as in " + quoted(example);
        return;
    }
    if (example.find('.') != std::string_view::npos && example.find('/') == std::string_view::npos &&
        example.find('-') == std::string_view::npos) {
        guessed.guess.why = "because dates with points, as in " + quoted(example) + ", have the day first";
        guessed.eitherOrder = true;
        return;
    }
    guessed.eitherOrder = true;
    guessed.guess.sure = false;
    const std::string both = quoted(example) + " reads both ways: ";
    if (dayFirst.descents != monthFirst.descents) {
        const bool day = dayFirst.descents < monthFirst.descents;
        guessed.format = day ? DateFormat::DayMonthYear : DateFormat::MonthDayYear;
        guessed.guess.why = both + (day ? "day first" : "month first") + " because the rows then run in order of time";
        return;
    }
    guessed.guess.why = both + "day first, for want of anything better";
}

/// The quick answer for most logs: a number that only a decimal point explains, and no comma in any cell.
std::optional<std::string> pointWithoutCommas(const Records &records, const MissingTexts &missing)
{
    std::optional<std::string> proof;
    for (const auto &record : records) {
        for (const std::string &cell : record) {
            if (cell.find(',') != std::string::npos)
                return std::nullopt;
            if (!proof && cell.find('.') != std::string::npos && isNumber(cell, DecimalMark::Point, missing) &&
                !isNumber(cell, DecimalMark::Comma, missing))
                proof = cell;
        }
    }
    return proof;
}

/// "0,1,2" or "1,2,3", as programs name columns that have no names.
bool countsColumns(const std::vector<std::string> &names)
{
    const auto countsFrom = [&names](std::size_t first) {
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (trimmed(names[i]) != std::to_string(first + i))
                return false;
        }
        return true;
    };
    return names.size() > 1 && (countsFrom(0) || countsFrom(1));
}

/// What stands below the first record, missing values left out.
std::vector<std::string_view> bodyOf(const Records &records, std::size_t column)
{
    constexpr std::size_t looked = 50;
    const MissingTexts usual;
    std::vector<std::string_view> body;
    for (std::size_t i = 1; i < std::min(records.size(), looked); ++i) {
        if (!usual.contains(records[i][column]))
            body.push_back(records[i][column]);
    }
    return body;
}

bool areDates(const std::vector<std::string_view> &values)
{
    return guessDateFormat(values, MissingTexts(), DateFormat::Automatic).nearlyAll;
}

/// A text that occurs once above texts that occur again and again.
bool standsOverCategories(std::string_view first, const std::vector<std::string_view> &body)
{
    const std::set<std::string_view> distinct(body.begin(), body.end());
    return !distinct.contains(first) && distinct.size() * 2 <= body.size();
}

} // namespace

DialectGuess chosenPart(std::string part, std::string value, const std::string &against)
{
    return {std::move(part), std::move(value), against.empty() ? "as chosen" : "as chosen, but " + against,
            against.empty(), true};
}

std::string cellInWords(std::string_view cell, const std::string &column, std::uint64_t line)
{
    return quoted(cell) + " in column " + quoted(column) + ", line " + std::to_string(line) + ",";
}

std::string partInWords(const std::string &part)
{
    std::string words;
    for (const char c : part)
        words += c >= 'A' && c <= 'Z' ? std::string(" ") + static_cast<char>(c - 'A' + 'a') : std::string(1, c);
    return words;
}

GuessedShape guessShape(std::string_view text, const LogDialect &asked)
{
    GuessedShape shape;
    if (asked.quote.empty()) {
        const bool single = quotesFields(text, '\'') && !quotesFields(text, '"');
        shape.quote.mark = single ? '\'' : '"';
        shape.quote.backslash = escapesByBackslash(text, shape.quote.mark, asked.delimiter);
        const bool occurs = text.find(shape.quote.mark) != std::string_view::npos;
        shape.quoteGuess = {"quote", inWords(shape.quote),
                            shape.quote.backslash
                                ? "because fields hold quotes behind backslashes, as no other reading allows"
                            : occurs ? "because fields stand in them"
                                     : "the usual ones; none occurs in the sample",
                            true};
    } else {
        shape.quote = quoteStyle(asked.quote);
        std::string against;
        for (const char other : {'"', '\''}) {
            if (other != shape.quote.mark && quotesFields(text, other))
                against = "fields stand in " + inWords(QuoteStyle{other});
        }
        const QuoteStyle turned{shape.quote.mark, !shape.quote.backslash};
        if (against.empty() && shape.quote.mark != 0 && strayQuotes(text, shape.quote) > 0 &&
            strayQuotes(text, turned) == 0)
            against = turned.backslash ? "fields hold quotes behind backslashes"
                                       : "fields end in a backslash before their quote";
        shape.quoteGuess = chosenPart("quote", inWords(shape.quote), against);
    }
    if (!asked.delimiter.empty()) {
        shape.delimiter = asked.delimiter.front();
        shape.delimiterGuess = chosenPart("delimiter", delimiterInWords(asked.delimiter),
                                          againstDelimiter(text, shape.delimiter, shape.quote));
    } else {
        shape.delimiter = guessDelimiter(text, shape.quote);
    }
    const SplitSample split = splitSample(text, shape.delimiter, shape.quote);
    shape.width = split.width;
    shape.trailingDelimiter = split.trailingDelimiter;
    if (!asked.delimiter.empty())
        return shape;
    const std::string value = delimiterInWords(std::string(1, shape.delimiter));
    if (split.width < 2) {
        shape.delimiterGuess = {"delimiter", value, "there is one column only", true};
        return shape;
    }
    shape.delimiterGuess = {"delimiter", value,
                            "because " + std::to_string(split.agreeing) + " of the first " +
                                std::to_string(split.records.size()) + " lines have " + std::to_string(split.width) +
                                " fields" + (split.trailingDelimiter ? ", a last empty one left out" : ""),
                            split.whole()};
    return shape;
}

GuessedHeader guessHeader(const Records &records, HeaderRow asked)
{
    GuessedHeader header;
    header.guess = {"header", "first line", headerByCustom, true};
    if (asked != HeaderRow::Automatic) {
        header.present = asked == HeaderRow::Present;
        const GuessedHeader guessed = guessHeader(records, HeaderRow::Automatic);
        const std::string because = "because ";
        const bool disagrees = guessed.present != header.present && guessed.guess.why != headerByCustom &&
                               guessed.guess.why.starts_with(because);
        header.guess = chosenPart("header", header.present ? "first line" : "none",
                                  disagrees ? guessed.guess.why.substr(because.size()) : std::string());
        return header;
    }
    if (records.size() < 2)
        return header;
    if (countsColumns(records.front())) {
        header.guess.why = "because it counts the columns";
        return header;
    }
    const MissingTexts usual;
    std::string example;
    bool namesTexts = false;
    for (std::size_t column = 0; column < records.front().size(); ++column) {
        const std::string &first = records.front()[column];
        const auto body = bodyOf(records, column);
        if (usual.contains(first) || body.empty())
            continue;
        const bool numbers = std::all_of(body.begin(), body.end(), isAnyNumber);
        if (!numbers && !areDates(body)) {
            namesTexts = namesTexts || standsOverCategories(first, body);
            continue;
        }
        if (!(numbers ? isAnyNumber(first) : areDates({std::string_view(first)}))) {
            header.proven = true;
            header.guess.why = "because " + quoted(first) + " stands above " + (numbers ? "numbers" : "dates");
            return header;
        }
        example = example.empty() ? first : example;
    }
    if (example.empty())
        return header;
    header.guess.sure = false;
    if (namesTexts) {
        header.guess.why = "although " + quoted(example) + " stands above such values";
        return header;
    }
    header.present = false;
    header.guess.value = "none";
    header.guess.why = "because the first line holds values such as " + quoted(example);
    return header;
}

namespace {

/// What speaks against a mark that was chosen: the first number that only the other one explains, in a column that is
/// numbers with that.
std::string againstMark(const std::vector<std::string> &names, const Records &records,
                        const std::vector<std::uint64_t> &lines, const MissingTexts &missing, DecimalMark chosen)
{
    const DecimalMark other = chosen == DecimalMark::Point ? DecimalMark::Comma : DecimalMark::Point;
    for (std::size_t column = 0; column < names.size(); ++column) {
        std::optional<std::size_t> first;
        bool numbers = true;
        for (std::size_t i = 0; i < records.size() && numbers; ++i) {
            const std::string &cell = records[i][column];
            if (missing.contains(cell))
                continue;
            numbers = isNumber(cell, other, missing);
            if (numbers && !first && !isNumber(cell, chosen, missing))
                first = i;
        }
        if (numbers && first)
            return cellInWords(records[*first][column], names[column], lines[*first]) + " is then no number";
    }
    return {};
}

} // namespace

GuessedDecimalMark guessDecimalMark(const std::vector<std::string> &names, const Records &records,
                                    const std::vector<std::uint64_t> &lines, char delimiter,
                                    const MissingTexts &missing, DecimalMark asked)
{
    GuessedDecimalMark guessed;
    if (asked != DecimalMark::Automatic) {
        guessed = {asked, true,
                   chosenPart("decimalMark", inWords(asked), againstMark(names, records, lines, missing, asked))};
        return guessed;
    }
    struct Votes
    {
        std::size_t columns = 0;
        std::string example;
    };
    Votes point;
    Votes comma;
    std::string either;
    guessed.guess.part = "decimalMark";
    guessed.guess.value = inWords(guessed.mark);
    if (const auto proof = pointWithoutCommas(records, missing)) {
        guessed.proven = true;
        guessed.guess.why = "because of " + quoted(*proof);
        return guessed;
    }
    for (std::size_t column = 0; column < names.size(); ++column) {
        bool points = true;
        bool commas = true;
        std::string marked;
        std::string onlyPoint;
        std::string onlyComma;
        for (const auto &record : records) {
            const std::string &cell = record[column];
            if (cell.find_first_of(".,") == std::string::npos) {
                if (!missing.contains(cell) && !isNumber(cell, DecimalMark::Point, missing))
                    points = commas = false;
            } else if (!missing.contains(cell)) {
                const bool asPoint = points && isNumber(cell, DecimalMark::Point, missing);
                const bool asComma = commas && isNumber(cell, DecimalMark::Comma, missing);
                if (asPoint && !asComma && onlyPoint.empty())
                    onlyPoint = cell;
                if (asComma && !asPoint && onlyComma.empty())
                    onlyComma = cell;
                points = asPoint;
                commas = asComma;
                marked = cell;
            }
            if (!points && !commas)
                break;
        }
        if (points && commas && !marked.empty() && either.empty())
            either = marked;
        if (points != commas) {
            Votes &votes = points ? point : comma;
            if (votes.columns++ == 0)
                votes.example = quoted(points ? onlyPoint : onlyComma) + " in column " + quoted(names[column]);
        }
    }
    const bool commaWins = comma.columns > point.columns;
    guessed.proven = point.columns != comma.columns;
    if (point.columns > 0 && comma.columns > 0) {
        guessed.guess.sure = false;
        guessed.guess.why = "both occur: " + point.example + " and " + comma.example + "; more columns read so";
    } else if (point.columns + comma.columns > 0) {
        guessed.guess.why = "because of " + (commaWins ? comma.example : point.example);
    } else if (!either.empty()) {
        const bool grouped = either.find(',') != std::string::npos;
        guessed.guess.sure = delimiter == ',' && !grouped;
        guessed.guess.why = guessed.guess.sure ? "because of " + quoted(either) + " between commas"
                                               : quoted(either) + " reads both ways";
        if (grouped && delimiter == ';') {
            guessed.mark = DecimalMark::Comma;
            guessed.guess.why += "; semicolons mostly go with decimal commas";
        }
    } else {
        guessed.guess.why = "no number in the sample has decimals";
    }
    if (commaWins)
        guessed.mark = DecimalMark::Comma;
    guessed.guess.value = inWords(guessed.mark);
    return guessed;
}

GuessedDateFormat guessDateFormat(const std::vector<std::string_view> &values, const MissingTexts &missing,
                                  DateFormat asked)
{
    std::vector<std::string_view> present;
    std::copy_if(values.begin(), values.end(), std::back_inserter(present),
                 [&missing](std::string_view value) { return !missing.contains(value); });
    GuessedDateFormat guessed;
    guessed.guess.part = "dateFormat";
    if (asked != DateFormat::Automatic) {
        guessed.format = asked;
        guessed.guess = chosenPart("dateFormat", inWords(asked));
        guessed.nearlyAll = nearlyAll(readingOf(present, asked).read, present.size());
        return guessed;
    }
    DateReading best{DateFormat::Iso};
    std::optional<DateReading> dayFirst;
    std::optional<DateReading> monthFirst;
    for (const DateFormat format :
         {DateFormat::Iso, DateFormat::YearMonthDay, DateFormat::DayMonthYear, DateFormat::MonthDayYear,
          DateFormat::Compact, DateFormat::EpochSeconds, DateFormat::EpochMilliseconds, DateFormat::EpochMicroseconds,
          DateFormat::EpochNanoseconds, DateFormat::ExcelDays, DateFormat::YearQuarter, DateFormat::IsoWeek}) {
        const DateReading reading = readingOf(present, format);
        if (format == DateFormat::DayMonthYear)
            dayFirst = reading;
        if (format == DateFormat::MonthDayYear)
            monthFirst = reading;
        if (reading.read > best.read)
            best = reading;
        if (best.read == present.size())
            break;
    }
    guessed.format = best.format;
    guessed.nearlyAll = nearlyAll(best.read, present.size());
    if (present.empty() || best.read == 0) {
        guessed.guess.why = present.empty() ? "there is no date in the sample" : "no value reads as a date";
        guessed.guess.sure = present.empty();
    } else if (best.format == DateFormat::DayMonthYear || best.format == DateFormat::MonthDayYear) {
        if (!monthFirst)
            monthFirst = readingOf(present, DateFormat::MonthDayYear);
        const auto example = std::find_if(present.begin(), present.end(),
                                          [&](std::string_view value) { return readDay(value, best.format); });
        const auto proof = std::find_if(example, present.end(), [&](std::string_view value) {
            return readDay(value, best.format) && !readDay(value, *otherOrder(best.format));
        });
        if (proof == present.end())
            decideOrder(guessed, *dayFirst, *monthFirst, *example);
        else
            guessed.guess.why = std::string(best.format == DateFormat::DayMonthYear ? "day first" : "month first") +
                                " because " + quoted(*proof) + " occurs";
    } else if (best.format == DateFormat::ExcelDays) {
        guessed.guess.sure = false;
        guessed.guess.why = quoted(present.front()) + " is a day between 1990 and 2100 so, and no date otherwise";
    } else {
        guessed.guess.why = "because of values like " + quoted(present.front());
    }
    guessed.guess.value = inWords(guessed.format);
    return guessed;
}

} // namespace countersign
