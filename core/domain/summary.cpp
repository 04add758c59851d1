// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/decimal.h"
#include "core/domain/transition.h"

#include <algorithm>

namespace countersign {

namespace {

template <class K, class T>
const T *find(const std::map<K, T> &records, const K &id)
{
    const auto found = records.find(id);
    return found == records.end() ? nullptr : &found->second;
}

/// The model or version of a record that may not exist: none then.
template <class K, class T>
ModelId modelOfRecord(const std::map<K, T> &records, const K &id)
{
    const auto *record = find(records, id);
    return record ? record->model : ModelId();
}

std::string lowerCase(std::string words)
{
    if (!words.empty() && words[0] >= 'A' && words[0] <= 'Z')
        words[0] = static_cast<char>(words[0] - 'A' + 'a');
    return words;
}

/// One sentence without a full stop for each kind of fact.
struct Summary
{
    const Registry &before;

    [[nodiscard]] std::string model(const ModelId &id) const
    {
        const auto *found = find(before.models, id);
        return found ? titleOf(*found) : "an unknown model";
    }
    [[nodiscard]] std::string version(const VersionId &id) const
    {
        const auto *found = find(before.versions, id);
        return found ? "version " + found->label : "an unknown version";
    }
    [[nodiscard]] std::string versionOfModel(const VersionId &versionId, const ModelId &modelId) const
    {
        return version(versionId) + " of " + model(modelId);
    }
    [[nodiscard]] std::string finding(const FindingId &id) const
    {
        const auto *found = find(before.findings, id);
        return found ? "the finding \"" + found->title + "\" on " + model(found->model) : "an unknown finding";
    }
    [[nodiscard]] std::string request(const RequestId &id) const
    {
        const auto *found = find(before.requests, id);
        return found ? versionOfModel(found->version, found->model) : "an unknown request";
    }

