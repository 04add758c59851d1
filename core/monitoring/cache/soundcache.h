// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/monitoring/cache/arrayfile.h"
#include "core/monitoring/cache/cachefolder.h"
#include "core/monitoring/run.h"

#include <boost/filesystem/path.hpp>

namespace countersign {

/// Calls f(options) until no cached cell that it uses proves damaged. A log that is damaged in the cache is removed
/// from it, and in the end none is looked for there.
template <class F>
auto withSoundCache(RunOptions options, F f)
{
    constexpr int logs = 2; // of a run: its own, and that of the reference
    for (int removed = 0; removed < logs; ++removed) {
        try {
            return f(options);
        } catch (const DamagedCache &damage) {
            CacheEntry(boost::filesystem::path(damage.path()).parent_path().string()).remove();
        }
    }
    options.cacheFolder.clear();
    return f(options);
}

} // namespace countersign
