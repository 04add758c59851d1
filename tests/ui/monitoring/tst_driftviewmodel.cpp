// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "tests/ui/monitoring/madeuprun.h"
#include "ui/pages/model/driftviewmodel.h"
#include "ui/pages/model/monitoringrecompute.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

class TestDriftViewModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judgesTheLastPeriodOutsideTheReference()
    {
        RunResult run = madeUpRun();
        QCOMPARE(DriftViewModel(run).judgedPeriod(), 2);
        run.periods[2].inReference = true;
        QCOMPARE(DriftViewModel(run).judgedPeriod(), 1);
        QCOMPARE(DriftViewModel().judgedPeriod(), -1);
    }

    void offersOnlyRecordedStatistics()
    {
        const QList<DriftStatistic> expected = {DriftStatistic::Psi, DriftStatistic::KolmogorovSmirnov,
                                                DriftStatistic::MissingRate};
        QCOMPARE(DriftViewModel(madeUpRun()).statistics(), expected);
    }

    void testsOfValuesAreOfferedWhereTheyAreRecorded()
    {
        RunResult run = madeUpRun();
        run.features[0].periods[2].tests = TestsOfValues{0.01, 0.3, 4.5, 0.02, 12.5, 0.001};
        run.definitions["energyDistance"] = "energy as defined in the test";
        const DriftViewModel model(run);
        for (const DriftStatistic statistic :
             {DriftStatistic::EnergyDistance, DriftStatistic::CramerVonMises, DriftStatistic::AndersonDarling})
            QVERIFY(model.statistics().contains(statistic));
        const DriftScatterData data = model.scatter(DriftStatistic::EnergyDistance, 2);
        QCOMPARE(data.points.size(), std::size_t{1});
        QCOMPARE(data.points[0].y, 0.3);
        QCOMPARE(data.yTitle, u"Energy distance"_s);
        QVERIFY(data.caption.contains(u"energy as defined in the test"_s));
        QCOMPARE(model.drift(u"income"_s, DriftStatistic::AndersonDarling).points[2].value, std::optional(12.5));
        QVERIFY(!model.drift(u"income"_s, DriftStatistic::AndersonDarling).points[0].value);
        QCOMPARE(*model.features(2)[0].tests->ksPvalueExact, 0.01);
    }

    void looksAtTheWorstFeatureFirst()
    {
        QCOMPARE(DriftViewModel(madeUpRun()).worstFeature(2), u"income"_s);
        RunResult run = madeUpRun();
        run.features[1].periods[2].verdict.verdict = Verdict::Red;
        run.features[1].periods[2].statistics.psi = 0.5;
        QCOMPARE(DriftViewModel(run).worstFeature(2), u"region"_s);
    }

    void scatterShowsWhatWasRecorded()
    {
        RunResult run = madeUpRun();
        run.settings.thresholds.setBy = {{"psi", "Model risk: as usual"}, {"ks", "Somebody else"}};
        const DriftScatterData data = DriftViewModel(run).scatter(DriftStatistic::Psi, 2);
        QVERIFY(!data.caption.contains(u"Somebody else"_s));
        QCOMPARE(data.points.size(), std::size_t(2));
        QCOMPARE(data.points[0].name, u"income"_s);
        QCOMPARE(data.points[0].x.value_or(-1), 1.0);
        QCOMPARE(data.points[0].y, 0.31);
        QCOMPARE(data.points[0].tone, Tone::Red);
        QCOMPARE(data.points[0].note, u"reason 2"_s);
        QCOMPARE(data.limits[0].value, 0.10);
        QCOMPARE(data.limits[1].value, 0.25);
        for (const QString &words : {u"PSI as defined in the test"_s, u"500 rows"_s, u"1,000 rows"_s,
                                     u"up to 2026-03-31"_s, u"Model risk"_s, u"0.25"_s})
            QVERIFY2(data.caption.contains(words), qPrintable(data.caption));
    }

    void eachPartOfAVerdictIsShown()
    {
        RunResult run = madeUpRun();
        DriftVerdict &verdict = run.features[0].periods[0].verdict;
        verdict.amberLimit = 0.1;
        verdict.redLimit = 0.25;
        verdict.criticalPsi = 0.033;
        verdict.pvalue = 0.2;
        verdict.adjustedPvalue = 0.4;
        const DriftViewModel model(run);
        const QString parts = u"PSI 0.020, limits 0.10 and 0.25, chance gives up to 0.033; p of no drift 0.200, among "
                              "all tests of the run 0.400; 500 rows where 100 are needed."_s;
        QCOMPARE(model.features(0)[0].parts, parts);
        QCOMPARE(model.drift(u"income"_s, DriftStatistic::Psi).points[0].note, u"reason 0 "_s + parts);
        QCOMPARE(model.features(0)[1].parts, QString()); // of a run from before these were kept
    }

    void limitsOfOtherStatisticsAreDrawnWhereTheRunHasThem()
    {
        RunResult run = madeUpRun();
        run.settings.thresholds.statistics = {{LimitedStatistic::missingRateRise, 0.05, 0.1}};
        run.settings.thresholds.setBy = {{"missingRateRise", "Data office: feeds fail"}};
        const TimelineData data = DriftViewModel(run).drift(u"income"_s, DriftStatistic::MissingRate);
        QCOMPARE(data.limits.size(), std::size_t(2));
        QCOMPARE(data.limits[0].value, 0.06); // 0.01 in the reference
        QVERIFY2(data.caption.contains(u"over the share in the reference"_s) &&
                     data.caption.contains(u"Set by Data office: feeds fail."_s),
                 qPrintable(data.caption));
    }

    void scatterLeavesOutFeaturesWithoutTheStatistic()
    {
        const DriftScatterData data = DriftViewModel(madeUpRun()).scatter(DriftStatistic::KolmogorovSmirnov, 2);
        QCOMPARE(data.points.size(), std::size_t(1));
        QVERIFY(data.limits.empty());
        QVERIFY(data.caption.contains(u"1 features without"_s));
    }

    void scatterRanksByDriftWhereNoImportanceIsKnown()
    {
        RunResult run = madeUpRun();
        for (FeatureResult &feature : run.features)
            feature.importance.reset();
        const DriftScatterData data = DriftViewModel(run).scatter(DriftStatistic::Psi, 2);
        QVERIFY(data.xIsRank);
        QCOMPARE(data.points[0].name, u"income"_s);
        QCOMPARE(data.points[0].x.value_or(0), 1.0);
        QCOMPARE(data.points[1].x.value_or(0), 2.0);
        QVERIFY(data.xTitle.contains(u"no importance is known"_s));
    }

    void histogramHasTheBinsAndCountsOfTheRun()
    {
        const HistogramData data = DriftViewModel(madeUpRun()).histogram(u"income"_s, 2);
        QCOMPARE(data.bins.size(), std::size_t(6));
        QCOMPARE(data.bins[2].label, u"10 to 20"_s);
        QCOMPARE(data.bins[2].reference, quint64(400));
        QCOMPARE(data.bins[2].current, quint64(150));
        QCOMPARE(data.referenceRows, quint64(1000));
        QCOMPARE(data.currentRows, quint64(500));
        const std::vector<bool> outside = {true, false, false, false, true, true};
        for (std::size_t i = 0; i < outside.size(); ++i)
            QCOMPARE(data.bins[i].outside, outside[i]);
        QVERIFY(data.caption.contains(u"0.3100"_s));
    }

    void specialValuesStandApartWithTheirOwnLabel()
    {
        RunResult run = madeUpRun();
        FeatureResult &income = run.features[0];
        income.bins.special = {"-999"};
        income.bins.labels.insert(income.bins.labels.end() - 1, "-999 (special)");
        income.referenceCounts.insert(income.referenceCounts.end() - 1, 20);
        income.periods[2].counts.insert(income.periods[2].counts.end() - 1, 40);
        const HistogramData data = DriftViewModel(run).histogram(u"income"_s, 2);
        const std::vector<bool> outside = {true, false, false, false, true, true, true};
        QCOMPARE(data.bins.size(), outside.size());
        for (std::size_t i = 0; i < outside.size(); ++i)
            QCOMPARE(data.bins[i].outside, outside[i]);
        QCOMPARE(data.bins[5].label, u"-999 (special)"_s);
        QCOMPARE(data.bins[5].current, quint64(40));
        QVERIFY(data.caption.contains(u"special values"_s));
    }

    void manyCategoriesAreGroupedAndNothingIsLost()
    {
        RunResult run = madeUpRun();
        FeatureResult &region = run.features[1];
        region.bins = {};
        region.referenceCounts.clear();
        region.periods[2].counts.clear();
        for (int i = 0; i < 200; ++i) {
            region.bins.labels.push_back("category " + std::to_string(i));
            region.referenceCounts.push_back(static_cast<std::uint64_t>(i));
            region.periods[2].counts.push_back(1);
        }
        for (const char *label : {"new categories", "missing"}) {
            region.bins.labels.emplace_back(label);
            region.referenceCounts.push_back(7);
            region.periods[2].counts.push_back(3);
        }
        const HistogramData data = DriftViewModel(run).histogram(u"region"_s, 2);
        QCOMPARE(data.bins.size(), std::size_t(41));
        QCOMPARE(data.bins[0].label, u"category 199"_s);
        QCOMPARE(data.bins[38].label, u"other (162 categories)"_s);
        QCOMPARE(data.bins[40].label, u"missing"_s);
        quint64 reference = 0;
        quint64 current = 0;
        for (const auto &bin : data.bins) {
            reference += bin.reference;
            current += bin.current;
        }
        QCOMPARE(reference, quint64(199 * 200 / 2 + 14));
        QCOMPARE(current, quint64(206));
    }

    void driftOverTimeMarksPeriodsWithoutEnoughRows()
    {
        const TimelineData data = DriftViewModel(madeUpRun()).drift(u"income"_s, DriftStatistic::Psi);
        QCOMPARE(data.points.size(), std::size_t(3));
        QCOMPARE(data.points[1].value.value_or(-1), 0.40);
        QVERIFY(!data.points[1].enough);
        QCOMPARE(data.points[1].tone, Tone::Unknown);
        QCOMPARE(data.points[2].tone, Tone::Red);
        QCOMPARE(data.points[2].count, quint64(500));
    }

    void performanceHasReferenceAndLimits()
    {
        const auto data = DriftViewModel(madeUpRun()).performance();
        QVERIFY(data.has_value());
        QCOMPARE(data->yTitle, u"AUC"_s);
        QCOMPARE(data->points[2].value.value_or(0), 0.70);
        QCOMPARE(data->points[2].tone, Tone::Red);
        QCOMPARE(data->points[1].count, quint64(30));
        QVERIFY(!data->points[1].enough);
        QCOMPARE(data->limits[0].value, 0.76);
        QCOMPARE(data->limits[1].value, 0.76 - 0.03);
        QCOMPARE(data->limits[2].value, 0.76 - 0.05);
    }

    void performanceOfARegressionIsTheRmse()
    {
        RunResult run = madeUpRun();
        run.reference.performance = {};
        run.reference.performance.rmse = 10;
        for (RunPeriod &period : run.periods) {
            period.performance = {};
            period.performance.rmse = 12;
        }
        const auto data = DriftViewModel(run).performance();
        QCOMPARE(data->yTitle, u"RMSE"_s);
        QCOMPARE(data->limits[1].value, 11.0);
        QCOMPARE(data->limits[2].value, 12.5);
        for (RunPeriod &period : run.periods)
            period.performance = {};
        QVERIFY(!DriftViewModel(run).performance());
    }

    void summaryCountsVerdicts()
    {
        const QString text = DriftViewModel(madeUpRun()).periodSummary(2);
        QVERIFY2(text.contains(u"1 red, 1 green"_s), qPrintable(text));
        QVERIFY(text.startsWith(u"500 rows"_s));
    }

    void sameNumbersAreReproduced()
    {
        const Recomputation same = compareRuns(madeUpRun(), madeUpRun());
        QVERIFY(same.differences.isEmpty());
        // 1 + 3 AUC; 3 x 3 of income, 3 of region; verdicts: run, 2 x 3 of periods, 2 of features, 6 of feature periods
        QCOMPARE(same.numbers, std::size_t(4 + 9 + 3 + 1 + 6 + 2 + 6));
        QVERIFY(same.summary().startsWith(u"All 31 numbers reproduced"_s));
    }

    void everyDifferenceIsNamed()
    {
        RunResult other = madeUpRun();
        other.features[0].periods[2].statistics.psi = 0.3100000001;
        other.periods[2].performance.auc.reset();
        const Recomputation found = compareRuns(madeUpRun(), other);
        QCOMPARE(found.differences.size(), 2);
        QVERIFY(found.differences[0].contains(u"2026-06: auc recorded 0.7, recomputed nothing"_s));
        QVERIFY(found.differences[1].contains(u"income, 2026-06: psi"_s));
        QVERIFY(found.summary().startsWith(u"2 of 31"_s));
    }
};

QTEST_GUILESS_MAIN(TestDriftViewModel)
#include "tst_driftviewmodel.moc"
