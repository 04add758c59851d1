// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/cache/logcache.h"

#include "core/base/json.h"
#include "core/monitoring/cache/arrayfile.h"
#include "core/monitoring/cache/cachefolder.h"
#include "core/monitoring/parallel.h"
#include "core/monitoring/textdigest.h"

#include <algorithm>
#include <array>
#include <boost/algorithm/string/join.hpp>
#include <boost/filesystem/operations.hpp>
#include <numeric>

namespace countersign {

namespace {

constexpr int cacheVersion = 4; ///< grows with the form of the files and with how cells are read

/// How a log was asked to be read.
struct AskedLog
{
    std::string first; ///< of its files
    std::string timeColumn;
    std::set<std::string> categorical;
    std::set<std::string> numeric;
    LogDialect dialect;
    SpecialTexts special;
    int version = cacheVersion;
};
BOOST_DESCRIBE_STRUCT(AskedLog, (), (first, timeColumn, categorical, numeric, dialect, special, version))

/// How a file looked before it was read.
struct FileForm
{
    std::string delimiter;
    std::string quote;
    DecimalMark decimalMark = DecimalMark::Point;
    bool decimalMarkProven = false;
    DateFormat dateFormat = DateFormat::Automatic;
    bool eitherOrder = false;
    TextEncoding encoding = TextEncoding::Utf8;
    bool packed = false;
    bool trailingDelimiter = false;
    std::uint64_t bodyAt = 0; ///< in bytes of a plain file
    std::vector<std::string> names;

    friend bool operator==(const FileForm &, const FileForm &) = default;
};
BOOST_DESCRIBE_STRUCT(FileForm, (),
                      (delimiter, quote, decimalMark, decimalMarkProven, dateFormat, eitherOrder, encoding, packed,
                       trailingDelimiter, bodyAt, names))

struct FileState
{
    std::string path;
    std::string identity; ///< ByteSource::identity(); empty: the digests alone say whether it is the same
    std::uint64_t bytes = 0;
    FileForm form;
    bool growable = false; ///< what is appended begins a record
};
BOOST_DESCRIBE_STRUCT(FileState, (), (path, identity, bytes, form, growable))

struct KeptColumn
{
    std::string name;
    int planned = 0; ///< CellKind
    int kind = 0;

    friend bool operator==(const KeptColumn &, const KeptColumn &) = default;
};
BOOST_DESCRIBE_STRUCT(KeptColumn, (), (name, planned, kind))

struct LogIndex
{
    std::vector<FileState> files;
    std::vector<KeptColumn> columns;
    std::vector<std::string> segments; ///< array files
};
BOOST_DESCRIBE_STRUCT(LogIndex, (), (files, columns, segments))

/// Array 0 of a segment: its blocks.
struct KeptBlock
{
    std::uint64_t file;
    std::uint64_t rows;
    std::uint64_t lines;
    std::uint64_t bytes;
    std::uint64_t digest;
};

/// Then three arrays for each column: this for each block; the cells; texts, each ending in NUL: those of new
/// categories, of other columns UnreadableCells::text of each block that has some.
struct KeptChunk
{
    std::uint64_t missing;
    std::uint64_t infinite;
    std::uint64_t unreadable;
    std::uint64_t firstUnreadable; ///< UnreadableCells::line
    std::uint64_t provenOrder;
};

constexpr std::size_t arraysOfColumn = 3;

std::size_t arrayOf(std::size_t column)
{
    return 1 + column * arraysOfColumn;
}

/// Nothing for what is no file, a pipe for one.
std::optional<FileState> stateOf(const OpenedFile &file)
{
    if (file.identity.empty())
        return std::nullopt;
    constexpr std::uint64_t markLength = 3;
    FileForm form{std::string(1, file.head.delimiter),
                  quoteName(file.head.quote),
                  file.head.decimalMark,
                  file.head.decimalMarkProven,
                  file.date.format,
                  file.date.eitherOrder,
                  file.encoding,
                  file.packing != Packing::None,
                  file.head.trailingDelimiter,
                  file.head.bodyAt + (file.byteOrderMark ? markLength : 0),
                  file.head.names};
    return FileState{file.path, file.identity, file.fileBytes, std::move(form)};
}

std::vector<KeptColumn> keptColumnsOf(const std::vector<ColumnPlan> &plan, const LogTable &table)
{
    std::vector<KeptColumn> columns;
    for (std::size_t i = 0; i < plan.size(); ++i) {
        if (plan[i].kind != CellKind::Skipped)
            columns.push_back({plan[i].name, static_cast<int>(plan[i].kind), static_cast<int>(table.columns[i].kind)});
    }
    return columns;
}

template <class T>
std::span<const std::byte> rawBytes(std::span<const T> values)
{
    return std::as_bytes(values);
}

/// What a segment holds of one column.
struct ColumnArrays
{
    std::vector<KeptChunk> chunks;
    std::vector<std::span<const std::byte>> cells;
    std::string texts;
    std::vector<std::uint32_t> wideCodes; ///< where some chunks hold narrow ones
};

/// The part of a column that is not kept yet.
struct NewCells
{
    const LogColumn &column;
    std::size_t firstChunk = 0;
    std::size_t knownTexts = 0;

