// SPDX-License-Identifier: GPL-3.0-or-later
//
// Limits on figures of a whole period: calibration, fairness, duplicates, rows arrived.
#include <QtTest>

#include "core/base/json.h"
#include "core/monitoring/evaluation.h"
#include "core/monitoring/figureverdict.h"
#include "logfile.h"

#include <algorithm>
#include <cmath>
#include <random>

using namespace countersign;

namespace {

constexpr std::uint64_t monthRows = 1000;

FairnessResult groups(std::uint64_t favourableOfF, std::uint64_t favourableOfM, std::uint64_t rowsOfF = 500)
{
    FairnessResult result;
    result.column = "sex";
    result.comparison = "M";
    result.groups.resize(2);
    result.groups[0].group = "F";
    result.groups[0].n = rowsOfF;
    result.groups[0].favourable = favourableOfF;
    result.groups[0].confusion = {favourableOfF / 2, 0, 100 - favourableOfF / 4, 0};
    result.groups[1].group = "M";
    result.groups[1].n = 500;
    result.groups[1].favourable = favourableOfM;
    result.groups[1].confusion = {favourableOfM / 2, 0, 100 - favourableOfM / 4, 0};
    return result;
}

Performance calibrated(std::uint64_t n, std::uint64_t events, double meanScore)
{
    ScoreEvidence evidence;
    evidence.n = n;
    evidence.events = events;
    evidence.probabilities = true;
    evidence.scoreSum = meanScore * static_cast<double>(n);
    Performance performance;
    performance.scoreEvidence = evidence;
    return performance;
}

/// Three months of reference and one to judge, without columns.
RunResult fourMonths(std::vector<FigureLimit> limits)
{
    RunResult run;
    run.engineVersion = monitoringEngineVersion;
    run.settings.thresholds.figures = std::move(limits);
    run.reference.rows = 3 * monthRows;
    run.reference.quality.duplicateRows = 30;
    run.periods.resize(4);
    for (std::size_t i = 0; i < run.periods.size(); ++i) {
        run.periods[i].label = "2024-0" + std::to_string(i + 1);
        run.periods[i].rows = monthRows;
        run.periods[i].inReference = i < 3;
        run.periods[i].quality.duplicateRows = 10;
        run.periods[i].fairness = {groups(200, 200)};
        run.periods[i].performance = calibrated(monthRows, 100, 0.1);
    }
    return run;
}

const FigureVerdict &last(const RunResult &run)
{
    return run.periods.back().figureVerdicts.front();
}

} // namespace

