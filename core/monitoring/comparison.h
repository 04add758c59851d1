// SPDX-License-Identifier: GPL-3.0-or-later
//
// Plain comparisons by the fixed definitions of the command line: no verdicts, nothing recorded.
#pragma once

#include "core/base/progress.h"
#include "core/monitoring/bins.h"
#include "core/monitoring/conventions.h"
#include "core/monitoring/driftmetrics.h"
#include "core/monitoring/run.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace countersign {

struct CompareRequest
{
    std::string referencePath;
    std::string currentPath;
    std::vector<std::string> columns;        ///< empty: all that both files have
    std::map<std::string, ColumnType> types; ///< where the guess is not wanted
    SpecialTexts special;                    ///< as ColumnRoles::special
    LogDialect dialect;                      ///< of both
    BinRule bins = BinRule::Deciles;
    std::vector<std::string> asTools = {}; ///< of otherTools(): also as these count; not with `special`
};

/// How often a special value occurs.
struct SpecialCount
{
    std::string value;
    std::uint64_t reference = 0;
    std::uint64_t current = 0;
};
BOOST_DESCRIBE_STRUCT(SpecialCount, (), (value, reference, current))

struct ComparedColumn
{
    std::string name;
    ColumnType type = ColumnType::Numeric;
    std::uint64_t referenceRows = 0; ///< missing included
    std::uint64_t currentRows = 0;
    std::uint64_t referenceMissing = 0;
    std::uint64_t currentMissing = 0;
    std::vector<StatisticValue> statistics;
    std::vector<SpecialCount> special; ///< those declared
    std::vector<ToolValue> asTools = {};
    std::vector<std::uint64_t> referenceCounts = {}; ///< numeric: by BinRule::DecilesInRange
    std::vector<std::uint64_t> currentCounts = {};
};

/// Every statistic of columns in the order of the reference file. What was assumed of either is added to `remarks`.
/// Throws as run() does.
[[nodiscard]] std::vector<ComparedColumn> compareLogs(const CompareRequest &request, const CancelToken &cancel = {},
                                                      const RunOptions &options = {},
                                                      std::vector<std::string> *remarks = nullptr);

struct DriftRequest
{
    std::string path;
    std::vector<std::string> morePaths; ///< as RunSettings::morePaths
    LogDialect dialect;
    std::optional<SqlSource> sql; ///< in place of `path`
    ColumnRoles roles;            ///< features empty: all but time and segment
    PeriodKind period = PeriodKind::Month;
    std::uint64_t rowsPerPeriod = 0;
    ReferenceChoice reference;
    std::optional<std::string> segmentValue;
    DecisionRule decision;
    Thresholds thresholds; ///< for gaps between estimated and realised performance
    BinRule bins = BinRule::Deciles;
    MetricExtent statistics = MetricExtent::Usual; ///< All: of files alone, not of profiles or databases
    std::vector<std::string> asTools = {};         ///< as CompareRequest::asTools; of files alone
};

struct DriftColumn
{
    std::string name;
    ColumnType type = ColumnType::Numeric;
    std::uint64_t referenceRows = 0; ///< of the reference that its bins come from; missing included
    std::uint64_t referenceMissing = 0;
    std::vector<ComparedColumn> periods; ///< one for each of DriftReport::periods
};

struct DriftReport
{
    ReferenceResult reference;
    std::vector<RunPeriod> periods; ///< without verdicts
    bool comparesYears = false;     ///< ReferenceChoice::samePeriodLastYear: each with RunPeriod::comparedWith
    std::vector<DriftColumn> columns;
    std::vector<std::string> remarks; ///< rows left out, what was assumed
};

/// Of counts whose last are of `special` and of the missing.
[[nodiscard]] std::vector<SpecialCount> specialCounts(const std::vector<std::string> &special, Counts reference,
                                                      Counts current);

/// The same question of a run.
[[nodiscard]] RunSettings settingsOf(const DriftRequest &request);

[[nodiscard]] DriftReport driftOverTime(const DriftRequest &request, const CancelToken &cancel = {},
                                        const RunOptions &options = {});

} // namespace countersign
