// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sqlite/transaction.h"

#include <sqlite3.h>

namespace countersign::sqlite {

Transaction::Transaction(Connection &connection, Kind kind)
    : m_connection(connection)
{
    m_connection.execute(kind == Kind::Write ? "BEGIN IMMEDIATE" : "BEGIN");
}

Transaction::~Transaction()
{
    if (m_open)
        rollBack();
}

void Transaction::commit()
{
    try {
        m_connection.execute("COMMIT");
        m_open = false;
    } catch (...) {
        rollBack();
        throw;
    }
}

void Transaction::rollBack() noexcept
{
    m_open = false;
    // After a disk error SQLite has rolled back by itself. A failure here leaves the journal, which the next open plays
    // back.
    if (sqlite3_get_autocommit(m_connection.handle()) == 0)
        sqlite3_exec(m_connection.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

} // namespace countersign::sqlite
