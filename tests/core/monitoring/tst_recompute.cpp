// SPDX-License-Identifier: GPL-3.0-or-later
//
// Everything that a run states follows from the counts and the evidence that are stored with it.
#include <QtTest>

#include "core/base/json.h"
#include "core/monitoring/run.h"
#include "logfile.h"

#include <cmath>
#include <functional>
#include <random>
#include <sstream>

using namespace countersign;

namespace {

/// Three years by months: a score, a forecast, outcomes that come late, groups, gaps and categories.
std::string logOf(std::uint64_t seed)
{
    std::mt19937_64 random(seed);
    std::normal_distribution<double> normal;
    std::uniform_real_distribution<double> uniform;
    std::ostringstream text;
    text.precision(17);
    text << "day,x,colour,group,score,y,forecast,amount\n";
    for (int month = 0; month < 36; ++month) {
        for (int i = 0; i < 150 + month; ++i) {
            const double p = uniform(random);
            text << 2018 + month / 12 << (month % 12 < 9 ? "-0" : "-") << month % 12 + 1 << "-05,";
            if (uniform(random) < 0.97)
                text << normal(random) + (month > 30 ? 1 : 0);
            text << ','
                 << (uniform(random) < 0.5                 ? "red"
                     : month > 20 && uniform(random) < 0.1 ? "new"
                                                           : "blue")
                 << ','
                 << (uniform(random) < 0.3   ? "b"
                     : uniform(random) < 0.1 ? ""
                                             : "a")
                 << ',' << p << ',';
            if (month < 34 || uniform(random) < 0.5)
                text << (uniform(random) < (month > 28 ? 0.5 : p) ? 1 : 0);
            const double amount = 100 * uniform(random);
            text << ',' << amount + normal(random) * (month > 30 ? 9 : 3) << ',' << amount << '\n';
        }
    }
    return text.str();
}

RunSettings settingsFor(const std::string &path)
{
    RunSettings settings;
    settings.path = path;
    settings.roles.time = "day";
    settings.roles.score = "score";
    settings.roles.target = "y";
    settings.roles.groups = {"group"};
    settings.reference.until = parseDate("2018-12-31");
    return settings;
}

PerformanceEstimate evidenceOf(const PerformanceEstimate &estimate)
{
    PerformanceEstimate kept;
    kept.evidence = estimate.evidence;
    kept.labelledEvidence = estimate.labelledEvidence;
    kept.calibrationEvidence = estimate.calibrationEvidence;
    return kept;
}

template <class Period>
void keepEvidence(Period &period)
{
    Performance performance;
    performance.aucEvidence = period.performance.aucEvidence;
    performance.errorEvidence = period.performance.errorEvidence;
    performance.scoreEvidence = period.performance.scoreEvidence;
    performance.regressionEvidence = period.performance.regressionEvidence;
    period.performance = performance;
    if (period.estimate)
        period.estimate = evidenceOf(*period.estimate);
    for (FairnessResult &fairness : period.fairness)
        for (GroupFairness &group : fairness.groups)
            group.figures.clear();
    period.labelledShare.reset();
    period.quality.duplicateRate.reset();
    period.quality.arrivedShare.reset();
}

/// The run without anything that can be computed.
RunResult evidenceOf(RunResult run)
{
    keepEvidence(run.reference);
    for (RunPeriod &period : run.periods) {
        keepEvidence(period);
        const auto duplicates = period.quality.duplicateRows;
        period.quality = {};
        period.quality.duplicateRows = duplicates;
        period.performanceVerdict = Verdict::NotEnoughData;
        period.performancePvalue.reset();
        period.performanceAdjustedPvalue.reset();
        period.performanceReason.clear();
        period.verdict = Verdict::NotEnoughData;
    }
    for (FeatureResult &feature : run.features) {
        feature.verdict = Verdict::NotEnoughData;
        for (FeaturePeriod &period : feature.periods) {
            period.statistics = {};
            period.verdict = {};
        }
    }
    run.verdict = Verdict::NotEnoughData;
    return run;
}

std::size_t numbersIn(const json::value &value)
{
    std::size_t count = value.is_string() || value.is_int64() ? 1 : 0;
    if (const auto *array = value.if_array())
        for (const json::value &item : *array)
            count += numbersIn(item);
    if (const auto *object = value.if_object())
        for (const auto &member : *object)
            count += numbersIn(member.value());
    return count;
}

} // namespace

class TestRecompute : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingStatedFollowsFromTheEvidence_data()
    {
        QTest::addColumn<QString>("kind");
        for (const char *kind : {"up to a day", "a window", "the year before", "another file", "a forecast",
                                 "favourable below", "rows without time"})
            QTest::newRow(kind) << QString::fromUtf8(kind);
    }

    void everythingStatedFollowsFromTheEvidence()
    {
        QFETCH(QString, kind);
        const std::string choice = kind.toStdString();
        RunSettings settings = settingsFor(m_folder.write("log.csv", logOf(1)));
        if (choice == "a window") {
            settings.reference.from = parseDate("2018-06-01");
        } else if (choice == "the year before") {
            settings.reference = {};
            settings.reference.samePeriodLastYear = true;
        } else if (choice == "another file") {
            settings.reference = {};
            settings.reference.path = m_folder.write("reference.csv", logOf(2));
        } else if (choice == "a forecast") {
            settings.roles.score.clear();
            settings.roles.prediction = "forecast";
            settings.roles.target = "amount";
        } else if (choice == "favourable below") {
            settings.decision = {0.3, FavourableDecision::Under, {{"group", "b"}}};
        } else if (choice == "rows without time") {
            settings.roles.time.clear();
            settings.reference = {};
            settings.reference.firstPeriods = 4;
            settings.period = PeriodKind::Rows;
            settings.rowsPerPeriod = 500;
        }
        const RunResult result = run(settings);
        const json::value recorded = toJson(result);
        const RunResult evidence = evidenceOf(result);
        const json::value stored = json::parse(json::serialize(toJson(evidence)));
        QVERIFY(numbersIn(recorded) > numbersIn(stored) + 1000);
        const RunResult again = recompute(fromJson<RunResult>(stored));
        QCOMPARE(json::serialize(toJson(again)), json::serialize(recorded));
    }

private:
    LogFolder m_folder;
};

QTEST_APPLESS_MAIN(TestRecompute)
#include "tst_recompute.moc"
