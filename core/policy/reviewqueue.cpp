// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policy/reviewqueue.h"

#include "core/base/decimal.h"
#include "core/policy/controls.h"
#include "core/policy/scope.h"
#include "core/policy/stages.h"

#include "core/base/csv.h"
#include "core/domain/modelstates.h"

#include <algorithm>
#include <limits>
#include <tuple>

namespace countersign {

namespace {

/// What the queue needs of each model, found in one pass over each kind of record.
struct Reviewed
{
    const Validation *validation = nullptr;
    const ModelVersion *newest = nullptr; ///< not retired
    const ModelVersion *sent = nullptr;   ///< newest that waits for its validation
    /// Triggers: each the first since the model was last validated, so that another one does not begin its term anew.
    const ModelVersion *changed = nullptr;   ///< not retired
    const MonitoringRun *redSince = nullptr; ///< of the runs that are red without a break up to the newest
    std::int64_t lastNotRed = std::numeric_limits<std::int64_t>::min(); ///< entry of the run before those
    const Finding *grave = nullptr;                                     ///< open
    const PolicyException *earlyUse = nullptr;
};

std::string inDays(std::int64_t count)
{
    return count == 0 ? "at once" : "within " + counted(count, "day", "days");
}

template <class T>
void keepNewest(const T *&known, const T &record)
{
    if (!known || record.entry >= known->entry)
        known = &record;
}

template <class T>
void keepFirst(const T *&known, const T &record)
{
    if (!known || record.entry < known->entry)
        known = &record;
}

class ReviewQueue
{
public:
    ReviewQueue(const PolicyPack &pack, const Registry &registry, Date today, const Supposition *supposed = nullptr)
        : m_pack(pack)
        , m_registry(registry)
        , m_today(today)
        , m_supposed(supposed)
        , m_states(modelStates(registry))
    {
        gather();
    }

    std::vector<ReviewItem> items()
    {
        std::vector<ReviewItem> all;
        all.reserve(m_registry.models.size());
        for (const auto &[id, model] : m_registry.models)
            if (auto made = itemOf(model))
                all.push_back(*std::move(made));
        std::ranges::stable_sort(all, {}, [](const ReviewItem &each) {
            return std::tuple(!each.due.has_value(), each.due.value_or(Date()), each.reference);
        });
        return all;
    }

    std::optional<ReviewItem> itemOf(const Model &model)
    {
        static const Reviewed nothing;
        if (model.stage == Stage::retired || isOutOfScope(m_pack, m_registry, model.id))
            return std::nullopt;
        const auto found = m_standing.find(model.id);
        return item(model, found == m_standing.end() ? nothing : found->second);
    }

private:
    void gather()
    {
        std::set<VersionId> validated;
        for (const auto &[id, validation] : m_registry.validations) {
            keepNewest(m_standing[validation.model].validation, validation);
            validated.insert(validation.version);
        }
        for (const auto &[id, version] : m_registry.versions) {
            if (version.stage == VersionStage::retired)
                continue;
            auto &standing = m_standing[version.model];
            keepNewest(standing.newest, version);
            if (const auto on = dayOfEntry(m_registry, version.entry);
                on && sinceValidated(version.model, version.entry, *on))
                keepFirst(standing.changed, version);
            if (version.stage == VersionStage::inValidation && !validated.contains(id))
                keepNewest(standing.sent, version);
        }
        for (const auto &[id, finding] : m_registry.findings) {
            if (!finding.open || finding.severity < Severity::high)
                continue;
            if (sinceValidated(finding.model, finding.entry, dateOf(finding.raisedAt)))
                keepFirst(m_standing[finding.model].grave, finding);
        }
        gatherRed();
        for (const auto &[id, exception] : m_registry.exceptions)
            if (exception.kind == ExceptionKind::useBeforeValidation && exception.holdsOn(m_today))
                keepNewest(m_standing[exception.model].earlyUse, exception);
    }

    /// Runs of the version whose newest run counts; one without enough data neither breaks the red ones nor begins
    /// them.
    void gatherRed()
    {
        const auto counts = [this](const MonitoringRun &run) {
            const auto state = m_states.find(run.model);
            return state != m_states.end() && state->second.run && state->second.run->health == Health::red &&
                   state->second.run->version == run.version;
        };
        for (const auto &[id, run] : m_registry.runs)
            if ((run.health == Health::green || run.health == Health::amber) && counts(run)) {
                auto &lastNotRed = m_standing[run.model].lastNotRed;
                lastNotRed = std::max(lastNotRed, run.entry);
            }
        for (const auto &[id, run] : m_registry.runs)
            if (run.health == Health::red && counts(run) && sinceValidated(run.model, run.entry, dateOf(run.at)))
                if (auto &standing = m_standing[run.model]; run.entry > standing.lastNotRed)
                    keepFirst(standing.redSince, run);
    }

