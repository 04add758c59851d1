// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/logtable.h"

#include "core/base/error.h"
#include "core/monitoring/bytesource.h"
#include "core/monitoring/celltext.h"
#include "core/monitoring/loghead.h"
#include "core/monitoring/parallel.h"
#include "core/monitoring/parquet/parquetlog.h"

#include <algorithm>
#include <memory>
#include <mutex>
#include <string_view>

namespace countersign {

namespace {

constexpr std::size_t headBytes = std::size_t{1} << 20;
constexpr std::size_t blockBytes = std::size_t{2} << 20;
constexpr std::size_t longestRecord = std::size_t{64} << 20;
constexpr std::size_t typeSample = 1000;

/// Bytes that grow without being set to zero first.
class Block
{
public:
    [[nodiscard]] char *data() { return m_bytes.get(); }
    [[nodiscard]] std::string_view text() const { return {m_bytes.get(), m_size}; }
    [[nodiscard]] std::size_t size() const { return m_size; }
    void setSize(std::size_t size) { m_size = size; }
    void assign(std::string_view text)
    {
        m_size = 0;
        reserve(text.size());
        std::copy(text.begin(), text.end(), m_bytes.get());
        m_size = text.size();
    }
    void reserve(std::size_t capacity)
    {
        if (capacity <= m_capacity)
            return;
        auto bytes = std::make_unique_for_overwrite<char[]>(capacity);
        std::copy_n(m_bytes.get(), m_size, bytes.get());
        m_bytes = std::move(bytes);
        m_capacity = capacity;
    }
    void swap(Block &other) noexcept
    {
        m_bytes.swap(other.m_bytes);
        std::swap(m_size, other.m_size);
        std::swap(m_capacity, other.m_capacity);
    }

private:
    std::unique_ptr<char[]> m_bytes;
    std::size_t m_size = 0;
    std::size_t m_capacity = 0;
};

/// Cuts a byte source into blocks of whole records, in order, for any number of takers.
class BlockFeed
{
public:
    BlockFeed(ByteSource &source, std::string_view rest, char delimiter, std::string fileName)
        : m_source(source)
        , m_delimiter(delimiter)
        , m_fileName(std::move(fileName))
    {
        m_rest.assign(rest);
    }

    /// The next block, ending in a line feed, and its number; false at the end. Not for use by two threads at once.
    [[nodiscard]] bool take(Block &block, std::size_t &number)
    {
        block.swap(m_rest);
        m_rest.setSize(0);
        std::size_t want = blockBytes;
        std::size_t whole = 0;
        while (!m_finished) {
            const std::size_t had = block.size();
            const std::size_t room = want > had ? want - had : 0;
            block.reserve(want + 1); // and a line feed
            const std::size_t got = m_source.read(block.data() + had, room);
            block.setSize(had + got);
            m_finished = got < room;
            whole = wholeRecords(block.text(), m_delimiter);
            if (whole > 0 || m_finished)
                break;
            want *= 2;
            if (want > longestRecord)
                throw Exception(ErrorCode::InvalidInput, m_fileName + " holds a record of more than 64 MiB.",
                                "A double quote is probably opened and never closed.");
        }
        if (m_finished) {
            if (block.size() == 0)
                return false;
            if (block.text().back() != '\n') {
                block.reserve(block.size() + 1);
                block.setSize(block.size() + 1);
                block.data()[block.size() - 1] = '\n';
            }
        } else {
            m_rest.assign(block.text().substr(whole));
            block.setSize(whole);
        }
        number = m_taken++;
        return true;
    }

private:
    ByteSource &m_source;
    Block m_rest;
    char m_delimiter;
    std::string m_fileName;
    std::size_t m_taken = 0;
    bool m_finished = false;
};

class LogReader
{
public:
    LogReader(const ReadRequest &request, unsigned threads, const CancelToken &cancel, const Progress &progress)
        : m_request(request)
        , m_threads(threads)
        , m_cancel(cancel)
        , m_progress(progress)
        , m_fileName(fileNameOf(request.path))
    {
    }

    [[nodiscard]] LogTable read()
    {
        std::set<std::string> text;
        std::vector<BlockResult> blocks = readBlocks(text);
        // A column that looked numeric in the sample holds text further on: once more, as categories.
        for (std::size_t column = 0; column < m_plan.size(); ++column) {
            if (std::any_of(blocks.begin(), blocks.end(),
                            [column](const BlockResult &block) { return block.columns[column].foundText; }))
                text.insert(m_plan[column].name);
        }
        if (!text.empty())
            blocks = readBlocks(text);
        return assemble(std::move(blocks));
    }

private:
    [[nodiscard]] std::vector<BlockResult> readBlocks(const std::set<std::string> &text)
    {
        ByteSource source(m_request.path);
        std::string start(headBytes, '\0');
        start.resize(source.read(start.data(), start.size()));
        const LogHead head = readLogHead(start, start.size() < headBytes, m_fileName, typeSample);
        plan(head, text);
        m_headerLines = head.headerLines;

        BlockFeed feed(source, std::string_view(start).substr(head.bodyAt), head.delimiter, m_fileName);
        std::mutex mutex;
        std::vector<BlockResult> blocks;
        bool stopped = false;
        runWorkers(m_threads, [&](unsigned) {
            BlockParser parser(m_plan, head.delimiter);
            Block block;
            for (;;) {
                std::size_t number = 0;
                {
                    const std::lock_guard lock(mutex);
                    if (stopped)
                        return;
                    stopped = true; // unless the rest of this scope goes well
                    m_cancel.throwIfCancelled();
                    report(m_progress, "Reading " + m_fileName, source.filePosition(), source.fileSize());
                    if (!feed.take(block, number))
                        return;
                    stopped = false;
                }
                BlockResult result = parser.parse(block.text());
                const std::lock_guard lock(mutex);
                stopped = stopped || result.problem.has_value();
                blocks.resize(std::max(blocks.size(), number + 1));
                blocks[number] = std::move(result);
            }
        });
        checkBlocks(blocks);
        return blocks;
    }

