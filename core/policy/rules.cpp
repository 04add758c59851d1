// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policy/approvals.h"
#include "core/policy/comparisons.h"
#include "core/policy/detected.h"
#include "core/policy/excuses.h"
#include "core/policy/peoplechecks.h"
#include "core/policy/registerrules.h"
#include "core/policy/scope.h"
#include "core/policy/stages.h"
#include "core/policy/staleness.h"

#include "core/domain/deadlines.h"
#include "core/domain/text.h"
#include "core/domain/transition.h"

#include <algorithm>

namespace countersign {

namespace {

using Why = std::optional<std::string>;

bool isDeployed(VersionStage stage)
{
    return stage == VersionStage::approved || stage == VersionStage::inProduction;
}

bool hasOpenRequest(const Registry &registry, Date today, const ModelId &model, const VersionId *version = nullptr)
{
    return std::ranges::any_of(registry.requests, [&](const auto &item) {
        return item.second.model == model && (!version || item.second.version == *version) &&
               isOpenOn(item.second, today);
    });
}

bool hasOpenException(const Registry &registry, Date today, const ModelId &model)
{
    return std::ranges::any_of(registry.exceptions, [&](const auto &item) {
        return item.second.model == model && statusOn(item.second, today) == ExceptionStatus::requested;
    });
}

/// The rules beyond roles, one overload for each kind of fact. `registry` has the act's earlier facts applied.
struct Judge
{
    const PolicyPack &pack;
    const Registry &registry;
    const User &author;
    Date today; ///< the effective day of the act

    Why operator()(const WorkspaceCreated &) const { return "A workspace is created by its first entry."; }

    Why operator()(const PolicyPublished &fact) const
    {
        if (auto why = whyNotPublishable(fact))
            return why;
        const bool approved = std::ranges::any_of(registry.proposals, [&](const auto &item) {
            return item.second.status == ProposalStatus::approved && item.second.text == fact.text &&
                   continuesPolicy(registry, item.second);
        });
        if (asksForPolicyChange(pack) && !approved)
            return "Under the policy in force a change of policy is signed before it is published, and nothing is "
                   "signed for this text. Propose it first.";
        return std::nullopt;
    }

    Why operator()(const PolicyProposed &fact) const
    {
        const auto &record = fact.record;
        if (!asksForPolicyChange(pack))
            return "The policy in force asks no signature for a change of policy: it is published, not proposed.";
        if (!continuesPolicy(registry, record))
            return "The proposal was made from another policy than the one in force.";
        if (record.required != policyChangeSignatures(pack, registry, author.id))
            return "The proposal does not name the signatures that the policy in force asks for.";
        return whyNotPublishable({record.pack, record.version, {}, record.text});
    }

    Why operator()(const ProposalSigned &fact) const
    {
        const auto &proposal = registry.proposals.at(fact.proposal);
        const auto &signature = fact.signature;
        if (signature.onBehalfOf != standsInFor(pack, registry, proposal, author, signature.role, today))
            return "The signature names another than the one that " + author.fullName + " stands in for.";
        return whyProposalForbidden(pack, registry, proposal, author, signature.role, today);
    }

    Why operator()(const ProposalWithdrawn &fact) const
    {
        if (pack.holds(SeparationRule::requesterWithdrawsRequest) && !isTheirs(registry.proposals.at(fact.proposal).by))
            return "A proposal is withdrawn by who made it, or by an administrator.";
        return std::nullopt;
    }

    Why operator()(const UserEnrolled &) const { return std::nullopt; }

    Why operator()(const UserChanged &fact) const
    {
        const auto &before = registry.users.at(fact.user.id);
        if (pack.holds(SeparationRule::nobodyExtendsOwnRoles) && fact.user.id == author.id &&
            !std::ranges::includes(before.roles, fact.user.roles))
            return "Nobody gives themselves another role; a second administrator must.";
        return std::nullopt;
    }

    Why operator()(const ModelRegistered &fact) const { return whyNotRegistered(pack, fact.model); }

