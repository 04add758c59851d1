// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/log/merkle.h"

using namespace countersign;

namespace {

// The reference tree of Certificate Transparency (google/certificate-transparency, merkle_tree_test).
const std::vector<std::string> kInputs = {
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};
const std::vector<std::string> kRoots = {"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                         "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                         "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                                         "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                                         "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                                         "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                                         "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                                         "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

std::vector<Hash256> referenceLeaves()
{
    std::vector<Hash256> leaves;
    for (const auto &input : kInputs)
        leaves.push_back(leafHash(*bytesFromHex(input)));
    return leaves;
}

std::vector<Hash256> manyLeaves(std::size_t count)
{
    std::vector<Hash256> leaves;
    for (std::size_t i = 0; i < count; ++i)
        leaves.push_back(leafHash(std::to_string(i)));
    return leaves;
}

MerkleProof proofOf(std::initializer_list<const char *> hexes)
{
    MerkleProof proof;
    for (const char *hex : hexes)
        proof.push_back(*Hash256::fromHex(hex));
    return proof;
}

TreeHead headOf(std::span<const Hash256> leaves)
{
    return {leaves.size(), merkleRoot(leaves)};
}

} // namespace

class TestMerkle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rootsMatchTheReferenceTree()
    {
        MerkleTree tree;
        QCOMPARE(tree.root().hex(), std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
        QVERIFY(tree.head() == TreeHead{});
        const auto leaves = referenceLeaves();
        for (std::size_t i = 0; i < leaves.size(); ++i) {
            tree.append(leaves[i]);
            QCOMPARE(tree.root().hex(), kRoots[i]);
            QCOMPARE(tree.size(), i + 1);
        }
    }

    void inclusionProofsMatchTheReferenceTree()
    {
        const auto leaves = referenceLeaves();
        const std::span<const Hash256> all = leaves;
        QVERIFY(inclusionProof(all.first(1), 0).empty());
        QVERIFY(inclusionProof(all, 0) ==
                proofOf({"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                         "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                         "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"}));
        QVERIFY(inclusionProof(all, 5) ==
                proofOf({"bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                         "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                         "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}));
        QVERIFY(inclusionProof(all.first(3), 2) ==
                proofOf({"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"}));
    }

    void consistencyProofsMatchTheReferenceTree()
    {
        const auto leaves = referenceLeaves();
        const std::span<const Hash256> all = leaves;
        QVERIFY(consistencyProof(all.first(1), 1).empty());
        QVERIFY(consistencyProof(all, 1) ==
                proofOf({"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                         "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                         "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"}));
        QVERIFY(consistencyProof(all, 6) ==
                proofOf({"0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                         "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                         "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}));
        QVERIFY(consistencyProof(all.first(5), 2) ==
                proofOf({"5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                         "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"}));
    }

    void everyProofOfEverySizeHoldsAndNoOtherDoes()
    {
        const auto leaves = manyLeaves(40);
        const std::span<const Hash256> all = leaves;
        for (std::size_t size = 1; size <= leaves.size(); ++size) {
            const auto head = headOf(all.first(size));
            for (std::size_t i = 0; i < size; ++i) {
                auto proof = inclusionProof(all.first(size), i);
                QVERIFY(verifyInclusion(leaves[i], i, head, proof));
                QVERIFY(!verifyInclusion(leafHash("other"), i, head, proof));
                QVERIFY(!verifyInclusion(leaves[i], i + 1, head, proof) || size == 1);
                proof.push_back(head.root);
                QVERIFY(!verifyInclusion(leaves[i], i, head, proof));
            }
            for (std::size_t old = 0; old <= size; ++old) {
                const auto before = headOf(all.first(old));
                auto proof = consistencyProof(all.first(size), old);
                QVERIFY(verifyConsistency(before, head, proof));
                QVERIFY(!verifyConsistency({old, leafHash("other")}, head, proof));
                QVERIFY(!verifyConsistency(before, {size, leafHash("other")}, proof) || old == 0);
                proof.push_back(head.root);
                QVERIFY(!verifyConsistency(before, head, proof));
            }
            QVERIFY(!verifyConsistency(head, headOf(all.first(size - 1)), {}));
            QVERIFY(!verifyInclusion(leaves[0], size, head, {}));
        }
    }

    void treesGoOnFromTheirFrontier()
    {
        const auto leaves = manyLeaves(70);
        MerkleTree tree;
        for (const auto &leaf : leaves) {
            auto resumed = MerkleTree::fromFrontier(tree.size(), tree.frontier());
            QVERIFY(resumed);
            tree.append(leaf);
            resumed->append(leaf);
            QVERIFY(resumed->head() == tree.head());
        }
        QVERIFY(!MerkleTree::fromFrontier(70, tree.frontier() + "x"));
        QVERIFY(!MerkleTree::fromFrontier(71, tree.frontier()));
        QVERIFY(MerkleTree::fromFrontier(0, {}));
    }
};

QTEST_APPLESS_MAIN(TestMerkle)
#include "tst_merkle.moc"
