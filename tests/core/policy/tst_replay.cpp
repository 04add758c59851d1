// SPDX-License-Identifier: GPL-3.0-or-later
//
// A seeded walk of legal and illegal acts through the register: no illegal state, nothing lost from the timeline, and
// a replay of the same acts gives the same register.
#include <QTest>

#include "core/domain/deadlines.h"
#include "core/policy/approvals.h"
#include "core/policy/stages.h"
#include "tests/core/policy/desk.h"

#include <array>
#include <random>

using namespace countersign;

namespace {

std::string dump(const Registry &registry)
{
    json::object all;
    all["organisation"] = registry.organisation;
    all["policy"] = registry.policyHash.hex();
    all["size"] = registry.size;
    all["lastAt"] = toString(registry.lastAt);
    forEachKind(registry, [&](const char *kind, const auto &records) { all[kind] = toJson(records); });
    all["timeline"] = toJson(registry.timeline);
    return json::serialize(all);
}

enum class Outcome { applied, forbidden, refused };

/// What the product does with an act that somebody put into the log.
Outcome put(Registry &registry, const PolicyPack &pack, const Act &act)
{
    try {
        checkConsistent(registry, act);
    } catch (const Exception &) {
        return Outcome::refused;
    }
    if (const auto why = whyForbidden(pack, registry, act)) {
        applyForbidden(registry, act, *why);
        return Outcome::forbidden;
    }
    apply(registry, act);
    return Outcome::applied;
}

/// Acts drawn by a seeded generator, most of them sensible, some stale, misplaced or by the wrong person.
class Walk
{
public:
    explicit Walk(unsigned seed)
        : m_random(seed)
    {
        const std::vector<std::vector<Role>> roles = {{Role::administrator},
                                                      {Role::modelOwner},
                                                      {Role::developer},
                                                      {Role::validator},
                                                      {Role::approver},
                                                      {Role::approver},
                                                      {Role::executiveReader},
                                                      {Role::auditor},
                                                      {Role::developer, Role::approver},
                                                      {Role::modelOwner, Role::validator, Role::approver}};
        for (std::size_t i = 0; i < roles.size(); ++i)
            m_people.push_back(world::person("u" + std::to_string(i), "Person " + std::to_string(i),
                                             {roles[i].begin(), roles[i].end()}));
    }

    [[nodiscard]] std::vector<Act> opening(const std::string &text) const
    {
        std::vector<Act> acts{
            {0,
             world::start(),
             m_people[0].id,
             {WorkspaceCreated{"Bank"}, world::policy(text, parsePolicyPack(text).id, parsePolicyPack(text).version),
              UserEnrolled{m_people[0]}}}};
        for (std::size_t i = 1; i < m_people.size(); ++i)
            acts.push_back({static_cast<std::int64_t>(i), world::start(), m_people[0].id, {UserEnrolled{m_people[i]}}});
        return acts;
    }

    [[nodiscard]] Act next(const Registry &registry, const PolicyPack &pack)
    {
        Act act;
        act.seq = registry.size;
        act.at = world::start() + std::chrono::hours(2 * registry.size); // long enough for time-outs
        act.author = pick(m_people).id;
        const auto count = chance(20) ? 1 + below(3) : 1;
        for (std::size_t i = 0; i < count; ++i)
            act.facts.push_back(fact(registry, pack, act.author));
        if (const auto *withdrawn = std::get_if<RequestWithdrawn>(&act.facts.front()); withdrawn && chance(100))
            if (const auto found = registry.requests.find(withdrawn->request); found != registry.requests.end())
                act.author = found->second.by;
        return act;
    }

private:
    std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(m_random); }
    bool chance(std::size_t thousandths) { return below(1000) < thousandths; }

    template <class T>
    const T &pick(const std::vector<T> &from)
    {
        return from[below(from.size())];
    }

    /// The id of any record, or one that nobody has.
    template <class K, class T>
    K any(const std::map<K, T> &from)
    {
        if (from.empty() || chance(10))
            return K("nowhere");
        return std::next(from.begin(), static_cast<std::ptrdiff_t>(below(from.size())))->first;
    }

    template <class K, class T>
    T copy(const std::map<K, T> &from)
    {
        const auto found = from.find(any(from));
        auto record = found == from.end() ? T{} : found->second;
        if (chance(30))
            --record.revision;
        return record;
    }

