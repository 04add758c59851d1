// SPDX-License-Identifier: GPL-3.0-or-later
//
// From the approval rules of a pack to the signatures that a request needs.
#include "core/policy/approvals.h"
#include "core/domain/text.h"
#include "core/policy/scope.h"

#include <algorithm>

namespace countersign {

namespace {

/// Never less than one: what nobody can sign stays unsigned.
std::int64_t countOf(const PolicyPack &pack, const ApprovalRule &rule, const PeopleGroup *group,
                     const Registry *registry, const ApprovalCase &asked)
{
    switch (rule.quorum) {
    case Quorum::any:
        return 1;
    case Quorum::atLeast:
        return rule.count;
    case Quorum::all:
        break;
    }
    if (!registry)
        return static_cast<std::int64_t>(group ? group->people.size() : !rule.people.empty() ? rule.people.size() : 1);
    const auto isBarred = [&](const User &user) {
        if (!asked.model)
            return pack.holds(SeparationRule::requesterDoesNotSign) && asked.requester == user.id;
        return isSeparated(pack, *asked.model, asked.requester, user, rule.role);
    };
    if (!rule.people.empty()) // who is named and cannot sign for another reason is waited for
        return std::max<std::int64_t>(1, std::ranges::count_if(rule.people, [&](const std::string &person) {
                                          const auto *user = registry->userByName(person);
                                          return !user || !isBarred(*user);
                                      }));
    const auto counts = [&](const User &user) {
        const bool member = !group || std::ranges::any_of(group->people, [&](const std::string &person) {
            return sameName(person, user.fullName);
        });
        return member && user.active && user.has(rule.role) && !isBarred(user);
    };
    return std::max<std::int64_t>(
        1, std::ranges::count_if(registry->users, [&](const auto &item) { return counts(item.second); }));
}

} // namespace

const TierLevel &demandsOf(const PolicyPack &pack, std::int64_t level)
{
    const auto *tier = pack.tier(level);
    return tier ? *tier : pack.tiers.front();
}

std::vector<RequiredSignature> signaturesFor(const PolicyPack &pack, const Registry *registry,
                                             const ApprovalCase &asked)
{
    const auto &demands = demandsOf(pack, asked.level);
    std::vector<RequiredSignature> required;
    for (const auto &rule : pack.approvals) {
        const bool holds = rule.trigger == asked.trigger &&
                           (rule.tiers.empty() || rule.tiers.contains(demands.level)) &&
                           (!asked.origin || rule.origins.empty() || rule.origins.contains(*asked.origin));
        if (!holds)
            continue;
        const auto found = std::ranges::find(pack.groups, rule.group, &PeopleGroup::id);
        const auto *group = rule.group.empty() || found == pack.groups.end() ? nullptr : &*found;
        required.push_back({rule.role, countOf(pack, rule, group, registry, asked), rule.id,
                            group ? group->people : rule.people, rule.order, rule.remindAfterDays,
                            rule.timeOutAfterDays, group ? group->label : std::string()});
    }
    const bool byTier = required.empty() && asked.trigger == ApprovalTrigger::deployment;
    return byTier ? demands.signatures : required;
}

std::vector<RequiredSignature> requiredSignatures(const PolicyPack &pack, std::int64_t tierLevel)
{
    return signaturesFor(pack, nullptr, {ApprovalTrigger::deployment, tierLevel});
}

std::vector<RequiredSignature> requiredSignatures(const PolicyPack &pack, const Registry &registry,
                                                  std::int64_t tierLevel)
{
    return signaturesFor(pack, &registry, {ApprovalTrigger::deployment, tierLevel});
}

std::vector<RequiredSignature> requestSignatures(const PolicyPack &pack, const Registry &registry, const ModelId &id,
                                                 const UserId &requester)
{
    if (const auto *outcome = outcomeOutOfScope(pack, registry, id))
        return outcome->signatures;
    const auto &model = registry.models.at(id);
    return signaturesFor(pack, &registry,
                         {ApprovalTrigger::deployment, tierLevelOf(registry, id), model.origin, &model, requester});
}

std::vector<RequiredSignature> exceptionSignatures(const PolicyPack &pack, const Registry &registry, const ModelId &id,
                                                   ExceptionKind kind, const UserId &requester)
{
    const auto &model = registry.models.at(id);
    const auto trigger =
        kind == ExceptionKind::useBeforeValidation ? ApprovalTrigger::temporaryUse : ApprovalTrigger::exception;
    return signaturesFor(pack, &registry, {trigger, tierLevelOf(registry, id), model.origin, &model, requester});
}

bool asksForPolicyChange(const PolicyPack &pack)
{
    return std::ranges::find(pack.approvals, ApprovalTrigger::policyChange, &ApprovalRule::trigger) !=
           pack.approvals.end();
}

std::vector<RequiredSignature> policyChangeSignatures(const PolicyPack &pack, const Registry &registry,
                                                      const UserId &proposer)
{
    return signaturesFor(pack, &registry, {ApprovalTrigger::policyChange, 0, {}, nullptr, proposer});
}

std::vector<std::string> unmetSignatures(const Registry &registry, const std::vector<RequiredSignature> &required,
                                         const std::set<UserId> &barred)
{
    std::vector<std::string> unmet;
    std::map<Role, std::int64_t> wanted;
    for (const auto &signature : required) {
        std::int64_t able = 0;
        for (const auto &[id, user] : registry.users)
            able += user.active && user.has(signature.role) && !barred.contains(id) &&
                            signature.fits(signature.role, user.fullName)
                        ? 1
                        : 0;
        const auto before = signature.people.empty() ? wanted[signature.role] : 0;
        wanted[signature.role] += signature.count;
        if (able >= before + signature.count)
            continue;
        unmet.push_back(std::to_string(before + signature.count) + " x " + signerInWords(signature) + " needed, " +
                        std::to_string(able) + (able == 1 ? " person" : " people") + " could sign");
    }
    return unmet;
}

} // namespace countersign
