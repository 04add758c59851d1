// SPDX-License-Identifier: GPL-3.0-or-later
//
// What one period of a run is compared with: the run's reference or, with ReferenceChoice::samePeriodLastYear, the
// period a year before it.
#pragma once

#include "core/monitoring/run.h"
#include "core/stats/divergence.h"

#include <cstddef>
#include <optional>

namespace countersign {

/// The words for a period that has nothing to be compared with.
inline constexpr const char *nothingAYearBefore = "Not enough data: no period of the log lies a year before it.";

struct ComparedCounts
{
    Counts counts;
    std::uint64_t rows;
    std::uint64_t missing;
};
/// Nothing for a period without a reference of its own.
[[nodiscard]] std::optional<ComparedCounts> comparedCounts(const RunResult &run, const FeatureResult &feature,
                                                           std::size_t period);

struct ComparedPerformance
{
    const Performance &performance;
    std::uint64_t labelledRows;
};
[[nodiscard]] std::optional<ComparedPerformance> comparedPerformance(const RunResult &run, const RunPeriod &period);

struct ComparedQuality
{
    const DataQuality &quality;
    std::uint64_t rows;
};
[[nodiscard]] std::optional<ComparedQuality> comparedQuality(const RunResult &run, const RunPeriod &period);

} // namespace countersign
