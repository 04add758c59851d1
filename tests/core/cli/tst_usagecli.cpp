// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QTest>

#include "tests/core/cli/clirunner.h"
#include "tests/support/workspacefixture.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

/// countersign-cli usage import, as other programs call it.
class TestUsageCli : public QObject
{
    Q_OBJECT

    static QString write(const WorkspaceFixture &fixture, const QString &name, const QByteArray &text)
    {
        QFile file(fixture.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write the file");
        return file.fileName();
    }
    static QStringList import(const WorkspaceFixture &fixture, const QString &csv, const QStringList &more = {})
    {
        return QStringList{u"usage"_s,
                           u"import"_s,
                           csv,
                           u"--workspace"_s,
                           QString::fromStdString(fixture.path()),
                           u"--keystore"_s,
                           fixture.filePath(u"keys"_s),
                           u"--as"_s,
                           QString::fromUtf8(people::developer),
                           u"--passphrase-file"_s,
                           write(fixture, u"pass"_s, QByteArray(passphrase) + '\n')} +
               more;
    }

private Q_SLOTS:
    void rowsAreImportedAsOneEntryAndOnceOnly()
    {
        WorkspaceFixture fixture;
        fixture.addVersion(fixture.addModel("CR-001", "Retail PD"), "1.0");
        const auto entries = fixture.registry().size;
        const auto csv = write(fixture, u"usage.csv"_s,
                               "Model;Month;Calls;Failed;Why\nCR-001;2026-08;1000;3;timeout\nRetail PD;2026-09;5;;\n");
        const auto path = fixture.filePath(u"report.csv"_s);
        const auto report = [&] { return must(readFile(path.toStdString())); };
        const auto dry = runCli(import(fixture, csv, {u"--dry-run"_s, u"--report"_s, path}));
        QVERIFY2(dry.exitCode == 0, dry.err.c_str());
        QVERIFY(dry.out.find("imported: 0\ngood: 2") != std::string::npos);
        QVERIFY(report().find("\"good, not imported\"") != std::string::npos);
        const auto made = runCli(import(fixture, csv, {u"--report"_s, path}));
        QVERIFY2(made.exitCode == 0, made.err.c_str());
        QVERIFY(made.out.find("imported: 2") != std::string::npos);
        QVERIFY(report().find(",imported,") != std::string::npos);
        must(fixture.workspace().refresh());
        QCOMPARE(fixture.registry().size, entries + 1);
        QCOMPARE(fixture.registry().usages.size(), std::size_t(2));
        const auto again = runCli(import(fixture, csv));
        QCOMPARE(again.exitCode, 0);
        QVERIFY2(again.out.find("imported: 0\ngood: 0\nin the register already: 2") != std::string::npos,
                 again.out.c_str());
        must(fixture.workspace().refresh());
        QCOMPARE(fixture.registry().size, entries + 1);
        const auto within =
            write(fixture, u"within.csv"_s, "Model;Day;Calls\nCR-001;2026-08-05;7\nCR-001;2026-11-01\n");
        const auto remarked = runCli(import(fixture, within, {u"--dry-run"_s}));
        QVERIFY2(remarked.err.find(": line 2: Overlaps with the report of 2026-08-01") != std::string::npos,
                 remarked.err.c_str());
        QVERIFY2(remarked.err.find(": line 3: ") != std::string::npos, remarked.err.c_str());
    }

    void aReportThatCannotBeWrittenIsSaidBeforeAnythingIsRecorded()
    {
        WorkspaceFixture fixture;
        fixture.addVersion(fixture.addModel("CR-001", "Retail PD"), "1.0");
        const auto csv = write(fixture, u"usage.csv"_s, "Model,Month,Calls\nCR-001,2026-08,1000\n");
        const auto nowhere = fixture.filePath(u"no/such/folder/report.csv"_s);
        const auto refused = runCli(import(fixture, csv, {u"--report"_s, nowhere}));
        QVERIFY(refused.exitCode != 0);
        QVERIFY2(refused.err.find("report.csv") != std::string::npos, refused.err.c_str());
        must(fixture.workspace().refresh());
        QVERIFY(fixture.registry().usages.empty());
        QCOMPARE(runCli(import(fixture, csv, {u"--report"_s, fixture.filePath(u"report.csv"_s)})).exitCode, 0);
    }

    void aRowAtFaultStopsEverythingUntilItIsLeftOut()
    {
        WorkspaceFixture fixture;
        fixture.addVersion(fixture.addModel("CR-001", "Retail PD"), "1.0");
        const auto csv = write(fixture, u"usage.csv"_s,
                               "M,P,N\nCR-001,2026-08,1000\nCR-999,2026-08,1\nCR-001,2026-09,-5\nCR-001,2026-08,2\n");
        const QStringList columns{u"--column"_s, u"model=M"_s,  u"--column"_s,
                                  u"period=P"_s, u"--column"_s, u"predictions=N"_s};
        const auto refused =
            runCli(import(fixture, csv, columns + QStringList{u"--report"_s, fixture.filePath(u"report.csv"_s)}));
        QCOMPARE(refused.exitCode, 1);
        for (const auto *words :
             {": line 3: Model: the inventory has no model \"CR-999\"", ": line 4: Predictions: -5 is negative",
              ": line 5: Period: ", "nothing was imported"})
            QVERIFY2(refused.err.find(words) != std::string::npos, refused.err.c_str());
        must(fixture.workspace().refresh());
        QVERIFY(fixture.registry().usages.empty());
        const auto report = must(readFile(fixture.filePath(u"report.csv"_s).toStdString()));
        QVERIFY(report.find("at fault") != std::string::npos);
        QCOMPARE(runCli(import(fixture, csv, columns + QStringList{u"--leave-out-faulty"_s})).exitCode, 0);
        must(fixture.workspace().refresh());
        QCOMPARE(fixture.registry().usages.size(), std::size_t(1));
        QCOMPARE(runCli(import(fixture, csv)).exitCode, 1); // no column tells the model
        QCOMPARE(runCli(import(fixture, csv, {u"--column"_s, u"colour=M"_s})).exitCode, 2);
    }
};

QTEST_GUILESS_MAIN(TestUsageCli)
#include "tst_usagecli.moc"
