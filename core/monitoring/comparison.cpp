// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/comparison.h"

#include "core/base/error.h"
#include "core/monitoring/cache/soundcache.h"
#include "core/monitoring/describedperiods.h"
#include "core/monitoring/evaluation.h"
#include "core/monitoring/logselection.h"
#include "core/monitoring/parallel.h"
#include "core/monitoring/profile/profile.h"
#include "core/monitoring/samples.h"
#include "core/monitoring/sql/sqlrun.h"
#include "core/stats/preparedsample.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <numeric>

namespace countersign {

namespace {

/// One side of a comparison.
struct ComparedSide
{
    std::span<const double> sorted; ///< numeric
    Counts counts;                  ///< the last counts the missing; numeric: by BinRule::DecilesInRange
    std::uint64_t rows = 0;
};

/// The rows that a period is compared with: the reference, an earlier period, or none.
ComparedSide sideOf(const LogSelection &selection, std::size_t period, const ComparedSide &reference,
                    const std::vector<ComparedSide> &periods, const ComparedSide &none)
{
    if (!selection.comparesYears())
        return reference;
    const auto own = selection.comparedWith(period);
    return own ? periods[*own] : none;
}

/// How a column is compared.
struct ColumnWork
{
    BinRule rule;
    MetricExtent extent;
    const SpecialTexts &special;
    const std::vector<std::string> &asTools;
    unsigned threads; ///< for the periods of one column
    const CancelToken &cancel;
};

std::vector<std::uint64_t> countsBy(BinRule rule, Counts inRange, std::size_t special)
{
    return rule == BinRule::Deciles ? countsByDeciles(inRange, special)
                                    : std::vector<std::uint64_t>(inRange.begin(), inRange.end());
}

ComparedColumn comparedNumbers(const std::string &name, const ComparedSide &before, const PreparedSample &prepared,
                               const ComparedSide &now, std::size_t special, const ColumnWork &work)
{
    const auto referenceCounts = countsBy(work.rule, before.counts, special);
    const auto currentCounts = countsBy(work.rule, now.counts, special);
    const ColumnPair pair = numericPair(prepared, now.sorted, referenceCounts, currentCounts, work.extent, special);
    ComparedColumn compared;
    compared.name = name;
    compared.type = ColumnType::Numeric;
    compared.statistics = statisticsOf(pair, work.extent);
    compared.asTools = asToolsCount(work.asTools, before.sorted, now.sorted, before.counts.back(), now.counts.back());
    compared.referenceCounts.assign(before.counts.begin(), before.counts.end());
    compared.currentCounts.assign(now.counts.begin(), now.counts.end());
    return compared;
}

ComparedColumn comparedCategories(const std::string &name, const ComparedSide &before, const ComparedSide &now,
                                  std::size_t special, const ColumnWork &work)
{
    ComparedColumn compared;
    compared.name = name;
    compared.type = ColumnType::Categorical;
    compared.statistics = statisticsOf(categoricalPair(before.counts, now.counts, special), work.extent);
    compared.asTools = asToolsCount(work.asTools, before.counts, now.counts);
    return compared;
}

/// One column of a selection, prepared once for the reference and compared with every period.
DriftColumn compareSides(const LogSelection &selection, const std::string &name, ColumnType type,
                         const ComparedSide &reference, const std::vector<ComparedSide> &periods,
                         const ColumnWork &work)
{
    DriftColumn result{name, type, reference.rows, reference.counts.back(), {}};
    const SpecialValues special(work.special, name);
    const std::vector<std::uint64_t> nothing(reference.counts.size(), 0);
    const PreparedSample ofReference(reference.sorted);
    result.periods.resize(periods.size());
    parallelFor(periods.size(), work.threads, [&](std::size_t i) {
        work.cancel.throwIfCancelled();
        const ComparedSide before = sideOf(selection, i, reference, periods, {{}, nothing, 0});
        const ComparedSide &now = periods[i];
        ComparedColumn &compared = result.periods[i];
        if (type == ColumnType::Categorical)
            compared = comparedCategories(name, before, now, special.size(), work);
        else if (selection.comparesYears())
            compared = comparedNumbers(name, before, PreparedSample(before.sorted), now, special.size(), work);
        else
            compared = comparedNumbers(name, before, ofReference, now, special.size(), work);
        compared.referenceRows = before.rows;
        compared.currentRows = now.rows;
        compared.referenceMissing = before.counts.back();
        compared.currentMissing = now.counts.back();
        compared.special = specialCounts(special.texts(), before.counts, now.counts);
    });
    return result;
}

DriftColumn compareNumeric(const LogSelection &selection, const std::string &name, const ColumnWork &work)
{
    const RowGroups &groups = selection.periods().groups;
    const SpecialValues special(work.special, name);
    const NumericSamples before(selection.referenceLog().column(name), selection.reference(), work.threads, work.cancel,
                                special);
    const NumericSamples after(selection.log().column(name), groups, work.threads, work.cancel, special);
    const Bins bins = numericBins(before.sorted(0), BinRule::DecilesInRange, special.texts());
    const auto referenceCounts = countNumeric(bins, before.sorted(0), before.special(0), before.missing(0));
    std::vector<std::vector<std::uint64_t>> counts(groups.rows.size());
    parallelFor(counts.size(), work.threads, [&](std::size_t i) {
        counts[i] = countNumeric(bins, after.sorted(i), after.special(i), after.missing(i));
    });
    std::vector<ComparedSide> periods;
    periods.reserve(groups.rows.size());
    for (std::size_t i = 0; i < groups.rows.size(); ++i)
        periods.push_back({after.sorted(i), counts[i], groups.rows[i]});
    return compareSides(selection, name, ColumnType::Numeric,
                        {before.sorted(0), referenceCounts, selection.reference().rows[0]}, periods, work);
}

/// Over the union of the categories of both sides.
DriftColumn compareCategories(const LogSelection &selection, const std::string &name, const ColumnWork &work)
{
    const LogColumn &referenceColumn = selection.referenceLog().column(name);
    const LogColumn &column = selection.log().column(name);
    const RowGroups &groups = selection.periods().groups;
    const SpecialValues special(work.special, name);
    const CategoryCounts before(referenceColumn, selection.reference());
    const CategoryCounts after(column, groups);
    std::vector<std::string> all = referenceColumn.categories;
    all.insert(all.end(), column.categories.begin(), column.categories.end());
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    const Bins bins = categoryBins(withoutSpecial(std::move(all), special), special.texts());
    const auto spread = [&bins](const CategoryPlaces &places, Counts counts, std::uint64_t missing) {
        auto spreadCounts = places.count(counts, missing);
        spreadCounts.erase(spreadCounts.begin() + static_cast<std::ptrdiff_t>(bins.categories.size())); // none is new
        return spreadCounts;
    };
    const auto referenceCounts =
        spread(CategoryPlaces(bins, referenceColumn.categories), before.counts(0), before.missing(0));
    const CategoryPlaces places(bins, column.categories);
    std::vector<std::vector<std::uint64_t>> counts;
    counts.reserve(groups.rows.size());
    for (std::size_t i = 0; i < groups.rows.size(); ++i)
        counts.push_back(spread(places, after.counts(i), after.missing(i)));
    std::vector<ComparedSide> periods;
    periods.reserve(groups.rows.size());
    for (std::size_t i = 0; i < groups.rows.size(); ++i)
        periods.push_back({{}, counts[i], groups.rows[i]});
    return compareSides(selection, name, ColumnType::Categorical, {{}, referenceCounts, selection.reference().rows[0]},
                        periods, work);
}

DriftColumn compareColumn(const LogSelection &selection, const std::string &name, const ColumnWork &work)
{
    const CellKind before = selection.referenceLog().column(name).kind;
    const CellKind after = selection.log().column(name).kind;
    if (before == CellKind::Number && after == CellKind::Number)
        return compareNumeric(selection, name, work);
    if (before == CellKind::Category && after == CellKind::Category)
        return compareCategories(selection, name, work);
    throw Exception(ErrorCode::InvalidInput, "Column \"" + name + "\" cannot be compared: it is the time column.");
}

/// A statistic that is not kept but made from the counts that are, so that it can be had by either rule of bins.
bool isOfCounts(const DriftMetric &metric, ColumnType type)
{
    return type == ColumnType::Numeric && metric.basis == MetricBasis::Bins;
}

/// ComparedColumn and DriftColumn as they are kept: of the statistics, the values of those that apply and are not
/// isOfCounts().
struct KeptPair
{
    std::uint64_t referenceRows = 0;
    std::uint64_t currentRows = 0;
    std::uint64_t referenceMissing = 0;
    std::uint64_t currentMissing = 0;
    std::vector<std::uint64_t> referenceCounts;
    std::vector<std::uint64_t> currentCounts;
    std::vector<double> values;
    std::vector<SpecialCount> special;
};
BOOST_DESCRIBE_STRUCT(KeptPair, (),
                      (referenceRows, currentRows, referenceMissing, currentMissing, referenceCounts, currentCounts,
                       values, special))

struct KeptDrift
{
    ColumnType type = ColumnType::Numeric;
    std::uint64_t referenceRows = 0;
    std::uint64_t referenceMissing = 0;
    std::vector<KeptPair> periods;
};
BOOST_DESCRIBE_STRUCT(KeptDrift, (), (type, referenceRows, referenceMissing, periods))

KeptDrift keptOf(const DriftColumn &column)
{
    KeptDrift kept{column.type, column.referenceRows, column.referenceMissing, {}};
    for (const ComparedColumn &period : column.periods) {
        KeptPair pair{period.referenceRows,
                      period.currentRows,
                      period.referenceMissing,
                      period.currentMissing,
                      period.referenceCounts,
                      period.currentCounts,
                      {},
                      period.special};
        auto statistic = period.statistics.begin();
        for (const DriftMetric &metric : driftMetrics()) {
            if (statistic == period.statistics.end() || statistic->key != metric.key)
                continue;
            if (!isOfCounts(metric, column.type))
                pair.values.push_back(statistic->value);
            ++statistic;
        }
        kept.periods.push_back(std::move(pair));
    }
    return kept;
}

DriftColumn columnOf(const std::string &name, const KeptDrift &kept, BinRule rule, MetricExtent extent)
{
    DriftColumn column{name, kept.type, kept.referenceRows, kept.referenceMissing, {}};
    for (const KeptPair &pair : kept.periods) {
        ComparedColumn period{name,
                              kept.type,
                              pair.referenceRows,
                              pair.currentRows,
                              pair.referenceMissing,
                              pair.currentMissing,
                              {},
                              pair.special,
                              {},
                              pair.referenceCounts,
                              pair.currentCounts};
        const auto before = countsBy(rule, pair.referenceCounts, pair.special.size());
        const auto now = countsBy(rule, pair.currentCounts, pair.special.size());
        const ColumnPair counted{kept.type, 0, 0, before, now};
        auto value = pair.values.begin();
        for (const DriftMetric &metric : driftMetrics()) {
            if (!metric.appliesTo(kept.type, extent))
                continue;
            if (isOfCounts(metric, kept.type))
                period.statistics.push_back({metric.key, metric.compute(counted)});
            else if (value != pair.values.end())
                period.statistics.push_back({metric.key, *value++});
        }
        column.periods.push_back(std::move(period));
    }
    return column;
}

void compareColumns(DriftReport &report, const LogSelection &selection, const std::vector<std::string> &names,
                    const DriftRequest &request, const KeptResults &kept, unsigned threads, const CancelToken &cancel)
{
    const json::object question{{"drift", "by counts"},
                                {"statistics", static_cast<int>(request.statistics)},
                                {"special", toJson(request.roles.special)}};
    using KeptColumns = std::map<std::string, KeptDrift>;
    const bool isKept = request.asTools.empty(); // what other tools count is computed each time
    KeptColumns known;
    if (isKept)
        known = kept.recall<KeptColumns>(question).value_or(KeptColumns());
    report.columns.resize(names.size());
    const unsigned columnsAtOnce = selection.columnsAtOnce(threads);
    const ColumnWork work{request.bins,    request.statistics,      request.roles.special,
                          request.asTools, threads / columnsAtOnce, cancel};
    parallelFor(names.size(), columnsAtOnce, [&](std::size_t i) {
        cancel.throwIfCancelled();
        const auto found = known.find(names[i]);
        report.columns[i] = found != known.end() ? columnOf(names[i], found->second, request.bins, request.statistics)
                                                 : compareColumn(selection, names[i], work);
    });
    if (!isKept)
        return;
    const std::size_t knew = known.size();
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (!known.contains(names[i]))
            known.emplace(names[i], keptOf(report.columns[i]));
    }
    if (known.size() > knew)
        kept.keep(question, known);
}

bool isComparable(const LogSelection &selection, const std::string &column)
{
    const auto isText = [&column](const LogTable &log) { return log.column(column).kind == CellKind::Text; };
    return !column.empty() && !isText(selection.log()) && !isText(selection.referenceLog());
}

/// The selection's features without those that hold too many texts, of which `remarks` tell.
std::vector<std::string> comparableColumns(const LogSelection &selection, std::vector<std::string> &remarks)
{
    std::vector<std::string> names;
    for (const std::string &name : selection.features()) {
        if (isComparable(selection, name))
            names.push_back(name);
        else
            remarks.push_back(tooManyTexts(name));
    }
    return names;
}

void checkTools(const std::vector<std::string> &tools, const SpecialTexts &special)
{
    const auto known = otherTools();
    for (const std::string &tool : tools)
        if (std::ranges::find(known, tool) == known.end())
            throw Exception(ErrorCode::InvalidInput, "\"" + tool + "\" is no tool whose way of counting is known.",
                            "Choose evidently, frouros or nannyml.");
    if (!tools.empty() && !special.empty())
        throw Exception(ErrorCode::InvalidInput, "Other tools know no special values, so they cannot be counted so.",
                        "Leave out the special values or the tools.");
}

RunSettings settingsOf(const CompareRequest &request)
{
    RunSettings settings;
    settings.path = request.currentPath;
    settings.reference.path = request.referencePath;
    settings.dialect = request.dialect;
    settings.period = PeriodKind::Rows;
    settings.rowsPerPeriod = std::numeric_limits<std::uint64_t>::max();
    settings.roles.features = request.columns;
    settings.roles.special = request.special;
    for (const auto &[name, type] : request.types)
        (type == ColumnType::Numeric ? settings.roles.numeric : settings.roles.categorical).insert(name);
    return settings;
}

DriftReport driftInLog(const DriftRequest &request, const CancelToken &cancel, const RunOptions &options)
{
    const RunSettings settings = settingsOf(request);
    const unsigned threads = threadCount(options.threads);
    DriftReport report;
    const LogSelection selection(settings, options, cancel, {});
    std::vector<std::string> texts;
    std::vector<std::string> names = comparableColumns(selection, texts);
    if (request.roles.features.empty() && isComparable(selection, request.roles.target))
        names.push_back(request.roles.target);
    const KeptResults kept(selection, settings);
    compareColumns(report, selection, names, request, kept, threads, cancel);
    DescribedPeriods described = describePeriods(selection, settings, kept, threads, cancel);
    countDuplicateRows(described, selection, kept, threads, cancel);
    report.remarks = selection.remarks();
    std::ranges::move(texts, std::back_inserter(report.remarks));
    setDescribed(report, std::move(described), settings);
    return report;
}

std::vector<ComparedColumn> compareIn(const CompareRequest &request, const CancelToken &cancel,
                                      const RunOptions &options, std::vector<std::string> *remarks)
{
    const RunSettings settings = settingsOf(request);
    const LogSelection selection(settings, options, cancel, {});

    std::vector<std::string> texts;
    const std::vector<std::string> names = comparableColumns(selection, texts);
    if (names.empty() && texts.empty())
        throw Exception(ErrorCode::InvalidInput, "The two files have no column in common.",
                        "Compare files with the same header.");
    std::vector<ComparedColumn> results(names.size());
    const unsigned columnsAtOnce = selection.columnsAtOnce(threadCount(options.threads));
    const ColumnWork work{request.bins, MetricExtent::All, settings.roles.special, request.asTools, 1, cancel};
    parallelFor(names.size(), columnsAtOnce, [&](std::size_t i) {
        cancel.throwIfCancelled();
        results[i] = std::move(compareColumn(selection, names[i], work).periods.front());
    });
    if (remarks) {
        *remarks = selection.remarks();
        std::ranges::move(texts, std::back_inserter(*remarks));
    }
    return results;
}

} // namespace

