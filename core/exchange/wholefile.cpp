// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/wholefile.h"

#include "core/base/error.h"

#include <boost/filesystem.hpp>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace countersign {

namespace {

namespace fs = boost::filesystem;
using File = std::unique_ptr<std::FILE, int (*)(std::FILE *)>;

[[noreturn]] void failed(const std::string &what, const char *remedy)
{
    throw Exception(ErrorCode::Io, what + ": " + std::strerror(errno) + ".", remedy);
}

} // namespace

std::string readWholeFile(const std::string &path, std::uintmax_t largest)
{
    boost::system::error_code code;
    const auto status = fs::status(path, code);
    if (status.type() == fs::file_not_found)
        throw Exception(ErrorCode::NotFound, "There is no file " + path + ".", "Check the name.");
    if (fs::is_directory(status))
        throw Exception(ErrorCode::InvalidInput, path + " is a folder, not a file.", "Choose a file.");
    const auto size = fs::is_regular_file(status) ? fs::file_size(path, code) : 0;
    if (size > largest)
        throw Exception(ErrorCode::InvalidInput,
                        path + " is larger than " + std::to_string(largest / (1024 * 1024)) + " MiB.",
                        "Choose a smaller file.");
    const File file(std::fopen(path.c_str(), "rb"), &std::fclose);
    if (!file)
        failed(path + " cannot be read", "Check its permissions.");
    std::string bytes(static_cast<std::size_t>(size), '\0');
    bytes.resize(std::fread(bytes.data(), 1, bytes.size(), file.get()));
    if (std::ferror(file.get()) != 0)
        failed(path + " cannot be read to its end", "Copy it to this machine.");
    return bytes;
}

} // namespace countersign
