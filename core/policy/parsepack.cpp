// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/fact.h"
#include "core/domain/text.h"
#include "core/policy/rules.h"
#include "core/policy/scoring.h"
#include "core/policy/strictjson.h"

#include <algorithm>
#include <cmath>

namespace countersign {

namespace {

[[noreturn]] void fault(const std::string &path, const std::string &what)
{
    throw Exception(ErrorCode::InvalidInput, "Policy pack, " + path + ": " + what, "Correct the pack at that place.");
}

std::string at(const std::string &list, std::size_t index)
{
    return list + "[" + std::to_string(index) + "]";
}

/// A misspelt member would silently leave a rule at its default, so nothing unknown is let through.
template <class T>
void refuseUnknown(const json::value &from, const std::string &path)
{
    if constexpr (detail::IsVector<T>::value) {
        std::size_t index = 0;
        for (const auto &item : from.get_array())
            refuseUnknown<typename T::value_type>(item, at(path, index++));
    } else if constexpr (Described<T>) {
        for (const auto &item : from.get_object()) {
            bool known = false;
            forEachMember<T>([&](std::string_view name, auto) { known = known || name == item.key(); });
            const auto place = (path.empty() ? "" : path + ".") + std::string(item.key());
            if (!known)
                fault(place, "there is no such member.");
            forEachMember<T>([&](std::string_view name, auto member) {
                using Value = std::remove_cvref_t<decltype(std::declval<T>().*member)>;
                if (name == item.key())
                    refuseUnknown<Value>(item.value(), place);
            });
        }
    }
}

void present(const std::string &text, const std::string &path)
{
    if (isBlank(text))
        fault(path, "a text is missing.");
}

/// Remembers ids and names the second use of one.
class UniqueIds
{
public:
    void add(const std::string &id, const std::string &path)
    {
        present(id, path);
        if (!m_seen.insert(id).second)
            fault(path, "\"" + id + "\" is there twice.");
    }

private:
    std::set<std::string> m_seen;
};

void checkPermissions(const PolicyPack &pack)
{
    const auto known = factNames();
    for (const auto &[fact, roles] : pack.permissions) {
        const auto path = "permissions." + fact;
        if (std::ranges::find(known, fact) == known.end())
            fault(path, "\"" + fact + "\" is not a known fact.");
        for (const auto reader : {Role::executiveReader, Role::auditor})
            if (roles.contains(reader))
                fault(path, "the role \"" + enumName(reader) + "\" reads everything and changes nothing.");
        if (roles.empty())
            fault(path, "nobody could do this: name at least one role.");
    }
    for (const auto &fact : known)
        if (!pack.permissions.contains(fact))
            fault("permissions." + fact, "nobody could do this: name at least one role.");
}

void checkMethod(const TierMethod &method)
{
    present(method.id, "tierMethod.id");
    present(method.title, "tierMethod.title");
    if (method.version < 1)
        fault("tierMethod.version", "versions count from 1.");
    if (method.factors.empty())
        fault("tierMethod.factors", "a method needs at least one factor.");
    UniqueIds factorIds;
    double weights = 0;
    for (std::size_t i = 0; i < method.factors.size(); ++i) {
        const auto &factor = method.factors[i];
        const auto path = at("tierMethod.factors", i);
        factorIds.add(factor.id, path + ".id");
        present(factor.question, path + ".question");
        if (!(factor.weight > 0 && factor.weight <= 1))
            fault(path + ".weight", "a weight is more than 0 and at most 1.");
        weights += factor.weight;
        if (factor.answers.size() < 2)
            fault(path + ".answers", "a factor needs at least two answers.");
        UniqueIds answerIds;
        for (std::size_t j = 0; j < factor.answers.size(); ++j) {
            const auto &answer = factor.answers[j];
            const auto place = at(path + ".answers", j);
            answerIds.add(answer.id, place + ".id");
            present(answer.text, place + ".text");
            if (!(answer.points >= 0 && answer.points <= 100))
                fault(place + ".points", "points are 0 to 100.");
        }
    }
    constexpr double tolerance = 1e-9;
    if (!(std::fabs(weights - 1) <= tolerance))
        fault("tierMethod.factors", "the weights add up to " + decimalFromDouble(weights) + ", not to 1.");
}

void checkSignatures(const PolicyPack &pack, const TierLevel &tier, const std::string &path)
{
    if (tier.signatures.empty())
        fault(path, "a deployment needs at least one signature.");
    std::set<Role> roles;
    const auto &signers = pack.permissions.at("requestSigned");
    for (std::size_t i = 0; i < tier.signatures.size(); ++i) {
        const auto &[role, count] = tier.signatures[i];
        const auto place = at(path, i);
        if (!roles.insert(role).second)
            fault(place + ".role", "\"" + enumName(role) + "\" is there twice.");
        if (!signers.contains(role))
            fault(place + ".role",
                  "\"" + enumName(role) + "\" may not sign (permissions.requestSigned), so nobody could.");
        if (count < 1)
            fault(place + ".count", "a count is 1 or more.");
    }
}

void checkTier(const PolicyPack &pack, std::size_t index, UniqueIds &labels)
{
    constexpr std::int64_t longestReview = 120;
    const auto &tier = pack.tiers[index];
    const auto path = at("tiers", index);
    if (tier.level != static_cast<std::int64_t>(index) + 1)
        fault(path + ".level", "tiers are listed from the riskiest, level 1, without a gap.");
    labels.add(tier.label, path + ".label");
    if (!std::isfinite(tier.minimumScore))
        fault(path + ".minimumScore", "a score is a number.");
    if (index > 0 && !(tier.minimumScore < pack.tiers[index - 1].minimumScore))
        fault(path + ".minimumScore", "it must be lower than that of the riskier tier before it.");
    if (tier.reviewMonths < 1 || tier.reviewMonths > longestReview)
        fault(path + ".reviewMonths", "the months between reviews are 1 to 120.");
    for (std::size_t i = 0; i < tier.controls.size(); ++i)
        present(tier.controls[i], at(path + ".controls", i));
    UniqueIds documents;
    for (std::size_t i = 0; i < tier.requiredDocuments.size(); ++i) {
        const auto place = at(path + ".requiredDocuments", i);
        documents.add(tier.requiredDocuments[i], place);
        if (!enumFromName<DocumentKind>(tier.requiredDocuments[i]))
            fault(place, "\"" + tier.requiredDocuments[i] + "\" is not a kind of document.");
    }
    checkSignatures(pack, tier, path + ".signatures");
}

void checkTiers(const PolicyPack &pack)
{
    if (pack.tiers.empty())
        fault("tiers", "a pack needs at least one tier.");
    UniqueIds labels;
    for (std::size_t i = 0; i < pack.tiers.size(); ++i)
        checkTier(pack, i, labels);
    const auto scores = reachableScores(pack.tierMethod);
    const auto lowest = fromMillionths(*scores.begin());
    const auto highest = fromMillionths(*scores.rbegin());
    if (*scores.begin() < millionths(pack.tiers.back().minimumScore))
        fault(at("tiers", pack.tiers.size() - 1) + ".minimumScore",
              "scores down to " + decimalFromDouble(lowest) + " are possible and would belong to no tier.");
    std::set<std::int64_t> reached;
    for (const auto score : scores)
        reached.insert(tierFor(pack.tiers, score).level);
    for (std::size_t i = 0; i < pack.tiers.size(); ++i)
        if (!reached.contains(pack.tiers[i].level))
            fault(at("tiers", i) + ".minimumScore", "no combination of answers reaches this tier; scores run from " +
                                                        decimalFromDouble(lowest) + " to " +
                                                        decimalFromDouble(highest) + ".");
}

void checkMonitoring(const MonitoringLimits &limits)
{
    const auto ordered = [](double low, double amber, double red, const std::string &amberPath,
                            const std::string &redPath) {
        if (!(amber > low) || !std::isfinite(amber))
            fault("monitoring." + amberPath, "a limit must be more than " + decimalFromDouble(low) + ".");
        if (!(red > amber) || !std::isfinite(red))
            fault("monitoring." + redPath, "the red limit must be beyond the amber one.");
    };
    ordered(0, limits.psiAmber, limits.psiRed, "psiAmber", "psiRed");
    ordered(0, limits.aucDropAmber, limits.aucDropRed, "aucDropAmber", "aucDropRed");
    ordered(1, limits.rmseRatioAmber, limits.rmseRatioRed, "rmseRatioAmber", "rmseRatioRed");
    if (limits.minimumRows < 1)
        fault("monitoring.minimumRows", "at least one row is needed for a verdict.");
    present(limits.setBy, "monitoring.setBy");
    present(limits.reason, "monitoring.reason");
}

void checkDecisions(const PolicyPack &pack)
{
    for (const auto decision : enumValues<Decision>()) {
        const auto name = enumName(decision);
        const auto found = pack.meanings.find(name);
        if (found == pack.meanings.end() || isBlank(found->second))
            fault("meanings." + name, "the statement that this signature means is missing.");
    }
    for (const auto &[name, meaning] : pack.meanings)
        if (!enumFromName<Decision>(name))
            fault("meanings." + name, "\"" + name + "\" is not a decision.");
    const auto checks = checkIds();
    for (const auto &[name, tolerated] : pack.toleratedFailures) {
        const auto path = "toleratedFailures." + name;
        const auto decision = enumFromName<Decision>(name);
        if (decision != Decision::approve && decision != Decision::approveWithConditions)
            fault(path, "only \"approve\" and \"approveWithConditions\" depend on checks.");
        for (const auto &check : tolerated)
            if (std::ranges::find(checks, check) == checks.end())
                fault(path, "\"" + check + "\" is not a check.");
    }
}

} // namespace

PolicyPack parsePolicyPack(std::string_view text)
{
    json::value parsed;
    PolicyPack pack;
    try {
        parsed = parseStrictJson(text);
        readJson(parsed, pack);
    } catch (const Exception &exception) {
        throw Exception(ErrorCode::InvalidInput, "Policy pack, " + exception.error().what,
                        "Correct the pack at that place.");
    }
    refuseUnknown<PolicyPack>(parsed, {});
    if (!parsed.get_object().contains("separation"))
        for (const auto rule : enumValues<SeparationRule>())
            pack.separation.insert(rule);
    present(pack.id, "id");
    present(pack.title, "title");
    present(pack.basis, "basis");
    if (pack.version < 1)
        fault("version", "versions count from 1.");
    checkPermissions(pack);
    checkMethod(pack.tierMethod);
    checkTiers(pack);
    checkMonitoring(pack.monitoring);
    checkDecisions(pack);
    return pack;
}

} // namespace countersign
