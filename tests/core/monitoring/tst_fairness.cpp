// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "core/base/json.h"
#include "core/monitoring/fairnessfigures.h"
#include "core/monitoring/run.h"
#include "logfile.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <random>
#include <sstream>

using namespace countersign;

namespace {

struct Row
{
    int month;
    std::string group;
    std::string score;
    std::string outcome;
};

std::string logOf(const std::vector<Row> &rows)
{
    std::string text = "ts,group,score,y\n";
    for (const Row &row : rows)
        text += "2023-0" + std::to_string(row.month) + "-15," + row.group + "," + row.score + "," + row.outcome + "\n";
    return text;
}

RunSettings settingsFor(const std::string &path)
{
    RunSettings settings;
    settings.path = path;
    settings.roles.time = "ts";
    settings.roles.score = "score";
    settings.roles.target = "y";
    settings.roles.groups = {"group"};
    settings.roles.features = {"score"};
    return settings;
}

/// `favourable` of n rows score 0.8, the others 0.2; every third outcome is 1.
void addRows(std::vector<Row> &rows, int month, const std::string &group, int n, int favourable)
{
    for (int i = 0; i < n; ++i)
        rows.push_back({month, group, i < favourable ? "0.8" : "0.2", i % 3 == 0 ? "1" : "0"});
}

std::vector<Row> randomRows(std::uint64_t seed, std::size_t n)
{
    std::mt19937_64 random(seed);
    std::uniform_real_distribution<double> uniform;
    std::vector<Row> rows;
    for (std::size_t i = 0; i < n; ++i) {
        const double p = uniform(random);
        const char *group = uniform(random) < 0.6 ? "b" : uniform(random) < 0.5 ? "a" : "c";
        rows.push_back({1 + static_cast<int>(i % 4), uniform(random) < 0.05 ? "" : group,
                        uniform(random) < 0.02 ? "" : std::to_string(p),
                        uniform(random) < 0.1 ? ""
                        : uniform(random) < p ? "1"
                                              : "0"});
    }
    return rows;
}

const GroupFairness &groupOf(const FairnessResult &result, const std::string &name)
{
    return *std::find_if(result.groups.begin(), result.groups.end(), [&](const auto &g) { return g.group == name; });
}

double share(std::uint64_t k, std::uint64_t n)
{
    return static_cast<double>(k) / static_cast<double>(n);
}

bool close(std::optional<double> value, double expected, double tolerance = 1e-12)
{
    if (value && std::abs(*value - expected) <= tolerance)
        return true;
    qWarning("expected %.17g, found %.17g", expected, value.value_or(std::nan("")));
    return false;
}

bool mentions(const std::vector<std::string> &texts, const std::string &part)
{
    return std::any_of(texts.begin(), texts.end(),
                       [&](const std::string &text) { return text.find(part) != std::string::npos; });
}

} // namespace

