// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/registry.h"
#include "core/domain/transition.h"

#include <algorithm>
#include <cassert>

namespace countersign {

namespace {

/// Changes the registry by one fact; returns the field changes that the timeline shows.
class Applier
{
public:
    Applier(Registry &registry, const Act &act, Touched &touched)
        : m_registry(registry)
        , m_act(act)
        , m_touched(touched)
    {
    }

    std::vector<FieldChange> operator()(const WorkspaceCreated &fact)
    {
        m_registry.organisation = fact.organisation;
        return {};
    }

    std::vector<FieldChange> operator()(const PolicyPublished &fact)
    {
        std::vector<FieldChange> changes;
        if (!m_registry.policyText.empty())
            changes.push_back(
                {"policy version", std::to_string(m_registry.policyVersion), std::to_string(fact.version)});
        m_registry.policyText = fact.text;
        m_registry.policyHash = fact.hash;
        m_registry.policyVersion = fact.version;
        store("policies", m_registry.policies,
              PublishedPolicy{PolicyId(fact.hash.hex()), fact.pack, fact.version, fact.text, m_act.author, m_act.at});
        for (auto &[id, proposal] : m_registry.proposals)
            if (proposal.status == ProposalStatus::approved && proposal.text == fact.text) {
                proposal.status = ProposalStatus::published;
                mark("proposals", proposal);
            }
        return changes;
    }

    std::vector<FieldChange> operator()(const PolicyProposed &fact)
    {
        return store("proposals", m_registry.proposals, signedRecord(fact.record));
    }

    std::vector<FieldChange> operator()(const ProposalSigned &fact)
    {
        return addSignature("proposals", m_registry.proposals, fact.proposal, fact.signature, "proposal");
    }

    std::vector<FieldChange> operator()(const ProposalAbstained &fact)
    {
        return addAbstention("proposals", m_registry.proposals, fact.proposal, fact.reason);
    }

    std::vector<FieldChange> operator()(const ProposalWithdrawn &fact)
    {
        auto record = m_registry.proposals.at(fact.proposal);
        const auto before = record.status;
        record.status = ProposalStatus::withdrawn;
        record.closingReason = fact.reason;
        const auto after = record.status;
        store("proposals", m_registry.proposals, std::move(record));
        return {{"proposal", displayName(before), displayName(after)}};
    }

    std::vector<FieldChange> operator()(const UserEnrolled &fact)
    {
        return store("users", m_registry.users, fact.user);
    }
    std::vector<FieldChange> operator()(const UserChanged &fact) { return store("users", m_registry.users, fact.user); }

    std::vector<FieldChange> operator()(const ModelRegistered &fact)
    {
        return store("models", m_registry.models, fact.model);
    }

    std::vector<FieldChange> operator()(const ModelEdited &fact)
    {
        auto changes = store("models", m_registry.models, fact.model);
        if (fact.model.stage == Stage::retired)
            for (auto &[id, version] : m_registry.versions)
                if (version.model == fact.model.id)
                    moveVersion(version, VersionStage::retired, changes);
        return changes;
    }

    std::vector<FieldChange> operator()(const VersionRegistered &fact)
    {
        auto version = fact.version;
        version.authors = {m_act.author};
        return store("versions", m_registry.versions, version);
    }

    std::vector<FieldChange> operator()(const VersionEdited &fact)
    {
        auto version = fact.version;
        const auto &before = m_registry.versions.at(version.id);
        version.authors = before.authors;
        if (changesContent(before, version) &&
            std::ranges::find(version.authors, m_act.author) == version.authors.end())
            version.authors.push_back(m_act.author);
        return store("versions", m_registry.versions, version);
    }

    std::vector<FieldChange> operator()(const DocumentAttached &fact)
    {
        return store("documents", m_registry.documents, fact.document);
    }

    std::vector<FieldChange> operator()(const ValidationRecorded &fact)
    {
        auto validation = fact.validation;
        validation.by = m_act.author;
        validation.at = m_act.at;
        store("validations", m_registry.validations, validation);
        auto &model = m_registry.models.at(validation.model);
        const auto before = model;
        if (!model.lastValidatedOn || *model.lastValidatedOn < dateOf(m_act.at)) {
            model.lastValidatedOn = dateOf(m_act.at);
            mark("models", model);
        }
        if (validation.nextReviewOn && model.nextReviewOn != validation.nextReviewOn) {
            model.nextReviewOn = validation.nextReviewOn;
            mark("models", model);
        }
        return differences(before, model);
    }

