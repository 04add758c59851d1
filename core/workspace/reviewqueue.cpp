// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/reviewqueue.h"

#include "core/base/csv.h"
#include "core/domain/modelstates.h"

#include <algorithm>
#include <tuple>

namespace countersign {

namespace {

/// What the queue needs of each model, found in one pass over each kind of record.
struct Standing
{
    const Validation *validation = nullptr;
    const ModelVersion *newest = nullptr; ///< not retired
    const ModelVersion *sent = nullptr;   ///< newest that waits for its validation
    const Finding *grave = nullptr;       ///< the first raised of the open ones
    const PolicyException *earlyUse = nullptr;
};

std::string months(std::int64_t count)
{
    return std::to_string(count) + (count == 1 ? " month" : " months");
}

std::string inDays(std::int64_t count)
{
    return count == 0 ? "at once" : "within " + std::to_string(count) + (count == 1 ? " day" : " days");
}

template <class T>
void keepNewest(const T *&known, const T &record)
{
    if (!known || record.entry >= known->entry)
        known = &record;
}

class ReviewQueue
{
public:
    ReviewQueue(const PolicyPack &pack, const Registry &registry, Date today)
        : m_pack(pack)
        , m_registry(registry)
        , m_today(today)
        , m_states(modelStates(registry))
    {
        gather();
    }

    std::vector<ReviewItem> items()
    {
        static const Standing nothing;
        std::vector<ReviewItem> all;
        all.reserve(m_registry.models.size());
        for (const auto &[id, model] : m_registry.models) {
            if (model.stage == Stage::retired)
                continue;
            const auto found = m_standing.find(id);
            all.push_back(item(model, found == m_standing.end() ? nothing : found->second));
        }
        std::ranges::stable_sort(all, {}, [](const ReviewItem &each) {
            return std::tuple(!each.due.has_value(), each.due.value_or(Date()), each.reference);
        });
        return all;
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
            if (version.stage == VersionStage::inValidation && !validated.contains(id))
                keepNewest(standing.sent, version);
        }
        for (const auto &[id, finding] : m_registry.findings) {
            if (!finding.open || finding.severity < Severity::high)
                continue;
            auto &grave = m_standing[finding.model].grave;
            if (!grave || finding.raisedAt < grave->raisedAt)
                grave = &finding;
        }
        for (const auto &[id, exception] : m_registry.exceptions)
            if (exception.kind == ExceptionKind::useBeforeValidation && exception.holdsOn(m_today))
                keepNewest(m_standing[exception.model].earlyUse, exception);
    }

