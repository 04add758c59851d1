// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/comparison.h"

#include "core/base/error.h"
#include "core/monitoring/driftmetrics.h"
#include "core/monitoring/logselection.h"
#include "core/monitoring/parallel.h"
#include "core/monitoring/samples.h"

#include <algorithm>
#include <numeric>

namespace countersign {

namespace {

std::vector<StatisticValue> statisticsOf(const ColumnPair &pair)
{
    std::vector<StatisticValue> values;
    for (const DriftMetric &metric : driftMetrics()) {
        if (metric.appliesTo(pair.type))
            values.push_back({metric.key, metric.compute(pair)});
    }
    return values;
}

/// One column of two tables, prepared once for the reference and compared with any number of groups.
std::vector<ComparedColumn> compareNumeric(const LogColumn &referenceColumn, const RowGroups &reference,
                                           const LogColumn &column, const RowGroups &groups, BinRule rule)
{
    const NumericSamples before(referenceColumn, reference);
    const NumericSamples after(column, groups);
    const Bins bins = numericBins(before.sorted(0), rule);
    const auto referenceCounts = countNumeric(bins, before.sorted(0), before.missing(0));
    std::vector<ComparedColumn> results;
    for (std::size_t group = 0; group < groups.rows.size(); ++group) {
        const auto counts = countNumeric(bins, after.sorted(group), after.missing(group));
        const ColumnPair pair = numericPair(before.sorted(0), after.sorted(group), referenceCounts, counts);
        results.push_back({column.name, ColumnType::Numeric, reference.rows[0], groups.rows[group], before.missing(0),
                           after.missing(group), statisticsOf(pair)});
    }
    return results;
}

/// Over the union of the categories of both sides.
std::vector<ComparedColumn> compareCategories(const LogColumn &referenceColumn, const RowGroups &reference,
                                              const LogColumn &column, const RowGroups &groups)
{
    const CategoryCounts before(referenceColumn, reference);
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
    std::vector<ComparedColumn> results;
    for (std::size_t group = 0; group < groups.rows.size(); ++group) {
        const auto counts = spread(column.categories, after.counts(group), after.missing(group));
        results.push_back({column.name, ColumnType::Categorical, reference.rows[0], groups.rows[group],
                           before.missing(0), after.missing(group),
                           statisticsOf(categoricalPair(referenceCounts, counts))});
    }
    return results;
}

std::vector<ComparedColumn> compareColumn(const LogTable &referenceLog, const RowGroups &reference, const LogTable &log,
                                          const RowGroups &groups, const std::string &name, BinRule rule)
{
    const LogColumn &before = referenceLog.column(name);
    const LogColumn &after = log.column(name);
    if (before.kind == CellKind::Number && after.kind == CellKind::Number)
        return compareNumeric(before, reference, after, groups, rule);
    if (before.kind == CellKind::Category && after.kind == CellKind::Category)
        return compareCategories(before, reference, after, groups);
    throw Exception(ErrorCode::InvalidInput, "Column \"" + name + "\" cannot be compared: it is the time column.");
}

} // namespace

std::vector<ComparedColumn> compareLogs(const CompareRequest &request, const CancelToken &cancel,
                                        const RunOptions &options)
{
    RunSettings settings;
    settings.path = request.currentPath;
    settings.reference.path = request.referencePath;
    settings.period = PeriodKind::Rows;
    settings.rowsPerPeriod = noGroup;
    settings.roles.features = request.columns;
    for (const auto &[name, type] : request.types)
        (type == ColumnType::Numeric ? settings.roles.numeric : settings.roles.categorical).insert(name);
    const LogSelection selection(settings, options.threads, cancel, {});

    std::vector<std::string> names = selection.features();
    if (names.empty())
        throw Exception(ErrorCode::InvalidInput, "The two files have no column in common.",
                        "Compare files with the same header.");
    std::vector<ComparedColumn> results(names.size());
    parallelFor(names.size(), threadCount(options.threads), [&](std::size_t i) {
        cancel.throwIfCancelled();
        results[i] = std::move(compareColumn(selection.referenceLog(), selection.reference(), selection.log(),
                                             selection.periods().groups, names[i], request.bins)
                                   .front());
    });
    return results;
}

DriftReport driftOverTime(const DriftRequest &request, const CancelToken &cancel, const RunOptions &options)
{
    RunSettings settings;
    settings.path = request.path;
    settings.roles = request.roles;
    settings.period = request.period;
    settings.rowsPerPeriod = request.rowsPerPeriod;
    settings.reference = request.reference;
    settings.segmentValue = request.segmentValue;
    const LogSelection selection(settings, options.threads, cancel, {});
    const unsigned threads = threadCount(options.threads);
    const auto &periods = selection.periods();

    DriftReport report;
    report.remarks = selection.remarks();
    std::vector<std::string> names = selection.features();
    if (request.roles.features.empty() && !request.roles.target.empty())
        names.push_back(request.roles.target);
    report.columns.resize(names.size());
    parallelFor(names.size(), threads, [&](std::size_t i) {
        cancel.throwIfCancelled();
        DriftColumn &column = report.columns[i];
        column.name = names[i];
        column.periods = compareColumn(selection.referenceLog(), selection.reference(), selection.log(), periods.groups,
                                       names[i], request.bins);
        column.type = column.periods.front().type;
    });

    const auto outcomes = measureOutcome(selection.log(), periods.groups, selection.outcome(), threads);
    const auto before = measureOutcome(selection.referenceLog(), selection.reference(), selection.outcome(), threads);
    const PeriodInfo &span = selection.referenceSpan();
    report.reference = {selection.referenceLabel(),
                        span.from,
                        span.to,
                        selection.reference().rows[0],
                        before[0].labelledRows,
                        performanceOf(before[0].auc, before[0].error)};
    for (std::size_t i = 0; i < periods.info.size(); ++i) {
        const PeriodInfo &info = periods.info[i];
        report.periods.push_back({info.label, info.from, info.to, periods.groups.rows[i], outcomes[i].labelledRows,
                                  performanceOf(outcomes[i].auc, outcomes[i].error)});
    }
    return report;
}

} // namespace countersign
