// SPDX-License-Identifier: GPL-3.0-or-later
//
// A seeded walk of legal and illegal acts through the replay that the product appends by: no illegal state, nothing
// lost from the timeline, and a replay of the entries from their bytes gives the same register.
#include <QTest>

#include "core/domain/deadlines.h"
#include "core/policy/approvals.h"
#include "core/policy/stages.h"
#include "tests/core/policy/desk.h"
#include "tests/core/workspace/draw.h"
#include "tests/core/workspace/entrybytes.h"
#include "tests/core/workspace/legalstate.h"

#include <array>

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

/// What the product says to an act, and what it does with it when somebody puts it into the log all the same. What
/// does not fit the register is left out here: it would stand there without effect too.
Outcome put(Replay &replay, const Act &act, std::vector<std::string> *log = nullptr)
{
    const auto objection = replay.objection(act);
    if (objection && objection->code != ErrorCode::Forbidden)
        return Outcome::refused;
    const auto bytes = world::bytesOf(replay, act);
    const auto fault = replay.fold(parsePayload(bytes)).fault;
    if (fault.has_value() != objection.has_value())
        qFatal("appending says \"%s\", the replay \"%s\"", objection ? objection->text().c_str() : "",
               fault ? fault->text.c_str() : "");
    if (log)
        log->push_back(bytes);
    return objection ? Outcome::forbidden : Outcome::applied;
}

/// Acts drawn by a seeded generator, most of them sensible, some stale, misplaced or by the wrong person.
class Walk : private world::Draw
{
public:
    explicit Walk(unsigned seed)
        : Draw(seed)
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
        if (const auto waiting = world::approvedOnly(registry); waiting.valid() && chance(300)) {
            const auto &version = registry.versions.at(registry.requests.at(waiting).version);
            act.author = m_people[chance(500) ? 1 : 2].id;
            act.facts = {VersionDeployed{waiting, version.revision - (chance(30) ? 1 : 0)}};
            return act;
        }
        if (const auto owing = world::owed(registry); owing.valid() && chance(100)) {
            act.author = m_people[3 + below(3)].id;
            act.facts = {SignOffConditionMet{owing, static_cast<std::int64_t>(below(2)), 0, "Seen.",
                                             basedOn(registry.requests, owing)}};
            return act;
        }
        if (const auto given = world::nextAttestation(registry, act.author); given && chance(300)) {
            act.facts = {*given};
            return act;
        }
        if (const auto given = inPlaceOf(registry, pack, act.author)) {
            act.facts = {*given};
            return act;
        }
        if (const auto change = ofPolicy(registry, pack, act.author)) {
            act.facts = {*change};
            return act;
        }
        if (auto moved = world::intoAddedStage(registry, pack); moved && chance(100)) {
            act.author = m_people[1].id;
            act.facts = {ModelEdited{*moved, {}}};
            return act;
        }
        const auto count = chance(20) ? 1 + below(3) : 1;
        for (std::size_t i = 0; i < count; ++i)
            act.facts.push_back(fact(registry, pack, act.author));
        if (const auto *withdrawn = std::get_if<RequestWithdrawn>(&act.facts.front()); withdrawn && chance(100))
            if (const auto found = registry.requests.find(withdrawn->request); found != registry.requests.end())
                act.author = found->second.by;
        return act;
    }

