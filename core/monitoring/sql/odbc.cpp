// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/sql/odbc.h"

#include "core/base/decimal.h"
#include "core/base/error.h"

#include <algorithm>
#include <array>
#include <boost/algorithm/string/case_conv.hpp>
#include <boost/algorithm/string/classification.hpp>
#include <boost/algorithm/string/replace.hpp>
#include <boost/algorithm/string/split.hpp>
#include <boost/algorithm/string/trim.hpp>
#include <boost/nowide/utf/convert.hpp>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <sql.h>
#include <sqlext.h>
#include <sqlucode.h>
#include <thread>
#include <tuple>

namespace countersign {

namespace {

static_assert(sizeof(SQLWCHAR) == sizeof(char16_t), "unixODBC speaks UTF-16");

constexpr std::size_t cellCharacters = 1024; ///< of one piece of a long cell
constexpr std::size_t messageCharacters = 1024;

std::u16string wide(const std::string &text)
{
    return boost::nowide::utf::convert_string<char16_t>(text.data(), text.data() + text.size());
}

std::string narrow(const SQLWCHAR *text, std::size_t length)
{
    const std::u16string copy(text, text + length);
    return boost::nowide::utf::convert_string<char>(copy.data(), copy.data() + copy.size());
}

SQLWCHAR *sqlText(std::u16string &text)
{
    return reinterpret_cast<SQLWCHAR *>(text.data());
}

bool went(SQLRETURN code)
{
    return SQL_SUCCEEDED(code);
}

struct Diagnosis
{
    std::string state; ///< SQLSTATE
    std::string text;
};

Diagnosis diagnose(SQLSMALLINT kind, SQLHANDLE handle)
{
    Diagnosis diagnosis;
    std::array<SQLWCHAR, 6> state{};
    std::array<SQLWCHAR, messageCharacters> message{};
    SQLINTEGER native = 0;
    SQLSMALLINT length = 0;
    const SQLRETURN code = ::SQLGetDiagRecW(kind, handle, 1, state.data(), &native, message.data(),
                                            static_cast<SQLSMALLINT>(message.size()), &length);
    if (!went(code))
        return {"", "no message"};
    diagnosis.state = narrow(state.data(), 5);
    diagnosis.text =
        narrow(message.data(), std::min<std::size_t>(static_cast<std::size_t>(length), message.size() - 1));
    const auto lineEnd = diagnosis.text.find('\n');
    diagnosis.text = boost::trim_copy(diagnosis.text.substr(0, lineEnd));
    return diagnosis;
}

class HandleOwner
{
public:
    HandleOwner(SQLSMALLINT kind, SQLHANDLE parent)
        : m_kind(kind)
    {
        if (!went(::SQLAllocHandle(kind, parent, &m_handle)))
            throw Exception(ErrorCode::Io, "The ODBC driver manager gives no handle.", "Install unixodbc anew.");
    }
    ~HandleOwner() { ::SQLFreeHandle(m_kind, m_handle); }
    HandleOwner(const HandleOwner &) = delete;
    HandleOwner &operator=(const HandleOwner &) = delete;
    [[nodiscard]] SQLHANDLE get() const { return m_handle; }

private:
    SQLSMALLINT m_kind;
    SQLHANDLE m_handle = SQL_NULL_HANDLE;
};

/// Cancels the statement at work as soon as the token says so.
class CancelWatch
{
public:
    explicit CancelWatch(const CancelToken &cancel)
        : m_cancel(cancel)
        , m_thread([this](const std::stop_token &stop) { watch(stop); })
    {
    }
    void begin(SQLHSTMT statement)
    {
        const std::lock_guard lock(m_mutex);
        m_statement = statement;
    }
    void end()
    {
        const std::lock_guard lock(m_mutex); // after this SQLCancel is not called any more
        m_statement = SQL_NULL_HSTMT;
    }

private:
    void watch(const std::stop_token &stop)
    {
        constexpr std::chrono::milliseconds tick(50);
        std::unique_lock lock(m_mutex);
        while (!stop.stop_requested()) {
            m_change.wait_for(lock, stop, tick, [] { return false; });
            if (m_statement != SQL_NULL_HSTMT && m_cancel.cancelled())
                ::SQLCancel(m_statement);
        }
    }

