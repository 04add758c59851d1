// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policy/rerating.h"

#include "core/domain/modelstates.h"
#include "core/policy/rules.h"
#include "core/policy/scope.h"

#include <algorithm>

namespace countersign {

namespace {

class Reratings
{
public:
    Reratings(const PolicyPack &pack, const Registry &registry, Date today, const Supposition *supposed)
        : m_pack(pack)
        , m_registry(registry)
        , m_today(today)
        , m_supposed(supposed)
        , m_states(modelStates(registry, today))
    {
    }

    std::map<ModelId, Rerating> gather()
    {
        for (const auto &[id, state] : m_states)
            if (const auto *tier = assessment(id)) {
                byItself(*tier);
                if (asks(RatingTrigger::redMonitoring) && state.run && state.run->health == Health::red &&
                    state.run->entry > tier->entry)
                    add(id, dateOf(state.run->at), "Monitoring is red since the tier was assessed.");
            }
        if (asks(RatingTrigger::newVersion))
            newVersions();
        if (asks(RatingTrigger::newCost))
            newCosts();
        if (asks(RatingTrigger::graveFinding))
            for (const auto &[id, finding] : m_registry.findings)
                if (const auto *tier = assessment(finding.model);
                    tier && finding.open && finding.severity >= Severity::high && finding.entry > tier->entry)
                    add(finding.model, dateOf(finding.raisedAt), "The finding \"" + finding.title + "\" was raised.");
        return std::move(m_found);
    }

private:
    [[nodiscard]] bool asks(RatingTrigger trigger) const { return m_pack.ratingTriggers.contains(trigger); }

    /// In force, of a model that has to have one.
    [[nodiscard]] const TierAssessment *assessment(const ModelId &model) const
    {
        const auto known = m_registry.models.find(model);
        const auto state = m_states.find(model);
        const bool none = known == m_registry.models.end() || state == m_states.end() ||
                          known->second.stage == Stage::retired || isOutOfScope(m_pack, m_registry, model);
        return none ? nullptr : state->second.tier;
    }

    void add(const ModelId &model, Date since, std::string reason)
    {
        if (since > m_today)
            return;
        const auto [known, fresh] = m_found.try_emplace(model, Rerating{since, reason});
        if (!fresh && since < known->second.since)
            known->second = {since, std::move(reason)};
    }

    void byItself(const TierAssessment &tier)
    {
        const auto on = dateOf(tier.at);
        if (isProvisional(tier))
            add(tier.model, on, "The tier is provisional: an answer was not known.");
        const auto *level = m_pack.tier(m_supposed ? m_supposed->levelOf(tier.model) : tier.level());
        if (level && level->ratingMonths > 0)
            add(tier.model, monthsAfter(on, level->ratingMonths),
                level->label + " is assessed every " + std::to_string(level->ratingMonths) + " months.");
        const auto &method = m_pack.tierMethod;
        if (asks(RatingTrigger::newMethod) && (tier.method != method.id || tier.methodVersion != method.version)) {
            const auto named = [](const std::string &id, std::int64_t version) {
                return id + ", version " + std::to_string(version);
            };
            add(tier.model, inForceSince().value_or(on),
                "The tier follows the method " + named(tier.method, tier.methodVersion) + "; in force is " +
                    named(method.id, method.version) + ".");
        }
    }

    [[nodiscard]] std::optional<Date> inForceSince() const
    {
        if (m_supposed)
            return m_supposed->since;
        const auto policy = m_registry.policies.find(PolicyId(m_registry.policyHash.hex()));
        return policy == m_registry.policies.end() ? std::nullopt : std::optional(dateOf(policy->second.at));
    }

    /// The newest estimate of a model, recorded since the assessment, that derives another answer than was given.
    void newCosts()
    {
        std::unordered_map<ModelId, const CostEstimate *> newest;
        for (const auto &[id, estimate] : m_registry.costs)
            if (auto &known = newest[estimate.model]; estimate.open && (!known || estimate.entry >= known->entry))
                known = &estimate;
        for (const auto &[model, cost] : newest) {
            const auto *tier = assessment(model);
            if (!tier || !cost || cost->entry <= tier->entry)
                continue;
            for (const auto &factor : m_pack.tierMethod.factors) {
                const auto derived = costAnswer(m_pack.tierMethod, factor, *cost);
                const auto given = std::ranges::find(tier->answers, factor.id, &TierAnswer::factor);
                if (derived && derived->answer && given != tier->answers.end() && given->answer != derived->answer->id)
                    add(model, dateOf(cost->at),
                        "The cost estimate \"" + cost->title + "\" derives another answer to \"" + factor.question +
                            "\": " + derived->answer->text + ".");
            }
        }
    }

    /// A version beside one that the assessment knew. The first one of a model is what its tier was assessed for.
    void newVersions()
    {
        std::set<ModelId> known;
        for (const auto &[id, version] : m_registry.versions)
            if (const auto *tier = assessment(version.model); tier && version.entry < tier->entry)
                known.insert(version.model);
        for (const auto &[id, version] : m_registry.versions) {
            const auto *tier = known.contains(version.model) ? assessment(version.model) : nullptr;
            if (!tier || version.entry <= tier->entry || version.stage == VersionStage::retired)
                continue;
            if (const auto on = dayOfEntry(m_registry, version.entry))
                add(version.model, *on, "Version " + version.label + " was registered.");
        }
    }

    const PolicyPack &m_pack;
    const Registry &m_registry;
    Date m_today;
    const Supposition *m_supposed;
    std::unordered_map<ModelId, ModelState> m_states;
    std::map<ModelId, Rerating> m_found;
};

} // namespace

std::map<ModelId, Rerating> reratings(const PolicyPack &pack, const Registry &registry, Date today,
                                      const Supposition *supposed)
{
    return Reratings(pack, registry, today, supposed).gather();
}

} // namespace countersign
