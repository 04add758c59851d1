// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/sql/sqlrun.h"

#include "core/monitoring/dataquality.h"
#include "core/monitoring/describedperiods.h"
#include "core/monitoring/evaluation.h"
#include "core/monitoring/runparts.h"
#include "core/monitoring/sql/sqlcolumns.h"
#include "core/monitoring/sql/sqlfairness.h"
#include "core/monitoring/sql/sqloutcomes.h"
#include "core/stats/undefined.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace countersign {

namespace {

/// Different texts of a column, on both sides together, that are fetched for a comparison of all of them.
constexpr std::uint64_t mostTexts = mostDifferentTexts; // as of a file

/// `all`: the log of all segments, where `log` is of one.
void measureNumbers(FeatureResult &feature, const SqlLog &log, const SqlLog *all, std::uint64_t &infinite)
{
    feature.type = ColumnType::Numeric;
    SqlNumericColumn column = countNumbers(log, feature.name, BinRule::DecilesInRange);
    infinite = column.infinite;
    feature.bins = std::move(column.bins);
    feature.referenceCounts = std::move(column.referenceCounts);
    feature.referenceMissing = column.referenceMissing;
    for (std::size_t i = 0; i < feature.periods.size(); ++i) {
        feature.periods[i].counts = std::move(column.periods[i].counts);
        feature.periods[i].missing = column.periods[i].missing;
        feature.periods[i].ks = column.periods[i].ks;
        if (std::isfinite(column.periods[i].wasserstein))
            feature.periods[i].wasserstein = WassersteinEvidence{column.periods[i].wasserstein, {}};
    }
    if (all == nullptr)
        return;
    SqlNumericColumn shared =
        countNumbersIn(log, feature.name, freezeBins(*all, feature.name, BinRule::DecilesInRange));
    feature.shared = SharedCounts{std::move(shared.bins), std::move(shared.referenceCounts), {}};
    for (SqlNumericGroup &period : shared.periods)
        feature.shared->periods.push_back(std::move(period.counts));
}

/// In the order of Bins::categories, then others, special values and missing.
std::vector<std::uint64_t> countsOf(const SqlCategoryGroup &group, const Bins &bins)
{
    std::vector<std::uint64_t> counts;
    const auto add = [&](const std::string &text) {
        const auto found = group.counts.find(text);
        counts.push_back(found == group.counts.end() ? 0 : found->second);
    };
    std::for_each(bins.categories.begin(), bins.categories.end(), add);
    counts.push_back(group.others);
    std::for_each(bins.special.begin(), bins.special.end(), add);
    counts.push_back(group.missing);
    return counts;
}

/// As SharedCounts are, in the bins of the categories of some reference.
SharedCounts countTextsIn(const SqlLog &log, const std::string &column, std::vector<std::string> categories)
{
    SharedCounts counts;
    counts.bins = categoryBins(categories, log.special(column).texts());
    const SqlCategoricalColumn texts = countCategoriesIn(log, column, std::move(categories));
    counts.reference = countsOf(texts.reference, counts.bins);
    for (const SqlCategoryGroup &period : texts.periods)
        counts.periods.push_back(countsOf(period, counts.bins));
    return counts;
}

void measureTexts(FeatureResult &feature, const SqlLog &log, const SqlLog *all)
{
    feature.type = ColumnType::Categorical;
    if (auto ofAll = all == nullptr ? std::nullopt : referenceCategories(*all, feature.name, mostCategories))
        feature.shared = countTextsIn(log, feature.name, std::move(*ofAll));
    auto categories = referenceCategories(log, feature.name, mostCategories);
    if (!categories) {
        const auto missing = countMissingTexts(log, feature.name);
        feature.referenceMissing = missing.back();
        for (std::size_t i = 0; i < feature.periods.size(); ++i)
            feature.periods[i].missing = missing[i];
        return;
    }
    SharedCounts counts = countTextsIn(log, feature.name, std::move(*categories));
    feature.bins = std::move(counts.bins);
    feature.referenceMissing = counts.reference.back();
    feature.referenceCounts = std::move(counts.reference);
    for (std::size_t i = 0; i < feature.periods.size(); ++i) {
        feature.periods[i].missing = counts.periods[i].back();
        feature.periods[i].counts = std::move(counts.periods[i]);
    }
}

FeatureResult measureFeature(const SqlLog &log, const SqlLog *all, const RunSettings &settings, const std::string &name,
                             std::vector<std::string> &warnings)
{
    FeatureResult feature;
    feature.name = name;
    feature.isScore = name == settings.roles.score || name == settings.roles.prediction;
    feature.referenceRows = log.reference().rows;
    feature.periods.resize(log.periods().size());
    for (std::size_t i = 0; i < feature.periods.size(); ++i)
        feature.periods[i].n = log.periods()[i].rows;
    std::uint64_t infinite = 0;
    if (log.kindOf(name) == CellKind::Number)
        measureNumbers(feature, log, all, infinite);
    else
        measureTexts(feature, log, all);
    if (const std::string warning = featureWarning(feature, infinite); !warning.empty())
        warnings.push_back(warning);
    return feature;
}

template <class Described>
void describeGroup(Described &described, const SqlGroup &group, GroupOutcome &outcome)
{
    described.label = group.info.label;
    described.from = group.info.from;
    described.to = group.info.to;
    described.rows = group.rows;
    described.labelledRows = outcome.labelledRows;
    described.performance = std::move(outcome.performance);
}

/// As the function of the same name for selections.
DescribedPeriods describePeriods(const SqlLog &log, const OutcomePlan &plan, const RunSettings &settings)
{
    DescribedPeriods described;
    MeasuredOutcomes outcomes = measureOutcomes(log, plan, settings.decision.threshold);
    const std::string remark = measureRatingGrades(outcomes, log, plan, settings.roles);
    MeasuredFairness fairness = measureFairness(log, plan, settings.roles, settings.decision);
    const std::vector<std::uint64_t> duplicates = log.duplicates();
    describeGroup(described.reference, log.reference(), outcomes.reference);
    described.reference.fairness = std::move(fairness.reference);
    described.reference.quality.duplicateRows = duplicates.back();
    expectRows(described.reference.quality, log.referencePeriodRows());
    for (std::size_t i = 0; i < log.periods().size(); ++i) {
        RunPeriod period;
        describeGroup(period, log.periods()[i], outcomes.periods[i]);
        period.inReference = log.periods()[i].inReference;
        period.comparedWith = log.comparedWith(i);
        period.fairness = std::move(fairness.periods[i]);
        period.quality.duplicateRows = duplicates[i];
        described.periods.push_back(std::move(period));
    }
    described.remarks = std::move(fairness.remarks);
    if (!remark.empty())
        described.remarks.push_back(remark);
    return described;
}

/// One side of a comparison.
struct CountedSide
{
    std::vector<std::uint64_t> counts; ///< the last counts the missing
    std::uint64_t rows = 0;
    /// Neither missing nor special.
    [[nodiscard]] std::uint64_t values(std::size_t special) const
    {
        return rows -
               std::accumulate(counts.end() - static_cast<std::ptrdiff_t>(special + 1), counts.end(), std::uint64_t{0});
    }
};

/// One column, every period against the reference or its own period a year before.
struct CountedColumn
{
    CountedSide reference;
    std::vector<CountedSide> periods;
    std::vector<SqlNumericGroup> distances; ///< of numbers
    std::vector<std::uint64_t> outside;     ///< of numbers
};

DriftColumn compared(const SqlLog &log, const std::string &name, ColumnType type, const CountedColumn &column)
{
    DriftColumn result{name, type, column.reference.rows, column.reference.counts.back(), {}};
    const SpecialValues special = log.special(name);
    const CountedSide none{std::vector<std::uint64_t>(column.reference.counts.size(), 0), 0};
    for (std::size_t i = 0; i < column.periods.size(); ++i) {
        const auto own = log.comparedWith(i);
        const CountedSide &before = own ? column.periods[*own] : log.comparesYears() ? none : column.reference;
        const CountedSide &now = column.periods[i];
        ColumnPair pair = categoricalPair(before.counts, now.counts, special.size());
        if (type == ColumnType::Numeric) {
            pair = {type, before.values(special.size()), now.values(special.size()), before.counts, now.counts};
            pair.special = special.size();
            const auto &ks = column.distances[i].ks;
            pair.ks.statistic =
                ks ? ksStatistic(ks->referenceAtOrBelow, ks->n, ks->currentAtOrBelow, ks->m) : undefined;
            pair.wasserstein = column.distances[i].wasserstein;
            pair.outside = column.outside[i];
        }
        result.periods.push_back({name, type, before.rows, now.rows, before.counts.back(), now.counts.back(),
                                  statisticsOf(pair, MetricExtent::Usual),
                                  specialCounts(special.texts(), before.counts, now.counts)});
    }
    return result;
}

DriftColumn compareNumbers(const SqlLog &log, const std::string &name, BinRule rule)
{
    SqlNumericColumn numbers = countNumbers(log, name, rule);
    CountedColumn column{{std::move(numbers.referenceCounts), log.reference().rows},
                         {},
                         std::move(numbers.periods),
                         countOutside(log, name)};
    for (std::size_t i = 0; i < column.distances.size(); ++i)
        column.periods.push_back({column.distances[i].counts, log.periods()[i].rows});
    return compared(log, name, ColumnType::Numeric, column);
}

/// Over the categories of both sides. Nothing where there are too many.
std::optional<DriftColumn> compareTexts(const SqlLog &log, const std::string &name)
{
    const auto texts = countAllCategories(log, name, mostTexts);
    if (!texts)
        return std::nullopt;
    std::vector<std::string> categories;
    for (const SqlCategoryGroup &period : texts->periods) {
        for (const auto &[category, count] : period.counts)
            categories.push_back(category);
    }
    for (const auto &[category, count] : texts->reference.counts)
        categories.push_back(category);
    std::sort(categories.begin(), categories.end());
    categories.erase(std::unique(categories.begin(), categories.end()), categories.end());
    const SpecialValues special = log.special(name);
    const Bins bins = categoryBins(withoutSpecial(std::move(categories), special), special.texts());
    const auto spread = [&bins](const SqlCategoryGroup &group) {
        std::vector<std::uint64_t> counts = countsOf(group, bins);
        counts.erase(counts.begin() + static_cast<std::ptrdiff_t>(bins.categories.size())); // there are no others
        return counts;
    };
    CountedColumn column{{spread(texts->reference), log.reference().rows}, {}, {}, {}};
    for (std::size_t i = 0; i < texts->periods.size(); ++i)
        column.periods.push_back({spread(texts->periods[i]), log.periods()[i].rows});
    return compared(log, name, ColumnType::Categorical, column);
}

} // namespace