class TestFigureVerdicts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutLimitsNothingIsJudged()
    {
        RunResult run = fourMonths({});
        run.periods.back().fairness = {groups(50, 250)};
        evaluate(run);
        QVERIFY(run.periods.back().figureVerdicts.empty());
        QVERIFY(run.periods.back().verdict == Verdict::NotEnoughData);
    }

    void aGroupThatIsSelectedLessBreachesTheFloor()
    {
        RunResult run = fourMonths({{LimitedFigure::adverseImpactRatio, 0.9, 0.8}});
        run.periods.back().fairness = {groups(150, 250)};
        evaluate(run);
        QCOMPARE(last(run).column, std::string("sex"));
        QCOMPARE(last(run).group, std::string("F"));
        QCOMPARE(*last(run).value, 0.6);
        QCOMPARE(last(run).rows, std::uint64_t{500});
        QVERIFY(last(run).distinguishable);
        QVERIFY(last(run).verdict == Verdict::Red);
        QVERIFY2(last(run).reason.starts_with(
                     "Adverse impact ratio of F (sex) 0.600 is under 0.800, the limit of the policy, and more than"),
                 last(run).reason.c_str());
        QVERIFY(run.periods.back().verdict == Verdict::Red);
        QVERIFY(run.verdict == Verdict::Red);
        QVERIFY(run.periods.front().figureVerdicts.front().verdict == Verdict::Green);
        // Between the two limits, and over both: being selected more often breaches no floor.
        run.periods.back().fairness = {groups(212, 250)};
        evaluate(run);
        QVERIFY(last(run).verdict == Verdict::Amber);
        run.periods.back().fairness = {groups(350, 250)};
        evaluate(run);
        QVERIFY(last(run).verdict == Verdict::Green);
    }

    void beyondTheLimitByChanceIsGreenAndTooFewRowsAreNot()
    {
        RunResult run = fourMonths({{LimitedFigure::adverseImpactRatio, 0.9, 0.8}});
        run.periods.back().fairness = {groups(16, 225, 110)}; // a share of 0.145 against 0.45 is no chance
        evaluate(run);
        QVERIFY(last(run).verdict == Verdict::Red);
        run.periods.back().fairness = {groups(43, 225, 110)}; // 0.39 against 0.45 is
        evaluate(run);
        QVERIFY(*last(run).value < 0.9);
        QVERIFY(!last(run).distinguishable);
        QVERIFY(last(run).verdict == Verdict::Green);
        run.periods.back().fairness = {groups(10, 225, 99)};
        evaluate(run);
        QVERIFY(last(run).verdict == Verdict::NotEnoughData);
        QVERIFY2(last(run).reason.starts_with("Not enough data: Adverse impact ratio rests on 99 rows"),
                 last(run).reason.c_str());
        QVERIFY(!last(run).pvalue);
    }

    void anUnequalOpportunityBreachesWithEitherSign()
    {
        RunResult run = fourMonths({{LimitedFigure::equalOpportunityDifference, 0.05, 0.2}});
        for (const auto &[first, second] : {std::pair(100, 300), std::pair(300, 100)}) {
            run.periods.back().fairness = {
                groups(static_cast<std::uint64_t>(first), static_cast<std::uint64_t>(second))};
            evaluate(run);
            QVERIFY(*last(run).value > 0.2);
            QVERIFY(last(run).verdict == Verdict::Red);
        }
    }

    void aMiscalibratedScoreBreaches()
    {
        RunResult run = fourMonths({{LimitedFigure::calibrationGap, 0.015, 0.05}});
        run.periods.back().performance = calibrated(monthRows, 140, 0.1);
        evaluate(run);
        QVERIFY(std::abs(*last(run).value - 0.04) < 1e-12);
        QVERIFY(last(run).verdict == Verdict::Amber);
        run.periods.back().performance = calibrated(monthRows, 40, 0.1);
        evaluate(run);
        QVERIFY(last(run).verdict == Verdict::Red);
        run.periods.back().performance = calibrated(monthRows, 118, 0.1);
        evaluate(run);
        QVERIFY2(last(run).verdict == Verdict::Green, "0.018 too many is what chance gives of 1,000 rows");
        QVERIFY(!last(run).distinguishable);
    }

    void duplicatesAreHeldAgainstTheReference()
    {
        RunResult run = fourMonths({{LimitedFigure::duplicateRateRise, 0.02, 0.1}});
        run.periods.back().quality.duplicateRows = 50;
        evaluate(run);
        QVERIFY(std::abs(*last(run).value - 0.04) < 1e-12);
        QVERIFY(last(run).verdict == Verdict::Amber);
    }

    void rowsThatDidNotArriveBreachTheFloor()
    {
        RunResult run = fourMonths({{LimitedFigure::arrivedShare, 0.9, 0.5}});
        run.periods.back().rows = 600;
        evaluate(run);
        QVERIFY(last(run).verdict == Verdict::Amber);
        QVERIFY(!last(run).pvalue);
        run.periods[1].rows = 550; // the reference itself had as few
        evaluate(run);
        QVERIFY(last(run).verdict == Verdict::Green);
    }

    void aLimitThatNothingIsHeldAgainstIsNoGreen()
    {
        RunResult run = fourMonths({{LimitedFigure::calibrationGap, 0.02, 0.05},
                                    {LimitedFigure::adverseImpactRatio, 0.9, 0.8},
                                    {LimitedFigure::equalOpportunityDifference, 0.1, 0.2},
                                    {LimitedFigure::duplicateRateRise, 0.02, 0.1},
                                    {LimitedFigure::arrivedShare, 0.9, 0.5}});
        for (RunPeriod &period : run.periods) {
            period.performance = {};
            period.fairness.clear();
            period.quality = {};
            period.inReference = false;
        }
        evaluate(run);
        QCOMPARE(run.periods.back().figureVerdicts.size(), std::size_t(5));
        for (const FigureVerdict &figure : run.periods.back().figureVerdicts) {
            QVERIFY(figure.verdict == Verdict::NotEnoughData);
            QVERIFY2(figure.reason.starts_with("Not judged: "), figure.reason.c_str());
        }
    }

    void withoutDriftAtMostTwoRunsInAHundredAlarm()
    {
        std::mt19937_64 random(20260822);
        constexpr int runs = 300;
        int alarmed = 0;
        for (int i = 0; i < runs; ++i) {
            RunResult run = fourMonths({{LimitedFigure::adverseImpactRatio, 0.99, 0.8},
                                        {LimitedFigure::equalOpportunityDifference, 0.001, 0.2},
                                        {LimitedFigure::calibrationGap, 0.0001, 0.05},
                                        {LimitedFigure::duplicateRateRise, 0.0001, 0.1}});
            run.periods.resize(12, run.periods.back());
            for (RunPeriod &period : run.periods) {
                const auto draw = [&](std::uint64_t n, double p) {
                    return static_cast<std::uint64_t>(std::binomial_distribution<int>(static_cast<int>(n), p)(random));
                };
                FairnessResult fair = groups(draw(500, 0.4), draw(500, 0.4));
                for (GroupFairness &group : fair.groups) {
                    const std::uint64_t earned = draw(200, 0.7);
                    group.confusion = {earned, 0, 200 - earned, 0};
                }
                period.fairness = {fair};
                period.performance = calibrated(monthRows, draw(monthRows, 0.1), 0.1);
                period.quality.duplicateRows = draw(monthRows, 0.01);
            }
            evaluate(run);
            alarmed += std::ranges::any_of(run.periods, [](const RunPeriod &period) {
                return !period.inReference && std::ranges::any_of(period.figureVerdicts, [](const FigureVerdict &f) {
                    return f.verdict == Verdict::Amber || f.verdict == Verdict::Red;
                });
            });
        }
        QVERIFY2(alarmed <= runs * 3 / 100, qPrintable(QString::number(alarmed)));
    }

    void aRunOnALogJudgesThemAndRecomputesThem()
    {
        const LogFolder folder;
        std::string text = "ts,sex,score,y\n";
        for (int month = 1; month <= 4; ++month)
            for (int i = 0; i < 800; ++i) {
                const bool woman = i % 2 == 0;
                const bool selected = i % 10 < (woman && month == 4 ? 2 : 6);
                text += "2024-0" + std::to_string(month) + "-15," + (woman ? "F" : "M") + "," +
                        (selected ? "0.8" : "0.2") + std::to_string(i) + "," + (i % 3 == 0 ? "1" : "0") + "\n";
            }
        RunSettings settings;
        settings.path = folder.write("log.csv", text);
        settings.roles.time = "ts";
        settings.roles.score = "score";
        settings.roles.target = "y";
        settings.roles.groups = {"sex"};
        settings.decision.comparisonGroups = {{"sex", "M"}};
        settings.reference.firstPeriods = 2;
        settings.thresholds.figures = {{LimitedFigure::adverseImpactRatio, 0.9, 0.8},
                                       {LimitedFigure::arrivedShare, 0.9, 0.5}};
        const RunResult measured = run(settings);
        QCOMPARE(measured.periods.size(), std::size_t(4));
        const auto &figures = measured.periods.back().figureVerdicts;
        QCOMPARE(figures.size(), std::size_t(2));
        QVERIFY(figures[0].verdict == Verdict::Red);
        QVERIFY(figures[1].verdict == Verdict::Green);
        QVERIFY(measured.periods[2].figureVerdicts[0].verdict == Verdict::Green);
        QCOMPARE(json::serialize(toJson(recompute(measured))), json::serialize(toJson(measured)));
    }
};

QTEST_APPLESS_MAIN(TestFigureVerdicts)
#include "tst_figureverdicts.moc"
