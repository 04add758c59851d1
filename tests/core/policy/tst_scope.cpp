// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/policy/peoplechecks.h"
#include "tests/core/policy/desk.h"

using namespace countersign;

namespace {

/// Asks whether the tool estimates, then whether it is material.
PolicyPack twoQuestions()
{
    auto pack = parsePolicyPack(builtInPolicyPack());
    pack.scope.questions = {{"estimates", "Does it estimate?", "1.1", "material", "tool"},
                            {"material", "Is it material?", "1.2", "model", "small"}};
    pack.scope.outcomes = {{"model", "Model", true, "All of it."},
                           {"small", "Small model", true, "Watched."},
                           {"tool", "Not a model", false, "Listed."}};
    return pack;
}

const ModelId kModel("m1");

ScopeDecided decision(std::vector<ScopeAnswer> answers, const char *outcome, const char *label, bool inScope,
                      const char *reason = "Seen.")
{
    return {kModel, std::move(answers), outcome, label, inScope, reason, -1};
}

const ScopeAnswer kNo{"estimates", "Does it estimate?", false};
const ScopeAnswer kYes{"estimates", "Does it estimate?", true};
const ScopeAnswer kMaterial{"material", "Is it material?", true};

} // namespace

/// The scope decision as the policy judges it, at append and at replay alike.
class TestScope : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersLeadFromTheFirstQuestionToAnOutcome()
    {
        const auto pack = twoQuestions();
        QCOMPARE(scopeStep(pack.scope, {}).question->id, std::string("estimates"));
        QCOMPARE(scopeStep(pack.scope, {kYes}).question->id, std::string("material"));
        QCOMPARE(scopeStep(pack.scope, {kNo}).outcome->id, std::string("tool"));
        QCOMPARE(scopeStep(pack.scope, {kYes, kMaterial}).outcome->id, std::string("model"));
        for (const auto &off : {std::vector{kMaterial}, std::vector{kNo, kMaterial}}) {
            const auto step = scopeStep(pack.scope, off);
            QVERIFY(!step.question && !step.outcome);
        }
        QVERIFY(!scopeStep({}, {}).question && !scopeStep({}, {}).outcome);
    }

    void whatIsNotByThePolicyIsRefusedWithAReason_data()
    {
        QTest::addColumn<int>("index");
        for (int index = 0; const auto &[name, fact, words] : cases())
            QTest::newRow(name) << index++;
    }

    void whatIsNotByThePolicyIsRefusedWithAReason()
    {
        QFETCH(int, index);
        const auto [name, fact, words] = cases()[static_cast<std::size_t>(index)];
        world::Desk desk(policyPackText(twoQuestions()));
        const auto why = desk.why(desk.validator, {fact});
        QVERIFY2(*words == '\0' ? why.empty() : why.find(words) != std::string::npos, why.c_str());
        const auto again = factFromJson(json::parse(json::serialize(factToJson(fact))));
        QCOMPARE(desk.why(desk.validator, {again}), why);
    }

    void aPolicyWithoutQuestionsTakesNoDecision()
    {
        auto pack = twoQuestions();
        pack.scope = {};
        const auto why = whyScopeForbidden(pack, decision({kNo}, "tool", "Not a model", false));
        QVERIFY(why && why->find("asks no questions") != std::string::npos);
    }

    void theLastDecisionIsKeptWithItsEntryAndPolicy()
    {
        world::Desk desk(policyPackText(twoQuestions()));
        QVERIFY(scopeStateOf(desk.pack, desk.registry, kModel) == ScopeState::undecided);
        QCOMPARE(scopeInWords(desk.pack, desk.registry, kModel), std::string("Not decided"));
        desk.does(desk.developer, {decision({kYes, kMaterial}, "model", "Model", true, "")});
        QVERIFY(scopeStateOf(desk.pack, desk.registry, kModel) == ScopeState::inScope);
        auto second = decision({kNo}, "tool", "Not a model", false);
        second.basedOn = desk.registry.scopes.at(kModel).revision;
        desk.does(desk.owner, {second});
        const auto &kept = desk.registry.scopes.at(kModel);
        QCOMPARE(kept.by, desk.owner.id);
        QCOMPARE(kept.entry, desk.registry.size - 1);
        QCOMPARE(kept.policyVersion, desk.registry.policyVersion);
        QCOMPARE(kept.policy.str(), desk.registry.policyHash.hex());
        QVERIFY(isOutOfScope(desk.pack, desk.registry, kModel));
        QCOMPARE(scopeInWords(desk.pack, desk.registry, kModel), std::string("Not a model (out of scope)"));
        QCOMPARE(desk.registry.timeline.back().summary,
                 std::string("Decided that CR-014, Retail PD is out of scope: Not a model"));
        QCOMPARE(desk.registry.timeline.back().changes.front().before, std::string("Model"));
    }

    void aDecisionIsStaleWhenThePolicyAsksOtherwise()
    {
        world::Desk desk(policyPackText(twoQuestions()));
        desk.does(desk.owner, {decision({kNo}, "tool", "Not a model", false)});
        const auto state = [&](auto change) {
            auto pack = twoQuestions();
            change(pack.scope);
            return scopeStateOf(pack, desk.registry, kModel);
        };
        QVERIFY(state([](ScopeDecision &) {}) == ScopeState::outOfScope);
        QVERIFY(state([](ScopeDecision &s) { s.outcomes[2].treatment = "Kept."; }) == ScopeState::outOfScope);
        QVERIFY(state([](ScopeDecision &s) { s.questions[1].question = "Off its way?"; }) == ScopeState::outOfScope);
        QVERIFY(state([](ScopeDecision &s) { s.questions[0].question = "Does it forecast?"; }) == ScopeState::stale);
        QVERIFY(state([](ScopeDecision &s) { s.questions[0].no = "material"; }) == ScopeState::stale);
        QVERIFY(state([](ScopeDecision &s) { s.questions[0].no = s.outcomes[2].id = "non-model"; }) ==
                ScopeState::stale);
        QVERIFY(state([](ScopeDecision &s) { s.outcomes[2].inScope = true; }) == ScopeState::stale);
        QVERIFY(state([](ScopeDecision &s) { s = {}; }) == ScopeState::stale);
        auto pack = twoQuestions();
        pack.scope = {};
        QVERIFY(!isOutOfScope(pack, desk.registry, kModel));
        QVERIFY(scopeInWords(pack, desk.registry, kModel).find("stale") != std::string::npos);
    }

    void outOfScopeNoTierAndNoFieldsByTierAreAskedFor()
    {
        auto pack = twoQuestions();
        pack.fields = {{"approvedUses", {1, 2, 3}, "2.1"}, {"owner", {}, "2.2"}};
        world::Desk desk(policyPackText(pack));
        auto model = desk.registry.models.at(kModel);
        model.approvedUses.clear();
        desk.does(desk.owner, {ModelEdited{model, {}}});
        desk.publish(1);
        const auto check = [&](const std::string &id) {
            for (const auto &each : deploymentChecks(desk.pack, desk.registry, desk.first.id))
                if (each.id == id)
                    return each;
            return Check{};
        };
        QVERIFY(check("fields").state == CheckState::failed);
        desk.does(desk.owner, {decision({kNo}, "tool", "Not a model", false)});
        QVERIFY(check("tier").state == CheckState::notNeeded);
        QVERIFY(check("fields").state == CheckState::passed);
    }

    void everyShippedPackAsksAndLeadsOutOfScope()
    {
        for (const auto &shipped : builtInPolicyPacks()) {
            world::Desk desk(shipped.text);
            const auto fact = world::scopeDecision(desk.pack, kModel, false);
            QVERIFY2(!fact.inScope, desk.pack.id.c_str());
            QCOMPARE(desk.why(desk.validator, {fact}), std::string());
            QVERIFY(!desk.why(desk.approver, {fact}).empty());
            for (const auto &outcome : desk.pack.scope.outcomes)
                QVERIFY2(outcome.inScope == outcome.signatures.empty(), outcome.id.c_str());
            QVERIFY(independenceWarnings(desk.pack, desk.text).empty());
        }
    }

    void whoOwnsOrDevelopedAModelDoesNotDecideItOut()
    {
        world::Desk desk(policyPackText(twoQuestions()));
        const auto out = decision({kNo}, "tool", "Not a model", false);
        const auto in = decision({kYes, kMaterial}, "model", "Model", true, "");
        QVERIFY(desk.why(desk.owner, {out}).starts_with("The owner of a model does not decide"));
        QVERIFY(desk.why(desk.developer, {out}).starts_with("The developer of a model does not decide"));
        for (const auto &person : {desk.owner, desk.developer})
            QCOMPARE(desk.why(person, {in}), std::string());
        desk.pack.separation.erase(SeparationRule::ownerDoesNotDecideOutOfScope);
        QCOMPARE(desk.why(desk.owner, {out}), std::string());
    }

    void anOutcomeThatNobodyIndependentSignsIsWarnedOf()
    {
        const auto warnings = [](const PolicyPack &pack) { return independenceWarnings(pack, policyPackText(pack)); };
        auto pack = twoQuestions();
        auto told = warnings(pack);
        QCOMPARE(told.size(), std::size_t(1));
        QCOMPARE(told[0].path, std::string("scope.outcomes[2].signatures"));
        QVERIFY(!told[0].blocks && told[0].line > 1);
        QVERIFY2(checkPolicyText(policyPackText(pack)).empty(), "it is sound all the same");
        pack.scope.outcomes[2].signatures = {{Role::approver, 1}};
        QVERIFY(warnings(pack).empty());
        pack.separation.erase(SeparationRule::developerDoesNotSign);
        told = warnings(pack);
        QCOMPARE(told.size(), std::size_t(1));
        QVERIFY(told[0].what.find("developerDoesNotSign") != std::string::npos);
    }

