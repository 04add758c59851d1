// SPDX-License-Identifier: GPL-3.0-or-later
//
// The pieces of apply(), for those who must judge an act fact by fact: each fact against what those before it left.
#pragma once

#include "core/domain/registry.h"

namespace countersign {

/// The model that a fact concerns; none for the workspace's own, or when the record it speaks of is unknown.
[[nodiscard]] ModelId modelOf(const Registry &registry, const Fact &fact);
/// The id of the record that a fact is about; empty for the workspace's own.
[[nodiscard]] std::string recordOf(const Fact &fact);
/// "CR-014, Retail PD".
[[nodiscard]] std::string titleOf(const Model &model);
/// What the fact says, in words, on the registry before it; never fails, whatever the fact refers to.
[[nodiscard]] std::string summaryOf(const Registry &before, const Fact &fact);

/// Everyone, and all records of the models that `act` concerns, without the timeline: enough to judge the act on.
[[nodiscard]] Registry neighbourhood(const Registry &registry, const Act &act);
/// Applies one consistent fact of `act`, with its line in the timeline.
void applyFact(Registry &registry, const Act &act, const Fact &fact, Touched &touched);

} // namespace countersign
