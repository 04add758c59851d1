// SPDX-License-Identifier: GPL-3.0-or-later
//
// The Merkle tree of RFC 6962 section 2.1 (the same in RFC 9162): a leaf is SHA-256(0x00 || data), a node
// SHA-256(0x01 || left || right), the empty tree SHA-256 of nothing.
#pragma once

#include "core/base/hash.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace countersign {

/// Size and root: what a tree of that many leaves has been.
struct TreeHead
{
    std::uint64_t size = 0;
    Hash256 root = sha256(std::string_view());

    friend bool operator==(const TreeHead &, const TreeHead &) = default;
};

[[nodiscard]] Hash256 leafHash(std::string_view data);
[[nodiscard]] Hash256 nodeHash(const Hash256 &left, const Hash256 &right);

/// A tree that only grows. Keeps the roots of its perfect subtrees (the frontier), so that it is small to store and
/// cheap to copy, and an append costs about one hash.
class MerkleTree
{
public:
    void append(const Hash256 &leaf);
    [[nodiscard]] std::uint64_t size() const noexcept { return m_size; }
    [[nodiscard]] Hash256 root() const;
    [[nodiscard]] TreeHead head() const { return {m_size, root()}; }

    /// The hashes of the frontier one after the other, largest subtree first: 32 bytes for every bit set in size.
    [[nodiscard]] std::string frontier() const;
    /// Nothing when the length of `frontier` does not fit `size`.
    [[nodiscard]] static std::optional<MerkleTree> fromFrontier(std::uint64_t size, std::string_view frontier);

private:
    std::vector<Hash256> m_frontier;
    std::uint64_t m_size = 0;
};

using MerkleProof = std::vector<Hash256>;

[[nodiscard]] Hash256 merkleRoot(std::span<const Hash256> leaves);
/// Shows that leaf `index` is in the tree of `leaves`. index < leaves.size().
[[nodiscard]] MerkleProof inclusionProof(std::span<const Hash256> leaves, std::uint64_t index);
/// Shows that the first `oldSize` of `leaves` are the beginning of all of them. oldSize <= leaves.size().
[[nodiscard]] MerkleProof consistencyProof(std::span<const Hash256> leaves, std::uint64_t oldSize);

/// RFC 9162 section 2.1.3.2.
[[nodiscard]] bool verifyInclusion(const Hash256 &leaf, std::uint64_t index, const TreeHead &head,
                                   const MerkleProof &proof);
/// RFC 9162 section 2.1.4.2. The empty tree is the beginning of every tree.
[[nodiscard]] bool verifyConsistency(const TreeHead &before, const TreeHead &after, const MerkleProof &proof);

} // namespace countersign
