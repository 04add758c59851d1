// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/estimatespread.h"

#include "core/stats/proportions.h"
#include "core/stats/undefined.h"

#include <algorithm>
#include <boost/math/distributions/gamma.hpp>
#include <cassert>
#include <cmath>
#include <vector>

namespace countersign {

namespace {

/// Variance and third central moment of one outcome.
struct OutcomeMoments
{
    double second;
    double third;

    explicit OutcomeMoments(double p)
        : second(p * (1 - p))
        , third(second * (1 - 2 * p))
    {
    }
};

/// A level stretch of the curve, and what each figure's influences add up to in it.
struct CalibrationStep
{
    double first;
    double last;
    double rows;
    double rate; ///< smoothed
    double auc = 0;
    double averagePrecision = 0;
    double brier = 0;
    double selected = 0; ///< rows
    double others = 0;
    double aucSquares = 0; ///< of influences
    double brierSquares = 0;
};

std::vector<CalibrationStep> stepsOf(const IsotonicCurve &curve)
{
    std::vector<CalibrationStep> steps;
    const auto x = curve.x();
    const auto y = curve.y();
    for (std::size_t i = 0; i < x.size(); ++i) {
        if (i > 0 && y[i] == y[i - 1]) {
            steps.back().last = x[i];
            continue;
        }
        const double rows = curve.rows().empty() ? 0 : curve.rows()[i];
        steps.push_back({x[i], x[i], rows, rows > 0 ? (y[i] * rows + 0.5) / (rows + 1) : y[i]});
    }
    return steps;
}

/// What one row's outcome moves each figure by.
struct Influence
{
    double auc;
    double averagePrecision;
    double brier;
};

void add(EstimateSpread &spread, const OutcomeMoments &moments, double influence)
{
    const double square = influence * influence;
    spread.outcomes += moments.second * square;
    spread.skew += moments.third * square * influence;
}

void addCalibration(EstimateSpread &spread, const CalibrationStep &step, double influence)
{
    if (step.rows == 0)
        return;
    const OutcomeMoments moments(step.rate);
    const double mean = influence / step.rows; // of each row that the step was fitted to
    spread.calibration += moments.second * mean * influence;
    spread.skew -= moments.third * mean * mean * influence;
}

/// Takes a step's residuals into account: `lost` is what they add up to with the influences of their own rows, `sum`
/// and `squares` are those of the rows estimated.
void addOverfit(EstimateSpread &spread, const CalibrationStep &step, double lost, double sum, double squares)
{
    if (step.rows == 0)
        return;
    const double weight = (step.selected + step.others) / step.rows;
    const double variance = weight * squares - sum * sum / step.rows; // with own influences less with their mean
    spread.overfit = spread.overfit.value_or(0) + lost;
    spread.overfitVariance += OutcomeMoments(step.rate).second * std::max(0.0, variance);
}

/// Second and third moments of the events among the rows on one side of the threshold.
struct SideMoments
{
    double second = 0;
    double third = 0;

