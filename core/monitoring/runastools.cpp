// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/runastools.h"

#include "core/monitoring/bytesource.h"
#include "core/monitoring/comparison.h"
#include "core/monitoring/logfiles.h"
#include "core/monitoring/profile/profile.h"
#include "core/monitoring/runparts.h"
#include "core/stats/undefined.h"

#include <algorithm>

namespace countersign {

namespace {

/// The question of the run for one column, without outcomes.
DriftRequest requestFor(const RunResult &recorded, const FeatureResult &feature)
{
    const RunSettings &settings = recorded.settings;
    DriftRequest request;
    request.path = settings.path;
    request.morePaths = settings.morePaths;
    request.dialect = settings.dialect;
    request.roles.time = settings.roles.time;
    request.roles.segment = settings.roles.segment;
    request.roles.features = {feature.name};
    if (feature.type == ColumnType::Categorical)
        request.roles.categorical = {feature.name};
    request.period = settings.period;
    request.rowsPerPeriod = settings.rowsPerPeriod;
    request.reference = settings.reference;
    request.segmentValue = settings.segmentValue;
    request.bins = BinRule::DecilesInRange; // as a run
    request.asTools = otherTools();
    return request;
}

bool isSameLog(const RunResult &recorded, const CancelToken &cancel, const Progress &progress)
{
    const auto paths = listLogFiles(recorded.settings.path, recorded.settings.morePaths).paths;
    if (paths.size() != recorded.sources.size())
        return false;
    for (std::size_t i = 0; i < paths.size(); ++i) {
        report(progress, "Comparing " + fileNameOf(paths[i]) + " with what was recorded", i, paths.size());
        if (sha256OfFile(paths[i], cancel).hex() != recorded.sources[i].sha256)
            return false;
    }
    return true;
}

std::vector<ToolsFigure> figuresOf(const ComparedColumn &column)
{
    const auto tools = otherTools();
    std::vector<ToolsFigure> figures;
    for (const ToolValue &value : column.asTools) {
        auto found = std::ranges::find(figures, value.statistic, &ToolsFigure::statistic);
        if (found == figures.end()) {
            const auto ours = std::ranges::find(column.statistics, value.statistic, &StatisticValue::key);
            found = figures.insert(figures.end(),
                                   {value.statistic,
                                    ours == column.statistics.end() ? std::nullopt : definedOrNothing(ours->value),
                                    std::vector<double>(tools.size(), undefined)});
        }
        const auto tool = static_cast<std::size_t>(std::ranges::find(tools, value.tool) - tools.begin());
        found->asTools[tool] = value.value;
    }
    return figures;
}

} // namespace

std::string whyNotAsTools(const RunResult &recorded, const std::string &feature)
{
    if (recorded.settings.sql)
        return "Other tools count rows, and those of a database stay there.";
    if (!featureIn(recorded, feature))
        return "The run judges no column \"" + feature + "\".";
    if (recorded.settings.roles.special.contains(feature))
        return "Other tools know no special values, and this column has some.";
    return {};
}

RunAsTools countAsTools(const RunResult &recorded, const std::string &feature, const RunOptions &options,
                        const CancelToken &cancel, const Progress &progress)
{
    if (const std::string why = whyNotAsTools(recorded, feature); !why.empty())
        throw Exception(ErrorCode::InvalidInput, why, "Choose another column, or the log as a file.");
    const RunSettings &settings = recorded.settings;
    if (isProfileLog(settings.path, settings.morePaths, settings.dialect, cancel))
        throw Exception(ErrorCode::InvalidInput, "Other tools count rows, and a profile holds none.",
                        "Make a run of the log that the profile was made of.");
    RunAsTools counted;
    counted.sameLog = isSameLog(recorded, cancel, progress);
    report(progress, "Counting " + feature + " as other tools do", 0, 0);
    DriftReport drift = driftOverTime(requestFor(recorded, *featureIn(recorded, feature)), cancel, options);
    counted.remarks = std::move(drift.remarks);
    for (const RunPeriod &period : recorded.periods) {
        ToolsPeriod &filled = counted.periods.emplace_back();
        filled.label = period.label;
        const auto found = std::ranges::find(drift.periods, period.label, &RunPeriod::label);
        if (found != drift.periods.end())
            filled.figures =
                figuresOf(drift.columns.front().periods[static_cast<std::size_t>(found - drift.periods.begin())]);
    }
    return counted;
}

} // namespace countersign
