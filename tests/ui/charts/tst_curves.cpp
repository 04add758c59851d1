// SPDX-License-Identifier: GPL-3.0-or-later
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>
#include <cmath>

#include "ui/charts/curvechart.h"
#include "ui/charts/intervalchart.h"
#include "ui/charts/timelinechart.h"
#include "ui/shell/theme.h"

using namespace countersign;
using namespace Qt::StringLiterals;

namespace {

CurveData curvesOf(int points)
{
    CurveData data;
    data.title = u"ROC curve, 2026-06"_s;
    data.xTitle = u"False positive rate"_s;
    data.yTitle = u"True positive rate"_s;
    data.diagonal = u"chance"_s;
    data.curves = {{u"2026-06"_s, false, true, {}}, {u"reference"_s, true, false, {}}};
    for (int i = 0; i < points; ++i) {
        const double x = points > 1 ? i / (points - 1.0) : 0.5;
        data.curves[0].points.push_back({x, std::sqrt(x), x / 2, std::sqrt(x), quint64(100), u"threshold"_s});
        data.curves[1].points.push_back({x, std::cbrt(x), {}, {}, {}, {}});
    }
    return data;
}

IntervalData intervalsOf(int rows)
{
    IntervalData data;
    data.title = u"Adverse impact ratio, 2026-06"_s;
    data.xTitle = u"Adverse impact ratio"_s;
    data.rowTitle = u"Group"_s;
    data.limits = {{u"parity"_s, 1, Tone::Plain}, {u"policy 0.80"_s, 0.8, Tone::Red}};
    for (int i = 0; i < rows; ++i) {
        const double value = 0.7 + 0.05 * (i % 9);
        data.rows.push_back({u"group with a rather long name %1"_s.arg(i), value, value - 0.1, value + 0.1,
                             quint64(50 + i), value < 0.8 ? Tone::Red : Tone::Plain, u"judged"_s});
    }
    return data;
}

void show(PlotView &plot)
{
    plot.resize(480, 300);
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
    plot.setFocus();
}

} // namespace

class TestCurves : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeMode::light); }

    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support).*"_s)); }

    void drawsWithoutWarnings_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<bool>("dark");
        for (const int count : {0, 1, 2, 40, 300}) {
            QTest::addRow("%d, light", count) << count << false;
            QTest::addRow("%d, dark", count) << count << true;
        }
    }

    void drawsWithoutWarnings()
    {
        QFETCH(int, count);
        QFETCH(bool, dark);
        CurveChart curves;
        IntervalChart intervals;
        curves.setData(curvesOf(count));
        intervals.setData(intervalsOf(count));
        for (PlotView *plot : std::initializer_list<PlotView *>{&curves, &intervals}) {
            plot->setPalette(dark ? Theme::darkPalette() : Theme::lightPalette());
            for (const QSize size : {QSize(60, 40), QSize(300, 180), QSize(1400, 800)}) {
                plot->resize(size);
                plot->show();
                QVERIFY(!plot->grab().isNull());
            }
            QVERIFY(!plot->description().isEmpty());
        }
        QCOMPARE(curves.table().rows.size(), 2 * count);
        QCOMPARE(intervals.table().rows.size(), count);
    }

    void arrowKeysWalkAlongACurveAndAcross()
    {
        CurveChart chart;
        chart.setData(curvesOf(5)); // the reference comes first
        show(chart);
        QSignalSpy activated(&chart, &PlotView::pointActivated);
        QTest::keyClick(&chart, Qt::Key_Home);
        QCOMPARE(activated.takeFirst().at(0).toInt(), 0);
        QTest::keyClick(&chart, Qt::Key_Right);
        QCOMPARE(activated.takeFirst().at(0).toInt(), 1);
        QTest::keyClick(&chart, Qt::Key_Up);
        QCOMPARE(activated.takeFirst().at(0).toInt(), 6);
        QTest::keyClick(&chart, Qt::Key_End);
        QTest::keyClick(&chart, Qt::Key_Right); // the last point stays
        QCOMPARE(activated.takeLast().at(0).toInt(), 9);
        QVERIFY(chart.accessibleDescription().contains(u"threshold"_s));
    }

    void pointsLieWhereTheirValuesSay()
    {
        CurveChart chart;
        chart.setData(curvesOf(3));
        show(chart);
        const QPointF origin = chart.pointArea(0).center();
        const QPointF middle = chart.pointArea(1).center();
        const QPointF corner = chart.pointArea(2).center();
        QVERIFY(std::abs((middle.x() - origin.x()) / (corner.x() - origin.x()) - 0.5) < 1e-6);
        QVERIFY(std::abs((middle.y() - origin.y()) / (corner.y() - origin.y()) - std::cbrt(0.5)) < 1e-6);
        QVERIFY(chart.pointText(3).contains(u"95 % interval"_s));
        QVERIFY(!chart.pointText(0).contains(u"95 % interval"_s));
    }

    void rowsAreReadOutWithTheirIntervals()
    {
        IntervalData data = intervalsOf(3);
        data.rows[1].value.reset();
        IntervalChart chart;
        chart.setData(data);
        show(chart);
        QSignalSpy activated(&chart, &PlotView::pointActivated);
        QTest::keyClick(&chart, Qt::Key_Down);
        QTest::keyClick(&chart, Qt::Key_Down);
        QCOMPARE(activated.takeLast().at(0).toInt(), 1);
        QVERIFY(chart.pointText(1).contains(u"not defined"_s));
        QVERIFY(chart.pointText(0).contains(u"0.6 to 0.8"_s));
        QVERIFY(chart.description().contains(u"red"_s));
        QVERIFY(chart.table().rows.at(1).at(1).isNull());
    }

    void aTimelineCarriesIntervalsAndASecondLine()
    {
        TimelineData data;
        data.title = u"AUC over time"_s;
        data.yTitle = u"AUC"_s;
        data.countTitle = u"labelled predictions"_s;
        data.otherTitle = u"estimated"_s;
        data.fromZero = false;
        for (int i = 0; i < 4; ++i) {
            TimelineData::Point point;
            point.label = u"2026-0%1"_s.arg(i + 1);
            point.value = i < 3 ? std::optional(0.7) : std::nullopt;
            point.low = i < 3 ? std::optional(0.65) : std::nullopt;
            point.high = i < 3 ? std::optional(0.9) : std::nullopt;
            point.other = 0.71;
            point.count = 100;
            data.points.push_back(point);
        }
        TimelineChart chart;
        chart.setData(data);
        show(chart);
        QVERIFY(!chart.grab().isNull());
        QCOMPARE(chart.table().columns.size(), 8);
        QCOMPARE(chart.table().rows.at(0).at(6).toDouble(), 0.9);
        QCOMPARE(chart.table().rows.at(3).at(7).toDouble(), 0.71);
        QVERIFY(chart.pointText(0).contains(u"0.6500 to 0.9000"_s));
        QVERIFY(chart.pointText(3).contains(u"estimated: 0.7100"_s));
    }
};

QTEST_MAIN(TestCurves)
#include "tst_curves.moc"
