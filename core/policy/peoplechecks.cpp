// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policy/peoplechecks.h"

#include "core/policy/approvals.h"
#include "core/policy/jsonlines.h"
#include "core/policy/packshape.h"
#include "core/policy/simulation.h"
#include "core/policy/stages.h"

#include <algorithm>

namespace countersign {

namespace {

/// Signatures on one side, people on the other: as many as possible get one of their own (augmenting paths).
class Assignment
{
public:
    Assignment(const Registry &registry, const std::vector<RequiredSignature> &required)
    {
        for (const auto &[id, user] : registry.users)
            if (user.active)
                m_people.push_back(&user);
        m_taken.assign(m_people.size(), none);
        for (const auto &signature : required)
            for (std::int64_t i = 0; i < signature.count; ++i)
                m_asked.push_back(&signature);
    }

    [[nodiscard]] std::size_t asked() const { return m_asked.size(); }

    std::size_t assign()
    {
        std::size_t given = 0;
        for (std::size_t place = 0; place < m_asked.size(); ++place) {
            std::vector<bool> tried(m_people.size(), false);
            given += finds(place, tried) ? 1 : 0;
        }
        return given;
    }

private:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    bool finds(std::size_t place, std::vector<bool> &tried)
    {
        const auto &signature = *m_asked[place];
        for (std::size_t person = 0; person < m_people.size(); ++person) {
            if (tried[person] || !m_people[person]->has(signature.role) ||
                !signature.fits(signature.role, m_people[person]->fullName))
                continue;
            tried[person] = true;
            if (m_taken[person] == none || finds(m_taken[person], tried)) {
                m_taken[person] = place;
                return true;
            }
        }
        return false;
    }

