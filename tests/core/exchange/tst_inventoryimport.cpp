// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "core/exchange/csv.h"
#include "core/exchange/inventoryimport.h"

using namespace countersign;

namespace {

constexpr const char *kHead = "Reference,Name,Purpose,Owner,Stage,Next review on,Inputs\n";

ErrorCode codeOf(const std::function<void()> &body, std::string *what = nullptr)
{
    try {
        body();
    } catch (const Exception &exception) {
        if (what != nullptr)
            *what = exception.error().text();
        return exception.error().code;
    }
    return ErrorCode::Internal;
}

} // namespace

/// An inventory as organisations keep it: good rows are kept, bad ones named, and a bad file refused in words.
class TestInventoryImport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fieldsMayHoldQuotesDelimitersAndLineBreaks()
    {
        const auto table = read("Reference,Name,Purpose,Owner\r\n"
                                "A-1,\"Loans, \"\"small\"\"\",\"Two\r\nlines\",Owner\r\n"
                                "A-2,Second,Purpose,Owner");
        QCOMPARE(table.rows.size(), std::size_t(2));
        QCOMPARE(table.rows[0][1], std::string("Loans, \"small\""));
        QCOMPARE(table.rows[0][2], std::string("Two\r\nlines"));
        QCOMPARE(table.lines[0], 2);
        QCOMPARE(table.lines[1], 4);
    }

    void aStageOfThePolicyBringsTheOneItCountsAs()
    {
        const std::vector<StageWord> stages{{"pilot", "In pilot", Stage::inValidation}};
        const auto table = read("Reference,Name,Purpose,Owner,Stage,Policy stage\n"
                                "A-1,One,P,O,,in pilot\n"
                                "A-2,Two,P,O,In validation,pilot\n"
                                "A-3,Three,P,O,Proposed,pilot\n"
                                "A-4,Four,P,O,,trial\n");
        const auto plan = planImport(table, guessMapping(table.header), {}, stages);
        QCOMPARE(plan.good(), 2);
        QCOMPARE(plan.rows[0].model.policyStage, std::string("pilot"));
        QVERIFY(plan.rows[0].model.stage == Stage::inValidation);
        QVERIFY(plan.rows[2].errors[0].find("counts as In validation, not as Proposed") != std::string::npos);
        QVERIFY(plan.rows[3].errors[0].find("no stage \"trial\"") != std::string::npos);
        const auto csv = inventoryCsv({&plan.rows[0].model});
        QVERIFY(csv.find("In validation,pilot") != std::string::npos);
    }

    void theDelimiterIsFound_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("comma") << QByteArray("Reference,Name\nA-1,\"One;two\"\n");
        QTest::newRow("semicolon") << QByteArray("Reference;Name\nA-1;One;two\n").replace("One;two", "\"One;two\"");
        QTest::newRow("tab") << QByteArray("Reference\tName\nA-1\tOne;two\n");
        QTest::newRow("mark in front") << QByteArray("\xEF\xBB\xBFReference;Name\nA-1;\"One;two\"\n");
        QTest::newRow("CR alone") << QByteArray("Reference,Name\rA-1,One;two\r");
    }
    void theDelimiterIsFound()
    {
        QFETCH(QByteArray, text);
        const auto table = read(text);
        QCOMPARE(table.header, (std::vector<std::string>{"Reference", "Name"}));
        QCOMPARE(table.rows.size(), std::size_t(1));
        QCOMPARE(table.rows[0][1], std::string("One;two"));
    }

    void badFilesAreRefusedInWords_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("says");
        QTest::newRow("empty") << QByteArray() << QStringLiteral("is empty");
        QTest::newRow("blank lines") << QByteArray("\n\n  \n") << QStringLiteral("is empty");
        QTest::newRow("headings alone") << QByteArray("Reference,Name\n") << QStringLiteral("nothing below");
        QTest::newRow("UTF-16") << QByteArray("\xFF\xFE\x52\x00", 4) << QStringLiteral("UTF-16");
        QTest::newRow("NUL") << QByteArray("Reference,Name\nA-1,O\0ne\n", 23) << QStringLiteral("NUL byte on line 2");
        QTest::newRow("Latin-1") << QByteArray("Reference,Name\nA-1,\xE9t\xE9\n") << QStringLiteral("first on line 2");
        QTest::newRow("open quote") << QByteArray("Reference,Name\nA-1,\"One\n") << QStringLiteral("line 2");
        QTest::newRow("stray quote") << QByteArray("Reference,Name\nA-1,On\"e\n") << QStringLiteral("Line 2");
        QTest::newRow("after quote") << QByteArray("Reference,Name\nA-1,\"One\"x\n") << QStringLiteral("Line 2");
    }
    void badFilesAreRefusedInWords()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, says);
        std::string what;
        QCOMPARE(codeOf([&] { (void)read(bytes); }, &what), ErrorCode::InvalidInput);
        QVERIFY2(what.find(says.toStdString()) != std::string::npos, what.c_str());
    }

    void aFolderAndAMissingFileAreRefused()
    {
        QCOMPARE(codeOf([&] { (void)readTextTable(m_folder.path().toStdString()); }), ErrorCode::InvalidInput);
        QCOMPARE(codeOf([&] { (void)readTextTable(path("missing.csv")); }), ErrorCode::NotFound);
    }

    void rowsOfAnotherWidthAreLeftOutAndNamed()
    {
        const auto table = read("Reference,Name\nA-1,One\nA-2\nA-3,Three,more\nA-4,Four\n");
        QCOMPARE(table.rows.size(), std::size_t(2));
        QCOMPARE(table.warnings.size(), std::size_t(2));
        QVERIFY(table.warnings[0].starts_with("Line 3 has 1 fields"));
        QVERIFY(table.warnings[1].starts_with("Line 4 has 3 fields"));
    }

    void aLongFieldIsKeptWhole()
    {
        const std::string text(10000, 'x');
        const auto table = read(QByteArray(kHead) + "A-1,Name," + QByteArray::fromStdString(text) + ",Owner,,,\n");
        const auto result = plan(table);
        QCOMPARE(result.good(), 1);
        QCOMPARE(result.rows[0].model.purpose.size(), std::size_t(10000));
    }

    void headingsOfOtherSystemsAreUnderstood()
    {
        const std::vector<std::string> header{"Model ID",   "MODEL NAME",  "Model Owner", "Intended use",
                                              "Status",     "Next review", "Vendor name", "Known limitations",
                                              "Colour code"};
        const auto mapping = guessMapping(header);
        QCOMPARE(mapping.at("reference"), std::size_t(0));
        QCOMPARE(mapping.at("name"), std::size_t(1));
        QCOMPARE(mapping.at("owner"), std::size_t(2));
        QCOMPARE(mapping.at("purpose"), std::size_t(3));
        QCOMPARE(mapping.at("stage"), std::size_t(4));
        QCOMPARE(mapping.at("nextReviewOn"), std::size_t(5));
        QCOMPARE(mapping.at("vendor"), std::size_t(6));
        QCOMPARE(mapping.at("limitations"), std::size_t(7));
        QCOMPARE(mapping.size(), std::size_t(8));
    }

    void everyFieldFindsItsOwnHeading()
    {
        std::vector<std::string> header;
        for (const ImportField &field : importFields())
            header.push_back(field.title);
        const auto mapping = guessMapping(header);
        QCOMPARE(mapping.size(), importFields().size());
        for (std::size_t i = 0; i < header.size(); ++i)
            QCOMPARE(mapping.at(importFields()[i].name), i);
    }

    void badRowsAreNamedAndGoodRowsKept_data()
    {
        QTest::addColumn<QByteArray>("row");
        QTest::addColumn<QString>("says");
        QTest::newRow("no reference") << QByteArray(",Name,Purpose,Owner,,,") << QStringLiteral("Reference is missing");
        QTest::newRow("no name") << QByteArray("B-1,,Purpose,Owner,,,") << QStringLiteral("Name is missing");
        QTest::newRow("no purpose") << QByteArray("B-1,Name,  ,Owner,,,") << QStringLiteral("Purpose is missing");
        QTest::newRow("no owner") << QByteArray("B-1,Name,Purpose,,,,") << QStringLiteral("Owner is missing");
        QTest::newRow("unknown stage") << QByteArray("B-1,Name,Purpose,Owner,Half done,,")
                                       << QStringLiteral("Stage: \"Half done\" is none of: Proposed");
        QTest::newRow("no such day") << QByteArray("B-1,Name,Purpose,Owner,,2027-02-30,")
                                     << QStringLiteral("Planned review on: \"2027-02-30\" is not a date");
        QTest::newRow("day or month") << QByteArray("B-1,Name,Purpose,Owner,,03/04/2027,")
                                      << QStringLiteral("is not a date");
        QTest::newRow("in the register") << QByteArray("cr-001 ,Name,Purpose,Owner,,,")
                                         << QStringLiteral("in the inventory already");
        QTest::newRow("twice") << QByteArray("A-1,Name,Purpose,Owner,,,") << QStringLiteral("on line 2 already");
        QTest::newRow("retired, no day") << QByteArray("B-1,Name,Purpose,Owner,Retired,,") << QStringLiteral("retired");
        QTest::newRow("control character") << QByteArray("B-1,Na\x01me,Purpose,Owner,,,") << QStringLiteral("name");
    }
    void badRowsAreNamedAndGoodRowsKept()
    {
        QFETCH(QByteArray, row);
        QFETCH(QString, says);
        const auto table = read(QByteArray(kHead) + "A-1,Good,Purpose,Owner,In production,24.11.2027,a; b\n" + row +
                                "\nA-9,Good too,Purpose,Owner,,,\n");
        const auto result = plan(table);
        QCOMPARE(result.rows.size(), std::size_t(3));
        QCOMPARE(result.good(), 2);
        QVERIFY(!result.rows[1].errors.empty());
        QCOMPARE(result.rows[1].line, 3);
        std::string all;
        for (const auto &error : result.rows[1].errors)
            all += error + " ";
        QVERIFY2(all.find(says.toStdString()) != std::string::npos, all.c_str());
        QCOMPARE(result.rows[0].model.stage, Stage::inProduction);
        QCOMPARE(result.rows[0].model.nextReviewOn, parseDate("2027-11-24"));
        QCOMPARE(result.rows[0].model.inputs, (std::vector<std::string>{"a", "b"}));
    }

    void theReportTellsEveryRow()
    {
        const auto table = read(QByteArray(kHead) + "A-1,Good,Purpose,Owner,,,\n,=Bad,Purpose,Owner,,,\n");
        const auto lines = QString::fromStdString(importReportCsv(plan(table))).split(QStringLiteral("\r\n"));
        QCOMPARE(lines.size(), 4);
        QVERIFY(lines[1].startsWith(QStringLiteral("2,A-1,Good,imported,")));
        QVERIFY(lines[2].startsWith(QStringLiteral("3,,'=Bad,left out,")));
    }

    void aMappingWithoutARequiredColumnIsRefused()
    {
        const auto table = read(QByteArray(kHead) + "A-1,Good,Purpose,Owner,,,\n");
        auto mapping = guessMapping(table.header);
        mapping.erase("owner");
        QCOMPARE(codeOf([&] { (void)planImport(table, mapping, m_registry); }), ErrorCode::InvalidInput);
        mapping["owner"] = 99;
        QCOMPARE(codeOf([&] { (void)planImport(table, mapping, m_registry); }), ErrorCode::InvalidInput);
    }

    void whatIsExportedCanBeImportedAgain()
    {
        Model model;
        model.reference = "=HYPERLINK(\"http://example.org\")";
        model.name = "'=quoted";
        model.description = "Lines\nand \"quotes\", commas; semicolons";
        model.purpose = "+1 for all";
        model.owner = "@owner";
        model.inputs = {"one; with a semicolon"};
        model.dependencies = {"A-1", "A-2"};
        model.kind = ModelKind::machineLearning;
        model.origin = Origin::vendor;
        model.vendor = "-vendor";
        model.stage = Stage::retired;
        model.retiredOn = parseDate("2026-01-31");
        model.retirementReason = "\uff1dReplaced";
        const auto csv = inventoryCsv({&model});
        QVERIFY(csv.find("\n=") == std::string::npos);
        QVERIFY(csv.find(",=") == std::string::npos);
        QVERIFY(csv.find(",@") == std::string::npos);
        const auto table = read(QByteArray::fromStdString(csv));
        const auto result = plan(table);
        QVERIFY2(result.good() == 1, result.rows[0].errors.empty() ? "" : result.rows[0].errors[0].c_str());
        QCOMPARE(json::serialize(toJson(result.rows[0].model)), json::serialize(toJson(model)));
    }

    void theDemoInventoryIsCleanAndTheFaultyOneNamesItsThree()
    {
        const auto clean = readTextTable(SOURCE_DIR "/resources/demo/inventory.csv");
        const auto good = planImport(clean, guessMapping(clean.header), m_registry);
        QCOMPARE(good.good(), std::int64_t(good.rows.size()));
        QVERIFY(good.unmappedColumns.empty());
        const auto faulty = readTextTable(SOURCE_DIR "/resources/demo/inventory-with-errors.csv");
        const auto bad = planImport(faulty, guessMapping(faulty.header), m_registry);
        QCOMPARE(bad.rows.size(), std::size_t(8));
        QCOMPARE(bad.good(), 5);
    }

private:
    TextTable read(const QByteArray &bytes)
    {
        QFile file(QString::fromStdString(path("table.csv")));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write the table");
        file.close();
        return readTextTable(path("table.csv"));
    }
    ImportPlan plan(const TextTable &table) { return planImport(table, guessMapping(table.header), m_registry); }
    [[nodiscard]] std::string path(const char *name) const
    {
        return m_folder.filePath(QString::fromUtf8(name)).toStdString();
    }

    QTemporaryDir m_folder;
    Registry m_registry = [] {
        Registry registry;
        Model model;
        model.id = ModelId("m");
        model.reference = "CR-001";
        registry.models[model.id] = model;
        return registry;
    }();
};

QTEST_APPLESS_MAIN(TestInventoryImport)
#include "tst_inventoryimport.moc"
