// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a log was read as, kept in a folder of this machine's user, so that a second look at it need not read it again
// and a log that grew is read from where it ended. Results are the same with and without.
//
// A log is known by the path of its first file and by how it was asked to be read. A file counts as unchanged while its
// length, times and place on disk are, and were not of just now; as grown where it is plain UTF-8 that ended in a line
// feed, is longer, and the digests of all blocks read before still hold. Everything else is read anew. A cache that
// cannot be read or written costs time, never a result.
//
// Cells are looked at when they are first used, so that a look that uses few of them is quick: whoever uses a table
// that may be cached does so within withSoundCache().
#pragma once

#include "core/monitoring/columnchunks.h"
#include "core/monitoring/logblock.h"
#include "core/monitoring/logopening.h"
#include "core/monitoring/logtable.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace countersign {

/// An earlier reading of the first files of a log.
struct KnownLog
{
    std::vector<LogBlock> blocks;                ///< may be moved away
    std::size_t count = 0;                       ///< of the blocks
    std::vector<CellKind> kinds;                 ///< as the columns of the plan turned out to be
    std::vector<std::vector<std::string>> texts; ///< the categories of each column, by code
    std::vector<std::uint64_t> bytes;            ///< of each of the first files, from its start: what the blocks hold
    std::shared_ptr<TableMemory> memory;         ///< of the cells
    /// Of each column, where the log is unchanged: its cells have not been looked at. Empty: all have been.
    std::vector<std::shared_ptr<CellCheck>> checks;
    bool unchanged = false;            ///< the log holds nothing else, and the files are the same
    bool everyColumn = true;           ///< none that is kept was left out here
    std::vector<std::string> segments; ///< names of the files that hold it

    [[nodiscard]] bool hasKindsOf(const LogTable &table) const;
};

class LogCache
{
public:
    /// Of all logs together, on disk; those not looked at for longest go first.
    static constexpr std::uint64_t usualBytes = std::uint64_t{4} << 30;

    /// The state of the files is taken here; keep() sees what changes from now on. An empty folder: nothing is kept.
    /// `cancel` must outlive the cache.
    LogCache(const ReadRequest &request, const LogOpening &opening, const CancelToken &cancel,
             std::uint64_t mostBytes = usualBytes);
    ~LogCache();
    LogCache(const LogCache &) = delete;
    LogCache &operator=(const LogCache &) = delete;

    [[nodiscard]] bool keeps() const;
    /// `plan` as it stands before any block is read. Throws Exception(Cancelled), as keep() does.
    [[nodiscard]] std::optional<KnownLog> recall(const std::vector<ColumnPlan> &plan, unsigned threads) const;
    /// Keeps a table that was read by the same opening and plan. `blocks` are those of the table, their columns spent;
    /// `known`: what of them was recalled. Nothing is kept where the files have changed meanwhile.
    [[nodiscard]] CachedAs keep(const LogTable &table, const std::vector<ColumnPlan> &plan,
                                const std::vector<LogBlock> &blocks, const std::optional<KnownLog> &known,
                                unsigned threads) const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace countersign
