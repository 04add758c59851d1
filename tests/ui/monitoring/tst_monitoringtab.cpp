// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>
#include <QToolButton>
#include <ctime>
#include <limits>

#include "tests/support/windowfixture.h"
#include "tests/ui/monitoring/madeuprun.h"
#include "tests/ui/monitoring/writtenlog.h"
#include "ui/charts/driftscatter.h"
#include "ui/charts/histogramchart.h"
#include "ui/charts/timelinechart.h"
#include "ui/pages/model/driftfeaturetable.h"
#include "ui/pages/model/monitoringexplaindialog.h"
#include "ui/pages/model/monitoringsetupdialog.h"
#include "ui/pages/model/monitoringsetupform.h"
#include "ui/pages/model/monitoringtab.h"
#include "ui/pages/model/monitoringview.h"
#include "ui/pages/monitoring/driftsection.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/text.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

namespace {

QPushButton *button(QWidget &parent, const QString &text)
{
    for (auto *each : parent.findChildren<QPushButton *>()) {
        if (each->text().remove(u'&') == text && each->isVisibleTo(&parent))
            return each;
    }
    return nullptr;
}

bool says(QWidget &parent, const QString &words)
{
    const auto bars = parent.findChildren<MessageBar *>();
    return std::any_of(bars.begin(), bars.end(), [&](const MessageBar *bar) {
        return bar->isVisibleTo(bar->parentWidget()) && bar->text().contains(words);
    });
}

void clickPoint(PlotView &plot, int index)
{
    QTest::mouseClick(plot.viewport(), Qt::LeftButton, {}, plot.pointArea(index).center().toPoint());
}

/// The made-up run with many features and periods, to see how fast the page is.
RunResult wideRun(std::size_t features, std::size_t periods)
{
    RunResult run = madeUpRun();
    RunPeriod period = run.periods[0];
    FeaturePeriod values = run.features[0].periods[0];
    FeatureResult feature = run.features[0];
    run.periods.clear();
    feature.periods.assign(periods, values);
    for (std::size_t i = 0; i < periods; ++i) {
        period.label = "period " + std::to_string(i);
        run.periods.push_back(period);
    }
    run.features.clear();
    for (std::size_t i = 0; i < features; ++i) {
        feature.name = "a rather long name of a feature, number " + std::to_string(i);
        feature.importance = static_cast<double>(i) / static_cast<double>(features);
        for (std::size_t p = 0; p < periods; ++p)
            feature.periods[p].statistics.psi = static_cast<double>((i * 31 + p * 17) % 400) / 1000;
        run.features.push_back(feature);
    }
    return run;
}

/// Milliseconds of processor time, painting included, the least of several.
struct Switching
{
    double period;
    double feature;
};

Switching switchingTimes(std::size_t features)
{
    WindowFixture f;
    MonitoringView view(f.dialogs);
    view.resize(1200, 700);
    view.setRun(DriftViewModel(wideRun(features, 24)));
    view.show();
    const auto least = [](const auto &act) {
        double best = std::numeric_limits<double>::max();
        for (int i = 0; i < 6; ++i) {
            const std::clock_t start = std::clock();
            act(i);
            best = std::min(best, 1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
        }
        return best;
    };
    return {least([&view](int i) {
                view.selectPeriod(i);
                view.repaint();
            }),
            least([&view](int i) {
                view.drift()->selectFeature(u"a rather long name of a feature, number %1"_s.arg(i * 10 + 7));
                view.repaint();
            })};
}

} // namespace

class TestMonitoringTab : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void invitesToAttachALog()
    {
        WindowFixture f;
        const auto model = f.addModel("CR-014", "Retail PD");
        MonitoringTab tab(f.context);
        tab.showModel(model);
        const auto *empty = tab.findChild<EmptyState *>();
        QVERIFY(empty->isVisibleTo(&tab));
        f.addVersion(model, "2.1");
        QVERIFY(empty->isVisibleTo(&tab));
        bool found = false;
        for (const auto *label : empty->findChildren<QLabel *>())
            found = found || label->text().contains(u"Attach a scoring log to version 2.1 of Retail PD"_s);
        QVERIFY(found);
    }

    void saysWhyARoleMayNot()
    {
        WindowFixture f;
        const auto model = f.addModel("CR-014", "Retail PD");
        f.addVersion(model, "2.1");
        MonitoringTab tab(f.context);
        tab.showModel(model);
        f.signInWindow(people::auditor);
        auto *start = button(tab, u"New run…"_s);
        QVERIFY(start);
        QVERIFY(!start->isEnabled());
        QVERIFY(!start->toolTip().isEmpty());
        f.signInWindow(people::developer);
        QVERIFY(start->isEnabled());
    }

