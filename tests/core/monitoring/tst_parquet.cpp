// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/monitoring/comparison.h"
#include "core/monitoring/parquet/duckdb.h"
#include "core/monitoring/parquet/parquetlog.h"
#include "core/monitoring/preview.h"
#include "core/monitoring/textdigest.h"
#include "logfile.h"
#include "logvalues.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <random>
#include <sstream>

using namespace countersign;

namespace {

/// Every DuckDB query here runs to its end.
void execute(DuckDb &duckdb, const std::string &sql)
{
    DuckDbRows rows = duckdb.query(sql);
    while (rows.next()) {
    }
}

/// Twenty months, 80,000 rows: more than one chunk, numbers with gaps, whole numbers, text with blanks and missing
/// words, a constant, a truth value, dates.
std::string portfolio()
{
    std::mt19937_64 random(11);
    std::normal_distribution<double> normal;
    std::uniform_real_distribution<double> uniform;
    std::ostringstream text;
    text.precision(17);
    text << "ts,amount,terms,colour,constant,member,since,score,target\n";
    for (int i = 0; i < 80000; ++i) {
        const int month = i / 4000;
        const double score = uniform(random);
        text << 2019 + month / 12 << (month % 12 < 9 ? "-0" : "-") << month % 12 + 1 << (i % 28 < 9 ? "-0" : "-")
             << i % 28 + 1 << " 12:00:00,";
        if (uniform(random) < 0.95)
            text << normal(random) * 1000 + month * 20;
        text << ',' << (uniform(random) < 0.5 ? 12 : 24 + month) << ','
             << (month > 15 && uniform(random) < 0.2 ? "dark violet"
                 : uniform(random) < 0.1             ? "NA"
                 : uniform(random) < 0.5             ? "red"
                                                     : "blue")
             << ",7," << (uniform(random) < 0.3 ? "true" : "false") << ",2001-0" << i % 9 + 1 << "-01," << score << ','
             << (uniform(random) < score ? 1 : 0) << '\n';
    }
    return text.str();
}

RunSettings settingsFor(const std::string &path)
{
    RunSettings settings;
    settings.path = path;
    settings.roles.time = "ts";
    settings.roles.score = "score";
    settings.roles.target = "target";
    settings.reference.until = parseDate("2019-06-30");
    return settings;
}

/// Everything that was found, without where it was found.
std::string findings(RunResult result)
{
    result.sourceName.clear();
    result.sourceSha256.clear();
    result.sources.clear();
    result.settings.path.clear();
    return json::serialize(toJson(result));
}

class Environment
{
public:
    Environment(const char *name, const QByteArray &value)
        : m_name(name)
        , m_before(qgetenv(name))
        , m_was(qEnvironmentVariableIsSet(name))
    {
        qputenv(name, value);
    }
    ~Environment() { m_was ? qputenv(m_name, m_before) : qunsetenv(m_name); }
    Environment(const Environment &) = delete;
    Environment &operator=(const Environment &) = delete;

private:
    const char *m_name;
    QByteArray m_before;
    bool m_was;
};

} // namespace

