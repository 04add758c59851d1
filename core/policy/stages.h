// SPDX-License-Identifier: GPL-3.0-or-later
//
// The stages of a model's life: the built-in ones, and what a pack adds between them. A stage that the pack adds counts
// as a built-in one for every rule, and allows nothing that this one forbids.
#pragma once

#include "core/policy/rules.h"

namespace countersign {

/// One stage of the pack, in the order of lists.
struct StagePlace
{
    std::string id; ///< of the pack's own stage, or the name of the built-in one
    std::string label;
    Stage countsAs = Stage::proposed;
    bool added = false;
};
/// What people call a built-in stage: the label that the pack gives it, else its own name.
[[nodiscard]] std::string stageLabel(const PolicyPack &pack, Stage stage);
/// Whether signatures only approve a version, and somebody puts it into production later: the stage "approved" leads
/// to "inProduction". Without a lifecycle the last signature puts it into production.
[[nodiscard]] bool approvesFirst(const PolicyPack &pack);
/// The checks that a version of `model` must pass to enter the built-in stage, whatever a decision tolerates.
[[nodiscard]] std::set<std::string> checksToEnter(const PolicyPack &pack, Stage stage, const Model &model,
                                                  std::int64_t level);
/// The check that an entry condition asks of a model of that tier (0: none) and origin; empty: it asks nothing.
[[nodiscard]] std::string checkAsked(const PolicyPack &pack, const EntryCondition &condition, std::int64_t level,
                                     Origin origin);
/// Whether models of the stage are in use: in production or restricted.
[[nodiscard]] bool isInUse(Stage stage);
/// Every built-in stage, and after each those of the pack that follow it.
[[nodiscard]] std::vector<StagePlace> stagesOf(const PolicyPack &pack);
/// The same, and those that models stand in and that the pack does not have, after the ones they count as.
[[nodiscard]] std::vector<StagePlace> stagesInUse(const PolicyPack &pack, const Registry &registry);

/// The pack's own stage in which `model` stands; none: a built-in one, or one that the pack does not have (any more).
[[nodiscard]] const PolicyStage *policyStageOf(const PolicyPack &pack, const Model &model);
/// Whether `model` stands in a stage that the pack does not have, or that counts as another one by now.
[[nodiscard]] bool stageIsGone(const PolicyPack &pack, const Model &model);
/// "In decommissioning"; "pilot (not in this policy)" of a stage that is gone.
[[nodiscard]] std::string stageLabel(const PolicyPack &pack, const Model &model);
/// The place of the model's stage in the order of lists; that of the one it counts as when it is gone.
[[nodiscard]] std::size_t stageRank(const PolicyPack &pack, const Model &model);

/// Why a model is not registered in its stage: the pack does not have it, it counts as another, or models are not
/// registered in it (Registration).
[[nodiscard]] std::optional<std::string> whyNotRegistered(const PolicyPack &pack, const Model &model);
/// Why the pack does not know the stage of a model: it does not have it, or it counts as another.
[[nodiscard]] std::optional<std::string> whyStageUnknown(const PolicyPack &pack, const Model &model);
/// Why a scope does not name those stages: the pack does not have one of them, and no model stands in it. `stages` are
/// ids.
[[nodiscard]] std::optional<std::string> whyStagesUnknown(const PolicyPack &pack, const Registry &registry,
                                                          const std::set<std::string> &stages);
/// Why an edit does not lead from the stage of `before` to that of `after`: no arrow, or an entry condition that does
/// not hold on `today`. From a stage that is gone an edit leads wherever the stage it counts as does, and to that one.
[[nodiscard]] std::optional<std::string> whyStageForbidden(const PolicyPack &pack, const Registry &registry,
                                                           const Model &before, const Model &after, Date today);

} // namespace countersign
