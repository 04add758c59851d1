// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCheckBox>
#include <QComboBox>
#include <QDateEdit>
#include <QDir>
#include <QRadioButton>
#include <QTableView>
#include <QTest>

#include "core/monitoring/profile/profile.h"
#include "core/workspace/importer.h"
#include "tests/support/accessibility.h"
#include "tests/support/controls.h"
#include "tests/support/windowfixture.h"
#include "tests/ui/monitoring/writtenlog.h"
#include "ui/pages/model/monitoringsetupdialog.h"
#include "ui/pages/model/monitoringsetupform.h"
#include "ui/pages/model/monitoringtab.h"
#include "ui/widgets/text.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

namespace {

/// A score of two years, by month.
QByteArray twoYears()
{
    QByteArray text = "day,score,kind\n";
    for (int month = 0; month < 24; ++month)
        for (int row = 0; row < 150; ++row)
            text += QByteArray::number(2023 + month / 12) + (month % 12 < 9 ? "-0" : "-") +
                    QByteArray::number(month % 12 + 1) + "-15,0." +
                    QByteArray::number(1000 + (row * 53 + month * 31) % 8000) + ',' + (row % 3 == 0 ? "home" : "car") +
                    '\n';
    return text;
}

/// The set-up of a version of one model, open.
class Setup
{
public:
    Setup()
        : version(fixture.addVersion(fixture.addModel("CR-014", "Retail PD"), "2.1"))
    {
        fixture.signInWindow(people::developer);
        dialog.emplace(fixture.context, version, nullptr);
        dialog->show();
    }
    QString write(const QString &name, const QByteArray &text) const { return writtenLog(fixture, name, text); }
    void open(const QString &path)
    {
        dialog->form()->openLog(path);
        QTRY_VERIFY(button(&*dialog, u"Run"_s)->isEnabled());
    }
    [[nodiscard]] QRadioButton *radio(const QString &beginning) const
    {
        for (auto *choice : dialog->findChildren<QRadioButton *>())
            if (QString(choice->text()).remove(u'&').startsWith(beginning))
                return choice;
        return nullptr;
    }
    [[nodiscard]] ReferenceChoice reference() const { return dialog->form()->settings().reference; }
    /// Runs, and records the result.
    void record()
    {
        button(&*dialog, u"Run"_s)->click();
        QTRY_VERIFY(button(&*dialog, u"Record"_s)->isVisible());
        button(&*dialog, u"Record"_s)->click();
        QTRY_VERIFY(!dialog->isVisible());
    }

    WindowFixture fixture;
    VersionId version;
    std::optional<MonitoringSetupDialog> dialog;
};

} // namespace

class TestProfileSetup : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aProfileIsRecognisedJudgedAndRecorded()
    {
        Setup setup;
        RunSettings settings;
        settings.path = toStd(setup.write(u"log.csv"_s, twoYears()));
        settings.roles.time = "day";
        settings.reference.firstPeriods = 12;
        const std::string profile = profileOf(must(runMonitoring(settings, {}, {})));
        setup.open(setup.write(u"profile.csv"_s, QByteArray::fromStdString(profile)));
        QVERIFY(says(&*setup.dialog, u"a profile, counts by bin"_s));
        QVERIFY(says(&*setup.dialog, u"2 columns, 24 periods"_s));
        auto *table = named<QTableView>(&*setup.dialog, u"Columns, as the profile counts them"_s);
        QVERIFY(table);
        QCOMPARE(table->model()->index(0, 0).data().toString(), u"score"_s);
        QVERIFY(setup.radio(u"As the profile says: \"reference\""_s)->isChecked());
        QVERIFY(!setup.radio(u"Another log"_s)->isVisibleTo(&*setup.dialog));
        for (const QString &part : {u"Time"_s, u"Target"_s, u"Segment"_s})
            QVERIFY2(!named<QComboBox>(&*setup.dialog, part)->isEnabled(), qPrintable(part));
        QCOMPARE(unnamedControls(&*setup.dialog), QString());
        setup.record();
        const auto &runs = setup.fixture.workspace().registry().runs;
        QCOMPARE(runs.size(), 1);
        const RunResult result = must(setup.fixture.workspace().runResult(runs.begin()->first));
        QCOMPARE(result.periods.size(), 24);
        QCOMPARE(result.reference.label, std::string("reference"));
        QVERIFY(result.features.front().periods.back().statistics.psi);
        QVERIFY(must(recomputeRun(result)).features.front().periods.back().statistics.psi ==
                result.features.front().periods.back().statistics.psi);
    }

    void aProfileOfOtherPeriodsIsComparedWithItsFirst()
    {
        Setup setup;
        const QByteArray lines = "column,period,low,high,category,count\nx,early,,1,,500\nx,early,1,,,500\n"
                                 "x,late,,1,,900\nx,late,1,,,100\n";
        setup.open(setup.write(u"profile.csv"_s, lines));
        QVERIFY(!setup.radio(u"As the profile says"_s) || !setup.radio(u"As the profile says"_s)->isVisible());
        QVERIFY(setup.radio(u"First"_s)->isChecked());
        setup.radio(u"Until"_s)->click();
        QVERIFY(setup.dialog->form()->problems().join(u' ').contains(u"none of the calendar"_s));
        setup.radio(u"Same period last year"_s)->click();
        QVERIFY(setup.dialog->form()->problems().join(u' ').contains(u"needs periods of the calendar"_s));
        setup.radio(u"First"_s)->click();
        QVERIFY(setup.dialog->form()->problems().isEmpty());
        const auto broken = setup.write(u"broken.csv"_s, lines + "x,late,,7,,3\n");
        setup.dialog->form()->openLog(broken);
        QTRY_VERIFY(setup.dialog->form()->problems().join(u' ').contains(u"broken.csv line 6"_s));
    }

    void theReferenceMayBeAWindowOrTheYearBefore()
    {
        Setup setup;
        setup.open(setup.write(u"log.csv"_s, twoYears()));
        setup.radio(u"Same period last year"_s)->click();
        QVERIFY(setup.reference().samePeriodLastYear && setup.reference().firstPeriods == 0);
        setup.radio(u"Until"_s)->click();
        named<QDateEdit>(&*setup.dialog, u"Reference until"_s)->setDate({2023, 12, 31});
        QVERIFY(!setup.reference().from);
        named<QCheckBox>(&*setup.dialog, u"Reference from is set"_s)->click();
        auto *from = named<QDateEdit>(&*setup.dialog, u"Reference from"_s);
        from->setDate({2024, 2, 1});
        QVERIFY(setup.dialog->form()->problems().contains(u"The reference begins after it ends."_s));
        from->setDate({2023, 7, 1});
        QVERIFY(setup.dialog->form()->problems().isEmpty());
        QCOMPARE(toQt(*setup.reference().from), QDate(2023, 7, 1));
        setup.record();
        MonitoringSetupDialog next(setup.fixture.context, setup.version, nullptr);
        next.show();
        QTRY_VERIFY(button(&next, u"Run"_s)->isEnabled());
        const ReferenceChoice kept = next.form()->settings().reference;
        QVERIFY(kept.from && kept.until && toQt(*kept.from) == QDate(2023, 7, 1));
    }

    void aSecondRunReadsTheCacheOfThisUser()
    {
        Setup setup;
        setup.open(setup.write(u"log.csv"_s, twoYears()));
        setup.record();
        const QDir cache(toQt(setup.fixture.workspace().logCacheFolder()));
        QCOMPARE(cache.entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 1);
    }
};

QTEST_MAIN(TestProfileSetup)
#include "tst_profilesetup.moc"
