// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/deadlines.h"
#include "core/domain/text.h"
#include "core/domain/transition.h"
#include "core/policy/approvals.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace countersign {

namespace {

bool approves(Decision decision)
{
    return decision == Decision::approve || decision == Decision::approveWithConditions;
}

bool validated(const Registry &registry, const VersionId &version, const UserId &user)
{
    return std::ranges::any_of(registry.validations, [&](const auto &item) {
        return item.second.version == version && item.second.by == user;
    });
}

/// Why the separation of duties keeps `user` from signing in any role.
std::optional<std::string> whySeparated(const PolicyPack &pack, const Model &model, const DeploymentRequest &request,
                                        const User &user)
{
    if (pack.holds(SeparationRule::requesterDoesNotSign) && request.by == user.id)
        return "Nobody signs their own request; " + user.fullName + " opened this one.";
    if (pack.holds(SeparationRule::ownerDoesNotSign) && sameName(model.owner, user.fullName))
        return "The owner of a model does not sign for it; " + user.fullName + " owns " + titleOf(model) + ".";
    if (pack.holds(SeparationRule::developerDoesNotSign) && sameName(model.developer, user.fullName))
        return "The developer of a model does not sign for it; " + user.fullName + " developed " + titleOf(model) + ".";
    if (std::ranges::find(request.abstentions, user.id, &Abstention::by) != request.abstentions.end())
        return user.fullName + " has abstained from this request for a conflict of interest.";
    if (pack.holds(SeparationRule::oneSignaturePerPerson) &&
        std::ranges::find(request.signOffs, user.id, &SignOff::by) != request.signOffs.end())
        return "Each person signs a request once; " + user.fullName + " has signed this one.";
    return std::nullopt;
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
    constexpr std::array records{"model",          "version",  "tier assessment", "validation",
                                 "monitoring run", "document", "finding"};
    Covered found;
    for (const auto &item : covered)
        if (std::ranges::any_of(records, [&](const char *kind) { return item.kind == kind; }))
            found.emplace(item.kind, item.id, item.hash);
    return found;
}

/// An approval must cover what the approvals before it covered, else somebody would be bound to what they never saw.
std::optional<std::string> whyStale(const Registry &registry, const DeploymentRequest &request,
                                    const std::vector<CoveredItem> &covered)
{
    const auto now = recordsIn(covered);
    for (const auto &earlier : request.signOffs) {
        const auto then = recordsIn(earlier.covered);
        if (!approves(earlier.decision) || then == now)
            continue;
        std::vector<std::tuple<std::string, std::string, Hash256>> changed;
        std::ranges::set_symmetric_difference(then, now, std::back_inserter(changed));
        const auto signer = registry.users.find(earlier.by);
        return "What " + (signer == registry.users.end() ? earlier.fullName : signer->second.fullName) + " signed on " +
               toString(dateOf(earlier.at)) + " has changed since (" + std::get<0>(changed.front()) +
               "). Withdraw the request and open a new one.";
    }
    return std::nullopt;
}

/// Why the state of the version does not allow an approval.
std::optional<std::string> whyNotReady(const PolicyPack &pack, const Registry &registry,
                                       const DeploymentRequest &request, Decision decision, std::optional<Date> today)
{
    const auto level = tierLevelOf(registry, request.model);
    if (level != request.tierLevel)
        return "The tier was " + pack.tierLabel(request.tierLevel) + " when the request was opened and is now " +
               pack.tierLabel(level) + ". Withdraw the request and open a new one.";
    const auto tolerated = pack.toleratedFailures.find(enumName(decision));
    std::string failed;
    for (const auto &check : deploymentChecks(pack, registry, request.version, today)) {
        if (check.state != CheckState::failed)
            continue;
        if (tolerated != pack.toleratedFailures.end() && tolerated->second.contains(check.id))
            continue;
        failed += (failed.empty() ? "" : " ") + check.title + ": " + check.detail;
    }
    if (failed.empty())
        return std::nullopt;
    return "\"" + displayName(decision) + "\" is not possible while checks fail. " + failed;
}

/// Everybody whose deputy `user` is on that day: by the pack, or by a delegation.
std::vector<std::string> principals(const PolicyPack &pack, const Registry &registry, const User &user, Date today)
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

} // namespace

std::string standsInFor(const PolicyPack &pack, const Registry &registry, const DeploymentRequest &request,
                        const User &user, Role role, Date today)
{
    const auto missing = turnOf(outstanding(request));
    const auto own = [&](const RequiredSignature &signature) { return signature.fits(role, user.fullName); };
    const auto model = registry.models.find(request.model);
    if (model == registry.models.end() || std::ranges::any_of(missing, own))
        return {};
    for (const auto &name : principals(pack, registry, user, today)) {
        const auto *person = registry.userByName(name);
        const auto named = [&](const RequiredSignature &signature) {
            return !signature.people.empty() && signature.fits(role, name);
        };
        if (person && person->active && person->has(role) && std::ranges::any_of(missing, named) &&
            !whySeparated(pack, model->second, request, *person))
            return person->fullName;
    }
    return {};
}

