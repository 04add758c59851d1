// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whether a tool is a model under the policy of the day, as somebody decided and signed it.
#pragma once

#include "core/base/json.h"
#include "core/domain/ids.h"

namespace countersign {

/// One question of the policy as it was asked, and its answer.
struct ScopeAnswer
{
    std::string id;       ///< of the question
    std::string question; ///< its text
    bool yes = false;
    friend bool operator==(const ScopeAnswer &, const ScopeAnswer &) = default;
};
BOOST_DESCRIBE_STRUCT(ScopeAnswer, (), (id, question, yes))

struct ScopeDecided
{
    ModelId model;
    std::vector<ScopeAnswer> answers; ///< in the order asked
    std::string outcome;              ///< id of the outcome that they lead to
    std::string label;                ///< what the policy calls it
    bool inScope = true;
    std::string reason;        ///< may be empty in scope
    std::int64_t basedOn = -1; ///< revision of the decision before; -1: the first
};
BOOST_DESCRIBE_STRUCT(ScopeDecided, (), (model, answers, outcome, label, inScope, reason, basedOn))

/// The last decision on a model; those before it are in the timeline.
struct ScopeRecord
{
    ModelId model;
    std::vector<ScopeAnswer> answers;
    std::string outcome;
    std::string label;
    bool inScope = true;
    std::string reason;
    PolicyId policy; ///< in force when it was decided
    std::int64_t policyVersion = 0;
    UserId by;
    UtcTime at{};
    std::int64_t revision = -1;
    std::int64_t entry = -1; ///< sequence number of the entry that decided it
};
BOOST_DESCRIBE_STRUCT(ScopeRecord, (),
                      (model, answers, outcome, label, inScope, reason, policy, policyVersion, by, at, revision, entry))

} // namespace countersign
