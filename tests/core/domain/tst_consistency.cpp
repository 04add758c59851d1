// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "tests/core/domain/proposalrows.h"
#include "tests/core/domain/remediationrows.h"
#include "tests/core/domain/samplefacts.h"
#include "tests/core/domain/scoperows.h"

#include <functional>
#include <limits>

using namespace countersign;
using world::Full;
using world::Row;

namespace {

template <class T, class F>
auto changed(F &&change)
{
    return [change](Full &full) -> std::vector<Fact> {
        if constexpr (std::is_same_v<T, UserEnrolled>) {
            auto user = world::person("u-new", "Nora New", {Role::developer});
            change(user);
            return {UserEnrolled{user}};
        } else if constexpr (std::is_same_v<T, UserChanged>) {
            auto user = full.registry.users.at(full.executive.id);
            change(user);
            return {UserChanged{user}};
        } else if constexpr (std::is_same_v<T, ModelRegistered>) {
            auto model = world::model("m9", "CR-099");
            change(model);
            return {ModelRegistered{model, {}}};
        } else if constexpr (std::is_same_v<T, ModelEdited>) {
            auto model = full.registry.models.at(ModelId("m2"));
            change(model);
            return {ModelEdited{model, {}}};
        } else if constexpr (std::is_same_v<T, VersionRegistered>) {
            auto version = world::version("v9", ModelId("m1"), "9.0");
            change(version);
            return {VersionRegistered{version}};
        } else if constexpr (std::is_same_v<T, VersionEdited>) {
            auto version = full.registry.versions.at(VersionId("v2"));
            change(version);
            return {VersionEdited{version}};
        } else if constexpr (std::is_same_v<T, DocumentAttached>) {
            auto document = world::document("d9", full.first);
            change(document);
            return {DocumentAttached{document}};
        } else if constexpr (std::is_same_v<T, ValidationRecorded>) {
            auto validation = world::validation("a9", full.first);
            change(validation);
            return {ValidationRecorded{validation}};
        } else if constexpr (std::is_same_v<T, FindingRaised>) {
            auto finding = world::finding("f9", ModelId("m1"));
            change(finding);
            return {FindingRaised{finding}};
        } else if constexpr (std::is_same_v<T, MonitoringRecorded>) {
            auto run = world::run("n9", full.first, Health::red);
            change(run);
            return {MonitoringRecorded{run}};
        } else if constexpr (std::is_same_v<T, TierPublished>) {
            auto assessment = world::assessment("t9", ModelId("m1"));
            change(assessment);
            return {TierPublished{assessment}};
        } else if constexpr (std::is_same_v<T, DeploymentRequested>) {
            DeploymentRequested fact{world::request("r9", full.registry.versions.at(VersionId("v2"))), {}};
            change(fact);
            return {fact};
        } else if constexpr (std::is_same_v<T, RequestSigned>) {
            RequestSigned fact{RequestId("r1"), world::signOff(full.approver, Role::approver),
                               full.revisionOf(RequestId("r1"))};
            change(fact);
            return {fact};
        }
    };
}

constexpr auto invalid = ErrorCode::InvalidInput;
constexpr auto conflict = ErrorCode::Conflict;
constexpr auto notFound = ErrorCode::NotFound;

std::vector<Row> workspaceRows()
{
    using Enrol = UserEnrolled;
    using Change = UserChanged;
    return {
        {"no facts", invalid, "at least one", [](Full &) { return std::vector<Fact>{}; }},
        {"second workspace", conflict, "created already",
         [](Full &) { return std::vector<Fact>{WorkspaceCreated{"Other"}}; }},
        {"policy", {}, "", [](Full &) { return std::vector<Fact>{world::policy("{} ", "p", 2)}; }},
        {"policy digest", invalid, "digest",
         [](Full &) { return std::vector<Fact>{PolicyPublished{"p", 2, sha256("x"), "{}"}}; }},
        {"policy version", invalid, "1 or more", [](Full &) { return std::vector<Fact>{world::policy("{}", "p", 0)}; }},
        {"policy id", invalid, "missing", [](Full &) { return std::vector<Fact>{world::policy("{}", "", 1)}; }},
        {"policy too long", invalid, "1 MiB",
         [](Full &) { return std::vector<Fact>{world::policy(std::string((1U << 20U) + 1, ' '), "p", 2)}; }},
        {"policy with others", invalid, "entry of its own",
         [](Full &full) {
             return std::vector<Fact>{world::policy("{}", "p", 2),
                                      ModelEdited{full.registry.models.at(ModelId("m2")), {}}};
         }},
        {"enrol", {}, "", changed<Enrol>([](User &) {})},
        {"enrol known id", conflict, "already a user", changed<Enrol>([](User &u) { u.id = UserId("u-owner"); })},
        {"enrol bad id", invalid, "The id of the user", changed<Enrol>([](User &u) { u.id = UserId("a b"); })},
        {"enrol without id", invalid, "The id of the user", changed<Enrol>([](User &u) { u.id = UserId(); })},
        {"enrol known name", conflict, "already a user called Olga Owner",
         changed<Enrol>([](User &u) { u.fullName = "olga  owner"; })},
        {"enrol without name", invalid, "full name", changed<Enrol>([](User &u) { u.fullName.clear(); })},
        {"enrol untrimmed", invalid, "blank", changed<Enrol>([](User &u) { u.fullName = "Nora "; })},
        {"enrol without role", invalid, "at least one role", changed<Enrol>([](User &u) { u.roles.clear(); })},
        {"enrol foreign key id", invalid, "public key",
         changed<Enrol>([](User &u) { u.keyId = std::string(32, '0'); })},
        {"enrol no key", invalid, "public key", changed<Enrol>([](User &u) { u.publicKey = "abc"; })},
        {"enrol key in use", conflict, "in use by Olga Owner", changed<Enrol>([](User &u) {
             const world::World other;
             u.publicKey = other.owner.publicKey;
             u.keyId = other.owner.keyId;
         })},
        {"enrol inactive", invalid, "active", changed<Enrol>([](User &u) { u.active = false; })},
        {"change", {}, "", changed<Change>([](User &u) { u.roles = {Role::auditor}; })},
        {"change unknown", notFound, "no user", changed<Change>([](User &u) { u.id = UserId("u-x"); })},
        {"change stale", conflict, "changed meanwhile", changed<Change>([](User &u) { --u.revision; })},
        {"rename", {}, "", changed<Change>([](User &u) { u.fullName = "Eve Newname"; })},
        {"rename onto another", conflict, "already a user",
         changed<Change>([](User &u) { u.fullName = "Olga Owner"; })},
        {"rename while named", conflict, "CR-001, CR-014, CR-020",
         [](Full &full) {
             auto user = full.registry.users.at(full.owner.id);
             user.fullName = "Olga Newname";
             return std::vector<Fact>{UserChanged{user}};
         }},
        {"last administrator loses the role", conflict, "last administrator",
         [](Full &full) {
             auto user = full.registry.users.at(full.admin.id);
             user.roles = {Role::auditor};
             return std::vector<Fact>{UserChanged{user}};
         }},
        {"last administrator is closed", conflict, "last administrator",
         [](Full &full) {
             auto user = full.registry.users.at(full.admin.id);
             user.active = false;
             return std::vector<Fact>{UserChanged{user}};
         }},
        {"unknown author", notFound, "no user", changed<Enrol>([](User &) {}), "u-stranger"},
    };
}

std::vector<Row> inventoryRows()
{
    using Register = ModelRegistered;
    using Edit = ModelEdited;
    using Version = VersionRegistered;
    using EditVersion = VersionEdited;
    return {
        {"model", {}, "", changed<Register>([](Model &) {})},
        {"model known id", conflict, "already a model", changed<Register>([](Model &m) { m.id = ModelId("m1"); })},
        {"model known reference", conflict, "reference CR-014",
         changed<Register>([](Model &m) { m.reference = "CR-014"; })},
        {"model reference in other case", conflict, "reference cr-014",
         changed<Register>([](Model &m) { m.reference = "cr-014"; })},
        {"model reference of a retired one", conflict, "reference CR-001",
         changed<Register>([](Model &m) { m.reference = "CR-001"; })},
        {"model no reference", invalid, "reference", changed<Register>([](Model &m) { m.reference = ""; })},
        {"model no name", invalid, "name", changed<Register>([](Model &m) { m.name = ""; })},
        {"model no owner", invalid, "owner", changed<Register>([](Model &m) { m.owner = ""; })},
        {"model no purpose", invalid, "purpose", changed<Register>([](Model &m) { m.purpose = " \n"; })},
        {"model long name", invalid, "at most 200", changed<Register>([](Model &m) { m.name.assign(201, 'x'); })},
        {"model control character", invalid, "limitations",
         changed<Register>([](Model &m) { m.limitations = "a\x01"; })},
        {"model blank input", invalid, "an item of inputs", changed<Register>([](Model &m) { m.inputs = {"a", ""}; })},
        {"model bad input", invalid, "inputs", changed<Register>([](Model &m) { m.inputs = {"a\nb"}; })},
        {"model retired without date", invalid, "date", changed<Register>([](Model &m) {
             m.stage = Stage::retired;
             m.retirementReason = "Old";
         })},
        {"model retired without reason", invalid, "reason", changed<Register>([](Model &m) {
             m.stage = Stage::retired;
             m.retiredOn = parseDate("2026-01-01");
         })},
        {"model retired", {}, "", changed<Register>([](Model &m) {
             m.stage = Stage::retired;
             m.retiredOn = parseDate("2026-01-01");
             m.retirementReason = "Old";
         })},
        {"model retired before deployed", invalid, "before it was deployed", changed<Register>([](Model &m) {
             m.stage = Stage::retired;
             m.deployedOn = parseDate("2026-01-02");
             m.retiredOn = parseDate("2026-01-01");
             m.retirementReason = "Old";
         })},
        {"model with date, not retired", invalid, "not retired",
         changed<Register>([](Model &m) { m.retiredOn = parseDate("2026-01-01"); })},
        {"model edit", {}, "", changed<Edit>([](Model &m) { m.description = "New"; })},
        {"model edit keeps its reference", {}, "", changed<Edit>([](Model &m) { m.reference = "cr-020"; })},
        {"model edit unknown", notFound, "no model", changed<Edit>([](Model &m) { m.id = ModelId("m9"); })},
        {"model edit stale", conflict, "changed meanwhile", changed<Edit>([](Model &m) { --m.revision; })},
        {"model edit from the future", conflict, "changed meanwhile",
         changed<Edit>([](Model &m) { m.revision += 99; })},
        {"model edit taken reference", conflict, "CR-014", changed<Edit>([](Model &m) { m.reference = "CR-014"; })},
        {"model un-retired", conflict, "stays so",
         [](Full &full) {
             auto model = full.registry.models.at(ModelId("m3"));
             model.stage = Stage::inDevelopment;
             model.retiredOn.reset();
             model.retirementReason.clear();
             return std::vector<Fact>{ModelEdited{model, {}}};
         }},
        {"model retired with open request", conflict, "open deployment request",
         [](Full &full) {
             auto model = full.registry.models.at(ModelId("m1"));
             model.stage = Stage::retired;
             model.retiredOn = parseDate("2026-06-01");
             model.retirementReason = "Old";
             return std::vector<Fact>{ModelEdited{model, {}}};
         }},
        {"version", {}, "", changed<Version>([](ModelVersion &) {})},
        {"version known id", conflict, "already a version",
         changed<Version>([](ModelVersion &v) { v.id = VersionId("v1"); })},
        {"version of no model", notFound, "no model",
         changed<Version>([](ModelVersion &v) { v.model = ModelId("x"); })},
        {"version of a retired model", conflict, "retired",
         changed<Version>([](ModelVersion &v) { v.model = ModelId("m3"); })},
        {"version known label", conflict, "labelled 1.0", changed<Version>([](ModelVersion &v) { v.label = "1.0"; })},
        {"version label of another model", {}, "", changed<Version>([](ModelVersion &v) {
             v.label = "1.0";
             v.model = ModelId("m2");
         })},
        {"version no label", invalid, "label", changed<Version>([](ModelVersion &v) { v.label = ""; })},
        {"version importance above 1", invalid, "not between 0 and 1",
         changed<Version>([](ModelVersion &v) { v.importance = {{"age", 1.5}}; })},
        {"version importance NaN", invalid, "not between 0 and 1",
         changed<Version>([](ModelVersion &v) { v.importance = {{"age", std::numeric_limits<double>::quiet_NaN()}}; })},
        {"version importance twice", invalid, "two importances",
         changed<Version>([](ModelVersion &v) { v.importance = {{"age", 1}, {"age", 0.5}}; })},
        {"version born retired", invalid, "not registered as retired",
         changed<Version>([](ModelVersion &v) { v.stage = VersionStage::retired; })},
        {"version with a deployment date", invalid, "deployment date",
         changed<Version>([](ModelVersion &v) { v.deployedOn = parseDate("2026-01-01"); })},
        {"version edit", {}, "", changed<EditVersion>([](ModelVersion &v) { v.changes = "New"; })},
        {"version edit unknown", notFound, "no version",
         changed<EditVersion>([](ModelVersion &v) { v.id = VersionId("x"); })},
        {"version edit stale", conflict, "changed meanwhile",
         changed<EditVersion>([](ModelVersion &v) { --v.revision; })},
        {"version edit moves", invalid, "does not move",
         changed<EditVersion>([](ModelVersion &v) { v.model = ModelId("m2"); })},
        {"version edit taken label", conflict, "labelled 1.0",
         changed<EditVersion>([](ModelVersion &v) { v.label = "1.0"; })},
        {"version edit date", invalid, "deployment date",
         changed<EditVersion>([](ModelVersion &v) { v.deployedOn = parseDate("2026-01-01"); })},
        {"version un-retired", conflict, "stays so",
         [](Full &full) {
             auto version = full.registry.versions.at(VersionId("v3"));
             version.stage = VersionStage::inDevelopment;
             return std::vector<Fact>{VersionEdited{version}};
         }},
        {"version retired with open request", conflict, "open deployment request",
         [](Full &full) {
             auto version = full.registry.versions.at(VersionId("v1"));
             version.stage = VersionStage::retired;
             return std::vector<Fact>{VersionEdited{version}};
         }},
    };
}

std::vector<Row> evidenceRows()
{
    using Attach = DocumentAttached;
    using Validate = ValidationRecorded;
    using Raise = FindingRaised;
    using Run = MonitoringRecorded;
    const auto close = [](const char *id, const char *evidence, std::int64_t shift = 0) {
        return [=](Full &full) {
            const FindingId finding{std::string(id)};
            const auto known = full.registry.findings.contains(finding);
            return std::vector<Fact>{FindingClosed{finding, evidence, (known ? full.revisionOf(finding) : 0) + shift}};
        };
    };
    const auto explain = [](const char *id, const char *words, std::int64_t shift = 0) {
        return [=](Full &full) {
            const RunId run{std::string(id)};
            const auto known = full.registry.runs.contains(run);
            return std::vector<Fact>{MonitoringExplained{run, words, (known ? full.revisionOf(run) : 0) + shift}};
        };
    };
    return {
        {"document", {}, "", changed<Attach>([](Document &) {})},
        {"document known id", conflict, "already a document",
         changed<Attach>([](Document &d) { d.id = DocumentId("d1"); })},
        {"document no version", notFound, "no version",
         changed<Attach>([](Document &d) { d.version = VersionId("x"); })},
        {"document of another model", invalid, "does not belong",
         changed<Attach>([](Document &d) { d.model = ModelId("m2"); })},
        {"document without name", invalid, "file name", changed<Attach>([](Document &d) { d.fileName = ""; })},
        {"document with folder", invalid, "holds a folder", changed<Attach>([](Document &d) { d.fileName = "../a"; })},
        {"document with backslash", invalid, "holds a folder",
         changed<Attach>([](Document &d) { d.fileName = "c:\\a"; })},
        {"document empty", invalid, "empty", changed<Attach>([](Document &d) { d.size = 0; })},
        {"document no digest", invalid, "digest", changed<Attach>([](Document &d) { d.hash = {}; })},
        {"validation", {}, "", changed<Validate>([](Validation &) {})},
        {"validation of a retired model", conflict, "retired", changed<Validate>([](Validation &v) {
             v.model = ModelId("m3");
             v.version = VersionId("v3");
         })},
        {"validation crossed", invalid, "does not belong",
         changed<Validate>([](Validation &v) { v.version = VersionId("v3"); })},
        {"validation no summary", invalid, "summary", changed<Validate>([](Validation &v) { v.summary = ""; })},
        {"validation no conditions", invalid, "missing",
         changed<Validate>([](Validation &v) { v.outcome = ValidationOutcome::fitWithConditions; })},
        {"validation stray conditions", invalid, "Conditions",
         changed<Validate>([](Validation &v) { v.conditions = "Weekly"; })},
        {"validation for another", invalid, "somebody else",
         changed<Validate>([](Validation &v) { v.by = UserId("u-admin"); })},
        {"finding", {}, "", changed<Raise>([](Finding &) {})},
        {"finding on a version", {}, "", changed<Raise>([](Finding &f) { f.version = VersionId("v1"); })},
        {"finding crossed", invalid, "does not belong",
         changed<Raise>([](Finding &f) { f.version = VersionId("v3"); })},
        {"finding no model", notFound, "no model", changed<Raise>([](Finding &f) { f.model = ModelId("x"); })},
        {"finding no title", invalid, "title", changed<Raise>([](Finding &f) { f.title = ""; })},
        {"finding raised closed", invalid, "raised open", changed<Raise>([](Finding &f) { f.open = false; })},
        {"finding closed by", invalid, "raised open", changed<Raise>([](Finding &f) { f.closedBy = UserId("u"); })},
        {"finding for another", invalid, "somebody else",
         changed<Raise>([](Finding &f) { f.raisedBy = UserId("u-admin"); })},
        {"close", {}, "", close("f1", "Refitted.")},
        {"close unknown", notFound, "no finding", close("f9", "Refitted.")},
        {"close twice", conflict, "closed already", close("f2", "Refitted.")},
        {"close stale", conflict, "changed meanwhile", close("f1", "Refitted.", -1)},
        {"close without evidence", invalid, "evidence", close("f1", " ")},
        {"run", {}, "", changed<Run>([](MonitoringRun &) {})},
        {"run of a database, without enough data", {}, "", changed<Run>([](MonitoringRun &r) {
             r.sourceHash.reset();
             r.health = Health::notEnoughData;
             r.breaches.clear();
         })},
        {"run known id", conflict, "a monitoring run", changed<Run>([](MonitoringRun &r) { r.id = RunId("n1"); })},
        {"run crossed", invalid, "does not belong",
         changed<Run>([](MonitoringRun &r) { r.version = VersionId("v3"); })},
        {"run no source", invalid, "scoring log", changed<Run>([](MonitoringRun &r) { r.source = ""; })},
        {"run no digest", invalid, "digest", changed<Run>([](MonitoringRun &r) { r.sourceHash = Hash256(); })},
        {"run no result", invalid, "digest", changed<Run>([](MonitoringRun &r) { r.result = {}; })},
        {"run negative", invalid, "negative", changed<Run>([](MonitoringRun &r) { r.rows = -1; })},
        {"run red said green", invalid, "worst figure",
         changed<Run>([](MonitoringRun &r) { r.health = Health::green; })},
        {"run red without figure", invalid, "worst figure", changed<Run>([](MonitoringRun &r) { r.breaches.clear(); })},
        {"run breach infinite", invalid, "must be a number",
         changed<Run>([](MonitoringRun &r) { r.breaches[0].value = std::numeric_limits<double>::infinity(); })},
        {"run breach green", invalid, "amber or red",
         changed<Run>([](MonitoringRun &r) { r.breaches[0].health = Health::green; })},
        {"run explained", invalid, "after it was recorded",
         changed<Run>([](MonitoringRun &r) { r.explanation = "x"; })},
        {"run for another", invalid, "somebody else", changed<Run>([](MonitoringRun &r) { r.by = UserId("u-admin"); })},
        {"explain", {}, "", explain("n1", "New product.")},
        {"explain unknown", notFound, "no monitoring run", explain("n9", "x")},
        {"explain green", invalid, "green", explain("n2", "x")},
        {"explain stale", conflict, "changed meanwhile", explain("n1", "x", -1)},
        {"explain nothing", invalid, "explanation", explain("n1", "")},
    };
}

std::vector<Row> decisionRows()
{
    using Tier = TierPublished;
    using Request = DeploymentRequested;
    using Sign = RequestSigned;
    const auto confirm = [](const char *id, std::int64_t shift = 0) {
        return [=](Full &full) {
            const AssessmentId assessment{std::string(id)};
            const auto known = full.registry.assessments.contains(assessment);
            return std::vector<Fact>{
                TierOverrideConfirmed{assessment, "Agreed.", (known ? full.revisionOf(assessment) : 0) + shift}};
        };
    };
    const auto withdraw = [](const char *id, const char *reason, std::int64_t shift = 0) {
        return [=](Full &full) {
            const RequestId request{std::string(id)};
            const auto known = full.registry.requests.contains(request);
            return std::vector<Fact>{RequestWithdrawn{request, reason, (known ? full.revisionOf(request) : 0) + shift}};
        };
    };
    const auto owed = [](std::int64_t signOff, std::int64_t condition, const char *evidence) {
        return [=](Full &full) {
            auto made = world::signOff(full.approver, Role::approver, Decision::approveWithConditions);
            made.dueConditions = {{"Weekly reports", "Olga Owner", *parseDate("2026-06-30"), {}, {}, {}}};
            full.does(full.approver, {RequestSigned{RequestId("r1"), made, full.revisionOf(RequestId("r1"))}});
            return std::vector<Fact>{
                SignOffConditionMet{RequestId("r1"), signOff, condition, evidence, full.revisionOf(RequestId("r1"))}};
        };
    };
    const auto deploy = [](auto &&meanwhile) {
        return [=](Full &full) {
            full.registry.requests.at(RequestId("r1")).approvedFirst = true;
            full.does(full.approver, {RequestSigned{RequestId("r1"), world::signOff(full.approver, Role::approver),
                                                    full.revisionOf(RequestId("r1"))}});
            const auto seen = full.registry.versions.at(full.first.id).revision;
            meanwhile(full);
            return std::vector<Fact>{VersionDeployed{RequestId("r1"), seen}};
        };
    };
    return {
        {"tier", {}, "", changed<Tier>([](TierAssessment &) {})},
        {"tier known id", conflict, "already a tier",
         changed<Tier>([](TierAssessment &t) { t.id = AssessmentId("t1"); })},
        {"tier of a retired model", conflict, "retired",
         changed<Tier>([](TierAssessment &t) { t.model = ModelId("m3"); })},
        {"tier answered twice", invalid, "answered twice",
         changed<Tier>([](TierAssessment &t) { t.answers = {{"a", "1"}, {"a", "2"}}; })},
        {"tier score", invalid, "must be a number",
         changed<Tier>([](TierAssessment &t) { t.score = std::numeric_limits<double>::quiet_NaN(); })},
        {"tier confirmed at once", invalid, "second person",
         changed<Tier>([](TierAssessment &t) { t.overrideConfirmedBy = UserId("u"); })},
        {"tier override to itself", invalid, "was computed",
         changed<Tier>([](TierAssessment &t) { t.overrideLevel = 3; })},
        {"tier reason without override", invalid, "no override",
         changed<Tier>([](TierAssessment &t) { t.overrideReason = "x"; })},
        {"tier for another", invalid, "somebody else",
         changed<Tier>([](TierAssessment &t) { t.by = UserId("u-admin"); })},
        {"tier twice in an entry", conflict, "one tier",
         [](Full &) {
             return std::vector<Fact>{TierPublished{world::assessment("t8", ModelId("m1"))},
                                      TierPublished{world::assessment("t9", ModelId("m1"))}};
         }},
        {"confirm", {}, "", confirm("t1")},
        {"confirm unknown", notFound, "no tier assessment", confirm("t9")},
        {"confirm stale", conflict, "changed meanwhile", confirm("t1", -1)},
        {"confirm superseded", conflict, "newer tier",
         [](Full &full) {
             full.does(full.owner, {TierPublished{world::assessment("t2", ModelId("m1"))}});
             return std::vector<Fact>{
                 TierOverrideConfirmed{AssessmentId("t1"), {}, full.revisionOf(AssessmentId("t1"))}};
         }},
        {"confirm nothing pending", conflict, "no override",
         [](Full &full) {
             full.does(full.owner, {TierPublished{world::assessment("t2", ModelId("m1"))}});
             return std::vector<Fact>{
                 TierOverrideConfirmed{AssessmentId("t2"), {}, full.revisionOf(AssessmentId("t2"))}};
         }},
        {"request", {}, "", changed<Request>([](DeploymentRequested &) {})},
        {"request known id", conflict, "already a deployment request",
         changed<Request>([](DeploymentRequested &f) { f.request.id = RequestId("r1"); })},
        {"request second on a version", conflict, "open deployment request already",
         changed<Request>([](DeploymentRequested &f) { f.request.version = VersionId("v1"); })},
        {"request for a retired model", conflict, "retired", changed<Request>([](DeploymentRequested &f) {
             f.request.model = ModelId("m3");
             f.request.version = VersionId("v3");
         })},
        {"request crossed", invalid, "does not belong",
         changed<Request>([](DeploymentRequested &f) { f.request.model = ModelId("m2"); })},
        {"request unjustified", invalid, "justification",
         changed<Request>([](DeploymentRequested &f) { f.request.justification = ""; })},
        {"request decided", invalid, "without signatures",
         changed<Request>([](DeploymentRequested &f) { f.request.status = RequestStatus::approved; })},
        {"request signed", invalid, "without signatures",
         changed<Request>([](DeploymentRequested &f) { f.request.signOffs.emplace_back(); })},
        {"request for nobody", invalid, "at least one signature",
         changed<Request>([](DeploymentRequested &f) { f.request.required.clear(); })},
        {"request for none", invalid, "one signature or more",
         changed<Request>([](DeploymentRequested &f) { f.request.required = {{Role::approver, 0}}; })},
        {"request role twice", invalid, "each role once", changed<Request>([](DeploymentRequested &f) {
             f.request.required = {{Role::approver, 1}, {Role::approver, 1}};
         })},
        {"request covers no digest", invalid, "digest",
         changed<Request>([](DeploymentRequested &f) { f.covered = {{"model", "m1", "t", {}}}; })},
        {"request for another", invalid, "somebody else",
         changed<Request>([](DeploymentRequested &f) { f.request.by = UserId("u-admin"); })},
        {"sign", {}, "", changed<Sign>([](RequestSigned &) {}), "u-approver"},
        {"sign unknown", notFound, "no deployment request",
         changed<Sign>([](RequestSigned &f) { f.request = RequestId("x"); }), "u-approver"},
        {"sign stale", conflict, "changed meanwhile", changed<Sign>([](RequestSigned &f) { --f.basedOn; }),
         "u-approver"},
        {"sign for another", invalid, "somebody else", changed<Sign>([](RequestSigned &) {}), "u-second"},
        {"sign under another name", invalid, "not the signer's",
         changed<Sign>([](RequestSigned &f) { f.signOff.fullName = "Sam Second"; }), "u-approver"},
        {"sign no statement", invalid, "statement", changed<Sign>([](RequestSigned &f) { f.signOff.meaning = ""; }),
         "u-approver"},
        {"sign nothing", invalid, "covers nothing", changed<Sign>([](RequestSigned &f) { f.signOff.covered.clear(); }),
         "u-approver"},
        {"refuse without comment", invalid, "comment",
         changed<Sign>([](RequestSigned &f) { f.signOff.decision = Decision::refuse; }), "u-approver"},
        {"ask without comment", invalid, "comment",
         changed<Sign>([](RequestSigned &f) { f.signOff.decision = Decision::requestChanges; }), "u-approver"},
        {"condition without comment", invalid, "comment",
         changed<Sign>([](RequestSigned &f) { f.signOff.decision = Decision::approveWithConditions; }), "u-approver"},
        {"conditions missing", invalid, "conditions", changed<Sign>([](RequestSigned &f) {
             f.signOff.decision = Decision::approveWithConditions;
             f.signOff.comment = "x";
             f.signOff.expiresOn = parseDate("2030-01-01");
         }),
         "u-approver"},
        {"expiry missing", invalid, "expires", changed<Sign>([](RequestSigned &f) {
             f.signOff.decision = Decision::approveWithConditions;
             f.signOff.comment = f.signOff.conditions = "x";
         }),
         "u-approver"},
        {"expiry today", invalid, "expire", changed<Sign>([](RequestSigned &f) {
             f.signOff.decision = Decision::approveWithConditions;
             f.signOff.comment = f.signOff.conditions = "x";
             f.signOff.expiresOn = parseDate("2026-03-02");
         }),
         "u-approver"},
        {"conditions on a plain approval", invalid, "conditional approval only",
         changed<Sign>([](RequestSigned &f) { f.signOff.conditions = "x"; }), "u-approver"},
        {"sign beside other facts", invalid, "stands alone",
         [](Full &full) {
             return std::vector<Fact>{RequestSigned{RequestId("r1"), world::signOff(full.approver, Role::approver),
                                                    full.revisionOf(RequestId("r1"))},
                                      FindingRaised{world::finding("f9", ModelId("m1"))}};
         },
         "u-approver"},
        {"into production", {}, "", deploy([](Full &) {})},
        {"into production twice", conflict, "is in production",
         deploy([](Full &full) { full.registry.versions.begin()->second.stage = VersionStage::inProduction; })},
        {"into production unapproved", conflict, "not approved",
         [](Full &full) { return std::vector<Fact>{VersionDeployed{RequestId("r1"), full.registry.size - 1}}; }},
        {"into production requested again", conflict, "requested again", deploy([](Full &full) {
             auto again = world::request("r2", full.first);
             again.by = full.owner.id;
             full.does(full.owner, {DeploymentRequested{again, {}}});
         })},
        {"into production stale", conflict, "changed meanwhile",
         deploy([](Full &full) { ++full.registry.versions.begin()->second.revision; })},
        {"into production of nowhere", notFound, "no deployment request",
         [](Full &) { return std::vector<Fact>{VersionDeployed{RequestId("r9"), 1}}; }},
        {"owed met", {}, "", owed(0, 0, "Reports.")},
        {"owed met without evidence", invalid, "evidence", owed(0, 0, " ")},
        {"owed of another place", notFound, "no such condition", owed(0, 1, "Reports.")},
        {"owed of no signature", notFound, "no such signature", owed(1, 0, "Reports.")},
        {"withdraw", {}, "", withdraw("r1", "Later.")},
        {"withdraw unknown", notFound, "no deployment request", withdraw("r9", "Later.")},
        {"withdraw stale", conflict, "changed meanwhile", withdraw("r1", "Later.", -1)},
        {"withdraw without reason", invalid, "reason", withdraw("r1", "")},
        {"sign a withdrawn one", conflict, "withdrawn",
         [](Full &full) {
             full.does(full.owner, {RequestWithdrawn{RequestId("r1"), "Later.", full.revisionOf(RequestId("r1"))}});
             return std::vector<Fact>{RequestSigned{RequestId("r1"), world::signOff(full.approver, Role::approver),
                                                    full.revisionOf(RequestId("r1"))}};
         },
         "u-approver"},
    };
}

/// What the register keeps beside a model: recorded afresh, changed as `change` says, or both in turn.
template <class Recorded, class Changed, class Record, class Records>
std::vector<Row> recordRows(const std::string &kind, Record record, Records Registry::*records)
{
    const auto again = [=](auto change) {
        return [=](Full &full) {
            full.does(full.owner, {Recorded{record}});
            auto next = (full.registry.*records).at(record.id);
            change(next);
            return std::vector<Fact>{Changed{next}};
        };
    };
    const auto first = [=](auto change) {
        return [=](Full &) {
            auto changed = record;
            change(changed);
            return std::vector<Fact>{Recorded{changed}};
        };
    };
    return {
        {kind, {}, "", first([](Record &) {})},
        {kind + " without title", invalid, "title", first([](Record &r) { r.title.clear(); })},
        {kind + " of a retired model", conflict, "retired", first([](Record &r) { r.model = ModelId("m3"); })},
        {kind + " changed", {}, "", again([](Record &r) { r.title = "Another title"; })},
        {kind + " stale", conflict, "changed meanwhile", again([](Record &r) { --r.revision; })},
        {kind + " moved", invalid, "does not move", again([](Record &r) { r.model = ModelId("m2"); })},
    };
}

std::vector<Row> standInRows()
{
    const auto abstain = [](const char *reason) {
        return [=](Full &full) {
            return std::vector<Fact>{RequestAbstained{RequestId("r1"), reason, full.revisionOf(RequestId("r1"))}};
        };
    };
    const auto delegate = [](auto change) {
        return [=](Full &full) {
            auto record = world::delegation("g1", full.approver.id, full.validator.id);
            change(record, full);
            return std::vector<Fact>{DelegationRecorded{record}};
        };
    };
    const auto end = [](const char *reason) {
        return [=](Full &full) {
            full.does(full.owner, {DelegationRecorded{world::delegation("g1", full.approver.id, full.validator.id)}});
            return std::vector<Fact>{
                DelegationEnded{DelegationId("g1"), reason, full.registry.delegations.at(DelegationId("g1")).revision}};
        };
    };
    return {
        {"abstain", {}, "", abstain("My brother owns the firm.")},
        {"abstain without reason", invalid, "reason", abstain("")},
        {"delegation", {}, "", delegate([](Delegation &, Full &) {})},
        {"delegation to oneself", invalid, "Nobody stands in for themselves",
         delegate([](Delegation &d, Full &full) { d.deputy = full.approver.id; })},
        {"delegation over before it begins", invalid, "over before it begins",
         delegate([](Delegation &d, Full &) { d.until = *parseDate("2026-02-01"); })},
        {"delegation ended", {}, "", end("Back again")},
        {"delegation ended without reason", invalid, "reason", end("")},
    };
}

std::vector<Row> exceptionRows()
{
    const auto ask = [](auto change) {
        return [=](Full &) {
            auto record = world::exception("e1", ModelId("m1"));
            change(record);
            return std::vector<Fact>{ExceptionRequested{record}};
        };
    };
    const auto asked = [](Full &full) {
        full.does(full.owner, {ExceptionRequested{world::exception("e1", ModelId("m1"))}});
        return full.registry.exceptions.at(ExceptionId("e1")).revision;
    };
    const auto sign = [=](bool approved, const char *comment) {
        return [=](Full &full) {
            const auto revision = asked(full);
            auto signature = world::exceptionSignature(full.approver, Role::approver, approved);
            signature.comment = comment;
            return std::vector<Fact>{ExceptionSigned{ExceptionId("e1"), signature, revision}};
        };
    };
    const auto abstain = [=](const char *reason) {
        return
            [=](Full &full) { return std::vector<Fact>{ExceptionAbstained{ExceptionId("e1"), reason, asked(full)}}; };
    };
    const auto close = [=](const char *reason) {
        return [=](Full &full) { return std::vector<Fact>{ExceptionClosed{ExceptionId("e1"), reason, asked(full)}}; };
    };
    return {
        {"exception", {}, "", ask([](PolicyException &) {})},
        {"exception without control", invalid, "compensating control",
         ask([](PolicyException &e) { e.compensatingControl.clear(); })},
        {"exception that is over", invalid, "would expire",
         ask([](PolicyException &e) { e.expiresOn = *parseDate("2026-01-01"); })},
        {"use before validation of no version", invalid, "one version",
         ask([](PolicyException &e) { e.kind = ExceptionKind::useBeforeValidation; })},
        {"exception signed", {}, "", sign(true, ""), "u-approver"},
        {"exception refused without comment", invalid, "comment", sign(false, ""), "u-approver"},
        {"exception abstained", {}, "", abstain("My brother."), "u-approver"},
        {"exception abstained without reason", invalid, "reason", abstain(""), "u-approver"},
        {"exception closed", {}, "", close("No longer needed")},
        {"exception closed without reason", invalid, "reason", close("")},
    };
}

std::vector<Row> campaignRows()
{
    const auto open = [](auto change) {
        return [=](Full &full) {
            auto campaign = world::campaign("c1", full.registry);
            change(campaign);
            return std::vector<Fact>{CampaignOpened{campaign}};
        };
    };
    const auto opened = [](Full &full) {
        full.does(full.owner, {CampaignOpened{world::campaign("c1", full.registry)}});
        return full.registry.campaigns.at(CampaignId("c1"));
    };
    const auto attest = [=](const char *model, auto change) {
        return [=](Full &full) {
            (void)opened(full);
            auto made = world::attestation("b1", CampaignId("c1"), ModelId(model), full.owner);
            change(made);
            return std::vector<Fact>{AttestationGiven{made}};
        };
    };
    const auto close = [=](const char *statement, std::vector<ModelId> models) {
        return [=](Full &full) {
            const auto campaign = opened(full);
            return std::vector<Fact>{
                CampaignClosed{campaign.id, statement, snapshotOf(full.registry, models), campaign.revision}};
        };
    };
    const auto meet = [](std::int64_t place, const char *evidence) {
        return [=](Full &full) {
            full.does(full.validator, {ValidationRecorded{world::conditional("a2", full.first)}});
            return std::vector<Fact>{ConditionMet{ValidationId("a2"), place, evidence,
                                                  full.registry.validations.at(ValidationId("a2")).revision}};
        };
    };
    return {
        {"campaign", {}, "", open([](Campaign &) {})},
        {"campaign without questions", invalid, "1 to 50", open([](Campaign &c) { c.questions.clear(); })},
        {"campaign over", invalid, "would be over", open([](Campaign &c) { c.until = *parseDate("2026-02-01"); })},
        {"campaign of another snapshot", conflict, "has changed", open([](Campaign &c) { c.before.front().tier = 9; })},
        {"campaign of a retired model", conflict, "has changed",
         open([](Campaign &c) { c.scope.stages = {"retired"}; })},
        {"attestation", {}, "", attest("m1", [](Attestation &) {})},
        {"attestation of a model not asked", invalid, "does not ask", attest("m3", [](Attestation &) {})},
        {"attestation without comment", invalid, "comment",
         attest("m1", [](Attestation &a) { a.lines[1].comment.clear(); })},
        {"attestation of one question", invalid, "Every question",
         attest("m1", [](Attestation &a) { a.lines.pop_back(); })},
        {"campaign signed off", {}, "", close("Two of two asked.", {ModelId("m1"), ModelId("m2")})},
        {"campaign signed off without words", invalid, "statement", close("", {ModelId("m1"), ModelId("m2")})},
        {"campaign signed off on half a snapshot", conflict, "has changed", close("Half.", {ModelId("m1")})},
        {"condition met", {}, "", meet(0, "Reports since June.")},
        {"condition met without evidence", invalid, "evidence", meet(0, " ")},
        {"condition of a wrong place", ErrorCode::NotFound, "no such condition", meet(1, "Seen.")},
    };
}

std::vector<Row> allRows()
{
    using R = Registry;
    std::vector<Row> rows;
    const auto v = world::World().first;
    for (auto part :
         {recordRows<LimitationRecorded, LimitationChanged>("limit", world::limitation("x1", v.model), &R::limitations),
          recordRows<OverlayRecorded, OverlayChanged>("overlay", world::overlay("x1", v.model), &R::overlays),
          recordRows<IncidentRecorded, IncidentChanged>("incident", world::incident("x1", v.model), &R::incidents),
          recordRows<AssumptionRecorded, AssumptionChanged>("range", world::assumption("x1", v.model), &R::assumptions),
          recordRows<UsageRecorded, UsageChanged>("usage", world::usage("x1", v), &R::usages),
          recordRows<CostRecorded, CostChanged>("cost", world::cost("x1", v.model), &R::costs),
          recordRows<RetrainingRecorded, RetrainingChanged>("fit", world::retraining("x1", v.model), &R::retrainings),
          recordRows<HandOverRecorded, HandOverChanged>("hand-over", world::handOver("x1", v), &R::handOvers),
          recordRows<ExplanationRecorded, ExplanationChanged>("why", world::explanation("x1", v), &R::explanations)})
        rows.insert(rows.end(), part.begin(), part.end());
    for (auto &part :
         {workspaceRows(), inventoryRows(), evidenceRows(), decisionRows(), standInRows(), exceptionRows(),
          campaignRows(), world::remediationRows(), world::promotionRows(), world::scopeRows(), world::proposalRows()})
        rows.insert(rows.end(), part.begin(), part.end());
    return rows;
}

} // namespace

