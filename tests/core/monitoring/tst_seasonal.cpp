// SPDX-License-Identifier: GPL-3.0-or-later
//
// Runs in which each period is compared with the one a year before it, or all with a chosen window.
#include <QtTest>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/monitoring/ownreference.h"
#include "core/monitoring/run.h"
#include "logfile.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <set>
#include <sstream>

using namespace countersign;

namespace {

constexpr int rowsOfMonth = 600;

/// 2019 to 2021 by months. Feature, kind and the score's worth follow the season; from July 2021 on `drift` is added
/// to the feature and the outcome no longer follows the score where `conceptDrift`.
struct Plan
{
    double drift = 0;
    bool conceptDrift = false;
    std::set<std::string> left; ///< months without rows, "2019-03"
};

std::string logOf(const Plan &plan, std::uint64_t seed)
{
    std::mt19937_64 random(seed);
    std::normal_distribution<double> normal;
    std::uniform_real_distribution<double> uniform;
    std::ostringstream text;
    text.precision(17);
    text << "day,x,kind,score,y\n";
    for (int month = 0; month < 36; ++month) {
        const int ofYear = month % 12 + 1;
        const bool changed = month >= 30;
        const double season = std::sin(ofYear * 0.5236);
        std::string label = std::to_string(2019 + month / 12) + (ofYear < 10 ? "-0" : "-") + std::to_string(ofYear);
        for (int i = 0; i < rowsOfMonth; ++i) {
            const double odds = 1.5 * normal(random) - 0.5;
            const double worth = changed && plan.conceptDrift ? 0 : 1 + 0.6 * season;
            const double x = 3 * season + normal(random) + (changed ? plan.drift : 0);
            const char *kind = uniform(random) < 0.5 + 0.3 * season ? "a" : "b";
            const double score = 1 / (1 + std::exp(-odds));
            const int event = uniform(random) < 1 / (1 + std::exp(-odds * worth)) ? 1 : 0;
            if (!plan.left.contains(label))
                text << label << '-' << 10 + i % 18 << ',' << x << ',' << kind << ',' << score << ',' << event << '\n';
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
    settings.reference.samePeriodLastYear = true;
    return settings;
}

const FeatureResult &feature(const RunResult &result, const std::string &name)
{
    return *std::find_if(result.features.begin(), result.features.end(), [&](const auto &f) { return f.name == name; });
}

bool mentions(const std::string &text, const char *words)
{
    return text.find(words) != std::string::npos;
}

} // namespace

class TestSeasonal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void seasonsAreNoDrift()
    {
        RunSettings settings = settingsFor(m_folder.write("log.csv", logOf({}, 1)));
        const RunResult result = run(settings);
        QCOMPARE(result.reference.label, std::string("same period last year"));
        QCOMPARE(result.reference.rows, std::uint64_t{12 * rowsOfMonth});
        for (std::size_t i = 0; i < 36; ++i) {
            const RunPeriod &period = result.periods[i];
            QCOMPARE(period.inReference, i < 12);
            QCOMPARE(period.comparedWith, i < 12 ? std::nullopt : std::optional<std::uint64_t>(i - 12));
            QCOMPARE(period.verdict, i < 12 ? Verdict::NotEnoughData : Verdict::Green);
            QVERIFY(!period.estimate || !period.estimate->suspectedConceptDrift);
            QCOMPARE(period.estimate.has_value(), i >= 12);
        }
        QVERIFY(mentions(result.periods[3].performanceReason, "a year before it"));
        QVERIFY(mentions(feature(result, "x").periods[3].verdict.reason, "a year before it"));
        QVERIFY(!feature(result, "x").periods[3].statistics.psi);
        QVERIFY(feature(result, "x").periods[3].statistics.missingRate);
        settings.reference = {};
        settings.reference.until = parseDate("2019-12-31");
        const RunResult plain = run(settings); // against the whole first year every season is a drift
        QCOMPARE(feature(plain, "x").periods[14].verdict.verdict, Verdict::Red);
    }

    void whatChangesFromYearToYearIsSeen()
    {
        const RunResult result = run(settingsFor(m_folder.write("log.csv", logOf({1.5, true, {}}, 2))));
        for (std::size_t i = 12; i < 36; ++i) {
            QCOMPARE(feature(result, "x").periods[i].verdict.verdict, i < 30 ? Verdict::Green : Verdict::Red);
            QCOMPARE(result.periods[i].performanceVerdict, i < 30 ? Verdict::Green : Verdict::Red);
            if (i >= 30)
                QVERIFY2(result.periods[i].estimate->suspectedConceptDrift, result.periods[i].estimate->reason.c_str());
        }
        QCOMPARE(result.verdict, Verdict::Red);
    }

    void statisticsAreThoseOfTheTwoPeriods()
    {
        RunSettings settings = settingsFor(m_folder.write("log.csv", logOf({}, 3)));
        const RunResult result = run(settings);
        settings.reference = {};
        settings.reference.from = parseDate("2020-04-01");
        settings.reference.until = parseDate("2020-04-30");
        const RunResult window = run(settings);
        QCOMPARE(window.reference.label, std::string("2020-04-01 to 2020-04-30"));
        QCOMPARE(window.reference.rows, std::uint64_t{rowsOfMonth});
        QVERIFY(window.periods[15].inReference && !window.periods[14].inReference);
        const FeaturePeriod &own = feature(result, "x").periods[27];
        const FeaturePeriod &other = feature(window, "x").periods[27];
        QCOMPARE(*own.statistics.ksStatistic, *other.statistics.ksStatistic);
        QCOMPARE(*own.statistics.ksPvalue, *other.statistics.ksPvalue);
        QCOMPARE(*feature(result, "kind").periods[27].statistics.psi,
                 *feature(window, "kind").periods[27].statistics.psi);
        QCOMPARE(*feature(result, "kind").periods[27].statistics.chi2Pvalue,
                 *feature(window, "kind").periods[27].statistics.chi2Pvalue);
        QCOMPARE(*result.periods[27].performancePvalue, *window.periods[27].performancePvalue);
        QCOMPARE(*result.periods[27].estimate->gapPvalue, *window.periods[27].estimate->gapPvalue);
        QCOMPARE(*result.periods[27].estimate->figures.at("roc_auc").value,
                 *window.periods[27].estimate->figures.at("roc_auc").value);
        QCOMPARE(*result.periods[27].quality.expectedRows, double(rowsOfMonth));
    }

    void aPeriodWithoutOneAYearBeforeSaysSo()
    {
        const RunResult result =
            run(settingsFor(m_folder.write("log.csv", logOf({0, false, {"2020-12", "2019-05"}}, 4))));
        const auto at = [&](const char *label) -> const RunPeriod & {
            return *std::find_if(result.periods.begin(), result.periods.end(),
                                 [&](const RunPeriod &period) { return period.label == label; });
        };
        QCOMPARE(at("2020-05").verdict, Verdict::NotEnoughData);
        QVERIFY(!at("2020-05").inReference && !at("2020-05").comparedWith);
        QCOMPARE(at("2021-05").verdict, Verdict::Green);
        QCOMPARE(at("2021-12").verdict, Verdict::NotEnoughData);
        QCOMPARE(result.verdict, Verdict::NotEnoughData); // the last period
        QVERIFY(mentions(at("2021-12").performanceReason, "Not enough data"));
    }

    void theYearBeforeIsTheSamePlaceInTheCalendar()
    {
        const auto comparedLabels = [&](PeriodKind kind, const std::vector<std::string> &days) {
            std::string text = "day,x\n";
            for (const std::string &day : days)
                text += day + ",1\n" + day + ",2\n";
            RunSettings settings;
            settings.path = m_folder.write("days.csv", text);
            settings.roles.time = "day";
            settings.period = kind;
            settings.reference.samePeriodLastYear = true;
            const RunResult result = run(settings);
            std::vector<std::string> labels;
            for (const RunPeriod &period : result.periods)
                labels.push_back(period.label + "<" +
                                 (period.comparedWith ? result.periods[*period.comparedWith].label : ""));
            return labels;
        };
        using Labels = std::vector<std::string>;
        QCOMPARE(comparedLabels(PeriodKind::Day, {"2019-02-28", "2019-03-01", "2020-02-29", "2020-03-01"}),
                 (Labels{"2019-02-28<", "2019-03-01<", "2020-02-29<2019-02-28", "2020-03-01<2019-03-01"}));
        QCOMPARE(comparedLabels(PeriodKind::Week, {"2020-12-30", "2021-12-30", "2022-01-05"}),
                 (Labels{"2020-W53<", "2021-W52<2020-W53", "2022-W01<"}));
        QCOMPARE(comparedLabels(PeriodKind::Year, {"2018-05-01", "2019-07-01", "2021-01-01"}),
                 (Labels{"2018<", "2019<2018", "2021<"}));
        RunSettings settings = settingsFor(m_folder.path("days.csv"));
        settings.roles.score.clear();
        settings.roles.target.clear();
        settings.period = PeriodKind::Rows;
        settings.rowsPerPeriod = 2;
        QVERIFY_THROWS_EXCEPTION(Exception, static_cast<void>(run(settings)));
        settings = settingsFor(m_folder.path("log.csv"));
        settings.reference = {};
        settings.reference.from = parseDate("2019-05-01");
        QVERIFY_THROWS_EXCEPTION(Exception, static_cast<void>(run(settings)));
    }

    void recomputedEqualsRecorded()
    {
        const RunResult result = run(settingsFor(m_folder.write("log.csv", logOf({1, true, {"2020-03"}}, 5))));
        RunResult emptied = result;
        for (FeatureResult &f : emptied.features)
            for (FeaturePeriod &period : f.periods) {
                period.statistics = {};
                period.verdict = {};
            }
        for (RunPeriod &period : emptied.periods) {
            period.performance.figures.clear();
            period.performanceReason.clear();
            period.quality.expectedRows.reset();
            if (period.estimate) {
                period.estimate->gaps.clear();
                period.estimate->reason.clear();
            }
        }
        const auto stored = json::parse(json::serialize(toJson(emptied)));
        QCOMPARE(json::serialize(toJson(recompute(fromJson<RunResult>(stored)))), json::serialize(toJson(result)));
        RunResult broken = result;
        broken.periods[20].comparedWith = 99;
        QVERIFY_THROWS_EXCEPTION(Exception, static_cast<void>(recompute(broken)));
    }

    void undriftedRunsSeldomAlarm()
    {
        int withAlarm = 0;
        int suspected = 0;
        constexpr int runs = 20;
        for (std::uint64_t seed = 0; seed < runs; ++seed) {
            const RunResult result = run(settingsFor(m_folder.write("log.csv", logOf({}, 100 + seed))));
            withAlarm += std::any_of(result.periods.begin(), result.periods.end(), [](const RunPeriod &period) {
                return period.verdict == Verdict::Amber || period.verdict == Verdict::Red;
            });
            suspected += std::any_of(result.periods.begin(), result.periods.end(), [](const RunPeriod &period) {
                return period.estimate && period.estimate->suspectedConceptDrift;
            });
        }
        qInfo("%d of %d runs alarm, %d are suspected", withAlarm, runs, suspected);
        QVERIFY(withAlarm < 4); // at 2 % a run the binomial count of 20 stays under 4 but once in a thousand
        QVERIFY(suspected < 4);
    }

private:
    LogFolder m_folder;
};

QTEST_APPLESS_MAIN(TestSeasonal)
#include "tst_seasonal.moc"
