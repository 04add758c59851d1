// SPDX-License-Identifier: GPL-3.0-or-later
//
// A DSSE envelope (github.com/secure-systems-lab/dsse) with exactly one Ed25519 signature. Its bytes are canonical JSON
//   {"payload":"<base64>","payloadType":"...","signatures":[{"keyid":"<32 hex>","sig":"<base64>"}]}
// and are stored and hashed as they are. One envelope has one spelling: anything else is refused.
#pragma once

#include "core/base/signer.h"
#include "core/log/entry.h"

#include <string>
#include <string_view>

namespace countersign {

inline constexpr std::string_view kEntryPayloadType = "application/vnd.countersign.entry+json;v=1";

struct Envelope
{
    std::string payload;
    std::string keyId; // a hint, as in DSSE: what counts is the key that the log enrolled
    Signature signature{};
};

/// DSSE's pre-authentication encoding: what is signed. Binds the type and the length to the payload.
[[nodiscard]] std::string preAuthenticationEncoding(std::string_view payloadType, std::string_view payload);

[[nodiscard]] std::string serialise(const Envelope &envelope);
/// The reverse, to the byte. Throws Exception(InvalidInput) for any other form.
[[nodiscard]] Envelope parseEnvelope(std::string_view bytes);

/// Payload, signature and envelope in one: the bytes to store. `header.key` must be the signer's key id.
[[nodiscard]] std::string sealEntry(const EntryHeader &header, const json::value &body, const Signer &signer);

/// Whether `envelope` is signed by `key` as an entry.
[[nodiscard]] bool verifySignature(const Envelope &envelope, const PublicKey &key);
[[nodiscard]] bool verifySignature(std::string_view message, const Signature &signature, const PublicKey &key);

/// False for points that are not canonical, not on the curve, of small order or outside the main subgroup:
/// implementations disagree about signatures under such keys, so none is ever enrolled.
[[nodiscard]] bool acceptablePublicKey(const PublicKey &key);

} // namespace countersign