    std::vector<const User *> m_people;
    std::vector<std::size_t> m_taken; ///< by person, the place in m_asked
    std::vector<const RequiredSignature *> m_asked;
};

/// Where the pack asks for a signature of that set.
std::string placeOf(const PolicyPack &pack, const AskedSignatures &asked, const RequiredSignature &signature)
{
    for (std::size_t i = 0; i < pack.approvals.size(); ++i)
        if (!signature.rule.empty() && pack.approvals[i].id == signature.rule)
            return placeIn("approvals", i);
    for (std::size_t i = 0; i < pack.tiers.size(); ++i)
        for (std::size_t j = 0; pack.tiers[i].level == asked.level && j < pack.tiers[i].signatures.size(); ++j)
            if (pack.tiers[i].signatures[j].role == signature.role)
                return placeIn(placeIn("tiers", i) + ".signatures", j);
    return "approvals";
}

/// The permissions that rules of the pack rest on: while nobody could use one, what a rule asks for is never there.
std::set<std::string> neededPermissions(const PolicyPack &pack)
{
    std::set<std::string> needed{"policyPublished", "userEnrolled", "tierPublished", "deploymentRequested"};
    for (const auto &tier : pack.tiers) {
        if (tier.validationRequired)
            needed.insert("validationRecorded");
        if (tier.monitoringRequired)
            needed.insert("monitoringRecorded");
        if (!tier.requiredDocuments.empty())
            needed.insert("documentAttached");
    }
    if (approvesFirst(pack))
        needed.insert("versionDeployed");
    if (!pack.findingPlans.empty())
        needed.insert("remediationPlanned");
    if (!pack.findingEvidence.empty())
        needed.insert("remediationEvidenced");
    for (const auto &rule : pack.approvals)
        if (rule.trigger != ApprovalTrigger::deployment)
            needed.insert(rule.trigger == ApprovalTrigger::policyChange ? "policyProposed" : "exceptionRequested");
    return needed;
}

} // namespace

std::vector<AskedSignatures> askedSignatures(const PolicyPack &pack, const Registry &registry)
{
    std::vector<AskedSignatures> all;
    for (const auto trigger : enumValues<ApprovalTrigger>())
        for (const auto &tier : pack.tiers)
            for (const auto origin : enumValues<Origin>()) {
                AskedSignatures asked{trigger, tier.level,
                                      signaturesFor(pack, &registry, {trigger, tier.level, origin})};
                const bool told = !all.empty() && all.back().trigger == trigger && all.back().level == tier.level &&
                                  all.back().required == asked.required;
                const bool once = trigger == ApprovalTrigger::policyChange && tier.level != pack.tiers.front().level;
                if (!asked.required.empty() && !told && !once)
                    all.push_back(std::move(asked));
            }
    return all;
}

std::string subjectOf(const PolicyPack &pack, const AskedSignatures &asked)
{
    if (asked.trigger == ApprovalTrigger::policyChange)
        return "Change of policy";
    const char *what = asked.trigger == ApprovalTrigger::deployment     ? "Deployment, "
                       : asked.trigger == ApprovalTrigger::temporaryUse ? "Temporary use, "
                                                                        : "Exception, ";
    return what + pack.tierLabel(asked.level);
}

std::optional<std::string> whyNotApart(const Registry &registry, const std::vector<RequiredSignature> &required)
{
    Assignment assignment(registry, required);
    const auto given = assignment.assign();
    if (given == assignment.asked())
        return std::nullopt;
    std::string roles;
    for (const auto &signature : required)
        roles += (roles.empty() ? "" : ", ") + std::to_string(signature.count) + " x " + signerInWords(signature);
    return roles + " needed, each from another person; those who could give " + std::to_string(given) + " of " +
           std::to_string(assignment.asked()) + " are the same people";
}

std::vector<PolicyFault> independenceWarnings(const PolicyPack &pack, std::string_view text)
{
    std::string absent;
    for (const auto rule :
         {SeparationRule::requesterDoesNotSign, SeparationRule::ownerDoesNotSign, SeparationRule::developerDoesNotSign})
        if (!pack.holds(rule))
            absent += (absent.empty() ? "" : ", ") + enumName(rule);
    std::vector<PolicyFault> warnings;
    const JsonLines lines(text);
    for (std::size_t i = 0; i < pack.scope.outcomes.size(); ++i) {
        const auto &outcome = pack.scope.outcomes[i];
        if (outcome.inScope || (!outcome.signatures.empty() && absent.empty()))
            continue;
        const auto path = placeIn("scope.outcomes", i) + ".signatures";
        const auto begin = "nobody independent signs for what is \"" + outcome.label + "\" before it is used: ";
        warnings.push_back({path, lines.line(path),
                            begin + (outcome.signatures.empty() ? "the outcome names no signature."
                                                                : "`separation` lacks " + absent + "."),
                            false});
    }
    return warnings;
}

std::vector<PolicyFault> peopleFaults(const PolicyPack &pack, std::string_view text, const Registry &registry)
{
    PackFaults faults;
    std::set<std::pair<std::string, std::string>> told;
    const auto add = [&](const std::string &path, const std::string &what) {
        if (told.emplace(path, what).second)
            faults.add(path, what);
    };
    const auto needed = neededPermissions(pack);
    std::set<std::string> lesser; ///< permissions that no rule rests on
    for (const auto &[fact, roles] : pack.permissions) {
        const bool held = std::ranges::any_of(registry.users, [&](const auto &item) {
            return item.second.active && !whyRoleForbids(pack, item.second, fact);
        });
        if (held)
            continue;
        add("permissions." + fact,
            "nobody enrolled may " + actionOf(fact) + ": nobody is among " + rolesFor(pack, fact) + ".");
        if (!needed.contains(fact))
            lesser.insert("permissions." + fact);
    }
    for (std::size_t i = 0; i < pack.scope.outcomes.size(); ++i)
        for (const auto &why : unmetSignatures(registry, pack.scope.outcomes[i].signatures))
            add(placeIn("scope.outcomes", i) + ".signatures", "nobody can satisfy this: " + why + ".");
    for (const auto &asked : askedSignatures(pack, registry)) {
        bool enough = true;
        for (const auto &signature : asked.required)
            for (const auto &why : unmetSignatures(registry, {signature})) {
                add(placeOf(pack, asked, signature), "nobody can satisfy this rule: " + why + ".");
                enough = false;
            }
        if (!enough || !pack.holds(SeparationRule::oneSignaturePerPerson))
            continue;
        if (const auto why = whyNotApart(registry, asked.required))
            add(placeOf(pack, asked, asked.required.back()),
                "nobody can satisfy this rule together with the others of " + subjectOf(pack, asked) + ": " + *why +
                    ".");
    }
    auto found = faults.all();
    const JsonLines lines(text);
    for (auto &fault : found) {
        fault.line = lines.line(fault.path);
        fault.blocks = !lesser.contains(fault.path);
    }
    std::ranges::stable_sort(found, {}, &PolicyFault::line);
    return found;
}

std::optional<std::string> whyNobodyCould(const PolicyPack &pack, std::string_view text, const Registry &registry)
{
    if (const auto unmet = unmetApprovals(pack, registry); !unmet.empty())
        return "Nobody could give an approval that the policy asks for. " + unmet.front().subject + ": " +
               unmet.front().why + ".";
    for (const auto &fault : peopleFaults(pack, text, registry))
        if (fault.blocks)
            return "Nobody enrolled could do what a rule of the policy needs. Line " + std::to_string(fault.line) +
                   ": " + fault.path + ": " + fault.what;
    return std::nullopt;
}

} // namespace countersign