    template <class K, class T>
    std::int64_t basedOn(const std::map<K, T> &from, const K &id)
    {
        const auto found = from.find(id);
        return (found == from.end() ? 0 : found->second.revision) - (chance(30) ? 1 : 0);
    }

    std::string id(const char *prefix) { return prefix + std::to_string(chance(10) ? below(20) : ++m_count); }
    std::string name() { return pick(m_people).fullName; }

    void stage(Model &model, const PolicyPack &pack)
    {
        model.stage = pick(enumValues<Stage>());
        model.policyStage.clear();
        if (!pack.stages.empty() && chance(300)) {
            const auto &added = pick(pack.stages);
            model.policyStage = added.id;
            model.stage = chance(50) ? model.stage : added.countsAs;
        } else if (chance(20)) {
            model.policyStage = "nowhere";
        }
        model.retiredOn.reset();
        model.retirementReason.clear();
        if (model.stage == Stage::retired && !chance(100)) {
            model.retiredOn = parseDate("2099-01-01");
            model.retirementReason = "Old";
        }
    }

    /// What is kept beside the models.
    Fact besideTheModels(const Registry &registry, const PolicyPack &pack, const UserId &author)
    {
        switch (below(22)) {
        case 19:
        case 20: {
            const auto finding = anyOf(registry.findings, [](const Finding &f) { return f.open; });
            const auto found = registry.findings.find(finding);
            const bool planned = found != registry.findings.end() && found->second.plan();
            auto plan = world::plan(name(), planned != chance(50) ? "Later." : "");
            if (chance(50))
                plan.targetOn = *parseDate("2026-01-01");
            return RemediationPlanned{finding, plan, basedOn(registry.findings, finding)};
        }
        case 21: {
            const auto finding = anyOf(registry.findings, [](const Finding &f) { return f.open; });
            auto evidence = world::remediation();
            if (chance(100))
                evidence.files.clear();
            if (chance(100))
                evidence.text.clear();
            return RemediationEvidenced{finding, evidence, basedOn(registry.findings, finding)};
        }
        case 0: {
            const auto request = anyOpen(registry);
            return RequestAbstained{request, "Conflict.", basedOn(registry.requests, request)};
        }
        case 1:
            return DelegationRecorded{
                world::delegation(id("g"), chance(500) ? author : pick(m_people).id, pick(m_people).id)};
        case 2: {
            const auto delegation = any(registry.delegations);
            return DelegationEnded{delegation, "Back.", basedOn(registry.delegations, delegation)};
        }
        case 3: {
            const auto model = any(registry.models);
            auto exception = world::exception(
                id("e"), model, exceptionSignatures(pack, registry, model, ExceptionKind::policyException));
            if (chance(30))
                exception.required = {{Role::developer, 1}};
            return ExceptionRequested{exception};
        }
        case 4:
        case 5: {
            const auto exception = anyOf(
                registry.exceptions, [](const PolicyException &e) { return e.status == ExceptionStatus::requested; });
            const auto signer = registry.users.find(author);
            return ExceptionSigned{
                exception,
                world::exceptionSignature(signer == registry.users.end() ? m_people[0] : signer->second,
                                          pick(std::vector{Role::validator, Role::approver}), chance(700)),
                basedOn(registry.exceptions, exception)};
        }
        case 6: {
            const auto exception = any(registry.exceptions);
            return ExceptionClosed{exception, "Met.", basedOn(registry.exceptions, exception)};
        }
        case 7: {
            const auto limitation = world::limitation(id("l"), any(registry.models));
            if (registry.size % 2 == 0)
                return LimitationRecorded{limitation};
            return scopeDecision(registry, pack, limitation.model);
        }
        case 8: {
            auto limitation = copy(registry.limitations);
            limitation.open = chance(700);
            return LimitationChanged{limitation};
        }
        case 9:
            return OverlayRecorded{world::overlay(id("o"), any(registry.models))};
        case 10: {
            auto overlay = copy(registry.overlays);
            if (chance(100))
                overlay.amounts.clear();
            else
                overlay.amounts.push_back({dateOf(registry.lastAt), 0.5 * static_cast<double>(below(9)), "Update"});
            overlay.open = chance(800);
            return OverlayChanged{overlay};
        }
        case 11: {
            if (chance(500))
                return IncidentRecorded{world::incident(id("i"), any(registry.models))};
            auto incident = copy(registry.incidents);
            incident.cause = chance(800) ? "A job ran late." : "";
            incident.action = "An alarm was set.";
            incident.open = chance(500);
            return IncidentChanged{incident};
        }
        case 13: {
            const auto validation = any(registry.validations);
            return ConditionMet{validation, chance(950) ? 0 : 1, "Seen.", basedOn(registry.validations, validation)};
        }
        case 14: {
            auto campaign = world::campaign(id("c"), registry);
            if (registry.size % 3 == 0) {
                campaign.scope.stages = {registry.size % 2 == 0 ? "nowhere" : "proposed"};
                for (const auto &added : pack.stages)
                    campaign.scope.stages.insert(added.id);
                campaign.before = snapshotOf(registry, modelsInScope(registry, campaign.scope));
            }
            return CampaignOpened{campaign};
        }
        case 15:
        case 16: {
            const auto author_ = registry.users.find(author);
            const auto &signer = author_ == registry.users.end() ? m_people[0] : author_->second;
            return AttestationGiven{world::attestation(id("b"), any(registry.campaigns), any(registry.models), signer)};
        }
        case 17: {
            const auto campaign = any(registry.campaigns);
            std::vector<ModelId> models;
            if (const auto found = registry.campaigns.find(campaign); found != registry.campaigns.end())
                for (const auto &snapshot : found->second.before)
                    models.push_back(snapshot.model);
            return CampaignClosed{campaign, "Done.", snapshotOf(registry, models),
                                  basedOn(registry.campaigns, campaign)};
        }
        case 12:
            return AssumptionRecorded{world::assumption(id("s"), any(registry.models))};
        default: {
            auto assumption = copy(registry.assumptions);
            assumption.lastValue = static_cast<double>(below(10));
            assumption.checkedOn = dateOf(registry.lastAt);
            return AssumptionChanged{assumption};
        }
        }
    }

