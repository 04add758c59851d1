// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <QWizard>

#include "tests/journeys/person.h"
#include "tests/support/accessibility.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

/// The register, from the window: people, models by hand and from a file, edits that meet, findings.
class TestJourneyInventory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anAdministratorEnrolsSomeoneWhoThenSignsIn()
    {
        WorkspaceFixture fixture;
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::administrator);
        person.command("people.enrol");
        auto *dialog = person.dialog();
        QCOMPARE(unnamedControls(dialog), QString());
        person.fill(dialog, u"Full name"_s, u"Validator, Markets"_s);
        person.press(dialog, u"Validator"_s);
        person.fill(dialog, u"Passphrase"_s, QLatin1String(passphrase));
        person.fill(dialog, u"Passphrase again"_s, QLatin1String(passphrase));
        person.press(dialog, u"Enrol"_s);
        QTRY_VERIFY(Person::noDialog());
        const auto *enrolled = person.registry().userByName("Validator, Markets");
        QVERIFY(enrolled && enrolled->roles == std::set<Role>{Role::validator});
        person.become("Validator, Markets");
    }

    void aModelIsRegisteredByHandAndFoundAgain()
    {
        WorkspaceFixture fixture;
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::owner);
        person.command("edit.register");
        auto *editor = person.dialog();
        for (const auto &[field, text] : {std::pair(u"Name"_s, u"Retail PD"_s), std::pair(u"Reference"_s, u"CR-014"_s),
                                          std::pair(u"Purpose"_s, u"Accept and price retail loans."_s),
                                          std::pair(u"Owner"_s, QString::fromLatin1(people::owner)),
                                          std::pair(u"Restrictions"_s, u"Not for loans to companies."_s)})
            person.fill(editor, field, text);
        person.press(editor, u"Register"_s);
        QVERIFY(Person::noDialog());
        const auto *model = person.registry().modelByReference("CR-014");
        QVERIFY(model);
        QCOMPARE(model->restrictions, std::string("Not for loans to companies."));

        auto *inventory = person.openPage("inventory");
        auto *table = inventory->findChild<QTableView *>();
        QVERIFY(table && table->model()->rowCount() == 1);
        table->setFocus();
        table->setCurrentIndex(table->model()->index(0, 0));
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(person.window.view()->currentPage()->pageId(), u"model"_s);
        QVERIFY(Person::reads(person.window.view()->currentPage(), u"Not for loans to companies."_s));
    }

    void anInventoryIsImportedGoodRowsKeptBadRowsNamed()
    {
        WorkspaceFixture fixture;
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::owner);
        const auto entries = person.registry().size;
        person.command("file.import");
        auto *wizard = qobject_cast<QWizard *>(person.dialog());
        QVERIFY(wizard);
        person.dialogs.paths << QStringLiteral(SOURCE_DIR "/resources/demo/inventory-with-errors.csv");
        person.press(wizard->currentPage(), u"Choose..."_s);
        QVERIFY(Person::reads(wizard->currentPage(), u"Read 8 rows"_s));
        wizard->next();
        QVERIFY(!Person::reads(wizard->currentPage(), u"Still needed"_s));
        wizard->next();
        person.choose(wizard->currentPage(), u"Result"_s, u"Left out"_s);
        QCOMPARE(wizard->currentPage()->findChild<QTableView *>()->model()->rowCount(), 3);
        person.press(wizard, u"Import 5 models"_s);
        QTRY_VERIFY(Person::noDialog());
        QCOMPARE(person.registry().models.size(), std::size_t(5));
        QCOMPARE(person.registry().size, entries + 1);
    }

    void twoEditsOfOneModelMeetAndNothingIsOverwritten()
    {
        WorkspaceFixture fixture;
        const auto id = fixture.addModel("CR-001", "Retail PD");
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::owner);
        auto *overview = person.openModel(id, u"overview"_s);
        person.press(overview, u"Edit…"_s);
        auto *editor = person.dialog();
        person.fill(editor, u"Restrictions"_s, u"Mine."_s);
        person.fill(editor, u"Reason of the change"_s, u"Review"_s);

        fixture.as(people::owner, [&](Workspace &other) {
            auto theirs = other.registry().models.at(id);
            theirs.restrictions = "Theirs.";
            must(other.editModel(theirs, "Other review"));
        });
        person.press(editor, u"Save"_s);
        QTRY_VERIFY(person.dialog() != editor);
        auto *conflict = person.dialog();
        QCOMPARE(person.registry().models.at(id).restrictions, std::string("Theirs."));
        person.choose(conflict, u"Keep for restrictions"_s, u"Mine"_s);
        person.press(conflict, u"Save these values"_s);
        QTRY_VERIFY(Person::noDialog());
        QCOMPARE(person.registry().models.at(id).restrictions, std::string("Mine."));
    }

    void aFindingIsRaisedAndClosedBySomeoneElse()
    {
        WorkspaceFixture fixture;
        const auto id = fixture.addModel("CR-001", "Retail PD");
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::validator);
        auto *overview = person.openModel(id, u"overview"_s);
        person.press(overview, u"Raise finding…"_s);
        person.fill(person.dialog(), u"Title"_s, u"Too few young customers"_s);
        person.actButton()->click();
        QCOMPARE(person.registry().findings.size(), std::size_t(1));
        const auto finding = person.registry().findings.begin()->first;

        const auto selectTheFinding = [&overview] {
            auto *findings = named<QTableView>(overview, u"Findings"_s);
            findings->setFocus();
            findings->setCurrentIndex(findings->model()->index(0, 0));
        };
        selectTheFinding();
        person.press(overview, u"Close…"_s);
        QVERIFY(!person.actButton()->isEnabled());
        QTest::keyClick(person.dialog(), Qt::Key_Escape);

        person.become(people::approver);
        overview = person.openModel(id, u"overview"_s);
        selectTheFinding();
        person.press(overview, u"Close…"_s);
        person.fill(person.dialog(), u"Evidence"_s, u"Report of November, page 4."_s);
        person.actButton()->click();
        QVERIFY(!person.registry().findings.at(finding).open);
    }
};

QTEST_MAIN(TestJourneyInventory)
#include "tst_journeyinventory.moc"
