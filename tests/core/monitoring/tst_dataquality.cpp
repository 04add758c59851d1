// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "core/base/json.h"
#include "core/monitoring/comparison.h"
#include "core/monitoring/rowhashes.h"
#include "logfile.h"

using namespace countersign;

namespace {

/// Five months of 2021 with 100, 120, 140, 90 and 50 rows; the 4th month repeats 10 of its rows twice more, the 5th
/// repeats rows of the 1st, which are no duplicates within their month.
std::string logWithDuplicates()
{
    std::string text = "ts,x,c,z\n";
    const auto row = [](int month, int i) {
        return "2021-0" + std::to_string(month) + "-" + std::to_string(10 + i % 10) + " 0" + std::to_string(i % 9) +
               ":00:00," + std::to_string(i) + ".5," + (i % 2 == 0 ? "even" : "") + "," + (i % 3 == 0 ? "" : "7") +
               "\n";
    };
    const int rows[] = {100, 120, 140, 70, 50};
    for (int month = 1; month <= 5; ++month) {
        for (int i = 0; i < rows[month - 1]; ++i)
            text += row(month, i);
        for (int i = 0; month == 4 && i < 20; ++i)
            text += row(month, i % 10);
    }
    return text;
}

RunSettings settingsFor(const std::string &path)
{
    RunSettings settings;
    settings.path = path;
    settings.roles.time = "ts";
    settings.reference.firstPeriods = 3;
    return settings;
}

} // namespace

class TestDataQuality : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void duplicatesAreCountedWithinTheirPeriod()
    {
        const RunResult result = run(settingsFor(m_folder.write("log.csv", logWithDuplicates())));
        const std::uint64_t expected[] = {0, 0, 0, 20, 0};
        for (std::size_t i = 0; i < 5; ++i)
            QCOMPARE(*result.periods[i].quality.duplicateRows, expected[i]);
        QCOMPARE(*result.periods[3].quality.duplicateRate, 20.0 / 90);
        QCOMPARE(*result.reference.quality.duplicateRows, std::uint64_t{0});
    }

    void rowsAreExpectedByTheReferencesPeriods()
    {
        const RunResult result = run(settingsFor(m_folder.write("log.csv", logWithDuplicates())));
        for (const RunPeriod &period : result.periods) {
            QCOMPARE(*period.quality.expectedRows, 120.0);
            QCOMPARE(*period.quality.leastExpectedRows, std::uint64_t{100});
            QCOMPARE(*period.quality.mostExpectedRows, std::uint64_t{140});
        }
        QCOMPARE(*result.periods[4].quality.arrivedShare, 50.0 / 120);
        QVERIFY(!result.reference.quality.arrivedShare);
        RunSettings settings = settingsFor(m_folder.path("log.csv"));
        settings.reference.firstPeriods = 4;
        QCOMPARE(*run(settings).periods[4].quality.expectedRows, 110.0); // of an even number
        settings.period = PeriodKind::Rows;
        settings.rowsPerPeriod = 100;
        QVERIFY(!run(settings).periods[4].quality.arrivedShare);
    }

    void anotherFileIsCutIntoPeriodsToo()
    {
        RunSettings settings = settingsFor(m_folder.write("log.csv", logWithDuplicates()));
        settings.reference = {};
        settings.reference.path = m_folder.write("reference.csv", logWithDuplicates());
        const RunResult result = run(settings);
        QCOMPARE(*result.periods[0].quality.expectedRows, 100.0);
        QCOMPARE(*result.periods[0].quality.leastExpectedRows, std::uint64_t{50});
        QCOMPARE(*result.periods[1].quality.arrivedShare, 1.2);
        // Over the whole reference the days differ where the month does.
        QCOMPARE(*result.reference.quality.duplicateRows, std::uint64_t{20});
    }

    void recomputedEqualsRecorded()
    {
        for (const bool otherFile : {false, true}) {
            RunSettings settings = settingsFor(m_folder.write("log.csv", logWithDuplicates()));
            if (otherFile)
                settings.reference.path = m_folder.write("reference.csv", logWithDuplicates());
            const RunResult result = run(settings);
            RunResult emptied = result;
            for (RunPeriod &period : emptied.periods) {
                const auto duplicates = period.quality.duplicateRows;
                period.quality = {};
                period.quality.duplicateRows = duplicates;
            }
            const auto stored = json::parse(json::serialize(toJson(emptied)));
            QCOMPARE(json::serialize(toJson(recompute(fromJson<RunResult>(stored)))), json::serialize(toJson(result)));
        }
    }

    void rowsOnDiskChangeNothing()
    {
        DriftRequest request;
        request.path = m_folder.write("log.csv", logWithDuplicates());
        request.roles.time = "ts";
        request.reference.firstPeriods = 3;
        RunOptions little;
        little.memoryBytes = 1;
        const DriftReport whole = driftOverTime(request);
        const DriftReport parts = driftOverTime(request, {}, little);
        QCOMPARE(*whole.periods[3].quality.duplicateRows, std::uint64_t{20});
        for (std::size_t i = 0; i < 5; ++i)
            QCOMPARE(json::serialize(toJson(parts.periods[i].quality)),
                     json::serialize(toJson(whole.periods[i].quality)));
    }

    void distinctRowsAreNeverTakenForOne()
    {
        std::string text = "a,b,c\n";
        constexpr int n = 200000;
        for (int i = 0; i < n; ++i) // neighbours differ in one digit of one cell
            text += std::to_string(i / 500) + "," + std::to_string(i % 500) + "," + (i % 7 == 0 ? "x" : "y") + "\n";
        RunSettings settings;
        settings.path = m_folder.write("distinct.csv", text);
        settings.period = PeriodKind::Rows;
        settings.rowsPerPeriod = n;
        QCOMPARE(*run(settings).periods[0].quality.duplicateRows, std::uint64_t{0});
    }

    void manyRowsAreCountedPartByPart()
    {
        constexpr std::uint64_t n = 3'000'000;
        std::vector<double> numbers(n);
        for (std::size_t i = 0; i < n; ++i)
            numbers[i] = static_cast<double>(i % (n - 1000));
        LogTable log;
        log.columns.resize(1);
        log.columns[0].name = "x";
        log.columns[0].kind = CellKind::Number;
        log.columns[0].chunks.unchecked().emplace_back().numbers = numbers;
        log.chunkRows = {n};
        log.rows = n;
        const RowGroups all{{std::vector<Group>(n, 0)}, {n}};
        for (const std::uint64_t memory : {std::uint64_t{0}, usualCellMemory})
            QCOMPARE(RowHashes(log, memory, 2, {}).duplicates(all, 2, {}).front(), std::uint64_t{1000});
    }

private:
    LogFolder m_folder;
};

QTEST_APPLESS_MAIN(TestDataQuality)
#include "tst_dataquality.moc"
