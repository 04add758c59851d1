// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "tests/core/log/testlog.h"

using namespace countersign;
using namespace countersign::test;

namespace {

const TestSigner founder(1);
const TestSigner colleague(2);
const TestSigner stranger(3);

/// Founder enrols the colleague in entry 1; both write until entry 5.
TestLog sampleLog()
{
    TestLog log(founder);
    log.add(founder, enrolment(colleague));
    log.note(colleague, "two");
    log.note(founder, "three");
    log.note(colleague, "four");
    log.note(founder, "five");
    return log;
}

bool firstFaultIs(const VerificationReport &report, FaultKind kind, std::uint64_t seq)
{
    if (!report.faults.empty() && report.faults[0].kind == kind && report.faults[0].seq == seq)
        return true;
    qWarning("first fault: %s", report.faults.empty() ? "none" : report.faults[0].text.c_str());
    return false;
}

} // namespace

class TestVerification : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aGoodLogIsValid()
    {
        const auto log = sampleLog();
        const auto report = verifyAll(numbered(log.envelopes()), log.checkpoint());
        QVERIFY(report.valid());
        QCOMPARE(report.entriesChecked, 6U);
        QCOMPARE(report.signaturesChecked, 6U);
        QVERIFY(report.head == log.tree().head());
        QCOMPARE(report.origin, std::string("test-log"));
    }

    void verificationGoesOnFromAVerifiedTree()
    {
        const auto log = sampleLog();
        TestDirectory directory;
        LogVerifier first(directory);
        for (std::uint64_t i = 0; i < 3; ++i)
            directory.fold(first.next(i, log.envelopes()[i]));
        LogVerifier second(directory, "test-log", first.tree());
        second.expect(log.checkpoint());
        for (std::uint64_t i = 3; i < 6; ++i)
            directory.fold(second.next(i, log.envelopes()[i]));
        const auto report = second.finish();
        QVERIFY(report.valid() && report.head == log.tree().head() && report.entriesChecked == 3);
    }

    void anEntryByAnUnknownKeyIsNamed()
    {
        auto log = sampleLog();
        log.note(stranger, "six");
        QVERIFY(firstFaultIs(verifyAll(numbered(log.envelopes())), FaultKind::UnknownKey, 6));
    }

    void aKeyDoesNotSignBeforeItIsEnrolled()
    {
        TestLog log(founder);
        log.note(colleague, "too early");
        log.add(founder, enrolment(colleague));
        QVERIFY(firstFaultIs(verifyAll(numbered(log.envelopes())), FaultKind::UnknownKey, 1));
    }

    void anEntryInTheNameOfAnotherIsNamed()
    {
        const auto log = sampleLog();
        auto stored = numbered(log.envelopes());
        auto header = headerFor(log.tree(), colleague);
        header.author = founder.user();
        stored.emplace_back(6, sealEntry(header, json::object(), colleague));
        QVERIFY(firstFaultIs(verifyAll(stored), FaultKind::WrongSigner, 6));
    }

    void aSignatureByAnotherKeyIsNamed()
    {
        const auto log = sampleLog();
        auto stored = numbered(log.envelopes());
        Envelope envelope = parseEnvelope(stored[3].second);
        envelope.signature = stranger.sign(preAuthenticationEncoding(kEntryPayloadType, envelope.payload));
        stored[3].second = serialise(envelope);
        auto report = verifyAll(stored);
        QVERIFY(firstFaultIs(report, FaultKind::BadSignature, 3));
        QCOMPARE(report.faults.size(), 2U); // and entry 4, whose author saw another past; not all that follow
        QVERIFY(report.faults[1].kind == FaultKind::WrongPreviousHead && report.faults[1].seq == 4U);

        envelope.keyId = stranger.keyId();
        stored[3].second = serialise(envelope);
        QVERIFY(firstFaultIs(verifyAll(stored), FaultKind::WrongSigner, 3));
    }

    void anEntryOfAnotherLogIsNamed()
    {
        TestLog other(founder, "other-log");
        other.add(founder, enrolment(colleague));
        auto stored = numbered(sampleLog().envelopes());
        stored[1].second = other.envelopes()[1];
        QVERIFY(firstFaultIs(verifyAll(stored), FaultKind::WrongOrigin, 1));
    }

    void anEntrySignedOverAnotherPastIsNamed()
    {
        const auto log = sampleLog();
        auto stored = numbered(log.envelopes());
        auto header = headerFor(log.tree(), founder);
        header.previous.root = sha256(std::string_view("elsewhere"));
        stored.emplace_back(6, sealEntry(header, json::object(), founder));
        QVERIFY(firstFaultIs(verifyAll(stored), FaultKind::WrongPreviousHead, 6));
        header = headerFor(log.tree(), founder);
        header.previous.size = 5;
        stored.back().second = sealEntry(header, json::object(), founder);
        QVERIFY(firstFaultIs(verifyAll(stored), FaultKind::WrongPreviousHead, 6));
    }

    void aValidSignatureDoesNotExcuseAPayloadOfAnotherForm()
    {
        const auto log = sampleLog();
        auto stored = numbered(log.envelopes());
        Envelope envelope;
        envelope.payload = buildPayload(headerFor(log.tree(), founder), json::object()) + " ";
        envelope.keyId = founder.keyId();
        envelope.signature = founder.sign(preAuthenticationEncoding(kEntryPayloadType, envelope.payload));
        stored.emplace_back(6, serialise(envelope));
        QVERIFY(firstFaultIs(verifyAll(stored), FaultKind::PayloadNotCanonical, 6));
    }

    void gapsAndRepetitionsOfNumbersAreNamed()
    {
        auto stored = numbered(sampleLog().envelopes());
        auto gap = stored;
        gap.erase(gap.begin() + 2, gap.begin() + 4);
        const auto report = verifyAll(gap);
        QVERIFY(firstFaultIs(report, FaultKind::MissingEntry, 2));
        QCOMPARE(report.faults[0].text, std::string("Entry 2 to 3 is missing."));
        auto twice = stored;
        twice.insert(twice.begin() + 3, twice[2]);
        QVERIFY(firstFaultIs(verifyAll(twice), FaultKind::WrongSequence, 2));
    }

    void checkpointsExposeOlderCopiesAndRewrittenPasts()
    {
        const auto log = sampleLog();
        auto older = numbered(log.envelopes());
        older.pop_back();
        QVERIFY(verifyAll(older).valid());
        QVERIFY(firstFaultIs(verifyAll(older, log.checkpoint()), FaultKind::CheckpointLarger, 5));

        TestLog rewritten(founder);
        for (int i = 1; i < 8; ++i)
            rewritten.note(founder, "another past");
        const auto stored = numbered(rewritten.envelopes());
        QVERIFY(verifyAll(stored).valid());
        QVERIFY(firstFaultIs(verifyAll(stored, log.checkpoint()), FaultKind::CheckpointMismatch, 5));

        auto foreign = log.checkpoint();
        foreign.origin = "other";
        QVERIFY(!verifyAll(numbered(log.envelopes()), foreign).valid());
        QVERIFY(!verifyAll({}, log.checkpoint()).valid());
    }

    void faultsHaveNames()
    {
        for (const auto kind : enumValues<FaultKind>())
            QVERIFY(!enumName(kind).empty());
        QCOMPARE(enumValues<FaultKind>().size(), 15U);
    }
};

QTEST_APPLESS_MAIN(TestVerification)
#include "tst_verification.moc"
