// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QElapsedTimer>
#include <QPushButton>
#include <QSettings>
#include <QTest>

#include "tests/support/accessibility.h"
#include "tests/support/windowfixture.h"
#include "ui/models/inventoryrows.h"
#include "ui/pages/inventory/inventorypage.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/filterbar.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/text.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

namespace {

QComboBox *filterNamed(InventoryPage &page, const QString &name)
{
    for (auto *combo : page.findChildren<QComboBox *>())
        if (combo->accessibleName() == name)
            return combo;
    return nullptr;
}

QPushButton *buttonNamed(QWidget &root, const QString &text)
{
    for (auto *button : root.findChildren<QPushButton *>())
        if (button->text().remove(u'&') == text)
            return button;
    return nullptr;
}

} // namespace

class TestInventoryPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEmptyInventorySaysHowToBegin()
    {
        WindowFixture fixture;
        InventoryPage page(fixture.context, nullptr);
        page.show();
        QStringList shown;
        for (const auto *empty : page.findChildren<EmptyState *>())
            if (empty->isVisible())
                shown << empty->accessibleName();
        QCOMPARE(shown, QStringList(u"There are no models yet"_s));
        QCOMPARE(unnamedControls(&page), QString());
    }

    void listsModelsAndOpensOne()
    {
        WindowFixture fixture;
        fixture.addModel("CR-002", "Zebra");
        const auto first = fixture.addModel("CR-001", "Aardvark");
        InventoryPage page(fixture.context, nullptr);
        page.show();
        QAbstractItemModelTester tester(page.table()->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(page.table()->model()->rowCount(), 2);
        page.focusStart();
        QTest::keyClick(page.table(), Qt::Key_Return);
        QCOMPARE(fixture.navigator.visited, QStringList(u"model/%1//"_s.arg(toQt(first.str()))));
        QCOMPARE(unnamedControls(&page), QString());
    }

    void searchesAndFilters()
    {
        WindowFixture fixture;
        auto retired = WorkspaceFixture::fullModel("CR-003", "Old scorecard");
        retired.stage = Stage::retired;
        retired.retiredOn = parseDate("2026-01-31");
        retired.retirementReason = "Replaced";
        fixture.addModel("CR-001", "Retail PD");
        fixture.addModel("CR-002", "Mortgage LGD");
        fixture.addModel(retired);
        InventoryPage page(fixture.context, nullptr);
        const auto *shown = page.table()->model();
        page.filterBar()->setText(u"lgd mortgage"_s);
        QCOMPARE(shown->rowCount(), 1);
        page.filterBar()->setText(u"nothing like it"_s);
        QCOMPARE(shown->rowCount(), 0);
        page.filterBar()->clear();
        QCOMPARE(shown->rowCount(), 3);
        auto *stage = filterNamed(page, u"Stage"_s);
        stage->setCurrentIndex(stage->findData(u"retired"_s));
        QCOMPARE(shown->rowCount(), 1);
        QCOMPARE(shown->index(0, 0).data().toString(), u"Old scorecard"_s);
    }

    void filtersByWhatMonitoringSays()
    {
        WindowFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        fixture.addModel("CR-002", "Never watched");
        fixture.addRun(fixture.addVersion(model, "1.0"), true);
        InventoryPage page(fixture.context, nullptr);
        auto *health = filterNamed(page, u"Monitoring"_s);
        health->setCurrentIndex(health->findText(u"Not monitored"_s));
        QCOMPARE(page.table()->model()->rowCount(), 1);
        QCOMPARE(page.table()->model()->index(0, 0).data().toString(), u"Never watched"_s);
        health->setCurrentIndex(health->findData(static_cast<int>(Health::red)));
        QCOMPARE(page.table()->model()->rowCount(), 1);
        QCOMPARE(page.table()->model()->index(0, 0).data().toString(), u"Retail PD"_s);
    }

    void filtersByScopeAndCountsNoTierOfWhatIsOut()
    {
        WindowFixture fixture;
        const auto sheet = fixture.addModel("CR-001", "Spreadsheet");
        const auto model = fixture.addModel("CR-002", "Scorecard");
        fixture.addModel("CR-003", "New one");
        fixture.as(people::validator, [&](Workspace &workspace) {
            must(workspace.decideScope(sheet, {false, false}, "It adds up figures."));
            must(workspace.decideScope(model, {false, true, false}, {}));
        });
        InventoryPage page(fixture.context, nullptr);
        page.show();
        const auto *shown = page.table()->model();
        QAbstractItemModelTester tester(page.table()->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        auto *scope = filterNamed(page, u"Scope"_s);
        QVERIFY(scope);
        for (const auto &[state, name] :
             {std::pair(u"Out of scope"_s, u"Spreadsheet"_s), std::pair(u"In scope"_s, u"Scorecard"_s),
              std::pair(u"Not decided"_s, u"New one"_s)}) {
            scope->setCurrentIndex(scope->findText(state));
            QCOMPARE(shown->rowCount(), 1);
            QCOMPARE(shown->index(0, 0).data().toString(), name);
        }
        scope->setCurrentIndex(scope->findText(u"Stale"_s));
        QCOMPARE(shown->rowCount(), 0);
        page.filterBar()->clear();
        page.filterBar()->setText(u"out scope"_s);
        QCOMPARE(shown->rowCount(), 1);
        const auto rows = inventoryRows(fixture.workspace().policy(), fixture.registry());
        QCOMPARE(countInventory(rows).byTier.at(0), 2);
        QCOMPARE(unnamedControls(&page), QString());
    }

    void aNewModelAppearsAndTheSelectionStays()
    {
        WindowFixture fixture;
        fixture.addModel("CR-002", "Middle");
        InventoryPage page(fixture.context, nullptr);
        page.focusStart();
        fixture.addModel("CR-001", "Aardvark");
        QCOMPARE(page.table()->model()->rowCount(), 2);
        QCOMPARE(page.table()->currentIndex().siblingAtColumn(0).data().toString(), u"Middle"_s);
    }

    void nobodyOrAReaderCannotChangeAnything()
    {
        WindowFixture fixture;
        fixture.addModel("CR-001", "Retail PD");
        InventoryPage page(fixture.context, nullptr);
        page.focusStart();
        for (const auto *who : {people::executive, people::auditor}) {
            fixture.signInWindow(who);
            for (const auto &text : {u"Register..."_s, u"Edit..."_s, u"Import..."_s}) {
                QVERIFY(!buttonNamed(page, text)->isEnabled());
                QVERIFY(!buttonNamed(page, text)->toolTip().isEmpty());
            }
        }
        fixture.signInWindow(people::owner);
        QVERIFY(buttonNamed(page, u"Register..."_s)->isEnabled());
        QVERIFY(buttonNamed(page, u"Edit..."_s)->isEnabled());
        fixture.signOutWindow();
        QVERIFY(!buttonNamed(page, u"Register..."_s)->isEnabled());
    }

    void copiesTheSelectionAsTabSeparatedText()
    {
        WindowFixture fixture;
        fixture.addModel("CR-001", "Retail PD");
        fixture.addModel("CR-002", "Mortgage LGD");
        InventoryPage page(fixture.context, nullptr);
        page.table()->selectRow(1);
        page.table()->copy();
        const auto lines = QApplication::clipboard()->text().split(u'\n');
        QCOMPARE(lines.size(), 2);
        QVERIFY(lines[0].startsWith(u"Model\tReference"_s));
        QVERIFY(lines[1].startsWith(u"Retail PD\tCR-001"_s));
    }

    void exportsWhatIsShown()
    {
        WindowFixture fixture;
        fixture.addModel("CR-001", "Retail PD");
        fixture.addModel("CR-002", "Mortgage LGD");
        InventoryPage page(fixture.context, nullptr);
        page.filterBar()->setText(u"retail pd"_s);
        const auto path = fixture.filePath(u"shown.csv"_s);
        fixture.dialogs.paths << path;
        for (auto *action : page.findChildren<QAction *>())
            if (action->text().contains(u"CSV"_s))
                action->trigger();
        const auto text = toQt(must(readFile(path.toStdString())));
        QVERIFY(text.contains(u"CR-001"_s));
        QVERIFY(!text.contains(u"CR-002"_s));
    }

    void columnsAreRemembered()
    {
        WindowFixture fixture;
        fixture.addModel("CR-001", "Retail PD");
        QSettings settings(fixture.filePath(u"settings.ini"_s), QSettings::IniFormat);
        {
            InventoryPage page(fixture.context, &settings);
            page.table()->setColumnWidth(0, 321);
            page.table()->sortByColumn(1, Qt::DescendingOrder);
        }
        InventoryPage page(fixture.context, &settings);
        QCOMPARE(page.table()->columnWidth(0), 321);
    }

    void tenThousandModelsFilterAtOnce()
    {
        Registry registry;
        for (int number = 0; number < 10'000; ++number) {
            auto model = WorkspaceFixture::fullModel("M-" + std::to_string(number), "Model " + std::to_string(number));
            model.id = ModelId("m" + std::to_string(number));
            registry.models[model.id] = model;
        }
        const PolicyPack pack;
        RecordModel<InventoryRow> rows(inventoryColumns(QDate(2026, 11, 24)),
                                       [](const InventoryRow &row) { return toQt(row.model.id.str()); });
        RecordProxy proxy(&rows);
        proxy.sort(0);
        QElapsedTimer timer;
        timer.start();
        rows.setRecords(inventoryRows(pack, registry));
        QCOMPARE(proxy.rowCount(), 10'000);
        const qint64 filled = timer.elapsed();
        timer.start();
        InventoryFilter filter;
        filter.text = u"m-999"_s;
        proxy.setPredicate([&](int row) { return filter.matches(rows.record(row)); });
        QCOMPARE(proxy.rowCount(), 11);
        qInfo("filling and sorting 10,000 rows: %lld ms, filtering: %lld ms", static_cast<long long>(filled),
              static_cast<long long>(timer.elapsed()));
    }

    void whatHasNoValueComesLastInEitherOrder()
    {
        RecordModel<int> numbers(
            {RecordColumn<int>(u"n"_s, [](const int &n) { return QString::number(n); }).sortedBy([](const int &n) {
                return n == 0 ? QVariant() : QVariant(n);
            })},
            [](const int &n) { return QString::number(n); });
        numbers.setRecords({2, 0, 1});
        RecordProxy proxy(&numbers);
        const auto shown = [&] {
            return proxy.index(0, 0).data().toString() + proxy.index(1, 0).data().toString() +
                   proxy.index(2, 0).data().toString();
        };
        proxy.sort(0, Qt::AscendingOrder);
        QCOMPARE(shown(), u"120"_s);
        proxy.sort(0, Qt::DescendingOrder);
        QCOMPARE(shown(), u"210"_s);
    }
};

QTEST_MAIN(TestInventoryPage)
#include "tst_inventorypage.moc"
