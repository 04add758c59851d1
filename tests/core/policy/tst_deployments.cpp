// SPDX-License-Identifier: GPL-3.0-or-later
//
// From a request to production: what an approval leads to, what keeps an approved version out, and what is registered
// or put in use without one.
#include <QTest>

#include "core/policy/staleness.h"
#include "tests/core/policy/desk.h"

using namespace countersign;

namespace {

struct Approved : world::Desk
{
    RequestId id;

    Approved()
    {
        prepare();
        id = open();
        sign(id, validator, Role::validator);
        sign(id, approver, Role::approver);
    }

    [[nodiscard]] std::string whyNot() const { return why(owner, {deployment(id)}); }
    [[nodiscard]] const ModelVersion &version() const { return registry.versions.at(first.id); }
    [[nodiscard]] const Model &model() const { return registry.models.at(ModelId("m1")); }
};

LifecycleStage &stageOf(PolicyPack &pack, Stage stage)
{
    return *std::ranges::find(pack.lifecycle, stage, &LifecycleStage::stage);
}

ApprovalRule byApprovers(const std::string &id)
{
    ApprovalRule rule;
    rule.id = id;
    return rule;
}

bool says(const std::string &text, const char *words)
{
    return text.find(words) != std::string::npos;
}

} // namespace

