// SPDX-License-Identifier: GPL-3.0-or-later
//
// Requests for deployment and the signatures on them.
#include "core/policy/approvals.h"
#include "core/policy/scope.h"
#include "core/policy/stages.h"
#include "core/workspace/receipt.h"
#include "core/workspace/workspaceprivate.h"

#include <algorithm>

namespace countersign {

namespace {

const CoveredItem *itemFor(const std::vector<CoveredItem> &items, const CoveredItem &wanted)
{
    const auto found = std::find_if(items.begin(), items.end(), [&](const CoveredItem &item) {
        return item.kind == wanted.kind && item.id == wanted.id;
    });
    return found == items.end() ? nullptr : &*found;
}

/// What a signer was shown must be what stands now; anything else is named.
void requireUnchanged(const std::vector<CoveredItem> &shown, const std::vector<CoveredItem> &now)
{
    std::string changed;
    const auto note = [&](const CoveredItem &item, const char *how) {
        changed += (changed.empty() ? "" : "; ") + item.title + " " + how;
    };
    for (const CoveredItem &item : now) {
        const CoveredItem *seen = itemFor(shown, item);
        if (seen == nullptr)
            note(item, "is new");
        else if (seen->hash != item.hash)
            note(item, "was changed");
    }
    for (const CoveredItem &item : shown)
        if (itemFor(now, item) == nullptr)
            note(item, "is gone");
    if (!changed.empty())
        throw Exception(ErrorCode::Conflict,
                        "The request is no longer what you were shown: " + changed + ". Nothing was signed.",
                        "Read it again, then decide.");
}

} // namespace

RequestId Workspace::Private::request(const VersionId &versionId, const std::string &justification,
                                      std::optional<Promotion> promotion)
{
    DeploymentRequest made;
    made.id = newId<RequestId>();
    made.model = recordOf(registry().versions, versionId, "version").model;
    made.version = versionId;
    if (isUnsigned(pack(), registry(), made.model))
        throw Exception(ErrorCode::Forbidden, unsignedInWords(registry().models.at(made.model)));
    made.justification = justification;
    made.by = requireUser().id;
    made.tierLevel = tierLevelOf(registry(), made.model);
    made.required = requestSignatures(pack(), registry(), made.model, made.by);
    made.approvedFirst = approvesFirst(pack());
    made.promotion = std::move(promotion);
    append({DeploymentRequested{made, coveredItems(registry(), made)}});
    return made.id;
}

Result<RequestId> Workspace::requestDeployment(const VersionId &version, const std::string &justification)
{
    return guarded([&] { return m_d->request(version, justification, {}); });
}

Result<Brief> Workspace::brief(const RequestId &request) const
{
    return guarded([&] { return makeBrief(m_d->pack(), m_d->registry(), request, today()); });
}

Result<void> Workspace::sign(const RequestId &id, const SignOffInput &input)
{
    return guarded([&] {
        m_d->refresh();
        const auto requireAsShown = [&] {
            requireUnchanged(input.shown,
                             coveredItems(m_d->registry(), recordOf(m_d->registry().requests, id, "request")));
        };
        const User &signer = m_d->requireUser();
        SignOff signOff;
        signOff.by = signer.id;
        signOff.fullName = signer.fullName;
        signOff.role = input.role;
        signOff.decision = input.decision;
        signOff.meaning = m_d->pack().meaning(input.decision);
        signOff.comment = input.comment;
        signOff.conditions = input.conditions.empty() ? inWords(input.dueConditions) : input.conditions;
        signOff.dueConditions = input.dueConditions;
        signOff.expiresOn = input.expiresOn;
        signOff.covered = input.shown;
        const DeploymentRequest &request = recordOf(m_d->registry().requests, id, "request");
        signOff.onBehalfOf = standsInFor(m_d->pack(), m_d->registry(), request, signer, input.role, today());
        const std::vector<Fact> facts{RequestSigned{id, signOff, request.revision}};
        requireAsShown();
        m_d->requireAllowed(facts);
        m_d->keystore.checkPassphrase(signer.keyId, Passphrase(input.passphrase));
        m_d->append(facts, {}, requireAsShown);
    });
}

Result<void> Workspace::meetCondition(const RequestId &id, std::size_t signOff, std::size_t condition,
                                      const std::string &evidence)
{
    return guarded([&] {
        const auto revision = recordOf(m_d->registry().requests, id, "request").revision;
        m_d->append({SignOffConditionMet{id, static_cast<std::int64_t>(signOff), static_cast<std::int64_t>(condition),
                                         evidence, revision}});
    });
}

Result<void> Workspace::deploy(const RequestId &id)
{
    return guarded([&] {
        m_d->refresh();
        const auto &request = recordOf(m_d->registry().requests, id, "request");
        const auto &version = recordOf(m_d->registry().versions, request.version, "version");
        m_d->append({VersionDeployed{id, version.revision}});
    });
}

Result<void> Workspace::withdrawRequest(const RequestId &id, const std::string &reason)
{
    return guarded([&] {
        const DeploymentRequest &request = recordOf(m_d->registry().requests, id, "request");
        m_d->append({RequestWithdrawn{id, reason, request.revision}});
    });
}

Result<std::string> Workspace::receipt(const RequestId &id, std::size_t signOff) const
{
    return guarded([&] {
        const DeploymentRequest &request = recordOf(m_d->registry().requests, id, "request");
        if (signOff >= request.signOffs.size())
            throw Exception(ErrorCode::NotFound, "The request has no such signature.", "Refresh the page.");
        return receiptText(m_d->registry(), request, request.signOffs[signOff], m_d->log->leaves(), m_d->log->origin());
    });
}

} // namespace countersign