class TestParquet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_csv = m_folder.write("portfolio.csv", portfolio());
        m_parquet = m_folder.path("portfolio.parquet");
        m_available = findDuckDb().available;
        if (!m_available)
            return;
        DuckDb duckdb(2);
        execute(duckdb, "COPY (SELECT * FROM read_csv(" + duckDbText(m_csv) + ")) TO " + duckDbText(m_parquet) +
                            " (FORMAT parquet)");
    }

    void init()
    {
        const bool needed = QByteArray(QTest::currentTestFunction()) != "withoutTheLibraryAnErrorSaysHowToGetIt";
        if (needed && !m_available)
            QSKIP("DuckDB's library is not installed; installer/duckdb.sh fetches it");
    }

    void aRunFindsWhatItFindsInTheTextLog()
    {
        const RunResult fromText = run(settingsFor(m_csv));
        const RunResult fromParquet = run(settingsFor(m_parquet));
        QCOMPARE(fromText.rows, std::uint64_t{80000});
        QVERIFY(fromText.periods.back().performance.auc.has_value());
        QCOMPARE(findings(fromParquet), findings(fromText));
        QCOMPARE(fromParquet.sourceName, std::string("portfolio.parquet"));
        QCOMPARE(fromParquet.sourceSha256.size(), std::size_t{64});
    }

    void specialValuesAreTheSame()
    {
        RunSettings text = settingsFor(m_csv);
        text.roles.special = {{"terms", {"12"}}, {"colour", {"NA", "dark violet"}}};
        RunSettings parquet = text;
        parquet.path = m_parquet;
        const RunResult fromText = run(text);
        QCOMPARE(findings(run(parquet)), findings(fromText));
        QVERIFY(fromText.features[2].referenceCounts[fromText.features[2].bins.firstApart(
                    fromText.features[2].referenceCounts.size())] > 0);
    }

    void parquetAndTextMayBeComparedWithEachOther()
    {
        CompareRequest request;
        request.referencePath = m_csv;
        request.currentPath = m_parquet;
        for (const ComparedColumn &column : compareLogs(request)) {
            QCOMPARE(column.currentRows, std::uint64_t{80000});
            QCOMPARE(column.referenceMissing, column.currentMissing);
            QCOMPARE(column.statistics.front().value, 0.0);
        }
    }

    /// Real flights by month, against what DuckDB computes of them by itself.
    void threeMillionFlightsAreAsDuckDbCountsThem()
    {
        const std::string flights = SOURCE_DIR "/build/parquet/flights-3m.parquet";
        if (!std::filesystem::exists(flights))
            QSKIP("flights-3m.parquet is not at hand; tests/parquet.sh fetches it");
        RunSettings settings;
        settings.path = flights;
        settings.roles.time = "date";
        settings.reference.until = parseDate("2001-01-31");
        const RunResult result = run(settings);
        QCOMPARE(result.rows, std::uint64_t{3'000'000});
        QVERIFY(result.periods.size() > 1);
        DuckDb duckdb(2);
        execute(duckdb, "CREATE TABLE f AS SELECT strftime(date, '%Y-%m') AS m, * FROM read_parquet(" +
                            duckDbText(flights) + ")");
        const auto one = [&duckdb](const std::string &sql) {
            DuckDbRows rows = duckdb.query(sql);
            return rows.next() ? rows.number(0, 0) : std::nan("");
        };
        const auto near = [](double a, double b) { return std::abs(a - b) <= 1e-9 * std::max(1.0, std::abs(b)); };
        for (std::size_t i = 0; i < result.periods.size(); ++i) {
            const std::string month = duckDbText(result.periods[i].label);
            QCOMPARE(static_cast<double>(result.periods[i].rows),
                     one("SELECT count(*)::DOUBLE FROM f WHERE m = " + month));
            for (const FeatureResult &feature : result.features) {
                const std::string x = duckDbIdentifier(feature.name);
                const FeaturePeriod &at = feature.periods[i];
                if (feature.type == ColumnType::Numeric) {
                    const std::string distributions =
                        "WITH c AS (SELECT " + x +
                        " AS x, count(*) FILTER (m = '2001-01') AS r, count(*) FILTER (m = " + month +
                        ") AS c FROM f WHERE x IS NOT NULL GROUP BY ALL), "
                        "d AS (SELECT x, sum(r) OVER s / (SELECT sum(r) FROM c) - sum(c) OVER s / (SELECT sum(c) "
                        "FROM c) AS d, lead(x) OVER s - x AS w FROM c WINDOW s AS (ORDER BY x)) ";
                    QVERIFY(near(*at.statistics.ksStatistic, one(distributions + "SELECT max(abs(d)) FROM d")));
                    QVERIFY(near(*at.statistics.wasserstein, one(distributions + "SELECT sum(abs(d) * w) FROM d")));
                } else {
                    QVERIFY(near(
                        *at.statistics.hellinger,
                        one("WITH c AS (SELECT " + x +
                            " AS x, count(*) FILTER (m = '2001-01') AS r, "
                            "count(*) FILTER (m = " +
                            month +
                            ") AS c FROM f GROUP BY ALL), "
                            "b AS (SELECT CASE WHEN r > 0 THEN x END AS x, sum(r) AS r, sum(c) AS c FROM c GROUP BY 1) "
                            "SELECT sqrt(sum(power(sqrt(r / (SELECT sum(r) FROM b)) - sqrt(c / (SELECT sum(c) FROM "
                            "b)), "
                            "2)) / 2) FROM b")));
                }
            }
        }
    }

    void rowsOnDiskChangeNothing()
    {
        DriftRequest request;
        request.path = m_parquet;
        request.roles.time = "ts";
        request.roles.target = "target";
        request.roles.score = "score";
        request.reference.firstPeriods = 6;
        const DriftReport held = driftOverTime(request);
        RunOptions little;
        little.memoryBytes = 1;
        const DriftReport onDisk = driftOverTime(request, {}, little);
        QCOMPARE(held.columns.size(), onDisk.columns.size());
        for (const DriftColumn &column : held.columns) {
            const auto same = std::find_if(onDisk.columns.begin(), onDisk.columns.end(),
                                           [&](const DriftColumn &other) { return other.name == column.name; });
            QVERIFY(same != onDisk.columns.end());
            QCOMPARE(same->periods.back().statistics.front().value, column.periods.back().statistics.front().value);
        }
    }

    void thePreviewKnowsTypesRowsAndRoles()
    {
        const LogPreview text = preview(m_csv);
        const LogPreview parquet = preview(m_parquet);
        QVERIFY(parquet.parquet && !text.parquet);
        QCOMPARE(parquet.estimatedRows, std::uint64_t{80000});
        QCOMPARE(parquet.columns.size(), text.columns.size());
        for (std::size_t i = 0; i < text.columns.size(); ++i) {
            QCOMPARE(parquet.columns[i].name, text.columns[i].name);
            QCOMPARE(parquet.columns[i].type, text.columns[i].type);
            QCOMPARE(parquet.columns[i].isTime, text.columns[i].isTime);
            QCOMPARE(parquet.columns[i].missing, text.columns[i].missing);
        }
        QCOMPARE(parquet.roles.time, text.roles.time);
        QCOMPARE(parquet.roles.score, text.roles.score);
        QCOMPARE(parquet.roles.target, text.roles.target);
    }

    void everyTypeIsRead()
    {
        const std::string path = m_folder.path("types'.parquet");
        DuckDb duckdb(1);
        execute(duckdb, "COPY (SELECT * FROM (VALUES "
                        "(1::TINYINT, 1.25::DECIMAL(9,2), 0.1::DOUBLE, true, DATE '1969-12-31', "
                        "TIMESTAMPTZ '2020-01-01 00:30:00+02', 'x', [1, 2], 18446744073709551615::UBIGINT), "
                        "(NULL, NULL, 'NaN'::DOUBLE, NULL, NULL, NULL, '', NULL, NULL), "
                        "(3, 2.50, 'inf'::DOUBLE, false, DATE '2020-02-29', TIMESTAMPTZ '2020-01-02 12:00:00+00', "
                        "'null', [3], 0)) "
                        "t(\"a \"\"b\", decimal, float, truth, day, moment, text, list, big)) TO " +
                            duckDbText(path) + " (FORMAT parquet)");
        const LogTable table = readLog({path, "moment", {}, {}, {}}, 2, {}, {});
        QCOMPARE(table.rows, std::uint64_t{3});
        const auto numbers = [&](const char *name) { return table.column(name).chunks[0].numbers; };
        QCOMPARE(numbers("a \"b")[2], 3.0);
        QVERIFY(std::isnan(numbers("a \"b")[1]));
        QCOMPARE(numbers("decimal")[0], 1.25);
        QCOMPARE(numbers("float")[0], 0.1);
        QCOMPARE(table.column("float").missing, std::uint64_t{2});
        QCOMPARE(table.column("float").infinite, std::uint64_t{1});
        QCOMPARE(numbers("big")[0], 18446744073709551616.0);
        QCOMPARE(table.column("truth").categories, (std::vector<std::string>{"true", "false"}));
        QCOMPARE(table.column("day").categories, (std::vector<std::string>{"1969-12-31", "2020-02-29"}));
        QCOMPARE(table.column("text").categories, (std::vector<std::string>{"x"}));
        QCOMPARE(table.column("text").missing, std::uint64_t{2});
        QCOMPARE(table.column("list").categories, (std::vector<std::string>{"[1, 2]", "[3]"}));
        // Half past midnight at +02:00 is still the year before in UTC.
        QCOMPARE(daysOf(table, "moment"), (std::vector<std::int32_t>{18261, missingDay, 18263}));

        const LogTable day =
            readLog({path, "day", {"float", "a \"b"}, {"truth"}, {{"truth", "float", "a \"b"}}}, 1, {}, {});
        QCOMPARE(daysOf(day, "day"), (std::vector<std::int32_t>{-1, missingDay, 18321}));
        QCOMPARE(day.column("truth").chunks[0].numbers[0], 1.0);
        QCOMPARE(day.column("a \"b").categories, (std::vector<std::string>{"1", "3"}));
        QCOMPARE(static_cast<int>(day.column("text").kind), static_cast<int>(CellKind::Skipped));
    }

    void moreTextsThanAreComparedAreDigests()
    {
        ReadRequest request;
        request.path = m_parquet;
        const LogTable kept = readLog(request, 1, {}, {});
        request.mostTexts = 1;
        const LogTable table = readLog(request, 1, {}, {});
        int turned = 0;
        for (const LogColumn &column : kept.columns) {
            const LogColumn &now = table.column(column.name);
            if (column.kind != CellKind::Category || column.categories.size() < 2) {
                QCOMPARE(now.kind, column.kind);
                continue;
            }
            ++turned;
            QCOMPARE(now.kind, CellKind::Text);
            QCOMPARE(now.missing, column.missing);
            for (std::size_t chunk = 0; chunk < column.chunks.size(); ++chunk)
                for (std::size_t row = 0; row < kept.chunkRows[chunk]; ++row) {
                    const std::uint32_t code = column.chunks[chunk].codes[row];
                    const std::uint64_t digest =
                        code == missingCode ? missingDigest : cellDigest(column.categories[code]);
                    QVERIFY(now.chunks[chunk].digests[row] == digest);
                }
        }
        QVERIFY(turned > 0);
    }

    void textsInColumnsOfDatesAndNumbersAreCounted()
    {
        const LogTable table = readLog({m_parquet, "colour", {}, {"colour"}, {}}, 1, {}, {});
        const LogColumn &dates = table.column("colour");
        QCOMPARE(dates.kind, CellKind::Day);
        QVERIFY(dates.unreadable > 0 && dates.unreadable <= dates.missing);
        QVERIFY2(dates.firstUnreadable.ends_with("\" in row 1 of portfolio.parquet"), dates.firstUnreadable.c_str());
        const LogTable numbers = readLog({m_parquet, "", {}, {"colour"}, {}}, 1, {}, {});
        QCOMPARE(numbers.column("colour").kind, CellKind::Number);
        QCOMPARE(numbers.column("colour").unreadable, dates.unreadable);
    }

    void aFolderOfFilesIsOneLogAndGrows()
    {
        const std::string folder = m_folder.path("months");
        std::filesystem::create_directories(folder);
        const auto write = [&](int from, int to) {
            DuckDb duckdb(1);
            for (int month = from; month < to; ++month)
                execute(duckdb, "COPY (SELECT * FROM read_parquet(" + duckDbText(m_parquet) +
                                    ") WHERE (year(ts) - 2019) * 12 + month(ts) - 1 = " + std::to_string(month) +
                                    ") TO " + duckDbText(folder + "/part" + std::to_string(month) + ".parquet") +
                                    " (FORMAT parquet)");
        };
        write(0, 12);
        QCOMPARE(run(settingsFor(folder)).periods.back().label, std::string("2019-12"));
        write(12, 20);
        static_cast<void>(m_folder.write("months/_SUCCESS", ""));
        const RunResult whole = run(settingsFor(m_parquet));
        RunResult parts = run(settingsFor(folder));
        QCOMPARE(parts.sources.size(), std::size_t{20});
        QCOMPARE(parts.sources[2].name, std::string("part2.parquet")); // before part10
        QCOMPARE(parts.sources[2].rows, std::uint64_t{4000});
        QVERIFY(!parts.sources[2].sha256.empty());
        const auto remark = std::find_if(parts.warnings.begin(), parts.warnings.end(), [](const std::string &warning) {
            return warning.find("_SUCCESS (no CSV, TSV or Parquet)") != std::string::npos;
        });
        QVERIFY(remark != parts.warnings.end());
        parts.warnings.erase(remark);
        QCOMPARE(findings(parts), findings(whole));

        const LogPreview seen = preview(folder);
        QVERIFY(seen.parquet);
        QCOMPARE(seen.files.size(), std::size_t{20});
        QCOMPARE(seen.estimatedRows, std::uint64_t{80000});
        QCOMPARE(seen.to, parseDate("2020-08-28")); // of the last file
    }

    void filesThatDifferAreMatchedByNameAndRemarked()
    {
        DuckDb duckdb(1);
        const std::string first = m_folder.path("a.parquet");
        const std::string second = m_folder.path("b.parquet");
        execute(duckdb, "COPY (SELECT 1 AS x, 2 AS y, 'p' AS c) TO " + duckDbText(first) + " (FORMAT parquet)");
        execute(duckdb,
                "COPY (SELECT 'q' AS c, 1.5 AS x, 'two' AS y, 7 AS z) TO " + duckDbText(second) + " (FORMAT parquet)");
        const LogTable table = readLog({second, "", {}, {}, {}, {first}}, 1, {}, {});
        QCOMPARE(numbersOf(table, "x"), (std::vector<double>{1, 1.5}));
        QCOMPARE(textsOf(table, "c"), (std::vector<std::string>{"p", "q"}));
        QCOMPARE(textsOf(table, "y"), (std::vector<std::string>{"2", "two"}));
        QCOMPARE(table.column("z").missing, std::uint64_t{1});
        QCOMPARE(table.remarks,
                 (std::vector<std::string>{
                     "Column \"y\" holds numbers in a.parquet and none in b.parquet; it is read as text.",
                     "Column \"z\" is not in a.parquet; its values count as missing there."}));
        const auto error = [](const ReadRequest &request) {
            try {
                static_cast<void>(readLog(request, 1, {}, {}));
            } catch (const Exception &exception) {
                return exception.error();
            }
            return Error{};
        };
        QCOMPARE(readLog({first, "", {}, {"y"}, {}, {second}}, 1, {}, {}).column("y").firstUnreadable,
                 std::string("\"two\" in row 1 of b.parquet"));
        const Error mixed = error({first, "", {}, {}, {}, {m_folder.write("c.csv", "x\n1\n")}});
        QVERIFY2(mixed.what.find("a.parquet, a Parquet file, and c.csv, which is none") != std::string::npos,
                 mixed.what.c_str());
        QVERIFY(!mixed.remedy.empty());
    }

    void timesInTextAndNumbersAreGuessed()
    {
        DuckDb duckdb(1);
        const std::string path = m_folder.path("times.parquet");
        execute(duckdb,
                "COPY (SELECT * FROM (VALUES ('01JAN2024', 1704067200, '01/02/2024'), ('02JAN2024', 1704153600, "
                "'01/02/2024')) AS t(sas, seconds, either)) TO " +
                    duckDbText(path) + " (FORMAT parquet)");
        for (const char *column : {"sas", "seconds"}) {
            const LogTable table = readLog({path, column, {}, {}, {}}, 1, {}, {});
            QCOMPARE(daysOf(table, column), (std::vector<std::int32_t>{19723, 19724}));
            QVERIFY(table.remarks.empty());
        }
        ReadRequest request{path, "either", {}, {}, {}};
        QVERIFY(readLog(request, 1, {}, {}).remarks.front().find("the date format is a guess") != std::string::npos);
        request.dialect.dateFormat = DateFormat::MonthDayYear;
        const LogTable chosen = readLog(request, 1, {}, {});
        QCOMPARE(daysOf(chosen, "either").front(), 19724);
        QVERIFY(chosen.remarks.empty());
    }

    void whatCannotBeReadIsNamed()
    {
        const auto fails = [](const ReadRequest &request) {
            try {
                static_cast<void>(readLog(request, 1, {}, {}));
            } catch (const Exception &exception) {
                return exception.error().what;
            }
            return std::string("nothing was thrown");
        };
        QCOMPARE(fails({m_parquet, "when", {}, {}, {}}), std::string("portfolio.parquet has no column \"when\"."));
        const std::string broken = m_folder.write("broken.parquet", "PAR1 and then nothing that makes sense PAR1");
        QVERIFY(fails({broken, "", {}, {}, {}}).starts_with("broken.parquet cannot be read as Parquet. DuckDB: "));
    }

    void readingIsCancelledAndReported()
    {
        const CancelToken cancel;
        std::uint64_t seen = 0;
        const Progress progress = [&](std::string_view, std::uint64_t done, std::uint64_t total) {
            seen = done;
            QCOMPARE(total, std::uint64_t{80000});
            if (done > 10000)
                cancel.cancel();
        };
        QVERIFY_THROWS_EXCEPTION(Exception,
                                 static_cast<void>(readLog({m_parquet, "", {}, {}, {}}, 1, cancel, progress)));
        QVERIFY(seen > 10000 && seen < 40000);
    }

    void withoutTheLibraryAnErrorSaysHowToGetIt()
    {
        const Environment none("COUNTERSIGN_DUCKDB", "/nonexistent/libduckdb.so");
        const DuckDbLibrary library = findDuckDb();
        QVERIFY(!library.available);
        QVERIFY(library.remedy.find("installer/duckdb.sh") != std::string::npos);
        const std::string path = m_folder.write("any.parquet", "PAR1");
        try {
            static_cast<void>(run(settingsFor(path)));
            QFAIL("a Parquet file was read without DuckDB");
        } catch (const Exception &exception) {
            QCOMPARE(exception.error().code, ErrorCode::NotFound);
            QVERIFY(exception.error().remedy.find("installer/duckdb.sh") != std::string::npos);
        }
    }

private:
    LogFolder m_folder;
    std::string m_csv;
    std::string m_parquet;
    bool m_available = false;
};

QTEST_APPLESS_MAIN(TestParquet)
#include "tst_parquet.moc"
