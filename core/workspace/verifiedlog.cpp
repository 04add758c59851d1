// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/verifiedlog.h"

#include <algorithm>
#include <cassert>

namespace countersign {

namespace {

Fault damaged(const Exception &exception, std::optional<std::uint64_t> seq)
{
    return {FaultKind::FileDamaged, seq, exception.error().what};
}

void merge(Touched &into, Touched &&from)
{
    into.records.merge(from.records);
    into.models.merge(from.models);
}

/// Acts that policy forbade, as an earlier replay recorded them.
std::vector<Fault> forbiddenActs(const Registry &registry)
{
    std::vector<Fault> faults;
    for (const TimelineItem &item : registry.timeline) {
        const auto seq = static_cast<std::uint64_t>(item.seq);
        if (!item.forbidden.empty() && (faults.empty() || faults.back().seq != seq))
            faults.push_back(forbiddenFault(item.seq, item.forbidden));
    }
    return faults;
}

} // namespace

VerifiedLog::VerifiedLog(const LogStore &store)
    : m_store(store)
    , m_verifier(std::make_unique<LogVerifier>(m_replay, store.origin()))
{
    updateReport();
}

bool VerifiedLog::resume(Registry known, const Hash256 &root, const CancelToken &cancel, const Progress &progress)
{
    assert(m_leaves.empty());
    const auto size = static_cast<std::uint64_t>(known.size);
    MerkleTree tree;
    std::vector<Hash256> leaves;
    bool gap = false;
    m_store.forEach(0, [&](std::uint64_t seq, std::string_view envelope) {
        cancel.throwIfCancelled();
        if (seq >= size)
            return;
        gap = gap || seq != tree.size();
        leaves.push_back(leafHash(envelope));
        tree.append(leaves.back());
        countersign::report(progress, "Hashing known entries", seq + 1, size);
    });
    if (gap || tree.size() != size || tree.root() != root)
        return false;
    m_replay = Replay(std::move(known));
    m_ownFaults = forbiddenActs(m_replay.registry());
    m_verifier = std::make_unique<LogVerifier>(m_replay, m_store.origin(), std::move(tree));
    m_leaves = std::move(leaves);
    m_resumed = size;
    updateReport();
    return true;
}

Touched VerifiedLog::catchUp(const CancelToken &cancel, const Progress &progress)
{
    Touched touched;
    const std::uint64_t total = m_store.size();
    if (total < m_leaves.size())
        add({FaultKind::MissingEntry, total,
             "Entry " + std::to_string(total) + " and those after it were there before and are gone."});
    try {
        m_store.forEach(m_leaves.size(), [&](std::uint64_t seq, std::string_view envelope) {
            cancel.throwIfCancelled();
            take(seq, envelope, touched);
            countersign::report(progress, "Verifying entries", seq + 1, total);
        });
    } catch (const Exception &exception) {
        if (exception.error().code != ErrorCode::Corrupt)
            throw;
        add(damaged(exception, m_leaves.size()));
    }
    updateReport();
    return touched;
}

void VerifiedLog::take(std::uint64_t seq, std::string_view envelope, Touched &touched)
{
    const CheckedEntry checked = m_verifier->next(seq, envelope);
    m_leaves.push_back(checked.leaf);
    if (!checked.valid()) {
        freeze();
        return;
    }
    const bool trusted = !broken();
    Replay::Folded folded = m_replay.fold(*checked.entry);
    if (!trusted)
        return; // kept up for the keys alone: what the register says after a fault means nothing
    if (folded.fault) {
        m_ownFaults.push_back(std::move(*folded.fault));
        return;
    }
    merge(touched, std::move(folded.touched));
    checkBlobs(*checked.entry);
}

void VerifiedLog::checkBlobs(const Entry &entry)
{
    for (const auto &[hash, what] : blobsOf(actOf(entry))) {
        const std::string named = "Entry " + std::to_string(entry.header.seq) + " speaks of " + what;
        try {
            if (!m_store.holdsBlob(hash))
                add({FaultKind::BlobMissing, entry.header.seq, named + ", which is not in the file."});
        } catch (const Exception &exception) {
            if (exception.error().code != ErrorCode::Corrupt)
                throw;
            add({FaultKind::BlobAltered, entry.header.seq, named + ", which was altered since."});
        }
    }
}

void VerifiedLog::checkAgain(const CancelToken &cancel)
{
    MerkleTree tree;
    const std::uint64_t known = m_leaves.size();
    std::optional<std::uint64_t> different;
    m_store.forEach(0, [&](std::uint64_t seq, std::string_view envelope) {
        cancel.throwIfCancelled();
        if (!different && seq < known && leafHash(envelope) != m_leaves[seq])
            different = seq;
    });
    if (different)
        add({FaultKind::BadSignature, *different,
             "Entry " + std::to_string(*different) + " was changed while the file was open."});
    updateReport();
}

void VerifiedLog::add(Fault fault)
{
    freeze();
    m_ownFaults.push_back(std::move(fault));
    updateReport();
}

void VerifiedLog::freeze()
{
    if (!m_frozen)
        m_frozen = m_replay.registry();
}

void VerifiedLog::updateReport()
{
    m_report = m_verifier->soFar();
    m_report.head = m_verifier->tree().head();
    m_report.entriesChecked += m_resumed;
    m_report.signaturesChecked += m_resumed;
    m_report.faults.insert(m_report.faults.end(), m_ownFaults.begin(), m_ownFaults.end());
    std::stable_sort(m_report.faults.begin(), m_report.faults.end(), [](const Fault &a, const Fault &b) {
        return a.seq.value_or(UINT64_MAX) < b.seq.value_or(UINT64_MAX);
    });
}

} // namespace countersign
