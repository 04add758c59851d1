// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QTest>

#include <algorithm>

#include "core/workspace/portfolio.h"
#include "tests/support/accessibility.h"
#include "tests/support/windowfixture.h"
#include "ui/models/queuerows.h"
#include "ui/pages/home/homepage.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/tile.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

namespace {

TableView *tableOf(HomePage &page, const QString &title)
{
    for (auto *table : page.findChildren<TableView *>())
        if (table->accessibleName() == title)
            return table;
    return nullptr;
}

Tile *tileOf(HomePage &page, const QString &start)
{
    for (auto *tile : page.findChildren<Tile *>())
        if (tile->accessibleName().startsWith(start))
            return tile;
    return nullptr;
}

} // namespace

class TestHomePage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEmptyWorkspaceSaysWhatToDo()
    {
        WindowFixture fixture;
        HomePage page(fixture.context);
        page.show();
        QStringList sentences;
        for (const auto *empty : page.findChildren<EmptyState *>())
            sentences << empty->accessibleDescription();
        QVERIFY(sentences.join(u' ').contains(u"import the inventory"_s));
        QCOMPARE(unnamedControls(&page), QString());
    }

    void modelsInUseAreThoseOfThePortfolio()
    {
        WindowFixture fixture;
        const auto add = [&fixture](const char *reference, Stage stage) {
            auto model = WorkspaceFixture::fullModel(reference, reference);
            model.stage = stage;
            fixture.addModel(model);
        };
        add("A-1", Stage::inProduction);
        add("A-2", Stage::restricted);
        add("A-3", Stage::inDevelopment);
        HomePage page(fixture.context);
        page.show();
        const auto *tile = tileOf(page, u"Models in use"_s);
        QVERIFY(tile);
        QCOMPARE(tile->count(), 2);
        QCOMPARE(tile->accessibleDescription(), u"of 3 models, 1 restricted"_s);
        const auto &workspace = fixture.workspace();
        const auto portfolio = makePortfolio(workspace.policy(), workspace.registry(), workspace.today());
        const auto untiered = std::ranges::find(portfolio.limits, "productionUntiered", &AppetiteLimit::id);
        QVERIFY(untiered != portfolio.limits.end());
        QCOMPARE(untiered->count, std::int64_t(2)); // the limit counts the same models
    }

    void listsWhatWaitsAndOpensIt()
    {
        WindowFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        const auto version = fixture.addReadyVersion(model, "1.0");
        const auto request = fixture.addRequest(version);
        fixture.signInWindow(people::approver);
        HomePage page(fixture.context);
        page.resize(1000, 700);
        page.show();
        auto *table = tableOf(page, u"Waiting for me"_s);
        QVERIFY(table);
        QAbstractItemModelTester tester(table->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QVERIFY(table->model()->rowCount() >= 1);
        QCOMPARE(tileOf(page, u"Waiting"_s)->count(), table->model()->rowCount());
        page.focusStart();
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(fixture.navigator.visited.size(), 1);
        QVERIFY2(fixture.navigator.visited[0].endsWith(u"/signoffs/"_s + QString::fromStdString(request.str())),
                 qPrintable(fixture.navigator.visited[0]));
    }

    void theListFollowsWhoIsSignedIn()
    {
        WindowFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        fixture.addRequest(fixture.addReadyVersion(model, "1.0"));
        HomePage page(fixture.context);
        auto *table = tableOf(page, u"Waiting for me"_s);
        fixture.signInWindow(people::approver);
        QVERIFY(table->model()->rowCount() >= 1);
        fixture.signOutWindow();
        QCOMPARE(table->model()->rowCount(), 0);
    }

    void showsDriftAlertsAndOpensTheRun()
    {
        WindowFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        const auto version = fixture.addVersion(model, "1.0");
        HomePage page(fixture.context);
        page.resize(1000, 700);
        page.show();
        auto *table = tableOf(page, u"Drift alerts"_s);
        QCOMPARE(table->model()->rowCount(), 0);
        const auto run = fixture.addRun(version, true);
        QCOMPARE(table->model()->rowCount(), 1);
        Q_EMIT table->opened(table->model()->index(0, 0));
        QCOMPARE(fixture.navigator.visited,
                 QStringList(u"model/%1/monitoring/%2"_s.arg(QString::fromStdString(model.str()),
                                                             QString::fromStdString(run.str()))));
        QCOMPARE(unnamedControls(&page), QString());
    }

    void showsWhatIsOverdue()
    {
        WindowFixture fixture;
        auto model = WorkspaceFixture::fullModel("CR-001", "Retail PD");
        model.nextReviewOn = parseDate("2026-01-31");
        fixture.addModel(model);
        HomePage page(fixture.context);
        auto *table = tableOf(page, u"Overdue"_s);
        QCOMPARE(table->model()->rowCount(), 1);
        QAbstractItemModelTester tester(table->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(tileOf(page, u"Overdue"_s)->count(), 1);
    }

    void everyTaskKindHasItsVerbAndTab()
    {
        for (const auto kind : enumValues<TaskKind>()) {
            QVERIFY(!verbOf(kind).isEmpty());
            QVERIFY(!tabOf(kind).isEmpty());
        }
    }
};

QTEST_MAIN(TestHomePage)
#include "tst_homepage.moc"
