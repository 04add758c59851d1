// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "core/base/error.h"
#include "core/monitoring/logtable.h"
#include "core/monitoring/preview.h"
#include "core/monitoring/samples.h"
#include "logfile.h"
#include "logvalues.h"
#include "packed.h"

#include <bit>
#include <cmath>
#include <filesystem>
#include <unistd.h>

using namespace countersign;

namespace {

LogTable readFile(const std::string &path, unsigned threads = 2, std::set<std::string> numeric = {})
{
    ReadRequest request;
    request.path = path;
    request.numeric = std::move(numeric);
    return readLog(request, threads, {}, {});
}

} // namespace

class TestLogReading : public QObject
{
    Q_OBJECT

private:
    /// The file is refused, and the message names it and what is wrong and what to do.
    void refused(const char *name, std::string_view bytes, const std::vector<std::string> &parts)
    {
        const std::string path = m_folder.write(name, bytes);
        const Error error = errorOf([&] { return readFile(path); });
        QCOMPARE(error.code, ErrorCode::InvalidInput);
        QVERIFY2(contains(error.what, name), error.what.c_str());
        QVERIFY2(!error.remedy.empty(), error.what.c_str());
        for (const std::string &part : parts)
            QVERIFY2(contains(error.text(), part), error.text().c_str());
    }

private Q_SLOTS:
    void numbersAndCategoriesAreTold()
    {
        const LogTable table = readFile(m_folder.write("a.csv", "x,c\n1,red\n-2.5e3,blue\n+7,red\n"));
        QCOMPARE(table.rows, std::uint64_t{3});
        QCOMPARE(numbersOf(table, "x"), (std::vector<double>{1, -2500, 7}));
        QCOMPARE(textsOf(table, "c"), (std::vector<std::string>{"red", "blue", "red"}));
    }

