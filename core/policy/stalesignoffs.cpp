// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/deadlines.h"
#include "core/policy/detected.h"

#include <algorithm>

namespace countersign {

namespace {

bool belongs(const Registry &registry, const TimelineItem &item, const DeploymentRequest &request)
{
    const auto versionOf = [&](const auto &records, const auto &id) {
        const auto found = records.find(id);
        return found != records.end() && found->second.version == request.version;
    };
    if (item.fact == "policyPublished")
        return true;
    if (item.model != request.model)
        return false;
    if (item.fact == "versionEdited")
        return item.record == request.version.str();
    if (item.fact == "documentAttached")
        return versionOf(registry.documents, DocumentId(item.record));
    if (item.fact == "validationRecorded")
        return versionOf(registry.validations, ValidationId(item.record));
    if (item.fact == "monitoringRecorded" || item.fact == "monitoringExplained")
        return versionOf(registry.runs, RunId(item.record));
    return item.fact == "modelEdited" || item.fact == "tierPublished" || item.fact == "tierOverrideConfirmed" ||
           item.fact == "scopeDecided" || item.fact == "findingRaised" || item.fact == "findingClosed" ||
           item.fact == "remediationPlanned" || item.fact == "remediationEvidenced";
}

bool inForce(const Registry &registry, const DeploymentRequest &request, Date today)
{
    if (isOpenOn(request, today))
        return true;
    return isApproved(request.status) && registry.versions.at(request.version).stage == VersionStage::inProduction;
}

} // namespace

std::vector<StaleSignOff> staleSignOffs(const Registry &registry, Date today, const ModelId &model)
{
    std::vector<StaleSignOff> stale;
    for (const auto &[id, request] : registry.requests) {
        if ((model.valid() && request.model != model) || !inForce(registry, request, today))
            continue;
        for (std::size_t i = 0; i < request.signOffs.size(); ++i) {
            const auto &signOff = request.signOffs[i];
            if (signOff.decision != Decision::approve && signOff.decision != Decision::approveWithConditions)
                continue;
            StaleSignOff found{id, request.model, i, signOff.fullName, signOff.at, {}};
            const auto after = std::ranges::upper_bound(registry.timeline, signOff.entry, {}, &TimelineItem::seq);
            for (auto item = after; item != registry.timeline.end(); ++item)
                if (item->forbidden.empty() && belongs(registry, *item, request))
                    found.changes.push_back({item->seq, item->at, item->authorName, item->summary, item->changes});
            if (!found.changes.empty())
                stale.push_back(std::move(found));
        }
    }
    return stale;
}

} // namespace countersign
