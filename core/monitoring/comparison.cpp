// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/comparison.h"

#include "core/base/error.h"
#include "core/monitoring/bytesource.h"
#include "core/monitoring/describedperiods.h"
#include "core/monitoring/evaluation.h"
#include "core/monitoring/logfiles.h"
#include "core/monitoring/logselection.h"
#include "core/monitoring/parallel.h"
#include "core/monitoring/parquet/parquetlog.h"
#include "core/monitoring/preview.h"
#include "core/monitoring/profile/profile.h"
#include "core/monitoring/samples.h"
#include "core/monitoring/sql/sqlrun.h"

#include <algorithm>
#include <numeric>

namespace countersign {

namespace {

/// One side of a comparison.
struct ComparedSide
{
    std::span<const double> sorted; ///< numeric
    Counts counts;                  ///< the last counts the missing
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

/// One column of a selection, prepared once for the reference and compared with every period.
DriftColumn compareSides(const LogSelection &selection, const std::string &name, ColumnType type,
                         const ComparedSide &reference, const std::vector<ComparedSide> &periods,
                         const CancelToken &cancel)
{
    DriftColumn result{name, type, reference.rows, reference.counts.back(), {}};
    const std::vector<std::uint64_t> nothing(reference.counts.size(), 0);
    for (std::size_t i = 0; i < periods.size(); ++i) {
        cancel.throwIfCancelled();
        const ComparedSide before = sideOf(selection, i, reference, periods, {{}, nothing, 0});
        const ComparedSide &now = periods[i];
        const ColumnPair pair = type == ColumnType::Numeric
                                    ? numericPair(before.sorted, now.sorted, before.counts, now.counts)
                                    : categoricalPair(before.counts, now.counts);
        result.periods.push_back(
            {name, type, before.rows, now.rows, before.counts.back(), now.counts.back(), statisticsOf(pair)});
    }
    return result;
}

DriftColumn compareNumeric(const LogSelection &selection, const std::string &name, BinRule rule,
                           const CancelToken &cancel)
{
    const RowGroups &groups = selection.periods().groups;
    const NumericSamples before(selection.referenceLog().column(name), selection.reference(), cancel);
    const NumericSamples after(selection.log().column(name), groups, cancel);
    const Bins bins = numericBins(before.sorted(0), rule);
    const auto referenceCounts = countNumeric(bins, before.sorted(0), before.missing(0));
    std::vector<std::vector<std::uint64_t>> counts;
    for (std::size_t i = 0; i < groups.rows.size(); ++i)
        counts.push_back(countNumeric(bins, after.sorted(i), after.missing(i)));
    std::vector<ComparedSide> periods;
    for (std::size_t i = 0; i < groups.rows.size(); ++i)
        periods.push_back({after.sorted(i), counts[i], groups.rows[i]});
    return compareSides(selection, name, ColumnType::Numeric,
                        {before.sorted(0), referenceCounts, selection.reference().rows[0]}, periods, cancel);
}

/// Over the union of the categories of both sides.
DriftColumn compareCategories(const LogSelection &selection, const std::string &name, const CancelToken &cancel)
{
    const LogColumn &referenceColumn = selection.referenceLog().column(name);
    const LogColumn &column = selection.log().column(name);
    const RowGroups &groups = selection.periods().groups;
    const CategoryCounts before(referenceColumn, selection.reference());
    const CategoryCounts after(column, groups);
    std::vector<std::string> all = referenceColumn.categories;
    all.insert(all.end(), column.categories.begin(), column.categories.end());
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    const auto spread = [&all](const std::vector<std::string> &categories, Counts counts, std::uint64_t missing) {
        std::vector<std::uint64_t> spreadCounts(all.size() + 1, 0);
        const auto places = matchCategories(categories, all);
        for (std::size_t i = 0; i < counts.size(); ++i)
            spreadCounts[static_cast<std::size_t>(places[i])] = counts[i];
        spreadCounts.back() = missing;
        return spreadCounts;
    };
    const auto referenceCounts = spread(referenceColumn.categories, before.counts(0), before.missing(0));
    std::vector<std::vector<std::uint64_t>> counts;
    for (std::size_t i = 0; i < groups.rows.size(); ++i)
        counts.push_back(spread(column.categories, after.counts(i), after.missing(i)));
    std::vector<ComparedSide> periods;
    for (std::size_t i = 0; i < groups.rows.size(); ++i)
        periods.push_back({{}, counts[i], groups.rows[i]});
    return compareSides(selection, name, ColumnType::Categorical, {{}, referenceCounts, selection.reference().rows[0]},
                        periods, cancel);
}

DriftColumn compareColumn(const LogSelection &selection, const std::string &name, BinRule rule,
                          const CancelToken &cancel)
{
    const CellKind before = selection.referenceLog().column(name).kind;
    const CellKind after = selection.log().column(name).kind;
    if (before == CellKind::Number && after == CellKind::Number)
        return compareNumeric(selection, name, rule, cancel);
    if (before == CellKind::Category && after == CellKind::Category)
        return compareCategories(selection, name, cancel);
    throw Exception(ErrorCode::InvalidInput, "Column \"" + name + "\" cannot be compared: it is the time column.");
}

/// Which columns to read each time; a single empty list: all at once.
std::vector<std::vector<std::string>> readingPasses(const RunSettings &settings, std::uint64_t columnBytes)
{
    const ColumnRoles &roles = settings.roles;
    constexpr std::uint64_t bytesPerNumber = sizeof(double);
    constexpr std::uint64_t usualCell = 4; // bytes with the delimiter, at least
    std::uint64_t plainBytes = 0;
    bool packed = false;
    for (const std::string &path : listLogFiles(settings.path, settings.morePaths).paths) {
        const ByteSource source(path);
        plainBytes += source.fileSize();
        packed = packed || source.packing() != Packing::None || isParquet(path);
    }
    const bool surelyFits = !packed && plainBytes / usualCell * bytesPerNumber <= columnBytes;
    if (!settings.reference.path.empty() || surelyFits)
        return {roles.features};

    const LogPreview head = preview(settings.path, settings.dialect, settings.morePaths);
    const std::uint64_t column = head.estimatedRows * bytesPerNumber;
    const auto isNumber = [&head](const std::string &name) {
        return std::any_of(head.columns.begin(), head.columns.end(), [&name](const PreviewColumn &found) {
            return found.name == name && found.type == ColumnType::Numeric;
        });
    };
    std::vector<std::string> names = roles.features;
    if (names.empty()) {
        for (const PreviewColumn &found : head.columns) {
            if (found.name != roles.time && found.name != roles.target && found.name != roles.segment)
                names.push_back(found.name);
        }
        if (!roles.target.empty())
            names.push_back(roles.target);
    }
    std::uint64_t always = column; // the hashes of the rows, and what is read every time
    for (const std::string *name : {&roles.score, &roles.prediction, &roles.target})
        always += isNumber(*name) ? column : 0;
    std::vector<std::vector<std::string>> passes(1);
    std::uint64_t held = always;
    for (const std::string &name : names) {
        const std::uint64_t more = isNumber(name) ? column : 0;
        if (!passes.back().empty() && held + more > columnBytes) {
            passes.emplace_back();
            held = always;
        }
        held += more;
        passes.back().push_back(name);
    }
    if (passes.size() == 1)
        return {roles.features};
    return passes;
}

/// ComparedColumn and DriftColumn as they are kept: of the statistics, the values of those that apply.
struct KeptPair
{
    std::uint64_t referenceRows = 0;
    std::uint64_t currentRows = 0;
    std::uint64_t referenceMissing = 0;
    std::uint64_t currentMissing = 0;
    std::vector<double> values;
};
BOOST_DESCRIBE_STRUCT(KeptPair, (), (referenceRows, currentRows, referenceMissing, currentMissing, values))

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
        KeptPair pair{period.referenceRows, period.currentRows, period.referenceMissing, period.currentMissing, {}};
        for (const StatisticValue &statistic : period.statistics)
            pair.values.push_back(statistic.value);
        kept.periods.push_back(std::move(pair));
    }
    return kept;
}

DriftColumn columnOf(const std::string &name, const KeptDrift &kept)
{
    DriftColumn column{name, kept.type, kept.referenceRows, kept.referenceMissing, {}};
    for (const KeptPair &pair : kept.periods) {
        ComparedColumn period{
            name, kept.type, pair.referenceRows, pair.currentRows, pair.referenceMissing, pair.currentMissing, {}};
        auto value = pair.values.begin();
        for (const DriftMetric &metric : driftMetrics()) {
            if (metric.appliesTo(kept.type) && value != pair.values.end())
                period.statistics.push_back({metric.key, *value++});
        }
        column.periods.push_back(std::move(period));
    }
    return column;
}

void compareColumns(DriftReport &report, const LogSelection &selection, const std::vector<std::string> &names,
                    BinRule rule, const KeptResults &kept, unsigned threads, const CancelToken &cancel)
{
    const json::object question{{"drift", static_cast<int>(rule)}};
    using KeptColumns = std::map<std::string, KeptDrift>;
    KeptColumns known = kept.recall<KeptColumns>(question).value_or(KeptColumns());
    const std::size_t at = report.columns.size();
    report.columns.resize(at + names.size());
    parallelFor(names.size(), threads, [&](std::size_t i) {
        cancel.throwIfCancelled();
        const auto found = known.find(names[i]);
        report.columns[at + i] =
            found != known.end() ? columnOf(names[i], found->second) : compareColumn(selection, names[i], rule, cancel);
    });
    const std::size_t knew = known.size();
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (!known.contains(names[i]))
            known.emplace(names[i], keptOf(report.columns[at + i]));
    }
    if (known.size() > knew)
        kept.keep(question, known);
}

} // namespace

