// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which part of a pack leads to which, by name: what goes in a circle and what nothing leads to.
#pragma once

#include "core/policy/packshape.h"

namespace countersign {

using PackGraph = std::map<std::string, std::vector<std::string>>;

[[nodiscard]] std::set<std::string> reachableFrom(const PackGraph &graph, std::vector<std::string> starts);
/// Adds a fault at `path` for the circle that begins at `from`, once for all its members: `told` remembers them.
void requireNoCircle(PackFaults &faults, const PackGraph &graph, const std::string &from, const std::string &path,
                     std::set<std::string> &told);

} // namespace countersign
