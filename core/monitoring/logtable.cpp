// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/logtable.h"

#include "core/base/error.h"
#include "core/monitoring/cache/logcache.h"
#include "core/monitoring/celltext.h"
#include "core/monitoring/dialecttext.h"
#include "core/monitoring/logfeed.h"
#include "core/monitoring/logfiles.h"
#include "core/monitoring/logopening.h"
#include "core/monitoring/logtexts.h"
#include "core/monitoring/numbersandtexts.h"
#include "core/monitoring/parallel.h"
#include "core/monitoring/parquet/parquetlog.h"
#include "core/monitoring/textdigest.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <mutex>
#include <string_view>
#include <utility>

namespace countersign {

namespace {

/// The lines of blocks within their files, from 1; to be asked of all blocks in order.
class LineCounter
{
public:
    explicit LineCounter(const LogOpening &opening)
        : m_opening(opening)
        , m_file(opening.files.size())
    {
    }

    [[nodiscard]] std::uint64_t firstOf(const LogBlock &block)
    {
        if (block.file != m_file)
            m_next = 1 + m_opening.files[block.file].head.headerLines;
        m_file = block.file;
        return std::exchange(m_next, m_next + block.result.lines);
    }

private:
    const LogOpening &m_opening;
    std::size_t m_file;
    std::uint64_t m_next = 0;
};

class LogReader
{
public:
    LogReader(const ReadRequest &request, unsigned threads, const CancelToken &cancel, const Progress &progress)
        : m_request(request)
        , m_threads(threads)
        , m_cancel(cancel)
        , m_progress(progress)
        , m_logName(logNameOf(request.path, request.morePaths))
        , m_opening(openLog({request.path, request.morePaths, request.dialect, request.timeColumn}, cancel))
        , m_cache(request, m_opening, cancel)
    {
    }

    [[nodiscard]] LogTable read()
    {
        plan();
        const std::vector<ColumnPlan> asPlanned = m_plan;
        std::optional<KnownLog> known = m_cache.recall(m_plan, m_threads);
        if (known)
            adoptKinds(*known);
        std::vector<LogBlock> blocks = readBlocks(known ? &*known : nullptr);
        while (readsOtherwise(blocks, known && known->unchanged)) {
            known.reset();
            blocks.clear();
            blocks = readBlocks(nullptr);
        }
        LogTable table = assemble(blocks, known ? &*known : nullptr);
        if (!m_turned)
            table.cachedAs = m_cache.keep(table, asPlanned, blocks, known, m_threads);
        return table;
    }

private:
    void adoptKinds(const KnownLog &known)
    {
        for (std::size_t column = 0; column < m_plan.size(); ++column)
            m_plan[column].kind = known.kinds[column];
    }

    [[nodiscard]] std::vector<LogBlock> readBlocks(KnownLog *known)
    {
        m_store = std::make_shared<PageStore>(m_request.memoryBytes);
        LogFeed feed(m_opening, known != nullptr ? known->bytes : std::vector<std::uint64_t>());
        std::mutex mutex;
        std::vector<LogBlock> blocks;
        if (known != nullptr)
            blocks.swap(known->blocks);
        const std::size_t first = blocks.size();
        m_texts.emplace(m_plan.size(), m_request.mostTexts,
                        known != nullptr ? known->texts : std::vector<std::vector<std::string>>(), first);
        bool stopped = false;
        runWorkers(m_threads, [&](unsigned) {
            ColumnMemory memory(*m_store);
            std::optional<BlockParser> parser;
            std::size_t parsedFile = 0;
            std::size_t parsedTexts = 0;
            Block block;
            for (;;) {
                std::size_t number = 0;
                std::size_t file = 0;
                {
                    const std::lock_guard lock(mutex);
                    if (stopped)
                        return;
                    stopped = true; // unless the rest of this scope goes well
                    m_cancel.throwIfCancelled();
                    report(m_progress, "Reading " + m_logName, feed.done(), feed.total());
                    if (!feed.take(block, number, file))
                        return;
                    stopped = false;
                }
                if (!parser || parsedFile != file || parsedTexts != m_texts->turned()) {
                    parsedTexts = m_texts->turned();
                    parser.emplace(planOf(m_opening.files[file]), m_opening.files[file].cells(m_request.dialect),
                                   memory);
                    parsedFile = file;
                }
                const std::uint64_t digest = m_cache.keeps() ? textDigest(block.text()) : 0;
                BlockResult result = parser->parse(block.text());
                if (!result.problem) {
                    placeColumns(result, m_opening.files[file], memory);
                    m_texts->take(first + number, result);
                }
                memory.rest();
                const std::lock_guard lock(mutex);
                stopped = stopped || result.problem.has_value();
                blocks.resize(std::max(blocks.size(), first + number + 1));
                blocks[first + number] = {file, block.text().size(), digest, std::move(result)};
            }
        });
        checkBlocks(blocks);
        return blocks;
    }

