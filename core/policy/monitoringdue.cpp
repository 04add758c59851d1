// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policy/monitoringdue.h"

#include "core/domain/modelstates.h"
#include "core/policy/approvals.h"
#include "core/policy/scope.h"
#include "core/policy/stages.h"

namespace countersign {

namespace {

using States = std::unordered_map<ModelId, ModelState>;

std::unordered_map<ModelId, MonitoringStart> startsOf(const Registry &registry, const States &states)
{
    std::unordered_map<ModelId, const ModelVersion *> judged;
    for (const auto &[id, version] : registry.versions) {
        if (version.stage == VersionStage::retired)
            continue;
        const auto *&known = judged[version.model];
        const auto rank = [](const ModelVersion &of) {
            return std::pair(of.stage == VersionStage::inProduction, of.entry);
        };
        if (!known || rank(*known) <= rank(version))
            known = &version;
    }
    std::unordered_map<ModelId, MonitoringStart> starts;
    for (const auto &[model, version] : judged) {
        const bool inProduction = version->stage == VersionStage::inProduction;
        const auto state = states.find(model);
        const auto *run = state == states.end() ? nullptr : state->second.run;
        if (run && (state->second.runInProduction || !inProduction))
            starts[model] = {dateOf(run->at), true, version->id};
        else if (const auto since = version->deployedOn ? version->deployedOn : dayOfEntry(registry, version->entry))
            starts[model] = {*since, false, version->id};
    }
    return starts;
}

} // namespace

std::unordered_map<ModelId, MonitoringStart> monitoringStarts(const Registry &registry)
{
    return startsOf(registry, modelStates(registry));
}

Date nextRunOn(const TierLevel &tier, const MonitoringStart &start)
{
    return monthsAfter(start.since, tier.monitoringMonths);
}

std::map<ModelId, MonitoringDue> monitoringsDue(const PolicyPack &pack, const Registry &registry,
                                                const Supposition *supposed)
{
    const auto states = modelStates(registry);
    std::map<ModelId, MonitoringDue> all;
    for (const auto &[model, start] : startsOf(registry, states)) {
        const auto known = registry.models.find(model);
        if (known == registry.models.end() || !isInUse(known->second.stage) || isOutOfScope(pack, registry, model))
            continue;
        const auto &demands = demandsOf(pack, supposed ? supposed->levelOf(model) : levelIn(states, model));
        if (!demands.monitoringRequired || demands.monitoringMonths == 0)
            continue;
        const auto since = toString(start.since);
        all[model] = {
            model, start.version, nextRunOn(demands, start),
            demands.label + " is monitored every " +
                (demands.monitoringMonths == 1 ? std::string("month")
                                               : std::to_string(demands.monitoringMonths) + " months") +
                (start.ran ? "; the last run was on " + since + "." : "; in use since " + since + " without a run.")};
    }
    return all;
}

} // namespace countersign
