// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/parquet/parquetlog.h"

#include "core/base/error.h"
#include "core/monitoring/celltext.h"
#include "core/monitoring/dialectguess.h"
#include "core/monitoring/dialecttext.h"
#include "core/monitoring/logfiles.h"
#include "core/monitoring/mixedcolumns.h"
#include "core/monitoring/parallel.h"
#include "core/monitoring/parquet/duckdb.h"
#include "core/monitoring/textdigest.h"

#include <algorithm>
#include <boost/algorithm/string/case_conv.hpp>
#include <boost/filesystem/operations.hpp>
#include <cmath>
#include <fstream>
#include <limits>
#include <numeric>
#include <optional>
#include <string_view>

namespace countersign {

namespace {

constexpr std::size_t rowsPerChunk = 65536;
constexpr std::string_view parquetMark = "PAR1";

bool isNumberType(DuckDbType type)
{
    const bool plain = type >= DuckDbType::TinyInt && type <= DuckDbType::Double; // the integers, FLOAT, DOUBLE
    return plain || type == DuckDbType::HugeInt || type == DuckDbType::UnsignedHugeInt || type == DuckDbType::Decimal;
}

bool isDayType(DuckDbType type)
{
    return type == DuckDbType::CalendarDate || type == DuckDbType::Timestamp || type == DuckDbType::TimestampSeconds ||
           type == DuckDbType::TimestampMilliseconds || type == DuckDbType::TimestampNanoseconds ||
           type == DuckDbType::TimestampWithZone;
}

std::string fileClause(const std::string &path)
{
    return " FROM read_parquet(" + duckDbText(path) + ", hive_partitioning = false)";
}

std::string filesClause(const std::vector<std::string> &paths)
{
    if (paths.size() == 1)
        return fileClause(paths.front());
    std::string list;
    for (const std::string &path : paths)
        list += (list.empty() ? "" : ", ") + duckDbText(path);
    return " FROM read_parquet([" + list + "], hive_partitioning = false, union_by_name = true)";
}

/// The first rows of each file, as many as together make `records`, but up to 100 of each.
std::string samplesClause(const std::vector<std::string> &paths, std::size_t records)
{
    constexpr std::size_t fewest = 100;
    const std::size_t each = std::min(records, std::max(fewest, records / paths.size()));
    std::string parts;
    for (const std::string &path : paths)
        parts += (parts.empty() ? "(SELECT *" : " UNION ALL BY NAME (SELECT *") + fileClause(path) + " LIMIT " +
                 std::to_string(each) + ")";
    return " FROM (" + parts + ") LIMIT " + std::to_string(records);
}

/// A timestamp with a zone is a moment: its text is the one in UTC, whatever the machine's zone.
std::string textOf(const std::string &name, DuckDbType type)
{
    const std::string column = duckDbIdentifier(name);
    if (type == DuckDbType::TimestampWithZone)
        return "CAST(make_timestamp(epoch_us(" + column + ")) AS VARCHAR)";
    return "CAST(" + column + " AS VARCHAR)";
}

std::string dayOf(const std::string &name)
{
    const std::string column = duckDbIdentifier(name);
    return "CASE WHEN isfinite(" + column + ") THEN CAST(floor(epoch_us(" + column +
           ") / 86400000000.0) AS BIGINT) END";
}

std::uint64_t countRows(DuckDb &duckdb, const std::string &path)
{
    DuckDbRows rows = duckdb.query("SELECT count(*)" + fileClause(path));
    return rows.next() ? static_cast<std::uint64_t>(rows.integer(0, 0)) : 0;
}

struct Schema
{
    std::vector<std::string> names;
    std::vector<DuckDbType> types;
};

/// Says which file DuckDB could not read.
template <class F>
auto namingFile(const std::string &path, F work)
{
    try {
        return work();
    } catch (const Exception &exception) {
        const Error &error = exception.error();
        if (error.code != ErrorCode::InvalidInput || !error.what.starts_with("DuckDB: "))
            throw;
        throw Exception(ErrorCode::InvalidInput, fileNameOf(path) + " cannot be read as Parquet. " + error.what,
                        "Export the file again.");
    }
}

Schema schemaOf(DuckDb &duckdb, const std::string &clause)
{
    const DuckDbRows rows = duckdb.query("SELECT *" + clause + " LIMIT 0");
    return {rows.names(), rows.types()};
}

/// The files of a log, looked into one by one.
struct OpenedFiles
{
    Schema schema;                   ///< of all
    std::vector<std::uint64_t> rows; ///< of each
    std::vector<std::string> remarks;
    [[nodiscard]] std::uint64_t allRows() const { return std::accumulate(rows.begin(), rows.end(), std::uint64_t{0}); }
};

/// Where a column is not in every file, or holds numbers in some and none in others.
void remarkOnColumn(const std::string &name, const std::vector<std::string> &paths, const std::vector<Schema> &schemas,
                    std::vector<std::string> &remarks)
{
    const auto foldedName = boost::to_lower_copy(name); // DuckDB matches names in any letter case
    std::vector<std::string> lacking;
    std::string numbers;
    std::string others;
    for (std::size_t i = 0; i < schemas.size(); ++i) {
        const auto &names = schemas[i].names;
        const auto found = std::find_if(names.begin(), names.end(), [&foldedName](const std::string &each) {
            return boost::to_lower_copy(each) == foldedName;
        });
        if (found == names.end()) {
            lacking.push_back(fileNameOf(paths[i]));
            continue;
        }
        std::string &kind =
            isNumberType(schemas[i].types[static_cast<std::size_t>(found - names.begin())]) ? numbers : others;
        kind = kind.empty() ? fileNameOf(paths[i]) : kind;
    }
    if (!lacking.empty())
        remarks.push_back("Column " + quotedExcerpt(name) + " is not in " + lacking.front() +
                          (lacking.size() > 1 ? " and " + std::to_string(lacking.size() - 1) + " more" : "") +
                          "; its values count as missing there.");
    if (!numbers.empty() && !others.empty())
        remarks.push_back("Column " + quotedExcerpt(name) + " holds numbers in " + numbers + " and none in " + others +
                          "; it is read as text.");
}

OpenedFiles openFiles(DuckDb &duckdb, const LogFiles &files, const CancelToken &cancel)
{
    OpenedFiles opened{{}, {}, files.remarks};
    std::vector<Schema> schemas;
    for (const std::string &path : files.paths) {
        cancel.throwIfCancelled();
        namingFile(path, [&] {
            schemas.push_back(schemaOf(duckdb, fileClause(path)));
            opened.rows.push_back(countRows(duckdb, path));
            if (opened.rows.back() == 0 && files.paths.size() > 1)
                opened.remarks.push_back(fileNameOf(path) + " holds columns but no rows.");
        });
    }
    opened.schema = files.paths.size() == 1
                        ? schemas.front()
                        : namingFile(files.paths.front(), [&] { return schemaOf(duckdb, filesClause(files.paths)); });
    for (const std::string &name : opened.schema.names)
        remarkOnColumn(name, files.paths, schemas, opened.remarks);
    return opened;
}

class ParquetReader
{
public:
    ParquetReader(const ReadRequest &request, const LogFiles &files, unsigned threads, const CancelToken &cancel,
                  const Progress &progress)
        : m_request(request)
        , m_files(files)
        , m_cancel(cancel)
        , m_progress(progress)
        , m_duckdb(threads)
        , m_store(std::make_shared<PageStore>(request.memoryBytes))
        , m_memory(*m_store)
    {
        m_table.fileName = logNameOf(request.path, request.morePaths);
    }