    /// What the whole log shows and the sample did not: text in a column of numbers, which are categories then, dates
    /// with day and month the other way, and numbers with the other decimal mark. True where it must be read again so.
    /// `known`: all was read before, and its kinds are those of the plan.
    [[nodiscard]] bool readsOtherwise(const std::vector<LogBlock> &blocks, bool known)
    {
        bool again = turnMarks(blocks);
        for (std::size_t column = 0; !known && column < m_plan.size(); ++column) {
            if (m_plan[column].kind != CellKind::Number || m_plan[column].declared || !holdsTexts(blocks, column))
                continue;
            m_plan[column].kind = CellKind::Category;
            again = true;
        }
        return turnDates(blocks) || again;
    }

    /// So many that a column of numbers is none.
    [[nodiscard]] static bool holdsTexts(const std::vector<LogBlock> &blocks, std::size_t column)
    {
        NumbersAndTexts found;
        for (const LogBlock &block : blocks) {
            const ColumnChunk &chunk = block.result.columns[column];
            found.texts += chunk.unreadable.count;
            found.numbers += block.result.rows - chunk.missing;
        }
        if (found.texts == 0)
            return false;
        for (const LogBlock &block : blocks) {
            const auto &numbers = block.result.columns[column].numbers;
            std::for_each(numbers.begin(), numbers.end(), [&found](double number) { found.see(number); });
        }
        return !found.ofNumbers();
    }

    /// Once, and back where the numbers with the first mark then fail: both occur.
    [[nodiscard]] bool turnMarks(const std::vector<LogBlock> &blocks)
    {
        const bool turn = std::any_of(blocks.begin(), blocks.end(), [](const LogBlock &block) {
            const auto &columns = block.result.columns;
            return std::any_of(columns.begin(), columns.end(),
                               [](const ColumnChunk &chunk) { return chunk.otherMark; });
        });
        if (!turn)
            return false;
        for (OpenedFile &file : m_opening.files) {
            LogHead &head = file.head;
            if (head.decimalMarkProven)
                continue;
            head.decimalMark = head.decimalMark == DecimalMark::Point ? DecimalMark::Comma : DecimalMark::Point;
            head.decimalMarkProven = m_marksTurned;
            head.guesses.back() = {"decimalMark", inWords(head.decimalMark), "because of rows further on", true};
        }
        m_marksTurned = true;
        m_turned = true;
        return true;
    }

    [[nodiscard]] bool turnDates(const std::vector<LogBlock> &blocks)
    {
        const auto time = std::find_if(m_plan.begin(), m_plan.end(),
                                       [](const ColumnPlan &column) { return column.kind == CellKind::Day; });
        if (time == m_plan.end())
            return false;
        const auto column = static_cast<std::size_t>(time - m_plan.begin());
        std::set<std::size_t> proven;
        bool turn = false;
        for (const LogBlock &block : blocks) {
            turn = turn || block.result.columns[column].otherOrder;
            if (block.result.columns[column].provenOrder)
                proven.insert(block.file);
        }
        for (std::size_t i = 0; i < m_opening.files.size(); ++i) {
            GuessedDateFormat &date = m_opening.files[i].date;
            if (!date.eitherOrder)
                continue;
            if (turn && !proven.contains(i))
                date.format = *otherOrder(date.format);
            if (turn || !proven.empty())
                date.eitherOrder = false;
        }
        m_turned = m_turned || turn;
        return turn;
    }

