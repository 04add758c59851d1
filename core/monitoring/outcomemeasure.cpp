// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/outcomemeasure.h"

#include "core/monitoring/eventreader.h"
#include "core/monitoring/figures.h"
#include "core/monitoring/parallel.h"
#include "core/stats/estimatespread.h"
#include "core/stats/estimation.h"
#include "core/stats/performance.h"
#include "core/stats/sort.h"
#include "core/stats/undefined.h"

#include <algorithm>
#include <cmath>

namespace countersign {

namespace {

constexpr std::size_t groupsOfScores = 10;
constexpr std::size_t rocThresholds = 100;

/// Values of one group of rows.
struct GroupRows
{
    std::uint64_t labelledRows = 0;
    std::vector<double> first;      ///< Auc: scores of events; Error: predictions
    std::vector<double> second;     ///< Auc: scores of the others; Error: targets
    std::vector<double> unlabelled; ///< Auc: scores of rows without outcome
};

/// Scores in ascending order, and their outcomes.
struct SortedRows
{
    std::vector<double> scores;
    std::vector<std::uint8_t> events;
};

std::vector<GroupRows> collect(const LogTable &table, const RowGroups &groups, const OutcomePlan &plan,
                               const CancelToken &cancel)
{
    requireNumber(table, plan.predictor, "score");
    const bool auc = plan.kind == OutcomePlan::Kind::Auc;
    if (!auc)
        requireNumber(table, plan.target, "target");
    const LogColumn &predictor = table.column(plan.predictor);
    const LogColumn &target = table.column(plan.target);
    const EventReader reader(target, plan.positive);
    std::vector<GroupRows> collected(groups.rows.size());
    for (std::size_t chunk = 0; chunk < table.chunkRows.size(); ++chunk) {
        cancel.throwIfCancelled();
        const auto &numbers = predictor.chunks[chunk].numbers;
        const ColumnChunk &targets = target.chunks[chunk];
        for (std::size_t i = 0; i < table.chunkRows[chunk]; ++i) {
            const std::uint32_t group = groups.groupOfRow[chunk][i];
            if (group == noGroup)
                continue;
            GroupRows &into = collected[group];
            const bool known = reader.known(targets, i);
            into.labelledRows += known ? 1 : 0;
            if (std::isnan(numbers[i]))
                continue;
            if (auc) {
                auto &side = !known ? into.unlabelled : reader.event(targets, i) ? into.first : into.second;
                side.push_back(numbers[i]);
            } else if (known) {
                into.first.push_back(numbers[i]);
                into.second.push_back(targets.numbers[i]);
            }
        }
    }
    return collected;
}

SortedRows mergeClasses(std::span<const double> events, std::span<const double> others)
{
    SortedRows merged;
    const std::size_t n = events.size() + others.size();
    merged.scores.resize(n);
    merged.events.resize(n);
    std::size_t event = 0;
    std::size_t other = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const bool takeEvent = other == others.size() || (event < events.size() && events[event] <= others[other]);
        merged.scores[i] = takeEvent ? events[event] : others[other];
        merged.events[i] = takeEvent ? 1 : 0;
        event += takeEvent ? 1 : 0;
        other += takeEvent ? 0 : 1;
    }
    return merged;
}

RecalibrationEvidence recalibrationOf(const SortedRows &rows)
{
    const Recalibration fit = recalibrate(rows.scores, rows.events);
    return {definedOrNothing(fit.slope),          definedOrNothing(fit.slopeError), definedOrNothing(fit.intercept),
            definedOrNothing(fit.interceptError), definedOrNothing(fit.offset),     definedOrNothing(fit.offsetError)};
}

RocEvidence rocOf(const SortedRows &rows, const ScoreEvidence &evidence)
{
    RocEvidence roc;
    const auto count = [](double rate, std::uint64_t of) {
        return static_cast<std::uint64_t>(std::llround(rate * static_cast<double>(of)));
    };
    for (const RocPoint &point : rocCurve(rows.scores, rows.events, rocThresholds)) {
        if (std::isinf(point.threshold))
            continue;
        roc.thresholds.push_back(point.threshold);
        roc.falsePositives.push_back(count(point.falsePositiveRate, evidence.n - evidence.events));
        roc.truePositives.push_back(count(point.truePositiveRate, evidence.events));
    }
    return roc;
}

void measureScores(Performance &performance, const SortedRows &rows, double threshold)
{
    ScoreEvidence evidence = evidenceOf(profileScores(rows.scores, rows.events));
    performance.aucEvidence = AucEvidence{evidence.twiceU, evidence.events, evidence.n - evidence.events};
    evidence.threshold = threshold;
    evidence.confusion = confusionAt(rows.scores, rows.events, threshold);
    if (evidence.probabilities)
        evidence.recalibration = recalibrationOf(rows);
    evidence.groups = equalGroups(rows.scores, rows.events, groupsOfScores);
    evidence.roc = rocOf(rows, evidence);
    performance.scoreEvidence = std::move(evidence);
}

void measureErrors(Performance &performance, const GroupRows &rows)
{
    const ErrorSums sums = sumErrors(rows.first, rows.second);
    performance.errorEvidence = ErrorEvidence{sums.n, sums.sumOfSquares, sums.sumOfAbsolutes, sums.sum};
    const RegressionProfile profile = profileErrors(rows.first, rows.second);
    performance.regressionEvidence = evidenceOf(profile);
    performance.regressionEvidence->r2Error = definedOrNothing(r2StandardError(rows.first, rows.second, profile));
}

void keepSpreads(EstimateEvidence &evidence, const EstimateSpreads &spreads)
{
    const auto keep = [&evidence](const char *name, const EstimateSpread &spread) {
        if (std::isfinite(spread.outcomes + spread.calibration + spread.skew))
            evidence.spreads.emplace(name, spread);
    };
    keep("roc_auc", spreads.auc);
    keep("average_precision", spreads.averagePrecision);
    keep("accuracy", spreads.accuracy);
    keep("precision", spreads.precision);
    keep("recall", spreads.recall);
    keep("specificity", spreads.specificity);
    keep("f1", spreads.f1);
    if (evidence.squaredErrorSum)
        keep("brier", spreads.brier);
}

EstimateEvidence estimateOf(std::span<const double> scores, const IsotonicCurve &curve, double threshold)
{
    const std::vector<double> probabilities = calibratedAscending(scores, curve);
    const auto first = std::lower_bound(scores.begin(), scores.end(), threshold) - scores.begin();
    std::vector<std::uint8_t> decisions(scores.size(), 0);
    std::fill(decisions.begin() + first, decisions.end(), std::uint8_t{1});
    const EstimatedPerformance estimate = estimatePerformance(scores, probabilities, decisions);
    EstimateEvidence evidence;
    evidence.n = scores.size();
    evidence.truePositives = estimate.confusion.truePositives;
    evidence.falsePositives = estimate.confusion.falsePositives;
    evidence.falseNegatives = estimate.confusion.falseNegatives;
    evidence.trueNegatives = estimate.confusion.trueNegatives;
    evidence.auc = definedOrNothing(estimate.auc);
    evidence.averagePrecision = definedOrNothing(estimate.averagePrecision);
    if (!scores.empty() && scores.front() >= 0 && scores.back() <= 1) {
        double squares = 0;
        for (std::size_t i = 0; i < scores.size(); ++i) {
            const double p = probabilities[i];
            const double s = scores[i];
            squares += p * (1 - s) * (1 - s) + (1 - p) * s * s;
        }
        evidence.squaredErrorSum = squares;
    }
    keepSpreads(evidence, spreadOfEstimate(scores, curve, probabilities, estimate, static_cast<std::size_t>(first)));
    return evidence;
}

/// One group's rows of a binary target, sorted.
struct SortedGroup
{
    SortedRows labelled;
    std::vector<double> unlabelled;
};

PerformanceEstimate estimateGroup(const SortedGroup &group, const IsotonicCurve &curve, double threshold)
{
    PerformanceEstimate estimate;
    const auto &labelled = group.labelled.scores;
    if (!labelled.empty())
        estimate.labelledEvidence = estimateOf(labelled, curve, threshold);
    if (group.unlabelled.empty() && estimate.labelledEvidence) {
        estimate.evidence = *estimate.labelledEvidence;
    } else {
        std::vector<double> all(labelled.size() + group.unlabelled.size());
        std::merge(labelled.begin(), labelled.end(), group.unlabelled.begin(), group.unlabelled.end(), all.begin());
        estimate.evidence = estimateOf(all, curve, threshold);
    }
    return estimate;
}

/// A curve for every group of rows that others are calibrated on and that holds both classes: the last one, the
/// reference, or all.
std::vector<std::optional<IsotonicCurve>> calibrate(const std::vector<SortedGroup> &groups, bool all, unsigned threads,
                                                    const CancelToken &cancel)
{
    std::vector<std::optional<IsotonicCurve>> curves(groups.size());
    parallelFor(groups.size(), threads, [&](std::size_t i) {
        cancel.throwIfCancelled();
        const SortedRows &rows = groups[i].labelled;
        const auto events = std::count(rows.events.begin(), rows.events.end(), std::uint8_t{1});
        const bool bothClasses = events > 0 && events < static_cast<std::ptrdiff_t>(rows.events.size());
        if (bothClasses && (all || i + 1 == groups.size()))
            curves[i] = fitIsotonic(rows.scores, rows.events);
    });
    return curves;
}

} // namespace

