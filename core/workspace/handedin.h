// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person hands in for an act of the workspace.
#pragma once

#include "core/domain/governance.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace countersign {

/// A file as a person hands it over: its name without a folder, and what it holds.
struct NamedBytes
{
    std::string fileName;
    std::string bytes;
};

struct TierOverride
{
    std::int64_t level = 0;
    std::string reason;
};

/// What a signer fills in.
struct SignOffInput
{
    Role role = Role::approver;
    Decision decision = Decision::approve;
    std::string comment;                          ///< required unless plainly approved
    std::string conditions;                       ///< required to approve with conditions, unless some are due
    std::optional<Date> expiresOn;                ///< required to approve with conditions
    std::vector<CoveredItem> shown;               ///< of the brief that the signer saw; anything else now is a conflict
    std::string passphrase;                       ///< asked again at every sign-off
    std::vector<DueCondition> dueConditions = {}; ///< what somebody owes by a day
};

} // namespace countersign
