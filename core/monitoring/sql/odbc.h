// SPDX-License-Identifier: GPL-3.0-or-later
//
// A connection to a database by ODBC (ISO/IEC 9075-3, the interface of unixODBC), that only reads.
#pragma once

#include "core/base/progress.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace countersign {

enum class SqlKind { Number, Day, Text }; ///< Day: a date or a timestamp

struct SqlColumn
{
    std::string name;
    SqlKind kind = SqlKind::Text;
};

struct SqlTable
{
    std::string schema; ///< empty where the database has no such thing
    std::string name;
};

/// Cells as text in UTF-8, binary floating-point numbers by the shortest decimal that reads back; nothing for NULL.
using SqlRow = std::vector<std::optional<std::string>>;

struct SqlTraffic
{
    std::uint64_t queries = 0;
    std::uint64_t rows = 0; ///< fetched by all of them
};

/// One thread at a time. All statements belong to one transaction that reads only, and sees one state of the database
/// where the database can do so. A query ends as soon as the token is cancelled (SQLCancel), by Exception(Cancelled).
/// Other failures are Exception(Io) with the driver's message; the password never is in a message.
class OdbcConnection
{
public:
    /// `connection` as in SqlSource::connection; `password`, where not empty, is added to it as PWD. Throws
    /// Exception(InvalidInput) where the text holds a password, Io where there is no connection.
    OdbcConnection(const std::string &connection, const std::string &password, const CancelToken &cancel);
    ~OdbcConnection();
    OdbcConnection(const OdbcConnection &) = delete;
    OdbcConnection &operator=(const OdbcConnection &) = delete;

    /// As the driver names it: "PostgreSQL".
    [[nodiscard]] const std::string &productName() const;
    /// What identifiers are quoted with; empty where the database has no such thing.
    [[nodiscard]] const std::string &identifierQuote() const;

    /// Tables and views that the catalogue names, in order of schema and name, system tables left out; at most `most`.
    [[nodiscard]] std::vector<SqlTable> tables(std::size_t most);
    /// The columns that a query gives; none of its rows is fetched.
    [[nodiscard]] std::vector<SqlColumn> columnsOf(const std::string &sql);
    /// Throws Exception(Internal) where there are more than `mostRows` rows: what is asked for is counts, never rows.
    [[nodiscard]] std::vector<SqlRow> query(const std::string &sql, std::uint64_t mostRows);
    void execute(const std::string &sql);

    [[nodiscard]] const SqlTraffic &traffic() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// What the driver manager knows of on this machine, by name and in order.
struct OdbcInstallation
{
    std::vector<std::string> drivers;     ///< for "Driver={...}"
    std::vector<std::string> dataSources; ///< for "DSN=..."
};
[[nodiscard]] OdbcInstallation odbcInstallation();

/// Whether a connection string holds a password under one of the usual keys (PWD, Password ...).
[[nodiscard]] bool holdsPassword(const std::string &connection);

} // namespace countersign
