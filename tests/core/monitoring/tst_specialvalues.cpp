// SPDX-License-Identifier: GPL-3.0-or-later
//
// Values that stand for something else: a bin of their own on every way from a log to its numbers.
#include <QtTest>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/monitoring/comparison.h"
#include "core/monitoring/profile/profile.h"
#include "core/monitoring/run.h"
#include "core/stats/divergence.h"
#include "logfile.h"

#include <algorithm>
#include <functional>

using namespace countersign;
using namespace Qt::StringLiterals;

namespace {

constexpr int rowsOfMonth = 1000;
const std::vector<std::string> incomeSpecial{"-999", "N/A", "refused"};
const std::vector<std::string> kindSpecial{"N/A", "9"};

/// Four months alike but for the special values of the last: -999 goes from 2 % to 8 % of income, N/A of kind from 5 %
/// to 10 %. `cell`: what stands for a special value.
std::string logText(const std::function<std::string(const std::string &)> &cell)
{
    std::string text = "ts,income,kind\n";
    for (int row = 0; row < 4 * rowsOfMonth; ++row) {
        const int month = row / rowsOfMonth;
        const int i = row % rowsOfMonth;
        const bool last = month == 3;
        const std::string income = i % 50 == 0 || (last && i % 50 < 4) ? cell("-999")
                                   : i % 100 == 47                     ? cell("N/A")
                                   : i % 200 == 111                    ? cell("refused")
                                   : i % 40 == 13                      ? ""
                                                                       : std::to_string((row * 7919) % 1009) + ".5";
        const std::string kind = i % 20 == 1 || (last && i % 20 == 2) ? cell("N/A")
                                 : i % 50 == 33                       ? cell("9")
                                 : i % 40 == 17                       ? ""
                                 : last && i % 100 == 99              ? "c"
                                 : i % 3 == 0                         ? "a"
                                                                      : "b";
        text += "2024-0" + std::to_string(month + 1) + "-1" + std::to_string(i % 9) + "," + income + "," + kind + "\n";
    }
    return text;
}

const FeatureResult &feature(const RunResult &result, const std::string &name)
{
    return *std::find_if(result.features.begin(), result.features.end(),
                         [&name](const FeatureResult &each) { return each.name == name; });
}

double statistic(const ComparedColumn &column, std::string_view key)
{
    return std::find_if(column.statistics.begin(), column.statistics.end(),
                        [key](const StatisticValue &value) { return value.key == key; })
        ->value;
}

std::string found(RunResult result)
{
    result.settings.path.clear();
    result.sourceName.clear();
    return json::serialize(toJson(result));
}

} // namespace

class TestSpecialValues : public QObject
{
    Q_OBJECT

private:
    [[nodiscard]] RunSettings settings(const std::string &path) const
    {
        RunSettings settings;
        settings.path = path;
        settings.roles.time = "ts";
        settings.reference.firstPeriods = 3;
        settings.thresholds.psiRule = LimitRule::SampleSize;
        return settings;
    }
    [[nodiscard]] RunSettings declared() const
    {
        RunSettings special = settings(m_log);
        special.roles.special = {{"income", incomeSpecial}, {"kind", kindSpecial}};
        return special;
    }

    LogFolder m_folder;
    std::string m_log;    ///< with special values
    std::string m_blanks; ///< with empty cells in place of them

private Q_SLOTS:
    void initTestCase()
    {
        m_log = m_folder.write("log.csv", logText([](const std::string &text) { return text; }));
        m_blanks = m_folder.write("blanks.csv", logText([](const std::string &) { return std::string(); }));
    }

