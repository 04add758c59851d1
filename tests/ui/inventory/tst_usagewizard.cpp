// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QFile>
#include <QTest>

#include "tests/support/accessibility.h"
#include "tests/support/controls.h"
#include "tests/support/windowfixture.h"
#include "ui/pages/inventory/usagewizard.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/tableview.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

namespace {

QString write(const WindowFixture &fixture, const QByteArray &text)
{
    const auto path = fixture.filePath(u"usage.csv"_s);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write the file");
    return path;
}

constexpr const char *good = "Model,Month,Predictions,Failures,Reason\n"
                             "CR-001,2026-08,1000,3,timeout\n"
                             "CR-001,2026-09,1200,,\n";

} // namespace

class TestUsageWizard : public QObject
{
    Q_OBJECT

    static UsageRowsPage *atRows(UsageWizard &wizard, const QString &path)
    {
        wizard.restart();
        wizard.openFile(path);
        wizard.show();
        wizard.next();
        wizard.next();
        return qobject_cast<UsageRowsPage *>(wizard.currentPage());
    }

private Q_SLOTS:
    void rowsBecomeReportsInOneEntryAndOnceOnly()
    {
        WindowFixture fixture;
        fixture.addVersion(fixture.addModel("CR-001", "Retail PD"), "1.0");
        fixture.signInWindow(people::developer);
        const auto entries = fixture.registry().size;
        UsageWizard wizard(fixture.context);
        auto *page = atRows(wizard, write(fixture, good));
        QVERIFY(page && page->isComplete());
        QCOMPARE(unnamedControls(&wizard), QString());
        const QAbstractItemModelTester tester(page->findChild<TableView *>()->model());
        wizard.accept();
        QCOMPARE(fixture.registry().usages.size(), std::size_t(2));
        QCOMPARE(fixture.registry().size, entries + 1);

        UsageWizard again(fixture.context);
        page = atRows(again, write(fixture, good));
        QVERIFY(!page->isComplete());
        QCOMPARE(page->plan().count(UsageRowState::known), 2);
        QVERIFY(page->findChild<MessageBar *>()->text().contains(u"nothing to import"_s));
    }

    void aRowAtFaultStopsTheImportUntilItIsLeftOut()
    {
        WindowFixture fixture;
        fixture.addVersion(fixture.addModel("CR-001", "Retail PD"), "1.0");
        fixture.signInWindow(people::developer);
        UsageWizard wizard(fixture.context);
        auto *page = atRows(wizard, write(fixture, QByteArray(good) + "CR-999,2026-09,-1,,\n"));
        QVERIFY(!page->isComplete());
        const auto *model = page->findChild<TableView *>()->model();
        QVERIFY(model->index(2, 2).data().toString().contains(u"CR-999"_s));
        auto *leaveOut = page->findChild<QCheckBox *>();
        QVERIFY(leaveOut->isVisible());
        leaveOut->setChecked(true);
        QVERIFY(page->isComplete());
        fixture.dialogs.paths << fixture.filePath(u"report.csv"_s);
        button(page, u"Save report..."_s)->click();
        QVERIFY(must(readFile(fixture.filePath(u"report.csv"_s).toStdString())).find("at fault") != std::string::npos);
        wizard.accept();
        QCOMPARE(fixture.registry().usages.size(), std::size_t(2));
    }

    void columnsAreCorrectedByHand()
    {
        WindowFixture fixture;
        fixture.addVersion(fixture.addModel("CR-001", "Retail PD"), "1.0");
        fixture.signInWindow(people::developer);
        UsageWizard wizard(fixture.context);
        wizard.openFile(write(fixture, "A,B,C\nCR-001,2026-08,1000\n"));
        wizard.show();
        wizard.next();
        auto *columns = qobject_cast<ImportColumnsPage *>(wizard.currentPage());
        QVERIFY(columns && !columns->isComplete());
        QVERIFY(says(columns, u"Period or First day"_s));
        columns->choose("model", 0);
        columns->choose("from", 1);
        columns->choose("predictions", 2);
        QVERIFY(columns->isComplete());
        wizard.next();
        auto *page = qobject_cast<UsageRowsPage *>(wizard.currentPage());
        QCOMPARE(page->plan().count(UsageRowState::bad), 1); // 2026-08 is no day
        QVERIFY(page->plan().rows[0].errors[0].find("2026-08") != std::string::npos);
    }

    void whoMayNotIsToldAndNothingIsImported()
    {
        WindowFixture fixture;
        fixture.addVersion(fixture.addModel("CR-001", "Retail PD"), "1.0");
        fixture.signInWindow(people::auditor);
        UsageWizard wizard(fixture.context);
        auto *page = atRows(wizard, write(fixture, good));
        wizard.accept();
        QVERIFY(wizard.isVisible());
        QVERIFY(!page->messages()->text().isEmpty());
        QVERIFY(fixture.registry().usages.empty());
    }
};

QTEST_MAIN(TestUsageWizard)
#include "tst_usagewizard.moc"
