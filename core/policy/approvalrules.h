// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who signs under a policy, and who stands in for whom.
#pragma once

#include "core/domain/governance.h"
#include "core/domain/model.h"

namespace countersign {

/// policyChange: of the policy in force, by another; without tiers and origins.
enum class ApprovalTrigger { deployment, temporaryUse, exception, policyChange };
BOOST_DESCRIBE_ENUM(ApprovalTrigger, deployment, temporaryUse, exception, policyChange)

/// all: everybody named, in the group or in the role whom the separation of duties lets sign. any: one of them.
/// atLeast: `count` of them.
enum class Quorum { all, any, atLeast };
BOOST_DESCRIBE_ENUM(Quorum, all, any, atLeast)

/// Who must sign. Rules of a lower order sign first; those of the same order in any sequence.
struct ApprovalRule
{
    std::string id;
    ApprovalTrigger trigger = ApprovalTrigger::deployment;
    std::set<std::int64_t> tiers; ///< empty: every tier, and models without one
    Role role = Role::approver;
    std::vector<std::string> people; ///< full names; empty: whoever holds the role
    Quorum quorum = Quorum::any;
    std::int64_t count = 1; ///< with Quorum::atLeast
    std::int64_t order = 1;
    std::int64_t remindAfterDays = 0;  ///< as RequiredSignature::remindAfterDays
    std::int64_t timeOutAfterDays = 0; ///< as RequiredSignature::timeOutAfterDays
    std::string group = {};            ///< id of a PeopleGroup, in place of `people`; empty: none
    std::set<Origin> origins = {};     ///< empty: wherever the model comes from
};
BOOST_DESCRIBE_STRUCT(ApprovalRule, (),
                      (id, trigger, tiers, role, people, quorum, count, order, remindAfterDays, timeOutAfterDays, group,
                       origins))

/// People who decide together, such as a model risk committee. Whom the separation of duties keeps from signing does
/// not count when all of a group are asked for.
struct PeopleGroup
{
    std::string id;
    std::string label;
    std::vector<std::string> people; ///< full names
};
BOOST_DESCRIBE_STRUCT(PeopleGroup, (), (id, label, people))

/// A standing deputy: signs in place of somebody between two days, both included.
struct Deputy
{
    std::string person;
    std::string deputy;
    Date from{};
    Date until{};
};
BOOST_DESCRIBE_STRUCT(Deputy, (), (person, deputy, from, until))

} // namespace countersign
