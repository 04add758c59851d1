// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/receipt.h"

#include "core/log/checkpoint.h"

#include <algorithm>

namespace countersign {

namespace {

/// Multi-line texts are indented, so that no comment can pass for a line of the receipt.
void line(std::string &out, const std::string &name, const std::string &value)
{
    if (value.empty())
        return;
    std::string padded = name + ":";
    padded.resize(std::max<std::size_t>(padded.size() + 1, 20), ' ');
    out += padded;
    for (const char c : value) {
        out += c;
        if (c == '\n')
            out += std::string(20, ' ');
    }
    out += '\n';
}

constexpr const char *kHowTo = R"(
How to check this receipt
  With the program:  countersign-verify FILE --checkpoint RECEIPT-CHECKPOINT
    where the three lines under "Checkpoint" above are saved as RECEIPT-CHECKPOINT (with their line ends). It fails if
    the file has lost or changed anything that was in it when this receipt was written.
  By hand:
    1. Leaf: SHA-256 of the byte 0 followed by the stored envelope, taken from the file with sqlite3 as
       docs/formats/file-format.md shows: (printf '\000'; cat ENVELOPE) | sha256sum
       It must be the leaf hash above.
    2. Proof: take the leaf hash; the index is N and the last index is the size minus 1. For each hash of the proof:
       when the index is odd or equals the last index, hash (byte 1, proof hash, own hash), then halve both while the
       index is even and not 0; otherwise hash (byte 1, own hash, proof hash). Halve both. The end must be the root.
       (RFC 9162, section 2.1.3.2)
    3. The envelope is DSSE: its payload is the signed text, and the Ed25519 signature is over the pre-authentication
       encoding of it. docs/formats/file-format.md shows how to check it with openssl.
)";

} // namespace

std::string receiptText(const Registry &registry, const DeploymentRequest &request, const SignOff &signOff,
                        const std::vector<Hash256> &leaves, const std::string &origin)
{
    const Model &model = registry.models.at(request.model);
    const ModelVersion &version = registry.versions.at(request.version);
    const auto signer = registry.users.find(signOff.by);
    const auto index = static_cast<std::uint64_t>(signOff.entry);
    const TreeHead head{leaves.size(), merkleRoot(leaves)};

    std::string out = "RECEIPT OF A SIGNATURE\n\n";
    line(out, "Organisation", registry.organisation);
    line(out, "Model", model.reference + " " + model.name);
    line(out, "Version", version.label);
    line(out, "Request", request.id.str() + ": " + request.justification);
    line(out, "Signed by", signOff.fullName);
    line(out, "Role", displayName(signOff.role));
    line(out, "Decision", displayName(signOff.decision));
    line(out, "Meaning", signOff.meaning);
    line(out, "Comment", signOff.comment);
    line(out, "Conditions", signOff.conditions);
    line(out, "Expires on", signOff.expiresOn ? toString(*signOff.expiresOn) : std::string());
    line(out, "Time (UTC)", toString(signOff.at) + ", as the signer's machine told it");
    if (signer != registry.users.end())
        line(out, "Public key", signer->second.publicKey + " (Ed25519)");
    out += "\nThe signature covers (SHA-256)\n";
    for (const CoveredItem &item : signOff.covered) {
        out += "  " + item.hash.hex() + "  ";
        line(out, item.kind, item.title);
    }
    out += "\nPlace in the log\n";
    line(out, "Log", origin);
    line(out, "Entry", std::to_string(signOff.entry));
    line(out, "Leaf hash", leaves.at(index).hex());
    line(out, "Size", std::to_string(head.size));
    line(out, "Root", head.root.hex());
    out += "Inclusion proof, from the leaf up:\n";
    for (const Hash256 &hash : inclusionProof(leaves, index))
        out += "  " + hash.hex() + "\n";
    out += "\nCheckpoint\n" + writeCheckpoint({origin, head}) + kHowTo;
    return out;
}

} // namespace countersign
