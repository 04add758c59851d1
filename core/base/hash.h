// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace countersign {

/// A SHA-256 digest.
struct Hash256
{
    std::array<std::uint8_t, 32> bytes{};

    [[nodiscard]] std::string hex() const;
    /// The 32 bytes as they are; valid as long as this hash.
    [[nodiscard]] std::string_view view() const { return {reinterpret_cast<const char *>(bytes.data()), bytes.size()}; }
    /// The digest of 64 hexadecimal digits, or nothing.
    [[nodiscard]] static std::optional<Hash256> fromHex(std::string_view hex);
    friend auto operator<=>(const Hash256 &, const Hash256 &) = default;
    friend bool operator==(const Hash256 &, const Hash256 &) = default;
};

[[nodiscard]] Hash256 sha256(std::string_view data);
[[nodiscard]] Hash256 sha256(std::span<const std::uint8_t> data);

/// SHA-256 over data that arrives in pieces.
class Sha256
{
public:
    Sha256();
    void update(std::string_view data);
    [[nodiscard]] Hash256 finish();

private:
    alignas(8) std::array<std::byte, 128> m_state{};
};

[[nodiscard]] std::string toHex(std::span<const std::uint8_t> bytes);
/// The bytes of an even number of hexadecimal digits, or nothing.
[[nodiscard]] std::optional<std::string> bytesFromHex(std::string_view hex);
/// Standard base64 with padding (RFC 4648 section 4).
[[nodiscard]] std::string toBase64(std::string_view bytes);
/// Strict: no white space, padding required.
[[nodiscard]] std::optional<std::string> bytesFromBase64(std::string_view text);

} // namespace countersign