private:
    /// Somebody whom an open exception names makes a deputy of another approver, who then signs in their place.
    std::optional<Fact> inPlaceOf(const Registry &registry, const PolicyPack &pack, UserId &author)
    {
        const auto today = dateOf(registry.lastAt);
        for (const auto &[id, exception] : registry.exceptions) {
            if (statusOn(exception, today) != ExceptionStatus::requested || exception.required.front().people.empty())
                continue;
            for (const auto &person : {m_people[4], m_people[5], m_people[8]}) {
                const auto &deputy = registry.users.at(person.id);
                auto signature = world::exceptionSignature(deputy, Role::approver);
                signature.onBehalfOf = standsInFor(pack, registry, exception, deputy, Role::approver, today);
                if (!signature.onBehalfOf.empty() && chance(300)) {
                    author = deputy.id;
                    return ExceptionSigned{id, signature, exception.revision};
                }
            }
            if (!chance(50))
                return std::nullopt;
            author = m_people[4].id;
            auto delegation = world::delegation(this->id("g"), author, m_people[8].id);
            delegation.from = today;
            delegation.until = today + std::chrono::days(30);
            return DelegationRecorded{delegation};
        }
        return std::nullopt;
    }

    /// A policy proposed, signed, withdrawn or published, most often by somebody who may.
    std::optional<Fact> ofPolicy(const Registry &registry, const PolicyPack &pack, UserId &author)
    {
        const auto waiting = [&](ProposalStatus status) {
            for (const auto &[id, proposal] : registry.proposals)
                if (proposal.status == status && proposal.basedOn.str() == registry.policyHash.hex())
                    return id;
            return ProposalId();
        };
        if (chance(3)) {
            author = m_people[0].id;
            const auto draft = anotherPolicy(pack);
            PolicyProposal proposal;
            proposal.id = ProposalId(id("q"));
            proposal.pack = draft.pack;
            proposal.version = draft.version;
            proposal.text = draft.text;
            proposal.reason = "Another day.";
            proposal.basedOn = PolicyId(registry.policyHash.hex());
            proposal.required = policyChangeSignatures(pack, registry, author);
            return PolicyProposed{proposal};
        }
        if (const auto open = waiting(ProposalStatus::open); open.valid() && chance(60)) {
            const auto revision = basedOn(registry.proposals, open);
            if (chance(100)) {
                author = m_people[chance(500) ? 0 : 1].id;
                return ProposalWithdrawn{open, "Later.", revision};
            }
            author = m_people[4 + below(2)].id;
            if (chance(50))
                return ProposalAbstained{open, "Conflict.", revision};
            return ProposalSigned{
                open, world::exceptionSignature(registry.users.at(author), Role::approver, chance(800)), revision};
        }
        if (const auto approved = waiting(ProposalStatus::approved); approved.valid() && chance(60)) {
            author = m_people[0].id;
            const auto &proposal = registry.proposals.at(approved);
            return PolicyPublished{proposal.pack, proposal.version, sha256(proposal.text), proposal.text};
        }
        return std::nullopt;
    }

    /// The policy of another day: the rules that `illegal` takes for granted stay.
    PolicyPublished anotherPolicy(PolicyPack pack)
    {
        pack.version += chance(900) ? 1 : 0;
        pack.monitoring.minimumRows = 50 + static_cast<std::int64_t>(below(100));
        for (auto &rule : pack.approvals)
            if (rule.people.empty() && chance(rule.trigger == ApprovalTrigger::exception ? 700 : 200)) {
                rule.quorum = chance(500) ? Quorum::any : Quorum::all;
                rule.count = 1;
                if (rule.trigger == ApprovalTrigger::exception && rule.quorum == Quorum::any)
                    rule.people = {m_people[4].fullName, m_people[5].fullName};
            }
        for (auto &stage : pack.lifecycle)
            if (stage.stage == Stage::approved && chance(300)) {
                if (stage.next.erase(Stage::inProduction) == 0)
                    stage.next.insert(Stage::inProduction);
            }
        const auto text = policyPackText(pack);
        return {pack.id, pack.version, sha256(text), text};
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
        switch (below(25)) {
        case 24: {
            const auto kind = pick(enumValues<RecordKind>());
            return withRecords(registry, kind, [&](const char *, const auto &records) -> Fact {
                const auto record = any(records);
                return RecordEvidenced{kind, record.str(), world::remediation(), basedOn(records, record)};
            });
        }
        case 22: {
            const auto exception = anyOf(
                registry.exceptions, [](const PolicyException &e) { return e.status == ExceptionStatus::requested; });
            return ExceptionAbstained{exception, "Conflict.", basedOn(registry.exceptions, exception)};
        }
        case 23:
            return VersionDeployed{any(registry.requests), static_cast<std::int64_t>(below(20))};
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
            auto exception = world::exception(id("e"), model);
            if (registry.models.contains(model))
                exception.required = exceptionSignatures(pack, registry, model, ExceptionKind::policyException, author);
            if (chance(30))
                exception.required = {{Role::developer, 1}};
            return ExceptionRequested{exception};
        }
        case 4:
        case 5: {
            const auto exception = anyOf(
                registry.exceptions, [](const PolicyException &e) { return e.status == ExceptionStatus::requested; });
            const auto found = registry.users.find(author);
            const auto &signer = found == registry.users.end() ? m_people[0] : found->second;
            auto signature =
                world::exceptionSignature(signer, pick(std::vector{Role::validator, Role::approver}), chance(700));
            if (const auto asked = registry.exceptions.find(exception); asked != registry.exceptions.end())
                signature.onBehalfOf =
                    standsInFor(pack, registry, asked->second, signer, signature.role, dateOf(registry.lastAt));
            return ExceptionSigned{exception, signature, basedOn(registry.exceptions, exception)};
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
            const auto found = registry.campaigns.find(campaign);
            const auto models = found == registry.campaigns.end() ? std::vector<ModelId>() : modelsOf(found->second);
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
        if (chance(4))
            return anotherPolicy(pack);
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
            if (chance(90))
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
            if (chance(900))
                validation.nextReviewOn = parseDate("2026-12-31");
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
            auto request = world::request(id("r"), version);
            if (registry.models.contains(version.model))
                request.required = requestSignatures(pack, registry, version.model, author);
            request.tierLevel = level;
            request.approvedFirst = approvesFirst(pack) != chance(20);
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
            if (decision == Decision::approveWithConditions && chance(700))
                signOff.dueConditions = {{"Weekly reports", name(), *parseDate("2099-06-30"), {}, {}, {}}};
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

    RequestId anyOpen(const Registry &registry)
    {
        return anyOf(registry.requests, [](const DeploymentRequest &r) { return r.status == RequestStatus::open; });
    }

    std::vector<User> m_people;
    unsigned m_count = 100;
};

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
            walk(text, seed, tally);
            if (QTest::currentTestFailed())
                return;
        }
        QCOMPARE(tally.steps, 26'000);
        for (const auto outcome : {Outcome::applied, Outcome::forbidden, Outcome::refused})
            QVERIFY2(tally.outcomes[outcome] > 1000, "the walk is lopsided");
        for (const auto &name : factNames())
            if (name != "workspaceCreated" && name != "userEnrolled")
                QVERIFY2(tally.applied[name] > 0, ("never applied: " + name).c_str());
        QVERIFY2(pack.stages.empty() || tally.inAddedStages > 50,
                 ("hardly a model ever stood in a stage of the pack: " + std::to_string(tally.inAddedStages)).c_str());
        QVERIFY2(tally.approved > 3, "hardly anything ever reached production");
        QVERIFY2(tally.timedOut > 2, ("hardly anything ever timed out: " + std::to_string(tally.timedOut)).c_str());
        QVERIFY2(tally.promoted > 0, "no challenger was ever put forward");
        QVERIFY2(tally.deputies > 0, "nobody ever signed in place of another");
        QVERIFY2(tally.remediated > 0, "no finding with plan and evidence was ever closed");
    }

    void touchedRecordsAreAllThatChanged()
    {
        const std::string text(builtInPolicyPack());
        Walk walk(7);
        Replay replay;
        for (const auto &act : walk.opening(text))
            put(replay, act);
        for (int step = 0; step < 1500; ++step) {
            const auto act = walk.next(replay.registry(), replay.pack());
            const auto before = recordsOf(replay.registry());
            if (replay.objection(act))
                continue;
            const auto touched = replay.fold(parsePayload(world::bytesOf(replay, act))).touched;
            std::set<std::pair<std::string, std::string>> changed;
            for (const auto &[key, record] : recordsOf(replay.registry()))
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
        int deputies = 0;
        std::map<Outcome, int> outcomes;
        std::map<std::string, int> applied;
    };

    static void walk(const std::string &text, unsigned seed, Tally &tally)
    {
        constexpr int length = 2000;
        Walk acts(seed);
        Replay replay;
        const auto &registry = replay.registry();
        std::vector<std::string> log;
        std::set<ModelId> unsignedOnce;
        for (const auto &act : acts.opening(text))
            QCOMPARE(put(replay, act, &log), Outcome::applied);
        for (int step = 0; step < length; ++step) {
            const auto act = acts.next(registry, replay.pack());
            const auto lines = registry.timeline.size();
            const auto outcome = put(replay, act, &log);
            ++tally.steps;
            ++tally.outcomes[outcome];
            if (outcome == Outcome::refused) {
                QCOMPARE(registry.timeline.size(), lines);
                QCOMPARE(registry.size, act.seq);
                continue;
            }
            QCOMPARE(registry.size, act.seq + 1);
            QCOMPARE(registry.timeline.size(), lines + act.facts.size());
            for (std::size_t i = 0; i < act.facts.size(); ++i) {
                const auto &item = registry.timeline[lines + i];
                QCOMPARE(item.seq, act.seq);
                QCOMPARE(item.fact, factName(act.facts[i]));
                QCOMPARE(item.forbidden.empty(), outcome == Outcome::applied);
                if (outcome == Outcome::applied)
                    ++tally.applied[item.fact];
                if (const auto *decided = std::get_if<ScopeDecided>(&act.facts[i]); decided && !decided->inScope)
                    unsignedOnce.insert(decided->model);
            }
            if (outcome == Outcome::applied) {
                const auto fault = world::illegalSigner(registry, act);
                QVERIFY2(fault.empty(), (fault + " by step " + std::to_string(step)).c_str());
                for (const auto &fact : act.facts)
                    if (const auto *given = std::get_if<ExceptionSigned>(&fact))
                        tally.deputies += given->signature.onBehalfOf.empty() ? 0 : 1;
            }
            if (step % 10 == 0 || step + 1 == length) {
                const auto fault = world::illegal(registry, unsignedOnce);
                for (const auto &[id, model] : registry.models) {
                    QVERIFY(!stageIsGone(replay.pack(), model));
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
        Replay again;
        for (const auto &bytes : log)
            again.fold(parsePayload(bytes));
        QVERIFY(dump(again.registry()) == dump(registry));
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
