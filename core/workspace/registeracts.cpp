// SPDX-License-Identifier: GPL-3.0-or-later
//
// Exceptions, limitations, overlays, incidents, assumptions, delegations and abstentions.
#include "core/policy/approvals.h"
#include "core/policy/scope.h"
#include "core/policy/stages.h"
#include "core/workspace/workspaceprivate.h"

namespace countersign {

Result<void> Workspace::abstain(const RequestId &id, const std::string &reason)
{
    return guarded([&] {
        m_d->append({RequestAbstained{id, reason, recordOf(m_d->registry().requests, id, "request").revision}});
    });
}

Result<void> Workspace::abstain(const ExceptionId &id, const std::string &reason)
{
    return guarded([&] {
        m_d->append({ExceptionAbstained{id, reason, recordOf(m_d->registry().exceptions, id, "exception").revision}});
    });
}

Result<DelegationId> Workspace::delegate(const Delegation &delegation)
{
    return record<DelegationRecorded>(delegation);
}

Result<void> Workspace::endDelegation(const DelegationId &id, const std::string &reason)
{
    return guarded([&] {
        m_d->append({DelegationEnded{id, reason, recordOf(m_d->registry().delegations, id, "delegation").revision}});
    });
}

Result<ExceptionId> Workspace::requestException(const PolicyException &exception)
{
    return guarded([&] {
        auto record = fresh(exception, m_d->newId<ExceptionId>());
        record.required =
            exceptionSignatures(m_d->pack(), m_d->registry(), record.model, record.kind, m_d->requireUser().id);
        m_d->append({ExceptionRequested{record}});
        return record.id;
    });
}

Result<void> Workspace::signException(const ExceptionId &id, Role role, bool approve, const std::string &comment,
                                      const std::string &passphrase)
{
    return guarded([&] {
        m_d->refresh();
        m_d->sign<ExceptionSigned>(recordOf(m_d->registry().exceptions, id, "exception"), role, approve, comment,
                                   passphrase);
    });
}

Result<void> Workspace::closeException(const ExceptionId &id, const std::string &reason)
{
    return guarded([&] {
        m_d->append({ExceptionClosed{id, reason, recordOf(m_d->registry().exceptions, id, "exception").revision}});
    });
}

Result<LimitationId> Workspace::recordLimitation(const Limitation &limitation)
{
    auto due = limitation;
    if (!due.dueOn)
        due.dueOn = dueAfter(m_d->pack().limitationDays, due.severity, today());
    return record<LimitationRecorded>(due);
}

Result<void> Workspace::changeLimitation(const Limitation &limitation)
{
    return guarded([&] { m_d->append({LimitationChanged{limitation}}); });
}

Result<OverlayId> Workspace::recordOverlay(const Overlay &overlay)
{
    return record<OverlayRecorded>(overlay);
}

Result<void> Workspace::changeOverlay(const Overlay &overlay)
{
    return guarded([&] { m_d->append({OverlayChanged{overlay}}); });
}

Result<IncidentId> Workspace::recordIncident(const Incident &incident)
{
    auto due = incident;
    if (!due.dueOn)
        due.dueOn = dueAfter(m_d->pack().incidentDays, due.severity, today());
    return record<IncidentRecorded>(due);
}

Result<void> Workspace::changeIncident(const Incident &incident)
{
    return guarded([&] { m_d->append({IncidentChanged{incident}}); });
}

Result<AssumptionId> Workspace::recordAssumption(const Assumption &assumption)
{
    return record<AssumptionRecorded>(assumption);
}

Result<void> Workspace::changeAssumption(const Assumption &assumption)
{
    return guarded([&] { m_d->append({AssumptionChanged{assumption}}); });
}

Result<FollowUp> Workspace::followUp()
{
    return guarded([&] {
        m_d->refresh();
        return m_d->followUp();
    });
}

Result<CampaignId> Workspace::openCampaign(const Campaign &campaign)
{
    return guarded([&] {
        m_d->refresh();
        if (const auto why = whyStagesUnknown(m_d->pack(), m_d->registry(), campaign.scope.stages))
            throw Exception(ErrorCode::InvalidInput, *why, "Choose stages of the policy in force.");
        auto made = fresh(campaign, m_d->newId<CampaignId>());
        made.before = snapshotOf(m_d->registry(), modelsAsked(m_d->pack(), m_d->registry(), made.scope));
        m_d->append({CampaignOpened{made}});
        return made.id;
    });
}

Result<AttestationId> Workspace::attest(const CampaignId &campaign, const ModelId &model,
                                        const std::vector<AttestationLine> &lines)
{
    return guarded([&] {
        Attestation made;
        made.id = m_d->newId<AttestationId>();
        made.campaign = campaign;
        made.model = model;
        made.lines = lines;
        made.fullName = m_d->requireUser().fullName;
        m_d->append({AttestationGiven{made}});
        return made.id;
    });
}

Result<void> Workspace::closeCampaign(const CampaignId &id, const std::string &statement, const std::string &passphrase)
{
    return guarded([&] {
        m_d->refresh();
        const auto &campaign = recordOf(m_d->registry().campaigns, id, "campaign");
        const std::vector<Fact> facts{
            CampaignClosed{id, statement, snapshotOf(m_d->registry(), modelsOf(campaign)), campaign.revision}};
        m_d->requireAllowed(facts);
        m_d->keystore.checkPassphrase(m_d->requireUser().keyId, Passphrase(passphrase));
        m_d->append(facts);
    });
}

} // namespace countersign
