// SPDX-License-Identifier: GPL-3.0-or-later
#include <QMenu>
#include <QTest>

#include "tests/journeys/person.h"
#include "ui/pages/inventory/inventorypage.h"
#include "ui/pages/portfolio/heatmapview.h"
#include "ui/pages/portfolio/portfoliopage.h"
#include "ui/widgets/tableview.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

/// What an executive does: look at all models, and open those behind a count. By keyboard.
class TestJourneyPortfolio : public QObject
{
    Q_OBJECT

    static QStringList namesIn(const TableView *table)
    {
        QStringList names;
        for (int row = 0; row < table->model()->rowCount(); ++row)
            names << table->model()->index(row, 0).data().toString();
        names.sort();
        return names;
    }
    static InventoryPage *inventoryOf(Person &person)
    {
        auto *page = qobject_cast<InventoryPage *>(person.window.view()->currentPage());
        if (!page)
            throw Stuck(u"the Inventory was not opened"_s);
        return page;
    }

private Q_SLOTS:
    void aCellOpensExactlyItsModels()
    {
        WorkspaceFixture fixture;
        for (const auto *reference : {"A-1", "A-2"})
            fixture.addRun(fixture.addVersion(fixture.addModel(reference, std::string("Drifting ") + reference), "1"),
                           true);
        fixture.addRun(fixture.addVersion(fixture.addModel("A-3", "Calm"), "1"));
        fixture.addModel("A-4", "Plain");
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::executive);
        auto *page = qobject_cast<PortfolioPage *>(person.openPage("portfolio"));
        QVERIFY(page);

        auto *heatmap = page->heatmap();
        QVERIFY(heatmap->isVisible());
        QCOMPARE(heatmap->currentIndex(), heatmap->model()->index(0, 0));
        const auto untiered = heatmap->model()->rowCount() - 2;
        for (int row = 0; row < untiered; ++row)
            QTest::keyClick(heatmap, Qt::Key_Down);
        QCOMPARE(heatmap->currentIndex().data(Qt::AccessibleTextRole).toString(),
                 u"Not tiered; Monitoring: Red: 2 models"_s);
        QTest::keyClick(heatmap, Qt::Key_Return);

        auto *inventory = inventoryOf(person);
        QCOMPARE(namesIn(inventory->table()), (QStringList{u"Drifting A-1"_s, u"Drifting A-2"_s}));
        QVERIFY(Person::reads(inventory, u"Not tiered; Monitoring: Red: 2 models"_s));
        person.press(inventory, u"Show all models"_s);
        QCOMPARE(inventory->table()->model()->rowCount(), 4);
    }

    void aFilterSetBeforeDoesNotHideModels()
    {
        WorkspaceFixture fixture;
        fixture.addModel("A-1", "First");
        fixture.addModel("A-2", "Second");
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::executive);
        auto *inventory = qobject_cast<InventoryPage *>(person.openPage("inventory"));
        person.fill(inventory, u"Search models"_s, u"first"_s);
        QCOMPARE(inventory->table()->model()->rowCount(), 1);
        auto *page = qobject_cast<PortfolioPage *>(person.openPage("portfolio"));
        QTest::keyClick(page->heatmap(), Qt::Key_End, Qt::ControlModifier);
        QCOMPARE(page->heatmap()->currentIndex().data().toString(), u"2"_s);
        QTest::keyClick(page->heatmap(), Qt::Key_Return);
        QCOMPARE(inventoryOf(person)->table()->model()->rowCount(), 2);
    }

    void aLimitOpensItsModelsAndTheHealthOpensMonitoring()
    {
        WorkspaceFixture fixture;
        auto late = WorkspaceFixture::fullModel("A-1", "Late");
        late.nextReviewOn = parseDate("2026-11-01");
        fixture.addModel(late);
        const auto red = fixture.addModel("A-2", "Drifting");
        fixture.addRun(fixture.addVersion(red, "1"), true);
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::executive);
        auto *page = qobject_cast<PortfolioPage *>(person.openPage("portfolio"));
        page->limits()->setFocus();
        QTest::keyClick(page->limits(), Qt::Key_Home);
        page->limits()->selectRow(0);
        QTest::keyClick(page->limits(), Qt::Key_Return);
        QCOMPARE(namesIn(inventoryOf(person)->table()), QStringList{u"Late"_s});

        person.openPage("portfolio");
        page->health()->setFocus();
        page->health()->selectRow(0);
        QTest::keyClick(page->health(), Qt::Key_Return);
        QCOMPARE(person.window.view()->currentPage()->pageId(), u"model"_s);
        auto *monitoring = person.window.view()->currentPage()->findChild<QWidget *>(u"monitoring"_s);
        QVERIFY(monitoring && monitoring->isVisible());
    }

    void theReportIsSaved()
    {
        WorkspaceFixture fixture;
        fixture.addModel("A-1", "Plain");
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::executive);
        auto *page = person.openPage("portfolio");
        const auto pdf = fixture.filePath(u"portfolio.pdf"_s);
        person.dialogs.paths << pdf;
        auto *menu = person.button(page, u"Portfolio report"_s)->findChild<QMenu *>();
        QVERIFY(menu && !menu->actions().isEmpty());
        menu->actions().front()->trigger();
        QVERIFY(must(readFile(pdf.toStdString())).starts_with("%PDF"));
        QVERIFY(Person::reads(page, u"The report is in"_s));
    }
};

QTEST_MAIN(TestJourneyPortfolio)
#include "tst_journeyportfolio.moc"
