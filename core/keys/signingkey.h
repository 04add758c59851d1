// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/signer.h"
#include "core/keys/passphrase.h"

#include <cstddef>

namespace countersign {

/// An Ed25519 key that is open: whoever holds it can sign. Its secret half is wiped when it goes.
class SigningKey final : public Signer
{
public:
    static constexpr std::size_t kSeedSize = 32;

    /// `seed` has kSeedSize bytes.
    explicit SigningKey(const SecretBytes &seed);
    /// From the operating system's random source.
    [[nodiscard]] static SecretBytes randomSeed();

    [[nodiscard]] const PublicKey &publicKey() const override { return m_public; }
    [[nodiscard]] Signature sign(std::string_view message) const override;

private:
    PublicKey m_public;
    SecretBytes m_secret;
};

} // namespace countersign
