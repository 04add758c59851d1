// SPDX-License-Identifier: GPL-3.0-or-later
//
// Exceptions, limitations, overlays, incidents, assumptions, delegations and abstentions.
#include "core/policy/approvals.h"
#include "core/workspace/detected.h"
#include "core/workspace/workspaceprivate.h"

namespace countersign {

namespace {

template <class T, class Id>
T fresh(T record, Id id)
{
    record.id = std::move(id);
    record.revision = -1;
    record.entry = -1;
    return record;
}

} // namespace

template <class Recorded, class Record>
auto Workspace::record(const Record &given) -> Result<decltype(given.id)>
{
    return guarded([&] {
        const auto made = fresh(given, m_d->newId<decltype(Record::id)>());
        m_d->append({Recorded{made}});
        return made.id;
    });
}

Result<void> Workspace::abstain(const RequestId &id, const std::string &reason)
{
    return guarded([&] {
        m_d->append({RequestAbstained{id, reason, recordOf(m_d->registry().requests, id, "request").revision}});
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
        record.required = exceptionSignatures(m_d->pack(), m_d->registry(), record.model, record.kind);
        m_d->append({ExceptionRequested{record}});
        return record.id;
    });
}

Result<void> Workspace::signException(const ExceptionId &id, Role role, bool approve, const std::string &comment,
                                      const std::string &passphrase)
{
    return guarded([&] {
        m_d->refresh();
        const User &signer = m_d->requireUser();
        ExceptionSignature signature;
        signature.by = signer.id;
        signature.fullName = signer.fullName;
        signature.role = role;
        signature.approved = approve;
        signature.comment = comment;
        const std::vector<Fact> facts{
            ExceptionSigned{id, signature, recordOf(m_d->registry().exceptions, id, "exception").revision}};
        m_d->requireAllowed(facts);
        m_d->keystore.checkPassphrase(signer.keyId, Passphrase(passphrase));
        m_d->append(facts);
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
    return record<LimitationRecorded>(limitation);
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
    return record<IncidentRecorded>(incident);
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

Result<std::vector<FindingId>> Workspace::raiseDetected()
{
    return guarded([&] {
        m_d->refresh();
        std::vector<Fact> facts;
        std::vector<FindingId> raised;
        for (const auto &issue : detectedIssues(m_d->pack(), m_d->registry(), today())) {
            const auto &model = recordOf(m_d->registry().models, issue.model, "model");
            Finding finding;
            finding.id = issue.finding;
            finding.model = issue.model;
            finding.version = issue.version;
            finding.title = issue.title;
            finding.description = issue.detail;
            finding.severity = issue.severity;
            finding.owner = model.owner;
            finding.dueOn = m_d->pack().findingDueOn(issue.severity, today());
            raised.push_back(finding.id);
            facts.emplace_back(FindingRaised{std::move(finding)});
        }
        if (!facts.empty())
            m_d->append(std::move(facts));
        return raised;
    });
}

} // namespace countersign
