// SPDX-License-Identifier: GPL-3.0-or-later
//
// The read model: everything derived from the log by replay. A plain value; pages read it, nobody but apply() writes
// it.
#pragma once

#include "core/domain/differences.h"
#include "core/domain/fact.h"

#include <algorithm>

namespace countersign {

/// One line of the history: one fact of one entry, in words.
struct TimelineItem
{
    std::int64_t seq = 0;
    UtcTime at{};
    UserId author;
    std::string authorName;
    std::string fact;    ///< factName
    std::string summary; ///< "Registered model CR-014, Retail PD"
    ModelId model;       ///< none: concerns the workspace
    std::vector<FieldChange> changes;
    std::string forbidden; ///< why the policy of its day forbade the act; such an act has no effect. Empty: allowed
    std::string record;    ///< id of the record that the fact is about; empty: the workspace itself
};
BOOST_DESCRIBE_STRUCT(TimelineItem, (), (seq, at, author, authorName, fact, summary, model, changes, forbidden, record))

/// A policy that is or was in force; its id is the digest of its text.
struct PublishedPolicy
{
    PolicyId id;
    std::string pack;
    std::int64_t version = 0;
    std::string text;
    UserId by;
    UtcTime at{};
    std::int64_t revision = -1;
    std::int64_t entry = -1;
};
BOOST_DESCRIBE_STRUCT(PublishedPolicy, (), (id, pack, version, text, by, at, revision, entry))

struct Registry
{
    std::string organisation;
    std::string policyText; ///< the pack in force, whole
    Hash256 policyHash;
    std::int64_t policyVersion = 0;
    std::int64_t size = 0; ///< entries applied
    UtcTime lastAt{};      ///< the latest of all entries with effect, whatever their order
    std::map<UserId, User> users;
    std::map<ModelId, Model> models;
    std::map<VersionId, ModelVersion> versions;
    std::map<DocumentId, Document> documents;
    std::map<ValidationId, Validation> validations;
    std::map<FindingId, Finding> findings;
    std::map<RunId, MonitoringRun> runs;
    std::map<AssessmentId, TierAssessment> assessments;
    std::map<RequestId, DeploymentRequest> requests;
    std::map<PolicyId, PublishedPolicy> policies; ///< every one published
    std::map<ProposalId, PolicyProposal> proposals;
    std::map<DelegationId, Delegation> delegations;
    std::map<ExceptionId, PolicyException> exceptions;
    std::map<LimitationId, Limitation> limitations;
    std::map<OverlayId, Overlay> overlays;
    std::map<IncidentId, Incident> incidents;
    std::map<AssumptionId, Assumption> assumptions;
    std::map<CampaignId, Campaign> campaigns;
    std::map<AttestationId, Attestation> attestations;
    std::map<UsageId, UsageReport> usages;
    std::map<CostEstimateId, CostEstimate> costs;
    std::map<RetrainingId, RetrainingPolicy> retrainings;
    std::map<HandOverId, HandOver> handOvers;
    std::map<ExplanationId, Explanation> explanations;
    std::map<ModelId, ScopeRecord> scopes; ///< the last decision on each model
    std::vector<TimelineItem> timeline;

    [[nodiscard]] const User *userByName(std::string_view fullName) const;
    [[nodiscard]] const User *userByKey(std::string_view keyId) const;
    [[nodiscard]] const Model *modelByReference(std::string_view reference) const;
    [[nodiscard]] std::vector<const ModelVersion *> versionsOf(const ModelId &model) const; ///< oldest first
    [[nodiscard]] std::vector<const Document *> documentsOf(const VersionId &version) const;
    [[nodiscard]] const Validation *latestValidation(const VersionId &version) const;
    [[nodiscard]] std::vector<const Finding *> findingsOf(const ModelId &model) const;   ///< open first, then newest
    [[nodiscard]] std::vector<const MonitoringRun *> runsOf(const ModelId &model) const; ///< newest first
    [[nodiscard]] const MonitoringRun *latestRun(const VersionId &version) const;
    [[nodiscard]] const TierAssessment *tierOf(const ModelId &model) const; ///< the newest published
    [[nodiscard]] std::vector<const DeploymentRequest *> requestsOf(const ModelId &model) const; ///< newest first
    [[nodiscard]] std::vector<const TimelineItem *> timelineOf(const ModelId &model) const;      ///< newest first
};

/// Whether `user` registered the version or changed what it is.
[[nodiscard]] bool isAuthor(const Registry &registry, const VersionId &version, const UserId &user);

/// Calls use(kind, map) with the map that keeps such records; `kind` is the member's name.
template <class R, class Use>
decltype(auto) withRecords(R &registry, RecordKind kind, Use &&use)
{
    switch (kind) {
    case RecordKind::policyException:
        return use("exceptions", registry.exceptions);
    case RecordKind::overlay:
        return use("overlays", registry.overlays);
    case RecordKind::incident:
        return use("incidents", registry.incidents);
    case RecordKind::limitation:
        break;
    }
    return use("limitations", registry.limitations);
}

/// Calls f(kind, map) for every map of records; `kind` is the member's name.
template <class R, class F>
void forEachKind(R &registry, F &&f)
{
    f("users", registry.users);
    f("models", registry.models);
    f("versions", registry.versions);
    f("documents", registry.documents);
    f("validations", registry.validations);
    f("findings", registry.findings);
    f("runs", registry.runs);
    f("assessments", registry.assessments);
    f("requests", registry.requests);
    f("policies", registry.policies);
    f("proposals", registry.proposals);
    f("delegations", registry.delegations);
    f("exceptions", registry.exceptions);
    f("limitations", registry.limitations);
    f("overlays", registry.overlays);
    f("incidents", registry.incidents);
    f("assumptions", registry.assumptions);
    f("campaigns", registry.campaigns);
    f("attestations", registry.attestations);
    f("usages", registry.usages);
    f("costs", registry.costs);
    f("retrainings", registry.retrainings);
    f("handOvers", registry.handOvers);
    f("explanations", registry.explanations);
    f("scopes", registry.scopes);
}

/// Which records an act touched, so that a cache and the pages can follow without reading everything. An act appends to
/// the timeline and may set organisation, policy, size and lastAt besides.
struct Touched
{
    std::set<std::pair<std::string, std::string>> records; ///< (kind, id), kinds as the Registry members are named
    std::set<ModelId> models;
};

/// The day by which an act done at `at` is judged: never before that of an earlier entry, so that setting a clock back
/// gains nothing.
[[nodiscard]] inline Date effectiveDay(const Registry &registry, UtcTime at)
{
    return dateOf(std::max(registry.lastAt, at));
}

/// Checks that `act` fits the registry whatever the policy says: records exist and belong together, ids, references,
/// labels and names are new and unique, revisions are current, fields are complete, texts are printable and of bearable
/// length. Facts of one act may build on those before them. Throws NotFound, Conflict or InvalidInput.
void checkConsistent(const Registry &registry, const Act &act);

/// Applies a consistent, permitted act. Returns what it touched. Who and when are the act's, whatever the facts say.
/// The last signature of a request approves its version, or puts it into production and retires the one before
/// (DeploymentRequest::approvedFirst).
Touched apply(Registry &registry, const Act &act);

/// Records in the timeline that `act` was forbidden, and changes nothing else. An act without facts stands for an entry
/// that could not be read.
void applyForbidden(Registry &registry, const Act &act, const std::string &why);

} // namespace countersign