    void showsARecordedRunAtItsWorst()
    {
        WindowFixture f;
        const auto model = f.addModel("CR-014", "Retail PD");
        const auto version = f.addVersion(model, "2.1");
        const auto run = f.addRun(version, true);
        MonitoringTab tab(f.context);
        tab.showModel(model);
        auto *view = tab.findChild<MonitoringView *>();
        QVERIFY(view->isVisibleTo(&tab));
        const RunResult recorded = must(f.workspace().runResult(run));
        QCOMPARE(view->period(), static_cast<int>(recorded.periods.size()) - 1);
        QCOMPARE(view->drift()->scatter()->pointCount(), static_cast<int>(recorded.features.size()));
        QCOMPARE(view->drift()->drift()->pointCount(), static_cast<int>(recorded.periods.size()));
        QVERIFY(says(tab, u"Open alert"_s));
    }

    void everythingIsLinkedByFeatureAndPeriod()
    {
        WindowFixture f;
        MonitoringView view(f.dialogs);
        view.resize(1100, 600);
        view.setRun(DriftViewModel(madeUpRun()));
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        QCOMPARE(view.drift()->feature(), u"income"_s);

        clickPoint(*view.drift()->scatter(), 0); // the least important: region
        QCOMPARE(view.drift()->feature(), u"region"_s);
        QCOMPARE(view.drift()->features()->selected(), u"region"_s);
        QCOMPARE(view.drift()->histogram()->pointCount(), 4);
        QVERIFY(view.drift()->drift()->title().contains(u"region"_s));

        QTest::keyClick(view.drift()->scatter(), Qt::Key_Right);
        QCOMPARE(view.drift()->features()->selected(), u"income"_s);

        view.drift()->drift()->setFocus();
        QTest::keyClick(view.drift()->drift(), Qt::Key_Left);
        QCOMPARE(view.period(), 1);
        QVERIFY(view.drift()->histogram()->title().contains(u"2026-05"_s));
        QVERIFY(view.drift()->scatter()->title().contains(u"2026-05"_s));
        QCOMPARE(view.drift()->performance()->selected(), 1);
        QCOMPARE(view.findChild<QSlider *>()->value(), 1);

        clickPoint(*view.drift()->performance(), 0);
        QCOMPARE(view.period(), 0);
        view.findChild<QSlider *>()->setValue(2);
        QCOMPARE(view.drift()->drift()->selected(), 2);

        auto *table = view.drift()->features()->view();
        table->setFocus();
        QTest::keyClick(table, Qt::Key_Down);
        QCOMPARE(view.drift()->feature(), view.drift()->features()->selected());
        QVERIFY(view.drift()->histogram()->title().contains(view.drift()->feature()));
    }

    void statisticIsSelectable()
    {
        WindowFixture f;
        MonitoringView view(f.dialogs);
        view.setRun(DriftViewModel(madeUpRun()));
        view.drift()->selectStatistic(DriftStatistic::KolmogorovSmirnov);
        QCOMPARE(view.drift()->scatter()->pointCount(), 1);
        QVERIFY(view.drift()->drift()->title().startsWith(u"KS of"_s));
        view.drift()->selectStatistic(DriftStatistic::CramersV); // not recorded
        QCOMPARE(view.drift()->statistic(), DriftStatistic::KolmogorovSmirnov);
    }

    void featuresAreFilteredByNameAndVerdict()
    {
        WindowFixture f;
        MonitoringView view(f.dialogs);
        view.setRun(DriftViewModel(madeUpRun()));
        auto *table = view.drift()->features()->view();
        view.drift()->features()->filter()->setText(u"reg"_s);
        QCOMPARE(table->model()->rowCount(), 1);
        QCOMPARE(view.drift()->feature(), u"income"_s); // what the charts show does not change by filtering
        view.drift()->features()->filter()->setText(badgeFor(Health::red).text);
        QCOMPARE(table->model()->rowCount(), 1);
        view.drift()->features()->filter()->clear();
        QCOMPARE(table->model()->rowCount(), 2);
    }

    void accessibleNamesAndDescriptions()
    {
        WindowFixture f;
        MonitoringView view(f.dialogs);
        view.setRun(DriftViewModel(madeUpRun()));
        for (const auto *plot : view.findChildren<PlotView *>()) {
            QVERIFY(!plot->accessibleName().isEmpty());
            QVERIFY(!plot->accessibleDescription().isEmpty());
        }
        QVERIFY(view.drift()->scatter()->accessibleDescription().contains(u"1 red: income"_s));
        for (const auto *box : view.findChildren<QComboBox *>())
            QVERIFY(!box->accessibleName().isEmpty());
    }

