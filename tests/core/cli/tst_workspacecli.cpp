// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

#include "core/log/checkpoint.h"
#include "tests/support/workspacefixture.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

namespace {

struct Ran
{
    int code = -1;
    QString out;
    QString err;
};

Ran run(const QString &program, const QStringList &arguments, const QString &folder)
{
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"COUNTERSIGN_WEAK_KEYS"_s, u"1"_s);
    environment.insert(u"COUNTERSIGN_KEYSTORE"_s, folder + u"/keys"_s);
    environment.insert(u"XDG_CACHE_HOME"_s, folder + u"/cache-home"_s);
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(folder);
    process.start(program, arguments);
    process.waitForFinished(120'000);
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

} // namespace

/// The commands on a workspace file, as other programs call them.
class TestWorkspaceCli : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        write(u"pass"_s, "correct horse battery\n");
        const auto made = cli({u"init"_s, u"a.countersign"_s, u"--organisation"_s, u"Example Bank"_s, u"--user"_s,
                               u"Ada Admin"_s, u"--role"_s, u"model owner"_s, u"--passphrase-file"_s, u"pass"_s});
        QVERIFY2(made.code == 0, qPrintable(made.err));
        QVERIFY(made.out.contains(u"origin:"_s));
    }
    void cleanup() { m_folder.reset(); }

    void initMakesAFileThatVerifies()
    {
        QCOMPARE(verify(u"a.countersign"_s).code, 0);
        const auto history = cli({u"history"_s, u"a.countersign"_s});
        QCOMPARE(history.code, 0);
        QVERIFY(history.out.contains(u"Ada Admin"_s));
    }

    void initRefusesWhatItMust()
    {
        const QStringList who{u"--organisation"_s, u"Bank"_s, u"--user"_s, u"Ada"_s, u"--role"_s, u"administrator"_s};
        QCOMPARE(
            cli(QStringList{u"init"_s, u"a.countersign"_s} + who + QStringList{u"--passphrase-file"_s, u"pass"_s}).code,
            1);
        write(u"short"_s, "1234\n");
        QCOMPARE(cli(QStringList{u"init"_s, u"b.countersign"_s} + who + QStringList{u"--passphrase-file"_s, u"short"_s})
                     .code,
                 1);
        QVERIFY(!QFile::exists(m_folder->filePath(u"b.countersign"_s)));
        const auto wrong = cli({u"init"_s, u"b.countersign"_s, u"--organisation"_s, u"Bank"_s, u"--user"_s, u"Ada"_s,
                                u"--role"_s, u"emperor"_s, u"--passphrase-file"_s, u"pass"_s});
        QCOMPARE(wrong.code, 2);
        QVERIFY(wrong.err.contains(u"executiveReader"_s));
        QCOMPARE(cli({u"init"_s, u"b.countersign"_s}).code, 2);
        write(u"bad.json"_s, "{\"id\": 3}");
        QCOMPARE(cli(QStringList{u"init"_s, u"b.countersign"_s} + who +
                     QStringList{u"--passphrase-file"_s, u"pass"_s, u"--policy"_s, u"bad.json"_s})
                     .code,
                 1);
    }

    void aPersonIsEnrolledAndMayThenSign()
    {
        write(u"pass2"_s, "another good phrase\n");
        const auto enrolled =
            cli({u"enrol"_s, u"a.countersign"_s, u"--user"_s, u"Olga Owner"_s, u"--role"_s, u"modelOwner"_s,
                 u"--passphrase-file"_s, u"pass"_s, u"--new-passphrase-file"_s, u"pass2"_s});
        QVERIFY2(enrolled.code == 0, qPrintable(enrolled.err));
        write(u"wrong"_s, "not the passphrase\n");
        const QStringList import{u"import-inventory"_s, u"a.countersign"_s,    demo(u"inventory.csv"_s), u"--as"_s,
                                 u"Olga Owner"_s,       u"--passphrase-file"_s};
        QCOMPARE(cli(import + QStringList{u"wrong"_s}).code, 1);
        const auto imported = cli(import + QStringList{u"pass2"_s});
        QVERIFY2(imported.code == 0, qPrintable(imported.err));
        QVERIFY(imported.out.contains(u"imported: 58"_s));
        QCOMPARE(verify(u"a.countersign"_s).code, 0);
        const auto forbidden =
            cli({u"enrol"_s, u"a.countersign"_s, u"--user"_s, u"A friend"_s, u"--role"_s, u"approver"_s, u"--as"_s,
                 u"Olga Owner"_s, u"--passphrase-file"_s, u"pass2"_s, u"--new-passphrase-file"_s, u"pass"_s});
        QCOMPARE(forbidden.code, 1);
        QCOMPARE(cli({u"enrol"_s, u"a.countersign"_s, u"--user"_s, u"X"_s, u"--role"_s, u"auditor"_s,
                      u"--passphrase-file"_s, u"pass"_s})
                     .code,
                 2); // two people have a key here: who signs?
    }

    void anImportNamesTheBadRowsAndKeepsTheGoodOnes()
    {
        const auto dry = cli({u"import-inventory"_s, u"a.countersign"_s, demo(u"inventory-with-errors.csv"_s),
                              u"--dry-run"_s, u"--report"_s, u"report.csv"_s});
        QVERIFY2(dry.code == 0, qPrintable(dry.err));
        QVERIFY(dry.out.contains(u"imported: 0"_s) && dry.out.contains(u"good: 5"_s));
        QFile report(m_folder->filePath(u"report.csv"_s));
        QVERIFY(report.open(QIODevice::ReadOnly));
        QCOMPARE(QString::fromUtf8(report.readAll()).count(u"left out"_s), 3);
        const auto imported = cli({u"import-inventory"_s, u"a.countersign"_s, demo(u"inventory-with-errors.csv"_s),
                                   u"--passphrase-file"_s, u"pass"_s});
        QCOMPARE(imported.code, 0);
        QCOMPARE(imported.err.count(u": line "_s), 3);

        const auto csv = cli({u"inventory"_s, u"a.countersign"_s});
        QCOMPARE(csv.code, 0);
        QCOMPARE(csv.out.count(u"\r\n"_s), 6);
        const auto json =
            QJsonDocument::fromJson(cli({u"inventory"_s, u"a.countersign"_s, u"--format"_s, u"json"_s}).out.toUtf8());
        QCOMPARE(json.object()[u"models"_s].toArray().size(), 5);
        const auto then = cli({u"inventory"_s, u"a.countersign"_s, u"--as-of"_s, u"2001-01-01"_s});
        QCOMPARE(then.out.count(u"\r\n"_s), 1);
        QCOMPARE(cli({u"inventory"_s, u"a.countersign"_s, u"--as-of"_s, u"yesterday"_s}).code, 2);
    }

    void evidenceVerifiesOnItsOwn()
    {
        cli({u"import-inventory"_s, u"a.countersign"_s, demo(u"inventory.csv"_s), u"--passphrase-file"_s, u"pass"_s});
        const auto made = cli({u"evidence"_s, u"a.countersign"_s, u"--out"_s, u"evidence"_s});
        QVERIFY2(made.code == 0, qPrintable(made.err));
        QCOMPARE(verify(u"evidence/workspace.countersign"_s, u"evidence/checkpoint.txt"_s).code, 0);
        const auto sums =
            run(u"sha256sum"_s, {u"--check"_s, u"--strict"_s, u"MANIFEST.sha256"_s}, m_folder->filePath(u"evidence"_s));
        QVERIFY2(sums.code == 0, qPrintable(sums.out + sums.err));
        QCOMPARE(cli({u"evidence"_s, u"a.countersign"_s, u"--out"_s, u"evidence"_s}).code, 1);
    }

    void theCheckpointIsTheOneOfC2SP()
    {
        const auto printed = cli({u"checkpoint"_s, u"a.countersign"_s});
        QCOMPARE(printed.code, 0);
        const auto note = parseCheckpoint(printed.out.toStdString());
        QCOMPARE(note.checkpoint.head.size, 1U);
        write(u"checkpoint.txt"_s, printed.out.toUtf8());
        QCOMPARE(verify(u"a.countersign"_s, u"checkpoint.txt"_s).code, 0);
    }

    void anotherProcessIsSeenWithinARefresh()
    {
        SystemClock clock;
        RandomIdSource ids;
        const auto folder = m_folder->path().toStdString();
        const Environment environment{clock, ids, folder + "/keys", folder + "/cache", true, {}};
        const auto workspace = must(Workspace::open(environment, folder + "/a.countersign"));
        QCOMPARE(workspace->registry().models.size(), std::size_t(0));
        cli({u"import-inventory"_s, u"a.countersign"_s, demo(u"inventory.csv"_s), u"--passphrase-file"_s, u"pass"_s});
        QCOMPARE(must(workspace->refresh()), true);
        QCOMPARE(workspace->registry().models.size(), std::size_t(58));
    }

    void filesThatAreNoneAreRefusedInWords()
    {
        for (const auto &file : {u"missing.countersign"_s, u"."_s, demo(u"demo.json"_s)}) {
            const auto ran = cli({u"inventory"_s, file});
            QCOMPARE(ran.code, 1);
            QVERIFY(ran.err.startsWith(u"countersign-cli inventory: "_s));
        }
    }

    void everyCommandHasHelp()
    {
        for (const auto &command : {u"init"_s, u"enrol"_s, u"import-inventory"_s, u"inventory"_s, u"history"_s,
                                    u"checkpoint"_s, u"evidence"_s, u"demo"_s}) {
            const auto help = cli({command, u"--help"_s});
            QCOMPARE(help.code, 0);
            QVERIFY(help.out.contains(u"Usage"_s));
        }
    }

private:
    Ran cli(const QStringList &arguments)
    {
        return run(QStringLiteral(BIN_DIR "/countersign-cli"), arguments, m_folder->path());
    }
    Ran verify(const QString &file, const QString &checkpoint = {})
    {
        return run(QStringLiteral(BIN_DIR "/countersign-verify"),
                   checkpoint.isEmpty() ? QStringList{file} : QStringList{file, u"--checkpoint"_s, checkpoint},
                   m_folder->path());
    }
    static QString demo(const QString &name) { return QStringLiteral(SOURCE_DIR "/resources/demo/") + name; }
    void write(const QString &name, const QByteArray &bytes)
    {
        QFile file(m_folder->filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write %s", qPrintable(name));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestWorkspaceCli)
#include "tst_workspacecli.moc"
