// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/monitoring/logtable.h"
#include "core/monitoring/periods.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace countersign {

/// A 64-bit hash of every row of one log, over all columns that were read; days stand for times. Columns may come in
/// several readings of the same log. Two different rows share a hash with a chance of about 5e-20.
class RowHashes
{
public:
    /// Logs with more rows are not looked at: a hash takes 8 bytes.
    static constexpr std::uint64_t mostRows = std::uint64_t{1} << 25;

    /// Takes in the columns that no earlier reading had. Throws Exception(Cancelled).
    void add(const LogTable &table, unsigned threads, const CancelToken &cancel);

    /// For each group, the rows that repeat another one of the group: rows less distinct rows. Nothing for a log with
    /// too many rows.
    [[nodiscard]] std::vector<std::optional<std::uint64_t>> duplicates(const RowGroups &groups, unsigned threads,
                                                                       const CancelToken &cancel) const;

private:
    /// The hashes of the groups from `first` up to `end`.
    [[nodiscard]] std::vector<std::vector<std::uint64_t>> collect(const RowGroups &groups, std::size_t first,
                                                                  std::size_t end, const CancelToken &cancel) const;

    std::vector<std::vector<std::uint64_t>> m_hashes; ///< chunk by chunk as the table lies
    std::set<std::string> m_columns;
    bool m_tooMany = false;
};

} // namespace countersign
