// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "core/base/json.h"
#include "core/monitoring/profile/profile.h"
#include "logfile.h"

#include <cmath>
#include <filesystem>

using namespace countersign;

namespace {

/// Numbers with and without missing ones and a heavy smallest value, categories of which new ones come, by month.
std::string logText()
{
    std::string text = "ts,x,z,c\n";
    for (int row = 0; row < 6000; ++row) {
        const int month = 1 + row / 1000;
        const int mixed = (row * 7919) % 10007;
        const bool zero = mixed % 3 == 0;
        text += "2024-0" + std::to_string(month) + "-1" + std::to_string(row % 9) + "," +
                (mixed % 53 == 0 ? std::string() : std::to_string(mixed * (10 + month)) + ".5") + "," +
                std::to_string(zero ? 0 : mixed % 800 - (month > 4 ? 405 : 400)) + "," +
                (month > 4 && mixed % 7 == 0 ? "new"
                 : mixed % 2 == 0            ? "=even"
                                             : "-odd") +
                "\n";
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

Profile read(const std::string &path)
{
    return readProfile(path, {}, {}, 1, {}, {});
}

const std::string header = "column,period,low,high,category,count\n";

} // namespace

class TestProfile : public QObject
{
    Q_OBJECT

private:
    LogFolder m_folder;

private Q_SLOTS:
    /// Whatever rests on counts is the same with the rows and without.
    void aProfileGivesTheDriftOfItsLog()
    {
        const RunResult direct = run(settingsFor(m_folder.write("log.csv", logText())));
        RunSettings settings;
        settings.path = m_folder.write("profile.csv", profileOf(direct));
        const RunResult profiled = run(settings);
        QCOMPARE(profiled.features.size(), direct.features.size());
        QCOMPARE(profiled.periods.size(), direct.periods.size());
        QCOMPARE(profiled.reference.rows, direct.reference.rows);
        QVERIFY(profiled.settings.period == PeriodKind::Month);
        for (std::size_t f = 0; f < direct.features.size(); ++f) {
            const FeatureResult &a = direct.features[f];
            const FeatureResult &b = profiled.features[f];
            QCOMPARE(b.name, a.name);
            QCOMPARE(b.bins.labels, a.bins.labels);
            QCOMPARE(b.referenceCounts, a.referenceCounts);
            for (std::size_t i = 0; i < a.periods.size(); ++i) {
                QCOMPARE(b.periods[i].counts, a.periods[i].counts);
                FeatureStatistics withoutKs = a.periods[i].statistics;
                withoutKs.ksStatistic.reset();
                withoutKs.wasserstein.reset();
                withoutKs.wassersteinNormed.reset();
                withoutKs.ksPvalue.reset();
                QCOMPARE(json::serialize(toJson(b.periods[i].statistics)), json::serialize(toJson(withoutKs)));
                QCOMPARE(b.periods[i].verdict.pvalue, a.periods[i].verdict.pvalue);
            }
        }
    }

    void recordedItRecomputesToTheSame()
    {
        const RunResult direct = run(settingsFor(m_folder.write("log.csv", logText())));
        RunSettings settings;
        settings.path = m_folder.write("profile.csv", profileOf(direct));
        const RunResult profiled = run(settings);
        QCOMPARE(json::serialize(toJson(recompute(profiled))), json::serialize(toJson(profiled)));
        QVERIFY(!profiled.sourceSha256.empty());
    }

    void theReferenceMayBeChosenAmongThePeriods()
    {
        std::string text = header;
        for (int month = 1; month <= 4; ++month) {
            const std::string period = "x,2024-0" + std::to_string(month);
            text += period + ",,10,," + std::to_string(100 * month) + "\n" + period + ",10,,,100\n";
        }
        DriftRequest request;
        request.path = m_folder.write("months.csv", text);
        request.reference.until = Date(std::chrono::year(2024) / std::chrono::February / 29);
        const DriftReport report = driftOverTime(request);
        QCOMPARE(report.reference.rows, 500);
        QVERIFY(report.periods[1].inReference && !report.periods[2].inReference);
        QCOMPARE(report.columns.front().periods[3].currentRows, 500);
        // (0.8 - 0.6) ln(0.8 / 0.6) + (0.2 - 0.4) ln(0.2 / 0.4)
        const auto &statistics = report.columns.front().periods[3].statistics;
        const auto psi = std::find_if(statistics.begin(), statistics.end(),
                                      [](const StatisticValue &value) { return value.key == "psi"; });
        QVERIFY(std::abs(psi->value - (0.2 * std::log(4.0 / 3) + 0.2 * std::log(2.0))) < 1e-12);
        const auto ks = std::find_if(statistics.begin(), statistics.end(),
                                     [](const StatisticValue &value) { return value.key == "ks_statistic"; });
        QVERIFY(std::isnan(ks->value));
        request.reference = {};
        request.reference.samePeriodLastYear = true;
        QVERIFY(!driftOverTime(request).periods[3].comparedWith);
    }

    /// The words that a log of rows has for it, for the program and the command line.
    void noYearAfterAnotherIsRemarked()
    {
        const auto remarked = [](const std::vector<std::string> &remarks) {
            return std::count(remarks.begin(), remarks.end(),
                              "No period of the log lies a year after another: none is judged.");
        };
        for (const int months : {4, 13}) {
            std::string log = "ts,x\n";
            std::string profile = header;
            for (int month = 0; month < months; ++month) {
                const std::string label =
                    month < 12 ? QString::asprintf("2023-%02d", month + 1).toStdString() : "2024-01";
                for (int row = 0; row < 20; ++row)
                    log += label + "-15," + std::to_string(row) + "\n";
                profile += "x," + label + ",,10,,20\n";
            }
            const auto expected = months == 4 ? 1 : 0;
            RunSettings settings = settingsFor(m_folder.write("rows.csv", log));
            settings.reference = {};
            settings.reference.samePeriodLastYear = true;
            QCOMPARE(remarked(run(settings).warnings), expected);
            settings.path = m_folder.write("counts.csv", profile);
            settings.roles = {};
            QCOMPARE(remarked(run(settings).warnings), expected);
            DriftRequest request;
            request.path = settings.path;
            request.reference = settings.reference;
            QCOMPARE(remarked(driftOverTime(request).remarks), expected);
        }
    }

    /// As of a log: 52 weeks are a year of weeks, so that the 53rd is compared and no part of the first year.
    void theYearBeforeIsThatOfLogs()
    {
        std::string log = "ts,x\n";
        std::string profile = header;
        const Date monday = *mondayOfIsoWeek(2023, 1);
        for (int week = 0; week < 60; ++week) {
            const Date day = monday + std::chrono::weeks(week);
            for (int row = 0; row < 20; ++row)
                log += toString(day) + "," + std::to_string(row) + "\n";
            const auto days = static_cast<std::int32_t>(day.time_since_epoch().count());
            profile += "x," + periodLabel(days, PeriodKind::Week) + ",,10,,20\n";
        }
        RunSettings settings = settingsFor(m_folder.write("weeks.csv", log));
        settings.period = PeriodKind::Week;
        settings.reference = {};
        settings.reference.samePeriodLastYear = true;
        const RunResult direct = run(settings);
        settings.path = m_folder.write("weekly.csv", profile);
        settings.roles = {};
        const RunResult profiled = run(settings);
        QCOMPARE(profiled.periods.size(), direct.periods.size());
        QCOMPARE(profiled.reference.rows, direct.reference.rows);
        for (std::size_t i = 0; i < direct.periods.size(); ++i) {
            QCOMPARE(profiled.periods[i].label, direct.periods[i].label);
            QCOMPARE(profiled.periods[i].comparedWith, direct.periods[i].comparedWith);
            QCOMPARE(profiled.periods[i].inReference, direct.periods[i].inReference);
        }
    }

    void periodsAreOrderedByTimeAndOthersAsTheyCome()
    {
        const auto labels = [this](const std::vector<const char *> &periods) {
            std::string text = header + "x,Reference,,1,,5\n";
            for (const char *period : periods)
                text += std::string("x,") + period + ",,1,,5\n";
            std::vector<std::string> found;
            for (const PeriodInfo &period : read(m_folder.write("periods.csv", text)).periods)
                found.push_back(period.label);
            return found;
        };
        QCOMPARE(labels({"2024-03", "2024-01"}), (std::vector<std::string>{"2024-01", "2024-03"}));
        QCOMPARE(labels({"2024-W10", "2024-W09"}), (std::vector<std::string>{"2024-W09", "2024-W10"}));
        QCOMPARE(labels({"late", "early"}), (std::vector<std::string>{"late", "early"}));
        QCOMPARE(labels({"2024-03", "2023"}), (std::vector<std::string>{"2024-03", "2023"})); // of two kinds
        QCOMPARE(labels({"2024-W60", "2024-W09"}), (std::vector<std::string>{"2024-W60", "2024-W09"}));
    }

    void aValueMayHaveABinOfItsOwn()
    {
        const Profile profile = read(m_folder.write(
            "special.csv", header + "x,reference,-999,-999,,7\nx,reference,-999,0,,20\nx,reference,0,,,30\n"
                                    "x,2024-01,,-999,,1\nx,2024-01,-999,-999,,8\nx,2024-01,,,,3\n"));
        const ProfileColumn &column = profile.columns.front();
        QCOMPARE(column.edges, (std::vector<double>{-999, -999, 0}));
        QCOMPARE(column.counts[0], (std::vector<std::uint64_t>{1, 8, 0, 0, 3}));
        QCOMPARE(column.counts[1], (std::vector<std::uint64_t>{0, 7, 20, 30, 0}));
    }

    void faultsAreNamedByTheirLine_data()
    {
        QTest::addColumn<QByteArray>("lines");
        QTest::addColumn<QString>("message");
        const auto row = [](const char *name, const char *lines, const char *message) {
            QTest::newRow(name) << QByteArray(lines) << QString::fromUtf8(message);
        };
        row("gap", "x,2024-01,,1,,5\nx,2024-01,2,,,5\n", "faults.csv line 3: the bin from 2 to inf leaves a gap after");
        row("overlap", "x,2024-01,,3,,5\nx,2024-01,2,,,5\n", "line 3: the bin from 2 to inf overlaps");
        row("other bins", "x,2024-01,,3,,5\nx,2024-01,3,,,5\nx,2024-02,,4,,5\n", "overlaps");
        row("negative", "x,2024-01,,3,,-5\n", "line 2: the count -5 is no number of rows.");
        row("fraction", "x,2024-01,,3,,5.5\n", "line 2: the count 5.5 is no number of rows.");
        row("no count", "x,2024-01,,3,,\n", "line 2: the count is missing.");
        row("no period", "x,,,3,,1\n", "line 2: the period is missing.");
        row("text", "x,2024-01,,3,,many\n", "\"count\" of a profile holds numbers, and not \"many\" in line 2");
        row("both", "x,2024-01,,3,a,4\n", "line 2: the line has a category and bounds.");
        row("mixed", "x,2024-01,,3,,4\nx,2024-01,,,a,4\n", "line 3: column \"x\" has bounds in some lines");
        row("turned", "x,2024-01,3,1,,4\n", "line 2: low is over high.");
        row("reference alone", "x,reference,,3,,4\n", "no period but the reference");
        row("two references", "x,reference,,3,,4\nx,Reference,,3,,4\n", "has the periods");
    }
    void faultsAreNamedByTheirLine()
    {
        QFETCH(const QByteArray, lines);
        QFETCH(const QString, message);
        try {
            static_cast<void>(read(m_folder.write("faults.csv", header + lines.toStdString())));
            QFAIL("it was read");
        } catch (const Exception &exception) {
            const QString what = QString::fromStdString(exception.error().text());
            QVERIFY2(what.contains(message), qPrintable(what));
        }
    }

    void whatNeedsRowsIsRefused()
    {
        RunSettings settings;
        settings.path = m_folder.write("profile.csv", header + "x,reference,,3,,4\nx,2024-01,,3,,4\n");
        const auto refused = [&settings](const auto &change) {
            RunSettings changed = settings;
            change(changed);
            QVERIFY_THROWS_EXCEPTION(Exception, static_cast<void>(run(changed)));
        };
        refused([](RunSettings &changed) { changed.segmentValue = "a"; });
        refused([](RunSettings &changed) { changed.roles.target = "t"; });
        refused([](RunSettings &changed) { changed.reference.path = changed.path; });
        refused([](RunSettings &changed) { changed.roles.features = {"y"}; });
        refused([](RunSettings &changed) { changed.reference.until = Date(); });
        QVERIFY(run(settings).verdict == Verdict::NotEnoughData); // 4 rows
    }

    void otherLogsAreNoProfiles()
    {
        const std::string log = m_folder.write("other.csv", "column,period,count\na,b,1\n");
        QVERIFY(!isProfileLog(log, {}, {}, {}));
        QVERIFY(isProfileLog(m_folder.write("it.csv", "count;category;high;low;period;column\n1;;2;;2024;x\n"), {}, {},
                             {}));
    }

    void aFolderOfProfilesIsOne()
    {
        std::filesystem::create_directories(m_folder.path("folder"));
        m_folder.write("folder/1.csv", header + "x,reference,,1,,10\nx,2024-01,,1,,4\n");
        m_folder.write("folder/2.csv", header + "x,2024-02,,1,,5\n");
        RunSettings settings;
        settings.path = m_folder.path("folder");
        const RunResult result = run(settings);
        QCOMPARE(result.periods.size(), 2);
        QCOMPARE(result.sources.size(), 2);
        m_folder.write("folder/3.csv", header + "x,2024-03,,1,,-5\n");
        try {
            static_cast<void>(run(settings));
            QFAIL("a negative count was taken");
        } catch (const Exception &exception) {
            QVERIFY(exception.error().what.starts_with("3.csv line 2"));
        }
    }
};

QTEST_GUILESS_MAIN(TestProfile)
#include "tst_profile.moc"
