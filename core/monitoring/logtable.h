// SPDX-License-Identifier: GPL-3.0-or-later
//
// A scoring log, column by column, in the chunks in which it was read: in memory, or mapped from a file where it has
// more rows than memory is meant for.
#pragma once

#include "core/base/progress.h"
#include "core/monitoring/columnchunks.h"
#include "core/monitoring/logsource.h"
#include "core/monitoring/memorylimit.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace countersign {

struct LogColumn
{
    std::string name;
    CellKind kind = CellKind::Skipped;
    ColumnChunks chunks;                 ///< without dictionaries
    std::vector<std::string> categories; ///< of a Category column, in order of first appearance; valid UTF-8
    std::uint64_t missing = 0;
    std::uint64_t infinite = 0;
    std::uint64_t unreadable =
        0; ///< cells of a Number or Day column that are neither that nor missing; among the missing
    std::string firstUnreadable = {};               ///< what it is and where, as in "\"n.k.\" in line 7 of march.csv"
    std::shared_ptr<const TableMemory> memory = {}; ///< of the table

    /// To be called when its cells, or many of them, are done with for now: see CellMemory::rest().
    void rest() const
    {
        if (memory)
            memory->rest();
    }
};

/// Lets a column rest while its chunks are gone through in order, and at the end.
class ColumnPass
{
public:
    explicit ColumnPass(const LogColumn &column)
        : m_column(column)
    {
    }
    ~ColumnPass() { m_column.rest(); }
    ColumnPass(const ColumnPass &) = delete;
    ColumnPass &operator=(const ColumnPass &) = delete;

    /// That many more rows were looked at.
    void passed(std::uint64_t rows)
    {
        constexpr std::uint64_t often = std::uint64_t{1} << 21;
        m_rows += rows;
        if (m_rows < often)
            return;
        m_rows = 0;
        m_column.rest();
    }

private:
    const LogColumn &m_column;
    std::uint64_t m_rows = 0;
};

/// Where a log lies that is cached, and which rows it holds: other content has another text. Both empty: it is not.
struct CachedAs
{
    std::string folder;
    std::string content;
};

struct LogTable
{
    std::string fileName; ///< without folder; of several files as logNameOf() names them
    std::vector<LogColumn> columns;
    std::vector<std::size_t> chunkRows;
    std::uint64_t rows = 0;
    std::vector<LogSource> sources;       ///< in the order read, their digests left empty
    std::vector<std::string> sourcePaths; ///< beside `sources`
    CachedAs cachedAs;
    std::set<std::string> unnamed;    ///< LogHead::unnamed
    std::vector<std::string> remarks; ///< what was passed over, assumed or missing in some files

    /// Throws Exception(InvalidInput) that lists the columns there are.
    [[nodiscard]] const LogColumn &column(const std::string &name) const;
};

/// Calls f(chunk) for every chunk of a table in order, looking at `cancel` before each. `column`, and others that are
/// gone through beside it, may rest on the way.
template <class F>
void forEachChunk(const LogTable &table, const LogColumn &column, const CancelToken &cancel, F f)
{
    ColumnPass pass(column);
    for (std::size_t chunk = 0; chunk < table.chunkRows.size(); ++chunk) {
        cancel.throwIfCancelled();
        pass.passed(table.chunkRows[chunk]);
        f(chunk);
    }
}

/// A category column may have this many different texts, of 256 bytes each on average: enough for postcodes, too few
/// for what names each row.
inline constexpr std::size_t mostDifferentTexts = 100'000;

/// Why a Text column is not compared.
[[nodiscard]] std::string tooManyTexts(const std::string &column);

struct ReadRequest
{
    std::string path;
    std::string timeColumn;                      ///< read as days; empty: none
    std::set<std::string> categorical;           ///< read as categories though they look like numbers
    std::set<std::string> numeric;               ///< read as numbers whatever they hold
    std::optional<std::set<std::string>> wanted; ///< others are skipped; nothing: all are read
    std::vector<std::string> morePaths = {};     ///< as RunSettings::morePaths
    LogDialect dialect = {};
    std::string cacheFolder = {};                ///< as RunOptions::cacheFolder
    std::uint64_t memoryBytes = usualCellMemory; ///< as RunOptions::memoryBytes
    std::set<std::string> unmistakable = {};     ///< an error where a header gives such a name to several columns
    /// As ColumnRoles::special, of the columns where they matter here: see specialTextsToRead().
    SpecialTexts special = {};
    std::size_t mostTexts = mostDifferentTexts; ///< of a Category column; beyond Dictionary::exceeds() it is a Text one
};

/// Reads a whole log, of one or several files, on `threads` threads. A column is a number column when every value that
/// is not missing is a number, or all but a few: see NumbersAndTexts. Texts in it, and in the time column what is no
/// date, are missing values that LogColumn::unreadable counts. Columns of several files are matched by name; where a
/// file lacks one its values are missing. Throws Exception: NotFound, Io, InvalidInput (naming file, line, column and
/// what to do), Cancelled.
[[nodiscard]] LogTable readLog(const ReadRequest &request, unsigned threads, const CancelToken &cancel,
                               const Progress &progress);

} // namespace countersign