    ReviewItem item(const Model &model, const Standing &standing)
    {
        const auto level = levelIn(m_states, model.id);
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

    void planned(const Model &model, const Standing &standing)
    {
        if (!model.nextReviewOn)
            return;
        const bool byValidation = standing.validation && standing.validation->nextReviewOn == model.nextReviewOn;
        add(ReviewCause::planned, model.nextReviewOn,
            byValidation ? "Set by the validation of " + toString(dateOf(standing.validation->at)) + "."
                         : std::string("The day is set on the model."));
    }

    void cadence(const Model &model, std::int64_t level)
    {
        const auto *tier = m_pack.tier(level);
        if (!tier || !model.lastValidatedOn)
            return;
        const auto interval =
            tier->validationMonths > 0 ? std::min(tier->reviewMonths, tier->validationMonths) : tier->reviewMonths;
        if (interval > 0)
            add(ReviewCause::cadence, monthsAfter(*model.lastValidatedOn, interval),
                tier->label + " is reviewed every " + months(interval) + ".");
    }

    /// The term of a trigger in days, when the policy has one.
    [[nodiscard]] std::optional<std::int64_t> term(ReviewTrigger trigger) const
    {
        const auto found = m_pack.reviewTriggers.find(trigger);
        return found == m_pack.reviewTriggers.end() ? std::nullopt : std::optional(found->second);
    }

    void triggers(const Model &model, const Standing &standing)
    {
        const auto validated = standing.validation ? standing.validation->entry : std::int64_t(-1);
        const auto since = [&](std::int64_t entry, Date day) {
            return standing.validation ? entry > validated : !model.lastValidatedOn || day > *model.lastValidatedOn;
        };
        const auto after = [](Date day, std::int64_t days) { return day + std::chrono::days(days); };
        if (const auto days = term(ReviewTrigger::redMonitoring))
            if (const auto state = m_states.find(model.id); state != m_states.end() && state->second.run)
                if (const auto &run = *state->second.run; run.health == Health::red && since(run.entry, dateOf(run.at)))
                    add(ReviewCause::redMonitoring, after(dateOf(run.at), *days),
                        "Monitoring has been red since " + toString(dateOf(run.at)) + "; reviewed " + inDays(*days) +
                            ".");
        if (const auto days = term(ReviewTrigger::graveFinding))
            if (standing.grave && since(standing.grave->entry, dateOf(standing.grave->raisedAt)))
                add(ReviewCause::graveFinding, after(dateOf(standing.grave->raisedAt), *days),
                    "The finding \"" + standing.grave->title + "\" is open since " +
                        toString(dateOf(standing.grave->raisedAt)) + "; reviewed " + inDays(*days) + ".");
        const bool everValidated = standing.validation || model.lastValidatedOn;
        if (!everValidated)
            return;
        if (const auto days = term(ReviewTrigger::materialChange); days && standing.newest) {
            const auto on = dayOf(standing.newest->entry);
            if (on && since(standing.newest->entry, *on))
                add(ReviewCause::materialChange, after(*on, *days),
                    "Version " + standing.newest->label + " was registered on " + toString(*on) + "; reviewed " +
                        inDays(*days) + ".");
        }
        if (const auto days = term(ReviewTrigger::newPolicy))
            if (const auto policy = m_registry.policies.find(PolicyId(m_registry.policyHash.hex()));
                policy != m_registry.policies.end() && since(policy->second.entry, dateOf(policy->second.at)))
                add(ReviewCause::newPolicy, after(dateOf(policy->second.at), *days),
                    "The policy in force was published on " + toString(dateOf(policy->second.at)) + "; reviewed " +
                        inDays(*days) + ".");
    }

    void unvalidated(const Model &model, const Standing &standing, std::int64_t level)
    {
        const auto *tier = m_pack.tier(level);
        const bool asked = !tier || tier->validationRequired;
        const bool inUse = model.stage == Stage::inProduction || model.stage == Stage::restricted;
        if (!asked || !inUse || standing.validation || model.lastValidatedOn)
            return;
        if (standing.earlyUse)
            add(ReviewCause::neverValidated, standing.earlyUse->expiresOn,
                "Use before validation is allowed until " + toString(standing.earlyUse->expiresOn) + ".");
        else
            add(ReviewCause::neverValidated, model.deployedOn,
                model.deployedOn ? "In production since " + toString(*model.deployedOn) + ", and never validated."
                                 : std::string("In use, and never validated."));
    }

    /// The day of an entry, from the timeline, which is in the order of the entries.
    [[nodiscard]] std::optional<Date> dayOf(std::int64_t entry) const
    {
        const auto &timeline = m_registry.timeline;
        const auto found = std::ranges::lower_bound(timeline, entry, {}, &TimelineItem::seq);
        if (found == timeline.end() || found->seq != entry)
            return std::nullopt;
        return dateOf(found->at);
    }

    const PolicyPack &m_pack;
    const Registry &m_registry;
    Date m_today;
    std::unordered_map<ModelId, ModelState> m_states;
    std::unordered_map<ModelId, Standing> m_standing;
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

std::vector<ReviewItem> reviewQueue(const PolicyPack &pack, const Registry &registry, Date today)
{
    return ReviewQueue(pack, registry, today).items();
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