    [[nodiscard]] std::span<const ColumnChunk> chunks() const
    {
        return std::span<const ColumnChunk>(column.chunks.unchecked()).subspan(firstChunk);
    }
    [[nodiscard]] bool narrow() const
    {
        return std::all_of(chunks().begin(), chunks().end(),
                           [](const ColumnChunk &chunk) { return chunk.codes.wide().empty(); });
    }
    [[nodiscard]] std::string texts() const
    {
        std::string texts;
        for (std::size_t code = knownTexts; code < column.categories.size(); ++code)
            texts.append(column.categories[code]).push_back('\0');
        for (const ColumnChunk &chunk : chunks()) {
            if (chunk.unreadable.count > 0)
                texts.append(chunk.unreadable.text).push_back('\0');
        }
        return texts;
    }
    /// In the order of ColumnArrays.
    [[nodiscard]] std::array<std::uint64_t, arraysOfColumn> lengths() const
    {
        const std::size_t codeWidth = narrow() ? sizeof(std::uint8_t) : sizeof(std::uint32_t);
        std::uint64_t cells = 0;
        for (const ColumnChunk &chunk : chunks())
            cells += chunk.numbers.size_bytes() + chunk.days.size_bytes() + chunk.digests.size_bytes() +
                     chunk.codes.size() * codeWidth;
        return {chunks().size() * sizeof(KeptChunk), cells, texts().size()};
    }
};

ColumnArrays arraysOf(const NewCells &cells)
{
    ColumnArrays arrays;
    const LogColumn &column = cells.column;
    const bool wide = column.kind == CellKind::Category && !cells.narrow();
    for (const ColumnChunk &chunk : cells.chunks()) {
        arrays.chunks.push_back({chunk.missing, chunk.infinite, chunk.unreadable.count, chunk.unreadable.line,
                                 chunk.provenOrder ? 1U : 0U});
        if (column.kind == CellKind::Number)
            arrays.cells.push_back(rawBytes(std::span<const double>(chunk.numbers)));
        else if (column.kind == CellKind::Day)
            arrays.cells.push_back(rawBytes(std::span<const std::int32_t>(chunk.days)));
        else if (column.kind == CellKind::Text)
            arrays.cells.push_back(rawBytes(std::span<const std::uint64_t>(chunk.digests)));
        else if (wide)
            chunk.codes.forEach([&arrays](std::uint32_t code) { arrays.wideCodes.push_back(code); });
        else
            arrays.cells.push_back(rawBytes(std::span<const std::uint8_t>(chunk.codes.narrow())));
    }
    if (wide)
        arrays.cells.push_back(rawBytes(std::span<const std::uint32_t>(arrays.wideCodes)));
    arrays.texts = cells.texts();
    return arrays;
}

/// One column of a segment to the blocks that it is of.
class ColumnLoader
{
public:
    ColumnLoader(std::shared_ptr<const ArrayFile> file, std::size_t column, const std::string &path)
        : m_path(path)
        , m_chunks(file->array<KeptChunk>(arrayOf(column)))
        , m_file(std::move(file))
        , m_cells(arrayOf(column) + 1)
        , m_texts(m_file->array<char>(arrayOf(column) + 2))
    {
    }