    std::vector<FieldChange> operator()(const ConditionMet &fact)
    {
        auto validation = m_registry.validations.at(fact.validation);
        auto change = meet(validation.dueConditions.at(static_cast<std::size_t>(fact.condition)), fact.evidence);
        store("validations", m_registry.validations, std::move(validation));
        return {std::move(change)};
    }

    std::vector<FieldChange> operator()(const FindingRaised &fact)
    {
        auto finding = fact.finding;
        finding.raisedBy = m_act.author;
        finding.raisedAt = m_act.at;
        return store("findings", m_registry.findings, finding);
    }

    std::vector<FieldChange> operator()(const FindingClosed &fact)
    {
        auto finding = m_registry.findings.at(fact.finding);
        finding.open = false;
        finding.closedBy = m_act.author;
        finding.closedAt = m_act.at;
        finding.closureEvidence = fact.evidence;
        return store("findings", m_registry.findings, finding);
    }

    std::vector<FieldChange> operator()(const RemediationPlanned &fact)
    {
        auto finding = m_registry.findings.at(fact.finding);
        const auto before = finding.plan() ? *finding.plan() : RemediationPlan();
        auto plan = signedRecord(fact.plan);
        plan.entry = m_act.seq;
        finding.plans.push_back(plan);
        store("findings", m_registry.findings, std::move(finding));
        std::vector<FieldChange> changes{{"plan", before.text, plan.text}};
        if (before.owner != plan.owner)
            changes.push_back({"answers for the plan", before.owner, plan.owner});
        const auto target = before.entry < 0 ? std::string() : toString(before.targetOn);
        if (target != toString(plan.targetOn))
            changes.push_back({"target", target, toString(plan.targetOn)});
        return changes;
    }

    std::vector<FieldChange> operator()(const RemediationEvidenced &fact)
    {
        return addEvidence("findings", m_registry.findings, fact.finding, fact.evidence);
    }
    std::vector<FieldChange> operator()(const RecordEvidenced &fact)
    {
        return withRecords(m_registry, fact.kind, [&](const char *kind, auto &records) {
            using Records = std::remove_cvref_t<decltype(records)>;
            return addEvidence(kind, records, typename Records::key_type(fact.record), fact.evidence);
        });
    }

    std::vector<FieldChange> operator()(const MonitoringRecorded &fact)
    {
        auto run = fact.run;
        run.by = m_act.author;
        run.at = m_act.at;
        return store("runs", m_registry.runs, run);
    }

    std::vector<FieldChange> operator()(const MonitoringExplained &fact)
    {
        auto run = m_registry.runs.at(fact.run);
        run.explanation = fact.explanation;
        run.explainedBy = m_act.author;
        run.explainedAt = m_act.at;
        return store("runs", m_registry.runs, run);
    }

    std::vector<FieldChange> operator()(const TierPublished &fact)
    {
        auto assessment = fact.assessment;
        assessment.by = m_act.author;
        assessment.at = m_act.at;
        const auto *former = m_registry.tierOf(assessment.model);
        const auto before = former ? std::to_string(former->level()) : std::string();
        store("assessments", m_registry.assessments, assessment);
        return {{"tier", before, std::to_string(assessment.level())}};
    }

    std::vector<FieldChange> operator()(const ScopeDecided &fact)
    {
        const auto found = m_registry.scopes.find(fact.model);
        const auto before = found == m_registry.scopes.end() ? ScopeRecord() : found->second;
        const auto wasInScope = before.entry < 0 ? std::string() : valueInWords(before.inScope);
        m_registry.scopes.insert_or_assign(
            fact.model, ScopeRecord{fact.model, fact.answers, fact.outcome, fact.label, fact.inScope, fact.reason,
                                    PolicyId(m_registry.policyHash.hex()), m_registry.policyVersion, m_act.author,
                                    m_act.at, m_act.seq, m_act.seq});
        m_touched.records.emplace("scopes", fact.model.str());
        return {{"scope", before.label, fact.label},
                {"in scope", wasInScope, valueInWords(fact.inScope)},
                {"reason", before.reason, fact.reason}};
    }

