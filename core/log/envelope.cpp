// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/log/envelope.h"

#include <cassert>
#include <cstring>
#include <sodium.h>

namespace countersign {

namespace {

constexpr std::string_view kBeforePayload = R"({"payload":")";
constexpr std::string_view kBeforeType = R"(","payloadType":")";
constexpr std::string_view kBeforeKeyId = R"(","signatures":[{"keyid":")";
constexpr std::string_view kBeforeSignature = R"(","sig":")";
constexpr std::string_view kEnd = R"("}]})";
constexpr std::size_t kKeyIdLength = 32;

const unsigned char *unsignedBytes(std::string_view text)
{
    return reinterpret_cast<const unsigned char *>(text.data());
}

[[noreturn]] void malformed(const char *what)
{
    throw Exception(ErrorCode::InvalidInput, std::string("The envelope is malformed: ") + what + ".");
}

/// Reads an envelope from left to right; every piece but the values is fixed.
class EnvelopeReader
{
public:
    explicit EnvelopeReader(std::string_view bytes)
        : m_rest(bytes)
    {
    }

    void expect(std::string_view piece)
    {
        if (!m_rest.starts_with(piece))
            malformed("it is not in the fixed form of an entry's envelope");
        m_rest.remove_prefix(piece.size());
    }

    std::string_view untilQuote()
    {
        const auto length = m_rest.find('"');
        if (length == std::string_view::npos)
            malformed("it is cut off");
        const auto text = m_rest.substr(0, length);
        m_rest.remove_prefix(length);
        return text;
    }

    void expectEnd(std::string_view piece)
    {
        if (m_rest != piece)
            malformed("it does not end as it must");
    }

private:
    std::string_view m_rest;
};

/// One spelling only: the text must be what encoding the bytes gives again.
std::string exactBase64(std::string_view text, const char *what)
{
    auto bytes = bytesFromBase64(text);
    if (!bytes || toBase64(*bytes) != text)
        malformed(what);
    return std::move(*bytes);
}

bool isKeyId(std::string_view text)
{
    return text.size() == kKeyIdLength && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

} // namespace

std::string preAuthenticationEncoding(std::string_view payloadType, std::string_view payload)
{
    std::string encoding = "DSSEv1 " + std::to_string(payloadType.size()) + ' ';
    encoding += payloadType;
    encoding += ' ' + std::to_string(payload.size()) + ' ';
    encoding += payload;
    return encoding;
}

std::string serialise(const Envelope &envelope)
{
    const std::string_view signature(reinterpret_cast<const char *>(envelope.signature.data()),
                                     envelope.signature.size());
    std::string bytes(kBeforePayload);
    bytes += toBase64(envelope.payload);
    bytes += kBeforeType;
    bytes += kEntryPayloadType;
    bytes += kBeforeKeyId;
    bytes += envelope.keyId;
    bytes += kBeforeSignature;
    bytes += toBase64(signature);
    bytes += kEnd;
    return bytes;
}

Envelope parseEnvelope(std::string_view bytes)
{
    EnvelopeReader reader(bytes);
    Envelope envelope;
    reader.expect(kBeforePayload);
    envelope.payload = exactBase64(reader.untilQuote(), "its payload is not base64");
    reader.expect(kBeforeType);
    if (reader.untilQuote() != kEntryPayloadType)
        malformed("its payload type is not that of an entry");
    reader.expect(kBeforeKeyId);
    envelope.keyId = std::string(reader.untilQuote());
    if (!isKeyId(envelope.keyId))
        malformed("its key id is not 32 lower-case hexadecimal digits");
    reader.expect(kBeforeSignature);
    const std::string signature = exactBase64(reader.untilQuote(), "its signature is not base64");
    if (signature.size() != envelope.signature.size())
        malformed("its signature is not 64 bytes long");
    std::memcpy(envelope.signature.data(), signature.data(), signature.size());
    reader.expectEnd(kEnd);
    return envelope;
}

std::string sealEntry(const EntryHeader &header, const json::value &body, const Signer &signer)
{
    assert(header.key == signer.keyId());
    Envelope envelope;
    envelope.payload = buildPayload(header, body);
    envelope.keyId = header.key;
    envelope.signature = signer.sign(preAuthenticationEncoding(kEntryPayloadType, envelope.payload));
    return serialise(envelope);
}

bool verifySignature(const Envelope &envelope, const PublicKey &key)
{
    return verifySignature(preAuthenticationEncoding(kEntryPayloadType, envelope.payload), envelope.signature, key);
}

bool verifySignature(std::string_view message, const Signature &signature, const PublicKey &key)
{
    return crypto_sign_verify_detached(signature.data(), unsignedBytes(message), message.size(), key.bytes.data()) == 0;
}

bool acceptablePublicKey(const PublicKey &key)
{
    return crypto_core_ed25519_is_valid_point(key.bytes.data()) == 1;
}

} // namespace countersign
