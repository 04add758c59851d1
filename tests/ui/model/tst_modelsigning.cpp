// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QComboBox>
#include <QDir>
#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QTest>
#include <QTextBrowser>

#include "tests/support/accessibility.h"
#include "tests/support/controls.h"
#include "tests/support/windowfixture.h"
#include "ui/pages/model/confirmoverridedialog.h"
#include "ui/pages/model/modelpage.h"
#include "ui/pages/model/requestdialog.h"
#include "ui/pages/model/rowstable.h"
#include "ui/pages/model/scorecard.h"
#include "ui/pages/model/signoffdialog.h"
#include "ui/pages/model/textviewer.h"
#include "ui/pages/model/tierrows.h"
#include "ui/widgets/messagebar.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

namespace {

/// A model without a tier at its owner's window.
struct Tiering
{
    Tiering()
        : model(fixture.addModel("CR-001", "Retail PD"))
        , page(fixture.context)
    {
        fixture.signInWindow(people::owner);
        page.resize(1280, 800);
        page.show();
        page.showModel(model, u"tier"_s);
        tab = page.findChild<QWidget *>(u"tier"_s);
        scorecard = tab->findChild<Scorecard *>();
    }
    /// Each question with its first answer.
    void answerAll()
    {
        for (const auto &factor : fixture.workspace().policy().tierMethod.factors)
            named<QRadioButton>(scorecard, QString::fromStdString(factor.answers.front().text))->click();
    }

    WindowFixture fixture;
    ModelId model;
    ModelPage page;
    QWidget *tab = nullptr;
    Scorecard *scorecard = nullptr;
};

/// A model of the mildest tier with a version ready to sign and a request by the developer.
struct Requested
{
    Requested()
        : page(fixture.context)
    {
        model = fixture.addModel("CR-001", "Retail PD");
        version = fixture.addReadyVersion(model, "1.0");
        request = fixture.addRequest(version);
        page.resize(1280, 800);
        page.show();
    }
    QWidget *signOffs(const char *person)
    {
        fixture.signInWindow(person);
        page.showModel(model, u"signoffs"_s);
        return page.findChild<QWidget *>(u"signoffs"_s);
    }
    SignOffDialog *open(QWidget *tab)
    {
        button(tab, u"Sign…"_s)->click();
        return tab->findChild<SignOffDialog *>();
    }
    const DeploymentRequest &now() const { return fixture.registry().requests.at(request); }

    WindowFixture fixture;
    ModelPage page;
    ModelId model;
    VersionId version;
    RequestId request;
};

} // namespace