    Why operator()(const ModelEdited &fact) const
    {
        const auto &before = registry.models.at(fact.model.id);
        const auto &after = fact.model;
        const bool goesLive = after.stage == Stage::approved || after.stage == Stage::inProduction;
        const bool byRequest = !liftsRestriction(before, after) && !isUnsigned(pack, registry, before.id);
        if (goesLive && after.stage != before.stage && byRequest)
            return "A model becomes " + fieldInWords(enumName(after.stage)) +
                   " by an approved deployment request, not by an edit.";
        if (auto why = whyStageForbidden(pack, registry, before, after, today))
            return why;
        const bool people = before.owner != after.owner || before.developer != after.developer ||
                            before.validator != after.validator || before.approver != after.approver;
        if (people && (hasOpenRequest(registry, today, before.id) || hasOpenException(registry, today, before.id)))
            return "The people named on a model do not change while a deployment request or an exception is open.";
        if (before.lastValidatedOn != after.lastValidatedOn)
            return "The day of the last validation follows from the validations that are recorded, not from an edit.";
        return std::nullopt;
    }

    Why operator()(const VersionRegistered &fact) const
    {
        if (isDeployed(fact.version.stage) && !isUnsigned(pack, registry, fact.version.model))
            return "A version becomes " + fieldInWords(enumName(fact.version.stage)) +
                   " by an approved deployment request, not when it is registered.";
        return std::nullopt;
    }

    Why operator()(const VersionEdited &fact) const
    {
        const auto &before = registry.versions.at(fact.version.id);
        if (isDeployed(fact.version.stage) && fact.version.stage != before.stage &&
            !isUnsigned(pack, registry, before.model))
            return "A version becomes " + fieldInWords(enumName(fact.version.stage)) +
                   " by an approved deployment request, not by an edit.";
        if (isDeployed(before.stage) && changesContent(before, fact.version))
            return "Version " + before.label + " is " + fieldInWords(enumName(before.stage)) +
                   " and stays as it was approved; register a new version.";
        if (hasOpenRequest(registry, today, before.model, &before.id))
            return "Version " + before.label +
                   " has an open deployment request; withdraw it before editing the version.";
        return std::nullopt;
    }

    Why operator()(const DocumentAttached &) const { return std::nullopt; }

    Why operator()(const ValidationRecorded &fact) const
    {
        const auto &model = registry.models.at(fact.validation.model);
        if (pack.holds(SeparationRule::developerDoesNotValidate) && sameName(model.developer, author.fullName))
            return "The developer of a model does not validate it; " + author.fullName + " developed " +
                   titleOf(model) + ".";
        if (pack.holds(SeparationRule::ownerDoesNotValidate) && sameName(model.owner, author.fullName))
            return "The owner of a model does not validate it; " + author.fullName + " owns " + titleOf(model) + ".";
        if (pack.holds(SeparationRule::developerDoesNotValidate) &&
            isAuthor(registry, fact.validation.version, author.id))
            return "Who registered or changed a version does not validate it; " + author.fullName +
                   " did so with this one.";
        const auto last = nextReviewDueOn(pack, registry, model.id, today);
        if (last && (!fact.validation.nextReviewOn || *fact.validation.nextReviewOn > *last))
            return "Under this policy a model of " + pack.tierLabel(tierLevelOf(registry, model.id)) +
                   " is reviewed again by " + toString(*last) + "; the validation sets " +
                   (fact.validation.nextReviewOn ? toString(*fact.validation.nextReviewOn) : "no day") + ".";
        return std::nullopt;
    }

    Why operator()(const ConditionMet &fact) const
    {
        const auto &validation = registry.validations.at(fact.validation);
        return whyOwed(validation.dueConditions.at(static_cast<std::size_t>(fact.condition)));
    }

    Why operator()(const SignOffConditionMet &fact) const
    {
        const auto &signOff = registry.requests.at(fact.request).signOffs.at(static_cast<std::size_t>(fact.signOff));
        return whyOwed(signOff.dueConditions.at(static_cast<std::size_t>(fact.condition)));
    }

    Why operator()(const CampaignOpened &fact) const
    {
        if (auto why = whyStagesUnknown(pack, registry, fact.record.scope.stages))
            return why;
        if (modelsOf(fact.record) != modelsAsked(pack, registry, fact.record.scope))
            return "A campaign asks every model that its scope names and that is a model under the policy, and no "
                   "other.";
        return std::nullopt;
    }

    Why operator()(const AttestationGiven &fact) const
    {
        const auto &model = registry.models.at(fact.record.model);
        const auto isOwner = [&](const std::string &name) { return sameName(model.owner, name); };
        if (pack.holds(SeparationRule::ownerAttests) && !isOwner(author.fullName) &&
            std::ranges::none_of(principalsOf(pack, registry, author, today), isOwner))
            return "A model is attested by its owner or the owner's deputy; " + titleOf(model) +
                   (model.owner.empty() ? " has no owner." : " is owned by " + model.owner + ".");
        return std::nullopt;
    }

