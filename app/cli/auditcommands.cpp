// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/auditcommands.h"

#include "core/report/reports.h"
#include "core/workspace/must.h"

#include <ostream>

namespace countersign::cli {

void CheckpointCommand::configure(CLI::App &app)
{
    app.add_option("file", m_file, "Workspace file")->required();
}

ExitCode CheckpointCommand::run(std::ostream &out, std::ostream &err)
{
    const Desk desk;
    ExitCode code = Success;
    const auto workspace = openForReading(desk, m_file, err, code);
    out << must(workspace->checkpoint());
    return code;
}

void EvidenceCommand::configure(CLI::App &app)
{
    app.add_option("file", m_file, "Workspace file")->required();
    app.add_option("--out", m_folder, "Folder to make; must not be there, or be empty")->required();
}

ExitCode EvidenceCommand::run(std::ostream &out, std::ostream &err)
{
    const Desk desk;
    ExitCode code = Success;
    const auto workspace = openForReading(desk, m_file, err, code);
    must(workspace->exportEvidence(m_folder));
    out << "made: " << m_folder << "\nentries: " << workspace->verification().head.size
        << "\nroot: " << workspace->verification().head.root.hex() << '\n';
    return code;
}

void HistoryCommand::configure(CLI::App &app)
{
    app.add_option("file", m_file, "Workspace file")->required();
    app.add_option("--model", m_model, "Only the model with this reference");
    app.add_option("--format", m_format, "text or csv")->check(CLI::IsMember({"text", "csv"}))->capture_default_str();
}

ExitCode HistoryCommand::run(std::ostream &out, std::ostream &err)
{
    const Desk desk;
    ExitCode code = Success;
    const auto workspace = openForReading(desk, m_file, err, code);
    Registry registry = workspace->registry();
    if (!m_model.empty()) {
        const Model *model = registry.modelByReference(m_model);
        if (model == nullptr)
            throw Exception(ErrorCode::NotFound, "There is no model with the reference " + m_model + ".");
        std::erase_if(registry.timeline, [&](const TimelineItem &item) { return item.model != model->id; });
    }
    if (m_format == "csv") {
        out << timelineCsv(registry);
        return code;
    }
    for (const TimelineItem &item : registry.timeline) {
        out << item.seq << "  " << toString(item.at) << "  " << item.authorName << ": " << item.summary << '\n';
        if (!item.forbidden.empty())
            out << "    forbidden: " << item.forbidden << '\n';
    }
    return code;
}

} // namespace countersign::cli
