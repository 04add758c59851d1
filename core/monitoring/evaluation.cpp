// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/evaluation.h"

#include "core/base/json.h"
#include "core/monitoring/dataquality.h"
#include "core/monitoring/driftverdict.h"
#include "core/monitoring/estimatefigures.h"
#include "core/monitoring/fairnessfigures.h"
#include "core/monitoring/figures.h"
#include "core/monitoring/figureverdict.h"
#include "core/monitoring/ownreference.h"
#include "core/monitoring/performanceverdict.h"
#include "core/stats/chisquare.h"
#include "core/stats/divergence.h"
#include "core/stats/kstest.h"
#include "core/stats/multipletesting.h"
#include "core/stats/proportions.h"
#include "core/stats/undefined.h"
#include "core/stats/wasserstein.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace countersign {

namespace {

std::optional<double> shareOf(std::uint64_t part, std::uint64_t whole)
{
    return definedOrNothing(proportion(part, whole));
}

FeatureStatistics statisticsOf(const RunResult &run, const FeatureResult &feature, std::size_t at)
{
    const FeaturePeriod &period = feature.periods[at];
    FeatureStatistics statistics;
    statistics.missingRate = shareOf(period.missing, period.n);
    if (period.counts.empty())
        return statistics;
    const std::size_t apart = feature.bins.firstApart(period.counts.size());
    if (feature.type == ColumnType::Categorical)
        statistics.unseenRate = shareOf(period.counts[apart - 1], period.n);
    else if (feature.bins.minimum)
        statistics.outOfRangeShare = shareOf(period.counts.front() + period.counts[apart - 1], period.n);
    const auto compared = comparedCounts(run, feature, at);
    if (!compared)
        return statistics;
    const Counts before = compared->counts;
    const Counts after = period.counts;
    statistics.psi = definedOrNothing(populationStabilityIndex(before, after));
    statistics.jensenShannonDistance = definedOrNothing(jensenShannonDistance(before, after));
    statistics.hellinger = definedOrNothing(hellingerDistance(before, after));
    statistics.lInfinity = definedOrNothing(lInfinityDistance(before, after));
    if (period.ks) {
        const KsEvidence &ks = *period.ks;
        const double d = ksStatistic(ks.referenceAtOrBelow, ks.n, ks.currentAtOrBelow, ks.m);
        statistics.ksStatistic = definedOrNothing(d);
        statistics.ksPvalue = definedOrNothing(ksPvalueEffectiveSize(d, ks.n, ks.m));
    }
    if (period.wasserstein) {
        statistics.wasserstein = definedOrNothing(period.wasserstein->distance);
        if (period.wasserstein->deviation)
            statistics.wassersteinNormed =
                definedOrNothing(wassersteinOverSpread(period.wasserstein->distance, *period.wasserstein->deviation));
    }
    if (feature.type == ColumnType::Categorical) {
        const auto chi = chiSquareContingency(before.first(apart), after.first(apart));
        statistics.chi2Statistic = definedOrNothing(chi.statistic);
        statistics.chi2Pvalue = definedOrNothing(chi.pvalue);
        statistics.cramersV = definedOrNothing(chi.cramersV);
    }
    return statistics;
}

/// NotEnoughData only while nothing else is known.
Verdict worst(Verdict a, Verdict b)
{
    if (a == Verdict::NotEnoughData)
        return b;
    return b == Verdict::NotEnoughData ? a : std::max(a, b);
}

/// Every test of the run: a row for performance, then one for each feature; a column for each period. Then those of the
/// figures with limits, period by period.
class TestsOfRun
{
public:
    /// The figures are those of RunPeriod::figureVerdicts.
    TestsOfRun(const RunResult &run, const std::vector<DriftJudge> &judges)
        : m_periods(run.periods.size())
        , m_pvalues((judges.size() + 1) * m_periods, undefined)
    {
        for (std::size_t test = 0; test < m_pvalues.size(); ++test)
            m_periodOf.push_back(test % m_periods);
        for (std::size_t period = 0; period < m_periods; ++period) {
            if (const auto compared = comparedPerformance(run, run.periods[period]))
                m_pvalues[period] =
                    performancePvalue(*compared, run.periods[period], run.settings.thresholds, lossTestOf(run));
            for (std::size_t feature = 0; feature < judges.size(); ++feature)
                m_pvalues[(feature + 1) * m_periods + period] = judges[feature].pvalue(period);
            m_figures.push_back(m_pvalues.size());
            for (const FigureVerdict &figure : run.periods[period].figureVerdicts) {
                m_pvalues.push_back(figure.pvalue.value_or(undefined));
                m_periodOf.push_back(period);
            }
        }
        m_adjusted = m_pvalues;
        for (const bool inReference : {false, true})
            adjust(run, inReference);
    }