    Why operator()(const CampaignClosed &fact) const
    {
        if (pack.holds(SeparationRule::openerSignsOffCampaign) && !isTheirs(registry.campaigns.at(fact.campaign).by))
            return "A campaign is signed off by who opened it, or by an administrator.";
        return std::nullopt;
    }

    Why operator()(const FindingRaised &fact) const { return whyNotDueThen(pack, fact.finding, today); }

    Why operator()(const FindingClosed &fact) const
    {
        const auto &finding = registry.findings.at(fact.finding);
        if (pack.holds(SeparationRule::raiserDoesNotCloseFinding) && !finding.detected && finding.raisedBy == author.id)
            return "Nobody closes a finding they raised; " + author.fullName + " raised this one.";
        if (pack.holds(SeparationRule::findingOwnerDoesNotCloseFinding) && sameName(finding.owner, author.fullName))
            return "The owner of a finding does not close it; " + author.fullName + " owns this one.";
        if (auto why = whyRemediatorForbidden(finding))
            return why;
        return whyUnremediated(pack, finding);
    }

    Why operator()(const RemediationPlanned &) const { return std::nullopt; }
    Why operator()(const RemediationEvidenced &) const { return std::nullopt; }

    Why operator()(const MonitoringRecorded &) const { return std::nullopt; }

    Why operator()(const MonitoringExplained &fact) const
    {
        return whyNotToExplain(pack, author, registry.models.at(registry.runs.at(fact.run).model),
                               registry.runs.at(fact.run));
    }

    Why operator()(const TierPublished &fact) const
    {
        const auto &assessment = fact.assessment;
        if (assessment.method != pack.tierMethod.id || assessment.methodVersion != pack.tierMethod.version)
            return "The tier method in force is " + pack.tierMethod.id + ", version " +
                   std::to_string(pack.tierMethod.version) + "; this assessment follows " + assessment.method +
                   ", version " + std::to_string(assessment.methodVersion) + ". Assess the model anew.";
        try {
            const auto computed = computeTier(pack, assessment.answers);
            for (const auto &factor : computed.factors)
                if (factor.answer.empty())
                    return "A tier needs an answer to every factor; missing: \"" + factor.question + "\"";
            if (computed.score != assessment.score || computed.level != assessment.computedLevel)
                return "The answers give a score of " + decimalFromDouble(computed.score) + " and " +
                       pack.tierLabel(computed.level) + ", not " + decimalFromDouble(assessment.score) + " and tier " +
                       std::to_string(assessment.computedLevel) + ".";
        } catch (const Exception &exception) {
            return exception.error().what;
        }
        if (assessment.overrideLevel && isBlank(assessment.overrideReason))
            return "An override needs a reason.";
        if (assessment.overrideLevel && !pack.tier(*assessment.overrideLevel))
            return "The policy has no tier " + std::to_string(*assessment.overrideLevel) + ".";
        return std::nullopt;
    }

    Why operator()(const ScopeDecided &fact) const
    {
        if (auto why = whyScopeForbidden(pack, fact))
            return why;
        return fact.inScope ? std::nullopt : whyNotToDecideOut(pack, author, registry.models.at(fact.model));
    }

    Why operator()(const TierOverrideConfirmed &fact) const
    {
        const auto &assessment = registry.assessments.at(fact.assessment);
        const auto &model = registry.models.at(assessment.model);
        if (pack.holds(SeparationRule::assessorDoesNotConfirmOverride) && assessment.by == author.id)
            return "An override is confirmed by somebody else; " + author.fullName + " published it.";
        if (pack.holds(SeparationRule::ownerDoesNotConfirmOverride) &&
            (sameName(model.owner, author.fullName) || sameName(model.developer, author.fullName)))
            return "The owner and the developer of a model do not confirm an override of its tier; " + author.fullName +
                   " is named on " + titleOf(model) + ".";
        return std::nullopt;
    }

