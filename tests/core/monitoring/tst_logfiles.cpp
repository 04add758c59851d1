// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "core/base/hash.h"
#include "core/base/json.h"
#include "core/monitoring/logfiles.h"
#include "core/monitoring/preview.h"
#include "logfile.h"
#include "logvalues.h"
#include "packed.h"

#include <cmath>
#include <filesystem>

using namespace countersign;

namespace {

std::string monthOf(int month, bool header = true)
{
    std::string text = header ? "ts,x,c\n" : "";
    for (int day = 1; day <= 28; ++day)
        text += (month < 10 ? "2024-0" : "2024-") + std::to_string(month) + (day < 10 ? "-0" : "-") +
                std::to_string(day) + "," + std::to_string(month * 100 + day) + "," + (day % 2 == 0 ? "a" : "b") + "\n";
    return text;
}

LogTable readAll(const std::string &path, const std::vector<std::string> &more = {}, const std::string &time = "ts")
{
    ReadRequest request;
    request.path = path;
    request.morePaths = more;
    request.timeColumn = time;
    return readLog(request, 2, {}, {});
}

std::vector<std::string> namesOf(const LogFiles &files)
{
    std::vector<std::string> names;
    for (const std::string &path : files.paths)
        names.push_back(fileNameOf(path));
    return names;
}

std::string textOf(RunResult result)
{
    result.settings = {};
    result.sourceName.clear();
    result.sourceSha256.clear();
    result.sources.clear();
    return json::serialize(toJson(result));
}

RunSettings settingsFor(const std::string &path)
{
    RunSettings settings;
    settings.path = path;
    settings.roles.time = "ts";
    settings.reference.firstPeriods = 2;
    return settings;
}

} // namespace

class TestLogFiles : public QObject
{
    Q_OBJECT

private:
    std::string folder(const char *name) const
    {
        const std::string path = m_folder.path(name);
        std::filesystem::create_directories(path);
        return path;
    }
    std::string write(const std::string &name, std::string_view bytes) const
    {
        return m_folder.write(name.c_str(), bytes);
    }

private Q_SLOTS:
    void filesAreReadInTheOrderOfTheirNumbers()
    {
        QVERIFY(naturallyBefore("log2.csv", "log10.csv") && !naturallyBefore("log10.csv", "log2.csv"));
        QVERIFY(naturallyBefore("a", "b") && naturallyBefore("log.csv", "log2.csv"));
        QVERIFY(naturallyBefore("2024-9.csv", "2024-10.csv") &&
                naturallyBefore("7", "07") != naturallyBefore("07", "7"));
        QVERIFY(!naturallyBefore("same", "same"));
        const std::string in = folder("order");
        for (const char *name : {"order/log10.csv", "order/log2.csv.gz", "order/log1.csv.zst"})
            static_cast<void>(write(name, "x\n1\n"));
        QCOMPARE(namesOf(listLogFiles(in)), (std::vector<std::string>{"log1.csv.zst", "log2.csv.gz", "log10.csv"}));
        const std::string last = m_folder.path("order/log10.csv");
        QCOMPARE(namesOf(listLogFiles(last, {m_folder.path("order/log2.csv.gz"), in})),
                 (std::vector<std::string>{"log1.csv.zst", "log2.csv.gz", "log10.csv"}));
    }

    void whatIsNoLogInAFolderIsPassedOverAndNamed()
    {
        const std::string in = folder("mixed");
        std::filesystem::create_directory(in + "/old");
        for (const char *name : {"mixed/a.csv", "mixed/a.csv.gz", "mixed/b.TSV", "mixed/.hidden.csv",
                                 "mixed/c.csv.part", "mixed/notes.pdf"})
            static_cast<void>(write(name, "x\n1\n"));
        const LogFiles files = listLogFiles(in + "/");
        QCOMPARE(namesOf(files), (std::vector<std::string>{"a.csv", "b.TSV"}));
        QCOMPARE(files.remarks.size(), std::size_t{1});
        for (const char *part : {"Not read in mixed", "a.csv.gz (packed, beside a.csv)", ".hidden.csv (hidden)",
                                 "c.csv.part (not finished)", "notes.pdf (no CSV, TSV or Parquet)", "old (a folder)"})
            QVERIFY2(contains(files.remarks.front(), part), files.remarks.front().c_str());
        const Error error = errorOf([&] { return listLogFiles(in + "/old"); });
        QCOMPARE(error.code, ErrorCode::NotFound);
        QVERIFY(contains(error.what, "old") && !error.remedy.empty());
    }

