// SPDX-License-Identifier: GPL-3.0-or-later
//
// Columns of names and identifiers: more different texts than categories may be.
#include <QtTest>

#include "core/base/json.h"
#include "core/monitoring/comparison.h"
#include "core/monitoring/logtable.h"
#include "core/monitoring/run.h"
#include "core/monitoring/textdigest.h"
#include "logfile.h"
#include "logvalues.h"

#include <algorithm>
#include <fstream>

using namespace countersign;

namespace {

constexpr int rowsOfMonth = 35'000;

/// In every thousandth row missing, in every thousand and first that of the row before.
std::string idOf(int row)
{
    return row % 1000 == 0 ? std::string() : "client-" + std::to_string(row % 1001 == 0 ? row - 1 : row);
}

/// `ids`: with the column of identifiers. The last twenty rows of a month are the twenty before once more.
std::string month(int number, bool ids)
{
    std::string text = number == 1 ? (ids ? "ts,id,x,c,y,t\n" : "ts,x,c,y,t\n") : "";
    for (int i = 0; i < rowsOfMonth; ++i) {
        const int row = number * rowsOfMonth + (i < rowsOfMonth - 20 ? i : i - 20);
        const int mixed = (row * 7919) % 10007;
        text += "2024-0" + std::to_string(number) + "-" + std::to_string(10 + row % 5) + ',' +
                (ids ? idOf(row) + ',' : std::string()) + std::to_string(mixed) + ".5," + "abc"[mixed % 3] + ",0." +
                std::to_string(1000 + mixed % 9000) + ',' + (mixed + row % 3000 > 6000 ? "1" : "0") + '\n';
    }
    return text;
}

std::string months(int count, bool ids)
{
    std::string text;
    for (int number = 1; number <= count; ++number)
        text += month(number, ids);
    return text;
}

ColumnRoles roles()
{
    ColumnRoles roles;
    roles.time = "ts";
    roles.score = "y";
    roles.target = "t";
    return roles;
}

RunSettings settingsFor(const std::string &path)
{
    RunSettings settings;
    settings.path = path;
    settings.roles = roles();
    settings.reference.firstPeriods = 2;
    return settings;
}

std::vector<std::uint64_t> digestsOf(const LogTable &table, const std::string &name)
{
    std::vector<std::uint64_t> digests;
    for (const auto &chunk : table.column(name).chunks)
        digests.insert(digests.end(), chunk.digests.begin(), chunk.digests.end());
    return digests;
}

std::vector<std::uint64_t> expectedDigests(int count)
{
    std::vector<std::uint64_t> digests;
    for (int number = 1; number <= count; ++number)
        for (int i = 0; i < rowsOfMonth; ++i) {
            const std::string id = idOf(number * rowsOfMonth + (i < rowsOfMonth - 20 ? i : i - 20));
            digests.push_back(id.empty() ? missingDigest : cellDigest(id));
        }
    return digests;
}

bool tells(const std::vector<std::string> &remarks, const std::string &part)
{
    return std::ranges::any_of(remarks, [&](const std::string &remark) { return contains(remark, part); });
}

const std::string tooMany =
    "Column \"id\" holds more different texts than are compared (100000, or 25 MB of them) and is "
    "not judged; it looks like a name, an identifier or a note.";

} // namespace

class TestManyTexts : public QObject
{
    Q_OBJECT

private:
    LogFolder m_folder;
    std::string m_log; ///< four months, 139,640 different identifiers
    std::string m_without;

private Q_SLOTS:
    void initTestCase()
    {
        m_log = m_folder.write("log.csv", months(4, true));
        m_without = m_folder.write("without.csv", months(4, false));
    }

    void theyAreReadAsDigestsWhateverTheThreads()
    {
        for (const unsigned threads : {1U, 3U}) {
            ReadRequest request;
            request.path = m_log;
            request.timeColumn = "ts";
            const LogTable table = readLog(request, threads, {}, {});
            QVERIFY(table.chunkRows.size() > 2);
            const LogColumn &id = table.column("id");
            QCOMPARE(id.kind, CellKind::Text);
            QVERIFY(id.categories.empty());
            QCOMPARE(id.missing, std::uint64_t(std::ranges::count(expectedDigests(4), missingDigest)));
            QVERIFY(digestsOf(table, "id") == expectedDigests(4));
            QCOMPARE(table.column("c").categories.size(), std::size_t{3});
        }
    }

    void asManyAsMayBeAreCategories()
    {
        std::string text = "c,x\n";
        for (int i = 0; i < 500; ++i)
            text += "text" + std::to_string(i % 50) + (i == 499 ? ",2\n" : ",1\n");
        ReadRequest request;
        request.path = m_folder.write("fifty.csv", text);
        request.mostTexts = 50;
        QCOMPARE(readLog(request, 2, {}, {}).column("c").kind, CellKind::Category);
        request.mostTexts = 49;
        const LogTable table = readLog(request, 2, {}, {});
        QCOMPARE(table.column("c").kind, CellKind::Text);
        QCOMPARE(digestsOf(table, "c").front(), cellDigest("text0"));
        const std::string note(3000, 'n');
        request.path = m_folder.write("notes.csv", "c,x\n" + note + "1,1\n" + note + "2,1\n");
        request.mostTexts = 23;
        QCOMPARE(readLog(request, 2, {}, {}).column("c").kind, CellKind::Category);
        request.mostTexts = 22; // of 256 bytes
        QCOMPARE(readLog(request, 2, {}, {}).column("c").kind, CellKind::Text);
    }

