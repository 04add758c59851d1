// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QDateEdit>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>

#include "tests/support/accessibility.h"
#include "tests/support/controls.h"
#include "tests/support/windowfixture.h"
#include "ui/shell/deputiespanel.h"
#include "ui/widgets/reasondialog.h"
#include "ui/widgets/tableview.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

class TestDeputies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aDeputyIsRecordedAndEnded()
    {
        WindowFixture fixture;
        fixture.signInWindow(people::approver);
        DeputiesPanel panel(fixture.context);
        QAbstractItemModelTester tester(panel.table()->model());
        panel.show();
        QCOMPARE(unnamedControls(&panel), QString());
        QTest::mouseClick(button(&panel, u"New deputy…"_s), Qt::LeftButton);
        auto *form = panel.findChild<DelegationDialog *>();
        QVERIFY(form);
        QCOMPARE(unnamedControls(form), QString());
        auto *act = form->findChild<QPushButton *>(u"act"_s);
        QVERIFY(!act->isEnabled());
        auto *deputy = named<QComboBox>(form, u"Deputy"_s);
        deputy->setCurrentText(QString::fromLatin1(people::approver));
        QVERIFY(says(form, u"Nobody stands in for themselves"_s));
        deputy->setCurrentText(QString::fromLatin1(people::approver2));
        named<QDateEdit>(form, u"Until"_s)->setDate(QDate(2026, 11, 24));
        named<QDateEdit>(form, u"From"_s)->setDate(QDate(2026, 11, 25));
        QVERIFY(says(form, u"over before it begins"_s));
        named<QDateEdit>(form, u"From"_s)->setDate(QDate(2026, 11, 24));
        named<QDateEdit>(form, u"Until"_s)->setDate(QDate(2026, 12, 31));
        named<QPlainTextEdit>(form, u"Reason"_s)->setPlainText(u"Leave."_s);
        QVERIFY2(act->isEnabled(), qPrintable(form->findChild<QLabel *>(u"missing"_s)->text()));
        act->click();
        QCOMPARE(fixture.registry().delegations.size(), std::size_t(1));
        QCOMPARE(panel.table()->model()->rowCount(), 1);

        panel.table()->setCurrentIndex(panel.table()->model()->index(0, 0));
        QTest::mouseClick(button(&panel, u"End…"_s), Qt::LeftButton);
        auto *reason = panel.findChild<ReasonDialog *>();
        QVERIFY(reason);
        reason->findChild<QPlainTextEdit *>()->setPlainText(u"Back early."_s);
        reason->findChild<QPushButton *>(u"act"_s)->click();
        QVERIFY(!fixture.registry().delegations.begin()->second.open);
        QVERIFY(!button(&panel, u"End…"_s)->isEnabled());
    }

    void whoMayNotDelegateIsToldWhy()
    {
        WindowFixture fixture;
        fixture.signInWindow(people::auditor);
        DeputiesPanel panel(fixture.context);
        auto *add = button(&panel, u"New deputy…"_s);
        QVERIFY(!add->isEnabled());
        QVERIFY(!add->toolTip().isEmpty());
    }
};

QTEST_MAIN(TestDeputies)
#include "tst_deputies.moc"
