// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/driftverdict.h"

#include "core/base/decimal.h"
#include "core/monitoring/evaluation.h"
#include "core/monitoring/ownreference.h"
#include "core/stats/chisquare.h"
#include "core/stats/divergence.h"
#include "core/stats/homogeneity.h"
#include "core/stats/undefined.h"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

namespace countersign {

namespace {

constexpr double onceIn20 = 0.95;
constexpr double onceIn100 = 0.99;
constexpr double onceIn1000 = 0.999;
constexpr std::size_t leastLearntFrom = 6;

std::uint64_t binsInUse(Counts reference, Counts period)
{
    std::uint64_t bins = 0;
    for (std::size_t i = 0; i < period.size(); ++i)
        bins += reference[i] + period[i] > 0 ? 1 : 0;
    return bins;
}

void takeAway(std::vector<std::uint64_t> &from, const std::vector<std::uint64_t> &counts)
{
    for (std::size_t i = 0; i < from.size(); ++i)
        from[i] -= std::min(from[i], counts[i]);
}

/// What one more value exceeds with probability 1 - confidence, by Student's prediction interval on the square roots,
/// in which a chi-square variable is nearly normal (Fisher).
double predictionLimit(const std::vector<double> &roots, double confidence)
{
    const auto k = static_cast<double>(roots.size());
    double mean = 0;
    for (const double root : roots)
        mean += root / k;
    double squares = 0;
    for (const double root : roots)
        squares += (root - mean) * (root - mean);
    const double t = boost::math::quantile(boost::math::students_t(k - 1), confidence);
    const double limit = mean + t * std::sqrt(squares / (k - 1) * (1 + 1 / k));
    return limit * limit;
}

/// Recorded runs are judged as they were.
TableTest tableTestOf(const RunResult &run)
{
    return isBeforeEngine(run, 3) ? TableTest::PearsonChiSquare : TableTest::Partition;
}

/// One statistic of a column in one period, with what is known of chance for it.
struct Measured
{
    std::optional<double> value;
    double pvalue = 0; ///< of a rate: that chance alone moves it so far; of a distance that of its column will do
};

Measured measured(LimitedStatistic statistic, const FeatureResult &feature, const FeaturePeriod &period,
                  const ComparedCounts &reference, bool drawnByReference)
{
    const FeatureStatistics &statistics = period.statistics;
    const std::size_t last = feature.bins.firstApart(period.counts.size()) - 1; // new categories, or above the range
    switch (statistic) {
    case LimitedStatistic::jensenShannonDistance:
        return {statistics.jensenShannonDistance};
    case LimitedStatistic::hellinger:
        return {statistics.hellinger};
    case LimitedStatistic::lInfinity:
        return {statistics.lInfinity};
    case LimitedStatistic::ks:
        return {statistics.ksStatistic};
    case LimitedStatistic::missingRateRise: {
        if (!statistics.missingRate || reference.rows == 0)
            return {};
        const auto before = static_cast<double>(reference.missing) / static_cast<double>(reference.rows);
        return {*statistics.missingRate - before,
                ratePvalue(reference.missing, reference.rows, period.missing, period.n)};
    }
    case LimitedStatistic::unseenRate:
        return {statistics.unseenRate, statistics.unseenRate ? ratePvalue(reference.counts[last], reference.rows,
                                                                          period.counts[last], period.n)
                                                             : 1};
    case LimitedStatistic::outOfRangeShare:
        break;
    }
    if (!statistics.outOfRangeShare)
        return {};
    const auto outside = period.counts.front() + period.counts[last];
    return {statistics.outOfRangeShare,
            drawnByReference
                ? exceedancePvalue(reference.rows - reference.missing, period.n - period.missing, outside)
                : ratePvalue(reference.counts.front() + reference.counts[last], reference.rows, outside, period.n)};
}

} // namespace

std::string nameOf(LimitedStatistic statistic)
{
    switch (statistic) {
    case LimitedStatistic::jensenShannonDistance:
        return "Jensen-Shannon distance";
    case LimitedStatistic::hellinger:
        return "Hellinger distance";
    case LimitedStatistic::lInfinity:
        return "L-infinity";
    case LimitedStatistic::ks:
        return "KS";
    case LimitedStatistic::missingRateRise:
        return "Rise of the missing rate";
    case LimitedStatistic::unseenRate:
        return "Unseen-value rate";
    case LimitedStatistic::outOfRangeShare:
        break;
    }
    return "Out-of-range share";
}

DriftJudge::DriftJudge(const RunResult &run, const FeatureResult &feature)
    : m_run(run)
    , m_feature(feature)
    , m_unusable(unusableBecause())
{
    if (m_unusable.empty() && run.settings.thresholds.psiRule == LimitRule::Learnt &&
        !run.settings.reference.samePeriodLastYear)
        m_learnt = learntWithout(std::nullopt);
}

/// One and the same bin holds every row of the reference and of all periods, and that bin is one value.
bool DriftJudge::isConstant() const
{
    const bool oneValue = m_feature.type == ColumnType::Categorical ? m_feature.bins.categories.size() == 1
                                                                    : m_feature.bins.minimum == m_feature.bins.maximum;
    return oneValue &&
           std::all_of(m_feature.periods.begin(), m_feature.periods.end(), [&](const FeaturePeriod &period) {
               return period.counts.empty() || binsInUse(m_feature.referenceCounts, period.counts) <= 1;
           });
}

std::string DriftJudge::unusableBecause() const
{
    if (m_feature.bins.labels.empty())
        return "Not judged: the column does not lend itself to bins.";
    if (m_feature.referenceMissing == m_feature.referenceRows)
        return "Not judged: every value of the reference is missing.";
    if (isConstant())
        return "Not judged: the column holds one value only.";
    return {};
}

bool DriftJudge::enoughRows(const FeaturePeriod &period, std::uint64_t referenceRows) const
{
    return std::min(period.n, referenceRows) >= m_run.settings.thresholds.minimumRows;
}

double DriftJudge::pvalue(std::size_t at) const
{
    const FeaturePeriod &period = m_feature.periods[at];
    const auto reference = comparedCounts(m_run, m_feature, at);
    if (!m_unusable.empty() || !reference || !enoughRows(period, reference->rows))
        return undefined;
    // Of a period of its own the bins outside the range are not empty by construction.
    const bool drawnByReference = !m_run.settings.reference.samePeriodLastYear;
    const TableTest test = tableTestOf(m_run);
    return m_feature.bins.minimum && drawnByReference
               ? numericHomogeneityPvalue(reference->counts, period.counts, test, 1 + m_feature.bins.special.size())
               : categoryHomogeneityPvalue(reference->counts, period.counts, test);
}

DriftJudge::Limits DriftJudge::limits(std::size_t at, std::uint64_t referenceRows, std::uint64_t bins) const
{
    const Thresholds &thresholds = m_run.settings.thresholds;
    switch (thresholds.psiRule) {
    case LimitRule::Fixed:
        break;
    case LimitRule::SampleSize: {
        const auto critical = [&](double confidence) {
            return criticalStabilityIndex(referenceRows, m_feature.periods[at].n, bins, confidence);
        };
        return {critical(onceIn20), critical(onceIn1000), ", the limit for this many rows"};
    }
    case LimitRule::Learnt:
        if (m_run.settings.reference.samePeriodLastYear)
            return {thresholds.psiAmber, thresholds.psiRed,
                    ", the fixed limit, for none is learnt from comparisons with the year before"};
        return m_run.periods[at].inReference ? learntWithout(at) : *m_learnt;
    }
    return {thresholds.psiAmber, thresholds.psiRed, {}};
}

DriftJudge::Limits DriftJudge::learntWithout(std::optional<std::size_t> leftOut) const
{
    std::vector<std::uint64_t> others = m_feature.referenceCounts;
    if (leftOut)
        takeAway(others, m_feature.periods[*leftOut].counts);
    std::vector<double> roots;
    for (std::size_t i = 0; i < m_feature.periods.size(); ++i) {
        if (i == leftOut || !m_run.periods[i].inReference || !enoughRows(m_feature.periods[i], m_feature.referenceRows))
            continue;
        std::vector<std::uint64_t> rest = others;
        takeAway(rest, m_feature.periods[i].counts);
        const double psi = populationStabilityIndex(rest, m_feature.periods[i].counts);
        if (!std::isnan(psi))
            roots.push_back(std::sqrt(psi));
    }
    if (roots.size() < leastLearntFrom)
        return {m_run.settings.thresholds.psiAmber, m_run.settings.thresholds.psiRed,
                ", the fixed limit, for only " + std::to_string(roots.size()) +
                    " reference periods can be learnt from"};
    return {predictionLimit(roots, onceIn100), predictionLimit(roots, onceIn1000),
            ", the limit learnt from " + std::to_string(roots.size()) + " reference periods"};
}

DriftVerdict DriftJudge::judge(std::size_t at, const AdjustedTest &test) const
{
    const FeaturePeriod &period = m_feature.periods[at];
    const Thresholds &thresholds = m_run.settings.thresholds;
    DriftVerdict result;
    const auto reference = comparedCounts(m_run, m_feature, at);
    result.enoughRows = reference && enoughRows(period, reference->rows);
    if (!m_unusable.empty() || !reference) {
        result.reason = m_unusable.empty() ? nothingAYearBefore : m_unusable;
        return result;
    }
    const double psi = period.statistics.psi.value_or(0);
    result.bins = binsInUse(reference->counts, period.counts);
    const Limits limit = limits(at, reference->rows, result.bins);
    result.amberLimit = limit.amber;
    result.redLimit = limit.red;
    result.criticalPsi = definedOrNothing(criticalStabilityIndex(reference->rows, period.n, result.bins, onceIn20));
    result.pvalue = definedOrNothing(test.pvalue);
    result.adjustedPvalue = definedOrNothing(test.adjusted);
    result.overAmber = psi > limit.amber;
    result.overRed = psi > limit.red;
    const bool moreThanChance = result.criticalPsi && psi > *result.criticalPsi;
    result.distinguishable =
        moreThanChance && result.adjustedPvalue && *result.adjustedPvalue <= thresholds.falseDiscoveryRate;
    const std::string value = "PSI " + fixed(psi, 3);
    if (!result.enoughRows) {
        result.reason = "Not enough data: " + std::to_string(period.n) + " rows against " +
                        std::to_string(reference->rows) + " in the reference, at least " +
                        std::to_string(thresholds.minimumRows) + " are needed.";
    } else if (!result.overAmber) {
        result.verdict = Verdict::Green;
        result.reason = value + " is within " + fixed(limit.amber, 3) +
                        (limit.origin.empty() ? ", the limit of the policy." : limit.origin + ".");
    } else if (!moreThanChance) {
        result.verdict = Verdict::Green;
        result.reason = value + " is over the limit of " + fixed(limit.amber, 3) + ", but chance alone gives up to " +
                        fixed(result.criticalPsi.value_or(0), 3) + " with so few rows.";
    } else if (!result.distinguishable) {
        result.verdict = Verdict::Green;
        result.reason = value + " is over the limit of " + fixed(limit.amber, 3) +
                        ", but among all tests of this run one like it is expected by chance (adjusted p " +
                        smallNumber(test.adjusted) + ", at most " + decimalFromDouble(thresholds.falseDiscoveryRate) +
                        " counts).";
    } else {
        result.verdict = result.overRed ? Verdict::Red : Verdict::Amber;
        result.reason = value + " is over " + fixed(result.overRed ? limit.red : limit.amber, 3) +
                        (limit.origin.empty() ? ", the limit of the policy," : limit.origin + ",") +
                        " and more than chance gives (" + fixed(*result.criticalPsi, 3) + "; adjusted p " +
                        smallNumber(test.adjusted) + ").";
    }
    if (result.enoughRows)
        judgeOthers(at, *reference, result);
    return result;
}

void DriftJudge::judgeOthers(std::size_t at, const ComparedCounts &reference, DriftVerdict &verdict) const
{
    const Thresholds &thresholds = m_run.settings.thresholds;
    const double mostByChance = thresholds.falseDiscoveryRate;
    if (!verdict.adjustedPvalue || *verdict.adjustedPvalue > mostByChance)
        return;
    for (const StatisticLimit &limit : thresholds.statistics) {
        const auto [value, pvalue] = measured(limit.statistic, m_feature, m_feature.periods[at], reference,
                                              !m_run.settings.reference.samePeriodLastYear);
        if (!value || !(*value > limit.amber) || !(pvalue <= mostByChance))
            continue;
        const bool red = *value > limit.red;
        const double over = red ? limit.red : limit.amber;
        verdict.breaches.push_back({limit.statistic, *value, over, red});
        verdict.verdict = std::max(verdict.verdict, red ? Verdict::Red : Verdict::Amber);
        verdict.reason += " " + nameOf(limit.statistic) + " " + fixed(*value, 3) + " is over " + fixed(over, 3) +
                          ", the limit of the policy, and more than chance gives.";
    }
}

} // namespace countersign
