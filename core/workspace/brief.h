// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/report/brief.h"

namespace countersign {

/// The brief of a request as the register stands on `today`. Throws NotFound.
[[nodiscard]] Brief makeBrief(const PolicyPack &pack, const Registry &registry, const RequestId &request, Date today);

/// What a signature on `request` covers: one item for each record of the brief, in a fixed order. The digest is the
/// SHA-256 of the record's canonical JSON; of a document, that of its bytes.
[[nodiscard]] std::vector<CoveredItem> coveredItems(const Registry &registry, const DeploymentRequest &request);

} // namespace countersign
