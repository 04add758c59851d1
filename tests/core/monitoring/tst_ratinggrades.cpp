// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "core/base/json.h"
#include "core/monitoring/ratinggrades.h"
#include "core/monitoring/run.h"
#include "core/stats/calibration.h"
#include "logfile.h"

#include <algorithm>
#include <cmath>
#include <map>

using namespace countersign;

namespace {

struct Scored
{
    int month;
    std::string grade; ///< empty: none
    double score;
    int outcome; ///< -1: not known yet
};

/// Three months; the model's probabilities of default lie too low in grade B.
std::vector<Scored> scored()
{
    std::vector<Scored> rows;
    const std::map<std::string, double> probabilities{{"AA", 0.01}, {"A", 0.03}, {"B", 0.10}};
    int i = 0;
    for (int month = 1; month <= 3; ++month) {
        for (int row = 0; row < 1500; ++row, ++i) {
            const char *grades[] = {"AA", "A", "B"};
            const std::string grade = grades[i % 3];
            const double p = probabilities.at(grade) * (1 + 0.1 * (i % 5 - 2));
            const int mixed = (i * 7919) % 10007;
            const bool event = mixed < (grade == "B" && month == 3 ? 2000 : 10007 * p);
            rows.push_back({month, i % 100 == 7 ? "" : grade, p, i % 10 == 3 ? -1 : event ? 1 : 0});
        }
    }
    return rows;
}

std::string logOf(const std::vector<Scored> &rows)
{
    std::string text = "ts,grade,pd,default\n";
    for (const Scored &row : rows)
        text += "2024-0" + std::to_string(row.month) + "-15," + row.grade + "," + std::to_string(row.score) + "," +
                (row.outcome < 0 ? "" : std::to_string(row.outcome)) + "\n";
    return text;
}

RunSettings settingsFor(const std::string &path)
{
    RunSettings settings;
    settings.path = path;
    settings.roles.time = "ts";
    settings.roles.score = "pd";
    settings.roles.target = "default";
    settings.roles.grade = "grade";
    settings.reference.firstPeriods = 1;
    return settings;
}

bool says(const RunResult &result, const char *part)
{
    return std::any_of(result.warnings.begin(), result.warnings.end(),
                       [part](const std::string &warning) { return warning.find(part) != std::string::npos; });
}

} // namespace

class TestRatingGrades : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eventsAreTestedByTheGradesOfTheModel()
    {
        const std::vector<Scored> rows = scored();
        const RunResult result = run(settingsFor(m_folder.write("graded.csv", logOf(rows))));
        for (int month = 1; month <= 3; ++month) {
            const auto &grades = result.periods[static_cast<std::size_t>(month - 1)].performance.grades;
            QCOMPARE(grades.size(), std::size_t(3));
            const char *names[] = {"AA", "A", "B"};
            for (std::size_t k = 0; k < 3; ++k) {
                std::uint64_t n = 0;
                std::uint64_t events = 0;
                double sum = 0;
                for (const Scored &row : rows) {
                    if (row.month != month || row.grade != names[k] || row.outcome < 0)
                        continue;
                    ++n;
                    events += row.outcome == 1 ? 1 : 0;
                    sum += std::stod(std::to_string(row.score));
                }
                const GradeResult &grade = grades[k];
                QCOMPARE(grade.name, std::string(names[k]));
                QCOMPARE(grade.n, n);
                QCOMPARE(grade.events, events);
                QVERIFY(std::abs(*grade.meanScore - sum / static_cast<double>(n)) < 1e-12);
                QVERIFY(std::abs(*grade.jeffreysPvalue - jeffreysPvalue(events, n, sum / static_cast<double>(n))) <
                        1e-9);
            }
        }
        QVERIFY(*result.periods[2].performance.grades[2].jeffreysPvalue < 1e-6);
        QCOMPARE(*result.periods[2].performance.grades[2].trafficLight, TrafficLight::Red);
        QVERIFY(says(result, "rows with score and outcome have no rating grade in column \"grade\""));
        // The figures of the score, and its groups of equal size, are those without grades.
        RunSettings plain = settingsFor(m_folder.path("graded.csv"));
        plain.roles.grade.clear();
        const RunResult other = run(plain);
        QCOMPARE(json::serialize(toJson(result.periods[1].performance.figures)),
                 json::serialize(toJson(other.periods[1].performance.figures)));
        QVERIFY(other.periods[1].performance.grades.size() > 3 && other.periods[1].performance.grades[0].name.empty());
        const RunResult again = recompute(result);
        QCOMPARE(json::serialize(toJson(again.periods)), json::serialize(toJson(result.periods)));
    }

    void aSecondLookByAnotherColumnIsAnother()
    {
        RunOptions options;
        options.cacheFolder = m_folder.path("cache");
        RunSettings settings = settingsFor(m_folder.write("kept.csv", logOf(scored())));
        settings.roles.grade.clear();
        const RunResult without = run(settings, {}, {}, options);
        settings.roles.grade = "grade";
        const RunResult with = run(settings, {}, {}, options);
        QVERIFY(without.periods[0].performance.grades[0].name.empty());
        QCOMPARE(with.periods[0].performance.grades[0].name, std::string("AA"));
        QCOMPARE(json::serialize(toJson(run(settings, {}, {}, options).periods)),
                 json::serialize(toJson(with.periods)));
    }

    void aColumnOfOtherThingsGivesNone()
    {
        std::vector<Scored> rows = scored();
        for (std::size_t i = 0; i < rows.size(); ++i)
            rows[i].grade = "customer " + std::to_string(i % 60);
        const RunResult many = run(settingsFor(m_folder.write("many.csv", logOf(rows))));
        QVERIFY(says(many, "holds more than 50 different texts and gives no rating grades"));
        QVERIFY(many.periods[0].performance.grades.size() > 3 && many.periods[0].performance.grades[0].name.empty());
        for (Scored &row : rows)
            row.grade.clear();
        QVERIFY(says(run(settingsFor(m_folder.write("none.csv", logOf(rows)))), "holds no rating grade"));
    }

private:
    LogFolder m_folder;
};

QTEST_GUILESS_MAIN(TestRatingGrades)
#include "tst_ratinggrades.moc"