    Why operator()(const DeploymentRequested &fact) const
    {
        const auto level = tierLevelOf(registry, fact.request.model);
        if (fact.request.tierLevel != level)
            return "The request says " + pack.tierLabel(fact.request.tierLevel) + "; the model is " +
                   pack.tierLabel(level) + ".";
        if (isUnsigned(pack, registry, fact.request.model))
            return unsignedInWords(registry.models.at(fact.request.model));
        if (fact.request.required != requestSignatures(pack, registry, fact.request.model, author.id))
            return "The request does not name the signatures that the policy asks for.";
        if (fact.request.approvedFirst != approvesFirst(pack))
            return approvesFirst(pack) ? "Under this policy signatures approve a version; putting it into production "
                                         "is an act of its own, and the request says otherwise."
                                       : "Under this policy the last signature puts a version into production, and the "
                                         "request says otherwise.";
        if (fact.request.promotion)
            if (const auto &champion = registry.versions.at(fact.request.promotion->champion.version);
                champion.stage != VersionStage::inProduction)
                return "A challenger is promoted over the version in production; version " + champion.label + " is " +
                       fieldInWords(enumName(champion.stage)) + ".";
        return whyUncompared(pack, registry, fact.request.version,
                             fact.request.promotion ? &*fact.request.promotion : nullptr);
    }

    Why operator()(const RequestSigned &fact) const
    {
        const auto &signOff = fact.signOff;
        if (signOff.meaning != pack.meaning(signOff.decision))
            return "The statement signed is not the one that the policy gives \"" + displayName(signOff.decision) +
                   "\".";
        const auto &request = registry.requests.at(fact.request);
        if (signOff.onBehalfOf != standsInFor(pack, registry, request, author, signOff.role, today))
            return "The signature names another than the one that " + author.fullName + " stands in for.";
        return whyDecisionForbidden(pack, registry, request, author, signOff.role, signOff.decision, signOff.covered,
                                    today);
    }

    Why operator()(const RequestWithdrawn &fact) const
    {
        if (pack.holds(SeparationRule::requesterWithdrawsRequest) && !isTheirs(registry.requests.at(fact.request).by))
            return "A request is withdrawn by who opened it, or by an administrator.";
        return std::nullopt;
    }

    Why operator()(const RequestAbstained &) const { return std::nullopt; }
    Why operator()(const ExceptionAbstained &) const { return std::nullopt; }
    Why operator()(const ProposalAbstained &) const { return std::nullopt; }

    Why operator()(const VersionDeployed &fact) const
    {
        return whyNotDeployed(pack, registry, registry.requests.at(fact.request), today);
    }

    Why operator()(const DelegationRecorded &fact) const
    {
        if (pack.holds(SeparationRule::principalDelegates) && !isTheirs(fact.record.person))
            return "Signatures are delegated by whom they belong to, or by an administrator.";
        return std::nullopt;
    }

    Why operator()(const DelegationEnded &fact) const
    {
        if (pack.holds(SeparationRule::principalDelegates) &&
            !isTheirs(registry.delegations.at(fact.delegation).person))
            return "A delegation is ended by whom it belongs to, or by an administrator.";
        return std::nullopt;
    }

    Why operator()(const ExceptionRequested &fact) const
    {
        const auto required = exceptionSignatures(pack, registry, fact.record.model, fact.record.kind, author.id);
        if (required.empty())
            return "The policy in force does not say who approves such an exception.";
        if (fact.record.required != required)
            return "The exception does not name the signatures that the policy asks for.";
        if (auto why = whyNotExcusable(pack, registry, fact.record))
            return why;
        return whyHoldsTooLong(pack, fact.record, today);
    }

    Why operator()(const ExceptionSigned &fact) const
    {
        const auto &exception = registry.exceptions.at(fact.exception);
        const auto &signature = fact.signature;
        if (signature.onBehalfOf != standsInFor(pack, registry, exception, author, signature.role, today))
            return "The signature names another than the one that " + author.fullName + " stands in for.";
        if (auto why = whyExceptionForbidden(pack, registry, exception, author, signature.role, today))
            return why;
        return signature.approved ? whyExceptionNotReady(pack, registry, exception) : std::nullopt;
    }