private:
    struct Case
    {
        const char *name;
        ScopeDecided fact;
        const char *words;
    };
    static std::vector<Case> cases()
    {
        return {
            {"out of scope", decision({kNo}, "tool", "Not a model", false), ""},
            {"in scope without a reason", decision({kYes, kMaterial}, "model", "Model", true, ""), ""},
            {"unknown question", decision({{"weather", "Does it rain?", true}}, "tool", "Not a model", false),
             "does not ask the question \"weather\""},
            {"other words", decision({{"estimates", "Does it rain?", false}}, "tool", "Not a model", false),
             "in other words"},
            {"not from the first", decision({kMaterial}, "model", "Model", true), "from the first one"},
            {"answer too many", decision({kNo, kMaterial}, "model", "Model", true), "from the first one"},
            {"answer too few", decision({kYes}, "model", "Model", true), "\"material\", which is not answered"},
            {"no answers", decision({}, "tool", "Not a model", false), "\"estimates\", which is not answered"},
            {"another outcome", decision({kNo}, "model", "Model", true), "lead to the outcome \"Not a model\""},
            {"an outcome there is not", decision({kNo}, "moon", "Not a model", false), "lead to the outcome"},
            {"called in scope", decision({kNo}, "tool", "Not a model", true), "lead to the outcome"},
            {"out of scope without a reason", decision({kNo}, "tool", "Not a model", false, " "), "needs a reason"},
        };
    }
};

QTEST_APPLESS_MAIN(TestScope)
#include "tst_scope.moc"
