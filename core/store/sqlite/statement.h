// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/sqlite/connection.h"

#include <cstdint>
#include <memory>
#include <string_view>

struct sqlite3_stmt;

namespace countersign::sqlite {

/// One prepared statement; finalised with the object, which must not outlive its connection. Parameters count from 1,
/// columns from 0, as in SQLite. Never left in the middle of its rows across an event loop.
class Statement
{
public:
    Statement(const Connection &connection, std::string_view sql);

    Statement &bind(int parameter, std::int64_t value);
    /// The bytes must live until the statement has run.
    Statement &bindText(int parameter, std::string_view text);
    Statement &bindBlob(int parameter, std::string_view bytes);

    /// True when there is a row.
    bool step();
    /// Runs to the end and makes ready for the next binding.
    void run();

    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    /// Valid until the next step.
    [[nodiscard]] std::string_view text(int column) const;
    [[nodiscard]] std::string_view blob(int column) const;

private:
    struct Finalise
    {
        void operator()(sqlite3_stmt *statement) const noexcept;
    };
    void check(int code) const;

    const Connection &m_connection;
    std::unique_ptr<sqlite3_stmt, Finalise> m_statement;
};

} // namespace countersign::sqlite