    void severalFilesReadAsOneWhateverTheirDialects()
    {
        std::string whole = "ts,x,c\n";
        for (int month = 1; month <= 12; ++month)
            whole += monthOf(month, false);
        const RunResult one = run(settingsFor(write("whole.csv", whole)));
        const std::string in = folder("months");
        for (int month = 1; month <= 12; ++month) {
            const std::string name = "months/" + std::to_string(month) + ".csv";
            std::string text = monthOf(month);
            if (month % 4 == 1)
                std::replace(text.begin(), text.end(), ',', ';');
            if (month % 4 == 2)
                static_cast<void>(write(name + ".gz", gzipped(text)));
            else if (month % 4 == 3)
                static_cast<void>(write(name + ".zst", zstandard(text)));
            else
                static_cast<void>(write(name, text));
        }
        const RunResult many = run(settingsFor(in));
        QCOMPARE(textOf(many), textOf(one));
        QCOMPARE(many.sourceName, std::string("months"));
        QCOMPARE(many.sources.size(), std::size_t{12});
        QCOMPARE(many.sources[1].name, std::string("2.csv.gz"));
        QCOMPARE(many.sources[1].rows, std::uint64_t{28});
        QCOMPARE(many.sources[0].dialect.delimiter, std::string(";"));
        QCOMPARE(many.sources[0].sha256, sha256([&] {
                                             std::string text = monthOf(1);
                                             std::replace(text.begin(), text.end(), ',', ';');
                                             return text;
                                         }())
                                             .hex());
        std::string lines;
        for (const LogSource &source : many.sources)
            lines += source.sha256 + "  " + source.name + "\n";
        QCOMPARE(many.sourceSha256, sha256(lines).hex());
        QVERIFY(many.settings.path == in && many.settings.morePaths.empty());

        // given one by one, in any order
        RunSettings listed = settingsFor(in + "/7.csv.zst");
        for (const std::string &path : listLogFiles(in).paths) {
            if (!path.ends_with("/7.csv.zst"))
                listed.morePaths.insert(listed.morePaths.begin(), path);
        }
        const RunResult again = run(listed);
        QCOMPARE(textOf(again), textOf(one));
        QCOMPARE(again.sourceSha256, many.sourceSha256);
        QCOMPARE(again.sourceName, std::string("7.csv.zst and 11 more"));

        // a month later
        static_cast<void>(write("months/13.csv", "ts,x,c\n2025-01-01,1,a\n"));
        const RunResult grown = run(settingsFor(in));
        QCOMPARE(grown.periods.size(), one.periods.size() + 1);
        QCOMPARE(grown.rows, one.rows + 1);
    }

    void columnsAreMatchedByNameAndMissingOnesRemarked()
    {
        const std::string first = write("first.csv", "ts,x,c\n2024-01-01,1,a\n2024-01-02,2,b\n");
        const std::string second = write("second.csv", "c;new;ts\nb;7,5;2024-02-01\na;8,5;2024-02-02\n");
        const LogTable table = readAll(first, {second});
        QCOMPARE(table.rows, std::uint64_t{4});
        QCOMPARE(textsOf(table, "c"), (std::vector<std::string>{"a", "b", "b", "a"}));
        const auto x = numbersOf(table, "x");
        QVERIFY(x.size() == 4 && x[1] == 2 && std::isnan(x[2]) && std::isnan(x[3]));
        QCOMPARE(table.column("x").missing, std::uint64_t{2});
        const auto added = numbersOf(table, "new");
        QVERIFY(std::isnan(added[0]) && added[2] == 7.5 && added[3] == 8.5);
        QCOMPARE(daysOf(table, "ts"), (std::vector<std::int32_t>{19723, 19724, 19754, 19755}));
        QCOMPARE(table.remarks.size(), std::size_t{2});
        QVERIFY2(contains(table.remarks[0], "\"x\" is not in second.csv") &&
                     contains(table.remarks[1], "\"new\" is not in first.csv"),
                 table.remarks[0].c_str());
        QCOMPARE(table.fileName, std::string("first.csv and 1 more"));

        const LogPreview seen = preview(first, {}, {second});
        QCOMPARE(seen.columns.size(), std::size_t{4});
        QCOMPARE(seen.files.size(), std::size_t{2});
        QCOMPARE(seen.files[1].estimatedRows, std::uint64_t{2});
        QCOMPARE(seen.rows[2], (std::vector<std::string>{"2024-02-01", "", "b", "7.5"}));
        QVERIFY(seen.wholeFile && seen.estimatedRows == 4);
    }

    void aColumnThatIsTextInOneFileIsTextInAll()
    {
        const LogTable table = readAll(write("n.csv", "x,y\n1,1\n2,2\n"), {write("t.csv", "x,y\nthree,3\n")}, {});
        QCOMPARE(textsOf(table, "x"), (std::vector<std::string>{"1", "2", "three"}));
        QCOMPARE(numbersOf(table, "y"), (std::vector<double>{1, 2, 3}));
    }

