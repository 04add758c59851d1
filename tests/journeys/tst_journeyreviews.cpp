// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/policy/reviewqueue.h"
#include "core/policy/stages.h"
#include "tests/journeys/person.h"
#include "ui/pages/inventory/inventorypage.h"
#include "ui/pages/portfolio/heatmapview.h"
#include "ui/pages/portfolio/portfoliopage.h"
#include "ui/pages/reviews/reviewpage.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/text.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

/// From the review queue to the next date, and through a stage of the organisation's own.
class TestJourneyReviews : public QObject
{
    Q_OBJECT

    static QString cell(const TableView *table, int row, int column)
    {
        return table->model()->index(row, column).data().toString();
    }

private Q_SLOTS:
    void aReviewIsFoundDoneAndGetsItsNextDate()
    {
        WorkspaceFixture fixture;
        auto late = WorkspaceFixture::fullModel("CR-001", "Retail PD");
        late.nextReviewOn = parseDate("2026-11-01");
        const auto model = fixture.addModel(late);
        fixture.addTier(model);
        const auto version = fixture.addVersion(model, "1.0");
        fixture.addModel("CR-002", "Prices");
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::validator);
        auto *home = person.openPage("home");
        person.press(home, u"All reviews"_s);
        auto *page = qobject_cast<ReviewPage *>(person.window.view()->currentPage());
        QVERIFY(page);
        person.choose(page, u"Due"_s, u"Overdue"_s);
        QCOMPARE(page->table()->model()->rowCount(), 1);
        QCOMPARE(cell(page->table(), 0, 0), u"Retail PD"_s);
        QCOMPARE(cell(page->table(), 0, 3), u"23 days overdue"_s);
        page->table()->setFocus();
        page->table()->selectRow(0);
        person.press(page, u"Record validation..."_s);
        person.fill(person.dialog(), u"Summary"_s, u"Ranks well."_s);
        person.fill(person.dialog(), u"Conceptual soundness"_s, u"Sound."_s);
        QVERIFY(!person.actButton()->isEnabled());
        person.fill(person.dialog(), u"Outcomes analysis"_s, u"Not applicable, because none are known."_s);
        person.fill(person.dialog(), u"Ongoing monitoring"_s, u"Monthly."_s);
        person.choose(person.dialog(), u"Outcome"_s, QString::fromStdString(displayName(ValidationOutcome::fit)));
        person.act();
        QTRY_VERIFY(Person::noDialog());
        QVERIFY(Person::reads(page, u"The validation of Retail PD is recorded"_s));
        QVERIFY(person.registry().latestValidation(version)->outcome == ValidationOutcome::fit);
        const auto *tier = person.workspace().policy().tier(person.registry().tierOf(model)->level());
        QCOMPARE(*person.registry().models.at(model).nextReviewOn,
                 monthsAfter(person.workspace().today(), tier->reviewMonths));
        QCOMPARE(page->table()->model()->rowCount(), 0);
        person.choose(page, u"Due"_s, u"All days"_s);
        person.fill(page, u"Search reviews"_s, u"retail"_s);
        QCOMPARE(cell(page->table(), 0, 8), QString::fromStdString(displayName(ValidationOutcome::fit)));
        page->table()->setFocus();
        page->table()->selectRow(0);
        QTest::keyClick(page->table(), Qt::Key_Return);
        QCOMPARE(person.window.view()->currentPage()->pageId(), u"model"_s);
    }

    void aReviewIsPlannedForSomebodyElse()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        fixture.as(people::administrator, [](Workspace &workspace) {
            must(workspace.enrolUser("Validator, Markets", {Role::validator}, passphrase));
        });
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::owner);
        auto *page = qobject_cast<ReviewPage *>(person.openPage("reviews"));
        page->table()->setFocus();
        page->table()->selectRow(0);
        person.press(page, u"Plan..."_s);
        person.fill(person.dialog(), u"To be done by"_s, u"Validator, Markets"_s);
        person.fill(person.dialog(), u"Reason"_s, u"On leave until March."_s);
        person.act();
        QCOMPARE(person.registry().models.at(model).validator, std::string("Validator, Markets"));
        person.become("Validator, Markets");
        auto *home = person.openPage("home");
        constexpr int aboutColumn = 4;
        bool waiting = false;
        for (const auto *table : home->findChildren<TableView *>())
            for (int row = 0; row < table->model()->rowCount(); ++row)
                waiting = waiting || cell(table, row, aboutColumn).startsWith(u"Review by 2026-12-28"_s);
        QVERIFY(waiting);
    }

    void aModelGoesThroughAStageOfThePolicyAndOnWhenItIsGone()
    {
        WorkspaceFixture fixture;
        auto draft = fixture.workspace().policy();
        PolicyStage pilot;
        pilot.id = "pilot";
        pilot.label = "Pilot";
        pilot.countsAs = Stage::inValidation;
        pilot.after = "inValidation";
        pilot.from = {"inDevelopment", "inValidation"};
        pilot.next = {"inDevelopment", "inValidation"};
        pilot.entry = {{"tier", {}}};
        draft.stages = {pilot};
        fixture.publish(draft);
        const auto model = fixture.addModel("CR-001", "Retail PD");
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::owner);
        const auto moveTo = [&](const QString &stage) {
            auto *overview = person.openModel(model, u"overview"_s);
            person.press(overview, u"Edit…"_s);
            person.choose(person.dialog(), u"Stage"_s, stage);
            person.fill(person.dialog(), u"Reason of the change"_s, u"As planned"_s);
            person.press(person.dialog(), u"Save"_s);
        };
        moveTo(u"Pilot"_s);
        QVERIFY(Person::reads(person.dialog(), u"what the stage Pilot asks for"_s));
        person.dialogs.confirmations << true;
        QTest::keyClick(person.dialog(), Qt::Key_Escape);
        QTRY_VERIFY(Person::noDialog());
        QCOMPARE(person.registry().models.at(model).policyStage, std::string());

        fixture.addTier(model);
        person.command("view.refresh");
        moveTo(u"Pilot"_s);
        QTRY_VERIFY(Person::noDialog());
        QCOMPARE(person.registry().models.at(model).policyStage, std::string("pilot"));
        QVERIFY(person.registry().models.at(model).stage == Stage::inValidation);
        auto *inventory = qobject_cast<InventoryPage *>(person.openPage("inventory"));
        person.choose(inventory, u"Stage"_s, u"Pilot"_s);
        QCOMPARE(inventory->table()->model()->rowCount(), 1);
        QCOMPARE(cell(inventory->table(), 0, 3), u"Pilot"_s);
        auto *portfolio = qobject_cast<PortfolioPage *>(person.openPage("portfolio"));
        QVERIFY(std::ranges::any_of(portfolio->portfolio().stages,
                                    [](const StagePlace &place) { return place.label == "Pilot"; }));

        draft.stages.clear();
        fixture.publish(draft);
        person.command("view.refresh");
        auto *overview = person.openModel(model, u"overview"_s);
        QVERIFY(Person::reads(overview, u"pilot (not in this policy)"_s));
        moveTo(u"In development"_s);
        QTRY_VERIFY(Person::noDialog());
        QCOMPARE(person.registry().models.at(model).policyStage, std::string());
        QVERIFY(person.registry().models.at(model).stage == Stage::inDevelopment);
    }
};

QTEST_MAIN(TestJourneyReviews)
#include "tst_journeyreviews.moc"
