// SPDX-License-Identifier: GPL-3.0-or-later
//
// How often verdicts cry wolf on columns that never change, and how often they see a drift of stated size: the tables
// of docs/false-alarms.md. Seeded: the same figures every time. falsealarms [runs [rows]], 1,000 runs of every number
// of rows unless told; with `rows`, the first table for these alone.

#include "core/monitoring/evaluation.h"
#include "tests/support/simulatedrun.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

using namespace countersign;

namespace {

constexpr std::array<std::uint64_t, 7> rowsOfPeriods{50, 100, 200, 500, 1000, 10000, 100000};
constexpr std::uint64_t seed = 20261124;

bool isAlarm(const FeaturePeriod &period)
{
    return period.verdict.verdict == Verdict::Amber || period.verdict.verdict == Verdict::Red;
}

bool hasAlarm(const RunResult &run)
{
    return std::any_of(run.features.begin(), run.features.end(), [](const FeatureResult &feature) {
        return std::any_of(feature.periods.begin(), feature.periods.end(), isAlarm);
    });
}

SimulatedRun planOf(std::uint64_t rows, LimitRule rule)
{
    SimulatedRun plan;
    plan.thresholds.psiRule = rule;
    plan.rows = rows;
    plan.referenceRows = 12 * rows;
    if (rule == LimitRule::Learnt) { // the year before stands in the run, month by month
        plan.periods = 24;
        plan.referencePeriods = 12;
    }
    return plan;
}

/// A percentage and its standard error.
std::string percentOf(double count, double of)
{
    const double share = count / of;
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%.1f ± %.1f", 100 * share, 100 * std::sqrt(share * (1 - share) / of));
    return text.data();
}

/// Percentages of tests and of runs.
void printFalseAlarms(int runs, std::uint64_t onlyRows)
{
    std::printf("No drift: 30 features, 12 months against the 12 before, %d runs.\n", runs);
    std::printf(
        "| rows a month | tests with PSI over 0.10 | runs with such a test | tests with a verdict amber or red | "
        "runs with such a verdict: fixed limits | limits by sample size | learnt limits |\n"
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
    for (const std::uint64_t rows : rowsOfPeriods) {
        if (onlyRows != 0 && rows != onlyRows)
            continue;
        std::array<double, 3> runsWithAlarm{};
        double over = 0;
        double tests = 0;
        double alarms = 0;
        double runsOver = 0;
        for (const LimitRule rule : {LimitRule::Fixed, LimitRule::SampleSize, LimitRule::Learnt}) {
            RunSimulator simulator(seed);
            for (int i = 0; i < runs; ++i) {
                const SimulatedRun plan = planOf(rows, rule);
                RunResult run = simulator.draw(plan);
                evaluate(run);
                bool anyOver = false;
                bool anyAlarm = false;
                for (const FeatureResult &feature : run.features) {
                    for (std::size_t at = plan.referencePeriods; at < feature.periods.size(); ++at) {
                        const FeaturePeriod &period = feature.periods[at];
                        const bool isOver = *period.statistics.psi > Thresholds().psiAmber;
                        anyOver = anyOver || isOver;
                        anyAlarm = anyAlarm || isAlarm(period);
                        if (rule == LimitRule::Fixed) {
                            ++tests;
                            over += isOver;
                            alarms += isAlarm(period);
                        }
                    }
                }
                runsOver += rule == LimitRule::Fixed && anyOver;
                runsWithAlarm[static_cast<std::size_t>(rule)] += anyAlarm;
            }
        }
        const auto percent = [&](double count, double of) { return 100 * count / of; };
        std::printf("| %llu | %.3f | %.1f | %.4f | %s | %s | %s |\n", static_cast<unsigned long long>(rows),
                    percent(over, tests), percent(runsOver, runs), percent(alarms, tests),
                    percentOf(runsWithAlarm[0], runs).c_str(), percentOf(runsWithAlarm[1], runs).c_str(),
                    percentOf(runsWithAlarm[2], runs).c_str());
    }
}

/// Limits by sample size; what runs of engine version 2 were judged by stands beside.
void printCategories(int runs)
{
    struct Columns
    {
        const char *name;
        std::vector<double> shares;
    };
    const std::array<Columns, 4> kinds{
        {{"93 % and 7 %", {0.93, 0.07}},
         {"20 of 5 %", std::vector<double>(20, 0.05)},
         {"94 % and six of 1 %", {0.94, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01}},
         {"40, 20, 12, 8, 6, 6, 4, 4 %", {0.4, 0.2, 0.12, 0.08, 0.06, 0.06, 0.04, 0.04}}}};
    std::printf("\nNo drift: 30 columns of categories, 12 months against the 12 before, limits by sample size, %d "
                "runs; %% of runs "
                "with a verdict amber or red.\n| categories | rows a month | engine version 2 | now |\n"
                "| --- | ---: | ---: | ---: |\n",
                runs);
    for (const Columns &kind : kinds) {
        for (const std::uint64_t rows : {100, 1000}) {
            std::array<double, 2> standingOut{};
            RunSimulator simulator(seed);
            SimulatedRun plan = planOf(rows, LimitRule::SampleSize);
            plan.categories = kind.shares;
            for (int i = 0; i < runs; ++i) {
                RunResult run = simulator.draw(plan);
                for (const std::size_t now : {0, 1}) {
                    run.engineVersion = now == 1 ? monitoringEngineVersion : "2";
                    evaluate(run);
                    standingOut.at(now) += hasAlarm(run);
                }
            }
            std::printf("| %s | %llu | %s | %s |\n", kind.name, static_cast<unsigned long long>(rows),
                        percentOf(standingOut[0], runs).c_str(), percentOf(standingOut[1], runs).c_str());
        }
    }
}

/// A limit of next to nothing on each statistic that a policy may limit besides PSI, so that chance alone decides.
void printOtherLimits(int runs)
{
    std::printf("\nNo drift: 30 features with 5 %% missing values, 12 months against the 12 before, a limit of next to "
                "nothing on one statistic of a column; %% of %d runs with a verdict amber or red.\n| rows a month |",
                runs);
    constexpr std::array statistics{LimitedStatistic::jensenShannonDistance, LimitedStatistic::hellinger,
                                    LimitedStatistic::lInfinity, LimitedStatistic::missingRateRise,
                                    LimitedStatistic::outOfRangeShare};
    for (const LimitedStatistic statistic : statistics)
        std::printf(" %s |", nameOf(statistic).c_str());
    std::printf("\n| ---: | ---: | ---: | ---: | ---: | ---: |\n");
    for (const std::uint64_t rows : {100, 200, 500, 1000, 10000}) {
        std::printf("| %llu |", static_cast<unsigned long long>(rows));
        for (const LimitedStatistic statistic : statistics) {
            RunSimulator simulator(seed);
            SimulatedRun plan = planOf(rows, LimitRule::Fixed);
            plan.missing = 0.05;
            plan.thresholds.psiAmber = plan.thresholds.psiRed = 100;
            plan.thresholds.statistics = {{statistic, 1e-9, 100}};
            int alarms = 0;
            for (int i = 0; i < runs; ++i) {
                RunResult run = simulator.draw(plan);
                evaluate(run);
                alarms += hasAlarm(run);
            }
            std::printf(" %s |", percentOf(alarms, runs).c_str());
        }
        std::printf("\n");
    }
}

void printPower(int runs)
{
    constexpr std::array<double, 5> shifts{0.1, 0.2, 0.35, 0.5, 1.0};
    for (const LimitRule rule : {LimitRule::Fixed, LimitRule::SampleSize, LimitRule::Learnt}) {
        std::printf("\nPower, %s: one feature of 30 shifts in the last month, by standard deviations of a normal "
                    "column; %% of %d runs in which it is amber or red.\n| rows a month |",
                    rule == LimitRule::Fixed        ? "fixed limits"
                    : rule == LimitRule::SampleSize ? "limits by sample size"
                                                    : "learnt limits",
                    runs);
        for (const double shift : shifts)
            std::printf(" %.2f |", shift);
        std::printf("\n| ---: | ---: | ---: | ---: | ---: | ---: |\n");
        for (const std::uint64_t rows : rowsOfPeriods) {
            std::printf("| %llu |", static_cast<unsigned long long>(rows));
            for (const double shift : shifts) {
                RunSimulator simulator(seed);
                SimulatedRun plan = planOf(rows, rule);
                plan.shift = shift;
                int seen = 0;
                for (int i = 0; i < runs; ++i) {
                    RunResult run = simulator.draw(plan);
                    evaluate(run);
                    seen += isAlarm(run.features.front().periods.back());
                }
                std::printf(" %.0f |", 100.0 * seen / runs);
            }
            std::printf("\n");
        }
    }
}

} // namespace

int main(int argc, char **argv)
{
    constexpr int most = 100000;
    const int runs = argc > 1 ? std::atoi(argv[1]) : 1000;
    const int rows = argc > 2 ? std::atoi(argv[2]) : 0;
    if (argc > 3 || runs < 1 || runs > most || rows < 0) {
        std::fprintf(stderr, "usage: falsealarms [runs, 1 to %d [rows]]\n", most);
        return 2;
    }
    printFalseAlarms(runs, static_cast<std::uint64_t>(rows));
    if (rows != 0)
        return 0;
    printCategories(runs);
    printOtherLimits(runs);
    printPower(std::max(1, runs / 4));
    return 0;
}
