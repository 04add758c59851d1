// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QImage>
#include <QMimeData>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "tests/support/windowfixture.h"
#include "ui/charts/categoryaxis.h"
#include "ui/charts/chartpanel.h"
#include "ui/charts/driftscatter.h"
#include "ui/charts/histogramchart.h"
#include "ui/charts/timelinechart.h"
#include "ui/shell/theme.h"

using namespace countersign;
using namespace Qt::StringLiterals;

namespace {

const std::vector<LimitLine> psiLimits = {{u"amber 0.10"_s, 0.1, Tone::Amber}, {u"red 0.25"_s, 0.25, Tone::Red}};

Tone toneFor(double psi)
{
    return psi > 0.25 ? Tone::Red : psi > 0.1 ? Tone::Amber : Tone::Green;
}

DriftScatterData scatterOf(int features)
{
    DriftScatterData data;
    data.title = u"PSI by importance, 2026-06"_s;
    data.xTitle = u"Importance"_s;
    data.yTitle = u"PSI"_s;
    data.caption = u"1,000 rows against 3,000 rows of the reference."_s;
    data.limits = psiLimits;
    for (int i = 0; i < features; ++i) {
        const double psi = (i * 37 % 101) / 100.0;
        data.points.push_back({u"feature %1"_s.arg(i), (i * 53 % 97) / 97.0, psi, toneFor(psi), u"judged"_s});
    }
    return data;
}

DriftScatterData threeFeatures()
{
    DriftScatterData data = scatterOf(0);
    data.points = {{u"income"_s, 1.0, 0.05, Tone::Green, {}},
                   {u"age"_s, 0.2, 0.30, Tone::Red, u"over the limit"_s},
                   {u"utilisation"_s, 0.6, 0.15, Tone::Amber, {}}};
    return data;
}

TimelineData timelineOf(int periods)
{
    TimelineData data;
    data.title = u"PSI of income over time"_s;
    data.yTitle = u"PSI"_s;
    data.countTitle = u"predictions"_s;
    data.limits = psiLimits;
    for (int i = 0; i < periods; ++i) {
        const double psi = (i * 7 % 40) / 100.0;
        TimelineData::Point point;
        point.label = u"%1-%2"_s.arg(2015 + i / 12).arg(i % 12 + 1, 2, 10, QChar(u'0'));
        point.value = psi;
        point.count = static_cast<quint64>(100 + i);
        point.tone = toneFor(psi);
        data.points.push_back(point);
    }
    return data;
}

HistogramData histogramOf(int bins)
{
    HistogramData data;
    data.title = u"income: 2026-06 against the reference"_s;
    data.referenceLabel = u"reference"_s;
    data.currentLabel = u"2026-06"_s;
    data.referenceRows = 200;
    data.currentRows = 50;
    for (int i = 0; i < bins; ++i)
        data.bins.push_back({u"category number %1"_s.arg(i), static_cast<quint64>(i + 1), 2, i + 1 == bins});
    return data;
}

template <class Plot>
void show(Plot &plot, QSize size = {480, 300})
{
    plot.resize(size);
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
}

void clickPoint(PlotView &plot, int index)
{
    QTest::mouseClick(plot.viewport(), Qt::LeftButton, {}, plot.pointArea(index).center().toPoint());
}

} // namespace

