// SPDX-License-Identifier: GPL-3.0-or-later
//
// A small table as text, and which of its columns holds which field: what every import of CSV begins with.
#pragma once

#include "core/base/time.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace countersign {

struct MisshapenRow
{
    std::int64_t line = 0;
    std::string what; ///< "3 fields where the headings have 5"
};

/// Line numbers count from 1 and are those of the file, for messages.
struct TextTable
{
    std::string source; ///< file name
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows; ///< each as wide as the header
    std::vector<std::int64_t> lines;            ///< line on which each row begins
    std::vector<std::string> warnings;          ///< rows left out for their shape, by line
    std::vector<MisshapenRow> misshapen;        ///< the same
};

/// Reads CSV (comma, semicolon or tab; quotes; UTF-8 with or without BOM). Throws InvalidInput or Io.
[[nodiscard]] TextTable readTextTable(const std::string &path);

/// A field that a column can hold.
struct ImportField
{
    std::string name;
    std::string title; ///< for people
    bool required = false;
    std::string help;
};

/// Field name to column index; fields not mapped are absent.
using ImportMapping = std::map<std::string, std::size_t>;

/// A heading without case, spaces and punctuation: "Next review (date)" is "nextreviewdate".
[[nodiscard]] std::string headingKey(std::string_view heading);
[[nodiscard]] std::string trimmedCell(std::string_view text);
/// 2026-11-24, or 24.11.2026. Slashes are refused: 03/04/2026 is two days. Throws InvalidInput.
[[nodiscard]] Date readDay(const std::string &text);

/// The columns of `header` by the titles, names and synonyms of `columns`, whose elements have an ImportField `field`
/// and `synonyms` as headingKey gives them.
template <class Column>
[[nodiscard]] ImportMapping guessColumns(const std::vector<std::string> &header, const std::vector<Column> &columns)
{
    ImportMapping mapping;
    std::vector<bool> taken(header.size(), false);
    const auto take = [&](const Column &column, auto matches) {
        for (std::size_t i = 0; i < header.size(); ++i) {
            if (mapping.contains(column.field.name))
                return;
            if (!taken[i] && matches(headingKey(header[i]))) {
                mapping[column.field.name] = i;
                taken[i] = true;
            }
        }
    };
    // Exact headings first, so that a synonym never takes a column from the field that owns it.
    for (const Column &column : columns)
        take(column, [&](const std::string &key) {
            return key == headingKey(column.field.title) || key == headingKey(column.field.name);
        });
    for (const Column &column : columns)
        take(column, [&](const std::string &key) {
            return std::find(column.synonyms.begin(), column.synonyms.end(), key) != column.synonyms.end();
        });
    return mapping;
}

/// The headings that no field is mapped to. Throws InvalidInput for a field mapped beyond the header.
[[nodiscard]] std::vector<std::string> unmappedColumns(const TextTable &table, const ImportMapping &mapping);

} // namespace countersign
