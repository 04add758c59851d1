// SPDX-License-Identifier: GPL-3.0-or-later
//
// The scope decision: where the questions of a pack lead, and whether what was decided still counts.
#pragma once

#include "core/domain/registry.h"
#include "core/policy/policypack.h"

namespace countersign {

/// What comes after some answers: the next question, or the outcome, or neither when they do not follow the questions.
struct ScopeStep
{
    const ScopeQuestion *question = nullptr;
    const ScopeOutcome *outcome = nullptr;
};
/// Follows the answers from the first question. Pointers into `scope`.
[[nodiscard]] ScopeStep scopeStep(const ScopeDecision &scope, const std::vector<ScopeAnswer> &answers);

/// Why a decision is not one by this policy: no questions, unknown ones, answers off their path, an outcome that they
/// do not lead to, or out of scope without a reason.
[[nodiscard]] std::optional<std::string> whyScopeForbidden(const PolicyPack &pack, const ScopeDecided &fact);

/// Why `user` may not decide that `model` is out of scope though their role could, or nothing: somebody else than its
/// owner and developer does (SeparationRule).
[[nodiscard]] std::optional<std::string> whyNotToDecideOut(const PolicyPack &pack, const User &user,
                                                           const Model &model);

/// A stale decision counts no longer: the policy in force asks other questions on its way, or ends it otherwise.
enum class ScopeState { undecided, inScope, outOfScope, stale };
BOOST_DESCRIBE_ENUM(ScopeState, undecided, inScope, outOfScope, stale)
[[nodiscard]] std::string displayName(ScopeState state);

[[nodiscard]] ScopeState scopeStateOf(const PolicyPack &pack, const Registry &registry, const ModelId &model);
/// Such a model stays in the inventory. The policy asks it for no tier, no fields by tier and no review.
[[nodiscard]] bool isOutOfScope(const PolicyPack &pack, const Registry &registry, const ModelId &model);
/// The last day of the next review of a model reviewed on `day` (PolicyPack::reviewDueOn), by the tier it has now;
/// nothing out of scope.
[[nodiscard]] std::optional<Date> nextReviewDueOn(const PolicyPack &pack, const Registry &registry,
                                                  const ModelId &model, Date day);
/// What was decided on such a model; null when it is not out of scope.
[[nodiscard]] const ScopeOutcome *outcomeOutOfScope(const PolicyPack &pack, const Registry &registry,
                                                    const ModelId &model);
/// Whether nobody signs for it: it is out of scope, and an edit puts it in use.
[[nodiscard]] bool isUnsigned(const PolicyPack &pack, const Registry &registry, const ModelId &model);
/// What is said to who asks for signatures all the same.
[[nodiscard]] std::string unsignedInWords(const Model &model);
/// The models that a campaign of that scope asks: those that it names and that are models under the policy.
[[nodiscard]] std::vector<ModelId> modelsAsked(const PolicyPack &pack, const Registry &registry,
                                               const CampaignScope &scope);
/// "Not a model (out of scope)", "Model", "Not decided", "Not a model (stale: the policy asks anew)".
[[nodiscard]] std::string scopeInWords(const PolicyPack &pack, const Registry &registry, const ModelId &model);

} // namespace countersign
