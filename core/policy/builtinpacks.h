// SPDX-License-Identifier: GPL-3.0-or-later
//
// The packs of resources/policies, compiled in (core/policy/embedpacks.cmake), so that a workspace can be made without
// any file at hand.
#pragma once

#include <string_view>
#include <vector>

namespace countersign {

struct BuiltInPack
{
    std::string_view id; ///< the file name without its ending
    std::string_view text;
};

/// Every pack that ships, the default first.
[[nodiscard]] const std::vector<BuiltInPack> &builtInPolicyPacks();
/// The text of the default pack.
[[nodiscard]] std::string_view builtInPolicyPack();

} // namespace countersign
