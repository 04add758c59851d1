// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "tests/core/policy/desk.h"

using namespace countersign;

namespace {

Check checkOf(const world::Desk &desk, const std::string &id)
{
    for (const auto &check : deploymentChecks(desk.pack, desk.registry, desk.first.id))
        if (check.id == id)
            return check;
    return {};
}

void expect(const world::Desk &desk, const char *id, CheckState state, const std::string &detail)
{
    const auto check = checkOf(desk, id);
    QCOMPARE(check.state, state);
    QCOMPARE(check.detail, detail);
}

} // namespace

class TestChecks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theyAreAlwaysTheSameInOrder()
    {
        world::Desk desk;
        desk.pack.comparisons.emplace_back();
        std::vector<std::string> ids;
        for (const auto &check : deploymentChecks(desk.pack, desk.registry, desk.first.id)) {
            ids.push_back(check.id);
            QVERIFY(!check.title.empty() && !check.detail.empty());
        }
        QCOMPARE(ids, checkIds());
        QVERIFY_THROWS_EXCEPTION(Exception, (void)deploymentChecks(desk.pack, desk.registry, VersionId("none")));
    }

    void aModelWithoutTierIsHeldToTheRiskiest()
    {
        world::Desk desk;
        expect(desk, "tier", CheckState::failed, "No tier has been published; the demands of Tier 1, critical apply.");
        expect(desk, "documentation", CheckState::failed,
               "Missing on version 1.0: documentation, validation report, monitoring plan.");
        expect(desk, "validation", CheckState::failed, "Version 1.0 has not been validated.");
        expect(desk, "monitoring", CheckState::failed, "Version 1.0 has no monitoring run.");
        expect(desk, "findings", CheckState::passed, "No open finding.");
    }

    void theMildestTierAsksForLittle()
    {
        world::Desk desk;
        desk.publish(0);
        expect(desk, "validation", CheckState::notNeeded, "Tier 3, limited asks for no validation before use.");
        expect(desk, "monitoring", CheckState::notNeeded, "Tier 3, limited asks for no monitoring.");
        expect(desk, "documentation", CheckState::failed, "Missing on version 1.0: documentation.");
        desk.attach(DocumentKind::documentation);
        expect(desk, "documentation", CheckState::passed, "Attached to version 1.0: documentation.");
        expect(desk, "tier", CheckState::passed,
               "Tier 3, limited, published by Olga Owner on " +
                   toString(dateOf(desk.registry.tierOf(ModelId("m1"))->at)) + ".");
    }

    void aPackMayAskForNoDocuments()
    {
        world::Desk desk;
        desk.publish(0);
        desk.pack.tiers.back().requiredDocuments.clear();
        expect(desk, "documentation", CheckState::notNeeded, "Tier 3, limited asks for no documents.");
    }

    void documentsOfAnotherVersionDoNotCount()
    {
        world::Desk desk;
        desk.publish(0);
        const auto other = world::version("v2", ModelId("m1"), "2.0");
        desk.does(desk.owner, {VersionRegistered{other}});
        desk.does(desk.owner, {DocumentAttached{world::document("d", other)}});
        QCOMPARE(checkOf(desk, "documentation").state, CheckState::failed);
    }

    void theLatestValidationCounts()
    {
        world::Desk desk;
        desk.publish(1);
        desk.validate(desk.validator);
        QCOMPARE(checkOf(desk, "validation").state, CheckState::passed);
        auto unfit = world::validation("a-unfit", desk.first);
        unfit.outcome = ValidationOutcome::notFit;
        desk.does(desk.second, {ValidationRecorded{unfit}});
        const auto check = checkOf(desk, "validation");
        QCOMPARE(check.state, CheckState::failed);
        QVERIFY(check.detail.starts_with("Not fit, Sam Second on 2026-"));
        auto conditional = world::validation("a-conditional", desk.first);
        conditional.outcome = ValidationOutcome::fitWithConditions;
        conditional.conditions = "Monthly monitoring.";
        desk.does(desk.second, {ValidationRecorded{conditional}});
        QCOMPARE(checkOf(desk, "validation").state, CheckState::passed);
        QVERIFY(checkOf(desk, "validation").detail.ends_with("Conditions: Monthly monitoring."));
    }

    void aValidationByTheDeveloperOrOwnerDoesNotCount()
    {
        world::Desk desk;
        desk.publish(1);
        desk.validate(desk.second);
        auto model = desk.registry.models.at(ModelId("m1"));
        model.developer = desk.second.fullName; // named only after he validated
        desk.does(desk.owner, {ModelEdited{model, {}}});
        QCOMPARE(checkOf(desk, "validation").state, CheckState::failed);
        QVERIFY(checkOf(desk, "validation").detail.ends_with("The validator is the model's developer."));
        model = desk.registry.models.at(ModelId("m1"));
        model.developer = "Dan Developer";
        model.owner = desk.second.fullName;
        desk.does(desk.owner, {ModelEdited{model, {}}});
        QVERIFY(checkOf(desk, "validation").detail.ends_with("The validator is the model's owner."));
    }

    void monitoringIsGreenOrExplained()
    {
        world::Desk desk;
        desk.publish(1);
        desk.monitor(Health::green);
        expect(desk, "monitoring", CheckState::passed, "Green in 2026-03.");
        for (const auto health : {Health::amber, Health::red, Health::notEnoughData}) {
            desk.monitor(health);
            QCOMPARE(checkOf(desk, "monitoring").state, CheckState::failed);
            const auto *run = desk.registry.latestRun(desk.first.id);
            desk.does(desk.owner, {MonitoringExplained{run->id, "A new product", run->revision}});
            QCOMPARE(checkOf(desk, "monitoring").state, CheckState::passed);
        }
        desk.monitor(Health::red);
        expect(desk, "monitoring", CheckState::failed, "Red in 2026-03, 1 figure beyond limits, not explained.");
        const auto *run = desk.registry.latestRun(desk.first.id);
        desk.does(desk.owner, {MonitoringExplained{run->id, "A new product.", run->revision}});
        expect(desk, "monitoring", CheckState::passed,
               "Red in 2026-03, 1 figure beyond limits, explained by Olga Owner: A new product.");
    }

    void aGreenRunDoesNotAnswerWhatWasRedBefore()
    {
        world::Desk desk;
        desk.publish(1);
        desk.monitor(Health::red);
        const auto red = desk.registry.latestRun(desk.first.id)->id;
        desk.monitor(Health::green);
        expect(desk, "monitoring", CheckState::failed,
               "Green in 2026-03; an earlier run, up to 2026-03, has 1 figure beyond limits, not explained.");
        desk.does(desk.owner, {MonitoringExplained{red, "A campaign.", desk.registry.runs.at(red).revision}});
        expect(desk, "monitoring", CheckState::passed, "Green in 2026-03.");
    }

    void graveOpenFindingsFail()
    {
        world::Desk desk;
        desk.does(desk.validator, {FindingRaised{world::finding("f1", ModelId("m1"), Severity::low)}});
        expect(desk, "findings", CheckState::passed, "1 open finding of lower severity.");
        desk.does(desk.validator, {FindingRaised{world::finding("f2", ModelId("m1"), Severity::medium)}});
        expect(desk, "findings", CheckState::passed, "2 open findings of lower severity.");
        desk.does(desk.validator, {FindingRaised{world::finding("f3", ModelId("m1"), Severity::high)}});
        expect(desk, "findings", CheckState::failed, "Open: Missing incomes (high).");
        desk.does(desk.approver, {FindingClosed{FindingId("f3"), "Refitted.", desk.registry.size - 1}});
        expect(desk, "findings", CheckState::passed, "2 open findings of lower severity.");
        desk.does(desk.owner, {ModelRegistered{world::model("m2", "CR-020"), {}}});
        desk.does(desk.validator, {FindingRaised{world::finding("f4", ModelId("m2"), Severity::critical)}});
        QCOMPARE(checkOf(desk, "findings").state, CheckState::passed);
    }

    void aPendingOverrideFailsUntilConfirmed()
    {
        world::Desk desk;
        auto tier = desk.tier(1);
        tier.overrideLevel = 3;
        tier.overrideReason = "Pilot";
        desk.does(desk.owner, {TierPublished{tier}});
        expect(desk, "tier", CheckState::failed,
               "The override to Tier 3, limited waits for a second person; until then it is Tier 2, material.");
        desk.does(desk.approver, {TierOverrideConfirmed{tier.id, {}, desk.registry.size - 1}});
        QCOMPARE(checkOf(desk, "tier").state, CheckState::passed);
        QCOMPARE(checkOf(desk, "monitoring").state, CheckState::notNeeded);
    }

    void aTierThatThePolicyLostFails()
    {
        world::Desk desk;
        desk.publish(0);
        desk.pack.tiers.pop_back();
        expect(desk, "tier", CheckState::failed, "The policy in force has no tier 3; assess the model anew.");
    }
};

QTEST_APPLESS_MAIN(TestChecks)
#include "tst_checks.moc"
