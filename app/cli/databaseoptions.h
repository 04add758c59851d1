// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "core/monitoring/sql/sqlsource.h"

#include <optional>
#include <string>

namespace countersign::cli {

/// A scoring log in a database.
class DatabaseOptions
{
public:
    void configure(CLI::App &app);
    /// Nothing without --odbc. Throws UsageError.
    [[nodiscard]] std::optional<SqlSource> source() const;
    /// The first line of the password file; empty where none is named. Throws Exception where it cannot be read.
    [[nodiscard]] std::string password() const;

private:
    std::string m_connection;
    std::string m_table;
    std::string m_query;
    std::string m_reference;
    std::string m_passwordFile;
};

} // namespace countersign::cli
