// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/replacefile.h"

#include "core/base/error.h"

#include <boost/filesystem.hpp>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>
#ifndef _WIN32
#include <fcntl.h>
#include <unistd.h>
#endif

namespace countersign {

namespace {

namespace fs = boost::filesystem;
using File = std::unique_ptr<std::FILE, int (*)(std::FILE *)>;

[[noreturn]] void failed(const std::string &path, int number)
{
    throw Exception(ErrorCode::Io, "Cannot write " + path + ": " + std::generic_category().message(number) + ".",
                    number == ENOSPC ? "Make room on the disk and try again."
                                     : "Check the folder and its permissions.");
}

#ifdef _WIN32
File create(const std::string &path, const FileReplacement &)
{
    return {std::fopen(path.c_str(), "wbx"), &std::fclose};
}

bool sync(std::FILE *)
{
    return true;
}

void syncFolder(const fs::path &) {}
#else
File create(const std::string &path, const FileReplacement &how)
{
    const int number = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, how.ownerOnly ? 0600 : 0666);
    return {number < 0 ? nullptr : ::fdopen(number, "wb"), &std::fclose};
}

bool sync(std::FILE *file)
{
    return ::fsync(fileno(file)) == 0;
}

/// Some file systems of a network have no such sync of a folder.
void syncFolder(const fs::path &folder)
{
    const int number = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (number < 0)
        return; // a folder that may be written but not read
    const bool synced = ::fsync(number) == 0 || errno == EINVAL || errno == ENOTSUP;
    const int why = errno;
    ::close(number);
    if (!synced)
        failed(folder.string(), why);
}
#endif

} // namespace

void replaceFile(const std::string &path, std::string_view bytes, FileReplacement how)
{
    const std::string temporary = path + fs::unique_path(".%%%%%%%%.part").string();
    try {
        File file = create(temporary, how);
        if (!file || std::fwrite(bytes.data(), 1, bytes.size(), file.get()) != bytes.size() ||
            std::fflush(file.get()) != 0 || (how.synced && !sync(file.get())))
            failed(path, errno);
        if (std::fclose(file.release()) != 0)
            failed(path, errno);
        boost::system::error_code code;
        fs::rename(temporary, path, code);
        if (code.failed())
            failed(path, code.value());
    } catch (...) {
        boost::system::error_code ignored;
        fs::remove(temporary, ignored);
        throw;
    }
    if (how.synced)
        syncFolder(fs::path(path).parent_path());
}

} // namespace countersign
