// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/logstore.h"
#include "core/store/sqlite/connection.h"

#include <chrono>
#include <filesystem>
#include <string_view>

namespace countersign {

/// How much of a file is looked at before it is used. None is for further connections to a file that was checked.
enum class FileCheck { None, Quick };

struct LogFileOptions
{
    bool readOnly = false; // for read-only media and auditors: nothing is ever written, no journal and no lock file
    FileCheck check = FileCheck::Quick;
    std::chrono::milliseconds busyLimit = sqlite::Connection::kBusyLimit;
    CancelToken cancel;
};

/// A workspace file (*.countersign): one SQLite file that holds one log. Several processes may have it open, and one
/// process several times. One object is for one thread at a time.
///
/// Nothing else in this process may open and close the file while it is open here: POSIX would drop SQLite's locks.
/// Use backupTo for a copy or a digest.
class LogFile final : public LogStore
{
public:
    /// A new file with an empty log. Throws Exception(Conflict) when there already is one.
    [[nodiscard]] static std::unique_ptr<LogFile> create(const std::filesystem::path &path, std::string_view origin);
    /// Throws Exception: NotFound; InvalidInput for a folder, for a file that is no workspace or of a newer version; Io
    /// for missing permissions; Corrupt for a file that is cut off or damaged.
    [[nodiscard]] static std::unique_ptr<LogFile> open(const std::filesystem::path &path, LogFileOptions options = {});
    ~LogFile() override;

    [[nodiscard]] std::string origin() const override;
    [[nodiscard]] std::uint64_t size() const override;
    [[nodiscard]] std::uint64_t dataVersion() const override;
    void forEach(std::uint64_t from, const EntryVisitor &visit) const override;
    [[nodiscard]] std::optional<std::string> envelope(std::uint64_t seq) const override;
    [[nodiscard]] std::optional<std::string> blob(const Hash256 &hash) const override;
    [[nodiscard]] bool holdsBlob(const Hash256 &hash) const override;
    /// Its bytes as they stand in the file: whoever asks compares their hash. Nothing when there is no such blob.
    [[nodiscard]] std::optional<std::string> uncheckedBlob(const Hash256 &hash) const;
    void forEachBlob(const BlobVisitor &visit) const override;
    void forEachBlobHash(const std::function<void(const Hash256 &hash)> &visit) const override;
    [[nodiscard]] std::unique_ptr<LogWriter> begin() override;
    [[nodiscard]] std::vector<std::string> selfCheck() const override;

    /// A consistent copy while others write. Throws Exception(Conflict) when `path` exists.
    void backupTo(const std::filesystem::path &path, const Progress &progress = {},
                  const CancelToken &cancel = {}) const;

    [[nodiscard]] const std::filesystem::path &path() const noexcept { return m_connection.path(); }
    [[nodiscard]] bool readOnly() const noexcept { return m_readOnly; }
    /// For the waits and scans of this object from now on.
    void setCancelToken(CancelToken token) { m_connection.setCancelToken(std::move(token)); }

private:
    class Writer;

    LogFile(const std::filesystem::path &path, sqlite::OpenMode mode, const LogFileOptions &options);
    void writeSchema(std::string_view origin);
    void requireWhole(FileCheck check);
    void requireTables() const;
    void requireFits(std::string_view bytes, const Hash256 &hash) const;
    [[nodiscard]] std::vector<std::string> missingGuards() const;

    mutable sqlite::Connection m_connection;
    bool m_readOnly;
    bool m_writing = false;
};

} // namespace countersign
