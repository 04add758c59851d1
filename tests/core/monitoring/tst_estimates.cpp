// SPDX-License-Identifier: GPL-3.0-or-later
//
// Performance estimated without outcomes: what a run records of it, how often it cries wolf, and what it sees.
#include <QtTest>

#include "core/base/json.h"
#include "core/monitoring/bytesource.h"
#include "core/monitoring/estimatefigures.h"
#include "core/monitoring/run.h"
#include "logfile.h"

#include <cmath>
#include <filesystem>
#include <random>
#include <sstream>

using namespace countersign;

namespace {

/// A log of `periods` periods; the first `referencePeriods` are the reference. From `changeAt` on the score is drawn
/// elsewhere (`mix`, in log-odds), or the outcome follows it less (`drift` 1: not at all).
struct Plan
{
    std::size_t periods = 15;
    std::size_t referencePeriods = 3;
    std::size_t rows = 300;
    double center = -1; ///< mean log-odds
    std::size_t changeAt = 15;
    double mix = 0;
    double drift = 0;
    double falseDiscoveryRate = 0.02;
    double labelled = 1; ///< chance of a row outside the reference to have its outcome
};

std::string logOf(const Plan &plan, std::uint64_t seed)
{
    std::mt19937_64 random(seed);
    std::normal_distribution<double> normal;
    std::uniform_real_distribution<double> uniform;
    std::ostringstream text;
    text.precision(17);
    text << "score,y\n";
    for (std::size_t period = 0; period < plan.periods; ++period) {
        const bool changed = period >= plan.changeAt;
        for (std::size_t i = 0; i < plan.rows; ++i) {
            const double odds = plan.center + 1.3 * normal(random) + (changed ? plan.mix : 0);
            const double truth = 1 / (1 + std::exp(-odds * (changed ? 1 - plan.drift : 1)));
            text << 1 / (1 + std::exp(-odds)) << ',';
            const int event = uniform(random) < truth ? 1 : 0;
            if (uniform(random) < plan.labelled || period < plan.referencePeriods)
                text << event;
            text << '\n';
        }
    }
    return text.str();
}

RunSettings settingsFor(const Plan &plan, const std::string &path)
{
    RunSettings settings;
    settings.path = path;
    settings.roles.score = "score";
    settings.roles.target = "y";
    settings.roles.features = {"score"};
    settings.period = PeriodKind::Rows;
    settings.rowsPerPeriod = plan.rows;
    settings.reference.firstPeriods = plan.referencePeriods;
    settings.thresholds.falseDiscoveryRate = plan.falseDiscoveryRate;
    return settings;
}

std::vector<std::vector<std::string>> linesOf(const std::string &path)
{
    std::ifstream file(path);
    std::vector<std::vector<std::string>> lines;
    for (std::string line; std::getline(file, line);) {
        lines.emplace_back();
        std::stringstream fields(line);
        for (std::string field; std::getline(fields, field, ',');)
            lines.back().push_back(field);
    }
    return lines;
}

bool mentions(const std::string &text, const char *words)
{
    return text.find(words) != std::string::npos;
}

} // namespace

