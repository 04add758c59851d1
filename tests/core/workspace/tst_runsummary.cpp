// SPDX-License-Identifier: GPL-3.0-or-later
//
// What of a run opens an alert.
#include <QTest>

#include "core/workspace/runsummary.h"

using namespace countersign;

namespace {

/// Three months, of which the last has too few rows and no outcomes yet.
RunResult threeMonths()
{
    RunResult run;
    run.sourceName = "log.csv";
    run.sourceSha256 = std::string(64, 'a');
    run.periods.resize(3);
    FeatureResult feature;
    feature.name = "income";
    feature.periods.resize(3);
    for (std::size_t i = 0; i < 3; ++i) {
        run.periods[i].label = "2024-0" + std::to_string(i + 1);
        feature.periods[i].statistics.psi = 0.3;
    }
    feature.periods[0].verdict.verdict = Verdict::Green;
    auto &middle = feature.periods[1].verdict;
    middle.verdict = Verdict::Red;
    middle.overAmber = middle.overRed = middle.distinguishable = true;
    middle.redLimit = 0.25;
    run.features = {feature};
    run.reference.performance.auc = 0.8;
    run.periods[0].performance.auc = 0.7;
    run.periods[0].performanceVerdict = Verdict::Red;
    run.periods[0].verdict = Verdict::Red;
    run.periods[1].verdict = Verdict::Red;
    return run;
}

} // namespace