    /// Varies with the size of the log, not by the generator.
    static Fact scopeDecision(const Registry &registry, const PolicyPack &pack, const ModelId &model)
    {
        auto decision =
            world::scopeDecision(pack, model, registry.size % 4 == 1, registry.size % 7 == 0 ? "" : "Seen.");
        if (const auto found = registry.scopes.find(model); found != registry.scopes.end())
            decision.basedOn = found->second.revision - (registry.size % 13 == 0 ? 1 : 0);
        if (registry.size % 11 == 0)
            decision.answers.pop_back();
        return decision;
    }

    Fact ofModelsAtWork(const Registry &registry)
    {
        const auto version = copy(registry.versions);
        switch (below(10)) {
        case 7: {
            auto usage = copy(registry.usages);
            usage.predictions += below(3) - 1;
            return UsageChanged{usage};
        }
        case 8: {
            auto cost = copy(registry.costs);
            cost.recoveredShare = 0.5 * static_cast<double>(below(4));
            return CostChanged{cost};
        }
        case 0: {
            auto usage = world::usage(id("u"), version);
            usage.predictions = static_cast<std::int64_t>(below(3)) - 1;
            return UsageRecorded{usage};
        }
        case 1: {
            auto cost = world::cost(id("k"), any(registry.models));
            cost.wrongShare = 0.5 * static_cast<double>(below(4));
            return CostRecorded{cost};
        }
        case 2:
            return RetrainingRecorded{world::retraining(id("x"), any(registry.models))};
        case 3: {
            auto policy = copy(registry.retrainings);
            if (policy.pending())
                policy.requests.back().version = any(registry.versions);
            else
                policy.requests.push_back({dateOf(registry.lastAt), any(registry.runs), "Red.", {}});
            if (chance(50))
                policy.requests.clear();
            return RetrainingChanged{policy};
        }
        case 4: {
            auto handOver = world::handOver(id("h"), version);
            handOver.items.back().done = chance(500);
            return HandOverRecorded{handOver};
        }
        case 5: {
            auto handOver = copy(registry.handOvers);
            if (!handOver.items.empty() && chance(500))
                handOver.items.back().done = true;
            handOver.open = chance(500);
            return HandOverChanged{handOver};
        }
        case 6:
            return ExplanationRecorded{world::explanation(id("z"), version)};
        default: {
            auto explanation = copy(registry.explanations);
            if (chance(200))
                explanation.reasonCodes.push_back({"R01", "Twice"});
            explanation.open = chance(500);
            return ExplanationChanged{explanation};
        }
        }
    }

