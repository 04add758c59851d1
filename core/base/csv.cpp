// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/csv.h"

#include <algorithm>
#include <array>

namespace countersign {

namespace {

/// What spreadsheets take for the beginning of a formula, the full-width forms included.
bool startsLikeFormula(std::string_view text)
{
    if (text.empty())
        return false;
    if (std::string_view("=+-@\t\r\n").find(text.front()) != std::string_view::npos)
        return true;
    constexpr std::array<std::string_view, 4> kFullWidth{"\uff1d", "\uff0b", "\uff0d", "\uff20"};
    return std::any_of(kFullWidth.begin(), kFullWidth.end(), [&](auto form) { return text.starts_with(form); });
}

std::string_view behindApostrophes(std::string_view text)
{
    const auto first = text.find_first_not_of('\'');
    return first == std::string_view::npos ? std::string_view() : text.substr(first);
}

} // namespace

std::string csvCell(std::string_view text, bool defuse)
{
    std::string value;
    if (defuse && startsLikeFormula(behindApostrophes(text)))
        value = "'";
    value += text;
    if (value.find_first_of("\",;\t\r\n") == std::string::npos)
        return value;
    std::string quoted = "\"";
    for (const char c : value) {
        if (c == '"')
            quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

std::string csvLine(const std::vector<std::string> &cells)
{
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0)
            line += ',';
        line += csvCell(cells[i]);
    }
    return line + "\r\n";
}

std::string_view withoutDefusing(std::string_view text)
{
    if (text.starts_with('\'') && startsLikeFormula(behindApostrophes(text)))
        return text.substr(1);
    return text;
}

} // namespace countersign
