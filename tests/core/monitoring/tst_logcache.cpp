// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "core/base/decimal.h"
#include "core/base/json.h"
#include "core/monitoring/bytesource.h"
#include "core/monitoring/cache/arrayfile.h"
#include "core/monitoring/cache/filedigest.h"
#include "core/monitoring/cache/logcache.h"
#include "core/monitoring/comparison.h"
#include "core/monitoring/run.h"
#include "logfile.h"
#include "logvalues.h"
#include "packed.h"

#include <filesystem>
#include <fstream>
#include <iterator>

using namespace countersign;

namespace {

constexpr int rowsOfMonth = 3000;

/// x drifts with the months, c has a category of its own in each, y is a score and t its outcome.
std::string month(int number, bool header = false)
{
    std::string text = header ? "ts,x,c,y,t\n" : "";
    for (int row = 0; row < rowsOfMonth; ++row) {
        const int mixed = (row * 7919 + number * 104729) % 10007;
        const bool missing = mixed % 97 == 0;
        const std::string day = std::to_string(10 + row % 18);
        text += "2024-0" + std::to_string(number) + "-" + day + "," +
                (missing ? std::string() : std::to_string(mixed + number * 50) + ".25") + "," + "g" +
                std::to_string(mixed % 5 == 0 ? number : 0) + ",0." + std::to_string(1000 + mixed % 9000) + "," +
                (mixed % 9000 + row % 3000 > 6000 ? "1" : "0") + "\n";
    }
    return text;
}

std::string months(int first, int last)
{
    std::string text;
    for (int number = first; number <= last; ++number)
        text += month(number, number == first);
    return text;
}

DriftRequest requestFor(const std::string &path)
{
    DriftRequest request;
    request.path = path;
    request.roles.time = "ts";
    request.roles.score = "y";
    request.roles.target = "t";
    return request;
}

std::string textOf(const DriftReport &report)
{
    std::string text = json::serialize(toJson(report.reference)) + json::serialize(toJson(report.periods));
    for (const DriftColumn &column : report.columns) {
        text +=
            column.name + ' ' + std::to_string(column.referenceRows) + ' ' + std::to_string(column.referenceMissing);
        for (const ComparedColumn &period : column.periods) {
            text += '\n' + std::to_string(period.currentRows) + ' ' + std::to_string(period.currentMissing);
            for (const StatisticValue &statistic : period.statistics)
                text += ' ' + std::string(statistic.key) + ' ' + fullPrecision(statistic.value);
        }
    }
    for (const std::string &remark : report.remarks)
        text += remark;
    return text;
}

/// Some bits of a segment, where the cells of y are.
void damage(const std::filesystem::path &path)
{
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    const auto size = static_cast<std::streamoff>(std::filesystem::file_size(path));
    constexpr std::streamoff step = 512;
    for (std::streamoff at = size * 6 / 10; at < size * 7 / 10; at += step) {
        file.seekg(at);
        const int byte = file.get();
        file.seekp(at);
        file.put(static_cast<char>(byte ^ 1));
    }
}

} // namespace

class TestLogCache : public QObject
{
    Q_OBJECT

private:
    std::string cache() const { return m_folder->path("cache"); }

    RunOptions cached() const
    {
        RunOptions options;
        options.threads = 2;
        options.cacheFolder = cache();
        return options;
    }

    /// Twice with the cache, and without, and with all rows on disk: all the same.
    void compareLooks(const DriftRequest &request) const
    {
        RunOptions plain;
        plain.threads = 1;
        const std::string without = textOf(driftOverTime(request, {}, plain));
        QCOMPARE(textOf(driftOverTime(request, {}, cached())), without);
        QCOMPARE(textOf(driftOverTime(request, {}, cached())), without);
        RunOptions onDisk = cached();
        onDisk.memoryBytes = 1;
        QCOMPARE(textOf(driftOverTime(request, {}, onDisk)), without);
        onDisk.cacheFolder.clear();
        QCOMPARE(textOf(driftOverTime(request, {}, onDisk)), without);
    }

