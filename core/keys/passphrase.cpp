// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keys/passphrase.h"

#include "core/base/error.h"

#include <algorithm>
#include <sodium.h>

namespace countersign {

namespace {

constexpr std::ptrdiff_t kLeastCharacters = 8;

} // namespace

SecretBytes::SecretBytes(std::size_t size)
    : m_size(size)
{
    if (sodium_init() < 0)
        throw Exception(ErrorCode::Internal, "The cryptographic library cannot start on this machine.");
    m_bytes.reset(static_cast<unsigned char *>(sodium_malloc(size)));
    if (!m_bytes)
        throw Exception(ErrorCode::Io, "There is not enough memory for a key.", "Close other programs and try again.");
    sodium_memzero(m_bytes.get(), size);
}

void SecretBytes::Wipe::operator()(unsigned char *bytes) const noexcept
{
    sodium_free(bytes); // wipes first
}

Passphrase::Passphrase(std::string_view text)
    : m_bytes(text.size())
{
    std::copy(text.begin(), text.end(), m_bytes.data());
}

std::string_view Passphrase::view() const noexcept
{
    return {reinterpret_cast<const char *>(m_bytes.data()), m_bytes.size()};
}

void Passphrase::requireQuality() const
{
    const auto text = view();
    const auto characters = std::count_if(text.begin(), text.end(), [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xc0U) != 0x80U; // every byte of UTF-8 but the continuations
    });
    if (characters < kLeastCharacters)
        throw Exception(ErrorCode::InvalidInput, "The passphrase is too short.", "Use at least 8 characters.");
}

} // namespace countersign
