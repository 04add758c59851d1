// SPDX-License-Identifier: GPL-3.0-or-later
//
// From the limits of a policy to those of a monitoring run.
#pragma once

#include "core/domain/registry.h"
#include "core/monitoring/run.h"
#include "core/policy/policypack.h"

namespace countersign {

[[nodiscard]] Thresholds thresholdsOf(const MonitoringLimits &limits);
/// The limits for a model by its published tier, its kind and its reference. Throws NotFound for an unknown model.
[[nodiscard]] MonitoringLimits limitsOf(const PolicyPack &pack, const Registry &registry, const ModelId &model);
/// Throws InvalidInput when a run was judged by laxer limits than the policy's, or by limits of another origin.
void requireStrictEnough(const Thresholds &used, const MonitoringLimits &policy);

} // namespace countersign
