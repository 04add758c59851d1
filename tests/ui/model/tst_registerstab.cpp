// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>

#include "tests/support/accessibility.h"
#include "tests/support/controls.h"
#include "tests/support/windowfixture.h"
#include "ui/pages/model/registerdialogs.h"
#include "ui/pages/model/registerpanel.h"
#include "ui/pages/model/registerstab.h"
#include "ui/pages/model/rowstable.h"
#include "ui/widgets/filterbar.h"
#include "ui/widgets/reasondialog.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

class TestRegistersTab : public QObject
{
    Q_OBJECT

    static RegisterPanel *panel(RegistersTab &tab, const QString &id)
    {
        tab.select(id);
        for (auto *each : tab.findChildren<RegisterPanel *>())
            if (each->kind().id == id)
                return each;
        return nullptr;
    }
    static RowsTable *list(RegisterPanel *panel) { return panel->findChild<RowsTable *>(); }
    template <class Dialog>
    static void act(QWidget *in)
    {
        auto *dialog = in->findChild<Dialog *>();
        QVERIFY(dialog);
        QCOMPARE(unnamedControls(dialog), QString());
        QVERIFY2(dialog->template findChild<QPushButton *>(u"act"_s)->isEnabled(),
                 qPrintable(dialog->template findChild<QLabel *>(u"missing"_s)->text()));
        dialog->template findChild<QPushButton *>(u"act"_s)->click();
        delete dialog;
    }

private Q_SLOTS:
    void everyRegisterSaysWhatToDoWhileItIsEmpty()
    {
        WindowFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        fixture.signInWindow(people::owner);
        RegistersTab tab(fixture.context);
        tab.resize(1080, 560);
        tab.show();
        tab.showModel(model);
        for (const auto &kind : registerKinds(fixture.context)) {
            auto *shown = panel(tab, kind.id);
            QVERIFY(shown);
            QVERIFY(says(shown, kind.emptySentence));
            QVERIFY(!kind.actions.front().onRecord);
            for (const auto &action : kind.actions)
                QVERIFY(!action.text.isEmpty() && action.make);
            QCOMPARE(unnamedControls(shown), QString());
        }
    }

    void aLimitationIsAddedChangedSearchedAndClosed()
    {
        WindowFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        fixture.signInWindow(people::owner);
        RegistersTab tab(fixture.context);
        tab.show();
        tab.showModel(model);
        auto *limitations = panel(tab, u"limitations"_s);
        button(limitations, u"Add limitation…"_s)->click();
        auto *add = limitations->findChild<LimitationDialog *>();
        QVERIFY(!add->findChild<QPushButton *>(u"act"_s)->isEnabled());
        named<QLineEdit>(add, u"Title"_s)->setText(u"Few young customers"_s);
        named<QPlainTextEdit>(add, u"Effect"_s)->setPlainText(u"Ranks them badly."_s);
        act<LimitationDialog>(limitations);
        tab.refresh();
        QCOMPARE(list(limitations)->rows()->rowCount(), 1);
        QAbstractItemModelTester tester(list(limitations)->model());
        QVERIFY(tab.findChild<QListWidget *>()->item(0)->text().contains(u"(1)"_s));

        auto *filter = limitations->findChild<FilterBar *>();
        filter->setText(u"companies"_s);
        QCOMPARE(list(limitations)->model()->rowCount(), 0);
        filter->setText(u"young"_s);
        QCOMPARE(list(limitations)->model()->rowCount(), 1);
        fixture.dialogs.paths << fixture.filePath(u"limitations.csv"_s);
        button(limitations, u"Export…"_s)->click();
        QFile saved(fixture.filePath(u"limitations.csv"_s));
        QVERIFY(saved.open(QIODevice::ReadOnly));
        QVERIFY(saved.readAll().contains("Few young customers"));

        QVERIFY(!button(limitations, u"Close…"_s)->isEnabled());
        QVERIFY(button(limitations, u"Close…"_s)->toolTip().contains(u"recorded this one. Who could: "_s));
        fixture.signInWindow(people::validator);
        tab.refresh();
        button(limitations, u"Close…"_s)->click();
        limitations->findChild<ReasonDialog *>()->findChild<QPlainTextEdit *>()->setPlainText(u"Refitted."_s);
        act<ReasonDialog>(limitations);
        tab.refresh();
        QVERIFY(!fixture.registry().limitations.begin()->second.open);
        QVERIFY(!button(limitations, u"Change…"_s)->isEnabled());
        QCOMPARE(button(limitations, u"Change…"_s)->toolTip(), u"This one is closed already."_s);
    }

