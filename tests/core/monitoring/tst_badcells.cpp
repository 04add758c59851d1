// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/monitoring/run.h"
#include "logfile.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>

using namespace countersign;
using namespace Qt::StringLiterals;

namespace {

/// What stands in a cell that cannot be read.
struct BadCells
{
    std::string date;
    std::string number;
};

/// 3000 rows over six months; in one of 50 rows the time cannot be read, in others a feature or the score.
std::string logWith(const BadCells &bad, int firstMonth = 1, int lastMonth = 6)
{
    std::string text = firstMonth == 1 ? "ts,x,score,target\n" : "";
    for (int month = firstMonth; month <= lastMonth; ++month) {
        std::mt19937_64 random(static_cast<std::uint64_t>(month));
        for (int row = 0; row < 500; ++row) {
            const double score = static_cast<double>(random() % 1000) / 1000;
            const bool event = static_cast<double>(random() % 1000) / 1000 < score;
            const std::string day = std::to_string(10 + row % 18);
            text += (row % 50 == 7 ? bad.date : "2024-0" + std::to_string(month) + "-" + day) + "," +
                    (row % 125 == 8 ? bad.number : std::to_string(random() % 5000)) + "," +
                    (row % 50 == 9 ? bad.number : std::to_string(score)) + "," + (event ? "1" : "0") + "\n";
        }
    }
    return text;
}

RunSettings settingsFor(const std::string &path)
{
    RunSettings settings;
    settings.path = path;
    settings.roles.time = "ts";
    settings.roles.score = "score";
    settings.roles.target = "target";
    settings.reference.firstPeriods = 2;
    return settings;
}

std::string figuresOf(RunResult result)
{
    result.settings = {};
    result.warnings.clear();
    result.sources.clear();
    result.sourceName.clear();
    result.sourceSha256.clear();
    return json::serialize(toJson(result));
}

std::string warningsOf(const RunResult &result)
{
    std::string text;
    for (const std::string &warning : result.warnings)
        text += warning + "\n";
    return text;
}

} // namespace

/// One bad column never stops a run.
class TestBadCells : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void badCellsCountAsEmptyOnes_data()
    {
        QTest::addColumn<QString>("date");
        QTest::addColumn<QString>("number");
        QTest::addRow("words") << u"soon"_s << u"n.k."_s;
        QTest::addRow("impossible") << u"2024-02-31"_s << u"1.2.3"_s;
        QTest::addRow("quoted") << u"\"so, on\""_s << u"\"1\n2\""_s;
        QTest::addRow("other dates") << u"31.12.2024"_s << u"--"_s;
    }
    void badCellsCountAsEmptyOnes()
    {
        QFETCH(QString, date);
        QFETCH(QString, number);
        const BadCells bad{date.toStdString(), number.toStdString()};
        const RunResult empty = run(settingsFor(m_folder.write("empty.csv", logWith({}))));
        const RunResult found = run(settingsFor(m_folder.write("bad.csv", logWith(bad))));
        QCOMPARE(figuresOf(found), figuresOf(empty));
        QVERIFY(found.periods[3].performance.auc.has_value());
        const std::string warnings = warningsOf(found);
        for (const char *part : {"Column \"ts\": 60 of its 3000 values are no dates and count as missing, first ",
                                 "Column \"x\": 24 of its 3000 values are no numbers and count as missing, first ",
                                 "Column \"score\": 60 of its 3000 values are no numbers and count as missing, first ",
                                 " in line 9 of bad.csv", "60 rows have no time in column \"ts\""})
            QVERIFY2(warnings.find(part) != std::string::npos, (part + ("\n" + warnings)).c_str());
        QVERIFY(warningsOf(empty).find("are no ") == std::string::npos);
    }

    void aSecondLookAndAnAppendedMonthKnowThemToo()
    {
        RunOptions options;
        options.cacheFolder = m_folder.path("cache");
        const BadCells bad{"soon", "n.k."};
        const std::string path = m_folder.write("grows.csv", logWith(bad, 1, 5));
        const auto old = std::filesystem::file_time_type::clock::now() - std::chrono::hours(1);
        std::filesystem::last_write_time(path, old);
        const auto look = [&] { return run(settingsFor(path), {}, {}, options); };
        const RunResult first = look();
        const RunResult second = look();
        QCOMPARE(warningsOf(second), warningsOf(first));
        QCOMPARE(figuresOf(second), figuresOf(first));
        std::ofstream(path, std::ios::app) << logWith(bad, 6, 6);
        std::filesystem::last_write_time(path, old + std::chrono::minutes(1));
        const RunResult grown = look();
        const RunResult whole = run(settingsFor(path));
        QCOMPARE(figuresOf(grown), figuresOf(whole));
        QCOMPARE(warningsOf(grown), warningsOf(whole));
        QVERIFY(warningsOf(grown).find("Column \"ts\": 60 of its 3000 values") != std::string::npos);
    }

    void aScoreWithoutNumbersStopsNoDrift()
    {
        std::string text = logWith({});
        std::string changed;
        for (std::size_t line = 0; !text.empty(); ++line) {
            const std::size_t end = text.find('\n');
            std::string row = text.substr(0, end);
            text.erase(0, end + 1);
            const std::size_t score = row.find(',', row.find(',') + 1) + 1;
            const std::size_t after = row.find(',', score);
            changed += (line == 0 ? row : row.replace(score, after - score, "high")) + "\n";
        }
        const RunResult result = run(settingsFor(m_folder.write("words.csv", changed)));
        QVERIFY2(warningsOf(result).find("Column \"score\": 3000 of its 3000 values are no numbers") !=
                     std::string::npos,
                 warningsOf(result).c_str());
        QVERIFY(result.features.front().name == "x" && result.features.front().periods[4].n > 0);
        QVERIFY(!result.periods[3].performance.auc);
    }

    void aTimeColumnOfOtherThingsIsRefused()
    {
        RunSettings settings = settingsFor(m_folder.write("time.csv", "ts,x\nsoon,1\nlater,2\n2024-01-01,3\n"));
        settings.roles.score.clear();
        settings.roles.target.clear();
        try {
            static_cast<void>(run(settings));
            QFAIL("nothing was thrown");
        } catch (const Exception &exception) {
            QCOMPARE(exception.error().what, std::string("Column \"ts\" of time.csv: 2 of its 3 values are no dates, "
                                                         "first \"soon\" in line 2 of time.csv."));
            QVERIFY(!exception.error().remedy.empty());
        }
    }

private:
    LogFolder m_folder;
};

QTEST_GUILESS_MAIN(TestBadCells)
#include "tst_badcells.moc"
