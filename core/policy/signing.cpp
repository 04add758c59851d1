// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/deadlines.h"
#include "core/domain/text.h"
#include "core/domain/transition.h"
#include "core/policy/approvals.h"
#include "core/policy/excuses.h"
#include "core/policy/stages.h"
#include "core/policy/staleness.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace countersign {

namespace {

bool validated(const Registry &registry, const VersionId &version, const UserId &user)
{
    return std::ranges::any_of(registry.validations, [&](const auto &item) {
        return item.second.version == version && item.second.by == user;
    });
}

/// A request, an exception or a proposed policy, as far as who may sign it goes.
struct Paper
{
    const char *noun;   ///< "request"
    const char *done;   ///< "opened this one"
    const Model *model; ///< null: of a policy
    VersionId version;  ///< may be none
    UserId by;
    const std::vector<Abstention> &abstentions;
    std::set<UserId> signers;
    std::vector<RequiredSignature> missing;
};

/// Who signed, and for whom: neither signs again, so that one voice is not heard twice.
template <class Signature>
void addSigners(const Registry &registry, Paper &paper, const std::vector<Signature> &signatures)
{
    for (const auto &signature : signatures) {
        paper.signers.insert(signature.by);
        if (const auto *principal = registry.userByName(signature.onBehalfOf))
            paper.signers.insert(principal->id);
    }
}

Paper paperOf(const Registry &registry, const DeploymentRequest &request)
{
    Paper paper{"request",
                "opened this one",
                &registry.models.at(request.model),
                request.version,
                request.by,
                request.abstentions,
                {},
                outstanding(request)};
    addSigners(registry, paper, request.signOffs);
    return paper;
}

Paper paperOf(const Registry &registry, const PolicyException &exception)
{
    Paper paper{"exception",
                "requested this exception",
                &registry.models.at(exception.model),
                exception.version,
                exception.by,
                exception.abstentions,
                {},
                outstanding(exception)};
    addSigners(registry, paper, exception.signatures);
    return paper;
}

Paper paperOf(const Registry &registry, const PolicyProposal &proposal)
{
    Paper paper{"proposal",  "proposed this policy", nullptr, {},
                proposal.by, proposal.abstentions,   {},      outstanding(proposal)};
    addSigners(registry, paper, proposal.signatures);
    return paper;
}

/// Why the model and the request keep `user` from signing in any role.
std::optional<std::string> whyKeptApart(const PolicyPack &pack, const Model *model, const UserId &requester,
                                        const User &user, const char *done)
{
    if (pack.holds(SeparationRule::requesterDoesNotSign) && requester == user.id)
        return "Nobody signs their own request; " + user.fullName + " " + done + ".";
    if (!model)
        return std::nullopt;
    if (pack.holds(SeparationRule::ownerDoesNotSign))
        if (auto why = whyNotAsOwner(*model, user, "sign for it"))
            return why;
    return pack.holds(SeparationRule::developerDoesNotSign) ? whyNotAsDeveloper(*model, user, "sign for it")
                                                            : std::nullopt;
}

/// Why the separation of duties keeps `user` from signing in any role.
std::optional<std::string> whySeparated(const PolicyPack &pack, const Registry &registry, const Paper &paper,
                                        const User &user)
{
    if (auto why = whyKeptApart(pack, paper.model, paper.by, user, paper.done))
        return why;
    if (pack.holds(SeparationRule::developerDoesNotSign) && isAuthor(registry, paper.version, user.id))
        return "Who registered or changed a version does not sign for it; " + user.fullName + " did so with this one.";
    const std::string noun = paper.noun;
    if (std::ranges::find(paper.abstentions, user.id, &Abstention::by) != paper.abstentions.end())
        return user.fullName + " has abstained from this " + noun + " for a conflict of interest.";
    if (pack.holds(SeparationRule::oneSignaturePerPerson) && paper.signers.contains(user.id))
        return "Each person signs " + std::string(noun.front() == 'e' ? "an " : "a ") + noun + " once; " +
               user.fullName + " has signed this one, or a deputy has in their place.";
    return std::nullopt;
}

/// Whoever validates signs as validator only. `hasValidated`: the version, whoever is named on the model.
bool onlyValidates(const PolicyPack &pack, const Model *model, const User &user, Role role, bool hasValidated)
{
    return model && role != Role::validator && pack.holds(SeparationRule::validatorDoesNotApprove) &&
           (hasValidated || sameName(model->validator, user.fullName));
}

/// Those whose turn it is: the missing signatures of the lowest order.
std::vector<RequiredSignature> turnOf(std::vector<RequiredSignature> missing)
{
    const auto first = std::ranges::min_element(missing, {}, &RequiredSignature::order);
    if (first == missing.end())
        return missing;
    const auto order = first->order;
    std::erase_if(missing, [&](const RequiredSignature &signature) { return signature.order != order; });
    return missing;
}

using Covered = std::set<std::tuple<std::string, std::string, Hash256>>;

/// What the register held when somebody signed; the request itself gathers signatures and is left out.
Covered recordsIn(const std::vector<CoveredItem> &covered)
{
    constexpr std::array records{"model",    "version",    "tier assessment", "validation", "monitoring run",
                                 "document", "finding",    "exception",       "limitation", "overlay",
                                 "incident", "assumption", "cost estimate",   "policy"};
    Covered found;
    for (const auto &item : covered)
        if (std::ranges::any_of(records, [&](const char *kind) { return item.kind == kind; }))
            found.emplace(item.kind, item.id, item.hash);
    return found;
}

std::string movedInWords(const std::string &signer, UtcTime at, const std::string &what)
{
    return "What " + signer + " signed on " + toString(dateOf(at)) + " has changed since (" + what +
           "). Withdraw the request and open a new one.";
}

/// An approval must cover what the approvals before it covered, else somebody would be bound to what they never saw.
std::optional<std::string> whyStale(const Registry &registry, const DeploymentRequest &request,
                                    const std::vector<CoveredItem> &covered)
{
    if (const auto stale = staleApprovals(registry, request); !stale.empty())
        return movedInWords(stale.front().signer, stale.front().at, stale.front().changes.front().what);
    const auto now = recordsIn(covered);
    for (const auto &earlier : request.signOffs) {
        const auto then = recordsIn(earlier.covered);
        if (!approves(earlier.decision) || then == now)
            continue;
        std::vector<std::tuple<std::string, std::string, Hash256>> changed;
        std::ranges::set_symmetric_difference(then, now, std::back_inserter(changed));
        return movedInWords(earlier.fullName, earlier.at, std::get<0>(changed.front()));
    }
    return std::nullopt;
}

/// What fails of the version though neither `decision` nor the stage that it enters tolerates it; empty: nothing.
std::string failuresOf(const PolicyPack &pack, const Registry &registry, const DeploymentRequest &request,
                       Decision decision, Stage entered, std::optional<Date> today)
{
    const auto found = pack.toleratedFailures.find(enumName(decision));
    const auto tolerated = found == pack.toleratedFailures.end() ? std::set<std::string>{} : found->second;
    const auto needed =
        checksToEnter(pack, entered, registry.models.at(request.model), tierLevelOf(registry, request.model));
    std::string failed;
    const auto *carried = request.promotion ? &*request.promotion : nullptr;
    for (const auto &check : deploymentChecks(pack, registry, request.version, today, carried)) {
        if (check.state != CheckState::failed || (tolerated.contains(check.id) && !needed.contains(check.id)))
            continue;
        failed += (failed.empty() ? "" : " ") + check.title + ": " + check.detail;
        if (tolerated.contains(check.id))
            failed += " The stage " + stageLabel(pack, entered) + " needs it, whatever the conditions.";
    }
    return failed;
}

/// Whether the policy of today asks for what a paper named when entry `entry` opened it. How many "all" are may change
/// with the people; with another policy everything counts.
bool asksForTheSame(const PolicyPack &pack, const Registry &registry, std::int64_t entry,
                    const std::vector<RequiredSignature> &named, const std::vector<RequiredSignature> &now)
{
    const auto policy = registry.policies.find(PolicyId(registry.policyHash.hex()));
    const bool since = policy != registry.policies.end() && policy->second.entry > entry;
    return std::ranges::equal(named, now, [&](const RequiredSignature &then, const RequiredSignature &asked) {
        const auto rule = std::ranges::find(pack.approvals, asked.rule, &ApprovalRule::id);
        const bool all = rule != pack.approvals.end() && rule->quorum == Quorum::all;
        return then.role == asked.role && then.rule == asked.rule && then.people == asked.people &&
               then.order == asked.order && (then.count == asked.count || (all && !since));
    });
}

/// Why the state of the version does not allow an approval.
std::optional<std::string> whyNotReady(const PolicyPack &pack, const Registry &registry,
                                       const DeploymentRequest &request, Decision decision, std::optional<Date> today)
{
    const auto level = tierLevelOf(registry, request.model);
    if (level != request.tierLevel)
        return "The tier was " + pack.tierLabel(request.tierLevel) + " when the request was opened and is now " +
               pack.tierLabel(level) + ". Withdraw the request and open a new one.";
    if (request.approvedFirst != approvesFirst(pack) ||
        !asksForTheSame(pack, registry, request.entry, request.required,
                        requestSignatures(pack, registry, request.model, request.by)))
        return "The policy asks for other signatures, or leads to production otherwise, than when the request was "
               "opened. Withdraw the request and open a new one.";
    const auto entered = request.approvedFirst ? Stage::approved : Stage::inProduction;
    const auto failed = failuresOf(pack, registry, request, decision, entered, today);
    if (failed.empty())
        return std::nullopt;
    return "\"" + displayName(decision) + "\" is not possible while checks fail. " + failed;
}

std::string standsIn(const PolicyPack &pack, const Registry &registry, const Paper &paper, const User &user, Role role,
                     Date today)
{
    const auto missing = turnOf(paper.missing);
    const auto own = [&](const RequiredSignature &signature) { return signature.fits(role, user.fullName); };
    if (std::ranges::any_of(missing, own))
        return {};
    for (const auto &name : principalsOf(pack, registry, user, today)) {
        const auto *person = registry.userByName(name);
        const auto named = [&](const RequiredSignature &signature) {
            return !signature.people.empty() && signature.fits(role, name);
        };
        if (person && person->active && person->has(role) && std::ranges::any_of(missing, named) &&
            !whySeparated(pack, registry, paper, *person) &&
            !onlyValidates(pack, paper.model, *person, role, validated(registry, paper.version, person->id)))
            return person->fullName;
    }
    return {};
}

struct Signable
{
    std::vector<Role> roles;
    std::string why; ///< why there are none
};

/// The roles in which `user` could sign `paper`, which is open, now. `fact` is the act of signing it.
Signable signable(const PolicyPack &pack, const Registry &registry, const Paper &paper, const User &user,
                  const char *fact, Date today)
{
    if (auto why = whyRoleForbids(pack, user, fact))
        return {{}, *why};
    if (auto why = whySeparated(pack, registry, paper, user))
        return {{}, *why};
    const auto &signers = pack.permissions.at(fact);
    Signable found;
    bool barred = false;
    std::string wanted;
    for (const auto &signature : turnOf(paper.missing)) {
        const auto role = signature.role;
        wanted += (wanted.empty() ? "" : ", ") + signerInWords(signature);
        if ((!signature.fits(role, user.fullName) && standsIn(pack, registry, paper, user, role, today).empty()) ||
            !user.has(role) || !signers.contains(role) || std::ranges::find(found.roles, role) != found.roles.end())
            continue;
        if (onlyValidates(pack, paper.model, user, role, validated(registry, paper.version, user.id)))
            barred = true;
        else
            found.roles.push_back(role);
    }
    if (found.roles.empty() && barred)
        found.why = "Who validates a model signs as its validator only; " + user.fullName + " validated this one.";
    else if (found.roles.empty())
        found.why = "Signatures still missing are of these roles: " + wanted + ".";
    return found;
}

/// Why `user` may not sign in that role, or nothing.
std::optional<std::string> whyNotAs(const PolicyPack &pack, const Registry &registry, const Paper &paper,
                                    const User &user, Role role, const char *fact, Date today)
{
    const auto found = signable(pack, registry, paper, user, fact, today);
    if (found.roles.empty())
        return found.why;
    if (std::ranges::find(found.roles, role) == found.roles.end())
        return user.fullName + " cannot sign this " + paper.noun + " as " + fieldInWords(enumName(role)) + ".";
    return std::nullopt;
}

} // namespace