    /// The cells themselves are looked at later.
    void load(CellKind kind, std::span<LogBlock> blocks, std::size_t column, std::vector<std::string> &texts,
              CellCheck &later) const
    {
        check(m_chunks.size() == blocks.size());
        std::uint64_t rows = 0;
        std::string_view left(m_texts.data(), m_texts.size());
        const auto nextText = [&] {
            const std::size_t length = left.find('\0');
            check(length != std::string_view::npos);
            const std::string_view text = left.substr(0, length);
            left.remove_prefix(length + 1);
            return std::string(text);
        };
        for (std::size_t i = 0; i < blocks.size(); ++i) {
            ColumnChunk &chunk = blocks[i].result.columns[column];
            chunk.missing = m_chunks[i].missing;
            chunk.infinite = m_chunks[i].infinite;
            chunk.provenOrder = m_chunks[i].provenOrder != 0;
            if (m_chunks[i].unreadable > 0)
                chunk.unreadable = {m_chunks[i].unreadable, m_chunks[i].firstUnreadable, nextText()};
            rows += blocks[i].result.rows;
        }
        while (!left.empty())
            texts.push_back(nextText());
        if (kind == CellKind::Number)
            cut(m_file->unchecked<double>(m_cells), rows, blocks,
                [&](LogBlock &block, auto cells) { block.result.columns[column].numbers = cells; });
        else if (kind == CellKind::Day)
            cut(m_file->unchecked<std::int32_t>(m_cells), rows, blocks,
                [&](LogBlock &block, auto cells) { block.result.columns[column].days = cells; });
        else if (kind == CellKind::Text)
            cut(m_file->unchecked<std::uint64_t>(m_cells), rows, blocks,
                [&](LogBlock &block, auto cells) { block.result.columns[column].digests = cells; });
        else
            loadCodes(rows, blocks, column, texts.size(), later);
        later.add([file = m_file, index = m_cells] { file->check(index); });
    }

private:
    void check(bool holds) const
    {
        if (!holds)
            throw DamagedCache(m_path);
    }

    template <class T, class F>
    void cut(std::span<T> cells, std::uint64_t rows, std::span<LogBlock> blocks, F give) const
    {
        check(cells.size() == rows);
        for (LogBlock &block : blocks) {
            give(block, cells.first(block.result.rows));
            cells = cells.subspan(block.result.rows);
        }
    }

    template <class T>
    void loadCodesOf(std::uint64_t rows, std::span<LogBlock> blocks, std::size_t column, std::size_t texts,
                     CellCheck &later) const
    {
        const std::span<T> codes = m_file->unchecked<T>(m_cells);
        cut(codes, rows, blocks,
            [&](LogBlock &block, std::span<T> cells) { block.result.columns[column].codes = Codes(cells); });
        later.add([codes, texts, path = m_path] {
            constexpr T missing = static_cast<T>(missingCode);
            if (!std::all_of(codes.begin(), codes.end(), [=](T code) { return code < texts || code == missing; }))
                throw DamagedCache(path);
        });
    }

    void loadCodes(std::uint64_t rows, std::span<LogBlock> blocks, std::size_t column, std::size_t texts,
                   CellCheck &later) const
    {
        if (m_file->unchecked<std::byte>(m_cells).size() == rows)
            loadCodesOf<std::uint8_t>(rows, blocks, column, texts, later);
        else
            loadCodesOf<std::uint32_t>(rows, blocks, column, texts, later);
    }

