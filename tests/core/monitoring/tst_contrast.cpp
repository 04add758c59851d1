// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/base/json.h"
#include "core/monitoring/contrast.h"
#include "core/stats/divergence.h"
#include "logfile.h"

#include <algorithm>
#include <cmath>

using namespace countersign;

namespace {

RunResult madeUp()
{
    RunResult run;
    run.sourceSha256 = "aa";
    run.reference.label = "up to 2019";
    run.reference.rows = 1000;
    run.settings.thresholds.falseDiscoveryRate = 0.02;
    FeatureResult income;
    income.name = "income";
    income.bins.edges = {1, 2};
    income.referenceCounts = {0, 300, 400, 300, 0, 0};
    income.referenceRows = 1000;
    income.periods = {{{0, 290, 410, 300, 0, 0}, 1000, 0, {}, {}, {}},
                      {{0, 150, 350, 500, 0, 100}, 1100, 100, {}, {}, {}}};
    run.features = {income};
    run.periods.resize(2);
    run.periods[0].label = "2020-01";
    run.periods[0].rows = 1000;
    run.periods[0].performance.figures["roc_auc"] = {0.80, 0.77, 0.83};
    run.periods[1].label = "2020-02";
    run.periods[1].rows = 1100;
    run.periods[1].performance.figures["roc_auc"] = {0.70, 0.66, 0.74};
    return run;
}

/// Two months of two branches: in the north the score tells events apart better, and more customers are new. `only`: of
/// this branch alone; empty: of both.
std::string branches(const std::string &only)
{
    std::string text = "ts,branch,kind,score,y\n";
    for (int row = 0; row < 4000; ++row) {
        const std::string branch = row % 5 < 2 ? "north" : "south";
        if (!only.empty() && branch != only)
            continue;
        const int mixed = (row * 7919) % 1009;
        const bool event = (row * 31) % 97 + (branch == "north" ? mixed / 8 : mixed / 40) > 90;
        text += "2024-0" + std::to_string(1 + row / 2000) + "-1" + std::to_string(row % 9) + "," + branch + "," +
                (mixed % 10 < (branch == "north" ? 4 : 2) ? "new" : "old") + "," +
                std::to_string(mixed * 0.00098 + 0.001) + "," + (event ? "1" : "0") + "\n";
    }
    return text;
}

RunSettings branchSettings(const std::string &path)
{
    RunSettings settings;
    settings.path = path;
    settings.roles.time = "ts";
    settings.roles.score = "score";
    settings.roles.target = "y";
    settings.roles.features = {"kind"};
    return settings;
}

RunResult segmentOf(const std::string &path, const std::string &branch)
{
    RunSettings settings = branchSettings(path);
    settings.roles.segment = "branch";
    settings.segmentValue = branch;
    return run(settings);
}

} // namespace

