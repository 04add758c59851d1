// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "core/exchange/usageimport.h"

using namespace countersign;

namespace {

constexpr const char *kHead = "Model,Version,Period,Predictions,Failures,Reason\n";

} // namespace

/// Usage as services count it: good rows become reports, bad ones are named by line, known ones are not written again.
class TestUsageImport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_registry = {};
        addModel("m1", "CR-014", "Retail PD");
        addVersion("v1", "m1", "1.0", VersionStage::retired);
        addVersion("v2", "m1", "2.0", VersionStage::inProduction);
        addModel("m2", "CR-015", "Price");
        addVersion("v3", "m2", "1", VersionStage::inDevelopment);
        addModel("m3", "CR-016", "Price");
    }

    void headingsAreGuessed_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<QString>("fields");
        QTest::newRow("own") << QByteArray(kHead) << QStringLiteral("failures model period predictions reason version");
        QTest::newRow("others") << QByteArray("Reference,Date,Calls,Errors,Why\n")
                                << QStringLiteral("failures model period predictions reason");
        QTest::newRow("days") << QByteArray("model_id;start;end;requests;last call\n")
                              << QStringLiteral("from lastUsedOn model predictions until");
    }
    void headingsAreGuessed()
    {
        QFETCH(QByteArray, head);
        QFETCH(QString, fields);
        QStringList found;
        for (const auto &[field, column] : guessUsageMapping(read(head + "a,b,c,d,e,f\n").header))
            found << QString::fromStdString(field);
        QCOMPARE(found.join(u' '), fields);
    }

    void modelsAreFoundByReferenceNameOrId()
    {
        const auto made = plan("cr-014,,2026-03,100,2,Timeout\nRetail PD,1.0,2026-03,5,,\nm2,,2026-W10,7,0,\n");
        QCOMPARE(made.count(UsageRowState::good), 3);
        QCOMPARE(made.rows[0].report.version, VersionId("v2"));
        QCOMPARE(made.rows[0].report.failed(), 2);
        QCOMPARE(made.rows[0].report.failures.front().reason, std::string("Timeout"));
        QCOMPARE(made.rows[0].report.title, std::string("Retail PD"));
        QCOMPARE(made.rows[1].report.version, VersionId("v1"));
        QCOMPARE(made.rows[2].report.version, VersionId("v3"));
        QCOMPARE(toString(made.rows[2].report.from), std::string("2026-03-02"));
        QCOMPARE(toString(made.rows[2].report.until), std::string("2026-03-08"));
    }

    void periods_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("days");
        QTest::newRow("year") << QByteArray("2025") << QStringLiteral("2025-01-01 2025-12-31");
        QTest::newRow("quarter") << QByteArray("2026-Q1") << QStringLiteral("2026-01-01 2026-03-31");
        QTest::newRow("month") << QByteArray("2024-02") << QStringLiteral("2024-02-01 2024-02-29");
        QTest::newRow("December") << QByteArray("2025-12") << QStringLiteral("2025-12-01 2025-12-31");
        QTest::newRow("week 1") << QByteArray("2026-W01") << QStringLiteral("2025-12-29 2026-01-04");
        QTest::newRow("week 53") << QByteArray("2020-W53") << QStringLiteral("2020-12-28 2021-01-03");
        QTest::newRow("day") << QByteArray("2026-03-05") << QStringLiteral("2026-03-05 2026-03-05");
        QTest::newRow("dotted day") << QByteArray("05.03.2026") << QStringLiteral("2026-03-05 2026-03-05");
    }
    void periods()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, days);
        const auto made = plan("CR-014,," + text + ",1,,\n");
        QVERIFY2(made.rows[0].errors.empty(), made.rows[0].errors.empty() ? "" : made.rows[0].errors[0].c_str());
        QCOMPARE(QString::fromStdString(toString(made.rows[0].report.from) + " " + toString(made.rows[0].report.until)),
                 days);
    }

    void badRowsAreNamed_data()
    {
        QTest::addColumn<QByteArray>("row");
        QTest::addColumn<QString>("says");
        const auto bad = [](const char *name, const char *row, const char *says) {
            QTest::newRow(name) << QByteArray(row) << QString::fromLatin1(says);
        };
        bad("unknown model", "CR-999,,2026-03,1,,", "no model \"CR-999\"");
        bad("no model", ",,2026-03,1,,", "Model is missing");
        bad("two models of a name", "Price,,2026-03,1,,", "2 models are called");
        bad("unknown version", "CR-014,9.9,2026-03,1,,", "no version \"9.9\"");
        bad("no version in production", "CR-016,,2026-03,1,,", "none is in production");
        bad("negative predictions", "CR-014,,2026-03,-1,,", "-1 is negative");
        bad("negative failures", "CR-014,,2026-03,1,-2,", "Failures: -2 is negative");
        bad("half a prediction", "CR-014,,2026-03,1.5,,", "not a whole number");
        bad("no predictions", "CR-014,,2026-03,,,", "Predictions is missing");
        bad("no period", "CR-014,,,1,,", "Period: it is missing");
        bad("bad date", "CR-014,,2026-13,1,,", "is no period");
        bad("slashes", "CR-014,,03/04/2026,1,,", "is no period");
        bad("week too far", "CR-014,,2026-W54,1,,", "is no period");
        bad("not over", "CR-014,,2026-11,1,,", "not over yet");
        bad("reason without count", "CR-014,,2026-03,1,,Timeout", "no count");
        bad("wrong shape", "CR-014,,2026-03,1", "has 4 fields");
    }
    void badRowsAreNamed()
    {
        QFETCH(QByteArray, row);
        QFETCH(QString, says);
        const auto made = plan("CR-014,,2026-02,1,,\n" + row + "\n");
        QCOMPARE(made.count(UsageRowState::good), 1);
        QCOMPARE(made.count(UsageRowState::bad), 1);
        const auto &errors = made.rows[1].errors;
        QVERIFY2(errors.size() == 1 && QString::fromStdString(errors[0]).contains(says), errors[0].c_str());
    }

    void aPeriodTwiceIsAnErrorUnlessItNamesAnotherReason()
    {
        auto made = plan("CR-014,,2026-03,100,2,Timeout\nCR-014,,2026-03,,3,Bad input\nCR-014,,2026-03,50,,\n");
        QCOMPARE(made.count(UsageRowState::good), 1);
        QCOMPARE(made.count(UsageRowState::joined), 1);
        QCOMPARE(made.reports().front().failed(), 5);
        QCOMPARE(made.reports().front().failures.size(), std::size_t(2));
        QVERIFY(made.rows[2].errors[0].find("is on line 2 already") != std::string::npos);
        made = plan("CR-014,,2026-03,100,2,Timeout\nCR-014,,2026-03,,3,Timeout\n");
        QCOMPARE(made.count(UsageRowState::bad), 1);
    }

    void whatTheRegisterHasIsNotWrittenAgain()
    {
        auto made = plan("CR-014,,2026-03,100,2,Timeout\n");
        auto recorded = made.reports().front();
        recorded.id = UsageId("u1");
        m_registry.usages.emplace(recorded.id, recorded);
        made = plan("CR-014,,2026-03,100,2,Timeout\nCR-014,,2026-04,1,,\n");
        QVERIFY(made.rows[0].state == UsageRowState::known);
        QCOMPARE(made.reports().size(), std::size_t(1));
        made = plan("CR-014,,2026-03,101,2,Timeout\n");
        QVERIFY(made.rows[0].state == UsageRowState::bad);
        QVERIFY(made.rows[0].errors[0].find("100 predictions, 2 failures") != std::string::npos);
        made = plan("CR-014,,2026-03-05,7,,\n");
        QVERIFY(made.rows[0].state == UsageRowState::good);
        QVERIFY(made.rows[0].warnings[0].find("Overlaps") != std::string::npos);
        m_registry.usages.at(recorded.id).open = false;
        QVERIFY(plan("CR-014,,2026-03,101,2,Timeout\n").rows[0].state == UsageRowState::good);
    }

    void retiredModelsTakeNone()
    {
        m_registry.models.at(ModelId("m1")).stage = Stage::retired;
        QVERIFY(plan("CR-014,,2026-03,1,,\n").rows[0].errors[0].find("is retired") != std::string::npos);
    }

    void aNeededColumnThatIsMissingIsSaid()
    {
        const auto table = read("Model,Calls\nCR-014,1\n");
        QCOMPARE(missingUsageFields(guessUsageMapping(table.header)), std::vector<std::string>{"Period or First day"});
        try {
            (void)planUsage(table, guessUsageMapping(table.header), m_registry, *parseDate("2026-11-24"));
            QFAIL("was read without a period");
        } catch (const Exception &exception) {
            QVERIFY(exception.error().what.find("Period or First day") != std::string::npos);
            QVERIFY(exception.error().what.find("\"Model\", \"Calls\"") != std::string::npos);
            QVERIFY(exception.error().remedy.find("--column") != std::string::npos);
        }
    }

    void theReportSaysWhatBecameOfEachRow()
    {
        const auto made = plan("CR-014,,2026-03,100,,\nCR-999,,2026-03,1,,\n");
        const auto csv = usageReportCsv(made, true);
        QVERIFY2(csv.find("2,\"CR-014, Retail PD\",2.0,2026-03-01,2026-03-31,imported,") != std::string::npos,
                 csv.c_str());
        QVERIFY2(csv.find("3,CR-999,") != std::string::npos && csv.find("at fault") != std::string::npos, csv.c_str());
        const auto dry = usageReportCsv(made, false);
        QVERIFY2(dry.find(",2026-03-31,\"good, not imported\",") != std::string::npos, dry.c_str());
    }

    void aRowOfAnotherWidthKeepsItsLine()
    {
        const auto made = plan("CR-014,,2026-03\nCR-014,,2026-04,1,,\n");
        QCOMPARE(made.rows.size(), std::size_t(2));
        QCOMPARE(made.rows[0].line, std::int64_t(2));
        QVERIFY(made.rows[0].state == UsageRowState::bad);
        QCOMPARE(made.rows[1].line, std::int64_t(3));
    }

private:
    void addModel(const char *id, const char *reference, const char *name)
    {
        Model model;
        model.id = ModelId(id);
        model.reference = reference;
        model.name = name;
        m_registry.models.emplace(model.id, model);
    }
    void addVersion(const char *id, const char *model, const char *label, VersionStage stage)
    {
        ModelVersion version;
        version.id = VersionId(id);
        version.model = ModelId(model);
        version.label = label;
        version.stage = stage;
        m_registry.versions.emplace(version.id, version);
    }
    TextTable read(const QByteArray &text)
    {
        const auto path = m_folder.filePath(QStringLiteral("usage.csv"));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write the table");
        file.write(text);
        file.close();
        return readTextTable(path.toStdString());
    }
    UsagePlan plan(const QByteArray &rows)
    {
        const auto table = read(kHead + rows);
        return planUsage(table, guessUsageMapping(table.header), m_registry, *parseDate("2026-11-24"));
    }

    QTemporaryDir m_folder;
    Registry m_registry;
};

QTEST_GUILESS_MAIN(TestUsageImport)
#include "tst_usageimport.moc"
