// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "core/base/json.h"
#include "core/monitoring/evaluation.h"
#include "tests/support/forecasterrors.h"
#include "tests/support/simulatedrun.h"

#include <algorithm>
#include <cmath>
#include <random>

using namespace countersign;

namespace {

std::size_t alarmsOf(const RunResult &run)
{
    std::size_t alarms = 0;
    for (const FeatureResult &feature : run.features)
        for (const FeaturePeriod &period : feature.periods)
            alarms += period.verdict.verdict == Verdict::Amber || period.verdict.verdict == Verdict::Red ? 1 : 0;
    return alarms;
}

bool mentions(const std::string &text, const char *words)
{
    return text.find(words) != std::string::npos;
}

RunResult judged(const SimulatedRun &plan, std::uint64_t seed)
{
    RunResult run = RunSimulator(seed).draw(plan);
    evaluate(run);
    return run;
}

const DriftVerdict &shiftedOne(const RunResult &run)
{
    return run.features.front().periods.back().verdict;
}

/// A month beside its reference, judged by the present engine.
RunResult oneMonth(std::uint64_t referenceRows, const Performance &before, std::uint64_t rows, const Performance &now)
{
    RunResult run;
    run.engineVersion = monitoringEngineVersion;
    run.reference.rows = run.reference.labelledRows = referenceRows;
    run.reference.performance = before;
    run.periods.resize(1);
    run.periods[0].rows = run.periods[0].labelledRows = rows;
    run.periods[0].performance = now;
    return run;
}

} // namespace

