// SPDX-License-Identifier: GPL-3.0-or-later
//
// Every role x act x relation to the model x tier, against what the pack's matrix, its approval rules and the
// separation of duties say: at append, and at the replay of the entry from its bytes.
#include <QTest>

#include "core/policy/approvals.h"
#include "tests/core/domain/worldproposals.h"
#include "tests/core/policy/desk.h"
#include "tests/core/workspace/entrybytes.h"

#include <functional>

using namespace countersign;

namespace {

/// How the person who acts stands to the model and to the record acted on.
enum class Relation {
    stranger,
    owner,
    developer,
    validator,
    approver,
    initiator,
    findingOwner, ///< and owner of each record beside the model
    remediator,
    formerRemediator,
    witness ///< who gave evidence of each record
};
BOOST_DESCRIBE_ENUM(Relation, stranger, owner, developer, validator, approver, initiator, findingOwner, remediator,
                    formerRemediator, witness)

/// The relations that bar a fact whatever the role, written down by hand. The initiator opened, raised, recorded or
/// published the record acted on, whatever its kind, and changed the version; the remediator answers for the plan of
/// the finding, the former one did before it was revised.
const std::map<std::string, std::set<Relation>> barred = {
    {"validationRecorded", {Relation::owner, Relation::developer, Relation::initiator}},
    {"findingClosed",
     {Relation::initiator, Relation::findingOwner, Relation::remediator, Relation::formerRemediator,
      Relation::witness}},
    {"limitationChanged, closed", {Relation::initiator, Relation::findingOwner, Relation::witness}},
    {"overlayChanged, closed", {Relation::initiator, Relation::findingOwner, Relation::witness}},
    {"incidentChanged, closed", {Relation::initiator, Relation::findingOwner, Relation::witness}},
    {"exceptionClosed, in force", {Relation::initiator, Relation::findingOwner, Relation::witness}},
    {"handOverChanged", {Relation::initiator}},                      // taken over
    {"monitoringExplained", {Relation::owner, Relation::developer}}, // of a red run
    {"scopeDecided", {Relation::owner, Relation::developer}},        // out of scope
    {"conditionMet", {Relation::findingOwner}},
    {"signOffConditionMet", {Relation::findingOwner}},
    {"tierOverrideConfirmed", {Relation::initiator, Relation::owner, Relation::developer}},
    {"requestSigned", {Relation::initiator, Relation::owner, Relation::developer}},
    {"exceptionSigned", {Relation::initiator, Relation::owner, Relation::developer}},
    {"proposalSigned", {Relation::initiator}},
};

/// Every fact, and the closing of each kind of record beside a model.
std::vector<std::string> actNames()
{
    auto names = factNames();
    for (const auto *closing : {"limitationChanged, closed", "overlayChanged, closed", "incidentChanged, closed",
                                "exceptionClosed, in force"})
        names.emplace_back(closing);
    return names;
}

std::string factOf(const std::string &act)
{
    return act.substr(0, act.find(','));
}

/// The matrix of the pack that ships, written down by hand: A administrator, O model owner, D developer, V validator,
/// P approver.
const std::map<std::string, std::string> matrix = {
    {"workspaceCreated", "A"},       {"policyPublished", "A"},
    {"userEnrolled", "A"},           {"userChanged", "A"},
    {"modelRegistered", "AODV"},     {"modelEdited", "ODV"},
    {"versionRegistered", "OD"},     {"versionEdited", "OD"},
    {"documentAttached", "ODV"},     {"validationRecorded", "V"},
    {"findingRaised", "ODVP"},       {"findingClosed", "VP"},
    {"monitoringRecorded", "ODV"},   {"monitoringExplained", "OV"},
    {"tierPublished", "OV"},         {"tierOverrideConfirmed", "VP"},
    {"deploymentRequested", "OD"},   {"requestSigned", "VP"},
    {"requestWithdrawn", "AOD"},     {"requestAbstained", "VP"},
    {"delegationRecorded", "AVP"},   {"delegationEnded", "AVP"},
    {"exceptionRequested", "ODV"},   {"exceptionSigned", "VP"},
    {"exceptionClosed", "ODVP"},     {"limitationRecorded", "ODV"},
    {"limitationChanged", "ODV"},    {"overlayRecorded", "OV"},
    {"overlayChanged", "OV"},        {"incidentRecorded", "ODV"},
    {"incidentChanged", "OV"},       {"assumptionRecorded", "ODV"},
    {"assumptionChanged", "ODV"},    {"conditionMet", "VP"},
    {"campaignOpened", "AVP"},       {"attestationGiven", "O"},
    {"campaignClosed", "AVP"},       {"usageRecorded", "ODV"},
    {"usageChanged", "ODV"},         {"costRecorded", "OV"},
    {"costChanged", "OV"},           {"retrainingRecorded", "ODV"},
    {"retrainingChanged", "OD"},     {"handOverRecorded", "D"},
    {"handOverChanged", "OD"},       {"explanationRecorded", "DV"},
    {"explanationChanged", "DV"},    {"remediationPlanned", "ODV"},
    {"remediationEvidenced", "ODV"}, {"scopeDecided", "ODV"},
    {"versionDeployed", "OD"},       {"exceptionAbstained", "VP"},
    {"signOffConditionMet", "VP"},   {"recordEvidenced", "ODV"},
    {"policyProposed", "A"},         {"proposalSigned", "VP"},
    {"proposalWithdrawn", "A"},      {"proposalAbstained", "VP"},
};

/// The roles that sign a deployment under the packs that ship, in their order, written down by hand: V validator, P
/// approver; by tier from the riskiest.
const std::map<std::string, std::vector<std::string>> signers = {
    {"sr-26-2", {"VPP", "VP", "P"}},
    {"ss1-23", {"VPP", "VP", "P"}},
    {"osfi-e-23", {"VPP", "VP", "VP", "P"}},
    {"sr-11-7", {"VPP", "VP", "P"}},
};

char letter(Role role)
{
    switch (role) {
    case Role::administrator:
        return 'A';
    case Role::modelOwner:
        return 'O';
    case Role::developer:
        return 'D';
    case Role::validator:
        return 'V';
    case Role::approver:
        return 'P';
    case Role::executiveReader:
    case Role::auditor:
        break;
    }
    return '-';
}

/// A model with one of everything, where `user` stands in `relation` to it.
struct Case
{
    world::Desk desk;
    std::string name = "Pat Person";
    User user;