    /// The rows that need not be read again.
    std::uint64_t knownRows(const std::string &path, const std::vector<std::string> &more = {}) const
    {
        ReadRequest request;
        request.path = path;
        request.morePaths = more;
        request.timeColumn = "ts";
        request.numeric = {"y"};
        request.cacheFolder = cache();
        const LogOpening opening = openLog({path, more, {}, "ts"}, {});
        const std::vector<ColumnPlan> plan{{"ts", CellKind::Day},
                                           {"x", CellKind::Number},
                                           {"c", CellKind::Category},
                                           {"y", CellKind::Number},
                                           {"t", CellKind::Number}};
        const auto known = LogCache(request, opening, m_never).recall(plan, 2);
        std::uint64_t rows = 0;
        for (const LogBlock &block : known.value_or(KnownLog()).blocks)
            rows += block.result.rows;
        return rows;
    }

    std::vector<std::filesystem::path> filesLike(const std::string &start) const
    {
        std::vector<std::filesystem::path> found;
        for (const auto &file : std::filesystem::recursive_directory_iterator(cache())) {
            if (file.path().filename().string().starts_with(start))
                found.push_back(file.path());
        }
        return found;
    }

    /// A file of an hour ago, whose times can be trusted.
    std::string writeOld(const char *name, const std::string &bytes) const
    {
        const std::string path = m_folder->write(name, bytes);
        std::filesystem::last_write_time(path, std::filesystem::file_time_type::clock::now() - std::chrono::hours(1));
        return path;
    }

    void append(const std::string &path, const std::string &text) const
    {
        std::ofstream(path, std::ios::binary | std::ios::app) << text;
    }

    std::optional<LogFolder> m_folder;
    CancelToken m_never;

private Q_SLOTS:
    void init() { m_folder.emplace(); }

    void aSecondLookReadsNothingAndFindsTheSame()
    {
        const std::string path = m_folder->write("log.csv", months(1, 4));
        QCOMPARE(knownRows(path), 0);
        compareLooks(requestFor(path));
        QCOMPARE(knownRows(path), 4 * rowsOfMonth);
    }

    void otherQuestionsFindWhatTheyWouldWithoutACache()
    {
        DriftRequest request = requestFor(m_folder->write("log.csv", months(1, 4)));
        compareLooks(request);
        request.decision.threshold = 0.3;
        compareLooks(request);
        request.reference.firstPeriods = 2;
        compareLooks(request);
        request.period = PeriodKind::Week;
        compareLooks(request);
        request.bins = BinRule::DecilesInRange;
        compareLooks(request);
        request.roles.features = {"c"};
        compareLooks(request);
        request.roles.groups = {"c"};
        compareLooks(request);
        request.roles.segment = "c";
        request.segmentValue = "g0";
        compareLooks(request);
    }

    void recordedRunsAreTheSame()
    {
        RunSettings settings;
        settings.path = m_folder->write("log.csv", months(1, 3));
        settings.roles = requestFor(settings.path).roles;
        const std::string without = json::serialize(toJson(run(settings)));
        QCOMPARE(json::serialize(toJson(run(settings, {}, {}, cached()))), without);
        QCOMPARE(json::serialize(toJson(run(settings, {}, {}, cached()))), without);
        settings.thresholds.psiAmber = 0.01;
        QCOMPARE(json::serialize(toJson(run(settings, {}, {}, cached()))), json::serialize(toJson(run(settings))));
    }

    void ofALogThatGrewOnlyTheNewRowsAreRead()
    {
        const std::string path = m_folder->write("log.csv", months(1, 3));
        compareLooks(requestFor(path));
        append(path, month(4));
        QCOMPARE(knownRows(path), 3 * rowsOfMonth);
        compareLooks(requestFor(path));
        QCOMPARE(knownRows(path), 4 * rowsOfMonth);
        append(path, month(5));
        compareLooks(requestFor(path));
        QCOMPARE(filesLike("segment-").size(), 3);
    }

    void aReportWithLinesAboveGrowsToo()
    {
        const std::string path = writeOld("report.csv", "Report: scores\nCreated: 2024-06-01\n\n" + months(1, 3));
        compareLooks(requestFor(path));
        QCOMPARE(knownRows(path), std::uint64_t{3 * rowsOfMonth});
        append(path, month(4));
        QCOMPARE(knownRows(path), std::uint64_t{3 * rowsOfMonth});
        compareLooks(requestFor(path));
        append(path, "2024-05-01,1\n");
        const std::string line = std::to_string(3 + 1 + 4 * rowsOfMonth + 1);
        const Error error = errorOf([&] { return driftOverTime(requestFor(path), {}, cached()); });
        QVERIFY2(contains(error.what, "report.csv line " + line + " has 2 fields"), error.what.c_str());
    }

