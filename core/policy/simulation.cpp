// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policy/simulation.h"

#include "core/domain/deadlines.h"
#include "core/domain/transition.h"
#include "core/policy/approvals.h"
#include "core/policy/comparisons.h"
#include "core/policy/scope.h"
#include "core/policy/stages.h"

#include <algorithm>

namespace countersign {

namespace {

/// What the simulation needs of each model, found in one pass over each kind of record.
struct Standing
{
    const TierAssessment *tier = nullptr;
    const Validation *validation = nullptr;
    const MonitoringRun *run = nullptr;
    std::vector<const Finding *> findings;
};

class Simulator
{
public:
    Simulator(const PolicyPack &draft, const PolicyPack &inForce, const Registry &registry, Date today)
        : m_draft(draft)
        , m_inForce(inForce)
        , m_registry(registry)
        , m_today(today)
    {
    }

    Simulation run()
    {
        gather();
        m_result.pack = m_draft.id;
        m_result.version = m_draft.version;
        for (const auto &[id, model] : m_registry.models) {
            ++m_result.recordsRead;
            if (auto why = whyStageUnknown(m_draft, model))
                m_result.stages.push_back(
                    {model.id, model.reference, model.name, stageLabel(m_inForce, model),
                     *why + " It counts as " + stageLabel(m_draft, model.stage) + " until it is moved."});
            if (model.stage == Stage::retired)
                continue;
            ++m_result.models;
            judge(model, m_standing[id]);
        }
        m_result.unmet = unmetApprovals(m_draft, m_registry);
        requests();
        return std::move(m_result);
    }

private:
    template <class K, class T>
    void newest(const std::map<K, T> &records, const T *Standing::*member)
    {
        for (const auto &[id, record] : records) {
            ++m_result.recordsRead;
            const T *&known = m_standing[record.model].*member;
            if (!known || record.entry >= known->entry)
                known = &record;
        }
    }

    void gather()
    {
        newest(m_registry.assessments, &Standing::tier);
        newest(m_registry.validations, &Standing::validation);
        newest(m_registry.runs, &Standing::run);
        for (const auto &[id, finding] : m_registry.findings) {
            ++m_result.recordsRead;
            if (finding.open)
                m_standing[finding.model].findings.push_back(&finding);
        }
    }

    /// The level under the draft, 0 when its answers do not fit, with the reason in `why`.
    std::int64_t levelInDraft(const TierAssessment &assessment, std::string &why) const
    {
        const auto &method = m_draft.tierMethod;
        std::vector<TierAnswer> answers;
        std::string unknown;
        for (const auto &factor : method.factors) {
            const auto given = std::ranges::find(assessment.answers, factor.id, &TierAnswer::factor);
            const bool fits =
                given != assessment.answers.end() &&
                (given->answer == unknownAnswer ||
                 std::ranges::find(factor.answers, given->answer, &TierAnswerOption::id) != factor.answers.end());
            if (!fits)
                unknown += (unknown.empty() ? "" : ", ") + factor.id;
            answers.push_back({factor.id, fits ? given->answer : std::string(unknownAnswer)});
        }
        if (!unknown.empty() && method.unknown == UnknownRule::refuse) {
            why = "No answer that the draft knows for: " + unknown + ".";
            return 0;
        }
        const auto computed = computeTier(m_draft, answers);
        const bool overridden = assessment.overrideLevel && assessment.overrideConfirmedBy.valid();
        if (overridden && m_draft.tier(*assessment.overrideLevel)) {
            why = "The override stays.";
            return *assessment.overrideLevel;
        }
        why = "Score " + decimalFromDouble(assessment.score) + " becomes " + decimalFromDouble(computed.score) + ".";
        if (!computed.rule.empty())
            why += " Rule: " + computed.ruleTitle + ".";
        if (!unknown.empty())
            why += " Counted as unknown: " + unknown + ".";
        return computed.level;
    }

