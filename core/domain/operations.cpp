// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/operations.h"

#include "core/domain/modelstates.h"
#include "core/domain/registry.h"

#include <algorithm>

namespace countersign {

std::int64_t UsageReport::failed() const
{
    std::int64_t sum = 0;
    for (const auto &failure : failures)
        sum += failure.count;
    return sum;
}

std::optional<double> UsageReport::failureRate() const
{
    const auto calls = predictions + failed();
    if (calls == 0)
        return std::nullopt;
    return static_cast<double>(failed()) / static_cast<double>(calls);
}

double CostEstimate::wrongPerYear() const
{
    return decisionsPerYear * wrongShare * costPerWrong * (1 - recoveredShare);
}

double CostEstimate::idlePerYear() const
{
    return idleDaysPerYear * valuePerDay;
}

const Retraining *RetrainingPolicy::pending() const
{
    return requests.empty() || requests.back().version.valid() ? nullptr : &requests.back();
}

std::int64_t HandOver::undone() const
{
    return std::ranges::count(items, false, &HandOverItem::done);
}

std::vector<RetrainingDue> retrainingsDue(const Registry &registry, Date today)
{
    if (registry.retrainings.empty())
        return {};
    const auto states = modelStates(registry);
    std::vector<RetrainingDue> due;
    for (const auto &[id, policy] : registry.retrainings) {
        const auto model = registry.models.find(policy.model);
        const auto state = states.find(policy.model);
        if (!policy.open || model == registry.models.end() || model->second.stage == Stage::retired ||
            state == states.end() || !state->second.run || policy.pending())
            continue;
        const bool used = state->second.runInProduction ||
                          (model->second.stage == Stage::inProduction && !inProduction(registry, policy.model));
        if (!used)
            continue;
        const auto &run = *state->second.run;
        if (!policy.requests.empty() &&
            (policy.requests.back().run == run.id || (today - policy.requests.back().on).count() < policy.minDays))
            continue;
        const auto redPerformance = std::ranges::any_of(run.breaches, [](const Breach &breach) {
            return breach.health == Health::red && breach.feature.empty() && !breach.passed;
        });
        if (policy.onDecline && redPerformance)
            due.push_back({id, policy.model, run.id, "The performance of the latest run is red."});
        else if (policy.onDrift && run.health == Health::red)
            due.push_back({id, policy.model, run.id, "The latest run is red."});
    }
    return due;
}

const CostEstimate *costOf(const Registry &registry, const ModelId &model)
{
    const CostEstimate *newest = nullptr;
    for (const auto &[id, estimate] : registry.costs)
        if (estimate.model == model && estimate.open && (!newest || estimate.entry >= newest->entry))
            newest = &estimate;
    return newest;
}

} // namespace countersign