bool isSeparated(const PolicyPack &pack, const Model &model, const UserId &requester, const User &user, Role role)
{
    return whyKeptApart(pack, &model, requester, user, "") || onlyValidates(pack, &model, user, role, false);
}

std::vector<std::string> principalsOf(const PolicyPack &pack, const Registry &registry, const User &user, Date today)
{
    std::vector<std::string> names;
    for (const auto &deputy : pack.deputies)
        if (sameName(deputy.deputy, user.fullName) && deputy.from <= today && today <= deputy.until)
            names.push_back(deputy.person);
    for (const auto &[id, delegation] : registry.delegations)
        if (delegation.deputy == user.id && delegation.holdsOn(today))
            if (const auto person = registry.users.find(delegation.person); person != registry.users.end())
                names.push_back(person->second.fullName);
    return names;
}

std::string standsInFor(const PolicyPack &pack, const Registry &registry, const DeploymentRequest &request,
                        const User &user, Role role, Date today)
{
    return standsIn(pack, registry, paperOf(registry, request), user, role, today);
}

std::string standsInFor(const PolicyPack &pack, const Registry &registry, const PolicyException &exception,
                        const User &user, Role role, Date today)
{
    return standsIn(pack, registry, paperOf(registry, exception), user, role, today);
}

std::vector<Role> rolesToSign(const PolicyPack &pack, const Registry &registry, const DeploymentRequest &request,
                              const User &user, std::string *why, std::optional<Date> day)
{
    const auto today = day.value_or(dateOf(registry.lastAt));
    const auto deadlines = deadlinesOf(request);
    Signable found;
    if (request.status != RequestStatus::open)
        found.why = "The request is decided: " + fieldInWords(enumName(request.status)) + ".";
    else if (deadlines.timedOutBy(today))
        found.why = timeOutInWords(deadlines);
    else
        found = signable(pack, registry, paperOf(registry, request), user, "requestSigned", today);
    if (why)
        *why = found.why;
    return found.roles;
}

