// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/domain/registry.h"

namespace countersign {

/// Something a model relies on, or that relies on it.
struct Dependency
{
    std::string name;
    const Model *model = nullptr; ///< none: not a registered model
};

/// What `model` names as its dependencies, in its order.
[[nodiscard]] std::vector<Dependency> dependenciesOf(const Registry &registry, const Model &model);
/// The models that name `model` by its reference or its name, by name.
[[nodiscard]] std::vector<Dependency> dependentsOf(const Registry &registry, const Model &model);

} // namespace countersign