class TestCharts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeMode::light); }

    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support).*"_s)); }

    void csvQuotesTextAndKeepsNumbersExact()
    {
        ChartTable table;
        table.columns = {u"Feature"_s, u"PSI"_s, u"Rows"_s};
        table.rows = {{u"a,\"b\""_s, 0.1, quint64(12000)}, {u"=1+1"_s, -0.5, QVariant()}};
        QCOMPARE(toCsv(table), QByteArray("Feature,PSI,Rows\r\n\"a,\"\"b\"\"\",0.1,12000\r\n'=1+1,-0.5,\r\n"));
    }

    void scaleIsLogarithmicOnlyWhereValuesWouldHideTheLimits()
    {
        const ValueScale near = ValueScale::fromZero(0.4, 0.1);
        QVERIFY(!near.logarithmic());
        const ValueScale far = ValueScale::fromZero(9.4, 0.1);
        QVERIFY(far.logarithmic());
        QVERIFY((far.axis(0.25) - far.axis(0)) / (far.maximum() - far.minimum()) > 0.2);
        for (const ValueScale &scale : {near, far, ValueScale::around(0.71, 0.76), ValueScale::around(0.5, 0.5),
                                        ValueScale::fromZero(0), ValueScale::fromZero(1e9)}) {
            QVERIFY(scale.maximum() > scale.minimum());
            QVERIFY(scale.ticks().size() >= 2);
            QVERIFY(scale.ticks().size() <= 9);
            for (const double tick : scale.ticks()) {
                QVERIFY(scale.axis(tick) >= scale.minimum() - 1e-9);
                QVERIFY(scale.axis(tick) <= scale.maximum() + 1e-9);
            }
        }
    }

    void crowdedLabelsAreThinnedOrSlanted()
    {
        QStringList periods;
        for (int i = 0; i < 120; ++i)
            periods << u"2015-%1"_s.arg(i);
        const CategoryAxis thin(periods, qApp->font(), 400, CategoryAxis::Crowded::Thin);
        QVERIFY(thin.step() > 10);
        QVERIFY(!thin.slanted());
        const CategoryAxis slant(periods.mid(0, 20), qApp->font(), 400, CategoryAxis::Crowded::Slant);
        QVERIFY(slant.slanted());
        QCOMPARE(slant.step(), 1);
        const CategoryAxis level(periods.mid(0, 3), qApp->font(), 400, CategoryAxis::Crowded::Slant);
        QVERIFY(!level.slanted());
    }

    void drawsWithoutWarnings_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<bool>("dark");
        for (const int count : {0, 1, 2, 40, 120, 1000}) {
            QTest::addRow("%d, light", count) << count << false;
            QTest::addRow("%d, dark", count) << count << true;
        }
    }

    void drawsWithoutWarnings()
    {
        QFETCH(int, count);
        QFETCH(bool, dark);
        DriftScatter scatter;
        HistogramChart histogram;
        TimelineChart timeline;
        scatter.setData(scatterOf(count));
        histogram.setData(histogramOf(count));
        timeline.setData(timelineOf(count));
        for (PlotView *plot : std::initializer_list<PlotView *>{&scatter, &histogram, &timeline}) {
            plot->setPalette(dark ? Theme::darkPalette() : Theme::lightPalette());
            for (const QSize size : {QSize(60, 40), QSize(300, 180), QSize(1400, 800)}) {
                plot->resize(size);
                plot->show();
                QVERIFY(!plot->grab().isNull());
            }
            QVERIFY(!plot->description().isEmpty());
            QCOMPARE(plot->table().rows.size(), count);
        }
    }

    void undefinedValuesLeaveGaps()
    {
        TimelineData data = timelineOf(6);
        data.points[2].value.reset();
        data.points[4].enough = false;
        TimelineChart chart;
        chart.setData(data);
        show(chart);
        QVERIFY(chart.table().rows.at(2).at(1).isNull());
        QCOMPARE(chart.table().rows.at(4).at(3).toString(), u"not enough data"_s);
        QVERIFY(chart.description().contains(u"1 period"_s));
        QVERIFY(!chart.pointArea(2).isEmpty());
    }

    void clickAndArrowKeysSelectFeatures()
    {
        DriftScatter chart;
        chart.setData(threeFeatures()); // in order of importance: age, utilisation, income
        show(chart);
        QSignalSpy selected(&chart, &DriftScatter::featureSelected);
        clickPoint(chart, 2);
        QCOMPARE(selected.takeFirst().at(0).toString(), u"income"_s);
        QTest::keyClick(&chart, Qt::Key_Left);
        QCOMPARE(selected.takeFirst().at(0).toString(), u"utilisation"_s);
        QTest::keyClick(&chart, Qt::Key_Up);
        QCOMPARE(selected.takeFirst().at(0).toString(), u"age"_s);
        QTest::keyClick(&chart, Qt::Key_End);
        QCOMPARE(selected.takeFirst().at(0).toString(), u"income"_s);
        QTest::keyClick(&chart, Qt::Key_Home);
        QCOMPARE(selected.takeFirst().at(0).toString(), u"age"_s);
        QVERIFY(chart.accessibleDescription().contains(u"0.3000"_s));
        QCOMPARE(chart.accessibleName(), u"PSI by importance, 2026-06"_s);
    }

    void hoveringReadsAPointOut()
    {
        DriftScatter chart;
        chart.setData(threeFeatures());
        show(chart);
        QTest::mouseMove(chart.viewport(), chart.pointArea(0).center().toPoint());
        QTRY_COMPARE(chart.hovered(), 0);
        QVERIFY(chart.pointText(0).contains(u"age"_s));
        QVERIFY(chart.pointText(0).contains(u"over the limit"_s));
    }

    void worstFeaturesAreNamedWithoutOverlap()
    {
        DriftScatter chart;
        chart.setData(threeFeatures());
        show(chart);
        QCOMPARE(chart.labelled().size(), 3);
        chart.setData(scatterOf(1000));
        QVERIFY(chart.labelled().size() <= 9);
        chart.setSelected(u"feature 5"_s);
        QVERIFY(chart.labelled().contains(u"feature 5"_s));
    }

    void selectionOutlivesNewData()
    {
        DriftScatter chart;
        chart.setData(threeFeatures());
        show(chart);
        chart.setSelected(u"income"_s);
        QSignalSpy selected(&chart, &DriftScatter::featureSelected);
        auto data = threeFeatures();
        std::swap(data.points[0], data.points[1]);
        chart.setData(data);
        chart.setFocus();
        QTest::keyClick(&chart, Qt::Key_Return);
        QCOMPARE(selected.takeFirst().at(0).toString(), u"income"_s);
    }

    void arrowKeysAndClicksSelectPeriods()
    {
        TimelineChart chart;
        chart.setData(timelineOf(6));
        show(chart);
        QSignalSpy selected(&chart, &TimelineChart::periodSelected);
        clickPoint(chart, 3);
        QCOMPARE(selected.takeFirst().at(0).toInt(), 3);
        QTest::keyClick(&chart, Qt::Key_Right);
        QCOMPARE(selected.takeFirst().at(0).toInt(), 4);
        QTest::keyClick(&chart, Qt::Key_Home);
        QCOMPARE(selected.takeFirst().at(0).toInt(), 0);
        QTest::keyClick(&chart, Qt::Key_End);
        QCOMPARE(selected.takeFirst().at(0).toInt(), 5);
    }

    void histogramShowsSharesOfRows()
    {
        HistogramChart chart;
        chart.setData(histogramOf(4));
        QCOMPARE(chart.referenceShare(3), 4.0 / 200);
        QCOMPARE(chart.currentShare(3), 2.0 / 50);
        QVERIFY(chart.pointText(3).contains(u"2 of 50"_s));
        QCOMPARE(chart.table().rows.at(3), QVariantList({u"category number 3"_s, quint64(4), 0.02, quint64(2), 0.04}));
    }

    void panelExportsAndCopies()
    {
        QTemporaryDir folder;
        test::FakeDialogs dialogs;
        ChartPanel panel(new DriftScatter, u"drift-scatter"_s, dialogs);
        static_cast<DriftScatter *>(panel.plot())->setData(threeFeatures());
        panel.resize(500, 340);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));

        dialogs.paths << folder.filePath(u"chart.png"_s) << folder.filePath(u"chart.csv"_s);
        panel.exportPng();
        panel.exportCsv();
        QCOMPARE(dialogs.suggestions, QStringList({u"drift-scatter.png"_s, u"drift-scatter.csv"_s}));
        const QImage image(folder.filePath(u"chart.png"_s));
        QVERIFY(image.width() >= 2 * panel.plot()->width());
        QVERIFY(image.height() >= 2 * panel.plot()->height());
        QFile csv(folder.filePath(u"chart.csv"_s));
        QVERIFY(csv.open(QIODevice::ReadOnly));
        QCOMPARE(csv.readAll(), QByteArray("Feature,Importance,PSI,Verdict\r\nage,0.2,0.3,red\r\n"
                                           "utilisation,0.6,0.15,amber\r\nincome,1,0.05,green\r\n"));
        panel.copyData();
        QCOMPARE(QGuiApplication::clipboard()->text().toUtf8(), panel.csv());
        panel.copyImage();
        QVERIFY(!QGuiApplication::clipboard()->image().isNull());
    }

    void panelSaysWhenAnExportFails()
    {
        test::FakeDialogs dialogs;
        ChartPanel panel(new DriftScatter, u"drift-scatter"_s, dialogs);
        dialogs.paths << u"/nonexistent/folder/chart.csv"_s;
        panel.exportCsv();
        QCOMPARE(dialogs.errors.size(), 1);
    }

    void panelOffersATableInWords()
    {
        test::FakeDialogs dialogs;
        ChartPanel panel(new TimelineChart, u"drift-over-time"_s, dialogs);
        static_cast<TimelineChart *>(panel.plot())->setData(timelineOf(6));
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        panel.plot()->setFocus();
        QTest::keyClick(panel.plot(), Qt::Key_T, Qt::ControlModifier);
        QVERIFY(panel.showsTable());
        QVERIFY(QApplication::focusWidget() != panel.plot());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_T, Qt::ControlModifier);
        QVERIFY(!panel.showsTable());
    }
};

QTEST_MAIN(TestCharts)
#include "tst_charts.moc"
