// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/usagecommand.h"

#include "app/cli/columnoptions.h"
#include "core/base/replacefile.h"
#include "core/workspace/importer.h"
#include "core/workspace/must.h"

#include <ostream>

namespace countersign::cli {

void UsageCommand::configure(CLI::App &app)
{
    app.require_subcommand(1);
    auto *import = app.add_subcommand("import", "Import usage from CSV as one entry, all rows or none");
    import->add_option("csv", m_csv, "CSV in UTF-8 with a line of headings: model, period, predictions, ...")
        ->required();
    import->add_option("--workspace", m_workspace, "Workspace file")->required();
    addColumnOption(*import, m_columns);
    import->add_option("--report", m_report, "Write a CSV here that says what became of each row");
    import->add_flag("--leave-out-faulty", m_leaveOut, "Import the good rows although others are at fault");
    import->add_flag("--dry-run", m_dryRun, "Check the rows and import nothing");
    m_signer.add(*import);
}

ExitCode UsageCommand::run(std::ostream &out, std::ostream &err)
{
    const TextTable table = must(openInventory(m_csv));
    const ImportMapping columns =
        chosenColumns(m_columns, table.header, m_csv, usageFields(), guessUsageMapping(table.header), "a usage report");
    const Desk desk(m_signer.keystore);
    const auto workspace =
        m_dryRun ? must(Workspace::open(desk.environment(), m_workspace, true)) : m_signer.open(desk, m_workspace, err);
    const UsagePlan plan = must(checkUsage(table, columns, workspace->registry(), workspace->today()));
    for (const UsageRow &row : plan.rows)
        if (row.state == UsageRowState::good || row.state == UsageRowState::bad)
            for (const std::string &remark : row.errors.empty() ? row.warnings : row.errors)
                err << m_csv << ": line " << row.line << ": " << remark << '\n';
    for (const std::string &heading : plan.unmappedColumns)
        err << m_csv << ": the column \"" << heading << "\" is not imported\n";
    const auto faulty = plan.count(UsageRowState::bad);
    const bool refused = faulty > 0 && !m_leaveOut;
    const auto reports = plan.reports();
    const bool imports = !refused && !m_dryRun;
    Result<std::vector<UsageId>> recorded = std::vector<UsageId>{};
    if (imports) {
        if (!m_report
                 .empty()) // first as it stands now: a place that takes no file is known before anything is recorded
            replaceFile(m_report, usageReportCsv(plan, false));
        recorded = workspace->recordUsages(reports);
    }
    if (!m_report.empty())
        writeReport(plan, imports && recorded && !reports.empty());
    must(std::move(recorded));
    out << "rows: " << plan.rows.size() << "\nimported: " << (imports ? reports.size() : 0)
        << "\ngood: " << reports.size() << "\nin the register already: " << plan.count(UsageRowState::known)
        << "\nat fault: " << faulty << '\n';
    if (refused)
        err << m_csv << ": nothing was imported; correct the rows, or give --leave-out-faulty\n";
    return refused ? JobFailed : Success;
}

void UsageCommand::writeReport(const UsagePlan &plan, bool imported) const
{
    try {
        replaceFile(m_report, usageReportCsv(plan, imported));
    } catch (const Exception &failure) {
        if (!imported)
            throw;
        throw Exception(ErrorCode::Io,
                        "The rows are recorded; only the report could not be written: " + failure.error().what,
                        "Give --report another place and run the command again: no row is recorded twice.");
    }
}

} // namespace countersign::cli