    void plan()
    {
        const auto &names = m_opening.names;
        const auto exists = [&names](const std::string &name) {
            return std::find(names.begin(), names.end(), name) != names.end();
        };
        const auto require = [&](const std::string &name) {
            if (!exists(name))
                throw Exception(ErrorCode::InvalidInput, m_logName + " has no column " + quotedExcerpt(name) + ".",
                                columnList(names));
        };
        for (const std::string &name : m_request.unmistakable) {
            if (m_opening.doubled.contains(name))
                throw Exception(ErrorCode::InvalidInput,
                                m_logName + " has several columns named " + quotedExcerpt(name) + ".",
                                "Give the one that is meant a name of its own.");
        }
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
                if (const auto special = m_request.special.find(entry.name); special != m_request.special.end())
                    entry.special = SpecialValues(special->second);
                const bool number = entry.declared || (!m_request.categorical.contains(entry.name) &&
                                                       looksNumeric(column, entry.special));
                entry.kind = number ? CellKind::Number : CellKind::Category;
            }
            m_plan.push_back(std::move(entry));
        }
    }

    /// In every file that has the column.
    [[nodiscard]] bool looksNumeric(std::size_t column, const SpecialValues &special) const
    {
        return std::all_of(m_opening.files.begin(), m_opening.files.end(), [&](const OpenedFile &file) {
            const auto at = std::find(file.places.begin(), file.places.end(), column);
            if (at == file.places.end())
                return true;
            const auto place = static_cast<std::size_t>(at - file.places.begin());
            const CellDialect cells = file.cells(m_request.dialect);
            NumbersAndTexts sample;
            for (const auto &record : file.head.records) {
                double value = 0;
                const NumberText read = readNumber(record[place], value, cells.decimalMark, cells.missing);
                if (!special.placeOf(record[place]))
                    sample.add(read, value);
            }
            return sample.ofNumbers();
        });
    }

    [[nodiscard]] std::vector<ColumnPlan> planOf(const OpenedFile &file) const
    {
        std::vector<ColumnPlan> plan;
        for (const std::size_t place : file.places) {
            plan.push_back(m_plan[place]);
            if (plan.back().kind == CellKind::Category && m_texts->isText(place))
                plan.back().kind = CellKind::Text;
            plan.back().dateFormat = file.date.format;
            plan.back().eitherOrder = file.date.eitherOrder;
        }
        return plan;
    }

    /// From the order of the file to that of the log; columns that the file has not are missing values.
    void placeColumns(BlockResult &result, const OpenedFile &file, ColumnMemory &memory) const
    {
        if (m_opening.files.size() == 1)
            return;
        std::vector<ColumnChunk> columns(m_plan.size());
        std::vector<bool> there(m_plan.size(), false);
        for (std::size_t i = 0; i < file.places.size(); ++i) {
            columns[file.places[i]] = std::move(result.columns[i]);
            there[file.places[i]] = true;
        }
        for (std::size_t i = 0; i < m_plan.size(); ++i) {
            if (there[i] || m_plan[i].kind == CellKind::Skipped)
                continue;
            ColumnChunk &chunk = columns[i];
            chunk.missing = result.rows;
            if (m_plan[i].kind == CellKind::Number) {
                chunk.numbers = memory.array<double>(result.rows);
                std::fill(chunk.numbers.begin(), chunk.numbers.end(), std::numeric_limits<double>::quiet_NaN());
            } else if (m_plan[i].kind == CellKind::Text) {
                chunk.digests = memory.array<std::uint64_t>(result.rows);
                std::fill(chunk.digests.begin(), chunk.digests.end(), missingDigest);
            } else {
                const auto codes = memory.array<std::uint8_t>(result.rows);
                std::fill(codes.begin(), codes.end(), Codes::narrowMissing);
                chunk.codes = Codes(codes);
            }
        }
        result.columns = std::move(columns);
    }

