// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/policy/detected.h"
#include "core/policy/reviewqueue.h"
#include "core/policy/scope.h"
#include "core/policy/staleness.h"
#include "core/report/reports.h"
#include "core/workspace/portfolio.h"
#include "core/workspace/queues.h"
#include "tests/support/workspacefixture.h"

using namespace countersign;
using namespace countersign::test;

namespace {

/// What the register says about the one model of a fixture, as counts.
struct Asked
{
    std::size_t tiers = 0;
    std::size_t reviews = 0;
    std::size_t issues = 0;
    std::size_t overdue = 0;
    std::int64_t outside = 0;
    friend bool operator==(const Asked &, const Asked &) = default;
};

Asked askedOf(WorkspaceFixture &fixture)
{
    const auto &pack = fixture.workspace().policy();
    const auto &registry = fixture.registry();
    const auto today = *parseDate("2027-06-30");
    Asked asked;
    for (const auto &task : waitingFor(pack, registry, registry.users.at(fixture.userId(people::owner)), today))
        asked.tiers += task.kind == TaskKind::assessTier ? 1 : 0;
    asked.reviews = reviewQueue(pack, registry, today).size();
    asked.overdue = overdue(pack, registry, today).size();
    for (const auto &issue : detectedIssues(pack, registry, today))
        asked.issues += issue.kind == IssueKind::productionBeforeValidation ? 1 : 0;
    for (const auto &limit : makePortfolio(pack, registry, today).limits)
        asked.outside += limit.count;
    return asked;
}

} // namespace

/// A scope decision from the act to all that follows from it.
class TestScopeActs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void outOfScopeNothingIsAskedForAndWhenStaleAllOfItAgain()
    {
        WorkspaceFixture fixture;
        auto sheet = WorkspaceFixture::fullModel("CR-001", "Spreadsheet");
        sheet.stage = Stage::inProduction;
        sheet.lastValidatedOn = parseDate("2025-05-31");
        const auto model = fixture.addModel(sheet);
        const auto before = askedOf(fixture);
        QCOMPARE(before.tiers, std::size_t(1));
        QCOMPARE(before.reviews, std::size_t(1));
        QCOMPARE(before.overdue, std::size_t(1));
        QVERIFY(before.outside > 0);

        fixture.as(people::validator, [&](Workspace &workspace) {
            must(workspace.decideScope(model, {false, false}, "It adds up figures."));
        });
        QVERIFY(askedOf(fixture) == Asked{});
        QVERIFY(fixture.registry().models.contains(model));
        const auto &pack = fixture.workspace().policy();
        QVERIFY(!reviewOf(pack, fixture.registry(), fixture.workspace().today(), model));
        const auto portfolio = makePortfolio(pack, fixture.registry(), fixture.workspace().today());
        QVERIFY(portfolio.models.empty());
        QCOMPARE(portfolio.outOfScope, 1);

        auto draft = fixture.workspace().policy();
        draft.scope.questions[1].question = "Is it a method of any kind?";
        fixture.publish(draft);
        QVERIFY(scopeStateOf(fixture.workspace().policy(), fixture.registry(), model) == ScopeState::stale);
        QVERIFY(askedOf(fixture) == before);
    }

    void aVersionInProductionOutOfScopeNeedsNoValidation()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        const auto version = fixture.addReadyVersion(model, "1.0");
        const auto request = fixture.addRequest(version);
        fixture.sign(people::approver, Role::approver, request);
        fixture.deploy(request);
        fixture.addValidation(version, ValidationOutcome::notFit);
        fixture.addTier(model, 1); // one that asks for a validation
        const auto opened = [&] {
            return std::ranges::count_if(fixture.registry().findings, [](const auto &item) {
                return item.second.detected && item.second.title == "In production before validation";
            });
        };
        QCOMPARE(opened(), std::ptrdiff_t(1)); // by itself
        fixture.as(people::validator, [&](Workspace &workspace) {
            must(workspace.decideScope(model, {false, false}, "Replaced by a table of fixed amounts."));
        });
        QCOMPARE(askedOf(fixture).issues, std::size_t(0));
        QCOMPARE(staleSignOffs(fixture.registry(), fixture.workspace().today(), model).size(), std::size_t(1));
    }

    void whatIsAppendedIsReplayedAndRefusalsLeaveNothing()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Spreadsheet");
        const auto size = fixture.registry().size;
        fixture.as(people::owner, [&](Workspace &workspace) {
            const auto refused = [&](const std::vector<bool> &answers, const char *reason, const char *words) {
                const auto result = workspace.decideScope(model, answers, reason);
                return !result && result.error().what.find(words) != std::string::npos;
            };
            QVERIFY(refused({false}, "Seen.", "Not every question"));
            QVERIFY(refused({false, false, false}, "Seen.", "more answers"));
            QVERIFY(refused({false, false}, " ", "needs a reason"));
        });
        fixture.as(people::auditor, [&](Workspace &workspace) {
            const auto result = workspace.decideScope(model, {false, false}, "Seen.");
            QVERIFY(!result);
            QVERIFY2(result.error().what.find("decide the scope of models") != std::string::npos,
                     result.error().what.c_str());
        });
        QCOMPARE(fixture.registry().size, size);
        fixture.as(people::validator, [&](Workspace &workspace) {
            must(workspace.decideScope(model, {false, false}, "It adds up figures."));
            must(workspace.decideScope(model, {true}, "It writes text."));
        });
        const auto again = fixture.openAgain(true);
        QCOMPARE(json::serialize(toJson(again->registry().scopes)), json::serialize(toJson(fixture.registry().scopes)));
        QCOMPARE(json::serialize(toJson(again->registry().timeline)),
                 json::serialize(toJson(fixture.registry().timeline)));
        QCOMPARE(again->registry().scopes.at(model).outcome, std::string("generative-ai"));
        QCOMPARE(again->registry().scopes.at(model).by, fixture.userId(people::validator));
    }
};

QTEST_GUILESS_MAIN(TestScopeActs)
#include "tst_scopeacts.moc"
