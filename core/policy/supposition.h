// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/model.h"

#include <map>

namespace countersign {

/// A pack taken as if it were in force: since when, and the tiers that it would give.
struct Supposition
{
    Date since{};
    std::map<ModelId, std::int64_t> levels; ///< of models that would have one

    /// 0: not tiered.
    [[nodiscard]] std::int64_t levelOf(const ModelId &model) const
    {
        const auto found = levels.find(model);
        return found == levels.end() ? 0 : found->second;
    }
};

} // namespace countersign
