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
