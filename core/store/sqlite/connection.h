// SPDX-License-Identifier: GPL-3.0-or-later
//
// A connection to one SQLite file, opened the same careful way everywhere: the file may come from a stranger, and may
// be written by other processes. Rollback journal and synchronous=EXTRA: write-ahead logging does not work on
// a network folder, and SQLite 3.7.0 to 3.51.2 can lose commits in it.
#pragma once

#include "core/base/progress.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

struct sqlite3;

namespace countersign::sqlite {

enum class OpenMode {
    Create,    // the file must not exist
    ReadWrite, // it must exist
    ReadOnly   // never writes, not even a journal
};

/// The first bytes of a file as they lie on the disk, read before SQLite trusts them.
struct FileHeader
{
    bool isSqlite = false;
    bool writeAheadLog = false;
    std::uint32_t applicationId = 0;
    std::uint32_t userVersion = 0;
    std::uint64_t expectedSize = 0; // as the header says
    std::uint64_t actualSize = 0;
};

/// For one thread at a time. Throws Exception with words for a person whenever SQLite fails.
class Connection
{
public:
    static constexpr std::chrono::milliseconds kBusyLimit{10'000};

    /// Judges a file by its header, and throws to refuse it, before SQLite reads (or creates) anything.
    using HeaderCheck = std::function<void(const Connection &connection, const FileHeader &header)>;

    Connection(std::filesystem::path path, OpenMode mode, std::chrono::milliseconds busyLimit = kBusyLimit,
               const HeaderCheck &accept = {});
    ~Connection();
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    /// Looked at while waiting for another program and during long statements.
    void setCancelToken(CancelToken token);

    /// Runs one or several statements that return nothing. `sql` is never built from data.
    void execute(const char *sql);
    /// The first column of the first row; nothing when there is no row or it is NULL.
    [[nodiscard]] std::optional<std::int64_t> integer(const char *sql) const;
    [[nodiscard]] std::optional<std::string> text(const char *sql) const;

    /// Through SQLite's own handle: opening and closing the file beside it would drop SQLite's locks.
    [[nodiscard]] FileHeader header() const;
    /// Whether the file at path() is no longer the one that is open: deleted, renamed or replaced.
    [[nodiscard]] bool fileMoved() const;
    [[nodiscard]] bool readOnly() const;

    /// Throws what the last call on handle() failed with.
    [[noreturn]] void throwLastError() const;

    [[nodiscard]] const std::filesystem::path &path() const noexcept { return m_path; }
    [[nodiscard]] sqlite3 *handle() const noexcept { return m_db.get(); }

private:
    struct Close
    {
        void operator()(sqlite3 *db) const noexcept;
    };
    struct Waiting;

    void configure();

    std::filesystem::path m_path;
    std::unique_ptr<Waiting> m_waiting;
    std::unique_ptr<sqlite3, Close> m_db;
};

} // namespace countersign::sqlite