    Why operator()(const ExceptionClosed &fact) const
    {
        return whyNotToClose(pack, author, registry.exceptions.at(fact.exception));
    }
    Why operator()(const LimitationRecorded &fact) const { return whyNotDueThen(pack, fact.record, nullptr, today); }
    Why operator()(const LimitationChanged &fact) const
    {
        return whyNotChangedTo(registry.limitations.at(fact.record.id), fact.record);
    }
    Why operator()(const OverlayRecorded &fact) const { return whyNotDueThen(pack, fact.record, nullptr, today); }
    Why operator()(const OverlayChanged &fact) const
    {
        return whyNotChangedTo(registry.overlays.at(fact.record.id), fact.record);
    }
    Why operator()(const RecordEvidenced &) const { return std::nullopt; }
    Why operator()(const IncidentRecorded &fact) const { return whyNotDueThen(pack, fact.record, nullptr, today); }
    Why operator()(const IncidentChanged &fact) const
    {
        return whyNotChangedTo(registry.incidents.at(fact.record.id), fact.record);
    }
    Why operator()(const AssumptionRecorded &) const { return std::nullopt; }
    Why operator()(const AssumptionChanged &) const { return std::nullopt; }
    Why operator()(const UsageRecorded &) const { return std::nullopt; }
    Why operator()(const UsageChanged &) const { return std::nullopt; }
    Why operator()(const CostRecorded &) const { return std::nullopt; }
    Why operator()(const CostChanged &) const { return std::nullopt; }
    Why operator()(const RetrainingRecorded &) const { return std::nullopt; }
    Why operator()(const RetrainingChanged &fact) const
    {
        return whyNotAskedAgain(registry.retrainings.at(fact.record.id), fact.record, today);
    }
    Why operator()(const ExplanationRecorded &) const { return std::nullopt; }
    Why operator()(const ExplanationChanged &) const { return std::nullopt; }
    Why operator()(const HandOverRecorded &) const { return std::nullopt; }
    Why operator()(const HandOverChanged &fact) const
    {
        const auto &before = registry.handOvers.at(fact.record.id);
        if (pack.holds(SeparationRule::preparerDoesNotTakeOver) && !fact.record.open && before.by == author.id)
            return "A version is taken over by somebody else than who hands it over; " + author.fullName +
                   " prepared this hand-over.";
        return std::nullopt;
    }

private:
    /// Why the text is not a policy that may follow the one in force, whoever signed for it.
    [[nodiscard]] Why whyNotPublishable(const PolicyPublished &fact) const
    {
        try {
            const auto published = parsePolicyPack(fact.text);
            if (published.id != fact.pack || published.version != fact.version)
                return "The entry names policy " + fact.pack + ", version " + std::to_string(fact.version) +
                       "; its text is " + published.id + ", version " + std::to_string(published.version) + ".";
            if (published.id == pack.id && published.version <= pack.version)
                return "Version " + std::to_string(pack.version) + " of policy " + pack.id +
                       " is in force; a new one needs a higher version.";
            for (const auto &deputy : published.deputies)
                if (deputy.until < today)
                    return deputy.deputy + " stands in for " + deputy.person + " until " + toString(deputy.until) +
                           ", which is over.";
            for (const auto &[id, earlier] : registry.policies)
                if (earlier.pack == published.id && earlier.version == published.version && earlier.text != fact.text)
                    return "Version " + std::to_string(published.version) + " of policy " + published.id +
                           " was published before with another text; a new one needs a version of its own.";
            const bool sameMethod = published.tierMethod.id == pack.tierMethod.id &&
                                    published.tierMethod.version <= pack.tierMethod.version;
            if (auto why = whyNobodyCould(published, fact.text, registry))
                return why;
            if (sameMethod && (toJson(published.tierMethod) != toJson(pack.tierMethod) || !sameSteps(published)))
                return "The tier method has changed; it needs a higher version, so that assessments by the old one are "
                       "known.";
        } catch (const Exception &exception) {
            return exception.error().what;
        }
        return std::nullopt;
    }

    /// What is reserved for `person` may be done by them and by an administrator.
    [[nodiscard]] bool isTheirs(const UserId &person) const
    {
        return person == author.id || author.has(Role::administrator);
    }

    [[nodiscard]] Why whyOwed(const DueCondition &condition) const
    {
        if (pack.holds(SeparationRule::findingOwnerDoesNotCloseFinding) && sameName(condition.owner, author.fullName))
            return "Who owes a condition does not say that it is met; " + author.fullName + " owes this one.";
        return std::nullopt;
    }

    /// Else an owner would close the record after naming another. Who recorded it does not close it anyway.
    template <class T>
    [[nodiscard]] Why whyNotPassedOn(const T &before, const T &after) const
    {
        if (!pack.holds(SeparationRule::ownerDoesNotCloseRecord) || sameName(before.owner, after.owner) ||
            !sameName(before.owner, author.fullName) || before.by == author.id)
            return std::nullopt;
        return "Who owns a record names no other owner, since they could close it then; " + author.fullName +
               " owns \"" + before.title + "\".";
    }

