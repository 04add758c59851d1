// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/outcomemeasure.h"

#include "core/base/pages.h"
#include "core/monitoring/eventreader.h"
#include "core/monitoring/figures.h"
#include "core/monitoring/parallel.h"
#include "core/stats/estimatespread.h"
#include "core/stats/estimation.h"
#include "core/stats/performance.h"
#include "core/stats/sort.h"
#include "core/stats/undefined.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <span>

namespace countersign {

namespace {

constexpr std::size_t groupsOfScores = 10;
constexpr std::size_t rocThresholds = 100;

/// Values of one group of rows.
struct GroupRows
{
    std::span<double> first;      ///< Auc: scores of events; Error: predictions
    std::span<double> second;     ///< Auc: scores of the others; Error: targets
    std::span<double> unlabelled; ///< Auc: scores of rows without outcome
};

enum Side : std::size_t { First, Second, Unlabelled, sides }; ///< of GroupRows

/// Of one group: scores in ascending order, and their outcomes.
struct SortedRows
{
    std::span<double> scores;
    std::span<std::uint8_t> events;
};

/// The rows of the groups of a table from `first` up to `end`, side by side in memory.
class CollectedRows
{
public:
    CollectedRows(const LogTable &table, const RowGroups &groups, std::size_t first, std::size_t end,
                  const OutcomePlan &plan, const CancelToken &cancel)
        : m_groups(end - first)
    {
        const bool auc = plan.kind == OutcomePlan::Kind::Auc;
        requireNumber(table, plan.predictor, "score");
        if (!auc)
            requireNumber(table, plan.target, "target");
        const LogColumn &predictor = table.column(plan.predictor);
        const LogColumn &target = table.column(plan.target);
        const EventReader reader(target, plan.positive);
        const auto forEachValue = [&](auto f) { // f(group - first, side, value)
            forEachChunk(table, predictor, cancel, [&](std::size_t chunk) {
                const auto &numbers = predictor.chunks[chunk].numbers;
                const ColumnChunk &targets = target.chunks[chunk];
                const auto &groupOfRow = groups.groupOfRow[chunk];
                for (std::size_t i = 0; i < numbers.size(); ++i) {
                    const Group group = groupOfRow[i];
                    if (group < first || group >= end || std::isnan(numbers[i]))
                        continue;
                    const bool known = reader.known(targets, i);
                    if (auc) {
                        f(group - first, !known ? Unlabelled : reader.event(targets, i) ? First : Second, numbers[i]);
                    } else if (known) {
                        f(group - first, First, numbers[i]);
                        f(group - first, Second, targets.numbers[i]);
                    }
                }
            });
        };
        using OfSides = std::array<std::size_t, sides>;
        std::vector<OfSides> sizes(m_groups.size());
        forEachValue([&](std::size_t group, Side side, double) { ++sizes[group][side]; });
        std::vector<OfSides> places(m_groups.size());
        std::size_t total = 0;
        for (std::size_t group = 0; group < sizes.size(); ++group) {
            for (std::size_t side = 0; side < sides; ++side) {
                places[group][side] = total;
                total += sizes[group][side];
            }
        }
        m_values.resize(total);
        for (std::size_t group = 0; group < sizes.size(); ++group) {
            const auto of = [&](Side side) {
                return std::span<double>(m_values).subspan(places[group][side], sizes[group][side]);
            };
            m_groups[group] = {of(First), of(Second), of(Unlabelled)};
        }
        forEachValue([&](std::size_t group, Side side, double value) { m_values[places[group][side]++] = value; });
    }

