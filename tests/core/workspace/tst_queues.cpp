// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/policy/rerating.h"
#include "core/workspace/queues.h"
#include "tests/support/workspacefixture.h"

using namespace countersign;
using namespace countersign::test;

namespace {

CampaignId openYearEndAttestation(WorkspaceFixture &fixture)
{
    Campaign campaign;
    campaign.title = "Year-end attestation";
    campaign.questions = {"Is the entry complete and true?"};
    campaign.from = *parseDate("2026-11-24");
    campaign.until = *parseDate("2026-12-31");
    return fixture.as(people::approver, [&](Workspace &workspace) { return must(workspace.openCampaign(campaign)); });
}

} // namespace

/// The lists of the Home page.
class TestQueues : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRequestWaitsForThoseWhoMaySignItAndForNobodyElse()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-014", "Retail PD");
        const auto version = fixture.addReadyVersion(model, "2.1");
        const auto request = fixture.addRequest(version);
        const auto waits = [&](const char *fullName) {
            const auto tasks = tasksOf(fixture, fullName);
            return std::any_of(tasks.begin(), tasks.end(), [&](const WaitingTask &task) {
                return task.kind == TaskKind::signRequest && task.id == request.str();
            });
        };
        QVERIFY(waits(people::approver));
        QVERIFY(!waits(people::developer));
        QVERIFY(!waits(people::owner));
        QVERIFY(!waits(people::executive));
        fixture.sign(people::approver, Role::approver, request, Decision::refuse);
        QVERIFY(!waits(people::approver));
    }

    void whoeverIsInChargeHearsOfMissingTiersAndUnexplainedBreaches()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-014", "Retail PD");
        QCOMPARE(kindsOf(fixture, people::owner), std::vector<TaskKind>{TaskKind::assessTier});
        fixture.addTier(model);
        QVERIFY(tasksOf(fixture, people::owner).empty());
        const auto version = fixture.addVersion(model, "2.1");
        const auto run = fixture.addRun(version, true);
        QCOMPARE(kindsOf(fixture, people::owner), (std::vector{TaskKind::assessTier, TaskKind::explainBreach}));
        QVERIFY(tasksOf(fixture, people::approver).empty());
        // Red monitoring brings the review forward too.
        QCOMPARE(kindsOf(fixture, people::validator), (std::vector{TaskKind::validate, TaskKind::explainBreach}));
        QVERIFY(tasksOf(fixture, people::owner)[1].title.starts_with("Answer "));
        QVERIFY(tasksOf(fixture, people::validator)[1].title.starts_with("Explain "));
        fixture.as(people::validator, [&](Workspace &workspace) { must(workspace.explainRun(run, "A campaign.")); });
        QCOMPARE(kindsOf(fixture, people::validator), std::vector{TaskKind::validate});
        QCOMPARE(kindsOf(fixture, people::owner), std::vector<TaskKind>{TaskKind::assessTier});
        fixture.addTier(model);
        QVERIFY(tasksOf(fixture, people::owner).empty());
    }

    void aMonitoringRunFallsDueByTheIntervalOfTheTier()
    {
        WorkspaceFixture fixture;
        auto draft = fixture.workspace().policy();
        draft.ratingTriggers.clear();
        fixture.publish(draft);
        auto record = WorkspaceFixture::fullModel("CR-014", "Retail PD");
        record.stage = Stage::inProduction;
        const auto model = fixture.addModel(record);
        fixture.addTier(model, 1); // every three months
        const auto version = fixture.addVersion(model, "2.1");
        fixture.addRun(version);
        const auto &pack = fixture.workspace().policy();
        const auto due = monthsAfter(fixture.workspace().today(), pack.tier(2)->monitoringMonths);
        const auto tasks = [&](Date day) {
            auto all = waitingFor(pack, fixture.registry(), *fixture.registry().userByName(people::developer), day);
            std::erase_if(all, [](const WaitingTask &task) { return task.kind != TaskKind::monitor; });
            return all;
        };
        QVERIFY(tasks(due - std::chrono::days(monitoringHorizon + 1)).empty());
        QCOMPARE(tasks(due).size(), std::size_t(1));
        QCOMPARE(tasks(due)[0].id, version.str());
        QCOMPARE(tasks(due)[0].due, std::optional(due));
        QCOMPARE(tasks(due + std::chrono::days(2))[0].days, std::int64_t(2));
        const auto late = [&](Date day) {
            auto all = overdue(pack, fixture.registry(), day);
            std::erase_if(all, [](const OverdueItem &item) { return item.kind != OverdueKind::monitoring; });
            return all;
        };
        QVERIFY(late(due).empty());
        QCOMPARE(late(due + std::chrono::days(1)).size(), std::size_t(1));
        QCOMPARE(late(due + std::chrono::days(1))[0].days, std::int64_t(1));
        QVERIFY(late(due + std::chrono::days(1))[0].title.starts_with("Tier 2, material is monitored every 3 months"));
    }

    void aTierIsAssessedAgainWhenThePolicySaysSo()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-014", "Retail PD");
        fixture.addVersion(model, "1.0");
        fixture.addTier(model);
        const auto &pack = fixture.workspace().policy();
        const auto today = fixture.workspace().today();
        const auto again = [&](Date day) { return reratings(pack, fixture.registry(), day); };
        QVERIFY(again(today).empty());

        const auto *tier = pack.tier(fixture.registry().tierOf(model)->level());
        QVERIFY(tier && tier->ratingMonths > 0);
        const auto due = monthsAfter(today, tier->ratingMonths);
        QVERIFY(again(due - std::chrono::days(1)).empty());
        QCOMPARE(again(due).at(model).since, due);
        QVERIFY(again(due).at(model).reason.ends_with("months."));

        QVERIFY(pack.ratingTriggers.contains(RatingTrigger::newVersion));
        fixture.addVersion(model, "2.0");
        QCOMPARE(again(today).at(model).reason, std::string("Version 2.0 was registered."));
        const auto tasks = tasksOf(fixture, people::owner);
        QCOMPARE(tasks.size(), std::size_t(1));
        QCOMPARE(tasks.front().kind, TaskKind::assessTier);
        QCOMPARE(tasks.front().title, std::string("Assess the risk tier again: Version 2.0 was registered."));
        QVERIFY(tasksOf(fixture, people::approver).empty());

        fixture.addTier(model);
        QVERIFY(again(today).empty());
        Finding finding;
        finding.model = model;
        finding.title = "The sample is old";
        finding.severity = Severity::high;
        finding.owner = people::owner;
        fixture.as(people::validator, [&](Workspace &workspace) { must(workspace.raiseFinding(finding)); });
        QVERIFY(again(today).at(model).reason.find("The sample is old") != std::string::npos);

        fixture.as(people::owner,
                   [&](Workspace &workspace) { must(workspace.retireModel(model, "Replaced.", today)); });
        QVERIFY(again(today).empty());
    }

    void anOverrideWaitsForASecondPerson()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-014", "Retail PD");
        const auto first = fixture.addTier(model);
        const auto level = fixture.registry().assessments.at(first).computedLevel;
        const auto id = fixture.as(people::owner, [&](Workspace &workspace) {
            return must(workspace.publishTier(model, fixture.answers(0), "Larger.",
                                              TierOverride{level == 1 ? 2 : level - 1, "Larger than it seems."}));
        });
        const std::vector<TaskKind> review{TaskKind::validate};
        QCOMPARE(kindsOf(fixture, people::validator),
                 (std::vector<TaskKind>{TaskKind::validate, TaskKind::confirmOverride}));
        QVERIFY(tasksOf(fixture, people::owner).empty());
        fixture.as(people::validator, [&](Workspace &workspace) { must(workspace.confirmOverride(id, "Yes.")); });
        QCOMPARE(kindsOf(fixture, people::validator), review);
    }

    void aFindingWaitsForItsOwner()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-014", "Retail PD");
        fixture.addTier(model);
        const auto finding = fixture.addFinding(model, "Young customers");
        const auto tasks = tasksOf(fixture, people::owner);
        QCOMPARE(tasks.size(), std::size_t(1));
        QCOMPARE(tasks.front().id, finding.str());
        QCOMPARE(kindsOf(fixture, people::validator), // who raised it does not close it
                 std::vector<TaskKind>{TaskKind::validate});
    }

    void aReviewWaitsForTheValidatorWhenItIsNear()
    {
        WorkspaceFixture fixture;
        auto near = WorkspaceFixture::fullModel("A-1", "Near");
        near.nextReviewOn = parseDate("2026-12-28");
        auto far = WorkspaceFixture::fullModel("A-2", "Far");
        far.nextReviewOn = parseDate("2027-12-28");
        const auto id = fixture.addModel(near);
        fixture.addModel(far);
        const auto tasks = tasksOf(fixture, people::validator);
        QCOMPARE(tasks.size(), std::size_t(1));
        QCOMPARE(tasks.front().kind, TaskKind::validate);
        QCOMPARE(tasks.front().model, id);
        QVERIFY(tasksOf(fixture, people::approver).empty());
    }

    void aConditionWaitsForWhoeverOwesItUntilItIsMet()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-014", "Retail PD");
        fixture.addTier(model);
        Validation validation = outlined();
        validation.version = fixture.addVersion(model, "1");
        validation.outcome = ValidationOutcome::fitWithConditions;
        validation.summary = "Ranks well; young customers are few.";
        DueCondition condition;
        condition.text = "Refit with the applications of 2026.";
        condition.owner = people::owner;
        condition.dueOn = *parseDate("2026-12-31");
        validation.dueConditions = {condition};
        validation.nextReviewOn = parseDate("2028-01-31");
        const auto id = fixture.as(people::validator,
                                   [&](Workspace &workspace) { return must(workspace.recordValidation(validation)); });
        QCOMPARE(kindsOf(fixture, people::owner), std::vector<TaskKind>{TaskKind::meetCondition});
        QVERIFY(tasksOf(fixture, people::validator).empty()); // completing set the next date
        fixture.as(people::validator, [&](Workspace &workspace) {
            must(workspace.meetCondition(id, 0, "Version 2 was fitted on them."));
        });
        QVERIFY(tasksOf(fixture, people::owner).empty());
    }

    void aCampaignWaitsForTheOwnersOfItsModels()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-014", "Retail PD");
        fixture.addTier(model);
        const auto id = openYearEndAttestation(fixture);
        QCOMPARE(kindsOf(fixture, people::owner), std::vector<TaskKind>{TaskKind::attest});
        fixture.as(people::owner,
                   [&](Workspace &workspace) { must(workspace.attest(id, model, {AttestationLine{}})); });
        QVERIFY(tasksOf(fixture, people::owner).empty());
    }

    void aCampaignWaitsForTheDeputyOfAnOwnerToo()
    {
        constexpr auto deputy = "Model owner, Mortgages";
        WorkspaceFixture fixture;
        fixture.as(people::administrator,
                   [&](Workspace &workspace) { must(workspace.enrolUser(deputy, {Role::modelOwner}, passphrase)); });
        auto draft = fixture.workspace().policy();
        draft.deputies.push_back({people::owner, deputy, *parseDate("2026-11-01"), *parseDate("2026-12-31")});
        fixture.publish(draft);
        const auto model = fixture.addModel("CR-014", "Retail PD");
        fixture.addTier(model);
        openYearEndAttestation(fixture);
        QCOMPARE(kindsOf(fixture, people::owner), std::vector<TaskKind>{TaskKind::attest});
        QCOMPARE(kindsOf(fixture, deputy), std::vector<TaskKind>{TaskKind::attest});
        QVERIFY(tasksOf(fixture, deputy).front().title.find(std::string("for ") + people::owner) != std::string::npos);
    }

    void alertsShowTheLatestRunWorstFirst()
    {
        WorkspaceFixture fixture;
        const auto calm = fixture.addVersion(fixture.addModel("A-1", "Calm"), "1");
        const auto drifting = fixture.addVersion(fixture.addModel("A-2", "Drifting"), "1");
        fixture.addRun(calm);
        fixture.addRun(drifting, true);
        const auto run = fixture.addRun(drifting, true);
        const auto alerts = driftAlerts(fixture.registry());
        QCOMPARE(alerts.size(), std::size_t(1));
        QCOMPARE(alerts.front().run, run);
        QCOMPARE(alerts.front().health, Health::red);
        QVERIFY(alerts.front().breaches > 0);
        QVERIFY(!alerts.front().explained);
        QVERIFY(alerts.front().worst.value > alerts.front().worst.limit);
    }

    void aGreenRunLeavesAnAlertOpenUntilItIsAnswered()
    {
        WorkspaceFixture fixture;
        const auto recovered = fixture.addVersion(fixture.addModel("A-3", "Recovered"), "1");
        const auto red = fixture.addRun(recovered, true);
        fixture.addRun(recovered);
        const auto alerts = driftAlerts(fixture.registry());
        QCOMPARE(alerts.size(), std::size_t(1));
        QCOMPARE(alerts.front().run, red);
        QVERIFY(alerts.front().open());
        const auto asked = [&] { return std::ranges::count(kindsOf(fixture, people::owner), TaskKind::explainBreach); };
        QCOMPARE(asked(), 1);
        fixture.as(people::validator, [&](Workspace &workspace) {
            const auto explained = workspace.explainRun(red, "A campaign that has ended.");
            QVERIFY2(explained.ok(), explained.ok() ? "" : explained.error().text().c_str());
        });
        QVERIFY(driftAlerts(fixture.registry()).empty());
        QCOMPARE(asked(), 0);
    }

    void overdueItemsAreSortedByHowLong()
    {
        WorkspaceFixture fixture;
        Model late = WorkspaceFixture::fullModel("A-1", "Late");
        late.nextReviewOn = parseDate("2026-11-14");
        Model later = WorkspaceFixture::fullModel("A-2", "Later still");
        later.nextReviewOn = parseDate("2025-11-24");
        Model today = WorkspaceFixture::fullModel("A-3", "Today");
        today.nextReviewOn = parseDate("2026-11-24");
        const auto first = fixture.addModel(late);
        fixture.addModel(later);
        fixture.addModel(today);
        Finding finding;
        finding.model = first;
        finding.title = "Old finding";
        finding.owner = people::owner;
        finding.dueOn = parseDate("2026-11-23");
        fixture.as(people::validator, [&](Workspace &workspace) { must(workspace.raiseFinding(finding)); });
        const auto items = overdue(fixture.workspace().policy(), fixture.registry(), *parseDate("2026-11-24"));
        QCOMPARE(items.size(), std::size_t(3));
        QCOMPARE(items[0].days, 365);
        QCOMPARE(items[1].days, 10);
        QCOMPARE(items[2].days, 1);
        QCOMPARE(items[2].kind, OverdueKind::finding);
    }

    void anExpiredConditionIsOverdueUntilANewerApproval()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-014", "Retail PD");
        const auto version = fixture.addReadyVersion(model, "2.1");
        const auto request = fixture.addRequest(version);
        fixture.sign(people::approver, Role::approver, request, Decision::approveWithConditions);
        const auto conditions = [&](const char *day) {
            const auto items = overdue(fixture.workspace().policy(), fixture.registry(), *parseDate(day));
            return std::count_if(items.begin(), items.end(),
                                 [](const OverdueItem &item) { return item.kind == OverdueKind::condition; });
        };
        QCOMPARE(conditions("2027-06-30"), 0);
        QCOMPARE(conditions("2027-07-01"), 1);
        const auto next = fixture.addVersion(model, "2.2");
        fixture.addDocument(next, DocumentKind::documentation, "documentation.md");
        fixture.addRun(next);
        fixture.sign(people::approver, Role::approver, fixture.addRequest(next));
        QCOMPARE(conditions("2027-07-01"), 0);
    }

private:
    static std::vector<WaitingTask> tasksOf(WorkspaceFixture &fixture, const char *fullName)
    {
        const User *user = fixture.registry().userByName(fullName);
        return waitingFor(fixture.workspace().policy(), fixture.registry(), *user);
    }
    static std::vector<TaskKind> kindsOf(WorkspaceFixture &fixture, const char *fullName)
    {
        std::vector<TaskKind> kinds;
        for (const WaitingTask &task : tasksOf(fixture, fullName))
            kinds.push_back(task.kind);
        return kinds;
    }
};

QTEST_GUILESS_MAIN(TestQueues)
#include "tst_queues.moc"
