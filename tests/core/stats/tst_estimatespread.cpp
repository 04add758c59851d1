// SPDX-License-Identifier: GPL-3.0-or-later
//
// How far realised figures stray from estimates: against outcomes and calibrations drawn over and over.
#include <QtTest>

#include "core/stats/classification.h"
#include "core/stats/estimatespread.h"
#include "core/stats/scoreprofile.h"
#include "tests/core/stats/near.h"

#include <algorithm>
#include <cmath>
#include <random>

using namespace countersign;

namespace {

constexpr double threshold = 0.4;

/// Rows in ascending order of a score with ties, and a curve of four steps with one slope between the last two.
struct Setting
{
    std::vector<double> scores;
    std::vector<double> x{0.0, 0.2, 0.21, 0.5, 0.51, 0.7, 0.9, 1.0};
    std::vector<double> rates{0.05, 0.3, 0.6, 0.9};
    std::vector<double> stepRows{400, 500, 300, 250};

    Setting()
    {
        std::mt19937_64 random(5);
        for (int i = 0; i < 300; ++i)
            scores.push_back(std::round(std::uniform_real_distribution<double>(0, 1)(random) * 200) / 200);
        std::sort(scores.begin(), scores.end());
    }
    [[nodiscard]] IsotonicCurve curve(const std::vector<double> &y, bool rowsKnown) const
    {
        std::vector<double> points;
        std::vector<double> rows;
        for (std::size_t i = 0; i < y.size(); ++i) {
            points.insert(points.end(), 2, y[i]);
            rows.insert(rows.end(), 2, stepRows[i]);
        }
        return {x, points, rowsKnown ? rows : std::vector<double>{}};
    }
    [[nodiscard]] std::size_t firstSelected() const
    {
        return static_cast<std::size_t>(std::lower_bound(scores.begin(), scores.end(), threshold) - scores.begin());
    }
    [[nodiscard]] EstimatedPerformance estimate(const std::vector<double> &probabilities) const
    {
        std::vector<std::uint8_t> decisions(scores.size(), 0);
        std::fill(decisions.begin() + static_cast<std::ptrdiff_t>(firstSelected()), decisions.end(), std::uint8_t{1});
        return estimatePerformance(scores, probabilities, decisions);
    }
    [[nodiscard]] double brierOf(const std::vector<double> &p) const
    {
        double sum = 0;
        for (std::size_t i = 0; i < p.size(); ++i)
            sum += p[i] * (1 - scores[i]) * (1 - scores[i]) + (1 - p[i]) * scores[i] * scores[i];
        return sum / static_cast<double>(p.size());
    }
};

using Values = std::vector<double>; ///< auc, average precision, accuracy, precision, recall, specificity, f1, brier

std::vector<EstimateSpread> listOf(const EstimateSpreads &s)
{
    return {s.auc, s.averagePrecision, s.accuracy, s.precision, s.recall, s.specificity, s.f1, s.brier};
}

struct Drawn
{
    double variance = 0;
    double third = 0;
};

std::vector<Drawn> momentsOf(const std::vector<Values> &draws)
{
    std::vector<Drawn> result(draws.front().size());
    for (std::size_t f = 0; f < result.size(); ++f) {
        double mean = 0;
        for (const Values &draw : draws)
            mean += draw[f] / static_cast<double>(draws.size());
        for (const Values &draw : draws) {
            const double d = draw[f] - mean;
            result[f].variance += d * d / static_cast<double>(draws.size());
            result[f].third += d * d * d / static_cast<double>(draws.size());
        }
    }
    return result;
}

} // namespace