class TestModelSigning : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aDeploymentIsRequestedFromTheTab()
    {
        WindowFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        fixture.addReadyVersion(model, "1.0");
        fixture.signInWindow(people::developer);
        ModelPage page(fixture.context);
        page.show();
        page.showModel(model, u"signoffs"_s);
        auto *tab = page.findChild<QWidget *>(u"signoffs"_s);
        QVERIFY(says(tab, u"No sign-offs yet"_s));
        for (auto *candidate : tab->findChildren<QPushButton *>())
            if (candidate->text() == u"Request deployment…"_s)
                candidate->click();
        auto *dialog = tab->findChild<RequestDialog *>();
        QVERIFY(dialog);
        QVERIFY(says(dialog, u"✓"_s));
        named<QPlainTextEdit>(dialog, u"Justification"_s)->setPlainText(u"First model of its kind."_s);
        dialog->findChild<QPushButton *>(u"act"_s)->click();
        QCOMPARE(named<RowsTable>(tab, u"Deployment requests"_s)->rows()->rowCount(), 1);
    }

    void theRequesterCannotSignAndIsToldWhyAndWhoCould()
    {
        Requested given;
        auto &fixture = given.fixture;
        fixture.as(people::administrator, [](Workspace &workspace) {
            must(workspace.enrolUser("Head, Credit", {Role::developer, Role::approver}, passphrase));
        });
        const auto next = fixture.addReadyVersion(given.model, "2.0");
        const auto own = fixture.as("Head, Credit", [&](Workspace &workspace) {
            return must(workspace.requestDeployment(next, "Better than 1.0."));
        });
        fixture.signInWindow("Head, Credit");
        given.page.showModel(given.model, u"signoffs"_s, QString::fromStdString(own.str()));
        auto *tab = given.page.findChild<QWidget *>(u"signoffs"_s);
        QVERIFY(!button(tab, u"Sign…"_s)->isEnabled());
        QVERIFY(says(tab, u"Nobody signs their own request"_s));
        QVERIFY(says(tab, QString::fromUtf8(people::approver)));
        QVERIFY(button(tab, u"Withdraw…"_s)->isEnabled());
    }

    void theApproverSignsAndKeepsTheReceipt()
    {
        Requested given;
        auto *tab = given.signOffs(people::approver);
        auto *dialog = given.open(tab);
        QVERIFY(dialog);
        QCOMPARE(unnamedControls(dialog), QString());
        auto *act = dialog->findChild<QPushButton *>(u"act"_s);
        QVERIFY(!act->isEnabled());
        dialog->setDecision(Decision::approve);
        QCOMPARE(named<QLabel>(dialog, u"Meaning of the signature"_s)->text(),
                 QString::fromStdString(given.fixture.workspace().policy().meaning(Decision::approve)));
        QVERIFY(!act->isEnabled());
        QTest::keyClicks(named<QLineEdit>(dialog, u"Passphrase"_s), QString::fromUtf8(passphrase));
        QVERIFY(act->isEnabled());
        act->click();
        QVERIFY(given.now().status == RequestStatus::approved);
        QVERIFY(given.fixture.registry().versions.at(given.version).stage == VersionStage::approved);

        auto *receipt = tab->findChild<TextViewer *>();
        QVERIFY(receipt);
        const auto path = given.fixture.filePath(u"receipt.txt"_s);
        given.fixture.dialogs.paths << path;
        receipt->findChild<QPushButton *>(u"save"_s)->click();
        QCOMPARE(*readFile(path.toStdString()), *given.fixture.workspace().receipt(given.request, 0));
    }

    void aWrongPassphraseSignsNothingAndKeepsWhatWasWritten()
    {
        Requested given;
        auto *dialog = given.open(given.signOffs(people::approver));
        dialog->setDecision(Decision::refuse);
        named<QPlainTextEdit>(dialog, u"Comment"_s)->setPlainText(u"Not yet."_s);
        named<QLineEdit>(dialog, u"Passphrase"_s)->setText(u"wrong"_s);
        dialog->findChild<QPushButton *>(u"act"_s)->click();
        QVERIFY(given.now().signOffs.empty());
        QVERIFY(dialog->isVisible());
        QVERIFY(dialog->findChild<MessageBar *>()->isVisible());
        QVERIFY(named<QLineEdit>(dialog, u"Passphrase"_s)->text().isEmpty());
        QCOMPARE(named<QPlainTextEdit>(dialog, u"Comment"_s)->toPlainText(), u"Not yet."_s);
    }

    void conditionsNeedTextExpiryAndComment()
    {
        Requested given;
        auto *dialog = given.open(given.signOffs(people::approver));
        auto *act = dialog->findChild<QPushButton *>(u"act"_s);
        auto *conditions = named<QPlainTextEdit>(dialog, u"Conditions"_s);
        QVERIFY(!conditions->isVisible());
        dialog->setDecision(Decision::approveWithConditions);
        QVERIFY(conditions->isVisible());
        named<QLineEdit>(dialog, u"Passphrase"_s)->setText(QString::fromUtf8(passphrase));
        QVERIFY(!act->isEnabled());
        conditions->setPlainText(u"Watch monthly."_s);
        QVERIFY(!act->isEnabled());
        named<QPlainTextEdit>(dialog, u"Comment"_s)->setPlainText(u"Few young customers."_s);
        QVERIFY(act->isEnabled());
        act->click();
        QVERIFY(given.now().status == RequestStatus::approvedWithConditions);
        QCOMPARE(given.now().signOffs[0].conditions, std::string("Watch monthly."));
        QVERIFY(given.now().signOffs[0].expiresOn > given.fixture.workspace().today());
    }

    void whatChangesWhileTheDialogIsOpenIsNamed()
    {
        Requested given;
        auto *dialog = given.open(given.signOffs(people::approver));
        dialog->setDecision(Decision::approve);
        const auto other = given.fixture.openAgain();
        must(other->signIn(given.fixture.userId(people::validator), passphrase));
        Finding finding;
        finding.model = given.model;
        finding.title = "Wrong sign of income";
        finding.description = "Seen in replication.";
        finding.severity = Severity::low;
        finding.owner = people::owner;
        must(other->raiseFinding(finding));

        named<QLineEdit>(dialog, u"Passphrase"_s)->setText(QString::fromUtf8(passphrase));
        dialog->findChild<QPushButton *>(u"act"_s)->click();
        QVERIFY(given.now().signOffs.empty());
        QVERIFY(dialog->findChild<MessageBar *>()->text().contains(u"Wrong sign of income"_s));
        QVERIFY(named<QLineEdit>(dialog, u"Passphrase"_s)->text().isEmpty());
    }

    void theDecisionBriefIsSavedAsPdfAndHtml()
    {
        Requested given;
        auto *tab = given.signOffs(people::approver);
        const auto pdf = given.fixture.filePath(u"brief.pdf"_s);
        const auto html = given.fixture.filePath(u"brief.html"_s);
        given.fixture.dialogs.paths << pdf << html;
        tab->findChild<QAction *>(u"savePdf"_s)->trigger();
        tab->findChild<QAction *>(u"saveHtml"_s)->trigger();
        QVERIFY(readFile(pdf.toStdString())->starts_with("%PDF"));
        QVERIFY(readFile(html.toStdString())->find("Retail PD") != std::string::npos);
    }

    void aTierIsPublishedAndOverriddenByTwoPeople()
    {
        Tiering tiering;
        auto &fixture = tiering.fixture;
        const auto model = tiering.model;
        auto *tab = tiering.tab;
        auto *publish = button(tab, u"Publish tier"_s);
        QVERIFY(!publish->isEnabled());
        tiering.answerAll();
        named<QPlainTextEdit>(tab, u"Rationale"_s)->setPlainText(u"A small portfolio."_s);
        QVERIFY(publish->isEnabled());
        auto *override = named<QGroupBox>(tab, u"Override the computed tier"_s);
        override->setChecked(true);
        auto *level = named<QComboBox>(tab, u"Tier by override"_s);
        level->setCurrentIndex(level->findData(qlonglong(1)));
        QVERIFY(!publish->isEnabled());
        named<QPlainTextEdit>(tab, u"Reason for the override"_s)->setPlainText(u"The board relies on it."_s);
        QVERIFY(publish->isEnabled());
        publish->click();
        QVERIFY(fixture.dialogs.errors.isEmpty());
        const auto *assessment = fixture.registry().tierOf(model);
        QVERIFY(assessment && assessment->overridePending());
        QVERIFY(!button(tab, u"Confirm override…"_s)->isEnabled());

        fixture.signInWindow(people::approver);
        button(tab, u"Confirm override…"_s)->click();
        auto *confirm = tab->findChild<ConfirmOverrideDialog *>();
        QVERIFY(confirm);
        named<QPlainTextEdit>(confirm, u"Comment"_s)->setPlainText(u"So it is."_s);
        confirm->findChild<QPushButton *>(u"act"_s)->click();
        QCOMPARE(fixture.registry().tierOf(model)->level(), std::int64_t(1));
    }

    void anAnswerThatIsNotKnownMakesTheTierProvisional()
    {
        Tiering tiering;
        auto &fixture = tiering.fixture;
        const auto model = tiering.model;
        auto *tab = tiering.tab;
        auto *scorecard = tiering.scorecard;
        const auto &method = fixture.workspace().policy().tierMethod;
        QVERIFY(method.unknown != UnknownRule::refuse);
        tiering.answerAll();
        const auto first = QString::fromStdString(method.factors.front().question);
        for (auto *choice : scorecard->findChildren<QRadioButton *>())
            if (choice->accessibleDescription() == first && choice->accessibleName().startsWith(u"Not known yet"))
                choice->click();
        QCOMPARE(scorecard->answers().front().answer, std::string(unknownAnswer));
        QVERIFY(named<QLabel>(tab, u"Score"_s)->text().contains(u"provisional"_s));
        named<QPlainTextEdit>(tab, u"Rationale"_s)->setPlainText(u"Exposure is not known before March."_s);
        button(tab, u"Publish tier"_s)->click();
        QVERIFY(fixture.dialogs.errors.isEmpty());
        const auto *assessment = fixture.registry().tierOf(model);
        QVERIFY(assessment && isProvisional(*assessment));
        QCOMPARE(scorecard->answers().front().answer, std::string(unknownAnswer));
        const auto rows = assessmentRows(fixture.workspace().policy(), fixture.registry(), model);
        QVERIFY(rows.front().cells[3].text.endsWith(u"provisional"_s));
    }

    void aDraftOnAnOldMethodIsStaleAndNotPublished()
    {
        WindowFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        fixture.addTier(model);
        fixture.signInWindow(people::owner);
        ModelPage page(fixture.context);
        page.show();
        page.showModel(model, u"tier"_s);
        auto *tab = page.findChild<QWidget *>(u"tier"_s);
        named<QPlainTextEdit>(tab, u"Rationale"_s)->setPlainText(u"Being written"_s);
        QVERIFY(button(tab, u"Publish tier"_s)->isEnabled());
        auto draft = fixture.workspace().policy();
        ++draft.tierMethod.version;
        draft.tierMethod.factors.front().question += " Really?";
        fixture.publish(draft);
        fixture.signInWindow(people::owner);
        page.showModel(model, u"overview"_s);
        page.showModel(model, u"tier"_s);
        QCOMPARE(named<QPlainTextEdit>(tab, u"Rationale"_s)->toPlainText(), u"Being written"_s);
        QVERIFY(!button(tab, u"Publish tier"_s)->isEnabled());
        QVERIFY(button(tab, u"Publish tier"_s)->toolTip().contains(u"stale"_s));
        named<QPlainTextEdit>(tab, u"Rationale"_s)->setPlainText(u"Being written still"_s);
        QVERIFY(!button(tab, u"Publish tier"_s)->isEnabled());
        button(tab, u"Reset to published"_s)->click();
        named<QPlainTextEdit>(tab, u"Rationale"_s)->setPlainText(u"Answered anew."_s);
        QVERIFY(button(tab, u"Publish tier"_s)->isEnabled());
    }

    void aDraftIsKeptBetweenTabsAndReset()
    {
        WindowFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        const auto other = fixture.addModel("CR-002", "Provisions");
        fixture.addTier(model);
        fixture.signInWindow(people::owner);
        ModelPage page(fixture.context);
        page.show();
        page.showModel(model, u"tier"_s);
        auto *tab = page.findChild<QWidget *>(u"tier"_s);
        auto *rationale = named<QPlainTextEdit>(tab, u"Rationale"_s);
        const auto published = rationale->toPlainText();
        rationale->setPlainText(u"Being written"_s);
        page.showModel(model, u"overview"_s);
        page.showModel(other, u"tier"_s);
        QVERIFY(rationale->toPlainText().isEmpty());
        fixture.addFinding(model, "Arrived meanwhile");
        page.showModel(model, u"tier"_s);
        QCOMPARE(rationale->toPlainText(), u"Being written"_s);
        button(tab, u"Reset to published"_s)->click();
        QCOMPARE(rationale->toPlainText(), published);
        QVERIFY(!button(tab, u"Reset to published"_s)->isEnabled());
    }
};

QTEST_MAIN(TestModelSigning)
#include "tst_modelsigning.moc"
