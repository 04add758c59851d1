// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keys/signingkey.h"

#include <cassert>
#include <sodium.h>

namespace countersign {

static_assert(SigningKey::kSeedSize == crypto_sign_SEEDBYTES);

SigningKey::SigningKey(const SecretBytes &seed)
    : m_secret(crypto_sign_SECRETKEYBYTES)
{
    assert(seed.size() == kSeedSize);
    crypto_sign_seed_keypair(m_public.bytes.data(), m_secret.data(), seed.data());
}

SecretBytes SigningKey::randomSeed()
{
    SecretBytes seed(kSeedSize);
    randombytes_buf(seed.data(), seed.size());
    return seed;
}

Signature SigningKey::sign(std::string_view message) const
{
    Signature signature{};
    crypto_sign_detached(signature.data(), nullptr, reinterpret_cast<const unsigned char *>(message.data()),
                         message.size(), m_secret.data());
    return signature;
}

} // namespace countersign
