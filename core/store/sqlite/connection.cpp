// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sqlite/connection.h"

#include "core/store/sqlite/sqliteerror.h"
#include "core/store/sqlite/statement.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cerrno>
#include <fcntl.h>
#include <random>
#include <sqlite3.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <utility>

namespace countersign::sqlite {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr int kOpsBetweenLooks = 20'000; // a few milliseconds of SQLite's work

// What a file from a stranger may ask of us. A value may be half a gigabyte: an imported inventory, a document.
constexpr std::array<std::pair<int, int>, 10> kLimits = {{{SQLITE_LIMIT_LENGTH, 512 * 1024 * 1024},
                                                          {SQLITE_LIMIT_SQL_LENGTH, 100'000},
                                                          {SQLITE_LIMIT_COLUMN, 100},
                                                          {SQLITE_LIMIT_EXPR_DEPTH, 20},
                                                          {SQLITE_LIMIT_COMPOUND_SELECT, 5},
                                                          {SQLITE_LIMIT_VDBE_OP, 25'000},
                                                          {SQLITE_LIMIT_FUNCTION_ARG, 8},
                                                          {SQLITE_LIMIT_ATTACHED, 0},
                                                          {SQLITE_LIMIT_VARIABLE_NUMBER, 20},
                                                          {SQLITE_LIMIT_TRIGGER_DEPTH, 10}}};

constexpr std::array<std::pair<int, int>, 7> kSwitches = {{{SQLITE_DBCONFIG_DEFENSIVE, 1},
                                                           {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
                                                           {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
                                                           {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
                                                           {SQLITE_DBCONFIG_DQS_DML, 0},
                                                           {SQLITE_DBCONFIG_DQS_DDL, 0},
                                                           {SQLITE_DBCONFIG_ENABLE_FKEY, 1}}};

int flagsOf(OpenMode mode)
{
    return (mode == OpenMode::ReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) | SQLITE_OPEN_NOMUTEX |
           SQLITE_OPEN_PRIVATECACHE;
}

/// SQLite has no "only if it does not exist yet"; nothing has this file open, so that closing it drops no locks.
void makeNewFile(const fs::path &path)
{
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file < 0 && errno == EEXIST)
        throw Exception(ErrorCode::Conflict, "There already is a file " + path.string() + ".", "Choose another name.");
    if (file < 0)
        throw Exception(describe(SQLITE_CANTOPEN, errno, "", path));
    ::close(file);
}

std::uint32_t bigEndian32(const unsigned char *bytes)
{
    return std::uint32_t{bytes[0]} << 24U | std::uint32_t{bytes[1]} << 16U | std::uint32_t{bytes[2]} << 8U | bytes[3];
}

} // namespace

/// The wait for other writers. SQLite's own handler starves one of several; a short random pause is fair.
struct Connection::Waiting
{
    std::chrono::milliseconds limit;
    CancelToken cancel;
    Clock::time_point since;
    std::minstd_rand random{std::random_device{}()};

    static int busy(void *self, int count) { return static_cast<Waiting *>(self)->wait(count) ? 1 : 0; }
    static int look(void *self) { return static_cast<Waiting *>(self)->cancel.cancelled() ? 1 : 0; }

    bool wait(int count)
    {
        if (count == 0)
            since = Clock::now();
        if (cancel.cancelled() || Clock::now() - since >= limit)
            return false;
        std::uniform_int_distribution<int> microseconds(200, 4000);
        std::this_thread::sleep_for(std::chrono::microseconds(microseconds(random)));
        return true;
    }
};

void Connection::Close::operator()(sqlite3 *db) const noexcept
{
    [[maybe_unused]] const int code = sqlite3_close(db);
    assert(code == SQLITE_OK); // SQLITE_BUSY: a statement outlived its connection
}

Connection::Connection(fs::path path, OpenMode mode, std::chrono::milliseconds busyLimit, const HeaderCheck &accept)
    : m_path(fs::absolute(std::move(path))) // absolute: "file:..." would be read as a URI
    , m_waiting(std::make_unique<Waiting>())
{
    m_waiting->limit = busyLimit;
    if (mode == OpenMode::Create)
        makeNewFile(m_path);
    sqlite3 *db = nullptr;
    const int code = sqlite3_open_v2(m_path.c_str(), &db, flagsOf(mode), nullptr);
    m_db.reset(db);
    if (code != SQLITE_OK)
        throw Exception(describe(code, db ? sqlite3_system_errno(db) : 0, sqlite3_errstr(code), m_path));
    if (accept)
        accept(*this, header());
    configure();
}

Connection::~Connection() = default;

void Connection::configure()
{
    sqlite3 *db = m_db.get();
    sqlite3_extended_result_codes(db, 1);
    for (const auto &[what, value] : kLimits)
        sqlite3_limit(db, what, value);
    for (const auto &[what, value] : kSwitches)
        if (sqlite3_db_config(db, what, value, nullptr) != SQLITE_OK)
            throwLastError();
    sqlite3_busy_handler(db, &Waiting::busy, m_waiting.get());
    sqlite3_progress_handler(db, kOpsBetweenLooks, &Waiting::look, m_waiting.get());
    execute("PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA recursive_triggers=ON; PRAGMA synchronous=EXTRA");
}

void Connection::setCancelToken(CancelToken token)
{
    m_waiting->cancel = std::move(token);
}

void Connection::execute(const char *sql)
{
    if (sqlite3_exec(m_db.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        throwLastError();
}

void Connection::throwLastError() const
{
    if ((sqlite3_errcode(m_db.get()) & 0xff) == SQLITE_BUSY)
        m_waiting->cancel.throwIfCancelled();
    throw Exception(lastError(m_db.get(), m_path));
}

std::optional<std::int64_t> Connection::integer(const char *sql) const
{
    Statement statement(*this, sql);
    if (!statement.step() || statement.isNull(0))
        return std::nullopt;
    return statement.integer(0);
}

std::optional<std::string> Connection::text(const char *sql) const
{
    Statement statement(*this, sql);
    if (!statement.step() || statement.isNull(0))
        return std::nullopt;
    return std::string(statement.text(0));
}

FileHeader Connection::header() const
{
    // sqlite.org/fileformat.html, section 1.3
    constexpr std::string_view magic("SQLite format 3\0", 16);
    FileHeader header;
    sqlite3_file *file = nullptr;
    sqlite3_int64 size = 0;
    if (sqlite3_file_control(m_db.get(), "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK || !file ||
        !file->pMethods || file->pMethods->xFileSize(file, &size) != SQLITE_OK)
        throw Exception(describe(SQLITE_IOERR, sqlite3_system_errno(m_db.get()), "", m_path));
    std::array<unsigned char, 100> bytes{};
    header.actualSize = static_cast<std::uint64_t>(size);
    if (header.actualSize < bytes.size())
        return header;
    if (file->pMethods->xRead(file, bytes.data(), static_cast<int>(bytes.size()), 0) != SQLITE_OK)
        throw Exception(describe(SQLITE_IOERR, sqlite3_system_errno(m_db.get()), "", m_path));
    header.isSqlite = std::equal(magic.begin(), magic.end(), bytes.begin(),
                                 [](char a, unsigned char b) { return static_cast<unsigned char>(a) == b; });
    const std::uint32_t rawPageSize = std::uint32_t{bytes[16]} << 8U | bytes[17];
    header.expectedSize = std::uint64_t{rawPageSize == 1 ? 65536U : rawPageSize} * bigEndian32(&bytes[28]);
    header.writeAheadLog = bytes[18] == 2 || bytes[19] == 2;
    header.userVersion = bigEndian32(&bytes[60]);
    header.applicationId = bigEndian32(&bytes[68]);
    return header;
}

bool Connection::fileMoved() const
{
    int moved = 0;
    return sqlite3_file_control(m_db.get(), "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK && moved != 0;
}

bool Connection::readOnly() const
{
    return sqlite3_db_readonly(m_db.get(), "main") == 1;
}

} // namespace countersign::sqlite
