// SPDX-License-Identifier: GPL-3.0-or-later
//
// The registers of a model at work, by their forms.
#include <QCheckBox>
#include <QComboBox>
#include <QDateEdit>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>

#include "tests/support/accessibility.h"
#include "tests/support/controls.h"
#include "tests/support/windowfixture.h"
#include "ui/pages/model/operationdialogs.h"
#include "ui/pages/model/registerpanel.h"
#include "ui/pages/model/registerstab.h"
#include "ui/pages/model/rowstable.h"
#include "ui/widgets/reasondialog.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

namespace {

struct Opened
{
    Opened()
    {
        model = fixture.addModel("CR-001", "Retail PD");
        version = fixture.addVersion(model, "1");
        fixture.signInWindow(people::developer);
        tab.resize(1080, 560);
        tab.show();
        tab.showModel(model);
    }

    RegisterPanel *panel(const QString &id)
    {
        tab.select(id);
        for (auto *each : tab.findChildren<RegisterPanel *>())
            if (each->kind().id == id)
                return each;
        return nullptr;
    }
    template <class Dialog>
    void act(QWidget *in)
    {
        auto *dialog = in->findChild<Dialog *>();
        QVERIFY(dialog);
        QCOMPARE(unnamedControls(dialog), QString());
        auto *button = dialog->template findChild<QPushButton *>(u"act"_s);
        QVERIFY2(button->isEnabled(), qPrintable(dialog->template findChild<QLabel *>(u"missing"_s)->text()));
        button->click();
        delete dialog;
        tab.refresh();
    }
    QString script(const QByteArray &text)
    {
        QFile file(fixture.filePath(u"retrain.sh"_s));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write the script");
        return u"/bin/sh \"%1\""_s.arg(file.fileName());
    }

    WindowFixture fixture;
    RegistersTab tab{fixture.context};
    ModelId model;
    VersionId version;
};

} // namespace

