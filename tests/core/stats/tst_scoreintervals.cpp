// SPDX-License-Identifier: GPL-3.0-or-later
//
// How often intervals hold the true figure, on seeded samples of which it is known.
#include <QTest>

#include "core/stats/regression.h"
#include "core/stats/scoreintervals.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <random>

using namespace countersign;

namespace {

constexpr double level = 0.95;

struct Sample
{
    std::vector<double> scores;
    std::vector<std::uint8_t> events;

    /// Ascending, as profileScores() asks.
    [[nodiscard]] ScoreProfile profile() const
    {
        std::vector<std::size_t> order(scores.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::ranges::stable_sort(order, {}, [this](std::size_t i) { return scores[i]; });
        Sample sorted;
        for (const std::size_t i : order) {
            sorted.scores.push_back(scores[i]);
            sorted.events.push_back(events[i]);
        }
        return profileScores(sorted.scores, sorted.events);
    }
};

/// In the middle of each of ten bins a share of the rows, so that the true calibration error is known: `gap`, up in one
/// bin and down in the next.
Sample calibratedTo(double gap, std::size_t n, std::mt19937_64 &random)
{
    Sample sample;
    for (std::size_t i = 0; i < n; ++i) {
        const std::size_t bin = i % 10;
        const double score = 0.05 + 0.1 * static_cast<double>(bin);
        const double rate = score + (bin % 2 == 0 ? gap : -gap);
        sample.scores.push_back(score);
        sample.events.push_back(static_cast<double>(random() % 1'000'000) < 1e6 * rate ? 1 : 0);
    }
    return sample;
}

/// Uniform scores of the others, and of events a share of `distance` that is above all of them.
Sample apartBy(double distance, std::size_t n, std::mt19937_64 &random)
{
    Sample sample;
    const auto uniform = [&random] { return static_cast<double>(random() >> 11) / 9007199254740992.0; };
    for (std::size_t i = 0; i < n; ++i) {
        const bool event = i % 4 == 0;
        const bool above = event && uniform() < distance;
        sample.events.push_back(event ? 1 : 0);
        sample.scores.push_back(above ? 0.5 + uniform() / 2 : uniform() / 2);
    }
    return sample;
}

double coverage(int samples, double truth, const std::function<Interval()> &interval)
{
    int held = 0;
    for (int i = 0; i < samples; ++i) {
        const Interval found = interval();
        held += found.low <= truth && truth <= found.high ? 1 : 0;
    }
    return held / static_cast<double>(samples);
}

} // namespace

class TestScoreIntervals : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void calibrationErrorsAreHeldAsOftenAsSaid_data()
    {
        QTest::addColumn<double>("gap");
        QTest::addColumn<int>("n");
        for (const double gap : {0.0, 0.01, 0.02, 0.05})
            for (const int n : {200, 1000, 10000})
                QTest::addRow("gap %g, n %d", gap, n) << gap << n;
    }
    void calibrationErrorsAreHeldAsOftenAsSaid()
    {
        QFETCH(double, gap);
        QFETCH(int, n);
        std::mt19937_64 random(static_cast<std::uint64_t>(n + 1000 * gap));
        double width = 0;
        const double held = coverage(400, gap, [&] {
            const ScoreProfile profile = calibratedTo(gap, static_cast<std::size_t>(n), random).profile();
            const Interval found = calibrationErrorInterval(profile, level);
            const double value = expectedCalibrationError(profile);
            width = std::max(width, found.high - found.low);
            return value < found.low || value > found.high ? Interval{2, 2} : found;
        });
        QVERIFY2(held >= 0.94, qPrintable(QString::number(held)));
        QVERIFY2(width < 4.5 / std::sqrt(n), qPrintable(QString::number(width)));
    }

    void distancesOfScoresAreHeldAsOftenAsSaid_data()
    {
        QTest::addColumn<double>("distance");
        QTest::addColumn<int>("n");
        for (const double distance : {0.0, 0.1, 0.4, 0.9})
            for (const int n : {80, 400, 4000})
                QTest::addRow("distance %g, n %d", distance, n) << distance << n;
    }
    void distancesOfScoresAreHeldAsOftenAsSaid()
    {
        QFETCH(double, distance);
        QFETCH(int, n);
        std::mt19937_64 random(static_cast<std::uint64_t>(n + 100 * distance));
        const double held = coverage(400, distance, [&] {
            return modelKsInterval(apartBy(distance, static_cast<std::size_t>(n), random).profile(), level);
        });
        QVERIFY2(held >= 0.94, qPrintable(QString::number(held)));
    }

    void fewRowsRankedWhollyApartLeaveDoubt()
    {
        const Sample three{{0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 0.8, 0.9}, {0, 0, 0, 0, 0, 1, 1, 1}};
        const ScoreProfile profile = three.profile();
        const Interval area = aucInterval(profile, level);
        QCOMPARE(area.high, 1.0);
        QCOMPARE(area.low, wilsonInterval(3, 3, level).low); // 0.438
        QCOMPARE(rankedPrecisionInterval(profile, level).low, area.low);
        Sample wrong = three;
        for (auto &event : wrong.events)
            event = event == 0 ? 1 : 0;
        const Interval none = aucInterval(wrong.profile(), level);
        QCOMPARE(none.low, 0.0);
        QVERIFY(near(none.high, 1 - area.low));
        const Sample ofOne{{0.1, 0.2}, {0, 0}};
        QVERIFY(std::isnan(aucInterval(ofOne.profile(), level).low));
        QVERIFY(std::isnan(rankedPrecisionInterval(ofOne.profile(), level).low));
    }

private:
    static bool near(double a, double b) { return std::abs(a - b) < 1e-12; }
};

QTEST_APPLESS_MAIN(TestScoreIntervals)
#include "tst_scoreintervals.moc"
