// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "core/base/json.h"
#include "core/monitoring/run.h"

#include <fstream>
#include <sstream>

using namespace countersign;

namespace {

std::string recorded(const std::string &name)
{
    std::ifstream file(std::string(SOURCE_DIR) + "/tests/golden/runs/" + name);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

/// The first place at which `now` lacks or changes something of `before`; empty: none.
std::string lost(const json::value &before, const json::value &now, const std::string &place)
{
    if (before.is_object()) {
        for (const auto &member : before.get_object()) {
            const std::string at = place + "." + std::string(member.key());
            const json::value *found = now.is_object() ? now.get_object().if_contains(member.key()) : nullptr;
            if (found == nullptr)
                return at;
            if (const std::string deeper = lost(member.value(), *found, at); !deeper.empty())
                return deeper;
        }
        return {};
    }
    if (before.is_array()) {
        if (!now.is_array() || now.get_array().size() != before.get_array().size())
            return place;
        for (std::size_t i = 0; i < before.get_array().size(); ++i) {
            const std::string at = place + "[" + std::to_string(i) + "]";
            if (const std::string deeper = lost(before.get_array()[i], now.get_array()[i], at); !deeper.empty())
                return deeper;
        }
        return {};
    }
    return before == now ? std::string() : place;
}

} // namespace

/// Runs recorded by engine version 2: two from before figures with intervals, estimates, fairness and data quality were
/// kept, one with all of these; and one of version 3, with a month of which 12 of 120 rows with an outcome were scored.
class TestRecordedRuns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oldRunsAreReadAndRecomputeToTheSameNumbers_data()
    {
        QTest::addColumn<QString>("file");
        QTest::newRow("binary target") << QStringLiteral("scored-engine2.json");
        QTest::newRow("numeric target") << QStringLiteral("forecast-engine2.json");
    }

    void oldRunsAreReadAndRecomputeToTheSameNumbers()
    {
        QFETCH(QString, file);
        const json::value before = json::parse(recorded(file.toStdString()));
        const auto old = fromJson<RunResult>(before);
        const RunResult again = recompute(old);
        const std::string missing = lost(before, toJson(again), "result");
        QVERIFY2(missing.empty(), missing.c_str());
        for (const RunPeriod &period : again.periods) {
            QVERIFY(period.performance.figures.empty());
            QVERIFY(!period.estimate);
            QVERIFY(period.fairness.empty());
            QVERIFY(!period.quality.duplicateRows);
        }
    }

    void runsWithOutcomesRecomputeToTheSameNumbers()
    {
        const json::value before = json::parse(recorded("outcomes-engine2.json"));
        const RunResult again = recompute(fromJson<RunResult>(before));
        const std::string missing = lost(before, toJson(again), "result");
        QVERIFY2(missing.empty(), missing.c_str());
        const RunPeriod &last = again.periods.back();
        QCOMPARE(*last.comparedWith, std::uint64_t{1});
        QVERIFY(last.estimate->gapPvalue && last.performance.figures.at("roc_auc").low);
        QCOMPARE(last.fairness.front().groups.size(), std::size_t{2});
        QVERIFY(last.quality.duplicateRows && last.quality.arrivedShare);
    }

    void rowsWithoutScoreCountAsLabelledInRunsOfEngineVersion3()
    {
        const json::value before = json::parse(recorded("unscored-engine3.json"));
        const RunResult again = recompute(fromJson<RunResult>(before));
        const std::string missing = lost(before, toJson(again), "result");
        QVERIFY2(missing.empty(), missing.c_str());
        QCOMPARE(again.periods[1].labelledRows, std::uint64_t{120});
        QCOMPARE(again.periods[1].performanceVerdict, Verdict::Red);
    }

    void oldRunsGainWhatTheirCountsTell()
    {
        const RunResult again = recompute(fromJson<RunResult>(json::parse(recorded("scored-engine2.json"))));
        QCOMPARE(*again.periods[3].labelledShare, 100.0 / 160);
        const FeatureResult &colour = again.features[1];
        QCOMPARE(colour.name, std::string("colour"));
        const FeaturePeriod &last = colour.periods[3];
        QCOMPARE(*last.statistics.unseenRate, static_cast<double>(last.counts[3]) / 160);
        QVERIFY(*last.statistics.unseenRate > 0);
        QVERIFY(*again.features[0].periods[3].statistics.outOfRangeShare > 0);
    }
};

QTEST_APPLESS_MAIN(TestRecordedRuns)
#include "tst_recordedruns.moc"
