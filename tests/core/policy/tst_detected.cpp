// SPDX-License-Identifier: GPL-3.0-or-later
//
// Issues that the register shows by itself, and signatures whose ground has moved.
#include <QTest>

#include "core/domain/deadlines.h"
#include "core/policy/detected.h"
#include "core/policy/staleness.h"
#include "tests/core/policy/desk.h"

using namespace countersign;

namespace {

std::set<IssueKind> kindsOf(const std::vector<DetectedIssue> &issues)
{
    std::set<IssueKind> kinds;
    for (const auto &issue : issues)
        kinds.insert(issue.kind);
    return kinds;
}

/// A desk whose version is in production by two signatures.
world::Desk deployed()
{
    world::Desk desk;
    desk.prepare();
    const auto id = desk.open();
    desk.sign(id, desk.validator, Role::validator);
    desk.sign(id, desk.approver, Role::approver);
    desk.deploy(id);
    return desk;
}

std::vector<StaleSignOff> staleOf(const world::Desk &desk)
{
    return staleSignOffs(desk.registry, dateOf(desk.registry.lastAt));
}

} // namespace

class TestDetected : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSignatureIsFreshUntilWhatItCoveredChanges()
    {
        auto desk = deployed();
        QVERIFY2(staleOf(desk).empty(), "the approval itself changes model and version");
        desk.monitor(Health::red);
        auto stale = staleOf(desk);
        QCOMPARE(stale.size(), std::size_t(2));
        QCOMPARE(stale[0].signer, std::string("Vera Validator"));
        QCOMPARE(stale[0].changes.size(), std::size_t(1));
        QVERIFY(stale[0].changes[0].what.starts_with("Monitored version 1.0"));
        auto model = desk.registry.models.at(ModelId("m1"));
        model.restrictions = "Not for companies";
        desk.does(desk.owner, {ModelEdited{model, "Narrowed"}});
        desk.does(desk.validator, {FindingRaised{world::finding("f", ModelId("m1"))}});
        stale = staleOf(desk);
        QCOMPARE(stale[0].changes.size(), std::size_t(3));
        QCOMPARE(stale[0].changes[1].changes.size(), std::size_t(1));
        QCOMPARE(stale[0].changes[1].changes[0].field, std::string("restrictions"));
        QCOMPARE(stale[0].changes[1].changes[0].after, std::string("Not for companies"));
        auto draft = desk.pack;
        draft.version += 1;
        desk.does(desk.admin, {world::policy(policyPackText(draft), draft.id, draft.version)});
        QCOMPARE(staleOf(desk)[1].changes.size(), std::size_t(4));
    }

    void anAllowedUseBeforeValidationIsNoIssueUntilItLapses()
    {
        world::Desk desk;
        desk.publish(1);
        desk.attach(DocumentKind::documentation); // the report of a validation is still to come
        desk.monitor(Health::green);
        auto exception = world::exception("e", ModelId("m1"));
        exception.kind = ExceptionKind::useBeforeValidation;
        exception.version = desk.first.id;
        desk.does(desk.owner, {ExceptionRequested{exception}});
        desk.does(desk.approver,
                  {ExceptionSigned{ExceptionId("e"), world::exceptionSignature(desk.approver, Role::approver),
                                   desk.registry.exceptions.at(ExceptionId("e")).revision}});
        const auto id = desk.open();
        desk.sign(id, desk.validator, Role::validator);
        desk.sign(id, desk.approver, Role::approver);
        QCOMPARE(desk.why(desk.owner, {desk.deployment(id)}), std::string());
        desk.deploy(id);
        const auto unvalidated = [&](Date day) {
            return std::ranges::count(detectedIssues(desk.pack, desk.registry, day),
                                      IssueKind::productionBeforeValidation, &DetectedIssue::kind);
        };
        QCOMPARE(unvalidated(exception.expiresOn), std::ptrdiff_t(0));
        QCOMPARE(unvalidated(exception.expiresOn + std::chrono::days(1)), std::ptrdiff_t(1));
    }

    void productionOnAnExpiredApprovalIsAnIssueUntilItEnds()
    {
        const auto expired = [](const world::Desk &desk, const char *day) {
            auto found = detectedIssues(desk.pack, desk.registry, *parseDate(day));
            std::erase_if(found, [](const DetectedIssue &issue) { return issue.kind != IssueKind::approvalExpired; });
            return found;
        };
        world::Desk desk;
        desk.prepare();
        const auto id = desk.open();
        desk.sign(id, desk.validator, Role::validator);
        desk.sign(id, desk.approver, Role::approver, Decision::approveWithConditions);
        QVERIFY2(expired(desk, "2027-03-03").empty(), "approved, not in production");
        desk.deploy(id);
        QVERIFY2(expired(desk, "2027-03-02").empty(), "the last day of the approval");
        const auto issues = expired(desk, "2027-03-03");
        QCOMPARE(issues.size(), std::size_t(1));
        QCOMPARE(issues[0].version, desk.first.id);
        QCOMPARE(issues[0].request, id);
        QCOMPARE(issues[0].severity, Severity::high);
        QVERIFY(issues[0].detail.starts_with("The approval of version 1.0 by Ann Approver expired on 2027-03-02"));

        const auto on = *parseUtcTime("2027-03-03T09:00:00.000Z");
        auto finding = findingFor(issues[0], desk.pack, desk.registry, dateOf(on));
        auto raised = desk.act(desk.owner, {FindingRaised{finding}});
        raised.at = on;
        QCOMPARE(whyForbidden(desk.pack, desk.registry, raised), std::nullopt);
        auto early = raised;
        early.at = *parseUtcTime("2027-03-02T09:00:00.000Z");
        QVERIFY2(whyForbidden(desk.pack, desk.registry, early), "it had not expired");
        desk.doesAt(on, desk.owner, {FindingRaised{finding}});
        QVERIFY(expired(desk, "2027-03-03").empty());
        const auto checks = deploymentChecks(desk.pack, desk.registry, desk.first.id, dateOf(on));
        QVERIFY2(
            std::ranges::none_of(
                checks, [](const Check &check) { return check.id == "findings" && check.state == CheckState::failed; }),
            "the next approval is the remedy");

        desk.doesAt(
            on, desk.admin,
            {FindingClosed{finding.id, "Approved again soon.", desk.registry.findings.at(finding.id).revision}});
        const auto again = dateOf(on) + std::chrono::days(desk.pack.detectAgainDays);
        QVERIFY(detectedIssues(desk.pack, desk.registry, again - std::chrono::days(1)).empty());
        const auto second = expired(desk, toString(again).c_str());
        QCOMPARE(second.size(), std::size_t(1));
        QCOMPARE(second[0].finding.str(), finding.id.str() + ".2");

        auto version = desk.registry.versions.at(desk.first.id);
        version.stage = VersionStage::retired;
        desk.doesAt(on, desk.owner, {VersionEdited{version}});
        QVERIFY(expired(desk, toString(again).c_str()).empty());
    }

    void aConditionPastItsDayIsAnIssueWhileTheVersionIsInProduction()
    {
        const auto overdue = [](const world::Desk &desk, const char *day) {
            auto found = detectedIssues(desk.pack, desk.registry, *parseDate(day));
            std::erase_if(found, [](const DetectedIssue &issue) { return issue.kind != IssueKind::conditionOverdue; });
            return found;
        };
        const DueCondition owed{"Reports monthly", "Olga Owner", *parseDate("2026-06-30"), {}, {}, {}};
        world::Desk desk;
        desk.publish(1);
        desk.attach(DocumentKind::documentation);
        desk.attach(DocumentKind::validationReport);
        auto verdict = world::validation("a", desk.first);
        verdict.outcome = ValidationOutcome::fitWithConditions;
        verdict.conditions = "As listed.";
        verdict.dueConditions = {owed};
        desk.does(desk.validator, {ValidationRecorded{verdict}});
        desk.monitor(Health::green);
        const auto id = desk.open();
        desk.sign(id, desk.validator, Role::validator);
        auto signature = desk.signature(id, desk.approver, Role::approver, Decision::approveWithConditions);
        signature.signOff.dueConditions = {owed, owed};
        signature.signOff.dueConditions[1].dueOn = *parseDate("2026-07-31");
        desk.does(desk.approver, {signature});
        QVERIFY2(overdue(desk, "2026-12-31").empty(), "not in production");
        desk.deploy(id);
        QVERIFY2(overdue(desk, "2026-06-30").empty(), "the last day");
        QCOMPARE(overdue(desk, "2026-07-01").size(), std::size_t(2));
        const auto all = overdue(desk, "2026-08-01");
        QCOMPARE(all.size(), std::size_t(3));
        QCOMPARE(all[0].severity, Severity::medium);
        QCOMPARE(std::ranges::count(all, id, &DetectedIssue::request), std::ptrdiff_t(2));
        desk.does(desk.approver,
                  {SignOffConditionMet{id, 1, 0, "Reports seen.", desk.registry.requests.at(id).revision}});
        QCOMPARE(overdue(desk, "2026-08-01").size(), std::size_t(2));
    }

    void anApprovedExceptionGoesStaleWithTheDifference()
    {
        world::Desk desk;
        desk.does(desk.owner, {ExceptionRequested{world::exception("e", ModelId("m1"))}});
        desk.does(desk.approver,
                  {ExceptionSigned{ExceptionId("e"), world::exceptionSignature(desk.approver, Role::approver),
                                   desk.registry.exceptions.at(ExceptionId("e")).revision}});
        QVERIFY(staleOf(desk).empty());
        auto model = desk.registry.models.at(ModelId("m1"));
        model.restrictions = "Not for companies";
        desk.does(desk.owner, {ModelEdited{model, {}}});
        const auto stale = staleOf(desk);
        QCOMPARE(stale.size(), std::size_t(1));
        QCOMPARE(stale[0].exception, ExceptionId("e"));
        QCOMPARE(stale[0].signer, std::string("Ann Approver"));
        QCOMPARE(stale[0].changes[0].changes[0].field, std::string("restrictions"));
        QVERIFY2(staleSignOffs(desk.registry, *parseDate("2027-01-01")).empty(), "it holds no longer");
    }

    void aModelRegisteredInUseWithoutAValidationIsAnIssueAtOnce()
    {
        world::Desk desk;
        auto used = world::model("m2", "CR-015");
        used.stage = Stage::inProduction;
        desk.does(desk.owner, {ModelRegistered{used, {}}});
        const auto issues = [&] {
            auto found = detectedIssues(desk.pack, desk.registry, dateOf(desk.registry.lastAt));
            std::erase_if(found, [](const DetectedIssue &issue) { return issue.model != ModelId("m2"); });
            return found;
        };
        QCOMPARE(issues().size(), std::size_t(1));
        QCOMPARE(issues()[0].kind, IssueKind::productionBeforeValidation);
        QCOMPARE(issues()[0].title, std::string("In use before validation"));
        auto &model = desk.registry.models.at(ModelId("m2"));
        model.stage = Stage::inDevelopment;
        QVERIFY(issues().empty());
        model.stage = Stage::restricted;
        QCOMPARE(issues().size(), std::size_t(1));
        model.lastValidatedOn = parseDate("2025-06-30"); // as the inventory came with
        QVERIFY(issues().empty());
    }

    void redMonitoringOfAModelRegisteredInUseIsDetectedThoughNoVersionWentIntoProductionHere()
    {
        world::Desk desk;
        auto used = world::model("m2", "CR-015");
        used.stage = Stage::inProduction;
        desk.does(desk.owner, {ModelRegistered{used, {}}});
        const auto version = world::version("v2", used.id, "1.0");
        desk.does(desk.owner, {VersionRegistered{version}});
        desk.does(desk.owner, {RetrainingRecorded{world::retraining("x", used.id)}});
        const auto today = dateOf(desk.registry.lastAt);
        desk.does(desk.owner, {MonitoringRecorded{world::run("n2", version, Health::red)}});
        const auto kinds = [&] {
            auto found = detectedIssues(desk.pack, desk.registry, today);
            std::erase_if(found, [&](const DetectedIssue &issue) { return issue.version != version.id; });
            return kindsOf(found);
        };
        QCOMPARE(kinds(), std::set<IssueKind>{IssueKind::redMonitoring});
        QCOMPARE(retrainingsDue(desk.registry, today).size(), std::size_t(1));
        desk.registry.versions.at(version.id).stage = VersionStage::retired;
        QVERIFY(kinds().empty());
        desk.registry.versions.at(version.id).stage = VersionStage::inDevelopment;
        desk.registry.models.at(used.id).stage = Stage::inDevelopment;
        QVERIFY(kinds().empty());
        QVERIFY(retrainingsDue(desk.registry, today).empty());
    }

    void otherModelsAndVersionsLeaveASignatureFresh()
    {
        auto desk = deployed();
        desk.does(desk.owner, {ModelRegistered{world::model("m2", "CR-015"), {}}});
        const auto next = world::version("v2", ModelId("m1"), "2.0");
        desk.does(desk.owner, {VersionRegistered{next}});
        desk.does(desk.owner, {DocumentAttached{world::document("d-next", next)}});
        desk.does(desk.owner, {MonitoringRecorded{world::run("n-next", next, Health::red)}});
        desk.does(desk.owner, {FindingRaised{world::finding("f-next", ModelId("m2"))}});
        QVERIFY(staleOf(desk).empty());
    }

    void theSignaturesOfATimedOutRequestAreNotStale()
    {
        world::Desk desk;
        desk.prepare();
        const auto id = desk.open();
        desk.sign(id, desk.validator, Role::validator);
        desk.monitor(Health::red);
        const auto lastDay = deadlinesOf(desk.registry.requests.at(id)).lastDay.value();
        QCOMPARE(staleSignOffs(desk.registry, lastDay).size(), std::size_t(1));
        QVERIFY(staleSignOffs(desk.registry, lastDay + std::chrono::days(1)).empty());
        QVERIFY(desk.registry.requests.at(id).status == RequestStatus::open);
    }

    void redMonitoringWithoutAFindingIsDetectedUntilRaised()
    {
        auto desk = deployed();
        const auto today = dateOf(desk.registry.lastAt);
        QVERIFY(detectedIssues(desk.pack, desk.registry, today).empty());
        desk.monitor(Health::red);
        const auto issues = detectedIssues(desk.pack, desk.registry, today);
        QCOMPARE(kindsOf(issues), std::set<IssueKind>{IssueKind::redMonitoring});
        desk.does(desk.validator, {FindingRaised{findingFor(issues[0], desk.pack, desk.registry, today)}});
        QVERIFY(detectedIssues(desk.pack, desk.registry, today).empty());
    }

    void aGreenRunAfterARedOneAnswersNothing()
    {
        auto desk = deployed();
        const auto today = dateOf(desk.registry.lastAt);
        desk.monitor(Health::red);
        desk.monitor(Health::green);
        const auto issues = detectedIssues(desk.pack, desk.registry, today);
        QCOMPARE(kindsOf(issues), std::set<IssueKind>{IssueKind::redMonitoring});
        const auto finding = findingFor(issues[0], desk.pack, desk.registry, today);
        desk.does(desk.approver, {FindingRaised{finding}});
        desk.closes(finding.id, desk.validator);
        QVERIFY2(detectedIssues(desk.pack, desk.registry, today + std::chrono::days(1000)).empty(),
                 "what is over does not stand");
    }

    void anAmberRunAfterARedOneDoesNotHideIt()
    {
        auto desk = deployed();
        const auto today = dateOf(desk.registry.lastAt);
        const auto &version = desk.first.id;
        const auto breached = [&] { return RunAnswers(desk.registry).breached(version)->id; };
        QVERIFY(!RunAnswers(desk.registry).breached(version));
        desk.monitor(Health::red);
        const auto red = desk.registry.latestRun(version)->id;
        desk.monitor(Health::amber);
        const auto amber = desk.registry.latestRun(version)->id;
        QVERIFY(red != amber);
        QCOMPARE(breached(), red);
        const auto issues = detectedIssues(desk.pack, desk.registry, today);
        QCOMPARE(kindsOf(issues), std::set<IssueKind>{IssueKind::redMonitoring});
        QCOMPARE(issues[0].run, red);
        const auto &run = desk.registry.runs.at(red);
        desk.does(desk.validator, {MonitoringExplained{red, "Known.", run.revision}});
        QCOMPARE(breached(), amber);
        QVERIFY(detectedIssues(desk.pack, desk.registry, today).empty());
        desk.monitor(Health::red);
        QVERIFY2(breached() != red && breached() != amber, "the newest red one, since nobody has answered it");
    }

    void aDetectedFindingIsOneThatTheProgramDetectsWordForWord()
    {
        auto desk = deployed();
        const auto today = dateOf(desk.registry.lastAt);
        desk.monitor(Health::red);
        const auto issue = detectedIssues(desk.pack, desk.registry, today).at(0);
        const auto right = findingFor(issue, desk.pack, desk.registry, today);
        QCOMPARE(desk.why(desk.validator, {FindingRaised{right}}), std::string());
        auto milder = right;
        milder.severity = Severity::low;
        QVERIFY(desk.why(desk.validator, {FindingRaised{milder}}).ends_with("detects in this register."));
        auto claimed = world::finding("f-claimed", ModelId("m1"));
        claimed.detected = IssueKind::redMonitoring;
        QVERIFY(!desk.why(desk.validator, {FindingRaised{claimed}}).empty());
        auto disguised = world::finding(right.id.str(), ModelId("m1"));
        QVERIFY2(!desk.why(desk.validator, {FindingRaised{disguised}}).empty(),
                 "an id of a detected finding, so that nothing is detected");
        QCOMPARE(
            desk.why(desk.validator, {FindingRaised{right}, FindingRaised{world::finding("f-other", ModelId("m1"))}}),
            std::string("Findings that the program detected stand alone in their entry."));
        desk.does(desk.validator, {FindingRaised{right}});
        QVERIFY2(desk.why(desk.validator, {FindingClosed{right.id, "Refitted.", desk.registry.size - 1}})
                     .starts_with("Under this policy a high finding is closed with"),
                 "who signed what the program detected may judge it");
    }

    void aClosedFindingIsFollowedByAnotherOnLaterEvidenceOnly()
    {
        auto desk = deployed();
        const auto today = dateOf(desk.registry.lastAt);
        const auto detected = [&] { return detectedIssues(desk.pack, desk.registry, today); };
        const auto open = [&] {
            const auto finding = findingFor(detected().at(0), desk.pack, desk.registry, today);
            desk.does(desk.approver, {FindingRaised{finding}});
            return finding.id;
        };
        desk.monitor(Health::red);
        const auto first = open();
        desk.monitor(Health::red);
        QVERIFY2(detected().empty(), "an open finding covers later red runs of the version");
        desk.closes(first, desk.validator);
        QVERIFY2(detected().empty(), "that run was known when it was closed");
        desk.monitor(Health::red);
        const auto again = detected();
        QCOMPARE(kindsOf(again), std::set<IssueKind>{IssueKind::redMonitoring});
        QCOMPARE(again[0].finding, FindingId(first.str() + ".2"));
        const auto second = open();
        desk.monitor(Health::green);
        desk.closes(second, desk.validator);
        QVERIFY(detected().empty());
        desk.monitor(Health::red);
        QCOMPARE(detected().at(0).finding, FindingId(first.str() + ".3"));
    }

    void whatStillStandsIsDetectedAgainAfterTheGraceOfThePolicy()
    {
        auto desk = deployed();
        const auto day = dateOf(desk.registry.lastAt);
        auto model = desk.registry.models.at(ModelId("m1"));
        model.approvedUses = "accept";
        model.actualUse = "accept; price";
        desk.does(desk.owner, {ModelEdited{model, {}}});
        const auto issue = detectedIssues(desk.pack, desk.registry, day).at(0);
        desk.does(desk.approver, {FindingRaised{findingFor(issue, desk.pack, desk.registry, day)}});
        desk.closes(issue.finding, desk.validator);
        const auto closed = dateOf(desk.registry.lastAt);
        QCOMPARE(desk.pack.detectAgainDays, 30);
        QVERIFY(detectedIssues(desk.pack, desk.registry, closed + std::chrono::days(29)).empty());
        QCOMPARE(detectedIssues(desk.pack, desk.registry, closed + std::chrono::days(30)).size(), std::size_t(1));
        auto lenient = desk.pack;
        lenient.detectAgainDays = 0;
        QVERIFY(detectedIssues(lenient, desk.registry, closed + std::chrono::days(3650)).empty());

        model = desk.registry.models.at(ModelId("m1"));
        model.actualUse = "accept;  price";
        desk.does(desk.owner, {ModelEdited{model, {}}});
        QVERIFY2(detectedIssues(desk.pack, desk.registry, closed).size() == 1, "entered again after the closure");
    }

    void actualUseWithoutAnyApprovedIsOutside()
    {
        auto desk = deployed();
        auto model = desk.registry.models.at(ModelId("m1"));
        model.approvedUses.clear();
        model.actualUse = "price loans";
        desk.does(desk.owner, {ModelEdited{model, {}}});
        const auto issues = detectedIssues(desk.pack, desk.registry, dateOf(desk.registry.lastAt));
        QCOMPARE(kindsOf(issues), std::set<IssueKind>{IssueKind::useOutsidePurpose});
        QCOMPARE(issues[0].detail, std::string("No use is approved; it is used to: price loans."));
    }

    void aLapsedExceptionThatWasAnsweredIsDetectedAgainWhileItStands()
    {
        auto desk = deployed();
        desk.does(desk.owner, {ExceptionRequested{world::exception("e", ModelId("m1"))}});
        desk.does(desk.approver,
                  {ExceptionSigned{ExceptionId("e"), world::exceptionSignature(desk.approver, Role::approver),
                                   desk.registry.exceptions.at(ExceptionId("e")).revision}});
        const auto lapsed = *parseUtcTime("2027-01-02T09:00:00.000Z");
        const auto issue = detectedIssues(desk.pack, desk.registry, dateOf(lapsed)).at(0);
        desk.doesAt(lapsed, desk.validator,
                    {FindingRaised{findingFor(issue, desk.pack, desk.registry, dateOf(lapsed))}});
        desk.doesAt(lapsed, desk.validator,
                    {FindingClosed{issue.finding, "Renewed soon.", desk.registry.findings.at(issue.finding).revision}});
        QVERIFY(detectedIssues(desk.pack, desk.registry, dateOf(lapsed)).empty());
        const auto later = dateOf(lapsed) + std::chrono::days(30);
        QCOMPARE(detectedIssues(desk.pack, desk.registry, later).size(), std::size_t(1));
    }

    void onlyAFindingThatNamesTheRunAnswersIt()
    {
        auto desk = deployed();
        const auto today = dateOf(desk.registry.lastAt);
        desk.monitor(Health::red);
        const auto run = desk.registry.latestRun(desk.first.id)->id;
        desk.does(desk.validator, {FindingRaised{world::finding("f-other", ModelId("m1"))}});
        QCOMPARE(detectedIssues(desk.pack, desk.registry, today).size(), std::size_t(1));
        QVERIFY(!RunAnswers(desk.registry).of(desk.registry.runs.at(run)));
        auto finding = world::finding("f-answer", ModelId("m1"));
        finding.run = run;
        desk.does(desk.validator, {FindingRaised{finding}});
        QVERIFY(detectedIssues(desk.pack, desk.registry, today).empty());
        QCOMPARE(RunAnswers(desk.registry).of(desk.registry.runs.at(run))->id, FindingId("f-answer"));
    }

    void lapsedExceptionsOpenAFinding()
    {
        auto desk = deployed();
        desk.does(desk.owner, {ExceptionRequested{world::exception("e", ModelId("m1"))}});
        desk.does(desk.approver,
                  {ExceptionSigned{ExceptionId("e"), world::exceptionSignature(desk.approver, Role::approver),
                                   desk.registry.exceptions.at(ExceptionId("e")).revision}});
        QVERIFY(detectedIssues(desk.pack, desk.registry, *parseDate("2026-12-31")).empty());
        const auto issues = detectedIssues(desk.pack, desk.registry, *parseDate("2027-01-01"));
        QCOMPARE(kindsOf(issues), std::set<IssueKind>{IssueKind::exceptionLapsed});
        QCOMPARE(issues[0].title, std::string("Exception lapsed: Monthly monitoring"));
        QVERIFY(issues[0].finding.valid());

        const auto closing = [&desk] {
            return std::vector<Fact>{ExceptionClosed{ExceptionId("e"), "No longer needed.",
                                                     desk.registry.exceptions.at(ExceptionId("e")).revision}};
        };
        auto inTime = desk;
        inTime.does(inTime.owner, closing());
        QVERIFY(detectedIssues(inTime.pack, inTime.registry, *parseDate("2027-01-01")).empty());
        auto late = desk;
        auto act = late.act(late.owner, closing());
        act.at = *parseUtcTime("2027-01-05T09:00:00.000Z");
        apply(late.registry, act);
        QCOMPARE(kindsOf(detectedIssues(late.pack, late.registry, *parseDate("2027-01-05"))),
                 std::set<IssueKind>{IssueKind::exceptionLapsed});
    }

    void useProductionOverlayAndAssumptionAreWatched()
    {
        auto desk = deployed();
        auto model = desk.registry.models.at(ModelId("m1"));
        model.approvedUses = "Accept applications; price loans";
        model.actualUse = "price  loans.\nset provisions";
        desk.does(desk.owner, {ModelEdited{model, {}}});
        desk.does(desk.owner, {OverlayRecorded{world::overlay("o", ModelId("m1"))}});
        desk.does(desk.owner, {AssumptionRecorded{world::assumption("s", ModelId("m1"))}});
        auto assumption = desk.registry.assumptions.at(AssumptionId("s"));
        assumption.lastValue = 9;
        assumption.checkedOn = dateOf(desk.registry.lastAt);
        desk.does(desk.owner, {AssumptionChanged{assumption}});
        auto refuted = world::validation("late", desk.first);
        refuted.outcome = ValidationOutcome::notFit;
        desk.does(desk.validator, {ValidationRecorded{refuted}});
        const auto issues = detectedIssues(desk.pack, desk.registry, *parseDate("2027-01-01"));
        QCOMPARE(kindsOf(issues),
                 (std::set<IssueKind>{IssueKind::useOutsidePurpose, IssueKind::overlayExpired,
                                      IssueKind::assumptionBreached, IssueKind::productionBeforeValidation}));
        for (const auto &issue : issues) {
            QVERIFY(!issue.detail.empty() && !displayName(issue.kind).empty());
            if (issue.kind == IssueKind::useOutsidePurpose)
                QCOMPARE(issue.detail, std::string("Not among the approved uses: set provisions."));
        }
    }
};

QTEST_APPLESS_MAIN(TestDetected)
#include "tst_detected.moc"