    [[nodiscard]] LogTable read()
    {
        m_opened = openFiles(m_duckdb, m_files, m_cancel);
        const std::uint64_t total = m_opened.allRows();
        if (total == 0)
            throw Exception(ErrorCode::InvalidInput, m_table.fileName + " holds columns but no rows.",
                            "Export the log again with its rows.");
        m_table.remarks = m_opened.remarks;
        plan(m_opened.schema);
        for (std::size_t i = 0; i < m_files.paths.size(); ++i) {
            LogDialect dialect;
            dialect.dateFormat = m_date ? m_date->format : DateFormat::Automatic;
            m_table.sources.push_back({fileNameOf(m_files.paths[i]), {}, m_opened.rows[i], dialect});
            m_table.sourcePaths.push_back(m_files.paths[i]);
        }
        DuckDbRows rows = m_duckdb.query("SELECT " + m_list + filesClause(m_files.paths));
        for (;;) {
            m_cancel.throwIfCancelled();
            report(m_progress, "Reading " + m_table.fileName, m_table.rows, total);
            if (!rows.next())
                break;
            append(rows, total);
        }
        finishChunk();
        const auto memory = std::make_shared<TableMemory>(m_request.memoryBytes);
        memory->add(m_store);
        for (LogColumn &column : m_table.columns) {
            column.memory = memory;
            for (const ColumnChunk &chunk : column.chunks.unchecked()) {
                column.missing += chunk.missing;
                column.infinite += chunk.infinite;
                column.unreadable += chunk.unreadable.count;
            }
        }
        for (const Source &source : m_sources)
            m_table.columns[source.column].categories = source.categories.texts();
        return std::move(m_table);
    }

private:
    /// A column that is read: what the query gives of it, and where it goes.
    struct Source
    {
        enum class Form { Number, Text, Day };
        std::size_t column;
        Form form;
        bool declared = false;
        SpecialValues special{};
        Dictionary categories{};
        std::string lastText{}; ///< the same value often comes again
        std::uint32_t lastCode = missingCode;
        CodeVector codes{}; ///< of the chunk being filled
        std::vector<std::int32_t> days{};
    };

