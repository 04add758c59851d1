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

/// The groups from `first` up to `end`.
std::vector<GroupRows> collect(const LogTable &table, const RowGroups &groups, std::size_t first, std::size_t end,
                               const OutcomePlan &plan, const CancelToken &cancel)
{
    requireNumber(table, plan.predictor, "score");
    const bool auc = plan.kind == OutcomePlan::Kind::Auc;
    if (!auc)
        requireNumber(table, plan.target, "target");
    const LogColumn &predictor = table.column(plan.predictor);
    const LogColumn &target = table.column(plan.target);
    const EventReader reader(target, plan.positive);
    std::vector<GroupRows> collected(end - first);
    ColumnPass pass(predictor); // and the target beside it
    for (std::size_t chunk = 0; chunk < table.chunkRows.size(); ++chunk) {
        cancel.throwIfCancelled();
        pass.passed(table.chunkRows[chunk]);
        const auto &numbers = predictor.chunks[chunk].numbers;
        const ColumnChunk &targets = target.chunks[chunk];
        for (std::size_t i = 0; i < table.chunkRows[chunk]; ++i) {
            const Group group = groups.groupOfRow[chunk][i];
            if (group < first || group >= end)
                continue;
            GroupRows &into = collected[group - first];
            if (std::isnan(numbers[i]))
                continue;
            const bool known = reader.known(targets, i);
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

/// All but threshold and confusion.
ScoreEvidence scoreEvidence(const SortedRows &rows)
{
    ScoreEvidence evidence = evidenceOf(profileScores(rows.scores, rows.events));
    if (evidence.probabilities)
        evidence.recalibration = recalibrationOf(rows);
    evidence.groups = equalGroups(rows.scores, rows.events, groupsOfScores);
    evidence.roc = rocOf(rows, evidence);
    return evidence;
}

/// `known`: what scoreEvidence() gives.
void measureScores(Performance &performance, const SortedRows &rows, double threshold,
                   const std::optional<ScoreEvidence> &known)
{
    ScoreEvidence evidence = known ? *known : scoreEvidence(rows);
    performance.aucEvidence = AucEvidence{evidence.twiceU, evidence.events, evidence.n - evidence.events};
    evidence.threshold = threshold;
    evidence.confusion = confusionAt(rows.scores, rows.events, threshold);
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
    if (std::isfinite(spreads.calibrationRows))
        evidence.calibrationRows = spreads.calibrationRows;
}

/// How scores become probabilities, and what of the rows it was fitted to is lost thereby.
struct Calibrator
{
    IsotonicCurve curve;
    std::vector<StepResidual> residuals;
};

std::ptrdiff_t firstSelected(std::span<const double> scores, double threshold)
{
    return std::lower_bound(scores.begin(), scores.end(), threshold) - scores.begin();
}

EstimateEvidence estimateOf(std::span<const double> scores, const Calibrator &calibrator, double threshold)
{
    const std::vector<double> probabilities = calibratedAscending(scores, calibrator.curve);
    const auto first = firstSelected(scores, threshold);
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
    keepSpreads(evidence, spreadOfEstimate(scores, calibrator.curve, probabilities, estimate,
                                           static_cast<std::size_t>(first), calibrator.residuals));
    return evidence;
}

/// One group's rows of a binary target, sorted.
struct SortedGroup
{
    SortedRows labelled;
    std::vector<double> unlabelled;
};

PerformanceEstimate estimateGroup(const SortedGroup &group, const Calibrator &curve, double threshold)
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

class OutcomeMeasure
{
public:
    OutcomeMeasure(const OutcomeRows &rows, const OutcomePlan &plan, double threshold, const ComparedPeriods &compared,
                   unsigned threads, const CancelToken &cancel)
        : m_rows(rows)
        , m_plan(plan)
        , m_threshold(threshold)
        , m_compared(compared)
        , m_threads(threads)
        , m_cancel(cancel)
        , m_reference(rows.periods.rows.size())
        , m_curves(m_reference + 1)
        , m_ofCurves(m_reference + 1)
        , m_needsCurve(m_reference + 1, false)
    {
        m_outcomes.periods.resize(m_reference);
        m_needsCurve.back() = true;
        for (const auto &before : m_compared.value_or(std::vector<std::optional<std::size_t>>()))
            if (before)
                m_needsCurve[*before] = true;
    }

    /// A few periods at a time, so that the rows of all need not fit the memory.
    [[nodiscard]] MeasuredOutcomes measure()
    {
        constexpr std::uint64_t bytesOfRow = 24; // score and outcome as they come, sorted, and calibrated
        const std::uint64_t mostAtOnce = m_rows.memoryBytes / bytesOfRow;
        std::uint64_t rows = m_rows.reference.rows.front();
        std::size_t first = 0;
        bool withReference = true;
        do {
            std::size_t end = first;
            for (; end < m_reference && (rows == 0 || rows + m_rows.periods.rows[end] <= mostAtOnce); ++end)
                rows += m_rows.periods.rows[end];
            measureGroups(first, end, withReference);
            first = end;
            rows = 0;
            withReference = false;
        } while (first < m_reference);
        return std::move(m_outcomes);
    }

private:
    /// A group: the index of a period, or m_reference.
    [[nodiscard]] GroupOutcome &outcomeOf(std::size_t group)
    {
        return group < m_reference ? m_outcomes.periods[group] : m_outcomes.reference;
    }

    void measureGroups(std::size_t first, std::size_t end, bool withReference)
    {
        std::vector<std::size_t> groups; // the largest first
        std::vector<GroupRows> rows;
        if (withReference) {
            groups.push_back(m_reference);
            rows = collect(m_rows.referenceLog, m_rows.reference, 0, 1, m_plan, m_cancel);
        }
        auto ofPeriods = collect(m_rows.log, m_rows.periods, first, end, m_plan, m_cancel);
        std::move(ofPeriods.begin(), ofPeriods.end(), std::back_inserter(rows));
        for (std::size_t period = first; period < end; ++period)
            groups.push_back(period);
        std::vector<SortedGroup> sorted(groups.size());
        parallelFor(groups.size(), m_threads, [&](std::size_t i) {
            m_cancel.throwIfCancelled();
            const bool errors = m_plan.kind == OutcomePlan::Kind::Error;
            outcomeOf(groups[i]).labelledRows = rows[i].first.size() + (errors ? 0 : rows[i].second.size());
            if (errors)
                measureErrors(outcomeOf(groups[i]).performance, rows[i]);
            else
                sorted[i] = measureScoresOf(groups[i], rows[i]);
        });
        if (m_plan.kind == OutcomePlan::Kind::Error)
            return;
        parallelFor(groups.size(), m_threads, [&](std::size_t i) {
            m_cancel.throwIfCancelled();
            estimate(groups[i], sorted[i]);
        });
    }

    [[nodiscard]] SortedGroup measureScoresOf(std::size_t group, GroupRows &rows)
    {
        std::vector<std::uint64_t> scratch;
        sortAscending(rows.first, scratch);
        sortAscending(rows.second, scratch);
        sortAscending(rows.unlabelled, scratch);
        SortedGroup sorted{mergeClasses(rows.first, rows.second), std::move(rows.unlabelled)};
        rows = {};
        const SortedRows &labelled = sorted.labelled;
        measureScores(outcomeOf(group).performance, labelled, m_threshold,
                      m_rows.known.empty() ? std::nullopt : m_rows.known[group]);
        const auto events = std::count(labelled.events.begin(), labelled.events.end(), std::uint8_t{1});
        const bool bothClasses = events > 0 && events < static_cast<std::ptrdiff_t>(labelled.events.size());
        if (!bothClasses || !m_needsCurve[group])
            return sorted;
        Calibrator fitted{fitIsotonic(labelled.scores, labelled.events), {}};
        fitted.residuals = stepResiduals(fitted.curve, labelled.scores, labelled.events,
                                         static_cast<std::size_t>(firstSelected(labelled.scores, m_threshold)));
        m_curves[group] = std::move(fitted);
        if (group != m_reference)
            m_ofCurves[group] = estimateOf(labelled.scores, *m_curves[group], m_threshold);
        return sorted;
    }

    /// Periods are in order of time: the one that a period is compared with is measured before it, or with it.
    void estimate(std::size_t group, const SortedGroup &sorted)
    {
        std::size_t calibratedOn = m_reference;
        if (m_compared && group != m_reference) {
            if (!(*m_compared)[group])
                return;
            calibratedOn = *(*m_compared)[group];
        }
        const bool anyScore = !sorted.labelled.scores.empty() || !sorted.unlabelled.empty();
        if (!m_curves[calibratedOn] || !anyScore)
            return;
        PerformanceEstimate estimate = estimateGroup(sorted, *m_curves[calibratedOn], m_threshold);
        if (calibratedOn != m_reference)
            estimate.calibrationEvidence = m_ofCurves[calibratedOn];
        outcomeOf(group).estimate = std::move(estimate);
    }

    const OutcomeRows &m_rows;
    const OutcomePlan &m_plan;
    double m_threshold;
    const ComparedPeriods &m_compared;
    unsigned m_threads;
    const CancelToken &m_cancel;
    std::size_t m_reference;                         ///< its number, after those of the periods
    std::vector<std::optional<Calibrator>> m_curves; ///< of groups with both classes that others are calibrated on
    std::vector<std::optional<EstimateEvidence>>
        m_ofCurves; ///< of the rows that a curve was fitted to; not the reference
    std::vector<bool> m_needsCurve;
    MeasuredOutcomes m_outcomes;
};

} // namespace

MeasuredOutcomes measureOutcomes(const OutcomeRows &rows, const OutcomePlan &plan, double threshold,
                                 const ComparedPeriods &compared, unsigned threads, const CancelToken &cancel)
{
    if (plan.kind == OutcomePlan::Kind::None) {
        MeasuredOutcomes none;
        none.periods.resize(rows.periods.rows.size());
        return none;
    }
    return OutcomeMeasure(rows, plan, threshold, compared, threads, cancel).measure();
}

} // namespace countersign
