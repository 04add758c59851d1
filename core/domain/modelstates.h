// SPDX-License-Identifier: GPL-3.0-or-later
//
// What stands for each model now, gathered in one pass over the register: asking the Registry for each model in turn
// would read everything again for every one.
#pragma once

#include "core/domain/registry.h"

#include <unordered_map>

namespace countersign {

/// The pointers are into the register and live as long as it stands unchanged.
struct ModelState
{
    const TierAssessment *tier = nullptr; ///< the newest published
    const MonitoringRun *run = nullptr;   ///< newest of the version in production, else newest of all
    bool runInProduction = false;
    std::int64_t versions = 0;
    std::int64_t openFindings = 0;
    std::int64_t openRequests = 0;
};

/// Models of which there is nothing to say are left out. `today` decides which requests have timed out; the day of the
/// last entry when left out.
[[nodiscard]] std::unordered_map<ModelId, ModelState> modelStates(const Registry &registry,
                                                                  std::optional<Date> today = {});
/// The level in force, 0: not tiered.
[[nodiscard]] std::int64_t levelIn(const std::unordered_map<ModelId, ModelState> &states, const ModelId &model);
/// The version of a model that is in production, not looking at `besides`; null: none.
[[nodiscard]] const ModelVersion *inProduction(const Registry &registry, const ModelId &model,
                                               const VersionId &besides = {});
/// The day of an entry, from the timeline; nothing where it has no such entry.
[[nodiscard]] std::optional<Date> dayOfEntry(const Registry &registry, std::int64_t entry);

} // namespace countersign