    Case(std::string_view packText, Role role, Relation relation, std::size_t place)
        : desk(packText)
        , user(world::person("u-pat", name, {role}))
    {
        desk.does(desk.admin, {UserEnrolled{user}});
        auto model = desk.registry.models.at(ModelId("m1"));
        if (relation == Relation::owner)
            model.owner = name;
        if (relation == Relation::developer)
            model.developer = name;
        if (relation == Relation::validator)
            model.validator = name;
        if (relation == Relation::approver)
            model.approver = name;
        desk.does(desk.owner, {ModelEdited{model, {}}});
        const auto &initiator = relation == Relation::initiator ? user : desk.owner;
        auto edited = desk.registry.versions.at(desk.first.id);
        edited.changes = "Another sample.";
        desk.does(initiator, {VersionEdited{edited}});
        auto finding = world::finding("f", ModelId("m1"));
        finding.owner = relation == Relation::findingOwner ? name : "Olga Owner";
        desk.does(initiator, {FindingRaised{finding}});
        plan(relation == Relation::remediator || relation == Relation::formerRemediator ? name : "Olga Owner");
        if (relation == Relation::formerRemediator)
            plan("Olga Owner", "Somebody else takes it on.");
        auto tier = desk.tier(place);
        tier.id = AssessmentId("t");
        tier.overrideLevel = tier.computedLevel == 1 ? 2 : 1;
        tier.overrideReason = "New market";
        desk.does(initiator, {TierPublished{tier}});
        desk.does(initiator, {MonitoringRecorded{world::run("n", desk.first, Health::red)}});
        auto request = desk.ask();
        request.request.id = RequestId("r");
        request.request.required = {{Role::validator, 1}, {Role::approver, 1}};
        desk.does(initiator, {request});
        desk.does(initiator, {ExceptionRequested{
                                 world::exception("e", ModelId("m1"), {{Role::validator, 1}, {Role::approver, 1}})}});
        desk.does(desk.owner, {VersionRegistered{world::version("v9", ModelId("m1"), "9.0")}});
        conditionallyApproved(finding.owner);
        records(initiator, finding.owner);
        desk.does(initiator, {AssumptionRecorded{world::assumption("s", ModelId("m1"))}});
        desk.does(initiator,
                  {UsageRecorded{world::usage("u", desk.first)}, CostRecorded{world::cost("k", ModelId("m1"))},
                   RetrainingRecorded{world::retraining("x", ModelId("m1"))}});
        desk.does(relation == Relation::initiator ? user : desk.developer,
                  {HandOverRecorded{world::handOver("h", desk.first)},
                   ExplanationRecorded{world::explanation("z", desk.first)}});
        if (relation == Relation::witness)
            testify();
        auto conditional = world::conditional("a", desk.first);
        conditional.dueConditions.front().owner = finding.owner;
        desk.does(desk.validator, {ValidationRecorded{conditional}});
        desk.does(initiator, {CampaignOpened{world::campaign("c", desk.registry)}});
        desk.does(initiator, {DelegationRecorded{world::delegation("g", initiator.id, desk.second.id)}});
        const auto wanted = std::vector<RequiredSignature>{{Role::validator, 1}, {Role::approver, 1}};
        desk.does(initiator, {PolicyProposed{proposal("q", 8, wanted)}});
        desk.does(desk.admin, {PolicyProposed{proposal("q9", 9, {{Role::approver, 1}})}});
        desk.does(desk.approver,
                  {ProposalSigned{ProposalId("q9"), world::exceptionSignature(desk.approver, Role::approver),
                                  desk.registry.proposals.at(ProposalId("q9")).revision}});
    }