std::optional<std::string> whyDecisionForbidden(const PolicyPack &pack, const Registry &registry,
                                                const DeploymentRequest &request, const User &user, Role role,
                                                Decision decision, const std::vector<CoveredItem> &covered,
                                                std::optional<Date> today)
{
    std::string why;
    const auto roles = rolesToSign(pack, registry, request, user, &why, today);
    if (roles.empty())
        return why;
    if (std::ranges::find(roles, role) == roles.end())
        return user.fullName + " cannot sign this request as " + fieldInWords(enumName(role)) + ".";
    if (!approves(decision))
        return std::nullopt;
    if (auto reason = whyNotReady(pack, registry, request, decision, today))
        return reason;
    return whyStale(registry, request, covered);
}

std::optional<std::string> whyExceptionForbidden(const PolicyPack &pack, const Registry &registry,
                                                 const PolicyException &exception, const User &user, Role role,
                                                 Date today)
{
    if (exception.status != ExceptionStatus::requested)
        return "The exception is decided: " + fieldInWords(enumName(exception.status)) + ".";
    if (const auto deadlines = deadlinesOf(exception); deadlines.timedOutBy(today))
        return timeOutInWords(deadlines);
    if (exception.expiresOn < today)
        return "The exception would have expired on " + toString(exception.expiresOn) + "; request it anew.";
    return whyNotAs(pack, registry, paperOf(registry, exception), user, role, "exceptionSigned", today);
}