    [[nodiscard]] AdjustedTest ofPerformance(std::size_t period) const { return at(period); }
    [[nodiscard]] AdjustedTest ofFeature(std::size_t feature, std::size_t period) const
    {
        return at((feature + 1) * m_periods + period);
    }
    [[nodiscard]] AdjustedTest ofFigure(std::size_t figure, std::size_t period) const
    {
        return at(m_figures[period] + figure);
    }

private:
    [[nodiscard]] AdjustedTest at(std::size_t test) const { return {m_pvalues[test], m_adjusted[test]}; }

    /// Periods within the reference resemble it by construction, so that they would water down the others.
    void adjust(const RunResult &run, bool inReference)
    {
        const auto belongs = [&](std::size_t test) { return run.periods[m_periodOf[test]].inReference == inReference; };
        std::vector<double> family = m_pvalues;
        for (std::size_t test = 0; test < family.size(); ++test)
            if (!belongs(test))
                family[test] = undefined;
        const std::vector<double> adjusted = benjaminiHochberg(family);
        for (std::size_t test = 0; test < adjusted.size(); ++test)
            if (belongs(test))
                m_adjusted[test] = adjusted[test];
    }

    std::size_t m_periods;
    std::vector<double> m_pvalues;
    std::vector<std::size_t> m_periodOf; ///< each test
    std::vector<std::size_t> m_figures;  ///< the first of each period
    std::vector<double> m_adjusted;
};

/// Fills every verdict; the statistics are there.
void judge(RunResult &result)
{
    const Thresholds &limits = result.settings.thresholds;
    const std::vector<DriftJudge> judges = [&] {
        std::vector<DriftJudge> made;
        made.reserve(result.features.size());
        for (const FeatureResult &feature : result.features)
            made.emplace_back(result, feature);
        return made;
    }();
    for (std::size_t i = 0; i < result.periods.size(); ++i)
        result.periods[i].figureVerdicts = figuresToJudge(result, i);
    const TestsOfRun tests(result, judges);
    std::optional<std::size_t> judged; // the last period outside the reference
    for (std::size_t i = 0; i < result.periods.size(); ++i) {
        RunPeriod &period = result.periods[i];
        const AdjustedTest test = tests.ofPerformance(i);
        period.performancePvalue = definedOrNothing(test.pvalue);
        period.performanceAdjustedPvalue = definedOrNothing(test.adjusted);
        const auto compared = comparedPerformance(result, period);
        auto [verdict, reason] = compared
                                     ? judgePerformance(*compared, period, limits, test.adjusted, lossTestOf(result))
                                     : PerformanceJudgement{Verdict::NotEnoughData, nothingAYearBefore};
        period.performanceVerdict = verdict;
        period.performanceReason = std::move(reason);
        period.verdict = verdict;
        for (std::size_t f = 0; f < period.figureVerdicts.size(); ++f) {
            FigureVerdict &figure = period.figureVerdicts[f];
            judgeFigure(figure, tests.ofFigure(f, i), result, i);
            period.verdict = worst(period.verdict, figure.verdict);
        }
        if (!period.inReference)
            judged = i;
    }
    for (std::size_t f = 0; f < result.features.size(); ++f) {
        FeatureResult &feature = result.features[f];
        for (std::size_t i = 0; i < feature.periods.size(); ++i) {
            feature.periods[i].verdict = judges[f].judge(i, tests.ofFeature(f, i));
            result.periods[i].verdict = worst(result.periods[i].verdict, feature.periods[i].verdict.verdict);
        }
        feature.verdict = judged ? feature.periods[*judged].verdict.verdict : Verdict::NotEnoughData;
    }
    result.verdict = judged ? result.periods[*judged].verdict : Verdict::NotEnoughData;
}

} // namespace

bool isBeforeEngine(const RunResult &run, int version)
{
    int made = version; // what is no number counts as of now
    std::from_chars(run.engineVersion.data(), run.engineVersion.data() + run.engineVersion.size(), made);
    return made < version;
}

void evaluateOutcomes(ReferenceResult &reference, std::vector<RunPeriod> &periods, const RunSettings &settings,
                      EngineRules rules)
{
    fillPerformance(reference.performance, rules);
    reference.labelledShare = shareOf(reference.labelledRows, reference.rows);
    for (RunPeriod &period : periods) {
        fillPerformance(period.performance, rules);
        period.labelledShare = shareOf(period.labelledRows, period.rows);
    }
    fillEstimates(reference, periods, settings.thresholds, rules);
    for (FairnessResult &fairness : reference.fairness)
        fillFairness(fairness);
    for (RunPeriod &period : periods)
        for (FairnessResult &fairness : period.fairness)
            fillFairness(fairness);
    fillQuality(reference, periods, settings.period);
}