    void add(const OutcomeMoments &moments)
    {
        second += moments.second;
        third += moments.third;
    }
};

/// Of a figure that one more event among the selected rows moves by `selected`, one among the others by `others`.
EstimateSpread spreadAtThreshold(const SideMoments &above, const SideMoments &below,
                                 std::span<const CalibrationStep> steps, double selected, double others)
{
    EstimateSpread spread;
    spread.outcomes = selected * selected * above.second + others * others * below.second;
    spread.skew = selected * selected * selected * above.third + others * others * others * below.third;
    for (const CalibrationStep &step : steps)
        addCalibration(spread, step, selected * step.selected + others * step.others);
    return spread;
}

void addThresholdFigures(EstimateSpreads &spreads, const ExpectedConfusion &counts, const SideMoments &above,
                         const SideMoments &below, std::span<const CalibrationStep> steps)
{
    const double selected = counts.truePositives + counts.falsePositives;
    const double events = counts.truePositives + counts.falseNegatives;
    const double nonEvents = counts.falsePositives + counts.trueNegatives;
    const double n = events + nonEvents;
    const auto over = [](double part, double whole) { return whole > 0 ? part / whole : undefined; };
    const auto spread = [&](double ofSelected, double ofOthers) {
        return spreadAtThreshold(above, below, steps, ofSelected, ofOthers);
    };
    spreads.accuracy = spread(1 / n, -1 / n);
    spreads.precision = spread(over(1, selected), 0);
    spreads.recall = spread(over(counts.falseNegatives, events * events), -over(counts.truePositives, events * events));
    spreads.specificity =
        spread(over(counts.trueNegatives, nonEvents * nonEvents), -over(counts.falsePositives, nonEvents * nonEvents));
    const double either = selected + events;
    const double f1 = over(2 * counts.truePositives, either);
    spreads.f1 = spread(over(2 - f1, either), -over(f1, either));
}

} // namespace

EstimateSpreads spreadOfEstimate(std::span<const double> sortedScores, const IsotonicCurve &curve,
                                 std::span<const double> probabilities, const EstimatedPerformance &estimate,
                                 std::size_t firstSelected, std::span<const StepResidual> residuals)
{
    assert(sortedScores.size() == probabilities.size() && !curve.x().empty());
    EstimateSpreads spreads;
    std::vector<CalibrationStep> steps = stepsOf(curve);
    SideMoments above;
    SideMoments below;
    const auto n = static_cast<double>(sortedScores.size());
    const double events = estimate.eventRate * n;
    const double others = n - events;
    double eventsBelow = 0;
    double othersBelow = 0;
    double precisions = 0; // expected events at each score over the rows at or above it, up to here
    std::size_t at = 0;    // the last step that begins at or below the score
    for (std::size_t i = 0; i < sortedScores.size();) {
        const std::size_t before = i;
        const double score = sortedScores[i];
        double here = 0;
        for (; i < sortedScores.size() && sortedScores[i] == score; ++i)
            here += probabilities[i];
        const double othersHere = static_cast<double>(i - before) - here;
        const double eventsAbove = events - eventsBelow - here;
        const double rowsFrom = n - static_cast<double>(before);
        precisions += here / rowsFrom;
        const double pairs = othersBelow + (othersHere - here) / 2 - eventsAbove;
        const Influence influence{(pairs - estimate.auc * (others - events)) / (events * others),
                                  ((events - eventsBelow) / rowsFrom + precisions - estimate.averagePrecision) / events,
                                  (1 - 2 * score) / n};
        eventsBelow += here;
        othersBelow += othersHere;

        while (at + 1 < steps.size() && steps[at + 1].first <= score)
            ++at;
        const bool between = score > steps[at].last && at + 1 < steps.size();
        const double weight = between ? (score - steps[at].last) / (steps[at + 1].first - steps[at].last) : 0;
        const double rate = between ? (1 - weight) * steps[at].rate + weight * steps[at + 1].rate : steps[at].rate;
        const OutcomeMoments moments(rate);
        for (std::size_t row = before; row < i; ++row) {
            const bool selected = row >= firstSelected;
            (selected ? above : below).add(moments);
            add(spreads.auc, moments, influence.auc);
            add(spreads.averagePrecision, moments, influence.averagePrecision);
            add(spreads.brier, moments, influence.brier);
            const auto share = [&](CalibrationStep &step, double part) {
                step.auc += part * influence.auc;
                step.averagePrecision += part * influence.averagePrecision;
                step.brier += part * influence.brier;
                step.aucSquares += part * influence.auc * influence.auc;
                step.brierSquares += part * influence.brier * influence.brier;
                (selected ? step.selected : step.others) += part;
            };
            share(steps[at], 1 - weight);
            if (between)
                share(steps[at + 1], weight);
        }
    }
    for (const CalibrationStep &step : steps) {
        addCalibration(spreads.auc, step, step.auc);
        addCalibration(spreads.averagePrecision, step, step.averagePrecision);
        addCalibration(spreads.brier, step, step.brier);
    }
    addThresholdFigures(spreads, estimate.confusion, above, below, steps);
    double squaredShares = 0;
    for (const CalibrationStep &step : steps) {
        const double share = (step.selected + step.others) / n;
        squaredShares += step.rows > 0 ? share * share / step.rows : 0;
    }
    spreads.calibrationRows = 1 / squaredShares;
    assert(residuals.empty() || residuals.size() == steps.size());
    for (std::size_t i = 0; i < residuals.size(); ++i) {
        const CalibrationStep &step = steps[i];
        const double rows = step.selected + step.others;
        const double weight = step.rows > 0 ? rows / step.rows : 0;
        // A row's influence on the AUC rises by 1 / (events * others) with each row below it: pairs of rows of the
        // step.
        const double pairs = step.rows > 0 ? std::max(0.0, rows * (rows - 1)) / (step.rows * step.rows) : 0;
        addOverfit(spreads.auc, step, pairs * residuals[i].ranks / (events * others), step.auc, step.aucSquares);
        addOverfit(spreads.brier, step, -2 / n * weight * residuals[i].scores, step.brier, step.brierSquares);
        addOverfit(spreads.accuracy, step, 2 / n * weight * residuals[i].selected, (step.selected - step.others) / n,
                   rows / (n * n));
    }
    return spreads;
}

std::vector<StepResidual> stepResiduals(const IsotonicCurve &curve, std::span<const double> sortedScores, Events events,
                                        std::size_t firstSelected)
{
    assert(sortedScores.size() == events.size());
    std::vector<StepResidual> residuals;
    std::size_t i = 0;
    for (const CalibrationStep &step : stepsOf(curve)) {
        const std::size_t first = i;
        double happened = 0;
        double scores = 0;
        double selected = 0;
        StepResidual ofEvents;
        while (i < sortedScores.size() && sortedScores[i] <= step.last) {
            const std::size_t before = i;
            double eventsHere = 0;
            for (; i < sortedScores.size() && sortedScores[i] == sortedScores[before]; ++i)
                eventsHere += events[i];
            const auto rows = static_cast<double>(i - before);
            const double score = sortedScores[before] - step.first; // from where matters not, and near it is exact
            scores += rows * score;
            selected += before >= firstSelected ? rows : 0;
            happened += eventsHere;
            ofEvents.scores += eventsHere * score;
            ofEvents.ranks += eventsHere * (static_cast<double>(before - first) + (rows + 1) / 2);
            ofEvents.selected += before >= firstSelected ? eventsHere : 0;
        }
        const auto rows = static_cast<double>(i - first);
        const double rate = rows > 0 ? happened / rows : 0;
        residuals.push_back({ofEvents.scores - scores * rate, ofEvents.ranks - rows * (rows + 1) / 2 * rate,
                             ofEvents.selected - selected * rate});
    }
    return residuals;
}

double skewedPvalue(double deviation, double variance, double thirdMoment)
{
    if (!(variance > 0) || std::isnan(deviation))
        return undefined;
    const double z = deviation / std::sqrt(variance);
    const double skewness = thirdMoment / (variance * std::sqrt(variance));
    constexpr double nearlyNormal = 1e-3; // gamma's shape is 4 / skewness^2
    if (!(std::abs(skewness) > nearlyNormal))
        return std::min(1.0, 2 * normalSurvival(std::abs(z)));
    const double shape = 4 / (skewness * skewness);
    const double x = shape + (skewness > 0 ? z : -z) * std::sqrt(shape);
    if (x <= 0)
        return 0;
    const boost::math::gamma_distribution<double> gamma(shape);
    return std::min(1.0, 2 * std::min(boost::math::cdf(gamma, x), boost::math::cdf(boost::math::complement(gamma, x))));
}

} // namespace countersign
