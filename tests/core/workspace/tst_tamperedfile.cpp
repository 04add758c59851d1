// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/keys/keystore.h"
#include "core/store/logfile.h"
#include "core/workspace/replay.h"
#include "tests/support/workspacefixture.h"

#include <sqlite3.h>

using namespace countersign;
using namespace countersign::test;

namespace {

/// Somebody with full access to the file and any tool.
void attack(const std::string &path, const char *sql)
{
    sqlite3 *db = nullptr;
    QCOMPARE(sqlite3_open(path.c_str(), &db), SQLITE_OK);
    char *message = nullptr;
    const int code = sqlite3_exec(db, sql, nullptr, nullptr, &message);
    const QByteArray said(message);
    sqlite3_free(message);
    sqlite3_close(db);
    QVERIFY2(code == SQLITE_OK, said.constData());
}

constexpr const char *kWithoutGuards = "DROP TRIGGER entry_no_update; DROP TRIGGER entry_no_delete;"
                                       "DROP TRIGGER entry_in_order; DROP TRIGGER blob_no_update;"
                                       "DROP TRIGGER blob_no_delete;";

} // namespace

/// A file that somebody altered opens, read-only, with what is wrong; and the verification names the first entry.
class TestTamperedFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aChangedEntryIsNamedAndTheRegisterEndsBeforeIt()
    {
        WorkspaceFixture fixture;
        fixture.addModel("A-1", "Before");
        const auto broken = fixture.registry().size;
        fixture.addModel("A-2", "Broken");
        fixture.addModel("A-3", "After");
        attack(fixture.path(), kWithoutGuards);
        attack(fixture.path(), ("UPDATE entry SET envelope = CAST(replace(CAST(envelope AS TEXT), 'sig\":\"', "
                                "'sig\":\"A') AS BLOB) WHERE seq = " +
                                std::to_string(broken))
                                   .c_str());
        const auto report = must(verifyFile(fixture.path(), std::nullopt, {}, {}));
        QVERIFY(!report.valid());
        QCOMPARE(report.faults.front().seq, std::optional<std::uint64_t>(broken));

        const auto opened = fixture.openAgain();
        QVERIFY(opened->readOnly());
        QVERIFY(!opened->verification().valid());
        QCOMPARE(opened->verification().faults.front().seq, std::optional<std::uint64_t>(broken));
        QVERIFY(opened->registry().modelByReference("A-1") != nullptr);
        QVERIFY(opened->registry().modelByReference("A-2") == nullptr);
        QVERIFY(opened->registry().modelByReference("A-3") == nullptr);
        must(opened->signIn(fixture.userId(people::owner), passphrase));
        const auto refused = opened->registerModel(WorkspaceFixture::fullModel("A-4", "No"));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Forbidden);
        QVERIFY(!opened->checkpoint());
    }

    void aRemovedEntryIsNamed()
    {
        WorkspaceFixture fixture;
        fixture.addModel("A-1", "One");
        fixture.addModel("A-2", "Two");
        attack(fixture.path(), kWithoutGuards);
        attack(fixture.path(), "DELETE FROM entry WHERE seq = 8");
        const auto report = must(verifyFile(fixture.path(), std::nullopt, {}, {}));
        QVERIFY(!report.valid());
        QCOMPARE(report.faults.front().kind, FaultKind::MissingEntry);
        QCOMPARE(report.faults.front().seq, std::optional<std::uint64_t>(8));
        QVERIFY(fixture.openAgain()->readOnly());
    }

    void anOlderCopyIsCaughtByALaterCheckpoint()
    {
        WorkspaceFixture fixture;
        fixture.addModel("A-1", "One");
        const auto old = fixture.filePath(QStringLiteral("old.countersign")).toStdString();
        LogFile::open(fixture.path())->backupTo(old);
        fixture.addModel("A-2", "Two");
        const auto checkpoint = must(fixture.workspace().checkpoint());

        QVERIFY(must(verifyFile(old, std::nullopt, {}, {})).valid()); // nothing in the file itself can tell
        const auto report = must(verifyFile(old, checkpoint, {}, {}));
        QVERIFY(!report.valid());
        QCOMPARE(report.faults.front().kind, FaultKind::CheckpointLarger);
        QVERIFY(must(verifyFile(fixture.path(), checkpoint, {}, {})).valid());
        QCOMPARE(verifyFile(old, "no checkpoint", {}, {}).error().code, ErrorCode::InvalidInput);
    }

    void anActThatPolicyForbidsHasNoEffectAndIsReported()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-014", "Retail PD");
        // An insider with a valid key and another program appends what the workspace would never write.
        const User executive = *fixture.registry().userByName(people::executive);
        Model renamed = fixture.registry().models.at(model);
        renamed.name = "Renamed from outside";
        const auto seq = fixture.registry().size;
        appendAs(fixture, executive, {ModelEdited{renamed, "Because I can."}});

        const auto report = must(verifyFile(fixture.path(), std::nullopt, {}, {}));
        QCOMPARE(report.faults.size(), std::size_t(1));
        QCOMPARE(report.faults.front().kind, FaultKind::ForbiddenByPolicy);
        QCOMPARE(report.faults.front().seq, std::optional<std::uint64_t>(seq));

        must(fixture.workspace().refresh());
        QCOMPARE(fixture.registry().models.at(model).name, std::string("Retail PD"));
        QVERIFY(!fixture.registry().timeline.back().forbidden.empty());
        QVERIFY(!fixture.workspace().readOnly()); // the log itself is whole: the others go on
        fixture.addModel("CR-015", "Afterwards");
        const auto again = fixture.openAgain(); // from the cache
        QCOMPARE(again->verification().faults.size(), std::size_t(1));
        QVERIFY(again->registry().modelByReference("CR-015") != nullptr);
    }

    void aLostOrAlteredDocumentIsReported()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-014", "Retail PD");
        const auto version = fixture.addVersion(model, "1.0");
        const auto document = fixture.addDocument(version, DocumentKind::documentation, "doc.md");
        attack(fixture.path(), kWithoutGuards);
        attack(fixture.path(), "UPDATE blob SET bytes = X'00'");
        const auto altered = must(verifyFile(fixture.path(), std::nullopt, {}, {}));
        QVERIFY(!altered.valid());
        QCOMPARE(altered.faults.front().kind, FaultKind::BlobAltered);
        QCOMPARE(fixture.workspace().documentBytes(document).error().code, ErrorCode::Corrupt);
        attack(fixture.path(), "DELETE FROM blob");
        const auto lost = must(verifyFile(fixture.path(), std::nullopt, {}, {}));
        QVERIFY(!lost.valid());
        QCOMPARE(lost.faults.front().kind, FaultKind::BlobMissing);
        QCOMPARE(fixture.workspace().documentBytes(document).error().code, ErrorCode::Corrupt);
    }

    void lostEvidenceOfARemediationIsReported()
    {
        WorkspaceFixture fixture;
        const auto finding = fixture.addFinding(fixture.addModel("CR-014", "Retail PD"), "Young customers");
        fixture.as(people::owner,
                   [&](Workspace &desk) { must(desk.addEvidence(finding, {}, {{"shares.csv", "age,share"}})); });
        QVERIFY(must(verifyFile(fixture.path(), std::nullopt, {}, {})).valid());
        attack(fixture.path(), kWithoutGuards);
        attack(fixture.path(), "DELETE FROM blob");
        const auto lost = must(verifyFile(fixture.path(), std::nullopt, {}, {}));
        QVERIFY(!lost.valid());
        QCOMPARE(lost.faults.front().kind, FaultKind::BlobMissing);
        QVERIFY(lost.faults.front().text.find("the evidence shares.csv") != std::string::npos);
    }

    void aSignatureSmuggledInAfterTheTimeOutHasNoEffect_data()
    {
        QTest::addColumn<bool>("backdated");
        QTest::newRow("by the true day") << false;
        QTest::newRow("by a clock set back") << true;
    }

    void aSignatureSmuggledInAfterTheTimeOutHasNoEffect()
    {
        QFETCH(bool, backdated);
        WorkspaceFixture fixture;
        const auto version = fixture.addReadyVersion(fixture.addModel("CR-014", "Retail PD"), "1.0");
        const auto request = fixture.addRequest(version);
        const auto opened = fixture.clock().now();
        QCOMPARE(fixture.registry().requests.at(request).required.size(), std::size_t(1));
        const User approver = *fixture.registry().userByName(people::approver);
        SignOff late;
        late.by = approver.id;
        late.fullName = approver.fullName;
        late.role = Role::approver;
        late.meaning = fixture.workspace().policy().meaning(Decision::approve);
        late.covered = must(fixture.workspace().brief(request)).covered;
        fixture.clock().set(opened + std::chrono::days(61));
        if (backdated) {
            fixture.addModel("CR-015", "Cards"); // the log has an entry of that day
            fixture.clock().set(opened + std::chrono::days(59));
            QVERIFY(fixture.workspace().today() == dateOf(opened + std::chrono::days(61)));
            fixture.as(people::approver, [&](Workspace &desk) {
                SignOffInput input;
                input.shown = late.covered;
                input.passphrase = passphrase;
                const auto refused = desk.sign(request, input);
                QVERIFY(!refused);
                QVERIFY2(refused.error().what.find("timed out") != std::string::npos, refused.error().what.c_str());
            });
        }
        appendAs(fixture, approver, {RequestSigned{request, late, fixture.registry().requests.at(request).revision}});
        QVERIFY(!must(verifyFile(fixture.path(), std::nullopt, {}, {})).valid());
        (void)fixture.workspace().refresh();
        const auto desk = fixture.openAgain();
        QVERIFY(!isApproved(desk->registry().requests.at(request).status));
        QVERIFY(desk->registry().versions.at(version).stage != VersionStage::inProduction);
    }

    void aFileChangedWhileItIsOpenBecomesReadOnly()
    {
        WorkspaceFixture fixture;
        attack(fixture.path(), kWithoutGuards);
        attack(fixture.path(), "UPDATE entry SET envelope = X'7B7D' WHERE seq = 3");
        QCOMPARE(must(fixture.workspace().refresh()), true);
        QVERIFY(fixture.workspace().readOnly());
        QCOMPARE(fixture.workspace().verification().faults.front().seq, std::optional<std::uint64_t>(3));
    }

    void filesThatAreNoWorkspaceAreRefusedInWords_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        QTest::newRow("empty") << QByteArray() << int(ErrorCode::InvalidInput);
        QTest::newRow("text") << QByteArray("reference,name\n") << int(ErrorCode::InvalidInput);
        QTest::newRow("zeros") << QByteArray(8192, '\0') << int(ErrorCode::InvalidInput);
    }
    void filesThatAreNoWorkspaceAreRefusedInWords()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, code);
        WorkspaceFixture fixture;
        const auto path = fixture.filePath(QStringLiteral("foreign.countersign"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        file.close();
        const auto opened = Workspace::open(fixture.workspace().environment(), path.toStdString());
        QVERIFY(!opened);
        QCOMPARE(int(opened.error().code), code);
        const auto verified = verifyFile(path.toStdString(), std::nullopt, {}, {});
        QVERIFY(!verified);
    }

    void aTruncatedFileIsBrokenNotUnreadable()
    {
        WorkspaceFixture fixture;
        fixture.addModel("A-1", "One");
        const auto copy = fixture.filePath(QStringLiteral("short.countersign"));
        LogFile::open(fixture.path())->backupTo(copy.toStdString());
        QVERIFY(QFile::resize(copy, QFile(copy).size() / 2));
        const auto report = verifyFile(copy.toStdString(), std::nullopt, {}, {});
        QVERIFY(report.ok());
        QVERIFY(!report->valid());
        QCOMPARE(report->faults.front().kind, FaultKind::FileDamaged);
        QCOMPARE(Workspace::open(fixture.workspace().environment(), copy.toStdString()).error().code,
                 ErrorCode::Corrupt);
    }

private:
    static void appendAs(WorkspaceFixture &fixture, const User &user, const std::vector<Fact> &facts)
    {
        const Keystore keystore(fixture.filePath(QStringLiteral("keys")).toStdString());
        const auto key = keystore.unlock(user.keyId, Passphrase(passphrase));
        EntryHeader header;
        header.origin = fixture.workspace().origin();
        header.seq = std::uint64_t(fixture.registry().size);
        header.previous = fixture.workspace().verification().head;
        header.at = fixture.clock().now();
        header.author = user.id.str();
        header.key = user.keyId;
        header.policy = fixture.registry().policyHash;
        header.action = factName(facts.front());
        const auto file = LogFile::open(fixture.path());
        const auto writer = file->begin();
        writer->append(sealEntry(header, bodyOf(facts), *key));
        writer->commit();
    }
};

QTEST_GUILESS_MAIN(TestTamperedFile)
#include "tst_tamperedfile.moc"
