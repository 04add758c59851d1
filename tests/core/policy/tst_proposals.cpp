// SPDX-License-Identifier: GPL-3.0-or-later
//
// A change of policy that is proposed and signed before it is published.
#include <QTest>

#include "core/domain/deadlines.h"
#include "core/policy/peoplechecks.h"
#include "tests/core/domain/worldproposals.h"
#include "tests/core/policy/desk.h"

using namespace countersign;

namespace {

const ProposalId kProposal("q1");

bool says(const std::string &text, const char *words)
{
    return text.find(words) != std::string::npos;
}

ApprovalRule rule(Role role, std::int64_t order = 1, Quorum quorum = Quorum::any)
{
    ApprovalRule made;
    made.id = "policy-change-" + enumName(role) + std::to_string(order);
    made.trigger = ApprovalTrigger::policyChange;
    made.role = role;
    made.order = order;
    made.quorum = quorum;
    return made;
}

/// The shipped pack with these rules for a change of it.
world::Desk deskWith(std::vector<ApprovalRule> rules)
{
    auto pack = parsePolicyPack(builtInPolicyPack());
    std::erase_if(pack.approvals,
                  [](const ApprovalRule &each) { return each.trigger == ApprovalTrigger::policyChange; });
    std::ranges::move(rules, std::back_inserter(pack.approvals));
    return world::Desk(policyPackText(pack));
}

/// What comes after the pack of the desk, with a change.
PolicyPack next(const world::Desk &desk)
{
    auto pack = desk.pack;
    pack.version += 1;
    pack.tiers.front().reviewMonths = 6;
    return pack;
}

PolicyPublished publication(const PolicyPack &pack)
{
    const auto text = policyPackText(pack);
    return {pack.id, pack.version, sha256(text), text};
}

PolicyProposed proposed(const world::Desk &desk, const PolicyPack &pack, const User &by)
{
    auto record = world::proposal(desk.registry, kProposal.str(), policyPackText(pack), pack.version,
                                  policyChangeSignatures(desk.pack, desk.registry, by.id));
    record.pack = pack.id;
    return {record};
}

ProposalSigned signature(const world::Desk &desk, const User &by, Role role, bool approved = true)
{
    return {kProposal, world::exceptionSignature(by, role, approved), desk.registry.proposals.at(kProposal).revision};
}

ProposalStatus statusOf(const world::Desk &desk)
{
    return desk.registry.proposals.at(kProposal).status;
}

} // namespace

