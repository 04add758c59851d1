// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tests and distances of two samples: values of SciPy 1.10.1 and R, and laws that hold for any data.
#include <QtTest>

#include "core/stats/chisquare.h"
#include "core/stats/energydistance.h"
#include "core/stats/histogram.h"
#include "core/stats/kstest.h"
#include "core/stats/proportions.h"
#include "core/stats/ranktests.h"
#include "core/stats/referencebins.h"
#include "core/stats/shares.h"
#include "core/stats/wasserstein.h"
#include "tests/core/stats/near.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

using namespace countersign;

namespace {

const std::vector<double> a{0.5, 1.5, 1.5, 2, 2.25, 3, 3, 3.75, 4, 6, 7.5, 8};
const std::vector<double> b{1, 1.5, 2, 2, 3, 3.5, 4, 4, 5, 6.5, 9, 10, 11.25, 12};

std::vector<double> movedB()
{
    auto moved = b;
    for (double &x : moved)
        x += 3;
    return moved;
}

class RandomData
{
public:
    std::vector<double> sample()
    {
        std::vector<double> values(4 + m_random() % 60);
        const double shift = m_normal(m_random);
        const bool coarse = m_random() % 2 == 0;
        for (double &value : values) {
            value = m_normal(m_random) + shift;
            value = coarse ? std::round(value * 2) / 2 : value;
        }
        std::sort(values.begin(), values.end());
        return values;
    }
    std::vector<double> shares(std::size_t bins)
    {
        std::vector<std::uint64_t> counts(bins);
        for (auto &count : counts)
            count = m_random() % 4 == 0 ? 0 : m_random() % 100;
        counts[m_random() % bins] += 1;
        return sharesOf(counts);
    }
    std::uint64_t number(std::uint64_t below) { return m_random() % below; }

private:
    std::mt19937_64 m_random{20261124};
    std::normal_distribution<double> m_normal;
};

constexpr int rounds = 300;

} // namespace