class TestEstimates : public QObject
{
    Q_OBJECT

private:
    RunResult runOf(const Plan &plan, std::uint64_t seed)
    {
        return run(settingsFor(plan, m_folder.write("log.csv", logOf(plan, seed))), {}, {}, {2});
    }

private Q_SLOTS:
    void undriftedRunsAreSeldomSuspected_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<double>("center");
        QTest::addColumn<double>("mix");
        QTest::newRow("few rows") << 100 << -1.0 << 0.0;
        QTest::newRow("some rows") << 500 << 0.0 << 0.0;
        QTest::newRow("rare events") << 500 << -3.5 << 0.0;
        QTest::newRow("another mix of rows") << 500 << -1.0 << 0.8;
    }

    void undriftedRunsAreSeldomSuspected()
    {
        QFETCH(int, rows);
        QFETCH(double, center);
        QFETCH(double, mix);
        Plan plan;
        plan.rows = static_cast<std::size_t>(rows);
        plan.center = center;
        plan.mix = mix;
        plan.changeAt = 9;
        int suspected = 0;
        constexpr int runs = 60;
        for (int i = 0; i < runs; ++i) {
            const RunResult result = runOf(plan, 1000 + static_cast<std::uint64_t>(i));
            suspected += std::any_of(result.periods.begin(), result.periods.end(), [](const RunPeriod &period) {
                return period.estimate && period.estimate->suspectedConceptDrift;
            });
        }
        qInfo("%d of %d runs suspected", suspected, runs);
        // At 2 % a run the binomial count of 60 stays under 7 but once in a thousand.
        QVERIFY(suspected < 7);
    }

    void conceptDriftIsSuspectedWhereItIs()
    {
        Plan plan;
        plan.rows = 1000;
        plan.changeAt = 10;
        plan.drift = 0.6;
        plan.falseDiscoveryRate = 1e-4;
        const RunResult result = runOf(plan, 1);
        for (std::size_t i = 0; i < result.periods.size(); ++i) {
            const PerformanceEstimate &estimate = *result.periods[i].estimate;
            QCOMPARE(estimate.suspectedConceptDrift, i >= 10);
            QCOMPARE(estimate.gapPvalue.has_value(), i >= 3);
            QVERIFY2(mentions(estimate.reason, i < 3     ? "calibrated on these rows"
                                               : i >= 10 ? "concept drift is suspected"
                                                         : "Chance alone may give as much"),
                     estimate.reason.c_str());
            const Figure &gap = estimate.gaps.at("roc_auc");
            QVERIFY(std::abs(*gap.value -
                             (*result.periods[i].performance.auc - *estimate.figures.at("roc_auc").value)) < 1e-12);
            QVERIFY(*gap.low < *gap.value && *gap.value < *gap.high);
            if (i >= 10)
                QVERIFY(*gap.high < 0);
        }
        QVERIFY(mentions(result.definitions.at("estimate"), "assumption"));
        QVERIFY(result.definitions.contains("gap"));
    }

    void aChangedMixOfRowsIsForeseen()
    {
        Plan plan;
        plan.rows = 20000;
        plan.periods = 4;
        plan.changeAt = 3;
        plan.mix = -1.5;
        const RunResult result = runOf(plan, 2);
        const RunPeriod &last = result.periods.back();
        for (const auto &[name, estimated] : last.estimate->figures) {
            const double realised = *last.performance.figures.at(name).value;
            QVERIFY2(*estimated.low <= realised && realised <= *estimated.high, name.c_str());
        }
        const double before = *result.periods[2].performance.figures.at("brier").value;
        QVERIFY(std::abs(*last.estimate->figures.at("brier").value - before) > 0.03); // it did change
        QVERIFY(!last.estimate->suspectedConceptDrift);
    }

    void realisedFiguresLieWithinTheIntervalsAsOftenAsStated()
    {
        Plan plan;
        plan.rows = 400;
        std::map<std::string, int> inside;
        int all = 0;
        for (std::uint64_t seed = 0; seed < 25; ++seed) {
            const RunResult result = runOf(plan, 500 + seed);
            for (std::size_t i = 3; i < result.periods.size(); ++i, ++all) {
                for (const auto &[name, estimated] : result.periods[i].estimate->figures) {
                    const double realised = *result.periods[i].performance.figures.at(name).value;
                    inside[name] += *estimated.low <= realised && realised <= *estimated.high;
                }
            }
        }
        QCOMPARE(inside.size(), estimateFigureInfos().size());
        for (const auto &[name, count] : inside) {
            qInfo("%s: %.1f %%", name.c_str(), 100.0 * count / all);
            QVERIFY2(count > 0.90 * all && count < 0.985 * all, name.c_str());
        }
    }

    void outcomesThatComeLateAreNamed()
    {
        Plan plan;
        plan.rows = 300;
        plan.labelled = 0.2;
        RunResult result = runOf(plan, 3);
        const PerformanceEstimate &some = *result.periods[8].estimate;
        QCOMPARE(some.evidence.n, std::uint64_t{300});
        QVERIFY(some.labelledEvidence->n < 100);
        QVERIFY2(mentions(some.reason, "rows with score and outcome, at least 100 are needed"), some.reason.c_str());
        QVERIFY(!some.gapPvalue && !some.suspectedConceptDrift && some.figures.at("accuracy").low);
        plan.labelled = 0;
        result = runOf(plan, 4);
        const PerformanceEstimate &none = *result.periods[8].estimate;
        QVERIFY2(mentions(none.reason, "No outcome is known yet"), none.reason.c_str());
        QVERIFY(none.gaps.empty() && none.figures.at("roc_auc").value);
        plan.labelled = 1;
        plan.center = -7;
        plan.rows = 1000;
        result = runOf(plan, 5);
        const PerformanceEstimate &rare = *result.periods[8].estimate;
        QVERIFY2(mentions(rare.reason, "rarer outcome"), rare.reason.c_str());
    }

    void recomputedEqualsRecorded()
    {
        Plan plan;
        plan.changeAt = 12;
        plan.drift = 0.9;
        const RunResult result = runOf(plan, 6);
        RunResult emptied = result;
        const auto empty = [](std::optional<PerformanceEstimate> &estimate) {
            PerformanceEstimate kept;
            kept.evidence = estimate->evidence;
            kept.labelledEvidence = estimate->labelledEvidence;
            estimate = kept;
        };
        empty(emptied.reference.estimate);
        for (RunPeriod &period : emptied.periods)
            empty(period.estimate);
        const json::value stored = json::parse(json::serialize(toJson(emptied)));
        QCOMPARE(json::serialize(toJson(recompute(fromJson<RunResult>(stored)))), json::serialize(toJson(result)));
    }

    void evidenceWithoutSpreadsGivesFiguresWithoutIntervals()
    {
        RunResult result = runOf({}, 7);
        for (RunPeriod &period : result.periods) {
            period.estimate->evidence.spreads.clear();
            period.estimate->labelledEvidence->spreads.clear();
        }
        result = recompute(result);
        const PerformanceEstimate &estimate = *result.periods.back().estimate;
        QVERIFY(estimate.figures.at("roc_auc").value && !estimate.figures.at("roc_auc").low);
        QVERIFY(!estimate.gapPvalue);
        QVERIFY2(mentions(estimate.reason, "not recorded"), estimate.reason.c_str());
    }

    void censusAgreesWithNannyML()
    {
        const std::string shared = SHARED_DIR;
        const std::string expected = shared + "/expected/nannyml_run_census_cbpe.csv";
        if (!std::filesystem::exists(expected))
            QSKIP("The shared data sets are not at hand.");
        std::string reference;
        std::string analysis;
        {
            ByteSource source(shared + "/data/census_ma_employment.csv.gz");
            std::string text(std::size_t{64} << 20, '\0');
            text.resize(source.read(text.data(), text.size()));
            std::istringstream lines(text);
            std::string line;
            std::getline(lines, line);
            reference = analysis = line + "\n";
            while (std::getline(lines, line))
                (line.ends_with(",reference") ? reference : analysis) += line + "\n";
        }
        RunSettings settings;
        settings.path = m_folder.write("analysis.csv", analysis);
        settings.reference.path = m_folder.write("reference.csv", reference);
        settings.roles.score = "predicted_probability";
        settings.roles.target = "employed";
        settings.roles.features = {"AGEP"};
        settings.period = PeriodKind::Rows;
        settings.rowsPerPeriod = 5000;
        const RunResult result = run(settings);
        const auto lines = linesOf(expected);
        const auto real = linesOf(shared + "/expected/nannyml_run_census_real.csv");
        const auto cell = [](const auto &table, std::size_t line, const std::string &name) {
            const auto found = std::find(table[0].begin(), table[0].end(), name);
            return table[line][static_cast<std::size_t>(found - table[0].begin())];
        };
        std::size_t at = 0;
        std::size_t suspected = 0;
        for (std::size_t k = 1; k < lines.size(); ++k) {
            if (cell(lines, k, "chunk|period") != "analysis")
                continue;
            QVERIFY(at < result.periods.size());
            const PerformanceEstimate &estimate = *result.periods[at++].estimate;
            for (const char *name : {"roc_auc", "accuracy", "f1"}) {
                const double theirs = std::stod(cell(lines, k, std::string(name) + "|value"));
                const double realised = std::stod(cell(real, k, std::string(name) + "|value"));
                QVERIFY2(std::abs(*estimate.figures.at(name).value - theirs) < 1e-8, name);
                if (const auto gap = estimate.gaps.find(name); gap != estimate.gaps.end())
                    QVERIFY2(std::abs(*gap->second.value - (realised - theirs)) < 1e-8, name);
            }
            const double precision = std::stod(cell(lines, k, "average_precision|value"));
            QVERIFY(std::abs(*estimate.figures.at("average_precision").value - precision) < 2e-3); // ties, see docs
            suspected += estimate.suspectedConceptDrift ? 1 : 0;
        }
        QCOMPARE(at, std::size_t{42});
        qInfo("%zu of %zu chunks suspected", suspected, at);
        QVERIFY(result.periods[27].estimate->suspectedConceptDrift); // 0.837 estimated, 0.803 realised
    }

private:
    LogFolder m_folder;
};

QTEST_APPLESS_MAIN(TestEstimates)
#include "tst_estimates.moc"
