// SPDX-License-Identifier: GPL-3.0-or-later
//
// The register to and from the cache of this desk.
#pragma once

#include "core/domain/registry.h"
#include "core/store/registrycache.h"

namespace countersign {

struct CachedRegistry
{
    Registry registry;
    Hash256 root; ///< of the entries it was made from
};

/// Nothing when the cache is empty or does not hold a register of this program.
[[nodiscard]] std::optional<CachedRegistry> loadRegistry(RegistryCache &cache);

/// Brings the cache from `from` entries to `to`: the touched records and the lines of the timeline from entry `from`
/// on. False when another window did so before.
bool saveRegistry(RegistryCache &cache, const Registry &registry, const Touched &touched, std::uint64_t from,
                  const MerkleTree &to);

/// The form of the cached bodies and the rules of the fold; another number begins the cache anew.
inline constexpr std::int64_t kRegistrySchema = 8;

} // namespace countersign
