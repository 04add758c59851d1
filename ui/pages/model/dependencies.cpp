// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/dependencies.h"

#include <algorithm>

namespace countersign {

namespace {
const Model *find(const Registry &registry, const std::string &name)
{
    if (const auto *byReference = registry.modelByReference(name))
        return byReference;
    for (const auto &[id, model] : registry.models)
        if (model.name == name)
            return &model;
    return nullptr;
}
} // namespace

std::vector<Dependency> dependenciesOf(const Registry &registry, const Model &model)
{
    std::vector<Dependency> found;
    found.reserve(model.dependencies.size());
    for (const auto &name : model.dependencies)
        found.push_back({name, find(registry, name)});
    return found;
}

std::vector<Dependency> dependentsOf(const Registry &registry, const Model &model)
{
    std::vector<Dependency> found;
    for (const auto &[id, other] : registry.models) {
        const auto names = [&model](const std::string &name) { return name == model.reference || name == model.name; };
        if (id != model.id && std::any_of(other.dependencies.begin(), other.dependencies.end(), names))
            found.push_back({other.name, &other});
    }
    std::sort(found.begin(), found.end(),
              [](const Dependency &one, const Dependency &other) { return one.name < other.name; });
    return found;
}

} // namespace countersign
