// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QFile>
#include <QTest>

#include "tests/support/accessibility.h"
#include "tests/support/windowfixture.h"
#include "ui/pages/inventory/importwizard.h"
#include "ui/pages/inventory/rowspage.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/text.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

namespace {

QString write(const WindowFixture &fixture, const QByteArray &text)
{
    QFile file(fixture.filePath(u"inventory.csv"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("cannot write the inventory");
    return file.fileName();
}

const QByteArray twoGoodOneBad = "Model ID,Model name,Model owner,Purpose,Colour\n"
                                 "M-1,First,Ann Example,Pricing,red\n"
                                 "M-2,,Ben Example,Pricing,green\n"
                                 "M-3,Third,Ann Example,Capital,blue\n";

} // namespace

class TestImportWizard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void importsGoodRowsAndNamesBadOnes()
    {
        WindowFixture fixture;
        fixture.signInWindow(people::owner);
        ImportWizard wizard(fixture.context);
        wizard.openFile(write(fixture, twoGoodOneBad));
        wizard.show();
        QVERIFY(wizard.currentPage()->isComplete());
        wizard.next();
        QVERIFY(wizard.currentPage()->isComplete());
        QCOMPARE(unnamedControls(&wizard), QString());
        wizard.next();
        QCOMPARE(wizard.goodRows(), 2);
        QCOMPARE(wizard.badRows(), 1);
        auto *page = qobject_cast<ImportRowsPage *>(wizard.currentPage());
        QVERIFY(page);
        QAbstractItemModelTester tester(page->rows()->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        page->chooseState(ImportRowsPage::BadRows);
        QCOMPARE(page->rows()->model()->rowCount(), 1);
        QCOMPARE(page->rows()->model()->index(0, 0).data().toString(), u"3"_s);
        QVERIFY(page->rows()->model()->index(0, 4).data().toString().contains(u"name"_s, Qt::CaseInsensitive));

        const auto entries = fixture.registry().size;
        wizard.accept();
        QVERIFY(!wizard.isVisible());
        QCOMPARE(fixture.registry().size, entries + 1);
        QCOMPARE(fixture.registry().models.size(), std::size_t(2));
        QVERIFY(fixture.registry().modelByReference("M-3"));
    }

    void aMappingCanBeCorrectedByHand()
    {
        WindowFixture fixture;
        fixture.signInWindow(people::owner);
        ImportWizard wizard(fixture.context);
        wizard.openFile(write(fixture, "A,B,C,D\nM-1,First,Ann Example,Pricing\n"));
        wizard.show();
        wizard.next();
        auto *page = qobject_cast<ImportColumnsPage *>(wizard.currentPage());
        QVERIFY(page && !page->isComplete());
        page->choose("reference", 0);
        page->choose("name", 1);
        page->choose("owner", 2);
        page->choose("purpose", 3);
        QVERIFY(page->isComplete());
        wizard.next();
        QCOMPARE(wizard.goodRows(), 1);
    }

    void aFileThatIsNoTableIsSaidToBeSo()
    {
        WindowFixture fixture;
        ImportWizard wizard(fixture.context);
        wizard.show();
        for (const auto &path :
             {write(fixture, ""), fixture.filePath(u"not-there.csv"_s), fixture.filePath(QString())}) {
            wizard.openFile(path);
            QVERIFY(!wizard.currentPage()->isComplete());
            QVERIFY(!wizard.currentPage()->findChild<MessageBar *>()->text().isEmpty());
        }
        wizard.openFile(write(fixture, twoGoodOneBad));
        QVERIFY(wizard.currentPage()->isComplete());
    }

    void theReportIsSaved()
    {
        WindowFixture fixture;
        fixture.signInWindow(people::owner);
        ImportWizard wizard(fixture.context);
        wizard.openFile(write(fixture, twoGoodOneBad));
        wizard.show();
        wizard.next();
        wizard.next();
        fixture.dialogs.paths << fixture.filePath(u"report.csv"_s);
        for (auto *button : wizard.currentPage()->findChildren<QAbstractButton *>())
            if (button->text().contains(u"report"_s))
                button->click();
        QVERIFY(must(readFile(fixture.filePath(u"report.csv"_s).toStdString())).find("M-2") != std::string::npos);
    }

    void whoMayNotRegisterIsToldAndNothingIsImported()
    {
        WindowFixture fixture;
        fixture.signInWindow(people::auditor);
        ImportWizard wizard(fixture.context);
        wizard.openFile(write(fixture, twoGoodOneBad));
        wizard.show();
        wizard.next();
        wizard.next();
        wizard.accept();
        QVERIFY(wizard.isVisible());
        QVERIFY(!wizard.currentPage()->findChild<MessageBar *>()->text().isEmpty());
        QVERIFY(fixture.registry().models.empty());
    }

    void theDemonstrationFileWithErrorsIsReportedRowByRow()
    {
        const auto path = QStringLiteral(SOURCE_DIR "/resources/demo/inventory-with-errors.csv");
        if (!QFile::exists(path))
            QSKIP("the demonstration file is not there");
        WindowFixture fixture;
        fixture.signInWindow(people::owner);
        ImportWizard wizard(fixture.context);
        wizard.openFile(path);
        wizard.show();
        wizard.next();
        wizard.next();
        QVERIFY(wizard.goodRows() > 0);
        QVERIFY(wizard.badRows() > 0);
        const auto good = wizard.goodRows();
        wizard.accept();
        QCOMPARE(static_cast<qint64>(fixture.registry().models.size()), good);
    }
};

QTEST_MAIN(TestImportWizard)
#include "tst_importwizard.moc"
