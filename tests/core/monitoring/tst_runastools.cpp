// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "core/base/error.h"
#include "core/monitoring/runastools.h"
#include "core/stats/catalogue.h"
#include "logfile.h"
#include "logvalues.h"

#include <cmath>

using namespace countersign;

namespace {

/// Three months of 120 rows: a number that moves and a category.
std::string logOf(int months)
{
    std::string text = "ts,x,c\n";
    for (int month = 1; month <= months; ++month) {
        for (int i = 0; i < 120; ++i)
            text += "2024-0" + std::to_string(month) + "-1" + std::to_string(i % 10) + "," +
                    std::to_string((i * 37 % 120) / 7.0 + month) + "," + (i % (month + 1) == 0 ? "a" : "b") + "\n";
    }
    return text;
}

RunSettings settingsFor(const std::string &path)
{
    RunSettings settings;
    settings.path = path;
    settings.roles.time = "ts";
    settings.reference.firstPeriods = 1;
    return settings;
}

const ToolsFigure &figure(const RunAsTools &counted, std::size_t period, const std::string &statistic)
{
    const auto &figures = counted.periods.at(period).figures;
    const auto found = std::ranges::find(figures, statistic, &ToolsFigure::statistic);
    if (found == figures.end())
        qFatal("no figure %s", statistic.c_str());
    return *found;
}

} // namespace

class TestRunAsTools : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ourFiguresAreThoseOfTheRunAndTheirsThoseOfTheCatalogue()
    {
        const std::string path = m_folder.write("log.csv", logOf(3));
        const RunResult recorded = run(settingsFor(path));
        const RunAsTools counted = countAsTools(recorded, "x", {}, {}, {});
        QVERIFY(counted.sameLog);
        QCOMPARE(counted.periods.size(), recorded.periods.size());
        const auto feature = std::ranges::find(recorded.features, "x", &FeatureResult::name);
        for (std::size_t i = 0; i < counted.periods.size(); ++i) {
            QCOMPARE(counted.periods[i].label, recorded.periods[i].label);
            QCOMPARE(figure(counted, i, "psi").ours, feature->periods[i].statistics.psi);
            QCOMPARE(figure(counted, i, "ks_statistic").ours, feature->periods[i].statistics.ksStatistic);
            QVERIFY(std::ranges::find(counted.periods[i].figures, "l_infinity", &ToolsFigure::statistic) ==
                    counted.periods[i].figures.end()); // none of these tools has it of numbers
        }
        std::vector<std::string> before;
        std::vector<std::string> after;
        for (int i = 0; i < 120; ++i) {
            before.push_back(std::to_string((i * 37 % 120) / 7.0 + 1));
            after.push_back(std::to_string((i * 37 % 120) / 7.0 + 3));
        }
        const StatisticInput input(before, after);
        const auto tools = otherTools();
        QCOMPARE(tools[2], std::string("nannyml"));
        for (std::size_t tool = 0; tool < 2; ++tool)
            QCOMPARE(figure(counted, 2, "psi").asTools[tool],
                     computeStatistic("psi", input, {{"convention", tools[tool]}}).value);
        QVERIFY(std::isnan(figure(counted, 2, "psi").asTools[2])); // NannyML has no PSI
        for (std::size_t tool = 0; tool < tools.size(); ++tool)
            QCOMPARE(figure(counted, 2, "hellinger").asTools[tool],
                     computeStatistic("hellinger", input, {{"convention", tools[tool]}}).value);
        const FeatureStatistics &ours = feature->periods[2].statistics;
        QVERIFY(std::abs(*ours.wasserstein - computeStatistic("wasserstein", input, {}).value) < 1e-12);
        QVERIFY(std::abs(*ours.wassersteinNormed - computeStatistic("wasserstein_normed", input, {}).value) < 1e-12);
        const auto &ks = figure(counted, 2, "ks_statistic");
        QVERIFY(std::isnan(ks.asTools[0]) && std::isnan(ks.asTools[1])); // exact, as ours
        QCOMPARE(ks.asTools[2], *ks.ours);                               // a short reference
        QVERIFY(figure(countAsTools(recorded, "c", {}, {}, {}), 2, "psi").ours.has_value());
    }

    void aLogThatGrewIsSaidToHaveChanged()
    {
        const std::string path = m_folder.write("grown.csv", logOf(3));
        const RunResult recorded = run(settingsFor(path));
        static_cast<void>(m_folder.write("grown.csv", logOf(4)));
        const RunAsTools counted = countAsTools(recorded, "x", {}, {}, {});
        QVERIFY(!counted.sameLog);
        QCOMPARE(counted.periods.size(), std::size_t{3});
        static_cast<void>(m_folder.write("grown.csv", logOf(2)));
        QVERIFY(countAsTools(recorded, "x", {}, {}, {}).periods.back().figures.empty());
    }

    void whatCannotBeCountedIsRefused()
    {
        RunSettings settings = settingsFor(m_folder.write("special.csv", logOf(2)));
        settings.roles.special = {{"x", {"1"}}};
        const RunResult recorded = run(settings);
        for (const char *column : {"x", "nothing"}) {
            const Error error = errorOf([&] { return countAsTools(recorded, column, {}, {}, {}); });
            QCOMPARE(error.code, ErrorCode::InvalidInput);
            QCOMPARE(error.what, whyNotAsTools(recorded, column));
        }
        QVERIFY(whyNotAsTools(recorded, "c").empty());
        RunResult database = recorded;
        database.settings.sql.emplace();
        QVERIFY(whyNotAsTools(database, "c").find("database") != std::string::npos);
    }

private:
    LogFolder m_folder;
};

QTEST_APPLESS_MAIN(TestRunAsTools)
#include "tst_runastools.moc"
