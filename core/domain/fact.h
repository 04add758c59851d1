// SPDX-License-Identifier: GPL-3.0-or-later
//
// A fact is one signed change. Facts of a record carry the whole record as its author saw and left it, with the
// `revision` it was based on: a fact based on an older revision is a conflict and is refused.
#pragma once

#include "core/domain/approvalfacts.h"
#include "core/domain/campaign.h"
#include "core/domain/governance.h"
#include "core/domain/model.h"
#include "core/domain/operations.h"
#include "core/domain/policyproposal.h"
#include "core/domain/registers.h"
#include "core/domain/scope.h"
#include "core/domain/user.h"

#include <variant>

namespace countersign {

struct WorkspaceCreated
{
    std::string organisation;
};
BOOST_DESCRIBE_STRUCT(WorkspaceCreated, (), (organisation))

/// The pack is carried whole, so that replay needs nothing but the log.
struct PolicyPublished
{
    std::string pack;
    std::int64_t version = 0;
    Hash256 hash; ///< SHA-256 of `text`
    std::string text;
};
BOOST_DESCRIBE_STRUCT(PolicyPublished, (), (pack, version, hash, text))

struct UserEnrolled
{
    User user;
};
BOOST_DESCRIBE_STRUCT(UserEnrolled, (), (user))

struct UserChanged
{
    User user;
};
BOOST_DESCRIBE_STRUCT(UserChanged, (), (user))

struct ModelRegistered
{
    Model model;
    std::string provenance; ///< "by hand", or the imported file and row
};
BOOST_DESCRIBE_STRUCT(ModelRegistered, (), (model, provenance))

struct ModelEdited
{
    Model model;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(ModelEdited, (), (model, reason))

struct VersionRegistered
{
    ModelVersion version;
};
BOOST_DESCRIBE_STRUCT(VersionRegistered, (), (version))

struct VersionEdited
{
    ModelVersion version;
};
BOOST_DESCRIBE_STRUCT(VersionEdited, (), (version))

struct DocumentAttached
{
    Document document;
};
BOOST_DESCRIBE_STRUCT(DocumentAttached, (), (document))

struct ValidationRecorded
{
    Validation validation;
};
BOOST_DESCRIBE_STRUCT(ValidationRecorded, (), (validation))

/// Somebody other than its owner has seen that a condition of a validation is met.
struct ConditionMet
{
    ValidationId validation;
    std::int64_t condition = 0; ///< place in Validation::dueConditions
    std::string evidence;
    std::int64_t basedOn = -1;
};
BOOST_DESCRIBE_STRUCT(ConditionMet, (), (validation, condition, evidence, basedOn))

struct FindingRaised
{
    Finding finding;
};
BOOST_DESCRIBE_STRUCT(FindingRaised, (), (finding))

struct FindingClosed
{
    FindingId finding;
    std::string evidence;
    std::int64_t basedOn = -1;
};
BOOST_DESCRIBE_STRUCT(FindingClosed, (), (finding, evidence, basedOn))

struct MonitoringRecorded
{
    MonitoringRun run;
};
BOOST_DESCRIBE_STRUCT(MonitoringRecorded, (), (run))

struct MonitoringExplained
{
    RunId run;
    std::string explanation;
    std::int64_t basedOn = -1;
};
BOOST_DESCRIBE_STRUCT(MonitoringExplained, (), (run, explanation, basedOn))

struct TierPublished
{
    TierAssessment assessment;
};
BOOST_DESCRIBE_STRUCT(TierPublished, (), (assessment))

struct TierOverrideConfirmed
{
    AssessmentId assessment;
    std::string comment;
    std::int64_t basedOn = -1;
};
BOOST_DESCRIBE_STRUCT(TierOverrideConfirmed, (), (assessment, comment, basedOn))

struct DelegationRecorded
{
    Delegation record;
};
BOOST_DESCRIBE_STRUCT(DelegationRecorded, (), (record))

struct DelegationEnded
{
    DelegationId delegation;
    std::string reason;
    std::int64_t basedOn = -1;
};
BOOST_DESCRIBE_STRUCT(DelegationEnded, (), (delegation, reason, basedOn))

struct LimitationRecorded
{
    Limitation record;
};
BOOST_DESCRIBE_STRUCT(LimitationRecorded, (), (record))

struct LimitationChanged
{
    Limitation record;
};
BOOST_DESCRIBE_STRUCT(LimitationChanged, (), (record))

struct OverlayRecorded
{
    Overlay record;
};
BOOST_DESCRIBE_STRUCT(OverlayRecorded, (), (record))

struct OverlayChanged
{
    Overlay record;
};
BOOST_DESCRIBE_STRUCT(OverlayChanged, (), (record))

struct IncidentRecorded
{
    Incident record;
};
BOOST_DESCRIBE_STRUCT(IncidentRecorded, (), (record))

struct IncidentChanged
{
    Incident record;
};
BOOST_DESCRIBE_STRUCT(IncidentChanged, (), (record))

struct AssumptionRecorded
{
    Assumption record;
};
BOOST_DESCRIBE_STRUCT(AssumptionRecorded, (), (record))

struct AssumptionChanged
{
    Assumption record;
};
BOOST_DESCRIBE_STRUCT(AssumptionChanged, (), (record))

using Fact =
    std::variant<WorkspaceCreated, PolicyPublished, UserEnrolled, UserChanged, ModelRegistered, ModelEdited,
                 VersionRegistered, VersionEdited, DocumentAttached, ValidationRecorded, FindingRaised, FindingClosed,
                 MonitoringRecorded, MonitoringExplained, TierPublished, TierOverrideConfirmed, DeploymentRequested,
                 RequestSigned, RequestWithdrawn, RequestAbstained, DelegationRecorded, DelegationEnded,
                 ExceptionRequested, ExceptionSigned, ExceptionClosed, LimitationRecorded, LimitationChanged,
                 OverlayRecorded, OverlayChanged, IncidentRecorded, IncidentChanged, AssumptionRecorded,
                 AssumptionChanged, ConditionMet, CampaignOpened, AttestationGiven, CampaignClosed, UsageRecorded,
                 UsageChanged, CostRecorded, CostChanged, RetrainingRecorded, RetrainingChanged, HandOverRecorded,
                 HandOverChanged, ExplanationRecorded, ExplanationChanged, RemediationPlanned, RemediationEvidenced,
                 ScopeDecided, VersionDeployed, ExceptionAbstained, SignOffConditionMet, RecordEvidenced,
                 PolicyProposed, ProposalSigned, ProposalWithdrawn, ProposalAbstained>;

/// "modelRegistered", ...: the word in the entry's JSON, and the permission that a policy pack's matrix speaks of.
[[nodiscard]] std::string factName(const Fact &fact);
/// Every fact name, in order.
[[nodiscard]] std::vector<std::string> factNames();
/// {"fact":"modelRegistered","model":{...},"provenance":"..."}
[[nodiscard]] json::value factToJson(const Fact &fact);
/// Throws InvalidInput naming the place; an unknown fact name is InvalidInput too.
[[nodiscard]] Fact factFromJson(const json::value &from, const std::string &path = {});

/// One entry of the log as the register understands it: one act of one person.
struct Act
{
    std::int64_t seq = 0;
    UtcTime at{};
    UserId author;
    std::vector<Fact> facts;
};

} // namespace countersign
