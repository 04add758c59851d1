// SPDX-License-Identifier: GPL-3.0-or-later
//
// A policy pack is versioned data: roles, tier method, controls, who must sign, monitoring limits. The product knows
// no rule that is not in one. Packs are JSON (resources/policies); doubles are decimal strings. What a pack leaves out
// asks for nothing, so that packs published before a part existed mean what they meant.
#pragma once

#include "core/domain/model.h"
#include "core/policy/approvalrules.h"
#include "core/policy/lifecycle.h"
#include "core/policy/limits.h"
#include "core/policy/packrisk.h"
#include "core/policy/tiermethod.h"

namespace countersign {

struct TierLevel
{
    std::int64_t level = 1;  ///< 1 is the riskiest
    std::string label;       ///< the organisation's own: "Tier 1, critical"
    double minimumScore = 0; ///< scorecards; a risk matrix has its cells instead
    std::vector<std::string> controls;
    std::vector<RequiredSignature> signatures; ///< for a deployment, where `approvals` has no rule for it
    std::int64_t reviewMonths = 12;
    bool validationRequired = true;
    bool monitoringRequired = true;
    std::vector<std::string> requiredDocuments; ///< DocumentKind names
    std::int64_t validationMonths = 0;          ///< between validations; 0: no fixed interval
    std::int64_t monitoringMonths = 0;          ///< between monitoring runs; 0: no fixed interval
    std::int64_t ratingMonths = 0;              ///< between tier assessments; 0: no fixed interval
    bool provisionalDeploys = false;            ///< a rating with an unknown answer is enough for a deployment
};
BOOST_DESCRIBE_STRUCT(TierLevel, (),
                      (level, label, minimumScore, controls, signatures, reviewMonths, validationRequired,
                       monitoringRequired, requiredDocuments, validationMonths, monitoringMonths, ratingMonths,
                       provisionalDeploys))

/// What keeps people apart, and what is reserved for whom it concerns. A pack lists the rules that hold; one that says
/// nothing has all those before ownerDoesNotExplainRed, so that it means what it meant.
enum class SeparationRule {
    requesterDoesNotSign,
    ownerDoesNotSign,
    developerDoesNotSign,
    validatorDoesNotApprove, ///< the model's validator, or whoever validated the version, signs only as validator
    oneSignaturePerPerson,
    developerDoesNotValidate,
    ownerDoesNotValidate,
    raiserDoesNotCloseFinding,
    findingOwnerDoesNotCloseFinding,
    remediatorDoesNotCloseFinding, ///< whom any plan named, revised since or not, and who gave evidence of it
    assessorDoesNotConfirmOverride,
    ownerDoesNotConfirmOverride,
    nobodyExtendsOwnRoles,
    recorderDoesNotCloseRecord,  ///< of a limitation, an overlay, an incident; who requested an exception in force; and
                                 ///< who gave evidence of one
    ownerDoesNotCloseRecord,     ///< whom such a record names
    requesterWithdrawsRequest,   ///< or an administrator
    principalDelegates,          ///< records and ends delegations of their signatures; or an administrator
    openerSignsOffCampaign,      ///< or an administrator
    ownerAttests,                ///< or the owner's deputy
    preparerDoesNotTakeOver,     ///< of a hand-over
    ownerDoesNotExplainRed,      ///< nor the developer, the monitoring run of their model
    ownerDoesNotDecideOutOfScope ///< nor the developer, on their model
};
BOOST_DESCRIBE_ENUM(SeparationRule, requesterDoesNotSign, ownerDoesNotSign, developerDoesNotSign,
                    validatorDoesNotApprove, oneSignaturePerPerson, developerDoesNotValidate, ownerDoesNotValidate,
                    raiserDoesNotCloseFinding, findingOwnerDoesNotCloseFinding, remediatorDoesNotCloseFinding,
                    assessorDoesNotConfirmOverride, ownerDoesNotConfirmOverride, nobodyExtendsOwnRoles,
                    recorderDoesNotCloseRecord, ownerDoesNotCloseRecord, requesterWithdrawsRequest, principalDelegates,
                    openerSignsOffCampaign, ownerAttests, preparerDoesNotTakeOver, ownerDoesNotExplainRed,
                    ownerDoesNotDecideOutOfScope)

/// One question of the scope decision. `yes` and `no` name another question or an outcome.
struct ScopeQuestion
{
    std::string id;
    std::string question;
    std::string source;
    std::string yes;
    std::string no;
};
BOOST_DESCRIBE_STRUCT(ScopeQuestion, (), (id, question, source, yes, no))

struct ScopeOutcome
{
    std::string id;
    std::string label;
    bool inScope = true;
    std::string treatment;                          ///< what is done with such a tool
    std::vector<RequiredSignature> signatures = {}; ///< out of scope: before it is used; empty: an edit puts it in use
};
BOOST_DESCRIBE_STRUCT(ScopeOutcome, (), (id, label, inScope, treatment, signatures))

/// Whether a tool is a model under this policy. The first question comes first. Empty: not asked.
struct ScopeDecision
{
    std::vector<ScopeQuestion> questions;
    std::vector<ScopeOutcome> outcomes;
};
BOOST_DESCRIBE_STRUCT(ScopeDecision, (), (questions, outcomes))

/// A field of the inventory (a member of Model) that must be filled.
struct FieldRequirement
{
    std::string field;
    std::set<std::int64_t> tiers; ///< empty: every model, also before it has a tier
    std::string source;
    std::set<Origin> origins = {}; ///< empty: wherever the model comes from
};
BOOST_DESCRIBE_STRUCT(FieldRequirement, (), (field, tiers, source, origins))

/// A version that replaces another in production is compared with it before: its request is one for promotion.
struct ComparisonDemand
{
    std::set<std::int64_t> tiers; ///< empty: every tier, and models without one
    bool outcomes = false;        ///< at least one figure is of known outcomes
    bool sameRows = false;        ///< both versions are judged on the same rows
    std::string source;           ///< the paragraph it follows; may be empty
};
BOOST_DESCRIBE_STRUCT(ComparisonDemand, (), (tiers, outcomes, sameRows, source))

/// What asks for a review besides its interval, when nothing was validated since.
enum class ReviewTrigger { redMonitoring, materialChange, graveFinding, newPolicy };
BOOST_DESCRIBE_ENUM(ReviewTrigger, redMonitoring, materialChange, graveFinding, newPolicy)

/// What asks for a new tier assessment besides its interval. newCost: an estimate since that derives another answer.
enum class RatingTrigger { newVersion, redMonitoring, graveFinding, newMethod, newCost };
BOOST_DESCRIBE_ENUM(RatingTrigger, newVersion, redMonitoring, graveFinding, newMethod, newCost)

struct PolicyPack
{
    std::string id;
    std::int64_t version = 1;
    std::string title;
    std::string basis;                ///< the guidance it follows, with date
    std::optional<Date> supersededOn; ///< the guidance is no longer in force
    std::string supersededBy;
    std::map<std::string, std::set<Role>> permissions; ///< factName -> roles
    ScopeDecision scope;
    std::vector<FieldRequirement> fields;
    TierMethod tierMethod;
    std::vector<TierLevel> tiers; ///< riskiest first
    std::set<RatingTrigger> ratingTriggers;
    std::map<ReviewTrigger, std::int64_t> reviewTriggers; ///< a review is due so many days after; absent: never
    std::vector<Control> controls;
    std::vector<PeopleGroup> groups;
    ResidualRule residual;
    std::vector<AppetiteRule> appetite; ///< in the order told; what it does not measure has no limit
    std::vector<ApprovalRule> approvals;
    std::vector<ComparisonDemand> comparisons; ///< at most one for a tier; empty: none is asked for
    std::vector<Deputy> deputies;
    std::vector<LifecycleStage> lifecycle;                ///< empty: every stage leads to every other
    std::vector<PolicyStage> stages;                      ///< what the pack adds to the built-in stages
    UntieredEntry untieredEntry = UntieredEntry::nothing; ///< for `entry` of both
    Registration registration;
    MonitoringLimits monitoring;
    std::vector<MonitoringThreshold> thresholds;  ///< the last that fits counts
    std::map<Severity, std::int64_t> findingDays; ///< a finding is due so many days after it was raised
    std::int64_t detectAgainDays = 0;             ///< after its finding was closed, a cause that still stands; 0: never
    std::set<Severity> findingPlans;              ///< closed with a remediation plan alone
    std::set<Severity> findingEvidence;           ///< closed with evidence of remediation alone
    std::map<Severity, std::int64_t> limitationDays; ///< looked at again at the latest so many days later
    std::map<Severity, std::int64_t> incidentDays;   ///< settled at the latest so many days after it was recorded
    std::map<Severity, std::int64_t> exceptionDays;  ///< holds at most so many days from its request
    std::set<std::string> excusableChecks;           ///< ids of the checks that an approved exception may excuse
    std::map<Severity, std::int64_t> overlayDays;    ///< renewed or ended at the latest so many days later
    UsageLimits usage;
    std::map<std::string, std::string> meanings; ///< Decision name -> the statement a signature means
    std::set<SeparationRule> separation;         ///< the rules in force
    /// Decision name -> ids of the checks (deploymentChecks) that may fail when it is signed. An approval that is not
    /// named here needs every check; requesting changes and refusing need none.
    std::map<std::string, std::set<std::string>> toleratedFailures;

