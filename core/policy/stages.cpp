// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policy/stages.h"

#include <algorithm>

namespace countersign {

namespace {

using Why = std::optional<std::string>;

const PolicyStage *policyStage(const PolicyPack &pack, const std::string &id)
{
    const auto found = std::ranges::find(pack.stages, id, &PolicyStage::id);
    return found == pack.stages.end() ? nullptr : &*found;
}

const LifecycleStage *lifecycleStage(const PolicyPack &pack, Stage stage)
{
    const auto found = std::ranges::find(pack.lifecycle, stage, &LifecycleStage::stage);
    return found == pack.lifecycle.end() ? nullptr : &*found;
}

Why whyEntryForbidden(const PolicyPack &pack, const Registry &registry, const Model &model, const std::string &label,
                      const std::vector<EntryCondition> &entry, Date today)
{
    std::string failed;
    for (const auto &check : entryChecks(pack, registry, model, entry, today))
        if (check.state == CheckState::failed)
            failed += " " + check.title + ": " + check.detail;
    if (failed.empty())
        return std::nullopt;
    return "The model does not meet what the stage " + label + " asks for." + failed;
}

/// `id` by value: it may come from `places`, which grows.
void appendFollowers(const PolicyPack &pack, std::string id, std::vector<StagePlace> &places)
{
    for (const auto &stage : pack.stages)
        if (stage.after == id && std::ranges::find(places, stage.id, &StagePlace::id) == places.end()) {
            places.push_back({stage.id, stage.label, stage.countsAs, true});
            appendFollowers(pack, stage.id, places);
        }
}

} // namespace

std::string stageLabel(const PolicyPack &pack, Stage stage)
{
    const auto *builtIn = lifecycleStage(pack, stage);
    return builtIn == nullptr || builtIn->label.empty() ? displayName(stage) : builtIn->label;
}

bool approvesFirst(const PolicyPack &pack)
{
    const auto *approved = lifecycleStage(pack, Stage::approved);
    return approved && approved->next.contains(Stage::inProduction);
}

std::set<std::string> checksToEnter(const PolicyPack &pack, Stage stage, const Model &model, std::int64_t level)
{
    std::set<std::string> checks;
    if (const auto *entered = lifecycleStage(pack, stage))
        for (const auto &condition : entered->entry)
            if (auto check = checkAsked(pack, condition, level, model.origin); !check.empty())
                checks.insert(std::move(check));
    return checks;
}

std::string checkAsked(const PolicyPack &pack, const EntryCondition &condition, std::int64_t level, Origin origin)
{
    if (!condition.origins.empty() && !condition.origins.contains(origin))
        return {};
    if (condition.tiers.empty() || condition.tiers.contains(level))
        return condition.check;
    if (pack.tier(level) || pack.untieredEntry == UntieredEntry::nothing)
        return {};
    return pack.untieredEntry == UntieredEntry::tierFirst ? "tier" : condition.check;
}

bool isInUse(Stage stage)
{
    return stage == Stage::inProduction || stage == Stage::restricted;
}

std::vector<StagePlace> stagesOf(const PolicyPack &pack)
{
    std::vector<StagePlace> places;
    for (const auto stage : enumValues<Stage>()) {
        places.push_back({enumName(stage), stageLabel(pack, stage), stage, false});
        appendFollowers(pack, places.back().id, places);
    }
    return places;
}

std::vector<StagePlace> stagesInUse(const PolicyPack &pack, const Registry &registry)
{
    auto places = stagesOf(pack);
    for (const auto &[id, model] : registry.models) {
        if (!stageIsGone(pack, model) || std::ranges::find(places, model.policyStage, &StagePlace::id) != places.end())
            continue;
        const auto follows = std::ranges::find(places, enumName(model.stage), &StagePlace::id);
        places.insert(follows + 1, {model.policyStage, stageLabel(pack, model), model.stage, true});
    }
    return places;
}

const PolicyStage *policyStageOf(const PolicyPack &pack, const Model &model)
{
    const auto *found = model.policyStage.empty() ? nullptr : policyStage(pack, model.policyStage);
    return found && found->countsAs == model.stage ? found : nullptr;
}

bool stageIsGone(const PolicyPack &pack, const Model &model)
{
    return !model.policyStage.empty() && !policyStageOf(pack, model);
}

std::string stageLabel(const PolicyPack &pack, const Model &model)
{
    if (model.policyStage.empty())
        return stageLabel(pack, model.stage);
    const auto *stage = policyStageOf(pack, model);
    return stage ? stage->label : model.policyStage + " (not in this policy)";
}

std::size_t stageRank(const PolicyPack &pack, const Model &model)
{
    const auto places = stagesOf(pack);
    const auto id = stageIsGone(pack, model) ? enumName(model.stage) : stageIdOf(model);
    return static_cast<std::size_t>(std::ranges::find(places, id, &StagePlace::id) - places.begin());
}

Why whyStageUnknown(const PolicyPack &pack, const Model &model)
{
    if (!stageIsGone(pack, model))
        return std::nullopt;
    const auto *stage = policyStage(pack, model.policyStage);
    if (!stage)
        return "This policy has no stage \"" + model.policyStage + "\".";
    return "A model in the stage " + stage->label + " counts as " + stageLabel(pack, stage->countsAs) + ", not as " +
           stageLabel(pack, model.stage) + ".";
}

Why whyNotRegistered(const PolicyPack &pack, const Model &model)
{
    if (auto why = whyStageUnknown(pack, model))
        return why;
    const auto &stages = pack.registration.stages;
    if (stages.empty() || stages.contains(stageIdOf(model)))
        return std::nullopt;
    std::string known;
    for (const auto &place : stagesOf(pack))
        if (stages.contains(place.id))
            known += (known.empty() ? "" : ", ") + place.label;
    return "Under this policy a model is not registered in the stage " + stageLabel(pack, model) +
           ". It may be registered as: " + known + ".";
}

Why whyStagesUnknown(const PolicyPack &pack, const Registry &registry, const std::set<std::string> &stages)
{
    const auto places = stagesInUse(pack, registry);
    std::string unknown;
    for (const auto &id : stages)
        if (std::ranges::find(places, id, &StagePlace::id) == places.end())
            unknown += (unknown.empty() ? "\"" : ", \"") + id + "\"";
    if (unknown.empty())
        return std::nullopt;
    std::string known;
    for (const auto &place : stagesOf(pack))
        known += (known.empty() ? "" : ", ") + place.id;
    return "This policy has no stage " + unknown + ". Its stages are: " + known + ".";
}

Why whyStageForbidden(const PolicyPack &pack, const Registry &registry, const Model &before, const Model &after,
                      Date today)
{
    if (before.stage == after.stage && before.policyStage == after.policyStage)
        return std::nullopt;
    if (auto why = whyStageUnknown(pack, after))
        return why;
    const auto *left = policyStageOf(pack, before);
    const auto *entered = policyStageOf(pack, after);
    const bool gone = stageIsGone(pack, before);
    if (left || entered) {
        const auto from = gone ? enumName(before.stage) : stageIdOf(before);
        const bool led = (left && left->next.contains(stageIdOf(after))) || (entered && entered->from.contains(from));
        if (!led)
            return "Under this policy " + stageLabel(pack, before) + " does not lead to " + stageLabel(pack, after) +
                   ".";
        if (entered)
            if (auto why = whyEntryForbidden(pack, registry, after, entered->label, entered->entry, today))
                return why;
    }
    if (before.stage == after.stage)
        return std::nullopt;
    if (const auto *builtIn = lifecycleStage(pack, before.stage); builtIn && !builtIn->next.contains(after.stage))
        return "Under this policy " + stageLabel(pack, before.stage) + " does not lead to " +
               stageLabel(pack, after.stage) + ".";
    if (const auto *builtIn = lifecycleStage(pack, after.stage))
        return whyEntryForbidden(pack, registry, after, stageLabel(pack, after.stage), builtIn->entry, today);
    return std::nullopt;
}

} // namespace countersign
