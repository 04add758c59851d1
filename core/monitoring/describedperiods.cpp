// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/describedperiods.h"

#include "core/monitoring/comparison.h"
#include "core/monitoring/dataquality.h"
#include "core/monitoring/evaluation.h"
#include "core/monitoring/fairnessmeasure.h"
#include "core/monitoring/outcomemeasure.h"
#include "core/monitoring/ratinggrades.h"
#include "core/monitoring/rowhashes.h"

namespace countersign {

namespace {

void describeReference(ReferenceResult &reference, const LogSelection &selection, GroupOutcome &outcome)
{
    const PeriodInfo &span = selection.referenceSpan();
    reference.label = selection.referenceLabel();
    reference.rows = selection.reference().rows[0];
    reference.from = span.from;
    reference.to = span.to;
    reference.labelledRows = outcome.labelledRows;
    reference.performance = std::move(outcome.performance);
    reference.estimate = std::move(outcome.estimate);
    expectRows(reference.quality, selection.referencePeriodRows());
}

RunPeriod describedPeriod(const LogSelection &selection, std::size_t i, GroupOutcome &outcome)
{
    const PeriodInfo &info = selection.periods().info[i];
    RunPeriod period;
    period.label = info.label;
    period.from = info.from;
    period.to = info.to;
    period.rows = selection.periods().groups.rows[i];
    period.labelledRows = outcome.labelledRows;
    period.inReference = selection.inReference(i);
    period.comparedWith = selection.comparedWith(i);
    period.performance = std::move(outcome.performance);
    period.estimate = std::move(outcome.estimate);
    return period;
}

/// Of the periods and, last, the reference.
KnownScores scoresOf(const DescribedPeriods &described)
{
    KnownScores scores;
    for (const RunPeriod &period : described.periods)
        scores.push_back(period.performance.scoreEvidence);
    scores.push_back(described.reference.performance.scoreEvidence);
    return scores;
}

DescribedPeriods describe(const LogSelection &selection, const RunSettings &settings, KnownScores known,
                          unsigned threads, const CancelToken &cancel)
{
    DescribedPeriods described;
    const Periods &periods = selection.periods();
    const OutcomeRows rows{selection.log(),       periods.groups,          selection.referenceLog(),
                           selection.reference(), selection.memoryBytes(), std::move(known)};
    ComparedPeriods years;
    if (selection.comparesYears()) {
        years.emplace();
        for (std::size_t i = 0; i < periods.info.size(); ++i)
            years->push_back(selection.comparedWith(i));
    }
    MeasuredOutcomes outcomes =
        measureOutcomes(rows, selection.outcome(), settings.decision.threshold, years, threads, cancel);
    const std::string remark = measureRatingGrades(outcomes, rows, selection.outcome(), settings.roles, cancel);
    describeReference(described.reference, selection, outcomes.reference);
    for (std::size_t i = 0; i < periods.info.size(); ++i)
        described.periods.push_back(describedPeriod(selection, i, outcomes.periods[i]));
    MeasuredFairness fairness =
        measureFairness(rows, selection.outcome(), settings.roles, settings.decision, threads, cancel);
    described.reference.fairness = std::move(fairness.reference);
    for (std::size_t i = 0; i < periods.info.size(); ++i)
        described.periods[i].fairness = std::move(fairness.periods[i]);
    described.remarks = std::move(fairness.remarks);
    if (!remark.empty())
        described.remarks.push_back(remark);
    return described;
}

using RowCounts = std::vector<std::uint64_t>; ///< of the periods, and the reference

RowCounts countDuplicates(const LogSelection &selection, unsigned threads, const CancelToken &cancel)
{
    const RowHashes hashes(selection.log(), selection.memoryBytes(), threads, cancel);
    RowCounts counts = hashes.duplicates(selection.periods().groups, threads, cancel);
    const bool same = &selection.referenceLog() == &selection.log();
    const auto ofReference = same ? hashes.duplicates(selection.reference(), threads, cancel)
                                  : RowHashes(selection.referenceLog(), selection.memoryBytes(), threads, cancel)
                                        .duplicates(selection.reference(), threads, cancel);
    counts.push_back(ofReference.front());
    return counts;
}

} // namespace

DescribedPeriods describePeriods(const LogSelection &selection, const RunSettings &settings, const KeptResults &kept,
                                 unsigned threads, const CancelToken &cancel)
{
    const ColumnRoles &roles = settings.roles;
    const json::object ofScores{{"outcomes", "scores"},           {"score", roles.score},
                                {"prediction", roles.prediction}, {"target", roles.target},
                                {"positive", roles.positive},     {"grade", roles.grade}};
    json::object question = ofScores;
    question["outcomes"] = toJson(settings.decision);
    question["groups"] = toJson(roles.groups);
    if (auto described = kept.recall<DescribedPeriods>(question))
        return std::move(*described);
    KnownScores known = kept.recall<KnownScores>(ofScores).value_or(KnownScores());
    const bool knows = known.size() == selection.periods().info.size() + 1;
    if (!knows)
        known.clear();
    DescribedPeriods described = describe(selection, settings, std::move(known), threads, cancel);
    kept.keep(question, described);
    if (!knows)
        kept.keep(ofScores, scoresOf(described));
    return described;
}

void setDescribed(DriftReport &report, DescribedPeriods described, const RunSettings &settings)
{
    report.comparesYears = settings.reference.samePeriodLastYear;
    report.reference = std::move(described.reference);
    report.periods = std::move(described.periods);
    report.remarks.insert(report.remarks.end(), described.remarks.begin(), described.remarks.end());
    evaluateOutcomes(report.reference, report.periods, settings);
}

void countDuplicateRows(DescribedPeriods &described, const LogSelection &selection, const KeptResults &kept,
                        unsigned threads, const CancelToken &cancel)
{
    std::vector<std::string> columns;
    for (const LogColumn &column : selection.log().columns) {
        if (column.kind != CellKind::Skipped)
            columns.push_back(column.name);
    }
    const json::object question{{"duplicateRows", toJson(columns)}};
    const auto take = [&described](const RowCounts &counts) {
        for (std::size_t i = 0; i < described.periods.size(); ++i)
            described.periods[i].quality.duplicateRows = counts[i];
        described.reference.quality.duplicateRows = counts.back();
    };
    if (const auto counts = kept.recall<RowCounts>(question);
        counts && counts->size() == described.periods.size() + 1) {
        take(*counts);
        return;
    }
    const RowCounts counts = countDuplicates(selection, threads, cancel);
    take(counts);
    kept.keep(question, counts);
}

} // namespace countersign
