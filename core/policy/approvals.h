// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policy/rules.h"

namespace countersign {

/// What the pack asks for at that level; without a tier as much as at the riskiest.
[[nodiscard]] const TierLevel &demandsOf(const PolicyPack &pack, std::int64_t level);

/// What an approval is asked for.
struct ApprovalCase
{
    ApprovalTrigger trigger = ApprovalTrigger::deployment;
    std::int64_t level = 0;
    std::optional<Origin> origin = {}; ///< none: the rules for every origin count
    const Model *model = nullptr;      ///< whose people are kept apart; none: nobody is
    UserId requester = {};
};
/// The signatures that the rules ask for; of a deployment that no rule speaks of, those of its tier. A level that the
/// pack does not have is held to the riskiest. Without a registry, "all" of a role counts one. Whom the separation of
/// duties keeps from signing in the rule's role is not counted.
[[nodiscard]] std::vector<RequiredSignature> signaturesFor(const PolicyPack &pack, const Registry *registry,
                                                           const ApprovalCase &asked);
/// The signatures that a request for `model` must name: by the rules of its tier and origin, or, out of scope, by what
/// was decided there. Empty: nobody signs, an edit puts the tool in use.
[[nodiscard]] std::vector<RequiredSignature> requestSignatures(const PolicyPack &pack, const Registry &registry,
                                                               const ModelId &model, const UserId &requester);

/// Which of `required` cannot be given by the people enrolled, leaving out those in `barred`; in words, with how many
/// could. Nothing is ever approved for lack of an approver: such a request stays open.
[[nodiscard]] std::vector<std::string> unmetSignatures(const Registry &registry,
                                                       const std::vector<RequiredSignature> &required,
                                                       const std::set<UserId> &barred = {});

/// Who must sign an exception for that model; empty: the policy does not say, so nobody can have one.
[[nodiscard]] std::vector<RequiredSignature> exceptionSignatures(const PolicyPack &pack, const Registry &registry,
                                                                 const ModelId &model, ExceptionKind kind,
                                                                 const UserId &requester);

/// Why the owner or the developer of `model` may not do what `act` says ("sign for it"); nothing where `user` is not.
[[nodiscard]] std::optional<std::string> whyNotAsOwner(const Model &model, const User &user, const std::string &act);
[[nodiscard]] std::optional<std::string> whyNotAsDeveloper(const Model &model, const User &user,
                                                           const std::string &act);

/// Whether a change of the policy is proposed and signed before it is published.
[[nodiscard]] bool asksForPolicyChange(const PolicyPack &pack);
/// The signatures that a policy proposed by `proposer` needs before it is published.
[[nodiscard]] std::vector<RequiredSignature> policyChangeSignatures(const PolicyPack &pack, const Registry &registry,
                                                                    const UserId &proposer);
/// Whether the policy that the proposal was made from is still in force.
[[nodiscard]] bool continuesPolicy(const Registry &registry, const PolicyProposal &proposal);
/// Why `user` may not sign `proposal` in `role` on that day, or nothing.
[[nodiscard]] std::optional<std::string> whyProposalForbidden(const PolicyPack &pack, const Registry &registry,
                                                              const PolicyProposal &proposal, const User &user,
                                                              Role role, Date today);
/// As standsInFor (core/policy/rules.h), of a proposal.
[[nodiscard]] std::string standsInFor(const PolicyPack &pack, const Registry &registry, const PolicyProposal &proposal,
                                      const User &user, Role role, Date today);

/// Why `user` may not sign `exception` in `role` on that day, or nothing.
[[nodiscard]] std::optional<std::string> whyExceptionForbidden(const PolicyPack &pack, const Registry &registry,
                                                               const PolicyException &exception, const User &user,
                                                               Role role, Date today);

/// Why the exception cannot be approved now: what was signed before has changed, the policy asks for other signatures
/// than when it was requested, or no longer lets it excuse what it names; or nothing.
[[nodiscard]] std::optional<std::string> whyExceptionNotReady(const PolicyPack &pack, const Registry &registry,
                                                              const PolicyException &exception);

/// The approved exception that lets the version be used before its validation on that day, or none. Where there is a
/// verdict it was asked for after that: "not fit" ends what was allowed without knowing it.
[[nodiscard]] const PolicyException *earlyUse(const Registry &registry, const VersionId &version,
                                              const Validation *verdict, Date today);

/// Whether the last verdict on a version, or an early use that is allowed, lets it be used where validation is asked
/// for.
[[nodiscard]] bool mayBeUsed(const Registry &registry, const VersionId &version, const Validation *verdict, Date today);

/// As standsInFor (core/policy/rules.h), of an exception.
[[nodiscard]] std::string standsInFor(const PolicyPack &pack, const Registry &registry,
                                      const PolicyException &exception, const User &user, Role role, Date today);
/// Whether the separation of duties keeps `user` from signing what `requester` asks for `model`, in that role.
[[nodiscard]] bool isSeparated(const PolicyPack &pack, const Model &model, const UserId &requester, const User &user,
                               Role role);

/// Why the approved version of `request` does not go into production now: the approval is over, what it covered has
/// changed since, or a check fails that neither the decision nor the stage tolerates.
[[nodiscard]] std::optional<std::string> whyNotDeployed(const PolicyPack &pack, const Registry &registry,
                                                        const DeploymentRequest &request, Date today);

} // namespace countersign
