// SPDX-License-Identifier: GPL-3.0-or-later
//
// Terms and closure of the records beside a model, the outline and next date of a validation, the days and models of a
// campaign, services against the limits of the policy.
#include <QTest>

#include "core/policy/detected.h"
#include "core/policy/registerrules.h"
#include "core/policy/servicehealth.h"
#include "tests/core/policy/desk.h"

using namespace countersign;

namespace {

const ModelId kModel("m1");

/// The words of what speaks against an act, whether it does not fit or is forbidden.
std::string objection(const world::Desk &desk, const User &author, const Fact &fact)
{
    try {
        return desk.why(author, {fact});
    } catch (const Exception &exception) {
        return exception.error().what;
    }
}

template <class T>
T closed(T record)
{
    record.open = false;
    if constexpr (requires { record.closingReason; })
        record.closingReason = "It holds no longer.";
    return record;
}

} // namespace

class TestRegisterRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLimitationIsClosedBySomebodyElse()
    {
        world::Desk desk;
        auto made = world::limitation("l", kModel);
        made.owner = "Vera Validator";
        desk.does(desk.developer, {LimitationRecorded{made}});
        const LimitationChanged close{closed(desk.registry.limitations.at(made.id))};
        QCOMPARE(desk.why(desk.developer, {close}), std::string("A limitation is closed by somebody else than who "
                                                                "recorded it; Dan Developer recorded this one."));
        QCOMPARE(desk.why(desk.validator, {close}),
                 std::string("A limitation is closed by somebody else than its owner; Vera Validator owns this one."));
        QCOMPARE(desk.why(desk.owner, {close}), std::string());
        auto handed = close;
        handed.record.owner = "Olga Owner";
        QVERIFY2(!desk.why(desk.validator, {handed}).empty(), "nobody gives a record away by the act that closes it");
        auto lenient = desk;
        lenient.pack.separation.erase(SeparationRule::recorderDoesNotCloseRecord);
        QCOMPARE(lenient.why(desk.developer, {close}), std::string());
    }

    void anOwnerDoesNotPassARecordOnToCloseItThen()
    {
        world::Desk desk;
        auto made = world::limitation("l", kModel);
        made.owner = "Vera Validator";
        desk.does(desk.developer, {LimitationRecorded{made}});
        auto handed = desk.registry.limitations.at(made.id);
        handed.owner = "Olga Owner";
        QVERIFY(desk.why(desk.validator, {LimitationChanged{handed}}).find("names no other owner") !=
                std::string::npos);
        QCOMPARE(desk.why(desk.owner, {LimitationChanged{handed}}), std::string());
        QCOMPARE(desk.why(desk.developer, {LimitationChanged{handed}}), std::string());
        desk.pack.separation.erase(SeparationRule::ownerDoesNotCloseRecord);
        QCOMPARE(desk.why(desk.validator, {LimitationChanged{handed}}), std::string());
    }

    void anOverlayIsClosedBySomebodyElse()
    {
        world::Desk desk;
        desk.does(desk.owner, {OverlayRecorded{world::overlay("o", kModel)}});
        const OverlayChanged close{closed(desk.registry.overlays.at(OverlayId("o")))};
        QVERIFY(desk.why(desk.owner, {close}).starts_with("An overlay is closed by somebody else than who recorded"));
        QCOMPARE(desk.why(desk.validator, {close}), std::string());
    }

    void anIncidentIsClosedBySomebodyElse()
    {
        world::Desk desk;
        desk.does(desk.validator, {IncidentRecorded{world::incident("i", kModel)}});
        auto settled = closed(desk.registry.incidents.at(IncidentId("i")));
        settled.cause = "A job ran late.";
        settled.action = "An alarm was set.";
        const IncidentChanged close{settled};
        QVERIFY(desk.why(desk.validator, {close}).find("recorded this one") != std::string::npos);
        QVERIFY(desk.why(desk.owner, {close}).find("owns this one") != std::string::npos);
        QCOMPARE(desk.why(desk.second, {close}), std::string());
    }

    void anExceptionInForceIsClosedBySomebodyElseAndARequestGivenUpByWhoMadeIt()
    {
        world::Desk desk;
        desk.does(desk.owner, {ExceptionRequested{world::exception("e", kModel)}});
        const auto close = [&] {
            return ExceptionClosed{ExceptionId("e"), "Met again.",
                                   desk.registry.exceptions.at(ExceptionId("e")).revision};
        };
        QCOMPARE(desk.why(desk.owner, {close()}), std::string());
        QVERIFY(desk.why(desk.validator, {close()}).find("given up by who requested it") != std::string::npos);
        QVERIFY(desk.why(desk.developer, {close()}).find("given up by who requested it") != std::string::npos);
        auto lenient = desk;
        lenient.pack.separation.erase(SeparationRule::requesterWithdrawsRequest);
        QCOMPARE(lenient.why(desk.validator, {close()}), std::string());
        desk.does(desk.approver,
                  {ExceptionSigned{ExceptionId("e"), world::exceptionSignature(desk.approver, Role::approver),
                                   close().basedOn}});
        QVERIFY(desk.why(desk.owner, {close()}).find("Olga Owner requested this one") != std::string::npos);
        QCOMPARE(desk.why(desk.validator, {close()}), std::string());
    }

    void whoGaveEvidenceOfARecordDoesNotCloseIt()
    {
        world::Desk desk;
        desk.does(desk.developer, {LimitationRecorded{world::limitation("l", kModel)}});
        const auto close = [&] { return LimitationChanged{closed(desk.registry.limitations.at(LimitationId("l")))}; };
        QCOMPARE(desk.why(desk.validator, {close()}), std::string());
        desk.does(desk.validator,
                  {RecordEvidenced{RecordKind::limitation, "l", world::remediation(), close().record.revision}});
        QCOMPARE(desk.registry.limitations.at(LimitationId("l")).evidence.front().by, desk.validator.id);
        QVERIFY(desk.why(desk.validator, {close()}).find("gave evidence of this one") != std::string::npos);
        QCOMPARE(desk.why(desk.second, {close()}), std::string());
        desk.pack.separation.erase(SeparationRule::recorderDoesNotCloseRecord);
        QCOMPARE(desk.why(desk.validator, {close()}), std::string());
    }

    void aDeveloperGivesUpTheirOwnRequestForAnException()
    {
        world::Desk desk;
        desk.does(desk.developer, {ExceptionRequested{world::exception("e", kModel)}});
        const ExceptionClosed close{ExceptionId("e"), "Not needed.",
                                    desk.registry.exceptions.at(ExceptionId("e")).revision};
        QCOMPARE(desk.why(desk.developer, {close}), std::string());
        QVERIFY(!desk.why(desk.owner, {close}).empty());
    }

    void aRetrainingIsAskedForOnceAndNotBeforeItsInterval()
    {
        world::Desk desk;
        auto policy = world::retraining("x", kModel);
        policy.minDays = 90;
        desk.does(desk.owner, {RetrainingRecorded{policy}});
        const auto asked = [&](Date on) {
            auto changed = desk.registry.retrainings.at(policy.id);
            changed.requests.push_back({on, {}, "Drift.", {}});
            return RetrainingChanged{changed};
        };
        const auto today = [&] { return dateOf(desk.registry.lastAt); };
        QVERIFY(desk.why(desk.owner, {asked(today() - std::chrono::days(200))}).find("on the day of the entry") !=
                std::string::npos);
        auto twice = asked(today());
        twice.record.requests.push_back({today(), {}, "Again.", {}});
        QVERIFY(desk.why(desk.owner, {twice}).find("asked for already") != std::string::npos);
        QCOMPARE(desk.why(desk.owner, {asked(today())}), std::string());
        desk.does(desk.owner, {asked(today())});
        QVERIFY(desk.why(desk.owner, {asked(today())}).find("asked for already") != std::string::npos);
        auto done = desk.registry.retrainings.at(policy.id);
        done.requests.back().version = desk.first.id;
        desk.does(desk.owner, {RetrainingChanged{done}});
        const auto why = desk.why(desk.owner, {asked(today())});
        QVERIFY2(why.find("lets the next be asked for from " + toString(today() + std::chrono::days(90))) !=
                     std::string::npos,
                 why.c_str());
        auto shorter = asked(today());
        shorter.record.minDays = 0;
        QVERIFY2(!desk.why(desk.owner, {shorter}).empty(), "the interval is that of before the act");
    }

    void aFindingIsDueByTheTermOfItsSeverity()
    {
        world::Desk desk;
        auto finding = world::finding("f", kModel, Severity::high);
        QCOMPARE(desk.why(desk.validator, {FindingRaised{finding}}), std::string());
        finding.dueOn = dateOf(desk.registry.lastAt) + std::chrono::days(91);
        QVERIFY(desk.why(desk.validator, {FindingRaised{finding}}).find("at the latest; not by") != std::string::npos);
        finding.dueOn.reset();
        QVERIFY(desk.why(desk.validator, {FindingRaised{finding}}).find("is due by") != std::string::npos);
        desk.pack.findingDays.clear();
        QCOMPARE(desk.why(desk.validator, {FindingRaised{finding}}), std::string());
    }

    void exceptionsAndOverlaysEndByTheTermOfTheirSeverity()
    {
        world::Desk desk;
        const auto today = dateOf(world::start());
        auto asked = world::exception("e", kModel);
        asked.required = exceptionSignatures(desk.pack, desk.registry, kModel, asked.kind, desk.owner.id);
        asked.severity = Severity::critical;
        asked.expiresOn = today + std::chrono::days(93);
        QVERIFY(desk.why(desk.owner, {ExceptionRequested{asked}})
                    .starts_with("Under this policy a critical exception is over by 2026-06-02 at the latest"));
        asked.expiresOn = today + std::chrono::days(92);
        QCOMPARE(desk.why(desk.owner, {ExceptionRequested{asked}}), std::string());
        asked.severity = Severity::medium;
        asked.expiresOn = today + std::chrono::days(365);
        QCOMPARE(desk.why(desk.owner, {ExceptionRequested{asked}}), std::string());

        auto overlay = world::overlay("o", kModel);
        overlay.severity = Severity::high;
        overlay.expiresOn = today + std::chrono::days(185);
        QVERIFY(desk.why(desk.owner, {OverlayRecorded{overlay}}).find("renewed or ended") != std::string::npos);
        overlay.expiresOn = today + std::chrono::days(184);
        desk.does(desk.owner, {OverlayRecorded{overlay}});
        auto renewed = desk.registry.overlays.at(overlay.id);
        renewed.renewals = {{today, today + std::chrono::days(200), "Still needed."}};
        renewed.expiresOn = renewed.renewals.back().until;
        QVERIFY(!desk.why(desk.validator, {OverlayChanged{renewed}}).empty());
        desk.pack.overlayDays.clear();
        QCOMPARE(desk.why(desk.validator, {OverlayChanged{renewed}}), std::string());
    }

    void whatIsReservedForWhomItConcernsIsThePolicys()
    {
        world::Desk desk;
        desk.prepare();
        const auto id = desk.open();
        const RequestWithdrawn withdrawn{id, "Later.", desk.registry.requests.at(id).revision};
        QVERIFY(!desk.why(desk.developer, {withdrawn}).empty());
        QCOMPARE(desk.why(desk.admin, {withdrawn}), std::string());
        const DelegationRecorded delegated{world::delegation("g", desk.approver.id, desk.second.id)};
        QVERIFY(!desk.why(desk.second, {delegated}).empty());
        desk.does(desk.validator, {CampaignOpened{world::campaign("c", desk.registry)}});
        const auto &campaign = desk.registry.campaigns.at(CampaignId("c"));
        const CampaignClosed signedOff{campaign.id, "All asked.", snapshotOf(desk.registry, modelsOf(campaign)),
                                       campaign.revision};
        QVERIFY(!desk.why(desk.approver, {signedOff}).empty());
        desk.pack.separation.erase(SeparationRule::requesterWithdrawsRequest);
        desk.pack.separation.erase(SeparationRule::principalDelegates);
        desk.pack.separation.erase(SeparationRule::openerSignsOffCampaign);
        QCOMPARE(desk.why(desk.developer, {withdrawn}), std::string());
        QCOMPARE(desk.why(desk.second, {delegated}), std::string());
        QCOMPARE(desk.why(desk.approver, {signedOff}), std::string());
    }

    void aStandingDeputyOfTheOwnerAttests()
    {
        world::Desk desk;
        desk.does(desk.admin, {UserEnrolled{world::person("u-pia", "Pia Owner", {Role::modelOwner})}});
        const auto pia = desk.registry.users.at(UserId("u-pia"));
        desk.does(desk.validator, {CampaignOpened{world::campaign("c", desk.registry)}});
        const AttestationGiven given{world::attestation("b", CampaignId("c"), kModel, pia)};
        QVERIFY(desk.why(pia, {given}).starts_with("A model is attested by its owner or the owner's deputy"));
        desk.pack.deputies = {{"Olga Owner", "Pia Owner", *parseDate("2026-01-01"), *parseDate("2026-12-31")}};
        QCOMPARE(desk.why(pia, {given}), std::string());
        desk.pack.deputies.front().until = *parseDate("2026-02-01");
        QVERIFY(!desk.why(pia, {given}).empty());
        desk.pack.separation.erase(SeparationRule::ownerAttests);
        QCOMPARE(desk.why(pia, {given}), std::string());
    }

    void aFindingIsNotDueLaterThanItsTerm()
    {
        world::Desk desk;
        auto finding = world::finding("f", kModel, Severity::critical);
        finding.dueOn = dateOf(world::start()) + std::chrono::days(31);
        QVERIFY(desk.why(desk.validator, {FindingRaised{finding}})
                    .starts_with("Under this policy a critical finding is due by 2026-04-01 at the latest"));
        finding.dueOn = dateOf(world::start()) + std::chrono::days(30);
        QCOMPARE(desk.why(desk.validator, {FindingRaised{finding}}), std::string());
    }

    void theDayOfTheLastValidationIsNotEdited()
    {
        world::Desk desk;
        auto model = desk.registry.models.at(kModel);
        model.lastValidatedOn = dateOf(world::start());
        QVERIFY(desk.why(desk.owner, {ModelEdited{model, {}}}).starts_with("The day of the last validation follows"));
    }

    void termsFollowFromTheSeverity()
    {
        world::Desk desk;
        const auto today = dateOf(world::start());
        auto incident = world::incident("i", kModel);
        incident.severity = Severity::critical;
        incident.dueOn.reset();
        QVERIFY(desk.why(desk.owner, {IncidentRecorded{incident}})
                    .starts_with("Under this policy a critical incident is settled by 2026-03-12 at the latest."));
        incident.dueOn = today + std::chrono::days(11);
        QVERIFY(desk.why(desk.owner, {IncidentRecorded{incident}}).ends_with("; not by 2026-03-13."));
        incident.dueOn = today - std::chrono::days(1);
        QVERIFY(objection(desk, desk.owner, IncidentRecorded{incident}).ends_with("a day that is over."));
        incident.dueOn = today + std::chrono::days(10);
        QCOMPARE(desk.why(desk.owner, {IncidentRecorded{incident}}), std::string());
        desk.does(desk.owner, {IncidentRecorded{incident}});
        auto put = desk.registry.incidents.at(incident.id);
        put.dueOn = *put.dueOn + std::chrono::days(1);
        QVERIFY2(!desk.why(desk.owner, {IncidentChanged{put}}).empty(), "put off beyond its term");
        auto limitation = world::limitation("l", kModel);
        limitation.dueOn.reset();
        QVERIFY(desk.why(desk.owner, {LimitationRecorded{limitation}}).find("looked at again") != std::string::npos);
        limitation.dueOn = today + std::chrono::days(300);
        QCOMPARE(desk.why(desk.owner, {LimitationRecorded{limitation}}), std::string());
        limitation.owner.clear();
        QVERIFY(objection(desk, desk.owner, LimitationRecorded{limitation}).find("owner") != std::string::npos);
        desk.pack.incidentDays.clear();
        incident = world::incident("free", kModel);
        incident.dueOn.reset();
        QCOMPARE(desk.why(desk.owner, {IncidentRecorded{incident}}), std::string());
    }

    void everySectionOfAValidationSaysSomething()
    {
        world::Desk desk;
        const auto said = [&](const std::string &text) {
            auto made = world::reviewedAgain("a", desk.first);
            made.outcomesAnalysis = text;
            return objection(desk, desk.validator, ValidationRecorded{made});
        };
        QCOMPARE(said("  "), std::string("The section \"Outcomes analysis\" of the validation is empty."));
        QVERIFY(said("Not applicable").ends_with("does not say why it is not applicable."));
        QVERIFY(said("Not  applicable, because ").ends_with("does not say why it is not applicable."));
        QCOMPARE(said("Not applicable, because nothing has come out yet."), std::string());
        QCOMPARE(said("Agrees."), std::string());
    }

    void aValidationSetsTheNextReviewByTheCadenceOfTheTier()
    {
        world::Desk desk;
        auto made = world::validation("a", desk.first);
        QVERIFY2(!desk.why(desk.validator, {ValidationRecorded{made}}).empty(), "as the riskiest tier, without one");
        desk.publish(1);
        const auto level = tierLevelOf(desk.registry, kModel);
        const auto last = desk.pack.reviewDueOn(level, dateOf(desk.act(desk.validator, {}).at));
        QVERIFY(last);
        QVERIFY(desk.why(desk.validator, {ValidationRecorded{made}}).ends_with("the validation sets no day."));
        made.nextReviewOn = *last + std::chrono::days(1);
        QVERIFY(!desk.why(desk.validator, {ValidationRecorded{made}}).empty());
        made.nextReviewOn = last;
        QCOMPARE(desk.why(desk.validator, {ValidationRecorded{made}}), std::string());
        desk.does(desk.validator, {ValidationRecorded{made}});
        QCOMPARE(desk.registry.models.at(kModel).nextReviewOn, last);
    }

    void aCampaignIsAnsweredWithinItsDays()
    {
        world::Desk desk;
        auto campaign = world::campaign("c", desk.registry);
        campaign.from = dateOf(world::start()) + std::chrono::days(10);
        campaign.until = campaign.from + std::chrono::days(5);
        desk.does(desk.admin, {CampaignOpened{campaign}});
        const auto on = [&](Date day) {
            auto later = desk;
            later.registry.lastAt = UtcTime(day);
            const AttestationGiven fact{world::attestation("b", campaign.id, kModel, desk.owner)};
            return objection(later, later.owner, fact);
        };
        const std::string days = "The campaign \"Year end\" is answered from 2026-03-12 to 2026-03-17; today is ";
        QCOMPARE(on(campaign.from - std::chrono::days(1)), days + "2026-03-11.");
        QCOMPARE(on(campaign.from), std::string());
        QCOMPARE(on(campaign.until), std::string());
        QCOMPARE(on(campaign.until + std::chrono::days(1)), days + "2026-03-18.");
    }

    void aRedRunIsExplainedByNeitherOwnerNorDeveloper()
    {
        for (const auto health : {Health::red, Health::amber}) {
            world::Desk desk;
            desk.monitor(health);
            auto developer = desk.registry.users.at(desk.developer.id);
            developer.roles.insert(Role::validator);
            desk.does(desk.admin, {UserChanged{developer}});
            const auto *run = desk.registry.latestRun(desk.first.id);
            const std::vector<Fact> explained{MonitoringExplained{run->id, "A new product.", run->revision}};
            const bool red = health == Health::red;
            QCOMPARE(desk.why(desk.owner, explained).starts_with("The owner of a model does not explain"), red);
            QCOMPARE(desk.why(desk.developer, explained).starts_with("The developer of a model does not explain"), red);
            QCOMPARE(desk.why(desk.validator, explained), std::string());
            desk.pack.separation.erase(SeparationRule::ownerDoesNotExplainRed);
            QCOMPARE(desk.why(desk.owner, explained), std::string());
        }
    }

    void whatIsNoModelIsNotAsked()
    {
        world::Desk desk;
        desk.does(desk.owner, {ModelRegistered{world::model("m2", "CR-015"), {}}});
        desk.does(desk.owner, {world::scopeDecision(desk.pack, ModelId("m2"), false)});
        QVERIFY(isOutOfScope(desk.pack, desk.registry, ModelId("m2")));
        auto campaign = world::campaign("c", desk.registry);
        QCOMPARE(modelsOf(campaign).size(), std::size_t(2));
        QVERIFY(desk.why(desk.admin, {CampaignOpened{campaign}}).find("is a model under the policy") !=
                std::string::npos);
        campaign.before = snapshotOf(desk.registry, modelsAsked(desk.pack, desk.registry, campaign.scope));
        QCOMPARE(modelsOf(campaign), std::vector<ModelId>{kModel});
        QCOMPARE(desk.why(desk.admin, {CampaignOpened{campaign}}), std::string());
    }

    void aServiceFailsOrIsIdleByTheLimitsOfThePolicy()
    {
        world::Desk desk;
        desk.registry.versions.at(desk.first.id).stage = VersionStage::inProduction;
        desk.does(desk.validator, {ValidationRecorded{world::validation("a", desk.first)}});
        auto usage = world::usage("u", desk.first);
        usage.predictions = 95;
        usage.failures = {{"timeout", 5}};
        desk.does(desk.owner, {UsageRecorded{usage}});
        const auto on = [&](const char *day) { return serviceHealth(desk.pack, desk.registry, *parseDate(day)).at(0); };
        QVERIFY(!on("2026-03-02").failing && !on("2026-03-02").idle);
        QVERIFY2(!on("2026-05-29").idle && on("2026-05-30").idle, "90 days after 2026-02-28");
        QCOMPARE(on("2026-05-30").idleDays, 91);
        auto worse = world::usage("u2", desk.first);
        worse.from = *parseDate("2026-03-01");
        worse.until = *parseDate("2026-03-02");
        worse.predictions = 94;
        worse.failures = {{"timeout", 5}, {"no income", 1}};
        worse.lastUsedOn = parseDate("2026-03-01");
        desk.does(desk.owner, {UsageRecorded{worse}});
        QVERIFY(on("2026-03-03").failing);
        QCOMPARE(failuresInWords(*on("2026-03-03").newest),
                 std::string("6.0% of 100 calls failed from 2026-03-01 to 2026-03-02 (timeout 5, no income 1)"));
        const auto issues = detectedIssues(desk.pack, desk.registry, *parseDate("2026-06-30"));
        QCOMPARE(issues.size(), std::size_t(2));
        QVERIFY(issues[0].kind == IssueKind::serviceFailing && issues[1].kind == IssueKind::serviceIdle);
        desk.pack.usage = {};
        QVERIFY(detectedIssues(desk.pack, desk.registry, *parseDate("2026-06-30")).empty());
        desk.pack.usage = {0.05, 90};
        desk.registry.versions.at(desk.first.id).stage = VersionStage::retired;
        QVERIFY2(serviceHealth(desk.pack, desk.registry, *parseDate("2026-06-30")).empty(), "it serves no more");
    }

    void termsAndLimitsOfAPackAreChecked()
    {
        const auto faultOf = [](auto change) {
            auto pack = parsePolicyPack(builtInPolicyPack());
            change(pack);
            const auto faults = checkPolicyText(policyPackText(pack));
            return faults.empty() ? std::string() : faults.front().path;
        };
        QCOMPARE(faultOf([](PolicyPack &pack) { pack.incidentDays.erase(Severity::high); }),
                 std::string("incidentDays.high"));
        QCOMPARE(faultOf([](PolicyPack &pack) { pack.limitationDays[Severity::critical] = 400; }),
                 std::string("limitationDays.critical"));
        QCOMPARE(faultOf([](PolicyPack &pack) { pack.usage.failureRate = 1.5; }), std::string("usage.failureRate"));
        QCOMPARE(faultOf([](PolicyPack &pack) { pack.usage.idleDays = -1; }), std::string("usage.idleDays"));
        QCOMPARE(faultOf([](PolicyPack &pack) { pack.detectAgainDays = 4000; }), std::string("detectAgainDays"));
        QCOMPARE(faultOf([](PolicyPack &) {}), std::string());
    }
};

QTEST_APPLESS_MAIN(TestRegisterRules)
#include "tst_registerrules.moc"
