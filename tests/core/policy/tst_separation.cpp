// SPDX-License-Identifier: GPL-3.0-or-later
//
// Each rule of separation by hand, what an approval needs, and how versions and models get into production.
#include <QTest>

#include "tests/core/policy/desk.h"

using namespace countersign;

namespace {

/// As the pack that ships asks for a deployment: reminded after 14 days, timed out after 60.
RequiredSignature signature(Role role, std::int64_t count)
{
    return {role, count, {}, {}, 1, 14, 60};
}

} // namespace

class TestSeparation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nobodySignsTheirOwnRequest()
    {
        world::Desk desk;
        desk.prepare();
        const auto pat = world::person("u-pat", "Pat Person", {Role::developer, Role::approver});
        desk.does(desk.admin, {UserEnrolled{pat}});
        const auto id = desk.open(&pat);
        QCOMPARE(desk.whySign(id, pat, Role::approver),
                 std::string("Nobody signs their own request; Pat Person opened this one."));
        for (const auto decision : enumValues<Decision>())
            QVERIFY(!desk.whySign(id, pat, Role::approver, decision).empty());
        QCOMPARE(desk.whySign(id, desk.approver, Role::approver), std::string());
        std::string why;
        QVERIFY(rolesToSign(desk.pack, desk.registry, desk.registry.requests.at(id), pat, &why).empty());
        QVERIFY(why.starts_with("Nobody signs"));
    }

    void ownerAndDeveloperDoNotSign()
    {
        world::Desk desk;
        desk.prepare();
        const auto owning = desk.owner;
        auto changed = desk.registry.users.at(owning.id);
        changed.roles = {Role::modelOwner, Role::approver, Role::validator};
        desk.does(desk.admin, {UserChanged{changed}});
        changed = desk.registry.users.at(desk.developer.id);
        changed.roles = {Role::developer, Role::approver};
        desk.does(desk.admin, {UserChanged{changed}});
        const auto id = desk.open(&desk.second);
        auto &model = desk.registry.models.at(ModelId("m1"));
        model.approver = model.owner;
        model.developer = " dan   DEVELOPER"; // another spelling of the name is no loophole
        QVERIFY(desk.whySign(id, owning, Role::approver).starts_with("The owner of a model does not sign"));
        QVERIFY(desk.whySign(id, owning, Role::validator).starts_with("The owner of a model does not sign"));
        QVERIFY(desk.whySign(id, desk.developer, Role::approver).starts_with("The developer of a model does not sign"));
    }

    void theValidatorDoesNotApprove()
    {
        world::Desk desk;
        desk.prepare();
        auto vera = desk.registry.users.at(desk.validator.id);
        vera.roles = {Role::validator, Role::approver};
        desk.does(desk.admin, {UserChanged{vera}});
        const auto id = desk.open();
        QVERIFY2(desk.whySign(id, vera, Role::approver).find("cannot sign this request as approver") !=
                     std::string::npos,
                 "she is named as validator");
        QCOMPARE(desk.whySign(id, vera, Role::validator), std::string());
        QCOMPARE(desk.whySign(id, desk.second, Role::approver), std::string());
        desk.validate(desk.second);
        QVERIFY2(!desk.whySign(id, desk.second, Role::approver).empty(), "he has validated the version since");
        desk.sign(id, vera, Role::validator);
        std::string why;
        QVERIFY(rolesToSign(desk.pack, desk.registry, desk.registry.requests.at(id), desk.second, &why).empty());
        QVERIFY2(why.starts_with("Who validates a model signs as its validator only"), why.c_str());
    }

    void eachPersonSignsOnce()
    {
        world::Desk desk;
        desk.prepare();
        const auto id = desk.open();
        desk.sign(id, desk.second, Role::validator);
        QVERIFY(desk.whySign(id, desk.second, Role::approver).starts_with("Each person signs a request once"));
    }

    void onlyMissingRolesSign()
    {
        world::Desk desk;
        desk.prepare();
        const auto id = desk.open();
        QCOMPARE(desk.whySign(id, desk.approver, Role::validator),
                 std::string("Ann Approver cannot sign this request as validator."));
        desk.sign(id, desk.approver, Role::approver);
        QCOMPARE(desk.whySign(id, desk.second, Role::approver),
                 std::string("Sam Second cannot sign this request as approver."));
        const auto third = world::person("u-third", "Theo Third", {Role::approver});
        desk.does(desk.admin, {UserEnrolled{third}});
        QCOMPARE(desk.whySign(id, third, Role::approver),
                 std::string("Signatures still missing are of these roles: validator."));
    }

    void theStatementSignedIsThePolicys()
    {
        world::Desk desk;
        desk.prepare();
        const auto id = desk.open();
        auto fact = desk.signature(id, desk.approver, Role::approver);
        fact.signOff.meaning = "Fine by me.";
        QVERIFY(desk.why(desk.approver, {fact}).find("statement signed") != std::string::npos);
        fact.signOff.meaning = desk.pack.meaning(Decision::refuse);
        QVERIFY(!desk.why(desk.approver, {fact}).empty());
    }

    void approvalNeedsEveryCheck_data()
    {
        QTest::addColumn<QByteArray>("failing");
        QTest::addColumn<bool>("conditional"); // whether an approval with conditions is possible
        QTest::newRow("none") << QByteArray() << true;
        QTest::newRow("documentation") << QByteArray("documentation") << false;
        QTest::newRow("validation") << QByteArray("validation") << false;
        QTest::newRow("monitoring") << QByteArray("monitoring") << true;
        QTest::newRow("findings") << QByteArray("findings") << true;
        QTest::newRow("tier") << QByteArray("tier") << false;
    }

    void approvalNeedsEveryCheck()
    {
        QFETCH(QByteArray, failing);
        QFETCH(bool, conditional);
        world::Desk desk;
        if (failing != "tier") {
            desk.publish(1);
        } else {
            auto tier = desk.tier(1);
            tier.overrideLevel = 3;
            tier.overrideReason = "Pilot";
            desk.does(desk.owner, {TierPublished{tier}});
        }
        desk.attach(DocumentKind::documentation);
        if (failing != "documentation")
            desk.attach(DocumentKind::validationReport);
        if (failing != "validation")
            desk.validate(desk.validator);
        desk.monitor(failing == "monitoring" ? Health::red : Health::green);
        if (failing == "findings")
            desk.does(desk.validator, {FindingRaised{world::finding("f", ModelId("m1"), Severity::critical)}});
        for (const auto &check : deploymentChecks(desk.pack, desk.registry, desk.first.id))
            QVERIFY2((check.state == CheckState::failed) == (check.id == failing.toStdString()), check.detail.c_str());
        const auto id = desk.open(); // opening is allowed: failing checks are shown honestly
        const auto approving = desk.whySign(id, desk.approver, Role::approver);
        QCOMPARE(approving.empty(), failing.isEmpty());
        if (!failing.isEmpty())
            QVERIFY2(approving.starts_with("\"Approve\" is not possible while checks fail."), approving.c_str());
        QCOMPARE(desk.whySign(id, desk.approver, Role::approver, Decision::approveWithConditions).empty(), conditional);
        QCOMPARE(desk.whySign(id, desk.approver, Role::approver, Decision::refuse), std::string());
        QCOMPARE(desk.whySign(id, desk.approver, Role::approver, Decision::requestChanges), std::string());
    }

    void anApprovalCoversWhatTheOnesBeforeCovered()
    {
        world::Desk desk;
        desk.prepare();
        const auto id = desk.open();
        desk.sign(id, desk.validator, Role::validator);
        auto fact = desk.signature(id, desk.approver, Role::approver);
        QCOMPARE(desk.why(desk.approver, {fact}), std::string());
        fact.signOff.covered.push_back({"request", "r", "Request", sha256("differs for each signer")});
        QCOMPARE(desk.why(desk.approver, {fact}), std::string());
        fact.signOff.covered[0].hash = sha256("edited since");
        const auto why = desk.why(desk.approver, {fact});
        QVERIFY2(why.starts_with("What Vera Validator signed on ") && why.find("(model)") != std::string::npos,
                 why.c_str());
        fact = desk.signature(id, desk.approver, Role::approver);
        fact.signOff.covered.push_back({"document", "d", "Another", sha256("attached since")});
        QVERIFY(!desk.why(desk.approver, {fact}).empty());
        fact.signOff.decision = Decision::refuse;
        fact.signOff.meaning = desk.pack.meaning(Decision::refuse);
        fact.signOff.comment = "Not now.";
        QCOMPARE(desk.why(desk.approver, {fact}), std::string());
    }

    void aTierChangedMeanwhileStopsApproval()
    {
        world::Desk desk;
        desk.prepare();
        const auto id = desk.open();
        desk.publish(0);
        const auto why = desk.whySign(id, desk.approver, Role::approver);
        QVERIFY2(why.find("was Tier 2, material when the request was opened and is now Tier 3, limited") !=
                     std::string::npos,
                 why.c_str());
        QCOMPARE(desk.whySign(id, desk.approver, Role::approver, Decision::refuse), std::string());
    }

    void whoMustSignFollowsFromTheTier()
    {
        world::Desk desk;
        const auto untiered = desk.ask();
        QCOMPARE(untiered.request.tierLevel, std::int64_t(0));
        QCOMPARE(desk.why(desk.owner, {untiered}), std::string());
        QCOMPARE(untiered.request.required.size(), desk.pack.tiers.front().signatures.size());
        auto lenient = untiered;
        lenient.request.required = {{Role::approver, 1}};
        QVERIFY(desk.why(desk.owner, {lenient}).find("signatures that the policy asks for") != std::string::npos);
        auto wrong = untiered;
        wrong.request.tierLevel = 3;
        wrong.request.required = requiredSignatures(desk.pack, 3);
        QVERIFY(desk.why(desk.owner, {wrong}).find("the model is Not tiered") != std::string::npos);
        const std::vector<std::pair<std::size_t, std::vector<RequiredSignature>>> expected = {
            {3, {signature(Role::validator, 1), signature(Role::approver, 2)}},
            {1, {signature(Role::validator, 1), signature(Role::approver, 1)}},
            {0, {signature(Role::approver, 1)}}};
        for (const auto &[place, signatures] : expected) {
            desk.publish(place);
            const auto fact = desk.ask();
            QCOMPARE(json::serialize(toJson(fact.request.required)), json::serialize(toJson(signatures)));
            QCOMPARE(desk.why(desk.owner, {fact}), std::string());
        }
    }

    void developersAndOwnersDoNotValidate()
    {
        world::Desk desk;
        auto changed = desk.registry.users.at(desk.developer.id);
        changed.roles = {Role::developer, Role::validator};
        desk.does(desk.admin, {UserChanged{changed}});
        QVERIFY(desk.why(desk.developer, {ValidationRecorded{world::validation("a9", desk.first)}})
                    .starts_with("The developer of a model does not validate it"));
        changed = desk.registry.users.at(desk.owner.id);
        changed.roles = {Role::modelOwner, Role::validator};
        desk.does(desk.admin, {UserChanged{changed}});
        QVERIFY(desk.why(desk.owner, {ValidationRecorded{world::validation("a9", desk.first)}})
                    .starts_with("The owner of a model does not validate it"));
        QCOMPARE(desk.why(desk.validator, {ValidationRecorded{world::reviewedAgain("a9", desk.first)}}), std::string());
    }

    void findingsAreClosedBySomeoneElse()
    {
        world::Desk desk;
        auto finding = world::finding("f", ModelId("m1"));
        finding.owner = "ann  approver";
        desk.does(desk.validator, {FindingRaised{finding}});
        const FindingClosed close{finding.id, "Refitted.", desk.registry.size - 1};
        QVERIFY(desk.why(desk.validator, {close}).starts_with("Nobody closes a finding they raised"));
        QVERIFY(desk.why(desk.approver, {close}).starts_with("The owner of a finding does not close it"));
        QCOMPARE(desk.why(desk.second, {close}), std::string());
    }

    void overridesAreConfirmedBySomeoneElse()
    {
        world::Desk desk;
        auto tier = desk.tier(1);
        tier.overrideLevel = 3;
        tier.overrideReason = "Pilot";
        desk.does(desk.second, {TierPublished{tier}});
        const TierOverrideConfirmed confirm{tier.id, {}, desk.registry.size - 1};
        QVERIFY(desk.why(desk.second, {confirm}).starts_with("An override is confirmed by somebody else"));
        QCOMPARE(desk.why(desk.approver, {confirm}), std::string());
        auto changed = desk.registry.users.at(desk.owner.id);
        changed.roles = {Role::modelOwner, Role::approver};
        desk.does(desk.admin, {UserChanged{changed}});
        QVERIFY(desk.why(desk.owner, {confirm}).starts_with("The owner and the developer"));
    }

    void nobodyGivesThemselvesARole()
    {
        world::Desk desk;
        auto self = desk.registry.users.at(desk.admin.id);
        self.roles.insert(Role::approver);
        QVERIFY(desk.why(desk.admin, {UserChanged{self}}).starts_with("Nobody gives themselves another role"));
        auto other = desk.registry.users.at(desk.executive.id);
        other.roles = {Role::administrator};
        QCOMPARE(desk.why(desk.admin, {UserChanged{other}}), std::string());
        desk.does(desk.admin, {UserChanged{other}});
        QCOMPARE(desk.why(desk.executive, {UserChanged{self}}), std::string());
    }

    void withdrawingIsForTheRequesterOrAnAdministrator()
    {
        world::Desk desk;
        const auto id = desk.open();
        const RequestWithdrawn fact{id, "Later.", desk.registry.size - 1};
        QCOMPARE(desk.why(desk.owner, {fact}), std::string());
        QCOMPARE(desk.why(desk.admin, {fact}), std::string());
        QVERIFY(!desk.why(desk.developer, {fact}).empty());
    }

    void everySeparationRuleCanBeDroppedByAPack()
    {
        world::Desk desk;
        desk.prepare();
        const auto pat = world::person("u-pat", "Pat Person", {Role::developer, Role::approver});
        desk.does(desk.admin, {UserEnrolled{pat}});
        const auto id = desk.open(&pat);
        QVERIFY(!desk.whySign(id, pat, Role::approver).empty());
        desk.pack.separation.erase(SeparationRule::requesterDoesNotSign);
        QCOMPARE(desk.whySign(id, pat, Role::approver), std::string());
    }

    void productionIsReachedBySignaturesAlone()
    {
        world::Desk desk;
        desk.prepare();
        for (const auto stage : {VersionStage::approved, VersionStage::inProduction}) {
            auto born = world::version("v9", ModelId("m1"), "9.0");
            born.stage = stage;
            QVERIFY(desk.why(desk.owner, {VersionRegistered{born}}).find("approved deployment request") !=
                    std::string::npos);
            auto edited = desk.registry.versions.at(desk.first.id);
            edited.stage = stage;
            QVERIFY(desk.why(desk.owner, {VersionEdited{edited}}).find("approved deployment request") !=
                    std::string::npos);
        }
        for (const auto stage : {Stage::approved, Stage::inProduction}) {
            auto model = desk.registry.models.at(ModelId("m1"));
            model.stage = stage;
            QVERIFY(desk.why(desk.owner, {ModelEdited{model, {}}}).find("approved deployment request") !=
                    std::string::npos);
        }
        auto inventory = world::model("m8", "CR-080");
        inventory.stage = Stage::inProduction;
        QCOMPARE(desk.why(desk.owner, {ModelRegistered{inventory, "inventory.csv, row 2"}}), std::string());
    }

    void whatIsApprovedStaysAsItWas()
    {
        world::Desk desk;
        desk.prepare();
        const auto id = desk.open();
        auto edited = desk.registry.versions.at(desk.first.id);
        edited.changes = "More trees";
        QVERIFY(desk.why(desk.owner, {VersionEdited{edited}}).find("open deployment request") != std::string::npos);
        auto model = desk.registry.models.at(ModelId("m1"));
        model.owner = "Somebody Else";
        QVERIFY(desk.why(desk.owner, {ModelEdited{model, {}}}).find("people named on a model") != std::string::npos);
        desk.sign(id, desk.validator, Role::validator);
        desk.sign(id, desk.approver, Role::approver);
        edited = desk.registry.versions.at(desk.first.id);
        QVERIFY(edited.stage == VersionStage::approved);
        edited.artefact = "model-2.pkl";
        QVERIFY(desk.why(desk.owner, {VersionEdited{edited}}).find("stays as it was approved") != std::string::npos);
        desk.deploy(id);
        edited = desk.registry.versions.at(desk.first.id);
        QVERIFY(edited.stage == VersionStage::inProduction);
        edited.artefact = "model-2.pkl";
        QVERIFY(desk.why(desk.owner, {VersionEdited{edited}}).find("stays as it was approved") != std::string::npos);
        edited = desk.registry.versions.at(desk.first.id);
        edited.importance = {{"income", 1}};
        QCOMPARE(desk.why(desk.owner, {VersionEdited{edited}}), std::string());
        edited.stage = VersionStage::retired;
        QCOMPARE(desk.why(desk.owner, {VersionEdited{edited}}), std::string());
        model = desk.registry.models.at(ModelId("m1"));
        model.owner = "Somebody Else";
        QCOMPARE(desk.why(desk.owner, {ModelEdited{model, {}}}), std::string());
    }

    void aRestrictionIsLiftedWhereAVersionWasApproved()
    {
        world::Desk desk;
        desk.prepare();
        auto model = desk.registry.models.at(ModelId("m1"));
        model.stage = Stage::restricted;
        desk.does(desk.owner, {ModelEdited{model, {}}});
        model = desk.registry.models.at(ModelId("m1"));
        model.stage = Stage::inProduction;
        QVERIFY(!desk.why(desk.owner, {ModelEdited{model, {}}}).empty());
        const auto id = desk.open();
        desk.sign(id, desk.validator, Role::validator);
        desk.sign(id, desk.approver, Role::approver);
        QVERIFY(!desk.why(desk.owner, {ModelEdited{model, {}}}).empty());
        desk.deploy(id);
        model = desk.registry.models.at(ModelId("m1"));
        QVERIFY(model.stage == Stage::restricted);
        model.stage = Stage::inProduction;
        QCOMPARE(desk.why(desk.owner, {ModelEdited{model, {}}}), std::string());
        for (auto &stage : desk.pack.lifecycle)
            if (stage.stage == Stage::inProduction)
                stage.entry = {{"validation", {}}};
        desk.does(desk.owner, {VersionRegistered{world::version("v2", ModelId("m1"), "2.0")}});
        QVERIFY2(desk.why(desk.owner, {ModelEdited{model, {}}}).empty(),
                 "judged on the version in production, not on a newer one that is still in development");
    }

    void anEntryIsJudgedFactByFact()
    {
        world::Desk desk;
        const auto pat = world::person("u-pat", "Pat Person", {Role::validator});
        desk.does(desk.admin, {UserEnrolled{pat}});
        const auto finding = world::finding("f", ModelId("m1"));
        const auto seq = desk.registry.size;
        QVERIFY(desk.why(pat, {FindingRaised{finding}, FindingClosed{finding.id, "Done.", seq}})
                    .starts_with("Nobody closes a finding they raised"));
        auto model = desk.registry.models.at(ModelId("m1"));
        model.developer = "Somebody Else";
        QVERIFY2(
            !desk.why(desk.developer, {ModelEdited{model, {}}, ValidationRecorded{world::validation("a", desk.first)}})
                 .empty(),
            "the role is missing, whatever the first fact changes");
        QCOMPARE(desk.why(desk.owner, {FindingRaised{finding}, FindingRaised{world::finding("g", ModelId("m1"))}}),
                 std::string());
    }

    void theFirstEntryIsTheWorkspaceItsPolicyAndItsAuthor()
    {
        world::Desk desk;
        world::World empty;
        const auto why = [&](const User &author, std::vector<Fact> facts) {
            return whyForbidden(desk.pack, empty.registry, empty.act(author, std::move(facts))).value_or("");
        };
        const WorkspaceCreated created{"Example Bank"};
        const auto published = world::policy(desk.text, "sr-26-2", desk.pack.version);
        QCOMPARE(why(desk.admin, {created, published, UserEnrolled{desk.admin}}), std::string());
        QVERIFY(why(desk.admin, {created, published}).find("nothing else") != std::string::npos);
        QVERIFY(!why(desk.admin, {created, published, UserEnrolled{desk.admin}, UserEnrolled{desk.owner}}).empty());
        QVERIFY(!why(desk.admin, {created, published, ModelRegistered{world::model("m", "C"), {}}}).empty());
        QVERIFY(why(desk.admin, {created, published, UserEnrolled{desk.owner}}).find("own author") !=
                std::string::npos);
        QVERIFY(why(desk.owner, {created, published, UserEnrolled{desk.owner}}).find("administrator") !=
                std::string::npos);
        QVERIFY(why(desk.admin, {created, world::policy(desk.text, "other"), UserEnrolled{desk.admin}})
                    .find("another policy") != std::string::npos);
    }

    void policiesReplaceOlderOnes()
    {
        world::Desk desk;
        const auto asVersion = [&](int number) {
            auto text = desk.text;
            const std::string version = "\"version\": 2,";
            text.replace(text.find(version), version.size(), "\"version\": " + std::to_string(number) + ",");
            return text;
        };
        std::erase_if(desk.pack.approvals,
                      [](const ApprovalRule &rule) { return rule.trigger == ApprovalTrigger::policyChange; });
        QCOMPARE(desk.why(desk.admin, {world::policy(asVersion(3), "sr-26-2", 3)}), std::string());
        QVERIFY(desk.why(desk.admin, {world::policy(asVersion(2), "sr-26-2", 2)}).find("higher version") !=
                std::string::npos);
        auto other = desk;
        other.does(other.admin, {world::policy(asVersion(3), "sr-26-2", 3)});
        other.pack.id = "another"; // in force meanwhile
        auto changed = parsePolicyPack(asVersion(3));
        changed.title = "Another text";
        QVERIFY(other.why(other.admin, {world::policy(policyPackText(changed), "sr-26-2", 3)})
                    .find("published before with another text") != std::string::npos);
        QVERIFY(desk.why(desk.admin, {world::policy(asVersion(3), "sr-26-2", 4)}).find("its text is") !=
                std::string::npos);
        QVERIFY(desk.why(desk.admin, {world::policy("{}", "sr-26-2", 2)}).starts_with("Policy pack, "));
        QVERIFY(!desk.why(desk.owner, {world::policy(asVersion(3), "sr-26-2", 3)}).empty());
    }

    void aStrangerMayNothing()
    {
        const world::Desk desk;
        const auto act = desk.act(world::person("u-x", "Xavier", {Role::administrator}),
                                  {UserEnrolled{world::person("u-y", "Yann", {})}});
        QCOMPARE(whyForbidden(desk.pack, desk.registry, act).value_or(""),
                 std::string("The author of the entry is not enrolled."));
    }
};

QTEST_APPLESS_MAIN(TestSeparation)
#include "tst_separation.moc"