class TestProposals : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutARuleAnAdministratorPublishesAlone()
    {
        auto desk = deskWith({});
        QVERIFY(!asksForPolicyChange(desk.pack));
        QCOMPARE(desk.why(desk.admin, {publication(next(desk))}), std::string());
        auto asked = proposed(desk, next(desk), desk.admin);
        asked.record.required = {{Role::approver, 1}};
        QVERIFY(says(desk.why(desk.admin, {asked}), "it is published, not proposed"));
    }

    void everyShippedPackAsksForAnApprover()
    {
        for (const auto &shipped : builtInPolicyPacks()) {
            world::Desk desk(shipped.text);
            QVERIFY2(asksForPolicyChange(desk.pack), desk.pack.id.c_str());
            QVERIFY(says(desk.why(desk.admin, {publication(next(desk))}), "signed before it is published"));
            desk.does(desk.admin, {proposed(desk, next(desk), desk.admin)});
            QCOMPARE(desk.why(desk.approver, {signature(desk, desk.approver, Role::approver)}), std::string());
        }
    }

    void itIsPublishedOnceItIsSignedAndNoOtherText()
    {
        auto desk = deskWith({rule(Role::approver)});
        const auto draft = next(desk);
        QCOMPARE(desk.why(desk.admin, {proposed(desk, draft, desk.admin)}), std::string());
        QVERIFY(says(desk.why(desk.owner, {proposed(desk, draft, desk.owner)}), "alone may propose policies"));
        desk.does(desk.admin, {proposed(desk, draft, desk.admin)});
        QVERIFY(says(desk.why(desk.admin, {publication(draft)}), "nothing is signed for this text"));
        desk.does(desk.approver, {signature(desk, desk.approver, Role::approver)});
        QVERIFY(statusOf(desk) == ProposalStatus::approved);
        auto other = draft;
        other.tiers.front().reviewMonths = 7;
        QVERIFY(!desk.why(desk.admin, {publication(other)}).empty());
        QCOMPARE(desk.why(desk.admin, {publication(draft)}), std::string());
        desk.does(desk.admin, {publication(draft)});
        QVERIFY(statusOf(desk) == ProposalStatus::published);
        QCOMPARE(desk.registry.policyText, policyPackText(draft));
    }

    void aDraftDoesNotLoosenItsOwnPublication()
    {
        auto desk = deskWith({rule(Role::approver)});
        auto draft = next(desk);
        std::erase_if(draft.approvals,
                      [](const ApprovalRule &each) { return each.trigger == ApprovalTrigger::policyChange; });
        draft.separation.erase(SeparationRule::requesterDoesNotSign);
        QVERIFY(!desk.why(desk.admin, {publication(draft)}).empty());
        auto asked = proposed(desk, draft, desk.admin);
        asked.record.required = {{Role::administrator, 1}};
        QVERIFY(says(desk.why(desk.admin, {asked}), "does not name the signatures"));
        desk.does(desk.admin, {proposed(desk, draft, desk.admin)});
        QVERIFY(!desk.why(desk.admin, {publication(draft)}).empty());
    }

    void whoAbstainsDoesNotSignAndNobodyLessIsAskedFor()
    {
        auto desk = deskWith({rule(Role::approver)});
        desk.does(desk.admin, {proposed(desk, next(desk), desk.admin)});
        const auto abstention = [&] {
            return ProposalAbstained{kProposal, "My brother sells the models.",
                                     desk.registry.proposals.at(kProposal).revision};
        };
        QVERIFY(says(desk.why(desk.owner, {abstention()}), "alone may abstain from signing proposed policies"));
        desk.does(desk.approver, {abstention()});
        QCOMPARE(desk.registry.proposals.at(kProposal).abstentions.front().fullName, desk.approver.fullName);
        QVERIFY(says(desk.why(desk.approver, {signature(desk, desk.approver, Role::approver)}),
                     "has abstained from this proposal"));
        QVERIFY(statusOf(desk) == ProposalStatus::open);
        QCOMPARE(outstanding(desk.registry.proposals.at(kProposal)).size(), std::size_t(1));
        desk.does(desk.second, {signature(desk, desk.second, Role::approver)});
        QVERIFY(statusOf(desk) == ProposalStatus::approved);
    }

    void nothingIsPublishedThatNobodyCouldSatisfyHoweverTheEntryIsMade()
    {
        auto desk = deskWith({});
        auto draft = next(desk);
        for (auto &each : draft.approvals) {
            each.quorum = Quorum::atLeast;
            each.count = 40;
        }
        const auto why = desk.why(desk.admin, {publication(draft)});
        QVERIFY2(says(why, "Nobody could give an approval that the policy asks for"), why.c_str());
    }

    void nobodySignsTheirOwnProposalOrTwice()
    {
        auto desk = deskWith({rule(Role::approver, 1, Quorum::all)});
        auto both = world::person("u-both", "Bo Both", {Role::administrator, Role::approver});
        desk.does(desk.admin, {UserEnrolled{both}});
        both = desk.registry.users.at(both.id);
        const auto asked = proposed(desk, next(desk), both);
        QCOMPARE(asked.record.required.front().count, std::int64_t(2)); // all approvers but the proposer
        QCOMPARE(desk.why(both, {asked}), std::string());
        desk.does(both, {asked});
        QVERIFY(says(desk.why(both, {signature(desk, both, Role::approver)}), "Nobody signs their own request"));
        desk.does(desk.approver, {signature(desk, desk.approver, Role::approver)});
        QVERIFY(statusOf(desk) == ProposalStatus::open);
        QVERIFY(says(desk.why(desk.approver, {signature(desk, desk.approver, Role::approver)}), "once"));
        desk.does(desk.second, {signature(desk, desk.second, Role::approver)});
        QVERIFY(statusOf(desk) == ProposalStatus::approved);
    }

    void theOrderIsKept()
    {
        auto desk = deskWith({rule(Role::approver, 2), rule(Role::validator, 1)});
        desk.does(desk.admin, {proposed(desk, next(desk), desk.admin)});
        QVERIFY(says(desk.why(desk.approver, {signature(desk, desk.approver, Role::approver)}), "validator"));
        desk.does(desk.validator, {signature(desk, desk.validator, Role::validator)});
        QCOMPARE(desk.why(desk.approver, {signature(desk, desk.approver, Role::approver)}), std::string());
    }

    void aDeputySignsWhereARuleNamesSomebody()
    {
        auto named = rule(Role::approver);
        named.people = {"Ann Approver"};
        auto desk = deskWith({named});
        desk.does(desk.admin, {proposed(desk, next(desk), desk.admin)});
        QVERIFY(!desk.why(desk.second, {signature(desk, desk.second, Role::approver)}).empty());
        desk.does(desk.approver, {DelegationRecorded{world::delegation("g", desk.approver.id, desk.second.id)}});
        auto inPlace = signature(desk, desk.second, Role::approver);
        const auto today = dateOf(desk.registry.lastAt);
        inPlace.signature.onBehalfOf = standsInFor(desk.pack, desk.registry, desk.registry.proposals.at(kProposal),
                                                   desk.second, Role::approver, today);
        QCOMPARE(inPlace.signature.onBehalfOf, std::string("Ann Approver"));
        QCOMPARE(desk.why(desk.second, {inPlace}), std::string());
    }

    void aRefusalAWithdrawalAndATimeOutPublishNothing()
    {
        auto timed = rule(Role::approver);
        timed.timeOutAfterDays = 10;
        auto desk = deskWith({timed});
        desk.does(desk.admin, {proposed(desk, next(desk), desk.admin)});
        const ProposalWithdrawn withdrawal{kProposal, "Later.", desk.registry.proposals.at(kProposal).revision};
        QCOMPARE(desk.why(desk.admin, {withdrawal}), std::string());

        auto refused = desk;
        refused.does(desk.approver, {signature(desk, desk.approver, Role::approver, false)});
        QVERIFY(statusOf(refused) == ProposalStatus::refused);
        QVERIFY(!refused.why(desk.admin, {publication(next(desk))}).empty());

        auto withdrawn = desk;
        withdrawn.does(desk.admin, {withdrawal});
        QVERIFY(statusOf(withdrawn) == ProposalStatus::withdrawn);

        const auto &open = desk.registry.proposals.at(kProposal);
        const auto last = dateOf(open.at) + std::chrono::days(10);
        QVERIFY(statusOn(open, last) == ProposalStatus::open);
        QVERIFY(statusOn(open, last + std::chrono::days(1)) == ProposalStatus::timedOut);
        auto late = desk.act(desk.approver, {signature(desk, desk.approver, Role::approver)});
        late.at += std::chrono::days(12);
        QVERIFY_THROWS_EXCEPTION(Exception, checkConsistent(desk.registry, late));
        QVERIFY(whyForbidden(desk.pack, desk.registry, late));
    }

    void anotherPolicyInForceOvertakesAProposal()
    {
        auto desk = deskWith({rule(Role::approver)});
        desk.does(desk.admin, {proposed(desk, next(desk), desk.admin)});
        auto other = next(desk);
        other.tiers.front().reviewMonths = 9;
        desk.does(desk.admin, {publication(other)});
        QVERIFY(says(desk.why(desk.approver, {signature(desk, desk.approver, Role::approver)}),
                     "Another policy has come into force"));
        auto stale = proposed(desk, next(desk), desk.admin);
        stale.record.id = ProposalId("q2");
        stale.record.basedOn = desk.registry.proposals.at(kProposal).basedOn;
        QVERIFY(says(desk.why(desk.admin, {stale}), "another policy than the one in force"));
    }

    void aRuleOfTiersOrThatNobodyCouldUseIsAFault()
    {
        const auto faultOf = [](auto change) {
            auto pack = parsePolicyPack(builtInPolicyPack());
            pack.approvals = {rule(Role::approver)};
            pack.excusableChecks.clear();
            change(pack);
            const auto faults = checkPolicyText(policyPackText(pack));
            return faults.empty() ? std::string() : faults.front().path + ": " + faults.front().what;
        };
        QCOMPARE(faultOf([](PolicyPack &) {}), std::string());
        QVERIFY(says(faultOf([](PolicyPack &pack) { pack.approvals[0].tiers = {1}; }), "no tier and no origin"));
        QVERIFY(says(faultOf([](PolicyPack &pack) { pack.permissions.erase("policyProposed"); }),
                     "nobody may propose a policy"));
        QVERIFY(says(faultOf([](PolicyPack &pack) { pack.approvals[0].role = Role::modelOwner; }),
                     "permissions.proposalSigned"));
        world::Desk desk;
        auto pack = desk.pack;
        pack.approvals.back().people = {"Nobody Here"};
        const auto faults = peopleFaults(pack, policyPackText(pack), desk.registry);
        QCOMPARE(faults.size(), std::size_t(1));
        QVERIFY(says(faults.front().path, "approvals["));
        QVERIFY(faults.front().blocks);
    }
};

QTEST_APPLESS_MAIN(TestProposals)
#include "tst_proposals.moc"
