// SPDX-License-Identifier: GPL-3.0-or-later
//
// The stages of a model's life under a policy: how one leads to another, and what each asks for.
#pragma once

#include "core/domain/model.h"

#include <set>

namespace countersign {

/// What must hold before a model enters a stage, by an edit or by signatures. No decision tolerates its failure.
struct EntryCondition
{
    std::string check;             ///< id of a deployment check
    std::set<std::int64_t> tiers;  ///< empty: every tier, and models without one; else see UntieredEntry
    std::set<Origin> origins = {}; ///< empty: wherever the model comes from
};
BOOST_DESCRIBE_STRUCT(EntryCondition, (), (check, tiers, origins))

/// What an entry condition that names tiers asks of a model that has none of the pack: nothing; what it asks of those
/// tiers; or a tier first, so that the stage is refused until there is one.
enum class UntieredEntry { nothing, asTiered, tierFirst };
BOOST_DESCRIBE_ENUM(UntieredEntry, nothing, asTiered, tierFirst)

struct LifecycleStage
{
    Stage stage = Stage::proposed;
    std::string label;
    /// Where an edit may lead. Signatures approve a version whatever stands here. Where "approved" names
    /// "inProduction", somebody puts the approved version into production by an act of its own; else the last signature
    /// does.
    std::set<Stage> next;
    std::vector<EntryCondition> entry;
};
BOOST_DESCRIBE_STRUCT(LifecycleStage, (), (stage, label, next, entry))

/// A stage of the organisation's own, between the built-in ones. For every rule a model in it counts as `countsAs`.
/// Stages are named by id; a built-in one by its name ("inProduction").
struct PolicyStage
{
    std::string id;
    std::string label;
    Stage countsAs = Stage::proposed;
    std::string after;          ///< the stage that it follows in lists
    std::set<std::string> from; ///< whence an edit may lead here, besides stages that name it in `next`
    std::set<std::string> next; ///< where an edit may lead
    std::vector<EntryCondition> entry;
    std::string source; ///< the paragraph it follows; may be empty
};
BOOST_DESCRIBE_STRUCT(PolicyStage, (), (id, label, countsAs, after, from, next, entry, source))

/// How models come into the register as they are: not every one begins as a proposal.
struct Registration
{
    std::set<std::string> stages;  ///< ids of the stages in which a model may be registered; empty: every one
    std::int64_t approvalDays = 0; ///< one registered in use has an approved version after so many; 0: no term
};
BOOST_DESCRIBE_STRUCT(Registration, (), (stages, approvalDays))

} // namespace countersign