class TestContrast : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Newcombe's example of two proportions (Statistics in Medicine 17, 1998, method 10, case a): 56/70 - 48/80 = 0.2,
    /// 0.0524 to 0.3339, from Wilson's intervals of both.
    void theIntervalOfADifferenceIsNewcombes()
    {
        const auto wilson = [](double x, double n) {
            const double z = 1.959963984540054;
            const double p = x / n;
            const double centre = (p + z * z / (2 * n)) / (1 + z * z / n);
            const double reach = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n);
            return Figure{p, centre - reach, centre + reach};
        };
        const Figure difference = differenceOf(wilson(48, 80), wilson(56, 70));
        QVERIFY(std::abs(*difference.value - 0.2) < 1e-12);
        QVERIFY(std::abs(*difference.low - 0.0524) < 5e-5);
        QVERIFY(std::abs(*difference.high - 0.3339) < 5e-5);
    }

    void turnedAroundTheDifferenceChangesSign()
    {
        const RunResult run = madeUp();
        const auto one = contrastOf({run, 0}, {run, 1}).figures.front().difference;
        const auto other = contrastOf({run, 1}, {run, 0}).figures.front().difference;
        QCOMPARE(*one.value, -*other.value);
        QCOMPARE(*one.low, -*other.high);
        QCOMPARE(*one.high, -*other.low);
    }

    /// Of a hundred figures that differ as little as chance makes the least likely of them, none is apart; one that
    /// differs more is.
    void figuresAreToldApartAmongAllOfThem()
    {
        RunResult run = madeUp();
        run.settings.thresholds.falseDiscoveryRate = 0.05;
        auto &first = run.periods[0].performance.figures;
        auto &second = run.periods[1].performance.figures;
        first = {{"f0", {0.0, -1.0, 1.0}}, {"none", {0.5, {}, {}}}};
        second = {{"f0", {2.05, 0.3, 3.8}}, {"none", {0.9, {}, {}}}};
        auto figures = contrastOf({run, 0}, {run, 1}).figures;
        // Standard error of the difference: sqrt(1.75^2 + 1^2) / 1.95996 = 1.0284; z = 1.9934, p = 0.0462.
        QVERIFY(std::abs(*figures[0].adjustedPvalue - 0.0462) < 5e-5);
        QVERIFY(figures[0].apart && *figures[0].difference.low > 0);
        QVERIFY(!figures[1].adjustedPvalue && !figures[1].apart);
        for (int i = 1; i < 100; ++i) {
            const double likely = 0.0004 * i;
            first["f" + std::to_string(i)] = {0.0, -1.0, 1.0};
            second["f" + std::to_string(i)] = {likely, likely - 1.0, likely + 1.0};
        }
        second["f50"] = {9.0, 8.0, 10.0};
        figures = contrastOf({run, 0}, {run, 1}).figures;
        for (const FigureContrast &figure : figures)
            QCOMPARE(figure.apart, figure.name == "f50");
    }

    void fewRowsAreNotToldApart()
    {
        RunResult run = madeUp();
        run.settings.thresholds.minimumRows = 100;
        QVERIFY(contrastOf({run, 0}, {run, 1}).features.front().enoughRows);
        run.settings.thresholds.minimumRows = 100000;
        const FeatureContrast few = contrastOf({run, 0}, {run, 1}).features.front();
        QVERIFY(!few.enoughRows && !few.apart);
    }

    void twoPeriodsOfARun()
    {
        const RunResult run = madeUp();
        const Contrast contrast = contrastOf({run, 0}, {run, 1});
        QCOMPARE(contrast.firstLabel, std::string("2020-01"));
        QCOMPARE(contrast.secondRows, std::uint64_t(1100));
        QVERIFY(!contrast.sameRows);
        QCOMPARE(contrast.features.size(), std::size_t(1));
        const FeatureContrast &income = contrast.features.front();
        QVERIFY(income.whyNot.empty());
        QVERIFY(*income.psi > 0.1);
        QVERIFY(*income.adjustedPvalue < 1e-6);
        QVERIFY(income.apart);
        QCOMPARE(*income.secondMissingRate, 100.0 / 1100.0);
        QVERIFY(contrast.figures.front().apart);
    }

    /// Two segments of one log are compared as their rows would be if each had a log of its own.
    void twoSegmentsOfALog()
    {
        const LogFolder folder;
        const std::string log = folder.write("branches.csv", branches({}));
        const Contrast contrast = contrastOf({segmentOf(log, "north"), 1}, {segmentOf(log, "south"), 1});
        QCOMPARE(contrast.firstRows, std::uint64_t(800));
        QCOMPARE(contrast.secondRows, std::uint64_t(1200));
        QCOMPARE(contrast.firstLabel, contrast.secondLabel);
        QVERIFY(!contrast.sameRows);

        const RunResult north = run(branchSettings(folder.write("north.csv", branches("north"))));
        const RunResult south = run(branchSettings(folder.write("south.csv", branches("south"))));
        const Contrast apart = contrastOf({north, 1}, {south, 1});
        QVERIFY(contrast.figures.size() > 3);
        QCOMPARE(contrast.figures.size(), apart.figures.size());
        for (std::size_t i = 0; i < apart.figures.size(); ++i) {
            QCOMPARE(contrast.figures[i].name, apart.figures[i].name);
            QCOMPARE(json::serialize(toJson(contrast.figures[i].difference)),
                     json::serialize(toJson(apart.figures[i].difference)));
        }
        const auto auc = std::ranges::find(contrast.figures, std::string("roc_auc"), &FigureContrast::name);
        QVERIFY(auc != contrast.figures.end());
        QVERIFY(auc->apart && *auc->difference.value < 0); // worse in the south
        QCOMPARE(*auc->first.value, *north.periods[1].performance.auc);

        const auto kind = std::ranges::find(contrast.features, std::string("kind"), &FeatureContrast::feature);
        QVERIFY(kind->whyNot.empty() && kind->apart);
        QCOMPARE(*kind->psi,
                 populationStabilityIndex(north.features[0].periods[1].counts, south.features[0].periods[1].counts));
    }

    /// Also numbers, and categories that one of the segments alone has: in bins of the reference of both.
    void segmentsAreCountedInBinsTheyShare()
    {
        const LogFolder folder;
        std::string text = "ts,branch,amount,kind\n";
        for (int row = 0; row < 4000; ++row) {
            const bool north = row % 2 == 0;
            text += "2024-0" + std::to_string(1 + row / 2000) + "-1" + std::to_string(row % 9) +
                    (north ? ",north," : ",south,") + std::to_string((row * 7919) % 1009 + (north ? 0 : 200)) + "," +
                    (row % 7 == 0 && !north ? "rural" : "urban") + "\n";
        }
        const std::string path = folder.write("two.csv", text);
        RunSettings settings;
        settings.path = path;
        settings.roles.time = "ts";
        const RunResult both = run(settings);
        settings.roles.segment = "branch";
        const auto of = [&settings](const char *branch) {
            settings.segmentValue = branch;
            return run(settings);
        };
        const RunResult north = of("north");
        const RunResult south = of("south");
        QVERIFY(north.features[0].bins.edges != south.features[0].bins.edges);
        const Contrast contrast = contrastOf({north, 1}, {south, 1});
        QCOMPARE(contrast.features.size(), std::size_t(2));
        for (std::size_t i = 0; i < 2; ++i) {
            const FeatureContrast &feature = contrast.features[i];
            const FeatureResult &all = *std::ranges::find(both.features, feature.feature, &FeatureResult::name);
            QVERIFY2(feature.whyNot.empty() && feature.apart, feature.whyNot.c_str());
            QCOMPARE(feature.bins.labels, all.bins.labels);
            QCOMPARE(feature.firstCounts.size(), feature.secondCounts.size());
            for (std::size_t bin = 0; bin < feature.firstCounts.size(); ++bin)
                QCOMPARE(feature.firstCounts[bin] + feature.secondCounts[bin], all.periods[1].counts[bin]);
        }
        // A segment beside all of them, and its reference, too.
        const Contrast beside = contrastOf({both, std::nullopt}, {south, std::nullopt});
        const auto amount = std::ranges::find(beside.features, std::string("amount"), &FeatureContrast::feature);
        QVERIFY2(amount->whyNot.empty(), amount->whyNot.c_str());
        QCOMPARE(amount->firstCounts,
                 std::ranges::find(both.features, std::string("amount"), &FeatureResult::name)->referenceCounts);

        const RunResult again = recompute(south);
        QCOMPARE(json::serialize(toJson(again.features)), json::serialize(toJson(south.features)));
        QCOMPARE(json::serialize(toJson(fromJson<RunResult>(toJson(south)))), json::serialize(toJson(south)));
        RunResult wrong = south;
        wrong.features[0].shared->periods[1][0] += 1;
        QVERIFY_THROWS_EXCEPTION(Exception, static_cast<void>(recompute(wrong)));
    }

    void aSideBesideItselfIsTheSame()
    {
        const RunResult run = madeUp();
        const Contrast contrast = contrastOf({run, 0}, {run, 0});
        QVERIFY(contrast.sameRows);
        QCOMPARE(*contrast.features.front().psi, 0.0);
        QVERIFY(!contrast.features.front().apart);
        QVERIFY(!contrast.figures.front().apart);
    }

    void theReferenceIsASideToo()
    {
        const RunResult run = madeUp();
        const Contrast contrast = contrastOf({run, std::nullopt}, {run, 0});
        QCOMPARE(contrast.firstLabel, std::string("up to 2019"));
        QVERIFY(!contrast.features.front().apart);
        QVERIFY(contrast.figures.empty());
    }

    void whatCannotBeComparedSaysWhy()
    {
        const RunResult one = madeUp();
        RunResult other = madeUp();
        other.features.front().bins.edges = {1, 3};
        FeatureResult age = other.features.front();
        age.name = "age";
        other.features.push_back(age);
        const Contrast contrast = contrastOf({one, 0}, {other, 0});
        QCOMPARE(contrast.features.size(), std::size_t(2));
        QVERIFY(contrast.features[0].whyNot.find("different bins") != std::string::npos);
        QVERIFY(contrast.features[1].whyNot.find("first run does not have it") != std::string::npos);
        QVERIFY(!contrast.features[0].psi);
        QVERIFY_THROWS_EXCEPTION(Exception, static_cast<void>(contrastOf({one, 7}, {other, 0})));
    }
};

QTEST_APPLESS_MAIN(TestContrast)
#include "tst_contrast.moc"