    /// The pack of the desk with another number.
    [[nodiscard]] std::string textOf(int number) const
    {
        auto text = desk.text;
        const auto version = "\"version\": " + std::to_string(desk.pack.version) + ",";
        return text.replace(text.find(version), version.size(), "\"version\": " + std::to_string(number) + ",");
    }

    [[nodiscard]] PolicyProposal proposal(const char *id, int number, std::vector<RequiredSignature> required) const
    {
        auto made = world::proposal(desk.registry, id, textOf(number), number, std::move(required));
        made.pack = desk.pack.id;
        return made;
    }

    /// What is kept beside the model and closed by somebody else, made by `maker` and owned by `owner`.
    void records(const User &maker, const std::string &owner)
    {
        const ModelId model("m1");
        auto limitation = world::limitation("l", model);
        auto overlay = world::overlay("o", model);
        auto incident = world::incident("i", model);
        auto exception = world::exception("e8", model, {{Role::approver, 1}});
        limitation.owner = overlay.owner = incident.owner = exception.owner = owner;
        desk.does(maker, {LimitationRecorded{limitation}});
        desk.does(maker, {OverlayRecorded{overlay}});
        desk.does(maker, {IncidentRecorded{incident}});
        desk.does(maker, {ExceptionRequested{exception}});
        desk.does(desk.approver,
                  {ExceptionSigned{exception.id, world::exceptionSignature(desk.approver, Role::approver),
                                   desk.registry.exceptions.at(exception.id).revision}});
    }

    /// The person gives evidence of the finding and of each of those records.
    void testify()
    {
        const FindingId finding("f");
        desk.does(user,
                  {RemediationEvidenced{finding, world::remediation(), desk.registry.findings.at(finding).revision}});
        for (const auto &[kind, id] :
             {std::pair(RecordKind::limitation, "l"), std::pair(RecordKind::overlay, "o"),
              std::pair(RecordKind::incident, "i"), std::pair(RecordKind::policyException, "e8")}) {
            const auto revision =
                withRecords(desk.registry, kind, [&, &record = id](const char *, const auto &records) {
                    using Records = std::remove_cvref_t<decltype(records)>;
                    return records.at(typename Records::key_type(record)).revision;
                });
            desk.does(user, {RecordEvidenced{kind, id, world::remediation(), revision}});
        }
    }

