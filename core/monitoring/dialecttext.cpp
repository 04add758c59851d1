// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/dialecttext.h"

#include "core/base/time.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <chrono>
#include <limits>

namespace countersign {

namespace {

bool digitAt(std::string_view text, std::size_t i)
{
    return i < text.size() && text[i] >= '0' && text[i] <= '9';
}

char lowerAscii(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lowerAscii(std::string_view text)
{
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return lowerAscii(c); });
    return lower;
}

/// The thousands mark at the front of `text`, or nothing; `other` is the decimal mark that is not in use.
std::string_view groupMark(std::string_view text, char other)
{
    if (text.empty())
        return {};
    if (text.front() == other || text.front() == ' ' || text.front() == '\'')
        return text.substr(0, 1);
    for (const std::string_view mark : {"\xc2\xa0", "\xe2\x80\xaf", "\xe2\x80\x99"}) {
        if (text.starts_with(mark))
            return mark;
    }
    return {};
}

/// The same number with a decimal point and without thousands marks; nothing where it is none.
std::optional<std::string> plainNumber(std::string_view text, DecimalMark mark)
{
    const char decimal = mark == DecimalMark::Comma ? ',' : '.';
    const char other = mark == DecimalMark::Comma ? '.' : ',';
    std::string plain;
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
        plain += text.front();
        text.remove_prefix(1);
    }
    std::string_view used;
    std::size_t groups = 0;
    for (;;) {
        std::size_t digits = 0;
        while (digitAt(text, digits))
            ++digits;
        const std::string_view group = text.substr(0, digits);
        plain += group;
        text.remove_prefix(digits);
        const bool tooLong = groups > 0 && digits != 3;
        if (tooLong)
            return std::nullopt;
        const std::string_view next = groupMark(text, other);
        if (next.empty())
            break;
        if (groups == 0 && (digits == 0 || digits > 3 || group.front() == '0'))
            return std::nullopt;
        if (groups > 0 && next != used)
            return std::nullopt;
        used = next;
        ++groups;
        text.remove_prefix(next.size());
    }
    if (!text.empty() && text.front() == decimal) {
        plain += '.';
        text.remove_prefix(1);
    }
    for (const char c : text) { // decimals and exponent: nothing else can follow
        if (c == '.' || c == ',')
            return std::nullopt;
        plain += c;
    }
    return plain;
}

std::optional<std::int32_t> dayOf(int year, int month, int day)
{
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (year < 1 || year > 9999 || month < 1 || day < 1 || !date.ok())
        return std::nullopt;
    return static_cast<std::int32_t>(std::chrono::sys_days(date).time_since_epoch().count());
}

/// The number that the first `fewest` to `most` digits spell, and takes them; nothing where there are fewer or more.
std::optional<int> takeNumber(std::string_view &text, std::size_t fewest, std::size_t most)
{
    std::size_t digits = 0;
    while (digitAt(text, digits))
        ++digits;
    if (digits < fewest || digits > most)
        return std::nullopt;
    int number = 0;
    std::from_chars(text.data(), text.data() + digits, number);
    text.remove_prefix(digits);
    return number;
}

/// "Jul", "july", "Sept": 1 to 12, and takes it.
std::optional<int> takeMonthName(std::string_view &text)
{
    static constexpr std::array<std::string_view, 12> names{"january",   "february", "march",    "april",
                                                            "may",       "june",     "july",     "august",
                                                            "september", "october",  "november", "december"};
    std::size_t letters = 0;
    while (letters < text.size() && lowerAscii(text[letters]) >= 'a' && lowerAscii(text[letters]) <= 'z')
        ++letters;
    const std::string word = lowerAscii(text.substr(0, letters));
    for (std::size_t i = 0; i < names.size() && letters >= 3; ++i) {
        if (names[i] == word || (letters <= 4 && names[i].starts_with(word))) {
            text.remove_prefix(letters);
            return static_cast<int>(i) + 1;
        }
    }
    return std::nullopt;
}

