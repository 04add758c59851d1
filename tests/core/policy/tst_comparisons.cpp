// SPDX-License-Identifier: GPL-3.0-or-later
//
// A policy that demands a comparison before a version replaces another in production: at the request, at the signature
// and in a simulation.
#include <QTest>

#include "core/policy/comparisons.h"
#include "core/policy/simulation.h"
#include "tests/core/policy/desk.h"

#include <algorithm>

using namespace countersign;

namespace {

/// A model of tier 2 with version 1.0 in production and version 2.0 ready to follow it.
struct Two : world::Desk
{
    ModelVersion challenger = world::version("v2", ModelId("m1"), "2.0");
    MonitoringRun championRun = world::run("nd", first);
    MonitoringRun challengerRun = world::run("nc", challenger);

    explicit Two(std::vector<ComparisonDemand> demands, std::string_view packText = builtInPolicyPack())
        : Desk(packText)
    {
        prepare();
        approveAll(open());
        does(owner, {VersionRegistered{challenger}});
        for (const auto kind : {DocumentKind::documentation, DocumentKind::validationReport})
            does(owner, {DocumentAttached{world::document(next("d"), challenger, kind)}});
        does(validator, {ValidationRecorded{world::validation(next("a"), challenger)}});
        does(owner, {MonitoringRecorded{championRun}});
        does(owner, {MonitoringRecorded{challengerRun}});
        pack.comparisons = std::move(demands);
    }

    [[nodiscard]] Promotion compared() const { return world::promotion(championRun, challengerRun); }
    [[nodiscard]] DeploymentRequested asking(std::optional<Promotion> promotion)
    {
        auto fact = ask();
        fact.request.version = challenger.id;
        fact.request.promotion = std::move(promotion);
        return fact;
    }
    [[nodiscard]] std::string whyAsk(std::optional<Promotion> promotion)
    {
        return why(owner, {asking(std::move(promotion))});
    }
    RequestId asks(std::optional<Promotion> promotion)
    {
        const auto fact = asking(std::move(promotion));
        does(owner, {fact});
        return fact.request.id;
    }
    void approveAll(const RequestId &id)
    {
        for (const auto &needed : registry.requests.at(id).required)
            sign(id, needed.role == Role::validator ? validator : approver, needed.role);
        QVERIFY(registry.requests.at(id).status == RequestStatus::approved);
        deploy(id);
    }
    [[nodiscard]] Check check() const
    {
        for (auto &found : deploymentChecks(pack, registry, challenger.id))
            if (found.id == "comparison")
                return found;
        return {};
    }
};

ComparisonDemand demand(std::set<std::int64_t> tiers = {}, bool outcomes = false, bool sameRows = false)
{
    return {std::move(tiers), outcomes, sameRows, "SR 11-7 V.1.c"};
}

} // namespace

