// SPDX-License-Identifier: GPL-3.0-or-later
//
// A scoring log in a database. Recorded with a run, and therefore without any secret.
#pragma once

#include <boost/describe.hpp>
#include <string>

namespace countersign {

struct SqlSource
{
    std::string connection;     ///< ODBC connection string ("DSN=...", "Driver=...;Server=...") without a password
    std::string query;          ///< a table, as in "risk.scores", or one SELECT
    std::string referenceQuery; ///< the reference, where it is not a part of `query`; empty otherwise
};
BOOST_DESCRIBE_STRUCT(SqlSource, (), (connection, query, referenceQuery))

} // namespace countersign
