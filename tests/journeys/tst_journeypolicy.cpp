// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QDateEdit>
#include <QFile>
#include <QTabWidget>
#include <QTableView>
#include <QTest>
#include <QTreeView>

#include "core/policy/scope.h"
#include "tests/journeys/person.h"
#include "tests/support/accessibility.h"
#include "ui/pages/policy/drafteditor.h"
#include "ui/pages/policy/packeditor.h"
#include "ui/pages/policy/policypage.h"
#include "ui/pages/policy/proposalview.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

/// Policy, attestation, validation with conditions and deputies, by those who do it, from the window.
class TestJourneyPolicy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPolicyIsEditedSimulatedAndPublishedByKeyboard()
    {
        WorkspaceFixture fixture;
        fixture.addTier(fixture.addModel("CR-001", "Retail PD"));
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::administrator);
        auto *page = qobject_cast<PolicyPage *>(person.openPage("policy"));
        QVERIFY(page);
        page->draftFromForce();
        auto *tree = page->editor()->parts()->tree();
        person.fill(page, u"Find a part"_s, u"Review months"_s);
        QTest::keyClick(named<QLineEdit>(page, u"Find a part"_s), Qt::Key_Return);
        tree->setFocus();
        QTest::keyClick(tree, Qt::Key_Return);
        auto *line = tree->findChild<QLineEdit *>();
        QVERIFY(line);
        line->selectAll();
        QTest::keyClicks(line, u"5"_s);
        QTest::keyClick(line, Qt::Key_Return);
        QTRY_VERIFY(page->editor()->text().contains(u"\"reviewMonths\": 5"_s));
        person.press(page, u"Simulate"_s);
        QVERIFY(Person::reads(page, u"Simulated on 1 model"_s));
        person.press(page, u"Propose…"_s);
        QVERIFY(Person::reads(person.dialog(), u"1 approver"_s));
        QCOMPARE(unnamedControls(person.dialog()), QString());
        person.fill(person.dialog(), u"Reason"_s, u"Twice a year is enough."_s);
        person.press(person.dialog(), u"Propose policy"_s);
        QTRY_VERIFY(Person::noDialog());
        QCOMPARE(person.registry().policies.size(), std::size_t(1));
        QCOMPARE(page->proposals()->waiting(), qsizetype(1));
        QVERIFY(!person.button(page->proposals(), u"Publish"_s)->isEnabled());

        person.become(people::auditor);
        QVERIFY(!person.button(page->proposals(), u"Sign…"_s)->isEnabled());
        page->draftFromForce();
        QVERIFY(!person.button(page, u"Propose…"_s)->isEnabled());

        person.become(people::approver);
        auto *home = person.openPage("home");
        auto *tasks = named<QTableView>(home, u"Waiting for me"_s);
        QCOMPARE(tasks->model()->rowCount(), 1);
        tasks->setCurrentIndex(tasks->model()->index(0, 0));
        tasks->setFocus();
        QTest::keyClick(tasks, Qt::Key_Return);
        page = qobject_cast<PolicyPage *>(person.openPage("policy"));
        page->tabs()->setCurrentWidget(page->proposals());
        QVERIFY(!person.button(page->proposals(), u"Publish"_s)->isEnabled());
        person.press(page->proposals(), u"Sign…"_s);
        QCOMPARE(unnamedControls(person.dialog()), QString());
        const auto *changes = named<QPlainTextEdit>(person.dialog(), u"What it changes"_s);
        QVERIFY(changes && changes->isReadOnly());
        QVERIFY2(changes->toPlainText().endsWith(u"→ 5"_s), qPrintable(changes->toPlainText()));
        person.fill(person.dialog(), u"Passphrase"_s, QString::fromUtf8(passphrase));
        person.press(person.dialog(), u"Sign"_s);
        QTRY_VERIFY(Person::noDialog());
        QCOMPARE(person.registry().policies.size(), std::size_t(1));

        person.become(people::administrator);
        person.dialogs.confirmations << true;
        person.press(page->proposals(), u"Publish"_s);
        QCOMPARE(person.registry().policies.size(), std::size_t(2));
        QCOMPARE(person.workspace().policy().tiers.front().reviewMonths, 5);
        QVERIFY(Person::reads(page, u"is in force"_s));
        QVERIFY(fixture.openAgain(true)->verification().faults.empty());
    }

    void aConflictOfInterestInAPolicyIsSaidAndTheProposalTakenBack()
    {
        WorkspaceFixture fixture;
        auto draft = fixture.workspace().policy();
        draft.version += 1;
        draft.tiers.front().reviewMonths = 7;
        const auto basedOn = fixture.registry().policyHash;
        const auto proposal = fixture.as(people::administrator, [&](Workspace &workspace) {
            return must(workspace.proposePolicy(policyPackText(draft), basedOn, "Twice a year is enough."));
        });
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::approver);
        auto *page = qobject_cast<PolicyPage *>(person.openPage("policy"));
        page->tabs()->setCurrentWidget(page->proposals());
        QVERIFY(!person.button(page->proposals(), u"Withdraw…"_s)->isEnabled());
        person.press(page->proposals(), u"Abstain…"_s);
        QVERIFY(!person.actButton()->isEnabled());
        person.fill(person.dialog(), u"Conflict of interest"_s, u"My brother sells the models."_s);
        person.act();
        QTRY_VERIFY(Person::reads(page->proposals(), u"My brother sells the models."_s));
        QVERIFY(!person.button(page->proposals(), u"Abstain…"_s)->isEnabled());
        QVERIFY(person.registry().proposals.at(proposal).status == ProposalStatus::open);
        QVERIFY(!person.button(page->proposals(), u"Sign…"_s)->isEnabled());
        QVERIFY(
            person.button(page->proposals(), u"Sign…"_s)->toolTip().contains(u"has abstained from this proposal"_s));

        person.become(people::administrator);
        person.press(page->proposals(), u"Withdraw…"_s);
        person.fill(person.dialog(), u"Reason"_s, u"Somebody else is asked first."_s);
        person.act();
        QVERIFY(person.registry().proposals.at(proposal).status == ProposalStatus::withdrawn);
        QVERIFY(fixture.openAgain(true)->verification().faults.empty());
    }

    void aCampaignIsOpenedAnsweredAndSignedOff()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        const auto tool = fixture.addModel("CR-002", "Calculator");
        fixture.as(people::validator, [&](Workspace &workspace) {
            const auto &scope = workspace.policy().scope;
            std::vector<bool> answers;
            std::vector<ScopeAnswer> given;
            while (const auto *question = scopeStep(scope, given).question) {
                answers.push_back(false);
                given.push_back({question->id, question->question, false});
            }
            must(workspace.decideScope(tool, answers, "It adds two numbers."));
        });
        QVERIFY(isOutOfScope(fixture.workspace().policy(), fixture.registry(), tool));
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::administrator);
        auto *page = person.openPage("attestation");
        person.press(page, u"Open a campaign…"_s);
        person.fill(person.dialog(), u"Title"_s, u"Year end"_s);
        person.fill(person.dialog(), u"Questions"_s, u"Is the entry complete and true?"_s);
        QVERIFY2(Person::reads(person.dialog(), u"1 model is asked"_s), "a tool that is no model is not asked");
        const auto today = QDate(2026, 11, 24);
        for (auto *day : person.dialog()->findChildren<QDateEdit *>())
            day->setDate(day->accessibleName() == u"From"_s ? today.addDays(2) : today.addDays(9));
        person.act();
        const auto &campaign = person.registry().campaigns.begin()->second;
        QCOMPARE(modelsOf(campaign), std::vector<ModelId>{model});

        person.become(people::owner);
        QVERIFY(!person.button(page, u"Attest…"_s)->isEnabled());
        QCOMPARE(person.button(page, u"Attest…"_s)->toolTip(), u"It is answered from 2026-11-26 to 2026-12-03."_s);
        fixture.clock().advance(std::chrono::days(2));
        person.become(people::owner);
        person.press(page, u"Attest…"_s);
        person.choose(person.dialog(), u"Answer 1"_s, u"Not applicable"_s);
        QVERIFY(!person.actButton()->isEnabled());
        person.choose(person.dialog(), u"Answer 1"_s, u"Yes"_s);
        person.act();
        QCOMPARE(person.registry().attestations.size(), std::size_t(1));

        person.become(people::administrator);
        person.press(page, u"Sign off…"_s);
        person.fill(person.dialog(), u"Statement"_s, u"All attested."_s);
        person.fill(person.dialog(), u"Passphrase"_s, QLatin1String(passphrase));
        person.act();
        QVERIFY(!person.registry().campaigns.begin()->second.open);

        const auto path = fixture.filePath(u"campaign.csv"_s);
        person.dialogs.paths << path;
        person.press(page, u"Export…"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto exported = QString::fromUtf8(file.readAll());
        QVERIFY(exported.contains(u"CR-001"_s) && exported.contains(u"Model owner, Credit"_s));
        QVERIFY(!exported.contains(u"CR-002"_s));
    }

    void aConditionOfAValidationIsMetByAnother()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        fixture.addTier(model);
        fixture.addVersion(model, "1.0");
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::validator);
        auto *tab = person.openModel(model, u"versions"_s);
        person.press(tab, u"Record validation…"_s);
        person.fill(person.dialog(), u"Summary"_s, u"Ranks well."_s);
        person.fill(person.dialog(), u"Conceptual soundness"_s, u"Few young customers in the sample."_s);
        QVERIFY(!person.actButton()->isEnabled());
        person.fill(person.dialog(), u"Outcomes analysis"_s, u"Not applicable, because none are known."_s);
        person.fill(person.dialog(), u"Ongoing monitoring"_s, u"Monthly."_s);
        person.choose(person.dialog(), u"Outcome"_s,
                      QString::fromStdString(displayName(ValidationOutcome::fitWithConditions)));
        person.fill(person.dialog(), u"Condition 1"_s, u"Refit with the applications of 2026."_s);
        person.act();
        const auto &validation = person.registry().validations.begin()->second;
        QCOMPARE(validation.dueConditions.front().owner, std::string(people::owner));
        QVERIFY(person.registry().models.at(model).nextReviewOn == validation.nextReviewOn);
        person.press(tab, u"Is met…"_s);
        person.fill(person.dialog(), u"Evidence"_s, u"Version 2 was fitted on them."_s);
        person.act();
        QVERIFY(person.registry().validations.begin()->second.dueConditions.front().metOn.has_value());
    }
};

QTEST_MAIN(TestJourneyPolicy)
#include "tst_journeypolicy.moc"
