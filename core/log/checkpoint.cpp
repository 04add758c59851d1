// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/log/checkpoint.h"

#include "core/base/error.h"
#include "core/log/canonical.h"
#include "core/log/envelope.h"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace countersign {

namespace {

constexpr std::string_view kPrefix = "countersign/";
constexpr std::string_view kDash = "\xe2\x80\x94 "; // em dash and a space open a signature line
constexpr std::size_t kKeyHashLength = 4;

[[noreturn]] void refuse(const char *what)
{
    throw Exception(ErrorCode::InvalidInput, std::string("This is not a checkpoint: ") + what + ".",
                    "Use the whole text of a checkpoint as Countersign saved it.");
}

bool acceptableName(std::string_view name)
{
    return !name.empty() && name.find_first_of(" \t\r\n+") == std::string_view::npos && validUtf8(name);
}

/// C2SP signed-note: the first bytes of SHA-256(name || LF || 0x01 || key); 0x01 stands for Ed25519.
std::string keyHash(std::string_view name, const PublicKey &key)
{
    Sha256 hash;
    hash.update(name);
    hash.update("\n\x01");
    hash.update({reinterpret_cast<const char *>(key.bytes.data()), key.bytes.size()});
    const Hash256 digest = hash.finish();
    return {reinterpret_cast<const char *>(digest.bytes.data()), kKeyHashLength};
}

std::string unixLineEnds(std::string_view text)
{
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] != '\r' || i + 1 == text.size() || text[i + 1] != '\n')
            plain += text[i];
    if (!plain.empty() && plain.back() != '\n')
        plain += '\n';
    return plain;
}

std::vector<std::string_view> linesOf(std::string_view text)
{
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end + 1);
    }
    return lines;
}

std::uint64_t parseSize(std::string_view line)
{
    std::uint64_t size = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), size);
    if (error != std::errc() || end != line.data() + line.size() || std::to_string(size) != line)
        refuse("its second line is not a number of entries");
    return size;
}

Hash256 parseRoot(std::string_view line)
{
    const auto bytes = bytesFromBase64(line);
    Hash256 root;
    if (!bytes || bytes->size() != root.bytes.size())
        refuse("its third line is not a hash in base64");
    std::memcpy(root.bytes.data(), bytes->data(), root.bytes.size());
    return root;
}

NoteSignature parseSignature(std::string_view line)
{
    if (!line.starts_with(kDash))
        refuse("there is a line after the blank one that is no signature");
    line.remove_prefix(kDash.size());
    const auto space = line.find(' ');
    if (space == std::string_view::npos || !acceptableName(line.substr(0, space)))
        refuse("a signature line is malformed");
    auto bytes = bytesFromBase64(line.substr(space + 1));
    if (!bytes || bytes->size() <= kKeyHashLength)
        refuse("a signature line is malformed");
    return {std::string(line.substr(0, space)), std::move(*bytes)};
}

} // namespace

std::string writeCheckpoint(const Checkpoint &checkpoint)
{
    const auto &root = checkpoint.head.root.bytes;
    return std::string(kPrefix) + checkpoint.origin + '\n' + std::to_string(checkpoint.head.size) + '\n' +
           toBase64({reinterpret_cast<const char *>(root.data()), root.size()}) + '\n';
}

std::string signCheckpoint(const Checkpoint &checkpoint, const Signer &signer, std::string_view name)
{
    if (!acceptableName(name))
        throw Exception(ErrorCode::InvalidInput,
                        "The name \"" + std::string(name) + "\" cannot stand under a checkpoint.",
                        "Use a name without white space and plus signs.");
    CheckpointNote note{checkpoint, writeCheckpoint(checkpoint), {}};
    const Signature signature = signer.sign(note.text);
    std::string bytes = keyHash(name, signer.publicKey());
    bytes.append(reinterpret_cast<const char *>(signature.data()), signature.size());
    note.signatures.push_back({std::string(name), std::move(bytes)});
    return writeNote(note);
}

std::string writeNote(const CheckpointNote &note)
{
    std::string text = note.text;
    if (!note.signatures.empty())
        text += '\n';
    for (const auto &signature : note.signatures) {
        text += kDash;
        text += signature.name + ' ' + toBase64(signature.bytes) + '\n';
    }
    return text;
}

CheckpointNote parseCheckpoint(std::string_view text)
{
    const std::string plain = unixLineEnds(text);
    if (!validUtf8(plain))
        refuse("it is not UTF-8 text");
    const auto lines = linesOf(plain);
    const auto blank = std::find(lines.begin(), lines.end(), std::string_view());
    const auto textLines = static_cast<std::size_t>(blank - lines.begin());
    if (textLines < 3)
        refuse("it has fewer than three lines");
    if (!lines[0].starts_with(kPrefix) || lines[0].size() == kPrefix.size())
        refuse("its first line does not begin with \"countersign/\" and the id of a log");

    CheckpointNote note;
    note.checkpoint.origin = std::string(lines[0].substr(kPrefix.size()));
    note.checkpoint.head = {parseSize(lines[1]), parseRoot(lines[2])};
    for (std::size_t i = 0; i < textLines; ++i)
        note.text.append(lines[i]).append("\n");
    for (auto line = blank; line != lines.end(); ++line)
        if (line != blank && !line->empty())
            note.signatures.push_back(parseSignature(*line));
    return note;
}

bool verifyCheckpoint(const CheckpointNote &note, const PublicKey &key, std::string_view name)
{
    const std::string hash = keyHash(name, key);
    return std::any_of(note.signatures.begin(), note.signatures.end(), [&](const NoteSignature &line) {
        Signature signature{};
        if (line.name != name || line.bytes.size() != kKeyHashLength + signature.size() ||
            !line.bytes.starts_with(hash))
            return false;
        std::memcpy(signature.data(), line.bytes.data() + kKeyHashLength, signature.size());
        return verifySignature(note.text, signature, key);
    });
}

} // namespace countersign
