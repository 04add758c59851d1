// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/csv.h"
#include "core/base/decimal.h"
#include "core/base/error.h"
#include "core/monitoring/bins.h"
#include "core/monitoring/comparison.h"
#include "core/monitoring/evaluation.h"
#include "core/monitoring/profile/profile.h"
#include "core/monitoring/runparts.h"
#include "core/stats/undefined.h"

#include <algorithm>
#include <numeric>

namespace countersign {

namespace {

constexpr const char *needsRows = "This is a profile: counts by bin, without rows. KS, Wasserstein, performance, "
                                  "fairness and duplicates need rows and are left out.";

/// Which counts the periods are compared with.
struct ProfileReference
{
    std::string label;
    std::vector<bool> holds; ///< by row of ProfileColumn::counts
    std::vector<std::optional<std::size_t>> comparedWith;
    bool comparesYears = false;
    std::vector<std::string> remarks;
};

[[noreturn]] void refuse(const std::string &what, const std::string &remedy)
{
    throw Exception(ErrorCode::InvalidInput, what, remedy);
}

/// By the first day of the period.
bool within(const PeriodInfo &period, const ReferenceChoice &choice)
{
    return period.from && (!choice.from || *period.from >= *choice.from) && *period.to <= *choice.until;
}

ProfileReference chooseReference(const Profile &profile, const ReferenceChoice &choice)
{
    const std::size_t periods = profile.periods.size();
    ProfileReference reference;
    reference.holds.assign(periods + (profile.referenceLabel ? 1 : 0), false);
    reference.comparedWith.resize(periods);
    const bool calendar = profile.kind != PeriodKind::Rows;
    if (!choice.path.empty())
        refuse("The reference of a profile is part of it.",
               "Add the reference's counts to the profile, as the period \"reference\".");
    if ((choice.until || choice.samePeriodLastYear) && !calendar)
        refuse("The periods of " + profile.log.fileName + " are no calendar periods of one kind.",
               "Write them as 2015, 2015-07, 2015-W27 or 2015-07-01, or choose the first periods.");
    if (choice.until) {
        for (std::size_t i = 0; i < periods; ++i)
            reference.holds[i] = within(profile.periods[i], choice);
        reference.label = choice.from ? toString(*choice.from) + " to " + toString(*choice.until)
                                      : "up to " + toString(*choice.until);
    } else if (choice.samePeriodLastYear) {
        reference.comparesYears = true;
        reference.label = "same period last year";
        reference.comparedWith = periodsAYearBefore(profile.periods, profile.kind);
        if (const auto remark = remarkOnYears(reference.comparedWith); !remark.empty())
            reference.remarks.push_back(remark);
        std::fill_n(reference.holds.begin(), periodsOfFirstYear(profile.periods, profile.kind), true);
    } else if (profile.referenceLabel && choice.firstPeriods == 0) {
        reference.holds.back() = true;
        reference.label = *profile.referenceLabel;
    } else {
        const auto first = static_cast<std::size_t>(std::max<std::uint64_t>(1, choice.firstPeriods));
        for (std::size_t i = 0; i < std::min(first, periods); ++i)
            reference.holds[i] = true;
        reference.label = first == 1 ? "first period" : "first " + std::to_string(first) + " periods";
    }
    if (std::none_of(reference.holds.begin(), reference.holds.end(), [](bool held) { return held; }))
        refuse("No period of " + profile.log.fileName + " lies " + reference.label + ".", "Choose another reference.");
    return reference;
}

std::uint64_t sumOf(Counts counts)
{
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

std::vector<std::uint64_t> referenceCounts(const ProfileColumn &column, const ProfileReference &reference)
{
    std::vector<std::uint64_t> counts(column.counts.front().size(), 0);
    for (std::size_t row = 0; row < column.counts.size(); ++row) {
        if (reference.holds[row])
            std::transform(counts.begin(), counts.end(), column.counts[row].begin(), counts.begin(), std::plus<>());
    }
    return counts;
}

/// Where the reference has nothing in the open bins at both ends, what lies between them is its range.
Bins numericBinsOf(const ProfileColumn &column, Counts reference)
{
    const std::vector<double> &edges = column.edges;
    const bool ranged = edges.size() >= 2 && reference.front() == 0 && reference[edges.size()] == 0;
    if (!ranged)
        return binsBetween(edges, {}, {}, column.special);
    return binsBetween({edges.begin() + 1, edges.end() - 1}, edges.front(), edges.back(), column.special);
}

/// Counts of all categories to those of the bins.
std::vector<std::uint64_t> binned(const Bins &bins, const ProfileColumn &column, Counts counts)
{
    std::vector<std::string> texts = column.categories;
    texts.insert(texts.end(), column.special.begin(), column.special.end());
    return CategoryPlaces(bins, texts).count(counts.first(texts.size()), counts.back());
}

FeatureResult featureOf(const ProfileColumn &column, const ProfileReference &reference, const RunSettings &settings,
                        std::size_t periods)
{
    FeatureResult feature;
    feature.name = column.name;
    feature.type = column.type;
    feature.isScore = column.name == settings.roles.score || column.name == settings.roles.prediction;
    const auto before = referenceCounts(column, reference);
    feature.referenceRows = sumOf(before);
    feature.referenceMissing = before.back();
    feature.periods.resize(periods);
    for (std::size_t i = 0; i < periods; ++i) {
        feature.periods[i].n = sumOf(column.counts[i]);
        feature.periods[i].missing = column.counts[i].back();
    }
    if (column.type == ColumnType::Numeric) {
        feature.bins = numericBinsOf(column, before);
        feature.referenceCounts = before;
        for (std::size_t i = 0; i < periods; ++i)
            feature.periods[i].counts = column.counts[i];
        return feature;
    }
    std::vector<std::string> present;
    for (std::size_t i = 0; i < column.categories.size(); ++i) {
        if (before[i] > 0)
            present.push_back(column.categories[i]);
    }
    if (present.size() > mostCategories)
        return feature;
    feature.bins = categoryBins(std::move(present), column.special);
    feature.referenceCounts = binned(feature.bins, column, before);
    for (std::size_t i = 0; i < periods; ++i)
        feature.periods[i].counts = binned(feature.bins, column, column.counts[i]);
    return feature;
}

/// Of the column with the most: all should have the same.
std::uint64_t rowsOf(const Profile &profile, std::size_t row)
{
    std::uint64_t rows = 0;
    for (const ProfileColumn &column : profile.columns)
        rows = std::max(rows, sumOf(column.counts[row]));
    return rows;
}

void describe(ReferenceResult &described, std::vector<RunPeriod> &periods, const Profile &profile,
              const ProfileReference &reference)
{
    described.label = reference.label;
    for (std::size_t i = 0; i < profile.periods.size(); ++i) {
        const PeriodInfo &period = profile.periods[i];
        RunPeriod &added = periods.emplace_back();
        added.label = period.label;
        added.from = period.from;
        added.to = period.to;
        added.rows = rowsOf(profile, i);
        added.inReference = reference.holds[i];
        added.comparedWith = reference.comparedWith[i];
        if (!reference.holds[i])
            continue;
        described.rows += added.rows;
        if (period.from && (!described.from || *period.from < *described.from))
            described.from = period.from;
        if (period.to && (!described.to || *period.to > *described.to))
            described.to = period.to;
    }
    if (reference.holds.size() > profile.periods.size() && reference.holds.back())
        described.rows += rowsOf(profile, reference.holds.size() - 1);
}

std::vector<const ProfileColumn *> chosenColumns(const Profile &profile, const ColumnRoles &roles)
{
    std::vector<const ProfileColumn *> chosen;
    for (const std::string &name : roles.features) {
        const auto found = std::find_if(profile.columns.begin(), profile.columns.end(),
                                        [&name](const ProfileColumn &column) { return column.name == name; });
        if (found == profile.columns.end())
            refuse(profile.log.fileName + " has no counts of column \"" + name + "\".", "Choose a column that it has.");
        chosen.push_back(&*found);
    }
    if (chosen.empty()) {
        for (const ProfileColumn &column : profile.columns)
            chosen.push_back(&column);
    }
    return chosen;
}

void refuseRows(const ColumnRoles &roles, const std::optional<std::string> &segmentValue)
{
    if (segmentValue)
        refuse("A profile has no segments: it counts rows by bin.", "Choose no segment, or make a profile of it.");
    if (!roles.target.empty() || !roles.groups.empty())
        refuse("A profile has no outcomes and groups of people: it counts rows by bin.",
               "Choose no target and no groups.");
    if (!roles.special.empty())
        refuse("A profile tells its special values itself: it counts rows by bin.",
               "Declare them where the profile is made, or write them as the category \"(special) -999\".");
}

} // namespace

RunResult runOnProfile(const RunSettings &settings, const Profile &profile)
{
    refuseRows(settings.roles, settings.segmentValue);
    const ProfileReference reference = chooseReference(profile, settings.reference);
    RunResult result;
    result.columns = profile.columns.size();
    result.engineVersion = monitoringEngineVersion;
    result.definitions = runDefinitions();
    result.settings = settings;
    result.settings.period = profile.kind;
    result.warnings = profile.log.remarks;
    result.warnings.emplace_back(needsRows);
    result.warnings.insert(result.warnings.end(), reference.remarks.begin(), reference.remarks.end());
    for (const ProfileColumn *column : chosenColumns(profile, settings.roles)) {
        result.features.push_back(featureOf(*column, reference, settings, profile.periods.size()));
        if (const auto warning = featureWarning(result.features.back(), 0); !warning.empty())
            result.warnings.push_back(warning);
    }
    setImportance(result);
    describe(result.reference, result.periods, profile, reference);
    for (const RunPeriod &period : result.periods)
        result.rows += period.rows;
    evaluate(result);
    return result;
}

DriftReport driftOfProfile(const DriftRequest &request, const Profile &profile)
{
    refuseRows(request.roles, request.segmentValue);
    const ProfileReference reference = chooseReference(profile, request.reference);
    DriftReport report;
    report.comparesYears = reference.comparesYears;
    report.remarks = profile.log.remarks;
    report.remarks.emplace_back(needsRows);
    report.remarks.insert(report.remarks.end(), reference.remarks.begin(), reference.remarks.end());
    describe(report.reference, report.periods, profile, reference);
    for (const ProfileColumn *column : chosenColumns(profile, request.roles)) {
        const auto shared = referenceCounts(*column, reference);
        const std::vector<std::uint64_t> none(shared.size(), 0);
        DriftColumn compared{column->name, column->type, sumOf(shared), shared.back(), {}};
        for (std::size_t i = 0; i < profile.periods.size(); ++i) {
            const auto own = reference.comparedWith[i];
            const auto &before = own ? column->counts[*own] : reference.comparesYears ? none : shared;
            const auto &now = column->counts[i];
            const std::size_t special = column->special.size();
            ColumnPair pair = categoricalPair(before, now, special);
            if (column->type == ColumnType::Numeric) {
                const std::size_t bins = column->edges.size() + 1;
                pair = {column->type, sumOf(Counts(before).first(bins)), sumOf(Counts(now).first(bins)), before, now};
                pair.special = special;
                pair.ks.statistic = undefined;
                pair.wasserstein = undefined;
                pair.outside = now.front() + now[column->edges.size()];
                if (!numericBinsOf(*column, before).minimum)
                    pair.referenceValues = 0; // the range is not known
            }
            compared.periods.push_back({column->name, column->type, sumOf(before), sumOf(now), before.back(),
                                        now.back(), statisticsOf(pair, MetricExtent::Usual),
                                        specialCounts(column->special, before, now)});
        }
        report.columns.push_back(std::move(compared));
    }
    return report;
}

namespace {

/// Lines of one column and period.
void writeCounts(std::string &csv, const FeatureResult &feature, const std::string &period,
                 const std::vector<std::uint64_t> &counts, bool isReference = false)
{
    const auto line = [&](const std::string &low, const std::string &high, const std::string &category,
                          std::uint64_t count, bool always = false) {
        if (count > 0 || always) // bounds are numbers, and no formulas though they begin with a minus
            csv += csvCell(feature.name) + ',' + csvCell(period) + ',' + low + ',' + high + ',' + csvCell(category) +
                   ',' + std::to_string(count) + "\r\n";
    };
    if (feature.type == ColumnType::Categorical) {
        for (std::size_t i = 0; i < feature.bins.categories.size(); ++i)
            line({}, {}, feature.bins.categories[i], counts[i]);
        line({}, {}, "(other)", counts[feature.bins.firstApart(counts.size()) - 1]);
    } else {
        std::vector<double> edges = feature.bins.edges;
        if (feature.bins.minimum)
            edges.insert(edges.begin(), *feature.bins.minimum);
        if (feature.bins.maximum)
            edges.push_back(*feature.bins.maximum);
        for (std::size_t i = 0; i <= edges.size(); ++i)
            line(i == 0 ? "" : decimalFromDouble(edges[i - 1]), i == edges.size() ? "" : decimalFromDouble(edges[i]),
                 {}, counts[i], isReference && i > 0 && i < edges.size()); // a bin left out would be a gap
    }
    for (std::size_t i = 0; i < feature.bins.special.size(); ++i)
        line({}, {}, std::string(profileSpecialPrefix) + feature.bins.special[i],
             counts[feature.bins.firstApart(counts.size()) + i]);
    line({}, {}, {}, counts.back());
}

} // namespace

std::string profileOf(const RunResult &run)
{
    std::string csv = csvLine({"column", "period", "low", "high", "category", "count"});
    for (const FeatureResult &feature : run.features) {
        if (feature.bins.labels.empty())
            continue;
        writeCounts(csv, feature, "reference", feature.referenceCounts, true);
        for (std::size_t i = 0; i < feature.periods.size(); ++i)
            writeCounts(csv, feature, run.periods[i].label, feature.periods[i].counts);
    }
    return csv;
}

} // namespace countersign
