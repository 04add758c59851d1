// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QTabWidget>

#include "person.h"
#include "tests/support/accessibility.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

namespace {

/// Days first, decimal commas, and rows in such an order that months would seem to stand first.
QByteArray europeanLog(int fromDay, int toDay)
{
    QByteArray text = "Datum;score;betrag;ort;default\n";
    for (int day = fromDay; day <= toDay; ++day)
        for (int month = 1; month <= 6; ++month)
            for (int row = 0; row < 30; ++row) {
                const int score = (row * 37 + day * 11 + month) % 100;
                text += QByteArray::number(day).rightJustified(2, '0') + "/0" + QByteArray::number(month) + "/2026;0," +
                        QByteArray::number(score).rightJustified(2, '0') + ";1." + QByteArray::number(100 + score * 7) +
                        ",50;M\xc3\xbcnchen;" + QByteArray::number((row * 31 + day) % 100 < score ? 1 : 0) + '\n';
            }
    return text;
}

} // namespace

/// Monitoring of logs as they lie about, from the window.
class TestJourneyMonitoring : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aEuropeanLogInTwoFilesIsCorrectedRunAndRunAgain()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        fixture.addVersion(model, "1.0");
        QStringList paths;
        for (const auto &[name, from, to] : {std::tuple{u"scores10.csv"_s, 7, 12}, {u"scores9.csv"_s, 1, 6}}) {
            QFile file(fixture.filePath(name));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(europeanLog(from, to));
            paths << file.fileName();
        }
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::owner);
        auto *tab = person.openModel(model, u"monitoring"_s);
        person.press(tab, u"New run…"_s);
        auto *setUp = person.dialog();
        person.dialogs.paths << paths.join(u'\n');
        person.press(setUp, u"Choose log…"_s);
        QTRY_VERIFY(person.button(setUp, u"Run"_s)->isEnabled());
        QCOMPARE(unnamedControls(setUp), QString());
        QVERIFY(Person::reads(setUp, u"2 files"_s));
        QVERIFY(Person::reads(setUp, u"month first because the rows then run in order of time"_s));

        person.choose(setUp, u"Date format"_s, u"Day, month, year"_s);
        QTRY_VERIFY(Person::reads(setUp, u"2026-01-01 to 2026-06-12"_s));
        QTest::keyClick(setUp, Qt::Key_2, Qt::AltModifier);
        QCOMPARE(setUp->findChild<QTabWidget *>()->currentIndex(), 1);
        QCOMPARE(unnamedControls(setUp), QString());
        QCOMPARE(named<QComboBox>(setUp, u"Time"_s)->currentText(), u"Datum"_s);
        person.press(setUp, u"Run"_s);
        QTRY_VERIFY(Person::reads(setUp, u"Nothing is recorded yet"_s));
        person.press(setUp, u"Record"_s);
        QTRY_VERIFY(Person::noDialog());
        const auto &run = person.registry().runs.begin()->second;
        QCOMPARE(run.periods, std::int64_t(6));
        QCOMPARE(run.rows, std::int64_t(12 * 6 * 30));
        QCOMPARE(run.from, std::string("2026-01"));
        const auto result = must(person.workspace().runResult(run.id));
        QCOMPARE(result.sources.size(), std::size_t(2));
        QCOMPARE(result.sources.front().name, std::string("scores9.csv"));
        QVERIFY(result.sources.front().dialect.decimalMark == DecimalMark::Comma);

        // the next one begins where this one ended
        person.press(tab, u"New run…"_s);
        setUp = person.dialog();
        QTRY_VERIFY(person.button(setUp, u"Run"_s)->isEnabled());
        QCOMPARE(named<QComboBox>(setUp, u"Date format"_s)->currentText(), u"Day, month, year"_s);
        auto *files = named<QTableView>(setUp, u"Files of the scoring log"_s);
        QCOMPARE(files->model()->rowCount(), 2);
        person.press(setUp, u"Run"_s);
        QTRY_VERIFY(Person::reads(setUp, u"Nothing is recorded yet"_s));
        person.press(setUp, u"Record"_s);
        QTRY_VERIFY(Person::noDialog());
        QCOMPARE(person.registry().runs.size(), std::size_t(2));
        QVERIFY(person.registry().runs.begin()->second.sourceHash ==
                std::next(person.registry().runs.begin())->second.sourceHash);
    }
};

QTEST_MAIN(TestJourneyMonitoring)
#include "tst_journeymonitoring.moc"
