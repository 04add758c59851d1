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

namespace {

/// of(rows) of the reference, or of the earlier period that stands for it.
template <class F>
auto ofComparedRows(const RunResult &run, const RunPeriod &period, F of) -> std::optional<decltype(of(run.reference))>
{
    if (!run.settings.reference.samePeriodLastYear)
        return of(run.reference);
    if (!period.comparedWith)
        return std::nullopt;
    return of(run.periods[*period.comparedWith]);
}

} // namespace

std::optional<ComparedPerformance> comparedPerformance(const RunResult &run, const RunPeriod &period)
{
    return ofComparedRows(run, period,
                          [](const auto &rows) { return ComparedPerformance{rows.performance, rows.labelledRows}; });
}

std::optional<ComparedQuality> comparedQuality(const RunResult &run, const RunPeriod &period)
{
    return ofComparedRows(run, period, [](const auto &rows) { return ComparedQuality{rows.quality, rows.rows}; });
}

} // namespace countersign
