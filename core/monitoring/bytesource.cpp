// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/bytesource.h"

#include "core/base/error.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace countersign {

namespace {

constexpr std::size_t blockSize = std::size_t{1} << 20;

[[noreturn]] void failOpen(const std::string &path, int code)
{
    if (code == ENOENT || code == ENOTDIR)
        throw Exception(ErrorCode::NotFound, "There is no file " + path + ".", "Check the name and the folder.");
    if (code == EACCES || code == EPERM)
        throw Exception(ErrorCode::Io, "No permission to read " + path + ".",
                        "Ask its owner for read access, or copy it to a folder of your own.");
    throw Exception(ErrorCode::Io, "Cannot read " + path + ": " + std::strerror(code) + ".");
}

std::string identityOf(const struct stat &status)
{
    if (!S_ISREG(status.st_mode))
        return {};
    std::string text;
    for (const auto number :
         {static_cast<std::int64_t>(status.st_size), static_cast<std::int64_t>(status.st_mtim.tv_sec),
          static_cast<std::int64_t>(status.st_mtim.tv_nsec), static_cast<std::int64_t>(status.st_ctim.tv_sec),
          static_cast<std::int64_t>(status.st_ctim.tv_nsec), static_cast<std::int64_t>(status.st_dev),
          static_cast<std::int64_t>(status.st_ino)})
        text += std::to_string(number) + ' ';
    return text;
}

/// A plain file read in order with pread, which is faster here than a mapping: no page faults.
class PlainFile
{
public:
    explicit PlainFile(const std::string &path)
        : m_path(path)
        , m_descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC))
    {
        if (m_descriptor < 0)
            failOpen(path, errno);
        struct stat status{};
        if (::fstat(m_descriptor, &status) != 0) {
            const int code = errno;
            ::close(m_descriptor);
            failOpen(path, code);
        }
        if (S_ISDIR(status.st_mode)) {
            ::close(m_descriptor);
            throw Exception(ErrorCode::Io, path + " is a folder, not a file.", "Choose one CSV file.");
        }
        m_size = static_cast<std::uint64_t>(std::max<off_t>(status.st_size, 0));
        m_seekable = S_ISREG(status.st_mode);
        m_identity = identityOf(status);
    }
    ~PlainFile() { ::close(m_descriptor); }
    PlainFile(const PlainFile &) = delete;
    PlainFile &operator=(const PlainFile &) = delete;

    [[nodiscard]] std::size_t read(char *to, std::size_t size)
    {
        std::size_t filled = 0;
        while (filled < size) {
            const ssize_t got = m_seekable
                                    ? ::pread(m_descriptor, to + filled, size - filled, static_cast<off_t>(m_position))
                                    : ::read(m_descriptor, to + filled, size - filled);
            if (got < 0 && errno == EINTR)
                continue;
            if (got < 0)
                failOpen(m_path, errno);
            if (got == 0)
                break;
            filled += static_cast<std::size_t>(got);
            m_position += static_cast<std::uint64_t>(got);
        }
        return filled;
    }

    /// What lies elsewhere, without moving; 0 where it cannot be read.
    [[nodiscard]] std::size_t readAt(char *to, std::size_t size, std::uint64_t offset) const
    {
        const ssize_t got = m_seekable ? ::pread(m_descriptor, to, size, static_cast<off_t>(offset)) : 0;
        return static_cast<std::size_t>(std::max<ssize_t>(got, 0));
    }

    void skipTo(std::uint64_t offset) { m_position = offset; }

    [[nodiscard]] const std::string &path() const { return m_path; }
    [[nodiscard]] const std::string &identity() const { return m_identity; }
    [[nodiscard]] std::uint64_t size() const { return m_size; }
    [[nodiscard]] std::uint64_t position() const { return m_position; }

private:
    std::string m_path;
    int m_descriptor;
    std::string m_identity;
    std::uint64_t m_size = 0;
    std::uint64_t m_position = 0;
    bool m_seekable = false;
};

} // namespace

struct ByteSource::Impl
{
    explicit Impl(const std::string &path)
        : file(path)
        , buffer(std::make_unique_for_overwrite<char[]>(blockSize))
    {
    }

    PlainFile file;
    std::unique_ptr<char[]> buffer; ///< read ahead: the first bytes of a plain file, packed bytes of another
    std::size_t buffered = 0;
    std::size_t used = 0;
    Packing packing = Packing::None;
    std::unique_ptr<Unpacker> unpacker;
};

ByteSource::ByteSource(const std::string &path)
    : m_impl(std::make_unique<Impl>(path))
{
    auto &impl = *m_impl;
    impl.buffered = impl.file.read(impl.buffer.get(), packingMarkLength);
    impl.packing = packingOf({impl.buffer.get(), impl.buffered});
    impl.unpacker = makeUnpacker(impl.packing);
}

ByteSource::~ByteSource() = default;

std::size_t ByteSource::read(char *to, std::size_t size)
{
    auto &impl = *m_impl;
    if (!impl.unpacker) {
        const std::size_t ready = std::min(size, impl.buffered - impl.used);
        std::copy_n(impl.buffer.get() + impl.used, ready, to); // of nothing, perhaps to nowhere
        impl.used += ready;
        return ready + impl.file.read(to + ready, size - ready);
    }
    return impl.unpacker->read(to, size, impl.file.path(), [&impl] {
        if (impl.used == impl.buffered) {
            impl.buffered = impl.file.read(impl.buffer.get(), blockSize);
            impl.used = 0;
        }
        const std::span<const char> packed(impl.buffer.get() + impl.used, impl.buffered - impl.used);
        impl.used = impl.buffered;
        return packed;
    });
}

void ByteSource::skipTo(std::uint64_t offset)
{
    m_impl->used = m_impl->buffered;
    m_impl->file.skipTo(offset);
}

Packing ByteSource::packing() const
{
    return m_impl->packing;
}

const std::string &ByteSource::identity() const
{
    return m_impl->file.identity();
}

std::uint64_t ByteSource::fileSize() const
{
    return m_impl->file.size();
}

std::uint64_t ByteSource::filePosition() const
{
    const auto &impl = *m_impl;
    const std::size_t ahead = impl.buffered - impl.used + (impl.unpacker ? impl.unpacker->waiting() : 0);
    return impl.file.position() - ahead;
}

std::optional<std::uint64_t> ByteSource::declaredSize() const
{
    const auto &impl = *m_impl;
    std::array<char, 18> bytes{}; // the longest header of a zstd frame; the last 4 bytes of a gzip member
    if (impl.packing == Packing::Gzip && impl.file.size() > bytes.size()) {
        if (impl.file.readAt(bytes.data(), 4, impl.file.size() - 4) == 4)
            return declaredGzipSize({bytes.data(), 4});
    } else if (impl.packing == Packing::Zstd) {
        const std::size_t got = impl.file.readAt(bytes.data(), bytes.size(), 0);
        return declaredZstdSize({bytes.data(), got});
    }
    return std::nullopt;
}

std::string identityOfFile(const std::string &path)
{
    struct stat status{};
    return ::stat(path.c_str(), &status) == 0 ? identityOf(status) : std::string();
}

Hash256 sha256OfFile(const std::string &path, const CancelToken &cancel)
{
    PlainFile file(path);
    std::vector<char> buffer(blockSize);
    Sha256 digest;
    while (const std::size_t got = file.read(buffer.data(), buffer.size())) {
        cancel.throwIfCancelled();
        digest.update({buffer.data(), got});
    }
    return digest.finish();
}

} // namespace countersign
