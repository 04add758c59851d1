// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/brief.h"

#include "core/domain/modelstates.h"
#include "core/log/canonical.h"
#include "core/policy/stages.h"

namespace countersign {

namespace {

template <Described T>
CoveredItem coveredRecord(const char *kind, const std::string &id, std::string title, const T &record)
{
    return {kind, id, std::move(title), sha256(canonicalJson(toJson(record)))};
}

/// The request as it was put forward: what the register adds later is not part of it.
DeploymentRequest asRequested(DeploymentRequest request)
{
    request.signOffs.clear();
    request.abstentions.clear();
    request.status = RequestStatus::open;
    request.at = {};
    request.revision = -1;
    request.entry = -1;
    return request;
}

const DeploymentRequest &requireRequest(const Registry &registry, const RequestId &id)
{
    const auto found = registry.requests.find(id);
    if (found == registry.requests.end())
        throw Exception(ErrorCode::NotFound, "There is no request " + id.str() + ".", "It may be on another desk yet.");
    return found->second;
}

std::vector<const Finding *> openFindings(const Registry &registry, const ModelId &model)
{
    auto findings = registry.findingsOf(model);
    std::erase_if(findings, [](const Finding *finding) { return !finding->open; });
    return findings;
}

template <class T>
std::optional<T> copyOf(const T *value)
{
    return value == nullptr ? std::nullopt : std::optional<T>(*value);
}

template <class T>
std::vector<T> copiesOf(const std::vector<const T *> &values)
{
    std::vector<T> copies;
    copies.reserve(values.size());
    for (const T *value : values)
        copies.push_back(*value);
    return copies;
}

std::string titleIn(const PolicyException &exception)
{
    return exception.requirement;
}
template <class T>
std::string titleIn(const T &record)
{
    return record.title;
}

/// What is kept beside the model and stands open.
void coverRegisters(const Registry &registry, const DeploymentRequest &request, std::vector<CoveredItem> &items)
{
    const auto cover = [&](const auto &records, const char *kind, const char *title, const auto &counts) {
        for (const auto &[id, record] : records)
            if (record.model == request.model && counts(record))
                items.push_back(coveredRecord(kind, id.str(), title + std::string(": ") + titleIn(record), record));
    };
    const auto isOpen = [](const auto &record) { return record.open; };
    cover(registry.exceptions, "exception", "Exception", [&](const PolicyException &exception) {
        return exception.status == ExceptionStatus::approved &&
               (!exception.version.valid() || exception.version == request.version);
    });
    cover(registry.limitations, "limitation", "Limitation", isOpen);
    cover(registry.overlays, "overlay", "Overlay", isOpen);
    cover(registry.incidents, "incident", "Open incident", isOpen);
    cover(registry.assumptions, "assumption", "Assumption", isOpen);
    cover(registry.costs, "cost estimate", "Cost estimate", isOpen);
}

} // namespace

std::vector<CoveredItem> coveredItems(const Registry &registry, const DeploymentRequest &request)
{
    const Model &model = registry.models.at(request.model);
    const ModelVersion &version = registry.versions.at(request.version);
    std::vector<CoveredItem> items;
    items.push_back(
        coveredRecord("request", request.id.str(), "Request to deploy version " + version.label, asRequested(request)));
    items.push_back(coveredRecord("model", model.id.str(), model.reference + " " + model.name, model));
    items.push_back(coveredRecord("version", version.id.str(), "Version " + version.label, version));
    if (const TierAssessment *tier = registry.tierOf(model.id))
        items.push_back(coveredRecord("tier assessment", tier->id.str(),
                                      "Tier assessment of " + toString(dateOf(tier->at)), *tier));
    if (const Validation *validation = registry.latestValidation(version.id))
        items.push_back(coveredRecord("validation", validation->id.str(),
                                      "Validation of " + toString(dateOf(validation->at)), *validation));
    if (const MonitoringRun *run = registry.latestRun(version.id)) {
        const std::string of = run->source + ", " + run->from + " to " + run->to;
        items.push_back(coveredRecord("monitoring run", run->id.str(), "Monitoring run on " + of, *run));
        items.push_back({"monitoring result", run->id.str(), "Figures of the run on " + of, run->result});
    }
    if (request.promotion)
        items.push_back({"champion", request.promotion->champion.run.str(),
                         "Figures of the champion on " + request.promotion->champion.source,
                         request.promotion->champion.result});
    for (const Document *document : registry.documentsOf(version.id))
        items.push_back(
            {"document", document->id.str(), displayName(document->kind) + ": " + document->fileName, document->hash});
    for (const Finding *finding : openFindings(registry, model.id))
        items.push_back(coveredRecord("finding", finding->id.str(), "Open finding: " + finding->title, *finding));
    coverRegisters(registry, request, items);
    items.push_back({"policy", std::to_string(registry.policyVersion),
                     "Policy pack, version " + std::to_string(registry.policyVersion), registry.policyHash});
    return items;
}

Brief makeBrief(const PolicyPack &pack, const Registry &registry, const RequestId &requestId, Date today)
{
    Brief brief;
    brief.request = requireRequest(registry, requestId);
    const auto requester = registry.users.find(brief.request.by);
    brief.requesterName = requester == registry.users.end() ? brief.request.by.str() : requester->second.fullName;
    brief.organisation = registry.organisation;
    brief.policy = pack.title + ", version " + std::to_string(pack.version);
    brief.asOf = today;
    brief.model = registry.models.at(brief.request.model);
    brief.version = registry.versions.at(brief.request.version);
    brief.replaces = copyOf(inProduction(registry, brief.model.id, brief.version.id));
    if (brief.replaces)
        brief.changes = differences(*brief.replaces, brief.version);
    brief.tier = copyOf(registry.tierOf(brief.model.id));
    const std::int64_t level = brief.tier ? brief.tier->level() : 0;
    brief.tierLabel = pack.tierLabel(level);
    brief.stageLabel = stageLabel(pack, brief.model);
    brief.cost = copyOf(costOf(registry, brief.model.id));
    brief.risk = riskStanding(pack, registry, brief.model, today);
    brief.validation = copyOf(registry.latestValidation(brief.version.id));
    brief.run = copyOf(registry.latestRun(brief.version.id));
    brief.documents = copiesOf(registry.documentsOf(brief.version.id));
    brief.openFindings = copiesOf(openFindings(registry, brief.model.id));
    brief.checks = deploymentChecks(pack, registry, brief.version.id, today);
    brief.outstanding = outstanding(brief.request);
    if (brief.request.promotion)
        brief.championLabel = registry.versions.at(brief.request.promotion->champion.version).label;
    brief.status = statusOn(brief.request, today);
    brief.deadlines = deadlinesOf(brief.request);
    brief.decisionOverdue = brief.status == RequestStatus::open && brief.deadlines.overdueOn(today);
    brief.covered = coveredItems(registry, brief.request);
    return brief;
}

} // namespace countersign
