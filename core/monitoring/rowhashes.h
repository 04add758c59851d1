// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/monitoring/logtable.h"
#include "core/monitoring/periods.h"

#include <cstdint>
#include <span>
#include <vector>

namespace countersign {

/// A 64-bit hash of every row of one log, over all columns that were read; days stand for times. Two different rows
/// share a hash with a chance of about 5e-20.
class RowHashes
{
public:
    /// Those beyond `memoryBytes` lie in a temporary file. Throws Exception(Cancelled, Io).
    RowHashes(const LogTable &table, std::uint64_t memoryBytes, unsigned threads, const CancelToken &cancel);

    /// For each group, the rows that repeat another one of the group: rows less distinct rows.
    [[nodiscard]] std::vector<std::uint64_t> duplicates(const RowGroups &groups, unsigned threads,
                                                        const CancelToken &cancel) const;

private:
    /// The hashes of the groups from `first` up to `end`.
    [[nodiscard]] std::vector<std::vector<std::uint64_t>> collect(const RowGroups &groups, std::size_t first,
                                                                  std::size_t end, const CancelToken &cancel) const;

    std::uint64_t m_memoryBytes;
    PageStore m_store;
    std::vector<std::span<std::uint64_t>> m_hashes; ///< chunk by chunk as the table lies
};

} // namespace countersign
