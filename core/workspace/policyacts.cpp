// SPDX-License-Identifier: GPL-3.0-or-later
//
// Policies: what a draft would do, proposing, signing and publishing it.
#include "core/policy/approvals.h"
#include "core/policy/peoplechecks.h"
#include "core/workspace/workspaceprivate.h"

namespace countersign {

namespace {

/// The draft, or an error that names its first fault, and how many there are, by line.
PolicyPack soundDraft(const std::string &text, Date today)
{
    const auto faults = checkPolicyText(text, today);
    if (faults.empty())
        return parsePolicyPack(text);
    const auto &first = faults.front();
    const auto more = faults.size() - 1;
    throw Exception(ErrorCode::InvalidInput,
                    "The policy is not sound. Line " + std::to_string(first.line) + ": " +
                        (first.path.empty() ? "" : first.path + ": ") + first.what +
                        (more == 0 ? "" : " And " + std::to_string(more) + " more."),
                    "Correct what the check names; nothing was published.");
}

/// The draft, when the people enrolled can do what its rules need.
PolicyPack satisfiableDraft(const std::string &text, const Registry &registry, Date today)
{
    auto draft = soundDraft(text, today);
    if (const auto why = whyNobodyCould(draft, text, registry))
        throw Exception(ErrorCode::InvalidInput, *why,
                        "Enrol people with the roles first, or let the rule ask others; nothing was published.");
    return draft;
}

void requireInForce(const Registry &registry, const Hash256 &basedOn)
{
    if (registry.policyHash != basedOn)
        throw Exception(ErrorCode::Conflict,
                        "The draft was made from another policy than the one in force now. Nothing was published.",
                        "Compare it with the policy in force and edit that one.");
}

} // namespace

Result<Simulation> Workspace::simulatePolicy(const std::string &text) const
{
    return guarded(
        [&] { return countersign::simulatePolicy(soundDraft(text, today()), m_d->pack(), m_d->registry(), today()); });
}

Result<void> Workspace::publishPolicy(const std::string &text, const Hash256 &basedOn)
{
    return guarded([&] {
        m_d->refresh();
        const auto requireCurrent = [&] { requireInForce(m_d->registry(), basedOn); };
        requireCurrent();
        const auto draft = satisfiableDraft(text, m_d->registry(), today());
        m_d->append({PolicyPublished{draft.id, draft.version, sha256(text), text}}, {}, requireCurrent);
    });
}

Result<ProposalId> Workspace::proposePolicy(const std::string &text, const Hash256 &basedOn, const std::string &reason)
{
    return guarded([&] {
        m_d->refresh();
        const auto requireCurrent = [&] { requireInForce(m_d->registry(), basedOn); };
        requireCurrent();
        const auto draft = satisfiableDraft(text, m_d->registry(), today());
        PolicyProposal proposal;
        proposal.pack = draft.id;
        proposal.version = draft.version;
        proposal.text = text;
        proposal.reason = reason;
        proposal.basedOn = PolicyId(basedOn.hex());
        auto record = fresh(proposal, m_d->newId<ProposalId>());
        record.required = policyChangeSignatures(m_d->pack(), m_d->registry(), m_d->requireUser().id);
        m_d->append({PolicyProposed{record}}, {}, requireCurrent);
        return record.id;
    });
}

Result<void> Workspace::signProposal(const ProposalId &id, Role role, bool approve, const std::string &comment,
                                     const std::string &passphrase)
{
    return guarded([&] {
        m_d->refresh();
        m_d->sign<ProposalSigned>(recordOf(m_d->registry().proposals, id, "policy proposal"), role, approve, comment,
                                  passphrase);
    });
}

Result<void> Workspace::abstain(const ProposalId &id, const std::string &reason)
{
    return guarded([&] {
        m_d->append(
            {ProposalAbstained{id, reason, recordOf(m_d->registry().proposals, id, "policy proposal").revision}});
    });
}

Result<void> Workspace::withdrawProposal(const ProposalId &id, const std::string &reason)
{
    return guarded([&] {
        m_d->append(
            {ProposalWithdrawn{id, reason, recordOf(m_d->registry().proposals, id, "policy proposal").revision}});
    });
}

} // namespace countersign
