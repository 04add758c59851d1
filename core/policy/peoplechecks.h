// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the people of a register could not do under a pack: whether each rule finds who can satisfy it.
#pragma once

#include "core/domain/registry.h"
#include "core/policy/policypack.h"

namespace countersign {

/// One set of signatures that a pack asks for together.
struct AskedSignatures
{
    ApprovalTrigger trigger = ApprovalTrigger::deployment;
    std::int64_t level = 0;
    std::vector<RequiredSignature> required;
};
/// Of every trigger and tier; sets that the pack leaves empty are left out.
[[nodiscard]] std::vector<AskedSignatures> askedSignatures(const PolicyPack &pack, const Registry &registry);
/// "Deployment, Tier 1, critical".
[[nodiscard]] std::string subjectOf(const PolicyPack &pack, const AskedSignatures &asked);

/// Why those signatures cannot be given by people of whom each gives one, although there are enough for each alone; or
/// nothing. Asked of a pack that holds oneSignaturePerPerson.
[[nodiscard]] std::optional<std::string> whyNotApart(const Registry &registry,
                                                     const std::vector<RequiredSignature> &required);

/// Outcomes out of scope that nobody independent signs before use: those that name no signature, and all of them where
/// the pack lets requester, owner or developer sign. None of it blocks.
[[nodiscard]] std::vector<PolicyFault> independenceWarnings(const PolicyPack &pack, std::string_view text);

/// Permissions of which nobody enrolled holds a role, and signatures that the people enrolled could not give, with the
/// line of the rule in `text`, which `pack` was read from. In the order of the text. Signatures block, and permissions
/// that a rule of the pack rests on, such as that to validate where a tier asks for a validation.
[[nodiscard]] std::vector<PolicyFault> peopleFaults(const PolicyPack &pack, std::string_view text,
                                                    const Registry &registry);

/// Why the people enrolled could not give an approval that the pack asks for, or do what one of its rules needs; or
/// nothing: it may be put in force.
[[nodiscard]] std::optional<std::string> whyNobodyCould(const PolicyPack &pack, std::string_view text,
                                                        const Registry &registry);

} // namespace countersign
