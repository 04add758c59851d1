// SPDX-License-Identifier: GPL-3.0-or-later
//
// Performance estimated without outcomes (core/stats/estimation.h): figures, and how they compare with what came true.
// To add a figure, add an entry to the list in the .cpp and its spread to the evidence.
#pragma once

#include "core/monitoring/figures.h"
#include "core/monitoring/run.h"

#include <vector>

namespace countersign {

/// Of PerformanceEstimate::figures, in the order of the list.
[[nodiscard]] std::vector<FigureInfo> estimateFigureInfos();

/// What has to be shown beside every estimate.
[[nodiscard]] std::string estimateAssumption();
/// The same, and how the estimate comes about.
[[nodiscard]] std::string estimateDefinition();
/// How a gap is judged.
[[nodiscard]] std::string gapDefinition();

[[nodiscard]] Figures estimateFigures(const EstimateEvidence &evidence);

/// Fills figures, gaps and tests of every estimate from evidence; the performance is filled already. Outside the
/// reference, the gaps of periods with enough labelled rows are tested. Before engine version 6 a gap of any size could
/// be suspected.
void fillEstimates(ReferenceResult &reference, std::vector<RunPeriod> &periods, const Thresholds &thresholds,
                   EngineRules rules = EngineRules::now);

} // namespace countersign
