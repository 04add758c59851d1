// SPDX-License-Identifier: GPL-3.0-or-later
//
// How often a run suspects concept drift where there is none, and how often it sees one of stated size: the tables of
// docs/false-alarms.md. Seeded: the same figures every time. gapalarms [runs], 1,000 unless told.

#include "core/monitoring/evaluation.h"
#include "core/monitoring/outcomemeasure.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>

using namespace countersign;

namespace {

constexpr std::size_t referencePeriods = 3;
constexpr std::size_t periods = 12;
constexpr std::uint64_t seed = 20261124;

struct GapPlan
{
    std::size_t rows = 0;
    double center = 0; ///< mean log-odds of the event
    double mix = 0;    ///< added to the log-odds of all rows outside the reference
    double drift = 0;  ///< share of the score's log-odds that the outcome of the last period no longer follows
};

/// A run of a score and a target in memory: 3 periods of reference, then 12.
class GapSimulator
{
public:
    [[nodiscard]] RunResult draw(const GapPlan &plan)
    {
        const std::size_t n = plan.rows * (referencePeriods + periods);
        std::vector<double> scores(n);
        std::vector<double> targets(n);
        LogTable log;
        RowGroups judged{{std::vector<Group>(n, noGroup)}, std::vector<std::uint64_t>(periods, plan.rows)};
        RowGroups reference{{std::vector<Group>(n, noGroup)}, {referencePeriods * plan.rows}};
        std::normal_distribution<double> normal;
        std::uniform_real_distribution<double> uniform;
        for (std::size_t i = 0; i < n; ++i) {
            const std::size_t period = i / plan.rows;
            const bool outside = period >= referencePeriods;
            const double odds = plan.center + 1.3 * normal(m_random) + (outside ? plan.mix : 0);
            const double kept = period + 1 == referencePeriods + periods ? 1 - plan.drift : 1;
            scores[i] = 1 / (1 + std::exp(-odds));
            targets[i] = uniform(m_random) < 1 / (1 + std::exp(-odds * kept)) ? 1 : 0;
            (outside ? judged : reference).groupOfRow[0][i] =
                outside ? static_cast<Group>(period - referencePeriods) : 0;
        }
        log.columns = {columnOf("score", scores), columnOf("target", targets)};
        log.chunkRows = {n};
        log.rows = n;
        const OutcomePlan outcome{OutcomePlan::Kind::Auc, "score", "target", "1", {}};
        MeasuredOutcomes measured = measureOutcomes({log, judged, log, reference}, outcome, 0.5, {}, 2, {});
        RunResult run;
        run.reference.performance = std::move(measured.reference.performance);
        run.reference.estimate = std::move(measured.reference.estimate);
        for (GroupOutcome &group : measured.periods) {
            run.periods.emplace_back();
            run.periods.back().performance = std::move(group.performance);
            run.periods.back().estimate = std::move(group.estimate);
        }
        evaluateOutcomes(run.reference, run.periods, run.settings);
        return run;
    }

private:
    [[nodiscard]] static LogColumn columnOf(const char *name, std::vector<double> &numbers)
    {
        LogColumn column;
        column.name = name;
        column.kind = CellKind::Number;
        column.chunks.unchecked().emplace_back().numbers = numbers;
        return column;
    }

    std::mt19937_64 m_random{seed};
};

bool suspected(const RunPeriod &period)
{
    return period.estimate && period.estimate->suspectedConceptDrift;
}

void printFalseSuspicions(int runs)
{
    std::printf("No concept drift: 12 months against 3, %d runs; %% of runs with a suspicion.\n"
                "| rows a month | events 30 %% | events 7 %% | another mix of rows: 44 %% events | 20 %% events |\n"
                "| ---: | ---: | ---: | ---: | ---: |\n",
                runs);
    for (const std::size_t rows : {100, 300, 1000, 3000}) {
        std::printf("| %zu |", rows);
        for (const GapPlan &plan : {GapPlan{rows, -1, 0, 0}, GapPlan{rows, -3.2, 0, 0}, GapPlan{rows, -1, 0.75, 0},
                                    GapPlan{rows, -1, -0.75, 0}}) {
            GapSimulator simulator;
            int alarms = 0;
            for (int i = 0; i < runs; ++i) {
                const RunResult run = simulator.draw(plan);
                alarms += std::any_of(run.periods.begin(), run.periods.end(), suspected);
            }
            const double share = static_cast<double>(alarms) / runs;
            std::printf(" %.1f ± %.1f |", 100 * share, 100 * std::sqrt(share * (1 - share) / runs));
        }
        std::printf("\n");
    }
}

void printSight(int runs)
{
    constexpr std::array<double, 4> drifts{0.1, 0.25, 0.5, 0.75};
    std::printf(
        "\nThe outcome of the last month follows the score's log-odds less, by the share in the heading; events "
        "30 %%; %% of %d runs in which that month is suspected.\n| rows a month |",
        runs);
    for (const double drift : drifts)
        std::printf(" %.2f |", drift);
    std::printf("\n| ---: | ---: | ---: | ---: | ---: |\n");
    for (const std::size_t rows : {100, 300, 1000, 3000, 10000}) {
        std::printf("| %zu |", rows);
        for (const double drift : drifts) {
            GapSimulator simulator;
            int seen = 0;
            for (int i = 0; i < runs; ++i)
                seen += suspected(simulator.draw({rows, -1, 0, drift}).periods.back());
            std::printf(" %.0f |", 100.0 * seen / runs);
        }
        std::printf("\n");
    }
}

} // namespace

int main(int argc, char **argv)
{
    constexpr int most = 100000;
    const int runs = argc > 1 ? std::atoi(argv[1]) : 1000;
    if (argc > 2 || runs < 1 || runs > most) {
        std::fprintf(stderr, "usage: gapalarms [runs, 1 to %d]\n", most);
        return 2;
    }
    printFalseSuspicions(runs);
    printSight(std::max(1, runs / 10));
    return 0;
}