    /// Of a record with an owner and a day it is due. Nobody stops being its owner by the very act that closes it.
    template <class T>
    [[nodiscard]] Why whyNotChangedTo(const T &before, const T &after) const
    {
        if (auto why = after.open ? std::nullopt : whyNotToClose(pack, author, before))
            return why;
        if (auto why = whyNotPassedOn(before, after))
            return why;
        return whyNotDueThen(pack, after, &before, today);
    }

    [[nodiscard]] Why whyRemediatorForbidden(const Finding &finding) const
    {
        if (!pack.holds(SeparationRule::remediatorDoesNotCloseFinding))
            return std::nullopt;
        const auto names = [&](const RemediationPlan &plan) { return sameName(plan.owner, author.fullName); };
        if (std::ranges::any_of(finding.plans, names))
            return "Who answers for the remediation of a finding does not close it; " + author.fullName +
                   (names(*finding.plan()) ? " answers for this one." : " answered for this one in an earlier plan.");
        if (std::ranges::find(finding.evidence, author.id, &RemediationEvidence::by) != finding.evidence.end())
            return "Who gave evidence of the remediation does not judge it; " + author.fullName +
                   " gave evidence for this finding.";
        return std::nullopt;
    }

    /// Whether a score leads to the same tier as now.
    [[nodiscard]] bool sameSteps(const PolicyPack &published) const
    {
        return std::ranges::equal(published.tiers, pack.tiers, {}, &TierLevel::minimumScore, &TierLevel::minimumScore);
    }

    /// Back from restricted to production, where a version has been approved.
    [[nodiscard]] bool liftsRestriction(const Model &before, const Model &after) const
    {
        return before.stage == Stage::restricted && after.stage == Stage::inProduction &&
               std::ranges::any_of(registry.versions, [&](const auto &item) {
                   return item.second.model == before.id && item.second.stage == VersionStage::inProduction;
               });
    }
};

Why whyGenesisForbidden(const PolicyPack &pack, const Act &act)
{
    const WorkspaceCreated *created = nullptr;
    const PolicyPublished *published = nullptr;
    const UserEnrolled *enrolled = nullptr;
    for (const auto &fact : act.facts) {
        if (const auto *workspace = std::get_if<WorkspaceCreated>(&fact))
            created = workspace;
        else if (const auto *policy = std::get_if<PolicyPublished>(&fact))
            published = policy;
        else if (const auto *user = std::get_if<UserEnrolled>(&fact))
            enrolled = user;
    }
    if (act.facts.size() != 3 || !created || !published || !enrolled)
        return "The first entry creates the workspace, publishes its policy and enrols its author, and nothing else.";
    if (enrolled->user.id != act.author)
        return "The first entry enrols its own author.";
    if (!enrolled->user.has(Role::administrator))
        return "The author of the first entry is its administrator.";
    if (published->pack != pack.id || published->version != pack.version)
        return "The first entry names another policy than its text.";
    return std::nullopt;
}

} // namespace

std::optional<std::string> whyUnremediated(const PolicyPack &pack, const Finding &finding)
{
    const auto needs = [&](const std::string &what, const char *fact) {
        return "Under this policy a " + fieldInWords(enumName(finding.severity)) + " finding is closed with " + what +
               ", and this one has none. Who may " + actionOf(fact) + ": " + rolesFor(pack, fact) + ".";
    };
    if (pack.findingPlans.contains(finding.severity) && !finding.plan())
        return needs("a remediation plan", "remediationPlanned");
    if (pack.findingEvidence.contains(finding.severity) && finding.evidence.empty())
        return needs("evidence of remediation", "remediationEvidenced");
    return std::nullopt;
}

std::optional<std::string> whyForbidden(const PolicyPack &pack, const Registry &registry, const Act &act)
{
    if (act.seq == 0)
        return whyGenesisForbidden(pack, act);
    const auto author = registry.users.find(act.author);
    if (author == registry.users.end())
        return "The author of the entry is not enrolled.";
    for (const auto &fact : act.facts)
        if (auto why = whyRoleForbids(pack, author->second, factName(fact)))
            return why;
    if (auto why = whyNotDetected(pack, registry, act))
        return why;
    if (act.facts.size() == 1)
        return std::visit(Judge{pack, registry, author->second, effectiveDay(registry, act.at)}, act.facts.front());
    auto now = neighbourhood(registry, act);
    Touched touched;
    for (const auto &fact : act.facts) {
        if (auto why = std::visit(Judge{pack, now, author->second, effectiveDay(registry, act.at)}, fact))
            return why;
        applyFact(now, act, fact, touched);
    }
    return std::nullopt;
}

} // namespace countersign
