// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/governance.h"

#include "core/base/decimal.h"

#include <algorithm>

namespace countersign {

bool MonitoringRun::hasRedBreach() const
{
    return std::ranges::any_of(breaches, [](const Breach &breach) { return breach.health == Health::red; });
}

std::string breachesInWords(const MonitoringRun &run)
{
    if (run.breaches.empty())
        return {};
    const auto passed = static_cast<std::size_t>(std::ranges::count(run.breaches, true, &Breach::passed));
    const std::string all = counted(run.breaches.size(), "figure", "figures") + " beyond limits";
    if (passed == 0)
        return all;
    return all + (passed == run.breaches.size() ? "" : ", " + std::to_string(passed) + " of them") +
           " in earlier periods";
}

} // namespace countersign
