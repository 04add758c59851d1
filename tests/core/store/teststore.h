// SPDX-License-Identifier: GPL-3.0-or-later
//
// Files for the tests of the store: a log written entry by entry, and the raw access of an attacker.
#pragma once

#include <QTemporaryDir>

#include "core/store/logfile.h"
#include "core/store/verifystore.h"
#include "tests/core/log/testlog.h"

#include <fstream>
#include <sqlite3.h>
#include <sstream>

namespace countersign::test {

namespace fs = std::filesystem;

/// Writes `envelopes` into a new file.
inline void writeFile(const fs::path &path, const std::vector<std::string> &envelopes,
                      const std::string &origin = "test-log")
{
    const auto file = LogFile::create(path, origin);
    const auto writer = file->begin();
    for (const auto &envelope : envelopes)
        writer->append(envelope);
    writer->commit();
}

inline VerificationReport verifyFile(const LogStore &store, const std::optional<Checkpoint> &checkpoint = {})
{
    TestDirectory directory;
    VerifyOptions options;
    options.checkpoint = checkpoint;
    options.onEntry = [&](const CheckedEntry &checked) {
        directory.fold(checked);
        return std::vector<Fault>();
    };
    return verifyStore(store, directory, options);
}

inline std::unique_ptr<LogFile> openReadOnly(const fs::path &path)
{
    LogFileOptions options;
    options.readOnly = true;
    options.check = FileCheck::None;
    return LogFile::open(path, options);
}

/// Full access without any of our rules, as another program has it.
class RawFile
{
public:
    explicit RawFile(const fs::path &path)
    {
        if (sqlite3_open(path.c_str(), &m_db) != SQLITE_OK)
            qFatal("cannot open %s", path.c_str());
        sqlite3_busy_timeout(m_db, 5000);
    }
    RawFile(const RawFile &) = delete;
    RawFile &operator=(const RawFile &) = delete;
    ~RawFile() { sqlite3_close(m_db); }

    /// Empty when it worked, else SQLite's message.
    std::string run(const std::string &sql, const std::string &blob = {})
    {
        const char *rest = sql.c_str();
        while (*rest) {
            sqlite3_stmt *statement = nullptr;
            if (sqlite3_prepare_v2(m_db, rest, -1, &statement, &rest) != SQLITE_OK)
                return sqlite3_errmsg(m_db);
            if (sqlite3_bind_parameter_count(statement) > 0)
                sqlite3_bind_blob(statement, 1, blob.data(), static_cast<int>(blob.size()), SQLITE_TRANSIENT);
            while (sqlite3_step(statement) == SQLITE_ROW) {
            }
            if (sqlite3_finalize(statement) != SQLITE_OK)
                return sqlite3_errmsg(m_db);
        }
        return {};
    }
    /// Takes the guards away for `sql` and puts them back, as a careful attacker does.
    std::string runUnguarded(const std::string &sql, const std::string &blob = {})
    {
        std::vector<std::string> guards;
        std::string drop;
        sqlite3_stmt *statement = nullptr;
        sqlite3_prepare_v2(m_db, "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'", -1, &statement, nullptr);
        while (sqlite3_step(statement) == SQLITE_ROW) {
            drop +=
                std::string("DROP TRIGGER ") + reinterpret_cast<const char *>(sqlite3_column_text(statement, 0)) + ";";
            guards.emplace_back(reinterpret_cast<const char *>(sqlite3_column_text(statement, 1)));
        }
        sqlite3_finalize(statement);
        std::string error = run("BEGIN;" + drop);
        if (error.empty())
            error = run(sql, blob);
        for (const auto &guard : guards)
            if (error.empty())
                error = run(guard);
        return error.empty() ? run("COMMIT") : error;
    }

private:
    sqlite3 *m_db = nullptr;
};

inline std::string readBytes(const fs::path &path)
{
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

inline void writeBytes(const fs::path &path, const std::string &bytes)
{
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

/// Whether `call` throws Exception of that code with those words; anything else is told.
template <class F>
bool fails(F &&call, ErrorCode code, std::string_view words)
{
    try {
        call();
    } catch (const Exception &exception) {
        if (exception.error().code == code && exception.error().what.find(words) != std::string::npos)
            return true;
        qWarning("failed with %s: %s", toString(exception.error().code), exception.what());
        return false;
    }
    qWarning("did not fail");
    return false;
}

} // namespace countersign::test
