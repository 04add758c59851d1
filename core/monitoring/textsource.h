// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/monitoring/bytesource.h"
#include "core/monitoring/logdialect.h"

#include <memory>
#include <string>
#include <string_view>

namespace countersign {

/// What the first bytes of a file say of its encoding by a byte order mark, or, of UTF-16, by one of every two bytes
/// mostly being 0 and the other one almost never; Automatic where they say nothing.
[[nodiscard]] TextEncoding encodingMarked(std::string_view start);

/// The text of a file as UTF-8 without byte order mark. UTF-8 passes as it is, and at full speed. One thread at a time.
class TextSource
{
public:
    /// Reads `headBytes` ahead, at most. Throws as ByteSource does.
    TextSource(const std::string &path, std::size_t headBytes);
    ~TextSource();
    TextSource(const TextSource &) = delete;
    TextSource &operator=(const TextSource &) = delete;

    /// What was read ahead, unpacked, not yet decoded; and whether it is all there is.
    [[nodiscard]] std::string_view head() const;
    [[nodiscard]] bool headIsAll() const;

    /// Needed before read(). Automatic is taken for UTF-8.
    void setEncoding(TextEncoding encoding);
    /// As ByteSource::read. Throws Exception(InvalidInput) that names the line of what cannot be decoded.
    [[nodiscard]] std::size_t read(char *to, std::size_t size);

    /// As ByteSource::skipTo, in UTF-8. Precondition: nothing was read ahead.
    void skipTo(std::uint64_t offset);

    [[nodiscard]] const ByteSource &bytes() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace countersign