    /// Whether what entry `entry` recorded on `day` came after the last validation of the model, if it has one.
    [[nodiscard]] bool sinceValidated(const ModelId &model, std::int64_t entry, Date day) const
    {
        if (const auto found = m_standing.find(model); found != m_standing.end() && found->second.validation)
            return entry > found->second.validation->entry;
        const auto known = m_registry.models.find(model);
        return known == m_registry.models.end() || !known->second.lastValidatedOn ||
               day > *known->second.lastValidatedOn;
    }

    ReviewItem item(const Model &model, const Reviewed &standing)
    {
        const auto level = m_supposed ? m_supposed->levelOf(model.id) : levelIn(m_states, model.id);
        ReviewItem made{model.id,
                        model.reference,
                        model.name,
                        level,
                        m_pack.tierLabel(level),
                        model.owner,
                        model.validator,
                        model.lastValidatedOn,
                        std::nullopt,
                        std::nullopt,
                        0,
                        {},
                        {}};
        if (standing.validation)
            made.outcome = standing.validation->outcome;
        if (const auto *version = standing.sent ? standing.sent : standing.newest)
            made.version = version->id;
        m_reasons = &made.reasons;
        planned(model, standing);
        cadence(model, level);
        triggers(model, standing);
        unvalidated(model, standing, level);
        if (standing.sent)
            add(ReviewCause::inValidation, std::nullopt,
                "Version " + standing.sent->label + " was sent for validation.");
        std::ranges::stable_sort(made.reasons, {}, [](const ReviewReason &reason) {
            return std::pair(!reason.due.has_value(), reason.due.value_or(Date()));
        });
        if (!made.reasons.empty() && made.reasons.front().due) {
            made.due = made.reasons.front().due;
            made.days = (*made.due - m_today).count();
        }
        return made;
    }

    void add(ReviewCause cause, std::optional<Date> due, std::string text)
    {
        m_reasons->push_back({cause, due, std::move(text)});
    }

    void planned(const Model &model, const Reviewed &standing)
    {
        if (!model.nextReviewOn || (model.lastValidatedOn && *model.nextReviewOn <= *model.lastValidatedOn))
            return; // none, or it was done
        const bool byValidation = standing.validation && standing.validation->nextReviewOn == model.nextReviewOn;
        add(ReviewCause::planned, model.nextReviewOn,
            byValidation ? "Set by the validation of " + toString(dateOf(standing.validation->at)) + "."
                         : std::string("Planned by hand."));
    }

    void cadence(const Model &model, std::int64_t level)
    {
        const auto *tier = m_pack.tier(level);
        if (!tier || !model.lastValidatedOn)
            return;
        if (const auto due = m_pack.reviewDueOn(level, *model.lastValidatedOn))
            add(ReviewCause::cadence, due,
                tier->label + " is reviewed every " + counted(reviewInterval(*tier), "month", "months") + ".");
    }

    /// The term of a trigger in days, when the policy has one.
    [[nodiscard]] std::optional<std::int64_t> term(ReviewTrigger trigger) const
    {
        const auto found = m_pack.reviewTriggers.find(trigger);
        return found == m_pack.reviewTriggers.end() ? std::nullopt : std::optional(found->second);
    }