class TestVerdicts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void undriftedRunsSeldomAlarm_data()
    {
        QTest::addColumn<int>("rows");
        for (const int rows : {100, 200, 1000, 100000})
            QTest::addRow("%d rows a period", rows) << rows;
    }

    void undriftedRunsSeldomAlarm()
    {
        QFETCH(int, rows);
        SimulatedRun plan;
        plan.rows = static_cast<std::uint64_t>(rows);
        plan.referenceRows = 12 * plan.rows;
        RunSimulator simulator(20261124);
        constexpr int runs = 60;
        int withAlarm = 0;
        int overLimit = 0;
        for (int i = 0; i < runs; ++i) {
            RunResult run = simulator.draw(plan);
            evaluate(run);
            withAlarm += alarmsOf(run) > 0;
            const auto &features = run.features;
            overLimit += std::any_of(features.begin(), features.end(), [](const FeatureResult &feature) {
                return std::any_of(feature.periods.begin(), feature.periods.end(),
                                   [](const FeaturePeriod &period) { return period.verdict.overAmber; });
            });
        }
        // At 2 % a run the binomial count of 60 stays under 7 but once in a thousand.
        QVERIFY2(withAlarm < 7, qPrintable(QString::number(withAlarm)));
        if (rows == 100)
            QCOMPARE(overLimit, runs); // so many that the limit by itself would always cry wolf
    }

    void lossesOfHeavyTailedErrorsSeldomAlarmWithoutDrift_data()
    {
        QTest::addColumn<double>("freedom");
        QTest::addRow("Student's t of 3") << 3.0;
        QTest::addRow("Student's t of 5") << 5.0;
        QTest::addRow("nearly normal") << 1000.0;
    }

    /// Twelve months of errors like those of the reference: at 2 % a run, 60 runs stay under 7 alarms but once in a
    /// thousand. Fisher's F, which takes errors for normal, alarms in most runs of t(3).
    void lossesOfHeavyTailedErrorsSeldomAlarmWithoutDrift()
    {
        QFETCH(double, freedom);
        std::mt19937_64 random(20261130);
        std::student_t_distribution<double> errors(freedom);
        const auto drawn = [&](std::size_t n) {
            std::vector<double> predicted(n);
            for (double &value : predicted)
                value = errors(random);
            return forecastPerformance(predicted);
        };
        int sampled = 0;
        int assumed = 0;
        for (int i = 0; i < 60; ++i) {
            RunResult run;
            run.engineVersion = monitoringEngineVersion;
            run.settings.thresholds.rmseRatioAmber = 1.0001; // chance alone is over it
            run.reference.rows = run.reference.labelledRows = 600;
            run.reference.performance = drawn(600);
            run.periods.resize(12);
            for (RunPeriod &period : run.periods) {
                period.rows = period.labelledRows = 200;
                period.performance = drawn(200);
            }
            const auto alarms = [&] {
                evaluate(run);
                return std::ranges::any_of(run.periods, [](const RunPeriod &period) {
                    return period.performanceVerdict == Verdict::Amber || period.performanceVerdict == Verdict::Red;
                });
            };
            sampled += alarms() ? 1 : 0;
            run.engineVersion = "4";
            assumed += alarms() ? 1 : 0;
        }
        QVERIFY2(sampled < 7, qPrintable(QString::number(sampled)));
        if (freedom == 3)
            QVERIFY2(assumed > 20, qPrintable(QString::number(assumed)));
    }

    void aRealLossOfAccuracyIsSeen()
    {
        const auto regression = [](double spread, std::size_t n) {
            std::vector<double> predicted(n);
            for (std::size_t i = 0; i < n; ++i)
                predicted[i] = spread * (static_cast<double>(i % 7) - 3);
            return forecastPerformance(predicted);
        };
        RunResult run = oneMonth(700, regression(1, 700), 210, regression(1.3, 210));
        evaluate(run);
        QCOMPARE(run.periods[0].performanceVerdict, Verdict::Red);
        QVERIFY(*run.periods[0].performancePvalue < 1e-3);
    }

    void tooFewEventsAreNotJudged()
    {
        const auto scored = [](std::size_t n, std::size_t every) {
            Performance made;
            const auto count = static_cast<std::uint64_t>((n + every - 1) / every);
            made.aucEvidence = AucEvidence{count * (n - count), count, n - count};
            return made;
        };
        RunResult run = oneMonth(600, scored(600, 20), 180, scored(180, 20));
        evaluate(run);
        QCOMPARE(run.periods[0].performanceVerdict, Verdict::NotEnoughData);
        QVERIFY2(mentions(run.periods[0].performanceReason, "at least 10 events"),
                 run.periods[0].performanceReason.c_str());
        run.engineVersion = "4";
        evaluate(run);
        QCOMPARE(run.periods[0].performanceVerdict, Verdict::Green);
    }

    void limitsOnOtherStatisticsSeldomAlarmWithoutDrift()
    {
        SimulatedRun plan;
        plan.rows = 200;
        plan.referenceRows = 12 * plan.rows;
        for (const auto statistic : enumValues<LimitedStatistic>())
            plan.thresholds.statistics.push_back({statistic, 0.0001, 0.5}); // so low that chance alone is over most
        RunSimulator simulator(20261130);
        constexpr int runs = 60;
        int withAlarm = 0;
        for (int i = 0; i < runs; ++i) {
            RunResult run = simulator.draw(plan);
            evaluate(run);
            withAlarm += alarmsOf(run) > 0;
        }
        QVERIFY2(withAlarm < 7, qPrintable(QString::number(withAlarm)));
    }

    void anotherStatisticOverItsLimitIsABreachOfItsOwn()
    {
        SimulatedRun plan;
        plan.rows = 20000;
        plan.referenceRows = 240000;
        plan.shift = 0.1;
        plan.thresholds.statistics = {{LimitedStatistic::hellinger, 0.02, 0.5},
                                      {LimitedStatistic::jensenShannonDistance, 0.01, 0.02},
                                      {LimitedStatistic::missingRateRise, 0.0001, 0.1}};
        RunResult run = judged(plan, 4);
        const DriftVerdict &verdict = shiftedOne(run);
        QVERIFY(verdict.ofPsi() == Verdict::Green); // PSI about 0.01
        QCOMPARE(verdict.breaches.size(), std::size_t{2});
        QVERIFY(verdict.breaches[0].statistic == LimitedStatistic::hellinger && !verdict.breaches[0].red);
        QCOMPARE(verdict.breaches[0].value, *run.features.front().periods.back().statistics.hellinger);
        QCOMPARE(verdict.breaches[1].limit, 0.02);
        QCOMPARE(verdict.verdict, Verdict::Red);
        QVERIFY2(mentions(verdict.reason, "Jensen-Shannon distance") && mentions(verdict.reason, "over 0.020"),
                 verdict.reason.c_str());
        run.settings.thresholds.minimumRows = 30000;
        evaluate(run);
        QCOMPARE(shiftedOne(run).verdict, Verdict::NotEnoughData);
        QVERIFY(shiftedOne(run).breaches.empty());
    }

    void aRisenMissingRateIsABreachOnlyWhereTheRateItselfIsToldFromChance()
    {
        SimulatedRun plan;
        plan.rows = 2000;
        plan.referenceRows = 24000;
        plan.thresholds.statistics = {{LimitedStatistic::missingRateRise, 0.002, 0.2}};
        RunResult run = RunSimulator(7).draw(plan);
        FeaturePeriod &last = run.features.front().periods.back();
        const std::uint64_t gone = 10; // of 2,000 rows, none in the reference: PSI hardly moves
        last.counts[5] -= gone;
        last.counts.back() += gone;
        last.missing += gone;
        evaluate(run);
        QCOMPARE(shiftedOne(run).verdict, Verdict::Amber);
        QCOMPARE(shiftedOne(run).breaches.size(), std::size_t{1});
        QVERIFY(shiftedOne(run).breaches[0].statistic == LimitedStatistic::missingRateRise);
        QVERIFY2(mentions(shiftedOne(run).reason, "Rise of the missing rate"), shiftedOne(run).reason.c_str());

        plan.shift = 0.42; // another column: it drifts, and nothing more is missing
        plan.thresholds.statistics = {{LimitedStatistic::missingRateRise, 0, 0.2}};
        const RunResult shifted = judged(plan, 8);
        QVERIFY(*shiftedOne(shifted).adjustedPvalue < 0.01);
        QVERIFY(shiftedOne(shifted).breaches.empty());
    }

    void aRealShiftIsSeen()
    {
        SimulatedRun plan;
        plan.rows = 1000;
        plan.referenceRows = 12000;
        plan.shift = 0.42;
        RunResult run = judged(plan, 1);
        QCOMPARE(shiftedOne(run).verdict, Verdict::Amber);
        QVERIFY(*shiftedOne(run).adjustedPvalue < 1e-6);
        QCOMPARE(alarmsOf(run), std::size_t{1});
    }

    void overTheLimitByChanceAmongManySaysSo()
    {
        SimulatedRun plan;
        plan.thresholds.falseDiscoveryRate = 1e-9;
        plan.rows = 200;
        plan.referenceRows = 2400;
        plan.shift = 0.45;
        RunResult run = judged(plan, 3);
        QVERIFY(shiftedOne(run).overAmber);
        QVERIFY(!shiftedOne(run).distinguishable);
        QCOMPARE(shiftedOne(run).verdict, Verdict::Green);
        QVERIFY2(mentions(shiftedOne(run).reason, "among all tests of this run"), shiftedOne(run).reason.c_str());
    }

    void sampleSizeLimitsSeeWhatAFixedLimitAllows()
    {
        SimulatedRun plan;
        plan.rows = 20000;
        plan.referenceRows = 240000;
        plan.shift = 0.1;
        RunResult run = judged(plan, 4);
        QCOMPARE(shiftedOne(run).verdict, Verdict::Green); // PSI about 0.01
        run.settings.thresholds.psiRule = LimitRule::SampleSize;
        evaluate(run);
        QCOMPARE(shiftedOne(run).verdict, Verdict::Red);
        QVERIFY(shiftedOne(run).amberLimit < shiftedOne(run).redLimit && shiftedOne(run).redLimit < 0.01);
        QCOMPARE(alarmsOf(run), std::size_t{1});
    }

    void learntLimitsComeFromTheOtherReferencePeriods()
    {
        SimulatedRun plan;
        plan.periods = 9;
        plan.referencePeriods = 8;
        plan.rows = 5000;
        plan.referenceRows = 40000;
        plan.shift = 0.25;
        plan.thresholds.psiRule = LimitRule::Learnt;
        RunResult run = judged(plan, 5);
        QVERIFY2(mentions(shiftedOne(run).reason, "learnt from 8 reference periods"), shiftedOne(run).reason.c_str());
        QCOMPARE(shiftedOne(run).verdict, Verdict::Red);
        QVERIFY(shiftedOne(run).redLimit < 0.05);
        QVERIFY2(mentions(run.features.front().periods.front().verdict.reason, "learnt from 7 reference periods"),
                 run.features.front().periods.front().verdict.reason.c_str()); // the judged one left out
        const double learnt = run.features.front().periods[0].verdict.amberLimit;
        run.features.front().periods[0].counts[1] += 2000; // a wild period does not loosen the limit it is judged by
        run.features.front().periods[0].n += 2000;
        run.features.front().referenceCounts[1] += 2000;
        run.features.front().referenceRows += 2000;
        evaluate(run);
        QVERIFY(std::abs(run.features.front().periods[0].verdict.amberLimit / learnt - 1) < 0.5);
        QCOMPARE(run.features.front().periods[0].verdict.verdict, Verdict::Red);
    }

    void tooFewReferencePeriodsFallBackToTheFixedLimit()
    {
        SimulatedRun plan;
        plan.periods = 6;
        plan.referencePeriods = 5;
        plan.referenceRows = 500;
        plan.shift = 1;
        plan.thresholds.psiRule = LimitRule::Learnt;
        RunResult run = judged(plan, 6);
        QCOMPARE(shiftedOne(run).amberLimit, plan.thresholds.psiAmber);
        QVERIFY2(mentions(shiftedOne(run).reason, "only 5 reference periods"), shiftedOne(run).reason.c_str());
    }

    void periodsOfTheReferenceDoNotWaterDownTheOthers()
    {
        SimulatedRun plan;
        plan.periods = 9;
        plan.referencePeriods = 8;
        plan.rows = 1000;
        plan.referenceRows = 8000;
        RunResult run = judged(plan, 7);
        double least = 1;
        for (const FeatureResult &feature : run.features)
            least = std::min(least, *feature.periods.back().verdict.pvalue);
        double adjusted = 1;
        for (const FeatureResult &feature : run.features)
            adjusted = std::min(adjusted, *feature.periods.back().verdict.adjustedPvalue);
        QVERIFY(adjusted <= least * static_cast<double>(plan.features) + 1e-12);
    }
};

QTEST_APPLESS_MAIN(TestVerdicts)
#include "tst_verdicts.moc"