    void oneFileDecidesForThoseThatLeaveItOpen()
    {
        const std::string open = write("1.csv", "ts;x\n03/04/2024;1,234\n");
        const std::string proof = write("2.csv", "ts;x\n04/25/2024;0,5\n");
        const LogTable table = readAll(open, {proof});
        QCOMPARE(daysOf(table, "ts"), (std::vector<std::int32_t>{19786, 19838}));
        QCOMPARE(numbersOf(table, "x"), (std::vector<double>{1.234, 0.5}));
        QVERIFY(table.remarks.empty());

        // a day a file: only all of them together run in order of time
        const LogTable days =
            readAll(write("d1.csv", "ts,x\n01/02/2024,1\n"),
                    {write("d2.csv", "ts,x\n01/11/2024,1\n"), write("d3.csv", "ts,x\n02/05/2024,1\n")});
        QCOMPARE(days.sources[0].dialect.dateFormat, DateFormat::MonthDayYear);
        QCOMPARE(days.sources[2].dialect.dateFormat, DateFormat::MonthDayYear);
        QCOMPARE(days.remarks.size(), std::size_t{1});
        QVERIFY2(contains(days.remarks.front(), "d1.csv and 2 more"), days.remarks.front().c_str());
    }

    void badFilesAreNamed()
    {
        const std::string good = write("good.csv", "ts,x\n2024-01-01,1\n");
        const auto whatOf = [&](const std::string &bad) { return errorOf([&] { return readAll(good, {bad}); }); };
        Error error = whatOf(write("ragged.csv", "ts,x\n2024-01-02,1\n2024-01-03\n"));
        QVERIFY2(contains(error.what, "ragged.csv line 3 has 1 field"), error.what.c_str());
        error = whatOf(write("notime.csv", "when,x\n2024-01-02,1\n"));
        QVERIFY2(contains(error.what, "notime.csv has no column \"ts\", as good.csv has"), error.what.c_str());
        error = errorOf([&] { return readAll(m_folder.path("notime.csv"), {write("other.csv", "a,b\n1,2\n")}, {}); });
        QVERIFY2(contains(error.what, "other.csv shares no column with notime.csv"), error.what.c_str());
        error = whatOf(write("nul.csv", std::string("ts,x\n2024-01-02,\0\n", 18)));
        QVERIFY2(contains(error.what, "nul.csv line 2"), error.what.c_str());
        error = whatOf(write("cut.csv.gz", gzipped(monthOf(3)).substr(0, 60)));
        QCOMPARE(error.code, ErrorCode::Corrupt);
        QVERIFY2(contains(error.what, "cut.csv.gz"), error.what.c_str());
        error = whatOf(write("table.parquet", "PAR1rest"));
        QVERIFY2(contains(error.text(), "table.parquet, a Parquet file") && contains(error.text(), "by themselves"),
                 error.text().c_str());
        error = whatOf(m_folder.path("gone.csv"));
        QCOMPARE(error.code, ErrorCode::NotFound);
        QVERIFY2(contains(error.what, "gone.csv"), error.what.c_str());
        error = errorOf([&] { return readAll(write("aa.csv", "ts,x\n"), {write("bb.csv", "ts,x\n")}); });
        QVERIFY2(contains(error.what, "no rows"), error.what.c_str());
        error = errorOf([&] { return readAll(write("e1.csv", ""), {write("e2.csv", "")}, {}); });
        QVERIFY2(contains(error.what, "is empty"), error.what.c_str());
    }

    void emptyFilesAmongOthersAreRemarked()
    {
        const LogTable table =
            readAll(write("full.csv", "ts,x\n2024-01-01,1\n"), {write("void.csv", ""), write("head.csv", "ts,x\n")});
        QCOMPARE(table.rows, std::uint64_t{1});
        QCOMPARE(table.remarks.size(), std::size_t{2});
        QVERIFY(contains(table.remarks[0], "void.csv is empty") && contains(table.remarks[1], "head.csv"));
    }

    void manyFilesLargeAndSmallAreReadInOrder()
    {
        folder("many");
        std::vector<double> expected;
        for (int file = 0; file < 60; ++file) {
            std::string text = file % 2 == 0 ? "x,n\n" : "n,x\n";
            const int count = file == 30 ? 400000 : file;
            for (int row = 0; row < count; ++row) {
                const int value = static_cast<int>(expected.size());
                text += file % 2 == 0 ? std::to_string(value) + ",7\n" : "7," + std::to_string(value) + "\n";
                expected.push_back(value);
            }
            static_cast<void>(write("many/log" + std::to_string(file) + ".csv", text));
        }
        for (const unsigned threads : {1U, 3U}) {
            ReadRequest request;
            request.path = m_folder.path("many");
            QVERIFY(numbersOf(readLog(request, threads, {}, {}), "x") == expected);
        }
    }

    void aFolderMayBeTheReference()
    {
        folder("before");
        static_cast<void>(write("before/1.csv", monthOf(1)));
        static_cast<void>(write("before/2.csv", monthOf(2)));
        RunSettings settings = settingsFor(write("after.csv", monthOf(3)));
        settings.reference = {};
        settings.reference.path = m_folder.path("before");
        const RunResult result = run(settings);
        QCOMPARE(result.reference.rows, std::uint64_t{56});
        const std::string lines = sha256(monthOf(1)).hex() + "  1.csv\n" + sha256(monthOf(2)).hex() + "  2.csv\n";
        QCOMPARE(result.referenceSha256, sha256(lines).hex());
    }

private:
    LogFolder m_folder;
};

QTEST_APPLESS_MAIN(TestLogFiles)
#include "tst_logfiles.moc"
