// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whether a version that would replace another in production has been compared with it, where the pack demands that.
#pragma once

#include "core/policy/rules.h"

namespace countersign {

/// The check "comparison" of a request for `version` that carries `promotion` (nothing: a plain deployment). A model
/// without a tier is asked for as much as the riskiest. `version` must be of the register.
[[nodiscard]] Check comparisonCheck(const PolicyPack &pack, const Registry &registry, const ModelVersion &version,
                                    const Promotion *promotion);

/// Why such a request is not opened: it could never be approved, because no decision of the pack tolerates that the
/// check fails.
[[nodiscard]] std::optional<std::string> whyUncompared(const PolicyPack &pack, const Registry &registry,
                                                       const VersionId &version, const Promotion *promotion);

} // namespace countersign
