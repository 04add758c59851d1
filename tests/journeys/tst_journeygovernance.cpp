// SPDX-License-Identifier: GPL-3.0-or-later
#include <QRadioButton>
#include <QTest>

#include "tests/journeys/person.h"
#include "tests/support/accessibility.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

/// Monitoring, tier and sign-off, from the window.
class TestJourneyGovernance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void monitoringIsRunLookedAtRecordedAndExplained()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        fixture.addVersion(model, "1.0");
        const auto log = fixture.scoringLog(true);
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::owner);
        auto *tab = person.openModel(model, u"monitoring"_s);
        person.press(tab, u"New run…"_s);
        auto *setUp = person.dialog();
        QCOMPARE(unnamedControls(setUp), QString());
        person.dialogs.paths << QString::fromStdString(log.path);
        person.press(setUp, u"Choose log…"_s);
        QTRY_VERIFY(person.button(setUp, u"Run"_s)->isEnabled());
        person.press(setUp, u"Run"_s);
        QTRY_VERIFY(Person::reads(setUp, u"Nothing is recorded yet"_s));
        QVERIFY(person.registry().runs.empty());
        person.press(setUp, u"Record"_s);
        QTRY_VERIFY(Person::noDialog());
        QCOMPARE(person.registry().runs.size(), std::size_t(1));
        const auto &run = person.registry().runs.begin()->second;
        QVERIFY(run.health == Health::red);
        QCOMPARE(run.rows, std::int64_t(1200));

        QVERIFY(!person.button(tab, u"Explain breach…"_s)->isEnabled()); // red, and their own model
        person.sitDownAt(fixture.openAgain(), people::validator);
        tab = person.openModel(model, u"monitoring"_s);
        person.press(tab, u"Explain breach…"_s);
        person.dialog()->findChild<QPlainTextEdit *>()->setPlainText(u"A campaign in June, ended since."_s);
        person.press(person.dialog(), u"Accept with this explanation"_s);
        QCOMPARE(person.registry().runs.begin()->second.explanation, std::string("A campaign in June, ended since."));
    }

    void aTierIsAssessedAndPublished()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::owner);
        auto *tab = person.openModel(model, u"tier"_s);
        QVERIFY(!person.button(tab, u"Publish tier"_s)->isEnabled());
        double expected = 0;
        for (const auto &factor : person.workspace().policy().tierMethod.factors) {
            const auto &answer = factor.answers.back();
            expected += factor.weight * answer.points;
            QList<QRadioButton *> same;
            for (auto *choice : tab->findChildren<QRadioButton *>())
                if (choice->accessibleName() == QString::fromStdString(answer.text))
                    same << choice;
            QVERIFY(!same.isEmpty());
            same.front()->click();
        }
        person.fill(tab, u"Rationale"_s, u"Decides about every retail loan."_s);
        person.press(tab, u"Publish tier"_s);
        const auto *tier = person.registry().tierOf(model);
        QVERIFY(tier);
        QVERIFY(qAbs(tier->score - expected) < 1e-6);
        QCOMPARE(tier->rationale, std::string("Decides about every retail loan."));
    }

    void aVersionIsRequestedAndSignedByTwo()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        const auto version = fixture.addReadyVersion(model, "1.0");
        fixture.addTier(model, 1);
        const auto level = fixture.registry().tierOf(model)->level();
        QCOMPARE(fixture.workspace().policy().tier(level)->signatures.size(), std::size_t(2));

        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::developer);
        auto *tab = person.openModel(model, u"signoffs"_s);
        person.press(tab, u"Request deployment…"_s);
        person.fill(person.dialog(), u"Justification"_s, u"First model of its kind."_s);
        person.act();
        QCOMPARE(person.registry().requests.size(), std::size_t(1));
        const auto request = person.registry().requests.begin()->first;

        for (const auto *signer : {people::validator, people::approver}) {
            person.become(signer);
            auto *home = person.openPage("home");
            QVERIFY(Person::reads(home, u"Waiting for me"_s));
            tab = person.openModel(model, u"signoffs"_s);
            person.signOff(tab, u"Approve"_s);
            person.closeReceipt();
        }
        QVERIFY(person.registry().requests.at(request).status == RequestStatus::approved);
        QCOMPARE(person.registry().requests.at(request).signOffs.size(), std::size_t(2));
        QVERIFY(person.registry().versions.at(version).stage == VersionStage::approved);
        QVERIFY(Person::reads(tab, u"Approved, and not in production."_s));
        QVERIFY(!person.button(tab, u"Put into production…"_s)->isEnabled());

        person.become(people::developer);
        QVERIFY(Person::lists(person.openPage("home"), u"Put version 1.0 into production"_s));
        tab = person.openModel(model, u"signoffs"_s);
        person.press(tab, u"Put into production…"_s);
        QVERIFY(Person::reads(person.dialog(), u"Version 1.0 goes into production."_s));
        person.act();
        QVERIFY(person.registry().versions.at(version).stage == VersionStage::inProduction);
        QVERIFY(Person::reads(tab, u"Version 1.0 is in production since"_s));
    }

    void whatWasApprovedAndChangedDoesNotGoIntoProduction()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        const auto request = fixture.addRequest(fixture.addReadyVersion(model, "1.0"));
        fixture.sign(people::approver, Role::approver, request);
        fixture.addFinding(model, "Young customers");

        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::developer);
        auto *tab = person.openModel(model, u"signoffs"_s);
        QVERIFY(!person.button(tab, u"Put into production…"_s)->isEnabled());
        QVERIFY(Person::reads(tab, u"has changed since (Raised the medium finding"_s));
        QVERIFY(Person::reads(tab, u"Request the deployment again."_s));
        QVERIFY(Person::lists(person.openPage("home"), u"does not go into production"_s));
    }

    void aConditionOfTheApprovalIsOwedAndMet()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        const auto request = fixture.addRequest(fixture.addReadyVersion(model, "1.0"));

        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::approver);
        auto *tab = person.openModel(model, u"signoffs"_s);
        person.press(tab, u"Sign…"_s);
        auto *dialog = person.dialog();
        person.press(dialog, u"Approve with conditions"_s);
        person.press(dialog, u"Add a condition"_s);
        person.fill(dialog, u"Condition 1"_s, u"Report on young customers."_s);
        person.choose(dialog, u"Owner of condition 1"_s, QLatin1String(people::owner));
        person.fill(dialog, u"Comment"_s, u"Few defaults below 21."_s);
        person.fill(dialog, u"Passphrase"_s, QString::fromUtf8(passphrase));
        person.act();
        person.closeReceipt();
        const auto &owed = [&]() -> const DueCondition & {
            return person.registry().requests.at(request).signOffs.front().dueConditions.front();
        };
        QCOMPARE(owed().owner, std::string(people::owner));
        auto *conditions = Person::table(tab, u"Owed under the approval"_s);
        QVERIFY(conditions && conditions->isVisible());

        person.become(people::owner);
        QVERIFY(Person::lists(person.openPage("home"), u"Report on young customers."_s));
        tab = person.openModel(model, u"signoffs"_s);
        conditions = Person::table(tab, u"Owed under the approval"_s);
        conditions->selectFirst();
        QVERIFY(!person.button(tab, u"Met…"_s)->isEnabled());

        person.become(people::validator);
        tab = person.openModel(model, u"signoffs"_s);
        conditions = Person::table(tab, u"Owed under the approval"_s);
        conditions->selectFirst();
        person.press(tab, u"Met…"_s);
        person.fill(person.dialog(), u"Evidence"_s, u"Read the report."_s);
        person.act();
        QVERIFY(owed().metOn);
        QCOMPARE(owed().evidence, std::string("Read the report."));
    }

    void nobodySignsTheirOwnRequest()
    {
        WorkspaceFixture fixture;
        fixture.as(people::administrator, [](Workspace &workspace) {
            must(workspace.enrolUser("Head, Credit", {Role::developer, Role::approver}, passphrase));
        });
        const auto model = fixture.addModel("CR-001", "Retail PD");
        const auto version = fixture.addReadyVersion(model, "1.0");
        const auto request = fixture.as("Head, Credit", [&](Workspace &workspace) {
            return must(workspace.requestDeployment(version, "Better."));
        });
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), "Head, Credit");
        auto *tab = person.openModel(model, u"signoffs"_s);
        QVERIFY(!person.button(tab, u"Sign…"_s)->isEnabled());
        QVERIFY(Person::reads(tab, u"Nobody signs their own request"_s));

        SignOffInput past;
        past.role = Role::approver;
        past.decision = Decision::approve;
        past.shown = must(person.workspace().brief(request)).covered;
        past.passphrase = passphrase;
        const auto refused = person.workspace().sign(request, past);
        QVERIFY(!refused && refused.error().code == ErrorCode::Forbidden);
    }

    void aRequestIsWithdrawnByWhoOpenedItAndByNobodyElseButAnAdministrator()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        const auto request = fixture.addRequest(fixture.addReadyVersion(model, "1.0"));
        const auto requester = fixture.registry().requests.at(request).by;
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::owner);
        const bool theirs = person.workspace().user()->id == requester;
        auto *tab = person.openModel(model, u"signoffs"_s);
        QCOMPARE(person.button(tab, u"Withdraw…"_s)->isEnabled(), theirs);
        person.become(theirs ? people::developer : people::owner);
        tab = person.openModel(model, u"signoffs"_s);
        QVERIFY(!person.button(tab, u"Withdraw…"_s)->isEnabled());
        QVERIFY(person.button(tab, u"Withdraw…"_s)->toolTip().contains(u"withdrawn by who opened it"_s));
        person.become(people::administrator);
        tab = person.openModel(model, u"signoffs"_s);
        person.press(tab, u"Withdraw…"_s);
        QVERIFY(!person.actButton()->isEnabled());
        person.fill(person.dialog(), u"Reason"_s, u"The data of June come first."_s);
        person.act();
        QVERIFY(person.registry().requests.at(request).status == RequestStatus::withdrawn);
        QVERIFY(fixture.openAgain(true)->verification().faults.empty());
    }

    void aRefusalNeedsAReasonAndEndsTheRequest()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        const auto request = fixture.addRequest(fixture.addReadyVersion(model, "1.0"));
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::approver);
        auto *tab = person.openModel(model, u"signoffs"_s);
        person.press(tab, u"Sign…"_s);
        person.press(person.dialog(), u"Refuse"_s);
        person.fill(person.dialog(), u"Passphrase"_s, QLatin1String(passphrase));
        QVERIFY(!person.actButton()->isEnabled());
        person.fill(person.dialog(), u"Comment"_s, u"The log covers six months only."_s);
        person.act();
        QVERIFY(person.registry().requests.at(request).status == RequestStatus::refused);
    }
};

QTEST_MAIN(TestJourneyGovernance)
#include "tst_journeygovernance.moc"
