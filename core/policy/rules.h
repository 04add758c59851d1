// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the policy allows, as pure functions: the same are asked when an act is appended and at every replay.
#pragma once

#include "core/domain/registry.h"
#include "core/policy/policypack.h"

namespace countersign
{

/// Why `act` is forbidden in the state `registry`, in words ("Nobody signs their own request."), or nothing.
/// Covers roles and the separation of duties: a requester does not sign, nobody closes a finding they raised or own,
/// an override is confirmed by someone else, a developer does not validate, one signature per person and request,
/// administrators enrol users, the genesis entry enrols its own author.
[[nodiscard]] std::optional<std::string> whyForbidden(const PolicyPack &pack, const Registry &registry, const Act &act);

/// As whyForbidden for one kind of fact and a user's roles alone: what a window greys out, and with which words.
[[nodiscard]] std::optional<std::string> whyRoleForbids(const PolicyPack &pack, const User &user,
                                                        std::string_view factName);

struct FactorResult
{
    std::string factor;
    std::string question;
    std::string answer; ///< text of the chosen answer; empty: unanswered
    double points = 0;
    double weight = 0;
    double contribution = 0; ///< weight x points
    double minimum = 0;      ///< contribution of the mildest and the harshest answer
    double maximum = 0;
};
BOOST_DESCRIBE_STRUCT(FactorResult, (), (factor, question, answer, points, weight, contribution, minimum, maximum))

struct TierComputation
{
    bool complete = false; ///< every factor answered
    double score = 0;
    std::int64_t level = 0;
    std::vector<FactorResult> factors;
};
BOOST_DESCRIBE_STRUCT(TierComputation, (), (complete, score, level, factors))

/// Score and tier factor by factor. Throws InvalidInput for an answer the method does not know.
[[nodiscard]] TierComputation computeTier(const PolicyPack &pack, const std::vector<TierAnswer> &answers);

enum class CheckState { passed, failed, notNeeded };
BOOST_DESCRIBE_ENUM(CheckState, passed, failed, notNeeded)

/// One condition of a deployment, with what was found.
struct Check
{
    std::string id; ///< "documentation", "validation", "monitoring", "findings", "tier"
    std::string title;
    CheckState state = CheckState::failed;
    std::string detail;
};
BOOST_DESCRIBE_STRUCT(Check, (), (id, title, state, detail))

/// The conditions that hold or not for putting `version` into production, by the model's tier.
[[nodiscard]] std::vector<Check> deploymentChecks(const PolicyPack &pack, const Registry &registry,
                                                  const VersionId &version);

/// Signatures still missing on a request: role and how many.
[[nodiscard]] std::vector<RequiredSignature> outstanding(const DeploymentRequest &request);

/// The roles in which `user` could sign `request` now; empty with the reason in `why` when none.
[[nodiscard]] std::vector<Role> rolesToSign(const PolicyPack &pack, const Registry &registry,
                                            const DeploymentRequest &request, const User &user, std::string *why);

} // namespace countersign
