// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/hash.h"
#include "core/base/progress.h"
#include "core/monitoring/unpacker.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace countersign {

/// The bytes of a file from first to last, gzip and zstd (any number of members or frames)
/// unpacked on the way. One thread at a time.
class ByteSource
{
public:
    /// Throws Exception: NotFound, Io (no permission, a directory, unreadable).
    explicit ByteSource(const std::string &path);
    ~ByteSource();
    ByteSource(const ByteSource &) = delete;
    ByteSource &operator=(const ByteSource &) = delete;

    /// Fills `to` with up to `size` bytes; fewer only at the end of the data, 0 once it is reached.
    [[nodiscard]] std::size_t read(char *to, std::size_t size);

    /// Goes on at this place. Precondition: a plain file, not a pipe.
    void skipTo(std::uint64_t offset);

    [[nodiscard]] Packing packing() const;
    /// Length, times, device and number on disk when it was opened: another one, or a changed one, has another text.
    /// Empty for what is no file.
    [[nodiscard]] const std::string &identity() const;
    /// Bytes on disk, and how many of them what has been read so far took.
    [[nodiscard]] std::uint64_t fileSize() const;
    [[nodiscard]] std::uint64_t filePosition() const;
    /// The unpacked size as the last gzip member (modulo 2^32) or the first zstd frame declares it; nothing where none
    /// does. A file of several holds more.
    [[nodiscard]] std::optional<std::uint64_t> declaredSize() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// As ByteSource::identity, of the file that has this path now; empty where there is none.
[[nodiscard]] std::string identityOfFile(const std::string &path);

/// The digest of a file's bytes as they lie on disk.
[[nodiscard]] Hash256 sha256OfFile(const std::string &path, const CancelToken &cancel);

} // namespace countersign
