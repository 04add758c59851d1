// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/celltext.h"

#include "core/base/time.h"

#include <array>
#include <cmath>
#include <cstring>
#include <fast_float/fast_float.h>

namespace countersign {

namespace {

bool equalsIgnoringCase(std::string_view text, std::string_view lowerCase)
{
    if (text.size() != lowerCase.size())
        return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] - 'A' + 'a') : text[i];
        if (c != lowerCase[i])
            return false;
    }
    return true;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool takeTwoDigits(std::string_view &text, int largest)
{
    if (text.size() < 2 || !isDigit(text[0]) || !isDigit(text[1]) || (text[0] - '0') * 10 + (text[1] - '0') > largest)
        return false;
    text.remove_prefix(2);
    return true;
}

bool take(std::string_view &text, char c)
{
    if (text.empty() || text.front() != c)
        return false;
    text.remove_prefix(1);
    return true;
}

} // namespace

bool isTimeOfDay(std::string_view text)
{
    if (!take(text, ' ') && !take(text, 'T') && !take(text, 't'))
        return false;
    if (!takeTwoDigits(text, 24) || !take(text, ':') || !takeTwoDigits(text, 59))
        return false;
    if (take(text, ':')) {
        if (!takeTwoDigits(text, 60))
            return false;
        if (take(text, '.') || take(text, ',')) {
            if (text.empty() || !isDigit(text.front()))
                return false;
            while (!text.empty() && isDigit(text.front()))
                text.remove_prefix(1);
        }
    }
    if (text.empty() || text == "Z" || text == "z")
        return true;
    if (!take(text, '+') && !take(text, '-'))
        return false;
    if (!takeTwoDigits(text, 14))
        return false;
    take(text, ':');
    return text.empty() || (takeTwoDigits(text, 59) && text.empty());
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

bool isMissingText(std::string_view text)
{
    text = trimmed(text);
    if (text.empty())
        return true;
    if (text.size() > 4)
        return false;
    return equalsIgnoringCase(text, "na") || equalsIgnoringCase(text, "nan") || equalsIgnoringCase(text, "null") ||
           equalsIgnoringCase(text, "none") || equalsIgnoringCase(text, "n/a");
}

NumberText readNumber(std::string_view text, double &value)
{
    text = trimmed(text);
    if (isMissingText(text))
        return NumberText::Missing;
    if (text.size() > 1 && text.front() == '+' && text[1] != '-')
        text.remove_prefix(1);
    double parsed = 0;
    const char *end = text.data() + text.size();
    const auto result = fast_float::from_chars(text.data(), end, parsed);
    const bool outOfRange = result.ec == std::errc::result_out_of_range;
    if ((result.ec != std::errc{} && !outOfRange) || result.ptr != end)
        return NumberText::NotANumber;
    if (std::isnan(parsed))
        return NumberText::Missing;
    if (std::isinf(parsed))
        return NumberText::Infinite;
    value = parsed;
    return NumberText::Finite;
}

std::optional<std::int32_t> readDay(std::string_view text)
{
    text = trimmed(text);
    const auto day = [](std::string_view date) -> std::optional<std::int32_t> {
        const auto parsed = parseDate(date);
        if (!parsed)
            return std::nullopt;
        return static_cast<std::int32_t>(parsed->time_since_epoch().count());
    };
    switch (text.size()) {
    case 4:
        return day(std::string(text) + "-01-01");
    case 7:
        return day(std::string(text) + "-01");
    case 10:
        return day(text);
    default:
        if (text.size() < 16 || !isTimeOfDay(text.substr(10)))
            return std::nullopt;
        return day(text.substr(0, 10));
    }
}

bool isValidUtf8(std::string_view text)
{
    std::size_t i = 0;
    while (i < text.size()) {
        std::uint64_t word = 0;
        if (i + sizeof word <= text.size()) { // eight plain characters at once
            std::memcpy(&word, text.data() + i, sizeof word);
            if ((word & 0x8080808080808080U) == 0) {
                i += sizeof word;
                continue;
            }
        }
        const auto lead = static_cast<unsigned char>(text[i]);
        std::size_t length = 1;
        if (lead >= 0x80) {
            length = lead >= 0xF0 && lead <= 0xF4 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
            if (length == 0 || lead > 0xF4 || i + length > text.size())
                return false;
            const auto second = static_cast<unsigned char>(text[i + 1]);
            if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) || (lead == 0xF0 && second < 0x90) ||
                (lead == 0xF4 && second > 0x8F))
                return false;
        }
        for (std::size_t k = 1; k < length; ++k) {
            if ((static_cast<unsigned char>(text[i + k]) & 0xC0U) != 0x80)
                return false;
        }
        i += length;
    }
    return true;
}

std::string utf8FromWindows1252(std::string_view text)
{
    // 0x80 to 0x9F; the five that Windows leaves free stand for themselves, as browsers read them.
    static constexpr std::array<std::uint16_t, 32> high{0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
                                                        0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};
    std::string utf8;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const unsigned point = byte >= 0x80 && byte < 0xA0 ? high[byte - 0x80U] : byte;
        if (point < 0x80) {
            utf8 += c;
        } else if (point < 0x800) {
            utf8 += static_cast<char>(0xC0U | (point >> 6U));
            utf8 += static_cast<char>(0x80U | (point & 0x3FU));
        } else {
            utf8 += static_cast<char>(0xE0U | (point >> 12U));
            utf8 += static_cast<char>(0x80U | ((point >> 6U) & 0x3FU));
            utf8 += static_cast<char>(0x80U | (point & 0x3FU));
        }
    }
    return utf8;
}

std::string utf8Of(std::string_view text)
{
    return isValidUtf8(text) ? std::string(text) : utf8FromWindows1252(text);
}

std::string quotedExcerpt(std::string_view text)
{
    const std::string whole = utf8Of(text);
    std::string shown;
    std::size_t characters = 0;
    for (const char c : whole) {
        if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80 && ++characters > 40)
            return '"' + shown + "...\"";
        shown += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return '"' + shown + '"';
}

} // namespace countersign
