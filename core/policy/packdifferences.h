// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/differences.h"
#include "core/policy/policypack.h"

namespace countersign {

/// What `after` says otherwise than `before`, place by place in the order of the pack: "tiers: 2: review months", with
/// both values as the text of the pack has them. Items of a list go together by their id, level, stage or label; what
/// is new or gone is one change. Version and order of items are no difference.
[[nodiscard]] std::vector<FieldChange> packDifferences(const PolicyPack &before, const PolicyPack &after);

} // namespace countersign