MeasuredOutcomes measureOutcomes(const OutcomeRows &rows, const OutcomePlan &plan, double threshold,
                                 const ComparedPeriods &compared, unsigned threads, const CancelToken &cancel)
{
    MeasuredOutcomes outcomes;
    outcomes.periods.resize(rows.periods.rows.size());
    if (plan.kind == OutcomePlan::Kind::None)
        return outcomes;
    std::vector<GroupRows> groups = collect(rows.log, rows.periods, plan, cancel);
    groups.push_back(std::move(collect(rows.referenceLog, rows.reference, plan, cancel).front()));
    const auto outcomeOf = [&outcomes](std::size_t i) -> GroupOutcome & {
        return i < outcomes.periods.size() ? outcomes.periods[i] : outcomes.reference;
    };
    const std::size_t reference = outcomes.periods.size(); // after the periods
    std::vector<SortedGroup> sorted(groups.size());
    parallelFor(groups.size(), threads, [&](std::size_t i) {
        cancel.throwIfCancelled();
        GroupRows &group = groups[i];
        GroupOutcome &outcome = outcomeOf(i);
        outcome.labelledRows = group.labelledRows;
        if (plan.kind == OutcomePlan::Kind::Error) {
            measureErrors(outcome.performance, group);
            return;
        }
        std::vector<std::uint64_t> scratch;
        sortAscending(group.first, scratch);
        sortAscending(group.second, scratch);
        sortAscending(group.unlabelled, scratch);
        sorted[i].labelled = mergeClasses(group.first, group.second);
        sorted[i].unlabelled = std::move(group.unlabelled);
        group = {};
        measureScores(outcome.performance, sorted[i].labelled, threshold);
    });
    const auto curves = calibrate(sorted, compared.has_value(), threads, cancel);
    parallelFor(sorted.size(), threads, [&](std::size_t i) {
        cancel.throwIfCancelled();
        std::size_t calibratedOn = reference;
        if (compared && i != reference) {
            if (!(*compared)[i])
                return;
            calibratedOn = *(*compared)[i];
        }
        const bool anyScore = !sorted[i].labelled.scores.empty() || !sorted[i].unlabelled.empty();
        if (!curves[calibratedOn] || !anyScore)
            return;
        PerformanceEstimate estimate = estimateGroup(sorted[i], *curves[calibratedOn], threshold);
        if (calibratedOn != reference)
            estimate.calibrationEvidence =
                estimateOf(sorted[calibratedOn].labelled.scores, *curves[calibratedOn], threshold);
        outcomeOf(i).estimate = std::move(estimate);
    });
    return outcomes;
}

} // namespace countersign