std::optional<std::string> whyNotAsOwner(const Model &model, const User &user, const std::string &act)
{
    if (!sameName(model.owner, user.fullName))
        return std::nullopt;
    return "The owner of a model does not " + act + "; " + user.fullName + " owns " + titleOf(model) + ".";
}

std::optional<std::string> whyNotAsDeveloper(const Model &model, const User &user, const std::string &act)
{
    if (!sameName(model.developer, user.fullName))
        return std::nullopt;
    return "The developer of a model does not " + act + "; " + user.fullName + " developed " + titleOf(model) + ".";
}

bool continuesPolicy(const Registry &registry, const PolicyProposal &proposal)
{
    return proposal.basedOn.str() == registry.policyHash.hex();
}

std::string standsInFor(const PolicyPack &pack, const Registry &registry, const PolicyProposal &proposal,
                        const User &user, Role role, Date today)
{
    return standsIn(pack, registry, paperOf(registry, proposal), user, role, today);
}

std::optional<std::string> whyProposalForbidden(const PolicyPack &pack, const Registry &registry,
                                                const PolicyProposal &proposal, const User &user, Role role, Date today)
{
    if (proposal.status != ProposalStatus::open)
        return "The proposal is decided: " + fieldInWords(enumName(proposal.status)) + ".";
    if (const auto deadlines = deadlinesOf(proposal); deadlines.timedOutBy(today))
        return timeOutInWords(deadlines);
    if (!continuesPolicy(registry, proposal))
        return "Another policy has come into force since this one was proposed. Propose it again.";
    return whyNotAs(pack, registry, paperOf(registry, proposal), user, role, "proposalSigned", today);
}