    void newFilesOfAFolderAreReadAlone()
    {
        std::filesystem::create_directories(m_folder->path("logs"));
        m_folder->write("logs/a1.csv", months(1, 2));
        m_folder->write("logs/a2.csv", month(3, true));
        const std::string folder = m_folder->path("logs");
        compareLooks(requestFor(folder));
        m_folder->write("logs/a3.csv", month(4, true));
        QCOMPARE(knownRows(folder), 3 * rowsOfMonth);
        compareLooks(requestFor(folder));
        m_folder->write("logs/a0.csv", month(5, true)); // before the others: the order of rows is another
        QCOMPARE(knownRows(folder), 0);
        compareLooks(requestFor(folder));
    }

    void changedRowsAreReadAgain_data()
    {
        QTest::addColumn<bool>("grown");
        QTest::newRow("same length") << false;
        QTest::newRow("and grown") << true;
    }
    void changedRowsAreReadAgain()
    {
        QFETCH(const bool, grown);
        std::string text = months(1, 3);
        const std::string path = m_folder->write("log.csv", text);
        compareLooks(requestFor(path));
        const std::size_t middle = text.find(".25", text.size() / 2);
        text.replace(middle, 3, ".75");
        m_folder->write("log.csv", text + (grown ? month(4) : std::string()));
        QCOMPARE(knownRows(path), 0);
        compareLooks(requestFor(path));
    }

    void aCopyWithTheSameRowsIsKnown()
    {
        const std::string text = months(1, 3);
        const std::string path = m_folder->write("log.csv", text);
        compareLooks(requestFor(path));
        m_folder->write("log.csv", text); // written anew
        QCOMPARE(knownRows(path), 3 * rowsOfMonth);
        compareLooks(requestFor(path));
    }

    void aLastLineWithoutAnEndIsNotGrownOnto()
    {
        std::string text = months(1, 3);
        text.pop_back();
        const std::string path = writeOld("log.csv", text);
        compareLooks(requestFor(path));
        QCOMPARE(knownRows(path), 3 * rowsOfMonth);
        append(path, "0000\n" + month(4)); // goes on in the middle of a number
        QCOMPARE(knownRows(path), 0);
        compareLooks(requestFor(path));
    }

    void whatTurnsUpInNewRowsIsTakenInAsByOneReading()
    {
        const std::string path = m_folder->write("log.csv", months(1, 2));
        compareLooks(requestFor(path));
        std::string many;
        for (int i = 0; i < 300; ++i) // more than fit a byte each
            many += "2024-03-01," + std::to_string(i) + ",h" + std::to_string(i) + ",0.5,1\n";
        append(path, many);
        compareLooks(requestFor(path));
        append(path, "2024-03-02,text,h1,0.5,0\n"); // the column of numbers becomes one of categories
        compareLooks(requestFor(path));
        append(path, month(4));
        compareLooks(requestFor(path));
    }

    /// Rewritten with the same length within the tick of a coarse clock: nothing on disk tells them apart.
    void timesOfJustNowAreNotTrusted()
    {
        std::string text = months(1, 2);
        const std::string packed = m_folder->write("log.csv.gz", gzipped(text));
        compareLooks(requestFor(packed));
        QCOMPARE(knownRows(packed), 0); // packed text has no digests to go by
        const std::string plain = m_folder->write("log.csv", text);
        compareLooks(requestFor(plain));
        const auto written = std::filesystem::last_write_time(plain);
        const std::size_t middle = text.find(".25", text.size() / 2);
        m_folder->write("log.csv", text.replace(middle, 3, ".75"));
        std::filesystem::last_write_time(plain, written);
        QCOMPARE(knownRows(plain), 0);
        compareLooks(requestFor(plain));
    }