    Fact fact(const Registry &registry, const PolicyPack &pack, const UserId &author)
    {
        if (chance(200))
            return besideTheModels(registry, pack, author);
        if (chance(80))
            return ofModelsAtWork(registry);
        switch (below(28)) {
        case 0: {
            auto user = copy(registry.users);
            user.roles = {pick(enumValues<Role>()), pick(enumValues<Role>())};
            user.active = !chance(100);
            return UserChanged{user};
        }
        case 1: {
            auto model = world::model(id("m"), "REF-" + std::to_string(below(30)));
            model.owner = name();
            model.developer = chance(300) ? "Outside Firm" : name();
            model.validator = name();
            model.description = "Scores retail loans.";
            model.inputs = {"applications"};
            model.outputs = "A probability";
            model.approvedUses = "Accept loans";
            model.actualUse = "Accept loans";
            model.restrictions = "Not for companies";
            model.assumptions = "The mix of channels stays";
            model.limitations = "Few young customers";
            model.nextReviewOn = parseDate("2027-03-01");
            return ModelRegistered{model, "by hand"};
        }
        case 2: {
            auto model = copy(registry.models);
            if (chance(60))
                stage(model, pack);
            if (chance(200))
                model.owner = name();
            model.limitations = "Edit " + std::to_string(++m_count);
            return ModelEdited{model, {}};
        }
        case 3:
        case 4:
            return VersionRegistered{world::version(id("v"), any(registry.models), std::to_string(below(8)))};
        case 5: {
            auto version = copy(registry.versions);
            version.changes = "Edit " + std::to_string(++m_count);
            if (chance(300))
                version.stage = pick(enumValues<VersionStage>());
            return VersionEdited{version};
        }
        case 6:
        case 7:
        case 8:
            return DocumentAttached{
                world::document(id("d"), copy(registry.versions),
                                chance(500) ? DocumentKind::documentation : pick(enumValues<DocumentKind>()))};
        case 9:
        case 10: {
            auto validation = world::validation(id("a"), copy(registry.versions));
            if (chance(100))
                validation = world::conditional(validation.id.str(), copy(registry.versions));
            else if (chance(200))
                validation.outcome = ValidationOutcome::notFit;
            return ValidationRecorded{validation};
        }
        case 11: {
            auto finding = world::finding(id("f"), any(registry.models),
                                          chance(800) ? Severity::low : pick(enumValues<Severity>()));
            finding.owner = name();
            return FindingRaised{finding};
        }
        case 12:
        case 13: {
            const auto finding = any(registry.findings);
            return FindingClosed{finding, "Done.", basedOn(registry.findings, finding)};
        }
        case 14:
            return MonitoringRecorded{world::run(id("n"), copy(registry.versions), pick(enumValues<Health>()))};
        case 15: {
            const auto run = any(registry.runs);
            return MonitoringExplained{run, "Known.", basedOn(registry.runs, run)};
        }
        case 16: {
            auto tier = world::assessment(id("t"), any(registry.models));
            tier.method = pack.tierMethod.id;
            tier.methodVersion = chance(50) ? 0 : pack.tierMethod.version;
            tier.answers = world::answersAt(pack, chance(700) ? 0 : below(4));
            const auto computed = computeTier(pack, tier.answers);
            tier.score = computed.score + (chance(50) ? 1 : 0);
            tier.computedLevel = computed.level;
            if (chance(200)) {
                tier.overrideLevel = 1 + static_cast<std::int64_t>(below(4));
                tier.overrideReason = "Judgement";
            }
            return TierPublished{tier};
        }
        case 17: {
            const auto tier = anyOf(registry.assessments, [](const TierAssessment &t) { return t.overridePending(); });
            return TierOverrideConfirmed{tier, {}, basedOn(registry.assessments, tier)};
        }
        case 18:
        case 19: {
            const auto version = copy(registry.versions);
            const auto level = chance(50) ? 3 : tierLevelOf(registry, version.model);
            auto request = world::request(id("r"), version, requiredSignatures(pack, registry, level));
            request.tierLevel = level;
            if (chance(300))
                request.promotion = promotion(registry, version);
            return DeploymentRequested{request, {}};
        }
        case 20: {
            const auto request = anyOpen(registry);
            return RequestWithdrawn{request, "Later.", basedOn(registry.requests, request)};
        }
        default: {
            const auto request = anyOpen(registry);
            const auto signer = registry.users.find(author);
            const auto decision = chance(800) ? Decision::approve : pick(enumValues<Decision>());
            auto signOff = world::signOff(signer == registry.users.end() ? m_people[0] : signer->second,
                                          pick(std::vector{Role::validator, Role::approver}), decision);
            if (const auto found = registry.requests.find(request); found != registry.requests.end() && !chance(200))
                signOff.role =
                    outstanding(found->second).empty() ? Role::approver : pick(outstanding(found->second)).role;
            signOff.meaning = chance(20) ? "Whatever." : pack.meaning(decision);
            return RequestSigned{request, signOff, basedOn(registry.requests, request)};
        }
        }
    }