    const std::string &m_path;
    std::span<const KeptChunk> m_chunks;
    std::shared_ptr<const ArrayFile> m_file;
    std::size_t m_cells;
    std::span<const char> m_texts;
};

/// Array lengths in the order of a segment.
std::vector<std::uint64_t> lengthsOf(const std::vector<KeptBlock> &blocks, const std::vector<NewCells> &columns)
{
    std::vector<std::uint64_t> lengths{blocks.size() * sizeof(KeptBlock)};
    for (const NewCells &column : columns) {
        const auto more = column.lengths();
        lengths.insert(lengths.end(), more.begin(), more.end());
    }
    return lengths;
}

void writeSegment(ArrayFileWriter &file, const std::vector<KeptBlock> &blocks, const std::vector<NewCells> &columns,
                  unsigned threads, const CancelToken &cancel)
{
    file.write(0, rawBytes(std::span<const KeptBlock>(blocks)));
    parallelFor(columns.size(), threads, [&](std::size_t i) {
        cancel.throwIfCancelled();
        const ColumnArrays arrays = arraysOf(columns[i]);
        file.write(arrayOf(i), rawBytes(std::span<const KeptChunk>(arrays.chunks)));
        file.write(arrayOf(i) + 1, arrays.cells);
        file.write(arrayOf(i) + 2, rawBytes(std::span<const char>(arrays.texts)));
        columns[i].column.rest();
    });
    file.commit();
}

/// Where a kept column is in the index, for each column of the plan; nothing where one is not kept, or was planned
/// otherwise.
std::optional<std::vector<std::size_t>> placesOf(const std::vector<ColumnPlan> &plan, const LogIndex &index)
{
    std::vector<std::size_t> places(plan.size(), index.columns.size());
    for (std::size_t i = 0; i < plan.size(); ++i) {
        if (plan[i].kind == CellKind::Skipped)
            continue;
        const auto kept = std::find_if(index.columns.begin(), index.columns.end(), [&](const KeptColumn &column) {
            return column.name == plan[i].name && column.planned == static_cast<int>(plan[i].kind);
        });
        if (kept == index.columns.end())
            return std::nullopt;
        places[i] = static_cast<std::size_t>(kept - index.columns.begin());
    }
    return places;
}

} // namespace

struct LogCache::Impl
{
    explicit Impl(const CancelToken &token)
        : cancel(token)
    {
    }

    const CancelToken &cancel;
    std::string folder;
    std::uint64_t mostBytes = 0;
    std::uint64_t memoryBytes = 0; ///< ReadRequest::memoryBytes
    AskedLog asked;
    std::vector<FileState> files; ///< of the opening; empty: nothing is kept

    [[nodiscard]] CacheEntry entry() const { return {folder, json::serialize(toJson(asked))}; }

    /// The bytes of each kept file that are still so; nothing where the reading does not begin this log.
    [[nodiscard]] std::optional<std::vector<std::uint64_t>> stillSo(const LogIndex &index) const
    {
        if (index.files.empty() || index.files.size() > files.size())
            return std::nullopt;
        std::vector<std::uint64_t> bytes;
        for (std::size_t i = 0; i < index.files.size(); ++i) {
            const FileState &before = index.files[i];
            const FileState &now = files[i];
            const bool last = i + 1 == index.files.size();
            const bool maybe = before.growable && (now.bytes == before.bytes || (last && now.bytes > before.bytes));
            if (before.path != now.path || before.form != now.form || !(before.identity == now.identity || maybe))
                return std::nullopt;
            bytes.push_back(before.bytes);
        }
        return bytes;
    }

