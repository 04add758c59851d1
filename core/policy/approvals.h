// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policy/rules.h"

namespace countersign {

/// What the pack asks for at that level; without a tier as much as at the riskiest.
[[nodiscard]] const TierLevel &demandsOf(const PolicyPack &pack, std::int64_t level);

/// The signatures that the rules for `trigger` ask for at that tier. Without a registry, "all" of a role counts one.
[[nodiscard]] std::vector<RequiredSignature> signaturesFor(const PolicyPack &pack, const Registry *registry,
                                                           ApprovalTrigger trigger, std::int64_t level);

/// Which of `required` cannot be given by the people enrolled, leaving out those in `barred`; in words, with how many
/// could. Nothing is ever approved for lack of an approver: such a request stays open.
[[nodiscard]] std::vector<std::string> unmetSignatures(const Registry &registry,
                                                       const std::vector<RequiredSignature> &required,
                                                       const std::set<UserId> &barred = {});

/// Who must sign an exception for that model; empty: the policy does not say, so nobody can have one.
[[nodiscard]] std::vector<RequiredSignature> exceptionSignatures(const PolicyPack &pack, const Registry &registry,
                                                                 const ModelId &model, ExceptionKind kind);

/// Why `user` may not sign `exception` in `role` on that day, or nothing.
[[nodiscard]] std::optional<std::string> whyExceptionForbidden(const PolicyPack &pack, const Registry &registry,
                                                               const PolicyException &exception, const User &user,
                                                               Role role, Date today);

} // namespace countersign
