// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a key file holds: the seed of an Ed25519 key, sealed with XChaCha20-Poly1305 under a key that Argon2id makes
// from the passphrase. The public key, the holder's name and the cost are bound to the seal.
#pragma once

#include "core/keys/signingkey.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace countersign {

/// How long a guess at a passphrase takes, here and for a thief.
enum class KdfCost {
    Standard, // 256 MiB, three passes: 0.7 s
    Small,    // 64 MiB, three passes: for small machines
    Test      // the least that libsodium allows: no protection
};

class SealedKey
{
public:
    [[nodiscard]] static SealedKey seal(const SecretBytes &seed, std::string holder, const Passphrase &passphrase,
                                        KdfCost cost);
    /// Throws Exception(InvalidInput) that says what is wrong with the text.
    [[nodiscard]] static SealedKey fromText(std::string_view text);
    [[nodiscard]] std::string toText() const;

    /// The seed, or nothing when the passphrase is wrong or the seal is broken: the two cannot be told apart.
    [[nodiscard]] std::optional<SecretBytes> open(const Passphrase &passphrase) const;
    /// The same key under another passphrase, at the same cost.
    [[nodiscard]] SealedKey reseal(const SecretBytes &seed, const Passphrase &passphrase) const;

    [[nodiscard]] const PublicKey &publicKey() const noexcept { return m_publicKey; }
    [[nodiscard]] const std::string &holder() const noexcept { return m_holder; }

private:
    [[nodiscard]] std::string boundData() const;
    [[nodiscard]] SecretBytes derive(const Passphrase &passphrase) const;
    void close(const SecretBytes &seed, const Passphrase &passphrase);

    std::string m_holder;
    PublicKey m_publicKey;
    std::uint64_t m_passes = 0;
    std::uint64_t m_memory = 0; // bytes
    std::string m_salt;
    std::string m_nonce;
    std::string m_sealed;
};

} // namespace countersign
