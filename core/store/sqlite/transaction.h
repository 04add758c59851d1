// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/sqlite/connection.h"

namespace countersign::sqlite {

/// Rolls back when it goes without commit().
class Transaction
{
public:
    enum class Kind {
        Read, // one view of the file for several statements
        Write // takes the write lock at once: a later upgrade from reading could fail
    };

    Transaction(Connection &connection, Kind kind);
    ~Transaction();
    Transaction(const Transaction &) = delete;
    Transaction &operator=(const Transaction &) = delete;

    /// When it throws, nothing was written.
    void commit();

private:
    void rollBack() noexcept;

    Connection &m_connection;
    bool m_open = true;
};

} // namespace countersign::sqlite
