// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/monitoring/evaluation.h"
#include "core/monitoring/run.h"

#include <numeric>

namespace countersign {

namespace {

void checkCounts(const FeatureResult &feature, const Bins &inBins, const std::vector<std::uint64_t> &counts,
                 std::uint64_t rows, std::uint64_t missing)
{
    const std::size_t bins = inBins.labels.size();
    const bool apart = bins == 0 || bins >= inBins.special.size() + 2;
    const bool fits = apart && counts.size() == bins && (counts.empty() || counts.back() == missing) &&
                      (counts.empty() || std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}) == rows);
    if (!fits)
        throw Exception(ErrorCode::Corrupt,
                        "The recorded counts of column \"" + feature.name + "\" do not fit its bins and rows.",
                        "Record the monitoring run again from its scoring log.");
}

} // namespace

RunResult recompute(const RunResult &recorded)
{
    for (const FeatureResult &feature : recorded.features) {
        checkCounts(feature, feature.bins, feature.referenceCounts, feature.referenceRows, feature.referenceMissing);
        if (feature.periods.size() != recorded.periods.size())
            throw Exception(ErrorCode::Corrupt,
                            "Column \"" + feature.name + "\" is recorded for " +
                                std::to_string(feature.periods.size()) + " periods, the run for " +
                                std::to_string(recorded.periods.size()) + ".",
                            "Record the monitoring run again from its scoring log.");
        for (const FeaturePeriod &period : feature.periods)
            checkCounts(feature, feature.bins, period.counts, period.n, period.missing);
        if (!feature.shared)
            continue;
        const SharedCounts &shared = *feature.shared;
        checkCounts(feature, shared.bins, shared.reference, feature.referenceRows, feature.referenceMissing);
        if (shared.periods.size() != feature.periods.size())
            throw Exception(ErrorCode::Corrupt,
                            "Column \"" + feature.name + "\" is not recorded for all periods in the shared bins.",
                            "Record the monitoring run again from its scoring log.");
        for (std::size_t i = 0; i < shared.periods.size(); ++i)
            checkCounts(feature, shared.bins, shared.periods[i], feature.periods[i].n, feature.periods[i].missing);
    }
    for (const RunPeriod &period : recorded.periods) {
        if (period.comparedWith && *period.comparedWith >= recorded.periods.size())
            throw Exception(ErrorCode::Corrupt,
                            "Period \"" + period.label + "\" is recorded as compared with one that is not there.",
                            "Record the monitoring run again from its scoring log.");
    }
    RunResult result = recorded;
    evaluate(result);
    return result;
}

} // namespace countersign
