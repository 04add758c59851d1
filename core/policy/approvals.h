// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policy/rules.h"

namespace countersign {

/// The signatures that the rules for `trigger` ask for at that tier. Without a registry, "all" of a role counts one.
[[nodiscard]] std::vector<RequiredSignature> signaturesFor(const PolicyPack &pack, const Registry *registry,
                                                           ApprovalTrigger trigger, std::int64_t level);

/// Which of `required` cannot be given by the people enrolled, leaving out those in `barred`; in words, with how many
/// could. Nothing is ever approved for lack of an approver: such a request stays open.
[[nodiscard]] std::vector<std::string> unmetSignatures(const Registry &registry,
                                                       const std::vector<RequiredSignature> &required,
                                                       const std::set<UserId> &barred = {});

} // namespace countersign
