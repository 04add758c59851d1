// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/csv.h"
#include "core/exchange/inventoryimport.h"
#include "core/exchange/wholefile.h"
#include "core/log/canonical.h"

#include <algorithm>
#include <boost/filesystem.hpp>

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
                        "It needs a line of headings and a line for each model.");
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
            table.warnings.push_back("Line " + std::to_string(record.line) + " has " +
                                     std::to_string(record.fields.size()) + " fields where the headings have " +
                                     std::to_string(table.header.size()) + ": left out.");
            continue;
        }
        table.lines.push_back(record.line);
        table.rows.push_back(std::move(record.fields));
    }
    if (records.size() == 1)
        throw Exception(ErrorCode::InvalidInput, table.source + " has a line of headings and nothing below it.",
                        "It needs a line for each model.");
    return table;
}

} // namespace countersign