    std::vector<FieldChange> operator()(const TierOverrideConfirmed &fact)
    {
        auto assessment = m_registry.assessments.at(fact.assessment);
        const auto before = assessment.level();
        assessment.overrideConfirmedBy = m_act.author;
        assessment.overrideConfirmedAt = m_act.at;
        store("assessments", m_registry.assessments, assessment);
        return {{"tier", std::to_string(before), std::to_string(assessment.level())}};
    }

    std::vector<FieldChange> operator()(const DeploymentRequested &fact)
    {
        auto request = fact.request;
        request.by = m_act.author;
        request.at = m_act.at;
        return store("requests", m_registry.requests, request);
    }

    std::vector<FieldChange> operator()(const RequestSigned &fact)
    {
        auto &request = m_registry.requests.at(fact.request);
        const auto before = request.status;
        auto signOff = fact.signOff;
        signOff.by = m_act.author;
        signOff.at = m_act.at;
        signOff.entry = m_act.seq;
        request.signOffs.push_back(signOff);
        mark("requests", request);
        std::vector<FieldChange> changes;
        if (signOff.decision == Decision::refuse)
            request.status = RequestStatus::refused;
        else if (signOff.decision == Decision::requestChanges)
            request.status = RequestStatus::changesRequested;
        else if (outstanding(request).empty())
            approve(request, changes);
        if (request.status != before)
            changes.insert(changes.begin(), {"request", displayName(before), displayName(request.status)});
        return changes;
    }

    std::vector<FieldChange> operator()(const RequestWithdrawn &fact)
    {
        auto &request = m_registry.requests.at(fact.request);
        const auto before = request.status;
        request.status = RequestStatus::withdrawn;
        mark("requests", request);
        return {{"request", displayName(before), displayName(request.status)}};
    }

    std::vector<FieldChange> operator()(const LimitationRecorded &fact)
    {
        return store("limitations", m_registry.limitations, signedRecord(fact.record));
    }
    std::vector<FieldChange> operator()(const LimitationChanged &fact)
    {
        return store("limitations", m_registry.limitations,
                     changedRecord(m_registry.limitations.at(fact.record.id), fact.record));
    }

    std::vector<FieldChange> operator()(const OverlayRecorded &fact)
    {
        return store("overlays", m_registry.overlays, signedRecord(fact.record));
    }
    std::vector<FieldChange> operator()(const OverlayChanged &fact)
    {
        return store("overlays", m_registry.overlays,
                     changedRecord(m_registry.overlays.at(fact.record.id), fact.record));
    }

    std::vector<FieldChange> operator()(const IncidentRecorded &fact)
    {
        return store("incidents", m_registry.incidents, signedRecord(fact.record));
    }
    std::vector<FieldChange> operator()(const IncidentChanged &fact)
    {
        return store("incidents", m_registry.incidents,
                     changedRecord(m_registry.incidents.at(fact.record.id), fact.record));
    }

    std::vector<FieldChange> operator()(const AssumptionRecorded &fact)
    {
        return store("assumptions", m_registry.assumptions, signedRecord(fact.record));
    }
    std::vector<FieldChange> operator()(const AssumptionChanged &fact)
    {
        return store("assumptions", m_registry.assumptions,
                     changedRecord(m_registry.assumptions.at(fact.record.id), fact.record));
    }

    std::vector<FieldChange> operator()(const UsageRecorded &fact)
    {
        return store("usages", m_registry.usages, signedRecord(fact.record));
    }
    std::vector<FieldChange> operator()(const UsageChanged &fact)
    {
        return store("usages", m_registry.usages, changedRecord(m_registry.usages.at(fact.record.id), fact.record));
    }

    std::vector<FieldChange> operator()(const CostRecorded &fact)
    {
        return store("costs", m_registry.costs, signedRecord(fact.record));
    }
    std::vector<FieldChange> operator()(const CostChanged &fact)
    {
        return store("costs", m_registry.costs, changedRecord(m_registry.costs.at(fact.record.id), fact.record));
    }

    std::vector<FieldChange> operator()(const RetrainingRecorded &fact)
    {
        return store("retrainings", m_registry.retrainings, signedRecord(fact.record));
    }
    std::vector<FieldChange> operator()(const RetrainingChanged &fact)
    {
        return store("retrainings", m_registry.retrainings,
                     changedRecord(m_registry.retrainings.at(fact.record.id), fact.record));
    }

