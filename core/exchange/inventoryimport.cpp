// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/inventoryimport.h"

#include "core/base/csv.h"
#include "core/domain/text.h"
#include "core/exchange/inventoryfields.h"

#include <algorithm>

namespace countersign {

namespace {

const InventoryColumn &columnOf(const std::string &field)
{
    const auto &columns = inventoryColumns();
    const auto found = std::find_if(columns.begin(), columns.end(),
                                    [&](const InventoryColumn &column) { return column.field.name == field; });
    if (found == columns.end())
        throw Exception(ErrorCode::InvalidInput, "A model has no field \"" + field + "\".");
    return *found;
}

/// Reads one row cell by cell; what is wrong with a cell is an error of the row.
ImportRow readRow(const std::vector<std::string> &cells, const ImportMapping &mapping)
{
    ImportRow row;
    for (const auto &[field, index] : mapping) {
        const InventoryColumn &column = columnOf(field);
        const std::string text(withoutDefusing(cells[index]));
        if (trimmedCell(text).empty())
            continue;
        try {
            column.read(text, row.model);
        } catch (const Exception &exception) {
            row.errors.push_back(column.field.title + ": " + exception.error().what);
        }
    }
    return row;
}

void checkRequired(ImportRow &row)
{
    for (const InventoryColumn &column : inventoryColumns())
        if (column.field.required && column.write(row.model).empty())
            row.errors.push_back(column.field.title + " is missing.");
}

/// The register's own rules for a model, so that what the preview accepts is accepted at the import too.
void checkAsRegistered(ImportRow &row)
{
    static const UserId importer("importer");
    Registry empty;
    empty.users.emplace(importer, User{importer, "importer", {}, {}, {}, true, -1});
    Model model = row.model;
    model.id = ModelId("row");
    try {
        checkConsistent(empty, {1, {}, importer, {ModelRegistered{model, {}}}});
    } catch (const Exception &exception) {
        row.errors.push_back(exception.error().what);
    }
}

bool isGiven(const char *field, const ImportMapping &mapping, const std::vector<std::string> &cells)
{
    const auto at = mapping.find(field);
    return at != mapping.end() && !trimmedCell(cells[at->second]).empty();
}

/// A stage of the policy brings the built-in one that it counts as.
void placeInPolicyStage(ImportRow &row, const std::vector<StageWord> &stages, const ImportMapping &mapping,
                        const std::vector<std::string> &cells)
{
    auto &model = row.model;
    if (model.policyStage.empty())
        return;
    const auto key = headingKey(model.policyStage);
    const auto found = std::ranges::find_if(
        stages, [&](const StageWord &stage) { return key == headingKey(stage.id) || key == headingKey(stage.label); });
    if (found == stages.end()) {
        row.errors.push_back("Policy stage: the policy in force has no stage \"" + model.policyStage + "\".");
        return;
    }
    model.policyStage = found->id;
    if (!isGiven("stage", mapping, cells))
        model.stage = found->countsAs;
    else if (model.stage != found->countsAs)
        row.errors.push_back("Policy stage: " + found->label + " counts as " + displayName(found->countsAs) +
                             ", not as " + displayName(model.stage) + ".");
}

void noteDefaults(ImportRow &row, const ImportMapping &mapping, const std::vector<std::string> &cells)
{
    const auto given = [&](const char *field) { return isGiven(field, mapping, cells); };
    if (!given("stage") && row.model.policyStage.empty())
        row.warnings.push_back("No stage given: " + displayName(row.model.stage) + ".");
    if (row.model.origin == Origin::vendor && row.model.vendor.empty())
        row.warnings.push_back("No vendor given for a vendor model.");
    if (row.model.stage != Stage::retired && !given("nextReviewOn"))
        row.warnings.push_back("No next review given.");
}

} // namespace

std::int64_t ImportPlan::good() const
{
    return std::count_if(rows.begin(), rows.end(), [](const ImportRow &row) { return row.errors.empty(); });
}

const std::vector<ImportField> &importFields()
{
    static const std::vector<ImportField> fields = [] {
        std::vector<ImportField> all;
        for (const InventoryColumn &column : inventoryColumns())
            all.push_back(column.field);
        return all;
    }();
    return fields;
}

ImportMapping guessMapping(const std::vector<std::string> &header)
{
    return guessColumns(header, inventoryColumns());
}

ImportPlan planImport(const TextTable &table, const ImportMapping &mapping, const Registry &registry,
                      const std::vector<StageWord> &stages)
{
    for (const InventoryColumn &column : inventoryColumns())
        if (column.field.required && !mapping.contains(column.field.name))
            throw Exception(ErrorCode::InvalidInput,
                            "No column of " + table.source + " is chosen for " + column.field.title + ".",
                            "Choose the column: every model needs a reference, a name, a purpose and an owner.");
    ImportPlan plan;
    plan.unmappedColumns = unmappedColumns(table, mapping);
    std::set<std::string> registered;
    for (const auto &[id, model] : registry.models)
        registered.insert(foldedName(model.reference));
    std::map<std::string, std::int64_t> lineOfReference;
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        ImportRow row = readRow(table.rows[i], mapping);
        row.line = table.lines[i];
        placeInPolicyStage(row, stages, mapping, table.rows[i]);
        if (row.model.stage == Stage::retired && row.model.retirementReason.empty())
            row.model.retirementReason = "Not stated in the imported inventory.";
        checkRequired(row);
        if (row.errors.empty())
            checkAsRegistered(row);
        if (const std::string key = foldedName(row.model.reference); !key.empty()) {
            if (registered.contains(key))
                row.errors.push_back("Reference " + row.model.reference + " is in the inventory already.");
            const auto [first, isNew] = lineOfReference.emplace(key, row.line);
            if (!isNew)
                row.errors.push_back("Reference " + row.model.reference + " is on line " +
                                     std::to_string(first->second) + " already.");
        }
        noteDefaults(row, mapping, table.rows[i]);
        plan.rows.push_back(std::move(row));
    }
    return plan;
}

std::string importReportCsv(const ImportPlan &plan)
{
    const auto joined = [](const std::vector<std::string> &texts) {
        std::string all;
        for (const auto &text : texts)
            all += (all.empty() ? "" : " ") + text;
        return all;
    };
    std::string csv = csvLine({"Line", "Reference", "Name", "Result", "Reason"});
    for (const ImportRow &row : plan.rows) {
        const bool good = row.errors.empty();
        csv += csvLine({std::to_string(row.line), row.model.reference, row.model.name, good ? "imported" : "left out",
                        joined(good ? row.warnings : row.errors)});
    }
    return csv;
}

std::string inventoryCsv(const std::vector<const Model *> &models)
{
    std::vector<std::string> cells;
    for (const InventoryColumn &column : inventoryColumns())
        cells.push_back(column.field.title);
    std::string csv = csvLine(cells);
    for (const Model *model : models) {
        cells.clear();
        for (const InventoryColumn &column : inventoryColumns())
            cells.push_back(column.write(*model));
        csv += csvLine(cells);
    }
    return csv;
}

} // namespace countersign
