// SPDX-License-Identifier: GPL-3.0-or-later
#include <QElapsedTimer>
#include <QTest>

#include <cmath>

#include "core/report/reports.h"
#include "core/workspace/portfolio.h"
#include "tests/support/manymodels.h"
#include "tests/support/workspacefixture.h"

using namespace countersign;
using namespace countersign::test;

namespace {

const Date kToday = *parseDate("2026-11-24");

Portfolio portfolioOf(WorkspaceFixture &fixture, Date today = kToday)
{
    return makePortfolio(fixture.workspace().policy(), fixture.registry(), today);
}

AppetiteLimit limitOf(const Portfolio &portfolio, const std::string &id)
{
    for (const AppetiteLimit &limit : portfolio.limits)
        if (limit.id == id)
            return limit;
    qFatal("no limit %s", id.c_str());
}

/// The ids of the limits that do not hold.
std::vector<std::string> outside(const Portfolio &portfolio)
{
    std::vector<std::string> ids;
    for (const AppetiteLimit &limit : portfolio.limits)
        if (!limit.inside())
            ids.push_back(limit.id);
    return ids;
}

Model inProduction(const std::string &reference)
{
    Model model = WorkspaceFixture::fullModel(reference, "Model " + reference);
    model.stage = Stage::inProduction;
    return model;
}

} // namespace