class TestConsistency : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFactIsChecked_data()
    {
        QTest::addColumn<int>("index");
        for (int index = 0; const auto &row : allRows())
            QTest::newRow(row.name.c_str()) << index++;
    }

    void everyFactIsChecked()
    {
        QFETCH(int, index);
        const auto row = allRows()[static_cast<std::size_t>(index)];
        Full full;
        Act act = full.act(full.owner, row.facts(full));
        act.author = UserId(row.author);
        act.seq = full.registry.size;
        const auto before = json::serialize(toJson(full.registry.timeline));
        try {
            checkConsistent(full.registry, act);
            QVERIFY2(!row.code, "accepted");
            apply(full.registry, act);
            QCOMPARE(full.registry.size, act.seq + 1);
        } catch (const Exception &exception) {
            QVERIFY2(row.code, exception.what());
            QVERIFY2(exception.error().code == *row.code, exception.what());
            QVERIFY2(exception.error().what.find(row.words) != std::string::npos, exception.what());
            QCOMPARE(json::serialize(toJson(full.registry.timeline)), before);
        }
    }

    void everyFactHasAnAcceptedAndARefusedRow()
    {
        std::set<std::string> accepted;
        std::set<std::string> refused;
        for (const auto &row : allRows()) {
            Full full;
            for (const auto &fact : row.facts(full))
                (row.code ? refused : accepted).insert(factName(fact));
        }
        for (const auto &name : factNames()) {
            if (name != "workspaceCreated")
                QVERIFY2(accepted.contains(name), name.c_str());
            QVERIFY2(refused.contains(name), name.c_str());
        }
    }

    void anEntryIsAppliedOnce()
    {
        Full full;
        auto act = full.act(full.owner, {FindingRaised{world::finding("f9", ModelId("m1"))}});
        --act.seq;
        QVERIFY_THROWS_EXCEPTION(Exception, checkConsistent(full.registry, act));
    }

    void onlyTheFirstEntryEnrolsItsOwnAuthor()
    {
        Full full;
        const auto who = world::person("u-stranger", "Stan Stranger", {Role::administrator});
        QVERIFY_THROWS_EXCEPTION(Exception, checkConsistent(full.registry, full.act(who, {UserEnrolled{who}})));
    }
};

QTEST_APPLESS_MAIN(TestConsistency)
#include "tst_consistency.moc"
