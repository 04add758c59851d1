// SPDX-License-Identifier: GPL-3.0-or-later
//
// Roles, tiers, limits and decisions of a pack.
#include "core/domain/fact.h"
#include "core/domain/text.h"
#include "core/policy/approvals.h"
#include "core/policy/packshape.h"
#include "core/policy/rules.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace countersign {

namespace {

/// The facts of the first pack format. Later ones may be missing from a pack; then nobody may.
constexpr std::size_t firstFacts = 19;
constexpr std::int64_t longestInterval = 120;

class ContentsChecker
{
public:
    ContentsChecker(const PolicyPack &pack, PackFaults &faults)
        : m_pack(pack)
        , m_faults(faults)
    {
    }

    void identity()
    {
        requireText(m_faults, m_pack.id, "id");
        requireText(m_faults, m_pack.title, "title");
        requireText(m_faults, m_pack.basis, "basis");
        if (m_pack.version < 1)
            m_faults.add("version", "versions count from 1.");
        if (m_pack.supersededOn.has_value() == m_pack.supersededBy.empty())
            m_faults.add(m_pack.supersededOn ? "supersededOn" : "supersededBy",
                         "say both when the guidance was superseded and by what, or neither.");
    }

    void permissions()
    {
        const auto known = factNames();
        for (const auto &[fact, roles] : m_pack.permissions) {
            const auto path = "permissions." + fact;
            if (std::ranges::find(known, fact) == known.end())
                m_faults.add(path, "\"" + fact + "\" is not a known fact.");
            for (const auto reader : {Role::executiveReader, Role::auditor})
                if (roles.contains(reader))
                    m_faults.add(path, "the role \"" + enumName(reader) + "\" reads everything and changes nothing.");
            if (roles.empty())
                m_faults.add(path, "nobody could do this: name at least one role.");
        }
        for (std::size_t i = 0; i < firstFacts; ++i)
            if (!m_pack.permissions.contains(known[i]))
                m_faults.add("permissions." + known[i], "nobody could do this: name at least one role.");
    }

    void tiers()
    {
        if (m_pack.tiers.empty())
            m_faults.add("tiers", "a pack needs at least one tier.");
        UniqueIds labels(m_faults);
        for (std::size_t i = 0; i < m_pack.tiers.size(); ++i)
            tier(i, labels);
    }

    void monitoring()
    {
        const auto &limits = m_pack.monitoring;
        ordered(0, limits.psiAmber, limits.psiRed, "monitoring.psiAmber", "monitoring.psiRed");
        ordered(0, limits.aucDropAmber, limits.aucDropRed, "monitoring.aucDropAmber", "monitoring.aucDropRed");
        ordered(1, limits.rmseRatioAmber, limits.rmseRatioRed, "monitoring.rmseRatioAmber", "monitoring.rmseRatioRed");
        constexpr double mostFalse = 0.5;
        if (!(limits.falseDiscoveryRate > 0 && limits.falseDiscoveryRate <= mostFalse))
            m_faults.add("monitoring.falseDiscoveryRate", "must be above 0 and at most 0.5.");
        if (limits.minimumRows < 1)
            m_faults.add("monitoring.minimumRows", "at least one row is needed for a verdict.");
        requireText(m_faults, limits.setBy, "monitoring.setBy");
        requireText(m_faults, limits.reason, "monitoring.reason");
        std::set<std::tuple<LimitMetric, std::set<std::int64_t>, std::set<ModelKind>, std::set<std::string>>> seen;
        for (std::size_t i = 0; i < m_pack.thresholds.size(); ++i) {
            const auto &limit = m_pack.thresholds[i];
            const auto path = placeIn("thresholds", i);
            if (isFloor(limit.metric))
                ordered(0, limit.red, limit.amber, path + ".red", path + ".amber");
            else
                ordered(limit.metric == LimitMetric::rmseRatio ? 1 : 0, limit.amber, limit.red, path + ".amber",
                        path + ".red");
            requireTiers(m_faults, m_pack, limit.tiers, path + ".tiers");
            requireText(m_faults, limit.setBy, path + ".setBy");
            requireText(m_faults, limit.reason, path + ".reason");
            if (!seen.emplace(limit.metric, limit.tiers, limit.classes, limit.models).second)
                m_faults.add(path, "the same metric has limits for the same tiers, classes and models twice.");
            for (const auto &model : limit.models)
                requireText(m_faults, model, path + ".models");
            const bool isShare = limit.metric != LimitMetric::psi && limit.metric != LimitMetric::rmseRatio;
            if (isShare && std::max(limit.amber, limit.red) > 1)
                m_faults.add(path + (limit.red > 1 ? ".red" : ".amber"), "a limit on this metric is never above 1.");
        }
    }