    /// Another version, approved under a condition that `owner` owes.
    void conditionallyApproved(const std::string &owner)
    {
        const auto version = world::version("v8", ModelId("m1"), "8.0");
        desk.does(desk.owner, {VersionRegistered{version}});
        auto request = world::request("r9", version);
        request.approvedFirst = true;
        desk.does(desk.owner, {DeploymentRequested{request, {}}});
        auto signOff = world::signOff(desk.second, Role::approver, Decision::approveWithConditions);
        signOff.dueConditions = {{"Weekly reports", owner, *parseDate("2026-06-30"), {}, {}, {}}};
        desk.does(desk.second, {RequestSigned{RequestId("r9"), signOff, desk.registry.size - 1}});
    }

    void plan(const std::string &owner, const std::string &reason = {})
    {
        const FindingId id("f");
        desk.does(desk.owner,
                  {RemediationPlanned{id, world::plan(owner, reason), desk.registry.findings.at(id).revision}});
    }

    [[nodiscard]] Fact fact(const std::string &name_) const
    {
        const auto &registry = desk.registry;
        if (name_ == "workspaceCreated")
            return WorkspaceCreated{"Other Bank"};
        if (name_ == "policyPublished")
            return world::policy(textOf(9), desk.pack.id, 9);
        if (name_ == "policyProposed")
            return PolicyProposed{proposal("q7", 7, policyChangeSignatures(desk.pack, registry, user.id))};
        if (name_ == "proposalWithdrawn")
            return ProposalWithdrawn{ProposalId("q"), "Later.", registry.proposals.at(ProposalId("q")).revision};
        if (name_ == "proposalAbstained")
            return ProposalAbstained{ProposalId("q"), "Conflict.", registry.proposals.at(ProposalId("q")).revision};
        if (name_ == "proposalSigned") {
            const auto role = user.has(Role::validator) ? Role::validator : Role::approver;
            return ProposalSigned{ProposalId("q"), world::exceptionSignature(user, role, false),
                                  registry.proposals.at(ProposalId("q")).revision};
        }
        if (name_ == "userEnrolled")
            return UserEnrolled{world::person("u-new", "Nora New", {Role::developer})};
        if (name_ == "userChanged") {
            auto changed = registry.users.at(desk.executive.id);
            changed.roles = {Role::auditor};
            return UserChanged{changed};
        }
        if (name_ == "modelRegistered")
            return ModelRegistered{world::model("m9", "CR-099"), {}};
        if (name_ == "modelEdited") {
            auto model = registry.models.at(ModelId("m1"));
            model.description = "New";
            return ModelEdited{model, {}};
        }
        if (name_ == "versionRegistered")
            return VersionRegistered{world::version("v10", ModelId("m1"), "10.0")};
        if (name_ == "versionEdited")
            return VersionEdited{registry.versions.at(VersionId("v9"))};
        if (name_ == "documentAttached")
            return DocumentAttached{world::document("d9", desk.first)};
        if (name_ == "validationRecorded") {
            auto validation = world::validation("a9", desk.first);
            validation.nextReviewOn = parseDate("2026-12-31");
            return ValidationRecorded{validation};
        }
        if (name_ == "findingRaised")
            return FindingRaised{world::finding("f9", ModelId("m1"))};
        if (name_ == "findingClosed")
            return FindingClosed{FindingId("f"), "Done.", registry.findings.at(FindingId("f")).revision};
        if (name_ == "remediationPlanned")
            return RemediationPlanned{FindingId("f"), world::plan("Olga Owner", "Later."),
                                      registry.findings.at(FindingId("f")).revision};
        if (name_ == "remediationEvidenced")
            return RemediationEvidenced{FindingId("f"), world::remediation(),
                                        registry.findings.at(FindingId("f")).revision};
        if (name_ == "monitoringRecorded")
            return MonitoringRecorded{world::run("n9", desk.first)};
        if (name_ == "monitoringExplained")
            return MonitoringExplained{RunId("n"), "Known.", registry.runs.at(RunId("n")).revision};
        if (name_ == "tierPublished")
            return TierPublished{world::Desk(desk).tier(0)};
        if (name_ == "scopeDecided")
            return world::scopeDecision(desk.pack, ModelId("m1"), false);
        if (name_ == "tierOverrideConfirmed")
            return TierOverrideConfirmed{AssessmentId("t"), {}, registry.assessments.at(AssessmentId("t")).revision};
        if (name_ == "deploymentRequested") {
            auto asked = world::Desk(desk).ask(user);
            asked.request.version = VersionId("v9");
            return asked;
        }
        if (name_ == "requestSigned") {
            const auto role = user.has(Role::validator) ? Role::validator : Role::approver;
            return desk.signature(RequestId("r"), user, role, Decision::refuse);
        }
        if (name_ == "requestWithdrawn")
            return RequestWithdrawn{RequestId("r"), "Later.", registry.requests.at(RequestId("r")).revision};
        if (name_ == "signOffConditionMet")
            return SignOffConditionMet{RequestId("r9"), 0, 0, "Seen.", registry.requests.at(RequestId("r9")).revision};
        if (name_ == "requestAbstained")
            return RequestAbstained{RequestId("r"), "Conflict.", registry.requests.at(RequestId("r")).revision};
        return besideTheModel(name_);
    }

