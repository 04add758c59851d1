// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keys/privatefile.h"

#include "core/base/error.h"
#include "core/base/replacefile.h"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace countersign {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargest = 64 * 1024;

[[noreturn]] void fail(const std::string &what, const fs::path &path, int number)
{
    throw Exception(ErrorCode::Io, what + " " + path.string() + ": " + std::generic_category().message(number) + ".",
                    number == ENOSPC ? "Free some space and try again." : "Check the permissions of the folder.");
}

class Descriptor
{
public:
    explicit Descriptor(int number)
        : m_number(number)
    {
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;
    ~Descriptor()
    {
        if (m_number >= 0)
            ::close(m_number);
    }
    [[nodiscard]] int number() const { return m_number; }
    [[nodiscard]] bool open() const { return m_number >= 0; }

private:
    int m_number;
};

} // namespace

void makePrivateFolder(const fs::path &folder)
{
    std::error_code error;
    if (fs::is_directory(folder, error))
        return;
    if (folder.has_parent_path() && !fs::exists(folder.parent_path(), error))
        makePrivateFolder(folder.parent_path());
    if (::mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST)
        fail("Cannot make the folder", folder, errno);
    if (!fs::is_directory(folder, error))
        fail("Cannot make the folder", folder, ENOTDIR);
}

void writePrivateFile(const fs::path &path, std::string_view text)
{
    replaceFile(path.string(), text, {.ownerOnly = true, .synced = true});
}

std::string readSmallFile(const fs::path &path)
{
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.open() && errno == ENOENT)
        throw Exception(ErrorCode::NotFound, "There is no file " + path.string() + ".");
    if (!file.open())
        fail("Cannot read", path, errno);
    std::string text;
    std::array<char, 4096> block;
    while (true) {
        const auto length = ::read(file.number(), block.data(), block.size());
        if (length < 0 && errno == EINTR)
            continue;
        if (length < 0)
            fail("Cannot read", path, errno);
        if (length == 0)
            return text;
        text.append(block.data(), static_cast<std::size_t>(length));
        if (text.size() > kLargest)
            throw Exception(ErrorCode::Io, "The file " + path.string() + " is too large to be a key.");
    }
}

} // namespace countersign
