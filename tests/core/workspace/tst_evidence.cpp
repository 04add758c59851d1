// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QDirIterator>
#include <QProcess>
#include <QTest>

#include "core/exchange/inventoryimport.h"
#include "tests/support/workspacefixture.h"

#include <sqlite3.h>

using namespace countersign;
using namespace countersign::test;

/// The folder that an auditor takes away.
class TestEvidence : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thePackageHoldsEverythingAndVerifies()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-014", "Retail PD");
        const auto version = fixture.addReadyVersion(model, "2.1");
        const auto request = fixture.addRequest(version);
        fixture.sign(people::approver, Role::approver, request);
        const QDir folder(fixture.filePath(QStringLiteral("evidence")));
        must(fixture.workspace().exportEvidence(folder.path().toStdString()));

        const QStringList expected{QStringLiteral("MANIFEST.sha256"),      QStringLiteral("README.txt"),
                                   QStringLiteral("checkpoint.txt"),       QStringLiteral("inventory.csv"),
                                   QStringLiteral("report.html"),          QStringLiteral("timeline.csv"),
                                   QStringLiteral("workspace.countersign")};
        auto files = folder.entryList(QDir::Files);
        files.sort();
        QCOMPARE(files, expected);
        QCOMPARE(QDir(folder.filePath(QStringLiteral("receipts"))).entryList(QDir::Files).size(), 1);

        const auto checkpoint = must(readFile(folder.filePath(QStringLiteral("checkpoint.txt")).toStdString()));
        const auto copy = folder.filePath(QStringLiteral("workspace.countersign")).toStdString();
        const auto report = must(verifyFile(copy, checkpoint, {}, {}));
        QVERIFY(report.valid());
        QCOMPARE(report.head.root, fixture.workspace().verification().head.root);
        QVERIFY(must(verifyFile(fixture.path(), checkpoint, {}, {})).valid());

        const auto table = readTextTable(folder.filePath(QStringLiteral("inventory.csv")).toStdString());
        QCOMPARE(planImport(table, guessMapping(table.header), Registry{}).good(), 1);
        const auto html = must(readFile(folder.filePath(QStringLiteral("report.html")).toStdString()));
        QVERIFY(html.find("The file verified") != std::string::npos);
        QVERIFY(html.find(fixture.registry().requests.at(request).signOffs[0].covered[0].hash.hex()) !=
                std::string::npos);
    }

    void theManifestIsWhatSha256sumChecks()
    {
        WorkspaceFixture fixture;
        const auto folder = fixture.filePath(QStringLiteral("evidence"));
        must(fixture.workspace().exportEvidence(folder.toStdString()));
        QProcess sums;
        sums.setWorkingDirectory(folder);
        sums.start(QStringLiteral("sha256sum"), {QStringLiteral("--check"), QStringLiteral("MANIFEST.sha256")});
        QVERIFY(sums.waitForFinished());
        QCOMPARE(sums.exitCode(), 0);
        QFile changed(folder + QStringLiteral("/inventory.csv"));
        QVERIFY(changed.open(QIODevice::Append));
        changed.write("x");
        changed.close();
        sums.start(QStringLiteral("sha256sum"), {QStringLiteral("--check"), QStringLiteral("MANIFEST.sha256")});
        QVERIFY(sums.waitForFinished());
        QCOMPARE(sums.exitCode(), 1);
    }

    void nothingIsWrittenOver()
    {
        WorkspaceFixture fixture;
        const auto folder = fixture.filePath(QStringLiteral("taken"));
        QVERIFY(QDir().mkpath(folder));
        must(fixture.workspace().exportEvidence(folder.toStdString())); // an empty folder may be used
        const auto again = fixture.workspace().exportEvidence(folder.toStdString());
        QVERIFY(!again);
        QCOMPARE(again.error().code, ErrorCode::Conflict);
        const auto file = fixture.workspace().exportEvidence(fixture.path());
        QVERIFY(!file);
        QCOMPARE(file.error().code, ErrorCode::Conflict);
        QVERIFY(!fixture.workspace().exportEvidence(""));
        QVERIFY(!QFile::exists(folder + QStringLiteral(".part")));
    }

    void aReaderWithoutAKeyCanExport()
    {
        WorkspaceFixture fixture;
        const auto reader = fixture.openAgain(true);
        const auto folder = fixture.filePath(QStringLiteral("evidence"));
        must(reader->exportEvidence(folder.toStdString() + "/"));
        const auto checkpoint = must(readFile(folder.toStdString() + "/checkpoint.txt"));
        QVERIFY(must(verifyFile(fixture.path(), checkpoint, {}, {})).valid());
    }

    void aFileThatDoesNotVerifySaysSoInItsEvidence()
    {
        WorkspaceFixture fixture;
        fixture.addModel("A-1", "One");
        sqlite3 *db = nullptr;
        QCOMPARE(sqlite3_open(fixture.path().c_str(), &db), SQLITE_OK);
        QCOMPARE(sqlite3_exec(db,
                              "DROP TRIGGER entry_no_update; UPDATE entry SET envelope = CAST(replace(CAST(envelope AS "
                              "TEXT), 'sig\":\"', 'sig\":\"A') AS BLOB) WHERE seq = 8",
                              nullptr, nullptr, nullptr),
                 SQLITE_OK);
        sqlite3_close(db);
        const auto opened = fixture.openAgain();
        must(opened->signIn(fixture.userId(people::auditor), passphrase));
        const auto folder = fixture.filePath(QStringLiteral("evidence")).toStdString();
        must(opened->exportEvidence(folder));
        const auto html = must(readFile(folder + "/report.html"));
        QVERIFY(html.find("does NOT verify") != std::string::npos);
        QVERIFY(html.find("Entry 8") != std::string::npos);
        const auto checkpoint = must(readFile(folder + "/checkpoint.txt"));
        QVERIFY(checkpoint.find("\xE2\x80\x94") == std::string::npos); // nobody signs for a broken log
    }
};

QTEST_GUILESS_MAIN(TestEvidence)
#include "tst_evidence.moc"