class TestDeployments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void signaturesApproveAndSomebodyPutsIntoProduction()
    {
        Approved desk;
        QCOMPARE(desk.version().stage, VersionStage::approved);
        QCOMPARE(desk.model().stage, Stage::approved);
        QVERIFY(!desk.version().deployedOn && !desk.model().deployedOn);
        QCOMPARE(desk.whyNot(), std::string());
        QVERIFY(says(desk.why(desk.approver, {desk.deployment(desk.id)}), "put approved versions into production"));
        desk.deploy(desk.id);
        QCOMPARE(desk.version().stage, VersionStage::inProduction);
        QCOMPARE(desk.model().stage, Stage::inProduction);
        QCOMPARE(desk.version().deployedOn, std::optional(dateOf(desk.registry.lastAt)));
        QVERIFY_THROWS_EXCEPTION(Exception, desk.deploy(desk.id));
    }

    void theVersionBeforeStaysUntilThen()
    {
        Approved desk;
        desk.deploy(desk.id);
        desk.first = world::version("v2", ModelId("m1"), "2.0");
        desk.does(desk.owner, {VersionRegistered{desk.first}});
        desk.attach(DocumentKind::documentation);
        desk.attach(DocumentKind::validationReport);
        desk.validate(desk.validator);
        desk.monitor(Health::green);
        const auto id = desk.open();
        desk.sign(id, desk.validator, Role::validator);
        desk.sign(id, desk.approver, Role::approver);
        QCOMPARE(desk.registry.versions.at(VersionId("v1")).stage, VersionStage::inProduction);
        QCOMPARE(desk.version().stage, VersionStage::approved);
        desk.deploy(id);
        QCOMPARE(desk.registry.versions.at(VersionId("v1")).stage, VersionStage::retired);
        QCOMPARE(desk.version().stage, VersionStage::inProduction);
    }

    void aPackMayLetTheLastSignatureDoIt()
    {
        world::Desk desk;
        stageOf(desk.pack, Stage::approved).next.erase(Stage::inProduction);
        desk.prepare();
        auto asked = desk.ask();
        asked.request.approvedFirst = true;
        QVERIFY(says(desk.why(desk.owner, {asked}), "the last signature puts a version into production"));
        const auto id = desk.open();
        desk.sign(id, desk.validator, Role::validator);
        desk.sign(id, desk.approver, Role::approver);
        QCOMPARE(desk.registry.versions.at(desk.first.id).stage, VersionStage::inProduction);
    }

    void whateverTheApprovalCoveredKeepsItOut_data()
    {
        QTest::addColumn<int>("change");
        int index = 0;
        for (const auto *name : {"model", "finding", "limitation", "overlay", "incident", "assumption", "cost", "run",
                                 "document", "tier", "policy", "scope", "validation"})
            QTest::newRow(name) << index++;
    }

    void whateverTheApprovalCoveredKeepsItOut()
    {
        QFETCH(int, change);
        Approved desk;
        const ModelId id("m1");
        auto model = desk.model();
        model.restrictions = "Not for companies";
        auto next = desk.pack;
        ++next.version;
        const auto text = policyPackText(next);
        const std::vector<std::pair<User, Fact>> changes = {
            {desk.owner, ModelEdited{model, {}}},
            {desk.owner, FindingRaised{world::finding("f9", id)}},
            {desk.owner, LimitationRecorded{world::limitation("l9", id)}},
            {desk.owner, OverlayRecorded{world::overlay("o9", id)}},
            {desk.owner, IncidentRecorded{world::incident("i9", id)}},
            {desk.owner, AssumptionRecorded{world::assumption("s9", id)}},
            {desk.owner, CostRecorded{world::cost("k9", id)}},
            {desk.owner, MonitoringRecorded{world::run("n9", desk.first)}},
            {desk.owner, DocumentAttached{world::document("d9", desk.first)}},
            {desk.owner, TierPublished{desk.tier(1)}},
            {desk.admin, PolicyPublished{next.id, next.version, sha256(text), text}},
            {desk.owner, world::scopeDecision(desk.pack, id, true)},
            {desk.validator, ValidationRecorded{world::conditional("a9", desk.first)}},
        };
        const auto &[by, fact] = changes.at(static_cast<std::size_t>(change));
        desk.does(by, {fact});
        const auto why = desk.whyNot();
        QVERIFY2(says(why, "has changed since") && says(why, "Request the deployment again"), why.c_str());
        QCOMPARE(staleApprovals(desk.registry, desk.registry.requests.at(desk.id)).size(), std::size_t(2));
        QVERIFY(!staleSignOffs(desk.registry, dateOf(desk.registry.lastAt)).empty());
    }

    void aSignatureUnderAnotherPolicyCompletesNothing()
    {
        world::Desk desk;
        desk.prepare();
        const auto id = desk.open();
        desk.sign(id, desk.validator, Role::validator);
        ++desk.pack.version;
        desk.text = policyPackText(desk.pack);
        desk.does(desk.admin, {world::policy(desk.text, desk.pack.id, desk.pack.version)});
        const auto why = desk.whySign(id, desk.approver, Role::approver);
        QVERIFY2(says(why, "has changed since (Published policy"), why.c_str());
        QCOMPARE(desk.whySign(id, desk.approver, Role::approver, Decision::refuse), std::string());
    }

    void aRequestOpenedUnderOtherRulesIsNotApproved()
    {
        world::Desk desk;
        desk.prepare();
        const auto id = desk.open();
        auto rule = byApprovers("buyer");
        rule.origins = {Origin::vendor};
        desk.pack.approvals.push_back(rule);
        QCOMPARE(desk.whySign(id, desk.approver, Role::approver), std::string());
        desk.registry.models.at(ModelId("m1")).origin = Origin::vendor;
        desk.registry.models.at(ModelId("m1")).vendor = "Scores Ltd";
        QVERIFY(says(desk.whySign(id, desk.approver, Role::approver), "asks for other signatures"));
        QCOMPARE(desk.whySign(id, desk.approver, Role::approver, Decision::refuse), std::string());
        desk.registry.models.at(ModelId("m1")).origin = Origin::inHouse;
        stageOf(desk.pack, Stage::approved).next.erase(Stage::inProduction);
        QVERIFY(says(desk.whySign(id, desk.approver, Role::approver), "leads to production otherwise"));
    }

    void aNewApproverDoesNotUndoWhatAllWereAskedFor()
    {
        world::Desk desk;
        auto rule = byApprovers("all");
        rule.quorum = Quorum::all;
        desk.pack.approvals = {rule};
        desk.prepare();
        const auto id = desk.open();
        desk.does(desk.admin, {UserEnrolled{world::person("u-pia", "Pia Approver", {Role::approver})}});
        QCOMPARE(desk.whySign(id, desk.approver, Role::approver), std::string());
    }

    void anExceptionWhoseGroundMovedIsNotApprovedByTheNext()
    {
        world::Desk desk;
        const ExceptionId id("e");
        auto two = byApprovers("two");
        two.trigger = ApprovalTrigger::exception;
        two.quorum = Quorum::atLeast;
        two.count = 2;
        desk.pack.approvals = {two};
        desk.does(
            desk.owner,
            {ExceptionRequested{world::exception("e", ModelId("m1"),
                                                 exceptionSignatures(desk.pack, desk.registry, ModelId("m1"),
                                                                     ExceptionKind::policyException, desk.owner.id))}});
        const auto signature = [&](const User &by, bool approved) {
            return ExceptionSigned{id, world::exceptionSignature(by, Role::approver, approved),
                                   desk.registry.exceptions.at(id).revision};
        };
        desk.does(desk.approver, {signature(desk.approver, true)});
        QCOMPARE(desk.why(desk.second, {signature(desk.second, true)}), std::string());
        desk.does(desk.owner, {FindingRaised{world::finding("f9", ModelId("m1"))}});
        QVERIFY(says(desk.why(desk.second, {signature(desk.second, true)}), "has changed since (Raised"));
        QCOMPARE(desk.why(desk.second, {signature(desk.second, false)}), std::string());
    }

    void anExceptionIsNotApprovedByTheSignaturesOfAMilderTier()
    {
        world::Desk desk;
        desk.publish(0);
        auto asked = world::exception("e", ModelId("m1"));
        asked.kind = ExceptionKind::useBeforeValidation;
        asked.version = desk.first.id;
        asked.required = exceptionSignatures(desk.pack, desk.registry, ModelId("m1"), asked.kind, desk.owner.id);
        QCOMPARE(desk.why(desk.owner, {ExceptionRequested{asked}}), std::string());
        desk.does(desk.owner, {ExceptionRequested{asked}});
        const auto signer = asked.required.front().role == Role::validator ? desk.validator : desk.approver;
        const auto signature = [&](bool approved) {
            return ExceptionSigned{asked.id, world::exceptionSignature(signer, asked.required.front().role, approved),
                                   desk.registry.exceptions.at(asked.id).revision};
        };
        QCOMPARE(desk.why(signer, {signature(true)}), std::string());
        const auto milder = desk.pack;
        ApprovalRule more;
        more.id = "grave";
        more.trigger = ApprovalTrigger::temporaryUse;
        more.tiers = {1};
        more.role = Role::approver;
        more.quorum = Quorum::atLeast;
        more.count = 2;
        desk.pack.approvals.push_back(more);
        QCOMPARE(desk.why(signer, {signature(true)}), std::string());
        desk.publish(3);
        QVERIFY(says(desk.why(signer, {signature(true)}), "asks for other signatures"));
        QCOMPARE(desk.why(signer, {signature(false)}), std::string());
    }

    void whoWroteAVersionNeitherSignsNorValidatesIt()
    {
        world::Desk desk;
        const auto pat = world::person("u-pat", "Pat Person", {Role::developer, Role::approver, Role::validator});
        desk.does(desk.admin, {UserEnrolled{pat}});
        desk.prepare();
        const auto id = desk.open();
        desk.sign(id, desk.validator, Role::validator);
        QCOMPARE(desk.whySign(id, pat, Role::approver), std::string());
        desk.does(desk.owner, {RequestWithdrawn{id, "Changed.", desk.registry.requests.at(id).revision}});
        auto edited = desk.registry.versions.at(desk.first.id);
        edited.stage = VersionStage::inValidation;
        desk.does(pat, {VersionEdited{edited}});
        QCOMPARE(desk.registry.versions.at(desk.first.id).authors, std::vector{desk.owner.id});
        edited = desk.registry.versions.at(desk.first.id);
        edited.method = "Gradient boosting";
        desk.does(pat, {VersionEdited{edited}});
        QCOMPARE(desk.registry.versions.at(desk.first.id).authors, (std::vector{desk.owner.id, pat.id}));
        QVERIFY(says(desk.why(pat, {ValidationRecorded{world::reviewedAgain("a9", desk.first)}}),
                     "does not validate it; Pat Person"));
        const auto again = desk.open();
        desk.sign(again, desk.validator, Role::validator);
        QVERIFY(says(desk.whySign(again, pat, Role::approver), "registered or changed a version"));
        QCOMPARE(desk.whySign(again, desk.approver, Role::approver), std::string());
        desk.pack.separation.erase(SeparationRule::developerDoesNotSign);
        QCOMPARE(desk.whySign(again, pat, Role::approver), std::string());
    }

    void anApprovalForATimeIsOverAfterwards()
    {
        world::Desk desk;
        desk.prepare();
        const auto id = desk.open();
        desk.sign(id, desk.validator, Role::validator);
        desk.sign(id, desk.approver, Role::approver, Decision::approveWithConditions);
        auto act = desk.act(desk.owner, {desk.deployment(id)});
        QVERIFY(!whyForbidden(desk.pack, desk.registry, act));
        act.at = *parseUtcTime("2027-03-03T00:00:00.000Z");
        QVERIFY(says(whyForbidden(desk.pack, desk.registry, act).value_or(""), "expired on 2027-03-02"));
    }

    /// Conditions tolerate an open grave finding; a stage that needs none does not.
    void anEntryConditionIsNotTolerated()
    {
        world::Desk desk;
        desk.prepare();
        desk.does(desk.owner, {FindingRaised{world::finding("f", ModelId("m1"), Severity::high)}});
        const auto id = desk.open();
        desk.sign(id, desk.validator, Role::validator, Decision::approveWithConditions);
        const auto conditions = Decision::approveWithConditions;
        QCOMPARE(desk.whySign(id, desk.approver, Role::approver, conditions), std::string());
        stageOf(desk.pack, Stage::approved).entry.push_back({"findings", {3}});
        QCOMPARE(desk.whySign(id, desk.approver, Role::approver, conditions), std::string());
        stageOf(desk.pack, Stage::approved).entry.push_back({"findings", {2}, {Origin::vendor}});
        QCOMPARE(desk.whySign(id, desk.approver, Role::approver, conditions), std::string());
        stageOf(desk.pack, Stage::approved).entry.push_back({"findings", {2}, {Origin::inHouse}});
        const auto why = desk.whySign(id, desk.approver, Role::approver, conditions);
        QVERIFY2(says(why, "The stage Approved needs it, whatever the conditions."), why.c_str());
    }

    void modelsAreRegisteredInTheStagesOfThePolicy()
    {
        world::Desk desk;
        auto model = world::model("m9", "CR-099");
        model.stage = Stage::approved;
        const auto why = desk.why(desk.owner, {ModelRegistered{model, {}}});
        QVERIFY2(says(why, "not registered in the stage Approved") && says(why, "In production"), why.c_str());
        model.stage = Stage::inProduction;
        QCOMPARE(desk.why(desk.owner, {ModelRegistered{model, {}}}), std::string());
        desk.pack.registration.stages = {"proposed"};
        QVERIFY(!desk.why(desk.owner, {ModelRegistered{model, {}}}).empty());
        desk.pack.registration.stages.clear();
        model.stage = Stage::approved;
        QCOMPARE(desk.why(desk.owner, {ModelRegistered{model, {}}}), std::string());
    }

    void whatIsOutOfScopeNeedsNobodysSignatureWhereItsOutcomeNamesNone()
    {
        world::Desk desk;
        for (auto &outcome : desk.pack.scope.outcomes)
            outcome.signatures.clear();
        auto decided = world::scopeDecision(desk.pack, ModelId("m1"), false);
        QVERIFY(!decided.inScope);
        auto version = desk.registry.versions.at(desk.first.id);
        version.stage = VersionStage::inProduction;
        QVERIFY(!desk.why(desk.owner, {VersionEdited{version}}).empty());
        desk.does(desk.owner, {decided});
        for (const auto &check : deploymentChecks(desk.pack, desk.registry, desk.first.id))
            QVERIFY2(check.state != CheckState::failed || check.id == "fields", check.detail.c_str());
        auto asked = desk.ask();
        QVERIFY(asked.request.required.empty());
        asked.request.required = {{Role::approver, 1}};
        QVERIFY(says(desk.why(desk.owner, {asked}), "out of scope"));
        desk.does(desk.owner, {VersionEdited{version}});
        auto model = desk.registry.models.at(ModelId("m1"));
        model.stage = Stage::inProduction;
        model.approvedUses = "Sums";
        stageOf(desk.pack, Stage::proposed).next.insert(Stage::inProduction);
        stageOf(desk.pack, Stage::inProduction).entry.clear();
        QCOMPARE(desk.why(desk.owner, {ModelEdited{model, {}}}), std::string());
    }

    void orTheSignaturesThatItsOutcomeNames()
    {
        world::Desk desk;
        for (auto &outcome : desk.pack.scope.outcomes)
            if (!outcome.inScope)
                outcome.signatures = {{Role::validator, 1}};
        desk.does(desk.owner, {world::scopeDecision(desk.pack, ModelId("m1"), false)});
        auto model = desk.registry.models.at(ModelId("m1"));
        const auto asked = desk.ask();
        QCOMPARE(asked.request.required.size(), std::size_t(1));
        QCOMPARE(desk.why(desk.owner, {asked}), std::string());
        desk.does(desk.owner, {asked});
        QCOMPARE(desk.whySign(asked.request.id, desk.validator, Role::validator), std::string());
        auto version = desk.registry.versions.at(desk.first.id);
        version.stage = VersionStage::inProduction;
        QVERIFY(!desk.why(desk.owner, {VersionEdited{version}}).empty());
    }

    void rulesAndFieldsGoByOrigin()
    {
        world::Desk desk;
        desk.publish(0);
        const auto signatures = [&](Origin origin) {
            desk.registry.models.at(ModelId("m1")).origin = origin;
            return requestSignatures(desk.pack, desk.registry, ModelId("m1"), desk.owner.id).size();
        };
        desk.pack.approvals.push_back(byApprovers("buyer"));
        desk.pack.approvals.back().origins = {Origin::vendor};
        const auto plain = signatures(Origin::inHouse);
        QCOMPARE(signatures(Origin::vendor), std::size_t(1));
        QCOMPARE(plain, signatures(Origin::openSource));
        auto model = desk.registry.models.at(ModelId("m1"));
        const auto missing = [&](Origin origin) {
            model.origin = origin;
            const auto fields = missingFields(desk.pack, model, 0);
            return std::ranges::find(fields, "vendor") != fields.end();
        };
        QVERIFY(missing(Origin::vendor) && !missing(Origin::inHouse));
        model.vendor = "Scores Ltd";
        QVERIFY(!missing(Origin::vendor));
    }

    void aGroupDecidesTogether()
    {
        world::Desk desk;
        desk.pack.groups = {{"mrc", "Model risk committee", {"Ann Approver", "Sam Second", "Olga Owner"}}};
        auto rule = byApprovers("committee");
        rule.group = "mrc";
        rule.quorum = Quorum::all;
        desk.pack.approvals = {rule};
        const auto asked = [&] { return requestSignatures(desk.pack, desk.registry, ModelId("m1"), desk.owner.id); };
        QCOMPARE(asked().size(), std::size_t(1));
        QCOMPARE(asked().front().count, 2); // the owner is kept apart, and no approver
        QCOMPARE(signerInWords(asked().front()),
                 std::string("approver (Model risk committee: Ann Approver, Sam Second or Olga Owner)"));
        desk.registry.models.at(ModelId("m1")).developer = "Sam Second";
        QCOMPARE(asked().front().count, 1);
        desk.pack.approvals.front().quorum = Quorum::atLeast;
        desk.pack.approvals.front().count = 2;
        QCOMPARE(asked().front().count, 2);
        QVERIFY(!asked().front().fits(Role::approver, "Somebody Else"));
        QVERIFY(asked().front().fits(Role::approver, "Ann Approver"));
    }

    void allOfARoleLeavesOutWhoMayNotSign()
    {
        world::Desk desk;
        auto rule = byApprovers("all");
        rule.quorum = Quorum::all;
        desk.pack.approvals = {rule};
        const auto count = [&](const UserId &requester) {
            return requestSignatures(desk.pack, desk.registry, ModelId("m1"), requester).front().count;
        };
        QCOMPARE(count(desk.owner.id), 2);
        QCOMPARE(count(desk.second.id), 1);
        desk.registry.models.at(ModelId("m1")).validator = "Ann Approver";
        QCOMPARE(count(desk.owner.id), 1);
        QCOMPARE(count(desk.second.id), 1); // never none
        desk.pack.separation.erase(SeparationRule::validatorDoesNotApprove);
        QCOMPARE(count(desk.owner.id), 2);
    }

    void allOfThoseNamedLeavesOutWhomTheSeparationBars()
    {
        world::Desk desk;
        auto rule = byApprovers("named");
        rule.people = {"Ann Approver", "Sam Second", "Nina Notyet"};
        rule.quorum = Quorum::all;
        desk.pack.approvals = {rule};
        const auto count = [&] {
            return requestSignatures(desk.pack, desk.registry, ModelId("m1"), desk.owner.id).front().count;
        };
        QCOMPARE(count(), 3); // who is not enrolled yet is waited for
        desk.registry.models.at(ModelId("m1")).developer = "Sam Second";
        QCOMPARE(count(), 2);
        desk.pack.separation.erase(SeparationRule::developerDoesNotSign);
        QCOMPARE(count(), 3);
    }

    void exceptionsKeepPeopleApartAlike()
    {
        world::Desk desk;
        auto named = byApprovers("named");
        named.trigger = ApprovalTrigger::exception;
        named.people = {"Ann Approver"};
        auto anybody = byApprovers("anybody");
        anybody.trigger = ApprovalTrigger::exception;
        desk.pack.approvals = {named, anybody};
        const auto exception = world::exception("e", ModelId("m1"),
                                                exceptionSignatures(desk.pack, desk.registry, ModelId("m1"),
                                                                    ExceptionKind::policyException, desk.owner.id));
        desk.does(desk.owner, {ExceptionRequested{exception}});
        const auto revision = [&] { return desk.registry.exceptions.at(ExceptionId("e")).revision; };
        const auto why = [&](const User &by, const std::string &onBehalfOf) {
            auto signature = world::exceptionSignature(by, Role::approver);
            signature.onBehalfOf = onBehalfOf;
            return desk.why(by, {ExceptionSigned{ExceptionId("e"), signature, revision()}});
        };
        const auto pia = world::person("u-pia", "Pia Deputy", {Role::approver});
        desk.does(desk.admin, {UserEnrolled{pia}});
        QCOMPARE(why(pia, ""), std::string());
        desk.does(pia, {ExceptionSigned{ExceptionId("e"), world::exceptionSignature(pia, Role::approver), revision()}});
        desk.does(desk.approver, {DelegationRecorded{world::delegation("g", desk.approver.id, desk.second.id)}});
        QVERIFY(says(why(desk.second, ""), "names another"));
        QCOMPARE(why(desk.second, "Ann Approver"), std::string());
        desk.does(desk.second, {ExceptionAbstained{ExceptionId("e"), "My brother owns the firm.", revision()}});
        QVERIFY(!why(desk.second, "").empty());
        QVERIFY_THROWS_EXCEPTION(Exception,
                                 desk.does(desk.second, {ExceptionAbstained{ExceptionId("e"), "Again.", revision()}}));
        desk.registry.models.at(ModelId("m1")).validator = "Ann Approver";
        QVERIFY(says(why(desk.approver, ""), "Who validates a model signs as its validator only"));
    }
};

QTEST_APPLESS_MAIN(TestDeployments)
#include "tst_deployments.moc"
