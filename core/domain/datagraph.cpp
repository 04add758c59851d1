// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/datagraph.h"

#include "core/domain/registry.h"
#include "core/domain/text.h"

#include <algorithm>

namespace countersign {

DataGraph::DataGraph(const Registry &registry)
{
    std::map<std::string, ModelId> models; // by folded reference and name
    for (const auto &[id, model] : registry.models)
        if (model.stage != Stage::retired) {
            models.emplace(foldedName(model.name), id);
            models.insert_or_assign(foldedName(model.reference), id);
        }
    const auto use = [this](const std::string &name, const ModelId &model) {
        const auto key = foldedName(name);
        if (key.empty())
            return;
        const auto [found, fresh] = m_byKey.emplace(key, m_sources.size());
        if (fresh)
            m_sources.push_back({key, name, {}});
        auto &users = m_sources[found->second].models;
        if (users.empty() || users.back() != model)
            users.push_back(model);
    };
    for (const auto &[id, model] : registry.models) {
        if (model.stage == Stage::retired)
            continue;
        for (const auto *names : {&model.inputs, &model.dependencies})
            for (const auto &name : *names) {
                const auto feeder = models.find(foldedName(name));
                if (feeder == models.end()) {
                    use(name, id);
                } else if (feeder->second != id) {
                    m_feeders[id].insert(feeder->second);
                    m_fed[feeder->second].insert(id);
                }
            }
    }
    std::ranges::sort(m_sources, {}, &DataSource::key);
    for (std::size_t at = 0; at < m_sources.size(); ++at)
        m_byKey[m_sources[at].key] = at;
    for (const auto &[id, to] : m_fed)
        if (walk(m_fed, id).contains(id))
            m_inCycles.insert(id);
}

const DataSource *DataGraph::source(const std::string &key) const
{
    const auto found = m_byKey.find(foldedName(key));
    return found == m_byKey.end() ? nullptr : &m_sources[found->second];
}

std::vector<const DataSource *> DataGraph::sourcesOf(const ModelId &model) const
{
    std::vector<const DataSource *> used;
    for (const auto &source : m_sources)
        if (std::ranges::find(source.models, model) != source.models.end())
            used.push_back(&source);
    return used;
}

const std::set<ModelId> &DataGraph::feeders(const ModelId &model) const
{
    static const std::set<ModelId> none;
    const auto found = m_feeders.find(model);
    return found == m_feeders.end() ? none : found->second;
}

const std::set<ModelId> &DataGraph::fed(const ModelId &model) const
{
    static const std::set<ModelId> none;
    const auto found = m_fed.find(model);
    return found == m_fed.end() ? none : found->second;
}

/// All that the arrows lead to; `from` itself where they lead back.
std::set<ModelId> DataGraph::walk(const Arrows &arrows, const ModelId &from)
{
    std::set<ModelId> reached;
    std::vector<ModelId> open{from};
    while (!open.empty()) {
        const auto at = arrows.find(open.back());
        open.pop_back();
        if (at == arrows.end())
            continue;
        for (const auto &next : at->second)
            if (reached.insert(next).second)
                open.push_back(next);
    }
    return reached;
}

std::set<ModelId> DataGraph::upstream(const ModelId &model) const
{
    auto reached = walk(m_feeders, model);
    reached.erase(model);
    return reached;
}

std::set<ModelId> DataGraph::downstream(const ModelId &model) const
{
    auto reached = walk(m_fed, model);
    reached.erase(model);
    return reached;
}

std::set<ModelId> DataGraph::reachedBy(const DataSource &source) const
{
    std::set<ModelId> reached(source.models.begin(), source.models.end());
    for (const auto &model : source.models)
        reached.merge(walk(m_fed, model));
    return reached;
}

std::map<ModelId, int> DataGraph::layers(const std::set<ModelId> &models) const
{
    std::map<ModelId, int> layer;
    for (const auto &model : models)
        layer[model] = 0;
    const auto counts = [&](const ModelId &from, const ModelId &to) {
        return models.contains(from) && !(m_inCycles.contains(from) && m_inCycles.contains(to));
    };
    // Without cycles the longest way has fewer arrows than there are models.
    for (std::size_t round = 0; round < models.size(); ++round) {
        bool moved = false;
        for (const auto &model : models)
            for (const auto &feeder : feeders(model))
                if (counts(feeder, model) && layer[model] <= layer[feeder]) {
                    layer[model] = layer[feeder] + 1;
                    moved = true;
                }
        if (!moved)
            break;
    }
    return layer;
}

} // namespace countersign
