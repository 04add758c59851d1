// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/monitoring/run.h"

namespace countersign::test {

/// Three months against a reference of 1,000 rows, every figure chosen by hand: a number that drifts to red, a text
/// column with new categories, and too few rows in the middle month.
inline RunResult madeUpRun()
{
    RunResult run;
    run.sourceName = "made-up.csv";
    run.sourceSha256 = std::string(64, 'a');
    run.rows = 1750;
    run.definitions = {{"psi", "PSI as defined in the test"}, {"auc", "AUC as defined in the test"}};
    run.reference.label = "up to 2026-03-31";
    run.reference.rows = 1000;
    run.reference.labelledRows = 900;
    run.reference.performance.auc = 0.76;
    for (const char *label : {"2026-04", "2026-05", "2026-06"}) {
        RunPeriod period;
        period.label = label;
        period.rows = 500;
        period.labelledRows = 400;
        period.performance.auc = 0.75;
        period.performanceVerdict = Verdict::Green;
        run.periods.push_back(period);
    }
    run.periods[1].rows = 40;
    run.periods[1].labelledRows = 30;
    run.periods[1].performanceVerdict = Verdict::NotEnoughData;
    run.periods[2].performance.auc = 0.70;
    run.periods[2].performanceVerdict = Verdict::Red;
    run.periods[2].verdict = Verdict::Red;

    FeatureResult income;
    income.name = "income";
    income.importance = 1.0;
    income.bins = {{10, 20}, 5.0, 30.0, {}, {}, {"below 5", "up to 10", "10 to 20", "over 20", "above 30", "missing"}};
    income.referenceCounts = {0, 300, 400, 290, 0, 10};
    income.referenceRows = 1000;
    income.referenceMissing = 10;
    const std::vector<double> psi = {0.02, 0.40, 0.31};
    const std::vector<Verdict> verdicts = {Verdict::Green, Verdict::NotEnoughData, Verdict::Red};
    for (std::size_t i = 0; i < 3; ++i) {
        FeaturePeriod period;
        period.n = run.periods[i].rows;
        period.counts = {5, 100, 150, 200, 25, 20};
        period.missing = 20;
        period.statistics.psi = psi[i];
        period.statistics.ksStatistic = psi[i] / 2;
        period.statistics.missingRate = 0.04;
        period.verdict.verdict = verdicts[i];
        period.verdict.enoughRows = i != 1;
        period.verdict.reason = "reason " + std::to_string(i);
        income.periods.push_back(period);
    }
    FeatureResult region;
    region.name = "region";
    region.type = ColumnType::Categorical;
    region.importance = 0.25;
    region.bins = {{}, {}, {}, {"north", "south"}, {}, {"north", "south", "new categories", "missing"}};
    region.referenceCounts = {600, 400, 0, 0};
    region.referenceRows = 1000;
    for (std::size_t i = 0; i < 3; ++i) {
        FeaturePeriod period;
        period.n = run.periods[i].rows;
        period.counts = {300, 190, 10, 0};
        period.statistics.psi = 0.01;
        period.verdict.verdict = i == 1 ? Verdict::NotEnoughData : Verdict::Green;
        period.verdict.enoughRows = i != 1;
        region.periods.push_back(period);
    }
    run.features = {income, region};
    run.verdict = Verdict::Red;
    return run;
}

} // namespace countersign::test
