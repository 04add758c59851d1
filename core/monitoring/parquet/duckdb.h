// SPDX-License-Identifier: GPL-3.0-or-later
//
// DuckDB's C library, loaded at run time where it is installed. Only the functions used here are declared, after its
// public documentation (https://duckdb.org/docs/stable/clients/c/api).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace countersign {

/// The types of a result's columns that matter here, by their number in the C interface (duckdb_type).
enum class DuckDbType : int {
    Boolean = 1,
    TinyInt = 2,
    Double = 11,
    Timestamp = 12,
    CalendarDate = 13,
    HugeInt = 16,
    Text = 17,
    Decimal = 19,
    TimestampSeconds = 20,
    TimestampMilliseconds = 21,
    TimestampNanoseconds = 22,
    TimestampWithZone = 31,
    UnsignedHugeInt = 32
};

/// Where DuckDB's library is looked for, in this order: the file that COUNTERSIGN_DUCKDB names, libduckdb.so in
/// countersign/lib of the user's data folder (XDG_DATA_HOME, or ~/.local/share), the system's library folders.
struct DuckDbLibrary
{
    bool available = false;
    std::string path;    ///< of the library found, or its bare name where the system's folders have it
    std::string version; ///< "v1.5.6"
    std::string remedy;  ///< what to do where there is none, in one sentence; empty where there is one
};
[[nodiscard]] DuckDbLibrary findDuckDb();

class DuckDbRows;

/// A database in memory with one connection, that reads files and fetches nothing from a network. One thread at a time.
class DuckDb
{
public:
    /// Throws Exception(NotFound) with the remedy where there is no library, Internal where it cannot be used.
    explicit DuckDb(unsigned threads);
    ~DuckDb();
    DuckDb(const DuckDb &) = delete;
    DuckDb &operator=(const DuckDb &) = delete;

    /// The rows of a query, chunk by chunk as they are computed. Throws Exception(InvalidInput) with DuckDB's message.
    [[nodiscard]] DuckDbRows query(const std::string &sql);

private:
    friend class DuckDbRows;
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// The result of a query. Must not outlive its DuckDb.
class DuckDbRows
{
public:
    ~DuckDbRows();
    DuckDbRows(DuckDbRows &&other) noexcept;
    DuckDbRows(const DuckDbRows &) = delete;
    DuckDbRows &operator=(const DuckDbRows &) = delete;
    DuckDbRows &operator=(DuckDbRows &&) = delete;

    [[nodiscard]] const std::vector<std::string> &names() const;
    [[nodiscard]] const std::vector<DuckDbType> &types() const;

    /// Moves to the next chunk; false at the end. Throws Exception(InvalidInput) where the query fails half way.
    [[nodiscard]] bool next();
    /// Of the chunk, as are the following.
    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] bool isNull(std::size_t column, std::size_t row) const;
    /// Of a column of type DOUBLE, BIGINT, VARCHAR; undefined where isNull().
    [[nodiscard]] double number(std::size_t column, std::size_t row) const;
    [[nodiscard]] std::int64_t integer(std::size_t column, std::size_t row) const;
    [[nodiscard]] std::string_view text(std::size_t column, std::size_t row) const;

private:
    friend class DuckDb;
    struct Impl;
    explicit DuckDbRows(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// "name", with its own quotes doubled; 'text' likewise.
[[nodiscard]] std::string duckDbIdentifier(std::string_view name);
[[nodiscard]] std::string duckDbText(std::string_view text);

} // namespace countersign