    /// The facts of what is kept beside a model.
    [[nodiscard]] Fact besideTheModel(const std::string &name_) const
    {
        const auto &registry = desk.registry;
        const ModelId model("m1");
        if (name_ == "delegationRecorded")
            return DelegationRecorded{world::delegation("g9", user.id, desk.second.id)};
        if (name_ == "delegationEnded")
            return DelegationEnded{DelegationId("g"), "Back.", registry.delegations.at(DelegationId("g")).revision};
        if (name_ == "exceptionRequested") {
            auto record = world::exception("e9", model);
            record.required = exceptionSignatures(desk.pack, registry, model, record.kind, user.id);
            return ExceptionRequested{record};
        }
        if (name_ == "exceptionSigned") {
            const auto role = user.has(Role::validator) ? Role::validator : Role::approver;
            return ExceptionSigned{ExceptionId("e"), world::exceptionSignature(user, role, false),
                                   registry.exceptions.at(ExceptionId("e")).revision};
        }
        if (name_ == "exceptionAbstained")
            return ExceptionAbstained{ExceptionId("e"), "Conflict.", registry.exceptions.at(ExceptionId("e")).revision};
        if (name_ == "exceptionClosed")
            return ExceptionClosed{ExceptionId("e"), "Met.", registry.exceptions.at(ExceptionId("e")).revision};
        if (name_ == "limitationRecorded")
            return LimitationRecorded{world::limitation("l9", model)};
        if (factOf(name_) != name_ && name_ != "exceptionClosed, in force")
            return closing(name_);
        if (name_ == "exceptionClosed, in force")
            return ExceptionClosed{ExceptionId("e8"), "Met.", registry.exceptions.at(ExceptionId("e8")).revision};
        if (name_ == "limitationChanged")
            return LimitationChanged{registry.limitations.at(LimitationId("l"))};
        if (name_ == "overlayRecorded")
            return OverlayRecorded{world::overlay("o9", model)};
        if (name_ == "overlayChanged")
            return OverlayChanged{registry.overlays.at(OverlayId("o"))};
        if (name_ == "recordEvidenced")
            return RecordEvidenced{RecordKind::limitation, "l", world::remediation(),
                                   registry.limitations.at(LimitationId("l")).revision};
        if (name_ == "incidentRecorded")
            return IncidentRecorded{world::incident("i9", model)};
        if (name_ == "incidentChanged")
            return IncidentChanged{registry.incidents.at(IncidentId("i"))};
        if (name_ == "assumptionRecorded")
            return AssumptionRecorded{world::assumption("s9", model)};
        if (name_ == "conditionMet")
            return ConditionMet{ValidationId("a"), 0, "Seen.", registry.validations.at(ValidationId("a")).revision};
        const auto &campaign = registry.campaigns.at(CampaignId("c"));
        if (name_ == "campaignOpened")
            return CampaignOpened{world::campaign("c9", registry)};
        if (name_ == "attestationGiven")
            return AttestationGiven{world::attestation("b9", campaign.id, model, user)};
        if (name_ == "campaignClosed")
            return CampaignClosed{campaign.id, "Done.", snapshotOf(registry, {model}), campaign.revision};
        if (name_ == "assumptionChanged")
            return AssumptionChanged{registry.assumptions.at(AssumptionId("s"))};
        return ofAModelAtWork(name_);
    }

