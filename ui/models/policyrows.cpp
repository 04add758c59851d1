// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/policyrows.h"

#include <algorithm>

#include "core/domain/deadlines.h"
#include "core/policy/approvals.h"
#include "ui/widgets/text.h"
#include "ui/widgets/tr.h"

namespace countersign {

namespace {

QString fullNameIn(const Registry &registry, const UserId &id)
{
    const auto found = registry.users.find(id);
    return found == registry.users.end() ? toQt(id.str()) : toQt(found->second.fullName);
}

BadgeStyle proposalBadge(const PolicyProposal &proposal, bool current, Date today)
{
    const auto status = statusOn(proposal, today);
    if (!current && (status == ProposalStatus::open || status == ProposalStatus::approved))
        return {tr("Overtaken"), Theme::Colour::noData, BadgeShape::square};
    switch (status) {
    case ProposalStatus::open:
        return {tr("Waits for signatures"), Theme::Colour::amber, BadgeShape::ring};
    case ProposalStatus::approved:
        return {tr("Approved"), Theme::Colour::green, BadgeShape::ring};
    case ProposalStatus::refused:
        return {tr("Refused"), Theme::Colour::red, BadgeShape::square};
    case ProposalStatus::withdrawn:
        return {tr("Withdrawn"), Theme::Colour::noData, BadgeShape::square};
    case ProposalStatus::timedOut:
        return {tr("Timed out"), Theme::Colour::noData, BadgeShape::square};
    case ProposalStatus::published:
        break;
    }
    return {tr("Published"), Theme::Colour::green, BadgeShape::circle};
}

} // namespace

std::vector<ProposalRow> proposalRows(const Registry &registry, Date today)
{
    std::vector<ProposalRow> rows;
    for (const auto &[id, proposal] : registry.proposals) {
        const bool current = continuesPolicy(registry, proposal);
        const auto status = statusOn(proposal, today);
        rows.push_back({id, toQt(parsePolicyPack(proposal.text).title), proposal.version, proposal.at,
                        fullNameIn(registry, proposal.by), proposalBadge(proposal, current, today),
                        current && (status == ProposalStatus::open || status == ProposalStatus::approved)});
    }
    std::ranges::sort(rows, std::ranges::greater(), &ProposalRow::at);
    return rows;
}

std::vector<RecordColumn<ProposalRow>> proposalColumns()
{
    using Row = ProposalRow;
    using Column = RecordColumn<Row>;
    return {Column(tr("Policy"), [](const Row &row) { return row.title; }),
            Column(tr("Version"), [](const Row &row) { return countText(row.version); })
                .sortedBy([](const Row &row) { return QVariant(qint64(row.version)); })
                .asNumber(),
            Column(tr("Proposed"), [](const Row &row) { return timeText(row.at); }),
            Column(tr("By"), [](const Row &row) { return row.by; }),
            Column(tr("State"), [](const Row &row) { return row.state.text; }).asBadge([](const Row &row) {
                return row.state;
            })};
}

std::vector<PolicyVersionRow> policyVersionRows(const Registry &registry)
{
    std::vector<PolicyVersionRow> rows;
    for (const auto &[id, policy] : registry.policies) {
        PolicyVersionRow row;
        row.id = id;
        row.title = toQt(parsePolicyPack(policy.text).title);
        row.pack = toQt(policy.pack);
        row.version = policy.version;
        row.at = policy.at;
        row.by = fullNameIn(registry, policy.by);
        row.inForce = policy.text == registry.policyText;
        rows.push_back(row);
    }
    std::ranges::sort(rows, std::ranges::greater(), &PolicyVersionRow::at);
    return rows;
}

std::int64_t nextPolicyVersion(const Registry &registry, const PolicyPack &pack)
{
    std::int64_t next = 1;
    for (const auto &[id, policy] : registry.policies)
        if (policy.pack == pack.id)
            next = std::max(next, policy.version + 1);
    return next == 1 ? pack.version : next;
}

std::vector<RecordColumn<PolicyVersionRow>> policyVersionColumns()
{
    using Row = PolicyVersionRow;
    using Column = RecordColumn<Row>;
    return {Column(tr("Policy"), [](const Row &row) { return row.title; }),
            Column(tr("Version"), [](const Row &row) { return countText(row.version); })
                .sortedBy([](const Row &row) { return QVariant(qint64(row.version)); })
                .asNumber(),
            Column(tr("Published"), [](const Row &row) { return timeText(row.at); }),
            Column(tr("By"), [](const Row &row) { return row.by; }), Column(tr("State"), [](const Row &row) {
                                                                         return row.inForce ? tr("In force")
                                                                                            : tr("Replaced");
                                                                     }).asBadge([](const Row &row) {
                return row.inForce ? BadgeStyle{tr("In force"), Theme::Colour::green, BadgeShape::circle}
                                   : BadgeStyle{tr("Replaced"), Theme::Colour::noData, BadgeShape::ring};
            })};
}

std::vector<RecordColumn<PolicyFault>> faultColumns()
{
    using Column = RecordColumn<PolicyFault>;
    return {Column(tr("Line"), [](const PolicyFault &fault) { return countText(fault.line); })
                .sortedBy([](const PolicyFault &fault) { return QVariant(qint64(fault.line)); })
                .asNumber(),
            Column(tr("Place"), [](const PolicyFault &fault) { return toQt(fault.path); }),
            Column(tr("What is wrong"), [](const PolicyFault &fault) {
                return fault.blocks ? toQt(fault.what) : tr("Warning: %1").arg(toQt(fault.what));
            })};
}

std::vector<RecordColumn<FieldChange>> changeColumns(const QString &before, const QString &after)
{
    using Column = RecordColumn<FieldChange>;
    return {Column(tr("Place"), [](const FieldChange &change) { return toQt(change.field); }),
            Column(before, [](const FieldChange &change) { return toQt(change.before); }),
            Column(after, [](const FieldChange &change) { return toQt(change.after); })};
}

std::vector<RecordColumn<TierMove>> moveColumns()
{
    using Column = RecordColumn<TierMove>;
    return {Column(tr("Reference"), [](const TierMove &move) { return toQt(move.reference); }),
            Column(tr("Model"), [](const TierMove &move) { return toQt(move.name); }),
            Column(tr("Tier now"), [](const TierMove &move) { return toQt(move.fromLabel); })
                .sortedBy([](const TierMove &move) { return QVariant(qint64(move.from)); }),
            Column(tr("Tier under the draft"), [](const TierMove &move) { return toQt(move.toLabel); })
                .sortedBy([](const TierMove &move) { return QVariant(qint64(move.to)); }),
            Column(tr("Why"), [](const TierMove &move) { return toQt(move.why); })};
}

std::vector<RecordColumn<NewlyOverdue>> newlyOverdueColumns()
{
    using Column = RecordColumn<NewlyOverdue>;
    return {Column(tr("Reference"), [](const NewlyOverdue &item) { return toQt(item.reference); }),
            Column(tr("What"), [](const NewlyOverdue &item) { return toQt(item.what); }),
            Column(tr("Due"), [](const NewlyOverdue &item) { return dateText(item.due); }),
            Column(tr("Days late"), [](const NewlyOverdue &item) { return countText(item.days); })
                .sortedBy([](const NewlyOverdue &item) { return QVariant(qint64(item.days)); })
                .asNumber(),
            Column(tr("Why"), [](const NewlyOverdue &item) { return toQt(item.why); })};
}

std::vector<RecordColumn<LostStage>> lostStageColumns()
{
    using Column = RecordColumn<LostStage>;
    return {Column(tr("Reference"), [](const LostStage &lost) { return toQt(lost.reference); }),
            Column(tr("Model"), [](const LostStage &lost) { return toQt(lost.name); }),
            Column(tr("Stage now"), [](const LostStage &lost) { return toQt(lost.stage); }),
            Column(tr("Under the draft"), [](const LostStage &lost) { return toQt(lost.why); })};
}

std::vector<RecordColumn<StaleDecision>> staleDecisionColumns()
{
    using Column = RecordColumn<StaleDecision>;
    return {Column(tr("Reference"), [](const StaleDecision &decision) { return toQt(decision.reference); }),
            Column(tr("Version"), [](const StaleDecision &decision) { return toQt(decision.version); }),
            Column(tr("Signed by"), [](const StaleDecision &decision) { return toQt(decision.signer); }),
            Column(tr("On"), [](const StaleDecision &decision) { return dateText(decision.signedOn); }),
            Column(tr("Ground"),
                   [](const StaleDecision &decision) {
                       return decision.material ? tr("Changes") : tr("Policy version only");
                   }),
            Column(tr("Why"), [](const StaleDecision &decision) { return toQt(decision.why); })};
}

std::vector<RecordColumn<UnmetApproval>> unmetColumns()
{
    using Column = RecordColumn<UnmetApproval>;
    return {Column(tr("For"), [](const UnmetApproval &unmet) { return toQt(unmet.subject); }),
            Column(tr("Why nobody can"), [](const UnmetApproval &unmet) { return toQt(unmet.why); })};
}

} // namespace countersign
