// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

namespace countersign {

/// Bytes that are locked in memory where the system allows it and wiped when they go. Moves, never copies.
class SecretBytes
{
public:
    SecretBytes() = default;
    /// Zeroed. Throws Exception(Io) when there is no memory.
    explicit SecretBytes(std::size_t size);

    [[nodiscard]] unsigned char *data() noexcept { return m_bytes.get(); }
    [[nodiscard]] const unsigned char *data() const noexcept { return m_bytes.get(); }
    [[nodiscard]] std::size_t size() const noexcept { return m_size; }

private:
    struct Wipe
    {
        void operator()(unsigned char *bytes) const noexcept;
    };
    std::unique_ptr<unsigned char, Wipe> m_bytes;
    std::size_t m_size = 0;
};

/// What a person types to open their key, as UTF-8. Whoever read it wipes their own copy.
class Passphrase
{
public:
    explicit Passphrase(std::string_view text);

    [[nodiscard]] std::string_view view() const noexcept;
    /// Throws Exception(InvalidInput) unless it has at least 8 characters. Asked of new passphrases only.
    void requireQuality() const;

private:
    SecretBytes m_bytes;
};

} // namespace countersign