    void recall(const LogIndex &index, const std::vector<ColumnPlan> &plan, KnownLog &known, unsigned threads) const;
    void checkText(const std::vector<LogBlock> &blocks, std::size_t file, unsigned threads) const;
    [[nodiscard]] bool filesStand() const;
    [[nodiscard]] CachedAs keep(const LogTable &table, const std::vector<ColumnPlan> &plan,
                                const std::vector<LogBlock> &blocks, const KnownLog *known, unsigned threads) const;
    [[nodiscard]] CachedAs cachedAs(const std::vector<std::string> &segments) const
    {
        return {entry().folder(), boost::algorithm::join(segments, " ")}; // whose names are given once only
    }
};

bool KnownLog::hasKindsOf(const LogTable &table) const
{
    return std::ranges::equal(kinds, table.columns, {}, {}, &LogColumn::kind);
}

LogCache::LogCache(const ReadRequest &request, const LogOpening &opening, const CancelToken &cancel,
                   std::uint64_t mostBytes)
    : m_impl(std::make_unique<Impl>(cancel))
{
    m_impl->folder = request.cacheFolder;
    m_impl->mostBytes = mostBytes;
    m_impl->memoryBytes = request.memoryBytes;
    if (request.cacheFolder.empty())
        return;
    m_impl->asked = {boost::filesystem::absolute(opening.files.front().path).string(),
                     request.timeColumn,
                     request.categorical,
                     request.numeric,
                     request.dialect,
                     request.special};
    for (const OpenedFile &file : opening.files) {
        auto state = stateOf(file);
        if (!state) {
            m_impl->files.clear();
            return;
        }
        m_impl->files.push_back(std::move(*state));
    }
}

LogCache::~LogCache() = default;

bool LogCache::keeps() const
{
    return !m_impl->files.empty();
}

void LogCache::Impl::checkText(const std::vector<LogBlock> &blocks, std::size_t file, unsigned threads) const
{
    struct Piece
    {
        std::uint64_t from;
        const LogBlock *block;
    };
    std::vector<Piece> pieces;
    std::uint64_t from = files[file].form.bodyAt;
    for (const LogBlock &block : blocks) {
        if (block.file != file)
            continue;
        pieces.push_back({from, &block});
        from += block.bytes;
    }
    parallelFor(pieces.size(), threads, [&](std::size_t i) {
        cancel.throwIfCancelled();
        std::string text(pieces[i].block->bytes, '\0');
        TextSource source(files[file].path, 0);
        source.setEncoding(TextEncoding::Utf8);
        source.skipTo(pieces[i].from);
        if (source.read(text.data(), text.size()) != text.size() || textDigest(text) != pieces[i].block->digest)
            throw DamagedCache(files[file].path);
    });
}

void LogCache::Impl::recall(const LogIndex &index, const std::vector<ColumnPlan> &plan, KnownLog &known,
                            unsigned threads) const
{
    const auto places = *placesOf(plan, index);
    known.memory = std::make_shared<TableMemory>(memoryBytes);
    known.texts.resize(plan.size());
    std::generate_n(std::back_inserter(known.checks), plan.size(), [] { return std::make_shared<CellCheck>(); });
    for (std::size_t i = 0; i < plan.size(); ++i)
        known.kinds.push_back(plan[i].kind == CellKind::Skipped ? CellKind::Skipped
                                                                : static_cast<CellKind>(index.columns[places[i]].kind));
    for (const std::string &segment : index.segments) {
        const std::string path = entry().pathOf(segment);
        const auto file = std::make_shared<const ArrayFile>(path);
        known.memory->add(file);
        const std::size_t first = known.blocks.size();
        for (const KeptBlock &kept : file->array<KeptBlock>(0)) {
            if (kept.file >= index.files.size())
                throw DamagedCache(path);
            LogBlock &block = known.blocks.emplace_back();
            block.file = kept.file;
            block.bytes = kept.bytes;
            block.digest = kept.digest;
            block.result.rows = kept.rows;
            block.result.lines = kept.lines;
            block.result.columns.resize(plan.size());
        }
        const auto blocks = std::span<LogBlock>(known.blocks).subspan(first);
        parallelFor(plan.size(), threads, [&](std::size_t i) {
            cancel.throwIfCancelled();
            if (plan[i].kind == CellKind::Skipped)
                return;
            ColumnLoader(file, places[i], path).load(known.kinds[i], blocks, i, known.texts[i], *known.checks[i]);
        });
    }
    known.unchanged = std::ranges::equal(index.files, files, {}, &FileState::identity, &FileState::identity);
    if (!known.unchanged) {
        parallelFor(plan.size(), threads, [&](std::size_t i) {
            cancel.throwIfCancelled();
            known.checks[i]->now();
            known.memory->rest();
        });
        known.checks.clear();
    }
    for (std::size_t i = 0; i < index.files.size(); ++i) {
        if (index.files[i].identity != files[i].identity)
            checkText(known.blocks, i, threads);
    }
    known.everyColumn = std::all_of(index.columns.begin(), index.columns.end(), [&plan](const KeptColumn &column) {
        return std::any_of(plan.begin(), plan.end(), [&column](const ColumnPlan &planned) {
            return planned.kind != CellKind::Skipped && planned.name == column.name;
        });
    });
    known.count = known.blocks.size();
    known.segments = index.segments;
}

std::optional<KnownLog> LogCache::recall(const std::vector<ColumnPlan> &plan, unsigned threads) const
{
    if (!keeps())
        return std::nullopt;
    const CacheEntry entry = m_impl->entry();
    const auto text = entry.index();
    if (!text)
        return std::nullopt;
    try {
        const auto index = fromJson<LogIndex>(json::parse(*text));
        auto bytes = m_impl->stillSo(index);
        if (!bytes || !placesOf(plan, index))
            return std::nullopt;
        KnownLog known;
        known.bytes = std::move(*bytes);
        m_impl->recall(index, plan, known, threads);
        return known;
    } catch (const std::exception &) { // damaged, or of another program
        m_impl->cancel.throwIfCancelled();
        entry.remove();
        return std::nullopt;
    }
}

bool LogCache::Impl::filesStand() const
{
    return std::all_of(files.begin(), files.end(),
                       [](const FileState &file) { return identityOfFile(file.path) == file.identity; });
}

CachedAs LogCache::Impl::keep(const LogTable &table, const std::vector<ColumnPlan> &plan,
                              const std::vector<LogBlock> &blocks, const KnownLog *known, unsigned threads) const
{
    const std::size_t first = known != nullptr ? known->count : 0;
    LogIndex index{files, keptColumnsOf(plan, table), {}};
    std::vector<std::uint64_t> ends;
    ends.reserve(files.size());
    for (const FileState &file : files)
        ends.push_back(file.form.bodyAt);
    std::vector<KeptBlock> newBlocks;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        const LogBlock &block = blocks[i];
        ends[block.file] += block.bytes;
        if (i >= first)
            newBlocks.push_back({block.file, block.result.rows, block.result.lines, block.bytes, block.digest});
    }
    for (std::size_t i = 0; i < files.size(); ++i) {
        FileState &file = index.files[i];
        file.growable = !file.form.packed && file.form.encoding == TextEncoding::Utf8 && ends[i] == file.bytes;
        if (writtenJustNow(file.path))
            file.identity.clear();
    }
    std::vector<NewCells> columns;
    for (std::size_t i = 0; i < plan.size(); ++i) {
        if (plan[i].kind != CellKind::Skipped)
            columns.push_back({table.columns[i], first, known != nullptr ? known->texts[i].size() : 0});
    }
    const auto lengths = lengthsOf(newBlocks, columns);
    constexpr std::uint64_t logsAtLeast = 2; // in the cache
    if (std::accumulate(lengths.begin(), lengths.end(), std::uint64_t{0}) > mostBytes / logsAtLeast || !filesStand())
        return {};
    if (known != nullptr)
        index.segments = known->segments;
    const CacheEntry place = entry();
    if (newBlocks.empty()) { // the same rows: what was computed of them stays
        place.renewIndex(json::serialize(toJson(index)));
    } else {
        index.segments.push_back(place.newFile("segment"));
        ArrayFileWriter file(place.pathOf(index.segments.back()), lengths);
        writeSegment(file, newBlocks, columns, threads, cancel);
        place.setIndex(json::serialize(toJson(index)), index.segments);
    }
    trimCache(folder, mostBytes);
    return cachedAs(index.segments);
}

CachedAs LogCache::keep(const LogTable &table, const std::vector<ColumnPlan> &plan, const std::vector<LogBlock> &blocks,
                        const std::optional<KnownLog> &known, unsigned threads) const
{
    if (!keeps())
        return {};
    if (known && known->unchanged)
        return m_impl->cachedAs(known->segments);
    try {
        const bool continues = known && known->everyColumn && known->hasKindsOf(table);
        return m_impl->keep(table, plan, blocks, continues ? &*known : nullptr, threads);
    } catch (const std::exception &) { // no room, or no right to write: the next look reads the log again
        m_impl->cancel.throwIfCancelled();
        return {};
    }
}

} // namespace countersign
