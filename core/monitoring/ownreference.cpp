// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/ownreference.h"

namespace countersign {

std::optional<ComparedCounts> comparedCounts(const RunResult &run, const FeatureResult &feature, std::size_t period)
{
    if (!run.settings.reference.samePeriodLastYear)
        return ComparedCounts{feature.referenceCounts, feature.referenceRows, feature.referenceMissing};
    const auto &before = run.periods[period].comparedWith;
    if (!before)
        return std::nullopt;
    const FeaturePeriod &own = feature.periods[*before];
    return ComparedCounts{own.counts, own.n, own.missing};
}

std::optional<ComparedPerformance> comparedPerformance(const RunResult &run, const RunPeriod &period)
{
    if (!run.settings.reference.samePeriodLastYear)
        return ComparedPerformance{run.reference.performance, run.reference.labelledRows};
    if (!period.comparedWith)
        return std::nullopt;
    const RunPeriod &own = run.periods[*period.comparedWith];
    return ComparedPerformance{own.performance, own.labelledRows};
}

std::optional<ComparedQuality> comparedQuality(const RunResult &run, const RunPeriod &period)
{
    if (!run.settings.reference.samePeriodLastYear)
        return ComparedQuality{run.reference.quality, run.reference.rows};
    if (!period.comparedWith)
        return std::nullopt;
    const RunPeriod &own = run.periods[*period.comparedWith];
    return ComparedQuality{own.quality, own.rows};
}

} // namespace countersign