    const CancelToken m_cancel;
    std::mutex m_mutex;
    std::condition_variable_any m_change;
    SQLHSTMT m_statement = SQL_NULL_HSTMT;
    std::jthread m_thread; ///< last: it ends before what it uses
};

std::vector<std::pair<std::string, std::string>> partsOf(const std::string &connection)
{
    std::vector<std::string> texts;
    boost::split(texts, connection, boost::is_any_of(";"));
    std::vector<std::pair<std::string, std::string>> parts;
    for (const std::string &text : texts) {
        const auto equals = text.find('=');
        if (equals != std::string::npos)
            parts.emplace_back(boost::to_lower_copy(boost::trim_copy(text.substr(0, equals))),
                               boost::trim_copy(text.substr(equals + 1)));
    }
    return parts;
}

bool isFloating(SQLSMALLINT type)
{
    return type == SQL_REAL || type == SQL_FLOAT || type == SQL_DOUBLE;
}

SqlKind kindOf(SQLSMALLINT type)
{
    switch (type) {
    case SQL_TINYINT:
    case SQL_SMALLINT:
    case SQL_INTEGER:
    case SQL_BIGINT:
    case SQL_NUMERIC:
    case SQL_DECIMAL:
    case SQL_REAL:
    case SQL_FLOAT:
    case SQL_DOUBLE:
        return SqlKind::Number;
    case SQL_TYPE_DATE:
    case SQL_TYPE_TIMESTAMP:
    case SQL_DATETIME:
        return SqlKind::Day;
    default:
        return SqlKind::Text;
    }
}

} // namespace

OdbcInstallation odbcInstallation()
{
    const HandleOwner environment(SQL_HANDLE_ENV, SQL_NULL_HANDLE);
    ::SQLSetEnvAttr(environment.get(), SQL_ATTR_ODBC_VERSION, reinterpret_cast<SQLPOINTER>(SQL_OV_ODBC3), 0);
    const auto list = [&environment](const auto &next) {
        std::vector<std::string> names;
        std::array<SQLWCHAR, messageCharacters> name{};
        std::array<SQLWCHAR, messageCharacters> details{};
        SQLSMALLINT length = 0;
        SQLSMALLINT detailsLength = 0;
        constexpr auto room = static_cast<SQLSMALLINT>(messageCharacters);
        SQLUSMALLINT direction = SQL_FETCH_FIRST;
        while (went(
            next(environment.get(), direction, name.data(), room, &length, details.data(), room, &detailsLength))) {
            names.push_back(
                narrow(name.data(), static_cast<std::size_t>(std::clamp<SQLSMALLINT>(length, 0, room - 1))));
            direction = SQL_FETCH_NEXT;
        }
        std::sort(names.begin(), names.end());
        return names;
    };
    return {list(::SQLDriversW), list(::SQLDataSourcesW)};
}

bool holdsPassword(const std::string &connection)
{
    const auto parts = partsOf(connection);
    return std::any_of(parts.begin(), parts.end(), [](const auto &part) {
        const auto &[key, value] = part;
        return !value.empty() && (key == "pwd" || key == "pass" || key.find("passw") != std::string::npos ||
                                  key.find("secret") != std::string::npos || key.find("token") != std::string::npos);
    });
}

struct OdbcConnection::Impl
{
    explicit Impl(const CancelToken &token)
        : environment(SQL_HANDLE_ENV, SQL_NULL_HANDLE)
        , cancel(token)
        , watch(token)
    {
    }
    ~Impl()
    {
        if (connection == nullptr)
            return;
        if (connected) {
            ::SQLEndTran(SQL_HANDLE_DBC, connection->get(), SQL_ROLLBACK);
            ::SQLDisconnect(connection->get());
        }
    }
    Impl(const Impl &) = delete;
    Impl &operator=(const Impl &) = delete;

    void open(const std::string &text, const std::string &password)
    {
        ::SQLSetEnvAttr(environment.get(), SQL_ATTR_ODBC_VERSION, reinterpret_cast<SQLPOINTER>(SQL_OV_ODBC3), 0);
        connection = std::make_unique<HandleOwner>(SQL_HANDLE_DBC, environment.get());
        constexpr std::uintptr_t loginSeconds = 15;
        const auto set = [this](SQLINTEGER attribute, std::uintptr_t value) {
            ::SQLSetConnectAttr(connection->get(), attribute, reinterpret_cast<SQLPOINTER>(value), SQL_IS_UINTEGER);
        };
        set(SQL_ATTR_LOGIN_TIMEOUT, loginSeconds);
        set(SQL_ATTR_ACCESS_MODE, SQL_MODE_READ_ONLY);
        std::string all = text;
        if (!password.empty())
            all += (all.empty() || all.back() == ';' ? "PWD={" : ";PWD={") + password + "}";
        std::u16string connectText = wide(all);
        const SQLRETURN code =
            ::SQLDriverConnectW(connection->get(), nullptr, sqlText(connectText),
                                static_cast<SQLSMALLINT>(connectText.size()), nullptr, 0, nullptr, SQL_DRIVER_NOPROMPT);
        if (!went(code))
            failToConnect(password);
        connected = true;
        set(SQL_ATTR_AUTOCOMMIT, SQL_AUTOCOMMIT_OFF);
        set(SQL_ATTR_TXN_ISOLATION, SQL_TXN_REPEATABLE_READ);
        product = information(SQL_DBMS_NAME);
        quote = information(SQL_IDENTIFIER_QUOTE_CHAR);
        if (quote == " ") // as ODBC writes "none"
            quote.clear();
        if (product == "PostgreSQL") {
            execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            execute("SET LOCAL TIME ZONE 'UTC'");
            execute("SET LOCAL standard_conforming_strings = on");
        }
    }