    std::vector<FieldChange> operator()(const HandOverRecorded &fact)
    {
        return store("handOvers", m_registry.handOvers, signedRecord(fact.record));
    }
    std::vector<FieldChange> operator()(const HandOverChanged &fact)
    {
        return store("handOvers", m_registry.handOvers,
                     changedRecord(m_registry.handOvers.at(fact.record.id), fact.record));
    }

    std::vector<FieldChange> operator()(const ExplanationRecorded &fact)
    {
        return store("explanations", m_registry.explanations, signedRecord(fact.record));
    }
    std::vector<FieldChange> operator()(const ExplanationChanged &fact)
    {
        return store("explanations", m_registry.explanations,
                     changedRecord(m_registry.explanations.at(fact.record.id), fact.record));
    }

    std::vector<FieldChange> operator()(const RequestAbstained &fact)
    {
        return addAbstention("requests", m_registry.requests, fact.request, fact.reason);
    }

    std::vector<FieldChange> operator()(const ExceptionAbstained &fact)
    {
        return addAbstention("exceptions", m_registry.exceptions, fact.exception, fact.reason);
    }

    std::vector<FieldChange> operator()(const SignOffConditionMet &fact)
    {
        auto &request = m_registry.requests.at(fact.request);
        auto &signOff = request.signOffs.at(static_cast<std::size_t>(fact.signOff));
        mark("requests", request);
        return {meet(signOff.dueConditions.at(static_cast<std::size_t>(fact.condition)), fact.evidence)};
    }

    std::vector<FieldChange> operator()(const VersionDeployed &fact)
    {
        std::vector<FieldChange> changes;
        putIntoProduction(m_registry.requests.at(fact.request), changes);
        return changes;
    }

    std::vector<FieldChange> operator()(const DelegationRecorded &fact)
    {
        return store("delegations", m_registry.delegations, signedRecord(fact.record));
    }

    std::vector<FieldChange> operator()(const DelegationEnded &fact)
    {
        auto record = m_registry.delegations.at(fact.delegation);
        record.open = false;
        return store("delegations", m_registry.delegations, record);
    }

    std::vector<FieldChange> operator()(const ExceptionRequested &fact)
    {
        return store("exceptions", m_registry.exceptions, signedRecord(fact.record));
    }

    std::vector<FieldChange> operator()(const ExceptionSigned &fact)
    {
        return addSignature("exceptions", m_registry.exceptions, fact.exception, fact.signature, "exception");
    }

    std::vector<FieldChange> operator()(const ExceptionClosed &fact)
    {
        auto record = m_registry.exceptions.at(fact.exception);
        record.status = ExceptionStatus::closed;
        record.closingReason = fact.reason;
        return store("exceptions", m_registry.exceptions, record);
    }

    std::vector<FieldChange> operator()(const CampaignOpened &fact)
    {
        return store("campaigns", m_registry.campaigns, signedRecord(fact.record));
    }

    std::vector<FieldChange> operator()(const AttestationGiven &fact)
    {
        return store("attestations", m_registry.attestations, signedRecord(fact.record));
    }

    std::vector<FieldChange> operator()(const CampaignClosed &fact)
    {
        auto record = m_registry.campaigns.at(fact.campaign);
        record.open = false;
        record.statement = fact.statement;
        record.after = fact.after;
        record.closedBy = m_act.author;
        record.closedAt = m_act.at;
        store("campaigns", m_registry.campaigns, std::move(record));
        return {{"campaign", "open", "signed off"}};
    }

private:
    /// Who and when are the act's.
    template <class T>
    T signedRecord(T record) const
    {
        record.by = m_act.author;
        record.at = m_act.at;
        return record;
    }

    /// Who recorded it and when stay as they were.
    template <class T>
    static T changedRecord(const T &before, T record)
    {
        record.by = before.by;
        record.at = before.at;
        return record;
    }

    template <class K, class T>
    std::vector<FieldChange> addEvidence(const char *kind, std::map<K, T> &records, const K &id,
                                         const RemediationEvidence &given)
    {
        auto record = records.at(id);
        auto evidence = signedRecord(given);
        evidence.entry = m_act.seq;
        std::vector<FieldChange> changes;
        if (!evidence.text.empty())
            changes.push_back({"evidence", {}, evidence.text});
        for (const auto &file : evidence.files)
            changes.push_back({"file", {}, file.fileName});
        record.evidence.push_back(std::move(evidence));
        store(kind, records, std::move(record));
        return changes;
    }

