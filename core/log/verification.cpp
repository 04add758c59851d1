// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/log/verification.h"

#include <cassert>

namespace countersign {

namespace {

std::string nameOf(std::uint64_t seq)
{
    return "Entry " + std::to_string(seq);
}

} // namespace

LogVerifier::LogVerifier(const KeyDirectory &directory, std::string origin)
    : LogVerifier(directory, std::move(origin), MerkleTree())
{
}

LogVerifier::LogVerifier(const KeyDirectory &directory, std::string origin, MerkleTree verified)
    : m_directory(directory)
    , m_tree(std::move(verified))
    , m_expectedSeq(m_tree.size())
{
    m_report.origin = std::move(origin);
}

void LogVerifier::expect(Checkpoint checkpoint)
{
    assert(checkpoint.head.size >= m_tree.size());
    m_checkpoint = std::move(checkpoint);
    checkCheckpoint();
}

CheckedEntry LogVerifier::next(std::uint64_t storedSeq, std::string_view envelopeBytes)
{
    CheckedEntry checked;
    checked.seq = storedSeq;
    checked.leaf = leafHash(envelopeBytes);
    const auto fault = [&](FaultKind kind, std::string text) {
        checked.faults.push_back({kind, storedSeq, std::move(text)});
    };

    if (storedSeq > m_expectedSeq) {
        const std::string last =
            storedSeq == m_expectedSeq + 1 ? std::string() : " to " + std::to_string(storedSeq - 1);
        checked.faults.push_back(
            {FaultKind::MissingEntry, m_expectedSeq, nameOf(m_expectedSeq) + last + " is missing."});
    } else if (storedSeq < m_expectedSeq) {
        fault(FaultKind::WrongSequence, nameOf(storedSeq) + " is stored twice or out of order.");
    }

    try {
        const Envelope envelope = parseEnvelope(envelopeBytes);
        try {
            checked.entry = parsePayload(envelope.payload);
        } catch (const Exception &exception) {
            fault(FaultKind::PayloadNotCanonical,
                  nameOf(storedSeq) + " holds a payload that cannot be accepted. " + exception.error().text());
        }
        if (checked.entry) {
            checkSigner(envelope, checked);
            checkPlace(checked);
        }
    } catch (const Exception &exception) {
        fault(FaultKind::EnvelopeMalformed, nameOf(storedSeq) + " cannot be read. " + exception.error().text());
    }

    m_tree.append(checked.leaf);
    m_expectedSeq = storedSeq + 1;
    ++m_report.entriesChecked;
    m_report.faults.insert(m_report.faults.end(), checked.faults.begin(), checked.faults.end());
    checkCheckpoint();
    return checked;
}

/// First who wrote it: a header under a bad signature says nothing more.
void LogVerifier::checkSigner(const Envelope &envelope, CheckedEntry &checked)
{
    const EntryHeader &header = checked.entry->header;
    const auto fault = [&](FaultKind kind, std::string text) {
        checked.faults.push_back({kind, checked.seq, nameOf(checked.seq) + std::move(text)});
    };
    if (envelope.keyId != header.key)
        fault(FaultKind::WrongSigner, " names key " + envelope.keyId + " outside and key " + header.key + " inside.");
    std::optional<EnrolledKey> enrolled;
    try {
        enrolled = m_directory.keyFor(*checked.entry);
    } catch (const Exception &exception) {
        fault(FaultKind::PayloadNotCanonical, " holds a body that cannot be accepted. " + exception.error().text());
        return;
    }
    if (!enrolled) {
        fault(FaultKind::UnknownKey, " is signed with key " + header.key + ", which is not enrolled at this place.");
        return;
    }
    if (enrolled->key.keyId() != header.key || !acceptablePublicKey(enrolled->key)) {
        fault(FaultKind::UnknownKey,
              " names key " + header.key + ", but the enrolled key of that name is another one.");
        return;
    }
    ++m_report.signaturesChecked;
    if (!verifySignature(envelope, enrolled->key))
        fault(FaultKind::BadSignature, " does not carry a valid signature of " + enrolled->user + ".");
    else if (enrolled->user != header.author)
        fault(FaultKind::WrongSigner,
              " names " + header.author + " as its author, but is signed with the key of " + enrolled->user + ".");
}

void LogVerifier::checkPlace(CheckedEntry &checked)
{
    const EntryHeader &header = checked.entry->header;
    for (const Fault &fault : checked.faults)
        if (fault.kind == FaultKind::BadSignature)
            return;
    const auto fault = [&](FaultKind kind, std::string text) {
        checked.faults.push_back({kind, checked.seq, nameOf(checked.seq) + std::move(text)});
    };
    if (m_report.origin.empty())
        m_report.origin = header.origin;
    if (header.origin != m_report.origin)
        fault(FaultKind::WrongOrigin, " belongs to another log (" + header.origin + ").");
    if (header.seq != checked.seq)
        fault(FaultKind::WrongSequence,
              " was signed as entry " + std::to_string(header.seq) + ": entries were removed, added or moved.");
    if (!m_pastBroken && (header.previous != m_tree.head() || header.previous.size != header.seq)) {
        m_pastBroken = true;
        fault(FaultKind::WrongPreviousHead,
              " was signed over a different past: what is stored before it is not what its author saw.");
    }
}

void LogVerifier::checkCheckpoint()
{
    if (!m_checkpoint || m_tree.size() != m_checkpoint->head.size || m_tree.root() == m_checkpoint->head.root)
        return;
    const std::uint64_t size = m_checkpoint->head.size;
    m_report.faults.push_back(
        {FaultKind::CheckpointMismatch, size == 0 ? std::nullopt : std::optional(size - 1),
         "The first " + std::to_string(size) + " entries are not those of the checkpoint: the past was rewritten."});
}

VerificationReport LogVerifier::finish()
{
    m_report.head = m_tree.head();
    if (m_checkpoint && m_checkpoint->head.size > m_tree.size())
        m_report.faults.push_back({FaultKind::CheckpointLarger, m_tree.size(),
                                   "The file holds " + std::to_string(m_tree.size()) + " entries, the checkpoint " +
                                       std::to_string(m_checkpoint->head.size) +
                                       ": the newest entries were cut off, or this is an older copy."});
    if (m_checkpoint && m_checkpoint->origin != m_report.origin)
        m_report.faults.push_back({FaultKind::WrongOrigin, std::nullopt,
                                   "The checkpoint belongs to another log (" + m_checkpoint->origin + ")."});
    return m_report;
}

} // namespace countersign
