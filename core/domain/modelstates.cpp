// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/modelstates.h"

#include <algorithm>

#include "core/domain/deadlines.h"

namespace countersign {

std::unordered_map<ModelId, ModelState> modelStates(const Registry &registry, std::optional<Date> today)
{
    const auto day = today.value_or(dateOf(registry.lastAt));
    std::unordered_map<ModelId, ModelState> all;
    for (const auto &[id, version] : registry.versions)
        ++all[version.model].versions;
    for (const auto &[id, assessment] : registry.assessments) {
        auto &newest = all[assessment.model].tier;
        if (!newest || newest->entry <= assessment.entry)
            newest = &assessment;
    }
    for (const auto &[id, finding] : registry.findings)
        all[finding.model].openFindings += finding.open ? 1 : 0;
    for (const auto &[id, request] : registry.requests)
        all[request.model].openRequests += isOpenOn(request, day) ? 1 : 0;
    for (const auto &[id, run] : registry.runs) {
        const auto version = registry.versions.find(run.version);
        const bool inProduction =
            version != registry.versions.end() && version->second.stage == VersionStage::inProduction;
        auto &state = all[run.model];
        if (!state.run || std::pair(state.runInProduction, state.run->entry) <= std::pair(inProduction, run.entry)) {
            state.run = &run;
            state.runInProduction = inProduction;
        }
    }
    return all;
}

std::int64_t levelIn(const std::unordered_map<ModelId, ModelState> &states, const ModelId &model)
{
    const auto state = states.find(model);
    return state == states.end() || !state->second.tier ? 0 : state->second.tier->level();
}

const ModelVersion *inProduction(const Registry &registry, const ModelId &model, const VersionId &besides)
{
    const ModelVersion *found = nullptr;
    for (const ModelVersion *version : registry.versionsOf(model))
        if (version->stage == VersionStage::inProduction && version->id != besides)
            found = version;
    return found;
}

std::optional<Date> dayOfEntry(const Registry &registry, std::int64_t entry)
{
    const auto &timeline = registry.timeline; // in the order of the entries
    const auto found = std::ranges::lower_bound(timeline, entry, {}, &TimelineItem::seq);
    if (found == timeline.end() || found->seq != entry)
        return std::nullopt;
    return dateOf(found->at);
}

} // namespace countersign