void evaluate(RunResult &result)
{
    evaluateOutcomes(result.reference, result.periods, result.settings,
                     isBeforeEngine(result, 6) ? EngineRules::beforeEngine6 : EngineRules::now);
    for (FeatureResult &feature : result.features)
        for (std::size_t i = 0; i < feature.periods.size(); ++i)
            feature.periods[i].statistics = statisticsOf(result, feature, i);
    judge(result);
}

std::map<std::string, std::string> runDefinitions(bool testsOfValues)
{
    const std::string bins = " over the reference's deciles, below its minimum, above its maximum, each special "
                             "value and missing (categories, new categories, special values and missing for text)";
    std::map<std::string, std::string> definitions{
        {"psi", "Population stability index, sum (q - p) ln(q / p)" + bins + "; zero shares raised to 0.0001"},
        {"jensenShannonDistance", "Jensen-Shannon distance, square root of the divergence to base 2," + bins},
        {"hellinger", "Hellinger distance" + bins},
        {"lInfinity", "Largest difference of two shares" + bins},
        {"ksStatistic", "Two-sample Kolmogorov-Smirnov D, exact, missing and special values left out"},
        {"ksPvalue", "Asymptotic: exact distribution of one sample at size n m / (n + m), two-sided"},
        {"wasserstein", "First Wasserstein distance, exact, in the unit of the column, missing and special values left "
                        "out"},
        {"wassersteinNormed", "First Wasserstein distance over the population standard deviation of the reference"},
        {"chi2Statistic", "Pearson's chi-square of the contingency table without Yates' correction, missing and "
                          "special values left out, categories not in the reference taken as one"},
        {"chi2Pvalue", "Upper tail of chi-square at categories - 1 degrees of freedom"},
        {"cramersV", "sqrt(chi-square / N), not bias-corrected"},
        {"missingRate", "Missing rows over rows"},
        {"criticalPsi",
         "(1/n + 1/m) times the 95% quantile of chi-square at B - 1 degrees of freedom, B the bins in use"},
        {"pvalue",
         "Of no drift: partition test over the same bins, rare ones merged (squared normal scores of the mid-p of k - "
         "1 "
         "hypergeometric counts, chi-square; Fisher's exact test of two bins), with exact tests of what lies outside "
         "the reference's range and of rare classes, Bonferroni over the two or three"},
        {"adjustedPvalue", "Benjamini-Hochberg over the tests of drift, performance and limited figures of the run "
                           "outside its reference"},
        {"auc", "Area under the ROC curve by rank sum, ties counted half, exact"},
        {"rmse", "Square root of the mean squared error of prediction minus target"},
        {"mae", "Mean absolute error"},
        {"bias", "Mean of prediction minus target"},
        {"labelledShare", "Rows with both a score or prediction and a known outcome over rows; figures of performance "
                          "rest on these rows alone"},
        {"estimate", estimateDefinition()},
        {"gap", gapDefinition()},
        {"fairness", fairnessDefinition()},
        {"duplicateRate", "Rows equal in every column read to another row of the period, all but one of each kind, by "
                          "a 64-bit hash of their values, over rows; times count by their day"},
        {"expectedRows", "Median of the rows of the reference's periods"},
        {"arrivedShare", "Rows over expected rows"},
        {"unseenRate", "Rows in categories that the reference has not, over rows"},
        {"outOfRangeShare", "Rows below the reference's minimum or above its maximum, over rows"},
    };
    if (testsOfValues)
        definitions.insert({
            {"ksPvalueExact", "Two-sided p-value of KS from all orders of both samples, up to 10,000 values a side"},
            {"energyDistance", "Energy distance, sqrt(2 integral of (F - G)^2), missing and special values left out"},
            {"cramerVonMises", "Two-sample Cramér-von Mises T, midranks for ties, missing and special values left out"},
            {"cramerVonMisesPvalue", "Asymptotic p-value of Cramér-von Mises T"},
            {"andersonDarling", "Two-sample Anderson-Darling, midranks, normalised, missing and special values left "
                                "out"},
            {"andersonDarlingPvalue", "Of Anderson-Darling, interpolated, 0.001 to 0.25"},
        });
    for (const LimitedFigure figure : enumValues<LimitedFigure>())
        definitions.emplace(enumName(figure), definitionOf(figure));
    for (const auto &infos : {scoreFigureInfos(), regressionFigureInfos()}) {
        for (const FigureInfo &info : infos)
            definitions.emplace(info.name,
                                std::string(info.definition) + (info.interval.empty()
                                                                    ? std::string()
                                                                    : "; 95% interval: " + std::string(info.interval)));
    }
    return definitions;
}

} // namespace countersign
