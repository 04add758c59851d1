// SPDX-License-Identifier: GPL-3.0-or-later
//
// Performance, calibration, fairness and estimation: values of scikit-learn 1.2.1 and SciPy 1.10.1, and laws.
#include <QtTest>

#include "core/stats/bootstrap.h"
#include "core/stats/calibration.h"
#include "core/stats/classification.h"
#include "core/stats/estimation.h"
#include "core/stats/fairness.h"
#include "core/stats/regression.h"
#include "core/stats/scoreprofile.h"
#include "tests/core/stats/near.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

using namespace countersign;

namespace {

struct Scored
{
    std::vector<double> scores;
    std::vector<std::uint8_t> events;

    void sort()
    {
        std::vector<std::size_t> order(scores.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) { return scores[i] < scores[j]; });
        Scored sorted;
        for (const std::size_t i : order) {
            sorted.scores.push_back(scores[i]);
            sorted.events.push_back(events[i]);
        }
        *this = std::move(sorted);
    }
};

Scored example()
{
    Scored rows{
        {0.1, 0.2, 0.2, 0.3, 0.35, 0.4, 0.4, 0.45, 0.5, 0.55, 0.6, 0.6, 0.62, 0.15, 0.7, 0.8, 0.85, 0.9, 0.97, 0.05},
        {0, 0, 1, 0, 1, 1, 0, 0, 1, 1, 0, 1, 0, 0, 1, 0, 1, 1, 1, 0}};
    rows.sort();
    return rows;
}

class RandomRows
{
public:
    /// Events with the probability that their score says, `strength` 1, or with less or more contrast.
    Scored rows(std::size_t n, double strength = 1)
    {
        Scored result;
        const bool coarse = m_random() % 2 == 0; // with ties
        for (std::size_t i = 0; i < n; ++i) {
            double s = uniform() * 0.98 + 0.01;
            s = coarse ? std::round(s * 20) / 20 : s;
            s = std::clamp(s, 0.01, 0.99);
            const double logit = strength * std::log(s / (1 - s));
            result.scores.push_back(s);
            result.events.push_back(uniform() < 1 / (1 + std::exp(-logit)) ? 1 : 0);
        }
        result.sort();
        return result;
    }
    double uniform() { return static_cast<double>(m_random() >> 11) * 0x1p-53; }
    std::uint64_t number(std::uint64_t below) { return m_random() % below; }

private:
    std::mt19937_64 m_random{20261124};
};

constexpr int rounds = 200;

} // namespace

