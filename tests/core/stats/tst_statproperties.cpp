// SPDX-License-Identifier: GPL-3.0-or-later
//
// Laws that hold for any data, on random tables and samples from fixed seeds.
#include <QtTest>

#include "core/stats/chisquare.h"
#include "core/stats/divergence.h"
#include "core/stats/kstest.h"
#include "core/stats/performance.h"
#include "core/stats/wasserstein.h"

#include <algorithm>
#include <cmath>
#include <random>

using namespace countersign;

namespace {

constexpr int rounds = 300;

class TestData
{
public:
    std::vector<std::uint64_t> table(std::size_t bins)
    {
        std::vector<std::uint64_t> counts(bins);
        for (std::uint64_t &count : counts)
            count = m_random() % 4 == 0 ? 0 : m_random() % 1000;
        counts[m_random() % bins] += 1;
        return counts;
    }
    std::vector<double> sample()
    {
        std::vector<double> values(1 + m_random() % 400);
        const double shift = m_normal(m_random);
        const bool coarse = m_random() % 2 == 0; // with ties
        for (double &value : values) {
            value = m_normal(m_random) + shift;
            if (coarse)
                value = std::round(value * 4) / 4;
        }
        std::sort(values.begin(), values.end());
        return values;
    }
    std::size_t bins() { return 2 + m_random() % 20; }

private:
    std::mt19937_64 m_random{20260822};
    std::normal_distribution<double> m_normal;
};

bool close(double a, double b)
{
    return std::abs(a - b) <= 1e-12 * std::max({1.0, std::abs(a), std::abs(b)});
}

/// The definition itself, over every value of both samples.
double ksByDefinition(const std::vector<double> &a, const std::vector<double> &b)
{
    double largest = 0;
    for (const auto *side : {&a, &b}) {
        for (const double x : *side) {
            const auto below = [x](const std::vector<double> &sample) {
                const auto count = std::count_if(sample.begin(), sample.end(), [x](double v) { return v <= x; });
                return static_cast<double>(count) / static_cast<double>(sample.size());
            };
            largest = std::max(largest, std::abs(below(a) - below(b)));
        }
    }
    return largest;
}

} // namespace

class TestStatProperties : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void distancesAreSymmetricBoundedAndZeroForEqualShares()
    {
        TestData data;
        for (int round = 0; round < rounds; ++round) {
            const std::size_t bins = data.bins();
            const auto p = data.table(bins);
            const auto q = data.table(bins);
            auto tripled = p;
            for (std::uint64_t &count : tripled)
                count *= 3;
            for (const auto distance : {jensenShannonDistance, hellingerDistance, lInfinityDistance}) {
                const double value = distance(p, q);
                QVERIFY(close(value, distance(q, p)));
                QVERIFY(value >= 0 && value <= 1);
                QVERIFY(distance(p, p) <= 1e-15);
                QVERIFY(distance(p, tripled) < 3e-8);
            }
            QVERIFY(close(populationStabilityIndex(p, q), populationStabilityIndex(q, p)));
            QVERIFY(populationStabilityIndex(p, q) >= 0);
            QCOMPARE(populationStabilityIndex(p, p), 0.0);
            QVERIFY(hellingerDistance(p, q) <= std::sqrt(2 * std::log(2)) * jensenShannonDistance(p, q) + 1e-9);
        }
    }

    void orderOfBinsDoesNotMatter()
    {
        TestData data;
        for (int round = 0; round < rounds; ++round) {
            const std::size_t bins = data.bins();
            auto p = data.table(bins);
            auto q = data.table(bins);
            const double psi = populationStabilityIndex(p, q);
            const double chi = chiSquareContingency(p, q).statistic;
            std::reverse(p.begin(), p.end());
            std::reverse(q.begin(), q.end());
            QVERIFY(close(populationStabilityIndex(p, q), psi));
            QVERIFY(close(chiSquareContingency(p, q).statistic, chi));
        }
    }

    void kolmogorovSmirnovEqualsItsDefinition()
    {
        TestData data;
        for (int round = 0; round < rounds; ++round) {
            const auto a = data.sample();
            const auto b = data.sample();
            const KsResult forth = ksTwoSample(a, b);
            const KsResult back = ksTwoSample(b, a);
            QVERIFY(close(forth.statistic, ksByDefinition(a, b)));
            QCOMPARE(forth.statistic, back.statistic);
            QCOMPARE(forth.x, back.x);
            QCOMPARE(forth.atOrBelowFirst, back.atOrBelowSecond);
            QCOMPARE(ksTwoSample(a, a).statistic, 0.0);
            QCOMPARE(ksStatistic(forth.atOrBelowFirst, a.size(), forth.atOrBelowSecond, b.size()), forth.statistic);
            const double p = ksPvalueEffectiveSize(forth.statistic, a.size(), b.size());
            QVERIFY(std::isnan(p) || (p >= 0 && p <= 1));
        }
    }

    void kolmogorovSmirnovIgnoresMonotoneChangesOfScale()
    {
        TestData data;
        for (int round = 0; round < rounds; ++round) {
            auto a = data.sample();
            auto b = data.sample();
            const double before = ksTwoSample(a, b).statistic;
            for (auto *side : {&a, &b})
                std::transform(side->begin(), side->end(), side->begin(), [](double x) { return std::exp(x) * 100; });
            QCOMPARE(ksTwoSample(a, b).statistic, before);
        }
    }

    void wassersteinIsAMetric()
    {
        TestData data;
        for (int round = 0; round < rounds; ++round) {
            const auto a = data.sample();
            const auto b = data.sample();
            const auto c = data.sample();
            QVERIFY(close(wassersteinDistance(a, b), wassersteinDistance(b, a)));
            QCOMPARE(wassersteinDistance(a, a), 0.0);
            QVERIFY(wassersteinDistance(a, c) <= wassersteinDistance(a, b) + wassersteinDistance(b, c) + 1e-12);
            auto shifted = a;
            for (double &value : shifted)
                value += 8;
            QVERIFY(close(wassersteinDistance(a, shifted), 8));
        }
    }

    void areaUnderRocMirrorsWhenTheClassesSwap()
    {
        TestData data;
        for (int round = 0; round < rounds; ++round) {
            const auto events = data.sample();
            const auto others = data.sample();
            const std::uint64_t forth = mannWhitneyTwiceU(events, others);
            const std::uint64_t back = mannWhitneyTwiceU(others, events);
            QCOMPARE(forth + back, std::uint64_t{2} * events.size() * others.size());
            const double area = areaUnderRoc(forth, events.size(), others.size());
            QVERIFY(area >= 0 && area <= 1);
        }
    }

    void chiSquareIsSymmetricAndItsPvalueAProbability()
    {
        TestData data;
        for (int round = 0; round < rounds; ++round) {
            const std::size_t bins = data.bins();
            const auto p = data.table(bins);
            const auto q = data.table(bins);
            const ChiSquareResult forth = chiSquareContingency(p, q);
            const ChiSquareResult back = chiSquareContingency(q, p);
            QVERIFY(close(forth.statistic, back.statistic));
            QVERIFY(forth.pvalue >= 0 && forth.pvalue <= 1);
            QVERIFY(std::isnan(forth.cramersV) || (forth.cramersV >= 0 && forth.cramersV <= 1 + 1e-12));
            QVERIFY(chiSquareContingency(p, p).statistic < 1e-9);
        }
    }
};

QTEST_APPLESS_MAIN(TestStatProperties)
#include "tst_statproperties.moc"
