// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/estimatefigures.h"

#include "core/base/decimal.h"
#include "core/stats/estimation.h"
#include "core/stats/multipletesting.h"
#include "core/stats/scoreintervals.h"
#include "core/stats/undefined.h"

#include <algorithm>
#include <array>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

namespace countersign {

namespace {

constexpr double leastExpected = 10; ///< of events and of others: fewer have no distribution to speak of
constexpr std::string_view expectedRange = "where the realised figure is to be expected: 1.96 standard deviations by "
                                           "the chance of the outcomes and of the calibration, delta method";

double overWhole(double part, double whole)
{
    return whole > 0 ? part / whole : undefined;
}

struct EstimateFigure
{
    FigureInfo info;
    double (*value)(const EstimateEvidence &evidence);
};

constexpr std::array<EstimateFigure, 8> estimateList{{
    {{"roc_auc", "AUC", "expected area under the ROC curve, 0 to 1", expectedRange, Better::Higher},
     [](const EstimateEvidence &e) { return e.auc.value_or(undefined); }},
    {{"average_precision", "Average precision", "expected average precision, equal scores taken together, 0 to 1",
      expectedRange, Better::Higher},
     [](const EstimateEvidence &e) { return e.averagePrecision.value_or(undefined); }},
    {{"accuracy", "Accuracy", "expected share of right decisions at the threshold", expectedRange, Better::Higher},
     [](const EstimateEvidence &e) { return overWhole(e.truePositives + e.trueNegatives, static_cast<double>(e.n)); }},
    {{"precision", "Precision", "expected events over rows taken for events", expectedRange, Better::Higher},
     [](const EstimateEvidence &e) { return overWhole(e.truePositives, e.truePositives + e.falsePositives); }},
    {{"recall", "Recall", "expected events taken for events over expected events", expectedRange, Better::Higher},
     [](const EstimateEvidence &e) { return overWhole(e.truePositives, e.truePositives + e.falseNegatives); }},
    {{"specificity", "Specificity", "expected others not taken for events over expected others", expectedRange,
      Better::Higher},
     [](const EstimateEvidence &e) { return overWhole(e.trueNegatives, e.trueNegatives + e.falsePositives); }},
    {{"f1", "F1", "2 TP / (2 TP + FP + FN) of the expected counts", expectedRange, Better::Higher},
     [](const EstimateEvidence &e) {
         return overWhole(2 * e.truePositives, 2 * e.truePositives + e.falsePositives + e.falseNegatives);
     }},
    {{"brier", "Brier score", "expected mean squared difference of score and outcome, 0 to 1", expectedRange,
      Better::Lower},
     [](const EstimateEvidence &e) {
         return overWhole(e.squaredErrorSum.value_or(undefined), static_cast<double>(e.n));
     }},
}};

struct GapFigure
{
    const char *name;
    const char *title;
};
constexpr std::array<GapFigure, 3> gapList{{{"roc_auc", "AUC"}, {"accuracy", "accuracy"}, {"brier", "Brier score"}}};

const EstimateSpread *spreadOf(const EstimateEvidence &evidence, const std::string &name)
{
    const auto found = evidence.spreads.find(name);
    return found == evidence.spreads.end() ? nullptr : &found->second;
}

std::optional<double> valueOf(const Figures &figures, const std::string &name)
{
    const auto found = figures.find(name);
    return found == figures.end() ? std::nullopt : found->second.value;
}

/// Realised minus estimated over the labelled rows, each with its spread; a gap is only where both sides are.
struct Gap
{
    const GapFigure *figure;
    double realised;
    double estimated;
    EstimateSpread spread;