    void plan(const Schema &schema)
    {
        const auto require = [&](const std::string &name) {
            if (std::find(schema.names.begin(), schema.names.end(), name) == schema.names.end())
                throw Exception(ErrorCode::InvalidInput,
                                m_table.fileName + " has no column " + quotedExcerpt(name) + ".", list(schema.names));
        };
        if (!m_request.timeColumn.empty())
            require(m_request.timeColumn);
        for (const auto *names : {&m_request.categorical, &m_request.numeric})
            std::for_each(names->begin(), names->end(), require);
        if (m_request.wanted)
            std::for_each(m_request.wanted->begin(), m_request.wanted->end(), require);
        for (std::size_t i = 0; i < schema.names.size(); ++i)
            planColumn(schema.names[i], schema.types[i]);
        if (m_sources.empty())
            m_list = "NULL";
    }

    void planColumn(const std::string &name, DuckDbType type)
    {
        LogColumn &column = m_table.columns.emplace_back();
        column.name = name;
        Source source{m_table.columns.size() - 1, Source::Form::Text, m_request.numeric.contains(name)};
        std::string expression = textOf(name, type);
        if (name == m_request.timeColumn) {
            column.kind = CellKind::Day;
            if (isDayType(type)) {
                source.form = Source::Form::Day;
                expression = dayOf(name);
            } else {
                guessDate(expression);
            }
        } else if (m_request.wanted && !m_request.wanted->contains(name)) {
            return;
        } else if (source.declared || (isNumberType(type) && !m_request.categorical.contains(name))) {
            column.kind = CellKind::Number;
            if (isNumberType(type) || type == DuckDbType::Boolean) {
                source.form = Source::Form::Number;
                expression = "CAST(" + duckDbIdentifier(name) + " AS DOUBLE)";
            }
        } else {
            column.kind = CellKind::Category;
        }
        if (const auto special = m_request.special.find(name); special != m_request.special.end())
            source.special = SpecialValues(special->second);
        m_list += (m_list.empty() ? "" : ", ") + expression;
        m_sources.push_back(std::move(source));
    }

