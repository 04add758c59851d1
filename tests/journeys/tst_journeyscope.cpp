// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/policy/scope.h"
#include "tests/journeys/person.h"
#include "tests/support/accessibility.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

/// A spreadsheet is decided out of scope in the window, and somebody else reads why.
class TestJourneyScope : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSpreadsheetIsDecidedOutOfScopeAndTheAuditorReadsWhy()
    {
        WorkspaceFixture fixture;
        auto sheet = WorkspaceFixture::fullModel("FI-007", "Fee table");
        sheet.kind = ModelKind::spreadsheet;
        const auto model = fixture.addModel(sheet);
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::developer);
        auto *tab = person.openModel(model, u"overview"_s);
        QVERIFY(Person::reads(tab, u"Not decided"_s));
        person.press(tab, u"Decide scope…"_s);
        auto *dialog = person.dialog();
        QCOMPARE(unnamedControls(dialog), QString());
        auto *sign = dialog->findChild<QAbstractButton *>(u"act"_s);
        QVERIFY(Person::reads(dialog, u"Is it generative or agentic AI?"_s));
        QVERIFY(Person::reads(dialog, u"SR 26-2 footnote 3"_s));
        QVERIFY(Person::reads(dialog, u"Answer the question."_s));
        QVERIFY(!sign->isEnabled());
        person.press(dialog, u"Yes"_s);
        QVERIFY(Person::reads(dialog, u"outside this guidance"_s));
        person.press(dialog, u"Back"_s);
        QVERIFY(dialog->focusWidget() == person.button(dialog, u"Yes"_s));
        person.press(dialog, u"No"_s);
        QVERIFY(Person::reads(dialog, u"Is it generative or agentic AI? No."_s));
        person.press(dialog, u"No"_s);
        QVERIFY(Person::reads(dialog, u"Simple arithmetic, such as a spreadsheet"_s));
        QVERIFY(Person::reads(dialog, u"nothing is out of scope without one"_s));
        QVERIFY(Person::reads(dialog, u"By 1 approver"_s));
        QVERIFY(!sign->isEnabled());
        person.fill(dialog, u"Reason"_s, u"Fixed fees, added up."_s);
        QVERIFY(Person::reads(dialog, u"The developer of a model does not decide that it is out of scope"_s));
        QVERIFY(!sign->isEnabled());
        QTest::keyClick(dialog, Qt::Key_Escape);
        QTRY_VERIFY(Person::noDialog());

        person.become(people::validator);
        tab = person.openModel(model, u"overview"_s);
        person.press(tab, u"Decide scope…"_s);
        dialog = person.dialog();
        person.press(dialog, u"No"_s);
        person.press(dialog, u"No"_s);
        person.fill(dialog, u"Reason"_s, u"Fixed fees, added up."_s);
        person.press(dialog, u"Sign decision"_s);
        QTRY_VERIFY(Person::noDialog());
        QVERIFY(isOutOfScope(person.workspace().policy(), person.registry(), model));
        QTRY_VERIFY(Person::reads(tab, u"Not a model (out of scope)"_s));

        person.become(people::auditor);
        tab = person.openModel(model, u"overview"_s);
        QVERIFY(Person::reads(tab, u"Fixed fees, added up."_s));
        QVERIFY(Person::reads(tab, u"Decided by "_s + QLatin1String(people::validator)));
        QVERIFY(!person.button(tab, u"Decide scope…"_s)->isEnabled());
        QVERIFY(Person::reads(tab, u"model owners, developers or validators"_s) ||
                Person::reads(tab, u"Model owners, developers or validators"_s));

        person.become(people::owner);
        tab = person.openModel(model, u"overview"_s);
        person.press(tab, u"Decide scope…"_s);
        QVERIFY(Person::reads(person.dialog(), u"Decided before: Not a model (out of scope)"_s));
        QTest::keyClick(person.dialog(), Qt::Key_Escape);
        QTRY_VERIFY(Person::noDialog());
        auto *inventory = person.openPage("inventory");
        person.choose(inventory, u"Scope"_s, u"Out of scope"_s);
        auto *models = named<QTableView>(inventory, u"Models"_s);
        QCOMPARE(models->model()->rowCount(), 1);
    }
};

QTEST_MAIN(TestJourneyScope)
#include "tst_journeyscope.moc"