/// The counts that executives read, told from the register.
class TestPortfolio : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEmptyRegisterIsInsideEveryLimit()
    {
        WorkspaceFixture fixture;
        const auto portfolio = portfolioOf(fixture);
        QVERIFY(portfolio.models.empty());
        QVERIFY(outside(portfolio).empty());
        QCOMPARE(sentence(portfolio.limits.front()), std::string("No review is overdue; 0 allowed."));
        QCOMPARE(portfolio.tiers.size(), fixture.workspace().policy().tiers.size() + 1);
        QCOMPARE(portfolio.tiers.back().level, 0);
        QCOMPARE(heatmapOf(portfolio, HeatmapBy::health).total(), std::size_t(0));
    }

    void theLimitsAreThoseOfThePolicy()
    {
        WorkspaceFixture fixture;
        auto draft = fixture.workspace().policy();
        const auto first = draft.appetite.front();
        QVERIFY(first.measure == AppetiteMeasure::reviewsOverdue);
        draft.appetite = {{AppetiteMeasure::productionUntiered, {}, 1, "The board", "One may stand until the quarter."},
                          {AppetiteMeasure::reviewsOverdue, {}, 2, "The board", "Two may be late."},
                          {AppetiteMeasure::reviewsOverdue, {1, 2}, 0, "The board", "None of the material ones."}};
        fixture.publish(draft);
        fixture.addModel(inProduction("A-1"));
        auto portfolio = portfolioOf(fixture);
        QCOMPARE(portfolio.limits.size(), std::size_t(3));
        QVERIFY(outside(portfolio).empty());
        QCOMPARE(sentence(portfolio.limits[0]),
                 std::string("1 model in use (in production or restricted) has no tier; 1 allowed."));
        QCOMPARE(portfolio.limits[0].setBy, std::string("The board"));
        fixture.addModel(inProduction("A-2"));
        QCOMPARE(outside(portfolioOf(fixture)), std::vector<std::string>{"productionUntiered"});
        auto late = WorkspaceFixture::fullModel("A-3", "Late");
        late.nextReviewOn = kToday - std::chrono::days(1);
        fixture.addTier(fixture.addModel(late), 1);
        portfolio = portfolioOf(fixture);
        QCOMPARE(portfolio.limits[2].count, std::int64_t(1));
        QCOMPARE(sentence(portfolio.limits[2]),
                 std::string("1 review is overdue (Tier 1, critical; Tier 2, material); 0 allowed."));
        QVERIFY(portfolio.limits[1].inside() && !portfolio.limits[2].inside());
        draft = fixture.workspace().policy();
        draft.appetite.clear();
        fixture.publish(draft);
        QVERIFY(portfolioOf(fixture).limits.empty());
    }

    void reviewsFallDueTheDayAfterAndSoonWithinNinetyDays()
    {
        QCOMPARE(reviewStanding(std::nullopt, kToday), ReviewStanding::none);
        QCOMPARE(reviewStanding(kToday - std::chrono::days(1), kToday), ReviewStanding::overdue);
        QCOMPARE(reviewStanding(kToday, kToday), ReviewStanding::dueSoon);
        QCOMPARE(reviewStanding(kToday + std::chrono::days(90), kToday), ReviewStanding::dueSoon);
        QCOMPARE(reviewStanding(kToday + std::chrono::days(91), kToday), ReviewStanding::later);
    }

    void everyModelIsInOneCellAndRetiredOnesInNone()
    {
        WorkspaceFixture fixture;
        const auto green = fixture.addModel("A-1", "Calm");
        fixture.addRun(fixture.addVersion(green, "1"));
        fixture.addTier(green);
        const auto red = fixture.addModel("A-2", "Drifting");
        fixture.addRun(fixture.addVersion(red, "1"), true);
        const auto plain = fixture.addModel("A-3", "Plain");
        const auto old = fixture.addModel("A-4", "Old");
        fixture.as(people::owner, [&](Workspace &workspace) { must(workspace.retireModel(old, "Replaced.", kToday)); });

        const auto portfolio = portfolioOf(fixture);
        QCOMPARE(portfolio.models.size(), std::size_t(3));
        QCOMPARE(portfolio.retired, 1);
        const auto map = heatmapOf(portfolio, HeatmapBy::health);
        QCOMPARE(map.total(), std::size_t(3));
        const auto untiered = map.rows.size() - 1;
        QCOMPARE(map.columns[0].label, std::string("Red"));
        QCOMPARE(map.cells[untiered][0], std::set{red});
        QCOMPARE(map.cells[untiered][map.columns.size() - 1], std::set{plain});
        QCOMPARE(map.columnTotal(2), std::size_t(1));
        QCOMPARE(map.models(std::nullopt, 2), std::set{green});
        QCOMPARE(map.rowTotal(untiered), std::size_t(2));
        QCOMPARE(map.models(untiered, std::nullopt), (std::set{red, plain}));
        QCOMPARE(map.models({}, {}), (std::set{green, red, plain}));
        for (const auto by : enumValues<HeatmapBy>())
            QCOMPARE(heatmapOf(portfolio, by).total(), std::size_t(3));
    }

    void theRunOfTheVersionInProductionCounts()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("A-1", "Two versions");
        const auto live = fixture.addReadyVersion(model, "1");
        fixture.sign(people::approver, Role::approver, fixture.addRequest(live), Decision::approve);
        if (fixture.registry().versions.at(live).stage != VersionStage::approved)
            fixture.sign(people::approver2, Role::approver, fixture.registry().requestsOf(model).front()->id);
        fixture.deploy(fixture.registry().requestsOf(model).front()->id);
        QCOMPARE(fixture.registry().versions.at(live).stage, VersionStage::inProduction);
        fixture.addRun(fixture.addVersion(model, "2"), true);
        QCOMPARE(portfolioOf(fixture).models.front().health, std::optional(Health::green));
        const auto run = fixture.addRun(live, true);
        const auto after = portfolioOf(fixture).models.front();
        QCOMPARE(after.run, run);
        QCOMPARE(after.health, std::optional(Health::red));
        QVERIFY(after.worst && after.worst->value > after.worst->limit);
    }

    void redIsOutsideUntilExplained()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("A-1", "Drifting");
        const auto run = fixture.addRun(fixture.addVersion(model, "1"), true);
        const auto before = portfolioOf(fixture);
        QCOMPARE(outside(before), std::vector<std::string>{"redUnexplained"});
        const auto limit = limitOf(before, "redUnexplained");
        QCOMPARE(limit.models, std::set{model});
        QCOMPARE(sentence(limit), std::string("1 model is red without an explanation; 0 allowed."));
        fixture.as(people::validator, [&](Workspace &workspace) { must(workspace.explainRun(run, "A campaign.")); });
        QVERIFY(outside(portfolioOf(fixture)).empty());
    }

    void productionAsksForTierMonitoringAndReview()
    {
        WorkspaceFixture fixture;
        auto late = inProduction("A-1");
        late.nextReviewOn = parseDate("2026-11-23");
        const auto first = fixture.addModel(late);
        const auto second = fixture.addModel(inProduction("A-2"));
        const auto portfolio = portfolioOf(fixture);
        QCOMPARE(outside(portfolio),
                 (std::vector<std::string>{"reviewsOverdue", "productionUntiered", "productionUnmonitored"}));
        QCOMPARE(limitOf(portfolio, "reviewsOverdue").models, std::set{first});
        QCOMPARE(limitOf(portfolio, "productionUntiered").models, (std::set{first, second}));
        QCOMPARE(sentence(limitOf(portfolio, "productionUntiered")),
                 std::string("2 models in use (in production or restricted) have no tier; 0 allowed."));
        // The mildest tier of the pack asks for no monitoring.
        QVERIFY(!fixture.workspace().policy().tiers.back().monitoringRequired);
        fixture.addTier(second, 0);
        const auto level = fixture.registry().tierOf(second)->level();
        const auto &asked = limitOf(portfolioOf(fixture), "productionUnmonitored").models;
        QCOMPARE(asked.contains(second), fixture.workspace().policy().tier(level)->monitoringRequired);
        QVERIFY(!limitOf(portfolioOf(fixture), "productionUntiered").models.contains(second));
    }

    void graveFindingsCountFromTheirDateUntilClosed()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("A-1", "Model");
        const auto grave = fixture.addFinding(model, "Grave", Severity::high);
        fixture.addFinding(model, "Small", Severity::low);
        QVERIFY(limitOf(portfolioOf(fixture), "findingsPastDue").inside());
        const auto later = *parseDate("2027-02-01");
        QCOMPARE(limitOf(portfolioOf(fixture, later), "findingsPastDue").count, 1);
        fixture.as(people::owner, [&](Workspace &workspace) {
            must(workspace.planRemediation(grave, {"Refit.", people::owner, later, {}, {}, {}, -1}));
            must(workspace.addEvidence(grave, "Refitted.", {}));
        });
        fixture.as(people::approver, [&](Workspace &workspace) { must(workspace.closeFinding(grave, "Done.")); });
        QVERIFY(limitOf(portfolioOf(fixture, later), "findingsPastDue").inside());
    }

    void conditionsAndTheApprovalOnThemEndWithTheirDate()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("A-1", "Model");
        const auto version = fixture.addReadyVersion(model, "1");
        const auto request = fixture.addRequest(version);
        fixture.sign(people::approver, Role::approver, request, Decision::approveWithConditions);
        fixture.deploy(request);
        QCOMPARE(fixture.registry().versions.at(version).stage, VersionStage::inProduction);
        const auto on = portfolioOf(fixture, *parseDate("2027-06-30"));
        QVERIFY(limitOf(on, "conditionsPastDate").inside());
        const auto after = portfolioOf(fixture, *parseDate("2027-07-01"));
        QCOMPARE(limitOf(after, "conditionsPastDate").models, std::set{model});
        QCOMPARE(limitOf(after, "approvalsExpired").models, std::set{model});
    }

    void aConditionThatSomebodyOwesPastItsDayCountsBeforeTheApprovalExpires()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("A-1", "Model");
        const auto request = fixture.addRequest(fixture.addReadyVersion(model, "1"));
        fixture.as(people::approver, [&](Workspace &workspace) {
            SignOffInput signature;
            signature.role = Role::approver;
            signature.decision = Decision::approveWithConditions;
            signature.shown = must(workspace.brief(request)).covered;
            signature.passphrase = passphrase;
            signature.comment = "Reports are owed.";
            signature.dueConditions = {{"Report monthly.", people::owner, *parseDate("2027-01-31"), {}, {}, {}}};
            signature.expiresOn = parseDate("2027-06-30");
            must(workspace.sign(request, signature));
        });
        fixture.deploy(request);
        QVERIFY(limitOf(portfolioOf(fixture, *parseDate("2027-01-31")), "conditionsPastDate").inside());
        const auto after = portfolioOf(fixture, *parseDate("2027-02-01"));
        QCOMPARE(limitOf(after, "conditionsPastDate").models, std::set{model});
        QVERIFY(limitOf(after, "approvalsExpired").inside());
    }

    void aVersionInProductionNeedsItsValidation()
    {
        const ManyModels many(64, kToday);
        WorkspaceFixture fixture;
        const auto &pack = fixture.workspace().policy();
        const auto portfolio = makePortfolio(pack, many.registry(), kToday);
        std::set<ModelId> expected;
        for (const auto &[id, version] : many.registry().versions) {
            const auto *tier =
                pack.tier(many.registry().tierOf(version.model) ? many.registry().tierOf(version.model)->level() : 1);
            if (version.stage == VersionStage::inProduction && tier->validationRequired &&
                many.registry().latestValidation(id) == nullptr)
                expected.insert(version.model);
        }
        QVERIFY(!expected.empty());
        QCOMPARE(limitOf(portfolio, "productionUnvalidated").models, expected);
    }

    void aTierOfAnEarlierPolicyHasItsOwnRow()
    {
        const ManyModels many(8, kToday);
        auto registry = many.registry();
        registry.assessments.begin()->second.computedLevel = 9;
        WorkspaceFixture fixture;
        const auto map = heatmapOf(makePortfolio(fixture.workspace().policy(), registry, kToday), HeatmapBy::stage);
        QCOMPARE(map.rows[map.rows.size() - 2].level, 9);
        QCOMPARE(map.rowTotal(map.rows.size() - 2), std::size_t(1));
        QCOMPARE(map.total(), std::size_t(7));
    }

    void concernGoesFromRedUnexplainedToGreen()
    {
        const ManyModels many(300, kToday);
        WorkspaceFixture fixture;
        const auto portfolio = makePortfolio(fixture.workspace().policy(), many.registry(), kToday);
        const auto models = byConcern(portfolio);
        QVERIFY(models.front()->health == Health::red && !models.front()->explained);
        QCOMPARE(models.back()->health, std::optional(Health::green));
        QCOMPARE(std::size_t(std::ranges::count_if(
                     portfolio.models, [](const PortfolioModel &model) { return model.health.has_value(); })),
                 models.size());
    }

    void agreesWithTheRegisterModelByModel()
    {
        const ManyModels many(400, kToday);
        WorkspaceFixture fixture;
        const auto portfolio = makePortfolio(fixture.workspace().policy(), many.registry(), kToday);
        std::size_t live = 0;
        for (const auto &[id, model] : many.registry().models)
            live += model.stage == Stage::retired ? 0 : 1;
        QCOMPARE(portfolio.models.size(), live);
        for (const PortfolioModel &model : portfolio.models) {
            const auto runs = many.registry().runsOf(model.id);
            QCOMPARE(model.health, runs.empty() ? std::optional<Health>() : std::optional(runs.front()->health));
            const auto *tier = many.registry().tierOf(model.id);
            QCOMPARE(model.tier, tier == nullptr ? 0 : tier->level());
        }
    }

    void fiveThousandModelsAreOnePass()
    {
        const ManyModels many(5000, kToday);
        WorkspaceFixture fixture;
        QElapsedTimer timer;
        timer.start();
        const auto portfolio = makePortfolio(fixture.workspace().policy(), many.registry(), kToday);
        qInfo("5,000 models: %.1f ms", double(timer.nsecsElapsed()) / 1e6);
        QCOMPARE(portfolio.models.size(), std::size_t(4375));
        QCOMPARE(portfolio.retired, 625);
        for (const auto by : enumValues<HeatmapBy>())
            QCOMPARE(heatmapOf(portfolio, by).total(), portfolio.models.size());
    }

    void trendsLeaveTheReferenceOutAndEndWithTheLastPeriod()
    {
        WorkspaceFixture fixture;
        const auto result = must(runMonitoring(fixture.scoringLog(true), {}, {}));
        const auto trend = trendOf(result);
        QCOMPARE(trend.drift.size(), std::size_t(3));
        QCOMPARE(trend.drift.back().period, std::string("2026-06"));
        QCOMPARE(trend.drift.back().verdict, Verdict::Red);
        double largest = 0;
        for (const auto &feature : result.features)
            largest = std::max(largest, feature.periods.back().statistics.psi.value_or(0));
        QCOMPARE(trend.drift.back().value, std::optional(largest));
        QCOMPARE(trend.measure, std::string("AUC"));
        QCOMPARE(trend.performance.back().value, result.periods.back().performance.auc);
        QCOMPARE(trend.reference, result.reference.performance.auc);
        QCOMPARE(trendOf(result, 2).drift.size(), std::size_t(2));
        QCOMPARE(trendOf(result, 2).drift.back().period, std::string("2026-06"));
        QVERIFY(trendOf(RunResult{}).drift.empty());
    }

    void periodsWithTooLittleDataAreGaps()
    {
        WorkspaceFixture fixture;
        auto result = must(runMonitoring(fixture.scoringLog(true), {}, {}));
        result.periods.back().performanceVerdict = Verdict::NotEnoughData;
        const auto trend = trendOf(result);
        QCOMPARE(trend.performance.back().value, std::nullopt);
        QVERIFY(trend.performance.front().value.has_value());
        for (auto &period : result.periods)
            period.performanceVerdict = Verdict::NotEnoughData;
        QVERIFY(trendOf(result).performance.back().value.has_value());
    }
};

QTEST_GUILESS_MAIN(TestPortfolio)
#include "tst_portfolio.moc"
