// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the policy allows, as pure functions: the same are asked when an act is appended and at every replay.
#pragma once

#include "core/domain/registry.h"
#include "core/policy/policypack.h"

namespace countersign {

/// Why `act` is forbidden in the state `registry`, in words ("Nobody signs their own request."), or nothing.
/// Covers roles, the separation of duties that the pack holds (SeparationRule), and what needs a request or an
/// assessment to be so: who must sign, which checks an approval needs, that a tier follows from its answers, that a
/// version enters production by signatures alone. The first entry holds the workspace, its policy and its author as
/// administrator, nothing else; for it `pack` is the one it publishes. `act` must be consistent (checkConsistent).
[[nodiscard]] std::optional<std::string> whyForbidden(const PolicyPack &pack, const Registry &registry, const Act &act);

/// As whyForbidden for one kind of fact and a user's roles alone: what a window greys out, and with which words.
[[nodiscard]] std::optional<std::string> whyRoleForbids(const PolicyPack &pack, const User &user,
                                                        std::string_view factName);
/// What the policy asks for before `finding` is closed and what it does not have yet, or nothing.
[[nodiscard]] std::optional<std::string> whyUnremediated(const PolicyPack &pack, const Finding &finding);
/// "validators or approvers": who may do this kind of thing.
[[nodiscard]] std::string rolesFor(const PolicyPack &pack, std::string_view factName);
/// "Who could: Ann Approver; Vera Validator; Sam Second and 3 more.", by roles alone; "Nobody enrolled here could."
[[nodiscard]] std::string whoCould(const PolicyPack &pack, const Registry &registry, std::string_view factName);
/// "close findings": the kind of thing that a fact does, for sentences.
[[nodiscard]] std::string actionOf(std::string_view factName);

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
    bool unknown = false; ///< answered "unknown"; `points` is what the method's rule gives that
};
BOOST_DESCRIBE_STRUCT(FactorResult, (),
                      (factor, question, answer, points, weight, contribution, minimum, maximum, unknown))

/// Where a model stands on one axis of a risk matrix.
struct AxisResult
{
    std::string axis;
    std::string title;
    double score = 0;
    std::string band; ///< id
};
BOOST_DESCRIBE_STRUCT(AxisResult, (), (axis, title, score, band))

struct TierComputation
{
    bool complete = false; ///< every factor answered
    double score = 0;      ///< sum of the contributions; a risk matrix judges by `axes` instead
    std::int64_t level = 0;
    std::vector<FactorResult> factors;
    bool provisional = false;     ///< an answer is unknown
    std::int64_t scoredLevel = 0; ///< before the rules of the method
    std::string rule;             ///< id of the rule that counted; empty: none
    std::string ruleTitle;
    std::vector<AxisResult> axes; ///< of a risk matrix: rows, columns
};
BOOST_DESCRIBE_STRUCT(TierComputation, (),
                      (complete, score, level, factors, provisional, scoredLevel, rule, ruleTitle, axes))

/// Score and tier factor by factor. Throws InvalidInput for an answer the method does not know.
[[nodiscard]] TierComputation computeTier(const PolicyPack &pack, const std::vector<TierAnswer> &answers);

/// The ids of all checks, in the order shown.
[[nodiscard]] std::vector<std::string> checkIds();

enum class CheckState { passed, failed, notNeeded };
BOOST_DESCRIBE_ENUM(CheckState, passed, failed, notNeeded)

/// One condition of a deployment, with what was found.
struct Check
{
    std::string id; ///< one of checkIds()
    std::string title;
    CheckState state = CheckState::failed;
    std::string detail;
};
BOOST_DESCRIBE_STRUCT(Check, (), (id, title, state, detail))

/// The conditions that hold or not for putting `version` into production, by the model's tier. An approved exception of
/// the kind "use before validation" stands for the validation until it expires, and one that excuses a check
/// (excuses.h) for that; `today` is the day of the last entry
/// when left out. The comparison with the version in production is `offered`, or else that of the open request.
[[nodiscard]] std::vector<Check> deploymentChecks(const PolicyPack &pack, const Registry &registry,
                                                  const VersionId &version, std::optional<Date> today = {},
                                                  const Promotion *offered = nullptr);

/// Whether the pack asks for that field of a model from there at that tier; 0: without one.
[[nodiscard]] bool isAskedFor(const FieldRequirement &requirement, Origin origin, std::int64_t level);
/// The fields of the inventory that the pack asks for at that tier and that are empty, as members of Model.
[[nodiscard]] std::vector<std::string> missingFields(const PolicyPack &pack, const Model &model, std::int64_t level);
/// What must hold of `entry` for `model` as it would be, by that day as above: of a model in use judged on its version
/// in production, else on its newest.
[[nodiscard]] std::vector<Check> entryChecks(const PolicyPack &pack, const Registry &registry, const Model &model,
                                             const std::vector<EntryCondition> &entry, std::optional<Date> today = {});

/// The check `id` (checkIds) of one version of `model`, by that day.
[[nodiscard]] Check versionCheck(const PolicyPack &pack, const Registry &registry, const Model &model,
                                 const ModelVersion &version, const std::string &id, Date today);

/// The tier that a deployment request of the model carries: the level in force, 0 when none was published.
[[nodiscard]] std::int64_t tierLevelOf(const Registry &registry, const ModelId &model);
/// Who must sign a request at that tier; a model without a tier is asked for as much as the riskiest.
[[nodiscard]] std::vector<RequiredSignature> requiredSignatures(const PolicyPack &pack, std::int64_t tierLevel);
/// The same with everybody who holds a role counted, where a rule asks for all of them: what a request must name.
[[nodiscard]] std::vector<RequiredSignature> requiredSignatures(const PolicyPack &pack, const Registry &registry,
                                                                std::int64_t tierLevel);

/// Why `user` may not sign `request` with `decision` in `role` now, covering `covered`, or nothing.
[[nodiscard]] std::optional<std::string> whyDecisionForbidden(const PolicyPack &pack, const Registry &registry,
                                                              const DeploymentRequest &request, const User &user,
                                                              Role role, Decision decision,
                                                              const std::vector<CoveredItem> &covered,
                                                              std::optional<Date> today = {});

/// `today` decides which deputies count; the day of the last entry when left out.
/// The roles in which `user` could sign `request` now; empty with the reason in `why` when none.
[[nodiscard]] std::vector<Role> rolesToSign(const PolicyPack &pack, const Registry &registry,
                                            const DeploymentRequest &request, const User &user, std::string *why,
                                            std::optional<Date> today = {});
/// The full names of everybody whose deputy `user` is on that day: by the pack, or by a delegation.
[[nodiscard]] std::vector<std::string> principalsOf(const PolicyPack &pack, const Registry &registry, const User &user,
                                                    Date today);
/// The full name of whom `user` stands in for when signing in `role`: somebody whom an outstanding rule names and who
/// has made `user` their deputy; empty when the signature is their own or counts for nobody.
[[nodiscard]] std::string standsInFor(const PolicyPack &pack, const Registry &registry,
                                      const DeploymentRequest &request, const User &user, Role role, Date today);

} // namespace countersign
