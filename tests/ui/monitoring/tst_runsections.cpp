// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QFile>
#include <QImage>
#include <QRegularExpression>
#include <QSet>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>
#include <cmath>

#include "core/monitoring/figures.h"
#include "tests/support/windowfixture.h"
#include "tests/ui/monitoring/madeuprun.h"
#include "ui/charts/chartpanel.h"
#include "ui/charts/curvechart.h"
#include "ui/charts/intervalchart.h"
#include "ui/charts/timelinechart.h"
#include "ui/pages/model/monitoringview.h"
#include "ui/pages/model/rowstable.h"
#include "ui/pages/monitoring/calibrationsection.h"
#include "ui/pages/monitoring/estimatesection.h"
#include "ui/pages/monitoring/estimateviewmodel.h"
#include "ui/pages/monitoring/fairnesssection.h"
#include "ui/pages/monitoring/fairnessviewmodel.h"
#include "ui/pages/monitoring/limitssection.h"
#include "ui/pages/monitoring/limitsviewmodel.h"
#include "ui/pages/monitoring/performancesection.h"
#include "ui/pages/monitoring/performanceviewmodel.h"
#include "ui/pages/monitoring/qualitysection.h"
#include "ui/pages/monitoring/qualityviewmodel.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/messagebar.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

namespace {

constexpr auto discrimination = PerformanceViewModel::Part::Discrimination;
constexpr auto calibratedOutcome = PerformanceViewModel::Part::Calibration;

/// 400 rows with scores 0.00125 ... 0.99875, of which every k-th row of the upper half and every 5th of the lower half
/// is an event.
Performance performanceWith(int k)
{
    std::vector<double> scores;
    std::vector<std::uint8_t> events;
    for (int i = 0; i < 400; ++i) {
        scores.push_back((i + 0.5) / 400);
        events.push_back(i < 200 ? i % 5 == 0 : i % k != 0);
    }
    Performance performance;
    const ScoreProfile profile = profileScores(scores, events);
    performance.scoreEvidence = evidenceOf(profile);
    performance.scoreEvidence->threshold = 0.5;
    performance.scoreEvidence->groups = equalGroups(scores, events, 10);
    for (const RocPoint &point : rocCurve(scores, events, 100)) {
        if (!std::isfinite(point.threshold))
            continue;
        auto &roc = performance.scoreEvidence->roc;
        roc.thresholds.push_back(point.threshold);
        roc.falsePositives.push_back(
            static_cast<std::uint64_t>(std::llround(point.falsePositiveRate * static_cast<double>(profile.others()))));
        roc.truePositives.push_back(
            static_cast<std::uint64_t>(std::llround(point.truePositiveRate * static_cast<double>(profile.events))));
    }
    fillPerformance(performance);
    performance.auc = auc(profile);
    return performance;
}

GroupFairness groupWith(const std::string &name, std::uint64_t n, double ratio)
{
    GroupFairness group;
    group.group = name;
    group.n = n;
    group.figures["selection_rate"] = {0.5 * ratio, 0.45 * ratio, 0.55 * ratio};
    group.figures["adverse_impact_ratio"] = {ratio, ratio - 0.05, ratio + 0.05};
    return group;
}

/// madeUpRun() with all that outcomes give; the middle month has no outcomes yet.
RunResult runWithOutcomes()
{
    RunResult run = madeUpRun();
    run.settings.roles.target = "defaulted";
    run.settings.roles.groups = {"sex"};
    run.reference.performance = performanceWith(6);
    run.periods[0].performance = performanceWith(5);
    run.periods[1].performance = {};
    run.periods[2].performance = performanceWith(2);
    for (RunPeriod &period : run.periods) {
        PerformanceEstimate estimate;
        estimate.figures["roc_auc"] = {0.88, 0.84, 0.92};
        estimate.figures["accuracy"] = {0.81, 0.77, 0.85};
        if (period.performance.auc)
            estimate.gaps["roc_auc"] = {*period.performance.auc - 0.88, *period.performance.auc - 0.93,
                                        *period.performance.auc - 0.83};
        estimate.reason = "the gap of " + period.label;
        period.estimate = estimate;
        period.fairness = {{"sex", "m", 3, {groupWith("f", 200, 0.7), groupWith("m", 300, 1), groupWith("x", 5, 0.2)}}};
        period.quality.duplicateRows = 2;
        period.quality.duplicateRate = 0.004;
        period.quality.expectedRows = 500;
        period.quality.leastExpectedRows = 480;
        period.quality.mostExpectedRows = 510;
        period.quality.arrivedShare = static_cast<double>(period.rows) / 500;
    }
    run.periods[2].estimate->suspectedConceptDrift = true;
    run.settings.thresholds.figures = {{LimitedFigure::adverseImpactRatio, 0.9, 0.8},
                                       {LimitedFigure::calibrationGap, 0.02, 0.05}};
    FigureVerdict gap;
    gap.rows = 30;
    gap.amber = 0.02;
    gap.red = 0.05;
    const FigureVerdict ratio{
        LimitedFigure::adverseImpactRatio, "sex", "f", 0.6, 200, 0.9, 0.8, 1e-5, 1e-4, true, Verdict::Red, "low"};
    for (RunPeriod &period : run.periods)
        period.figureVerdicts = {ratio, gap};
    return run;
}

} // namespace

