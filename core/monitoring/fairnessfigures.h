// SPDX-License-Identifier: GPL-3.0-or-later
//
// How decisions and outcomes differ between groups of people, from counts kept with the run. To add a figure, add an
// entry to the list in the .cpp.
#pragma once

#include "core/monitoring/figures.h"

#include <string>
#include <vector>

namespace countersign {

/// Of GroupFairness::figures, in the order of the list.
[[nodiscard]] std::vector<FigureInfo> fairnessFigureInfos();

/// What has to be shown beside every such figure.
[[nodiscard]] std::string fairnessDefinition();

/// Fills the figures of every group from its counts and those of the comparison group.
void fillFairness(FairnessResult &result);

} // namespace countersign
