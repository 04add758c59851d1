// SPDX-License-Identifier: GPL-3.0-or-later
//
// A monitoring run: what was asked (RunSettings) and what was found (RunResult). The result is stored as a JSON blob
// and carries every count and piece of evidence its numbers came from, so that recompute() needs no scoring log.
#pragma once

#include "core/base/progress.h"
#include "core/base/time.h"
#include "core/monitoring/featureresult.h"
#include "core/monitoring/logsource.h"
#include "core/monitoring/memorylimit.h"
#include "core/monitoring/outcomeresult.h"
#include "core/monitoring/specialvalues.h"
#include "core/monitoring/sql/sqlsource.h"
#include "core/monitoring/thresholds.h"

#include <boost/describe.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace countersign {

enum class PeriodKind { Month, Week, Day, Year, Rows };
BOOST_DESCRIBE_ENUM(PeriodKind, Month, Week, Day, Year, Rows)

/// Which column of the log plays which part. An empty name means "there is none".
struct ColumnRoles
{
    std::string time;       ///< needed unless the periods are counted in rows
    std::string score;      ///< probability or score; judged for drift like a feature; with a binary target gives AUC
    std::string prediction; ///< predicted value; with a numeric target gives RMSE
    std::string target;     ///< actual outcome; empty cells are labels that have not come yet
    std::string positive;   ///< the target value that counts as the event; empty: see planOutcome()
    std::string segment;
    std::string
        grade; ///< rating grade of the score, for calibration by grade; may be a feature too; read as categories
    std::vector<std::string> groups;   ///< columns of groups of people, for fairness; read as categories
    std::vector<std::string> features; ///< empty: every column but time, target and segment
    std::set<std::string> categorical; ///< read as categories though they look like numbers
    std::set<std::string> numeric;     ///< read as numbers: text in these counts as missing, with a warning
    /// Of judged columns: values with a bin of their own, apart from quantiles, range and missing (specialvalues.h).
    SpecialTexts special;
};
BOOST_DESCRIBE_STRUCT(ColumnRoles, (),
                      (time, score, prediction, target, positive, segment, grade, groups, features, categorical,
                       numeric, special))

/// What the periods are compared with. Exactly one of the four is used, in this order; none: the first period.
struct ReferenceChoice
{
    std::optional<Date> until; ///< every row up to and including this day
    std::optional<Date> from;  ///< with `until`: a window, the rows from this day on
    std::string path;          ///< another log with the same columns
    /// Each period with the one a year before it; those without one are not judged. Bins are frozen on the first year.
    bool samePeriodLastYear = false;
    std::uint64_t firstPeriods = 0; ///< the first N periods of the log
};
BOOST_DESCRIBE_STRUCT(ReferenceChoice, (), (until, from, path, samePeriodLastYear, firstPeriods))

/// Which decision is the favourable one for the person it is about: a score at or over the threshold, or one under it.
enum class FavourableDecision { AtOrOver, Under };
BOOST_DESCRIBE_ENUM(FavourableDecision, AtOrOver, Under)

/// How a score becomes a decision: rows with a score at or over the threshold are taken for events.
struct DecisionRule
{
    double threshold = 0.5;
    FavourableDecision favourable = FavourableDecision::AtOrOver;
    /// Column of ColumnRoles::groups to the group that the others are compared with; else the largest in the reference.
    std::map<std::string, std::string> comparisonGroups;
};
BOOST_DESCRIBE_STRUCT(DecisionRule, (), (threshold, favourable, comparisonGroups))

struct RunSettings
{
    std::string path; ///< CSV or TSV, plain, gzip or zstd; or a folder of such files that grows (logfiles.h)
    std::vector<std::string> morePaths; ///< more files or folders, read with `path` as one log
    LogDialect dialect;                 ///< of the log, and of the reference where it is another file
    std::optional<SqlSource> sql;       ///< in place of `path`: a log in a database
    ColumnRoles roles;
    PeriodKind period = PeriodKind::Month;
    std::uint64_t rowsPerPeriod = 0; ///< for PeriodKind::Rows
    ReferenceChoice reference;
    std::optional<std::string> segmentValue; ///< only rows whose segment column holds this
    Thresholds thresholds;
    DecisionRule decision;
    std::map<std::string, double> importance; ///< feature to importance, any non-negative scale
    bool testsOfValues = false;               ///< also FeaturePeriod::tests, where the log is files of rows
};
BOOST_DESCRIBE_STRUCT(RunSettings, (),
                      (path, morePaths, dialect, sql, roles, period, rowsPerPeriod, reference, segmentValue, thresholds,
                       decision, importance, testsOfValues))

