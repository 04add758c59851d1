// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/logfile.h"

#include "core/base/error.h"
#include "core/store/logschema.h"
#include "core/store/sqlite/sqliteerror.h"
#include "core/store/sqlite/statement.h"
#include "core/store/sqlite/transaction.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <map>
#include <sqlite3.h>
#include <system_error>

namespace countersign {

namespace {

namespace fs = std::filesystem;
using sqlite::Connection;
using sqlite::OpenMode;
using sqlite::Statement;
using sqlite::Transaction;

constexpr int kPagesAStep = 4096;

Hash256 hashFrom(std::string_view bytes)
{
    Hash256 hash;
    std::memcpy(hash.bytes.data(), bytes.data(), std::min(bytes.size(), hash.bytes.size()));
    return hash;
}

/// Before SQLite sees it: its words for these are poor. Looks only at the directory entry.
void requireRegularFile(const fs::path &path)
{
    std::error_code error;
    const auto status = fs::status(path, error);
    if (status.type() == fs::file_type::not_found)
        throw Exception(ErrorCode::NotFound, "There is no file " + path.string() + ".", "Check its name and folder.");
    if (status.type() == fs::file_type::directory)
        throw Exception(ErrorCode::InvalidInput, path.string() + " is a folder.", "Choose a workspace file.");
    if (!error && status.type() != fs::file_type::regular)
        throw Exception(ErrorCode::InvalidInput, path.string() + " is not a file.", "Choose a workspace file.");
}

[[noreturn]] void noWorkspace(const fs::path &path, const char *because)
{
    throw Exception(ErrorCode::InvalidInput, path.string() + " is no Countersign workspace: " + because + ".",
                    "Choose a workspace file (*.countersign).");
}

void requireWorkspace(const Connection &connection, const sqlite::FileHeader &header, OpenMode mode)
{
    const fs::path &path = connection.path();
    if (!header.isSqlite)
        noWorkspace(path, "it is a file of another kind");
    if (header.applicationId != logschema::kApplicationId)
        noWorkspace(path, "it is a database of another program");
    if (header.userVersion > logschema::kVersion)
        throw Exception(ErrorCode::InvalidInput, path.string() + " was made by a newer version of Countersign.",
                        "Install that version to open it.");
    if (header.userVersion != logschema::kVersion)
        noWorkspace(path, "its version number is unknown");
    if (mode != OpenMode::ReadOnly && connection.readOnly())
        throw Exception(sqlite::describe(SQLITE_READONLY, 0, "", path));
    if (mode == OpenMode::ReadOnly && header.writeAheadLog)
        throw Exception(ErrorCode::Io, path.string() + " was switched to write-ahead logging by another program.",
                        "Open it once where it may be written; Countersign switches it back.");
}

/// A new file has no header yet.
Connection::HeaderCheck headerCheck(OpenMode mode)
{
    if (mode == OpenMode::Create)
        return {};
    return [mode](const Connection &connection, const sqlite::FileHeader &header) {
        requireWorkspace(connection, header, mode);
    };
}

} // namespace

class LogFile::Writer final : public LogWriter
{
public:
    explicit Writer(LogFile &file)
        : m_file(file)
        , m_transaction(file.m_connection, Transaction::Kind::Write)
        , m_size(file.size())
    {
        m_file.m_writing = true;
    }
    ~Writer() override { m_file.m_writing = false; }

    std::uint64_t size() const override { return m_size; }

    Hash256 putBlob(std::string_view bytes) override
    {
        const Hash256 hash = sha256(bytes);
        Statement known(m_file.m_connection, "SELECT 1 FROM blob WHERE hash = ?1");
        if (!known.bindBlob(1, hash.view()).step())
            Statement(m_file.m_connection, "INSERT INTO blob(hash, bytes) VALUES(?1, ?2)")
                .bindBlob(1, hash.view())
                .bindBlob(2, bytes)
                .run();
        return hash;
    }

    void append(std::string_view envelope) override
    {
        const auto seq = static_cast<std::int64_t>(m_size);
        Statement(m_file.m_connection, "INSERT INTO entry(seq, envelope) VALUES(?1, ?2)")
            .bind(1, seq)
            .bindBlob(2, envelope)
            .run();
        Statement stored(m_file.m_connection, "SELECT envelope FROM entry WHERE seq = ?1");
        if (!stored.bind(1, seq).step() || stored.blob(0) != envelope)
            throw Exception(ErrorCode::Corrupt,
                            m_file.path().string() + " does not hold what was written to it; nothing was kept.",
                            "Check the disk before you go on.");
        ++m_size;
    }

