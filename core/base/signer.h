// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/hash.h"

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace countersign {

/// The 32 bytes of an Ed25519 public key (RFC 8032), not yet judged: see acceptablePublicKey in core/log/envelope.h.
struct PublicKey
{
    std::array<std::uint8_t, 32> bytes{};

    [[nodiscard]] std::string hex() const { return toHex(bytes); }
    /// The key of 64 hexadecimal digits, or nothing.
    [[nodiscard]] static std::optional<PublicKey> fromHex(std::string_view hex)
    {
        const auto digest = Hash256::fromHex(hex);
        if (!digest)
            return std::nullopt;
        return PublicKey{digest->bytes};
    }
    /// The name of the key: the first 32 hexadecimal digits of the SHA-256 of its bytes.
    [[nodiscard]] std::string keyId() const { return sha256(bytes).hex().substr(0, 32); }

    friend auto operator<=>(const PublicKey &, const PublicKey &) = default;
    friend bool operator==(const PublicKey &, const PublicKey &) = default;
};

/// An Ed25519 signature.
using Signature = std::array<std::uint8_t, 64>;

/// Signs in the name of one key. The secret stays with whoever implements it: an unlocked keystore, later a token.
class Signer
{
public:
    virtual ~Signer() = default;
    [[nodiscard]] virtual const PublicKey &publicKey() const = 0;
    [[nodiscard]] virtual std::string keyId() const { return publicKey().keyId(); }
    [[nodiscard]] virtual Signature sign(std::string_view message) const = 0;
};

} // namespace countersign