/// A separator of date parts, and takes it; after a name or before a year also ", " and "- ".
bool takeSeparator(std::string_view &text)
{
    if (text.empty() || std::string_view("/.- ,").find(text.front()) == std::string_view::npos)
        return false;
    const bool comma = text.front() == ',';
    text.remove_prefix(1);
    if (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    else if (comma)
        return false;
    return true;
}

/// Nothing, or a time of day after a blank, T, comma or colon: as isTimeOfDay, also with one digit for the hour, points
/// for colons, blanks before the offset, AM, PM, "UTC" or "GMT".
bool isTimeAfterDate(std::string_view text)
{
    if (text.empty() || isTimeOfDay(text))
        return true;
    if (text.front() == ',')
        text.remove_prefix(1);
    text = trimmed(text.front() == 'T' || text.front() == ':' ? text.substr(1) : text);
    for (const std::string_view end : {"am", "pm", "a.m.", "p.m.", "utc", "gmt"}) {
        if (text.size() > end.size() && lowerAscii(text.substr(text.size() - end.size())) == end) {
            text = trimmed(text.substr(0, text.size() - end.size()));
            break;
        }
    }
    std::string plain = digitAt(text, 0) && !digitAt(text, 1) ? " 0" : " ";
    for (const char c : text) {
        if (c != ' ')
            plain += c;
    }
    constexpr std::size_t minutesAt = 3; // " 10.52.03.120"
    constexpr std::size_t secondsAt = 6;
    if (plain.size() > secondsAt && plain[minutesAt] == '.' && plain[secondsAt] == '.')
        plain[minutesAt] = plain[secondsAt] = ':';
    return isTimeOfDay(plain);
}

int fullYear(int year, std::size_t digits)
{
    constexpr int turn = 70; // as POSIX strptime, a year later: 70 is 1970, 69 is 2069
    return digits > 2 ? year : year < turn ? 2000 + year : 1900 + year;
}

std::optional<std::int32_t> readYearLast(std::string_view text, bool monthFirst)
{
    auto named = takeMonthName(text);
    monthFirst = named ? true : monthFirst;
    auto first = named ? named : takeNumber(text, 1, 2);
    if (!first || text.empty())
        return std::nullopt;
    const char mark = text.front();
    const bool joined = !named && lowerAscii(mark) >= 'a' && lowerAscii(mark) <= 'z'; // 01JUL2015
    if (!joined && !takeSeparator(text))
        return std::nullopt;
    if (!named) {
        named = takeMonthName(text);
        monthFirst = named ? false : monthFirst;
    }
    const auto second = named && !monthFirst ? named : takeNumber(text, 1, 2);
    if (!second || text.empty() || (!named && text.front() != mark) || (!joined && !takeSeparator(text)))
        return std::nullopt;
    const std::size_t before = text.size();
    const auto year = takeNumber(text, 2, 4);
    const std::size_t digits = before - text.size();
    if (!year || digits == 3 || !isTimeAfterDate(text))
        return std::nullopt;
    return monthFirst ? dayOf(fullYear(*year, digits), *first, *second)
                      : dayOf(fullYear(*year, digits), *second, *first);
}

std::optional<std::int32_t> readYearFirst(std::string_view text)
{
    const auto year = takeNumber(text, 4, 4);
    if (!year || text.empty() || std::string_view("/.-").find(text.front()) == std::string_view::npos)
        return std::nullopt;
    const char mark = text.front();
    text.remove_prefix(1);
    const auto month = takeNumber(text, 1, 2);
    if (!month)
        return std::nullopt;
    if (text.empty())
        return dayOf(*year, *month, 1);
    if (text.front() != mark)
        return std::nullopt;
    text.remove_prefix(1);
    const auto day = takeNumber(text, 1, 2);
    return day && isTimeAfterDate(text) ? dayOf(*year, *month, *day) : std::nullopt;
}

std::optional<std::int32_t> readCompact(std::string_view text)
{
    std::size_t digits = 0;
    while (digitAt(text, digits))
        ++digits;
    const auto part = [text](std::size_t from, std::size_t count) {
        int number = 0;
        std::from_chars(text.data() + from, text.data() + from + count, number);
        return number;
    };
    if (digits == 6 && text.size() == 6)
        return dayOf(part(0, 4), part(4, 2), 1);
    const bool withTime = (digits == 14 && text.size() == 14) || (digits == 12 && text.size() == 12);
    if (digits != 8 && !withTime)
        return std::nullopt;
    if (withTime && (part(8, 2) > 24 || part(10, 2) > 59))
        return std::nullopt;
    std::string_view rest = text.substr(digits);
    if (rest.starts_with('T') && digitAt(rest, 6)) { // 20150701T105203Z
        if (rest.size() != 7 && rest.substr(7) != "Z")
            return std::nullopt;
        rest = {};
    }
    return isTimeAfterDate(rest) ? dayOf(part(0, 4), part(4, 2), part(6, 2)) : std::nullopt;
}

std::optional<std::int32_t> readEpoch(std::string_view text, std::int64_t unitsPerSecond)
{
    constexpr std::int64_t secondsPerDay = 86400;
    constexpr std::int64_t latest = 253402300799; // 9999-12-31
    std::int64_t number = 0;
    constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
    const std::int64_t most = latest > largest / unitsPerSecond ? largest : latest * unitsPerSecond;
    const char *end = text.data() + text.size();
    const auto result = std::from_chars(text.data(), end, number);
    if (result.ec != std::errc{} || number > most || number < -most)
        return std::nullopt;
    if (result.ptr != end) {
        if (*result.ptr != '.' || !std::all_of(result.ptr + 1, end, [](char c) { return c >= '0' && c <= '9'; }))
            return std::nullopt;
    }
    const std::int64_t perDay = secondsPerDay * unitsPerSecond;
    const std::int64_t day = number / perDay - (number % perDay < 0 ? 1 : 0);
    return static_cast<std::int32_t>(day);
}

/// From 1900-03-01, before which spreadsheets differ by a day, to 9999-12-31; a fraction is the time of day.
std::optional<std::int32_t> readExcelDay(std::string_view text)
{
    constexpr std::int32_t epoch = 25569; // 1970-01-01
    constexpr std::int32_t first = 61;
    constexpr std::int32_t last = 2958465;
    const std::string_view whole = text.substr(0, text.find('.'));
    const std::string_view fraction = text.substr(std::min(text.size(), whole.size() + 1));
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    std::int32_t number = 0;
    const auto result = std::from_chars(whole.data(), whole.data() + whole.size(), number);
    if (result.ec != std::errc{} || result.ptr != whole.data() + whole.size() || number < first || number > last ||
        !std::all_of(fraction.begin(), fraction.end(), isDigit))
        return std::nullopt;
    return number - epoch;
}

/// 'Q' and 1 to 4, as the first month of that quarter, and takes it.
std::optional<int> takeQuarter(std::string_view &text)
{
    if (text.size() < 2 || lowerAscii(text.front()) != 'q' || text[1] < '1' || text[1] > '4')
        return std::nullopt;
    const int month = 1 + 3 * (text[1] - '1');
    text.remove_prefix(2);
    return month;
}

void skipMark(std::string_view &text)
{
    if (!text.empty() && std::string_view("-/ ").find(text.front()) != std::string_view::npos)
        text.remove_prefix(1);
}

std::optional<std::int32_t> readQuarter(std::string_view text)
{
    auto month = takeQuarter(text);
    if (month)
        skipMark(text);
    const auto year = takeNumber(text, 4, 4);
    if (year && !month) {
        skipMark(text);
        month = takeQuarter(text);
    }
    return year && month && text.empty() ? dayOf(*year, *month, 1) : std::nullopt;
}

std::optional<std::int32_t> readIsoWeek(std::string_view text)
{
    constexpr int weekDays = 7;
    const auto year = takeNumber(text, 4, 4);
    const bool hyphen = text.starts_with('-');
    text.remove_prefix(hyphen ? 1 : 0);
    if (!year || text.empty() || lowerAscii(text.front()) != 'w')
        return std::nullopt;
    text.remove_prefix(1);
    std::string_view number = text.substr(0, 2);
    const auto week = takeNumber(number, 2, 2);
    text.remove_prefix(std::min<std::size_t>(text.size(), 2));
    if (!week || (!text.empty() && text.starts_with('-') != hyphen))
        return std::nullopt;
    text.remove_prefix(hyphen && !text.empty() ? 1 : 0);
    const auto weekday = text.empty() ? std::optional(1) : takeNumber(text, 1, 1);
    if (!weekday || *weekday < 1 || *weekday > weekDays || !text.empty())
        return std::nullopt;
    const auto firstMonday = [](int of) {
        const auto fourth = std::chrono::sys_days(std::chrono::year(of) / std::chrono::January / 4); // is in week 1
        const std::chrono::weekday day(fourth);
        return static_cast<std::int32_t>((fourth - (day - std::chrono::Monday)).time_since_epoch().count());
    };
    const std::int32_t monday = firstMonday(*year) + (*week - 1) * weekDays;
    if (*week < 1 || monday >= firstMonday(*year + 1))
        return std::nullopt;
    return monday + *weekday - 1;
}

} // namespace

