// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/log/canonical.h"
#include "tests/core/log/testlog.h"

using namespace countersign;
using namespace countersign::test;

namespace {

bool refused(const std::function<void()> &call, std::string_view because)
{
    try {
        call();
    } catch (const Exception &exception) {
        if (exception.error().what.find(because) != std::string::npos)
            return exception.error().code == ErrorCode::InvalidInput;
        qWarning("refused, but with the words: %s", exception.what());
    }
    return false;
}

json::object samplePayload()
{
    const TestSigner signer(1);
    return parseCanonical(buildPayload(headerFor({}, signer), json::object{{"facts", json::array()}})).get_object();
}

PublicKey keyOf(const char *hex)
{
    return *PublicKey::fromHex(hex);
}

} // namespace

class TestEntry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void payloadHasTheDocumentedForm()
    {
        EntryHeader header;
        header.origin = "log";
        header.seq = 7;
        header.previous = {7, sha256(std::string_view("abc"))};
        header.at = *parseUtcTime("2026-11-24T10:52:03.120Z");
        header.author = "u1";
        header.key = "k1";
        header.policy = sha256(std::string_view(""));
        header.action = "registerModel";
        const std::string payload = buildPayload(header, json::object{{"z", 1}, {"a", "\xc3\xa9"}});
        QCOMPARE(
            payload,
            std::string("{\"action\":\"registerModel\",\"at\":\"2026-11-24T10:52:03.120Z\",\"author\":\"u1\","
                        "\"body\":{\"a\":\"\xc3\xa9\",\"z\":1},\"key\":\"k1\",\"origin\":\"log\",\"policy\":"
                        "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\",\"previous\":{\"root\":"
                        "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\",\"size\":7},\"seq\":7,"
                        "\"v\":1}"));
        const Entry entry = parsePayload(payload);
        QCOMPARE(buildPayload(entry.header, entry.body), payload);
        QVERIFY(entry.header.at == header.at && entry.header.previous == header.previous && entry.header.seq == 7);
    }

    void payloadsOfAnotherFormAreRefused()
    {
        const auto with = [](const char *member, const json::value &value) {
            auto payload = samplePayload();
            payload[member] = value;
            return canonicalJson(payload);
        };
        for (const char *member :
             {"action", "at", "author", "body", "key", "origin", "policy", "previous", "seq", "v"}) {
            auto payload = samplePayload();
            payload.erase(member);
            QVERIFY2(refused([&] { (void)parsePayload(canonicalJson(payload)); }, member), member);
        }
        QVERIFY(refused([&] { (void)parsePayload(with("extra", 1)); }, "does not know"));
        QVERIFY(refused([&] { (void)parsePayload(with("v", 2)); }, "form that this version"));
        QVERIFY(refused([&] { (void)parsePayload(with("seq", -1)); }, "seq"));
        QVERIFY(refused([&] { (void)parsePayload(with("seq", "1")); }, "seq"));
        QVERIFY(refused([&] { (void)parsePayload(with("author", "")); }, "author"));
        QVERIFY(refused([&] { (void)parsePayload(with("at", "2026-11-24T10:52:03Z")); }, "at"));
        QVERIFY(refused([&] { (void)parsePayload(with("policy", json::value(std::string(64, 'A')))); }, "lower-case"));
        QVERIFY(refused([&] { (void)parsePayload(with("previous", json::object{{"size", 0}})); }, "root"));
        QVERIFY(refused([&] { (void)parsePayload("[]"); }, "object"));
        QVERIFY(refused([&] { (void)parsePayload(canonicalJson(samplePayload()) + " "); }, "canonical form"));
    }

    void preAuthenticationEncodingMatchesTheSpecification()
    {
        // The example of DSSE's protocol.md.
        QCOMPARE(preAuthenticationEncoding("http://example.com/HelloWorld", "hello world"),
                 std::string("DSSEv1 29 http://example.com/HelloWorld 11 hello world"));
        QCOMPARE(preAuthenticationEncoding("", ""), std::string("DSSEv1 0  0 "));
    }

    void signaturesMatchRfc8032()
    {
        // RFC 8032 section 7.1, test 2.
        const auto key = keyOf("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
        const auto bytes = *bytesFromHex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                                         "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
        Signature signature{};
        std::copy(bytes.begin(), bytes.end(), signature.begin());
        QVERIFY(acceptablePublicKey(key));
        QVERIFY(verifySignature("\x72", signature, key));
        QVERIFY(!verifySignature("\x73", signature, key));
        // The same S plus the order of the group: accepted by careless verifiers (ed25519-speccheck, cases 6 and 7).
        const auto order = *bytesFromHex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
        Signature twin = signature;
        unsigned carry = 0;
        for (std::size_t i = 0; i < 32; ++i) {
            carry += unsigned{twin[32 + i]} + static_cast<unsigned char>(order[i]);
            twin[32 + i] = static_cast<std::uint8_t>(carry & 0xffU);
            carry >>= 8U;
        }
        QVERIFY(!verifySignature("\x72", twin, key));
        signature[0] ^= 1;
        QVERIFY(!verifySignature("\x72", signature, key));
    }

    void weakKeysAreNotAcceptable()
    {
        // Small order (RFC 7748 / libsodium's list), non-canonical encodings, and a point that is not on the curve.
        for (const char *hex : {"0000000000000000000000000000000000000000000000000000000000000000",
                                "0100000000000000000000000000000000000000000000000000000000000000",
                                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                                "0200000000000000000000000000000000000000000000000000000000000000"})
            QVERIFY2(!acceptablePublicKey(keyOf(hex)), hex);
        // "Mixed order": a good point plus one of small order (ed25519-speccheck, case 4).
        QVERIFY(!acceptablePublicKey(keyOf("cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d")));
    }

    void keyIdsAreTheBeginningOfTheDigest()
    {
        const TestSigner signer(1);
        QCOMPARE(signer.keyId(), sha256(signer.publicKey().bytes).hex().substr(0, 32));
        QVERIFY(PublicKey::fromHex(signer.publicKey().hex()) == signer.publicKey());
        QVERIFY(!PublicKey::fromHex("00"));
    }

    void envelopesReadBackToTheByte()
    {
        const TestSigner signer(1);
        const std::string bytes = sealEntry(headerFor({}, signer), enrolment(signer), signer);
        QCOMPARE(canonicalJson(parseCanonical(bytes)), bytes);
        const Envelope envelope = parseEnvelope(bytes);
        QCOMPARE(serialise(envelope), bytes);
        QVERIFY(verifySignature(envelope, signer.publicKey()));
        QVERIFY(!verifySignature(envelope, TestSigner(2).publicKey()));
        QCOMPARE(envelope.keyId, signer.keyId());
    }

    void envelopesOfAnotherFormAreRefused()
    {
        const TestSigner signer(1);
        const std::string good = sealEntry(headerFor({}, signer), enrolment(signer), signer);
        const auto replaced = [&](std::string_view from, std::string_view to) {
            std::string text = good;
            text.replace(text.find(from), from.size(), to);
            return text;
        };
        for (const std::string &bad :
             {std::string(), good + "\n", " " + good, good.substr(0, good.size() - 1), good.substr(0, 40),
              replaced("payloadType\":\"application/vnd.countersign.entry+json;v=1", "payloadType\":\"text/plain"),
              replaced("payload\":\"", "payload\":\" "), replaced("\"}]}", "\"},{\"keyid\":\"\",\"sig\":\"\"}]}"),
              replaced("keyid\":\"", "keyid\":\"A"), replaced("=\"}]}", "\"}]}"), replaced("sig\":\"", "sig\":\"AAAA")})
            QVERIFY(refused([&] { (void)parseEnvelope(bad); }, "malformed"));
    }
};

QTEST_APPLESS_MAIN(TestEntry)
#include "tst_entry.moc"
