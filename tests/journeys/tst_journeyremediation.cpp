// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDateEdit>
#include <QFile>
#include <QTest>

#include "core/domain/deadlines.h"
#include "tests/journeys/person.h"
#include "tests/support/accessibility.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

/// A finding from opening to closure, and a challenger from comparison to production, from the window.
class TestJourneyRemediation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFindingIsOpenedPlannedEvidencedAndClosedBySomebodyElse()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::validator);
        auto *tab = person.openModel(model, u"overview"_s);
        person.press(tab, u"Raise finding…"_s);
        person.fill(person.dialog(), u"Title"_s, u"Young customers"_s);
        person.choose(person.dialog(), u"Severity"_s, u"High"_s);
        person.act();
        QCOMPARE(person.registry().findings.size(), std::size_t(1));
        const auto id = person.registry().findings.begin()->first;
        const auto finding = [&]() -> const Finding & { return person.registry().findings.at(id); };
        QTRY_VERIFY(Person::reads(tab, u"closed with a remediation plan"_s));

        // Neither plan nor evidence: the approver is told why, and who may do something about it.
        person.become(people::approver);
        tab = person.openModel(model, u"overview"_s);
        person.press(tab, u"Close…"_s);
        QVERIFY(Person::reads(person.dialog(), u"closed with a remediation plan"_s));
        QVERIFY(Person::reads(person.dialog(), u"model owners, developers or validators"_s));
        QVERIFY(!person.actButton()->isEnabled());
        person.cancel();

        person.become(people::owner);
        tab = person.openModel(model, u"overview"_s);
        person.press(tab, u"Plan…"_s);
        QCOMPARE(unnamedControls(person.dialog()), QString());
        person.fill(person.dialog(), u"Plan"_s, u"Refit with the young customers of 2026."_s);
        person.act();
        QVERIFY(finding().plan());
        QCOMPARE(finding().plan()->owner, std::string(people::owner));
        person.press(tab, u"Plan…"_s);
        person.dialog()->findChild<QDateEdit *>()->setDate(QDate(2027, 5, 31));
        QVERIFY(Person::reads(person.dialog(), u"Later than the finding is due"_s));
        person.fill(person.dialog(), u"Reason"_s, u"The data come in February."_s);
        person.act();
        QCOMPARE(finding().plans.size(), std::size_t(2));
        QTRY_VERIFY(Person::reads(tab, u"The data come in February."_s));

        QFile shares(fixture.filePath(u"shares.csv"_s));
        QVERIFY(shares.open(QIODevice::WriteOnly));
        shares.write("age,share\n18-21,0.04\n");
        shares.close();
        person.press(tab, u"Evidence…"_s);
        QCOMPARE(unnamedControls(person.dialog()), QString());
        person.fill(person.dialog(), u"What was done"_s, u"Refitted; the shares are in the file."_s);
        person.dialogs.paths << shares.fileName();
        person.press(person.dialog(), u"Attach file…"_s);
        person.act();
        QCOMPARE(finding().evidence.size(), std::size_t(1));
        auto *given = Person::table(tab, u"Evidence of remediation"_s);
        QVERIFY(given);
        QCOMPARE(given->rows()->rowCount(), 2);
        given->select(u"0/0"_s);
        person.dialogs.paths << fixture.filePath(u"copy.csv"_s);
        person.press(tab, u"Save a copy…"_s);
        QFile copy(fixture.filePath(u"copy.csv"_s));
        QVERIFY(copy.open(QIODevice::ReadOnly));
        QCOMPARE(copy.readAll(), QByteArray("age,share\n18-21,0.04\n"));
        QVERIFY(!person.button(tab, u"Close…"_s)->isEnabled());

        // Who raised it does not close it; somebody else does.
        person.become(people::validator);
        tab = person.openModel(model, u"overview"_s);
        person.press(tab, u"Close…"_s);
        QVERIFY(Person::reads(person.dialog(), u"Nobody closes a finding they raised"_s));
        QVERIFY(Person::reads(person.dialog(), QLatin1String(people::approver)));
        person.cancel();
        person.become(people::approver);
        tab = person.openModel(model, u"overview"_s);
        person.press(tab, u"Close…"_s);
        QVERIFY(Person::reads(person.dialog(), u"shares.csv"_s));
        person.fill(person.dialog(), u"Evidence"_s, u"Read the file; the shares are as said."_s);
        person.act();
        QVERIFY(!finding().open);
        QVERIFY(!person.button(tab, u"Plan…"_s)->isEnabled());
    }

    void aChallengerIsComparedRequestedSignedAndPutIntoProduction()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        const auto champion = fixture.addReadyVersion(model, "1.0");
        const auto first = fixture.addRequest(champion);
        fixture.sign(people::approver, Role::approver, first);
        fixture.deploy(first);
        QVERIFY(fixture.registry().versions.at(champion).stage == VersionStage::inProduction);
        const auto challenger = fixture.addReadyVersion(model, "2.0");
        fixture.addTier(model, 1); // signed by a validator and an approver

        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::developer);
        auto *tab = person.openModel(model, u"versions"_s);
        auto *versions = Person::table(tab, u"Versions"_s);
        QVERIFY(versions);
        versions->select(QString::fromStdString(champion.str()));
        QVERIFY(!person.button(tab, u"Request promotion…"_s)->isEnabled());
        versions->select(QString::fromStdString(challenger.str()));
        person.press(tab, u"Request promotion…"_s);
        QCOMPARE(unnamedControls(person.dialog()), QString());
        auto *figures = Person::table(person.dialog(), u"Champion and challenger"_s);
        QVERIFY(figures && figures->rows()->rowCount() > 3);
        QVERIFY(Person::reads(person.dialog(), u"The same rows on both sides"_s));
        QVERIFY(Person::reads(person.dialog(), u"Difference = challenger minus champion"_s));
        QCOMPARE(figures->model()->index(0, 5).data().toString(), u"Not told apart"_s);
        QVERIFY(!person.actButton()->isEnabled());
        person.fill(person.dialog(), u"Justification"_s, u"Ranks as well and needs one feature less."_s);
        person.act();
        QCOMPARE(person.registry().requests.size(), std::size_t(2));
        const auto found = std::find_if(person.registry().requests.begin(), person.registry().requests.end(),
                                        [&](const auto &item) { return item.second.version == challenger; });
        const auto request = found->first;
        QVERIFY(found->second.promotion);

        QCOMPARE(found->second.required.size(), std::size_t(2));
        for (const auto *signer : {people::validator, people::approver}) {
            person.become(signer);
            tab = person.openModel(model, u"signoffs"_s);
            person.window.view()->openModel(model, u"signoffs"_s, QString::fromStdString(request.str()));
            auto *shown = Person::table(tab, u"Champion and challenger"_s);
            QVERIFY(shown && shown->rows()->rowCount() > 3);
            person.press(tab, u"Recompute"_s);
            QVERIFY(Person::reads(tab, u"every figure is the same"_s));
            person.press(tab, u"Sign…"_s);
            QVERIFY(Person::table(person.dialog(), u"Champion and challenger"_s));
            person.cancel();
            person.approve(tab);
        }
        QVERIFY(person.registry().requests.at(request).status == RequestStatus::approved);
        QVERIFY(person.registry().versions.at(champion).stage == VersionStage::inProduction);
        person.become(people::developer);
        tab = person.openModel(model, u"signoffs"_s);
        person.window.view()->openModel(model, u"signoffs"_s, QString::fromStdString(request.str()));
        person.press(tab, u"Put into production…"_s);
        QVERIFY(Person::reads(person.dialog(), u"version 1.0 is retired"_s));
        person.act();
        QVERIFY(person.registry().versions.at(challenger).stage == VersionStage::inProduction);
        QVERIFY(person.registry().versions.at(champion).stage == VersionStage::retired);
        QVERIFY(Person::reads(tab, u"Version 2.0 is in production since"_s));
        person.press(tab, u"Hand over…"_s);
        QVERIFY(person.window.view()->currentPage()->findChild<QWidget *>(u"registers"_s)->isVisible());
    }

    void aRequestThatNobodySignsRemindsAndTimesOut()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        const auto request = fixture.addRequest(fixture.addReadyVersion(model, "1.0"));
        fixture.clock().advance(std::chrono::hours(24 * 20));
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::approver);
        auto *home = person.openPage("home");
        auto *waiting = named<QTableView>(home, u"Waiting for me"_s);
        QVERIFY(waiting);
        const auto cells = [&] {
            QStringList all;
            for (int row = 0; row < waiting->model()->rowCount(); ++row)
                for (int column = 0; column < waiting->model()->columnCount(); ++column)
                    all << waiting->model()->index(row, column).data().toString();
            return all.join(u'\n');
        };
        QVERIFY2(cells().contains(u"6 days late"_s), qPrintable(cells()));
        auto *tab = person.openModel(model, u"signoffs"_s);
        QVERIFY(Person::reads(tab, u"Overdue for decision since"_s));
        QVERIFY(person.button(tab, u"Sign…"_s)->isEnabled());

        fixture.clock().advance(std::chrono::hours(24 * 60));
        person.become(people::developer);
        home = person.openPage("home");
        waiting = named<QTableView>(home, u"Waiting for me"_s);
        QVERIFY2(cells().contains(u"Request again"_s), qPrintable(cells()));
        tab = person.openModel(model, u"signoffs"_s);
        QVERIFY(Person::reads(tab, u"Time approves nothing"_s));
        person.press(tab, u"Request again…"_s);
        person.fill(person.dialog(), u"Justification"_s, u"Still wanted."_s);
        person.dialogs.confirmations << true; // that nothing was signed for 80 days
        person.act();
        QTRY_VERIFY(Person::reads(tab, u"Still wanted."_s));
        QCOMPARE(person.registry().requests.size(), std::size_t(2));
        QVERIFY(person.registry().requests.at(request).status == RequestStatus::open);
        QVERIFY(statusOn(person.registry().requests.at(request), person.workspace().today()) ==
                RequestStatus::timedOut);
    }
};

QTEST_MAIN(TestJourneyRemediation)
#include "tst_journeyremediation.moc"