std::optional<std::string> whyExceptionNotReady(const PolicyPack &pack, const Registry &registry,
                                                const PolicyException &exception)
{
    if (const auto moved = changedSinceSigned(registry, exception))
        return "What was signed before has changed since (" + *moved + "). Close the exception and request it again.";
    const auto now = exceptionSignatures(pack, registry, exception.model, exception.kind, exception.by);
    if (!asksForTheSame(pack, registry, exception.entry, exception.required, now))
        return "The policy asks for other signatures than when the exception was requested, by its tier or its rules. "
               "Close the exception and request it again.";
    return whyNotExcusable(pack, registry, exception);
}

std::optional<std::string> whyNotDeployed(const PolicyPack &pack, const Registry &registry,
                                          const DeploymentRequest &request, Date today)
{
    if (const auto *expired = expiredSignOff(request, today))
        return "The approval by " + expired->fullName + " was for a time and expired on " +
               toString(*expired->expiresOn) + ". Request the deployment again.";
    if (const auto stale = staleApprovals(registry, request); !stale.empty()) {
        const auto &first = stale.front();
        return "What " + first.signer + " approved on " + toString(dateOf(first.at)) + " has changed since (" +
               first.changes.front().what + "). Request the deployment again.";
    }
    const auto decision =
        request.status == RequestStatus::approvedWithConditions ? Decision::approveWithConditions : Decision::approve;
    const auto failed = failuresOf(pack, registry, request, decision, Stage::inProduction, today);
    if (failed.empty())
        return std::nullopt;
    return "The version does not go into production while checks fail. " + failed;
}

} // namespace countersign