    /// Of the time column, from the first rows of each file.
    void guessDate(const std::string &expression)
    {
        constexpr std::size_t sampled = 1000;
        std::vector<std::string> texts;
        DuckDbRows rows = m_duckdb.query("SELECT " + expression + samplesClause(m_files.paths, sampled));
        while (rows.next()) {
            for (std::size_t row = 0; row < rows.size(); ++row)
                if (!rows.isNull(0, row))
                    texts.emplace_back(rows.text(0, row));
        }
        m_date = guessDateFormat({texts.begin(), texts.end()}, MissingTexts(), m_request.dialect.dateFormat);
        if (m_date->nearlyAll && !m_date->guess.sure)
            m_table.remarks.push_back(m_table.fileName + ": the date format is a guess (" + m_date->guess.value +
                                      "): " + m_date->guess.why + ". Choose it if this is wrong.");
    }

    [[nodiscard]] static std::string list(const std::vector<std::string> &names)
    {
        std::string text = "Its columns are ";
        for (std::size_t i = 0; i < names.size(); ++i)
            text += (i == 0 ? "" : ", ") + names[i];
        return text + ".";
    }

    void append(const DuckDbRows &rows, std::uint64_t total)
    {
        for (std::size_t from = 0; from < rows.size();) {
            if (m_filled == m_chunk)
                startChunk(total);
            const std::size_t count = std::min(rows.size() - from, m_chunk - m_filled);
            for (std::size_t i = 0; i < m_sources.size(); ++i)
                appendColumn(rows, i, from, count);
            from += count;
            m_filled += count;
            m_table.rows += count;
        }
    }

    void startChunk(std::uint64_t total)
    {
        finishChunk();
        m_chunk = static_cast<std::size_t>(
            std::min<std::uint64_t>(rowsPerChunk, std::max(total, m_table.rows + 1) - m_table.rows));
        m_filled = 0;
        for (LogColumn &column : m_table.columns) {
            ColumnChunk &chunk = column.chunks.unchecked().emplace_back();
            if (column.kind == CellKind::Number)
                chunk.numbers = m_memory.array<double>(m_chunk);
            else if (column.kind == CellKind::Text)
                chunk.digests = m_memory.array<std::uint64_t>(m_chunk);
        }
    }

    void finishChunk()
    {
        if (m_filled == 0)
            return;
        m_table.chunkRows.push_back(m_filled);
        for (Source &source : m_sources) {
            LogColumn &column = m_table.columns[source.column];
            const CellKind kind = column.kind;
            ColumnChunk &chunk = column.chunks.unchecked().back();
            if (kind == CellKind::Number)
                chunk.numbers = chunk.numbers.first(m_filled);
            else if (kind == CellKind::Category)
                chunk.codes = keptCodes(source.codes, m_memory);
            else if (kind == CellKind::Text)
                chunk.digests = chunk.digests.first(m_filled);
            else
                chunk.days = m_memory.copyOf(std::span<const std::int32_t>(source.days));
            source.codes.clear();
            source.days.clear();
            if (kind == CellKind::Category && source.categories.exceeds(m_request.mostTexts))
                turnIntoText(source, column);
        }
        m_memory.rest();
        m_filled = 0;
        m_chunk = 0;
    }

    void turnIntoText(Source &source, LogColumn &column)
    {
        const auto digests = source.categories.digests();
        for (ColumnChunk &chunk : column.chunks.unchecked()) {
            chunk.digests = digestsOfCells(chunk.codes, digests, m_memory);
            chunk.codes = {};
        }
        source.categories = {};
        column.kind = CellKind::Text;
    }

