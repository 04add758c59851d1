// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/policycommand.h"

#include "core/base/decimal.h"
#include "core/base/prettyjson.h"
#include "core/exchange/wholefile.h"
#include "core/policy/peoplechecks.h"
#include "core/workspace/must.h"

#include <algorithm>
#include <ostream>

namespace countersign::cli {

void PolicyCommand::configure(CLI::App &app)
{
    app.require_subcommand(1);
    m_check = app.add_subcommand("check", "Name each fault of a pack with its line; exit code 1 when there is one");
    m_format = app.add_subcommand("format", "Write a pack in the form that the editor writes");
    m_simulate = app.add_subcommand("simulate", "Say which models would move tier, what would become overdue, and "
                                                "which approvals nobody could give");
    m_publish = app.add_subcommand("publish", "Put a pack in force by a signed entry");
    for (auto *each : {m_check, m_format, m_simulate, m_publish})
        each->add_option("pack", m_pack, "Policy pack (JSON)")->required();
    for (auto *each : {m_simulate, m_publish})
        each->add_option("--workspace", m_workspace, "Workspace file")->required();
    m_check->add_option("--workspace", m_workspace,
                        "Workspace file: also name permissions and approvals that nobody in it could use or give");
    m_simulate->add_option("--format", m_outputFormat, "text or json")
        ->check(CLI::IsMember({"text", "json"}))
        ->capture_default_str();
    m_signer.add(*m_publish);
}

ExitCode PolicyCommand::run(std::ostream &out, std::ostream &err)
{
    if (m_simulate->parsed())
        return simulate(out, err);
    if (m_publish->parsed())
        return publish(out, err);
    return m_check->parsed() ? check(out, err) : format(out);
}

void PolicyCommand::tell(std::ostream &to, const std::vector<PolicyFault> &faults) const
{
    for (const auto &fault : faults)
        to << m_pack << ':' << fault.line << ": " << (fault.blocks ? "" : "warning: ")
           << (fault.path.empty() ? "" : fault.path + ": ") << fault.what << '\n';
}

bool PolicyCommand::isSound(std::ostream &to) const
{
    const auto faults = checkPolicyText(readWholeFile(m_pack), dateOf(SystemClock().now()));
    tell(to, faults);
    return faults.empty();
}

ExitCode PolicyCommand::check(std::ostream &out, std::ostream &err)
{
    if (!isSound(out))
        return JobFailed;
    ExitCode code = Success;
    const auto text = readWholeFile(m_pack);
    const auto pack = parsePolicyPack(text);
    tell(out, independenceWarnings(pack, text));
    if (!m_workspace.empty()) {
        const Desk desk;
        const auto workspace = openForReading(desk, m_workspace, err, code);
        const auto faults = peopleFaults(pack, text, workspace->registry());
        tell(out, faults);
        if (std::ranges::any_of(faults, &PolicyFault::blocks))
            return JobFailed;
    }
    out << m_pack << ": no faults\n";
    return code;
}

ExitCode PolicyCommand::format(std::ostream &out)
{
    out << policyPackText(parsePolicyPack(readWholeFile(m_pack)));
    return Success;
}

ExitCode PolicyCommand::simulate(std::ostream &out, std::ostream &err)
{
    if (!isSound(err))
        return JobFailed;
    const Desk desk;
    ExitCode code = Success;
    const auto workspace = openForReading(desk, m_workspace, err, code);
    const Simulation found = must(workspace->simulatePolicy(readWholeFile(m_pack)));
    if (m_outputFormat == "json") {
        out << prettyJson(toJson(found)) << '\n';
        return code;
    }
    out << counted(found.models, "model", "models") << ", " << found.moves.size() << " would move, "
        << counted(found.overdue.size(), "item", "items") << " would become overdue, "
        << counted(found.unmet.size(), "approval", "approvals") << " could not be met, "
        << counted(found.stages.size(), "model stands", "models stand") << " in a stage that vanishes, "
        << counted(found.stale.size(), "signature", "signatures") << " would become stale, "
        << counted(found.unrated, "model is", "models are") << " without a tier\n";
    for (const auto &move : found.moves)
        out << "moves:   " << move.reference << ' ' << move.name << ": " << move.fromLabel << " -> " << move.toLabel
            << ". " << move.why << '\n';
    for (const auto &item : found.overdue)
        out << "overdue: " << item.reference << ' ' << item.what << ", due " << toString(item.due) << ". " << item.why
            << '\n';
    for (const auto &item : found.unmet)
        out << "unmet:   " << item.subject << ": " << item.why << '\n';
    for (const auto &lost : found.stages)
        out << "stage:   " << lost.reference << ' ' << lost.name << ": " << lost.stage << ". " << lost.why << '\n';
    for (const auto &decision : found.stale)
        out << "stale:   " << decision.reference << " version " << decision.version << ", " << decision.signer << ", "
            << toString(decision.signedOn) << ": " << decision.why << '\n';
    return code;
}

ExitCode PolicyCommand::publish(std::ostream &out, std::ostream &err)
{
    if (!isSound(err))
        return JobFailed;
    const Desk desk(m_signer.keystore);
    const auto workspace = m_signer.open(desk, m_workspace, err);
    must(workspace->publishPolicy(readWholeFile(m_pack), workspace->registry().policyHash));
    out << "in force: " << workspace->policy().title << ", version " << workspace->policy().version << '\n';
    return Success;
}

} // namespace countersign::cli
