// SPDX-License-Identifier: GPL-3.0-or-later
//
// The stages that a pack adds: what is wrong with them, where an edit leads, and what becomes of them when a newer pack
// does not have them.
#include <QTest>

#include "core/policy/packdifferences.h"
#include "core/policy/simulation.h"
#include "core/policy/stages.h"
#include "tests/core/policy/desk.h"

#include <algorithm>

using namespace countersign;

namespace {

PolicyStage pilot()
{
    PolicyStage stage;
    stage.id = "pilot";
    stage.label = "Pilot";
    stage.countsAs = Stage::inValidation;
    stage.after = "inValidation";
    stage.from = {"inDevelopment", "inValidation"};
    stage.next = {"inDevelopment", "inValidation"};
    return stage;
}

/// The desk's model stands in the pilot.
world::Desk deskWithPilot()
{
    world::Desk desk;
    auto stage = pilot();
    stage.from.insert("proposed");
    desk.pack.stages = {stage};
    auto model = desk.registry.models.at(ModelId("m1"));
    model.stage = Stage::inValidation;
    model.policyStage = "pilot";
    desk.does(desk.owner, {ModelEdited{model, {}}});
    return desk;
}

PolicyPack withStages(std::vector<PolicyStage> stages)
{
    auto pack = parsePolicyPack(builtInPolicyPack());
    pack.stages = std::move(stages);
    return pack;
}

/// The faults of the pack with these stages, each "line: path: what".
std::vector<PolicyFault> faultsOf(std::vector<PolicyStage> stages)
{
    return checkPolicyText(policyPackText(withStages(std::move(stages))));
}

} // namespace