    [[nodiscard]] static std::string columnList(const std::vector<std::string> &names)
    {
        std::string list = "Its columns are ";
        for (std::size_t i = 0; i < names.size(); ++i)
            list += (i == 0 ? "" : ", ") + names[i];
        return list + ".";
    }

    void checkBlocks(const std::vector<LogBlock> &blocks)
    {
        m_rows.assign(m_opening.files.size(), 0);
        LineCounter lines(m_opening);
        for (const LogBlock &block : blocks) {
            const std::uint64_t line = lines.firstOf(block);
            const auto &problem = block.result.problem;
            if (problem)
                throw Exception(ErrorCode::InvalidInput,
                                m_opening.files[block.file].name + " line " + std::to_string(line + problem->line) +
                                    (problem->what.starts_with("column") ? ", " : " ") + problem->what,
                                problem->remedy);
            m_rows[block.file] += block.result.rows;
        }
        if (std::all_of(m_rows.begin(), m_rows.end(), [](std::uint64_t rows) { return rows == 0; }))
            throw Exception(ErrorCode::InvalidInput, m_logName + " holds a header but no rows.",
                            "Export the log again with its rows.");
    }

    /// What there is to say of one file or more, in the words of the first.
    template <class WordsOf>
    static void remarkOn(LogTable &table, const std::vector<OpenedFile> &files, WordsOf wordsOf)
    {
        std::string name;
        std::string words;
        std::size_t count = 0;
        for (const OpenedFile &file : files) {
            const std::string said = wordsOf(file);
            if (said.empty())
                continue;
            if (++count == 1) {
                name = file.name;
                words = said;
            }
        }
        if (count > 0)
            table.remarks.push_back(name + (count > 1 ? " and " + std::to_string(count - 1) + " more" : "") + ": " +
                                    words);
    }

    /// Of a guess that is not sure in one file or more.
    template <class GuessOf>
    static void remark(LogTable &table, const std::vector<OpenedFile> &files, GuessOf guessOf)
    {
        remarkOn(table, files, [&](const OpenedFile &file) -> std::string {
            const DialectGuess guess = guessOf(file);
            if (guess.sure)
                return {};
            return "the " + partInWords(guess.part) +
                   (guess.chosen ? " is " + guess.value + ", " + guess.why + "."
                                 : " is a guess (" + guess.value + "): " + guess.why + ". Choose it if this is wrong.");
        });
    }

    void describeSources(LogTable &table) const
    {
        table.remarks = m_opening.remarks;
        table.unnamed = m_opening.unnamed;
        for (std::size_t i = 0; i < m_opening.files.size(); ++i) {
            const OpenedFile &file = m_opening.files[i];
            table.sources.push_back({file.name, {}, m_rows[i], file.dialect(m_request.dialect)});
            table.sourcePaths.push_back(file.path);
            if (m_rows[i] == 0)
                table.remarks.push_back(file.name + " holds a header but no rows.");
        }
        const auto &files = m_opening.files;
        remarkOn(table, files, [](const OpenedFile &file) {
            const std::uint64_t lines = file.head.skipGuess.chosen ? 0 : file.head.skippedLines;
            return lines == 0
                       ? std::string()
                       : (lines == 1 ? "the first line is" : "the first " + std::to_string(lines) + " lines are") +
                             std::string(" no part of the table and passed over.");
        });
        remarkOn(table, files, [](const OpenedFile &file) {
            return std::string(file.head.trailingDelimiter
                                   ? "the delimiter at the end of lines opens no column and is passed over."
                                   : "");
        });
        remark(table, files, [](const OpenedFile &file) { return file.encodingGuess; });
        remark(table, files, [](const OpenedFile &file) { return file.head.headerGuess(); });
        remark(table, files, [](const OpenedFile &file) { return file.head.decimalMarkGuess(); });
        remark(table, files, [](const OpenedFile &file) {
            const bool open = file.date.eitherOrder || file.date.format == DateFormat::ExcelDays;
            return open ? file.date.guess : DialectGuess{};
        });
    }

