// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/inventorycommands.h"

#include "app/cli/columnoptions.h"
#include "core/base/replacefile.h"
#include "core/workspace/importer.h"
#include "core/workspace/must.h"

#include <algorithm>
#include <ostream>

namespace countersign::cli {

void ImportInventoryCommand::configure(CLI::App &app)
{
    app.add_option("file", m_file, "Workspace file")->required();
    app.add_option("csv", m_csv, "Inventory: CSV in UTF-8 with a line of headings")->required();
    addColumnOption(app, m_columns);
    app.add_option("--report", m_report, "Write a CSV here that says what became of each row");
    app.add_flag("--dry-run", m_dryRun, "Check the rows and import nothing");
    m_signer.add(app);
}

ExitCode ImportInventoryCommand::run(std::ostream &out, std::ostream &err)
{
    const TextTable table = readTextTable(m_csv);
    const ImportMapping columns =
        chosenColumns(m_columns, table.header, m_csv, importFields(), guessMapping(table.header), "a model");
    const Desk desk(m_signer.keystore);
    const auto workspace =
        m_dryRun ? must(Workspace::open(desk.environment(), m_file, true)) : m_signer.open(desk, m_file, err);
    const ImportPlan plan = must(checkInventory(table, columns, workspace->policy(), workspace->registry()));
    for (const std::string &warning : table.warnings)
        err << m_csv << ": " << warning << '\n';
    std::vector<Model> models;
    std::vector<std::string> provenance;
    for (const ImportRow &row : plan.rows) {
        for (const std::string &error : row.errors)
            err << m_csv << ": line " << row.line << ": " << error << '\n';
        if (!row.errors.empty())
            continue;
        models.push_back(row.model);
        provenance.push_back(table.source + ", line " + std::to_string(row.line));
    }
    if (!m_report.empty())
        replaceFile(m_report, importReportCsv(plan));
    for (const std::string &heading : plan.unmappedColumns)
        err << m_csv << ": the column \"" << heading << "\" is not imported\n";
    const std::size_t leftOut = plan.rows.size() - models.size() + table.warnings.size();
    if (!m_dryRun)
        must(workspace->registerModels(models, provenance));
    out << "rows: " << plan.rows.size() + table.warnings.size() << "\nimported: " << (m_dryRun ? 0 : models.size())
        << "\ngood: " << models.size() << "\nleft out: " << leftOut << '\n';
    return Success;
}

void InventoryCommand::configure(CLI::App &app)
{
    app.add_option("file", m_file, "Workspace file")->required();
    app.add_option("--format", m_format, "csv or json")->check(CLI::IsMember({"csv", "json"}))->capture_default_str();
    app.add_option("--as-of", m_asOf, "The inventory as it stood at the end of this day, UTC");
}

ExitCode InventoryCommand::run(std::ostream &out, std::ostream &err)
{
    const auto day = parseDate(m_asOf);
    if (!m_asOf.empty() && !day)
        throw UsageError("--as-of " + m_asOf + ": expected a day like 2026-12-31.");
    const Desk desk;
    ExitCode code = Success;
    const auto workspace = openForReading(desk, m_file, err, code);
    const Registry registry = day ? must(workspace->asOf(*day)) : workspace->registry();
    std::vector<const Model *> models;
    models.reserve(registry.models.size());
    for (const auto &[id, model] : registry.models)
        models.push_back(&model);
    std::sort(models.begin(), models.end(), [](const Model *a, const Model *b) { return a->reference < b->reference; });
    if (m_format == "csv") {
        out << inventoryCsv(models);
    } else {
        json::array all;
        for (const Model *model : models)
            all.push_back(toJson(*model));
        out << json::serialize(json::object{{"models", std::move(all)}}) << '\n';
    }
    return code;
}

} // namespace countersign::cli
