// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QTest>

#include "tests/journeys/person.h"
#include "tests/support/approved.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

namespace {

void askForException(Person &person, QWidget *tab, const QString &reason, const QString &control)
{
    person.press(tab, u"Request exception…"_s);
    person.fill(person.dialog(), u"Requirement"_s, u"Monthly monitoring"_s);
    person.fill(person.dialog(), u"Reason"_s, reason);
    person.fill(person.dialog(), u"Compensating control"_s, control);
    person.act();
}

/// By the owner of the model, who opens its exceptions.
QWidget *askForExceptionAsOwner(Person &person, WorkspaceFixture &fixture, const ModelId &model)
{
    person.sitDownAt(fixture.openAgain(), people::owner);
    auto *tab = person.openModel(model, u"registers"_s, u"exceptions"_s);
    askForException(person, tab, u"The log is late."_s, u"Weekly sample of fifty cases."_s);
    return tab;
}

void select(Person &person, const PolicyException &exception)
{
    person.window.view()->openModel(exception.model, u"registers"_s, QString::fromStdString(exception.id.str()));
}

void becomeNextSigner(Person &person, const PolicyException &exception)
{
    person.become(outstanding(exception).front().role == Role::validator ? people::validator : people::approver);
}

} // namespace

/// What is kept beside a model, alerts, stale sign-offs and issues, from the window.
class TestJourneyRegisters : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anExceptionIsAskedForByOneAndSignedByAnother()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        fixture.addTier(model, 1);
        Person person(fixture.workspace().environment());
        auto *tab = askForExceptionAsOwner(person, fixture, model);
        QCOMPARE(person.registry().exceptions.size(), std::size_t(1));
        const auto exception = person.registry().exceptions.begin()->first;
        for (int signatures = 0; signatures < 4; ++signatures) {
            if (person.registry().exceptions.at(exception).status != ExceptionStatus::requested)
                break;
            becomeNextSigner(person, person.registry().exceptions.at(exception));
            select(person, person.registry().exceptions.at(exception));
            person.press(tab, u"Sign…"_s);
            person.fill(person.dialog(), u"Passphrase"_s, QLatin1String(passphrase));
            person.act();
        }
        QVERIFY(person.registry().exceptions.at(exception).status == ExceptionStatus::approved);
    }

    void nobodyAbstainsFromAnExceptionTwice()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        fixture.addTier(model, 1);
        Person person(fixture.workspace().environment());
        auto *tab = askForExceptionAsOwner(person, fixture, model);
        const auto exception = person.registry().exceptions.begin()->first;
        becomeNextSigner(person, person.registry().exceptions.at(exception));
        select(person, person.registry().exceptions.at(exception));
        person.press(tab, u"Abstain…"_s);
        person.fill(person.dialog(), u"Conflict of interest"_s, u"My sister runs the feed."_s);
        person.act();
        QCOMPARE(person.registry().exceptions.at(exception).abstentions.size(), std::size_t(1));
        select(person, person.registry().exceptions.at(exception));
        QVERIFY(!person.button(tab, u"Abstain…"_s)->isEnabled());
        QVERIFY(person.button(tab, u"Abstain…"_s)->toolTip().contains(u"abstained from this exception already"_s));
    }

    void anExceptionThatIsNotNeededIsGivenUpByWhoAskedForIt()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::developer);
        auto *tab = person.openModel(model, u"registers"_s, u"exceptions"_s);
        askForException(person, tab, u"The feed is rebuilt."_s, u"Weekly sample by hand."_s);
        const auto exception = person.registry().exceptions.begin()->first;
        person.become(people::validator);
        tab = person.openModel(model, u"registers"_s, u"exceptions"_s);
        QVERIFY(!person.button(tab, u"Close…"_s)->isEnabled());
        QVERIFY(person.button(tab, u"Close…"_s)->toolTip().contains(u"given up by who requested it"_s));
        person.become(people::developer);
        tab = person.openModel(model, u"registers"_s, u"exceptions"_s);
        person.press(tab, u"Close…"_s);
        person.fill(person.dialog(), u"Reason"_s, u"The feed is back."_s);
        person.act();
        QVERIFY(person.registry().exceptions.at(exception).status == ExceptionStatus::closed);
        QVERIFY(fixture.openAgain(true)->verification().faults.empty());
    }

    void anExceptionExcusesTheCheckThatItNamesUntilItLapses()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        const auto version = fixture.addVersion(model, "1.0");
        fixture.addDocument(version, DocumentKind::documentation, "documentation.md");
        fixture.addValidation(version);
        fixture.addRun(version);
        fixture.addTier(model, 1);
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::developer);
        person.press(person.openModel(model, u"signoffs"_s), u"Request deployment…"_s);
        QVERIFY(Person::reads(person.dialog(), u"✗ Documentation attached"_s));
        person.cancel();

        auto *tab = person.openModel(model, u"registers"_s, u"exceptions"_s);
        person.press(tab, u"Request exception…"_s);
        person.choose(person.dialog(), u"Excuses"_s, u"Documentation attached"_s);
        person.fill(person.dialog(), u"Requirement"_s, u"Validation report"_s);
        person.fill(person.dialog(), u"Reason"_s, u"The report is being translated."_s);
        person.fill(person.dialog(), u"Compensating control"_s, u"The validator answers questions."_s);
        person.act();
        const auto exception = person.registry().exceptions.begin()->first;
        QCOMPARE(person.registry().exceptions.at(exception).excuses, std::string("documentation"));
        person.become(people::approver);
        person.window.view()->openModel(model, u"registers"_s, QString::fromStdString(exception.str()));
        QTRY_VERIFY(Person::reads(tab, u"Documentation attached"_s));
        person.press(tab, u"Sign…"_s);
        QVERIFY(Person::reads(person.dialog(), u"this counts as met: Documentation attached"_s));
        person.fill(person.dialog(), u"Passphrase"_s, QLatin1String(passphrase));
        person.act();
        QVERIFY(person.registry().exceptions.at(exception).status == ExceptionStatus::approved);

        person.become(people::developer);
        person.press(person.openModel(model, u"signoffs"_s), u"Request deployment…"_s);
        QVERIFY(Person::reads(person.dialog(), u"✓ Documentation attached"_s));
        QVERIFY(Person::reads(person.dialog(), u"by the exception \"Validation report\""_s));
        person.cancel();
        const auto after = person.registry().exceptions.at(exception).expiresOn + std::chrono::days(1);
        for (const auto &check : deploymentChecks(person.workspace().policy(), person.registry(), version, after))
            QVERIFY2(check.id != "documentation" || check.state == CheckState::failed, check.detail.c_str());
    }

    void aBreachBecomesAFinding()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        const auto version = fixture.addVersion(model, "1.0");
        const auto run = fixture.addRun(version, true);
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::validator);
        auto *tab = person.openModel(model, u"monitoring"_s);
        QVERIFY(Person::reads(tab, u"Open alert"_s));
        person.press(tab, u"Raise finding…"_s);
        person.act();
        QVERIFY(Person::noDialog());
        QCOMPARE(person.registry().findings.begin()->second.run, run);
        QVERIFY(Person::reads(tab, u"Answered by the open finding"_s));
    }

    void aSignOffGoesStaleWithTheDifference()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        const auto request = fixture.addRequest(fixture.addReadyVersion(model, "1.0"));
        approveAll(fixture, request);
        QVERIFY(isApproved(fixture.registry().requests.at(request).status));
        fixture.as(people::owner, [&](Workspace &workspace) {
            auto edited = workspace.registry().models.at(model);
            edited.limitations = "Few defaults among customers younger than 25.";
            must(workspace.editModel(edited, "Found in use."));
        });
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::validator);
        auto *home = person.openPage("home");
        QVERIFY(Person::reads(home, u"Detected issues"_s));
        auto *tab = person.openModel(model, u"signoffs"_s);
        QVERIFY(Person::reads(tab, u"Changed since it was signed"_s));
        QVERIFY(person.button(person.window.view()->currentPage(), u"1 stale sign-off"_s)->isVisible() ||
                person.button(person.window.view()->currentPage(), u"2 stale sign-offs"_s)->isVisible());
        QVERIFY(Person::lists(tab, u"younger than 25"_s));
    }

    void anOverlayIsRecordedRenewedAndOpensAFindingWhenItExpires()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::owner);
        auto *tab = person.openModel(model, u"registers"_s, u"overlays"_s);
        person.press(tab, u"Add overlay…"_s);
        person.fill(person.dialog(), u"Title"_s, u"Young customers"_s);
        person.fill(person.dialog(), u"Reason"_s, u"Too few of them in the sample."_s);
        person.fill(person.dialog(), u"Method"_s, u"Half a point on ages below 25."_s);
        person.fill(person.dialog(), u"Unit"_s, u"EUR million"_s);
        person.fill(person.dialog(), u"Amount"_s, u"1.5"_s);
        person.act();
        person.press(tab, u"Amount…"_s);
        person.fill(person.dialog(), u"Amount"_s, u"2.25"_s);
        person.fill(person.dialog(), u"Reason"_s, u"More of them applied."_s);
        person.act();
        person.press(tab, u"Renew…"_s);
        person.fill(person.dialog(), u"Reason"_s, u"The refit is due in autumn."_s);
        person.act();
        const auto &overlay = person.registry().overlays.begin()->second;
        QCOMPARE(overlay.amounts.size(), std::size_t(2));
        QCOMPARE(overlay.amounts.back().amount, 2.25);
        QCOMPARE(overlay.renewals.size(), std::size_t(1));
        QVERIFY(overlay.renewals.front().until == overlay.expiresOn);

        fixture.clock().set(overlay.expiresOn + std::chrono::days(1));
        person.dialogs.confirmations << true; // the first entry for a year
        person.become(people::validator);
        QVERIFY(Person::reads(person.window.view(), u"\"Overlay expired: Young customers\" on Retail PD"_s));
        QVERIFY(std::ranges::any_of(person.registry().findings, [&](const auto &item) {
            return item.second.model == model && item.second.title == "Overlay expired: Young customers";
        }));
    }

    void anIncidentIsRecordedAssignedPlannedAndClosedByAnother()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::validator);
        const auto tab = [&] { return person.openModel(model, u"registers"_s, u"incidents"_s); };
        person.press(tab(), u"Add incident…"_s);
        person.fill(person.dialog(), u"Title"_s, u"Scores of the wrong month"_s);
        person.choose(person.dialog(), u"Severity"_s, u"High"_s);
        person.fill(person.dialog(), u"Impact"_s, u"31 applications decided on old scores."_s);
        person.act();
        QCOMPARE(person.registry().incidents.size(), std::size_t(1));
        const auto id = person.registry().incidents.begin()->first;
        const auto incident = [&] { return person.registry().incidents.at(id); };
        QCOMPARE(incident().owner, std::string(people::owner));
        QCOMPARE(incident().dueOn, std::optional(person.workspace().today() + std::chrono::days(30)));
        QVERIFY(!person.button(tab(), u"Close…"_s)->isEnabled());
        QVERIFY(person.button(tab(), u"Close…"_s)->toolTip().contains(u"Validator, Risk recorded this one"_s));

        person.become(people::owner);
        auto *home = person.openPage("home");
        bool waits = false;
        for (const auto *table : home->findChildren<QTableView *>())
            for (int row = 0; row < table->model()->rowCount(); ++row)
                for (int column = 0; column < table->model()->columnCount(); ++column)
                    waits = waits || table->model()->index(row, column).data().toString() ==
                                         u"Settle the incident: Scores of the wrong month"_s;
        QVERIFY2(waits, "it waits for its owner");
        person.press(tab(), u"Change…"_s);
        person.fill(person.dialog(), u"Plan"_s, u"Score them again and tell the branches."_s);
        person.act();
        QFile file(fixture.filePath(u"scored-again.csv"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("application,score\n1,0.25\n");
        file.close();
        person.press(tab(), u"Evidence…"_s);
        person.fill(person.dialog(), u"What was done"_s, u"All 31 scored again."_s);
        person.dialogs.paths << file.fileName();
        person.press(person.dialog(), u"Attach file…"_s);
        person.act();
        QCOMPARE(incident().evidence.size(), std::size_t(1));
        QCOMPARE(incident().evidence.front().files.front().fileName, std::string("scored-again.csv"));
        QVERIFY(Person::lists(tab(), u"scored-again.csv"_s));
        QCOMPARE(incident().plan, std::string("Score them again and tell the branches."));
        QVERIFY(person.button(tab(), u"Close…"_s)->toolTip().contains(u"gave evidence of this one"_s));

        fixture.as(people::administrator, [](Workspace &workspace) {
            must(workspace.enrolUser("Validator, Markets", {Role::validator}, passphrase));
        });
        person.command("view.refresh");
        QVERIFY(person.button(tab(), u"Close…"_s)->toolTip().contains(u"Who could: Validator, Markets"_s));
        person.become("Validator, Markets");
        person.press(tab(), u"Close…"_s);
        person.fill(person.dialog(), u"Cause"_s, u"A job ran late."_s);
        person.fill(person.dialog(), u"Action"_s, u"All 31 scored again; an alarm is set."_s);
        person.act();
        QVERIFY(!incident().open);
    }

    void aLimitationHasAnOwnerAndADayAndIsClosedByAnother()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::developer);
        const auto tab = [&] { return person.openModel(model, u"registers"_s, u"limitations"_s); };
        person.press(tab(), u"Add limitation…"_s);
        person.fill(person.dialog(), u"Title"_s, u"Young customers"_s);
        person.choose(person.dialog(), u"Severity"_s, u"High"_s);
        person.fill(person.dialog(), u"Effect"_s, u"Few defaults below the age of 21."_s);
        person.act();
        const auto limitation = [&] { return person.registry().limitations.begin()->second; };
        QVERIFY(limitation().severity == Severity::high);
        QCOMPARE(limitation().owner, std::string(people::owner));
        QCOMPARE(limitation().dueOn, std::optional(person.workspace().today() + std::chrono::days(180)));
        QVERIFY(person.button(tab(), u"Close…"_s)->toolTip().contains(u"Who could: Validator, Risk"_s));
        person.become(people::validator);
        person.press(tab(), u"Close…"_s);
        person.fill(person.dialog(), u"Reason"_s, u"The refit ranks them like all others."_s);
        person.act();
        QVERIFY(!limitation().open);
        QCOMPARE(limitation().closingReason, std::string("The refit ranks them like all others."));
        auto *shown = tab();
        Person::table(shown, u"Limitations"_s)->selectFirst();
        QTRY_VERIFY(Person::reads(shown, u"The refit ranks them like all others."_s));
    }

    void anIssueIsOpenedByItselfWhenSomebodyWhoMaySitsDown()
    {
        WorkspaceFixture fixture;
        auto used = WorkspaceFixture::fullModel("CR-001", "Retail PD");
        used.actualUse = "Price loans to companies";
        const auto model = fixture.as(people::administrator,
                                      [&](Workspace &workspace) { return must(workspace.registerModel(used)); });
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::auditor);
        auto *home = person.openPage("home");
        QVERIFY2(Person::reads(home, u"1 detected issue is not opened as findings yet"_s), "an auditor sees it listed");
        QVERIFY(person.registry().findings.empty());

        person.become(people::validator);
        auto *view = person.window.view();
        QVERIFY(Person::reads(view, u"Detected by the program and opened as 1 finding, with your signature"_s));
        QVERIFY(!Person::reads(home, u"not opened as findings yet"_s));
        QCOMPARE(person.registry().findings.size(), std::size_t(1));
        const auto finding = person.registry().findings.begin()->second;
        QCOMPARE(finding.model, model);
        person.press(view, u"Show"_s);
        QCOMPARE(view->currentPage()->pageId(), u"model"_s);
        QVERIFY(Person::reads(view->currentPage(), u"By the program, with the signature of Validator, Risk"_s));

        person.become(people::approver);
        QVERIFY(!Person::reads(view, u"Detected by the program and opened"_s));
        person.openModel(model, u"overview"_s);
        must(person.workspace().closeFinding(finding.id, "The use was approved by the committee."));
        fixture.clock().advance(std::chrono::days(30));
        person.become(people::validator);
        QVERIFY2(Person::reads(view, u"Detected by the program and opened as 1 finding"_s), "it still stands");
    }

    void aConflictOfInterestIsSaidAndNobodyLessIsAskedFor()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        const auto request = fixture.addRequest(fixture.addReadyVersion(model, "1.0"));
        const auto needed = fixture.registry().requests.at(request).required.size();
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::approver);
        auto *tab = person.openModel(model, u"signoffs"_s);
        QVERIFY(Person::reads(tab, u"time approves nothing"_s));
        person.press(tab, u"Abstain…"_s);
        person.fill(person.dialog(), u"Conflict of interest"_s, u"My brother sells it."_s);
        person.act();
        QCOMPARE(person.registry().requests.at(request).abstentions.size(), std::size_t(1));
        QCOMPARE(person.registry().requests.at(request).required.size(), needed);
        QVERIFY(!person.button(tab, u"Sign…"_s)->isEnabled());
        QVERIFY(Person::reads(tab, u"abstained"_s));
    }
};

QTEST_MAIN(TestJourneyRegisters)
#include "tst_journeyregisters.moc"
