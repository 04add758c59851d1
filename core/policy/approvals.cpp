// SPDX-License-Identifier: GPL-3.0-or-later
//
// From the approval rules of a pack to the signatures that a request needs.
#include "core/policy/approvals.h"

#include <algorithm>

namespace countersign {

namespace {

std::int64_t holders(const Registry &registry, Role role)
{
    return std::ranges::count_if(registry.users,
                                 [&](const auto &item) { return item.second.active && item.second.has(role); });
}

/// Never less than one: what nobody can sign stays unsigned.
std::int64_t countOf(const ApprovalRule &rule, const Registry *registry)
{
    switch (rule.quorum) {
    case Quorum::any:
        return 1;
    case Quorum::atLeast:
        return rule.count;
    case Quorum::all:
        break;
    }
    if (!rule.people.empty())
        return static_cast<std::int64_t>(rule.people.size());
    return std::max<std::int64_t>(1, registry ? holders(*registry, rule.role) : 1);
}

std::vector<RequiredSignature> deploymentSignatures(const PolicyPack &pack, const Registry *registry,
                                                    std::int64_t level)
{
    const auto &demands = demandsOf(pack, level);
    auto ruled = signaturesFor(pack, registry, ApprovalTrigger::deployment, demands.level);
    return ruled.empty() ? demands.signatures : ruled;
}

} // namespace

const TierLevel &demandsOf(const PolicyPack &pack, std::int64_t level)
{
    const auto *tier = pack.tier(level);
    return tier ? *tier : pack.tiers.front();
}

std::vector<RequiredSignature> signaturesFor(const PolicyPack &pack, const Registry *registry, ApprovalTrigger trigger,
                                             std::int64_t level)
{
    std::vector<RequiredSignature> required;
    for (const auto &rule : pack.approvals)
        if (rule.trigger == trigger && (rule.tiers.empty() || rule.tiers.contains(level)))
            required.push_back({rule.role, countOf(rule, registry), rule.id, rule.people, rule.order,
                                rule.remindAfterDays, rule.timeOutAfterDays});
    return required;
}

std::vector<RequiredSignature> requiredSignatures(const PolicyPack &pack, std::int64_t tierLevel)
{
    return deploymentSignatures(pack, nullptr, tierLevel);
}

std::vector<RequiredSignature> requiredSignatures(const PolicyPack &pack, const Registry &registry,
                                                  std::int64_t tierLevel)
{
    return deploymentSignatures(pack, &registry, tierLevel);
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
