// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

#include "core/store/logfile.h"
#include "tests/support/workspacefixture.h"

#include <sqlite3.h>

using namespace countersign;
using namespace countersign::test;

namespace {

struct Ran
{
    int code = -1;
    QString out;
    QString err;
};

Ran verify(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral(BIN_DIR "/countersign-verify"), arguments);
    process.waitForFinished();
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

void attack(const std::string &path, const char *sql)
{
    sqlite3 *db = nullptr;
    QCOMPARE(sqlite3_open(path.c_str(), &db), SQLITE_OK);
    QCOMPARE(sqlite3_exec(db, sql, nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(db);
}

} // namespace

/// countersign-verify: what it prints, and its three exit codes.
class TestVerify : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aGoodFileIsValid()
    {
        WorkspaceFixture fixture;
        const auto ran = verify({path(fixture)});
        QCOMPARE(ran.code, 0);
        QVERIFY(ran.out.contains(QStringLiteral("VALID\n")));
        QVERIFY(ran.out.contains(QStringLiteral("organisation: Example Bank (invented)")));
        QVERIFY(ran.out.contains(QStringLiteral("entries:      8")));
        QVERIFY(ran.out.contains(QString::fromStdString(fixture.workspace().verification().head.root.hex())));
        QVERIFY(ran.out.contains(QStringLiteral("acts outside policy: 0")));
        QVERIFY(ran.err.isEmpty());
    }

    void theFileIsNotWrittenTo()
    {
        WorkspaceFixture fixture;
        const auto copy = fixture.filePath(QStringLiteral("copy.countersign"));
        LogFile::open(fixture.path())->backupTo(copy.toStdString());
        QVERIFY(QFile::setPermissions(copy, QFile::ReadOwner));
        QFile before(copy);
        QVERIFY(before.open(QIODevice::ReadOnly));
        const auto bytes = before.readAll();
        before.close();
        QCOMPARE(verify({copy}).code, 0);
        QVERIFY(before.open(QIODevice::ReadOnly));
        QVERIFY(before.readAll() == bytes);
        QVERIFY(!QFile::exists(copy + QStringLiteral("-journal")));
    }

    void aBrokenEntryIsNamedWithTheReason()
    {
        WorkspaceFixture fixture;
        attack(fixture.path(), "DROP TRIGGER entry_no_update");
        attack(fixture.path(), "UPDATE entry SET envelope = CAST(replace(CAST(envelope AS TEXT), 'sig\":\"', "
                               "'sig\":\"A') AS BLOB) WHERE seq = 5");
        const auto ran = verify({path(fixture)});
        QCOMPARE(ran.code, 1);
        QVERIFY2(ran.out.contains(QStringLiteral("BROKEN at entry 5: Entry 5 ")), qPrintable(ran.out));
        QVERIFY(!ran.out.contains(QStringLiteral("\nVALID")));
        const auto json = QJsonDocument::fromJson(
                              verify({path(fixture), QStringLiteral("--format"), QStringLiteral("json")}).out.toUtf8())
                              .object();
        QCOMPARE(json[QLatin1String("valid")].toBool(true), false);
        QCOMPARE(json[QLatin1String("faults")].toArray()[0].toObject()[QLatin1String("entry")].toInt(), 5);
    }

    void anOlderCopyFailsAgainstACheckpoint()
    {
        WorkspaceFixture fixture;
        const auto old = fixture.filePath(QStringLiteral("old.countersign"));
        LogFile::open(fixture.path())->backupTo(old.toStdString());
        fixture.addModel("A-1", "One");
        const auto checkpoint = fixture.filePath(QStringLiteral("checkpoint.txt"));
        must(writeFile(checkpoint.toStdString(), must(fixture.workspace().checkpoint())));
        QCOMPARE(verify({old}).code, 0);
        const auto ran = verify({old, QStringLiteral("--checkpoint"), checkpoint});
        QCOMPARE(ran.code, 1);
        QVERIFY(ran.out.contains(QStringLiteral("CheckpointLarger")));
        QCOMPARE(verify({path(fixture), QStringLiteral("--checkpoint"), checkpoint}).code, 0);
    }

    void quietPrintsNothing()
    {
        WorkspaceFixture fixture;
        const auto ran = verify({path(fixture), QStringLiteral("--quiet")});
        QCOMPARE(ran.code, 0);
        QVERIFY(ran.out.isEmpty());
    }

    void whatCannotRunEndsWithTwo_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("nothing") << QStringList{};
        QTest::newRow("no such file") << QStringList{QStringLiteral("/nowhere.countersign")};
        QTest::newRow("a folder") << QStringList{QStringLiteral("/tmp")};
        QTest::newRow("no workspace") << QStringList{QStringLiteral(SOURCE_DIR "/CMakeLists.txt")};
        QTest::newRow("unknown option") << QStringList{QStringLiteral("x"), QStringLiteral("--wrong")};
        QTest::newRow("unknown format") << QStringList{QStringLiteral("x"), QStringLiteral("--format"),
                                                       QStringLiteral("xml")};
        QTest::newRow("no checkpoint there")
            << QStringList{QStringLiteral("x"), QStringLiteral("--checkpoint"), QStringLiteral("/nowhere")};
    }
    void whatCannotRunEndsWithTwo()
    {
        QFETCH(QStringList, arguments);
        const auto ran = verify(arguments);
        QCOMPARE(ran.code, 2);
        QVERIFY(!ran.err.isEmpty());
        QVERIFY(ran.out.isEmpty());
    }

    void helpAndVersionAreThere()
    {
        const auto help = verify({QStringLiteral("--help")});
        QCOMPARE(help.code, 0);
        QVERIFY(help.out.contains(QStringLiteral("Exit codes: 0 valid, 1 broken, 2 could not run")));
        const auto version = verify({QStringLiteral("--version")});
        QCOMPARE(version.code, 0);
        QVERIFY(version.out.startsWith(QStringLiteral(COUNTERSIGN_VERSION)));
    }

private:
    static QString path(const WorkspaceFixture &fixture) { return QString::fromStdString(fixture.path()); }
};

QTEST_GUILESS_MAIN(TestVerify)
#include "tst_verify.moc"
