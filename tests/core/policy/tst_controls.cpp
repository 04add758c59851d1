// SPDX-License-Identifier: GPL-3.0-or-later
//
// Inherent tier, control state and residual tier, and when monitoring falls due.
#include <QTest>

#include "core/policy/controls.h"
#include "core/policy/monitoringdue.h"
#include "core/policy/rerating.h"
#include "tests/core/policy/desk.h"

using namespace countersign;

namespace {

Date today(const world::Desk &desk)
{
    return dateOf(desk.registry.lastAt);
}

RiskStanding riskOf(const world::Desk &desk, std::optional<Date> day = {})
{
    return riskStanding(desk.pack, desk.registry, desk.registry.models.at(ModelId("m1")), day.value_or(today(desk)));
}

ControlResult controlOf(const RiskStanding &risk, const std::string &id)
{
    const auto found = std::ranges::find(risk.results, id, &ControlResult::id);
    return found == risk.results.end() ? ControlResult{} : *found;
}

/// The model in production with its version, as entered by a sign-off.
void deploy(world::Desk &desk)
{
    const auto id = desk.open();
    desk.sign(id, desk.validator, Role::validator);
    desk.sign(id, desk.approver, Role::approver);
    desk.deploy(id);
}

} // namespace

class TestControls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutATierThereIsNoResidual()
    {
        const world::Desk desk;
        const auto risk = riskOf(desk);
        QCOMPARE(risk.inherent, std::int64_t(0));
        QCOMPARE(risk.residual, std::int64_t(0));
        QVERIFY(risk.controls == ControlState::unknown && risk.results.empty());
        QCOMPARE(risk.residualLabel, std::string("Not tiered"));
    }

    void eachControlIsJudgedByItsCheck()
    {
        world::Desk desk;
        desk.publish(1);
        auto risk = riskOf(desk);
        QCOMPARE(risk.inherent, std::int64_t(2));
        QVERIFY(controlOf(risk, "validation").standing == ControlStanding::notMet);
        QVERIFY(controlOf(risk, "documents").standing == ControlStanding::notMet);
        QVERIFY(controlOf(risk, "report-aggregate").standing == ControlStanding::byPeople);
        QVERIFY(controlOf(risk, "report-aggregate").detail.empty());
        QVERIFY(controlOf(risk, "report-named").id.empty()); // of tier 1 alone
        QVERIFY(risk.controls == ControlState::missing);
        QVERIFY(risk.controlsWhy.find("Missing, because this one is essential: Independent validation") !=
                std::string::npos);
        QCOMPARE(risk.residual, std::int64_t(1));
        QCOMPARE(risk.residualWhy, std::string("Missing controls make it 1 level riskier."));

        desk.attach(DocumentKind::documentation);
        desk.attach(DocumentKind::validationReport);
        desk.validate(desk.validator);
        desk.monitor(Health::green);
        deploy(desk);
        risk = riskOf(desk);
        for (const auto *id : {"validation", "documents", "monitoring-quarterly", "breaches", "revalidation-24",
                               "sign-off-2", "findings"})
            QVERIFY2(controlOf(risk, id).standing == ControlStanding::met,
                     (std::string(id) + ": " + controlOf(risk, id).detail).c_str());
        QVERIFY(controlOf(risk, "attested").standing == ControlStanding::notNeeded);
        QVERIFY(risk.controls == ControlState::adequate);
        QCOMPARE(risk.inherent, std::int64_t(2));
        QCOMPARE(risk.residual, std::int64_t(3));
        QCOMPARE(risk.residualLabel, std::string("Tier 3, limited"));
    }

    void oneControlThatFailsMakesThemWeakAndManyMissing()
    {
        world::Desk desk;
        desk.prepare();
        deploy(desk);
        auto late = today(desk) + std::chrono::days(120); // the next run was due after three months
        auto risk = riskOf(desk, late);
        QVERIFY(controlOf(risk, "monitoring-quarterly").standing == ControlStanding::notMet);
        QVERIFY2(controlOf(risk, "monitoring-quarterly").detail.starts_with("Last run on 2026-03-02"),
                 controlOf(risk, "monitoring-quarterly").detail.c_str());
        QVERIFY(risk.controls == ControlState::weak);
        QCOMPARE(risk.residual, risk.inherent);
        QCOMPARE(risk.residualWhy, std::string("Weak controls leave the inherent tier as it is."));
        desk.pack.residual.weakFrom = 2;
        QVERIFY(riskOf(desk, late).controls == ControlState::adequate);
        desk.pack.residual.missingShare = 0.05;
        QVERIFY(riskOf(desk, late).controls == ControlState::missing);
    }

    void aPackThatSaysNothingLeavesTheInherentTier()
    {
        world::Desk desk;
        desk.publish(1);
        desk.pack.residual = {};
        const auto risk = riskOf(desk);
        QVERIFY(risk.controls == ControlState::missing);
        QCOMPARE(risk.residual, risk.inherent);
        desk.pack.controls.clear();
        QVERIFY(riskOf(desk).controls == ControlState::unknown);
    }

    void residualStaysAmongTheTiers()
    {
        world::Desk desk;
        desk.publish(3);
        const auto risk = riskOf(desk);
        QCOMPARE(risk.inherent, std::int64_t(1));
        QCOMPARE(risk.residual, std::int64_t(1));
        QVERIFY(risk.residualWhy.ends_with("as far as there are tiers."));
    }

    void aLevelMayBeSupposed()
    {
        world::Desk desk;
        desk.publish(1);
        const auto risk =
            riskStanding(desk.pack, desk.registry, desk.registry.models.at(ModelId("m1")), today(desk), 3);
        QCOMPARE(risk.inherent, std::int64_t(3));
        QVERIFY(!controlOf(risk, "sign-off-3").id.empty());
        QVERIFY(!risk.provisional);
    }

    void monitoringFallsDueByTheIntervalOfTheTier()
    {
        world::Desk desk;
        desk.prepare();
        QVERIFY(monitoringsDue(desk.pack, desk.registry).empty()); // not in use
        deploy(desk);
        const auto run = dateOf(desk.registry.runs.begin()->second.at);
        auto due = monitoringsDue(desk.pack, desk.registry).at(ModelId("m1"));
        QCOMPARE(due.due, monthsAfter(run, 3));
        QVERIFY2(due.why.starts_with("Tier 2, material is monitored every 3 months; the last run was on "),
                 due.why.c_str());
        Supposition supposed{today(desk), {{ModelId("m1"), 1}}};
        QCOMPARE(monitoringsDue(desk.pack, desk.registry, &supposed).at(ModelId("m1")).due, monthsAfter(run, 1));
        desk.registry.runs.clear();
        due = monitoringsDue(desk.pack, desk.registry).at(ModelId("m1"));
        QCOMPARE(due.due, monthsAfter(*desk.registry.versions.at(VersionId("v1")).deployedOn, 3));
        QVERIFY2(due.why.find("without a run") != std::string::npos, due.why.c_str());
        desk.pack.tiers[1].monitoringMonths = 0;
        QVERIFY(monitoringsDue(desk.pack, desk.registry).empty());
    }

    void aProvisionalTierDeploysWhereThePackSaysSoAlone()
    {
        world::Desk desk;
        desk.prepare();
        auto made = desk.tier(1);
        made.answers[0].answer = unknownAnswer;
        const auto computed = computeTier(desk.pack, made.answers);
        made.score = computed.score;
        made.computedLevel = computed.level;
        desk.does(desk.owner, {TierPublished{made}});
        const auto check = [&] {
            return versionCheck(desk.pack, desk.registry, desk.registry.models.at(ModelId("m1")), desk.first, "tier",
                                today(desk));
        };
        QVERIFY(check().state == CheckState::failed);
        QVERIFY2(check().detail.find("(provisional)") != std::string::npos &&
                     check().detail.ends_with("An answer was not known; assess the model again when it is."),
                 check().detail.c_str());
        QVERIFY(riskOf(desk).provisional);
        const auto id = desk.open();
        QVERIFY2(desk.whySign(id, desk.approver, Role::approver).find("Risk tier published") != std::string::npos,
                 desk.whySign(id, desk.approver, Role::approver).c_str());
        desk.pack.tiers[static_cast<std::size_t>(computed.level - 1)].provisionalDeploys = true;
        QVERIFY(check().state == CheckState::passed);
    }

    void aCostDerivesAnAnswerInItsUnitAlone()
    {
        const auto pack = parsePolicyPack(builtInPolicyPacks()[2].text);
        QCOMPARE(pack.id, std::string("osfi-e-23"));
        QCOMPARE(pack.tierMethod.costUnit, std::string("CAD"));
        const auto &impact = *std::ranges::find(pack.tierMethod.factors, "impact", &TierFactor::id);
        CostEstimate estimate;
        estimate.unit = "cad";
        estimate.idleDaysPerYear = 10;
        estimate.valuePerDay = 30000;
        auto derived = costAnswer(pack.tierMethod, impact, estimate);
        QVERIFY(derived && derived->answer && !derived->otherUnit);
        QCOMPARE(derived->answer->id, std::string("moderate"));
        estimate.valuePerDay = 250000;
        QCOMPARE(costAnswer(pack.tierMethod, impact, estimate)->answer->id, std::string("severe"));
        estimate.unit = "EUR";
        derived = costAnswer(pack.tierMethod, impact, estimate);
        QVERIFY(derived && !derived->answer && derived->otherUnit);
        QVERIFY(!costAnswer(pack.tierMethod, pack.tierMethod.factors.front(), estimate));
    }

    void aNewCostAsksForTheTierAgain()
    {
        world::Desk desk(builtInPolicyPacks()[2].text);
        desk.publish(0);
        CostEstimate estimate;
        estimate.id = CostEstimateId("c1");
        estimate.model = ModelId("m1");
        estimate.title = "Wrong acceptances";
        estimate.unit = "CAD";
        estimate.idleDaysPerYear = 1;
        estimate.valuePerDay = 3e6;
        estimate.at = desk.registry.lastAt;
        estimate.entry = desk.registry.size;
        desk.registry.costs.emplace(estimate.id, estimate);
        const auto again = reratings(desk.pack, desk.registry, today(desk));
        QVERIFY(again.contains(ModelId("m1")));
        QVERIFY2(again.at(ModelId("m1")).reason.find("Severe, or beyond risk appetite") != std::string::npos,
                 again.at(ModelId("m1")).reason.c_str());
        desk.registry.costs.begin()->second.unit = "EUR";
        QVERIFY(reratings(desk.pack, desk.registry, today(desk)).empty());
    }
};

QTEST_APPLESS_MAIN(TestControls)
#include "tst_controls.moc"