RunResult runInDatabase(const RunSettings &settings, const CancelToken &cancel, const Progress &progress,
                        const RunOptions &options)
{
    const SqlLog log(settings, options.databasePassword, cancel);
    std::optional<SqlLog> all;
    if (!settings.roles.segment.empty() && settings.segmentValue) {
        RunSettings ofAll = settings;
        ofAll.segmentValue.reset();
        all.emplace(ofAll, options.databasePassword, cancel);
    }
    RunResult result;
    result.sourceName = log.name();
    result.columns = log.columns().size();
    result.engineVersion = monitoringEngineVersion;
    result.definitions = runDefinitions();
    result.settings = settings;
    result.warnings = log.remarks();
    std::vector<std::string> names = log.features(settings.roles, result.warnings);
    for (const std::string *role : {&settings.roles.score, &settings.roles.prediction}) {
        if (!role->empty() && std::find(names.begin(), names.end(), *role) == names.end())
            names.push_back(*role);
    }
    const OutcomePlan plan = planOutcome(log, settings.roles);
    for (const std::string &remark : {plan.remark, leftOutInDatabases(plan)}) {
        if (!remark.empty())
            result.warnings.push_back(remark);
    }
    for (const std::string &name : names) {
        report(progress, "Counting in the database", result.features.size(), names.size());
        result.features.push_back(measureFeature(log, all ? &*all : nullptr, settings, name, result.warnings));
    }
    setImportance(result);
    DescribedPeriods described = describePeriods(log, plan, settings);
    result.reference = std::move(described.reference);
    result.periods = std::move(described.periods);
    result.warnings.insert(result.warnings.end(), described.remarks.begin(), described.remarks.end());
    for (const RunPeriod &period : result.periods)
        result.rows += period.rows;
    evaluate(result);
    result.sources.push_back({log.name(), {}, result.rows, {}});
    return result;
}

DriftReport driftInDatabase(const DriftRequest &request, const CancelToken &cancel, const RunOptions &options)
{
    const RunSettings settings = settingsOf(request);
    const SqlLog log(settings, options.databasePassword, cancel);
    DriftReport result;
    result.remarks = log.remarks();
    std::vector<std::string> names = log.features(request.roles, result.remarks);
    if (request.roles.features.empty() && !request.roles.target.empty())
        names.push_back(request.roles.target);
    for (const std::string &name : names) {
        if (log.kindOf(name) == CellKind::Number)
            result.columns.push_back(compareNumbers(log, name, request.bins));
        else if (auto column = compareTexts(log, name))
            result.columns.push_back(std::move(*column));
        else
            result.remarks.push_back("Column \"" + name + "\" holds more than " + std::to_string(mostTexts) +
                                     " different texts and is left out.");
    }
    const OutcomePlan plan = planOutcome(log, request.roles);
    for (const std::string &remark : {plan.remark, leftOutInDatabases(plan)}) {
        if (!remark.empty())
            result.remarks.push_back(remark);
    }
    setDescribed(result, describePeriods(log, plan, settings), settings);
    return result;
}

} // namespace countersign
