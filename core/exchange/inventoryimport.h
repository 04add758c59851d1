// SPDX-License-Identifier: GPL-3.0-or-later
//
// An inventory kept as CSV becomes models: read the table, guess which column is which field, check row by row.
#pragma once

#include "core/domain/registry.h"
#include "core/exchange/texttable.h"

namespace countersign {

/// The fields of a model that can be imported, in the order of the preview.
[[nodiscard]] const std::vector<ImportField> &importFields();

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

/// A stage that the policy adds, as its column may name it.
struct StageWord
{
    std::string id;
    std::string label;
    Stage countsAs = Stage::proposed;
};

/// Checks every row: required fields, words, dates (ISO, or day.month.year), ids unique in the file and in `registry`,
/// stages of the policy among `stages`.
[[nodiscard]] ImportPlan planImport(const TextTable &table, const ImportMapping &mapping, const Registry &registry,
                                    const std::vector<StageWord> &stages = {});

/// The report of an import as CSV: line, model id, name, result, reason.
[[nodiscard]] std::string importReportCsv(const ImportPlan &plan);

/// The inventory as CSV with the import's own headings: what is exported can be imported again. Cells that a
/// spreadsheet would take for a formula are defused with a leading apostrophe.
[[nodiscard]] std::string inventoryCsv(const std::vector<const Model *> &models);

} // namespace countersign