class TestTwoSampleTests : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// By hand: 0, 1 ... 9999 in 20 bins, so that its distribution function is k / 20 at the k-th upper edge.
    void nannyMlComparesAtTheEdgesOfBinsOfALongReference()
    {
        std::vector<double> reference(10'000);
        std::iota(reference.begin(), reference.end(), 0.0);
        const std::vector<double> current{250, 250, 5000, 20000};
        QVERIFY(near(ksAsNannyMl(reference, current), 0.45)); // at the first edge, 499.95: 1/20 against 2/4
        QVERIFY(near(ksTwoSample(reference, current).statistic, 0.4749));

        // One bin more below, two above: |0 - 1/2|, then |k/20 - 1/2| for k = 1 ... 20, then |1 - 1/2| and 0, each by
        // 9999 / 20.
        const std::vector<double> wide{-100, 10499};
        QVERIFY(near(wassersteinAsNannyMl(reference, wide), 6 * 499.95));
        // Inside the range the sum over k alone is left, and its last term is |1 - 1|.
        const std::vector<double> inside{0, 9999};
        QVERIFY(near(wassersteinAsNannyMl(reference, inside), (5.0 - 0.5) * 499.95));

        reference.pop_back(); // a shorter reference is kept whole
        QCOMPARE(ksAsNannyMl(reference, current), ksTwoSample(reference, current).statistic);
        QCOMPARE(wassersteinAsNannyMl(reference, wide), wassersteinDistance(reference, wide));
        QVERIFY(std::isnan(ksAsNannyMl(reference, {})) && std::isnan(wassersteinAsNannyMl({}, wide)));
        const std::vector<double> far{1e300};
        reference.assign(10'000, 1.0);
        QVERIFY(std::isnan(wassersteinAsNannyMl(reference, far)));
        QCOMPARE(ksAsNannyMl(reference, far), 1.0);
    }

    void valuesOfSciPyAgree()
    {
        QVERIFY(near(cramerVonMises(a, b).statistic, 0.15888278388278376));
        QVERIFY(near(cramerVonMises(a, b).pvalue, 0.38304950865289944));
        QVERIFY(near(cramerVonMises(a, movedB()).statistic, 1.1280906593406597));
        QVERIFY(near(cramerVonMises(a, movedB()).pvalue, 0.0011451967473175007));
        std::vector<double> low(40'000);
        std::iota(low.begin(), low.end(), 0.0);
        std::vector<double> high(90'000);
        std::iota(high.begin(), high.end(), 39'000.0);
        QVERIFY(cramerVonMises(low, high).statistic > 5'000);
        QCOMPARE(cramerVonMises(low, high).pvalue, 0.0);
        QVERIFY(std::isnan(cramerVonMises(std::vector{1.0}, std::vector{2.0}).pvalue));
        QVERIFY(near(andersonDarling(a, b).statistic, 0.017149412094382362));
        QCOMPARE(andersonDarling(a, b).pvalue, 0.25);
        QVERIFY(near(andersonDarling(a, movedB()).statistic, 6.9893763958938315));
        QCOMPARE(andersonDarling(a, movedB()).pvalue, 0.001);
        QVERIFY(near(energyDistance(a, b), 0.801872100907091));
        QVERIFY(near(mannWhitneyTest(a, b, Alternative::TwoSided).u, 61));
        QVERIFY(near(mannWhitneyTest(a, b, Alternative::TwoSided).pvalue, 0.24586426972616893));
        QVERIFY(near(mannWhitneyTest(a, b, Alternative::Less).pvalue, 0.12293213486308446));
        QVERIFY(near(mannWhitneyTest(a, b, Alternative::Greater).pvalue, 0.887249373796325));
        QVERIFY(near(welchPvalue(a, b), 0.16510709877453877));
        QVERIFY(near(ksPvalueExact(ksTwoSample(a, b).statistic, a.size(), b.size()), 0.5567002495418163));
        QVERIFY(near(ksPvalueExact(ksTwoSample(a, movedB()).statistic, a.size(), b.size()), 0.002743924536898019));
    }

    void tablesOfSciPyAgree()
    {
        const std::vector<std::uint64_t> p{10, 20, 30};
        const std::vector<std::uint64_t> q{20, 15, 25};
        QVERIFY(near(gTestContingency(p, q).statistic, 4.569889675232633));
        QVERIFY(near(gTestContingency(p, q).pvalue, 0.10177967636099307));
        QVERIFY(near(chiSquareGoodnessOfFit(p, q).statistic, 12.083333333333334));
        QVERIFY(near(chiSquareGoodnessOfFit(p, q).pvalue, 0.0023775929546446988));
        const std::vector<std::uint64_t> two{10, 20};
        const std::vector<std::uint64_t> more{18, 9};
        QVERIFY(near(chiSquareYates(two, more).statistic, 5.054382183908046));
        QVERIFY(near(chiSquareYates(two, more).pvalue, 0.024563738163143688));
        QCOMPARE(chiSquareYates(p, q).statistic, chiSquareContingency(p, q).statistic);
        QVERIFY(near(fisherExactPvalue(3, 9, 11, 5), 0.054237896531610354));
        QVERIFY(near(twoProportionPvalue(7, 40, 3, 50), 0.0845274725159051));
        const std::vector<std::uint64_t> none{10, 0};
        QCOMPARE(chiSquareGoodnessOfFit(none, two).pvalue, 0.0);
    }

    void intervalsOfSciPyAndRAgree()
    {
        const Interval wilson = wilsonInterval(7, 40, 0.95);
        QVERIFY(near(wilson.low, 0.08745413746035918) && near(wilson.high, 0.3194999033178771));
        const Interval exact = clopperPearsonInterval(7, 40, 0.95);
        QVERIFY(near(exact.low, 0.07338272935208498) && near(exact.high, 0.32779013336159446));
        const Interval jeffreys = jeffreysInterval(7, 40, 0.95);
        QVERIFY(near(jeffreys.low, 0.08185393, 1e-7) && near(jeffreys.high, 0.31317231, 1e-7));
        const Interval difference = newcombeInterval(7, 40, 3, 50, 0.95);
        QVERIFY(near(difference.low, -0.0195480371674826) && near(difference.high, 0.264771167517276));
    }

    void exactKolmogorovSmirnovCountsEveryOrder()
    {
        // All C(7, 3) orders of 3 and 4 distinct values, against the definition.
        for (const double d : {0.25, 0.5, 0.75, 1.0}) {
            int reached = 0;
            int orders = 0;
            for (unsigned places = 0; places < 128; ++places) {
                std::vector<double> first;
                std::vector<double> second;
                for (unsigned place = 0; place < 7; ++place)
                    ((places >> place & 1U) != 0 ? first : second).push_back(place);
                if (first.size() != 3)
                    continue;
                ++orders;
                reached += ksTwoSample(first, second).statistic >= d - 1e-12 ? 1 : 0;
            }
            QVERIFY(near(ksPvalueExact(d, 3, 4), static_cast<double>(reached) / orders, 1e-12));
        }
    }

    void twoSampleStatisticsAreSymmetricBoundedAndZeroForEqualSamples()
    {
        RandomData data;
        for (int round = 0; round < rounds; ++round) {
            const auto x = data.sample();
            const auto y = data.sample();
            QVERIFY(near(energyDistance(x, y), energyDistance(y, x)));
            QVERIFY(energyDistance(x, y) >= 0);
            QCOMPARE(energyDistance(x, x), 0.0);
            QVERIFY(near(cramerVonMises(x, y).statistic, cramerVonMises(y, x).statistic));
            QVERIFY(cramerVonMises(x, x).statistic <= cramerVonMises(x, y).statistic + 1.0 / 6);
            QVERIFY(near(andersonDarling(x, y).statistic, andersonDarling(y, x).statistic));
            for (const double p : {cramerVonMises(x, y).pvalue, andersonDarling(x, y).pvalue, welchPvalue(x, y),
                                   mannWhitneyTest(x, y, Alternative::TwoSided).pvalue,
                                   ksPvalueExact(ksTwoSample(x, y).statistic, x.size(), y.size())})
                QVERIFY(std::isnan(p) || (p >= 0 && p <= 1));
            const double d = ksTwoSample(x, y).statistic;
            QVERIFY(near(ksPvalueExact(d, x.size(), y.size()), ksPvalueExact(d, y.size(), x.size())));
            const RankTest forth = mannWhitneyTest(x, y, Alternative::Less);
            QVERIFY(
                near(forth.u + mannWhitneyTest(y, x, Alternative::Less).u, static_cast<double>(x.size() * y.size())));
            const double back = mannWhitneyTest(y, x, Alternative::Greater).pvalue;
            QVERIFY((std::isnan(forth.pvalue) && std::isnan(back)) || near(forth.pvalue, back));
        }
        QVERIFY(std::isnan(energyDistance({}, a)) && std::isnan(cramerVonMises(a, {}).pvalue));
        QVERIFY(std::isnan(andersonDarling(std::vector<double>(5, 1.0), std::vector<double>(5, 1.0)).statistic));
        QVERIFY(std::isnan(welchPvalue(std::vector<double>{1}, a)));
    }

    void sharesObeyTheirLaws()
    {
        RandomData data;
        for (int round = 0; round < rounds; ++round) {
            const std::size_t bins = 2 + data.number(12);
            const auto p = data.shares(bins);
            const auto q = data.shares(bins);
            for (const auto distance : {jensenShannonDivergence, totalVariation, bhattacharyyaDistance}) {
                QVERIFY(std::abs(distance(p, q) - distance(q, p)) < 1e-12);
                QVERIFY(distance(p, q) >= 0 && distance(p, q) <= 1 + 1e-12);
                QVERIFY(distance(p, p) < 1e-12);
            }
            QVERIFY(kullbackLeibler(p, p) < 1e-12);
            // Pinsker: total variation <= sqrt(KL / 2)
            QVERIFY(totalVariation(p, q) <= std::sqrt(kullbackLeibler(p, q) / 2) + 1e-12);
            const double raised = stabilityIndexOfShares(withoutZeros(p, ZeroShares::RaiseToFloor, 1e-4),
                                                         withoutZeros(q, ZeroShares::RaiseToFloor, 1e-4));
            QVERIFY(raised >= 0 && raised >= stabilityIndexOfShares(p, q) - 1e-12);
            for (const double share : withoutZeros(p, ZeroShares::PartOfRow, 0.5, 100))
                QVERIFY(share > 0);
        }
    }

    void intervalsHoldTheShareAndShrink()
    {
        RandomData data;
        for (int round = 0; round < rounds; ++round) {
            const std::uint64_t n = 1 + data.number(500);
            const std::uint64_t k = data.number(n + 1);
            for (const auto interval : {wilsonInterval, jeffreysInterval, clopperPearsonInterval}) {
                const Interval wide = interval(k, n, 0.99);
                const Interval narrow = interval(k, n, 0.8);
                QVERIFY(wide.low >= 0 && wide.high <= 1);
                QVERIFY(wide.low <= narrow.low && narrow.high <= wide.high);
                QVERIFY(wide.low <= proportion(k, n) + 1e-12 && wide.high >= proportion(k, n) - 1e-12);
                const Interval mirrored = interval(n - k, n, 0.99);
                QVERIFY(std::abs(mirrored.low - (1 - wide.high)) < 1e-9);
            }
            const std::uint64_t m = 1 + data.number(500);
            const std::uint64_t j = data.number(m + 1);
            const Interval difference = newcombeInterval(k, n, j, m, 0.95);
            QVERIFY(difference.low >= -1 - 1e-12 && difference.high <= 1 + 1e-12 && difference.low <= difference.high);
            QVERIFY(near(twoProportionPvalue(k, n, j, m), twoProportionPvalue(j, m, k, n)));
            QVERIFY(near(fisherExactPvalue(k, n - k, j, m - j), fisherExactPvalue(j, m - j, k, n - k), 1e-6));
        }
        QVERIFY(std::isnan(wilsonInterval(0, 0, 0.95).low) && std::isnan(twoProportionPvalue(0, 0, 1, 2)));
    }

    void histogramsHoldEveryValueOnce()
    {
        QCOMPARE(doaneBins(a), 6U); // numpy.histogram_bin_edges
        QCOMPARE(doaneBins(b), 6U);
        std::vector<double> both(a.begin(), a.end());
        both.insert(both.end(), b.begin(), b.end());
        std::sort(both.begin(), both.end());
        QCOMPARE(sturgesBins(both), 6U);
        RandomData data;
        for (int round = 0; round < rounds; ++round) {
            const auto x = data.sample();
            const auto y = data.sample();
            const auto edges = equalWidthEdges(x.front(), x.back(), static_cast<unsigned>(1 + data.number(20)));
            std::vector<std::uint64_t> counts(edges.size() - 1);
            QCOMPARE(countBetween(x, edges, counts), std::uint64_t{0});
            std::uint64_t sum = 0;
            for (const auto count : counts)
                sum += count;
            QCOMPARE(sum, std::uint64_t{x.size()});
            std::uint64_t outside = countBetween(y, edges, counts);
            for (const auto count : counts)
                outside += count;
            QCOMPARE(outside, std::uint64_t{y.size()});
        }
    }
};

QTEST_APPLESS_MAIN(TestTwoSampleTests)
#include "tst_twosampletests.moc"