    void appendColumn(const DuckDbRows &rows, std::size_t index, std::size_t from, std::size_t count)
    {
        Source &source = m_sources[index];
        LogColumn &column = m_table.columns[source.column];
        ColumnChunk &chunk = column.chunks.unchecked().back();
        for (std::size_t k = 0; k < count; ++k) {
            const std::size_t row = from + k;
            const bool null = rows.isNull(index, row);
            if (column.kind == CellKind::Number) {
                chunk.numbers[m_filled + k] =
                    null ? missingNumber(chunk) : numberAt(rows, source, index, row, chunk, k);
            } else if (column.kind == CellKind::Category) {
                source.codes.push_back(null ? missingCode : codeOf(source, rows.text(index, row)));
                chunk.missing += source.codes.back() == missingCode ? 1 : 0;
            } else if (column.kind == CellKind::Text) {
                const bool missing = null || isMissingCell(source, rows.text(index, row));
                chunk.digests[m_filled + k] = missing ? missingDigest : cellDigest(rows.text(index, row));
                chunk.missing += missing ? 1 : 0;
            } else {
                source.days.push_back(null ? missingDay : dayAt(rows, source, index, row, k));
                chunk.missing += source.days.back() == missingDay ? 1 : 0;
            }
        }
    }

    [[nodiscard]] static double missingNumber(ColumnChunk &chunk)
    {
        ++chunk.missing;
        return std::numeric_limits<double>::quiet_NaN();
    }

    [[nodiscard]] double numberAt(const DuckDbRows &rows, const Source &source, std::size_t index, std::size_t row,
                                  ColumnChunk &chunk, std::size_t k)
    {
        double value = 0;
        if (source.form == Source::Form::Number) {
            value = rows.number(index, row);
            if (std::isfinite(value))
                return value;
            chunk.infinite += std::isinf(value) ? 1 : 0;
            return missingNumber(chunk);
        }
        const NumberText read = readNumber(rows.text(index, row), value);
        if (read == NumberText::Finite)
            return value;
        if (const auto place = source.special.placeOf(rows.text(index, row))) {
            ++chunk.missing;
            return markedSpecial(*place);
        }
        switch (read) {
        case NumberText::Finite:
        case NumberText::Infinite:
            ++chunk.infinite;
            break;
        case NumberText::Missing:
            break;
        case NumberText::NotANumber:
            takeUnreadable(source, rows.text(index, row), k);
            break;
        }
        return missingNumber(chunk);
    }

    [[nodiscard]] std::int32_t dayAt(const DuckDbRows &rows, const Source &source, std::size_t index, std::size_t row,
                                     std::size_t k)
    {
        if (source.form == Source::Form::Day)
            return static_cast<std::int32_t>(rows.integer(index, row));
        const std::string_view text = rows.text(index, row);
        if (isMissingText(text))
            return missingDay;
        const auto day = readDay(text, m_date->format);
        if (!day)
            takeNoDate(source, text, k);
        return day.value_or(missingDay);
    }

    /// As BlockParser does.
    void takeNoDate(const Source &source, std::string_view text, std::size_t k)
    {
        const auto other = otherOrder(m_date->format);
        if (other && readDay(text, *other))
            throw Exception(ErrorCode::InvalidInput,
                            "Column \"" + m_table.columns[source.column].name + "\": " + quotedExcerpt(text) + " in " +
                                placeOfRow(m_table, m_table.rows + k) + " is no date in the format " +
                                inWords(m_date->format) + ", but one in " + inWords(*other) + ".",
                            "Choose the other format, or write all dates in one.");
        takeUnreadable(source, text, k);
    }

    /// Of the `k`th row that is being appended.
    void takeUnreadable(const Source &source, std::string_view text, std::size_t k)
    {
        LogColumn &column = m_table.columns[source.column];
        column.chunks.unchecked().back().unreadable.add(k, text);
        if (column.firstUnreadable.empty())
            column.firstUnreadable = quotedExcerpt(text) + " in " + placeOfRow(m_table, m_table.rows + k);
    }