std::vector<ComparedColumn> compareLogs(const CompareRequest &request, const CancelToken &cancel,
                                        const RunOptions &options, std::vector<std::string> *remarks)
{
    checkTools(request.asTools, request.special);
    return withSoundCache(options, [&](const RunOptions &sound) { return compareIn(request, cancel, sound, remarks); });
}

std::vector<SpecialCount> specialCounts(const std::vector<std::string> &special, Counts reference, Counts current)
{
    std::vector<SpecialCount> counted;
    const std::size_t first = reference.size() - 1 - special.size();
    counted.reserve(special.size());
    for (std::size_t i = 0; i < special.size(); ++i)
        counted.push_back({special[i], reference[first + i], current[first + i]});
    return counted;
}

RunSettings settingsOf(const DriftRequest &request)
{
    RunSettings settings;
    settings.path = request.path;
    settings.morePaths = request.morePaths;
    settings.dialect = request.dialect;
    settings.sql = request.sql;
    settings.roles = request.roles;
    settings.period = request.period;
    settings.rowsPerPeriod = request.rowsPerPeriod;
    settings.reference = request.reference;
    settings.segmentValue = request.segmentValue;
    settings.decision = request.decision;
    settings.thresholds = request.thresholds;
    return settings;
}

DriftReport driftOverTime(const DriftRequest &request, const CancelToken &cancel, const RunOptions &options)
{
    checkTools(request.asTools, request.roles.special);
    if (request.sql)
        return driftInDatabase(request, cancel, options);
    if (isProfileLog(request.path, request.morePaths, request.dialect, cancel))
        return driftOfProfile(
            request, readProfile(request.path, request.morePaths, request.dialect, options.threads, cancel, {}));
    return withSoundCache(options, [&](const RunOptions &sound) { return driftInLog(request, cancel, sound); });
}

} // namespace countersign
