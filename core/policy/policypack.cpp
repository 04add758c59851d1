// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policy/policypack.h"

#include <algorithm>

namespace countersign {

const TierLevel *PolicyPack::tier(std::int64_t level) const
{
    const auto found = std::ranges::find(tiers, level, &TierLevel::level);
    return found == tiers.end() ? nullptr : &*found;
}

std::string PolicyPack::tierLabel(std::int64_t level) const
{
    const auto *found = tier(level);
    return found ? found->label : "Not tiered";
}

std::string PolicyPack::meaning(Decision decision) const
{
    const auto found = meanings.find(enumName(decision));
    return found == meanings.end() ? std::string() : found->second;
}

} // namespace countersign
