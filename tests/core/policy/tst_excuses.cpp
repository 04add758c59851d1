// SPDX-License-Identifier: GPL-3.0-or-later
//
// Approved exceptions from policy, and the checks that they excuse while they hold.
#include <QTest>

#include "core/policy/controls.h"
#include "core/policy/excuses.h"
#include "tests/core/policy/desk.h"

using namespace countersign;

namespace {

const ModelId kModel("m1");

bool says(const std::string &text, const char *words)
{
    return text.find(words) != std::string::npos;
}

PolicyException excusing(const world::Desk &desk, const std::string &check, const char *id = "e")
{
    auto made = world::exception(id, kModel);
    made.requirement = "Reports attached";
    made.excuses = check;
    made.required = exceptionSignatures(desk.pack, desk.registry, kModel, made.kind, desk.owner.id);
    return made;
}

void approve(world::Desk &desk, const PolicyException &exception, bool approved = true)
{
    desk.does(desk.owner, {ExceptionRequested{exception}});
    desk.does(desk.approver,
              {ExceptionSigned{exception.id, world::exceptionSignature(desk.approver, Role::approver, approved),
                               desk.registry.exceptions.at(exception.id).revision}});
}

Check checkOn(const world::Desk &desk, const std::string &id, Date day)
{
    for (const auto &check : deploymentChecks(desk.pack, desk.registry, desk.first.id, day))
        if (check.id == id)
            return check;
    return {};
}

/// Tier 2, all that a deployment needs but the validation report.
world::Desk withoutReport()
{
    world::Desk desk;
    desk.publish(1);
    desk.attach(DocumentKind::documentation);
    desk.validate(desk.validator);
    desk.monitor(Health::green);
    return desk;
}

std::vector<std::string> offered(const world::Desk &desk)
{
    std::vector<std::string> ids;
    for (const auto &excusable : excusablesOf(desk.pack, desk.registry, desk.registry.models.at(kModel)))
        ids.push_back(excusable.id);
    return ids;
}

bool offers(const world::Desk &desk, const char *id)
{
    return std::ranges::count(offered(desk), id) == 1;
}

} // namespace