    [[noreturn]] void failToConnect(const std::string &password) const
    {
        Diagnosis diagnosis = diagnose(SQL_HANDLE_DBC, connection->get());
        if (!password.empty())
            boost::replace_all(diagnosis.text, password, "***");
        const bool noDriver = diagnosis.state == "IM002" || diagnosis.state == "01000";
        throw Exception(ErrorCode::Io, "No connection to the database: " + diagnosis.text + ".",
                        noDriver
                            ? "Install the driver, and name it or a data source as odbcinst -q -d and -s list them."
                            : "Check server, database, user and password.");
    }

    [[nodiscard]] std::string information(SQLUSMALLINT what) const
    {
        std::array<SQLWCHAR, 128> text{};
        SQLSMALLINT bytes = 0;
        const SQLRETURN code = ::SQLGetInfoW(connection->get(), what, text.data(),
                                             static_cast<SQLSMALLINT>(text.size() * sizeof(SQLWCHAR)), &bytes);
        return went(code) ? narrow(text.data(), static_cast<std::size_t>(bytes) / sizeof(SQLWCHAR)) : std::string();
    }

    void execute(const std::string &sql)
    {
        with(sql, [](SQLHSTMT) {});
    }

    /// Runs a statement and hands its handle to `use`, all under the eye of the cancel token.
    template <class F>
    void with(const std::string &sql, F use)
    {
        std::u16string text = wide(sql);
        ++traffic.queries;
        start(
            [&text](SQLHSTMT statement) {
                return ::SQLExecDirectW(statement, sqlText(text), static_cast<SQLINTEGER>(text.size()));
            },
            use);
    }

    template <class Start, class F>
    void start(Start begin, F use)
    {
        cancel.throwIfCancelled();
        const HandleOwner statement(SQL_HANDLE_STMT, connection->get());
        watch.begin(statement.get());
        try {
            const SQLRETURN code = begin(statement.get());
            if (!went(code) && code != SQL_NO_DATA)
                fail(statement.get());
            use(statement.get());
        } catch (...) {
            watch.end();
            throw;
        }
        watch.end();
    }

    [[noreturn]] void fail(SQLHSTMT statement) const
    {
        cancel.throwIfCancelled();
        throw Exception(ErrorCode::Io,
                        "The database refused a query: " + diagnose(SQL_HANDLE_STMT, statement).text + ".",
                        "Check the table or query, its columns and your rights.");
    }

    [[nodiscard]] SqlColumn column(SQLHSTMT statement, SQLUSMALLINT number, SQLSMALLINT &type) const
    {
        std::array<SQLWCHAR, 512> name{};
        SQLSMALLINT length = 0;
        SQLULEN size = 0;
        SQLSMALLINT digits = 0;
        SQLSMALLINT nullable = 0;
        if (!went(::SQLDescribeColW(statement, number, name.data(), static_cast<SQLSMALLINT>(name.size()), &length,
                                    &type, &size, &digits, &nullable)))
            fail(statement);
        return {narrow(name.data(), static_cast<std::size_t>(length)), kindOf(type)};
    }

    [[nodiscard]] std::optional<std::string> floatingCell(SQLHSTMT statement, SQLUSMALLINT number) const
    {
        double value = 0;
        SQLLEN bytes = 0;
        if (!went(::SQLGetData(statement, number, SQL_C_DOUBLE, &value, sizeof value, &bytes)))
            fail(statement);
        return bytes == SQL_NULL_DATA ? std::nullopt : std::optional(decimalFromDouble(value));
    }

    [[nodiscard]] std::optional<std::string> textCell(SQLHSTMT statement, SQLUSMALLINT number) const
    {
        std::string text;
        std::array<SQLWCHAR, cellCharacters> piece{};
        for (;;) {
            SQLLEN bytes = 0;
            const SQLRETURN code = ::SQLGetData(statement, number, SQL_C_WCHAR, piece.data(),
                                                static_cast<SQLLEN>(piece.size() * sizeof(SQLWCHAR)), &bytes);
            if (code == SQL_NO_DATA)
                return text;
            if (!went(code))
                fail(statement);
            if (bytes == SQL_NULL_DATA)
                return std::nullopt;
            const std::size_t room = piece.size() - 1; // the last is a NUL
            const bool more = code == SQL_SUCCESS_WITH_INFO &&
                              (bytes == SQL_NO_TOTAL || static_cast<std::size_t>(bytes) / sizeof(SQLWCHAR) > room);
            text += narrow(piece.data(), more ? room : static_cast<std::size_t>(bytes) / sizeof(SQLWCHAR));
            if (!more)
                return text;
        }
    }