    void triggers(const Model &model, const Reviewed &standing)
    {
        const auto after = [](Date day, std::int64_t days) { return day + std::chrono::days(days); };
        if (const auto days = term(ReviewTrigger::redMonitoring); days && standing.redSince) {
            const auto on = dateOf(standing.redSince->at);
            add(ReviewCause::redMonitoring, after(on, *days),
                "Monitoring has been red since " + toString(on) + "; reviewed " + inDays(*days) + ".");
        }
        if (const auto days = term(ReviewTrigger::graveFinding); days && standing.grave) {
            const auto on = dateOf(standing.grave->raisedAt);
            add(ReviewCause::graveFinding, after(on, *days),
                "The finding \"" + standing.grave->title + "\" is open since " + toString(on) + "; reviewed " +
                    inDays(*days) + ".");
        }
        if (!standing.validation && !model.lastValidatedOn)
            return;
        if (const auto days = term(ReviewTrigger::materialChange); days && standing.changed)
            if (const auto on = dayOfEntry(m_registry, standing.changed->entry))
                add(ReviewCause::materialChange, after(*on, *days),
                    "Version " + standing.changed->label + " was registered on " + toString(*on) + "; reviewed " +
                        inDays(*days) + ".");
        if (const auto days = term(ReviewTrigger::newPolicy))
            if (const auto since = publishedSinceValidated(model.id))
                add(ReviewCause::newPolicy, after(*since, *days),
                    "The policy in force was published on " + toString(*since) + "; reviewed " + inDays(*days) + ".");
    }

    /// When the policy in force was published, where that was after the last validation of the model.
    [[nodiscard]] std::optional<Date> publishedSinceValidated(const ModelId &model) const
    {
        if (m_supposed)
            return m_supposed->since;
        const auto policy = m_registry.policies.find(PolicyId(m_registry.policyHash.hex()));
        if (policy == m_registry.policies.end())
            return std::nullopt;
        const auto on = dateOf(policy->second.at);
        return sinceValidated(model, policy->second.entry, on) ? std::optional(on) : std::nullopt;
    }

    void unvalidated(const Model &model, const Reviewed &standing, std::int64_t level)
    {
        const auto *tier = m_pack.tier(level);
        const bool asked = !tier || tier->validationRequired;
        if (!asked || !isInUse(model.stage) || standing.validation || model.lastValidatedOn)
            return;
        if (standing.earlyUse)
            add(ReviewCause::neverValidated, standing.earlyUse->expiresOn,
                "Use before validation is allowed until " + toString(standing.earlyUse->expiresOn) + ".");
        else
            add(ReviewCause::neverValidated, model.deployedOn,
                model.deployedOn ? "In production since " + toString(*model.deployedOn) + ", and never validated."
                                 : std::string("In use, and never validated."));
    }

    const PolicyPack &m_pack;
    const Registry &m_registry;
    Date m_today;
    const Supposition *m_supposed;
    std::unordered_map<ModelId, ModelState> m_states;
    std::unordered_map<ModelId, Reviewed> m_standing;
    std::vector<ReviewReason> *m_reasons = nullptr;
};

} // namespace

std::string displayName(ReviewCause cause)
{
    switch (cause) {
    case ReviewCause::planned:
        return "Planned";
    case ReviewCause::cadence:
        return "Tier cadence";
    case ReviewCause::redMonitoring:
        return "Drift red";
    case ReviewCause::materialChange:
        return "Material change";
    case ReviewCause::graveFinding:
        return "Open finding";
    case ReviewCause::newPolicy:
        return "New policy";
    case ReviewCause::neverValidated:
        return "Never validated";
    case ReviewCause::inValidation:
        break;
    }
    return "In validation";
}

std::vector<ReviewItem> reviewQueue(const PolicyPack &pack, const Registry &registry, Date today,
                                    const Supposition *supposed)
{
    return ReviewQueue(pack, registry, today, supposed).items();
}

std::optional<ReviewItem> reviewOf(const PolicyPack &pack, const Registry &registry, Date today, const ModelId &model)
{
    const auto found = registry.models.find(model);
    return found == registry.models.end() ? std::nullopt : ReviewQueue(pack, registry, today).itemOf(found->second);
}

std::string reviewQueueCsv(const std::vector<const ReviewItem *> &items)
{
    const auto day = [](const std::optional<Date> &date) { return date ? toString(*date) : std::string(); };
    std::string csv = csvLine({"Reference", "Model", "Tier", "Last validated on", "Outcome", "Next review on",
                               "Days left", "Cause", "Why", "Validator", "Owner"});
    for (const auto *item : items) {
        std::string why;
        for (const auto &reason : item->reasons)
            why += (why.empty() ? "" : " ") + reason.text;
        csv += csvLine({item->reference, item->name, item->tierLabel, day(item->lastValidatedOn),
                        item->outcome ? displayName(*item->outcome) : std::string(), day(item->due),
                        item->due ? std::to_string(item->days) : std::string(),
                        item->reasons.empty() ? std::string() : displayName(item->reasons.front().cause), why,
                        item->validator, item->owner});
    }
    return csv;
}

} // namespace countersign