class TestScores : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void figuresOfScikitLearnAgree()
    {
        const Scored rows = example();
        const ScoreProfile profile = profileScores(rows.scores, rows.events);
        QVERIFY(near(auc(profile), 0.745) && near(gini(profile), 0.49));
        QVERIFY(near(averagePrecision(profile), 0.7638143719026073));
        QVERIFY(near(brierScore(profile), 0.20351499999999997));
        QVERIFY(near(logLoss(profile), 0.57666703501776));
        QVERIFY(near(modelKs(profile), 0.4));
        QVERIFY(near(delongVariance(profile), 0.012716666666666664));
        const double half = 1.959963984540054 * std::sqrt(0.012716666666666664);
        const Interval interval = delongInterval(profile, 0.95);
        QVERIFY(near(interval.low, 0.745 - half) && near(interval.high, std::min(1.0, 0.745 + half)));
        const ConfusionCounts counts = confusionAt(rows.scores, rows.events, 0.5);
        QCOMPARE(counts.trueNegatives, std::uint64_t{7});
        QCOMPARE(counts.falsePositives, std::uint64_t{3});
        QCOMPARE(counts.falseNegatives, std::uint64_t{3});
        QCOMPARE(counts.truePositives, std::uint64_t{7});
        for (const double figure : {f1Score(counts), precisionRate(counts).value(), recallRate(counts).value(),
                                    specificityRate(counts).value(), balancedAccuracy(counts)})
            QVERIFY(near(figure, 0.7));
    }

    void recalibrationIsTheMaximumOfTheLikelihood()
    {
        const Scored rows = example();
        const Recalibration fit = recalibrate(rows.scores, rows.events);
        QVERIFY(near(fit.intercept, 0.06412274, 1e-6) && near(fit.slope, 0.80554687, 1e-7));
        QVERIFY(near(fit.interceptError, 0.50851784, 1e-6) && near(fit.slopeError, 0.43980741, 1e-6));
        QVERIFY(near(fit.offset, 0.0864967, 1e-6) && near(fit.offsetError, 0.5279907469388946, 1e-6));
        RandomRows random;
        const Scored fair = random.rows(50'000);
        const Recalibration calibratedFit = recalibrate(fair.scores, fair.events);
        QVERIFY(std::abs(calibratedFit.slope - 1) < 4 * calibratedFit.slopeError);
        QVERIFY(std::abs(calibratedFit.intercept) < 4 * calibratedFit.interceptError);
        const Scored timid = random.rows(50'000, 2);
        QVERIFY(std::abs(recalibrate(timid.scores, timid.events).slope - 2) < 0.1);
        const std::vector<double> apart{0.1, 0.2, 0.8, 0.9};
        const std::vector<std::uint8_t> perfect{0, 0, 1, 1};
        QVERIFY(std::isnan(recalibrate(apart, perfect).slope));
        const std::vector<double> same{0.3, 0.3, 0.3, 0.3};
        QVERIFY(std::isnan(recalibrate(same, perfect).slope));
        QVERIFY(near(recalibrate(same, perfect).offset, std::log(0.7 / 0.3)));
    }

    void gradeTestsAgree()
    {
        QVERIFY(near(jeffreysPvalue(7, 40, 0.1), 0.06565717346519545));
        QVERIFY(near(binomialPvalue(7, 40, 0.1), 0.09951642396555122));
        QCOMPARE(binomialPvalue(0, 40, 0.1), 1.0);
        for (std::uint64_t exceptions = 0; exceptions <= 12; ++exceptions)
            QCOMPARE(backtestZone(exceptions, 250, 0.01), exceptions <= 4   ? TrafficLight::Green
                                                          : exceptions <= 9 ? TrafficLight::Yellow
                                                                            : TrafficLight::Red);
        QCOMPARE(trafficLight(0, 1, 0.001), TrafficLight::Green);
        for (std::uint64_t events = 0; events <= 40; ++events) {
            const double p = binomialPvalue(events, 40, 0.1);
            QCOMPARE(trafficLight(events, 40, 0.1), p > 0.05    ? TrafficLight::Green
                                                    : p > 0.001 ? TrafficLight::Yellow
                                                                : TrafficLight::Red);
        }
        double last = 1;
        for (std::uint64_t events = 0; events <= 40; ++events) {
            const double p = jeffreysPvalue(events, 40, 0.1);
            QVERIFY(p <= last);
            last = p;
        }
    }

    void hosmerLemeshowIsQuietOnCalibratedScores()
    {
        RandomRows random;
        int rejected = 0;
        for (int round = 0; round < 200; ++round) {
            const Scored rows = random.rows(1000);
            const auto groups = equalGroups(rows.scores, rows.events, 10);
            const HosmerLemeshow test = hosmerLemeshow(groups, false);
            QVERIFY(test.pvalue >= 0 && test.pvalue <= 1);
            rejected += test.pvalue < 0.05 ? 1 : 0;
        }
        QVERIFY2(rejected <= 22, qPrintable(QString::number(rejected))); // 10 expected, sd 3.1
        const Scored wrong = random.rows(2000, 3);
        QVERIFY(hosmerLemeshow(equalGroups(wrong.scores, wrong.events, 10), false).pvalue < 1e-6);
        QVERIFY(std::isnan(hosmerLemeshow({}, false).pvalue));
    }

    void rankFiguresObeyTheirLaws()
    {
        RandomRows random;
        for (int round = 0; round < rounds; ++round) {
            Scored rows = random.rows(2 + random.number(300));
            const ScoreProfile profile = profileScores(rows.scores, rows.events);
            // The order within equal scores does not matter.
            for (std::size_t i = 0; i + 1 < rows.scores.size(); ++i) {
                if (rows.scores[i] == rows.scores[i + 1])
                    std::swap(rows.events[i], rows.events[i + 1]);
            }
            const ScoreProfile shuffled = profileScores(rows.scores, rows.events);
            QCOMPARE(shuffled.twiceU, profile.twiceU);
            QVERIFY(near(shuffled.averagePrecision, profile.averagePrecision) || profile.events == 0);
            QVERIFY(near(shuffled.squaredErrorSum, profile.squaredErrorSum));
            QVERIFY(near(shuffled.ks, profile.ks));
            if (!profile.bothClasses()) {
                QVERIFY(std::isnan(auc(profile)) && std::isnan(modelKs(profile)));
                continue;
            }
            for (const double figure : {auc(profile), modelKs(profile), averagePrecision(profile), brierScore(profile),
                                        expectedCalibrationError(profile)})
                QVERIFY(figure >= 0 && figure <= 1);
            QVERIFY(modelKs(profile) >= std::abs(gini(profile)) / 2 - 1e-12);
            // Turning the scores around turns the area around, and leaves its variance and KS.
            Scored turned = rows;
            for (double &s : turned.scores)
                s = 1 - s;
            turned.sort();
            const ScoreProfile mirror = profileScores(turned.scores, turned.events);
            QVERIFY(near(auc(mirror), 1 - auc(profile)) && near(modelKs(mirror), modelKs(profile)));
            QVERIFY(std::isnan(delongVariance(profile)) || near(delongVariance(mirror), delongVariance(profile), 1e-6));
            // Each curve leads to the same figures.
            const auto roc = rocCurve(rows.scores, rows.events, rows.scores.size());
            double area = 0;
            double ks = 0;
            for (std::size_t i = 1; i < roc.size(); ++i) {
                area += (roc[i].falsePositiveRate - roc[i - 1].falsePositiveRate) *
                        (roc[i].truePositiveRate + roc[i - 1].truePositiveRate) / 2;
                ks = std::max(ks, std::abs(roc[i].truePositiveRate - roc[i].falsePositiveRate));
            }
            QVERIFY(near(area, auc(profile)) && near(ks, modelKs(profile)));
            QCOMPARE(roc.back().truePositiveRate, 1.0);
            QVERIFY(rocCurve(rows.scores, rows.events, 10).size() <= 13);
            const auto groups = equalGroups(rows.scores, rows.events, 10);
            std::uint64_t n = 0;
            std::uint64_t events = 0;
            for (const ScoreGroup &group : groups) {
                n += group.n;
                events += group.events;
            }
            QVERIFY(groups.size() <= 10 && n == profile.n && events == profile.events);
            const auto gains = gainsCurve(groups);
            QVERIFY(gains.back().shareOfEvents == 1 && gains.back().lift == 1);
        }
        const ScoreProfile points = profileScores(std::vector<double>{300, 700}, std::vector<std::uint8_t>{0, 1});
        QVERIFY(auc(points) == 1 && std::isnan(brierScore(points)) && std::isnan(logLoss(points)));
        QVERIFY(std::isnan(auc(profileScores({}, {}))));
    }

    void delongsIntervalCoversAsItSays()
    {
        RandomRows random;
        // Scores uniform on (0, 1) and events with that probability: AUC = 5/6.
        int covered = 0;
        int all = 0;
        while (all < 400) {
            Scored rows;
            for (int i = 0; i < 200; ++i) {
                rows.scores.push_back(random.uniform());
                rows.events.push_back(random.uniform() < rows.scores.back() ? 1 : 0);
            }
            rows.sort();
            const Interval interval = delongInterval(profileScores(rows.scores, rows.events), 0.95);
            covered += interval.low <= 5.0 / 6 && 5.0 / 6 <= interval.high ? 1 : 0;
            ++all;
        }
        QVERIFY2(covered >= 360 && covered <= 396, qPrintable(QString::number(covered))); // 380 expected, sd 4.4
    }

    void bootstrapAgreesWithClosedIntervalsAndItself()
    {
        RandomRows random;
        const Scored rows = random.rows(400);
        const auto area = [&rows](std::span<const std::uint32_t> drawn) {
            Scored sample;
            for (const std::uint32_t i : drawn) {
                sample.scores.push_back(rows.scores[i]);
                sample.events.push_back(rows.events[i]);
            }
            return auc(profileScores(sample.scores, sample.events)); // ascending: no sorting needed
        };
        const Interval first = bootstrapInterval(rows.scores.size(), area, {7, 500, 0.95});
        const Interval again = bootstrapInterval(rows.scores.size(), area, {7, 500, 0.95});
        QCOMPARE(first.low, again.low);
        QCOMPARE(first.high, again.high);
        const Interval closed = delongInterval(profileScores(rows.scores, rows.events), 0.95);
        const double width = closed.high - closed.low;
        QVERIFY(std::abs(first.low - closed.low) < width / 5 && std::abs(first.high - closed.high) < width / 5);
        QVERIFY(bootstrapInterval(rows.scores.size(), area, {8, 500, 0.95}).low != first.low);
        QVERIFY(std::isnan(bootstrapInterval(0, area).low));
        QVERIFY(std::isnan(bootstrapInterval(5, [](auto) { return std::nan(""); }).low));
    }

    void regressionFiguresAgree()
    {
        const std::vector<double> predicted{3, 5, 2.5, 7, 8, 1};
        const std::vector<double> actual{2.5, 5, 4, 8, 0, 1.5};
        const RegressionProfile profile = profileErrors(predicted, actual);
        QVERIFY(near(profile.r2(), -0.69375) && near(profile.rmse(), 3.360307525609325));
        QVERIFY(near(profile.error.mean, 5.5 / 6) && near(profile.absolute.mean, 11.5 / 6));
        QCOMPARE(profile.percentage.n, std::uint64_t{5});
        QVERIFY(near(meanInterval(profile.square, 0.95).high, 38.40359660128823));
        const Interval interval = rmseInterval(profile, 0.95);
        QVERIFY(interval.low == 0 && near(interval.high, std::sqrt(38.40359660128823)));
        const RegressionProfile perfect = profileErrors(actual, actual);
        QVERIFY(perfect.r2() == 1 && perfect.rmse() == 0);
        QVERIFY(std::isnan(profileErrors({}, {}).rmse()) && std::isnan(profileErrors({}, {}).r2()));
    }

    void fairnessIsZeroForEqualGroupsAndTurnsAround()
    {
        RandomRows random;
        for (int round = 0; round < rounds; ++round) {
            const ConfusionCounts g{random.number(50), random.number(50), 1 + random.number(50), 1 + random.number(50)};
            const ConfusionCounts h{1 + random.number(50), random.number(50), random.number(50), 1 + random.number(50)};
            const auto bySelection = [](const ConfusionCounts &a, const ConfusionCounts &b, double confidence) {
                return selectionRateDifference(selectionRate(a), selectionRate(b), confidence);
            };
            using Difference = Contrast (*)(const ConfusionCounts &, const ConfusionCounts &, double);
            for (const Difference contrast :
                 {Difference(bySelection), Difference(equalOpportunityDifference), Difference(averageOddsDifference)}) {
                const Contrast forth = contrast(g, h, 0.95);
                const Contrast back = contrast(h, g, 0.95);
                QVERIFY(std::abs(forth.value + back.value) < 1e-12);
                QVERIFY(std::abs(forth.interval.low + back.interval.high) < 1e-9);
                QVERIFY(forth.value >= -1 && forth.value <= 1);
                QVERIFY(forth.interval.low <= forth.value && forth.value <= forth.interval.high);
                QCOMPARE(contrast(g, g, 0.95).value, 0.0);
            }
            const Contrast ratio = adverseImpactRatio(selectionRate(g), selectionRate(h), 0.95);
            QVERIFY(near(ratio.value, selectionRate(g).value() / selectionRate(h).value()));
            QVERIFY(g.selected() == 0 || (ratio.interval.low <= ratio.value && ratio.value <= ratio.interval.high));
            QVERIFY(g.selected() == 0 || adverseImpactRatio(selectionRate(g), selectionRate(g), 0.95).value == 1);
        }
        QVERIFY(std::isnan(adverseImpactRatio({2, 4}, {}, 0.95).value));
        const Contrast gap = calibrationOfGroup(30, 100, 25, 0.95);
        QVERIFY(near(gap.value, 0.05) && gap.interval.low < gap.value && gap.value < gap.interval.high);
        const Contrast ratio = observedOverExpected(30, 100, 25, 0.95);
        QVERIFY(near(ratio.value, 1.2) && near(ratio.interval.low, (gap.interval.low + 0.25) / 0.25));
        QVERIFY(std::isnan(observedOverExpected(0, 100, 0, 0.95).value));
    }

    void isotonicRegressionOfScikitLearnAgrees()
    {
        const Scored rows = example();
        const IsotonicCurve curve = fitIsotonic(rows.scores, rows.events);
        const std::vector<std::pair<double, double>> expected{
            {0, 0},     {0.1, 0},  {0.25, 1.0 / 3}, {0.38, 0.5}, {0.48, 0.5428571428571428}, {0.61, 0.5714285714285714},
            {0.9, 1.0}, {1.0, 1.0}};
        for (const auto &[x, y] : expected)
            QVERIFY(near(curve(x), y));
        RandomRows random;
        for (int round = 0; round < rounds; ++round) {
            const Scored some = random.rows(1 + random.number(200), 0.5);
            const IsotonicCurve fitted = fitIsotonic(some.scores, some.events);
            QVERIFY(std::is_sorted(fitted.y().begin(), fitted.y().end()));
            double sum = 0;
            for (const double s : some.scores)
                sum += fitted(s);
            QVERIFY(near(sum, static_cast<double>(std::count(some.events.begin(), some.events.end(), 1)), 1e-9));
        }
        QVERIFY(std::isnan(IsotonicCurve()(0.5)));
    }

    void estimatesComeTrueOnCalibratedScores()
    {
        RandomRows random;
        const Scored rows = random.rows(100'000);
        std::vector<std::uint8_t> decisions;
        for (const double s : rows.scores)
            decisions.push_back(s >= 0.5 ? 1 : 0);
        const EstimatedPerformance estimate = estimatePerformance(rows.scores, rows.scores, decisions);
        const ScoreProfile profile = profileScores(rows.scores, rows.events);
        const ConfusionCounts counts = confusionOf(decisions, rows.events);
        QVERIFY(std::abs(estimate.auc - auc(profile)) < 0.01);
        QVERIFY(std::abs(estimate.averagePrecision - averagePrecision(profile)) < 0.01);
        QVERIFY(std::abs(estimate.accuracy - accuracyRate(counts).value()) < 0.01);
        QVERIFY(std::abs(estimate.precision - precisionRate(counts).value()) < 0.01);
        QVERIFY(std::abs(estimate.recall - recallRate(counts).value()) < 0.01);
        QVERIFY(std::abs(estimate.specificity - specificityRate(counts).value()) < 0.01);
        QVERIFY(std::abs(estimate.f1 - f1Score(counts)) < 0.01);
        QVERIFY(std::abs(estimate.brier - brierScore(profile)) < 0.01);
        // Outcomes known for certain make the estimate the figure itself.
        const std::vector<double> certain(rows.events.begin(), rows.events.end());
        const EstimatedPerformance known = estimatePerformance(rows.scores, certain, decisions);
        QVERIFY(near(known.auc, auc(profile)) && near(known.f1, f1Score(counts)));
        QVERIFY(near(known.averagePrecision, averagePrecision(profile)));
        const Scored bold = random.rows(20'000, 0.3);
        QVERIFY(calibrationHelps(bold.scores, bold.events));
        QVERIFY(!calibrationHelps(std::vector<double>{0.1, 0.2}, std::vector<std::uint8_t>{0, 0}));
        QVERIFY(std::isnan(estimatePerformance({}, {}, {}).auc));
        QVERIFY(std::isnan(estimatePerformance(rows.scores, rows.scores, {}).accuracy));
    }
};

QTEST_APPLESS_MAIN(TestScores)
#include "tst_scores.moc"
