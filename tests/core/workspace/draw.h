// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a walk through the register draws from, and asks of the register.
#pragma once

#include "core/policy/stages.h"
#include "tests/core/policy/desk.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace world {

using namespace countersign;

/// Draws by a seeded generator; now and then what does not exist, or is stale.
class Draw
{
public:
    explicit Draw(unsigned seed)
        : m_random(seed)
    {
    }

    std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(m_random); }
    bool chance(std::size_t thousandths) { return below(1000) < thousandths; }

    template <class T>
    const T &pick(const std::vector<T> &from)
    {
        return from[below(from.size())];
    }

    /// The id of any record, or one that nobody has.
    template <class K, class T>
    K any(const std::map<K, T> &from)
    {
        if (from.empty() || chance(10))
            return K("nowhere");
        return std::next(from.begin(), static_cast<std::ptrdiff_t>(below(from.size())))->first;
    }

    template <class K, class T>
    T copy(const std::map<K, T> &from)
    {
        const auto found = from.find(any(from));
        auto record = found == from.end() ? T{} : found->second;
        if (chance(30))
            --record.revision;
        return record;
    }

    template <class K, class T>
    std::int64_t basedOn(const std::map<K, T> &from, const K &id)
    {
        const auto found = from.find(id);
        return (found == from.end() ? 0 : found->second.revision) - (chance(30) ? 1 : 0);
    }

    /// The id of a record that `accept` takes; now and then of any.
    template <class K, class T, class F>
    K anyOf(const std::map<K, T> &from, F &&accept)
    {
        std::vector<K> found;
        for (const auto &[key, record] : from)
            if (accept(record))
                found.push_back(key);
        return found.empty() || chance(50) ? any(from) : pick(found);
    }

private:
    std::mt19937 m_random;
};

/// A request whose version is approved and not in production; none: there is none.
inline RequestId approvedOnly(const Registry &registry)
{
    for (const auto &[id, request] : registry.requests)
        if (isApproved(request.status) && registry.versions.at(request.version).stage == VersionStage::approved)
            return id;
    return {};
}

/// A request with a signature under conditions that somebody owes; none: there is none.
inline RequestId owed(const Registry &registry)
{
    for (const auto &[id, request] : registry.requests)
        for (const auto &signOff : request.signOffs)
            if (!signOff.dueConditions.empty() && !signOff.dueConditions.front().metOn)
                return id;
    return {};
}

/// A model that may be moved to a stage of the pack, there.
inline std::optional<Model> intoAddedStage(const Registry &registry, const PolicyPack &pack)
{
    for (const auto &[id, model] : registry.models)
        for (const auto &stage : pack.stages)
            if (stage.from.contains(stageIdOf(model)) && stage.countsAs != Stage::retired) {
                auto moved = model;
                moved.policyStage = stage.id;
                moved.stage = stage.countsAs;
                return moved;
            }
    return std::nullopt;
}

/// The next that a running campaign waits for, by the owner of the model.
inline std::optional<Fact> nextAttestation(const Registry &registry, UserId &author)
{
    const auto today = dateOf(registry.lastAt);
    for (const auto &[id, campaign] : registry.campaigns)
        for (const auto &model : modelsOf(campaign)) {
            const auto *owner = registry.userByName(registry.models.at(model).owner);
            const bool given = std::ranges::any_of(registry.attestations, [&, &of = id](const auto &item) {
                return item.second.campaign == of && item.second.model == model;
            });
            if (!campaign.open || today < campaign.from || campaign.until < today || given || !owner ||
                !owner->has(Role::modelOwner))
                continue;
            author = owner->id;
            return AttestationGiven{world::attestation("b-" + id.str() + model.str(), id, model, *owner)};
        }
    return std::nullopt;
}

} // namespace world
