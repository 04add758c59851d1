// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is kept of a model at work.
#include "core/workspace/workspaceprivate.h"

namespace countersign {

Result<UsageId> Workspace::recordUsage(const UsageReport &usage)
{
    return record<UsageRecorded>(usage);
}

Result<void> Workspace::changeUsage(const UsageReport &usage)
{
    return guarded([&] { m_d->append({UsageChanged{usage}}); });
}

Result<CostEstimateId> Workspace::recordCost(const CostEstimate &cost)
{
    return record<CostRecorded>(cost);
}

Result<void> Workspace::changeCost(const CostEstimate &cost)
{
    return guarded([&] { m_d->append({CostChanged{cost}}); });
}

Result<RetrainingId> Workspace::recordRetraining(const RetrainingPolicy &policy)
{
    return record<RetrainingRecorded>(policy);
}

Result<void> Workspace::changeRetraining(const RetrainingPolicy &policy)
{
    return guarded([&] { m_d->append({RetrainingChanged{policy}}); });
}

Result<HandOverId> Workspace::recordHandOver(const HandOver &handOver)
{
    return record<HandOverRecorded>(handOver);
}

Result<void> Workspace::changeHandOver(const HandOver &handOver)
{
    return guarded([&] { m_d->append({HandOverChanged{handOver}}); });
}

Result<ExplanationId> Workspace::recordExplanation(const Explanation &explanation)
{
    return record<ExplanationRecorded>(explanation);
}

Result<void> Workspace::changeExplanation(const Explanation &explanation)
{
    return guarded([&] { m_d->append({ExplanationChanged{explanation}}); });
}

Result<std::vector<UsageId>> Workspace::recordUsages(const std::vector<UsageReport> &usages)
{
    return guarded([&] {
        std::vector<UsageId> ids;
        std::vector<Fact> facts;
        for (const auto &usage : usages) {
            ids.push_back(m_d->newId<UsageId>());
            facts.emplace_back(UsageRecorded{fresh(usage, ids.back())});
        }
        if (!facts.empty())
            m_d->append(std::move(facts));
        return ids;
    });
}

Result<void> Workspace::requestRetraining(const RetrainingId &id, const RunId &run, const std::string &why)
{
    return guarded([&] {
        m_d->refresh();
        auto policy = recordOf(m_d->registry().retrainings, id, "retraining policy");
        if (policy.pending())
            throw Exception(ErrorCode::Conflict, "A retraining is asked for already.",
                            "Register the version that came of it first.");
        policy.requests.push_back({today(), run, why, {}});
        m_d->append({RetrainingChanged{policy}});
    });
}

Result<VersionId> Workspace::completeRetraining(const RetrainingId &id, ModelVersion version)
{
    return guarded([&] {
        m_d->refresh();
        auto policy = recordOf(m_d->registry().retrainings, id, "retraining policy");
        if (!policy.pending())
            throw Exception(ErrorCode::Conflict, "No retraining is asked for.", "Ask for one first.");
        version.model = policy.model;
        const auto made = fresh(version, m_d->newId<VersionId>());
        policy.requests.back().version = made.id;
        m_d->append({VersionRegistered{made}, RetrainingChanged{policy}});
        return made.id;
    });
}

} // namespace countersign
