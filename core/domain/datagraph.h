// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which models use which data, and which models feed which: both ways, from what the inventory says. Names are compared
// without regard to case and spaces; a dependency that names a model by its reference or name is an arrow, any other
// one is data like the inputs. Retired models are left out.
#pragma once

#include "core/domain/model.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace countersign {

struct Registry;

/// A data source, named as the first model names it.
struct DataSource
{
    std::string key; ///< folded name
    std::string name;
    std::vector<ModelId> models; ///< that use it, in the order of their ids
};

class DataGraph
{
public:
    DataGraph() = default; ///< of nothing
    explicit DataGraph(const Registry &registry);

    [[nodiscard]] const std::vector<DataSource> &sources() const { return m_sources; } ///< by name
    [[nodiscard]] const DataSource *source(const std::string &key) const;
    [[nodiscard]] std::vector<const DataSource *> sourcesOf(const ModelId &model) const;
    /// The models that feed `model`, and that it feeds, directly.
    [[nodiscard]] const std::set<ModelId> &feeders(const ModelId &model) const;
    [[nodiscard]] const std::set<ModelId> &fed(const ModelId &model) const;
    /// Directly and through others, without `model` itself.
    [[nodiscard]] std::set<ModelId> upstream(const ModelId &model) const;
    [[nodiscard]] std::set<ModelId> downstream(const ModelId &model) const;
    /// The models that use a source, and all downstream of them.
    [[nodiscard]] std::set<ModelId> reachedBy(const DataSource &source) const;
    /// Models that feed themselves through others.
    [[nodiscard]] const std::set<ModelId> &inCycles() const { return m_inCycles; }
    /// The longest way from a model without feeders among `models`; arrows within a cycle are left out.
    [[nodiscard]] std::map<ModelId, int> layers(const std::set<ModelId> &models) const;

private:
    using Arrows = std::map<ModelId, std::set<ModelId>>;
    [[nodiscard]] static std::set<ModelId> walk(const Arrows &arrows, const ModelId &from);

    std::vector<DataSource> m_sources;
    std::map<std::string, std::size_t> m_byKey;
    Arrows m_feeders;
    Arrows m_fed;
    std::set<ModelId> m_inCycles;
};

} // namespace countersign
