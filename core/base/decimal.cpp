// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/decimal.h"

#include <array>
#include <charconv>
#include <cstdio>

namespace countersign {

std::string decimalFromDouble(double value)
{
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    return {text.data(), end};
}

std::optional<double> doubleFromDecimal(std::string_view text)
{
    double value = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code != std::errc{} || end != text.data() + text.size() || text.empty())
        return std::nullopt;
    return value;
}

std::string fullPrecision(double value)
{
    std::array<char, 40> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::general, 17).ptr;
    return {text.data(), end};
}

std::string fixed(double value, int decimals)
{
    std::array<char, 360> text{};
    const auto end =
        std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, decimals).ptr;
    return {text.data(), end};
}

std::string smallNumber(double value)
{
    constexpr double least = 0.001;
    constexpr int decimals = 3;
    return value < least ? "under " + fixed(least, decimals) : fixed(value, decimals);
}

} // namespace countersign