class TestStages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void builtInStagesHaveTheLabelsOfThePack()
    {
        auto pack = withStages({pilot()});
        Model model;
        model.stage = Stage::inProduction;
        QCOMPARE(stageLabel(PolicyPack(), model), std::string("In production")); // a pack without a lifecycle
        for (auto &stage : pack.lifecycle)
            if (stage.stage == Stage::inProduction)
                stage.label = "Live";
            else if (stage.stage == Stage::inValidation)
                stage.label.clear();
        QCOMPARE(stageLabel(pack, model), std::string("Live"));
        QCOMPARE(stageLabel(pack, Stage::inValidation), std::string("In validation"));
        const auto places = stagesOf(pack);
        QVERIFY(std::ranges::find(places, "Live", &StagePlace::label) != places.end());
        QVERIFY(std::ranges::find(places, "In production", &StagePlace::label) == places.end());
    }

    void faultsAreNamedAtTheirLine_data()
    {
        QTest::addColumn<int>("change");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("says");
        auto row = [change = 0](const char *name, const char *path, const char *says) mutable {
            QTest::newRow(name) << change++ << QString::fromLatin1(path) << QString::fromLatin1(says);
        };
        row("id twice", "stages[1].id", "\"pilot\" is there twice");
        row("id of a built-in", "stages[0].id", "\"approved\" is a built-in stage");
        row("no label", "stages[0].label", "missing");
        row("after nothing", "stages[0].after", "there is no stage \"inspection\"");
        row("after in a circle", "stages[0].after", "circle: pilot -> trial -> pilot");
        row("from nowhere", "stages[0].from", "there is no stage \"inspection\"");
        row("to nowhere", "stages[0].next", "there is no stage \"inspection\"");
        row("unreachable", "stages[0].id", "no stage leads to \"pilot\"");
        row("reached only by itself", "stages[1].id", "no stage leads to \"trial\"");
        row("dead end", "stages[0].next", "would never leave");
        row("around the lifecycle", "stages[0].from", "Proposed and Restricted");
        row("into production", "stages[0].next", "by an edit");
        row("unknown check", "stages[0].entry[0].check", "not a check");
        row("unknown tier", "stages[0].entry[0].tiers", "no tier 9");
        row("to itself", "stages[0].next", "does not lead to itself");
    }
    void faultsAreNamedAtTheirLine()
    {
        QFETCH(int, change);
        QFETCH(QString, path);
        QFETCH(QString, says);
        std::vector<PolicyStage> stages{pilot()};
        auto trial = pilot();
        trial.id = "trial";
        switch (change) {
        case 0:
            stages.push_back(pilot());
            break;
        case 1:
            stages[0].id = "approved";
            break;
        case 2:
            stages[0].label.clear();
            break;
        case 3:
            stages[0].after = "inspection";
            break;
        case 4:
            stages[0].after = "trial";
            trial.after = "pilot";
            stages.push_back(trial);
            break;
        case 5:
            stages[0].from.insert("inspection");
            break;
        case 6:
            stages[0].next.insert("inspection");
            break;
        case 7:
            stages[0].from.clear();
            break;
        case 8:
            trial.from = {"trial2"};
            stages.push_back(trial);
            trial.id = "trial2";
            trial.from = {"trial"};
            stages.push_back(trial);
            break;
        case 9:
            stages[0].next.clear();
            break;
        case 10:
            stages[0].countsAs = Stage::restricted;
            stages[0].from = {"proposed"};
            break;
        case 11:
            stages[0].next = {"inProduction"};
            break;
        case 12:
            stages[0].entry = {{"weather", {}}};
            break;
        case 13:
            stages[0].entry = {{"fields", {9}}};
            break;
        default:
            stages[0].next.insert("pilot");
        }
        const auto faults = faultsOf(stages);
        const auto found = std::ranges::find_if(faults, [&](const PolicyFault &fault) {
            return fault.path == path.toStdString() && fault.what.find(says.toStdString()) != std::string::npos;
        });
        std::string all;
        for (const auto &fault : faults)
            all += fault.path + ": " + fault.what + "\n";
        QVERIFY2(found != faults.end(), all.c_str());
        QVERIFY(found->line > 1);
    }

    void aPackWithStagesIsGoodAndRoundTrips()
    {
        const auto pack = withStages({pilot()});
        const auto text = policyPackText(pack);
        QVERIFY(checkPolicyText(text).empty());
        QCOMPARE(policyPackText(parsePolicyPack(text)), text);
        std::vector<std::string> order;
        for (const auto &place : stagesOf(pack))
            order.push_back(place.id);
        QCOMPARE(order, (std::vector<std::string>{"proposed", "inDevelopment", "inValidation", "pilot", "approved",
                                                  "inProduction", "restricted", "retired"}));
    }

    void everyStageAfterABuiltInOneIsListed_data()
    {
        QTest::addColumn<int>("count");
        QTest::newRow("two") << 2;
        QTest::newRow("three") << 3;
    }
    void everyStageAfterABuiltInOneIsListed()
    {
        QFETCH(int, count);
        std::vector<PolicyStage> stages;
        std::vector<std::string> expected;
        for (const auto after : enumValues<Stage>()) {
            expected.push_back(enumName(after));
            for (int i = 1; i <= count; ++i) {
                auto stage = pilot();
                stage.id = "a stage of the pack after " + enumName(after) + " " + std::to_string(i);
                stage.after = enumName(after);
                expected.push_back(stage.id);
                stages.push_back(std::move(stage));
            }
        }
        std::vector<std::string> order;
        for (const auto &place : stagesOf(withStages(std::move(stages))))
            order.push_back(place.id);
        QCOMPARE(order, expected);
    }

    void aComparisonNamesStages()
    {
        const auto before = withStages({pilot()});
        auto after = withStages({pilot()});
        after.stages[0].label = "Trial";
        auto changes = packDifferences(before, after);
        QCOMPARE(changes.size(), std::size_t(1));
        QCOMPARE(changes[0].field, std::string("stages: pilot: label"));
        after.stages.clear();
        changes = packDifferences(before, after);
        QVERIFY(std::ranges::any_of(changes, [](const FieldChange &change) {
            return change.field.find("stages") != std::string::npos && change.after.empty();
        }));
    }

    void anEditFollowsTheArrowsAndMeetsTheConditions()
    {
        world::Desk desk;
        desk.pack.stages = {pilot()};
        auto model = desk.registry.models.at(ModelId("m1"));
        model.stage = Stage::inValidation;
        model.policyStage = "pilot";
        QCOMPARE(desk.why(desk.owner, {ModelEdited{model, {}}}),
                 std::string("Under this policy Proposed does not lead to Pilot."));
        desk.pack.stages[0].from.insert("proposed");
        QCOMPARE(desk.why(desk.owner, {ModelEdited{model, {}}}), std::string());
        model.stage = Stage::restricted;
        QVERIFY(desk.why(desk.owner, {ModelEdited{model, {}}}).find("counts as In validation") != std::string::npos);
        model.policyStage = "trial";
        QCOMPARE(desk.why(desk.owner, {ModelEdited{model, {}}}), std::string("This policy has no stage \"trial\"."));
        model.id = ModelId("m2");
        model.reference = "CR-999";
        QCOMPARE(desk.why(desk.owner, {ModelRegistered{model, {}}}),
                 std::string("This policy has no stage \"trial\"."));
    }

    void conditionsGoByTier_data()
    {
        QTest::addColumn<int>("untiered");
        for (const auto untiered : enumValues<UntieredEntry>())
            QTest::newRow(enumName(untiered).c_str()) << static_cast<int>(untiered);
    }

    /// The conditions that a tier asks for, for every tier and none.
    void conditionsGoByTier()
    {
        QFETCH(int, untiered);
        for (std::int64_t level = 0; level <= 3; ++level)
            for (std::int64_t asked = 1; asked <= 3; ++asked) {
                world::Desk desk;
                desk.pack.untieredEntry = static_cast<UntieredEntry>(untiered);
                auto stage = pilot();
                stage.from.insert("proposed");
                stage.entry = {{"documentation", {asked}}};
                desk.pack.stages = {stage};
                if (level > 0)
                    desk.publish(level == 1 ? 3 : level == 2 ? 1 : 0);
                QCOMPARE(tierLevelOf(desk.registry, ModelId("m1")), level);
                auto model = desk.registry.models.at(ModelId("m1"));
                model.stage = Stage::inValidation;
                model.policyStage = "pilot";
                const auto *tier = desk.pack.tier(level);
                const bool refused = tier ? level == asked && !tier->requiredDocuments.empty()
                                          : desk.pack.untieredEntry != UntieredEntry::nothing;
                const auto why = desk.why(desk.owner, {ModelEdited{model, {}}});
                QVERIFY2(why.empty() != refused, why.c_str());
                if (refused)
                    QVERIFY(why.find("what the stage Pilot asks for") != std::string::npos);
                if (level == 0 && refused)
                    QVERIFY2(why.find(desk.pack.untieredEntry == UntieredEntry::tierFirst
                                          ? "Risk tier published"
                                          : "Documentation attached") != std::string::npos,
                             why.c_str());
                stage.entry = {{"documentation", {asked}, {Origin::vendor}}};
                desk.pack.stages = {stage};
                QCOMPARE(desk.why(desk.owner, {ModelEdited{model, {}}}), std::string());
            }
    }

    void aPackThatDoesNotSayBindsNoModelWithoutATier()
    {
        auto pack = json::parse(policyPackText(parsePolicyPack(builtInPolicyPack())));
        pack.as_object().erase("untieredEntry");
        QVERIFY(parsePolicyPack(json::serialize(pack)).untieredEntry == UntieredEntry::nothing);
    }

    void whatIsOutOfScopeNeedsNoTierToEnter()
    {
        world::Desk desk;
        auto stage = pilot();
        stage.from.insert("proposed");
        stage.entry = {{"documentation", {1}}};
        desk.pack.stages = {stage};
        desk.does(desk.validator, {world::scopeDecision(desk.pack, ModelId("m1"), false)});
        auto model = desk.registry.models.at(ModelId("m1"));
        model.stage = Stage::inValidation;
        model.policyStage = "pilot";
        for (const auto untiered : enumValues<UntieredEntry>()) {
            desk.pack.untieredEntry = untiered;
            const auto why = desk.why(desk.owner, {ModelEdited{model, {}}});
            QVERIFY2(why.find("stage Pilot") == std::string::npos, why.c_str());
        }
    }

    /// On the way by signatures, where no decision tolerates the failure.
    void aSignatureMeetsTheConditionsOfAModelWithoutATier()
    {
        world::Desk desk;
        std::erase_if(desk.pack.lifecycle, [](const LifecycleStage &stage) { return stage.stage != Stage::approved; });
        desk.pack.lifecycle.front().entry = {{"monitoring", {3}}};
        const auto &model = desk.registry.models.at(ModelId("m1"));
        const auto asked = [&](std::int64_t level) {
            return checksToEnter(desk.pack, Stage::approved, model, level).contains("monitoring");
        };
        QVERIFY(asked(0) && asked(3) && !asked(1));
        desk.pack.untieredEntry = UntieredEntry::tierFirst;
        QVERIFY(checksToEnter(desk.pack, Stage::approved, model, 0) == std::set<std::string>{"tier"});
        desk.pack.untieredEntry = UntieredEntry::nothing;
        QVERIFY(!asked(0) && asked(3));
    }

    void conditionsAreJudgedOnTheDayOfTheAct()
    {
        world::Desk desk;
        desk.publish(1);
        auto stage = pilot();
        stage.from.insert("proposed");
        stage.entry = {{"validation", {}}};
        desk.pack.stages = {stage};
        auto model = desk.registry.models.at(ModelId("m1"));
        model.stage = Stage::inValidation;
        model.policyStage = "pilot";
        auto act = desk.act(desk.owner, {ModelEdited{model, {}}});
        QVERIFY(whyForbidden(desk.pack, desk.registry, act).has_value());
        auto early = world::exception("e", model.id);
        early.kind = ExceptionKind::useBeforeValidation;
        early.version = desk.first.id;
        early.status = ExceptionStatus::approved;
        early.expiresOn = dateOf(act.at);
        desk.registry.exceptions.emplace(early.id, early);
        QVERIFY(!whyForbidden(desk.pack, desk.registry, act));
        act.at += std::chrono::days(1);
        QVERIFY2(whyForbidden(desk.pack, desk.registry, act), "the exception ended since the last entry");
        act.at -= std::chrono::days(1);
        desk.registry.lastAt = act.at + std::chrono::days(1);
        QVERIFY2(whyForbidden(desk.pack, desk.registry, act), "and a clock set back does not revive it");
    }

    void anApprovalLeavesTheStage()
    {
        auto desk = deskWithPilot();
        desk.prepare();
        const auto request = desk.open();
        for (const auto &needed : desk.registry.requests.at(request).required)
            desk.sign(request, needed.role == Role::validator ? desk.validator : desk.approver, needed.role);
        QVERIFY(desk.registry.models.at(ModelId("m1")).stage == Stage::approved);
        QCOMPARE(desk.registry.models.at(ModelId("m1")).policyStage, std::string());
        desk.deploy(request);
        QVERIFY(desk.registry.models.at(ModelId("m1")).stage == Stage::inProduction);
        QCOMPARE(desk.registry.models.at(ModelId("m1")).policyStage, std::string());
    }

    void aStageThatIsGoneIsShownAndCanBeLeft()
    {
        auto desk = deskWithPilot();
        const auto model = desk.registry.models.at(ModelId("m1"));
        QCOMPARE(stageLabel(desk.pack, model), std::string("Pilot"));

        auto draft = desk.pack;
        draft.stages.clear();
        const auto simulated = simulatePolicy(draft, desk.pack, desk.registry, *parseDate("2026-03-02"));
        QCOMPARE(simulated.stages.size(), std::size_t(1));
        QCOMPARE(simulated.stages[0].stage, std::string("Pilot"));
        QCOMPARE(simulated.stages[0].why,
                 std::string("This policy has no stage \"pilot\". It counts as In validation until it is moved."));
        draft.stages = desk.pack.stages;
        draft.stages[0].countsAs = Stage::inDevelopment;
        QCOMPARE(simulatePolicy(draft, desk.pack, desk.registry, *parseDate("2026-03-02")).stages.size(),
                 std::size_t(1));

        desk.pack.stages.clear();
        QVERIFY(stageIsGone(desk.pack, model));
        QCOMPARE(stageLabel(desk.pack, model), std::string("pilot (not in this policy)"));
        QCOMPARE(stagesInUse(desk.pack, desk.registry).size(), enumValues<Stage>().size() + 1);
        auto edited = model;
        edited.limitations = "Edited where it stands.";
        QCOMPARE(desk.why(desk.owner, {ModelEdited{edited, {}}}), std::string());
        edited.policyStage.clear();
        QCOMPARE(desk.why(desk.owner, {ModelEdited{edited, {}}}), std::string());
        edited.stage = Stage::inDevelopment;
        QCOMPARE(desk.why(desk.owner, {ModelEdited{edited, {}}}), std::string());
        edited.stage = Stage::restricted;
        QVERIFY(!desk.why(desk.owner, {ModelEdited{edited, {}}}).empty());
    }

    void aCampaignAsksTheModelsOfAnAddedStageAndNoUnknownOne()
    {
        auto desk = deskWithPilot();
        auto model = desk.registry.models.at(ModelId("m1"));
        const auto asked = [&](std::set<std::string> stages) {
            auto made = world::campaign("c1", desk.registry);
            made.scope.stages = std::move(stages);
            made.before = snapshotOf(desk.registry, modelsInScope(desk.registry, made.scope));
            return made;
        };
        const auto campaign = asked({"pilot"});
        QCOMPARE(campaign.before.size(), std::size_t(1));
        QCOMPARE(campaign.before[0].model, model.id);
        QCOMPARE(campaign.before[0].policyStage, std::string("pilot"));
        QVERIFY2(asked({"inValidation"}).before.empty(), "a stage is asked by its own name");
        QCOMPARE(desk.why(desk.admin, {CampaignOpened{campaign}}), std::string());
        QCOMPARE(whyStagesUnknown(desk.pack, desk.registry, {"inProduction", "pilot"}), std::nullopt);
        const auto why = desk.why(desk.admin, {CampaignOpened{asked({"pilot", "pilto"})}});
        QVERIFY2(why.starts_with("This policy has no stage \"pilto\". Its stages are: proposed, "), why.c_str());
        QVERIFY2(why.ends_with("inValidation, pilot, approved, inProduction, restricted, retired."), why.c_str());

        // A policy without the stage: what stands in it can be asked still, a campaign opened before keeps its models.
        desk.does(desk.admin, {CampaignOpened{campaign}});
        desk.pack.stages.clear();
        QCOMPARE(desk.why(desk.owner, {AttestationGiven{world::attestation("b1", campaign.id, model.id, desk.owner)}}),
                 std::string());
        QCOMPARE(whyStagesUnknown(desk.pack, desk.registry, {"pilot"}), std::nullopt);
        model = desk.registry.models.at(model.id);
        model.policyStage.clear();
        desk.does(desk.owner, {ModelEdited{model, {}}});
        const auto lines = campaignLines(desk.registry, desk.registry.campaigns.at(campaign.id));
        QCOMPARE(lines[0].changes.size(), std::size_t(1));
        QCOMPARE(lines[0].changes[0].before, std::string("pilot"));
        QVERIFY(whyStagesUnknown(desk.pack, desk.registry, {"pilot"}).has_value());
    }

    void thePackOfE23DecommissionsInSteps()
    {
        for (const auto &shipped : builtInPolicyPacks()) {
            const auto pack = parsePolicyPack(shipped.text);
            if (pack.id != "osfi-e-23")
                continue;
            QCOMPARE(pack.stages.size(), std::size_t(2));
            Model model;
            model.stage = Stage::restricted;
            model.policyStage = "inDecommissioning";
            QCOMPARE(stageLabel(pack, model), std::string("In decommissioning"));
            auto after = model;
            after.stage = Stage::retired;
            after.policyStage.clear();
            QVERIFY(!whyStageForbidden(pack, {}, model, after, *parseDate("2026-03-02")));
            model = after;
            after.policyStage = "retainedAsFallback";
            QVERIFY(!whyStageForbidden(pack, {}, model, after, *parseDate("2026-03-02")));
            after = model;
            after.stage = Stage::restricted;
            after.policyStage = "inDecommissioning";
            QVERIFY(whyStageForbidden(pack, {}, model, after, *parseDate("2026-03-02")));
            return;
        }
        QFAIL("the pack is not there");
    }
};

QTEST_APPLESS_MAIN(TestStages)
#include "tst_stages.moc"