    std::string operator()(const WorkspaceCreated &fact) const
    {
        return "Created the workspace of " + fact.organisation;
    }
    std::string operator()(const PolicyPublished &fact) const
    {
        return "Published policy " + fact.pack + ", version " + std::to_string(fact.version);
    }
    [[nodiscard]] std::string proposal(const ProposalId &id) const
    {
        const auto *found = find(before.proposals, id);
        return found ? "policy " + found->pack + ", version " + std::to_string(found->version) : "an unknown policy";
    }
    std::string operator()(const PolicyProposed &fact) const
    {
        return "Proposed policy " + fact.record.pack + ", version " + std::to_string(fact.record.version);
    }
    std::string operator()(const ProposalSigned &fact) const
    {
        return (fact.signature.approved ? "Approved the proposed " : "Refused the proposed ") +
               proposal(fact.proposal) + ", as " + lowerCase(displayName(fact.signature.role));
    }
    std::string operator()(const ProposalAbstained &fact) const
    {
        return "Abstained from signing the proposed " + proposal(fact.proposal) + ": conflict of interest";
    }
    std::string operator()(const ProposalWithdrawn &fact) const
    {
        return "Withdrew the proposed " + proposal(fact.proposal);
    }
    std::string operator()(const UserEnrolled &fact) const
    {
        return "Enrolled " + fact.user.fullName + " as " + lowerCase(valueInWords(fact.user.roles));
    }
    std::string operator()(const UserChanged &fact) const
    {
        const auto *user = find(before.users, fact.user.id);
        if (user && user->active && !fact.user.active)
            return "Closed the access of " + fact.user.fullName;
        if (user && !user->active && fact.user.active)
            return "Opened the access of " + fact.user.fullName + " again";
        return "Changed the enrolment of " + fact.user.fullName;
    }
    std::string operator()(const ModelRegistered &fact) const { return "Registered model " + titleOf(fact.model); }
    std::string operator()(const ModelEdited &fact) const
    {
        const auto *model = find(before.models, fact.model.id);
        if (fact.model.stage == Stage::retired && (!model || model->stage != Stage::retired))
            return "Retired model " + titleOf(fact.model);
        return "Edited model " + titleOf(fact.model);
    }
    std::string operator()(const VersionRegistered &fact) const
    {
        return "Registered version " + fact.version.label + " of " + model(fact.version.model);
    }
    std::string operator()(const VersionEdited &fact) const
    {
        return "Edited version " + fact.version.label + " of " + model(fact.version.model);
    }
    std::string operator()(const DocumentAttached &fact) const
    {
        return "Attached " + lowerCase(displayName(fact.document.kind)) + " " + fact.document.fileName + " to " +
               versionOfModel(fact.document.version, fact.document.model);
    }
    std::string operator()(const ValidationRecorded &fact) const
    {
        return "Validated " + versionOfModel(fact.validation.version, fact.validation.model) + ": " +
               lowerCase(displayName(fact.validation.outcome));
    }
    std::string operator()(const ConditionMet &fact) const
    {
        const auto *validation = find(before.validations, fact.validation);
        if (!validation || fact.condition < 0 ||
            static_cast<std::size_t>(fact.condition) >= validation->dueConditions.size())
            return "Met an unknown condition";
        return "Met the condition \"" + validation->dueConditions[static_cast<std::size_t>(fact.condition)].text +
               "\" of the validation of " + versionOfModel(validation->version, validation->model);
    }
    [[nodiscard]] std::string campaign(const CampaignId &id) const
    {
        const auto *found = find(before.campaigns, id);
        return found ? "the attestation campaign \"" + found->title + "\"" : "an unknown campaign";
    }
    std::string operator()(const CampaignOpened &fact) const
    {
        return "Opened the attestation campaign \"" + fact.record.title + "\" of " +
               counted(fact.record.before.size(), "model", "models");
    }
    std::string operator()(const AttestationGiven &fact) const
    {
        return "Attested " + model(fact.record.model) + " in " + campaign(fact.record.campaign);
    }
    std::string operator()(const CampaignClosed &fact) const { return "Signed off " + campaign(fact.campaign); }
    std::string operator()(const FindingRaised &fact) const
    {
        return (fact.finding.detected ? "Detected by the program, opened the " : "Raised the ") +
               lowerCase(displayName(fact.finding.severity)) + " finding \"" + fact.finding.title + "\" on " +
               model(fact.finding.model);
    }
    std::string operator()(const FindingClosed &fact) const { return "Closed " + finding(fact.finding); }
    std::string operator()(const RemediationPlanned &fact) const
    {
        const auto *found = find(before.findings, fact.finding);
        return (found && found->plan() ? "Revised the remediation plan of " : "Planned the remediation of ") +
               finding(fact.finding);
    }
    std::string operator()(const RemediationEvidenced &fact) const
    {
        return "Added evidence of remediation to " + finding(fact.finding);
    }
    std::string operator()(const MonitoringRecorded &fact) const
    {
        return "Monitored " + versionOfModel(fact.run.version, fact.run.model) + ": " +
               lowerCase(displayName(fact.run.health)) +
               (fact.run.breaches.empty() ? "" : ", " + breachesInWords(fact.run));
    }
    std::string operator()(const MonitoringExplained &fact) const
    {
        const auto *run = find(before.runs, fact.run);
        return "Explained the monitoring of " +
               (run ? versionOfModel(run->version, run->model) : std::string("an unknown run"));
    }
    std::string operator()(const TierPublished &fact) const
    {
        const auto &assessment = fact.assessment;
        auto text = "Published tier " + std::to_string(assessment.computedLevel) + " of " + model(assessment.model);
        if (assessment.overrideLevel)
            text += ", with an override to tier " + std::to_string(*assessment.overrideLevel) + " to be confirmed";
        return text;
    }
    std::string operator()(const ScopeDecided &fact) const
    {
        return "Decided that " + model(fact.model) + " is " + (fact.inScope ? "in" : "out of") +
               " scope: " + fact.label;
    }
    std::string operator()(const TierOverrideConfirmed &fact) const
    {
        const auto *assessment = find(before.assessments, fact.assessment);
        if (!assessment || !assessment->overrideLevel)
            return "Confirmed the override of an unknown tier assessment";
        return "Confirmed the override to tier " + std::to_string(*assessment->overrideLevel) + " of " +
               model(assessment->model);
    }
    std::string operator()(const DeploymentRequested &fact) const
    {
        const auto *champion =
            fact.request.promotion ? find(before.versions, fact.request.promotion->champion.version) : nullptr;
        return (champion ? "Requested promotion of " : "Requested deployment of ") +
               versionOfModel(fact.request.version, fact.request.model) +
               (champion ? " over version " + champion->label : std::string());
    }
    std::string operator()(const RequestSigned &fact) const
    {
        const auto subject = request(fact.request);
        const auto role = ", as " + lowerCase(displayName(fact.signOff.role));
        switch (fact.signOff.decision) {
        case Decision::approve:
            return "Approved " + subject + role;
        case Decision::approveWithConditions:
            return "Approved " + subject + " with conditions" + role;
        case Decision::requestChanges:
            return "Requested changes to " + subject + role;
        case Decision::refuse:
            return "Refused " + subject + role;
        }
        return subject;
    }
    std::string operator()(const RequestWithdrawn &fact) const
    {
        return "Withdrew the deployment request for " + request(fact.request);
    }
    template <class T>
    [[nodiscard]] std::string recorded(const char *kind, const T &record) const
    {
        return std::string("Recorded the ") + kind + " \"" + record.title + "\" of " + model(record.model);
    }
    template <class T>
    [[nodiscard]] std::string changed(const char *kind, const T &record) const
    {
        return (record.open ? "Changed the " : "Closed the ") + std::string(kind) + " \"" + record.title + "\" of " +
               model(record.model);
    }
    std::string operator()(const RecordEvidenced &fact) const
    {
        return withRecords(before, fact.kind, [&](const char *, const auto &records) {
            using Records = std::remove_cvref_t<decltype(records)>;
            const auto *found = find(records, typename Records::key_type(fact.record));
            return "Added evidence to " +
                   (found ? "the " + nounOf(fact.kind) + " \"" + titleOf(*found) + "\" of " + model(found->model)
                          : std::string("an unknown record"));
        });
    }
    std::string operator()(const LimitationRecorded &fact) const { return recorded("limitation", fact.record); }
    std::string operator()(const LimitationChanged &fact) const { return changed("limitation", fact.record); }
    std::string operator()(const OverlayRecorded &fact) const { return recorded("overlay", fact.record); }
    std::string operator()(const OverlayChanged &fact) const { return changed("overlay", fact.record); }
    std::string operator()(const IncidentRecorded &fact) const { return recorded("incident", fact.record); }
    std::string operator()(const IncidentChanged &fact) const { return changed("incident", fact.record); }
    std::string operator()(const AssumptionRecorded &fact) const { return recorded("assumption", fact.record); }
    std::string operator()(const AssumptionChanged &fact) const { return changed("assumption", fact.record); }
    std::string operator()(const UsageRecorded &fact) const { return recorded("usage report", fact.record); }
    std::string operator()(const UsageChanged &fact) const { return changed("usage report", fact.record); }
    std::string operator()(const CostRecorded &fact) const { return recorded("cost estimate", fact.record); }
    std::string operator()(const CostChanged &fact) const { return changed("cost estimate", fact.record); }
    std::string operator()(const RetrainingRecorded &fact) const { return recorded("retraining policy", fact.record); }
    std::string operator()(const RetrainingChanged &fact) const { return changed("retraining policy", fact.record); }
    std::string operator()(const HandOverRecorded &fact) const { return recorded("hand-over", fact.record); }
    std::string operator()(const HandOverChanged &fact) const { return changed("hand-over", fact.record); }
    std::string operator()(const ExplanationRecorded &fact) const { return recorded("explanation", fact.record); }
    std::string operator()(const ExplanationChanged &fact) const { return changed("explanation", fact.record); }
    [[nodiscard]] std::string person(const UserId &id) const
    {
        const auto *found = find(before.users, id);
        return found ? found->fullName : "an unknown user";
    }
    [[nodiscard]] std::string exception(const ExceptionId &id) const
    {
        const auto *found = find(before.exceptions, id);
        return found ? "the exception from \"" + found->requirement + "\" for " + model(found->model)
                     : "an unknown exception";
    }
    std::string operator()(const RequestAbstained &fact) const
    {
        return "Abstained from signing " + request(fact.request) + ": conflict of interest";
    }
    std::string operator()(const SignOffConditionMet &fact) const
    {
        const auto *found = find(before.requests, fact.request);
        const auto at = static_cast<std::size_t>(fact.signOff);
        const auto place = static_cast<std::size_t>(fact.condition);
        if (!found || at >= found->signOffs.size() || place >= found->signOffs[at].dueConditions.size())
            return "Met an unknown condition";
        return "Met the condition \"" + found->signOffs[at].dueConditions[place].text + "\" of the approval of " +
               request(fact.request);
    }
    std::string operator()(const VersionDeployed &fact) const
    {
        return "Put " + request(fact.request) + " into production";
    }
    std::string operator()(const ExceptionAbstained &fact) const
    {
        return "Abstained from signing " + exception(fact.exception) + ": conflict of interest";
    }
    std::string operator()(const DelegationRecorded &fact) const
    {
        return "Delegated the signatures of " + person(fact.record.person) + " to " + person(fact.record.deputy) +
               " from " + toString(fact.record.from) + " to " + toString(fact.record.until);
    }
    std::string operator()(const DelegationEnded &fact) const
    {
        const auto *found = find(before.delegations, fact.delegation);
        return "Ended the delegation" +
               (found ? " from " + person(found->person) + " to " + person(found->deputy) : std::string());
    }
    std::string operator()(const ExceptionRequested &fact) const
    {
        return "Requested an exception from \"" + fact.record.requirement + "\" for " + model(fact.record.model) +
               " until " + toString(fact.record.expiresOn);
    }
    std::string operator()(const ExceptionSigned &fact) const
    {
        return (fact.signature.approved ? "Approved " : "Refused ") + exception(fact.exception) + ", as " +
               lowerCase(displayName(fact.signature.role));
    }
    std::string operator()(const ExceptionClosed &fact) const { return "Closed " + exception(fact.exception); }
};

struct ModelOf
{
    const Registry &registry;

