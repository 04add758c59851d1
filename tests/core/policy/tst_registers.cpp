// SPDX-License-Identifier: GPL-3.0-or-later
//
// Abstention, deputies, exceptions and use before validation, by hand.
#include <QTest>

#include "core/policy/approvals.h"
#include "tests/core/policy/desk.h"

using namespace countersign;

class TestRegisters : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoAbstainsDoesNotSignAndNothingIsAskedForLess()
    {
        world::Desk desk;
        desk.prepare();
        const auto id = desk.open();
        const auto missing = outstanding(desk.registry.requests.at(id)).size();
        desk.does(desk.approver, {RequestAbstained{id, "My brother owns the firm.", revision(desk, id)}});
        QCOMPARE(desk.whySign(id, desk.approver, Role::approver),
                 std::string("Ann Approver has abstained from this request for a conflict of interest."));
        QCOMPARE(outstanding(desk.registry.requests.at(id)).size(), missing);
        QVERIFY(desk.registry.requests.at(id).status == RequestStatus::open);
        QCOMPARE(desk.whySign(id, desk.second, Role::approver), std::string());
        QVERIFY_THROWS_EXCEPTION(Exception,
                                 desk.does(desk.approver, {RequestAbstained{id, "Again", revision(desk, id)}}));
        const auto unmet = unmetSignatures(desk.registry, outstanding(desk.registry.requests.at(id)),
                                           {desk.approver.id, desk.second.id});
        QVERIFY(!unmet.empty());
    }

    void aDeputySignsForWhoIsNamedBetweenTheDays()
    {
        world::Desk desk;
        desk.prepare();
        desk.pack.approvals = {
            {"cro", ApprovalTrigger::deployment, {}, Role::approver, {"Ann Approver"}, Quorum::all, 1, 1}};
        const auto id = desk.open();
        QVERIFY(!desk.whySign(id, desk.second, Role::approver).empty());
        auto delegation = world::delegation("g", desk.approver.id, desk.second.id);
        QVERIFY(desk.why(desk.second, {DelegationRecorded{delegation}}).find("by whom they belong to") !=
                std::string::npos);
        desk.does(desk.approver, {DelegationRecorded{delegation}});
        const auto &request = desk.registry.requests.at(id);
        const auto today = dateOf(desk.registry.lastAt);
        QCOMPARE(standsInFor(desk.pack, desk.registry, request, desk.second, Role::approver, today),
                 std::string("Ann Approver"));
        QCOMPARE(standsInFor(desk.pack, desk.registry, request, desk.second, Role::approver, *parseDate("2027-01-01")),
                 std::string());
        auto fact = desk.signature(id, desk.second, Role::approver);
        QVERIFY2(!desk.why(desk.second, {fact}).empty(), "the signature must say for whom it stands");
        fact.signOff.onBehalfOf = "Ann Approver";
        QCOMPARE(desk.why(desk.second, {fact}), std::string());
        auto later = desk;
        later.registry.lastAt = *parseUtcTime("2027-01-01T09:00:00.000Z");
        later.registry.requests.at(id).at = later.registry.lastAt;
        QVERIFY2(!later.why(desk.second, {fact}).empty(), "a clock set back does not bring the deputy back");
        desk.does(desk.second, {fact});
        QVERIFY(desk.registry.requests.at(id).status == RequestStatus::approved);
    }

    void oneVoiceIsNotHeardTwice()
    {
        for (const bool principalFirst : {false, true}) {
            world::Desk desk;
            desk.does(desk.admin, {UserEnrolled{world::person("u-nina", "Nina Third", {Role::approver})}});
            desk.prepare();
            desk.pack.approvals = {{"two",
                                    ApprovalTrigger::deployment,
                                    {},
                                    Role::approver,
                                    {"Ann Approver", "Nina Third"},
                                    Quorum::atLeast,
                                    2,
                                    1}};
            desk.pack.deputies = {{"Ann Approver", "Sam Second", *parseDate("2026-01-01"), *parseDate("2027-01-01")}};
            const auto id = desk.open();
            auto byDeputy = [&] {
                auto fact = desk.signature(id, desk.second, Role::approver);
                fact.signOff.onBehalfOf = "Ann Approver";
                return fact;
            };
            if (principalFirst) {
                desk.sign(id, desk.approver, Role::approver);
                QVERIFY(!desk.why(desk.second, {byDeputy()}).empty());
            } else {
                QCOMPARE(desk.why(desk.second, {byDeputy()}), std::string());
                desk.does(desk.second, {byDeputy()});
                QVERIFY(desk.whySign(id, desk.approver, Role::approver).find("in their place") != std::string::npos);
            }
            QCOMPARE(desk.whySign(id, desk.registry.users.at(UserId("u-nina")), Role::approver), std::string());
        }
    }

    void aDeputyOfThePackCountsAndGivesNoRole()
    {
        world::Desk desk;
        desk.prepare();
        desk.pack.approvals = {
            {"cro", ApprovalTrigger::deployment, {}, Role::approver, {"Ann Approver"}, Quorum::all, 1, 1}};
        desk.pack.deputies = {{"Ann Approver", "Vera Validator", *parseDate("2026-01-01"), *parseDate("2027-01-01")},
                              {"Ann Approver", "Sam Second", *parseDate("2026-01-01"), *parseDate("2026-01-31")}};
        const auto id = desk.open();
        QVERIFY2(!desk.whySign(id, desk.validator, Role::approver).empty(), "she is no approver");
        QVERIFY2(!desk.whySign(id, desk.second, Role::approver).empty(), "his days are over");
        desk.pack.deputies[1].until = *parseDate("2027-01-01");
        auto fact = desk.signature(id, desk.second, Role::approver);
        fact.signOff.onBehalfOf = "Ann Approver";
        QCOMPARE(desk.why(desk.second, {fact}), std::string());
    }

    void anExceptionNeedsThePolicysSignaturesByOthers()
    {
        world::Desk desk;
        const ModelId model("m1");
        auto record = world::exception("e", model, {});
        QVERIFY(desk.why(desk.owner, {ExceptionRequested{record}}).find("signatures that the policy asks for") !=
                std::string::npos);
        record.required = exceptionSignatures(desk.pack, desk.registry, model, record.kind, desk.owner.id);
        QCOMPARE(record.required.size(), std::size_t(1));
        desk.does(desk.owner, {ExceptionRequested{record}});
        QVERIFY(desk.why(desk.validator, {signature(desk, desk.validator, Role::validator)})
                    .find("still missing are of these roles: approver") != std::string::npos);
        auto &owned = desk.registry.models.at(model);
        owned.developer = "Ann Approver";
        QVERIFY(desk.why(desk.approver, {signature(desk, desk.approver, Role::approver)}).find("developer") !=
                std::string::npos);
        owned.developer = "Dan Developer";
        desk.does(desk.approver, {signature(desk, desk.approver, Role::approver)});
        const auto &approved = desk.registry.exceptions.at(ExceptionId("e"));
        QVERIFY(approved.status == ExceptionStatus::approved);
        QVERIFY(approved.holdsOn(*parseDate("2026-12-31")) && !approved.lapsedBy(*parseDate("2026-12-31")));
        QVERIFY(!approved.holdsOn(*parseDate("2027-01-01")) && approved.lapsedBy(*parseDate("2027-01-01")));
        auto late = world::exception("late", model, record.required);
        late.expiresOn = *parseDate("2026-03-02");
        QVERIFY_THROWS_EXCEPTION(Exception, desk.does(desk.owner, {ExceptionRequested{late}}));
        desk.pack.approvals.clear();
        QVERIFY(desk.why(desk.owner, {ExceptionRequested{world::exception("e2", model, {})}}).find("who approves") !=
                std::string::npos);
    }

    void useBeforeValidationStandsForAValidationUntilItExpires()
    {
        world::Desk desk;
        desk.publish(1);
        desk.attach(DocumentKind::documentation);
        desk.attach(DocumentKind::validationReport);
        desk.monitor(Health::green);
        QVERIFY(validation(desk, {}).state == CheckState::failed);
        auto record = world::exception("e", ModelId("m1"));
        record.kind = ExceptionKind::useBeforeValidation;
        QVERIFY_THROWS_EXCEPTION(Exception, desk.does(desk.owner, {ExceptionRequested{record}}));
        record.version = desk.first.id;
        record.required = exceptionSignatures(desk.pack, desk.registry, record.model, record.kind, desk.owner.id);
        QCOMPARE(record.required.size(), std::size_t(2));
        desk.does(desk.owner, {ExceptionRequested{record}});
        QVERIFY2(!desk.why(desk.approver, {signature(desk, desk.approver, Role::approver)}).empty(),
                 "the validator signs first");
        desk.does(desk.validator, {signature(desk, desk.validator, Role::validator)});
        desk.does(desk.approver, {signature(desk, desk.approver, Role::approver)});
        const auto check = validation(desk, {});
        QVERIFY(check.state == CheckState::passed);
        QVERIFY2(check.detail.find("At most 100 decisions") != std::string::npos, check.detail.c_str());
        QVERIFY(validation(desk, parseDate("2027-01-01")).state == CheckState::failed);
        auto verdict = world::validation("v-not-fit", desk.first);
        verdict.outcome = ValidationOutcome::notFit;
        world::Desk judged = desk;
        judged.does(judged.validator, {ValidationRecorded{verdict}});
        QVERIFY2(validation(judged, {}).state == CheckState::failed, "a verdict ends what was allowed before it");
        desk.does(desk.owner, {ExceptionClosed{ExceptionId("e"), "Validated now.",
                                               desk.registry.exceptions.at(ExceptionId("e")).revision}});
        QVERIFY(validation(desk, {}).state == CheckState::failed);
    }

    void overlaysGrowAndIncidentsCloseWithACause()
    {
        world::Desk desk;
        const ModelId model("m1");
        desk.does(desk.owner, {OverlayRecorded{world::overlay("o", model)}});
        auto overlay = desk.registry.overlays.at(OverlayId("o"));
        overlay.amounts.clear();
        QVERIFY_THROWS_EXCEPTION(Exception, desk.does(desk.owner, {OverlayChanged{overlay}}));
        overlay = desk.registry.overlays.at(OverlayId("o"));
        overlay.expiresOn = *parseDate("2026-12-30");
        QVERIFY_THROWS_EXCEPTION(Exception, desk.does(desk.owner, {OverlayChanged{overlay}}));
        overlay = desk.registry.overlays.at(OverlayId("o"));
        overlay.renewals.push_back({*parseDate("2026-12-31"), *parseDate("2027-06-30"), "Prices stay high"});
        QVERIFY_THROWS_EXCEPTION(Exception, desk.does(desk.owner, {OverlayChanged{overlay}}));
        overlay.expiresOn = *parseDate("2027-06-30");
        desk.does(desk.owner, {OverlayChanged{overlay}});
        QCOMPARE(desk.registry.overlays.at(OverlayId("o")).renewals.size(), std::size_t(1));
        QVERIFY(desk.registry.overlays.at(OverlayId("o")).by == desk.owner.id);
        desk.does(desk.owner, {IncidentRecorded{world::incident("i", model)}});
        auto incident = desk.registry.incidents.at(IncidentId("i"));
        incident.open = false;
        QVERIFY_THROWS_EXCEPTION(Exception, desk.does(desk.owner, {IncidentChanged{incident}}));
        incident.cause = "A job ran late.";
        incident.action = "An alarm was set.";
        desk.does(desk.owner, {IncidentChanged{incident}});
        QVERIFY_THROWS_EXCEPTION(Exception, desk.does(desk.owner, {IncidentChanged{incident}}));
    }

    void aPackFromBeforeTheseFactsLetsNobodyRecordThem()
    {
        world::Desk desk;
        desk.pack.permissions.erase("limitationRecorded");
        QVERIFY(desk.why(desk.owner, {LimitationRecorded{world::limitation("l", ModelId("m1"))}})
                    .starts_with("Nobody may record limitations"));
    }

private:
    static std::int64_t revision(const world::Desk &desk, const RequestId &id)
    {
        return desk.registry.requests.at(id).revision;
    }

    static ExceptionSigned signature(const world::Desk &desk, const User &by, Role role)
    {
        return {ExceptionId("e"), world::exceptionSignature(by, role),
                desk.registry.exceptions.at(ExceptionId("e")).revision};
    }

    static Check validation(const world::Desk &desk, std::optional<Date> today)
    {
        for (const auto &check : deploymentChecks(desk.pack, desk.registry, desk.first.id, today))
            if (check.id == "validation")
                return check;
        return {};
    }
};

QTEST_APPLESS_MAIN(TestRegisters)
#include "tst_registers.moc"
