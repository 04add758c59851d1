// SPDX-License-Identifier: GPL-3.0-or-later
//
// Policies: what a draft would do, and publishing it.
#include "core/policy/simulation.h"
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
        const auto requireCurrent = [&] {
            if (m_d->registry().policyHash != basedOn)
                throw Exception(ErrorCode::Conflict,
                                "The draft was made from another policy than the one in force now. Nothing was "
                                "published.",
                                "Compare it with the policy in force and edit that one.");
        };
        requireCurrent();
        const PolicyPack draft = soundDraft(text, today());
        const auto unmet = unmetApprovals(draft, m_d->registry());
        if (!unmet.empty())
            throw Exception(ErrorCode::InvalidInput,
                            "Nobody could give an approval that the policy asks for. " + unmet.front().subject + ": " +
                                unmet.front().why + ".",
                            "Enrol the people first, or change the rule; nothing was published.");
        m_d->append({PolicyPublished{draft.id, draft.version, sha256(text), text}}, {}, requireCurrent);
    });
}

} // namespace countersign
