// SPDX-License-Identifier: GPL-3.0-or-later
//
// A small log for tests: signers from fixed seeds, a directory of keys, entries written by them.
#pragma once

#include "core/log/verification.h"

#include <map>
#include <sodium.h>
#include <utility>

namespace countersign::test {

/// A key from a seed of one repeated byte.
class TestSigner final : public Signer
{
public:
    explicit TestSigner(unsigned char seedByte, std::string userId = {})
        : m_user(userId.empty() ? "user-" + std::to_string(seedByte) : std::move(userId))
    {
        std::array<unsigned char, crypto_sign_SEEDBYTES> seed{};
        seed.fill(seedByte);
        crypto_sign_seed_keypair(m_public.bytes.data(), m_secret.data(), seed.data());
    }
    const PublicKey &publicKey() const override { return m_public; }
    Signature sign(std::string_view message) const override
    {
        Signature signature{};
        crypto_sign_detached(signature.data(), nullptr, reinterpret_cast<const unsigned char *>(message.data()),
                             message.size(), m_secret.data());
        return signature;
    }
    const std::string &user() const { return m_user; }

private:
    std::string m_user;
    PublicKey m_public;
    std::array<unsigned char, crypto_sign_SECRETKEYBYTES> m_secret{};
};

/// {"facts":[{"fact":"userEnrolled","user":{...}}]}, as a workspace enrols people.
inline json::value enrolment(const TestSigner &signer)
{
    return json::object{
        {"facts", json::array{json::object{{"fact", "userEnrolled"},
                                           {"user", json::object{{"id", signer.user()},
                                                                 {"fullName", "Test " + signer.user()},
                                                                 {"publicKey", signer.publicKey().hex()}}}}}}};
}

/// Learns the keys of enrolment entries once they are found valid, as the fold of a workspace does.
class TestDirectory final : public KeyDirectory
{
public:
    std::optional<EnrolledKey> keyFor(const Entry &entry) const override
    {
        if (entry.header.seq == 0 && m_keys.empty()) {
            const auto enrolled = enrolledBy(entry);
            return enrolled.empty() ? std::nullopt : std::optional(enrolled.front());
        }
        const auto found = m_keys.find(entry.header.key);
        return found == m_keys.end() ? std::nullopt : std::optional(found->second);
    }
    void fold(const CheckedEntry &checked)
    {
        if (checked.valid())
            for (const auto &enrolled : enrolledBy(*checked.entry))
                m_keys[enrolled.key.keyId()] = enrolled;
    }

private:
    static std::vector<EnrolledKey> enrolledBy(const Entry &entry)
    {
        std::vector<EnrolledKey> keys;
        const auto *body = entry.body.if_object();
        const auto *facts = body ? body->if_contains("facts") : nullptr;
        if (!facts || !facts->is_array())
            return keys;
        for (const auto &fact : facts->get_array()) {
            const auto *user = fact.is_object() ? fact.get_object().if_contains("user") : nullptr;
            if (!user || !user->is_object())
                continue;
            const auto key = PublicKey::fromHex(textOf(user->get_object(), "publicKey"));
            if (key)
                keys.push_back({*key, textOf(user->get_object(), "id")});
        }
        return keys;
    }
    static std::string textOf(const json::object &object, const char *member)
    {
        const auto *value = object.if_contains(member);
        return value && value->is_string() ? std::string(value->get_string()) : std::string();
    }
    std::map<std::string, EnrolledKey> m_keys;
};

inline EntryHeader headerFor(const MerkleTree &tree, const TestSigner &signer, const std::string &origin = "test-log")
{
    EntryHeader header;
    header.origin = origin;
    header.seq = tree.size();
    header.previous = tree.head();
    header.at = *parseUtcTime("2026-01-31T09:00:00.000Z") + std::chrono::seconds(tree.size());
    header.author = signer.user();
    header.key = signer.keyId();
    header.policy = sha256(std::string_view("policy"));
    header.action = "test";
    return header;
}

/// Writes entries one after the other and keeps their envelopes.
class TestLog
{
public:
    explicit TestLog(const TestSigner &founder, std::string origin = "test-log")
        : m_origin(std::move(origin))
    {
        add(founder, enrolment(founder));
    }
    const std::string &add(const TestSigner &signer, const json::value &body)
    {
        m_envelopes.push_back(sealEntry(headerFor(m_tree, signer, m_origin), body, signer));
        m_tree.append(leafHash(m_envelopes.back()));
        return m_envelopes.back();
    }
    const std::string &note(const TestSigner &signer, const std::string &text)
    {
        return add(signer, json::object{{"facts", json::array()}, {"note", text}});
    }
    const std::vector<std::string> &envelopes() const { return m_envelopes; }
    const MerkleTree &tree() const { return m_tree; }
    Checkpoint checkpoint() const { return {m_origin, m_tree.head()}; }

private:
    std::string m_origin;
    std::vector<std::string> m_envelopes;
    MerkleTree m_tree;
};

/// The numbered envelopes of a file or a vector, verified from the beginning.
using NumberedEnvelopes = std::vector<std::pair<std::uint64_t, std::string>>;
inline VerificationReport verifyAll(const NumberedEnvelopes &stored, const std::optional<Checkpoint> &checkpoint = {},
                                    const std::string &origin = "test-log")
{
    TestDirectory directory;
    LogVerifier verifier(directory, origin);
    if (checkpoint)
        verifier.expect(*checkpoint);
    for (const auto &[seq, envelope] : stored)
        directory.fold(verifier.next(seq, envelope));
    return verifier.finish();
}

inline NumberedEnvelopes numbered(const std::vector<std::string> &envelopes)
{
    NumberedEnvelopes result;
    for (const auto &envelope : envelopes)
        result.emplace_back(result.size(), envelope);
    return result;
}

} // namespace countersign::test