    void anOverlayKeepsItsAmountsAndRenewals()
    {
        WindowFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        fixture.signInWindow(people::owner);
        RegistersTab tab(fixture.context);
        tab.show();
        tab.showModel(model);
        auto *overlays = panel(tab, u"overlays"_s);
        button(overlays, u"Add overlay…"_s)->click();
        auto *add = overlays->findChild<OverlayDialog *>();
        named<QLineEdit>(add, u"Title"_s)->setText(u"Provisions for young customers"_s);
        named<QPlainTextEdit>(add, u"Reason"_s)->setPlainText(u"The model is too mild."_s);
        named<QPlainTextEdit>(add, u"Method"_s)->setPlainText(u"Ten percent on top."_s);
        named<QLineEdit>(add, u"Unit"_s)->setText(u"EUR million"_s);
        named<QLineEdit>(add, u"Amount"_s)->setText(u"ten"_s);
        QVERIFY(!add->findChild<QPushButton *>(u"act"_s)->isEnabled());
        named<QLineEdit>(add, u"Amount"_s)->setText(u"1,5"_s);
        act<OverlayDialog>(overlays);
        tab.refresh();
        button(overlays, u"Amount…"_s)->click();
        named<QLineEdit>(overlays->findChild<OverlayAmountDialog *>(), u"Amount"_s)->setText(u"2.25"_s);
        act<OverlayAmountDialog>(overlays);
        tab.refresh();
        button(overlays, u"Renew…"_s)->click();
        named<QPlainTextEdit>(overlays->findChild<OverlayRenewalDialog *>(), u"Reason"_s)
            ->setPlainText(u"The refit is late."_s);
        act<OverlayRenewalDialog>(overlays);
        const auto &overlay = fixture.registry().overlays.begin()->second;
        QCOMPARE(overlay.amounts.size(), std::size_t(2));
        QCOMPARE(overlay.amounts.front().amount, 1.5);
        QCOMPARE(overlay.amounts.back().amount, 2.25);
        QCOMPARE(overlay.renewals.size(), std::size_t(1));
        QVERIFY(overlay.expiresOn == overlay.renewals.back().until);
        tab.refresh();
        QTRY_VERIFY(says(overlays, u"2.25 EUR million"_s));
    }

    void anAssumptionOutOfItsRangeOpensAFinding()
    {
        WindowFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        fixture.signInWindow(people::owner);
        RegistersTab tab(fixture.context);
        tab.show();
        tab.showModel(model);
        auto *assumptions = panel(tab, u"assumptions"_s);
        button(assumptions, u"Add assumption…"_s)->click();
        auto *add = assumptions->findChild<AssumptionDialog *>();
        named<QLineEdit>(add, u"Title"_s)->setText(u"Unemployment"_s);
        named<QLineEdit>(add, u"Source"_s)->setText(u"National statistics office"_s);
        named<QLineEdit>(add, u"Expected from"_s)->setText(u"3"_s);
        named<QLineEdit>(add, u"Expected to"_s)->setText(u"6.5"_s);
        act<AssumptionDialog>(assumptions);
        tab.refresh();
        for (const auto *value : {"5", "9"}) {
            button(assumptions, u"Check…"_s)->click();
            named<QLineEdit>(assumptions->findChild<CheckAssumptionDialog *>(), u"Value"_s)
                ->setText(QString::fromLatin1(value));
            QCOMPARE(says(assumptions->findChild<CheckAssumptionDialog *>(), u"a finding is opened"_s),
                     value == std::string("9"));
            act<CheckAssumptionDialog>(assumptions);
            tab.refresh();
        }
        QCOMPARE(fixture.registry().findings.size(), std::size_t(1));
        const auto &finding = fixture.registry().findings.begin()->second;
        QCOMPARE(finding.title, std::string("Assumption out of range: Unemployment"));
        QVERIFY(finding.entry == fixture.registry().assumptions.begin()->second.revision + 1);
        QVERIFY(finding.detected == IssueKind::assumptionBreached);
    }

    void whoMayNotIsToldWhyAndWhoCould()
    {
        WindowFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        fixture.signInWindow(people::auditor);
        RegistersTab tab(fixture.context);
        tab.show();
        tab.showModel(model);
        auto *overlays = panel(tab, u"overlays"_s);
        QVERIFY(!button(overlays, u"Add overlay…"_s)->isEnabled());
        QVERIFY(says(overlays, u"alone may"_s));
    }
};

QTEST_MAIN(TestRegistersTab)
#include "tst_registerstab.moc"
