// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/registrystorage.h"

#include <algorithm>

namespace countersign {

namespace {

constexpr const char *kState = "state";

/// What a register holds besides records and timeline.
struct State
{
    std::string organisation;
    std::string policyText;
    Hash256 policyHash;
    std::int64_t policyVersion = 0;
    std::int64_t size = 0;
    UtcTime lastAt{};
};
BOOST_DESCRIBE_STRUCT(State, (), (organisation, policyText, policyHash, policyVersion, size, lastAt))

State stateOf(const Registry &registry)
{
    return {registry.organisation,  registry.policyText, registry.policyHash,
            registry.policyVersion, registry.size,       registry.lastAt};
}

void restore(Registry &registry, State state)
{
    registry.organisation = std::move(state.organisation);
    registry.policyText = std::move(state.policyText);
    registry.policyHash = state.policyHash;
    registry.policyVersion = state.policyVersion;
    registry.size = state.size;
    registry.lastAt = state.lastAt;
}

void restore(Registry &registry, const CachedRecord &record)
{
    const json::value body = json::parse(record.body);
    if (record.kind == kState) {
        restore(registry, fromJson<State>(body));
        return;
    }
    forEachKind(registry, [&](std::string_view kind, auto &records) {
        using Map = std::remove_reference_t<decltype(records)>;
        if (kind == record.kind)
            records.insert_or_assign(typename Map::key_type(record.id), fromJson<typename Map::mapped_type>(body));
    });
}

} // namespace

std::optional<CachedRegistry> loadRegistry(RegistryCache &cache)
{
    const auto contents = cache.load();
    if (!contents || contents->position.size() == 0)
        return std::nullopt;
    CachedRegistry cached{{}, contents->position.root()};
    try {
        for (const CachedRecord &record : contents->records)
            restore(cached.registry, record);
        for (const CachedTimelineRow &row : contents->timeline)
            cached.registry.timeline.push_back(fromJson<TimelineItem>(json::parse(row.body)));
    } catch (const std::exception &) {
        return std::nullopt; // written by a program with other records: the log has everything
    }
    if (static_cast<std::uint64_t>(cached.registry.size) != contents->position.size())
        return std::nullopt;
    return cached;
}

bool saveRegistry(RegistryCache &cache, const Registry &registry, const Touched &touched, std::uint64_t from,
                  const MerkleTree &to)
{
    CacheBatch batch;
    batch.from = from;
    batch.to = to;
    batch.upserts.push_back({kState, "", json::serialize(toJson(stateOf(registry)))});
    forEachKind(registry, [&](const char *kind, const auto &records) {
        using Key = typename std::remove_cvref_t<decltype(records)>::key_type;
        const auto first = touched.records.lower_bound({kind, std::string()});
        for (auto at = first; at != touched.records.end() && at->first == kind; ++at) {
            const auto record = records.find(Key(at->second));
            if (record == records.end())
                batch.erased.emplace_back(kind, at->second);
            else
                batch.upserts.push_back({kind, at->second, json::serialize(toJson(record->second))});
        }
    });
    const auto firstLine =
        std::partition_point(registry.timeline.begin(), registry.timeline.end(),
                             [&](const TimelineItem &item) { return static_cast<std::uint64_t>(item.seq) < from; });
    std::uint64_t position = 0;
    for (auto item = firstLine; item != registry.timeline.end(); ++item) {
        position = item != firstLine && std::prev(item)->seq == item->seq ? position + 1 : 0;
        batch.timeline.push_back(
            {static_cast<std::uint64_t>(item->seq), position, item->model.str(), json::serialize(toJson(*item))});
    }
    return cache.apply(batch);
}

} // namespace countersign