    [[nodiscard]] const std::vector<GroupRows> &groups() const { return m_groups; }

private:
    std::vector<GroupRows> m_groups;
    PageVector<double> m_values;
};

/// Both ascending, to `merged`, which has room for them.
void mergeClasses(std::span<const double> events, std::span<const double> others, const SortedRows &merged)
{
    std::size_t event = 0;
    std::size_t other = 0;
    for (std::size_t i = 0; i < merged.scores.size(); ++i) {
        const bool takeEvent = other == others.size() || (event < events.size() && events[event] <= others[other]);
        merged.scores[i] = takeEvent ? events[event] : others[other];
        merged.events[i] = takeEvent ? 1 : 0;
        event += takeEvent ? 1 : 0;
        other += takeEvent ? 0 : 1;
    }
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
    std::span<const double> unlabelled;
};

PerformanceEstimate estimateGroup(const SortedGroup &group, const Calibrator &curve, double threshold)
{
    PerformanceEstimate estimate;
    const std::span<const double> labelled = group.labelled.scores;
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
        constexpr std::uint64_t bytesOfRow = 25; // score as it comes, sorted with its outcome, and calibrated
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
        const std::size_t tables = withReference ? 2 : 1;
        std::array<std::optional<CollectedRows>, 2> collected;
        parallelFor(tables, m_threads, [&](std::size_t i) {
            if (i == 0)
                collected[i].emplace(m_rows.log, m_rows.periods, first, end, m_plan, m_cancel);
            else
                collected[i].emplace(m_rows.referenceLog, m_rows.reference, 0, 1, m_plan, m_cancel);
        });
        std::vector<std::size_t> groups; // the largest first
        std::vector<GroupRows> rows;
        if (withReference) {
            groups.push_back(m_reference);
            rows.push_back(collected[1]->groups().front());
        }
        std::ranges::copy(collected[0]->groups(), std::back_inserter(rows));
        for (std::size_t period = first; period < end; ++period)
            groups.push_back(period);
        if (m_plan.kind == OutcomePlan::Kind::Error)
            measureErrorsOf(groups, rows);
        else
            measureScoresOf(groups, rows);
    }

    void measureErrorsOf(const std::vector<std::size_t> &groups, const std::vector<GroupRows> &rows)
    {
        parallelFor(groups.size(), m_threads, [&](std::size_t i) {
            m_cancel.throwIfCancelled();
            outcomeOf(groups[i]).labelledRows = rows[i].first.size();
            measureErrors(outcomeOf(groups[i]).performance, rows[i]);
        });
    }

    void measureScoresOf(const std::vector<std::size_t> &groups, const std::vector<GroupRows> &rows)
    {
        std::vector<std::size_t> places;
        std::size_t total = 0;
        for (const GroupRows &group : rows) {
            places.push_back(total);
            total += group.first.size() + group.second.size();
        }
        PageVector<double> scores(total);
        PageVector<std::uint8_t> events(total);
        std::vector<SortedGroup> sorted(groups.size());
        parallelFor(groups.size(), m_threads, [&](std::size_t i) {
            m_cancel.throwIfCancelled();
            const std::size_t labelled = rows[i].first.size() + rows[i].second.size();
            outcomeOf(groups[i]).labelledRows = labelled;
            sorted[i].labelled = {std::span<double>(scores).subspan(places[i], labelled),
                                  std::span<std::uint8_t>(events).subspan(places[i], labelled)};
            sorted[i].unlabelled = rows[i].unlabelled;
            measureScoresOf(groups[i], rows[i], sorted[i].labelled);
        });
        parallelFor(groups.size(), m_threads, [&](std::size_t i) {
            m_cancel.throwIfCancelled();
            estimate(groups[i], sorted[i]);
        });
    }

    /// Sorts the rows, and fills `labelled`, which has room for those with outcomes.
    void measureScoresOf(std::size_t group, const GroupRows &rows, const SortedRows &labelled)
    {
        for (const std::span<double> side : {rows.first, rows.second, rows.unlabelled})
            sortAscending(side);
        mergeClasses(rows.first, rows.second, labelled);
        measureScores(outcomeOf(group).performance, labelled, m_threshold,
                      m_rows.known.empty() ? std::nullopt : m_rows.known[group]);
        if (rows.first.empty() || rows.second.empty() || !m_needsCurve[group])
            return;
        Calibrator fitted{fitIsotonic(labelled.scores, labelled.events), {}};
        fitted.residuals = stepResiduals(fitted.curve, labelled.scores, labelled.events,
                                         static_cast<std::size_t>(firstSelected(labelled.scores, m_threshold)));
        m_curves[group] = std::move(fitted);
        if (group != m_reference)
            m_ofCurves[group] = estimateOf(labelled.scores, *m_curves[group], m_threshold);
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
