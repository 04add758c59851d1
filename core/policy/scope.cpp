// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policy/scope.h"

#include "core/domain/text.h"
#include "core/domain/transition.h"
#include "core/policy/approvals.h"
#include "core/policy/rules.h"

#include <algorithm>

namespace countersign {

namespace {

const ScopeQuestion *questionOf(const ScopeDecision &scope, const std::string &id)
{
    const auto found = std::ranges::find(scope.questions, id, &ScopeQuestion::id);
    return found == scope.questions.end() ? nullptr : &*found;
}

const ScopeOutcome *outcomeOf(const ScopeDecision &scope, const std::string &id)
{
    const auto found = std::ranges::find(scope.outcomes, id, &ScopeOutcome::id);
    return found == scope.outcomes.end() ? nullptr : &*found;
}

const ScopeRecord *recordOf(const Registry &registry, const ModelId &model)
{
    const auto found = registry.scopes.find(model);
    return found == registry.scopes.end() ? nullptr : &found->second;
}

} // namespace

ScopeStep scopeStep(const ScopeDecision &scope, const std::vector<ScopeAnswer> &answers)
{
    ScopeStep step;
    if (!scope.questions.empty())
        step.question = &scope.questions.front();
    for (const auto &answer : answers) {
        if (!step.question || step.question->id != answer.id || step.question->question != answer.question)
            return {};
        const auto &next = answer.yes ? step.question->yes : step.question->no;
        step = {questionOf(scope, next), outcomeOf(scope, next)};
    }
    return step;
}

std::optional<std::string> whyScopeForbidden(const PolicyPack &pack, const ScopeDecided &fact)
{
    const auto &scope = pack.scope;
    if (scope.questions.empty())
        return "The policy in force asks no questions about scope.";
    for (const auto &answer : fact.answers) {
        const auto *question = questionOf(scope, answer.id);
        if (!question)
            return "The policy in force does not ask the question \"" + answer.id + "\" about scope.";
        if (question->question != answer.question)
            return "The policy in force asks the question \"" + answer.id + "\" in other words.";
    }
    const auto step = scopeStep(scope, fact.answers);
    if (step.question)
        return "The answers lead to the question \"" + step.question->id + "\", which is not answered.";
    if (!step.outcome)
        return "The answers do not follow the questions of the policy in force from the first one.";
    if (step.outcome->id != fact.outcome || step.outcome->label != fact.label || step.outcome->inScope != fact.inScope)
        return "The answers lead to the outcome \"" + step.outcome->label + "\", which the decision does not name.";
    if (!fact.inScope && isBlank(fact.reason))
        return "A decision out of scope needs a reason.";
    return std::nullopt;
}

std::optional<std::string> whyNotToDecideOut(const PolicyPack &pack, const User &user, const Model &model)
{
    if (!pack.holds(SeparationRule::ownerDoesNotDecideOutOfScope))
        return std::nullopt;
    const std::string act = "decide that it is out of scope";
    auto why = whyNotAsOwner(model, user, act);
    return why ? why : whyNotAsDeveloper(model, user, act);
}

std::string displayName(ScopeState state)
{
    switch (state) {
    case ScopeState::undecided:
        return "Not decided";
    case ScopeState::inScope:
        return "In scope";
    case ScopeState::outOfScope:
        return "Out of scope";
    case ScopeState::stale:
        break;
    }
    return "Stale";
}

ScopeState scopeStateOf(const PolicyPack &pack, const Registry &registry, const ModelId &model)
{
    const auto *record = recordOf(registry, model);
    if (!record)
        return ScopeState::undecided;
    const auto *outcome = scopeStep(pack.scope, record->answers).outcome;
    if (!outcome || outcome->id != record->outcome || outcome->inScope != record->inScope)
        return ScopeState::stale;
    return record->inScope ? ScopeState::inScope : ScopeState::outOfScope;
}

bool isOutOfScope(const PolicyPack &pack, const Registry &registry, const ModelId &model)
{
    return scopeStateOf(pack, registry, model) == ScopeState::outOfScope;
}

std::optional<Date> nextReviewDueOn(const PolicyPack &pack, const Registry &registry, const ModelId &model, Date day)
{
    return isOutOfScope(pack, registry, model) ? std::nullopt : pack.reviewDueOn(tierLevelOf(registry, model), day);
}

const ScopeOutcome *outcomeOutOfScope(const PolicyPack &pack, const Registry &registry, const ModelId &model)
{
    return isOutOfScope(pack, registry, model) ? outcomeOf(pack.scope, recordOf(registry, model)->outcome) : nullptr;
}

bool isUnsigned(const PolicyPack &pack, const Registry &registry, const ModelId &model)
{
    const auto *outcome = outcomeOutOfScope(pack, registry, model);
    return outcome && outcome->signatures.empty();
}

std::string unsignedInWords(const Model &model)
{
    return "Nobody signs for " + model.reference + ", " + model.name +
           ": it is out of scope. Put it into production by editing it and its version.";
}

std::vector<ModelId> modelsAsked(const PolicyPack &pack, const Registry &registry, const CampaignScope &scope)
{
    auto models = modelsInScope(registry, scope);
    std::erase_if(models, [&](const ModelId &model) { return isOutOfScope(pack, registry, model); });
    return models;
}

std::string scopeInWords(const PolicyPack &pack, const Registry &registry, const ModelId &model)
{
    const auto state = scopeStateOf(pack, registry, model);
    if (state == ScopeState::undecided)
        return displayName(state);
    const auto &label = recordOf(registry, model)->label;
    if (state == ScopeState::stale)
        return label + " (stale: the policy asks anew)";
    return state == ScopeState::inScope ? label : label + " (out of scope)";
}

} // namespace countersign
