// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "tests/core/log/testlog.h"

using namespace countersign;
using namespace countersign::test;

class TestCheckpoint : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textHasTheStandardForm()
    {
        const Checkpoint checkpoint{"abc", {42, sha256(std::string_view("abc"))}};
        QCOMPARE(writeCheckpoint(checkpoint),
                 std::string("countersign/abc\n42\nungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=\n"));
        QVERIFY(parseCheckpoint(writeCheckpoint(checkpoint)).checkpoint == checkpoint);
    }

    void signedNotesRoundTripAndVerify()
    {
        const TestSigner signer(1);
        const Checkpoint checkpoint{"abc", {42, sha256(std::string_view("abc"))}};
        const std::string text = signCheckpoint(checkpoint, signer, "user-1");
        const auto note = parseCheckpoint(text);
        QVERIFY(note.checkpoint == checkpoint);
        QCOMPARE(writeNote(note), text);
        QVERIFY(verifyCheckpoint(note, signer.publicKey(), "user-1"));
        QVERIFY(!verifyCheckpoint(note, signer.publicKey(), "user-2"));
        QVERIFY(!verifyCheckpoint(note, TestSigner(2).publicKey(), "user-1"));
        auto forged = note;
        forged.text.replace(forged.text.find("42"), 2, "43");
        QVERIFY(!verifyCheckpoint(forged, signer.publicKey(), "user-1"));
    }

    void publishedNoteVerifies()
    {
        // The example of golang.org/x/mod/sumdb/note: key
        // "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW".
        CheckpointNote note;
        note.text =
            "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
        note.signatures.push_back(
            {"PeterNeumann", *bytesFromBase64("x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqf"
                                              "qdngotpRZb6KE6RyyBwJnAM=")});
        const auto key = bytesFromBase64("GlzZBxQ8OExB6DDFvOEqqIF+xWSaqr8sMTiLNbLXRNY=");
        PublicKey publicKey;
        std::copy(key->begin(), key->end(), publicKey.bytes.begin());
        QVERIFY(verifyCheckpoint(note, publicKey, "PeterNeumann"));
    }

    void mailedTextIsUnderstood()
    {
        const TestSigner signer(1);
        std::string text = signCheckpoint({"abc", {1, sha256(std::string_view("x"))}}, signer, "user-1");
        text.pop_back();
        for (auto at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 2))
            text.insert(at, "\r");
        QVERIFY(verifyCheckpoint(parseCheckpoint(text), signer.publicKey(), "user-1"));
    }

    void unknownSignaturesAndExtensionLinesAreKept()
    {
        const std::string text = "countersign/abc\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nextension\n\n"
                                 "\xe2\x80\x94 witness AAAAAAAAAAA=\n";
        QCOMPARE(writeNote(parseCheckpoint(text)), text);
    }

    void otherTextsAreRefused()
    {
        const std::string root = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
        for (const std::string &text :
             {std::string(), std::string("countersign/abc\n1\n"), "other/abc\n1\n" + root, "countersign/\n1\n" + root,
              "countersign/abc\n01\n" + root, "countersign/abc\n-1\n" + root, "countersign/abc\n1 \n" + root,
              "countersign/abc\n99999999999999999999\n" + root, std::string("countersign/abc\n1\nAAAA\n"),
              "countersign/abc\n1\n" + root + "\nunsigned words\n",
              "countersign/abc\n1\n" + root + "\n\xe2\x80\x94 name\n",
              "countersign/abc\n1\n" + root + "\n\xe2\x80\x94 name AAAA\n", "\xff\n1\n" + root}) {
            try {
                (void)parseCheckpoint(text);
                QFAIL(text.c_str());
            } catch (const Exception &exception) {
                QVERIFY(exception.error().code == ErrorCode::InvalidInput);
            }
        }
        QVERIFY_THROWS_EXCEPTION(Exception, (void)signCheckpoint({}, TestSigner(1), "two words"));
    }
};

QTEST_APPLESS_MAIN(TestCheckpoint)
#include "tst_checkpoint.moc"
