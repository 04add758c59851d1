// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QApplication>
#include <QComboBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "tests/support/accessibility.h"
#include "tests/support/windowfixture.h"
#include "ui/models/timelinerows.h"
#include "ui/pages/audit/asofdialog.h"
#include "ui/pages/audit/auditpage.h"
#include "ui/pages/audit/verifypanel.h"
#include "ui/widgets/copyablelabel.h"
#include "ui/widgets/filterbar.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/text.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

namespace {

void press(QWidget &root, const QString &text)
{
    for (auto *button : root.findChildren<QPushButton *>())
        if (button->text().remove(u'&') == text)
            return button->click();
    QFAIL(qPrintable(u"no button "_s + text));
}

} // namespace

class TestAuditPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void listsEntriesNewestFirstAndShowsTheSelectedOne()
    {
        WindowFixture fixture;
        fixture.addModel("CR-001", "Retail PD");
        AuditPage page(fixture.context, nullptr);
        page.resize(1100, 700);
        page.show();
        auto *table = page.table();
        QAbstractItemModelTester tester(table->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(table->model()->rowCount(), static_cast<int>(fixture.registry().timeline.size()));
        page.focusStart();
        QCOMPARE(table->currentIndex().siblingAtColumn(0).data().toLongLong(), fixture.registry().size - 1);
        QVERIFY(page.findChild<QPlainTextEdit *>()->toPlainText().contains(u"Retail PD"_s));
        QCOMPARE(page.findChild<CopyableLabel *>()->text().size(), 64);
        QCOMPARE(unnamedControls(&page), QString());
    }

    void followsNewEntries()
    {
        WindowFixture fixture;
        AuditPage page(fixture.context, nullptr);
        const auto before = page.table()->model()->rowCount();
        fixture.addModel("CR-001", "Retail PD");
        QVERIFY(page.table()->model()->rowCount() > before);
    }

    void filtersByKindAndText()
    {
        WindowFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        fixture.addTier(model);
        AuditPage page(fixture.context, nullptr);
        for (auto *combo : page.findChildren<QComboBox *>())
            if (combo->accessibleName() == u"Kind of entry"_s)
                combo->setCurrentIndex(combo->findText(u"Tier"_s));
        QCOMPARE(page.table()->model()->rowCount(), 1);
        page.filterBar()->clear();
        page.filterBar()->setText(u"retail"_s);
        QVERIFY(page.table()->model()->rowCount() >= 1);
        QVERIFY(page.table()->model()->rowCount() < static_cast<int>(fixture.registry().timeline.size()));
    }

    void enterOpensTheModel()
    {
        WindowFixture fixture;
        fixture.addModel("CR-001", "Retail PD");
        AuditPage page(fixture.context, nullptr);
        page.show();
        page.focusStart();
        QTest::keyClick(page.table(), Qt::Key_Return);
        QCOMPARE(fixture.navigator.visited.size(), 1);
        QVERIFY(fixture.navigator.visited[0].contains(u"/history/"_s));
    }

    void verifiesTheWholeFile()
    {
        WindowFixture fixture;
        fixture.addModel("CR-001", "Retail PD");
        AuditPage page(fixture.context, nullptr);
        page.show();
        QSignalSpy verified(page.verifyPanel(), &VerifyPanel::verified);
        page.verifyPanel()->verify(std::nullopt);
        QVERIFY(page.verifyPanel()->running());
        QTRY_COMPARE(verified.count(), 1);
        QCOMPARE(page.verifyPanel()->result()->kind(), MessageBar::Kind::success);
        QVERIFY(!page.verifyPanel()->faults()->isVisible());
    }

    void aCheckpointOfALaterStateFindsTheOlderFile()
    {
        WindowFixture fixture;
        const auto older = fixture.filePath(u"older.countersign"_s);
        QVERIFY(QFile::copy(toQt(fixture.path()), older));
        fixture.addModel("CR-001", "Retail PD");
        const auto checkpoint = fixture.filePath(u"checkpoint.txt"_s);
        AuditPage page(fixture.context, nullptr);
        fixture.dialogs.paths << checkpoint;
        press(page, u"Save checkpoint..."_s);
        QVERIFY(QFile::exists(checkpoint));

        fixture.dialogs.paths << checkpoint;
        QSignalSpy verified(page.verifyPanel(), &VerifyPanel::verified);
        page.verifyPanel()->chooseCheckpointAndVerify();
        QTRY_COMPARE(verified.count(), 1);
        QCOMPARE(page.verifyPanel()->result()->kind(), MessageBar::Kind::success);

        auto old = must(Workspace::open(fixture.workspace().environment(), toStd(older), true));
        Context context{*old, fixture.changes, fixture.dialogs, fixture.jobs, fixture.navigator};
        AuditPage other(context, nullptr);
        other.show();
        fixture.dialogs.paths << checkpoint;
        QSignalSpy found(other.verifyPanel(), &VerifyPanel::verified);
        other.verifyPanel()->chooseCheckpointAndVerify();
        QTRY_COMPARE(found.count(), 1);
        QCOMPARE(other.verifyPanel()->result()->kind(), MessageBar::Kind::error);
        QVERIFY(other.verifyPanel()->faults()->isVisible());
        QVERIFY(other.verifyPanel()->faults()->currentIndex().isValid());
    }

    void aNotedFaultMarksItsEntry()
    {
        WindowFixture fixture;
        fixture.addModel("CR-001", "Retail PD");
        const auto last = fixture.registry().size - 1;
        const auto rows = timelineRows(fixture.registry(), {last});
        QVERIFY(rows.front().faulty);
        QVERIFY(!rows.back().faulty);
        TimelineFilter filter;
        filter.kind = TimelineKind::notAllowed;
        QVERIFY(filter.matches(rows.front()));
        QVERIFY(!filter.matches(rows.back()));
    }

    void looksBackToADay()
    {
        WindowFixture fixture;
        fixture.addModel("CR-001", "Retail PD");
        AuditPage page(fixture.context, nullptr);
        page.show();
        press(page, u"Show inventory"_s);
        auto *dialog = page.findChild<AsOfDialog *>();
        QVERIFY(dialog);
        QCOMPARE(dialog->findChild<TableView *>()->model()->rowCount(), 1);
        QCOMPARE(unnamedControls(dialog), QString());
        dialog->close();
    }

    void exportsTheEvidence()
    {
        WindowFixture fixture;
        fixture.addModel("CR-001", "Retail PD");
        AuditPage page(fixture.context, nullptr);
        page.show();
        fixture.dialogs.paths << fixture.filePath(QString());
        press(page, u"Export evidence..."_s);
        QVERIFY(QFile::exists(fixture.filePath(u"evidence-2026-11-24"_s)));
    }

    void everyFactHasATitle()
    {
        for (const auto &name : factNames())
            QVERIFY(factTitle(toQt(name)).contains(u' '));
        QCOMPARE(factTitle(u"modelRegistered"_s), u"Model registered"_s);
    }
};

QTEST_MAIN(TestAuditPage)
#include "tst_auditpage.moc"
