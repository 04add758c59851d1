// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keys/sealedkey.h"

#include "core/base/json.h"

#include <sodium.h>

namespace countersign {

namespace {

constexpr std::uint64_t kMebibyte = 1024 * 1024;
// A file that asks for more is refused: it would only stop the machine.
constexpr std::uint64_t kMostMemory = 1024 * kMebibyte;
constexpr std::uint64_t kMostPasses = 16;

constexpr const char *kFormat = "countersign-key";
constexpr int kVersion = 1;
constexpr const char *kKdf = "argon2id13";
constexpr const char *kCipher = "xchacha20poly1305-ietf";

/// The members of a key file, as JSON.
struct KeyFile
{
    std::string format = kFormat;
    int version = kVersion;
    std::string holder;
    std::string publicKey;
    std::string kdf = kKdf;
    std::uint64_t passes = 0;
    std::uint64_t memory = 0;
    std::string salt;
    std::string cipher = kCipher;
    std::string nonce;
    std::string sealedSeed;
};
BOOST_DESCRIBE_STRUCT(KeyFile, (),
                      (format, version, holder, publicKey, kdf, passes, memory, salt, cipher, nonce, sealedSeed))

struct Parameters
{
    std::uint64_t passes;
    std::uint64_t memory;
};

Parameters parametersOf(KdfCost cost)
{
    switch (cost) {
    case KdfCost::Standard:
        return {3, 256 * kMebibyte};
    case KdfCost::Small:
        return {3, 64 * kMebibyte};
    case KdfCost::Test:
        break;
    }
    return {crypto_pwhash_argon2id_OPSLIMIT_MIN, crypto_pwhash_argon2id_MEMLIMIT_MIN};
}

unsigned char *unsignedBytes(std::string &text)
{
    return reinterpret_cast<unsigned char *>(text.data());
}

const unsigned char *unsignedBytes(std::string_view text)
{
    return reinterpret_cast<const unsigned char *>(text.data());
}

std::string randomBytes(std::size_t size)
{
    std::string bytes(size, '\0');
    randombytes_buf(bytes.data(), bytes.size());
    return bytes;
}

std::string bytesOf(const std::string &hex, std::size_t size, const char *member)
{
    auto bytes = bytesFromHex(hex);
    if (!bytes || bytes->size() != size)
        throw Exception(ErrorCode::InvalidInput,
                        std::string(member) + ": expected " + std::to_string(size) + " bytes as hexadecimal digits.");
    return std::move(*bytes);
}

std::string hexOf(std::string_view bytes)
{
    return toHex({unsignedBytes(bytes), bytes.size()});
}

} // namespace

SealedKey SealedKey::seal(const SecretBytes &seed, std::string holder, const Passphrase &passphrase, KdfCost cost)
{
    const Parameters parameters = parametersOf(cost);
    SealedKey key;
    key.m_holder = std::move(holder);
    key.m_publicKey = SigningKey(seed).publicKey();
    key.m_passes = parameters.passes;
    key.m_memory = parameters.memory;
    key.close(seed, passphrase);
    return key;
}

SealedKey SealedKey::reseal(const SecretBytes &seed, const Passphrase &passphrase) const
{
    SealedKey key = *this;
    key.close(seed, passphrase);
    return key;
}

SealedKey SealedKey::fromText(std::string_view text)
{
    boost::system::error_code error;
    const json::value value = json::parse(text, error);
    if (error)
        throw Exception(ErrorCode::InvalidInput, "It is not JSON: " + error.message() + ".");
    const auto file = fromJson<KeyFile>(value);
    if (file.format != kFormat)
        throw Exception(ErrorCode::InvalidInput, "It is not a Countersign key.");
    if (file.version != kVersion || file.kdf != kKdf || file.cipher != kCipher)
        throw Exception(ErrorCode::InvalidInput, "It was written by a newer version of Countersign.");
    if (file.passes < crypto_pwhash_argon2id_OPSLIMIT_MIN || file.passes > kMostPasses ||
        file.memory < crypto_pwhash_argon2id_MEMLIMIT_MIN || file.memory > kMostMemory)
        throw Exception(ErrorCode::InvalidInput, "Its key derivation asks for an unreasonable effort.");
    const auto publicKey = PublicKey::fromHex(file.publicKey);
    if (!publicKey)
        throw Exception(ErrorCode::InvalidInput, "publicKey: expected 64 hexadecimal digits.");
    SealedKey key;
    key.m_holder = file.holder;
    key.m_publicKey = *publicKey;
    key.m_passes = file.passes;
    key.m_memory = file.memory;
    key.m_salt = bytesOf(file.salt, crypto_pwhash_argon2id_SALTBYTES, "salt");
    key.m_nonce = bytesOf(file.nonce, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, "nonce");
    key.m_sealed =
        bytesOf(file.sealedSeed, SigningKey::kSeedSize + crypto_aead_xchacha20poly1305_ietf_ABYTES, "sealedSeed");
    if (key.toText() != text)
        throw Exception(ErrorCode::InvalidInput, "It is not as Countersign wrote it.");
    return key;
}

std::string SealedKey::toText() const
{
    KeyFile file;
    file.holder = m_holder;
    file.publicKey = m_publicKey.hex();
    file.passes = m_passes;
    file.memory = m_memory;
    file.salt = hexOf(m_salt);
    file.nonce = hexOf(m_nonce);
    file.sealedSeed = hexOf(m_sealed);
    return json::serialize(toJson(file)) + "\n";
}

std::optional<SecretBytes> SealedKey::open(const Passphrase &passphrase) const
{
    const SecretBytes key = derive(passphrase);
    const std::string bound = boundData();
    SecretBytes seed(SigningKey::kSeedSize);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(seed.data(), nullptr, nullptr, unsignedBytes(m_sealed),
                                                   m_sealed.size(), unsignedBytes(bound), bound.size(),
                                                   unsignedBytes(m_nonce), key.data()) != 0)
        return std::nullopt;
    if (SigningKey(seed).publicKey() != m_publicKey)
        return std::nullopt;
    return seed;
}

std::string SealedKey::boundData() const
{
    return std::string(kFormat) + '\n' + std::to_string(m_passes) + '\n' + std::to_string(m_memory) + '\n' +
           m_publicKey.hex() + '\n' + m_holder;
}

SecretBytes SealedKey::derive(const Passphrase &passphrase) const
{
    SecretBytes key(crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
    const auto text = passphrase.view();
    if (crypto_pwhash(key.data(), key.size(), text.data(), text.size(), unsignedBytes(m_salt), m_passes, m_memory,
                      crypto_pwhash_ALG_ARGON2ID13) != 0)
        throw Exception(ErrorCode::Io,
                        "There is not enough memory to open a key; it takes " + std::to_string(m_memory / kMebibyte) +
                            " MiB.",
                        "Close other programs and try again.");
    return key;
}

void SealedKey::close(const SecretBytes &seed, const Passphrase &passphrase)
{
    m_salt = randomBytes(crypto_pwhash_argon2id_SALTBYTES);
    m_nonce = randomBytes(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
    const SecretBytes key = derive(passphrase);
    const std::string bound = boundData();
    m_sealed.assign(seed.size() + crypto_aead_xchacha20poly1305_ietf_ABYTES, '\0');
    crypto_aead_xchacha20poly1305_ietf_encrypt(unsignedBytes(m_sealed), nullptr, seed.data(), seed.size(),
                                               unsignedBytes(bound), bound.size(), nullptr, unsignedBytes(m_nonce),
                                               key.data());
}

} // namespace countersign