    /// In every file of a log, and where the file has no such column; in any encoding.
    void filesOfALogShareTheLimit()
    {
        ReadRequest request;
        request.path = m_folder.write("first.csv", "c,x\nZ\xc3\xbcrich,1\nBern,2\n");
        request.morePaths = {m_folder.write("second.csv", "x\n3\n"), m_folder.write("third.csv", "c,x\nZ\xfcrich,4\n")};
        request.mostTexts = 2;
        QCOMPARE(textsOf(readLog(request, 2, {}, {}), "c"),
                 (std::vector<std::string>{"Z\xc3\xbcrich", "Bern", "(missing)", "Z\xc3\xbcrich"}));
        request.mostTexts = 1;
        const std::uint64_t zurich = cellDigest("Z\xc3\xbcrich");
        QCOMPARE(digestsOf(readLog(request, 2, {}, {}), "c"),
                 (std::vector<std::uint64_t>{zurich, cellDigest("Bern"), missingDigest, zurich}));
    }

    /// Kept as categories while they are few enough, and as digests since.
    void aLogThatGrowsBeyondTheLimitIsReadTheSameWithACache()
    {
        const std::string path = m_folder.write("grows.csv", months(2, true));
        ReadRequest request;
        request.path = path;
        request.timeColumn = "ts";
        request.cacheFolder = m_folder.path("cache");
        QCOMPARE(readLog(request, 2, {}, {}).column("id").kind, CellKind::Category);
        for (int number = 3; number <= 5; ++number) {
            std::ofstream(path, std::ios::binary | std::ios::app) << month(number, true);
            for (int look = 0; look < 2; ++look) {
                const LogTable table = readLog(request, 2, {}, {});
                QCOMPARE(table.column("id").kind, CellKind::Text);
                QVERIFY(digestsOf(table, "id") == expectedDigests(number));
                QVERIFY(!table.cachedAs.folder.empty());
            }
        }
    }

    void aRunLeavesThemAloneAndCountsEqualRows()
    {
        const RunResult with = run(settingsFor(m_log));
        const RunResult without = run(settingsFor(m_without));
        QVERIFY(tells(with.warnings, tooMany));
        QCOMPARE(with.features.size(), without.features.size() + 1);
        for (const FeatureResult &feature : with.features) {
            if (feature.name != "id") {
                const auto same = std::ranges::find(without.features, feature.name, &FeatureResult::name);
                QVERIFY(feature.periods.back().counts == same->periods.back().counts);
                continue;
            }
            QCOMPARE(feature.type, ColumnType::Categorical);
            QCOMPARE(feature.verdict, Verdict::NotEnoughData);
            QVERIFY(feature.bins.labels.empty() && feature.periods.back().counts.empty());
            QCOMPARE(feature.referenceMissing, std::uint64_t{70});
            QCOMPARE(feature.periods.back().missing, std::uint64_t{35});
        }
        for (const RunPeriod &period : with.periods)
            QCOMPARE(*period.quality.duplicateRows, std::uint64_t{20});
        QCOMPARE(*with.periods.back().performance.auc, *without.periods.back().performance.auc);
    }

    void driftAndComparisonTellWhyTheyAreLeftOut()
    {
        DriftRequest request;
        request.path = m_log;
        request.roles = roles();
        const DriftReport report = driftOverTime(request);
        QVERIFY(tells(report.remarks, tooMany));
        QVERIFY(std::ranges::none_of(report.columns, [](const DriftColumn &column) { return column.name == "id"; }));
        QCOMPARE(report.columns.size(), std::size_t{4});

        CompareRequest both;
        both.referencePath = m_folder.write("few.csv", month(1, true));
        both.currentPath = m_log;
        std::vector<std::string> remarks;
        QCOMPARE(compareLogs(both, {}, {}, &remarks).size(), std::size_t{5}); // ts is text here
        QVERIFY(tells(remarks, tooMany));
    }

    void noRoleIsTheirs()
    {
        RunSettings settings = settingsFor(m_log);
        settings.roles.segment = "id";
        settings.segmentValue = "client-1";
        const Error error = errorOf([&] { return run(settings); });
        QCOMPARE(error.code, ErrorCode::InvalidInput);
        QCOMPARE(error.what, tooMany);

        settings = settingsFor(m_log);
        settings.roles.groups = {"id"};
        settings.roles.grade = "id";
        RunResult result = run(settings);
        QVERIFY(tells(result.warnings, tooMany));
        QVERIFY(result.periods.front().fairness.empty());

        settings = settingsFor(m_log);
        settings.roles.target = "id";
        result = run(settings);
        QVERIFY(tells(result.warnings, tooMany + " Performance is not measured."));
    }
};

QTEST_GUILESS_MAIN(TestManyTexts)
#include "tst_manytexts.moc"
