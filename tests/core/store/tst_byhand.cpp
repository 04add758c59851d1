// SPDX-License-Identifier: GPL-3.0-or-later
//
// A stranger verifies a file with sqlite3 and openssl alone: runs the script that docs/formats gives them.
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

#include "core/store/logschema.h"
#include "tests/core/store/teststore.h"

using namespace countersign;
using namespace countersign::test;

namespace {

const TestSigner founder(1, "user-ada");
const TestSigner colleague(2, "user-bob");
const TestSigner stranger(3);

struct Verdict
{
    int exitCode;
    std::string output;
};

Verdict runScript(const fs::path &file, const fs::path &checkpoint = {})
{
    QProcess script;
    script.setProcessChannelMode(QProcess::MergedChannels);
    QStringList arguments{QStringLiteral(SOURCE_DIR "/docs/formats/verify-by-hand.sh"),
                          QString::fromStdString(file.string())};
    if (!checkpoint.empty())
        arguments << QString::fromStdString(checkpoint.string());
    script.start(QStringLiteral("/bin/sh"), arguments);
    if (!script.waitForFinished(120'000) || script.exitStatus() != QProcess::NormalExit)
        return {-1, script.errorString().toStdString()};
    return {script.exitCode(), script.readAll().toStdString()};
}

bool says(const Verdict &verdict, int exitCode, const std::string &words)
{
    if (verdict.exitCode == exitCode && verdict.output.find(words) != std::string::npos)
        return true;
    qWarning("exit code %d: %s", verdict.exitCode, verdict.output.c_str());
    return false;
}

json::value changed(const TestSigner &signer, bool active)
{
    auto body = enrolment(signer).get_object();
    auto &fact = body["facts"].as_array()[0].as_object();
    fact["fact"] = "userChanged";
    fact["user"].as_object()["active"] = active;
    return body;
}

} // namespace

class TestByHand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        for (const char *tool : {"sqlite3", "openssl"})
            if (QStandardPaths::findExecutable(QString::fromLatin1(tool)).isEmpty())
                QSKIP("sqlite3 or openssl is not installed");
    }
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_path = fs::path(m_dir->path().toStdString()) / "the team's file.countersign";
        m_checkpoint = fs::path(m_dir->path().toStdString()) / "checkpoint.txt";
        m_log = std::make_unique<TestLog>(founder);
        m_log->add(founder, enrolment(colleague));
        m_log->note(colleague, "two \xe2\x82\xac");
        m_log->note(founder, std::string(200'000, 'x')); // long lines
        m_log->note(colleague, "four");
        writeFile(m_path, m_log->envelopes());
        const auto file = LogFile::open(m_path);
        const auto writer = file->begin();
        writer->putBlob("a document");
        writer->putBlob(std::string("\0\n", 2));
        writer->commit();
    }

    void aGoodFileIsValidWithTheSameRoot()
    {
        QVERIFY(says(runScript(m_path), 0, "VALID: 5 entries, root " + m_log->tree().root().hex()));
        writeBytes(m_checkpoint, signCheckpoint(m_log->checkpoint(), founder, "ada"));
        const auto verdict = runScript(m_path, m_checkpoint);
        QVERIFY(says(verdict, 0, "VALID: 5 entries"));
        QVERIFY(says(verdict, 0, "agrees with the checkpoint"));
        QVERIFY(says(verdict, 0, "enrols Test user-bob (user-bob) with key " + colleague.publicKey().hex()));
    }

    void aFlippedByteIsBroken()
    {
        const std::string &original = m_log->envelopes()[2];
        for (const std::size_t at : {original.size() / 2, original.size() - 20}) { // in the payload, in the signature
            std::string altered = original;
            altered[at] = altered[at] == 'A' ? 'B' : 'A';
            replace(2, altered);
            QVERIFY(says(runScript(m_path), 1, "BROKEN: entry 2 "));
        }
    }

    void removedReorderedAndForgedEntriesAreBroken()
    {
        RawFile raw(m_path);
        auto header = parsePayload(parseEnvelope(m_log->envelopes()[3]).payload).header;
        header.key = stranger.keyId();
        replace(3, sealEntry(header, json::object(), stranger));
        QVERIFY(says(runScript(m_path), 1, "BROKEN: entry 3 is signed with key"));
        header.key = founder.keyId();
        header.author = founder.user();
        replace(3, sealEntry(header, json::object(), founder));
        QVERIFY(says(runScript(m_path), 1, "BROKEN: entry 4 was signed over a different past"));
        QCOMPARE(raw.runUnguarded("DELETE FROM entry WHERE seq = 3"), std::string());
        QVERIFY(says(runScript(m_path), 1, "BROKEN: entries are missing"));
        QCOMPARE(raw.runUnguarded("UPDATE entry SET seq = seq - 1 WHERE seq > 3"), std::string());
        QVERIFY(says(runScript(m_path), 1, "BROKEN: entry 3 was signed as entry 4"));
    }

    void alteredDocumentsAreBroken()
    {
        QCOMPARE(RawFile(m_path).runUnguarded("UPDATE blob SET bytes = x'00' WHERE length(bytes) = 2"), std::string());
        QVERIFY(says(runScript(m_path), 1, "BROKEN: the document"));
    }

    void checkpointsExposeOlderCopiesAndRewrittenPasts()
    {
        auto checkpoint = m_log->checkpoint();
        QCOMPARE(RawFile(m_path).runUnguarded("DELETE FROM entry WHERE seq = 4"), std::string());
        writeBytes(m_checkpoint, writeCheckpoint(checkpoint));
        QVERIFY(says(runScript(m_path), 0, "VALID: 4 entries"));
        QVERIFY(says(runScript(m_path, m_checkpoint), 1, "BROKEN: the checkpoint knows more entries"));
        checkpoint.head.size = 3;
        writeBytes(m_checkpoint, writeCheckpoint(checkpoint));
        QVERIFY(
            says(runScript(m_path, m_checkpoint), 1, "BROKEN: the first 3 entries are not those of the checkpoint"));
        checkpoint.head = merkleHeadOf(3);
        writeBytes(m_checkpoint, writeCheckpoint(checkpoint));
        QVERIFY(says(runScript(m_path, m_checkpoint), 0, "agrees with the checkpoint"));
        checkpoint.origin = "other";
        writeBytes(m_checkpoint, writeCheckpoint(checkpoint));
        QVERIFY(says(runScript(m_path, m_checkpoint), 1, "BROKEN: the checkpoint belongs to another log"));
    }

    void aKeyEndsWhereItsHolderIsSuspended()
    {
        m_log->add(founder, changed(colleague, false));
        m_log->note(colleague, "after the end");
        fs::remove(m_path);
        writeFile(m_path, m_log->envelopes());
        QVERIFY(says(runScript(m_path), 1, "BROKEN: entry 6 is signed with key"));
    }

    void otherFilesAreBrokenAndMissingOnesCannotBeVerified()
    {
        QVERIFY(says(runScript(m_path.string() + ".missing"), 2, "cannot read"));
        writeBytes(m_path, "not a database, but a text of some length");
        QVERIFY(says(runScript(m_path), 1, "BROKEN: the database"));
        fs::remove(m_path);
        QCOMPARE(RawFile(m_path).run("CREATE TABLE t(a)"), std::string());
        QVERIFY(says(runScript(m_path), 1, "BROKEN: this is no Countersign workspace"));
    }

    void theDocumentSaysWhatTheProgramDoes()
    {
        const std::string document = readBytes(SOURCE_DIR "/docs/formats/file-format.md");
        const auto documented = [&](const std::string &text) { return document.find(text) != std::string::npos; };
        for (const auto &object : logschema::kObjects)
            QVERIFY2(object.guard || documented(std::string(object.sql) + ";"), object.sql);
        QVERIFY(documented(std::to_string(logschema::kApplicationId)));
        QVERIFY(
            documented(preAuthenticationEncoding(kEntryPayloadType, "").substr(0, 7 + 3 + kEntryPayloadType.size())));
        const std::string &envelope = m_log->envelopes()[0];
        QVERIFY(documented("\"payloadType\":\"" + std::string(kEntryPayloadType) + "\",\"signatures\":[{\"keyid\":\""));
        QVERIFY(envelope.find("\"signatures\":[{\"keyid\":\"") != std::string::npos);
    }

private:
    TreeHead merkleHeadOf(std::size_t size) const
    {
        MerkleTree tree;
        for (std::size_t i = 0; i < size; ++i)
            tree.append(leafHash(m_log->envelopes()[i]));
        return tree.head();
    }
    void replace(std::uint64_t seq, const std::string &envelope) const
    {
        const std::string sql = "UPDATE entry SET envelope = ?1 WHERE seq = " + std::to_string(seq);
        QCOMPARE(RawFile(m_path).runUnguarded(sql, envelope), std::string());
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    fs::path m_path;
    fs::path m_checkpoint;
    std::unique_ptr<TestLog> m_log;
};

QTEST_GUILESS_MAIN(TestByHand)
#include "tst_byhand.moc"
