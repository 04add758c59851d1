// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/evaluation.h"

#include "core/base/decimal.h"
#include "core/monitoring/outcome.h"
#include "core/stats/chisquare.h"
#include "core/stats/divergence.h"
#include "core/stats/kstest.h"
#include "core/stats/performance.h"

#include <algorithm>
#include <cmath>

namespace countersign {

namespace {

constexpr double confidence = 0.95;
constexpr double oneSidedNormal95 = 1.6448536269514722;

std::optional<double> defined(double value)
{
    return std::isnan(value) ? std::nullopt : std::optional(value);
}

FeatureStatistics statisticsOf(const FeatureResult &feature, const FeaturePeriod &period)
{
    FeatureStatistics statistics;
    if (period.n > 0)
        statistics.missingRate = static_cast<double>(period.missing) / static_cast<double>(period.n);
    if (period.counts.empty())
        return statistics;
    const Counts before = feature.referenceCounts;
    const Counts after = period.counts;
    statistics.psi = defined(populationStabilityIndex(before, after));
    statistics.jensenShannonDistance = defined(jensenShannonDistance(before, after));
    statistics.hellinger = defined(hellingerDistance(before, after));
    statistics.lInfinity = defined(lInfinityDistance(before, after));
    if (period.ks) {
        const KsEvidence &ks = *period.ks;
        const double d = ksStatistic(ks.referenceAtOrBelow, ks.n, ks.currentAtOrBelow, ks.m);
        statistics.ksStatistic = defined(d);
        statistics.ksPvalue = defined(ksPvalueEffectiveSize(d, ks.n, ks.m));
    }
    if (feature.type == ColumnType::Categorical) {
        const auto chi = chiSquareContingency(before.first(before.size() - 1), after.first(after.size() - 1));
        statistics.chi2Statistic = defined(chi.statistic);
        statistics.chi2Pvalue = defined(chi.pvalue);
        statistics.cramersV = defined(chi.cramersV);
    }
    return statistics;
}

std::uint64_t binsInUse(const FeatureResult &feature, const FeaturePeriod &period)
{
    std::uint64_t bins = 0;
    for (std::size_t i = 0; i < period.counts.size(); ++i)
        bins += feature.referenceCounts[i] + period.counts[i] > 0 ? 1 : 0;
    return bins;
}

/// One and the same bin holds every row of the reference and of all periods, and that bin is one value.
bool isConstant(const FeatureResult &feature)
{
    const bool oneValue = feature.type == ColumnType::Categorical ? feature.bins.categories.size() == 1
                                                                  : feature.bins.minimum == feature.bins.maximum;
    return oneValue && std::all_of(feature.periods.begin(), feature.periods.end(), [&](const FeaturePeriod &period) {
               return period.counts.empty() || binsInUse(feature, period) <= 1;
           });
}

DriftVerdict judge(const FeatureResult &feature, const FeaturePeriod &period, const Thresholds &limits,
                   const std::string &unusable)
{
    DriftVerdict result;
    result.enoughRows = std::min(period.n, feature.referenceRows) >= limits.minimumRows;
    if (!unusable.empty()) {
        result.reason = unusable;
        return result;
    }
    const double psi = period.statistics.psi.value_or(0);
    result.bins = binsInUse(feature, period);
    result.criticalPsi = defined(criticalStabilityIndex(feature.referenceRows, period.n, result.bins, confidence));
    result.overAmber = psi > limits.psiAmber;
    result.overRed = psi > limits.psiRed;
    result.distinguishable = result.criticalPsi && psi > *result.criticalPsi;
    const std::string value = "PSI " + fixed(psi, 3);
    if (!result.enoughRows) {
        result.reason = "Not enough data: " + std::to_string(period.n) + " rows against " +
                        std::to_string(feature.referenceRows) + " in the reference, at least " +
                        std::to_string(limits.minimumRows) + " are needed.";
    } else if (!result.overAmber) {
        result.verdict = Verdict::Green;
        result.reason = value + " is within the limit of " + fixed(limits.psiAmber, 2) + ".";
    } else if (!result.distinguishable) {
        result.verdict = Verdict::Green;
        result.reason = value + " is over the limit of " + fixed(limits.psiAmber, 2) +
                        ", but chance alone gives up to " + fixed(result.criticalPsi.value_or(0), 3) +
                        " with so few rows.";
    } else {
        result.verdict = result.overRed ? Verdict::Red : Verdict::Amber;
        result.reason = value + " is over the limit of " + fixed(result.overRed ? limits.psiRed : limits.psiAmber, 2) +
                        " and more than chance gives (" + fixed(result.criticalPsi.value_or(0), 3) + ").";
    }
    return result;
}

std::string unusableBecause(const FeatureResult &feature)
{
    if (feature.bins.labels.empty())
        return "Not judged: the column does not lend itself to bins.";
    if (feature.referenceMissing == feature.referenceRows)
        return "Not judged: every value of the reference is missing.";
    if (isConstant(feature))
        return "Not judged: the column holds one value only.";
    return {};
}

struct PerformanceJudgement
{
    Verdict verdict = Verdict::NotEnoughData;
    std::string reason;
};

Verdict worse(double effect, double amber, double red, bool distinguishable)
{
    if (!distinguishable || effect <= amber)
        return Verdict::Green;
    return effect > red ? Verdict::Red : Verdict::Amber;
}

PerformanceJudgement judgeAuc(const Performance &before, const Performance &now, const Thresholds &limits)
{
    if (!before.auc || !now.auc)
        return {Verdict::NotEnoughData, "Not enough data: AUC needs events and non-events in reference and period."};
    const AucEvidence &a = *before.aucEvidence;
    const AucEvidence &b = *now.aucEvidence;
    const double drop = *before.auc - *now.auc;
    const double errorBefore = aucStandardError(*before.auc, a.positives, a.negatives);
    const double errorNow = aucStandardError(*now.auc, b.positives, b.negatives);
    const double chance = oneSidedNormal95 * std::hypot(errorBefore, errorNow);
    return {worse(drop, limits.aucDropAmber, limits.aucDropRed, drop > chance),
            "AUC " + fixed(*now.auc, 3) + " against " + fixed(*before.auc, 3) +
                " in the reference; limits: a drop of " + fixed(limits.aucDropAmber, 2) + " and " +
                fixed(limits.aucDropRed, 2) + ", and of more than " + fixed(chance, 3) + ", which chance alone gives."};
}

PerformanceJudgement judgeRmse(const Performance &before, const Performance &now, const Thresholds &limits)
{
    if (!before.rmse || !now.rmse || *before.rmse == 0)
        return {Verdict::NotEnoughData, "Not enough data: RMSE needs outcomes in reference and period."};
    const double ratio = *now.rmse / *before.rmse;
    const double chance = std::sqrt(fisherQuantile(now.errorEvidence->n, before.errorEvidence->n, confidence));
    return {worse(ratio, limits.rmseRatioAmber, limits.rmseRatioRed, ratio > chance),
            "RMSE " + fixed(*now.rmse, 3) + ", " + fixed(ratio, 2) +
                " times the reference; limits: " + fixed(limits.rmseRatioAmber, 2) + " and " +
                fixed(limits.rmseRatioRed, 2) + ", and more than " + fixed(chance, 2) + ", which chance alone gives."};
}

PerformanceJudgement judgePerformance(const ReferenceResult &reference, const RunPeriod &period,
                                      const Thresholds &limits)
{
    if (!period.performance.aucEvidence && !period.performance.errorEvidence)
        return {Verdict::NotEnoughData, "No outcome to measure performance with."};
    if (std::min(period.labelledRows, reference.labelledRows) < limits.minimumRows)
        return {Verdict::NotEnoughData, "Not enough data: " + std::to_string(period.labelledRows) +
                                            " rows with a known outcome, at least " +
                                            std::to_string(limits.minimumRows) + " are needed."};
    return period.performance.aucEvidence ? judgeAuc(reference.performance, period.performance, limits)
                                          : judgeRmse(reference.performance, period.performance, limits);
}

/// NotEnoughData only while nothing else is known.
Verdict worst(Verdict a, Verdict b)
{
    if (a == Verdict::NotEnoughData)
        return b;
    return b == Verdict::NotEnoughData ? a : std::max(a, b);
}

Performance again(const Performance &recorded)
{
    return performanceOf(recorded.aucEvidence, recorded.errorEvidence);
}

} // namespace

void evaluate(RunResult &result)
{
    const Thresholds &limits = result.settings.thresholds;
    std::optional<std::size_t> judged; // the last period outside the reference
    result.reference.performance = again(result.reference.performance);
    for (std::size_t i = 0; i < result.periods.size(); ++i) {
        RunPeriod &period = result.periods[i];
        period.performance = again(period.performance);
        auto [verdict, reason] = judgePerformance(result.reference, period, limits);
        period.performanceVerdict = verdict;
        period.performanceReason = std::move(reason);
        period.verdict = verdict;
        if (!period.inReference)
            judged = i;
    }
    for (FeatureResult &feature : result.features) {
        const std::string unusable = unusableBecause(feature);
        for (std::size_t i = 0; i < feature.periods.size(); ++i) {
            FeaturePeriod &period = feature.periods[i];
            period.statistics = statisticsOf(feature, period);
            period.verdict = judge(feature, period, limits, unusable);
            result.periods[i].verdict = worst(result.periods[i].verdict, period.verdict.verdict);
        }
        feature.verdict = judged ? feature.periods[*judged].verdict.verdict : Verdict::NotEnoughData;
    }
    result.verdict = judged ? result.periods[*judged].verdict : Verdict::NotEnoughData;
}

std::map<std::string, std::string> runDefinitions()
{
    const std::string bins = " over the reference's deciles, below its minimum, above its maximum and missing "
                             "(categories, new categories and missing for text)";
    return {
        {"psi", "Population stability index, sum (q - p) ln(q / p)" + bins + "; zero shares raised to 0.0001"},
        {"jensenShannonDistance", "Jensen-Shannon distance, square root of the divergence to base 2," + bins},
        {"hellinger", "Hellinger distance" + bins},
        {"lInfinity", "Largest difference of two shares" + bins},
        {"ksStatistic", "Two-sample Kolmogorov-Smirnov D, exact, missing left out"},
        {"ksPvalue", "Asymptotic: exact distribution of one sample at size n m / (n + m), two-sided"},
        {"chi2Statistic", "Pearson's chi-square of the contingency table without Yates' correction, missing left out, "
                          "categories not in the reference taken as one"},
        {"chi2Pvalue", "Upper tail of chi-square at categories - 1 degrees of freedom"},
        {"cramersV", "sqrt(chi-square / N), not bias-corrected"},
        {"missingRate", "Missing rows over rows"},
        {"criticalPsi",
         "(1/n + 1/m) times the 95% quantile of chi-square at B - 1 degrees of freedom, B the bins in use"},
        {"auc", "Area under the ROC curve by rank sum, ties counted half, exact"},
        {"rmse", "Square root of the mean squared error of prediction minus target"},
        {"mae", "Mean absolute error"},
        {"bias", "Mean of prediction minus target"},
    };
}

} // namespace countersign