    void recordedRunsOverAFolderReadItsNewFilesAlone()
    {
        std::filesystem::create_directories(m_folder->path("logs"));
        m_folder->write("logs/a1.csv", months(1, 2));
        RunSettings settings;
        settings.path = m_folder->path("logs");
        settings.roles = requestFor(settings.path).roles;
        static_cast<void>(run(settings, {}, {}, cached()));
        m_folder->write("logs/a2.csv", month(3, true));
        QCOMPARE(knownRows(settings.path), 2 * rowsOfMonth);
        QCOMPARE(json::serialize(toJson(run(settings, {}, {}, cached()))), json::serialize(toJson(run(settings))));
        QCOMPARE(filesLike("index.json").size(), 1);
    }

    void packedLogsAreKnownWhileTheyDoNotChange()
    {
        const std::string path = writeOld("log.csv.gz", gzipped(months(1, 2)));
        compareLooks(requestFor(path));
        QCOMPARE(knownRows(path), 2 * rowsOfMonth);
        m_folder->write("log.csv.gz", gzipped(months(1, 3)));
        QCOMPARE(knownRows(path), 0);
        compareLooks(requestFor(path));
    }

    void aMistakeInNewRowsIsNamedByItsLine()
    {
        const std::string path = m_folder->write("log.csv", months(1, 2));
        compareLooks(requestFor(path));
        append(path, "2024-03-01,1\n");
        try {
            static_cast<void>(driftOverTime(requestFor(path), {}, cached()));
            QFAIL("a record of two fields was taken");
        } catch (const Exception &exception) {
            const QString message = QString::fromStdString(exception.error().what);
            QVERIFY2(message.contains(QStringLiteral("line %1").arg(2 * rowsOfMonth + 2)), qPrintable(message));
        }
    }

