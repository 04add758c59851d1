// SPDX-License-Identifier: GPL-3.0-or-later
//
// The one verifier: replay, the window, and the stand-alone program feed it the stored envelopes in order.
#pragma once

#include "core/log/checkpoint.h"
#include "core/log/envelope.h"

#include <boost/describe/enum.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace countersign {

enum class FaultKind {
    EnvelopeMalformed,
    PayloadNotCanonical,
    WrongOrigin,
    WrongSequence,
    WrongPreviousHead, // signed over a past that is not the one stored
    UnknownKey,
    WrongSigner, // the key is not the author's, or not the one that the envelope names
    BadSignature,
    MissingEntry,
    CheckpointLarger,   // the file is older than the checkpoint: cut off, or an older copy
    CheckpointMismatch, // the past that the checkpoint vouches for was rewritten
    ForbiddenByPolicy,
    BlobMissing,
    BlobAltered,
    FileDamaged
};
BOOST_DESCRIBE_ENUM(FaultKind, EnvelopeMalformed, PayloadNotCanonical, WrongOrigin, WrongSequence, WrongPreviousHead,
                    UnknownKey, WrongSigner, BadSignature, MissingEntry, CheckpointLarger, CheckpointMismatch,
                    ForbiddenByPolicy, BlobMissing, BlobAltered, FileDamaged)

struct Fault
{
    FaultKind kind = FaultKind::FileDamaged;
    std::optional<std::uint64_t> seq; // the entry, where the fault is of one
    std::string text;                 // a sentence for people
};

struct VerificationReport
{
    std::string origin;
    TreeHead head; // of the entries as they are stored
    std::uint64_t entriesChecked = 0;
    std::uint64_t signaturesChecked = 0;
    std::vector<Fault> faults; // in the order found: the first one first

    [[nodiscard]] bool valid() const noexcept { return faults.empty(); }
};

/// A key and the user it speaks for.
struct EnrolledKey
{
    PublicKey key;
    std::string user;
};

/// Who may sign, as of the place reached. Kept by whoever folds the entries.
class KeyDirectory
{
public:
    virtual ~KeyDirectory() = default;
    /// The key called `entry.header.key` as it stands before `entry` takes effect; nothing when it is not enrolled or
    /// no longer valid. The first entry (seq 0) enrols its own author: for it the answer is the key its body holds.
    /// `entry` is not verified yet: learn nothing from it here. Throws Exception when its body makes no sense.
    [[nodiscard]] virtual std::optional<EnrolledKey> keyFor(const Entry &entry) const = 0;
};

/// What the verifier found about one entry.
struct CheckedEntry
{
    std::uint64_t seq = 0;
    std::optional<Entry> entry; // as far as it could be read, even under faults
    Hash256 leaf;
    std::vector<Fault> faults;

    [[nodiscard]] bool valid() const noexcept { return faults.empty(); }
};

/// Takes the envelopes of one log from its beginning, or from a place verified before. Every fault is reported at the
/// entry that shows it; a broken past is reported once, at the first entry whose author saw another one.
class LogVerifier
{
public:
    /// `origin` empty: taken from the first entry. `directory` must outlive the verifier.
    explicit LogVerifier(const KeyDirectory &directory, std::string origin = {});
    /// Goes on after the entries of `verified`.
    LogVerifier(const KeyDirectory &directory, std::string origin, MerkleTree verified);

    /// Demands that the log hold `checkpoint` in its past. Call before the first entry; its size must not be below what
    /// was verified before.
    void expect(Checkpoint checkpoint);

    /// The next envelope, and the number it is stored under. When it is valid the caller folds it before the next call.
    CheckedEntry next(std::uint64_t storedSeq, std::string_view envelope);

    /// Faults found elsewhere: policy, blobs, the file.
    void add(Fault fault) { m_report.faults.push_back(std::move(fault)); }

    /// After the last envelope.
    [[nodiscard]] VerificationReport finish();

    [[nodiscard]] const MerkleTree &tree() const noexcept { return m_tree; }
    [[nodiscard]] const VerificationReport &soFar() const noexcept { return m_report; }

private:
    void checkSigner(const Envelope &envelope, CheckedEntry &checked);
    void checkPlace(CheckedEntry &checked);
    void checkCheckpoint();

    const KeyDirectory &m_directory;
    MerkleTree m_tree;
    std::uint64_t m_expectedSeq = 0;
    bool m_pastBroken = false; // already reported, so that one broken entry does not condemn all after it
    std::optional<Checkpoint> m_checkpoint;
    VerificationReport m_report;
};

} // namespace countersign