std::vector<ComparedColumn> compareLogs(const CompareRequest &request, const CancelToken &cancel,
                                        const RunOptions &options)
{
    RunSettings settings;
    settings.path = request.currentPath;
    settings.reference.path = request.referencePath;
    settings.dialect = request.dialect;
    settings.period = PeriodKind::Rows;
    settings.rowsPerPeriod = noGroup;
    settings.roles.features = request.columns;
    for (const auto &[name, type] : request.types)
        (type == ColumnType::Numeric ? settings.roles.numeric : settings.roles.categorical).insert(name);
    const LogSelection selection(settings, options, cancel, {});

    std::vector<std::string> names = selection.features();
    if (names.empty())
        throw Exception(ErrorCode::InvalidInput, "The two files have no column in common.",
                        "Compare files with the same header.");
    std::vector<ComparedColumn> results(names.size());
    parallelFor(names.size(), threadCount(options.threads), [&](std::size_t i) {
        cancel.throwIfCancelled();
        results[i] = std::move(compareColumn(selection, names[i], request.bins, cancel).periods.front());
    });
    return results;
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
    if (request.sql)
        return driftInDatabase(request, cancel, options);
    if (isProfileLog(request.path, request.morePaths, request.dialect, cancel))
        return driftOfProfile(
            request, readProfile(request.path, request.morePaths, request.dialect, options.threads, cancel, {}));
    RunSettings settings = settingsOf(request);
    const unsigned threads = threadCount(options.threads);

    DriftReport report;
    SelectionHashes hashes;
    DescribedPeriods described;
    const auto passes = readingPasses(settings, options.columnBytes);
    RunOptions reading = options;
    if (passes.size() > 1) // each holds some columns only
        reading.cacheFolder.clear();
    for (const auto &features : passes) {
        const bool first = &features == &passes.front();
        const bool last = &features == &passes.back();
        settings.roles.features = features;
        const LogSelection selection(settings, reading, cancel, {});
        std::vector<std::string> names = selection.features();
        if (features.empty() && !request.roles.target.empty())
            names.push_back(request.roles.target);
        const KeptResults kept(selection, settings);
        compareColumns(report, selection, names, request.bins, kept, threads, cancel);
        if (first) {
            described = describePeriods(selection, settings, kept, threads, cancel);
            report.remarks = selection.remarks();
        }
        if (passes.size() == 1) {
            countDuplicateRows(described, selection, kept, threads, cancel);
            continue;
        }
        hashes.add(selection, threads, cancel);
        if (last)
            hashes.countDuplicates(described, selection, threads, cancel);
    }
    report.comparesYears = request.reference.samePeriodLastYear;
    report.reference = std::move(described.reference);
    report.periods = std::move(described.periods);
    report.remarks.insert(report.remarks.end(), described.remarks.begin(), described.remarks.end());
    evaluateOutcomes(report.reference, report.periods, settings);
    return report;
}

} // namespace countersign