NumberText readNumber(std::string_view text, double &value, DecimalMark mark)
{
    assert(mark != DecimalMark::Automatic);
    text = trimmed(text);
    if (mark == DecimalMark::Point || text.find_first_of(".,") == std::string_view::npos) {
        const NumberText read = readNumber(text, value);
        if (read != NumberText::NotANumber)
            return read;
    }
    const auto plain = plainNumber(text, mark);
    return plain ? readNumber(*plain, value) : NumberText::NotANumber;
}

NumberText readNumber(std::string_view text, double &value, DecimalMark mark, const MissingTexts &missing)
{
    if (missing.contains(text))
        return NumberText::Missing;
    const NumberText read = readNumber(text, value, mark);
    return read == NumberText::Missing ? NumberText::NotANumber : read;
}

std::optional<std::int32_t> readDay(std::string_view text, DateFormat format)
{
    text = trimmed(text);
    switch (format) {
    case DateFormat::Iso:
        return readDay(text);
    case DateFormat::YearMonthDay:
        return readYearFirst(text);
    case DateFormat::DayMonthYear:
        return readYearLast(text, false);
    case DateFormat::MonthDayYear:
        return readYearLast(text, true);
    case DateFormat::Compact:
        return readCompact(text);
    case DateFormat::EpochSeconds:
        return readEpoch(text, 1);
    case DateFormat::EpochMilliseconds:
        return readEpoch(text, 1'000);
    case DateFormat::EpochMicroseconds:
        return readEpoch(text, 1'000'000);
    case DateFormat::EpochNanoseconds:
        return readEpoch(text, 1'000'000'000);
    case DateFormat::ExcelDays:
        return readExcelDay(text);
    case DateFormat::YearQuarter:
        return readQuarter(text);
    case DateFormat::IsoWeek:
        return readIsoWeek(text);
    case DateFormat::Automatic:
        break;
    }
    assert(false && "a date format that is still open");
    return std::nullopt;
}

MissingTexts::MissingTexts(const std::optional<std::vector<std::string>> &words)
    : m_usual(!words)
{
    if (!words)
        return;
    for (const std::string &word : *words)
        m_words.push_back(lowerAscii(trimmed(word)));
}

bool MissingTexts::contains(std::string_view text) const
{
    if (m_usual)
        return isMissingText(text);
    text = trimmed(text);
    if (text.empty())
        return true;
    return std::any_of(m_words.begin(), m_words.end(), [text](const std::string &word) {
        return word.size() == text.size() &&
               std::equal(word.begin(), word.end(), text.begin(), [](char a, char b) { return a == lowerAscii(b); });
    });
}

} // namespace countersign
