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
        if (trimmed(text).empty())
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

void noteDefaults(ImportRow &row, const ImportMapping &mapping, const std::vector<std::string> &cells)
{
    const auto given = [&](const char *field) {
        const auto at = mapping.find(field);
        return at != mapping.end() && !trimmed(cells[at->second]).empty();
    };
    if (!given("stage"))
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
    ImportMapping mapping;
    std::vector<bool> taken(header.size(), false);
    const auto take = [&](const InventoryColumn &column, auto matches) {
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
    for (const InventoryColumn &column : inventoryColumns())
        take(column, [&](const std::string &key) {
            return key == headingKey(column.field.title) || key == headingKey(column.field.name);
        });
    for (const InventoryColumn &column : inventoryColumns())
        take(column, [&](const std::string &key) {
            return std::find(column.synonyms.begin(), column.synonyms.end(), key) != column.synonyms.end();
        });
    return mapping;
}

ImportPlan planImport(const TextTable &table, const ImportMapping &mapping, const Registry &registry)
{
    for (const InventoryColumn &column : inventoryColumns())
        if (column.field.required && !mapping.contains(column.field.name))
            throw Exception(ErrorCode::InvalidInput,
                            "No column of " + table.source + " is chosen for " + column.field.title + ".",
                            "Choose the column: every model needs a reference, a name, a purpose and an owner.");
    for (const auto &[field, index] : mapping)
        if (index >= table.header.size())
            throw Exception(ErrorCode::InvalidInput, columnOf(field).field.title + " is mapped to column " +
                                                         std::to_string(index + 1) + ", but " + table.source + " has " +
                                                         std::to_string(table.header.size()) + ".");

    ImportPlan plan;
    for (std::size_t i = 0; i < table.header.size(); ++i)
        if (std::none_of(mapping.begin(), mapping.end(), [&](const auto &entry) { return entry.second == i; }))
            plan.unmappedColumns.push_back(table.header[i]);

    std::set<std::string> registered;
    for (const auto &[id, model] : registry.models)
        registered.insert(foldedName(model.reference));
    std::map<std::string, std::int64_t> lineOfReference;
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        ImportRow row = readRow(table.rows[i], mapping);
        row.line = table.lines[i];
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