class TestRunSections : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void chartsDrawTheLimitsThatTheRunHasAndSayWhoSetThem()
    {
        RunResult run = runWithOutcomes();
        Thresholds &limits = run.settings.thresholds;
        limits.figures.push_back({LimitedFigure::duplicateRateRise, 0.01, 0.02});
        limits.figures.push_back({LimitedFigure::arrivedShare, 0.9, 0.7});
        limits.statistics = {{LimitedStatistic::missingRateRise, 0.05, 0.1},
                             {LimitedStatistic::unseenRate, 0.02, 0.04}};
        limits.setBy = {{"aucDrop", "Model risk: thumb"},
                        {"calibrationGap", "Finance: provisions"},
                        {"adverseImpactRatio", "Compliance: fair lending"},
                        {"arrivedShare", "Data office: feeds"}};
        run.reference.quality.duplicateRate = 0.001;
        const auto drawn = [](const auto &data) {
            QList<double> values;
            for (const LimitLine &line : data.limits)
                values << std::round(1000 * line.value) / 1000;
            return values;
        };
        const auto says = [](const auto &data, const char *words) {
            return data.caption.contains(QLatin1String(words));
        };

        const PerformanceViewModel performance(run);
        const TimelineData gap = performance.timeline(u"calibration_in_the_large"_s);
        QVERIFY(drawn(gap).contains(0.02) && drawn(gap).contains(-0.05));
        QVERIFY2(says(gap, "Set by Finance: provisions."), qPrintable(gap.caption));
        const TimelineData area = performance.timeline(u"roc_auc"_s);
        QVERIFY(says(area, "Set by Model risk: thumb.") && says(area, "a drop of 0.03"));
        QVERIFY(says(performance.timeline(u"brier"_s), "No limits on this figure."));

        const FairnessViewModel fairness(run);
        const QString ratio = u"adverse_impact_ratio"_s;
        QCOMPARE(drawn(fairness.byGroup(u"sex"_s, ratio, 2)), (QList<double>{1, 0.9, 0.8}));
        QCOMPARE(drawn(fairness.timeline(u"sex"_s, u"f"_s, ratio)), (QList<double>{1, 0.9, 0.8}));
        QVERIFY(says(fairness.byGroup(u"sex"_s, ratio, 2), "Set by Compliance: fair lending."));

        const QualityViewModel quality(run);
        QCOMPARE(drawn(quality.duplicates()), (QList<double>{0.1, 1.1, 2.1}));
        QCOMPARE(drawn(quality.timeliness()), (QList<double>{100, 90, 70}));
        QVERIFY(says(quality.timeliness(), "Set by Data office: feeds."));
        QCOMPARE(drawn(quality.feature(u"income"_s, QualityViewModel::Measure::Missing)), (QList<double>{1, 6, 11}));
        QCOMPARE(drawn(quality.feature(u"region"_s, QualityViewModel::Measure::Outside)), (QList<double>{2, 4}));
        QVERIFY(says(quality.feature(u"income"_s, QualityViewModel::Measure::Outside), "No limits on this share"));
    }

    void figuresCarryTheirIntervals()
    {
        const RunResult run = runWithOutcomes();
        const PerformanceViewModel model(run);
        QVERIFY(model.missing().isEmpty());
        const QStringList names = model.figures(discrimination);
        QCOMPARE(names.front(), u"roc_auc"_s);
        QVERIFY(!names.contains(u"calibration_slope"_s));
        QVERIFY(model.figures(calibratedOutcome).contains(u"expected_calibration_error"_s));
        const QList<Row> rows = model.figureRows(discrimination, 2);
        QCOMPARE(rows.front().cells.at(0).text, u"AUC"_s);
        QCOMPARE(rows.front().cells.at(1).sort.toDouble(), *run.periods[2].performance.figures.at("roc_auc").value);
        QVERIFY(rows.front().cells.at(2).text.contains(u" to "_s));
        QVERIFY(rows.front().cells.at(0).toolTip.contains(u"DeLong"_s));
        QCOMPARE(model.figureRows(discrimination, 1).front().cells.at(1).text, u"–"_s);
    }

    void aFigureOverTimeLeavesAGapWithoutOutcomes()
    {
        const RunResult run = runWithOutcomes();
        const TimelineData data = PerformanceViewModel(run).timeline(u"gini"_s);
        QCOMPARE(data.points.size(), std::size_t{3});
        QVERIFY(data.points[0].value && data.points[0].low && !data.points[1].value);
        QCOMPARE(data.limits.size(), std::size_t{1});
        QVERIFY(data.caption.contains(u"900 labelled rows"_s));
    }

    void curvesStandBesideTheReference()
    {
        const RunResult run = runWithOutcomes();
        const PerformanceViewModel model(run);
        const CurveData roc = model.roc(2);
        QCOMPARE(roc.curves.size(), std::size_t{2});
        QVERIFY(roc.curves[0].reference);
        QCOMPARE(roc.curves[1].points.back().x, 1.0);
        QCOMPARE(roc.curves[1].points.back().y, 1.0);
        QVERIFY(roc.curves[1].points[1].note.contains(u"Threshold"_s));
        QVERIFY(model.roc(1).curves.empty());
        QVERIFY(model.roc(1).empty.contains(u"2026-05"_s));
        const CurveData reliability = model.reliability(2);
        QVERIFY(reliability.curves[1].points.front().low.has_value());
        QCOMPARE(*reliability.curves[1].points.front().n, quint64(40));
        const CurveData gains = model.gains(2);
        QCOMPARE(gains.curves[1].points.back().y, 1.0);
    }

    void gradesStandFromTheHighestScore()
    {
        const RunResult run = runWithOutcomes();
        const QList<Row> rows = PerformanceViewModel(run).gradeRows(2);
        QCOMPARE(rows.size(), 10);
        QVERIFY(rows.front().cells.at(1).sort.toDouble() > rows.back().cells.at(1).sort.toDouble());
        QVERIFY(!rows.front().cells.at(4).badge.isNull());
        QCOMPARE(rows.front().cells.at(0).text, u"10"_s);
        QVERIFY(PerformanceViewModel(run).gradeRows(1).isEmpty());
        QVERIFY(PerformanceViewModel(run).gradesTitle(2).contains(u"equal size"_s));
    }

    void ratingGradesStandByTheirNames()
    {
        RunResult run = runWithOutcomes();
        run.settings.roles.grade = "rating";
        auto &performance = run.periods[2].performance;
        performance.scoreEvidence->ratingGrades = {{"A", {40, 2, 1.2}}, {"B", {40, 9, 6.0}}};
        fillPerformance(performance);
        const PerformanceViewModel model(run);
        QCOMPARE(model.gradesTitle(2), u"Rating grades of column rating"_s);
        const QList<Row> rows = model.gradeRows(2);
        QCOMPARE(rows.size(), 2);
        QCOMPARE(rows.front().cells.at(0).text, u"B"_s);
    }

    void estimatesStandBesideWhatCame()
    {
        const RunResult run = runWithOutcomes();
        const EstimateViewModel model(run);
        QCOMPARE(model.figures(), (QStringList{u"roc_auc"_s, u"accuracy"_s}));
        const TimelineData data = model.timeline(u"roc_auc"_s);
        QCOMPARE(*data.points[1].other, 0.88);
        QVERIFY(!data.points[1].value);
        QVERIFY(data.caption.contains(u"concept drift cannot be seen"_s));
        const IntervalData gaps = model.gaps(u"roc_auc"_s);
        QCOMPARE(gaps.rows.size(), std::size_t{2});
        QCOMPARE(gaps.rows[1].tone, Tone::Red);
        QVERIFY(model.suspected(2) && !model.suspected(0));
    }

    void groupsAreMeasuredNotJudged()
    {
        const RunResult run = runWithOutcomes();
        const FairnessViewModel model(run);
        QCOMPARE(model.columns(), QStringList{u"sex"_s});
        QCOMPARE(model.measures(u"sex"_s), (QStringList{u"selection_rate"_s, u"adverse_impact_ratio"_s}));
        const IntervalData data = model.byGroup(u"sex"_s, u"adverse_impact_ratio"_s, 2);
        QCOMPARE(data.rows[0].tone, Tone::Amber); // 0.65 to 0.75 lies below four fifths
        QCOMPARE(data.rows[1].tone, Tone::Plain);
        QCOMPARE(data.rows[2].tone, Tone::Unknown); // five rows
        QVERIFY(data.caption.contains(u"legal test"_s));
        QVERIFY(data.caption.contains(u"the smallest with 5 rows"_s));
        const TimelineData timeline = model.timeline(u"sex"_s, u"f"_s, u"adverse_impact_ratio"_s);
        QCOMPARE(*timeline.points[1].value, 0.7);
        QCOMPARE(timeline.points[1].count, quint64(200));
    }

    void qualityIsCountedByFeatureAndPeriod()
    {
        const RunResult run = runWithOutcomes();
        const QualityViewModel model(run);
        const QList<Row> rows = model.rows(2);
        QCOMPARE(rows.size(), 2);
        QCOMPARE(rows.at(0).cells.at(1).text, u"4.00 %"_s);
        QCOMPARE(*model.feature(u"income"_s, QualityViewModel::Measure::Missing).points[0].value, 4.0);
        QCOMPARE(*model.timeliness().points[1].value, 8.0);
        QVERIFY(model.hasDuplicates());
        QVERIFY(model.duplicates().points[0].note.contains(u"2 duplicate rows"_s));
    }

    void everySectionShowsTheSamePeriod()
    {
        WindowFixture f;
        MonitoringView view(f.dialogs);
        view.resize(1200, 700);
        view.setRun(DriftViewModel(runWithOutcomes()));
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        for (const auto section : {MonitoringView::Section::Performance, MonitoringView::Section::Calibration,
                                   MonitoringView::Section::Estimated, MonitoringView::Section::Fairness,
                                   MonitoringView::Section::Quality, MonitoringView::Section::Limits}) {
            view.selectSection(section);
            QVERIFY(view.widgetOf(section)->isVisible());
            QCOMPARE(view.widgetOf(section)->period(), view.period());
            QVERIFY(!view.grab().isNull());
            for (auto *plot : view.widgetOf(section)->findChildren<PlotView *>()) {
                if (!plot->isVisible())
                    continue;
                QVERIFY(!plot->accessibleName().isEmpty());
                QVERIFY(!plot->caption().isEmpty());
            }
        }
        auto *quality = static_cast<QualitySection *>(view.widgetOf(MonitoringView::Section::Quality));
        quality->missing()->setFocus();
        QTest::keyClick(quality->missing(), Qt::Key_Left);
        QCOMPARE(view.period(), 1);
        view.selectSection(MonitoringView::Section::Performance);
        auto *performance = static_cast<PerformanceSection *>(view.widgetOf(MonitoringView::Section::Performance));
        QCOMPARE(performance->period(), 1);
        QVERIFY(performance->roc()->pointCount() == 0);
    }

    void everyChartHasRowsPointsTableAndPicture_data()
    {
        QTest::addColumn<MonitoringView::Section>("section");
        QTest::newRow("drift") << MonitoringView::Section::Drift;
        QTest::newRow("performance") << MonitoringView::Section::Performance;
        QTest::newRow("calibration") << MonitoringView::Section::Calibration;
        QTest::newRow("estimated") << MonitoringView::Section::Estimated;
        QTest::newRow("fairness") << MonitoringView::Section::Fairness;
        QTest::newRow("quality") << MonitoringView::Section::Quality;
        QTest::newRow("limits") << MonitoringView::Section::Limits;
    }

    /// Whatever is drawn says of how many rows it is, can be read point by point from the keyboard, and leaves as a
    /// table and as a picture.
    void everyChartHasRowsPointsTableAndPicture()
    {
        QFETCH(const MonitoringView::Section, section);
        WindowFixture f;
        MonitoringView view(f.dialogs);
        view.resize(1400, 900);
        view.setRun(DriftViewModel(runWithOutcomes()));
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        view.selectSection(section);
        view.selectPeriod(2);
        const QList<ChartPanel *> panels = view.widgetOf(section)->panels();
        QVERIFY(!panels.isEmpty());
        for (ChartPanel *panel : panels) {
            if (!panel->isVisible())
                continue;
            PlotView *plot = panel->plot();
            const QByteArray name = plot->title().toUtf8();
            static const QRegularExpression rows(u"\\d[\\d.,\u00a0\u202f]* (labelled |duplicate )?rows|n = \\d"_s);
            QVERIFY2(rows.match(plot->caption()).hasMatch(), name + ": " + plot->caption().toUtf8());
            QVERIFY2(plot->pointCount() > 0, name);
            plot->setFocus();
            QTest::keyClick(plot, Qt::Key_Home);
            QVERIFY2(plot->cursor() >= 0, name);
            QVERIFY2(plot->pointText(plot->cursor()).contains(QRegularExpression(u"\\d"_s)), name);
            const QList<QByteArray> lines = panel->csv().trimmed().split('\n');
            QVERIFY2(lines.size() >= 2 && lines.front().contains(','), name + ": " + panel->csv());
            const QImage picture = panel->image();
            f.dialogs.paths << f.filePath(u"chart.png"_s);
            panel->exportPng();
            QImage saved;
            QVERIFY2(saved.load(f.filePath(u"chart.png"_s)), name);
            QCOMPARE(saved.size(), picture.size());
            QSet<QRgb> colours;
            for (int y = 0; y < saved.height(); y += 3)
                for (int x = 0; x < saved.width(); x += 3)
                    colours.insert(saved.pixel(x, y));
            QVERIFY2(colours.size() > 4, name);
            QFile::remove(f.filePath(u"chart.png"_s));
        }
    }

    void figuresAndGroupsAreChosenByKeyboard()
    {
        WindowFixture f;
        MonitoringView view(f.dialogs);
        view.setRun(DriftViewModel(runWithOutcomes()));
        view.show();
        view.selectSection(MonitoringView::Section::Performance);
        auto *performance = static_cast<PerformanceSection *>(view.widgetOf(MonitoringView::Section::Performance));
        view.focusStart();
        QVERIFY(performance->timeline()->title().startsWith(u"AUC"_s));
        QTest::keyClick(performance->figures(), Qt::Key_Down);
        QVERIFY(performance->timeline()->title().startsWith(u"Gini"_s));
        view.selectPeriod(0);
        QVERIFY(performance->timeline()->title().startsWith(u"Gini"_s));

        view.selectSection(MonitoringView::Section::Fairness);
        auto *fairness = static_cast<FairnessSection *>(view.widgetOf(MonitoringView::Section::Fairness));
        QCOMPARE(fairness->measureBox()->currentData().toString(), u"adverse_impact_ratio"_s);
        QTest::keyClick(fairness->byGroup(), Qt::Key_End);
        QCOMPARE(fairness->groups()->currentKey(), u"x"_s);
        QVERIFY(fairness->timeline()->title().contains(u"x over time"_s));
        fairness->measureBox()->setCurrentIndex(fairness->measureBox()->findData(u"selection_rate"_s));
        QVERIFY(fairness->byGroup()->title().startsWith(u"Selection rate"_s));

        view.selectSection(MonitoringView::Section::Estimated);
        view.selectPeriod(2);
        auto *estimate = static_cast<EstimateSection *>(view.widgetOf(MonitoringView::Section::Estimated));
        QCOMPARE(estimate->verdict()->text(), u"the gap of 2026-06"_s);
        QCOMPARE(estimate->verdict()->kind(), MessageBar::Kind::warning);
        QTest::keyClick(estimate->figures(), Qt::Key_Down); // accuracy has no gap
        QVERIFY(estimate->gaps()->isHidden() || !estimate->gaps()->isVisible());
    }

    void limitsShowEachFigureWithItsPartsAndOverTime()
    {
        WindowFixture f;
        MonitoringView view(f.dialogs);
        view.setRun(DriftViewModel(runWithOutcomes()));
        view.show();
        view.selectSection(MonitoringView::Section::Limits);
        view.selectPeriod(2);
        auto *limits = static_cast<LimitsSection *>(view.widgetOf(MonitoringView::Section::Limits));
        QVERIFY(limits->isVisible());
        const auto rows = LimitsViewModel(view.run().result()).rows(2);
        QCOMPARE(rows.size(), 2);
        QCOMPARE(rows[0].cells[0].text, u"Adverse impact ratio"_s);
        QCOMPARE(rows[0].cells[1].text, u"f (sex)"_s);
        QCOMPARE(rows[0].cells[2].text, u"Red"_s);
        QCOMPARE(rows[0].cells[3].text, u"0.6000"_s);
        QCOMPARE(rows[0].cells[4].text, u"under 0.001"_s);
        QCOMPARE(rows[0].cells[5].text, u"0.9"_s);
        QCOMPARE(rows[1].cells[2].text, u"Not enough data"_s);
        QCOMPARE(rows[1].cells[3].text, u"–"_s);
        QVERIFY(limits->timeline()->title().startsWith(u"Adverse impact ratio"_s));
        QVERIFY(limits->timeline()->caption().contains(u"no legal test"_s));
        QCOMPARE(limits->timeline()->pointCount(), 3);
        QTest::keyClick(limits->figures(), Qt::Key_Down);
        QVERIFY(limits->timeline()->title().startsWith(u"Calibration gap"_s));
        view.selectPeriod(0);
        QVERIFY2(limits->timeline()->title().startsWith(u"Calibration gap"_s), "the choice stays");
    }

    void whatARunLacksIsSaid()
    {
        WindowFixture f;
        MonitoringView view(f.dialogs);
        view.setRun(DriftViewModel(madeUpRun()));
        view.show();
        for (const auto section :
             {MonitoringView::Section::Performance, MonitoringView::Section::Calibration,
              MonitoringView::Section::Estimated, MonitoringView::Section::Fairness, MonitoringView::Section::Limits}) {
            view.selectSection(section);
            QVERIFY(!view.widgetOf(section)->isVisible());
            QVERIFY(view.findChild<EmptyState *>()->isVisible());
        }
        view.selectSection(MonitoringView::Section::Quality);
        QVERIFY(view.widgetOf(MonitoringView::Section::Quality)->isVisible());
    }
};

QTEST_MAIN(TestRunSections)
#include "tst_runsections.moc"
