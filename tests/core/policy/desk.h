// SPDX-License-Identifier: GPL-3.0-or-later
//
// A world judged by the pack that ships: acts that the policy forbids are told apart from those it allows.
#pragma once

#include "core/domain/transition.h"
#include "core/policy/approvals.h"
#include "core/policy/builtinpacks.h"
#include "core/policy/rules.h"
#include "core/policy/scope.h"
#include "core/policy/stages.h"
#include "tests/core/domain/worldcampaigns.h"
#include "tests/core/domain/worldfindings.h"

namespace world {

/// Answers to every factor of the method, the same place in each list of answers (the last where a list is shorter).
inline std::vector<TierAnswer> answersAt(const PolicyPack &pack, std::size_t place)
{
    std::vector<TierAnswer> answers;
    for (const auto &factor : pack.tierMethod.factors)
        answers.push_back({factor.id, factor.answers[std::min(place, factor.answers.size() - 1)].id});
    return answers;
}

/// Every question of the pack answered in the same way, until an outcome.
inline ScopeDecided scopeDecision(const PolicyPack &pack, const ModelId &model, bool yes,
                                  const std::string &reason = "Seen.")
{
    ScopeDecided made;
    made.model = model;
    made.reason = reason;
    auto step = scopeStep(pack.scope, {});
    while (step.question) {
        made.answers.push_back({step.question->id, step.question->question, yes});
        step = scopeStep(pack.scope, made.answers);
    }
    if (step.outcome) {
        made.outcome = step.outcome->id;
        made.label = step.outcome->label;
        made.inScope = step.outcome->inScope;
    }
    return made;
}

/// A validation that says when the next is due, as every tier asks.
inline Validation reviewedAgain(const std::string &id, const ModelVersion &of)
{
    auto made = validation(id, of);
    made.nextReviewOn = parseDate("2026-12-31");
    return made;
}

struct Desk : World
{
    std::string text;
    PolicyPack pack;
    int count = 0;

    explicit Desk(std::string_view packText = builtInPolicyPack())
        : text(packText)
        , pack(parsePolicyPack(text))
    {
        openWithModel(text);
    }

    [[nodiscard]] std::string why(const User &author, std::vector<Fact> facts) const
    {
        const auto made = act(author, std::move(facts));
        checkConsistent(registry, made);
        return whyForbidden(pack, registry, made).value_or("");
    }

    void doesAt(UtcTime at, const User &author, std::vector<Fact> facts)
    {
        auto made = act(author, std::move(facts));
        made.at = at;
        checkConsistent(registry, made);
        apply(registry, made);
    }

    void closes(const FindingId &id, const User &author)
    {
        does(author, {FindingClosed{id, "Seen and settled.", registry.findings.at(id).revision}});
    }

    [[nodiscard]] std::string next(const char *prefix) { return prefix + std::to_string(++count); }

    [[nodiscard]] TierAssessment tier(std::size_t place)
    {
        auto made = assessment(next("t"), ModelId("m1"));
        made.method = pack.tierMethod.id;
        made.methodVersion = pack.tierMethod.version;
        made.answers = answersAt(pack, place);
        const auto computed = computeTier(pack, made.answers);
        made.score = computed.score;
        made.computedLevel = computed.level;
        return made;
    }

    /// Level 3, 2 or 1 for places 0, 1 and 3.
    void publish(std::size_t place) { does(owner, {TierPublished{tier(place)}}); }

    void attach(DocumentKind kind) { does(owner, {DocumentAttached{document(next("d"), first, kind)}}); }
    void validate(const User &by) { does(by, {ValidationRecorded{validation(next("a"), first)}}); }
    void monitor(Health health) { does(owner, {MonitoringRecorded{run(next("n"), first, health)}}); }

    /// Everything that a deployment at tier 2 needs.
    void prepare()
    {
        publish(1);
        attach(DocumentKind::documentation);
        attach(DocumentKind::validationReport);
        validate(validator);
        monitor(Health::green);
    }

    [[nodiscard]] DeploymentRequested ask() { return ask(owner); }
    [[nodiscard]] DeploymentRequested ask(const User &requester)
    {
        const auto level = tierLevelOf(registry, ModelId("m1"));
        auto made = request(next("r"), first, requestSignatures(pack, registry, ModelId("m1"), requester.id));
        made.tierLevel = level;
        made.approvedFirst = approvesFirst(pack);
        return {made, {}};
    }

    /// Opens a request in the name of `by`, the owner when nobody is said.
    RequestId open(const User *by = nullptr)
    {
        const auto fact = ask(by ? *by : owner);
        does(by ? *by : owner, {fact});
        return fact.request.id;
    }

    [[nodiscard]] RequestSigned signature(const RequestId &id, const User &by, Role role,
                                          Decision decision = Decision::approve) const
    {
        auto made = signOff(by, role, decision);
        made.meaning = pack.meaning(decision);
        return {id, made, registry.requests.at(id).revision};
    }

    [[nodiscard]] std::string whySign(const RequestId &id, const User &by, Role role,
                                      Decision decision = Decision::approve) const
    {
        return why(by, {signature(id, by, role, decision)});
    }

    void sign(const RequestId &id, const User &by, Role role, Decision decision = Decision::approve)
    {
        does(by, {signature(id, by, role, decision)});
    }

    [[nodiscard]] VersionDeployed deployment(const RequestId &id) const
    {
        return {id, registry.versions.at(registry.requests.at(id).version).revision};
    }
    void deploy(const RequestId &id) { does(owner, {deployment(id)}); }
};

} // namespace world
