// SPDX-License-Identifier: GPL-3.0-or-later
//
// Rules of a pack that the people enrolled cannot satisfy, named at their lines.
#include <QTest>

#include "core/policy/peoplechecks.h"
#include "core/policy/simulation.h"
#include "tests/core/policy/desk.h"

using namespace countersign;

namespace {

std::vector<PolicyFault> faultsOf(const world::Desk &desk, const PolicyPack &pack)
{
    return peopleFaults(pack, policyPackText(pack), desk.registry);
}

const PolicyFault *at(const std::vector<PolicyFault> &faults, const std::string &path)
{
    const auto found = std::ranges::find(faults, path, &PolicyFault::path);
    return found == faults.end() ? nullptr : &*found;
}

/// The line, from 1, on which `needle` stands first.
std::int64_t lineOf(const std::string &text, const std::string &needle)
{
    return std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(text.find(needle)), '\n') + 1;
}

} // namespace

class TestPeopleChecks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyShippedPackFindsItsPeople()
    {
        const world::Desk desk;
        for (const auto &shipped : builtInPolicyPacks()) {
            const auto pack = parsePolicyPack(shipped.text);
            const auto faults = faultsOf(desk, pack);
            QVERIFY2(faults.empty(), faults.empty() ? "" : (pack.id + ": " + faults.front().what).c_str());
            QVERIFY(unmetApprovals(pack, desk.registry).empty());
        }
    }

    void aPermissionThatNobodyHoldsIsNamedAtItsLine()
    {
        world::Desk desk;
        desk.registry.users.at(desk.validator.id).active = false;
        desk.registry.users.at(desk.second.id).roles = {Role::approver};
        const auto faults = faultsOf(desk, desk.pack);
        const auto *fault = at(faults, "permissions.validationRecorded");
        QVERIFY(fault);
        QCOMPARE(fault->line, lineOf(policyPackText(desk.pack), "\"validationRecorded\""));
        QVERIFY2(fault->what.find("nobody enrolled may") != std::string::npos, fault->what.c_str());
        QVERIFY2(fault->blocks, "a tier asks for a validation");
        auto lenient = desk.pack;
        for (auto &tier : lenient.tiers)
            tier.validationRequired = false;
        QVERIFY(!at(faultsOf(desk, lenient), "permissions.validationRecorded")->blocks);
    }

    void eachOriginIsACaseOfItsOwn()
    {
        world::Desk desk;
        const auto rule = [](const char *id, Origin origin) {
            ApprovalRule made;
            made.id = id;
            made.quorum = Quorum::atLeast;
            made.count = 2;
            made.origins = {origin};
            return made;
        };
        auto pack = desk.pack;
        pack.approvals.push_back(rule("bought", Origin::vendor));
        pack.approvals.push_back(rule("made", Origin::inHouse));
        QVERIFY(faultsOf(desk, pack).empty()); // two approvers, two of each at a time
        pack.approvals.back().count = 3;
        QVERIFY(!faultsOf(desk, pack).empty());

        auto onlyBought = desk.pack;
        onlyBought.approvals.push_back(rule("bought", Origin::vendor));
        onlyBought.tiers.back().signatures.clear();
        const auto faults = checkPolicyText(policyPackText(onlyBought));
        QVERIFY2(at(faults, "tiers[2].signatures"), "a model made in house could not be requested");
    }

    void whoSignsOutOfScopeIsChecked()
    {
        world::Desk desk;
        auto pack = desk.pack;
        for (auto &outcome : pack.scope.outcomes)
            if (outcome.id == "non-model")
                outcome.signatures = {{Role::validator, 9}};
        const auto faults = faultsOf(desk, pack);
        QVERIFY(at(faults, "scope.outcomes[2].signatures"));
        QVERIFY(at(faults, "scope.outcomes[2].signatures")->blocks);
    }

    void everyTriggerIsChecked()
    {
        const world::Desk desk;
        for (const auto trigger : enumValues<ApprovalTrigger>()) {
            auto pack = desk.pack;
            const bool ofPolicy = trigger == ApprovalTrigger::policyChange;
            pack.approvals = {{"cro", trigger, {2}, Role::approver, {"Nobody Here"}}};
            if (ofPolicy)
                pack.approvals.front().tiers.clear();
            const auto faults = faultsOf(desk, pack);
            QVERIFY2(at(faults, "approvals[0]"), enumName(trigger).c_str());
            QVERIFY(at(faults, "approvals[0]")->what.find("Nobody Here") != std::string::npos);
            const auto unmet = unmetApprovals(pack, desk.registry);
            QVERIFY(std::ranges::any_of(unmet, [&](const UnmetApproval &each) {
                return each.why.find("Nobody Here") != std::string::npos &&
                       each.subject.ends_with(ofPolicy ? "Change of policy" : "Tier 2, material");
            }));
        }
    }

    void onePersonDoesNotSignTwiceForTwoRoles()
    {
        world::Desk desk;
        desk.registry.users.at(desk.validator.id).active = false;
        desk.registry.users.at(desk.approver.id).active = false; // Sam Second alone is approver and validator
        auto pack = desk.pack;
        pack.tiers[0].signatures = {{Role::validator, 1}, {Role::approver, 1}};
        const auto faults = faultsOf(desk, pack);
        const auto *fault = at(faults, "tiers[0].signatures[1]");
        QVERIFY(fault);
        QVERIFY2(fault->what.find("those who could give 1 of 2 are the same people") != std::string::npos,
                 fault->what.c_str());
        QVERIFY(std::ranges::any_of(unmetApprovals(pack, desk.registry), [](const UnmetApproval &each) {
            return each.subject == "Deployment, Tier 1, critical";
        }));
        pack.separation.erase(SeparationRule::oneSignaturePerPerson);
        QVERIFY(!at(faultsOf(desk, pack), "tiers[0].signatures[1]"));
    }

    void aPersonOfTwoRolesGivesTheRarerOne()
    {
        world::Desk desk;
        desk.registry.users.at(desk.validator.id).active = false; // Ann approves, Sam validates
        QVERIFY(!whyNotApart(desk.registry, {{Role::approver, 1}, {Role::validator, 1}}));
        QVERIFY(whyNotApart(desk.registry, {{Role::approver, 2}, {Role::validator, 1}}));
    }
};

QTEST_APPLESS_MAIN(TestPeopleChecks)
#include "tst_peoplechecks.moc"
