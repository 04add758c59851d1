// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/log/merkle.h"

#include <bit>
#include <cassert>
#include <cstring>

namespace countersign {

namespace {

/// The largest power of two below n (n > 1): where RFC 6962 splits a tree.
std::size_t splitPoint(std::size_t n)
{
    return std::bit_floor(n - 1);
}

void consistencyInto(std::span<const Hash256> leaves, std::size_t oldSize, bool oldRootKnown, MerkleProof &proof)
{
    if (oldSize == leaves.size()) {
        if (!oldRootKnown)
            proof.push_back(merkleRoot(leaves));
        return;
    }
    const std::size_t split = splitPoint(leaves.size());
    if (oldSize <= split) {
        consistencyInto(leaves.first(split), oldSize, oldRootKnown, proof);
        proof.push_back(merkleRoot(leaves.subspan(split)));
    } else {
        consistencyInto(leaves.subspan(split), oldSize - split, false, proof);
        proof.push_back(merkleRoot(leaves.first(split)));
    }
}

} // namespace

Hash256 leafHash(std::string_view data)
{
    Sha256 hash;
    hash.update(std::string_view("\x00", 1));
    hash.update(data);
    return hash.finish();
}

Hash256 nodeHash(const Hash256 &left, const Hash256 &right)
{
    std::array<std::uint8_t, 65> bytes;
    bytes[0] = 1;
    std::memcpy(bytes.data() + 1, left.bytes.data(), 32);
    std::memcpy(bytes.data() + 33, right.bytes.data(), 32);
    return sha256(bytes);
}

void MerkleTree::append(const Hash256 &leaf)
{
    Hash256 node = leaf;
    for (std::uint64_t bits = m_size; (bits & 1U) != 0; bits >>= 1U) {
        node = nodeHash(m_frontier.back(), node);
        m_frontier.pop_back();
    }
    m_frontier.push_back(node);
    ++m_size;
}

Hash256 MerkleTree::root() const
{
    if (m_frontier.empty())
        return sha256(std::string_view());
    Hash256 node = m_frontier.back();
    for (auto left = m_frontier.rbegin() + 1; left != m_frontier.rend(); ++left)
        node = nodeHash(*left, node);
    return node;
}

std::string MerkleTree::frontier() const
{
    std::string bytes;
    for (const Hash256 &hash : m_frontier)
        bytes += hash.view();
    return bytes;
}

std::optional<MerkleTree> MerkleTree::fromFrontier(std::uint64_t size, std::string_view frontier)
{
    const auto count = static_cast<std::size_t>(std::popcount(size));
    if (frontier.size() != count * 32)
        return std::nullopt;
    MerkleTree tree;
    tree.m_size = size;
    tree.m_frontier.resize(count);
    for (std::size_t i = 0; i < count; ++i)
        std::memcpy(tree.m_frontier[i].bytes.data(), frontier.data() + i * 32, 32);
    return tree;
}

Hash256 merkleRoot(std::span<const Hash256> leaves)
{
    MerkleTree tree;
    for (const Hash256 &leaf : leaves)
        tree.append(leaf);
    return tree.root();
}

MerkleProof inclusionProof(std::span<const Hash256> leaves, std::uint64_t index)
{
    assert(index < leaves.size());
    if (leaves.size() == 1)
        return {};
    const std::size_t split = splitPoint(leaves.size());
    const auto left = leaves.first(split);
    const auto right = leaves.subspan(split);
    MerkleProof proof = index < split ? inclusionProof(left, index) : inclusionProof(right, index - split);
    proof.push_back(merkleRoot(index < split ? right : left));
    return proof;
}

MerkleProof consistencyProof(std::span<const Hash256> leaves, std::uint64_t oldSize)
{
    assert(oldSize <= leaves.size());
    MerkleProof proof;
    if (oldSize > 0)
        consistencyInto(leaves, oldSize, true, proof);
    return proof;
}

bool verifyInclusion(const Hash256 &leaf, std::uint64_t index, const TreeHead &head, const MerkleProof &proof)
{
    if (index >= head.size)
        return false;
    std::uint64_t fn = index;
    std::uint64_t sn = head.size - 1;
    Hash256 node = leaf;
    for (const Hash256 &sibling : proof) {
        if (sn == 0)
            return false;
        if ((fn & 1U) != 0 || fn == sn) {
            node = nodeHash(sibling, node);
            while (fn != 0 && (fn & 1U) == 0) {
                fn >>= 1U;
                sn >>= 1U;
            }
        } else {
            node = nodeHash(node, sibling);
        }
        fn >>= 1U;
        sn >>= 1U;
    }
    return sn == 0 && node == head.root;
}

bool verifyConsistency(const TreeHead &before, const TreeHead &after, const MerkleProof &proof)
{
    if (before.size > after.size)
        return false;
    if (before.size == after.size)
        return proof.empty() && before.root == after.root;
    if (before.size == 0)
        return proof.empty() && before.root == TreeHead{}.root;

    std::span<const Hash256> rest = proof;
    const bool oldIsPerfect = std::has_single_bit(before.size);
    if (!oldIsPerfect && rest.empty())
        return false;
    Hash256 fr = oldIsPerfect ? before.root : rest.front();
    Hash256 sr = fr;
    if (!oldIsPerfect)
        rest = rest.subspan(1);
    std::uint64_t fn = before.size - 1;
    std::uint64_t sn = after.size - 1;
    while ((fn & 1U) != 0) {
        fn >>= 1U;
        sn >>= 1U;
    }
    for (const Hash256 &sibling : rest) {
        if (sn == 0)
            return false;
        if ((fn & 1U) != 0 || fn == sn) {
            fr = nodeHash(sibling, fr);
            sr = nodeHash(sibling, sr);
            while (fn != 0 && (fn & 1U) == 0) {
                fn >>= 1U;
                sn >>= 1U;
            }
        } else {
            sr = nodeHash(sr, sibling);
        }
        fn >>= 1U;
        sn >>= 1U;
    }
    return sn == 0 && fr == before.root && sr == after.root;
}

} // namespace countersign
