// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sqlite/statement.h"

#include <sqlite3.h>

namespace countersign::sqlite {

namespace {

/// A null pointer would bind NULL.
const char *dataOf(std::string_view bytes)
{
    return bytes.data() ? bytes.data() : "";
}

} // namespace

void Statement::Finalise::operator()(sqlite3_stmt *statement) const noexcept
{
    sqlite3_finalize(statement);
}

Statement::Statement(const Connection &connection, std::string_view sql)
    : m_connection(connection)
{
    sqlite3_stmt *statement = nullptr;
    check(sqlite3_prepare_v2(connection.handle(), sql.data(), static_cast<int>(sql.size()), &statement, nullptr));
    m_statement.reset(statement);
}

Statement &Statement::bind(int parameter, std::int64_t value)
{
    check(sqlite3_bind_int64(m_statement.get(), parameter, value));
    return *this;
}

Statement &Statement::bindText(int parameter, std::string_view text)
{
    check(sqlite3_bind_text64(m_statement.get(), parameter, dataOf(text), text.size(), SQLITE_STATIC, SQLITE_UTF8));
    return *this;
}

Statement &Statement::bindBlob(int parameter, std::string_view bytes)
{
    check(sqlite3_bind_blob64(m_statement.get(), parameter, dataOf(bytes), bytes.size(), SQLITE_STATIC));
    return *this;
}

bool Statement::step()
{
    const int code = sqlite3_step(m_statement.get());
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE)
        m_connection.throwLastError();
    return false;
}

void Statement::run()
{
    while (step()) {
    }
    check(sqlite3_reset(m_statement.get()));
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const
{
    return sqlite3_column_int64(m_statement.get(), column);
}

std::string_view Statement::text(int column) const
{
    const auto *text = reinterpret_cast<const char *>(sqlite3_column_text(m_statement.get(), column));
    return {text ? text : "", static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column))};
}

std::string_view Statement::blob(int column) const
{
    const auto *bytes = static_cast<const char *>(sqlite3_column_blob(m_statement.get(), column));
    return {bytes ? bytes : "", static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column))};
}

void Statement::check(int code) const
{
    if (code != SQLITE_OK)
        m_connection.throwLastError();
}

} // namespace countersign::sqlite