class TestComparisons : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPackThatDemandsNoneChecksNone()
    {
        Two desk({});
        QCOMPARE(desk.whyAsk({}), std::string());
        QCOMPARE(desk.check().id, std::string());
        auto text = toJson(desk.pack);
        text.get_object().erase("comparisons");
        QVERIFY2(parsePolicyPack(json::serialize(text)).comparisons.empty(), "a pack from before the member");
    }

    void aPlainDeploymentIsRefusedAndSaysWhatToDo()
    {
        Two desk({demand()});
        QCOMPARE(desk.whyAsk({}),
                 std::string("Version 2.0 would replace version 1.0, and Tier 2, material asks for a comparison of "
                             "the two (SR 11-7 V.1.c). Request its promotion, which carries the figures of both, "
                             "instead of a deployment."));
        QCOMPARE(desk.check().state, CheckState::failed);
        QCOMPARE(desk.whyAsk(desk.compared()), std::string());
        const auto id = desk.asks(desk.compared());
        QCOMPARE(desk.check().state, CheckState::passed);
        QCOMPARE(desk.check().detail, std::string("With version 1.0 by 1 figure."));
        desk.approveAll(id);
        QVERIFY(desk.registry.versions.at(desk.challenger.id).stage == VersionStage::inProduction);
        QCOMPARE(desk.check().state, CheckState::notNeeded);
    }

    void itIsDemandedByTierAndOfAReplacementAlone()
    {
        for (std::int64_t level = 1; level <= 3; ++level)
            for (std::int64_t asked = 0; asked <= 3; ++asked) {
                Two desk({demand(asked == 0 ? std::set<std::int64_t>{} : std::set{asked})});
                desk.publish(level == 1 ? 3 : level == 2 ? 1 : 0);
                QCOMPARE(tierLevelOf(desk.registry, ModelId("m1")), level);
                QCOMPARE(desk.whyAsk({}).empty(), asked != 0 && asked != level);
                QCOMPARE(desk.check().state, asked == 0 || asked == level ? CheckState::failed : CheckState::notNeeded);
            }
        world::Desk first;
        first.pack.comparisons = {demand()};
        first.prepare();
        QCOMPARE(first.why(first.owner, {first.ask()}), std::string());
        world::Desk untiered;
        untiered.pack.comparisons = {demand({1})};
        untiered.registry.versions.at(untiered.first.id).stage = VersionStage::inProduction;
        const auto second = world::version("v2", ModelId("m1"), "2.0");
        QVERIFY2(comparisonCheck(untiered.pack, untiered.registry, second, nullptr).state == CheckState::failed,
                 "a model without a tier is held to the riskiest");
    }

    void outcomesAndTheSameRowsAreDemandedApart()
    {
        Two desk({demand({2}, true)});
        auto promotion = desk.compared();
        QCOMPARE(desk.whyAsk(promotion), std::string());
        promotion.figures.front().outcomes = false;
        QVERIFY(desk.whyAsk(promotion).find("of known outcomes. Record a run") != std::string::npos);
        desk.pack.comparisons = {demand({2}, false, true)};
        QVERIFY(desk.whyAsk(promotion).find("not judged on the same rows") != std::string::npos);
        promotion.sameRows = true;
        QCOMPARE(desk.whyAsk(promotion), std::string());
    }

    void aComparisonWithAnotherVersionThanTheOneReplacedIsNone()
    {
        Two desk({demand()});
        const auto waiting = desk.asks(desk.compared());
        const auto third = world::version("v3", ModelId("m1"), "3.0");
        desk.does(desk.owner, {VersionRegistered{third}});
        desk.registry.versions.at(desk.first.id).stage = VersionStage::retired;
        desk.registry.versions.at(third.id).stage = VersionStage::inProduction;
        const auto why = desk.whySign(waiting, desk.validator, Role::validator);
        QVERIFY2(why.find("was compared with version 1.0. Compare it with version 3.0") != std::string::npos,
                 why.c_str());
    }

    /// A request opened under a policy without the demand is not approved under one with it; the same function judges
    /// the signature when it is appended and when it is read again.
    void aRequestOpenedBeforeTheDemandIsNotApproved()
    {
        Two desk({});
        const auto id = desk.asks({});
        desk.pack.comparisons = {demand()};
        const auto why = desk.whySign(id, desk.validator, Role::validator);
        QVERIFY2(why.find("Compared with the version in production: Version 2.0 would replace") != std::string::npos,
                 why.c_str());
        QCOMPARE(desk.whySign(id, desk.validator, Role::validator, Decision::refuse), std::string());
        auto replayed = desk.registry;
        const auto act = desk.act(desk.validator, {desk.signature(id, desk.validator, Role::validator)});
        QCOMPARE(whyForbidden(desk.pack, replayed, act), whyForbidden(desk.pack, desk.registry, act));
    }

    void aDecisionMayTolerateThatItLacks()
    {
        Two desk({demand()});
        desk.pack.toleratedFailures["approveWithConditions"].insert("comparison");
        QCOMPARE(desk.whyAsk({}), std::string());
        const auto id = desk.asks({});
        QVERIFY(!desk.whySign(id, desk.validator, Role::validator).empty());
        QCOMPARE(desk.whySign(id, desk.validator, Role::validator, Decision::approveWithConditions), std::string());
    }

    void itIsAnEntryConditionOfAStageToo()
    {
        Two desk({demand()});
        auto model = desk.registry.models.at(ModelId("m1"));
        const std::vector<EntryCondition> entry{{"comparison", {}}};
        QVERIFY2(entryChecks(desk.pack, desk.registry, model, entry).front().state != CheckState::failed,
                 "in use it is judged on the version in production");
        model.stage = Stage::inValidation;
        QCOMPARE(entryChecks(desk.pack, desk.registry, model, entry).front().state, CheckState::failed);
        desk.asks(desk.compared());
        QCOMPARE(entryChecks(desk.pack, desk.registry, model, entry).front().state, CheckState::passed);
    }

    void aSimulationNamesTheOpenRequestsThatLackIt()
    {
        Two desk({});
        desk.asks({});
        auto draft = desk.pack;
        const auto unmetBy = [&](const PolicyPack &of) {
            return simulatePolicy(of, desk.pack, desk.registry, *parseDate("2026-03-02")).unmet;
        };
        const auto before = unmetBy(draft).size();
        draft.comparisons = {demand({1})};
        QCOMPARE(unmetBy(draft).size(), before);
        draft.comparisons = {demand({2})};
        const auto unmet = unmetBy(draft);
        QCOMPARE(unmet.size(), before + 1);
        QVERIFY(unmet.back().subject.starts_with("Open request for CR-014"));
        QVERIFY(unmet.back().why.find("Request its promotion") != std::string::npos);
    }

    void thePackOfSR117AsksForOutcomes()
    {
        for (const auto &shipped : builtInPolicyPacks()) {
            const auto pack = parsePolicyPack(shipped.text);
            QCOMPARE(pack.comparisons.empty(), pack.id != "sr-11-7");
            if (pack.id != "sr-11-7")
                continue;
            QVERIFY(pack.comparisonAt(1)->outcomes && pack.comparisonAt(2) && !pack.comparisonAt(3));
        }
    }
};

QTEST_APPLESS_MAIN(TestComparisons)
#include "tst_comparisons.moc"
