// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person takes away to prove later that nothing was cut off or rewritten: the size and root of a log, as the
// text of C2SP tlog-checkpoint inside a C2SP signed-note.
//   countersign/<origin>
//   <size>
//   <root, base64>
//
//   — <name> <base64 of 4 bytes of key hash and the signature>     (no, one or several such lines)
#pragma once

#include "core/base/signer.h"
#include "core/log/merkle.h"

#include <string>
#include <string_view>
#include <vector>

namespace countersign {

struct Checkpoint
{
    std::string origin; // without "countersign/"
    TreeHead head;

    friend bool operator==(const Checkpoint &, const Checkpoint &) = default;
};

/// One signature line of a note. The signature may be of a kind we do not know.
struct NoteSignature
{
    std::string name;
    std::string bytes; // key hash (4 bytes) and signature
};

struct CheckpointNote
{
    Checkpoint checkpoint;
    std::string text; // what is signed: the lines before the blank one, each with its line end
    std::vector<NoteSignature> signatures;
};

/// The three lines.
[[nodiscard]] std::string writeCheckpoint(const Checkpoint &checkpoint);
/// The three lines, a blank one and a signature line. `name` has no white space and no plus sign.
[[nodiscard]] std::string signCheckpoint(const Checkpoint &checkpoint, const Signer &signer, std::string_view name);
/// A note as read, with its signature lines.
[[nodiscard]] std::string writeNote(const CheckpointNote &note);

/// Takes signed and unsigned notes and the line ends of mail programs (CR LF). Throws Exception(InvalidInput).
[[nodiscard]] CheckpointNote parseCheckpoint(std::string_view text);

/// Whether a line of `note` is the signature of `key` under `name`.
[[nodiscard]] bool verifyCheckpoint(const CheckpointNote &note, const PublicKey &key, std::string_view name);

} // namespace countersign
