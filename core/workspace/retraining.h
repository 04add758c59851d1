// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an organisation's own retraining command is told, and what it answers (docs/formats/retraining.md).
#pragma once

#include "core/base/result.h"
#include "core/domain/registry.h"

namespace countersign {

/// The request as JSON: model, version in production, why, and the figures beyond their limits. Empty for a policy that
/// is not there.
[[nodiscard]] std::string retrainingBrief(const Registry &registry, const RetrainingId &policy);

/// The version that the answer describes: label, method, changes, trainingData, artefact, importance. InvalidInput
/// where it is no JSON object, a member has the wrong type, or it has no label.
[[nodiscard]] Result<ModelVersion> versionFromAnswer(const std::string &answer);

} // namespace countersign
