// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/databaseoptions.h"

#include "app/cli/workspaceoptions.h"

namespace countersign::cli {

void DatabaseOptions::configure(CLI::App &app)
{
    constexpr const char *group = "A log in a database, in place of a file";
    app.add_option("--odbc", m_connection,
                   "ODBC connection string without a password: \"DSN=warehouse\", or \"Driver={PostgreSQL "
                   "Unicode};Servername=db;Database=risk;UID=reader\"")
        ->group(group);
    auto *table = app.add_option("--table", m_table, "The log is this table or view")->group(group);
    app.add_option("--query", m_query, "The log is what this query gives")->group(group)->excludes(table);
    app.add_option("--reference-table", m_reference, "The reference is this table, or what this query gives")
        ->group(group);
    app.add_option("--odbc-password-file", m_passwordFile, "File whose first line is the password")->group(group);
}

std::optional<SqlSource> DatabaseOptions::source() const
{
    const std::string &log = m_table.empty() ? m_query : m_table;
    if (m_connection.empty()) {
        if (!log.empty() || !m_reference.empty() || !m_passwordFile.empty())
            throw UsageError("--odbc CONNECTION is needed for a log in a database.");
        return std::nullopt;
    }
    if (log.empty())
        throw UsageError("--table NAME or --query QUERY is needed with --odbc.");
    return SqlSource{m_connection, log, m_reference};
}

std::string DatabaseOptions::password() const
{
    return m_passwordFile.empty() ? std::string() : readPassphrase({}, m_passwordFile, false);
}

} // namespace countersign::cli