class TestOperationForms : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void usageIsReportedWithItsFailures()
    {
        Opened o;
        auto *usage = o.panel(u"usage"_s);
        button(usage, u"Report usage…"_s)->click();
        auto *form = usage->findChild<UsageDialog *>();
        named<QLineEdit>(form, u"Service"_s)->setText(u"Pricing, EU"_s);
        named<QLineEdit>(form, u"Predictions made"_s)->setText(u"many"_s);
        auto *act = form->findChild<QPushButton *>(u"act"_s);
        QVERIFY(!act->isEnabled());
        named<QLineEdit>(form, u"Predictions made"_s)->setText(u"12,000"_s);
        named<QPlainTextEdit>(form, u"Failed calls"_s)->setPlainText(u"timeout"_s);
        QVERIFY(says(form, u"\"timeout\" has none"_s));
        named<QPlainTextEdit>(form, u"Failed calls"_s)->setPlainText(u"timeout: 12\nmissing income: 3"_s);
        o.act<UsageDialog>(usage);
        const auto &report = o.fixture.registry().usages.begin()->second;
        QCOMPARE(report.predictions, 12000);
        QCOMPARE(report.failed(), 15);
        QTRY_VERIFY(says(usage, u"timeout: 12"_s));
    }

    void aCostShowsItsWorkings()
    {
        Opened o;
        o.fixture.signInWindow(people::owner);
        o.tab.refresh();
        auto *cost = o.panel(u"cost"_s);
        button(cost, u"Estimate cost…"_s)->click();
        auto *form = cost->findChild<CostDialog *>();
        named<QLineEdit>(form, u"Title"_s)->setText(u"Wrong acceptances"_s);
        named<QLineEdit>(form, u"Unit"_s)->setText(u"EUR"_s);
        named<QLineEdit>(form, u"Decisions a year"_s)->setText(u"12000"_s);
        named<QLineEdit>(form, u"Wrong, share of 1"_s)->setText(u"2"_s);
        named<QLineEdit>(form, u"Cost of a wrong one"_s)->setText(u"150"_s);
        named<QPlainTextEdit>(form, u"Basis"_s)->setPlainText(u"Losses of 2025"_s);
        QVERIFY(!form->findChild<QPushButton *>(u"act"_s)->isEnabled()); // a share of 2
        named<QLineEdit>(form, u"Wrong, share of 1"_s)->setText(u"0,02"_s);
        named<QLineEdit>(form, u"Recovered, share of 1"_s)->setText(u"0.4"_s);
        QVERIFY(named<QLabel>(form, u"Workings"_s)->text().contains(u"21,600 EUR"_s));
        o.act<CostDialog>(cost);
        QCOMPARE(o.fixture.registry().costs.begin()->second.perYear(), 21600.0);
    }

    void aCommandMakesTheVersion()
    {
        Opened o;
        auto *retraining = o.panel(u"retraining"_s);
        button(retraining, u"Add policy…"_s)->click();
        named<QLineEdit>(retraining->findChild<RetrainingDialog *>(), u"Title"_s)->setText(u"On drift"_s);
        o.act<RetrainingDialog>(retraining);
        QVERIFY(!button(retraining, u"Register version…"_s)->isEnabled());
        button(retraining, u"Ask for it…"_s)->click();
        retraining->findChild<ReasonDialog *>()->findChild<QPlainTextEdit *>()->setPlainText(u"New bureau data."_s);
        o.act<ReasonDialog>(retraining);

        button(retraining, u"Register version…"_s)->click();
        auto *form = retraining->findChild<RetrainedDialog *>();
        QCOMPARE(unnamedControls(form), QString());
        auto *command = named<QLineEdit>(form, u"Command"_s);
        auto *output = named<QPlainTextEdit>(form, u"Output"_s);
        command->setText(o.script("echo 'no data' >&2; exit 3\n"));
        button(form, u"Run it"_s)->click();
        QTRY_VERIFY(output->toPlainText().contains(u"failed with 3"_s));
        QVERIFY(output->toPlainText().contains(u"no data"_s));
        command->setText(o.script("echo done\n"));
        button(form, u"Run it"_s)->click();
        QTRY_VERIFY(output->toPlainText().contains(u"did not answer with a JSON object"_s));
        command->setText(u"/nowhere/at-all"_s);
        button(form, u"Run it"_s)->click();
        QTRY_VERIFY(output->toPlainText().contains(u"did not finish"_s));
        QCOMPARE(o.fixture.registry().versions.size(), std::size_t(1));
        command->setText(o.script("grep -q CR-001 && echo '{\"label\": \"2\", \"method\": \"Refitted\"}'\n"));
        button(form, u"Run it"_s)->click();
        QTRY_COMPARE(o.fixture.registry().versions.size(), std::size_t(2));
        QVERIFY(!o.fixture.registry().retrainings.begin()->second.pending());
    }

    void whoHandsOverDoesNotTakeOver()
    {
        Opened o;
        auto *handOver = o.panel(u"handover"_s);
        button(handOver, u"Prepare hand-over…"_s)->click();
        auto *form = handOver->findChild<HandOverDialog *>();
        named<QLineEdit>(form, u"Title"_s)->setText(u"To the scoring team"_s);
        named<QPlainTextEdit>(form, u"Items"_s)->setPlainText(u"Runbook\nAccess rights"_s);
        o.act<HandOverDialog>(handOver);
        QVERIFY(!button(handOver, u"Take over…"_s)->isEnabled());
        button(handOver, u"Tick items…"_s)->click();
        for (auto *box : handOver->findChild<ChecklistDialog *>()->findChildren<QCheckBox *>())
            box->setChecked(true);
        o.act<ChecklistDialog>(handOver);
        QVERIFY(!button(handOver, u"Take over…"_s)->isEnabled());
        QVERIFY(button(handOver, u"Take over…"_s)->toolTip().contains(u"somebody else"_s));
        o.fixture.signInWindow(people::owner);
        o.tab.refresh();
        button(handOver, u"Take over…"_s)->click();
        o.act<ReasonDialog>(handOver);
        QVERIFY(!o.fixture.registry().handOvers.begin()->second.open);
    }

    void anExplanationNamesFeaturesAndReasons()
    {
        Opened o;
        auto *explanations = o.panel(u"explanations"_s);
        button(explanations, u"Attach explanation…"_s)->click();
        auto *form = explanations->findChild<ExplanationDialog *>();
        named<QLineEdit>(form, u"Method"_s)->setText(u"Mean absolute SHAP value"_s);
        named<QPlainTextEdit>(form, u"Importance"_s)->setPlainText(u"income"_s);
        QVERIFY(says(form, u"\"income\" has none"_s));
        named<QPlainTextEdit>(form, u"Importance"_s)->setPlainText(u"age, 0.1\nincome, 0.62"_s);
        named<QPlainTextEdit>(form, u"Reason codes"_s)->setPlainText(u"R01: Income too low: for the amount"_s);
        o.act<ExplanationDialog>(explanations);
        const auto &made = o.fixture.registry().explanations.begin()->second;
        QCOMPARE(made.importance.size(), std::size_t(2));
        QCOMPARE(made.reasonCodes.front().text, std::string("Income too low: for the amount"));
        QTRY_VERIFY(says(explanations, u"0.620  income\n0.100  age"_s)); // strongest first
    }
};

QTEST_MAIN(TestOperationForms)
#include "tst_operationforms.moc"