    /// Ten times the features may take ten times the processor time, with room for a busy machine, never its square.
    void switchingGrowsNoFasterThanTheFeatures()
    {
        const Switching few = switchingTimes(100);
        const Switching many = switchingTimes(1000);
        qInfo("switching the period: %.1f and %.1f ms, the feature: %.1f and %.1f ms", few.period, many.period,
              few.feature, many.feature);
        QVERIFY(many.period < 30 * few.period);
        QVERIFY(many.feature < 30 * few.feature);
    }

    void recomputationSaysThatAllNumbersAreReproduced()
    {
        WindowFixture f;
        const auto model = f.addModel("CR-014", "Retail PD");
        f.addRun(f.addVersion(model, "2.1"));
        MonitoringTab tab(f.context);
        tab.showModel(model);
        button(tab, u"Recompute"_s)->click();
        QTRY_VERIFY(says(tab, u"numbers reproduced from the stored counts"_s));
    }

    void aBreachIsExplainedOnce()
    {
        WindowFixture f;
        const auto model = f.addModel("CR-014", "Retail PD");
        const auto run = f.addRun(f.addVersion(model, "2.1"), true);
        MonitoringTab tab(f.context);
        tab.showModel(model);
        tab.show();
        auto *explain = button(tab, u"Explain breach…"_s);
        f.signInWindow(people::owner);
        QVERIFY(!explain->isEnabled());
        QVERIFY(explain->toolTip().contains(u"The owner of a model does not explain its red monitoring"_s));
        f.signInWindow(people::validator);
        QVERIFY2(explain->isEnabled(), qPrintable(explain->toolTip()));
        explain->click();
        auto *dialog = tab.findChild<MonitoringExplainDialog *>();
        QVERIFY(dialog);
        auto *accept = button(*dialog, u"Accept with this explanation"_s);
        QVERIFY(!accept->isEnabled());
        dialog->findChild<QPlainTextEdit *>()->setPlainText(u"A campaign in June; ends in July."_s);
        QVERIFY(accept->isEnabled());
        accept->click();
        QCOMPARE(f.registry().runs.at(run).explanation, std::string("A campaign in June; ends in July."));
        QTRY_VERIFY(says(tab, u"Breach accepted by "_s + QString::fromUtf8(people::validator)));
    }

    void aRunIsSetUpLookedAtAndRecorded()
    {
        WindowFixture f;
        const auto model = f.addModel("CR-014", "Retail PD");
        const auto version = f.addVersion(model, "2.1");
        const RunSettings log = f.scoringLog(true);
        f.signInWindow(people::developer);
        MonitoringSetupDialog dialog(f.context, version, nullptr);
        dialog.show();
        QSignalSpy recorded(&dialog, &MonitoringSetupDialog::recorded);
        auto *run = button(dialog, u"Run"_s);
        QVERIFY(!run->isEnabled());
        dialog.form()->openLog(toQt(log.path));
        QTRY_VERIFY(run->isEnabled());
        const RunSettings guessed = dialog.form()->settings();
        QCOMPARE(guessed.roles.time, std::string("month"));
        QCOMPARE(guessed.roles.score, std::string("score"));
        QCOMPARE(guessed.roles.target, std::string("defaulted"));
        QCOMPARE(guessed.importance.at("utilisation"), 1.0); // of the version
        run->click();
        QTRY_VERIFY(button(dialog, u"Record"_s) != nullptr);
        QVERIFY(f.registry().runs.empty());
        QVERIFY(says(dialog, u"Nothing is recorded yet"_s));
        QCOMPARE(dialog.result()->drift()->drift()->pointCount(), 6);
        QVERIFY(dialog.result()->run().result().rows == 1200);
        button(dialog, u"Record"_s)->click();
        QCOMPARE(recorded.size(), 1);
        QCOMPARE(f.registry().runs.size(), std::size_t(1));
        QCOMPARE(f.registry().runs.begin()->second.version, version);
    }

    void theNextRunBeginsWithTheLastSetUp()
    {
        WindowFixture f;
        const auto model = f.addModel("CR-014", "Retail PD");
        const auto version = f.addVersion(model, "2.1");
        f.addRun(version);
        f.signInWindow(people::developer);
        MonitoringSetupDialog dialog(f.context, version, nullptr);
        dialog.show();
        QTRY_VERIFY(button(dialog, u"Run"_s)->isEnabled());
        QCOMPARE(dialog.form()->settings().reference.until, parseDate("2026-03-31"));
    }