    /// Most often over the version in production, where both have a run; sometimes over any version.
    std::optional<Promotion> promotion(const Registry &registry, const ModelVersion &challenger)
    {
        const auto *second = registry.latestRun(challenger.id);
        for (const auto *version : registry.versionsOf(challenger.model))
            if (const auto *first = registry.latestRun(version->id);
                first && second && (version->stage == VersionStage::inProduction || chance(20)))
                return world::promotion(*first, *second);
        return std::nullopt;
    }

    /// The id of a record that `accept` takes; now and then of any.
    template <class K, class T, class F>
    K anyOf(const std::map<K, T> &from, F &&accept)
    {
        std::vector<K> found;
        for (const auto &[key, record] : from)
            if (accept(record))
                found.push_back(key);
        return found.empty() || chance(50) ? any(from) : pick(found);
    }

    RequestId anyOpen(const Registry &registry)
    {
        return anyOf(registry.requests, [](const DeploymentRequest &r) { return r.status == RequestStatus::open; });
    }

    std::mt19937 m_random;
    std::vector<User> m_people;
    unsigned m_count = 100;
};

/// The first thing wrong with a state, or nothing.
std::string illegal(const Registry &registry)
{
    std::set<std::string> names;
    std::set<std::string> references;
    std::set<std::pair<ModelId, std::string>> labels;
    std::map<ModelId, int> live;
    int administrators = 0;
    for (const auto &[id, user] : registry.users) {
        if (!names.insert(user.fullName).second)
            return "two users called " + user.fullName;
        administrators += user.active && user.has(Role::administrator) ? 1 : 0;
    }
    if (administrators == 0)
        return "nobody is administrator";
    for (const auto &[id, model] : registry.models) {
        if (!references.insert(model.reference).second)
            return "two models " + model.reference;
        if ((model.stage == Stage::retired) != model.retiredOn.has_value())
            return "retired without a date, or the reverse: " + model.reference;
    }
    for (const auto &[id, version] : registry.versions) {
        if (!labels.emplace(version.model, version.label).second)
            return "two versions " + version.label;
        if (version.stage == VersionStage::inProduction && ++live[version.model] > 1)
            return "two versions in production";
        if (registry.models.at(version.model).stage == Stage::retired && version.stage != VersionStage::retired)
            return "a version of a retired model is not retired";
        bool approved = false;
        for (const auto &[requestId, request] : registry.requests)
            approved = approved || (request.version == id && (request.status == RequestStatus::approved ||
                                                              request.status == RequestStatus::approvedWithConditions));
        if ((version.stage == VersionStage::inProduction && !approved) || version.deployedOn.has_value() != approved)
            return "in production without an approval";
        if (version.revision < version.entry || version.revision >= registry.size)
            return "a revision of nowhere";
    }
    for (const auto &[id, scope] : registry.scopes)
        if (!registry.models.contains(id) || (!scope.inScope && scope.reason.empty()))
            return "a decision out of scope without a reason, or of no model";
    std::set<VersionId> open;
    for (const auto &[id, request] : registry.requests) {
        const bool decided =
            request.status == RequestStatus::approved || request.status == RequestStatus::approvedWithConditions;
        const bool isOpen = isOpenOn(request, dateOf(registry.lastAt));
        if (isOpen && !open.insert(request.version).second)
            return "two open requests on a version";
        if (request.status == RequestStatus::timedOut)
            return "a time-out was recorded";
        if (request.promotion && request.promotion->challenger.version != request.version)
            return "a request to promote another version";
        if (isOpen && registry.models.at(request.model).stage == Stage::retired)
            return "an open request on a retired model";
        if (request.status != RequestStatus::withdrawn && request.status != RequestStatus::refused &&
            request.status != RequestStatus::changesRequested && decided != outstanding(request).empty())
            return "approved without its signatures, or open with all of them";
        std::set<UserId> signers;
        for (const auto &signOff : request.signOffs) {
            if (signOff.by == request.by)
                return "somebody signed their own request";
            if (std::ranges::find(request.abstentions, signOff.by, &Abstention::by) != request.abstentions.end())
                return "somebody signed what they had abstained from";
            if (!signers.insert(signOff.by).second)
                return "somebody signed twice";
            for (const auto &required : request.required)
                if (required.role == signOff.role && required.timeOutAfterDays > 0 &&
                    dateOf(signOff.at) > dateOf(request.at) + std::chrono::days(required.timeOutAfterDays))
                    return "somebody signed after the time-out";
            if (signOff.role != Role::validator && signOff.role != Role::approver)
                return "a signature in a role that does not sign";
        }
    }
    for (const auto &[id, exception] : registry.exceptions) {
        if (exception.required.empty())
            return "an exception that nobody has to sign";
        if (exception.status == ExceptionStatus::approved && !outstanding(exception).empty())
            return "an exception approved without its signatures";
        for (const auto &signature : exception.signatures)
            if (signature.by == exception.by)
                return "somebody signed their own exception";
    }
    for (const auto &[id, overlay] : registry.overlays)
        if (overlay.amounts.empty())
            return "an overlay lost its amounts";
    for (const auto &[id, incident] : registry.incidents)
        if (!incident.open && incident.cause.empty())
            return "an incident closed without a cause";
    for (const auto &[id, delegation] : registry.delegations)
        if (delegation.person == delegation.deputy)
            return "somebody is their own deputy";
    for (const auto &[id, finding] : registry.findings)
        if (!finding.open && (finding.closedBy == finding.raisedBy || finding.closureEvidence.empty()))
            return "a finding closed by who raised it, or without evidence";
    for (const auto &[id, finding] : registry.findings) {
        if (!finding.open && (finding.plans.empty() || finding.evidence.empty()) && finding.severity >= Severity::high)
            return "a grave finding closed without plan or evidence";
        for (const auto &evidence : finding.evidence)
            if (!finding.open && evidence.by == finding.closedBy)
                return "a finding closed by who gave the evidence";
    }
    for (const auto &[id, assessment] : registry.assessments)
        if (assessment.overrideConfirmedBy.valid() && assessment.overrideConfirmedBy == assessment.by)
            return "an override confirmed by its assessor";
    for (const auto &[id, validation] : registry.validations)
        if (!registry.versions.contains(validation.version) || !registry.models.contains(validation.model))
            return "a validation of nothing";
    return {};
}

} // namespace