    void eachHasABinOfItsOwnApartFromQuantilesAndRange()
    {
        const RunResult result = run(declared());
        const RunResult blanks = run(settings(m_blanks));
        const FeatureResult &income = feature(result, "income");
        const FeatureResult &without = feature(blanks, "income");
        QVERIFY(income.type == ColumnType::Numeric);
        QCOMPARE(income.bins.edges, without.bins.edges);
        QCOMPARE(income.bins.minimum, without.bins.minimum);
        QCOMPARE(income.bins.maximum, without.bins.maximum);
        QCOMPARE(std::vector<std::string>(income.bins.labels.end() - 4, income.bins.labels.end()),
                 (std::vector<std::string>{"-999 (special)", "N/A (special)", "refused (special)", "missing"}));
        const auto apart = [](const std::vector<std::uint64_t> &counts) {
            return std::vector<std::uint64_t>(counts.end() - 4, counts.end());
        };
        QCOMPARE(apart(income.referenceCounts), (std::vector<std::uint64_t>{60, 30, 15, 75}));
        QCOMPARE(income.referenceMissing, std::uint64_t{75});
        QCOMPARE(apart(income.periods[3].counts), (std::vector<std::uint64_t>{80, 10, 5, 20}));
        QCOMPARE(income.periods[3].missing, std::uint64_t{20});
        for (std::size_t i = 0; i < 4; ++i) {
            QCOMPARE(json::serialize(toJson(income.periods[i].ks)), json::serialize(toJson(without.periods[i].ks)));
            QCOMPARE(income.periods[i].statistics.outOfRangeShare, std::optional(0.0));
        }
    }

    void aSentinelThatBecomesMoreFrequentIsSeen()
    {
        const RunResult result = run(declared());
        const FeaturePeriod &last = feature(result, "income").periods[3];
        QCOMPARE(last.statistics.psi,
                 std::optional(populationStabilityIndex(feature(result, "income").referenceCounts, last.counts)));
        QVERIFY(*last.statistics.psi > 0.08); // 0.06 ln(8 / 2) and a little
        QVERIFY(last.verdict.verdict == Verdict::Red);
        RunSettings undeclared = settings(m_log);
        undeclared.roles.special = {{"income", {"refused"}}};
        const RunResult other = run(undeclared);
        QVERIFY(*feature(other, "income").periods[3].statistics.psi < *last.statistics.psi / 2);
        QVERIFY(feature(result, "income").periods[1].verdict.verdict == Verdict::Green);
    }

    void textsHaveThemApartFromCategoriesToo()
    {
        const RunResult result = run(declared());
        const RunResult blanks = run(settings(m_blanks));
        const FeatureResult &kind = feature(result, "kind");
        QCOMPARE(kind.bins.labels,
                 (std::vector<std::string>{"a", "b", "new categories", "N/A (special)", "9 (special)", "missing"}));
        QCOMPARE(kind.referenceCounts[3], std::uint64_t{150});
        QCOMPARE(kind.periods[3].counts[3], std::uint64_t{100});
        QCOMPARE(kind.periods[3].counts[4], std::uint64_t{20});
        const FeatureStatistics &with = kind.periods[3].statistics;
        const FeatureStatistics &without = feature(blanks, "kind").periods[3].statistics;
        QCOMPARE(with.unseenRate, std::optional(0.01));
        QCOMPARE(with.unseenRate, without.unseenRate);
        QCOMPARE(with.chi2Statistic, without.chi2Statistic);
        QVERIFY(*with.missingRate < *without.missingRate);
    }

    void aRecordedRunRecomputesToTheSame()
    {
        RunResult result = run(declared());
        QCOMPARE(result.settings.roles.special.at("kind"), kindSpecial);
        QCOMPARE(json::serialize(toJson(recompute(fromJson<RunResult>(toJson(result))))),
                 json::serialize(toJson(result)));
        result.features.front().bins.special.assign(result.features.front().bins.labels.size(), "x");
        QVERIFY_THROWS_EXCEPTION(Exception, (void)recompute(result));
    }

    void aKeptLogGivesTheSame()
    {
        RunOptions kept;
        kept.cacheFolder = m_folder.path("cache");
        const std::string fresh = found(run(declared()));
        QCOMPARE(found(run(declared(), {}, {}, kept)), fresh);
        QCOMPARE(found(run(declared(), {}, {}, kept)), fresh);
        RunSettings fewer = declared();
        fewer.roles.special["income"] = {"refused", "-999"};
        QCOMPARE(found(run(fewer, {}, {}, kept)), found(run(fewer)));
        fewer.roles.special["kind"] = {"9"};
        QCOMPARE(found(run(fewer, {}, {}, kept)), found(run(fewer)));
        RunOptions little = kept;
        little.cacheFolder.clear();
        little.memoryBytes = 1;
        QCOMPARE(found(run(declared(), {}, {}, little)), fresh);
    }

