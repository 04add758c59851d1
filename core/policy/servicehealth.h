// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the services of the versions in production stand by the reports on their use, against the limits of the policy.
#pragma once

#include "core/domain/registry.h"
#include "core/policy/policypack.h"

namespace countersign {

struct ServiceHealth
{
    const UsageReport *newest = nullptr; ///< the open report that ends last
    std::optional<double> failureRate;   ///< of the newest report; none without calls
    Date lastUsedOn{};                   ///< over all open reports; of a service never used the day its reports begin
    std::int64_t idleDays = 0;           ///< since then
    bool failing = false;                ///< above UsageLimits::failureRate
    bool idle = false;                   ///< for more than UsageLimits::idleDays
};

/// One for each version in production and title of its open reports, in that order, of models that are not retired.
/// The pointers are into `registry`.
[[nodiscard]] std::vector<ServiceHealth> serviceHealth(const PolicyPack &pack, const Registry &registry, Date today);

/// "12.5% of 1,000 calls failed from 2026-01-01 to 2026-01-31 (timeout 80, bad input 45)".
[[nodiscard]] std::string failuresInWords(const UsageReport &report);

} // namespace countersign
