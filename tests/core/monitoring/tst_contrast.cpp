// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/monitoring/contrast.h"

#include <cmath>

using namespace countersign;

namespace {

RunResult madeUp()
{
    RunResult run;
    run.sourceSha256 = "aa";
    run.reference.label = "up to 2019";
    run.reference.rows = 1000;
    run.settings.thresholds.falseDiscoveryRate = 0.02;
    FeatureResult income;
    income.name = "income";
    income.bins.edges = {1, 2};
    income.referenceCounts = {0, 300, 400, 300, 0, 0};
    income.referenceRows = 1000;
    income.periods = {{{0, 290, 410, 300, 0, 0}, 1000, 0, {}, {}, {}},
                      {{0, 150, 350, 500, 0, 100}, 1100, 100, {}, {}, {}}};
    run.features = {income};
    run.periods.resize(2);
    run.periods[0].label = "2020-01";
    run.periods[0].rows = 1000;
    run.periods[0].performance.figures["roc_auc"] = {0.80, 0.77, 0.83};
    run.periods[1].label = "2020-02";
    run.periods[1].rows = 1100;
    run.periods[1].performance.figures["roc_auc"] = {0.70, 0.66, 0.74};
    return run;
}

} // namespace

class TestContrast : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Newcombe's example of two proportions (Statistics in Medicine 17, 1998, method 10, case a): 56/70 - 48/80 = 0.2,
    /// 0.0524 to 0.3339, from Wilson's intervals of both.
    void theIntervalOfADifferenceIsNewcombes()
    {
        const auto wilson = [](double x, double n) {
            const double z = 1.959963984540054;
            const double p = x / n;
            const double centre = (p + z * z / (2 * n)) / (1 + z * z / n);
            const double reach = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n);
            return Figure{p, centre - reach, centre + reach};
        };
        const Figure difference = differenceOf(wilson(48, 80), wilson(56, 70));
        QVERIFY(std::abs(*difference.value - 0.2) < 1e-12);
        QVERIFY(std::abs(*difference.low - 0.0524) < 5e-5);
        QVERIFY(std::abs(*difference.high - 0.3339) < 5e-5);
    }

    void turnedAroundTheDifferenceChangesSign()
    {
        const RunResult run = madeUp();
        const auto one = contrastOf({run, 0}, {run, 1}).figures.front().difference;
        const auto other = contrastOf({run, 1}, {run, 0}).figures.front().difference;
        QCOMPARE(*one.value, -*other.value);
        QCOMPARE(*one.low, -*other.high);
        QCOMPARE(*one.high, -*other.low);
    }

    void twoPeriodsOfARun()
    {
        const RunResult run = madeUp();
        const Contrast contrast = contrastOf({run, 0}, {run, 1});
        QCOMPARE(contrast.firstLabel, std::string("2020-01"));
        QCOMPARE(contrast.secondRows, std::uint64_t(1100));
        QVERIFY(!contrast.sameRows);
        QCOMPARE(contrast.features.size(), std::size_t(1));
        const FeatureContrast &income = contrast.features.front();
        QVERIFY(income.whyNot.empty());
        QVERIFY(*income.psi > 0.1);
        QVERIFY(*income.adjustedPvalue < 1e-6);
        QVERIFY(income.apart);
        QCOMPARE(*income.secondMissingRate, 100.0 / 1100.0);
        QVERIFY(contrast.figures.front().apart);
    }

    void aSideBesideItselfIsTheSame()
    {
        const RunResult run = madeUp();
        const Contrast contrast = contrastOf({run, 0}, {run, 0});
        QVERIFY(contrast.sameRows);
        QCOMPARE(*contrast.features.front().psi, 0.0);
        QVERIFY(!contrast.features.front().apart);
        QVERIFY(!contrast.figures.front().apart);
    }

    void theReferenceIsASideToo()
    {
        const RunResult run = madeUp();
        const Contrast contrast = contrastOf({run, std::nullopt}, {run, 0});
        QCOMPARE(contrast.firstLabel, std::string("up to 2019"));
        QVERIFY(!contrast.features.front().apart);
        QVERIFY(contrast.figures.empty());
    }

    void whatCannotBeComparedSaysWhy()
    {
        const RunResult one = madeUp();
        RunResult other = madeUp();
        other.features.front().bins.edges = {1, 3};
        FeatureResult age = other.features.front();
        age.name = "age";
        other.features.push_back(age);
        const Contrast contrast = contrastOf({one, 0}, {other, 0});
        QCOMPARE(contrast.features.size(), std::size_t(2));
        QVERIFY(contrast.features[0].whyNot.find("different bins") != std::string::npos);
        QVERIFY(contrast.features[1].whyNot.find("first run does not have it") != std::string::npos);
        QVERIFY(!contrast.features[0].psi);
        QVERIFY_THROWS_EXCEPTION(Exception, static_cast<void>(contrastOf({one, 7}, {other, 0})));
    }
};

QTEST_APPLESS_MAIN(TestContrast)
#include "tst_contrast.moc"