    void badLogsAreRefusedInWords_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addRow("empty") << QByteArray();
        QTest::addRow("UTF-32") << QByteArray("\xff\xfe\0\0a\0\0\0", 8);
        QTest::addRow("NUL bytes") << QByteArray("a,b\n1,\0\n", 8);
    }

    void badLogsAreRefusedInWords()
    {
        QFETCH(QByteArray, content);
        WindowFixture f;
        const auto version = f.addVersion(f.addModel("CR-014", "Retail PD"), "2.1");
        MonitoringSetupForm form(f.context, f.registry().versions.at(version));
        form.openLog(writtenLog(f, u"bad.csv"_s, content));
        QTRY_VERIFY(!f.jobs.busy());
        QCoreApplication::processEvents();
        QTRY_VERIFY(!form.problems().isEmpty() &&
                    form.problems().front() != MonitoringSetupForm::tr("The log is being read."));
        QVERIFY2(form.problems().front().size() > 20, qPrintable(form.problems().front()));
    }

    void testsOfValuesAreAskedForByABoxAndTheNextRunAsksAgain()
    {
        WindowFixture f;
        const auto version = f.addVersion(f.addModel("CR-014", "Retail PD"), "2.1");
        MonitoringSetupForm form(f.context, f.registry().versions.at(version));
        form.openLog(
            writtenLog(f, u"log.csv"_s, "day,a\n2026-01-10,1.5\n2026-02-10,2.5\n2026-03-10,3.5\n2026-04-10,4.5\n"));
        QTRY_VERIFY(form.problems().isEmpty());
        QVERIFY(!form.settings().testsOfValues);
        const auto boxes = form.findChildren<QCheckBox *>();
        const auto box = std::find_if(boxes.begin(), boxes.end(), [](const QCheckBox *each) {
            return each->text().contains(u"Anderson-Darling"_s);
        });
        QVERIFY(box != boxes.end() && (*box)->isEnabled());
        (*box)->click();
        QVERIFY(form.settings().testsOfValues);
        MonitoringSetupForm next(f.context, f.registry().versions.at(version));
        next.beginWith(form.settings());
        QTRY_VERIFY(next.problems().isEmpty());
        QVERIFY(next.settings().testsOfValues);
    }

    void aRunCanBeCancelled()
    {
        WindowFixture f;
        const auto version = f.addVersion(f.addModel("CR-014", "Retail PD"), "2.1");
        QByteArray log = "day,a,b,c\n";
        for (int i = 0; i < 300000; ++i)
            log += "2026-0" + QByteArray::number(i / 60000 + 1) + "-10," + QByteArray::number(i % 997) + ',' +
                   QByteArray::number(i % 89) + ',' + QByteArray::number(i % 13) + '\n';
        MonitoringSetupDialog dialog(f.context, version, nullptr);
        dialog.show();
        dialog.form()->openLog(writtenLog(f, u"long.csv"_s, log));
        QTRY_VERIFY(button(dialog, u"Run"_s)->isEnabled());
        button(dialog, u"Run"_s)->click();
        QVERIFY(dialog.running());
        button(dialog, u"Cancel run"_s)->click();
        QTRY_VERIFY(!dialog.running());
        QVERIFY(dialog.isVisible());
        QVERIFY(button(dialog, u"Run"_s)->isEnabled());
        QVERIFY(!button(dialog, u"Record"_s));
    }

    void warningsOfARunCanBeRead()
    {
        WindowFixture f;
        MonitoringView view(f.dialogs);
        RunResult run = madeUpRun();
        run.warnings = {"Column \"id\" is not judged."};
        view.setRun(DriftViewModel(run));
        QToolButton *warnings = nullptr;
        for (auto *each : view.findChildren<QToolButton *>())
            if (each->text() == u"1 warning"_s)
                warnings = each;
        QVERIFY(warnings);
        warnings->click();
        QCOMPARE(f.dialogs.informed, QStringList{u"Column \"id\" is not judged."_s});
    }

    void aFailedRunKeepsTheForm()
    {
        WindowFixture f;
        const auto version = f.addVersion(f.addModel("CR-014", "Retail PD"), "2.1");
        const RunSettings log = f.scoringLog();
        MonitoringSetupDialog dialog(f.context, version, nullptr);
        dialog.show();
        dialog.form()->openLog(toQt(log.path));
        QTRY_VERIFY(button(dialog, u"Run"_s)->isEnabled());
        QVERIFY(QFile::remove(toQt(log.path)));
        dialog.startRun();
        QTRY_VERIFY(!dialog.running());
        QVERIFY(button(dialog, u"Run"_s));
        const auto bars = dialog.findChildren<MessageBar *>();
        QVERIFY(std::any_of(bars.begin(), bars.end(), [&](const MessageBar *bar) {
            return bar->isVisibleTo(&dialog) && bar->kind() == MessageBar::Kind::error && !bar->text().isEmpty();
        }));
    }
};

QTEST_MAIN(TestMonitoringTab)
#include "tst_monitoringtab.moc"