    void decisions()
    {
        for (const auto decision : enumValues<Decision>()) {
            const auto name = enumName(decision);
            const auto found = m_pack.meanings.find(name);
            if (found == m_pack.meanings.end() || isBlank(found->second))
                m_faults.add("meanings." + name, "the statement that this signature means is missing.");
        }
        for (const auto &[name, meaning] : m_pack.meanings)
            if (!enumFromName<Decision>(name))
                m_faults.add("meanings." + name, "\"" + name + "\" is not a decision.");
        for (const auto &[name, tolerated] : m_pack.toleratedFailures) {
            const auto path = "toleratedFailures." + name;
            const auto decision = enumFromName<Decision>(name);
            if (!decision || !approves(*decision))
                m_faults.add(path, "only \"approve\" and \"approveWithConditions\" depend on checks.");
            for (const auto &check : tolerated)
                requireCheck(m_faults, check, path);
        }
    }

private:
    void tier(std::size_t index, UniqueIds &labels)
    {
        const auto &tier = m_pack.tiers[index];
        const auto path = placeIn("tiers", index);
        if (tier.level != static_cast<std::int64_t>(index) + 1)
            m_faults.add(path + ".level", "tiers are listed from the riskiest, level 1, without a gap.");
        labels.add(tier.label, path + ".label");
        if (!std::isfinite(tier.minimumScore))
            m_faults.add(path + ".minimumScore", "a score is a number.");
        else if (index > 0 && m_pack.tierMethod.kind != TierMethodKind::riskMatrix &&
                 !(tier.minimumScore < m_pack.tiers[index - 1].minimumScore))
            m_faults.add(path + ".minimumScore", "it must be lower than that of the riskier tier before it.");
        if (tier.reviewMonths < 1 || tier.reviewMonths > longestInterval)
            m_faults.add(path + ".reviewMonths", "the months between reviews are 1 to 120.");
        for (const auto &[name, months] :
             {std::pair{".validationMonths", tier.validationMonths},
              std::pair{".monitoringMonths", tier.monitoringMonths}, std::pair{".ratingMonths", tier.ratingMonths}})
            if (months < 0 || months > longestInterval)
                m_faults.add(path + name, "an interval is 0 (none) to 120 months.");
        for (std::size_t i = 0; i < tier.controls.size(); ++i)
            requireText(m_faults, tier.controls[i], placeIn(path + ".controls", i));
        UniqueIds documents(m_faults);
        for (std::size_t i = 0; i < tier.requiredDocuments.size(); ++i) {
            const auto place = placeIn(path + ".requiredDocuments", i);
            documents.add(tier.requiredDocuments[i], place);
            if (!enumFromName<DocumentKind>(tier.requiredDocuments[i]))
                m_faults.add(place, "\"" + tier.requiredDocuments[i] + "\" is not a kind of document.");
        }
        signatures(tier, path + ".signatures");
    }

    /// Whether somebody signs a deployment at that tier, wherever the model comes from.
    [[nodiscard]] bool isSigned(std::int64_t level) const
    {
        return std::ranges::all_of(enumValues<Origin>(), [&](Origin origin) {
            return !signaturesFor(m_pack, nullptr, {ApprovalTrigger::deployment, level, origin}).empty();
        });
    }

