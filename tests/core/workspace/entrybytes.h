// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workspace/replay.h"

namespace world {

using namespace countersign;

/// The act as the bytes of an entry of the log, unsigned.
inline std::string bytesOf(const Replay &replay, const Act &act)
{
    EntryHeader header;
    header.origin = "walk";
    header.seq = static_cast<std::uint64_t>(act.seq);
    header.previous.size = header.seq;
    header.at = act.at;
    header.author = act.author.str();
    header.key = std::string(32, '0');
    header.policy = replay.registry().policyHash;
    for (const auto &fact : act.facts)
        if (const auto *published = std::get_if<PolicyPublished>(&fact); published && act.seq == 0)
            header.policy = published->hash;
    header.action = factName(act.facts.front());
    return buildPayload(header, bodyOf(act.facts));
}

} // namespace world
