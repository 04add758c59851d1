// SPDX-License-Identifier: GPL-3.0-or-later
//
// Putting into production and registering in use, through the workspace: tasks, detected issues, imports, the same
// after opening again.
#include <QTest>

#include "core/policy/detected.h"
#include "core/workspace/queues.h"
#include "tests/support/workspacefixture.h"

#include <algorithm>

using namespace countersign;
using namespace countersign::test;

namespace {

std::optional<WaitingTask> deployTask(WorkspaceFixture &fixture, const char *fullName)
{
    const auto tasks = waitingFor(fixture.workspace().policy(), fixture.registry(),
                                  *fixture.registry().userByName(fullName), fixture.workspace().today());
    const auto found = std::ranges::find(tasks, TaskKind::deploy, &WaitingTask::kind);
    return found == tasks.end() ? std::nullopt : std::optional(*found);
}

std::ptrdiff_t withoutApproval(WorkspaceFixture &fixture, const char *day)
{
    const auto issues = detectedIssues(fixture.workspace().policy(), fixture.registry(), *parseDate(day));
    return std::ranges::count(issues, IssueKind::inUseWithoutApproval, &DetectedIssue::kind);
}

} // namespace

class TestDeploymentActs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anApprovedVersionWaitsForWhoIsInCharge()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-014", "Retail PD");
        const auto version = fixture.addReadyVersion(model, "2.1");
        const auto request = fixture.addRequest(version);
        QVERIFY(!deployTask(fixture, people::developer));
        fixture.sign(people::approver, Role::approver, request);
        QVERIFY(deployTask(fixture, people::developer) && deployTask(fixture, people::owner));
        QVERIFY(!deployTask(fixture, people::approver));
        QCOMPARE(deployTask(fixture, people::owner)->title, std::string("Put version 2.1 into production"));

        fixture.addFinding(model, "Young customers");
        QVERIFY(deployTask(fixture, people::owner)->title.find("does not go into production") != std::string::npos);
        const auto refused =
            fixture.as(people::developer, [&](Workspace &workspace) { return workspace.deploy(request); });
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Forbidden);
        const auto again = fixture.addRequest(version);
        QVERIFY(!deployTask(fixture, people::owner));
        fixture.sign(people::approver, Role::approver, again);
        fixture.deploy(again);
        QVERIFY(!deployTask(fixture, people::owner));
        const auto reopened = fixture.openAgain(true);
        QCOMPARE(reopened->registry().versions.at(version).stage, VersionStage::inProduction);
        QVERIFY(reopened->verification().valid());
    }

    void aModelRegisteredInUseIsApprovedInTime()
    {
        WorkspaceFixture fixture;
        auto model = WorkspaceFixture::fullModel("CR-014", "Retail PD");
        model.stage = Stage::inProduction;
        model.lastValidatedOn = parseDate("2026-05-31"); // elsewhere
        const auto id = fixture.addModel(model);         // on 2026-11-24; the policy leaves it 365 days
        QCOMPARE(withoutApproval(fixture, "2027-11-24"), std::ptrdiff_t(0));
        QCOMPARE(withoutApproval(fixture, "2027-11-25"), std::ptrdiff_t(1));
        auto draft = fixture.workspace().policy();
        draft.registration.approvalDays = 0;
        fixture.publish(draft);
        QCOMPARE(withoutApproval(fixture, "2027-11-25"), std::ptrdiff_t(0));
        draft.registration.approvalDays = 30;
        fixture.publish(draft);
        QCOMPARE(withoutApproval(fixture, "2027-11-25"), std::ptrdiff_t(1));
        const auto request = fixture.addRequest(fixture.addReadyVersion(id, "1.0"));
        fixture.sign(people::approver, Role::approver, request);
        QCOMPARE(withoutApproval(fixture, "2027-11-25"), std::ptrdiff_t(1));
        fixture.deploy(request);
        QCOMPARE(withoutApproval(fixture, "2027-11-25"), std::ptrdiff_t(0));
    }

    void whatIsOutOfScopeIsSignedForByTheOutcomeAlone()
    {
        WorkspaceFixture fixture;
        const auto id = fixture.addModel(WorkspaceFixture::fullModel("CR-014", "Fee table"));
        const auto refused = fixture.as(people::developer, [&](Workspace &workspace) {
            return workspace.decideScope(id, {false, false}, "It adds up fees.");
        });
        QVERIFY(!refused);
        QVERIFY(refused.error().what.starts_with("The developer of a model does not decide that it is out of scope"));
        fixture.as(people::validator,
                   [&](Workspace &workspace) { must(workspace.decideScope(id, {false, false}, "It adds up fees.")); });
        const auto version = fixture.addVersion(id, "1.0");
        auto edited = fixture.registry().versions.at(version);
        edited.stage = VersionStage::inProduction;
        QVERIFY(!fixture.as(people::developer, [&](Workspace &workspace) { return workspace.editVersion(edited); }));
        const auto request = fixture.addRequest(version);
        fixture.sign(people::approver, Role::approver, request);
        fixture.deploy(request);
        QCOMPARE(fixture.registry().versions.at(version).stage, VersionStage::inProduction);
        QCOMPARE(fixture.registry().models.at(id).stage, Stage::inProduction);
        QVERIFY(fixture.openAgain(true)->verification().valid());
    }

    void whatIsOutOfScopeIsNotAskedForAnApprovalWhereThePolicyAsksNone()
    {
        WorkspaceFixture fixture;
        auto draft = fixture.workspace().policy();
        for (auto &outcome : draft.scope.outcomes)
            outcome.signatures.clear();
        fixture.publish(draft);
        auto model = WorkspaceFixture::fullModel("CR-014", "Fee table");
        model.stage = Stage::inProduction;
        const auto id = fixture.addModel(model);
        fixture.as(people::validator,
                   [&](Workspace &workspace) { must(workspace.decideScope(id, {false, false}, "It adds up fees.")); });
        QCOMPARE(withoutApproval(fixture, "2030-01-01"), std::ptrdiff_t(0));
        const auto version = fixture.addVersion(id, "1.0");
        const auto asked = fixture.as(
            people::developer, [&](Workspace &workspace) { return workspace.requestDeployment(version, "First."); });
        QVERIFY(!asked);
        QVERIFY(asked.error().what.find("Nobody signs for CR-014") != std::string::npos);
        auto edited = fixture.registry().versions.at(version);
        edited.stage = VersionStage::inProduction;
        fixture.as(people::developer, [&](Workspace &workspace) { must(workspace.editVersion(edited)); });
        QCOMPARE(fixture.registry().versions.at(version).stage, VersionStage::inProduction);
    }

    void anImportedRowOfAStageThatIsNotRegisteredIsNamed()
    {
        WorkspaceFixture fixture;
        QFile file(fixture.filePath(QStringLiteral("inventory.csv")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("Model ID,Model name,Purpose,Owner,Stage\nA-1,One,Sums,\"Model owner, Credit\",Approved\n"
                   "A-2,Two,Sums,\"Model owner, Credit\",In production\n");
        file.close();
        const auto table = must(openInventory(file.fileName().toStdString()));
        const auto plan =
            must(checkInventory(table, guessMapping(table.header), fixture.workspace().policy(), fixture.registry()));
        QCOMPARE(plan.good(), std::int64_t(1));
        QVERIFY(plan.rows[0].errors.front().find("not registered in the stage Approved") != std::string::npos);
        QVERIFY(plan.rows[1].errors.empty());
    }
};

QTEST_APPLESS_MAIN(TestDeploymentActs)
#include "tst_deploymentacts.moc"