    ModelId operator()(const WorkspaceCreated &) const { return {}; }
    ModelId operator()(const PolicyPublished &) const { return {}; }
    ModelId operator()(const PolicyProposed &) const { return {}; }
    ModelId operator()(const ProposalSigned &) const { return {}; }
    ModelId operator()(const ProposalWithdrawn &) const { return {}; }
    ModelId operator()(const ProposalAbstained &) const { return {}; }
    ModelId operator()(const UserEnrolled &) const { return {}; }
    ModelId operator()(const UserChanged &) const { return {}; }
    ModelId operator()(const ModelRegistered &fact) const { return fact.model.id; }
    ModelId operator()(const ModelEdited &fact) const { return fact.model.id; }
    ModelId operator()(const VersionRegistered &fact) const { return fact.version.model; }
    ModelId operator()(const VersionEdited &fact) const { return fact.version.model; }
    ModelId operator()(const DocumentAttached &fact) const { return fact.document.model; }
    ModelId operator()(const ValidationRecorded &fact) const { return fact.validation.model; }
    ModelId operator()(const ConditionMet &fact) const { return modelOfRecord(registry.validations, fact.validation); }
    ModelId operator()(const CampaignOpened &) const { return {}; }
    ModelId operator()(const CampaignClosed &) const { return {}; }
    ModelId operator()(const FindingRaised &fact) const { return fact.finding.model; }
    ModelId operator()(const FindingClosed &fact) const { return modelOfRecord(registry.findings, fact.finding); }
    ModelId operator()(const RemediationPlanned &fact) const { return modelOfRecord(registry.findings, fact.finding); }
    ModelId operator()(const RemediationEvidenced &fact) const
    {
        return modelOfRecord(registry.findings, fact.finding);
    }
    ModelId operator()(const RecordEvidenced &fact) const
    {
        return withRecords(registry, fact.kind, [&](const char *, const auto &records) {
            using Records = std::remove_cvref_t<decltype(records)>;
            return modelOfRecord(records, typename Records::key_type(fact.record));
        });
    }
    ModelId operator()(const MonitoringRecorded &fact) const { return fact.run.model; }
    ModelId operator()(const MonitoringExplained &fact) const { return modelOfRecord(registry.runs, fact.run); }
    ModelId operator()(const TierPublished &fact) const { return fact.assessment.model; }
    ModelId operator()(const ScopeDecided &fact) const { return fact.model; }
    ModelId operator()(const TierOverrideConfirmed &fact) const
    {
        return modelOfRecord(registry.assessments, fact.assessment);
    }
    ModelId operator()(const DeploymentRequested &fact) const { return fact.request.model; }
    ModelId operator()(const RequestSigned &fact) const { return modelOfRecord(registry.requests, fact.request); }
    ModelId operator()(const RequestWithdrawn &fact) const { return modelOfRecord(registry.requests, fact.request); }
    ModelId operator()(const RequestAbstained &fact) const { return modelOfRecord(registry.requests, fact.request); }
    ModelId operator()(const DelegationRecorded &) const { return {}; }
    ModelId operator()(const DelegationEnded &) const { return {}; }
    ModelId operator()(const ExceptionSigned &fact) const { return modelOfRecord(registry.exceptions, fact.exception); }
    ModelId operator()(const ExceptionClosed &fact) const { return modelOfRecord(registry.exceptions, fact.exception); }
    ModelId operator()(const ExceptionAbstained &fact) const
    {
        return modelOfRecord(registry.exceptions, fact.exception);
    }
    ModelId operator()(const SignOffConditionMet &fact) const { return modelOfRecord(registry.requests, fact.request); }
    ModelId operator()(const VersionDeployed &fact) const { return modelOfRecord(registry.requests, fact.request); }
    template <class F>
        requires requires(const F &fact) { fact.record.model; }
    ModelId operator()(const F &fact) const
    {
        return fact.record.model;
    }
};

struct RecordOf
{
    std::string operator()(const WorkspaceCreated &) const { return {}; }
    std::string operator()(const PolicyPublished &) const { return {}; }
    std::string operator()(const ProposalSigned &fact) const { return fact.proposal.str(); }
    std::string operator()(const ProposalWithdrawn &fact) const { return fact.proposal.str(); }
    std::string operator()(const ProposalAbstained &fact) const { return fact.proposal.str(); }
    std::string operator()(const UserEnrolled &fact) const { return fact.user.id.str(); }
    std::string operator()(const UserChanged &fact) const { return fact.user.id.str(); }
    std::string operator()(const ModelRegistered &fact) const { return fact.model.id.str(); }
    std::string operator()(const ModelEdited &fact) const { return fact.model.id.str(); }
    std::string operator()(const VersionRegistered &fact) const { return fact.version.id.str(); }
    std::string operator()(const VersionEdited &fact) const { return fact.version.id.str(); }
    std::string operator()(const DocumentAttached &fact) const { return fact.document.id.str(); }
    std::string operator()(const ValidationRecorded &fact) const { return fact.validation.id.str(); }
    std::string operator()(const ConditionMet &fact) const { return fact.validation.str(); }
    std::string operator()(const CampaignClosed &fact) const { return fact.campaign.str(); }
    std::string operator()(const FindingRaised &fact) const { return fact.finding.id.str(); }
    std::string operator()(const FindingClosed &fact) const { return fact.finding.str(); }
    std::string operator()(const RemediationPlanned &fact) const { return fact.finding.str(); }
    std::string operator()(const RemediationEvidenced &fact) const { return fact.finding.str(); }
    std::string operator()(const RecordEvidenced &fact) const { return fact.record; }
    std::string operator()(const MonitoringRecorded &fact) const { return fact.run.id.str(); }
    std::string operator()(const MonitoringExplained &fact) const { return fact.run.str(); }
    std::string operator()(const TierPublished &fact) const { return fact.assessment.id.str(); }
    std::string operator()(const ScopeDecided &fact) const { return "scope." + fact.model.str(); }
    std::string operator()(const TierOverrideConfirmed &fact) const { return fact.assessment.str(); }
    std::string operator()(const DeploymentRequested &fact) const { return fact.request.id.str(); }
    std::string operator()(const RequestSigned &fact) const { return fact.request.str(); }
    std::string operator()(const RequestWithdrawn &fact) const { return fact.request.str(); }
    std::string operator()(const RequestAbstained &fact) const { return fact.request.str(); }
    std::string operator()(const DelegationEnded &fact) const { return fact.delegation.str(); }
    std::string operator()(const ExceptionSigned &fact) const { return fact.exception.str(); }
    std::string operator()(const ExceptionClosed &fact) const { return fact.exception.str(); }
    std::string operator()(const ExceptionAbstained &fact) const { return fact.exception.str(); }
    std::string operator()(const VersionDeployed &fact) const { return fact.request.str(); }
    std::string operator()(const SignOffConditionMet &fact) const { return fact.request.str(); }
    template <class F>
        requires requires(const F &fact) { fact.record.id; }
    std::string operator()(const F &fact) const
    {
        return fact.record.id.str();
    }
};

} // namespace

ModelId modelOf(const Registry &registry, const Fact &fact)
{
    return std::visit(ModelOf{registry}, fact);
}

std::string recordOf(const Fact &fact)
{
    return std::visit(RecordOf{}, fact);
}

std::string titleOf(const Model &model)
{
    return model.reference + ", " + model.name;
}

std::string summaryOf(const Registry &before, const Fact &fact)
{
    return std::visit(Summary{before}, fact);
}

} // namespace countersign
