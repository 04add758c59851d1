// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/domain/worldfindings.h"

namespace world {

/// From the policy in force, with one approver's signature asked for unless said otherwise.
inline PolicyProposal proposal(const Registry &registry, const std::string &id, const std::string &text,
                               std::int64_t version = 2,
                               std::vector<RequiredSignature> required = {{Role::approver, 1}})
{
    PolicyProposal made;
    made.id = ProposalId(id);
    made.pack = "sr-26-2";
    made.version = version;
    made.text = text;
    made.reason = "Longer intervals.";
    made.basedOn = PolicyId(registry.policyHash.hex());
    made.required = std::move(required);
    return made;
}

} // namespace world
