// SPDX-License-Identifier: GPL-3.0-or-later
//
// An inventory kept as CSV becomes models: read the table, guess which column is which field, check row by row.
#pragma once

#include "core/domain/registry.h"

namespace countersign {

/// A small table as text. Line numbers count from 1 and are those of the file, for messages.
struct TextTable
{
    std::string source; ///< file name
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows; ///< each as wide as the header
    std::vector<std::int64_t> lines;            ///< line on which each row begins
    std::vector<std::string> warnings;          ///< rows left out for their shape, by line
};

/// Reads CSV (comma, semicolon or tab; quotes; UTF-8 with or without BOM). Throws InvalidInput or Io.
[[nodiscard]] TextTable readTextTable(const std::string &path);

/// The fields of a model that can be imported, in the order of the preview.
struct ImportField
{
    std::string name;  ///< member of Model
    std::string title; ///< for people
    bool required = false;
    std::string help;
};
[[nodiscard]] const std::vector<ImportField> &importFields();

/// Field name to column index; fields not mapped are absent.
using ImportMapping = std::map<std::string, std::size_t>;
[[nodiscard]] ImportMapping guessMapping(const std::vector<std::string> &header);

struct ImportRow
{
    std::int64_t line = 0;
    Model model;
    std::vector<std::string> errors;   ///< the row is left out when there are any
    std::vector<std::string> warnings; ///< "no stage given: proposed"
};

struct ImportPlan
{
    std::vector<ImportRow> rows;
    std::vector<std::string> unmappedColumns;

    [[nodiscard]] std::int64_t good() const;
};

/// Checks every row: required fields, words, dates (ISO, or day.month.year), ids unique in the file and in `registry`.
[[nodiscard]] ImportPlan planImport(const TextTable &table, const ImportMapping &mapping, const Registry &registry);

/// The report of an import as CSV: line, model id, name, result, reason.
[[nodiscard]] std::string importReportCsv(const ImportPlan &plan);

/// The inventory as CSV with the import's own headings: what is exported can be imported again. Cells that a
/// spreadsheet would take for a formula are defused with a leading apostrophe.
[[nodiscard]] std::string inventoryCsv(const std::vector<const Model *> &models);

} // namespace countersign