std::vector<Role> rolesToSign(const PolicyPack &pack, const Registry &registry, const DeploymentRequest &request,
                              const User &user, std::string *why, std::optional<Date> today)
{
    const auto none = [&](std::string reason) {
        if (why)
            *why = std::move(reason);
        return std::vector<Role>{};
    };
    if (request.status != RequestStatus::open)
        return none("The request is decided: " + fieldInWords(enumName(request.status)) + ".");
    const auto deadlines = deadlinesOf(request);
    if (deadlines.timedOutBy(today.value_or(dateOf(registry.lastAt))))
        return none(timeOutInWords(deadlines));
    if (auto reason = whyRoleForbids(pack, user, "requestSigned"))
        return none(*reason);
    const auto model = registry.models.find(request.model);
    if (model == registry.models.end())
        return none("The model of the request is unknown.");
    if (auto reason = whySeparated(pack, model->second, request, user))
        return none(*reason);
    const auto &signers = pack.permissions.at("requestSigned");
    std::vector<Role> roles;
    bool barred = false;
    std::string wanted;
    for (const auto &signature : turnOf(outstanding(request))) {
        const auto role = signature.role;
        wanted += (wanted.empty() ? "" : ", ") + signerInWords(signature);
        const bool inPlace =
            !standsInFor(pack, registry, request, user, role, today.value_or(dateOf(registry.lastAt))).empty();
        if ((!signature.fits(role, user.fullName) && !inPlace) || !user.has(role) || !signers.contains(role) ||
            std::ranges::find(roles, role) != roles.end())
            continue;
        if (role != Role::validator && pack.holds(SeparationRule::validatorDoesNotApprove) &&
            (sameName(model->second.validator, user.fullName) || validated(registry, request.version, user.id))) {
            barred = true;
            continue;
        }
        roles.push_back(role);
    }
    if (roles.empty() && barred)
        return none("Who validates a model signs as its validator only; " + user.fullName + " validated this one.");
    if (roles.empty())
        return none("Signatures still missing are of these roles: " + wanted + ".");
    if (why)
        why->clear();
    return roles;
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

std::vector<RequiredSignature> exceptionSignatures(const PolicyPack &pack, const Registry &registry,
                                                   const ModelId &model, ExceptionKind kind)
{
    const auto level = demandsOf(pack, tierLevelOf(registry, model)).level;
    return signaturesFor(
        pack, &registry,
        kind == ExceptionKind::useBeforeValidation ? ApprovalTrigger::temporaryUse : ApprovalTrigger::exception, level);
}

std::optional<std::string> whyExceptionForbidden(const PolicyPack &pack, const Registry &registry,
                                                 const PolicyException &exception, const User &user, Role role,
                                                 Date today)
{
    if (exception.status != ExceptionStatus::requested)
        return "The exception is decided: " + fieldInWords(enumName(exception.status)) + ".";
    if (const auto deadlines = deadlinesOf(exception); deadlines.timedOutBy(today))
        return timeOutInWords(deadlines);
    if (auto reason = whyRoleForbids(pack, user, "exceptionSigned"))
        return reason;
    if (exception.expiresOn < today)
        return "The exception would have expired on " + toString(exception.expiresOn) + "; request it anew.";
    const auto &model = registry.models.at(exception.model);
    if (pack.holds(SeparationRule::requesterDoesNotSign) && exception.by == user.id)
        return "Nobody signs their own request; " + user.fullName + " requested this exception.";
    if (pack.holds(SeparationRule::ownerDoesNotSign) && sameName(model.owner, user.fullName))
        return "The owner of a model does not sign for it; " + user.fullName + " owns " + titleOf(model) + ".";
    if (pack.holds(SeparationRule::developerDoesNotSign) && sameName(model.developer, user.fullName))
        return "The developer of a model does not sign for it; " + user.fullName + " developed " + titleOf(model) + ".";
    if (pack.holds(SeparationRule::oneSignaturePerPerson) &&
        std::ranges::find(exception.signatures, user.id, &ExceptionSignature::by) != exception.signatures.end())
        return "Each person signs an exception once; " + user.fullName + " has signed this one.";
    const auto missing = turnOf(outstanding(exception));
    const auto fits = [&](const RequiredSignature &signature) { return signature.fits(role, user.fullName); };
    if (!user.has(role) || !std::ranges::any_of(missing, fits))
        return user.fullName + " cannot sign this exception as " + fieldInWords(enumName(role)) + ".";
    return std::nullopt;
}

} // namespace countersign
