// SPDX-License-Identifier: GPL-3.0-or-later
//
// From counts and evidence to statistics and verdicts. run() and recompute() both end here, so that a recorded number
// and a recomputed one cannot differ.
#pragma once

#include "core/monitoring/figures.h"
#include "core/monitoring/run.h"

#include <map>
#include <string>
#include <vector>

namespace countersign {

/// Recorded in RunResult::engineVersion; grows when a definition changes.
inline constexpr const char *monitoringEngineVersion = "6";

/// Whether a recorded run is older than that version of the engine, and so judged as it was.
[[nodiscard]] bool isBeforeEngine(const RunResult &run, int version);

/// The part of evaluate() that rests on outcomes and rows: performance, estimates, fairness, data quality.
void evaluateOutcomes(ReferenceResult &reference, std::vector<RunPeriod> &periods, const RunSettings &settings,
                      EngineRules rules = EngineRules::now);

/// Fills every statistic, performance figure and verdict of `result` from its counts, evidence and thresholds.
void evaluate(RunResult &result);

/// Member name of each statistic of a run to its definition. `testsOfValues`: as RunSettings::testsOfValues.
[[nodiscard]] std::map<std::string, std::string> runDefinitions(bool testsOfValues = false);

} // namespace countersign