    [[nodiscard]] double value() const { return realised - estimated; }
    [[nodiscard]] double variance() const { return spread.outcomes + spread.calibration; }
};

std::vector<Gap> gapsOf(const std::optional<EstimateEvidence> &evidence, const Performance &performance)
{
    std::vector<Gap> gaps;
    if (!evidence)
        return gaps;
    const Figures estimated = estimateFigures(*evidence);
    for (const GapFigure &figure : gapList) {
        const auto realised = valueOf(performance.figures, figure.name);
        const auto expected = valueOf(estimated, figure.name);
        const EstimateSpread *spread = spreadOf(*evidence, figure.name);
        if (realised && expected && spread != nullptr)
            gaps.push_back({&figure, *realised, *expected, *spread});
    }
    return gaps;
}

/// By how much the calibration is too good to be true for these rows, and with which variance beyond that of its steps.
/// Runs recorded without it: what the reference's own gap tells, which is that of its own mix of rows.
Gap withoutOverfit(Gap gap, const std::vector<Gap> &referenceGaps)
{
    if (gap.spread.overfit) {
        gap.estimated += *gap.spread.overfit;
        gap.spread.calibration += gap.spread.overfitVariance;
        return gap;
    }
    for (const Gap &own : referenceGaps) {
        if (own.figure == gap.figure) {
            gap.estimated += own.value();
            gap.spread.calibration += std::max(0.0, own.spread.outcomes - own.spread.calibration);
        }
    }
    return gap;
}

/// Two-sided.
double studentPvalue(double t, double degreesOfFreedom)
{
    const boost::math::students_t distribution(degreesOfFreedom);
    return 2 * boost::math::cdf(boost::math::complement(distribution, std::abs(t)));
}

/// How many rows of the rarer outcome are expected.
double rarerOutcome(const EstimateEvidence &evidence)
{
    return std::min(evidence.truePositives + evidence.falseNegatives, evidence.falsePositives + evidence.trueNegatives);
}

/// The larger of the p-values with and without skewness, for the moments are estimates themselves; for the same reason
/// the variance is that of Student's t at as many degrees of freedom as rows of the rarer outcome, and, but in runs
/// recorded before, so is the tail.
double pvalueOf(const std::vector<Gap> &gaps, const std::vector<Gap> &referenceGaps, double rarer)
{
    double least = 1;
    double tests = 0;
    for (const Gap &gap : gaps) {
        const Gap beyond = withoutOverfit(gap, referenceGaps);
        const double variance = beyond.variance() * rarer / (rarer - 2);
        double p = std::max(skewedPvalue(beyond.value(), variance, beyond.spread.skew),
                            skewedPvalue(beyond.value(), variance, 0));
        if (std::isnan(p))
            continue;
        if (beyond.spread.overfit)
            p = std::max(p, studentPvalue(beyond.value() / std::sqrt(beyond.variance()), rarer));
        ++tests;
        least = std::min(least, p);
    }
    return tests > 0 ? std::min(1.0, tests * least) : undefined;
}

void fillFigures(PerformanceEstimate &estimate, const std::vector<Gap> &gaps)
{
    estimate.figures = estimateFigures(estimate.evidence);
    estimate.gaps.clear();
    for (const Gap &gap : gaps)
        estimate.gaps.emplace(
            gap.figure->name,
            figureOf(gap.value(), waldInterval(gap.value(), std::sqrt(gap.variance()), figureConfidence)));
    estimate.gapPvalue.reset();
    estimate.gapAdjustedPvalue.reset();
    estimate.suspectedConceptDrift = false;
    estimate.reason.clear();
}

/// Of the rows that scores are calibrated on.
struct Calibration
{
    std::vector<Gap> gaps;
    double rarer = 0; ///< rarerOutcome()
};

Calibration calibrationOf(const std::optional<EstimateEvidence> &evidence, const Performance &performance)
{
    return {gapsOf(evidence, performance), evidence ? rarerOutcome(*evidence) : 0};
}

constexpr const char *calibratedOnThese = "Not judged: the scores are calibrated on these rows.";

/// Why the gap of a period is not judged; empty: it is. `referenceRarer` is rarerOutcome() of the reference.
std::string unjudgedBecause(const PerformanceEstimate &estimate, double referenceRarer, const Thresholds &thresholds)
{
    if (!estimate.labelledEvidence)
        return "No outcome is known yet that the estimate could be compared with.";
    const EstimateEvidence &known = *estimate.labelledEvidence;
    const std::string few = "Not enough data to compare the estimate with: ";
    if (known.n < thresholds.minimumRows)
        return few + std::to_string(known.n) + " rows with score and outcome, at least " +
               std::to_string(thresholds.minimumRows) + " are needed.";
    if (rarerOutcome(known) < leastExpected)
        return few + fixed(rarerOutcome(known), 1) +
               " rows of the rarer outcome are expected among those with a known one, at least " +
               fixed(leastExpected, 0) + " are needed.";
    if (known.calibrationRows && *known.calibrationRows < static_cast<double>(thresholds.minimumRows))
        return few + "the reference holds few rows with such scores, as much as " + fixed(*known.calibrationRows, 0) +
               " rows of this mix would tell, at least " + std::to_string(thresholds.minimumRows) + " are needed.";
    if (referenceRarer < leastExpected)
        return few + "the reference holds " + fixed(referenceRarer, 0) + " rows of the rarer outcome, at least " +
               fixed(leastExpected, 0) + " are needed.";
    return {};
}

/// Whether a gap is as large as what the policy calls a loss of performance: of AUC, and of accuracy, the drop; of the
/// root of the Brier score, which is an RMSE, the ratio; in either direction.
bool isLarge(const std::vector<Gap> &gaps, const Thresholds &thresholds)
{
    return std::ranges::any_of(gaps, [&](const Gap &gap) {
        if (std::string_view(gap.figure->name) != "brier")
            return std::abs(gap.value()) > thresholds.aucDropAmber;
        const auto [less, more] = std::minmax(gap.realised, gap.estimated);
        return std::sqrt(more) > thresholds.rmseRatioAmber * std::sqrt(less);
    });
}

std::string reasonOf(const PerformanceEstimate &estimate, const std::vector<Gap> &gaps, double adjusted,
                     const Thresholds &thresholds)
{
    std::string text;
    for (const Gap &gap : gaps)
        text += std::string(text.empty() ? "" : ", ") + gap.figure->title + " " + fixed(gap.realised, 3) + " where " +
                fixed(gap.estimated, 3) + " was estimated";
    text = "Over " + std::to_string(estimate.labelledEvidence->n) + " rows with a known outcome: " + text;
    const std::string p = adjusted < 0.001 ? "under 0.001" : fixed(adjusted, 3);
    if (estimate.suspectedConceptDrift)
        return text + ". That is more than chance gives (p among the periods " + p +
               "): concept drift is suspected, the relation between inputs and outcome may have changed.";
    if (adjusted <= thresholds.falseDiscoveryRate)
        return text + ". That is more than chance gives (p among the periods " + p +
               "), but no more than the limits on a loss of performance allow (AUC and accuracy " +
               fixed(thresholds.aucDropAmber, 3) + ", root of the Brier score " + fixed(thresholds.rmseRatioAmber, 2) +
               " times).";
    return text + ". Chance alone may give as much (p among the periods " + p + ").";
}

} // namespace

std::vector<FigureInfo> estimateFigureInfos()
{
    std::vector<FigureInfo> infos;
    infos.reserve(estimateList.size());
    for (const EstimateFigure &figure : estimateList)
        infos.push_back(figure.info);
    return infos;
}

std::string estimateAssumption()
{
    return cbpeAssumption;
}

std::string estimateDefinition()
{
    return estimateAssumption() +
           " Confidence-based performance estimation (CBPE): scores are calibrated by isotonic regression on the "
           "labelled rows of the reference, ratios are of expectations. 95% interval: " +
           std::string(expectedRange);
}

std::string gapDefinition()
{
    return "Realised minus estimated over the rows with a known outcome. 95% interval: 1.96 standard deviations by the "
           "chance of the outcomes and of the calibration. Tested against what the calibration is too good to be true "
           "by for this mix of rows (one-step correction of the plug-in estimate from the residuals within its steps), "
           "by the normal, Pearson's type III and Student's distribution, whichever says least, two-sided, at as many "
           "degrees of freedom as rows of the rarer outcome; Bonferroni over AUC, accuracy and Brier score, "
           "Benjamini-Hochberg over the periods outside the reference. Concept drift is suspected where it is told "
           "from chance and as large as the policy's amber limits on a loss of performance: AUC or accuracy by the "
           "drop of AUC, the root of the Brier score by the ratio of RMSE, in either direction";
}

Figures estimateFigures(const EstimateEvidence &evidence)
{
    Figures figures;
    for (const EstimateFigure &figure : estimateList) {
        const std::string name(figure.info.name);
        const double value = figure.value(evidence);
        const EstimateSpread *spread = spreadOf(evidence, name);
        if (spread == nullptr) {
            figures.emplace(name, figureOf(value));
            continue;
        }
        const Interval interval =
            waldInterval(value, std::sqrt(spread->outcomes + spread->calibration), figureConfidence);
        figures.emplace(name, figureOf(value, {std::max(0.0, interval.low), std::min(1.0, interval.high)}));
    }
    return figures;
}

void fillEstimates(ReferenceResult &reference, std::vector<RunPeriod> &periods, const Thresholds &thresholds,
                   EngineRules rules)
{
    Calibration own;
    if (reference.estimate && reference.estimate->labelledEvidence) {
        own = calibrationOf(reference.estimate->labelledEvidence, reference.performance);
        fillFigures(*reference.estimate, own.gaps);
        reference.estimate->reason = calibratedOnThese;
    }
    std::vector<std::vector<Gap>> gaps(periods.size());
    std::vector<double> pvalues(periods.size(), undefined);
    for (std::size_t i = 0; i < periods.size(); ++i) {
        if (!periods[i].estimate)
            continue;
        PerformanceEstimate &estimate = *periods[i].estimate;
        gaps[i] = gapsOf(estimate.labelledEvidence, periods[i].performance);
        fillFigures(estimate, gaps[i]);
        const Calibration &calibration =
            estimate.calibrationEvidence && periods[i].comparedWith
                ? calibrationOf(estimate.calibrationEvidence, periods[*periods[i].comparedWith].performance)
                : own;
        estimate.reason =
            periods[i].inReference ? calibratedOnThese : unjudgedBecause(estimate, calibration.rarer, thresholds);
        if (estimate.reason.empty())
            pvalues[i] = pvalueOf(gaps[i], calibration.gaps,
                                  std::min(rarerOutcome(*estimate.labelledEvidence), calibration.rarer));
    }
    const std::vector<double> adjusted = benjaminiHochberg(pvalues);
    for (std::size_t i = 0; i < periods.size(); ++i) {
        if (!periods[i].estimate || !periods[i].estimate->reason.empty())
            continue;
        PerformanceEstimate &estimate = *periods[i].estimate;
        if (std::isnan(pvalues[i])) {
            estimate.reason = "Not judged: the evidence of chance is not recorded.";
            continue;
        }
        estimate.gapPvalue = pvalues[i];
        estimate.gapAdjustedPvalue = adjusted[i];
        estimate.suspectedConceptDrift = adjusted[i] <= thresholds.falseDiscoveryRate &&
                                         (rules == EngineRules::beforeEngine6 || isLarge(gaps[i], thresholds));
        estimate.reason = reasonOf(estimate, gaps[i], adjusted[i], thresholds);
    }
}

} // namespace countersign
