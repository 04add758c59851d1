// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/texttable.h"

#include "core/base/error.h"
#include "core/exchange/csv.h"
#include "core/exchange/wholefile.h"
#include "core/log/canonical.h"

#include <algorithm>
#include <boost/filesystem.hpp>
#include <charconv>
#include <optional>

namespace countersign {

namespace {

constexpr std::uintmax_t kLargestTable = 256ULL * 1024 * 1024; // an inventory of 100,000 models is about 60 MB

std::int64_t lineAt(std::string_view text, std::size_t offset)
{
    return 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n');
}

/// Line of the first one that is not valid UTF-8.
std::int64_t firstBadLine(std::string_view text)
{
    std::int64_t line = 1;
    for (std::size_t begin = 0; begin < text.size(); ++line) {
        const auto end = std::min(text.find('\n', begin), text.size());
        if (!validUtf8(text.substr(begin, end - begin)))
            break;
        begin = end + 1;
    }
    return line;
}

std::string_view checkedText(std::string_view bytes, const std::string &name)
{
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"))
        throw Exception(ErrorCode::InvalidInput, name + " is UTF-16 text.", "Save it as CSV UTF-8 and try again.");
    if (bytes.starts_with("\xEF\xBB\xBF"))
        bytes.remove_prefix(3);
    if (bytes.find_first_not_of(" \t\r\n") == std::string_view::npos)
        throw Exception(ErrorCode::InvalidInput, name + " is empty.",
                        "It needs a line of headings and lines below it.");
    if (const auto nul = bytes.find('\0'); nul != std::string_view::npos)
        throw Exception(ErrorCode::InvalidInput,
                        name + " holds a NUL byte on line " + std::to_string(lineAt(bytes, nul)) + ": it is not text.",
                        "Save it as CSV UTF-8 and try again.");
    if (!validUtf8(bytes))
        throw Exception(ErrorCode::InvalidInput,
                        name + " is not UTF-8 text, first on line " + std::to_string(firstBadLine(bytes)) + ".",
                        "Save it as CSV UTF-8 and try again.");
    return bytes;
}

std::optional<int> number(std::string_view text)
{
    int value = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || code != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

} // namespace

TextTable readTextTable(const std::string &path)
{
    TextTable table;
    table.source = boost::filesystem::path(path).filename().string();
    const std::string bytes = readWholeFile(path, kLargestTable);
    const std::string_view text = checkedText(bytes, table.source);
    auto records = parseCsv(text, guessDelimiter(text));
    table.header = std::move(records.front().fields);
    for (std::size_t i = 1; i < records.size(); ++i) {
        auto &record = records[i];
        if (record.fields.size() != table.header.size()) {
            const auto what = std::to_string(record.fields.size()) + " fields where the headings have " +
                              std::to_string(table.header.size());
            table.warnings.push_back("Line " + std::to_string(record.line) + " has " + what + ": left out.");
            table.misshapen.push_back({record.line, what});
            continue;
        }
        table.lines.push_back(record.line);
        table.rows.push_back(std::move(record.fields));
    }
    if (records.size() == 1)
        throw Exception(ErrorCode::InvalidInput, table.source + " has a line of headings and nothing below it.",
                        "It needs lines below the headings.");
    return table;
}

std::string headingKey(std::string_view heading)
{
    std::string key;
    for (const char c : heading) {
        if (c >= 'A' && c <= 'Z')
            key += static_cast<char>(c - 'A' + 'a');
        else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80)
            key += c;
    }
    return key;
}

std::string trimmedCell(std::string_view text)
{
    constexpr std::string_view kSpaces = " \t\r\n";
    const auto first = text.find_first_not_of(kSpaces);
    if (first == std::string_view::npos)
        return {};
    return std::string(text.substr(first, text.find_last_not_of(kSpaces) - first + 1));
}

Date readDay(const std::string &text)
{
    if (const auto iso = parseDate(text))
        return *iso;
    const auto first = text.find('.');
    const auto second = first == std::string::npos ? first : text.find('.', first + 1);
    if (second != std::string::npos) {
        const auto view = std::string_view(text);
        const auto day = number(view.substr(0, first));
        const auto month = number(view.substr(first + 1, second - first - 1));
        const auto year = number(view.substr(second + 1));
        if (day && month && year && *day > 0 && *month > 0 && text.size() - second - 1 == 4) {
            const std::chrono::year_month_day date{std::chrono::year(*year),
                                                   std::chrono::month(static_cast<unsigned>(*month)),
                                                   std::chrono::day(static_cast<unsigned>(*day))};
            if (date.ok())
                return Date(date);
        }
    }
    throw Exception(ErrorCode::InvalidInput, "\"" + text + "\" is not a date: write 2026-11-24 or 24.11.2026.");
}

std::vector<std::string> unmappedColumns(const TextTable &table, const ImportMapping &mapping)
{
    for (const auto &[field, index] : mapping)
        if (index >= table.header.size())
            throw Exception(ErrorCode::InvalidInput, "The field " + field + " is mapped to column " +
                                                         std::to_string(index + 1) + ", but " + table.source + " has " +
                                                         std::to_string(table.header.size()) + ".");
    std::vector<std::string> unmapped;
    for (std::size_t i = 0; i < table.header.size(); ++i)
        if (std::none_of(mapping.begin(), mapping.end(), [&](const auto &entry) { return entry.second == i; }))
            unmapped.push_back(table.header[i]);
    return unmapped;
}

} // namespace countersign
