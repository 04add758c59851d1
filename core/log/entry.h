// SPDX-License-Identifier: GPL-3.0-or-later
//
// The payload of one entry, as canonical JSON:
//   {"v":1,"origin","seq","previous":{"size","root"},"at","author","key","policy","action","body":{...}}
// The header says where the entry stands in which log and who vouches for it; the body belongs to the rooms above.
#pragma once

#include "core/base/json.h"
#include "core/base/time.h"
#include "core/log/merkle.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace countersign {

struct EntryHeader
{
    std::string origin;    // the id of the log
    std::uint64_t seq = 0; // its place, from 0
    TreeHead previous;     // the tree its author had seen: the seq entries before it
    UtcTime at{};          // as the author's machine told it: a claim
    std::string author;    // user id
    std::string key;       // key id, see PublicKey::keyId
    Hash256 policy;        // the policy pack it was judged by
    std::string action;    // one word for what was done, never empty
};

struct Entry
{
    EntryHeader header;
    json::value body;
};

/// The bytes to be signed. Throws Exception(InvalidInput) when `body` holds what canonicalJson refuses.
[[nodiscard]] std::string buildPayload(const EntryHeader &header, const json::value &body);

/// The reverse, to the byte: buildPayload of the result gives `payload` again. Throws Exception(InvalidInput) that says
/// what is wrong: not canonical, a member missing, unknown or of the wrong type, a newer version.
[[nodiscard]] Entry parsePayload(std::string_view payload);

} // namespace countersign