    void commit() override { m_transaction.commit(); }

private:
    LogFile &m_file;
    Transaction m_transaction;
    std::uint64_t m_size;
};

LogFile::LogFile(const fs::path &path, OpenMode mode, const LogFileOptions &options)
    : m_connection(path, mode, options.busyLimit, headerCheck(mode))
    , m_readOnly(mode == OpenMode::ReadOnly)
{
    m_connection.setCancelToken(options.cancel);
}

LogFile::~LogFile()
{
    assert(!m_writing); // a writer must not outlive its store
}

std::unique_ptr<LogFile> LogFile::create(const fs::path &path, std::string_view origin)
{
    std::unique_ptr<LogFile> file(new LogFile(path, OpenMode::Create, {}));
    try {
        file->writeSchema(origin);
    } catch (...) {
        file.reset();
        std::error_code ignored;
        fs::remove(path, ignored);
        throw;
    }
    return file;
}

void LogFile::writeSchema(std::string_view origin)
{
    static_assert(logschema::kApplicationId == 0x43534731 && logschema::kVersion == 1);
    Transaction transaction(m_connection, Transaction::Kind::Write);
    m_connection.execute("PRAGMA application_id=0x43534731; PRAGMA user_version=1");
    for (const auto &object : logschema::kObjects)
        if (!object.guard)
            m_connection.execute(object.sql);
    Statement(m_connection, "INSERT INTO meta(key, value) VALUES('origin', ?1)").bindText(1, origin).run();
    for (const auto &object : logschema::kObjects)
        if (object.guard)
            m_connection.execute(object.sql);
    transaction.commit();
}

std::unique_ptr<LogFile> LogFile::open(const fs::path &path, LogFileOptions options)
{
    requireRegularFile(path);
    const OpenMode mode = options.readOnly ? OpenMode::ReadOnly : OpenMode::ReadWrite;
    std::unique_ptr<LogFile> file(new LogFile(path, mode, options));
    file->requireWhole(options.check);
    file->requireTables();
    return file;
}

void LogFile::requireWhole(FileCheck check)
{
    const auto requireSize = [this] {
        const auto header = m_connection.header();
        if (header.actualSize < header.expectedSize)
            throw Exception(ErrorCode::Corrupt,
                            path().string() + " is cut off: " + std::to_string(header.actualSize) + " of " +
                                std::to_string(header.expectedSize) + " bytes are there.",
                            "Copy it again, or restore it from a backup.");
    };
    try {
        const Transaction still(m_connection, Transaction::Kind::Read);   // nobody writes while sizes are compared
        (void)m_connection.integer("SELECT count(*) FROM sqlite_schema"); // plays back a journal that a crash left
        requireSize();
    } catch (const Exception &exception) {
        if (exception.error().code == ErrorCode::Corrupt)
            requireSize();
        throw;
    }
    if (!m_readOnly && m_connection.text("PRAGMA journal_mode=DELETE") != "delete")
        throw Exception(sqlite::describe(SQLITE_BUSY, 0, "", path()));
    if (check == FileCheck::None)
        return;
    const auto finding = m_connection.text("PRAGMA quick_check(1)");
    if (finding != "ok")
        throw Exception(sqlite::describe(SQLITE_CORRUPT, 0, finding.value_or("unreadable").c_str(), path()));
}

/// A file may lack guards, but holds no table, view, index or trigger that is not ours: those could act behind our
/// back.
void LogFile::requireTables() const
{
    std::map<std::string, std::string, std::less<>> found;
    Statement rows(m_connection, "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL");
    while (rows.step())
        found.emplace(rows.text(0), rows.text(1));
    for (const auto &object : logschema::kObjects) {
        const auto same = found.find(object.name);
        if (same != found.end() && same->second == object.sql)
            found.erase(same);
        else if (!object.guard)
            noWorkspace(path(), "its tables are not those of a workspace");
    }
    if (!found.empty())
        throw Exception(ErrorCode::Corrupt,
                        path().string() + " holds \"" + found.begin()->first + "\", which no workspace has.",
                        "Somebody altered the file with another tool: restore it from a backup.");
    if (!m_connection.text("SELECT value FROM meta WHERE key = 'origin'"))
        noWorkspace(path(), "it does not say which log it holds");
}

std::vector<std::string> LogFile::missingGuards() const
{
    std::vector<std::string> findings;
    for (const auto &object : logschema::kObjects) {
        Statement present(m_connection, "SELECT 1 FROM sqlite_schema WHERE name = ?1");
        if (!present.bindText(1, object.name).step())
            findings.push_back(std::string("The guard ") + object.name + " of the append-only tables was removed.");
    }
    return findings;
}

std::string LogFile::origin() const
{
    return m_connection.text("SELECT value FROM meta WHERE key = 'origin'").value_or(std::string());
}

std::uint64_t LogFile::size() const
{
    const auto last = m_connection.integer("SELECT max(seq) FROM entry");
    return last ? static_cast<std::uint64_t>(*last) + 1 : 0;
}

std::uint64_t LogFile::dataVersion() const
{
    return static_cast<std::uint64_t>(m_connection.integer("PRAGMA data_version").value_or(0));
}

void LogFile::forEach(std::uint64_t from, const EntryVisitor &visit) const
{
    Statement rows(m_connection, "SELECT seq, envelope FROM entry WHERE seq >= ?1 ORDER BY seq");
    rows.bind(1, static_cast<std::int64_t>(from));
    while (rows.step())
        visit(static_cast<std::uint64_t>(rows.integer(0)), rows.blob(1));
}

std::optional<std::string> LogFile::envelope(std::uint64_t seq) const
{
    Statement row(m_connection, "SELECT envelope FROM entry WHERE seq = ?1");
    if (!row.bind(1, static_cast<std::int64_t>(seq)).step())
        return std::nullopt;
    return std::string(row.blob(0));
}

std::optional<std::string> LogFile::blob(const Hash256 &hash) const
{
    auto bytes = uncheckedBlob(hash);
    if (bytes)
        requireFits(*bytes, hash);
    return bytes;
}

void LogFile::requireFits(std::string_view bytes, const Hash256 &hash) const
{
    if (sha256(bytes) != hash)
        throw Exception(ErrorCode::Corrupt, "The document " + hash.hex() + " in " + path().string() + " was altered.",
                        "Verify the file, and restore it from a backup.");
}

bool LogFile::holdsBlob(const Hash256 &hash) const
{
    Statement row(m_connection, "SELECT bytes FROM blob WHERE hash = ?1");
    if (!row.bindBlob(1, hash.view()).step())
        return false;
    requireFits(row.blob(0), hash);
    return true;
}

std::optional<std::string> LogFile::uncheckedBlob(const Hash256 &hash) const
{
    Statement row(m_connection, "SELECT bytes FROM blob WHERE hash = ?1");
    if (!row.bindBlob(1, hash.view()).step())
        return std::nullopt;
    return std::string(row.blob(0));
}

void LogFile::forEachBlob(const BlobVisitor &visit) const
{
    Statement rows(m_connection, "SELECT hash, bytes FROM blob ORDER BY hash");
    while (rows.step())
        visit(hashFrom(rows.blob(0)), rows.blob(1));
}

void LogFile::forEachBlobHash(const std::function<void(const Hash256 &)> &visit) const
{
    Statement rows(m_connection, "SELECT hash FROM blob ORDER BY hash");
    while (rows.step())
        visit(hashFrom(rows.blob(0)));
}

std::unique_ptr<LogWriter> LogFile::begin()
{
    assert(!m_writing);
    if (m_readOnly)
        throw Exception(ErrorCode::Io, path().string() + " is open for reading only; nothing was written.",
                        "Open it for writing.");
    auto writer = std::make_unique<Writer>(*this);
    if (m_connection.fileMoved())
        throw Exception(ErrorCode::Conflict,
                        path().string() + " was moved, deleted or replaced while it was open; nothing was written.",
                        "Close the workspace and open the right file again.");
    return writer;
}

std::vector<std::string> LogFile::selfCheck() const
{
    std::vector<std::string> findings;
    try {
        findings = missingGuards();
        Statement check(m_connection, "PRAGMA integrity_check(20)");
        while (check.step())
            if (check.text(0) != "ok")
                findings.push_back("The database file is damaged: " + std::string(check.text(0)) + ".");
    } catch (const Exception &exception) {
        if (exception.error().code != ErrorCode::Corrupt)
            throw;
        findings.push_back(exception.error().what);
    }
    return findings;
}

void LogFile::backupTo(const fs::path &target, const Progress &progress, const CancelToken &cancel) const
{
    std::error_code error;
    if (fs::exists(target, error))
        throw Exception(ErrorCode::Conflict, "There already is a file " + target.string() + ".",
                        "Choose another name.");
    const fs::path partial = target.string() + ".part";
    fs::remove(partial, error);
    try {
        Connection copy(partial, OpenMode::Create);
        const std::unique_ptr<sqlite3_backup, int (*)(sqlite3_backup *)> backup(
            sqlite3_backup_init(copy.handle(), "main", m_connection.handle(), "main"), &sqlite3_backup_finish);
        if (!backup)
            copy.throwLastError();
        int code = SQLITE_OK;
        while (code == SQLITE_OK) {
            cancel.throwIfCancelled();
            code = sqlite3_backup_step(backup.get(), kPagesAStep);
            const auto total = static_cast<std::uint64_t>(sqlite3_backup_pagecount(backup.get()));
            const auto left = static_cast<std::uint64_t>(sqlite3_backup_remaining(backup.get()));
            report(progress, "copying", total - left, total);
        }
        if (code != SQLITE_DONE)
            throw Exception(sqlite::describe(code, sqlite::systemError(copy.handle()), sqlite3_errstr(code), target));
    } catch (...) {
        fs::remove(partial, error);
        throw;
    }
    fs::rename(partial, target, error);
    if (error)
        throw Exception(sqlite::describe(SQLITE_CANTOPEN, error.value(), "", target));
}

} // namespace countersign