    [[nodiscard]] LogTable assemble(std::vector<LogBlock> &blocks, const KnownLog *known) const
    {
        LogTable table;
        const auto memory = known != nullptr ? known->memory : std::make_shared<TableMemory>(m_request.memoryBytes);
        memory->add(m_store);
        table.fileName = m_logName;
        describeSources(table);
        for (const LogBlock &block : blocks) {
            table.chunkRows.push_back(block.result.rows);
            table.rows += block.result.rows;
        }
        table.columns.resize(m_plan.size());
        parallelFor(m_plan.size(), m_threads, [&](std::size_t i) {
            LogColumn &column = table.columns[i];
            column.name = m_plan[i].name;
            const bool categories = m_plan[i].kind == CellKind::Category;
            column.kind = categories && m_texts->isText(i) ? CellKind::Text : m_plan[i].kind;
            ColumnMemory wider(*m_store);
            LineCounter lines(m_opening);
            for (std::size_t number = 0; number < blocks.size(); ++number) {
                LogBlock &block = blocks[number];
                ColumnChunk &chunk = block.result.columns[i];
                column.missing += chunk.missing;
                column.infinite += chunk.infinite;
                const std::uint64_t line = lines.firstOf(block) + chunk.unreadable.line;
                if (column.unreadable == 0 && chunk.unreadable.count > 0)
                    column.firstUnreadable = chunk.unreadable.text + " in line " + std::to_string(line) + " of " +
                                             m_opening.files[block.file].name;
                column.unreadable += chunk.unreadable.count;
                if (categories)
                    m_texts->finish(number, i, chunk, wider);
                column.chunks.unchecked().push_back(std::move(chunk));
            }
            if (known != nullptr && !known->checks.empty())
                column.chunks.setCheck(known->checks[i]);
            column.categories = m_texts->categories(i);
            column.memory = memory;
            column.rest();
        });
        return table;
    }

    const ReadRequest &m_request;
    unsigned m_threads;
    const CancelToken &m_cancel;
    const Progress &m_progress;
    std::string m_logName;
    LogOpening m_opening;
    LogCache m_cache;
    std::shared_ptr<PageStore> m_store; ///< of the blocks that were read
    std::optional<LogTexts> m_texts;    ///< of all blocks
    bool m_marksTurned = false;
    bool m_turned = false;             ///< read otherwise than the beginnings of the files showed
    std::vector<ColumnPlan> m_plan;    ///< of LogOpening::names
    std::vector<std::uint64_t> m_rows; ///< of each file
};

} // namespace

const LogColumn &LogTable::column(const std::string &name) const
{
    const auto found = std::find_if(columns.begin(), columns.end(), [&](const auto &c) { return c.name == name; });
    if (found == columns.end())
        throw Exception(ErrorCode::InvalidInput, fileName + " has no column " + quotedExcerpt(name) + ".");
    return *found;
}

std::string tooManyTexts(const std::string &column)
{
    return "Column \"" + column + "\" holds more different texts than are compared (" +
           std::to_string(mostDifferentTexts) +
           ", or 25 MB of them) and is not judged; it looks like a name, an identifier or a note.";
}

LogTable readLog(const ReadRequest &request, unsigned threads, const CancelToken &cancel, const Progress &progress)
{
    if (const auto parquet = listParquetFiles(request.path, request.morePaths))
        return readParquet(request, *parquet, threads, cancel, progress);
    return LogReader(request, threadCount(threads), cancel, progress).read();
}

} // namespace countersign