class TestRunSummary : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLastPeriodOfFewRowsHidesNothing()
    {
        const auto summary = summaryOf(threeMonths());
        QCOMPARE(summary.health, Health::red);
        QCOMPARE(summary.breaches.size(), std::size_t(2));
        QCOMPARE(summary.breaches[0].metric, std::string("AUC drop"));
        QCOMPARE(summary.breaches[0].period, std::string("2024-01"));
        QCOMPARE(summary.breaches[1].feature, std::string("income"));
        QCOMPARE(summary.breaches[1].period, std::string("2024-02"));
    }

    void aSuspectedConceptDriftIsAmber()
    {
        auto run = threeMonths();
        run.features.clear();
        run.periods[0].performanceVerdict = Verdict::Green;
        run.periods[0].estimate = PerformanceEstimate();
        run.periods[0].estimate->gapAdjustedPvalue = 0.001;
        run.periods[0].estimate->suspectedConceptDrift = true;
        const auto summary = summaryOf(run);
        QCOMPARE(summary.health, Health::amber);
        QCOMPARE(summary.breaches.size(), std::size_t(1));
        QCOMPARE(summary.breaches[0].value, 0.001);
        run.periods[0].estimate->suspectedConceptDrift = false;
        QCOMPARE(summaryOf(run).health, Health::green);
    }

    void aRedMonthThatAGreenOneFollowsIsABreachThatHasPassed()
    {
        auto run = threeMonths();
        run.periods[2].performanceVerdict = Verdict::Green;
        run.features.front().periods[2].verdict.verdict = Verdict::Green;
        const auto summary = summaryOf(run);
        QCOMPARE(summary.health, Health::green);
        QCOMPARE(summary.breaches.size(), std::size_t(2));
        QCOMPARE(summary.breaches[0].metric, std::string("AUC drop"));
        QCOMPARE(summary.breaches[0].period, std::string("2024-01"));
        QCOMPARE(summary.breaches[1].feature, std::string("income"));
        QCOMPARE(summary.breaches[1].period, std::string("2024-02"));
        QVERIFY(summary.hasRedBreach());
        QVERIFY(summary.breaches[0].passed && summary.breaches[1].passed);
        QCOMPARE(breachesInWords(summary), std::string("2 figures beyond limits in earlier periods"));
    }

    void whatAnEarlierRunJudgedIsNotAskedAgain()
    {
        auto run = threeMonths();
        run.periods[2].performanceVerdict = Verdict::Green;
        run.features.front().periods[2].verdict.verdict = Verdict::Green;
        auto before = threeMonths();
        QVERIFY(summaryOf(run, &before).breaches.empty());
        // Outcomes of the first month came late: no run has judged its performance.
        before.periods[0].performanceVerdict = Verdict::NotEnoughData;
        const auto late = summaryOf(run, &before);
        QCOMPARE(late.breaches.size(), std::size_t(1));
        QCOMPARE(late.breaches[0].metric, std::string("AUC drop"));
        // The months before were of another log.
        for (auto &period : before.periods)
            period.label.replace(0, 4, "2023");
        QCOMPARE(summaryOf(run, &before).breaches.size(), std::size_t(2));
    }

    void ofEarlierMonthsTheWorstCountsWhereItWasWorse()
    {
        auto run = threeMonths();
        auto &periods = run.features.front().periods;
        periods[0].verdict = periods[1].verdict;
        periods[0].statistics.psi = 0.9;
        periods[2].verdict = periods[1].verdict;
        QCOMPARE(summaryOf(run).breaches.size(), std::size_t(2)); // red now: the red before is the same breach
        periods[2].verdict.overRed = false;
        periods[2].verdict.verdict = Verdict::Amber;
        const auto summary = summaryOf(run);
        QCOMPARE(summary.health, Health::red); // of the performance
        QCOMPARE(summary.breaches.size(), std::size_t(3));
        QCOMPARE(summary.breaches[1].health, Health::amber);
        QCOMPARE(summary.breaches[2].period, std::string("2024-01"));
        QCOMPARE(summary.breaches[2].value, 0.9);
        QVERIFY(summary.breaches[2].passed);
        QCOMPARE(breachesInWords(summary), std::string("3 figures beyond limits, 1 of them in earlier periods"));
    }

    void aMonthOfTheReferenceIsNoBreach()
    {
        auto run = threeMonths();
        run.periods[2].performanceVerdict = Verdict::Green;
        run.features.front().periods[2].verdict.verdict = Verdict::Green;
        run.periods[0].inReference = run.periods[1].inReference = true;
        QVERIFY(summaryOf(run).breaches.empty());
    }

    void aFigureBeyondItsLimitIsABreach()
    {
        RunResult run;
        run.sourceName = "log.csv";
        run.sourceSha256 = std::string(64, 'a');
        run.periods.resize(2);
        for (std::size_t i = 0; i < 2; ++i) {
            FigureVerdict ratio;
            ratio.figure = LimitedFigure::adverseImpactRatio;
            ratio.column = "sex";
            ratio.group = "F";
            ratio.value = i == 0 ? 0.7 : 0.85;
            ratio.amber = 0.9;
            ratio.red = 0.8;
            ratio.verdict = i == 0 ? Verdict::Red : Verdict::Amber;
            FigureVerdict gap;
            gap.value = 0.03;
            gap.amber = 0.02;
            gap.red = 0.05;
            gap.verdict = i == 0 ? Verdict::Amber : Verdict::NotEnoughData;
            run.periods[i].label = "2024-0" + std::to_string(i + 1);
            run.periods[i].figureVerdicts = {ratio, gap};
            run.periods[i].verdict = ratio.verdict;
        }
        const auto summary = summaryOf(run);
        QCOMPARE(summary.health, Health::amber);
        QCOMPARE(summary.breaches.size(), std::size_t(3));
        QCOMPARE(summary.breaches[0].feature, std::string("sex: F"));
        QCOMPARE(summary.breaches[0].metric, std::string("Adverse impact ratio"));
        QCOMPARE(summary.breaches[0].limit, 0.9);
        QCOMPARE(summary.breaches[1].feature, std::string());
        QCOMPARE(summary.breaches[1].period, std::string("2024-01"));
        QVERIFY(!summary.breaches[1].passed);
        QCOMPARE(summary.breaches[2].health, Health::red);
        QCOMPARE(summary.breaches[2].limit, 0.8);
        QVERIFY(summary.breaches[2].passed);
    }

    void nothingJudgedIsNotGreen()
    {
        auto run = threeMonths();
        for (auto &period : run.periods)
            period.verdict = period.performanceVerdict = Verdict::NotEnoughData;
        for (auto &period : run.features.front().periods)
            period.verdict.verdict = Verdict::NotEnoughData;
        QCOMPARE(summaryOf(run).health, Health::notEnoughData);
    }
};

QTEST_GUILESS_MAIN(TestRunSummary)
#include "tst_runsummary.moc"