    [[nodiscard]] Fact closing(const std::string &name_) const
    {
        const auto &registry = desk.registry;
        if (name_ == "limitationChanged, closed") {
            auto closed = registry.limitations.at(LimitationId("l"));
            closed.open = false;
            closed.closingReason = "Removed.";
            return LimitationChanged{closed};
        }
        if (name_ == "overlayChanged, closed") {
            auto closed = registry.overlays.at(OverlayId("o"));
            closed.open = false;
            closed.closingReason = "The model was refitted.";
            return OverlayChanged{closed};
        }
        auto closed = registry.incidents.at(IncidentId("i"));
        closed.open = false;
        closed.cause = "A job ran late.";
        closed.action = "An alarm was set.";
        return IncidentChanged{closed};
    }

    [[nodiscard]] Fact ofAModelAtWork(const std::string &name_) const
    {
        const auto &registry = desk.registry;
        const ModelId model("m1");
        if (name_ == "usageRecorded")
            return UsageRecorded{world::usage("u9", desk.first)};
        if (name_ == "usageChanged")
            return UsageChanged{registry.usages.at(UsageId("u"))};
        if (name_ == "costRecorded")
            return CostRecorded{world::cost("k9", model)};
        if (name_ == "costChanged")
            return CostChanged{registry.costs.at(CostEstimateId("k"))};
        if (name_ == "retrainingRecorded")
            return RetrainingRecorded{world::retraining("x9", model)};
        if (name_ == "retrainingChanged")
            return RetrainingChanged{registry.retrainings.at(RetrainingId("x"))};
        if (name_ == "handOverRecorded")
            return HandOverRecorded{world::handOver("h9", desk.first)};
        if (name_ == "handOverChanged") {
            auto taken = registry.handOvers.at(HandOverId("h"));
            taken.open = false;
            return HandOverChanged{taken};
        }
        if (name_ == "explanationRecorded")
            return ExplanationRecorded{world::explanation("z9", desk.first)};
        return ExplanationChanged{registry.explanations.at(ExplanationId("z"))};
    }
};

/// A version that lacks nothing but signatures, at the tier of the answers at `place`, and a request for it.
struct Ready
{
    world::Desk desk;
    User user;
    User third = world::person("u-third", "Theo Third", {Role::approver});
    RequestId id;
    std::string wanted; ///< who signs at that tier, as in `signers`

    Ready(std::string_view packText, Role role, Relation relation, std::size_t place)
        : desk(packText)
        , user(world::person("u-pat", "Pat Person", {role}))
    {
        desk.does(desk.admin, {UserEnrolled{user}, UserEnrolled{third}});
        auto model = desk.registry.models.at(ModelId("m1"));
        for (auto *text : {&model.description, &model.outputs, &model.approvedUses, &model.actualUse,
                           &model.restrictions, &model.assumptions, &model.limitations})
            *text = "Filled in.";
        model.inputs = {"applications"};
        model.nextReviewOn = parseDate("2027-03-01");
        if (relation == Relation::owner)
            model.owner = user.fullName;
        if (relation == Relation::developer)
            model.developer = user.fullName;
        if (relation == Relation::validator)
            model.validator = user.fullName;
        if (relation == Relation::approver)
            model.approver = user.fullName;
        desk.does(desk.owner, {ModelEdited{model, {}}});
        desk.publish(place);
        for (const auto kind :
             {DocumentKind::documentation, DocumentKind::validationReport, DocumentKind::monitoringPlan})
            desk.attach(kind);
        desk.validate(desk.validator);
        desk.monitor(Health::green);
        id = desk.open(relation == Relation::initiator ? &user : &desk.owner);
        const auto level = tierLevelOf(desk.registry, ModelId("m1"));
        wanted = signers.at(desk.pack.id).at(static_cast<std::size_t>(level) - 1);
    }