class TestFairness : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void publishedIntervalsAreThoseOfTheFigures()
    {
        // Newcombe (1998), table II (a), method 10: 56/70 and 48/80 differ by 0.2, 0.0524 to 0.3339.
        std::vector<Row> rows;
        addRows(rows, 1, "comparison", 80, 48);
        addRows(rows, 1, "group", 70, 56);
        const RunResult result = run(settingsFor(m_folder.write("published.csv", logOf(rows))));
        const FairnessResult &fairness = result.reference.fairness.front();
        QCOMPARE(fairness.comparison, std::string("comparison"));
        const Figures &figures = groupOf(fairness, "group").figures;
        QCOMPARE(figures.size(), fairnessFigureInfos().size());
        QVERIFY(close(figures.at("selection_rate").value, 0.8));
        QVERIFY(close(figures.at("selection_rate").low, 0.6918, 5e-5)); // Wilson
        QVERIFY(close(figures.at("selection_rate").high, 0.8770, 5e-5));
        QVERIFY(close(figures.at("selection_rate_difference").value, 0.2));
        QVERIFY(close(figures.at("selection_rate_difference").low, 0.0524, 5e-5));
        QVERIFY(close(figures.at("selection_rate_difference").high, 0.3339, 5e-5));
        const double error = std::sqrt(1.0 / 56 - 1.0 / 70 + 1.0 / 48 - 1.0 / 80);
        QVERIFY(close(figures.at("adverse_impact_ratio").value, 0.8 / 0.6));
        QVERIFY(close(figures.at("adverse_impact_ratio").low, 0.8 / 0.6 * std::exp(-1.959963984540054 * error), 1e-9));
        QVERIFY(close(figures.at("adverse_impact_ratio").high, 0.8 / 0.6 * std::exp(1.959963984540054 * error), 1e-9));
        const Figures &itself = groupOf(fairness, "comparison").figures;
        QVERIFY(close(itself.at("adverse_impact_ratio").value, 1) && !itself.at("adverse_impact_ratio").low);
        QVERIFY(close(itself.at("equal_opportunity_difference").value, 0));
        QVERIFY(mentions({result.definitions.at("fairness")}, "None of them is a legal test"));
    }

    void countsAreThoseOfTheRows()
    {
        for (const bool over : {true, false}) {
            const auto rows = randomRows(1, 4000);
            RunSettings settings = settingsFor(m_folder.write("counted.csv", logOf(rows)));
            settings.decision.threshold = 0.4;
            settings.decision.favourable = over ? FavourableDecision::AtOrOver : FavourableDecision::Under;
            const RunResult result = run(settings);
            QCOMPARE(result.periods.size(), std::size_t{4});
            std::uint64_t withoutGroup = 0;
            std::map<std::string, GroupFairness> expected;
            std::map<std::string, double> scores;
            for (const Row &row : rows) {
                if (row.month != 2 || row.score.empty())
                    continue;
                if (row.group.empty()) {
                    ++withoutGroup;
                    continue;
                }
                GroupFairness &group = expected[row.group];
                const bool favourable = (std::stod(row.score) >= 0.4) == over;
                ++group.n;
                group.favourable += favourable ? 1 : 0;
                if (row.outcome.empty())
                    continue;
                const bool event = row.outcome == "1";
                group.events += event ? 1 : 0;
                scores[row.group] += std::stod(row.score);
                if (favourable)
                    ++(event == over ? group.confusion.truePositives : group.confusion.falsePositives);
                else
                    ++(event == over ? group.confusion.falseNegatives : group.confusion.trueNegatives);
            }
            const FairnessResult &fairness = result.periods[1].fairness.front();
            QCOMPARE(fairness.rowsWithoutGroup, withoutGroup);
            QCOMPARE(fairness.comparison, std::string("b"));
            QCOMPARE(fairness.groups.size(), std::size_t{3});
            const GroupFairness &b = expected.at("b");
            for (const GroupFairness &group : fairness.groups) {
                const GroupFairness &e = expected.at(group.group);
                QCOMPARE(group.n, e.n);
                QCOMPARE(group.favourable, e.favourable);
                QCOMPARE(group.confusion.truePositives, e.confusion.truePositives);
                QCOMPARE(group.confusion.falsePositives, e.confusion.falsePositives);
                QCOMPARE(group.confusion.falseNegatives, e.confusion.falseNegatives);
                QCOMPARE(group.confusion.trueNegatives, e.confusion.trueNegatives);
                QCOMPARE(group.events, e.events);
                QVERIFY(close(group.scoreSum, scores.at(group.group), 1e-9));
                const Figures &figures = group.figures;
                QVERIFY(close(figures.at("group_calibration").value,
                              static_cast<double>(e.events) / scores.at(group.group), 1e-12));
                const auto hits = [](const ConfusionCounts &c) { return share(c.truePositives, c.events()); };
                const auto alarms = [](const ConfusionCounts &c) {
                    return share(c.falsePositives, c.falsePositives + c.trueNegatives);
                };
                QVERIFY(close(figures.at("equal_opportunity_difference").value, hits(e.confusion) - hits(b.confusion)));
                QVERIFY(close(figures.at("average_odds_difference").value,
                              (hits(e.confusion) - hits(b.confusion) + alarms(e.confusion) - alarms(b.confusion)) / 2));
                for (const auto &[name, figure] : figures)
                    if (figure.low)
                        QVERIFY2(*figure.low <= *figure.value && *figure.value <= *figure.high, name.c_str());
            }
        }
    }

    void censusAgreesWithScikitLearn()
    {
        const std::string shared = SHARED_DIR;
        if (!std::filesystem::exists(shared + "/expected/computed_real.csv"))
            QSKIP("The shared data sets are not at hand.");
        RunSettings settings = settingsFor(shared + "/data/census_ma_employment.csv.gz");
        settings.roles.time = "year";
        settings.roles.score = "predicted_probability";
        settings.roles.target = "employed";
        settings.roles.groups = {"SEX", "RAC1P"};
        settings.roles.features = {"AGEP"};
        settings.period = PeriodKind::Year;
        settings.decision.comparisonGroups = {{"SEX", "1"}, {"RAC1P", "1"}};
        const RunResult result = run(settings);
        const std::map<std::string, std::string> names{
            {"selection_rate", "selection_rate"},
            {"disparate_impact_ratio", "adverse_impact_ratio"},
            {"statistical_parity_difference", "selection_rate_difference"},
            {"equal_opportunity_difference", "equal_opportunity_difference"}};
        std::map<std::string, double> rates; // "2015 SEX=1 tpr"
        std::size_t checked = 0;
        std::ifstream file(shared + "/expected/computed_real.csv");
        for (std::string line; std::getline(file, line);) {
            std::vector<std::string> cells;
            std::stringstream fields(line);
            for (std::string cell; std::getline(fields, cell, ',');)
                cells.push_back(cell);
            const auto equals = cells[2].find('=');
            if (cells[0] != "census" || equals == std::string::npos || cells[1].size() != 4)
                continue;
            const auto period = std::find_if(result.periods.begin(), result.periods.end(),
                                             [&](const RunPeriod &p) { return p.label == cells[1]; });
            const auto fairness =
                std::find_if(period->fairness.begin(), period->fairness.end(),
                             [&](const FairnessResult &f) { return f.column == cells[2].substr(0, equals); });
            const GroupFairness &group = groupOf(*fairness, cells[2].substr(equals + 1));
            const double expected = std::stod(cells[4]);
            rates[cells[1] + " " + cells[2] + " " + cells[3]] = expected;
            if (cells[3] == "n") {
                QCOMPARE(group.n, static_cast<std::uint64_t>(expected));
            } else if (const auto name = names.find(cells[3]); name != names.end()) {
                QVERIFY2(close(group.figures.at(name->second).value, expected, 1e-9), line.c_str());
                ++checked;
            }
        }
        for (const RunPeriod &period : result.periods) {
            for (const FairnessResult &fairness : period.fairness) {
                for (const GroupFairness &group : fairness.groups) {
                    const std::string key = period.label + " " + fairness.column + "=" + group.group + " ";
                    const std::string base = period.label + " " + fairness.column + "=1 ";
                    if (!rates.contains(key + "tpr"))
                        continue;
                    QVERIFY(
                        close(group.figures.at("average_odds_difference").value,
                              (rates[key + "tpr"] - rates[base + "tpr"] + rates[key + "fpr"] - rates[base + "fpr"]) / 2,
                              1e-9));
                    ++checked;
                }
            }
        }
        qInfo("%zu values agree", checked);
        QVERIFY(checked >= 100);
    }

    void whatCannotBeMeasuredIsNamed()
    {
        auto rows = randomRows(2, 500);
        RunSettings settings = settingsFor(m_folder.write("named.csv", logOf(rows)));
        settings.decision.comparisonGroups = {{"group", "z"}};
        RunResult result = run(settings);
        QVERIFY(mentions(result.warnings, "holds no group"));
        QCOMPARE(result.periods[0].fairness.front().comparison, std::string("b"));
        for (std::size_t i = 0; i < rows.size(); ++i)
            rows[i].group = "g" + std::to_string(i % 60);
        result = run(settingsFor(m_folder.write("many.csv", logOf(rows))));
        QVERIFY(mentions(result.warnings, "at most 50"));
        QVERIFY(result.periods[0].fairness.empty() && result.reference.fairness.empty());
        settings = settingsFor(settings.path);
        settings.roles.score.clear();
        settings.roles.features = {"group"};
        result = run(settings);
        QVERIFY(mentions(result.warnings, "it needs a score column"));
    }

    void decisionsNeedNoOutcomes()
    {
        RunSettings settings = settingsFor(m_folder.write("open.csv", logOf(randomRows(3, 800))));
        settings.roles.target.clear();
        const RunResult result = run(settings);
        const GroupFairness &group = groupOf(result.periods[2].fairness.front(), "a");
        QVERIFY(group.n > 0 && group.confusion.n() == 0 && !group.scoreSum);
        QVERIFY(group.figures.at("adverse_impact_ratio").low.has_value());
        QVERIFY(!group.figures.at("equal_opportunity_difference").value);
        QVERIFY(!group.figures.at("group_calibration").value);
    }

    void scoresThatAreNoProbabilitiesHaveNoCalibration()
    {
        auto rows = randomRows(4, 800);
        for (Row &row : rows)
            if (!row.score.empty())
                row.score = std::to_string(600 + 100 * std::stod(row.score));
        RunSettings settings = settingsFor(m_folder.write("points.csv", logOf(rows)));
        settings.decision.threshold = 640;
        const RunResult result = run(settings);
        const GroupFairness &group = groupOf(result.periods[0].fairness.front(), "b");
        QVERIFY(!group.scoreSum && !group.figures.at("group_calibration").value);
        QVERIFY(*group.figures.at("selection_rate").value > 0.4 && *group.figures.at("selection_rate").value < 0.8);
    }

    void rowOrderAndThreadsChangeNothingAndRecomputedEqualsRecorded()
    {
        auto rows = randomRows(5, 3000);
        RunResult plain = run(settingsFor(m_folder.write("order.csv", logOf(rows))), {}, {}, {1});
        const auto fairnessOf = [](const RunResult &result) {
            std::string text = json::serialize(toJson(result.reference.fairness));
            for (const RunPeriod &period : result.periods)
                text += json::serialize(toJson(period.fairness));
            return text;
        };
        std::shuffle(rows.begin(), rows.end(), std::mt19937_64(6));
        QCOMPARE(fairnessOf(run(settingsFor(m_folder.write("other.csv", logOf(rows))), {}, {}, {3})),
                 fairnessOf(plain));
        const std::string before = fairnessOf(plain);
        for (RunPeriod &period : plain.periods)
            for (FairnessResult &fairness : period.fairness)
                for (GroupFairness &group : fairness.groups)
                    group.figures.clear();
        const auto stored = json::parse(json::serialize(toJson(plain)));
        QCOMPARE(fairnessOf(recompute(fromJson<RunResult>(stored))), before);
    }

private:
    LogFolder m_folder;
};

QTEST_APPLESS_MAIN(TestFairness)
#include "tst_fairness.moc"