struct RunPeriod
{
    std::string label;        ///< "2015-07", "2015-W27", "2015-07-01", "2015", "rows 5001-10000"
    std::optional<Date> from; ///< first and last day of the rows in it; nothing without a time column
    std::optional<Date> to;
    std::uint64_t rows = 0;
    std::uint64_t labelledRows = 0; ///< with outcome and score or prediction; before engine version 4: with outcome
    std::optional<double> labelledShare; ///< labelledRows over rows; outcomes often come late, or for some rows alone
    bool inReference = false;            ///< all of its rows belong to the reference
    /// With ReferenceChoice::samePeriodLastYear: the index of the period that this one is compared with.
    std::optional<std::uint64_t> comparedWith;
    Performance performance;
    std::optional<PerformanceEstimate> estimate; ///< a score, and a reference with both outcomes of a binary target
    std::vector<FairnessResult> fairness;        ///< one for each of ColumnRoles::groups that can be measured
    DataQuality quality;
    Verdict performanceVerdict = Verdict::NotEnoughData; ///< NotEnoughData also where there is no target
    std::optional<double> performancePvalue;             ///< of no loss, one-sided (performanceverdict.h)
    std::optional<double> performanceAdjustedPvalue;     ///< as DriftVerdict::adjustedPvalue, of the same run
    std::string performanceReason;
    std::vector<FigureVerdict> figureVerdicts = {}; ///< where Thresholds::figures has limits, in their order
    Verdict verdict = Verdict::NotEnoughData; ///< the worst of features, performance, figures; NotEnoughData if all are
};
BOOST_DESCRIBE_STRUCT(RunPeriod, (),
                      (label, from, to, rows, labelledRows, labelledShare, inReference, comparedWith, performance,
                       estimate, fairness, quality, performanceVerdict, performancePvalue, performanceAdjustedPvalue,
                       performanceReason, figureVerdicts, verdict))

struct ReferenceResult
{
    std::string label; ///< "up to 2015-03-31", "first 3 periods", "reference.csv"
    std::uint64_t rows = 0;
    std::uint64_t labelledRows = 0; ///< as RunPeriod::labelledRows
    std::optional<Date> from;
    std::optional<Date> to;
    std::optional<double> labelledShare;
    Performance performance;
    std::optional<PerformanceEstimate> estimate;
    std::vector<FairnessResult> fairness;
    DataQuality quality;
};
BOOST_DESCRIBE_STRUCT(ReferenceResult, (),
                      (label, rows, labelledRows, from, to, labelledShare, performance, estimate, fairness, quality))

struct RunResult
{
    std::string sourceName; ///< name of the file or folder without its own folder; of several: "a.csv and 2 more"
    /// Of the file's bytes as they lie on disk; of several files: of their digests, see `sources`. Empty for a
    /// database.
    std::string sourceSha256;
    std::vector<LogSource> sources; ///< in the order read; none in runs recorded before logs of several files
    std::string referenceSha256;    ///< of the reference file, where it is another file
    std::uint64_t rows = 0;         ///< rows used, after the segment filter
    std::uint64_t columns = 0;
    std::string engineVersion;
    std::map<std::string, std::string> definitions; ///< member name of a statistic to how it is defined
    RunSettings settings;
    ReferenceResult reference;
    std::vector<FeatureResult> features;
    std::vector<RunPeriod> periods; ///< in order of time
    std::vector<std::string> warnings;
    Verdict verdict = Verdict::NotEnoughData; ///< of the last period outside the reference
};
BOOST_DESCRIBE_STRUCT(RunResult, (),
                      (sourceName, sourceSha256, sources, referenceSha256, rows, columns, engineVersion, definitions,
                       settings, reference, features, periods, warnings, verdict))

/// threads 0: as many as the machine has, at most 8. Results depend on neither.
struct RunOptions
{
    unsigned threads = 0;
    /// About how many bytes of cells to hold in memory; those of a log with more lie in a temporary file (its folder as
    /// TMPDIR says). What is computed takes about twice as much again, but not less than 12 bytes for each row.
    std::uint64_t memoryBytes = usualCellMemory;
    /// Where logs are kept as they were read, so that a second look need not read them again; empty: nowhere. Results
    /// are the same with and without. See core/monitoring/cache/logcache.h.
    std::string cacheFolder = {};
    /// For RunSettings::sql; empty where the database asks for none, or the data source holds it. Never recorded.
    std::string databasePassword = {};
};

/// Reads the log and computes the whole run. Throws Exception(InvalidInput, Io, NotFound, Cancelled) when the log
/// cannot be read or a role names no column; a feature column that cannot be judged becomes a warning and
/// NotEnoughData. `progress` is called from the worker threads, one call at a time.
[[nodiscard]] RunResult run(const RunSettings &settings, const CancelToken &cancel = {}, const Progress &progress = {},
                            const RunOptions &options = {});

/// The same result with every statistic and verdict computed anew from its counts and evidence. Throws
/// Exception(Corrupt) when counts and bins do not fit together.
[[nodiscard]] RunResult recompute(const RunResult &recorded);

} // namespace countersign