    [[nodiscard]] bool wants(char role) const { return wanted.find(role) != std::string::npos; }

    void approve()
    {
        if (wants('V'))
            desk.sign(id, desk.second, Role::validator);
        desk.sign(id, desk.approver, Role::approver);
        if (std::ranges::count(wanted, 'P') > 1)
            desk.sign(id, third, Role::approver);
    }
};

/// Why the act may not stand, said alike when it is appended and when its entry is replayed.
std::string judged(const Replay &replay, const Act &act)
{
    const auto objection = replay.objection(act);
    auto copy = replay;
    const auto folded = copy.fold(parsePayload(world::bytesOf(replay, act)));
    const auto why = objection ? objection->text() : std::string();
    const bool alike = folded.fault ? !why.empty() && folded.fault->text.ends_with(why) : why.empty();
    return alike ? why : "appended: \"" + why + "\", replayed otherwise";
}

} // namespace

class TestRoles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theMatrixOfThePackIsTheOneMeant()
    {
        QCOMPARE(matrix.size(), factNames().size());
        for (const auto &shipped : builtInPolicyPacks())
            matches(parsePolicyPack(shipped.text));
    }

    void matches(const PolicyPack &pack)
    {
        for (const auto &fact : factNames())
            for (const auto role : enumValues<Role>()) {
                const bool meant = matrix.at(fact).find(letter(role)) != std::string::npos;
                QVERIFY2(pack.permissions.at(fact).contains(role) == meant, (fact + ", " + enumName(role)).c_str());
                const auto why = whyRoleForbids(pack, world::person("u", "Pat Person", {role}), fact);
                QCOMPARE(!why, meant);
                if (why)
                    QVERIFY2(why->find("Pat Person has the role " + fieldInWords(enumName(role))) != std::string::npos,
                             why->c_str());
            }
    }

    void everyRoleFactRelationAndTier_data()
    {
        QTest::addColumn<int>("role");
        QTest::addColumn<int>("relation");
        for (const auto role : enumValues<Role>())
            for (const auto relation : enumValues<Relation>())
                QTest::newRow((enumName(role) + ", " + enumName(relation)).c_str())
                    << static_cast<int>(role) << static_cast<int>(relation);
    }

    void everyRoleFactRelationAndTier()
    {
        QFETCH(int, role);
        QFETCH(int, relation);
        const auto asRole = static_cast<Role>(role);
        const auto asRelation = static_cast<Relation>(relation);
        for (const auto &shipped : builtInPolicyPacks())
            for (const std::size_t place : {0U, 1U, 3U})
                allFacts(Case(shipped.text, asRole, asRelation, place), asRole, asRelation, place);
    }

    void allFacts(const Case &made, Role asRole, Relation asRelation, std::size_t place)
    {
        const Replay replay(made.desk.registry);
        for (const auto &name : actNames()) {
            if (name == "versionDeployed")
                continue; // everyRoleSignsByTier
            bool allowed = matrix.at(factOf(name)).find(letter(asRole)) != std::string::npos;
            if (const auto bars = barred.find(name); bars != barred.end())
                allowed = allowed && !bars->second.contains(asRelation);
            if (name == "workspaceCreated")
                allowed = false;
            if ((name == "requestSigned" || name == "exceptionSigned") && asRole == Role::approver &&
                asRelation == Relation::validator)
                allowed = false;
            if (name == "delegationEnded" && asRole != Role::administrator)
                allowed = allowed && asRelation == Relation::initiator;
            if (name == "campaignClosed" && asRole != Role::administrator)
                allowed = allowed && asRelation == Relation::initiator;
            if (name == "attestationGiven")
                allowed = allowed && asRelation == Relation::owner;
            if (name == "exceptionClosed") // not in force yet
                allowed = allowed && asRelation == Relation::initiator;
            if (name == "requestWithdrawn" && asRole != Role::administrator)
                allowed = allowed && asRelation == Relation::initiator;
            const auto act = made.desk.act(made.user, {made.fact(name)});
            if (name != "workspaceCreated")
                checkConsistent(made.desk.registry, act);
            const auto why = judged(replay, act);
            QVERIFY2(why.empty() == allowed, (name + " at place " + std::to_string(place) + ": " + why).c_str());
            QVERIFY(why.empty() || why.back() == '.' || why.back() == '"');
            ++m_combinations;
        }
    }

    void everyRoleSignsByTier_data() { everyRoleFactRelationAndTier_data(); }

    /// Approving and going into production, where the tier decides who is asked.
    void everyRoleSignsByTier()
    {
        QFETCH(int, role);
        QFETCH(int, relation);
        const auto asRole = static_cast<Role>(role);
        const auto asRelation = static_cast<Relation>(relation);
        for (const auto &shipped : builtInPolicyPacks())
            for (const std::size_t place : {0U, 1U, 2U, 3U}) {
                Ready ready(shipped.text, asRole, asRelation, place);
                auto &desk = ready.desk;
                auto before = desk;
                if (asRole == Role::approver && ready.wants('V'))
                    before.sign(ready.id, desk.second, Role::validator);
                const auto signAs = asRole == Role::validator ? Role::validator : Role::approver;
                const auto signature = before.signature(ready.id, ready.user, signAs);
                const bool apart = asRelation == Relation::initiator || asRelation == Relation::owner ||
                                   asRelation == Relation::developer ||
                                   (asRelation == Relation::validator && asRole == Role::approver);
                const bool asked = asRole == signAs && ready.wants(letter(asRole));
                const auto why = judged(Replay(before.registry), before.act(ready.user, {signature}));
                QVERIFY2(why.empty() == (asked && !apart),
                         (std::string(shipped.id) + ", signed at place " + std::to_string(place) + ": " + why).c_str());

                ready.approve();
                QCOMPARE(desk.registry.versions.at(desk.first.id).stage, VersionStage::approved);
                const auto whyNot = judged(Replay(desk.registry), desk.act(ready.user, {desk.deployment(ready.id)}));
                QVERIFY2(whyNot.empty() == (asRole == Role::modelOwner || asRole == Role::developer), whyNot.c_str());
                m_combinations += 2;
            }
    }

    void thatWasThousandsOfCombinationsForEachPack()
    {
        QVERIFY(m_combinations >= 2000 * static_cast<int>(builtInPolicyPacks().size()));
    }

    void readersChangeNothing()
    {
        const world::Desk desk;
        for (const auto &name : factNames())
            for (const auto &reader : {desk.executive, desk.auditor})
                QVERIFY(whyRoleForbids(desk.pack, reader, name));
    }

    void someoneInactiveDoesNothing()
    {
        world::Desk desk;
        auto closed = desk.registry.users.at(desk.owner.id);
        closed.active = false;
        desk.does(desk.admin, {UserChanged{closed}});
        QCOMPARE(desk.why(desk.owner, {FindingRaised{world::finding("f", ModelId("m1"))}}),
                 std::string("Olga Owner is no longer active in this workspace."));
    }

    void severalRolesAddUp()
    {
        world::Desk desk;
        const auto both = world::person("u-both", "Bo Both", {Role::auditor, Role::validator});
        desk.does(desk.admin, {UserEnrolled{both}});
        QCOMPARE(desk.why(both, {ValidationRecorded{world::reviewedAgain("a9", desk.first)}}), std::string());
    }

    void wordsSayWhoCould()
    {
        const world::Desk desk;
        QCOMPARE(*whyRoleForbids(desk.pack, desk.auditor, "findingClosed"),
                 std::string("Validators or approvers alone may close findings; Otto Auditor has the role auditor."));
        QCOMPARE(rolesFor(desk.pack, "modelEdited"), std::string("model owners, developers or validators"));
        QCOMPARE(*whyRoleForbids(desk.pack, desk.admin, "noSuchFact"),
                 std::string("Nobody may do this; Adam Admin has the role administrator."));
        for (const auto &name : factNames())
            QVERIFY(actionOf(name) != "do this");
    }

private:
    int m_combinations = 0;
};

QTEST_APPLESS_MAIN(TestRoles)
#include "tst_roles.moc"
