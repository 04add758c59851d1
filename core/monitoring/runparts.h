// SPDX-License-Identifier: GPL-3.0-or-later
//
// What runs have in common, wherever their log lies.
#pragma once

#include "core/monitoring/run.h"

#include <cstddef>
#include <cstdint>
#include <string>

namespace countersign {

/// More categories than this in the reference: names or identifiers, not something to compare shares of.
inline constexpr std::size_t mostCategories = 1000;

/// For people, of a feature with counts; `infinite` values of its column count as missing. Empty where there is nothing
/// to say.
[[nodiscard]] std::string featureWarning(const FeatureResult &feature, std::uint64_t infinite);

/// The feature of that name; null: the run has none.
[[nodiscard]] const FeatureResult *featureIn(const RunResult &run, const std::string &name);

/// From RunSettings::importance, the largest being 1.
void setImportance(RunResult &result);

} // namespace countersign