    void delimiterIsGuessed_data()
    {
        QTest::addColumn<char>("delimiter");
        for (const char c : {',', ';', '\t', '|'})
            QTest::addRow("%d", c) << c;
    }
    void delimiterIsGuessed()
    {
        QFETCH(char, delimiter);
        std::string text = "name,x,y\n\"a,;|\tb\",1,2\nc,3,4\n";
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] == ',' && i != 11)
                text[i] = delimiter;
        }
        const std::string path = m_folder.write("delimiter.csv", text);
        QCOMPARE(preview(path).delimiter, delimiter);
        QCOMPARE(numbersOf(readFile(path), "y"), (std::vector<double>{2, 4}));
    }

    void missingWordsAndInfinityAreMissing()
    {
        const LogTable table = readFile(m_folder.write(
            "m.csv", "x,c\n,\nNA,na\nNaN,NULL\nnull,None\nN/A,none\n\"\",\"\"\ninf,a\n-Infinity,b\n1e999,c\n2,d\n"));
        const LogColumn &x = table.column("x");
        QCOMPARE(x.kind, CellKind::Number);
        QCOMPARE(x.missing, std::uint64_t{9});
        QCOMPARE(x.infinite, std::uint64_t{3});
        QCOMPARE(table.column("c").missing, std::uint64_t{6});
    }

    void quotesLineBreaksAndDoubledQuotesStayInTheirField()
    {
        const LogTable table = readFile(
            m_folder.write("q.csv", "c,x\n\"two\nlines, and a comma\",\"1\"\n\"say \"\"hi\"\"\",2\n5\" pipe,3\n"));
        QCOMPARE(textsOf(table, "c"), (std::vector<std::string>{"two\nlines, and a comma", "say \"hi\"", "5\" pipe"}));
        QCOMPARE(numbersOf(table, "x"), (std::vector<double>{1, 2, 3}));
    }

    void byteOrderMarkAndCarriageReturnsAreNoData()
    {
        const LogTable table = readFile(m_folder.write("crlf.csv", "\xef\xbb\xbfx,c\r\n1,a\r\n2,\r\n\r\n3,b\r\n"));
        QCOMPARE(table.rows, std::uint64_t{3});
        QCOMPARE(numbersOf(table, "x"), (std::vector<double>{1, 2, 3}));
        QCOMPARE(textsOf(table, "c"), (std::vector<std::string>{"a", "(missing)", "b"}));
    }

    void lastLineNeedsNoLineEnd()
    {
        QCOMPARE(numbersOf(readFile(m_folder.write("end.csv", "x,y\n1,2\n3,4")), "y"), (std::vector<double>{2, 4}));
    }

    void oneRowFileIsRead() { QCOMPARE(readFile(m_folder.write("one.csv", "x,c\n1,a\n")).rows, std::uint64_t{1}); }

    void oneColumnFileKeepsEmptyLinesAsMissing()
    {
        const LogTable table = readFile(m_folder.write("single.csv", "x\n1\n\n3\n"));
        QCOMPARE(table.rows, std::uint64_t{3});
        QCOMPARE(table.column("x").missing, std::uint64_t{1});
    }

    void longFieldIsKeptWhole()
    {
        const std::string field(10000, 'x');
        QCOMPARE(textsOf(readFile(m_folder.write("long.csv", "c,d\n" + field + ",1\n")), "c"),
                 std::vector<std::string>{field});
    }

    /// Short texts take a quicker way than long, quoted and rare ones; what is read must not depend on it.
    void categoriesOfAnyLengthAndNumberAreRead()
    {
        std::string text = "c,d,t\r\n";
        std::vector<std::string> expected;
        for (int i = 0; i < 300000; ++i) {
            const std::string value = std::string(static_cast<std::size_t>(i % 11), 'x') + std::to_string(i * 7 % 700);
            const bool quoted = i % 5 == 0;
            text += (quoted ? '"' + value + '"' : value) + ",1,2015-07-0" + std::to_string(1 + i % 9) +
                    (i % 2 == 0 ? "" : " 10:52:03") + (i % 3 == 0 ? "\r\n" : "\n");
            expected.push_back(value);
        }
        const std::string path = m_folder.write("many.csv", text);
        for (const unsigned threads : {1U, 3U}) {
            const LogTable table = readLog({path, "t", {}, {}, {}}, threads, {}, {});
            QVERIFY(textsOf(table, "c") == expected);
            QCOMPARE(table.column("c").categories.size(), std::size_t{1100});
            QCOMPARE(table.column("c").missing, std::uint64_t{0});
            std::size_t row = 0;
            for (const ColumnChunk &chunk : table.column("t").chunks) {
                for (const std::int32_t day : chunk.days)
                    QCOMPARE(day, 16617 + static_cast<std::int32_t>(row++ % 9));
            }
        }
    }

    void latinOneTextBecomesUtf8()
    {
        QCOMPARE(textsOf(readFile(m_folder.write("latin.csv", "c,d\nZ\xfcrich,1\n")), "c"),
                 std::vector<std::string>{"Z\xc3\xbcrich"});
    }

    void gzipIsReadAsIfPlain()
    {
        const std::string text = "x,c\n1,a\n2,b\n";
        const std::string twoMembers = gzipped(text) + gzipped("3,c\n");
        QCOMPARE(numbersOf(readFile(m_folder.write("log.csv.gz", twoMembers)), "x"), (std::vector<double>{1, 2, 3}));
        const std::string cut = gzipped(text).substr(0, 20);
        const Error error = errorOf([&] { return readFile(m_folder.write("cut.csv.gz", cut)); });
        QCOMPARE(error.code, ErrorCode::Corrupt);
    }

    void zstdIsReadAsIfPlain()
    {
        std::string text = "x,c\n";
        std::vector<double> expected;
        for (int i = 0; i < 300000; ++i) {
            text += std::to_string(i) + ",a\n";
            expected.push_back(i);
        }
        const std::string twoFrames = zstandard(text) + zstandard("7,c\n");
        expected.push_back(7);
        QVERIFY(numbersOf(readFile(m_folder.write("log.csv.zst", twoFrames)), "x") == expected);
        const std::string cut = zstandard(text).substr(0, 100000);
        QCOMPARE(errorOf([&] { return readFile(m_folder.write("cut.csv.zst", cut)); }).code, ErrorCode::Corrupt);
        std::string damaged = zstandard(text);
        damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 0x55);
        damaged[10] = static_cast<char>(damaged[10] ^ 0x55);
        QCOMPARE(errorOf([&] { return readFile(m_folder.write("bad.csv.zst", damaged)); }).code, ErrorCode::Corrupt);
    }

    void textFurtherOnTurnsTheColumnIntoCategories()
    {
        std::string text = "x,y\n";
        for (int i = 0; i < 300000; ++i)
            text += std::to_string(i % 7) + "," + std::to_string(i) + "\n";
        text += "seven,1\n";
        const LogTable table = readFile(m_folder.write("late.csv", text));
        QCOMPARE(table.column("x").kind, CellKind::Category);
        QCOMPARE(table.column("x").categories.size(), std::size_t{8});
        QCOMPARE(table.column("y").kind, CellKind::Number);
    }

    void textInADeclaredNumberColumnIsMissingAndCounted()
    {
        const std::string path = m_folder.write("wrong.csv", "x,c\n1,a\n\"2\",\"b\nb\"\nabc,d\n?,e\n,f\n");
        const LogTable table = readFile(path, 2, {"x"});
        const LogColumn &column = table.column("x");
        QCOMPARE(column.kind, CellKind::Number);
        QCOMPARE(column.missing, std::uint64_t{3});
        QCOMPARE(column.unreadable, std::uint64_t{2});
        QCOMPARE(column.firstUnreadable, std::string("\"abc\" in line 5 of wrong.csv"));
    }

    void firstBadLineIsNamedWithAnyNumberOfThreads()
    {
        std::string text = "x,y\n";
        for (int i = 0; i < 1200000; ++i)
            text += i == 500000 || i == 1100000 ? "1\n" : "1,2\n";
        const std::string path = m_folder.write("far.csv", text);
        for (const unsigned threads : {1U, 2U, 4U}) {
            const Error error = errorOf([&] { return readFile(path, threads); });
            QVERIFY2(contains(error.what, "far.csv line 500002 has 1 field where the header has 2"),
                     error.what.c_str());
        }
    }

    void recordsCutByABlockBorderSurvive()
    {
        std::string text = "c,x\n";
        for (int i = 0; i < 200000; ++i)
            text += "\"line\none, \"\"q\"\"\"," + std::to_string(i) + "\r\n";
        const LogTable table = readFile(m_folder.write("borders.csv", text));
        QCOMPARE(table.rows, std::uint64_t{200000});
        QVERIFY(table.chunkRows.size() > 1);
        QCOMPARE(table.column("c").categories, std::vector<std::string>{"line\none, \"q\""});
        const auto x = numbersOf(table, "x");
        for (std::size_t i = 0; i < x.size(); ++i)
            QCOMPARE(x[i], static_cast<double>(i));
    }

    void badInputIsRefusedWithPlaceAndRemedy()
    {
        using namespace std::string_view_literals;
        refused("empty.csv", "", {"is empty"});
        refused("mark.csv", "\xef\xbb\xbf", {"is empty"});
        refused("header.csv", "a,b\n", {"header but no rows"});
        refused("mac.csv", "a,b\r1,2\r3,4\r", {"mac.csv", "carriage returns (CR) alone", "tr '\\r' '\\n'"});
        refused("one.csv", "a,b\r\n", {"header but no rows"});
        refused("ragged.csv", "a,b\n1,2\n\n1,2,3\n", {"line 4", "3 fields", "header has 2"});
        refused("short.csv", "a,b,c\n1,2\n", {"line 2", "2 fields", "header has 3"});
        refused("utf16.csv",
                "\xff\xfe"
                "a\0,\0b\0\n\0"sv,
                {"header but no rows"});
        refused("utf32.csv", "\xff\xfe\0\0a\0\0\0\n\0\0\0"sv, {"is UTF-32 text", "UTF-8"});
        refused("nul.csv", "a,b\n1,2\n3,\0\n"sv, {"line 3", "NUL byte"});
        refused("book.csv", "PK\x03\x04rest", {"Excel", "CSV UTF-8"});
        refused("open.csv", "a,b\n1,2\n\"3,4\n5,6\n", {"line 3", "never closed"});
    }

    void nulFarDownIsRefusedToo()
    {
        std::string text = "a,b\n";
        for (int i = 0; i < 400000; ++i)
            text += "1,22\n";
        text += std::string("3,\0\n", 4);
        refused("farnul.csv", text, {"line 400002", "NUL byte"});
    }

    void missingColumnIsNamedWithThoseThereAre()
    {
        ReadRequest request;
        request.path = m_folder.write("c.csv", "a,b\n1,2\n");
        request.timeColumn = "when";
        const Error error = errorOf([&] { return readLog(request, 1, {}, {}); });
        QCOMPARE(error.code, ErrorCode::InvalidInput);
        QVERIFY2(contains(error.text(), "\"when\"") && contains(error.text(), "a, b"), error.text().c_str());
    }

    void whatIsNoDateIsMissingAndCounted()
    {
        ReadRequest request;
        request.path = m_folder.write("d.csv", "ts,b\n2015-01-31 10:00:00,2\n31/01/2015,3\nsoon,4\n,5\n");
        request.timeColumn = "ts";
        const LogTable table = readLog(request, 1, {}, {});
        const LogColumn &time = table.column("ts");
        QCOMPARE(daysOf(table, "ts"), (std::vector<std::int32_t>{16466, missingDay, missingDay, missingDay}));
        QCOMPARE(time.unreadable, std::uint64_t{2});
        QCOMPARE(time.missing, std::uint64_t{3});
        QCOMPARE(time.firstUnreadable, std::string("\"31/01/2015\" in line 3 of d.csv"));
    }

    void aDateInTheOtherOrderSaysThatOthersWereMisread()
    {
        ReadRequest request;
        request.path = m_folder.write("order.csv", "ts,b\n03/04/2015,2\n25/04/2015,3\n");
        request.timeColumn = "ts";
        request.dialect.dateFormat = DateFormat::MonthDayYear;
        const Error error = errorOf([&] { return readLog(request, 1, {}, {}); });
        QVERIFY2(contains(error.what, "order.csv line 3") && contains(error.what, "25/04/2015"), error.what.c_str());
        QVERIFY(!error.remedy.empty());
    }

    void fewTextsAmongMeasuredNumbersAreUnreadable_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("different");
        QTest::addColumn<int>("texts");
        QTest::addColumn<bool>("numbers");
        QTest::addRow("one in a hundred") << 10000 << 5000 << 100 << true;
        QTest::addRow("more") << 10000 << 5000 << 101 << false;
        QTest::addRow("codes") << 10000 << 50 << 1 << false;
        QTest::addRow("more than codes") << 10000 << 51 << 1 << true;
        QTest::addRow("one of few") << 60 << 60 << 1 << false;
    }
    void fewTextsAmongMeasuredNumbersAreUnreadable()
    {
        QFETCH(int, rows);
        QFETCH(int, different);
        QFETCH(int, texts);
        QFETCH(bool, numbers);
        for (const bool early : {true, false}) {
            std::string log = "x,y\n";
            for (int i = 0; i < rows; ++i) {
                const bool text = early ? i < texts : i >= rows - texts;
                log += (text ? std::string("n.k.") : std::to_string(i % different)) + ",1\n";
            }
            const LogTable table = readLog({m_folder.write("few.csv", log), "", {}, {}, {}}, 2, {}, {});
            const LogColumn &column = table.column("x");
            // The sample of the first rows holds too many where all of them stand there.
            const bool seen = early && texts > 10;
            QCOMPARE(column.kind, numbers && !seen ? CellKind::Number : CellKind::Category);
            QCOMPARE(column.unreadable, static_cast<std::uint64_t>(numbers && !seen ? texts : 0));
        }
    }

    void emptyFolderMissingFileAndForbiddenFileAreTold()
    {
        const std::string folder = m_folder.path("folder.csv");
        std::filesystem::create_directory(folder);
        Error error = errorOf([&] { return readFile(folder); });
        QCOMPARE(error.code, ErrorCode::NotFound);
        QVERIFY(contains(error.what, "folder.csv holds no scoring log"));

        error = errorOf([&] { return readFile(m_folder.path("nowhere.csv")); });
        QCOMPARE(error.code, ErrorCode::NotFound);

        const std::string secret = m_folder.write("secret.csv", "a\n1\n");
        std::filesystem::permissions(secret, std::filesystem::perms::none);
        const bool administrator = ::geteuid() == 0; // who may read everything: be nobody for a moment
        if (administrator)
            QCOMPARE(::seteuid(65534), 0);
        error = errorOf([&] { return readFile(secret); });
        if (administrator)
            QCOMPARE(::seteuid(0), 0);
        QCOMPARE(error.code, ErrorCode::Io);
        QVERIFY(contains(error.what, "permission"));
    }

    void cellsOnDiskAreThoseInMemory()
    {
        std::string text = "ts,x,id,c\n";
        for (int i = 0; i < 40'000; ++i) // several blocks, and more categories than a byte holds
            text += "2024-01-" + std::string(i % 20 < 9 ? "0" : "") + std::to_string(i % 20 + 1) + " 10:00:00," +
                    (i % 11 == 0 ? "" : std::to_string(i * 0.125)) + ",client" + std::to_string(i % 700) + ',' +
                    (i % 3 == 0 ? "red" : "blue") + std::string(60, ' ') + '\n';
        ReadRequest request;
        request.path = m_folder.write("first.csv", text);
        request.morePaths = {m_folder.write("second.csv", "c,ts\ngreen,2024-02-01\n,2024-02-02\n")};
        request.timeColumn = "ts";
        const LogTable held = readLog(request, 2, {}, {});
        request.memoryBytes = 0;
        const LogTable onDisk = readLog(request, 2, {}, {});
        QCOMPARE(onDisk.rows, std::uint64_t{40'002});
        QCOMPARE(daysOf(onDisk, "ts"), daysOf(held, "ts"));
        QCOMPARE(textsOf(onDisk, "id"), textsOf(held, "id"));
        QCOMPARE(textsOf(onDisk, "c"), textsOf(held, "c"));
        const auto bits = [](const LogTable &table) {
            std::vector<std::uint64_t> found;
            for (const double number : numbersOf(table, "x"))
                found.push_back(std::bit_cast<std::uint64_t>(number));
            return found;
        };
        QCOMPARE(bits(onDisk), bits(held));
        onDisk.column("x").rest();
        QCOMPARE(bits(onDisk), bits(held));
    }

    void whereThereIsNoRoomOnDiskTheFolderIsNamed()
    {
        const QByteArray before = qgetenv("TMPDIR");
        qputenv("TMPDIR", m_folder.path("no-such-folder").c_str());
        ReadRequest request;
        request.path = m_folder.write("little.csv", "x\n1\n");
        request.memoryBytes = 0;
        const Error error = errorOf([&] { return readLog(request, 1, {}, {}); });
        before.isNull() ? qunsetenv("TMPDIR") : qputenv("TMPDIR", before);
        QCOMPARE(error.code, ErrorCode::Io);
        QVERIFY2(contains(error.what, "no-such-folder"), error.what.c_str());
        QVERIFY2(contains(error.remedy, "TMPDIR"), error.remedy.c_str());
    }

    void moreRowsThanPeriodsCanBeCutIntoAreRefused()
    {
        std::string text = "x\n";
        for (std::size_t i = 0; i <= mostPeriods; ++i)
            text += "1\n";
        const LogTable table = readFile(m_folder.write("rows.csv", text));
        const Error error = errorOf([&] { return cutPeriods(table, {}, PeriodKind::Rows, 1); });
        QCOMPARE(error.code, ErrorCode::InvalidInput);
        QVERIFY2(contains(error.what, std::to_string(mostPeriods)), error.what.c_str());
        QCOMPARE(cutPeriods(table, {}, PeriodKind::Rows, 2).info.size(), mostPeriods / 2 + 1);
    }

    void cancellingStopsTheSortingOfAColumn()
    {
        const LogTable table = readFile(m_folder.write("sort.csv", "x,y\n3,1\n1,1\n2,1\n"));
        const RowGroups groups = allRows(table);
        const CancelToken cancel;
        const NumericSamples samples(table.column("x"), groups, 2, cancel);
        QCOMPARE(std::vector<double>(samples.sorted(0).begin(), samples.sorted(0).end()),
                 (std::vector<double>{1, 2, 3}));
        cancel.cancel();
        const Error error = errorOf([&] { return NumericSamples(table.column("x"), groups, 1, cancel).missing(0); });
        QCOMPARE(error.code, ErrorCode::Cancelled);
    }

    void cancellingStopsTheReading()
    {
        const std::string path = m_folder.write("cancel.csv", "a,b\n1,2\n");
        const CancelToken cancel;
        cancel.cancel();
        ReadRequest request;
        request.path = path;
        QCOMPARE(errorOf([&] { return readLog(request, 2, cancel, {}); }).code, ErrorCode::Cancelled);
    }

private:
    LogFolder m_folder;
};

QTEST_APPLESS_MAIN(TestLogReading)
#include "tst_logreading.moc"