class TestEstimateSpread : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void outcomesStrayAsFarAsTheSpreadSays()
    {
        const Setting setting;
        const IsotonicCurve curve = setting.curve(setting.rates, false);
        const auto p = calibratedAscending(setting.scores, curve);
        const auto estimate = setting.estimate(p);
        const auto spreads = listOf(spreadOfEstimate(setting.scores, curve, p, estimate, setting.firstSelected()));
        std::mt19937_64 random(11);
        std::vector<Values> draws;
        std::vector<std::uint8_t> events(p.size());
        for (int i = 0; i < 20000; ++i) {
            for (std::size_t row = 0; row < p.size(); ++row)
                events[row] = std::uniform_real_distribution<double>(0, 1)(random) < p[row] ? 1 : 0;
            const ScoreProfile profile = profileScores(setting.scores, events);
            const ConfusionCounts counts = confusionAt(setting.scores, events, threshold);
            draws.push_back({auc(profile), averagePrecision(profile), accuracyRate(counts).value(),
                             precisionRate(counts).value(), recallRate(counts).value(), specificityRate(counts).value(),
                             f1Score(counts), brierScore(profile)});
        }
        const auto drawn = momentsOf(draws);
        for (std::size_t f = 0; f < drawn.size(); ++f) {
            QCOMPARE(spreads[f].calibration, 0.0);
            // 300 rows, of which the delta method sees the first order.
            QVERIFY2(near(drawn[f].variance / spreads[f].outcomes, 1, 0.08), qPrintable(QString::number(f)));
            const double scale = std::pow(spreads[f].outcomes, 1.5);
            QVERIFY2(std::abs(drawn[f].third - spreads[f].skew) / scale < 0.15, qPrintable(QString::number(f)));
        }
    }

    void calibrationsStrayAsFarAsTheSpreadSays()
    {
        const Setting setting;
        const IsotonicCurve curve = setting.curve(setting.rates, true);
        const auto p = calibratedAscending(setting.scores, curve);
        const auto spreads =
            listOf(spreadOfEstimate(setting.scores, curve, p, setting.estimate(p), setting.firstSelected()));
        std::mt19937_64 random(12);
        std::vector<Values> draws;
        for (int i = 0; i < 20000; ++i) {
            std::vector<double> y;
            for (std::size_t step = 0; step < setting.rates.size(); ++step) {
                const auto rows = static_cast<int>(setting.stepRows[step]);
                y.push_back(std::binomial_distribution<int>(rows, setting.rates[step])(random) / double(rows));
            }
            const auto probabilities = calibratedAscending(setting.scores, setting.curve(y, true));
            const auto e = setting.estimate(probabilities);
            draws.push_back({e.auc, e.averagePrecision, e.accuracy, e.precision, e.recall, e.specificity, e.f1,
                             setting.brierOf(probabilities)});
        }
        const auto drawn = momentsOf(draws);
        for (std::size_t f = 0; f < drawn.size(); ++f)
            QVERIFY2(near(drawn[f].variance / spreads[f].calibration, 1, 0.06), qPrintable(QString::number(f)));
    }

    void stepsWithoutEventsAreNotCertain()
    {
        const std::vector<double> scores{0.1, 0.2, 0.8, 0.9};
        const IsotonicCurve curve({0.1, 0.2, 0.8, 0.9}, {0, 0, 1, 1}, {2, 2, 2, 2});
        const auto p = calibratedAscending(scores, curve);
        const std::vector<std::uint8_t> decisions{0, 0, 1, 1};
        const auto spreads = spreadOfEstimate(scores, curve, p, estimatePerformance(scores, p, decisions), 2);
        QVERIFY(near(spreads.accuracy.outcomes, 4 * (0.5 / 3) * (2.5 / 3) / 16));
        QVERIFY(near(spreads.accuracy.calibration, spreads.accuracy.outcomes));
    }

    void tailsFollowTheGammaDistribution()
    {
        // Shape 4: the tail beyond x is exp(-x) (1 + x + x^2/2 + x^3/6).
        const auto tail = [](double x) { return std::exp(-x) * (1 + x + x * x / 2 + x * x * x / 6); };
        QVERIFY(near(skewedPvalue(2, 1, 1), 2 * tail(8)));
        QVERIFY(near(skewedPvalue(-2, 1, -1), 2 * tail(8)));
        QVERIFY(near(skewedPvalue(6, 9, 27), 2 * tail(8)));
        QVERIFY(near(skewedPvalue(-1, 1, 1), 2 * (1 - tail(2))));
        QCOMPARE(skewedPvalue(-3, 1, 1), 0.0); // beyond its end
        QVERIFY(near(skewedPvalue(1.959963984540054, 1, 0), 0.05));
        QVERIFY(near(skewedPvalue(1.959963984540054, 1, 2e-3), 0.05, 0.01));
        QVERIFY(std::isnan(skewedPvalue(1, 0, 0)));
        // P(Poisson(10) >= 20), halfway between 19 and 20: 0.0035 where the normal distribution says 0.0013.
        QVERIFY(near(skewedPvalue(9.5, 10, 10), 2 * 0.003454, 0.1));
    }

    /// Of the rows that the curve was fitted to, what it is too good to be true by is what they lose by it.
    void overfitOfTheFittedRowsIsTheirOwnGap()
    {
        std::mt19937_64 random(11);
        std::vector<double> scores;
        std::vector<std::uint8_t> events;
        for (int i = 0; i < 2000; ++i)
            scores.push_back(std::uniform_real_distribution<double>(0, 1)(random));
        std::sort(scores.begin(), scores.end());
        for (const double score : scores)
            events.push_back(std::uniform_real_distribution<double>(0, 1)(random) < 0.2 + 0.5 * score ? 1 : 0);
        const IsotonicCurve curve = fitIsotonic(scores, events);
        const auto first =
            static_cast<std::size_t>(std::lower_bound(scores.begin(), scores.end(), threshold) - scores.begin());
        const std::vector<double> p = calibratedAscending(scores, curve);
        std::vector<std::uint8_t> decisions(scores.size(), 0);
        std::fill(decisions.begin() + static_cast<std::ptrdiff_t>(first), decisions.end(), std::uint8_t{1});
        const EstimatedPerformance estimate = estimatePerformance(scores, p, decisions);
        const EstimateSpreads spreads =
            spreadOfEstimate(scores, curve, p, estimate, first, stepResiduals(curve, scores, events, first));
        double right = 0;
        double squares = 0;
        double expectedSquares = 0;
        for (std::size_t i = 0; i < scores.size(); ++i) {
            right += events[i] == decisions[i] ? 1 : 0;
            squares += std::pow(scores[i] - events[i], 2);
            expectedSquares += p[i] * std::pow(1 - scores[i], 2) + (1 - p[i]) * std::pow(scores[i], 2);
        }
        const auto n = static_cast<double>(scores.size());
        QVERIFY(std::abs(*spreads.accuracy.overfit - (right / n - estimate.accuracy)) < 1e-12);
        QVERIFY(std::abs(*spreads.brier.overfit - (squares - expectedSquares) / n) < 1e-12);
        const double realised = auc(profileScores(scores, events));
        QVERIFY(std::abs(*spreads.auc.overfit / (realised - estimate.auc) - 1) < 0.05); // rows against pairs of others
        QVERIFY(*spreads.auc.overfit < 0 && *spreads.accuracy.overfit < 0 && *spreads.brier.overfit > 0);
        QVERIFY(spreads.auc.overfitVariance > 0 && spreads.brier.overfitVariance > 0);
        QVERIFY(std::abs(spreads.calibrationRows / n - 1) < 1e-9); // the same mix
        QVERIFY(!spreads.recall.overfit && !spreads.f1.overfit);

        const std::vector<double> high(scores.end() - 300, scores.end()); // another mix: its step knows few of them
        const std::vector<double> pHigh = calibratedAscending(high, curve);
        const std::vector<std::uint8_t> taken(high.size(), 1);
        const auto far = spreadOfEstimate(high, curve, pHigh, estimatePerformance(high, pHigh, taken), 0);
        QVERIFY(far.calibrationRows < 400);
        QVERIFY(!far.auc.overfit);
    }
};

QTEST_APPLESS_MAIN(TestEstimateSpread)
#include "tst_estimatespread.moc"
