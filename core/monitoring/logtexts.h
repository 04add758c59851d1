// SPDX-License-Identifier: GPL-3.0-or-later
//
// The texts of a log whose blocks are read side by side. Blocks hand in their dictionaries as they are done; these are
// merged in the order of the blocks and let go at once, so that a log holds each of its texts once, however many blocks
// it has. A column with more different texts than a category column may have keeps none of them: see CellKind::Text.
#pragma once

#include "core/monitoring/blockparser.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <vector>

namespace countersign {

class LogTexts
{
public:
    /// `known`: the texts of blocks that were read before, of each column, by code. `blocks`: how many those are.
    LogTexts(std::size_t columns, std::size_t mostTexts, const std::vector<std::vector<std::string>> &known,
             std::size_t blocks);

    /// Takes the dictionaries out of the block of that number. For any thread.
    void take(std::size_t number, BlockResult &block);
    /// How many columns have turned out to be Text columns so far; for any thread, as isText().
    [[nodiscard]] std::size_t turned() const { return m_turned; }
    [[nodiscard]] bool isText(std::size_t column) const;

    /// Once all blocks were taken: of the log, by code; none where isText().
    [[nodiscard]] std::vector<std::string> categories(std::size_t column) const;
    /// Once all blocks were taken: turns codes of the block's own dictionary into those of the log, or into digests.
    void finish(std::size_t number, std::size_t column, ColumnChunk &chunk, ColumnMemory &memory) const;

private:
    /// By the codes of a block's dictionary; one of the two is filled.
    struct Merged
    {
        std::vector<std::uint32_t> codes; ///< in the log
        std::vector<std::uint64_t> digests;
    };
    struct Column
    {
        Dictionary texts;
        std::vector<std::uint64_t> digests; ///< of the texts, which are let go then
        bool tooMany = false;
    };

    [[nodiscard]] Merged merge(Column &column, const Dictionary &dictionary);
    void limit(Column &column);

    std::size_t m_mostTexts;
    mutable std::mutex m_mutex;
    std::vector<Column> m_columns;
    std::size_t m_next; ///< the block to merge
    std::map<std::size_t, std::vector<Dictionary>> m_waiting;
    std::map<std::size_t, std::vector<Merged>> m_merged;
    std::atomic<std::size_t> m_turned = 0;
};

} // namespace countersign