    void damageIsSeenAndTheLogReadAgain_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<qint64>("keep"); ///< bytes; -1: all, one of them changed
        QTest::newRow("a cell") << QStringLiteral("segment-") << qint64{-1};
        QTest::newRow("cut off") << QStringLiteral("segment-") << qint64{5000};
        QTest::newRow("empty") << QStringLiteral("segment-") << qint64{0};
        QTest::newRow("index") << QStringLiteral("index.json") << qint64{40};
        QTest::newRow("result") << QStringLiteral("result-") << qint64{200};
    }
    void damageIsSeenAndTheLogReadAgain()
    {
        QFETCH(const QString, file);
        QFETCH(const qint64, keep);
        const std::string path = m_folder->write("log.csv", months(1, 3));
        compareLooks(requestFor(path));
        for (const auto &kept : filesLike(file.toStdString())) {
            if (keep < 0)
                damage(kept);
            else
                std::filesystem::resize_file(kept, static_cast<std::uintmax_t>(keep));
        }
        compareLooks(requestFor(path));
        QCOMPARE(knownRows(path), 3 * rowsOfMonth);
    }

    /// Cells are looked at when a question needs them, in the log and in that of the reference; then both are read
    /// anew.
    void damagedCellsAreSeenWhenTheyAreUsed()
    {
        DriftRequest request = requestFor(writeOld("log.csv", months(2, 4)));
        request.reference.path = writeOld("before.csv", months(1, 1));
        compareLooks(request);
        const auto segments = filesLike("segment-");
        QCOMPARE(segments.size(), std::size_t{2});
        for (const auto &segment : segments)
            damage(segment);
        compareLooks(request); // answered by what was kept
        request.bins = BinRule::DecilesInRange;
        compareLooks(request); // and so is the other rule
        QCOMPARE(filesLike("segment-"), segments);
        for (const auto &result : filesLike("result-"))
            std::filesystem::remove(result);
        compareLooks(request);
        const auto anew = filesLike("segment-");
        QCOMPARE(anew.size(), std::size_t{2});
        for (const auto &segment : segments)
            QVERIFY(std::find(anew.begin(), anew.end(), segment) == anew.end());
        const CancelToken cancel;
        RunSettings settings = settingsOf(request);
        const std::string asRecorded = json::serialize(toJson(run(settings, cancel, {}, cached())));
        for (const auto &segment : anew)
            damage(segment);
        for (const auto &result : filesLike("result-"))
            std::filesystem::remove(result);
        QCOMPARE(json::serialize(toJson(run(settings, cancel, {}, cached()))), asRecorded);
    }

    void theDigestOfAFileIsKeptWhileTheFileIsTheSame()
    {
        const std::string path = writeOld("log.csv", months(1, 2));
        const auto digest = [&] { return cachedSha256(path, cache(), m_never).hex(); };
        const std::string expected = sha256OfFile(path, m_never).hex();
        QCOMPARE(digest(), expected);
        const auto kept = filesLike("index.json");
        QCOMPARE(kept.size(), std::size_t{1});
        QCOMPARE(digest(), expected);
        std::string text;
        {
            std::ifstream in(kept.front(), std::ios::binary);
            text.assign(std::istreambuf_iterator<char>(in), {});
        }
        QVERIFY(text.find(expected) != std::string::npos);
        std::string other = text;
        const std::size_t place = other.find(expected);
        other[place] = other[place] == '0' ? '1' : '0';
        for (const std::string &damaged : {other, text.substr(0, text.size() / 2), std::string("[]")}) {
            std::ofstream(kept.front(), std::ios::binary) << damaged;
            QCOMPARE(digest(), expected);
        }
        std::string changed = months(1, 2);
        changed.back() = ' ';
        std::filesystem::remove(kept.front());
        m_folder->write("log.csv", changed); // just now: it may change again and look the same
        QCOMPARE(digest(), sha256OfFile(path, m_never).hex());
        QVERIFY(filesLike("index.json").empty());
        writeOld("log.csv", changed);
        QCOMPARE(digest(), sha256OfFile(path, m_never).hex());
        writeOld("log.csv", months(1, 2));
        QCOMPARE(digest(), expected);
    }

    void aFolderThatCannotBeWrittenCostsTimeOnly()
    {
        m_folder->write("cache", "a file where the folder should be");
        compareLooks(requestFor(m_folder->write("log.csv", months(1, 2))));
    }

    void theLogsNotLookedAtForLongestGoFirst()
    {
        for (const char *name : {"a.csv", "b.csv", "c.csv"})
            compareLooks(requestFor(m_folder->write(name, months(1, 2))));
        QCOMPARE(filesLike("segment-").size(), 3);
        auto kept = filesLike("index.json");
        const auto now = std::filesystem::last_write_time(kept[0]);
        for (std::size_t i = 0; i < kept.size(); ++i)
            std::filesystem::last_write_time(kept[i], now - std::chrono::hours(i + 1));
        ReadRequest request;
        request.path = m_folder->write("d.csv", months(1, 2));
        request.timeColumn = "ts";
        request.cacheFolder = cache();
        const LogOpening opening = openLog({request.path, {}, {}, "ts"}, {});
        LogTable table;
        table.columns = {{.name = "ts", .kind = CellKind::Day, .chunks = {}, .categories = {}}};
        const std::vector<ColumnPlan> plan{{"ts", CellKind::Day}};
        const std::uint64_t room = 3 * std::filesystem::file_size(filesLike("segment-").front());
        static_cast<void>(LogCache(request, opening, m_never, room).keep(table, plan, {}, {}, 1));
        QVERIFY(std::filesystem::exists(kept[0]));
        QVERIFY(!std::filesystem::exists(kept[2]));
    }

    void arraysComeBackAsTheyWere()
    {
        const std::string path = m_folder->path("arrays");
        const std::vector<double> numbers{1.5, -0.0, 3e300};
        {
            ArrayFileWriter file(path, {numbers.size() * sizeof(double), 0});
            file.write(0, std::as_bytes(std::span<const double>(numbers)));
            file.write(1, std::span<const std::byte>());
            QVERIFY(!std::filesystem::exists(path));
            file.commit();
        }
        const ArrayFile file(path);
        QCOMPARE(file.size(), 2);
        const auto read = file.array<double>(0);
        QVERIFY(std::equal(read.begin(), read.end(), numbers.begin(), numbers.end()));
        QVERIFY(file.array<double>(1).empty());
        QVERIFY_THROWS_EXCEPTION(DamagedCache, static_cast<void>(file.array<double>(2)));
        {
            ArrayFileWriter given(m_folder->path("given up"), {8});
        }
        QVERIFY(!std::filesystem::exists(m_folder->path("given up.part")));
    }
};

QTEST_GUILESS_MAIN(TestLogCache)
#include "tst_logcache.moc"
