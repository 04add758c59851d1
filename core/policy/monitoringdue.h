// SPDX-License-Identifier: GPL-3.0-or-later
//
// When each model is monitored next, by the interval of its tier.
#pragma once

#include "core/domain/registry.h"
#include "core/policy/policypack.h"
#include "core/policy/supposition.h"

#include <unordered_map>

namespace countersign {

/// Where the interval of a model counts from.
struct MonitoringStart
{
    Date since{};
    bool ran = false; ///< of a run; else since the version was deployed or registered
    VersionId version;
};
/// Of every model: the newest run of its version in production, else the day that one was deployed; without one in
/// production the newest run of all, else the day its newest version was registered. Models of which none is known are
/// left out. One pass over each kind of record.
[[nodiscard]] std::unordered_map<ModelId, MonitoringStart> monitoringStarts(const Registry &registry);
/// The last day on which the next run is in time. `tier` must have an interval.
[[nodiscard]] Date nextRunOn(const TierLevel &tier, const MonitoringStart &start);

struct MonitoringDue
{
    ModelId model;
    VersionId version;
    Date due{};
    std::string why; ///< a sentence
};
/// Of every model in use and in scope whose tier asks for monitoring at an interval, the day of its next run. A model
/// without a tier is asked for as much as the riskiest. With `supposed`, by the tiers of that.
[[nodiscard]] std::map<ModelId, MonitoringDue> monitoringsDue(const PolicyPack &pack, const Registry &registry,
                                                              const Supposition *supposed = nullptr);

} // namespace countersign
