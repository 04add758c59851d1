// SPDX-License-Identifier: GPL-3.0-or-later
//
// An attacker with full write access and any tool: what they do to the file is found, and the entry is named.
#include <QTest>

#include "tests/core/store/teststore.h"

using namespace countersign;
using namespace countersign::test;

namespace {

const TestSigner founder(1);
const TestSigner colleague(2);
const TestSigner stranger(3);

bool firstFaultIs(const VerificationReport &report, FaultKind kind, std::uint64_t seq)
{
    if (!report.faults.empty() && report.faults[0].kind == kind && report.faults[0].seq == seq)
        return true;
    qWarning("first fault: %s", report.faults.empty() ? "none" : report.faults[0].text.c_str());
    return false;
}

} // namespace

class TestTamper : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_path = fs::path(m_dir->path().toStdString()) / "team.countersign";
        m_log = std::make_unique<TestLog>(founder);
        m_log->add(founder, enrolment(colleague));
        m_log->note(colleague, "two");
        m_log->note(founder, "three");
        m_log->note(colleague, "four");
        m_log->note(founder, "five");
        writeFile(m_path, m_log->envelopes());
        QVERIFY(verify().valid());
    }

    void everyFlippedByteIsFoundAtItsEntry()
    {
        std::size_t flips = 0;
        {
            RawFile raw(m_path);
            QCOMPARE(raw.run("PRAGMA synchronous=OFF; DROP TRIGGER entry_no_update"), std::string());
            const auto file = openReadOnly(m_path);
            for (std::size_t seq = 0; seq < m_log->envelopes().size(); ++seq) {
                const std::string &original = m_log->envelopes()[seq];
                const std::string update = "UPDATE entry SET envelope = ?1 WHERE seq = " + std::to_string(seq);
                for (std::size_t at = 0; at < original.size(); ++at) {
                    std::string altered = original;
                    altered[at] = static_cast<char>(static_cast<unsigned>(altered[at]) ^ (1U << (at % 8)));
                    QCOMPARE(raw.run(update, altered), std::string());
                    const auto report = verifyFile(*file);
                    QVERIFY2(!report.valid() && report.faults[0].seq == seq,
                             ("entry " + std::to_string(seq) + ", byte " + std::to_string(at)).c_str());
                    const auto kind = report.faults[0].kind;
                    QVERIFY2(kind == FaultKind::EnvelopeMalformed || kind == FaultKind::PayloadNotCanonical ||
                                 kind == FaultKind::BadSignature || kind == FaultKind::WrongSigner ||
                                 kind == FaultKind::UnknownKey,
                             report.faults[0].text.c_str());
                    ++flips;
                }
                QCOMPARE(raw.run(update, original), std::string());
            }
        }
        QVERIFY(flips > 4000);
        QCOMPARE(verify().faults.size(), 1U); // the guard that was removed
    }

    void aChangedSignOffUnderANewSignatureIsFound()
    {
        // The attacker signs with a key of their own, first under the old name, then under their own.
        auto header = parsePayload(parseEnvelope(m_log->envelopes()[2]).payload).header;
        const json::object body{{"facts", json::array()}, {"note", "something else"}};
        Envelope forged;
        forged.payload = buildPayload(header, body);
        forged.keyId = header.key;
        forged.signature = stranger.sign(preAuthenticationEncoding(kEntryPayloadType, forged.payload));
        replace(2, serialise(forged));
        QVERIFY(firstFaultIs(verify(), FaultKind::BadSignature, 2));
        header.key = stranger.keyId();
        replace(2, sealEntry(header, body, stranger));
        QVERIFY(firstFaultIs(verify(), FaultKind::UnknownKey, 2));
        // A colleague in the name of another.
        header.key = founder.keyId();
        replace(2, sealEntry(header, body, founder));
        QVERIFY(firstFaultIs(verify(), FaultKind::WrongSigner, 2));
        // In their own name: the signature is good, but entry 3 was signed over another past.
        header.author = founder.user();
        replace(2, sealEntry(header, body, founder));
        QVERIFY(firstFaultIs(verify(), FaultKind::WrongPreviousHead, 3));
    }

    void aRemovedEntryIsFound()
    {
        RawFile raw(m_path);
        QCOMPARE(raw.runUnguarded("DELETE FROM entry WHERE seq = 2"), std::string());
        QVERIFY(firstFaultIs(verify(), FaultKind::MissingEntry, 2));
        QCOMPARE(raw.runUnguarded("UPDATE entry SET seq = seq - 1 WHERE seq > 2"), std::string());
        QVERIFY(firstFaultIs(verify(), FaultKind::WrongSequence, 2));
        QVERIFY(firstFaultIs(verify(m_log->checkpoint()), FaultKind::WrongSequence, 2));
    }

    void reorderedEntriesAreFound()
    {
        QCOMPARE(RawFile(m_path).runUnguarded("UPDATE entry SET seq = 100 WHERE seq = 3;"
                                              "UPDATE entry SET seq = 3 WHERE seq = 4;"
                                              "UPDATE entry SET seq = 4 WHERE seq = 100"),
                 std::string());
        QVERIFY(firstFaultIs(verify(), FaultKind::WrongSequence, 3));
    }

    void anInsertedEntryIsFound()
    {
        RawFile raw(m_path);
        QCOMPARE(raw.runUnguarded("UPDATE entry SET seq = seq + 100 WHERE seq > 2;"
                                  "UPDATE entry SET seq = seq - 99 WHERE seq > 100"),
                 std::string());
        // Made by somebody who may sign, and placed exactly: what follows does not fit.
        TestLog beginning(founder);
        beginning.add(founder, enrolment(colleague));
        beginning.note(colleague, "two");
        const std::string inserted = beginning.note(founder, "slipped in");
        QCOMPARE(raw.runUnguarded("INSERT INTO entry VALUES(3, ?1)", inserted), std::string());
        const auto report = verify();
        QVERIFY(firstFaultIs(report, FaultKind::WrongSequence, 4));
        QVERIFY(report.faults[1].kind == FaultKind::WrongPreviousHead);
        // A copy of an entry.
        QCOMPARE(raw.runUnguarded("UPDATE entry SET envelope = ?1 WHERE seq = 3", m_log->envelopes()[1]),
                 std::string());
        QVERIFY(firstFaultIs(verify(), FaultKind::WrongSequence, 3));
    }

    void removedNewestEntriesNeedACheckpoint()
    {
        QCOMPARE(RawFile(m_path).runUnguarded("DELETE FROM entry WHERE seq >= 4"), std::string());
        QVERIFY(verify().valid()); // the file alone cannot tell: the older copy was once true
        QVERIFY(firstFaultIs(verify(m_log->checkpoint()), FaultKind::CheckpointLarger, 4));
    }

    void anOlderCopyIsFoundByACheckpoint()
    {
        const fs::path older = fs::path(m_dir->path().toStdString()) / "older";
        LogFile::open(m_path)->backupTo(older);
        {
            const auto file = LogFile::open(m_path);
            const auto writer = file->begin();
            writer->append(m_log->note(founder, "six"));
            writer->commit();
        }
        const auto checkpoint = parseCheckpoint(signCheckpoint(m_log->checkpoint(), founder, "founder")).checkpoint;
        QVERIFY(verify(checkpoint).valid());
        fs::rename(older, m_path);
        QVERIFY(firstFaultIs(verify(checkpoint), FaultKind::CheckpointLarger, 6));
        // And when the attacker goes on from there with somebody who may sign:
        TestLog rewritten(founder);
        rewritten.add(founder, enrolment(colleague));
        for (int i = 2; i < 8; ++i)
            rewritten.note(colleague, "another history");
        fs::remove(m_path);
        writeFile(m_path, rewritten.envelopes());
        QVERIFY(verify().valid());
        QVERIFY(firstFaultIs(verify(checkpoint), FaultKind::CheckpointMismatch, 6));
    }

    void anotherFounderIsFoundByACheckpoint()
    {
        TestLog theirs(stranger);
        for (int i = 1; i < 6; ++i)
            theirs.note(stranger, "all mine");
        fs::remove(m_path);
        writeFile(m_path, theirs.envelopes());
        QVERIFY(verify().valid());
        QVERIFY(firstFaultIs(verify(m_log->checkpoint()), FaultKind::CheckpointMismatch, 5));
    }

    void anotherOriginInTheFileIsFound()
    {
        QCOMPARE(RawFile(m_path).runUnguarded("UPDATE meta SET value = 'other' WHERE key = 'origin'"), std::string());
        QVERIFY(firstFaultIs(verify(), FaultKind::WrongOrigin, 0));
    }

private:
    VerificationReport verify(const std::optional<Checkpoint> &checkpoint = {}) const
    {
        return verifyFile(*openReadOnly(m_path), checkpoint);
    }
    void replace(std::uint64_t seq, const std::string &envelope) const
    {
        const std::string sql = "UPDATE entry SET envelope = ?1 WHERE seq = " + std::to_string(seq);
        QCOMPARE(RawFile(m_path).runUnguarded(sql, envelope), std::string());
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    fs::path m_path;
    std::unique_ptr<TestLog> m_log;
};

QTEST_APPLESS_MAIN(TestTamper)
#include "tst_tamper.moc"