    void judge(const Model &model, const Standing &standing)
    {
        const auto from = standing.tier ? standing.tier->level() : 0;
        std::string why;
        const auto to = standing.tier ? levelInDraft(*standing.tier, why) : 0;
        if (from != to && !isOutOfScope(m_draft, m_registry, model.id))
            m_result.moves.push_back({model.id, model.reference, model.name, from, m_inForce.tierLabel(from), to,
                                      to == 0 ? "To be assessed anew" : m_draft.tierLabel(to), why});
        const auto &before = demandsOf(m_inForce, from);
        const auto &after = demandsOf(m_draft, to);
        if (standing.validation)
            interval(model, "validation", dateOf(standing.validation->at), before.validationMonths,
                     after.validationMonths);
        if (standing.run)
            interval(model, "monitoring", dateOf(standing.run->at), before.monitoringMonths, after.monitoringMonths);
        if (standing.tier)
            interval(model, "tier assessment", dateOf(standing.tier->at), before.ratingMonths, after.ratingMonths);
        if (model.lastValidatedOn)
            interval(model, "review", *model.lastValidatedOn, before.reviewMonths, after.reviewMonths);
        for (const auto *finding : standing.findings)
            if (!finding->dueOn) {
                const auto raised = dateOf(finding->raisedAt);
                overdue(model, "finding: " + finding->title, m_inForce.findingDueOn(finding->severity, raised),
                        m_draft.findingDueOn(finding->severity, raised));
            }
    }

    void interval(const Model &model, const std::string &what, Date last, std::int64_t before, std::int64_t after)
    {
        const auto due = [&](std::int64_t months) {
            return months > 0 ? std::optional<Date>(monthsAfter(last, months)) : std::nullopt;
        };
        overdue(model, what, isOutOfScope(m_inForce, m_registry, model.id) ? std::nullopt : due(before),
                isOutOfScope(m_draft, m_registry, model.id) ? std::nullopt : due(after));
    }

    void overdue(const Model &model, const std::string &what, std::optional<Date> before, std::optional<Date> after)
    {
        const bool was = before && *before < m_today;
        if (after && *after < m_today && !was)
            m_result.overdue.push_back({model.id, model.reference, what, *after, (m_today - *after).count()});
    }

    /// Open requests keep the signatures they were opened with; whether people could still give them is told too, and
    /// whether the draft would ask for a comparison that they do not carry.
    void requests()
    {
        for (const auto &[id, request] : m_registry.requests) {
            ++m_result.recordsRead;
            if (!isOpenOn(request, m_today))
                continue;
            const auto subject = "Open request for " + titleOf(m_registry.models.at(request.model));
            for (auto &why : unmetSignatures(m_registry, outstanding(request)))
                m_result.unmet.push_back({subject, std::move(why)});
            const auto *carried = request.promotion ? &*request.promotion : nullptr;
            if (!whyUncompared(m_inForce, m_registry, request.version, carried))
                if (auto why = whyUncompared(m_draft, m_registry, request.version, carried))
                    m_result.unmet.push_back({subject, std::move(*why)});
        }
    }

    const PolicyPack &m_draft;
    const PolicyPack &m_inForce;
    const Registry &m_registry;
    Date m_today;
    std::map<ModelId, Standing> m_standing;
    Simulation m_result;
};

} // namespace

std::vector<UnmetApproval> unmetApprovals(const PolicyPack &pack, const Registry &registry)
{
    std::vector<UnmetApproval> unmet;
    for (const auto &tier : pack.tiers)
        for (auto &why : unmetSignatures(registry, requiredSignatures(pack, registry, tier.level)))
            unmet.push_back({tier.label, std::move(why)});
    return unmet;
}

Simulation simulatePolicy(const PolicyPack &draft, const PolicyPack &inForce, const Registry &registry, Date today)
{
    return Simulator(draft, inForce, registry, today).run();
}

} // namespace countersign