    [[nodiscard]] static bool isMissingCell(const Source &source, std::string_view text)
    {
        return isMissingText(text) && !source.special.placeOf(text);
    }

    [[nodiscard]] static std::uint32_t codeOf(Source &source, std::string_view text)
    {
        if (source.lastCode != missingCode && text == source.lastText)
            return source.lastCode;
        if (isMissingCell(source, text))
            return missingCode;
        source.lastText = text;
        source.lastCode = source.categories.codeOf(text);
        return source.lastCode;
    }

    const ReadRequest &m_request;
    const LogFiles &m_files;
    const CancelToken &m_cancel;
    const Progress &m_progress;
    DuckDb m_duckdb;
    OpenedFiles m_opened;
    std::optional<GuessedDateFormat> m_date; ///< of a time column that is no date by its type
    LogTable m_table;
    std::vector<Source> m_sources; ///< in the order of the query
    std::string m_list;
    std::shared_ptr<PageStore> m_store;
    ColumnMemory m_memory;
    std::size_t m_chunk = 0;  ///< rows of the chunk being filled
    std::size_t m_filled = 0; ///< rows in it
};

} // namespace

bool isParquet(const std::string &path)
{
    boost::system::error_code ignored;
    if (!boost::filesystem::is_regular_file(path, ignored)) // a pipe can be read only once
        return false;
    std::ifstream file(path, std::ios::binary);
    std::string start(parquetMark.size(), '\0');
    return file.read(start.data(), static_cast<std::streamsize>(start.size())) && start == parquetMark;
}

std::optional<LogFiles> listParquetFiles(const std::string &path, const std::vector<std::string> &morePaths)
{
    LogFiles files = listLogFiles(path, morePaths);
    const auto first = std::find_if(files.paths.begin(), files.paths.end(), isParquet);
    if (first == files.paths.end())
        return std::nullopt;
    const auto other = std::find_if_not(files.paths.begin(), files.paths.end(), isParquet);
    if (other != files.paths.end())
        throw Exception(ErrorCode::InvalidInput,
                        logNameOf(path, morePaths) + " holds " + fileNameOf(*first) + ", a Parquet file, and " +
                            fileNameOf(*other) + ", which is none.",
                        "Read the Parquet files as a log by themselves, and the others as another.");
    return files;
}

LogTable readParquet(const ReadRequest &request, const LogFiles &files, unsigned threads, const CancelToken &cancel,
                     const Progress &progress)
{
    return namingFile(files.paths.front(),
                      [&] { return ParquetReader(request, files, threadCount(threads), cancel, progress).read(); });
}

ParquetHead readParquetHead(const LogFiles &files, std::size_t maximumRecords)
{
    return namingFile(files.paths.front(), [&] {
        DuckDb duckdb(1);
        OpenedFiles opened = openFiles(duckdb, files, {});
        const Schema &schema = opened.schema;
        ParquetHead head;
        head.names = schema.names;
        head.rows = std::move(opened.rows);
        head.remarks = std::move(opened.remarks);
        std::string list;
        for (std::size_t i = 0; i < schema.names.size(); ++i) {
            head.types.push_back(isNumberType(schema.types[i]) ? ColumnType::Numeric : ColumnType::Categorical);
            list += (list.empty() ? "" : ", ") + textOf(schema.names[i], schema.types[i]);
        }
        DuckDbRows rows = duckdb.query("SELECT " + list + samplesClause(files.paths, maximumRecords));
        while (rows.next()) {
            for (std::size_t row = 0; row < rows.size(); ++row) {
                auto &record = head.records.emplace_back(head.names.size());
                for (std::size_t i = 0; i < record.size(); ++i)
                    if (!rows.isNull(i, row))
                        record[i] = rows.text(i, row);
            }
        }
        return head;
    });
}

} // namespace countersign
