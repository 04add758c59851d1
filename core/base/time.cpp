// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/time.h"

#include <array>
#include <charconv>
#include <cstdio>

namespace countersign {

namespace {

using namespace std::chrono;

std::optional<unsigned> digits(std::string_view text, std::size_t at, std::size_t count)
{
    unsigned value = 0;
    const auto *first = text.data() + at;
    for (std::size_t i = 0; i < count; ++i) {
        if (first[i] < '0' || first[i] > '9')
            return std::nullopt;
        value = value * 10 + static_cast<unsigned>(first[i] - '0');
    }
    return value;
}

} // namespace

std::string toString(Date date)
{
    const year_month_day ymd(date);
    std::array<char, 24> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", int(ymd.year()), unsigned(ymd.month()),
                  unsigned(ymd.day()));
    return text.data();
}

std::string toString(UtcTime time)
{
    const auto day = floor<days>(time);
    const hh_mm_ss clock(time - day);
    std::array<char, 24> text{};
    std::snprintf(text.data(), text.size(), "T%02d:%02d:%02d.%03dZ", int(clock.hours().count()),
                  int(clock.minutes().count()), int(clock.seconds().count()), int(clock.subseconds().count()));
    return toString(Date(day)) + text.data();
}

std::optional<Date> parseDate(std::string_view text)
{
    if (text.size() != 10 || text[4] != '-' || text[7] != '-')
        return std::nullopt;
    const auto y = digits(text, 0, 4);
    const auto m = digits(text, 5, 2);
    const auto d = digits(text, 8, 2);
    if (!y || !m || !d)
        return std::nullopt;
    const year_month_day ymd{year{int(*y)}, month{*m}, day{*d}};
    if (!ymd.ok())
        return std::nullopt;
    return Date{ymd};
}

std::optional<UtcTime> parseUtcTime(std::string_view text)
{
    if (text.size() != 24 || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != '.' ||
        text[23] != 'Z')
        return std::nullopt;
    const auto date = parseDate(text.substr(0, 10));
    const auto h = digits(text, 11, 2);
    const auto m = digits(text, 14, 2);
    const auto s = digits(text, 17, 2);
    const auto ms = digits(text, 20, 3);
    if (!date || !h || !m || !s || !ms || *h > 23 || *m > 59 || *s > 59)
        return std::nullopt;
    return *date + hours(*h) + minutes(*m) + seconds(*s) + milliseconds(*ms);
}

std::optional<Date> mondayOfIsoWeek(int year, int week)
{
    using namespace std::chrono;
    const auto firstMonday = [](int of) {
        const Date fourth{std::chrono::year(of) / January / day(4)};
        return Date(fourth - (weekday(fourth) - Monday));
    };
    const Date monday = firstMonday(year) + weeks(week - 1);
    if (week < 1 || monday >= firstMonday(year + 1))
        return std::nullopt;
    return monday;
}

Date monthsAfter(Date day, std::int64_t months)
{
    const std::chrono::year_month_day from(day);
    const auto month = from.year() / from.month() + std::chrono::months(months);
    const std::chrono::year_month_day same = month / from.day();
    return same.ok() ? Date(same) : Date(month / std::chrono::last);
}

Date dateOf(UtcTime time)
{
    return floor<days>(time);
}

UtcTime SystemClock::now() const
{
    return floor<milliseconds>(system_clock::now());
}

} // namespace countersign