    void plan(const LogHead &head, const std::set<std::string> &text)
    {
        m_plan.clear();
        const auto &names = head.names;
        const auto exists = [&names](const std::string &name) {
            return std::find(names.begin(), names.end(), name) != names.end();
        };
        const auto require = [&](const std::string &name) {
            if (!exists(name))
                throw Exception(ErrorCode::InvalidInput, m_fileName + " has no column " + quotedExcerpt(name) + ".",
                                columnList(names));
        };
        if (!m_request.timeColumn.empty())
            require(m_request.timeColumn);
        for (const auto *list : {&m_request.categorical, &m_request.numeric})
            std::for_each(list->begin(), list->end(), require);
        if (m_request.wanted)
            std::for_each(m_request.wanted->begin(), m_request.wanted->end(), require);

        for (std::size_t column = 0; column < names.size(); ++column) {
            ColumnPlan entry{names[column], CellKind::Skipped, false};
            if (entry.name == m_request.timeColumn) {
                entry.kind = CellKind::Day;
            } else if (!m_request.wanted || m_request.wanted->contains(entry.name)) {
                entry.declared = m_request.numeric.contains(entry.name);
                const bool number = entry.declared || (!m_request.categorical.contains(entry.name) &&
                                                       !text.contains(entry.name) && looksNumeric(head, column));
                entry.kind = number ? CellKind::Number : CellKind::Category;
            }
            m_plan.push_back(std::move(entry));
        }
    }

    [[nodiscard]] static bool looksNumeric(const LogHead &head, std::size_t column)
    {
        return std::all_of(head.records.begin(), head.records.end(), [column](const auto &record) {
            double value = 0;
            return readNumber(record[column], value) != NumberText::NotANumber;
        });
    }

    [[nodiscard]] static std::string columnList(const std::vector<std::string> &names)
    {
        std::string list = "Its columns are ";
        for (std::size_t i = 0; i < names.size(); ++i)
            list += (i == 0 ? "" : ", ") + names[i];
        return list + ".";
    }

    void checkBlocks(const std::vector<BlockResult> &blocks) const
    {
        std::uint64_t line = 1 + m_headerLines;
        std::uint64_t rows = 0;
        for (const BlockResult &block : blocks) {
            if (block.problem)
                throw Exception(ErrorCode::InvalidInput,
                                m_fileName + " line " + std::to_string(line + block.problem->line) +
                                    (block.problem->what.starts_with("column") ? ", " : " ") + block.problem->what,
                                block.problem->remedy);
            line += block.lines;
            rows += block.rows;
        }
        if (rows == 0)
            throw Exception(ErrorCode::InvalidInput, m_fileName + " holds a header but no rows.",
                            "Export the log again with its rows.");
    }

    [[nodiscard]] LogTable assemble(std::vector<BlockResult> blocks) const
    {
        LogTable table;
        table.fileName = m_fileName;
        for (const BlockResult &block : blocks) {
            table.chunkRows.push_back(block.rows);
            table.rows += block.rows;
            if (std::find(table.memory.begin(), table.memory.end(), block.memory) == table.memory.end())
                table.memory.push_back(block.memory);
        }
        table.columns.resize(m_plan.size());
        parallelFor(m_plan.size(), m_threads, [&](std::size_t i) {
            LogColumn &column = table.columns[i];
            column.name = m_plan[i].name;
            column.kind = m_plan[i].kind;
            Dictionary categories;
            for (BlockResult &block : blocks) {
                ColumnChunk &chunk = block.columns[i];
                column.missing += chunk.missing;
                column.infinite += chunk.infinite;
                mergeCategories(chunk, categories);
                column.chunks.push_back(std::move(chunk));
            }
            column.categories = categories.texts();
        });
        return table;
    }

    static void mergeCategories(ColumnChunk &chunk, Dictionary &categories)
    {
        std::vector<std::uint32_t> codes;
        for (const std::string &text : chunk.dictionary.texts())
            codes.push_back(categories.codeOf(isValidUtf8(text) ? text : utf8FromLatin1(text)));
        chunk.codes.replace(codes);
        chunk.dictionary = {};
    }

    const ReadRequest &m_request;
    unsigned m_threads;
    const CancelToken &m_cancel;
    const Progress &m_progress;
    std::string m_fileName;
    std::vector<ColumnPlan> m_plan;
    std::uint64_t m_headerLines = 0;
};

} // namespace

const LogColumn &LogTable::column(const std::string &name) const
{
    const auto found = std::find_if(columns.begin(), columns.end(), [&](const auto &c) { return c.name == name; });
    if (found == columns.end())
        throw Exception(ErrorCode::InvalidInput, fileName + " has no column " + quotedExcerpt(name) + ".");
    return *found;
}

LogTable readLog(const ReadRequest &request, unsigned threads, const CancelToken &cancel, const Progress &progress)
{
    if (isParquet(request.path))
        return readParquet(request, threads, cancel, progress);
    return LogReader(request, threadCount(threads), cancel, progress).read();
}

std::string fileNameOf(const std::string &path)
{
    const auto slash = path.find_last_of('/');
    return slash == std::string::npos ? path : path.substr(slash + 1);
}

} // namespace countersign