    /// Bookkeeping of a record that changed in place.
    template <class T>
    void mark(const char *kind, T &record)
    {
        record.revision = m_act.seq;
        m_touched.records.emplace(kind, record.id.str());
        if constexpr (requires { record.model; })
            m_touched.models.insert(record.model);
        else if constexpr (std::is_same_v<T, Model>)
            m_touched.models.insert(record.id);
    }

    /// Of a record that is approved by signatures; `field` names what has changed when it is decided.
    template <class K, class T>
    std::vector<FieldChange> addSignature(const char *kind, std::map<K, T> &records, const K &id,
                                          const ExceptionSignature &given, const char *field)
    {
        using Status = decltype(T::status);
        auto record = records.at(id);
        const auto before = record.status;
        auto signature = signedRecord(given);
        signature.entry = m_act.seq;
        record.signatures.push_back(signature);
        if (!signature.approved)
            record.status = Status::refused;
        else if (outstanding(record).empty())
            record.status = Status::approved;
        const auto after = record.status;
        store(kind, records, std::move(record));
        if (before == after)
            return {};
        return {{field, displayName(before), displayName(after)}};
    }

    /// Stores a record as new or in place of the one with its id; the differences when it was there.
    template <class K, class T>
    std::vector<FieldChange> store(const char *kind, std::map<K, T> &records, T record)
    {
        const auto found = records.find(record.id);
        if constexpr (requires { record.entry; })
            record.entry = found == records.end() ? m_act.seq : found->second.entry;
        mark(kind, record);
        if (found == records.end()) {
            records.emplace(record.id, std::move(record));
            return {};
        }
        auto changes = differences(found->second, record);
        found->second = std::move(record);
        return changes;
    }

    void moveVersion(ModelVersion &version, VersionStage stage, std::vector<FieldChange> &changes)
    {
        if (version.stage == stage)
            return;
        changes.push_back({"version " + version.label + ", stage", displayName(version.stage), displayName(stage)});
        version.stage = stage;
        mark("versions", version);
    }

    FieldChange meet(DueCondition &condition, const std::string &evidence) const
    {
        condition.metOn = effectiveDay(m_registry, m_act.at);
        condition.metBy = m_act.author;
        condition.evidence = evidence;
        return {"condition", condition.text, "met on " + toString(*condition.metOn)};
    }

    template <class K, class T>
    std::vector<FieldChange> addAbstention(const char *kind, std::map<K, T> &records, const K &id,
                                           const std::string &reason)
    {
        const auto author = m_registry.users.find(m_act.author);
        auto &record = records.at(id);
        record.abstentions.push_back({m_act.author,
                                      author == m_registry.users.end() ? std::string() : author->second.fullName,
                                      reason, m_act.at});
        mark(kind, record);
        return {};
    }

    /// The request has all its signatures: its version is approved, and goes into production where nothing comes
    /// between.
    void approve(DeploymentRequest &request, std::vector<FieldChange> &changes)
    {
        const bool conditional = std::ranges::any_of(request.signOffs, [](const SignOff &signOff) {
            return signOff.decision == Decision::approveWithConditions;
        });
        request.status = conditional ? RequestStatus::approvedWithConditions : RequestStatus::approved;
        if (!request.approvedFirst) {
            putIntoProduction(request, changes);
            return;
        }
        moveVersion(m_registry.versions.at(request.version), VersionStage::approved, changes);
        moveModel(m_registry.models.at(request.model), Stage::approved, changes);
    }

    /// The version before leaves production.
    void putIntoProduction(const DeploymentRequest &request, std::vector<FieldChange> &changes)
    {
        for (auto &[id, version] : m_registry.versions) {
            if (version.model != request.model)
                continue;
            if (id == request.version) {
                version.deployedOn = dateOf(m_act.at);
                moveVersion(version, VersionStage::inProduction, changes);
            } else if (version.stage == VersionStage::inProduction) {
                moveVersion(version, VersionStage::retired, changes);
            }
        }
        moveModel(m_registry.models.at(request.model), Stage::inProduction, changes);
    }