    [[nodiscard]] const TierLevel *tier(std::int64_t level) const;
    [[nodiscard]] std::string tierLabel(std::int64_t level) const; ///< "Not tiered" for none
    [[nodiscard]] std::string meaning(Decision decision) const;
    [[nodiscard]] bool holds(SeparationRule rule) const { return separation.contains(rule); }
    /// The limits that hold for a model: `monitoring`, with the thresholds of its tier, class and reference.
    [[nodiscard]] MonitoringLimits limitsFor(std::int64_t level, ModelKind kind, std::string_view reference = {}) const;
    /// The comparison asked for at that tier, or nothing.
    [[nodiscard]] const ComparisonDemand *comparisonAt(std::int64_t level) const;
    /// When a finding raised on `day` is due; nothing where the pack sets no term.
    [[nodiscard]] std::optional<Date> findingDueOn(Severity severity, Date day) const;
    /// The last day of the next review of a model of that tier reviewed on `day`: the shorter of the intervals of
    /// review and validation. Nothing where the pack sets none.
    [[nodiscard]] std::optional<Date> reviewDueOn(std::int64_t level, Date day) const;
};
BOOST_DESCRIBE_STRUCT(PolicyPack, (),
                      (id, version, title, basis, supersededOn, supersededBy, permissions, scope, fields, tierMethod,
                       tiers, ratingTriggers, reviewTriggers, controls, residual, appetite, groups, approvals,
                       comparisons, deputies, lifecycle, stages, untieredEntry, registration, monitoring, thresholds,
                       findingDays, detectAgainDays, findingPlans, findingEvidence, limitationDays, incidentDays,
                       exceptionDays, excusableChecks, overlayDays, usage, meanings, separation, toleratedFailures))

/// `day` and the term of that severity, or nothing where there is none.
[[nodiscard]] std::optional<Date> dueAfter(const std::map<Severity, std::int64_t> &terms, Severity severity, Date day);

/// Parses and checks a pack: weights add up, tiers cover all scores and every one is reachable, roles and fact names
/// are known, every permission and signature can be given by somebody, nothing is misspelt. Throws InvalidInput naming
/// the place, as "tiers[1].minimumScore", and its line.
[[nodiscard]] PolicyPack parsePolicyPack(std::string_view text);

/// The pack as a text to edit and publish: always the same for the same pack, and parsePolicyPack reads it back.
[[nodiscard]] std::string policyPackText(const PolicyPack &pack);

/// Something wrong with a pack, with the line of its text (from 1).
struct PolicyFault
{
    std::string path;
    std::int64_t line = 1;
    std::string what;
    bool blocks = true; ///< the pack is not published with it; else it is told
};
BOOST_DESCRIBE_STRUCT(PolicyFault, (), (path, line, what, blocks))

/// Everything wrong with a pack, in the order of the text; empty when it may be published. With `today`, also deputies
/// whose time is over.
[[nodiscard]] std::vector<PolicyFault> checkPolicyText(std::string_view text, std::optional<Date> today = {});

} // namespace countersign