class TestExcuses : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsExcusedIsMetWithTheExceptionAsTheReasonUntilTheDayItLapses()
    {
        auto desk = withoutReport();
        const auto request = desk.open();
        desk.sign(request, desk.validator, Role::validator);
        QVERIFY(says(desk.whySign(request, desk.approver, Role::approver), "Missing on version 1.0"));
        desk = withoutReport();
        const auto exception = excusing(desk, "documentation");
        QCOMPARE(desk.why(desk.owner, {ExceptionRequested{exception}}), std::string());
        approve(desk, exception);
        const auto last = exception.expiresOn;
        auto check = checkOn(desk, "documentation", last);
        QVERIFY(check.state == CheckState::passed);
        QVERIFY2(
            check.detail.starts_with("Excused until 2026-12-31 by the exception \"Reports attached\"; compensating "
                                     "control: Weekly review of decisions by hand. Without it: Missing on"),
            check.detail.c_str());
        check = checkOn(desk, "documentation", last + std::chrono::days(1));
        QVERIFY(check.state == CheckState::failed);
        QVERIFY(check.detail.starts_with("Missing on"));

        const auto id = desk.open();
        desk.sign(id, desk.validator, Role::validator);
        QCOMPARE(desk.whySign(id, desk.approver, Role::approver), std::string());
        desk.sign(id, desk.approver, Role::approver);
        auto act = desk.act(desk.owner, {desk.deployment(id)});
        QVERIFY(!whyForbidden(desk.pack, desk.registry, act));
        act.at = *parseUtcTime("2027-01-01T09:00:00.000Z");
        const auto why = whyForbidden(desk.pack, desk.registry, act);
        QVERIFY(why && says(*why, "Missing on version 1.0"));
    }

    void onlyAnApprovedOneExcuses()
    {
        const auto failsWith = [](auto change) {
            auto desk = withoutReport();
            change(desk);
            return checkOn(desk, "documentation", dateOf(desk.registry.lastAt)).state == CheckState::failed;
        };
        QVERIFY(failsWith([](world::Desk &) {}));
        QVERIFY(failsWith(
            [](world::Desk &desk) { desk.does(desk.owner, {ExceptionRequested{excusing(desk, "documentation")}}); }));
        QVERIFY(failsWith([](world::Desk &desk) { approve(desk, excusing(desk, "documentation"), false); }));
        QVERIFY(failsWith([](world::Desk &desk) { approve(desk, excusing(desk, "monitoring")); }));
        QVERIFY(failsWith([](world::Desk &desk) {
            approve(desk, excusing(desk, "documentation"));
            desk.does(desk.second, {ExceptionClosed{ExceptionId("e"), "Attached soon.",
                                                    desk.registry.exceptions.at(ExceptionId("e")).revision}});
        }));
        QVERIFY(failsWith([](world::Desk &desk) {
            approve(desk, excusing(desk, "documentation"));
            desk.pack.excusableChecks.erase("documentation"); // by the policy in force, not by that of its day
        }));
        QVERIFY(!failsWith([](world::Desk &desk) { approve(desk, excusing(desk, "documentation")); }));
    }

    void oneOfAVersionExcusesThatVersion()
    {
        auto desk = withoutReport();
        desk.does(desk.owner, {VersionRegistered{world::version("v2", kModel, "2.0")}});
        auto exception = excusing(desk, "documentation");
        exception.version = VersionId("v2");
        approve(desk, exception);
        const auto today = dateOf(desk.registry.lastAt);
        QVERIFY(checkOn(desk, "documentation", today).state == CheckState::failed);
        QVERIFY(!excuseOf(desk.pack, desk.registry, kModel, desk.first.id, "documentation", today));
        QVERIFY(excuseOf(desk.pack, desk.registry, kModel, VersionId("v2"), "documentation", today));
    }

    void aFieldIsExcusedAlone()
    {
        auto desk = withoutReport();
        auto model = desk.registry.models.at(kModel);
        model.developer.clear();
        model.validator.clear();
        desk.does(desk.owner, {ModelEdited{model, {}}});
        const auto today = dateOf(desk.registry.lastAt);
        const auto before = checkOn(desk, "fields", today);
        QVERIFY2(says(before.detail, "developer, validator"), before.detail.c_str());
        approve(desk, excusing(desk, "fields.developer"));
        const auto one = checkOn(desk, "fields", today);
        QVERIFY(one.state == CheckState::failed);
        QVERIFY2(one.detail.starts_with("Missing: validator. Missing: developer. Excused until 2026-12-31"),
                 one.detail.c_str());
    }

    void aStageIsEnteredWithAnExcusedField()
    {
        world::Desk desk;
        desk.publish(1);
        auto model = desk.registry.models.at(kModel);
        model.developer.clear();
        model.validator.clear();
        desk.does(desk.owner, {ModelEdited{model, {}}});
        model = desk.registry.models.at(kModel);
        const auto missing = missingFields(desk.pack, model, 2);
        QCOMPARE(missing.size(), std::size_t(2));
        model.stage = Stage::inValidation;
        QVERIFY(says(desk.why(desk.owner, {ModelEdited{model, {}}}), "Inventory fields filled"));
        int count = 0;
        for (const auto &field : missing) {
            QVERIFY(offers(desk, ("fields." + field).c_str()));
            approve(desk, excusing(desk, "fields." + field, ("e" + std::to_string(++count)).c_str()));
        }
        model = desk.registry.models.at(kModel);
        model.stage = Stage::inValidation;
        QCOMPARE(desk.why(desk.owner, {ModelEdited{model, {}}}), std::string());
        auto late = desk.act(desk.owner, {ModelEdited{model, {}}});
        late.at = *parseUtcTime("2027-01-01T09:00:00.000Z");
        QVERIFY(whyForbidden(desk.pack, desk.registry, late));
    }

    void aControlCountsAsMet()
    {
        auto desk = withoutReport();
        const auto standing = [&](Date day) {
            const auto risk = riskStanding(desk.pack, desk.registry, desk.registry.models.at(kModel), day);
            const auto found = std::ranges::find(risk.results, std::string("revalidation-24"), &ControlResult::id);
            return found == risk.results.end() ? ControlResult{} : *found;
        };
        auto &model = desk.registry.models.at(kModel);
        model.lastValidatedOn = parseDate("2020-01-31");
        const auto today = dateOf(desk.registry.lastAt);
        QVERIFY(standing(today).standing == ControlStanding::notMet);
        approve(desk, excusing(desk, "review"));
        QVERIFY(standing(today).standing == ControlStanding::met);
        QVERIFY(says(standing(today).detail, "Excused until 2026-12-31"));
        QVERIFY(standing(*parseDate("2027-01-01")).standing == ControlStanding::notMet);
    }

    void theChecksOfTheTierAreOffered()
    {
        world::Desk desk;
        desk.publish(1);
        for (const auto *id : {"documentation", "monitoring", "monitoringInTime", "review", "findingsInTime", "fields"})
            QVERIFY2(offers(desk, id), id);
        for (const auto *id : {"validation", "signatures", "findings", "tier", "comparison"})
            QVERIFY2(!offers(desk, id), id);
        for (const auto &excusable : excusablesOf(desk.pack, desk.registry, desk.registry.models.at(kModel)))
            QVERIFY2(!excusable.title.empty() && excusable.title != excusable.id, excusable.id.c_str());
        desk.publish(0); // tier 3 asks for no monitoring
        QVERIFY(!offers(desk, "monitoring") && !offers(desk, "monitoringInTime"));
        QVERIFY(offers(desk, "documentation"));
        const auto why = desk.why(desk.owner, {ExceptionRequested{excusing(desk, "monitoring")}});
        QVERIFY2(says(why, "does not excuse \"Monitoring green or explained\". It may excuse: "), why.c_str());
        desk.pack.excusableChecks.clear();
        QVERIFY(offered(desk).empty());
        QVERIFY(
            says(desk.why(desk.owner, {ExceptionRequested{excusing(desk, "documentation")}}), "It excuses no check."));
        QCOMPARE(desk.why(desk.owner, {ExceptionRequested{excusing(desk, "")}}), std::string());
    }

    void useBeforeValidationExcusesNoOtherCheck()
    {
        auto desk = withoutReport();
        auto early = excusing(desk, "documentation");
        early.kind = ExceptionKind::useBeforeValidation;
        early.version = desk.first.id;
        early.required = exceptionSignatures(desk.pack, desk.registry, kModel, early.kind, desk.owner.id);
        QVERIFY(says(desk.why(desk.owner, {ExceptionRequested{early}}), "stands for the validation alone"));
    }

    void whatItExcusesIsAskedAgainWhenItIsSigned()
    {
        auto desk = withoutReport();
        const auto exception = excusing(desk, "monitoring");
        desk.does(desk.owner, {ExceptionRequested{exception}});
        const ExceptionSigned signature{exception.id, world::exceptionSignature(desk.approver, Role::approver),
                                        desk.registry.exceptions.at(exception.id).revision};
        QCOMPARE(desk.why(desk.approver, {signature}), std::string());
        desk.pack.excusableChecks = {"documentation"};
        QVERIFY(says(desk.why(desk.approver, {signature}), "does not excuse"));
    }

    void packsNameChecksThatCanBeExcused()
    {
        const auto faultOf = [](std::set<std::string> checks, bool signable = true) {
            auto pack = parsePolicyPack(builtInPolicyPack());
            pack.excusableChecks = std::move(checks);
            if (!signable)
                std::erase_if(pack.approvals,
                              [](const ApprovalRule &rule) { return rule.trigger == ApprovalTrigger::exception; });
            const auto faults = checkPolicyText(policyPackText(pack));
            return faults.empty() ? std::string() : faults.front().path + ": " + faults.front().what;
        };
        QCOMPARE(faultOf({}), std::string());
        QCOMPARE(faultOf({"documentation", "findings", "tier"}), std::string());
        QVERIFY(says(faultOf({"validation"}), "excusableChecks[0]: use before validation is an exception of its own"));
        QVERIFY(says(faultOf({"signatures"}), "nothing excuses from signatures"));
        QVERIFY(says(faultOf({"documentation", "weather"}), "excusableChecks[1]: \"weather\" is not a check"));
        QVERIFY(says(faultOf({"documentation"}, false), "nobody could approve one"));
        QCOMPARE(faultOf({}, false), std::string());
    }
};

QTEST_APPLESS_MAIN(TestExcuses)
#include "tst_excuses.moc"
