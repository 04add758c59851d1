// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/sqlite/sqliteerror.h"

#include <cerrno>
#include <sqlite3.h>
#include <string>
#include <system_error>

namespace countersign::sqlite {

namespace {

std::string systemWords(int systemError)
{
    return systemError == 0 ? std::string() : " (" + std::generic_category().message(systemError) + ")";
}

bool outOfSpace(int code, int systemError)
{
    if ((code & 0xff) == SQLITE_FULL)
        return true;
    return code == SQLITE_IOERR_WRITE && (systemError == ENOSPC || systemError == EDQUOT || systemError == EFBIG);
}

} // namespace

Error describe(int code, int systemError, const char *detail, const std::filesystem::path &path)
{
    const std::string file = path.string();
    if (outOfSpace(code, systemError))
        return {ErrorCode::Io, "The disk is full: nothing was written to " + file + ".",
                "Free some space and try again."};
    switch (code) {
    case SQLITE_READONLY_ROLLBACK:
    case SQLITE_READONLY_RECOVERY:
        return {ErrorCode::Io, file + " was left in the middle of a change, and cannot be put right where it is.",
                "Copy the file together with its journal to a place where you may write, and open it there once."};
    default:
        break;
    }
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {ErrorCode::Conflict, "Another program is writing to " + file + "; nothing was written.",
                "Wait a moment and try again."};
    case SQLITE_CORRUPT:
        return {ErrorCode::Corrupt, file + " is damaged: " + detail + ".", "Restore it from a backup."};
    case SQLITE_NOTADB:
        return {ErrorCode::Corrupt, file + " is no Countersign workspace, or its beginning is damaged.",
                "Choose another file, or restore it from a backup."};
    case SQLITE_READONLY:
        return {ErrorCode::Io,
                file + " cannot be written: it or its folder is read-only" + systemWords(systemError) + ".",
                "Check the permissions of the file and its folder."};
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
        return {ErrorCode::Io, file + " cannot be opened" + systemWords(systemError) + ".",
                "Check that the folder exists, and the permissions of the file and its folder."};
    case SQLITE_IOERR:
        return {ErrorCode::Io, file + " could not be read or written" + systemWords(systemError) + ".",
                "Check the disk and the connection to it, then close the file and open it again."};
    case SQLITE_TOOBIG:
        return {ErrorCode::InvalidInput, "The data is too large for " + file + ".", "Split it into smaller parts."};
    case SQLITE_NOMEM:
        return {ErrorCode::Io, "There is not enough memory to work on " + file + ".",
                "Close other programs and try again."};
    case SQLITE_INTERRUPT:
        return {ErrorCode::Cancelled, "The work was cancelled; nothing was changed.", {}};
    case SQLITE_CONSTRAINT:
        return {ErrorCode::Conflict, file + " refused a change: " + detail + ".", {}};
    default:
        return {ErrorCode::Internal,
                "SQLite failed on " + file + ": " + detail + " (code " + std::to_string(code) + ").",
                {}};
    }
}

int systemError(sqlite3 *db)
{
    int number = sqlite3_system_errno(db);
    if (number == 0)
        sqlite3_file_control(db, "main", SQLITE_FCNTL_LAST_ERRNO, &number);
    return number;
}

Error lastError(sqlite3 *db, const std::filesystem::path &path)
{
    const int code = sqlite3_extended_errcode(db);
    const std::string detail = sqlite3_errmsg(db);
    return describe(code, (code & 0xff) == SQLITE_IOERR ? systemError(db) : sqlite3_system_errno(db), detail.c_str(),
                    path);
}

} // namespace countersign::sqlite