    void signatures(const TierLevel &tier, const std::string &path)
    {
        if (!isSigned(tier.level))
            m_faults.add(path, "a deployment needs at least one signature.");
        requireSignatures(m_faults, m_pack, tier.signatures, path);
    }

    void ordered(double low, double amber, double red, const std::string &amberPath, const std::string &redPath)
    {
        if (!(amber > low) || !std::isfinite(amber))
            m_faults.add(amberPath, "a limit must be more than " + decimalFromDouble(low) + ".");
        if (!(red > amber) || !std::isfinite(red))
            m_faults.add(redPath, "the red limit must be beyond the amber one.");
    }

    const PolicyPack &m_pack;
    PackFaults &m_faults;
};

} // namespace

std::string placeIn(const std::string &list, std::size_t index)
{
    return list + "[" + std::to_string(index) + "]";
}

void requireText(PackFaults &faults, const std::string &text, const std::string &path)
{
    if (isBlank(text))
        faults.add(path, "a text is missing.");
}

void requireTiers(PackFaults &faults, const PolicyPack &pack, const std::set<std::int64_t> &levels,
                  const std::string &path)
{
    for (const auto level : levels)
        if (!pack.tier(level))
            faults.add(path, "there is no tier " + std::to_string(level) + ".");
}

void requireCheck(PackFaults &faults, const std::string &check, const std::string &path,
                  const std::vector<std::string> &known)
{
    if (std::ranges::find(known, check) == known.end())
        faults.add(path, "\"" + check + "\" is not a check.");
}

void requireDeadlines(PackFaults &faults, std::int64_t remindAfterDays, std::int64_t timeOutAfterDays,
                      const std::string &path)
{
    constexpr std::int64_t longest = 3650;
    const auto bad = [](std::int64_t days) { return days < 0 || days > longest; };
    if (bad(remindAfterDays))
        faults.add(path + ".remindAfterDays", "a reminder comes after 1 to 3650 days, or never (0).");
    if (bad(timeOutAfterDays))
        faults.add(path + ".timeOutAfterDays", "a time-out comes after 1 to 3650 days, or never (0).");
    else if (timeOutAfterDays != 0 && timeOutAfterDays < remindAfterDays)
        faults.add(path + ".timeOutAfterDays", "a request does not time out before it reminds.");
}

void requireSignatures(PackFaults &faults, const PolicyPack &pack, const std::vector<RequiredSignature> &signatures,
                       const std::string &path)
{
    std::set<Role> roles;
    const auto signers = pack.permissions.find("requestSigned");
    for (std::size_t i = 0; i < signatures.size(); ++i) {
        const auto &signature = signatures[i];
        const auto place = placeIn(path, i);
        if (!roles.insert(signature.role).second)
            faults.add(place + ".role", "\"" + enumName(signature.role) + "\" is there twice.");
        if (signers != pack.permissions.end() && !signers->second.contains(signature.role))
            faults.add(place + ".role", "\"" + enumName(signature.role) +
                                            "\" may not sign (permissions.requestSigned), so nobody could.");
        if (signature.count < 1)
            faults.add(place + ".count", "a count is 1 or more.");
        requireDeadlines(faults, signature.remindAfterDays, signature.timeOutAfterDays, place);
    }
}

void UniqueIds::add(const std::string &id, const std::string &path)
{
    requireText(m_faults, id, path);
    if (isBlank(id))
        return;
    const auto [known, fresh] = m_folded.emplace(foldedName(id), id);
    if (!m_seen.insert(id).second)
        m_faults.add(path, "\"" + id + "\" is there twice.");
    else if (!fresh)
        m_faults.add(path, "\"" + id + "\" and \"" + known->second +
                               "\" differ only by case or spaces: people would take one for the other.");
}

void checkPackContents(const PolicyPack &pack, PackFaults &faults)
{
    ContentsChecker checker(pack, faults);
    checker.identity();
    checker.permissions();
    checker.tiers();
    checkTierMethod(pack, faults);
    checkReachability(pack, faults);
    checker.monitoring();
    checker.decisions();
    checkPackParts(pack, faults);
}

} // namespace countersign