class TestReplay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// More than 100,000 acts in all: 13 walks of 2,000 under each of the packs.
    void randomWalksStayLegalAndReplayAlike_data()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < builtInPolicyPacks().size(); ++i)
            QTest::newRow(std::string(builtInPolicyPacks()[i].id).c_str()) << static_cast<int>(i);
    }

    void randomWalksStayLegalAndReplayAlike()
    {
        QFETCH(int, index);
        const std::string text(builtInPolicyPacks()[static_cast<std::size_t>(index)].text);
        const auto pack = parsePolicyPack(text);
        Tally tally;
        for (unsigned seed = 1; seed <= 13; ++seed) {
            walk(pack, text, seed, tally);
            if (QTest::currentTestFailed())
                return;
        }
        QCOMPARE(tally.steps, 26'000);
        for (const auto outcome : {Outcome::applied, Outcome::forbidden, Outcome::refused})
            QVERIFY2(tally.outcomes[outcome] > 1000, "the walk is lopsided");
        for (const auto &name : factNames())
            if (name != "policyPublished" && name != "workspaceCreated" && name != "userEnrolled")
                QVERIFY2(tally.applied[name] > 0, ("never applied: " + name).c_str());
        QVERIFY2(pack.stages.empty() || tally.inAddedStages > 50, "hardly a model ever stood in a stage of the pack");
        QVERIFY2(tally.approved > 3, "hardly anything ever reached production");
        QVERIFY2(tally.timedOut > 5, "hardly anything ever timed out");
        QVERIFY2(tally.promoted > 0, "no challenger was ever put forward");
        QVERIFY2(tally.remediated > 0, "no finding with plan and evidence was ever closed");
    }

    void touchedRecordsAreAllThatChanged()
    {
        const std::string text(builtInPolicyPack());
        const auto pack = parsePolicyPack(text);
        Walk walk(7);
        Registry registry;
        for (const auto &act : walk.opening(text))
            put(registry, pack, act);
        for (int step = 0; step < 1500; ++step) {
            const auto act = walk.next(registry, pack);
            const auto before = recordsOf(registry);
            try {
                checkConsistent(registry, act);
            } catch (const Exception &) {
                continue;
            }
            if (whyForbidden(pack, registry, act))
                continue;
            const auto touched = apply(registry, act);
            std::set<std::pair<std::string, std::string>> changed;
            for (const auto &[key, record] : recordsOf(registry))
                if (const auto found = before.find(key); found == before.end() || found->second != record)
                    changed.insert(key);
            QVERIFY(changed == touched.records);
        }
    }

private:
    struct Tally
    {
        int steps = 0;
        int approved = 0;
        int inAddedStages = 0;
        int timedOut = 0;
        int promoted = 0;
        int remediated = 0;
        std::map<Outcome, int> outcomes;
        std::map<std::string, int> applied;
    };

    static void walk(const PolicyPack &pack, const std::string &text, unsigned seed, Tally &tally)
    {
        constexpr int length = 2000;
        Walk acts(seed);
        Registry registry;
        std::vector<Act> log;
        for (const auto &act : acts.opening(text)) {
            QCOMPARE(put(registry, pack, act), Outcome::applied);
            log.push_back(act);
        }
        for (int step = 0; step < length; ++step) {
            const auto act = acts.next(registry, pack);
            const auto lines = registry.timeline.size();
            const auto outcome = put(registry, pack, act);
            ++tally.steps;
            ++tally.outcomes[outcome];
            if (outcome == Outcome::refused) {
                QCOMPARE(registry.timeline.size(), lines);
                QCOMPARE(registry.size, act.seq);
                continue;
            }
            log.push_back(act);
            QCOMPARE(registry.size, act.seq + 1);
            QCOMPARE(registry.timeline.size(), lines + act.facts.size());
            for (std::size_t i = 0; i < act.facts.size(); ++i) {
                const auto &item = registry.timeline[lines + i];
                QCOMPARE(item.seq, act.seq);
                QCOMPARE(item.fact, factName(act.facts[i]));
                QCOMPARE(item.forbidden.empty(), outcome == Outcome::applied);
                if (outcome == Outcome::applied)
                    ++tally.applied[item.fact];
            }
            if (step % 10 == 0 || step + 1 == length) {
                const auto fault = illegal(registry);
                for (const auto &[id, model] : registry.models) {
                    QVERIFY(!stageIsGone(pack, model));
                    tally.inAddedStages += model.policyStage.empty() ? 0 : 1;
                }
                QVERIFY2(fault.empty(), (fault + " after step " + std::to_string(step)).c_str());
            }
        }
        for (const auto &[id, request] : registry.requests) {
            tally.approved += request.status == RequestStatus::approved ? 1 : 0;
            tally.timedOut += statusOn(request, dateOf(registry.lastAt)) == RequestStatus::timedOut ? 1 : 0;
            tally.promoted += request.promotion ? 1 : 0;
        }
        for (const auto &[id, finding] : registry.findings)
            tally.remediated += !finding.open && finding.plan() && !finding.evidence.empty() ? 1 : 0;
        Registry replayed;
        for (const auto &act : log) {
            Act again{act.seq, act.at, act.author, {}};
            for (const auto &fact : act.facts)
                again.facts.push_back(factFromJson(json::parse(json::serialize(factToJson(fact)))));
            QVERIFY(put(replayed, pack, again) != Outcome::refused);
        }
        QVERIFY(dump(replayed) == dump(registry));
    }

    using Records = std::map<std::pair<std::string, std::string>, std::string>;

    template <class K, class T>
    static void gather(const char *kind, const std::map<K, T> &from, Records &into)
    {
        for (const auto &[id, record] : from)
            into[{kind, id.str()}] = json::serialize(toJson(record));
    }

    static Records recordsOf(const Registry &registry)
    {
        Records records;
        forEachKind(registry, [&](const char *kind, const auto &from) { gather(kind, from, records); });
        return records;
    }
};

QTEST_APPLESS_MAIN(TestReplay)
#include "tst_replay.moc"
