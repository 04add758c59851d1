// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/registry.h"
#include "core/policy/policypack.h"
#include "core/policy/supposition.h"

namespace countersign {

/// Why a published tier is to be assessed again.
struct Rerating
{
    Date since{};
    std::string reason; ///< a sentence
};

/// Of every model in scope and not retired that has a published tier, what asked first, by `today`, for a new
/// assessment: its interval (TierLevel::ratingMonths), the triggers of the policy (PolicyPack::ratingTriggers) by what
/// was recorded after it, or an answer that was not known. Models of which nothing asks for one are left out. One pass
/// over each kind of record. With `supposed`, as if `pack` were in force by that.
[[nodiscard]] std::map<ModelId, Rerating> reratings(const PolicyPack &pack, const Registry &registry, Date today,
                                                    const Supposition *supposed = nullptr);

} // namespace countersign
