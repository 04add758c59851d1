// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/hash.h"

#include <cstring>
#include <nettle/sha2.h>
#include <sodium.h>

namespace countersign {

namespace {

const unsigned char *unsignedBytes(std::string_view data)
{
    return reinterpret_cast<const unsigned char *>(data.data());
}

} // namespace

std::string Hash256::hex() const
{
    return toHex(bytes);
}

std::optional<Hash256> Hash256::fromHex(std::string_view hex)
{
    const auto raw = bytesFromHex(hex);
    if (!raw || raw->size() != 32)
        return std::nullopt;
    Hash256 hash;
    std::memcpy(hash.bytes.data(), raw->data(), 32);
    return hash;
}

Hash256 sha256(std::string_view data)
{
    Sha256 digest;
    digest.update(data);
    return digest.finish();
}

Hash256 sha256(std::span<const std::uint8_t> data)
{
    return sha256(std::string_view(reinterpret_cast<const char *>(data.data()), data.size()));
}

static_assert(sizeof(sha256_ctx) <= 128);

Sha256::Sha256()
{
    sha256_init(reinterpret_cast<sha256_ctx *>(m_state.data()));
}

void Sha256::update(std::string_view data)
{
    sha256_update(reinterpret_cast<sha256_ctx *>(m_state.data()), data.size(), unsignedBytes(data));
}

Hash256 Sha256::finish()
{
    Hash256 hash;
    sha256_digest(reinterpret_cast<sha256_ctx *>(m_state.data()), hash.bytes.size(), hash.bytes.data());
    return hash;
}

std::string toHex(std::span<const std::uint8_t> bytes)
{
    std::string hex(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), bytes.data(), bytes.size());
    hex.pop_back();
    return hex;
}

std::optional<std::string> bytesFromHex(std::string_view hex)
{
    std::string bytes(hex.size() / 2, '\0');
    std::size_t length = 0;
    const char *end = nullptr;
    if (hex.size() % 2 != 0 ||
        sodium_hex2bin(reinterpret_cast<unsigned char *>(bytes.data()), bytes.size(), hex.data(), hex.size(), nullptr,
                       &length, &end) != 0 ||
        end != hex.data() + hex.size())
        return std::nullopt;
    return bytes;
}

std::string toBase64(std::string_view bytes)
{
    std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(), unsignedBytes(bytes), bytes.size(), sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();
    return text;
}

std::optional<std::string> bytesFromBase64(std::string_view text)
{
    std::string bytes(text.size() / 4 * 3 + 3, '\0');
    std::size_t length = 0;
    const char *end = nullptr;
    if (sodium_base642bin(reinterpret_cast<unsigned char *>(bytes.data()), bytes.size(), text.data(), text.size(),
                          nullptr, &length, &end, sodium_base64_VARIANT_ORIGINAL) != 0 ||
        end != text.data() + text.size())
        return std::nullopt;
    bytes.resize(length);
    return bytes;
}

} // namespace countersign
