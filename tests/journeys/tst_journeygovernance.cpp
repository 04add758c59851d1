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
        QVERIFY(person.registry().versions.at(version).stage == VersionStage::inProduction);
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
