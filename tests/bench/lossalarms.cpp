// SPDX-License-Identifier: GPL-3.0-or-later
//
// How often a run finds a loss of performance where there is none, and how often it sees one of stated size: the tables
// of docs/false-alarms.md. Seeded: the same figures every time. lossalarms [runs], 200 unless told.

#include "core/monitoring/evaluation.h"
#include "core/monitoring/figures.h"
#include "core/stats/scoreprofile.h"
#include "tests/support/forecasterrors.h"
#include "tests/support/simulatedrun.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <random>

using namespace countersign;

namespace {

constexpr std::size_t referencePeriods = 3;
constexpr std::size_t periods = 12;
constexpr std::uint64_t seed = 20261130;

using Random = std::mt19937_64;
/// Performance on so many rows; `loss` is of the size that the table names, 0: none.
using Draw = std::function<Performance(Random &random, std::size_t rows, double loss)>;

/// Errors of a forecast; a loss stretches them.
Draw errorsOf(std::function<double(Random &)> error)
{
    return [error](Random &random, std::size_t rows, double loss) {
        std::vector<double> predicted(rows);
        for (double &value : predicted)
            value = (1 + loss) * error(random);
        return forecastPerformance(predicted);
    };
}

/// Scores of others and of events are normal, those of events one standard deviation higher (AUC 0.76); a loss takes
/// that share of the distance away.
Draw scoresOf(double eventRate)
{
    return [eventRate](Random &random, std::size_t rows, double loss) {
        std::normal_distribution<double> normal;
        std::bernoulli_distribution isEvent(eventRate);
        std::vector<std::pair<double, std::uint8_t>> drawn(rows);
        for (auto &[score, event] : drawn) {
            event = isEvent(random) ? 1 : 0;
            score = normal(random) + (event != 0 ? 1 - loss : 0.0);
        }
        std::sort(drawn.begin(), drawn.end());
        std::vector<double> scores;
        std::vector<std::uint8_t> events;
        for (const auto &[score, event] : drawn) {
            scores.push_back(score);
            events.push_back(event);
        }
        const ScoreProfile profile = profileScores(scores, events);
        Performance made;
        made.aucEvidence = AucEvidence{profile.twiceU, profile.events, profile.n - profile.events};
        made.scoreEvidence = evidenceOf(profile);
        return made;
    };
}

/// With 30 undrifted features, whose tests are among those of the run.
RunResult drawRun(RunSimulator &features, Random &random, const Draw &draw, std::size_t rows, double lastLoss)
{
    SimulatedRun plan;
    plan.rows = rows;
    plan.referenceRows = referencePeriods * rows;
    RunResult run = features.draw(plan);
    run.engineVersion = monitoringEngineVersion;
    run.reference.labelledRows = plan.referenceRows;
    run.reference.performance = draw(random, plan.referenceRows, 0);
    for (std::size_t i = 0; i < run.periods.size(); ++i) {
        run.periods[i].labelledRows = rows;
        run.periods[i].performance = draw(random, rows, i + 1 == periods ? lastLoss : 0);
    }
    return run;
}

bool isLoss(const RunPeriod &period)
{
    return period.performanceVerdict == Verdict::Amber || period.performanceVerdict == Verdict::Red;
}

void printFalseAlarms(const char *name, const Draw &draw, int runs)
{
    std::printf("| %s |", name);
    for (const std::size_t rows : {200, 1000}) {
        for (const char *version : {monitoringEngineVersion, "4"}) {
            RunSimulator features(seed);
            Random random(seed);
            int alarms = 0;
            for (int i = 0; i < runs; ++i) {
                RunResult run = drawRun(features, random, draw, rows, 0);
                run.engineVersion = version;
                evaluate(run);
                alarms += std::any_of(run.periods.begin(), run.periods.end(), isLoss);
            }
            const double share = static_cast<double>(alarms) / runs;
            std::printf(" %.1f ± %.1f |", 100 * share, 100 * std::sqrt(share * (1 - share) / runs));
        }
    }
    std::printf("\n");
    std::fflush(stdout);
}

void printSight(const char *name, const Draw &draw, std::span<const double> losses, int runs)
{
    for (const std::size_t rows : {200, 1000, 10000}) {
        std::printf("| %s | %zu |", name, rows);
        for (const double loss : losses) {
            RunSimulator features(seed);
            Random random(seed);
            int seen = 0;
            for (int i = 0; i < runs; ++i) {
                RunResult run = drawRun(features, random, draw, rows, loss);
                evaluate(run);
                seen += isLoss(run.periods.back());
            }
            std::printf(" %.0f |", 100.0 * seen / runs);
        }
        std::printf("\n");
        std::fflush(stdout);
    }
}

} // namespace

int main(int argc, char **argv)
{
    constexpr int most = 100000;
    const int runs = argc > 1 ? std::atoi(argv[1]) : 200;
    if (argc > 2 || runs < 1 || runs > most) {
        std::fprintf(stderr, "usage: lossalarms [runs, 1 to %d]\n", most);
        return 2;
    }
    const Draw normal = errorsOf([](Random &random) { return std::normal_distribution<double>()(random); });
    const Draw heavy = errorsOf([](Random &random) { return std::student_t_distribution<double>(3)(random); });
    const Draw skewed = errorsOf([](Random &random) { return std::lognormal_distribution<double>()(random); });
    std::printf("No loss: 12 months against 3, 30 features, %d runs; %% of runs with a loss found.\n"
                "| | 200 rows a month | before | 1000 | before |\n| --- | ---: | ---: | ---: | ---: |\n",
                runs);
    printFalseAlarms("RMSE, normal errors", normal, runs);
    printFalseAlarms("RMSE, Student's t of 3", heavy, runs);
    printFalseAlarms("RMSE, lognormal", skewed, runs);
    printFalseAlarms("AUC, events 30 %", scoresOf(0.3), runs);
    printFalseAlarms("AUC, events 3 %", scoresOf(0.03), runs);
    printFalseAlarms("AUC, events 0.5 %", scoresOf(0.005), runs);
    const int fewer = std::max(1, runs / 4);
    constexpr std::array<double, 4> stretched{0.1, 0.2, 0.3, 0.5};
    constexpr std::array<double, 4> weaker{0.1, 0.25, 0.5, 1.0};
    std::printf("\nThe last month loses; %% of %d runs in which it is seen.\n"
                "Errors that much larger:\n| | rows a month | 0.1 | 0.2 | 0.3 | 0.5 |\n",
                fewer);
    printSight("normal errors", normal, stretched, fewer);
    printSight("Student's t of 3", heavy, stretched, fewer);
    std::printf(
        "That share of the distance between events and others gone:\n| | rows a month | 0.1 | 0.25 | 0.5 | 1 |\n");
    printSight("events 30 %", scoresOf(0.3), weaker, fewer);
    printSight("events 3 %", scoresOf(0.03), weaker, fewer);
    return 0;
}