    /// A model that stands in a later stage stays there.
    void moveModel(Model &model, Stage stage, std::vector<FieldChange> &changes)
    {
        if (model.stage >= stage)
            return;
        const auto before = model;
        model.stage = stage;
        model.policyStage.clear();
        if (stage == Stage::inProduction && !model.deployedOn)
            model.deployedOn = dateOf(m_act.at);
        mark("models", model);
        for (auto &change : differences(before, model))
            changes.push_back({"model, " + change.field, change.before, change.after});
    }

    Registry &m_registry;
    const Act &m_act;
    Touched &m_touched;
};

TimelineItem lineFor(const Registry &before, const Act &act, const Fact &fact)
{
    TimelineItem item;
    item.seq = act.seq;
    item.at = act.at;
    item.author = act.author;
    const auto author = before.users.find(act.author);
    if (author != before.users.end())
        item.authorName = author->second.fullName;
    item.fact = factName(fact);
    item.summary = summaryOf(before, fact);
    item.model = modelOf(before, fact);
    item.record = recordOf(fact);
    return item;
}

/// The author's name where this very act enrols them: the first entry of a file.
std::string enrolledName(const Act &act)
{
    for (const auto &fact : act.facts)
        if (const auto *enrolled = std::get_if<UserEnrolled>(&fact); enrolled && enrolled->user.id == act.author)
            return enrolled->user.fullName;
    return "An unknown user";
}

/// The records of `models`, and all of those that belong to no model.
template <class K, class T>
void copyNear(const std::map<K, T> &from, const std::set<ModelId> &models, std::map<K, T> &into)
{
    if constexpr (std::is_same_v<T, Model>) {
        for (const auto &id : models)
            if (const auto found = from.find(id); found != from.end())
                into.insert(*found);
    } else if constexpr (requires(const T &record) { record.model; }) {
        for (const auto &item : from)
            if (models.contains(item.second.model))
                into.insert(into.end(), item);
    } else {
        into = from;
    }
}

} // namespace

Registry neighbourhood(const Registry &registry, const Act &act)
{
    std::set<ModelId> models;
    for (const auto &fact : act.facts)
        if (const auto model = modelOf(registry, fact); model.valid())
            models.insert(model);
    Registry near;
    near.organisation = registry.organisation;
    near.policyText = registry.policyText;
    near.policyHash = registry.policyHash;
    near.policyVersion = registry.policyVersion;
    near.size = registry.size;
    near.lastAt = registry.lastAt;
    forEachKind(near, [&](std::string_view kind, auto &into) {
        forEachKind(registry, [&](std::string_view other, const auto &from) {
            if constexpr (std::is_same_v<std::remove_cvref_t<decltype(from)>, std::remove_cvref_t<decltype(into)>>)
                if (kind == other)
                    copyNear(from, models, into);
        });
    });
    return near;
}

void applyFact(Registry &registry, const Act &act, const Fact &fact, Touched &touched)
{
    auto item = lineFor(registry, act, fact);
    if (item.authorName.empty())
        item.authorName = enrolledName(act);
    item.changes = std::visit(Applier(registry, act, touched), fact);
    if (item.model.valid())
        touched.models.insert(item.model);
    registry.timeline.push_back(std::move(item));
}

Touched apply(Registry &registry, const Act &act)
{
    assert(act.seq >= registry.size);
    Touched touched;
    for (const auto &fact : act.facts)
        applyFact(registry, act, fact, touched);
    registry.size = act.seq + 1;
    registry.lastAt = std::max(registry.lastAt, act.at);
    return touched;
}

void applyForbidden(Registry &registry, const Act &act, const std::string &why)
{
    if (act.facts.empty()) {
        TimelineItem item;
        item.seq = act.seq;
        item.at = act.at;
        item.author = act.author;
        const auto author = registry.users.find(act.author);
        item.authorName = author == registry.users.end() ? "An unknown user" : author->second.fullName;
        item.summary = "Without effect: an entry that cannot be read";
        item.forbidden = why;
        registry.timeline.push_back(std::move(item));
    }
    for (const auto &fact : act.facts) {
        auto item = lineFor(registry, act, fact);
        if (item.authorName.empty())
            item.authorName = enrolledName(act);
        item.summary = "Without effect: " + item.summary;
        item.forbidden = why;
        registry.timeline.push_back(std::move(item));
    }
    registry.size = act.seq + 1;
}

} // namespace countersign