    void driftAndCompareCountThem()
    {
        DriftRequest request;
        request.path = m_log;
        request.roles = declared().roles;
        request.reference.firstPeriods = 3;
        const DriftReport report = driftOverTime(request);
        DriftRequest plain = request;
        plain.path = m_blanks;
        plain.roles.special.clear();
        const DriftReport blanks = driftOverTime(plain);
        for (std::size_t i = 0; i < 2; ++i) {
            const ComparedColumn &with = report.columns[i].periods[3];
            const ComparedColumn &without = blanks.columns[i].periods[3];
            QCOMPARE(with.special.front().reference, std::uint64_t(i == 0 ? 60 : 150));
            QCOMPARE(with.special.front().current, std::uint64_t(i == 0 ? 80 : 100));
            for (const char *key : {"ks_statistic", "ks_pvalue", "wasserstein", "out_of_range_share"})
                if (i == 0)
                    QCOMPARE(statistic(with, key), statistic(without, key));
            for (const char *key : {"chi2_statistic", "cramers_v"})
                if (i == 1)
                    QCOMPARE(statistic(with, key), statistic(without, key));
            QVERIFY(statistic(with, "psi") > statistic(without, "psi"));
        }
        QCOMPARE(statistic(report.columns[1].periods[3], "unseen_rate"), 0.01);

        CompareRequest compared;
        compared.referencePath = m_log;
        compared.currentPath = m_blanks;
        compared.columns = {"income"};
        compared.special = {{"income", incomeSpecial}};
        const ComparedColumn column = compareLogs(compared).front();
        QCOMPARE(column.special[2].value, std::string("refused"));
        QCOMPARE(column.special[2].reference, std::uint64_t{20});
        QCOMPARE(column.special[2].current, std::uint64_t{0});
        QCOMPARE(statistic(column, "ks_statistic"), 0.0);
    }

    void aProfileCarriesThem()
    {
        RunSettings fixed = declared();
        fixed.thresholds = {};
        const RunResult direct = run(fixed);
        RunSettings again;
        again.path = m_folder.write("profile.csv", profileOf(direct));
        const RunResult profiled = run(again);
        for (const char *name : {"income", "kind"}) {
            const FeatureResult &a = feature(direct, name);
            const FeatureResult &b = feature(profiled, name);
            std::vector<std::string> labels = b.bins.labels;
            QVERIFY(std::is_permutation(labels.begin(), labels.end(), a.bins.labels.begin(), a.bins.labels.end()));
            for (std::size_t i = 0; i < 4; ++i) {
                QVERIFY(std::abs(*a.periods[i].statistics.psi - *b.periods[i].statistics.psi) < 1e-12);
                QCOMPARE(b.periods[i].statistics.chi2Statistic, a.periods[i].statistics.chi2Statistic);
                QCOMPARE(b.periods[i].missing, a.periods[i].missing);
            }
        }
        DriftRequest request;
        request.path = again.path;
        const DriftReport report = driftOverTime(request);
        QCOMPARE(report.columns[0].periods[3].special.front().current, std::uint64_t{80});
        again.roles.special = {{"income", {"-999"}}};
        QVERIFY_THROWS_EXCEPTION(Exception, (void)run(again));
    }

    void faultsAreNamed_data()
    {
        QTest::addColumn<QString>("column");
        QTest::addColumn<QStringList>("values");
        QTest::addColumn<QString>("words");
        QTest::newRow("no such column") << u"age"_s << QStringList{u"-1"_s} << u"has no column \"age\""_s;
        QTest::newRow("time") << u"ts"_s << QStringList{u"-1"_s} << u"is the time, target or segment"_s;
        QTest::newRow("empty") << u"kind"_s << QStringList{QString()} << u"is empty"_s;
        QTest::newRow("twice") << u"income"_s << QStringList{u"-999"_s, u"-999.0"_s}
                               << u"\"-999.0\" of column \"income\" is declared twice"_s;
    }
    void faultsAreNamed()
    {
        QFETCH(const QString, column);
        QFETCH(const QStringList, values);
        QFETCH(const QString, words);
        RunSettings wrong = settings(m_log);
        for (const QString &value : values)
            wrong.roles.special[column.toStdString()].push_back(value.toStdString());
        try {
            (void)run(wrong);
            QFAIL("accepted");
        } catch (const Exception &exception) {
            const QString what = QString::fromStdString(exception.error().what);
            QVERIFY2(what.contains(words), qPrintable(what));
        }
    }
};

QTEST_GUILESS_MAIN(TestSpecialValues)
#include "tst_specialvalues.moc"
