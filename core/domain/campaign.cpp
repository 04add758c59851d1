// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/campaign.h"

#include "core/domain/modelstates.h"
#include "core/domain/registry.h"
#include "core/domain/text.h"

#include <algorithm>
#include <unordered_map>

namespace countersign {

bool Campaign::asks(const ModelId &model) const
{
    return std::ranges::find(before, model, &ModelSnapshot::model) != before.end();
}

std::string displayName(AttestedAnswer answer)
{
    switch (answer) {
    case AttestedAnswer::yes:
        return "Yes";
    case AttestedAnswer::no:
        return "No";
    case AttestedAnswer::notApplicable:
        break;
    }
    return "Not applicable";
}

std::vector<ModelId> modelsOf(const Campaign &campaign)
{
    std::vector<ModelId> models;
    models.reserve(campaign.before.size());
    for (const auto &snapshot : campaign.before)
        models.push_back(snapshot.model);
    return models;
}

std::vector<ModelId> modelsInScope(const Registry &registry, const CampaignScope &scope)
{
    const auto states = modelStates(registry);
    std::vector<ModelId> models;
    for (const auto &[id, model] : registry.models) {
        const auto level = levelIn(states, id);
        if (model.stage != Stage::retired && (scope.tiers.empty() || scope.tiers.contains(level)) &&
            (scope.stages.empty() || scope.stages.contains(stageIdOf(model))) &&
            (scope.businessUnit.empty() || sameName(scope.businessUnit, model.businessUnit)) &&
            (scope.owner.empty() || sameName(scope.owner, model.owner)))
            models.push_back(id);
    }
    return models;
}

std::vector<ModelSnapshot> snapshotOf(const Registry &registry, const std::vector<ModelId> &models)
{
    const auto states = modelStates(registry);
    std::unordered_map<ModelId, const MonitoringRun *> runs;
    for (const auto &[id, run] : registry.runs) {
        auto &known = runs[run.model];
        if (!known || run.entry >= known->entry)
            known = &run;
    }
    std::vector<ModelSnapshot> snapshot;
    for (const auto &id : models) {
        const auto found = registry.models.find(id);
        if (found == registry.models.end())
            continue;
        const auto &model = found->second;
        const auto state = states.find(id);
        const auto run = runs.find(id);
        snapshot.push_back({id, model.reference, model.name, model.owner, model.stage, model.policyStage,
                            levelIn(states, id), run == runs.end() ? std::nullopt : std::optional(run->second->health),
                            state == states.end() ? 0 : state->second.openFindings,
                            sha256(json::serialize(toJson(model)))});
    }
    return snapshot;
}

std::int64_t CampaignLine::exceptions() const
{
    return attestation
               ? std::ranges::count_if(attestation->lines,
                                       [](const AttestationLine &line) { return line.answer != AttestedAnswer::yes; })
               : 0;
}

std::vector<CampaignLine> campaignLines(const Registry &registry, const Campaign &campaign)
{
    std::unordered_map<ModelId, const Attestation *> given;
    for (const auto &[id, attestation] : registry.attestations)
        if (attestation.campaign == campaign.id)
            given[attestation.model] = &attestation;
    const auto now = campaign.open ? snapshotOf(registry, modelsOf(campaign)) : campaign.after;
    auto after = now.begin(); // in the same order, without models that are not there
    std::vector<CampaignLine> lines;
    for (const auto &snapshot : campaign.before) {
        CampaignLine line;
        line.before = snapshot;
        if (const auto found = given.find(snapshot.model); found != given.end())
            line.attestation = found->second;
        if (after != now.end() && after->model == snapshot.model) {
            line.changes = differences(snapshot, *after);
            const bool onlyDigest = line.changes.size() == 1 && snapshot.record != after->record;
            std::erase_if(line.changes, [](const FieldChange &change) { return change.field == "record"; });
            if (onlyDigest)
                line.changes.push_back({"other fields", "", "changed"});
            ++after;
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

} // namespace countersign
