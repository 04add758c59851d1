// SPDX-License-Identifier: GPL-3.0-or-later
//
// Looking back and proving: earlier states, checkpoints, entries as they are stored.
#include "core/base/prettyjson.h"
#include "core/workspace/workspaceprivate.h"

namespace countersign {

Result<Registry> Workspace::asOf(Date day) const
{
    return guarded([&] {
        const auto &leaves = m_d->log->leaves();
        const auto trusted = static_cast<std::uint64_t>(m_d->registry().size);
        const UtcTime end = day + std::chrono::days(1);
        std::vector<Entry> entries;
        std::size_t upTo = 0;
        m_d->file->forEach(0, [&](std::uint64_t seq, std::string_view envelope) {
            if (seq >= trusted)
                return;
            if (leafHash(envelope) != leaves[seq])
                throw Exception(ErrorCode::Corrupt, "Entry " + std::to_string(seq) + " is not what was verified.",
                                "Close the file and verify it.");
            entries.push_back(parsePayload(parseEnvelope(envelope).payload));
            if (entries.back().header.at < end)
                upTo = entries.size();
        });
        Replay replay;
        for (std::size_t i = 0; i < upTo; ++i)
            replay.fold(entries[i]);
        return replay.registry();
    });
}

Result<std::string> Workspace::checkpoint() const
{
    return guarded([&] {
        const Checkpoint checkpoint{m_d->log->origin(), m_d->log->head()};
        if (m_d->log->broken())
            throw Exception(ErrorCode::Corrupt, "The log of this file does not verify; there is nothing to attest.",
                            "Look at Audit, and restore the file from a copy that verifies.");
        return m_d->key == nullptr ? writeCheckpoint(checkpoint)
                                   : signCheckpoint(checkpoint, *m_d->key, m_d->userId.str());
    });
}

Result<std::string> Workspace::entryText(std::int64_t seq) const
{
    return guarded([&] {
        const auto stored = seq < 0 ? std::nullopt : m_d->file->envelope(static_cast<std::uint64_t>(seq));
        if (!stored)
            throw Exception(ErrorCode::NotFound, "There is no entry " + std::to_string(seq) + ".");
        std::string text = "Entry " + std::to_string(seq) + "\nLeaf hash " + leafHash(*stored).hex() +
                           "\n\nEnvelope, as stored\n" + *stored + "\n\nPayload\n";
        try {
            const Envelope envelope = parseEnvelope(*stored);
            (void)parsePayload(envelope.payload); // says what is wrong with it
            text += prettyJson(json::parse(envelope.payload)) + "\n";
        } catch (const Exception &exception) {
            text += exception.error().text() + "\n";
        }
        return text;
    });
}

} // namespace countersign
