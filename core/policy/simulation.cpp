// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policy/simulation.h"

#include "core/domain/deadlines.h"
#include "core/domain/transition.h"
#include "core/policy/approvals.h"
#include "core/policy/comparisons.h"
#include "core/policy/monitoringdue.h"
#include "core/policy/peoplechecks.h"
#include "core/policy/rerating.h"
#include "core/policy/reviewqueue.h"
#include "core/policy/scope.h"
#include "core/policy/stages.h"
#include "core/policy/staleness.h"

#include <algorithm>

namespace countersign {

namespace {

/// What the simulation needs of each model, found in one pass over each kind of record.
struct Standing
{
    const TierAssessment *tier = nullptr;
    std::vector<const Finding *> findings;
};

/// What is owed for a model and by when, under one policy.
struct Owed
{
    Date due{};
    std::string why;
};
using OwedByModel = std::map<ModelId, Owed>;

/// "2 x approver, 1 x validator": who signs and how many, whatever the rules that say so are called.
std::string signersInWords(const std::vector<RequiredSignature> &required)
{
    std::map<std::string, std::int64_t> counts;
    for (const auto &signature : required)
        counts[signerInWords(signature)] += signature.count;
    std::string words;
    for (const auto &[signer, count] : counts)
        words += (words.empty() ? "" : ", ") + std::to_string(count) + " x " + signer;
    return words;
}

class Simulator
{
public:
    Simulator(const PolicyPack &draft, const PolicyPack &inForce, const Registry &registry, Date today)
        : m_draft(draft)
        , m_inForce(inForce)
        , m_registry(registry)
        , m_today(today)
        , m_supposed{today, {}}
        , m_replaces(policyPackText(draft) != policyPackText(inForce))
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
        compareQueues();
        m_result.unmet = unmetApprovals(m_draft, m_registry);
        requests();
        std::ranges::stable_sort(m_result.stale, {}, [](const StaleDecision &decision) { return !decision.material; });
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
        if (to != 0)
            m_supposed.levels[model.id] = to;
        if (!standing.tier && !isOutOfScope(m_draft, m_registry, model.id)) {
            ++m_result.unrated;
            if (isOutOfScope(m_inForce, m_registry, model.id))
                m_result.overdue.push_back({model.id, model.reference, "tier assessment", m_today, 0,
                                            "In scope under the draft, and never rated."});
        }
        for (const auto *finding : standing.findings)
            if (!finding->dueOn) {
                const auto raised = dateOf(finding->raisedAt);
                overdue(model, "finding: " + finding->title, m_inForce.findingDueOn(finding->severity, raised),
                        m_draft.findingDueOn(finding->severity, raised),
                        enumName(finding->severity) + " severity, raised on " + toString(raised) + ".");
            }
    }

    void compareQueues()
    {
        compare("review", reviews(m_inForce, nullptr), reviews(m_draft, &m_supposed));
        compare("monitoring", monitorings(m_inForce, nullptr), monitorings(m_draft, &m_supposed));
        compare("tier assessment", ratings(m_inForce, nullptr), ratings(m_draft, &m_supposed));
    }

    [[nodiscard]] OwedByModel reviews(const PolicyPack &pack, const Supposition *supposed) const
    {
        OwedByModel owed;
        for (const auto &item : reviewQueue(pack, m_registry, m_today, supposed))
            if (item.due)
                owed[item.model] = {*item.due, item.reasons.front().text};
        return owed;
    }

    [[nodiscard]] OwedByModel monitorings(const PolicyPack &pack, const Supposition *supposed) const
    {
        OwedByModel owed;
        for (const auto &[model, item] : monitoringsDue(pack, m_registry, supposed))
            owed[model] = {item.due, item.why};
        return owed;
    }

    [[nodiscard]] OwedByModel ratings(const PolicyPack &pack, const Supposition *supposed) const
    {
        OwedByModel owed;
        for (const auto &[model, item] : reratings(pack, m_registry, m_today, supposed))
            owed[model] = {item.since, item.reason};
        return owed;
    }

    void compare(const char *what, const OwedByModel &before, const OwedByModel &after)
    {
        for (const auto &[id, owed] : after) {
            const auto known = before.find(id);
            overdue(m_registry.models.at(id), what,
                    known == before.end() ? std::nullopt : std::optional(known->second.due), owed.due, owed.why);
        }
    }

    void overdue(const Model &model, const std::string &what, std::optional<Date> before, std::optional<Date> after,
                 const std::string &why)
    {
        const bool was = before && *before < m_today;
        if (after && *after < m_today && !was)
            m_result.overdue.push_back({model.id, model.reference, what, *after, (m_today - *after).count(), why});
    }

    /// Open requests keep the signatures they were opened with; whether people could still give them is told too, and
    /// whether the draft would ask for a comparison that they do not carry.
    void requests()
    {
        for (const auto &[id, request] : m_registry.requests) {
            ++m_result.recordsRead;
            if (m_replaces && isInForce(m_registry, request, m_today))
                stale(request);
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

    void stale(const DeploymentRequest &request)
    {
        const auto &model = m_registry.models.at(request.model);
        const auto *tier = m_standing[model.id].tier;
        const auto from = tier ? tier->level() : 0;
        const auto to = m_supposed.levelOf(model.id);
        std::string moved;
        if (from != to)
            moved = " The tier moves from " + m_inForce.tierLabel(from) + " to " +
                    (to == 0 ? "one to be assessed anew" : m_draft.tierLabel(to)) + ".";
        const auto asked = signersInWords(requiredSignatures(m_draft, m_registry, to));
        if (asked != signersInWords(requiredSignatures(m_inForce, m_registry, from)))
            moved += " The draft asks for other signatures: " + asked + ".";
        for (const auto &signOff : request.signOffs) {
            if (!approves(signOff.decision))
                continue;
            const bool means = m_draft.meaning(signOff.decision) != m_inForce.meaning(signOff.decision);
            const auto why = moved + (means ? " The statement that the signature means is another." : "");
            m_result.stale.push_back(
                {model.id, request.id, model.reference, m_registry.versions.at(request.version).label,
                 signOff.fullName + ", " + displayName(signOff.role), dateOf(signOff.at), !why.empty(),
                 "It covers version " + std::to_string(m_inForce.version) +
                     " of the policy, which the draft replaces." + why});
        }
    }

    const PolicyPack &m_draft;
    const PolicyPack &m_inForce;
    const Registry &m_registry;
    Date m_today;
    Supposition m_supposed;
    bool m_replaces; ///< the draft is not the policy in force itself
    std::map<ModelId, Standing> m_standing;
    Simulation m_result;
};

} // namespace

std::vector<UnmetApproval> unmetApprovals(const PolicyPack &pack, const Registry &registry)
{
    std::vector<UnmetApproval> unmet;
    for (const auto &asked : askedSignatures(pack, registry)) {
        const auto few = unmetSignatures(registry, asked.required);
        for (const auto &why : few)
            unmet.push_back({subjectOf(pack, asked), why});
        if (few.empty() && pack.holds(SeparationRule::oneSignaturePerPerson))
            if (const auto why = whyNotApart(registry, asked.required))
                unmet.push_back({subjectOf(pack, asked), *why});
    }
    return unmet;
}

Simulation simulatePolicy(const PolicyPack &draft, const PolicyPack &inForce, const Registry &registry, Date today)
{
    return Simulator(draft, inForce, registry, today).run();
}

} // namespace countersign
