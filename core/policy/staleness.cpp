// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policy/staleness.h"

#include "core/domain/deadlines.h"

#include <algorithm>
#include <array>

namespace countersign {

namespace {

/// Whatever is recorded of the model by one of these is ground of its approvals.
constexpr std::array groundOfModel{
    "modelEdited",       "tierPublished",      "tierOverrideConfirmed", "scopeDecided",       "findingRaised",
    "findingClosed",     "remediationPlanned", "remediationEvidenced",  "limitationRecorded", "limitationChanged",
    "overlayRecorded",   "overlayChanged",     "incidentRecorded",      "incidentChanged",    "assumptionRecorded",
    "assumptionChanged", "costRecorded",       "costChanged",           "recordEvidenced"};

bool belongs(const Registry &registry, const TimelineItem &item, const ModelId &model, const VersionId &version)
{
    const auto versionOf = [&](const auto &records, const auto &id) {
        const auto found = records.find(id);
        return found != records.end() && found->second.version == version;
    };
    if (item.fact == "policyPublished")
        return true;
    if (item.model != model)
        return false;
    if (item.fact == "versionEdited")
        return item.record == version.str();
    if (item.fact == "documentAttached")
        return versionOf(registry.documents, DocumentId(item.record));
    if (item.fact == "validationRecorded" || item.fact == "conditionMet")
        return versionOf(registry.validations, ValidationId(item.record));
    if (item.fact == "monitoringRecorded" || item.fact == "monitoringExplained")
        return versionOf(registry.runs, RunId(item.record));
    if (item.fact == "exceptionSigned" || item.fact == "exceptionClosed") {
        const auto found = registry.exceptions.find(ExceptionId(item.record));
        return found != registry.exceptions.end() &&
               (!found->second.version.valid() || found->second.version == version);
    }
    return std::ranges::find(groundOfModel, item.fact) != groundOfModel.end();
}

/// What changed of that ground after an entry, oldest first. `but` is a record that is no ground of itself.
std::vector<const TimelineItem *> changesAfter(const Registry &registry, std::int64_t entry, const ModelId &model,
                                               const VersionId &version, const std::string &but)
{
    std::vector<const TimelineItem *> changes;
    const auto after = std::ranges::upper_bound(registry.timeline, entry, {}, &TimelineItem::seq);
    for (auto item = after; item != registry.timeline.end(); ++item)
        if (item->forbidden.empty() && (but.empty() || item->record != but) && belongs(registry, *item, model, version))
            changes.push_back(&*item);
    return changes;
}

/// Keeps what somebody approved by entry `entry` when its ground has changed since. An exception is no ground of
/// itself.
void keepStale(const Registry &registry, std::int64_t entry, const VersionId &version, StaleSignOff approved,
               std::vector<StaleSignOff> &stale)
{
    for (const auto *item : changesAfter(registry, entry, approved.model, version, approved.exception.str()))
        approved.changes.push_back({item->seq, item->at, item->authorName, item->summary, item->changes});
    if (!approved.changes.empty())
        stale.push_back(std::move(approved));
}

} // namespace

bool isInForce(const Registry &registry, const DeploymentRequest &request, Date today)
{
    if (isOpenOn(request, today))
        return true;
    const auto stage = registry.versions.at(request.version).stage;
    return isApproved(request.status) && (stage == VersionStage::approved || stage == VersionStage::inProduction);
}

std::vector<StaleSignOff> staleApprovals(const Registry &registry, const DeploymentRequest &request)
{
    std::vector<StaleSignOff> stale;
    for (std::size_t i = 0; i < request.signOffs.size(); ++i) {
        const auto &signOff = request.signOffs[i];
        if (approves(signOff.decision))
            keepStale(registry, signOff.entry, request.version,
                      {request.id, request.model, i, signOff.fullName, signOff.at, {}}, stale);
    }
    return stale;
}

std::vector<StaleSignOff> staleApprovals(const Registry &registry, const PolicyException &exception)
{
    std::vector<StaleSignOff> stale;
    for (std::size_t i = 0; i < exception.signatures.size(); ++i) {
        const auto &signature = exception.signatures[i];
        if (signature.approved)
            keepStale(registry, signature.entry, exception.version,
                      {{}, exception.model, i, signature.fullName, signature.at, {}, exception.id}, stale);
    }
    return stale;
}

std::optional<std::string> changedSinceSigned(const Registry &registry, const PolicyException &exception)
{
    const auto stale = staleApprovals(registry, exception);
    return stale.empty() ? std::nullopt : std::optional(stale.front().changes.front().what);
}

std::vector<StaleSignOff> staleSignOffs(const Registry &registry, Date today, const ModelId &model)
{
    std::vector<StaleSignOff> stale;
    for (const auto &[id, request] : registry.requests)
        if ((!model.valid() || request.model == model) && isInForce(registry, request, today))
            std::ranges::move(staleApprovals(registry, request), std::back_inserter(stale));
    for (const auto &[id, exception] : registry.exceptions)
        if ((!model.valid() || exception.model == model) &&
            (exception.holdsOn(today) || statusOn(exception, today) == ExceptionStatus::requested))
            std::ranges::move(staleApprovals(registry, exception), std::back_inserter(stale));
    return stale;
}

} // namespace countersign