    HandleOwner environment;
    std::unique_ptr<HandleOwner> connection;
    bool connected = false;
    CancelToken cancel;
    CancelWatch watch;
    std::string product;
    std::string quote;
    SqlTraffic traffic;
};

OdbcConnection::OdbcConnection(const std::string &connection, const std::string &password, const CancelToken &cancel)
    : m_impl(std::make_unique<Impl>(cancel))
{
    if (holdsPassword(connection))
        throw Exception(ErrorCode::InvalidInput, "The connection string holds a password, which would be recorded.",
                        "Leave PWD out of it and give the password by itself.");
    if (password.find('}') != std::string::npos)
        throw Exception(ErrorCode::InvalidInput, "A password with a closing brace cannot be handed to ODBC.",
                        "Keep it in a data source of odbc.ini instead.");
    m_impl->open(connection, password);
}

OdbcConnection::~OdbcConnection() = default;

const std::string &OdbcConnection::productName() const
{
    return m_impl->product;
}

const std::string &OdbcConnection::identifierQuote() const
{
    return m_impl->quote;
}

std::vector<SqlTable> OdbcConnection::tables(std::size_t most)
{
    std::vector<SqlTable> tables;
    std::u16string kinds = u"TABLE,VIEW,MATVIEW";
    m_impl->start(
        [&kinds](SQLHSTMT statement) {
            return ::SQLTablesW(statement, nullptr, 0, nullptr, 0, nullptr, 0, sqlText(kinds),
                                static_cast<SQLSMALLINT>(kinds.size()));
        },
        [&](SQLHSTMT statement) {
            constexpr SQLUSMALLINT schemaColumn = 2;
            constexpr SQLUSMALLINT nameColumn = 3;
            while (tables.size() < most) {
                const SQLRETURN code = ::SQLFetch(statement);
                if (code == SQL_NO_DATA)
                    break;
                if (!went(code))
                    m_impl->fail(statement);
                const auto schema = m_impl->textCell(statement, schemaColumn);
                const auto name = m_impl->textCell(statement, nameColumn);
                tables.push_back({schema.value_or(""), name.value_or("")});
            }
        });
    std::sort(tables.begin(), tables.end(), [](const SqlTable &a, const SqlTable &b) {
        return std::tie(a.schema, a.name) < std::tie(b.schema, b.name);
    });
    return tables;
}

std::vector<SqlColumn> OdbcConnection::columnsOf(const std::string &sql)
{
    std::vector<SqlColumn> columns;
    m_impl->with(sql, [&](SQLHSTMT statement) {
        SQLSMALLINT count = 0;
        if (!went(::SQLNumResultCols(statement, &count)))
            m_impl->fail(statement);
        for (SQLUSMALLINT i = 1; i <= count; ++i) {
            SQLSMALLINT type = 0;
            columns.push_back(m_impl->column(statement, i, type));
        }
    });
    return columns;
}

std::vector<SqlRow> OdbcConnection::query(const std::string &sql, std::uint64_t mostRows)
{
    std::vector<SqlRow> rows;
    m_impl->with(sql, [&](SQLHSTMT statement) {
        SQLSMALLINT count = 0;
        if (!went(::SQLNumResultCols(statement, &count)))
            m_impl->fail(statement);
        std::vector<SQLSMALLINT> types(static_cast<std::size_t>(count), 0);
        for (SQLUSMALLINT i = 1; i <= count; ++i)
            static_cast<void>(m_impl->column(statement, i, types[i - 1U]));
        for (;;) {
            const SQLRETURN code = ::SQLFetch(statement);
            if (code == SQL_NO_DATA)
                break;
            if (!went(code))
                m_impl->fail(statement);
            if (rows.size() == mostRows)
                throw Exception(ErrorCode::Internal, "The database gave more than the " + std::to_string(mostRows) +
                                                         " counts that were asked for.");
            SqlRow &row = rows.emplace_back();
            for (SQLUSMALLINT i = 1; i <= count; ++i)
                row.push_back(isFloating(types[i - 1U]) ? m_impl->floatingCell(statement, i)
                                                        : m_impl->textCell(statement, i));
        }
    });
    m_impl->traffic.rows += rows.size();
    return rows;
}

void OdbcConnection::execute(const std::string &sql)
{
    m_impl->execute(sql);
}

const SqlTraffic &OdbcConnection::traffic() const
{
    return m_impl->traffic;
}

} // namespace countersign
