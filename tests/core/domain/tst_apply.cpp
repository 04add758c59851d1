// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/domain/transition.h"
#include "tests/core/domain/world.h"

using namespace countersign;

namespace {

std::string dump(const Registry &registry)
{
    return json::serialize(toJson(registry.timeline)) + json::serialize(toJson(registry.models)) +
           json::serialize(toJson(registry.versions)) + json::serialize(toJson(registry.requests));
}

const FieldChange *change(const TimelineItem &item, const std::string &field)
{
    for (const auto &candidate : item.changes)
        if (candidate.field == field)
            return &candidate;
    return nullptr;
}

Error errorOf(const Registry &registry, const Act &act)
{
    try {
        checkConsistent(registry, act);
    } catch (const Exception &exception) {
        return exception.error();
    }
    return {ErrorCode::Internal, "no error", {}};
}

} // namespace

class TestApply : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstEntryOpensTheRegister()
    {
        world::World w;
        const auto touched =
            w.does(w.admin, {WorkspaceCreated{"Example Bank"}, world::policy("{}"), UserEnrolled{w.admin}});
        QCOMPARE(w.registry.organisation, std::string("Example Bank"));
        QCOMPARE(w.registry.policyText, std::string("{}"));
        QCOMPARE(w.registry.policyVersion, std::int64_t(1));
        QVERIFY(w.registry.policyHash == sha256("{}"));
        QCOMPARE(w.registry.size, std::int64_t(1));
        QVERIFY(w.registry.lastAt == world::start());
        QCOMPARE(w.registry.users.at(w.admin.id).revision, std::int64_t(0));
        QCOMPARE(touched.records.size(), std::size_t(2)); // the policy's version, too
        QVERIFY(touched.records.contains({"users", "u-admin"}));
        QCOMPARE(w.registry.policies.size(), std::size_t(1));
        QCOMPARE(w.registry.timeline.size(), std::size_t(3));
        for (const auto &item : w.registry.timeline)
            QCOMPARE(item.authorName, std::string("Adam Admin"));
        QCOMPARE(w.registry.timeline[0].summary, std::string("Created the workspace of Example Bank"));
        QCOMPARE(w.registry.timeline[1].summary, std::string("Published policy sr-26-2, version 1"));
        QCOMPARE(w.registry.timeline[2].summary, std::string("Enrolled Adam Admin as administrator"));
    }

    void everyFactWritesOneLineInWords()
    {
        world::World w;
        w.openWithModel();
        const auto last = [&] { return w.registry.timeline.back(); };
        QCOMPARE(last().summary, std::string("Registered version 1.0 of CR-014, Retail PD"));
        QCOMPARE(last().record, std::string("v1"));
        w.does(w.owner, {DocumentAttached{world::document("d1", w.first)}});
        QCOMPARE(last().summary, std::string("Attached documentation paper.pdf to version 1.0 of CR-014, Retail PD"));
        w.does(w.validator, {ValidationRecorded{world::validation("a1", w.first)}});
        QCOMPARE(last().summary, std::string("Validated version 1.0 of CR-014, Retail PD: fit for purpose"));
        w.does(w.validator, {FindingRaised{world::finding("f1", ModelId("m1"))}});
        QCOMPARE(last().summary, std::string("Raised the medium finding \"Missing incomes\" on CR-014, Retail PD"));
        w.does(w.approver,
               {FindingClosed{FindingId("f1"), "Refitted.", w.registry.findings.at(FindingId("f1")).revision}});
        QCOMPARE(last().summary, std::string("Closed the finding \"Missing incomes\" on CR-014, Retail PD"));
        w.does(w.owner, {MonitoringRecorded{world::run("n1", w.first, Health::red)}});
        QCOMPARE(last().summary,
                 std::string("Monitored version 1.0 of CR-014, Retail PD: red, 1 figure beyond limits"));
        w.does(w.owner, {MonitoringExplained{RunId("n1"), "New product.", w.registry.runs.at(RunId("n1")).revision}});
        QCOMPARE(last().summary, std::string("Explained the monitoring of version 1.0 of CR-014, Retail PD"));
        w.does(w.owner, {DeploymentRequested{world::request("r1", w.first), {}}});
        QCOMPARE(last().summary, std::string("Requested deployment of version 1.0 of CR-014, Retail PD"));
        w.does(w.owner,
               {RequestWithdrawn{RequestId("r1"), "Later.", w.registry.requests.at(RequestId("r1")).revision}});
        QCOMPARE(last().summary, std::string("Withdrew the deployment request for version 1.0 of CR-014, Retail PD"));
        QCOMPARE(last().model, ModelId("m1"));
        for (const auto &item : w.registry.timeline)
            QVERIFY(item.forbidden.empty() && !item.summary.empty() && !item.fact.empty());
    }

    void whoAndWhenAreTheActs()
    {
        world::World w;
        w.openWithModel();
        auto finding = world::finding("f1", ModelId("m1"));
        finding.raisedAt = *parseUtcTime("1999-01-01T00:00:00.000Z");
        finding.revision = 77;
        finding.entry = 78;
        const auto at = w.act(w.validator, {}).at;
        const auto seq = w.registry.size;
        w.does(w.validator, {FindingRaised{finding}});
        const auto &stored = w.registry.findings.at(FindingId("f1"));
        QVERIFY(stored.raisedBy == w.validator.id);
        QVERIFY(stored.raisedAt == at);
        QCOMPARE(stored.revision, seq);
        QCOMPARE(stored.entry, seq);
        w.does(w.approver, {FindingClosed{FindingId("f1"), "Refitted.", seq}});
        QCOMPARE(stored.revision, seq + 1);
        QCOMPARE(stored.entry, seq);
        QVERIFY(!stored.open && stored.closedBy == w.approver.id && stored.closureEvidence == "Refitted.");
    }

    void anEditShowsItsFields()
    {
        world::World w;
        w.openWithModel();
        auto edited = w.registry.models.at(ModelId("m1"));
        edited.limitations = "Not for mortgages";
        edited.inputs = {"income", "age"};
        const auto seq = w.registry.size;
        const auto touched = w.does(w.owner, {ModelEdited{edited, "Review"}});
        QVERIFY(touched.models.contains(ModelId("m1")));
        QVERIFY(touched.records.contains({"models", "m1"}));
        const auto &item = w.registry.timeline.back();
        QCOMPARE(item.changes.size(), std::size_t(2));
        QCOMPARE(change(item, "inputs")->after, std::string("income; age"));
        QCOMPARE(change(item, "limitations")->before, std::string());
        QCOMPARE(w.registry.models.at(ModelId("m1")).revision, seq);
    }

    void aValidationDatesTheModel()
    {
        world::World w;
        w.openWithModel();
        w.does(w.validator, {ValidationRecorded{world::validation("a1", w.first)}});
        QVERIFY(w.registry.models.at(ModelId("m1")).lastValidatedOn == dateOf(w.registry.lastAt));
        QVERIFY(change(w.registry.timeline.back(), "last validated on"));
    }

    void theLastSignatureDeploys()
    {
        world::World w;
        w.openWithModel();
        const auto second = world::version("v2", ModelId("m1"), "2.0");
        w.does(w.owner, {VersionRegistered{second}});
        deploy(w, w.first, "r1");
        QVERIFY(w.registry.versions.at(VersionId("v1")).stage == VersionStage::inProduction);
        const auto firstDay = dateOf(w.registry.lastAt);
        QVERIFY(w.registry.versions.at(VersionId("v1")).deployedOn == firstDay);
        QVERIFY(w.registry.models.at(ModelId("m1")).stage == Stage::inProduction);
        QVERIFY(w.registry.models.at(ModelId("m1")).deployedOn == firstDay);
        const auto &item = w.registry.timeline.back();
        QCOMPARE(change(item, "request")->after, std::string("Approved"));
        QCOMPARE(change(item, "version 1.0, stage")->before, std::string("In development"));
        QCOMPARE(change(item, "version 1.0, stage")->after, std::string("In production"));
        QCOMPARE(change(item, "model, stage")->after, std::string("In production"));

        const auto touched = deploy(w, second, "r2");
        QVERIFY(w.registry.versions.at(VersionId("v1")).stage == VersionStage::retired);
        QVERIFY(w.registry.versions.at(VersionId("v2")).stage == VersionStage::inProduction);
        QVERIFY(touched.records.contains({"versions", "v1"}));
        QVERIFY(touched.records.contains({"versions", "v2"}));
        QVERIFY(touched.records.contains({"requests", "r2"}));
        QCOMPARE(w.registry.versions.at(VersionId("v1")).revision, w.registry.size - 1);
    }

    void allRequiredSignaturesAreWaitedFor()
    {
        world::World w;
        w.openWithModel();
        w.does(w.owner,
               {DeploymentRequested{world::request("r1", w.first, {{Role::validator, 1}, {Role::approver, 2}}), {}}});
        const auto &request = w.registry.requests.at(RequestId("r1"));
        QCOMPARE(outstanding(request).size(), std::size_t(2));
        sign(w, "r1", w.validator, Role::validator, Decision::approveWithConditions);
        sign(w, "r1", w.approver, Role::approver);
        QVERIFY(request.status == RequestStatus::open);
        QCOMPARE(outstanding(request).size(), std::size_t(1));
        QCOMPARE(outstanding(request)[0].count, std::int64_t(1));
        sign(w, "r1", w.second, Role::approver);
        QVERIFY2(request.status == RequestStatus::approvedWithConditions, "one signature had conditions");
        QVERIFY(outstanding(request).empty());
        QCOMPARE(request.signOffs.size(), std::size_t(3));
        QCOMPARE(request.signOffs[2].entry, w.registry.size - 1);
        QVERIFY(request.signOffs[0].at < request.signOffs[1].at);
    }

    void aRefusalEndsTheRequest()
    {
        for (const auto &[decision, status] : {std::pair(Decision::refuse, RequestStatus::refused),
                                               std::pair(Decision::requestChanges, RequestStatus::changesRequested)}) {
            world::World w;
            w.openWithModel();
            w.does(w.owner, {DeploymentRequested{world::request("r1", w.first, {{Role::approver, 2}}), {}}});
            sign(w, "r1", w.approver, Role::approver);
            sign(w, "r1", w.second, Role::approver, decision);
            QVERIFY(w.registry.requests.at(RequestId("r1")).status == status);
            QVERIFY(w.registry.versions.at(VersionId("v1")).stage == VersionStage::inDevelopment);
            w.does(w.owner, {DeploymentRequested{world::request("r2", w.first), {}}});
        }
    }

    void aRestrictedModelStaysRestricted()
    {
        world::World w;
        w.openWithModel();
        auto restricted = w.registry.models.at(ModelId("m1"));
        restricted.stage = Stage::restricted;
        w.does(w.owner, {ModelEdited{restricted, {}}});
        deploy(w, w.first, "r1");
        QVERIFY(w.registry.models.at(ModelId("m1")).stage == Stage::restricted);
    }

    void retiringAModelRetiresItsVersionsAndKeepsIt()
    {
        world::World w;
        w.openWithModel();
        deploy(w, w.first, "r1");
        auto retired = w.registry.models.at(ModelId("m1"));
        retired.stage = Stage::retired;
        retired.retiredOn = parseDate("2026-06-30");
        retired.retirementReason = "Replaced";
        w.does(w.owner, {ModelEdited{retired, "Replaced"}});
        QVERIFY(w.registry.modelByReference("CR-014"));
        QVERIFY(w.registry.versions.at(VersionId("v1")).stage == VersionStage::retired);
        QCOMPARE(w.registry.timeline.back().summary, std::string("Retired model CR-014, Retail PD"));
    }

    void anOverrideCountsOnceConfirmed()
    {
        world::World w;
        w.openWithModel();
        auto assessment = world::assessment("t1", ModelId("m1"));
        assessment.overrideLevel = 1;
        assessment.overrideReason = "New market";
        w.does(w.owner, {TierPublished{assessment}});
        QCOMPARE(w.registry.tierOf(ModelId("m1"))->level(), std::int64_t(3));
        w.does(w.validator, {TierOverrideConfirmed{AssessmentId("t1"), "Agreed", w.registry.size - 1}});
        QCOMPARE(w.registry.tierOf(ModelId("m1"))->level(), std::int64_t(1));
        QCOMPARE(change(w.registry.timeline.back(), "tier")->before, std::string("3"));
        QVERIFY(w.registry.tierOf(ModelId("m1"))->overrideConfirmedBy == w.validator.id);
    }

    void newestMeansLastRecordedNotLastTouched()
    {
        world::World w;
        w.openWithModel();
        w.does(w.owner, {MonitoringRecorded{world::run("n2", w.first, Health::red)}});
        w.does(w.owner, {MonitoringRecorded{world::run("n1", w.first, Health::amber)}});
        w.does(w.owner, {MonitoringExplained{RunId("n2"), "Old news.", w.registry.runs.at(RunId("n2")).revision}});
        QCOMPARE(w.registry.latestRun(VersionId("v1"))->id, RunId("n1"));
        QCOMPARE(w.registry.runsOf(ModelId("m1")).front()->id, RunId("n1"));
        w.does(w.owner, {TierPublished{world::assessment("t2", ModelId("m1"))}});
        w.does(w.owner, {TierPublished{world::assessment("t1", ModelId("m1"))}});
        QCOMPARE(w.registry.tierOf(ModelId("m1"))->id, AssessmentId("t1"));
        w.does(w.validator, {ValidationRecorded{world::validation("a2", w.first)}});
        w.does(w.validator, {ValidationRecorded{world::validation("a1", w.first)}});
        QCOMPARE(w.registry.latestValidation(VersionId("v1"))->id, ValidationId("a1"));
    }

    void lookUpsKeepTheirOrder()
    {
        world::World w;
        w.openWithModel();
        w.does(w.owner, {VersionRegistered{world::version("a-late", ModelId("m1"), "2.0")}});
        QCOMPARE(w.registry.versionsOf(ModelId("m1")).back()->label, std::string("2.0"));
        for (const auto *id : {"f1", "f2", "f3"})
            w.does(w.validator, {FindingRaised{world::finding(id, ModelId("m1"))}});
        w.does(w.approver, {FindingClosed{FindingId("f3"), "Done", w.registry.size - 1}});
        const auto findings = w.registry.findingsOf(ModelId("m1"));
        QCOMPARE(findings[0]->id, FindingId("f2"));
        QCOMPARE(findings[1]->id, FindingId("f1"));
        QCOMPARE(findings[2]->id, FindingId("f3"));
        QCOMPARE(w.registry.timelineOf(ModelId("m1")).front()->fact, std::string("findingClosed"));
        QCOMPARE(w.registry.timelineOf(ModelId("m1")).back()->fact, std::string("modelRegistered"));
        QVERIFY(w.registry.userByName(" olga  OWNER"));
        QVERIFY(!w.registry.userByName(""));
        QCOMPARE(w.registry.userByKey(w.owner.keyId)->id, w.owner.id);
        QVERIFY(w.registry.modelByReference("cr-014"));
        QVERIFY(!w.registry.modelByReference("CR-01"));
        QVERIFY(!w.registry.latestRun(VersionId("none")) && !w.registry.tierOf(ModelId("none")));
        w.does(w.owner, {DocumentAttached{world::document("d2", w.first)}});
        w.does(w.owner, {DocumentAttached{world::document("d1", w.first)}});
        QCOMPARE(w.registry.documentsOf(VersionId("v1")).front()->id, DocumentId("d2"));
        w.does(w.owner, {DeploymentRequested{world::request("r1", w.first), {}}});
        QCOMPARE(w.registry.requestsOf(ModelId("m1")).size(), std::size_t(1));
    }

    void aForbiddenActIsSeenAndChangesNothing()
    {
        world::World w;
        w.openWithModel();
        w.does(w.owner, {DeploymentRequested{world::request("r1", w.first), {}}});
        const auto before = w.registry;
        const auto act = w.act(
            w.owner, {RequestSigned{RequestId("r1"), world::signOff(w.owner, Role::approver), w.registry.size - 1}});
        applyForbidden(w.registry, act, "Nobody signs their own request.");
        QCOMPARE(w.registry.size, before.size + 1);
        QCOMPARE(w.registry.timeline.size(), before.timeline.size() + 1);
        const auto item = w.registry.timeline.back();
        QCOMPARE(item.forbidden, std::string("Nobody signs their own request."));
        QVERIFY(item.summary.starts_with("Without effect: Approved version 1.0"));
        QCOMPARE(item.model, ModelId("m1"));
        w.registry.timeline.pop_back();
        QCOMPARE(dump(w.registry), dump(before));
    }

    void aForbiddenActMaySpeakOfNothingKnown()
    {
        world::World w;
        w.open();
        const Act act{w.registry.size,
                      world::start(),
                      UserId("nobody"),
                      {FindingClosed{FindingId("x"), "e", 1}, MonitoringExplained{RunId("x"), "e", 1},
                       RequestSigned{RequestId("x"), world::signOff(w.owner, Role::approver), 1},
                       TierOverrideConfirmed{AssessmentId("x"), "e", 1}, RequestWithdrawn{RequestId("x"), "e", 1},
                       VersionEdited{w.first}, UserChanged{w.owner}}};
        applyForbidden(w.registry, act, "Not enrolled.");
        QCOMPARE(w.registry.timeline.back().authorName, std::string("An unknown user"));
    }

    void anEntryThatCannotBeReadIsSeen()
    {
        world::World w;
        w.open();
        applyForbidden(w.registry, w.act(w.owner, {}), "facts[0].fact: unknown");
        const auto &item = w.registry.timeline.back();
        QCOMPARE(item.summary, std::string("Without effect: an entry that cannot be read"));
        QCOMPARE(item.authorName, std::string("Olga Owner"));
        QCOMPARE(item.seq, w.registry.size - 1);
    }

    void aStaleEditSaysWhoWhenAndWhat()
    {
        world::World w;
        w.openWithModel();
        const auto seen = w.registry.models.at(ModelId("m1"));
        auto theirs = seen;
        theirs.owner = "Olga Owner-Smith";
        theirs.restrictions = "No mortgages";
        w.does(w.validator, {ModelEdited{theirs, {}}});
        auto other = seen;
        other.revision = w.registry.size - 1;
        other.restrictions = theirs.restrictions;
        other.owner = theirs.owner;
        other.purpose = "Retail lending";
        w.does(w.developer, {ModelEdited{other, {}}});
        auto mine = seen;
        mine.description = "Mine";
        const auto error = errorOf(w.registry, w.act(w.owner, {ModelEdited{mine, {}}}));
        QCOMPARE(error.code, ErrorCode::Conflict);
        QCOMPARE(error.what, std::string("Model CR-014, Retail PD was changed meanwhile by Dan Developer on "
                                         "2026-03-02 at 20:00 UTC: owner, purpose, restrictions."));
        QVERIFY(!error.remedy.empty());
    }

    void aVersionMovedByASignatureIsAConflict()
    {
        world::World w;
        w.openWithModel();
        const auto seen = w.registry.versions.at(VersionId("v1"));
        deploy(w, w.first, "r1");
        auto mine = seen;
        mine.changes = "Mine";
        const auto error = errorOf(w.registry, w.act(w.owner, {VersionEdited{mine}}));
        QCOMPARE(error.code, ErrorCode::Conflict);
        QVERIFY2(error.what.find("by Ann Approver") != std::string::npos, error.what.c_str());
        QVERIFY2(error.what.find("version 1.0, stage") != std::string::npos, error.what.c_str());
    }

    void anImportOfThousandsIsOneEntry()
    {
        world::World w;
        w.open();
        std::vector<Fact> facts;
        facts.reserve(10'000);
        for (int i = 0; i < 10'000; ++i)
            facts.emplace_back(ModelRegistered{world::model("m" + std::to_string(i), "X-" + std::to_string(i)),
                                               "inventory.csv, row " + std::to_string(i)});
        const auto touched = w.does(w.owner, facts);
        QCOMPARE(touched.models.size(), std::size_t(10'000));
        QCOMPARE(w.registry.models.size(), std::size_t(10'000));
        facts = {ModelRegistered{world::model("n1", "Y-1"), {}}, ModelRegistered{world::model("n2", "y-1"), {}}};
        QCOMPARE(errorOf(w.registry, w.act(w.owner, facts)).code, ErrorCode::Conflict);
        facts = {ModelRegistered{world::model("n1", "Y-1"), {}}, ModelRegistered{world::model("n2", "x-77"), {}}};
        QCOMPARE(errorOf(w.registry, w.act(w.owner, facts)).code, ErrorCode::Conflict);
    }

    void factsOfOneActBuildOnEachOther()
    {
        world::World w;
        w.open();
        const auto model = world::model("m1", "CR-014");
        w.does(w.owner, {ModelRegistered{model, "by hand"}, VersionRegistered{w.first},
                         DocumentAttached{world::document("d1", w.first)}});
        QCOMPARE(w.registry.versions.at(VersionId("v1")).entry, w.registry.size - 1);
        QCOMPARE(w.registry.timeline.back().summary,
                 std::string("Attached documentation paper.pdf to version 1.0 of CR-014, Retail PD"));
        auto again = w.registry.models.at(ModelId("m1"));
        again.description = "First";
        auto twice = again;
        twice.revision = w.registry.size;
        twice.description = "Second";
        w.does(w.owner, {ModelEdited{again, {}}, ModelEdited{twice, {}}});
        QCOMPARE(w.registry.models.at(ModelId("m1")).description, std::string("Second"));
    }

private:
    static Touched sign(world::World &w, const std::string &request, const User &user, Role role,
                        Decision decision = Decision::approve)
    {
        return w.does(user, {RequestSigned{RequestId(request), world::signOff(user, role, decision),
                                           w.registry.requests.at(RequestId(request)).revision}});
    }

    static Touched deploy(world::World &w, const ModelVersion &version, const std::string &request)
    {
        w.does(w.owner, {DeploymentRequested{world::request(request, version), {}}});
        return sign(w, request, w.approver, Role::approver);
    }
};

QTEST_APPLESS_MAIN(TestApply)
#include "tst_apply.moc"
