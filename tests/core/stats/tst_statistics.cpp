// SPDX-License-Identifier: GPL-3.0-or-later
//
// Values worked out by hand or from the literature, and what happens at the edges.
#include <QtTest>

#include "core/stats/chisquare.h"
#include "core/stats/divergence.h"
#include "core/stats/kolmogorov.h"
#include "core/stats/kstest.h"
#include "core/stats/performance.h"
#include "core/stats/quantile.h"
#include "core/stats/sort.h"
#include "core/stats/wasserstein.h"

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace countersign;

namespace {

using List = std::vector<std::uint64_t>;
using Numbers = std::vector<double>;

/// Relative to the expected value.
bool near(double found, double expected, double tolerance = 1e-12)
{
    return std::abs(found - expected) <= tolerance * std::max(std::abs(expected), 1e-300);
}

} // namespace

class TestStatistics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stabilityIndexFloorsZeroSharesAndSkipsEmptyBins()
    {
        const double expected = (0.75 - 0.5) * std::log(0.75 / 0.5) + (0.25 - 0.5) * std::log(0.25 / 0.5);
        QVERIFY(near(populationStabilityIndex(List{50, 50, 0}, List{30, 10, 0}), expected));
        // A share of 10% that vanishes adds 0.690: the value documented for this floor.
        const double vanished = (1e-4 - 0.1) * std::log(1e-4 / 0.1);
        QVERIFY(
            near(populationStabilityIndex(List{90, 10}, List{100, 0}), vanished + (1.0 - 0.9) * std::log(1.0 / 0.9)));
        QVERIFY(near(vanished, 0.690, 1e-3));
    }

    void distancesOfDisjointTablesAreTheirBounds()
    {
        QVERIFY(near(jensenShannonDistance(List{5, 0}, List{0, 9}), 1));
        QVERIFY(near(hellingerDistance(List{5, 0}, List{0, 9}), 1));
        QVERIFY(near(lInfinityDistance(List{5, 0}, List{0, 9}), 1));
    }

    void emptySidesAreUndefined()
    {
        const List none{0, 0};
        const List some{1, 2};
        for (const auto distance : {jensenShannonDistance, hellingerDistance, lInfinityDistance}) {
            QVERIFY(std::isnan(distance(none, some)));
            QVERIFY(std::isnan(distance(some, none)));
        }
        QVERIFY(std::isnan(populationStabilityIndex(none, some)));
        QVERIFY(std::isnan(chiSquareContingency(none, some).statistic));
        QVERIFY(std::isnan(ksTwoSample(Numbers{}, Numbers{1}).statistic));
        QVERIFY(std::isnan(wassersteinDistance(Numbers{1}, Numbers{})));
        QVERIFY(std::isnan(quantile(Numbers{}, 0.5)));
        QVERIFY(std::isnan(areaUnderRoc(0, 0, 5)));
        QVERIFY(std::isnan(rootMeanSquaredError(0, 0)));
        QVERIFY(std::isnan(ksPvalueEffectiveSize(0.5, 0, 3)));
        QVERIFY(std::isnan(ksPvalueEffectiveSize(1, 1, 1))); // the effective size of 0.5 rounds to 0
        QVERIFY(std::isnan(kolmogorovSurvival(0, 0.5)));
        QVERIFY(std::isnan(criticalStabilityIndex(0, 10, 10, 0.95)));
    }

    void kolmogorovSmirnovNamesThePlaceAndTheCounts()
    {
        const Numbers first{1, 2, 2, 3};
        const Numbers second{2, 3, 4, 5, 6};
        const KsResult result = ksTwoSample(first, second);
        QVERIFY(near(result.statistic, 0.6));
        QCOMPARE(result.x, 3.0);
        QCOMPARE(result.atOrBelowFirst, std::uint64_t{4});
        QCOMPARE(result.atOrBelowSecond, std::uint64_t{2});
    }

    void constantSamplesAreEqualOrFullyApart()
    {
        QCOMPARE(ksTwoSample(Numbers{7, 7}, Numbers{7, 7, 7}).statistic, 0.0);
        QCOMPARE(ksTwoSample(Numbers{7, 7}, Numbers{8}).statistic, 1.0);
        QCOMPARE(wassersteinDistance(Numbers{7, 7}, Numbers{7, 7, 7}), 0.0);
        QCOMPARE(quantileEdges(Numbers{7, 7, 7}, 10), Numbers{7});
    }

    void kolmogorovDistributionHasItsKnownValues()
    {
        // Marsaglia, Tsang and Wang (2003): P(D_10 < 0.274) = 0.6284796154565, and P(D_2000 < 0.04) = 0.99676943191713.
        QVERIFY(near(1 - kolmogorovSurvival(10, 0.274), 0.628479615456504275298526691328, 1e-12));
        QVERIFY(near(kolmogorovSurvival(2000, 0.04), 1 - 0.99676943191713676, 1e-8));
        // SciPy 1.10.1, kstwo.sf: one value from each method.
        QVERIFY(near(kolmogorovSurvival(2000, 0.04), 0.0032305680961256145, 1e-12));
        QVERIFY(near(kolmogorovSurvival(100, 0.1), 0.2526927570063874, 1e-12));
        QVERIFY(near(kolmogorovSurvival(150, 0.04), 0.9622260690500474, 1e-12));
        QVERIFY(near(kolmogorovSurvival(60000, 0.004), 0.2915191216630362, 1e-11));
        QVERIFY(near(kolmogorovSurvival(1000000, 0.0008), 0.5438713666611479, 1e-11));
        QVERIFY(near(kolmogorovSurvival(62500, 0.05), 3.1224858986476983e-136, 1e-11));
        // Closed forms at the ends: n = 1 is uniform, and one piece each below 1/n and above 1 - 1/n.
        QVERIFY(near(kolmogorovSurvival(1, 0.75), 0.5));
        QVERIFY(near(kolmogorovSurvival(2, 0.4), 1 - 2 * 0.3 * 0.3));
        QVERIFY(near(kolmogorovSurvival(3, 0.9), 2 * 0.1 * 0.1 * 0.1));
        QCOMPARE(kolmogorovSurvival(100, 0.004), 1.0);
        QCOMPARE(kolmogorovSurvival(100, 1), 0.0);
        QVERIFY(near(kolmogorovLimitSurvival(1.3580986393225505), 0.05, 1e-12));
        QVERIFY(near(kolmogorovLimitSurvival(0.8275735551899077), 0.5, 1e-12));
        QVERIFY(near(smirnovSurvival(1, 0.3), 0.7));
    }

    void kolmogorovDistributionFallsSmoothlyAcrossItsMethods()
    {
        for (const std::uint64_t n : {12U, 140U, 141U, 3000U, 100000U, 100001U}) {
            double last = 1;
            for (double z = 0.2; z < 12; z += 0.01) {
                const double d = z / std::sqrt(static_cast<double>(n));
                if (d >= 1)
                    break;
                const double p = kolmogorovSurvival(n, d);
                QVERIFY(p <= last * (1 + 1e-12));
                QVERIFY(p > 0.9 * last - 0.02 || p < 1e-3);
                last = p;
            }
        }
        // Far out in a large sample the limit holds.
        QVERIFY(near(kolmogorovSurvival(4000000, 1.2 / 2000), kolmogorovLimitSurvival(1.2), 2e-3));
    }

    void effectiveSizeIsRoundedHalfToEven()
    {
        // 5 * 5 / 10 = 2.5 rounds to 2; 7 * 7 / 14 = 3.5 rounds to 4.
        QCOMPARE(ksPvalueEffectiveSize(0.6, 5, 5), kolmogorovSurvival(2, 0.6));
        QCOMPARE(ksPvalueEffectiveSize(0.6, 7, 7), kolmogorovSurvival(4, 0.6));
        QCOMPARE(ksPvalueKolmogorovLimit(0.5, 8, 8), kolmogorovLimitSurvival(1.0));
    }

    void wassersteinIsTheAreaBetweenTheDistributions()
    {
        QVERIFY(near(wassersteinDistance(Numbers{0, 1, 3}, Numbers{5, 6, 8}), 5));
        QVERIFY(near(wassersteinDistance(Numbers{0}, Numbers{-1, 2}), 1.5));
    }

    void chiSquareOfAKnownTable()
    {
        // scipy.stats.chi2_contingency([[10, 20, 30], [20, 20, 20]], correction=False)
        const ChiSquareResult result = chiSquareContingency(List{10, 20, 30, 0}, List{20, 20, 20, 0});
        QVERIFY(near(result.statistic, 16.0 / 3));
        QCOMPARE(result.degreesOfFreedom, std::uint64_t{2});
        QVERIFY(near(result.pvalue, std::exp(-8.0 / 3)));
        QVERIFY(near(result.cramersV, std::sqrt(16.0 / 3 / 120)));
        const ChiSquareResult one = chiSquareContingency(List{3}, List{4});
        QCOMPARE(one.statistic, 0.0);
        QCOMPARE(one.pvalue, 1.0);
        QVERIFY(std::isnan(one.cramersV));
    }

    void criticalIndexIsThatOfTheLiterature()
    {
        QVERIFY(near(criticalStabilityIndex(200, 200, 10, 0.95), 0.169, 3e-3));
        QVERIFY(near(criticalStabilityIndex(10000, 1000, 20, 0.95), 0.0332, 3e-3));
        QCOMPARE(criticalStabilityIndex(200, 200, 1, 0.95), 0.0);
    }

    void areaUnderRocCountsTiesHalf()
    {
        const Numbers events{0.35, 0.8, 0.8};
        const Numbers others{0.1, 0.4, 0.8};
        QCOMPARE(mannWhitneyTwiceU(events, others), std::uint64_t{2 + 5 + 5});
        QVERIFY(near(areaUnderRoc(12, 3, 3), 12.0 / 18));
    }

    void errorSumsAreOfPredictedMinusActual()
    {
        const ErrorSums sums = sumErrors(Numbers{1, 2, 5}, Numbers{2, 2, 3});
        QCOMPARE(sums.n, std::uint64_t{3});
        QCOMPARE(sums.sumOfSquares, 5.0);
        QCOMPARE(sums.sumOfAbsolutes, 3.0);
        QCOMPARE(sums.sum, 1.0);
        QVERIFY(near(rootMeanSquaredError(3, 5), std::sqrt(5.0 / 3)));
    }

    void standardErrorOfAucIsHanleyAndMcNeils()
    {
        // Hanley and McNeil (1982): area 0.893, 51 abnormal and 58 normal images, standard error 0.032.
        QVERIFY(near(aucStandardError(0.893, 51, 58), 0.032, 0.02));
        QCOMPARE(aucStandardError(1, 5, 5), 0.0);
    }

    void quantilesInterpolateLinearly()
    {
        const Numbers sorted{1, 2, 4, 8};
        QCOMPARE(quantile(sorted, 0), 1.0);
        QCOMPARE(quantile(sorted, 1), 8.0);
        QCOMPARE(quantile(sorted, 0.5), 3.0);
        QVERIFY(near(quantile(sorted, 0.9), 6.8));
        QCOMPARE(quantileEdges(sorted, 4), (Numbers{1.75, 3, 5}));
    }

    void binsAreClosedAbove()
    {
        std::vector<std::uint64_t> counts(3);
        countSorted(Numbers{0, 1, 1, 2, 3, 9}, Numbers{1, 3}, counts);
        QCOMPARE(counts, (List{3, 2, 1}));
    }

    void sortingEqualsStdSort_data()
    {
        QTest::addColumn<int>("count");
        for (const int count : {0, 1, 2, 100, 2047, 2048, 50000})
            QTest::addRow("%d", count) << count;
    }
    void sortingEqualsStdSort()
    {
        QFETCH(int, count);
        Numbers values;
        std::uint64_t state = 88172645463325252ULL;
        for (int i = 0; i < count; ++i) {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            const double magnitude =
                std::ldexp(static_cast<double>(state % 1000003), static_cast<int>(state % 90) - 45);
            values.push_back(state % 3 == 0 ? -magnitude : magnitude);
        }
        Numbers expected = values;
        std::sort(expected.begin(), expected.end());
        sortAscending(values);
        QCOMPARE(values, expected);
    }
};

QTEST_APPLESS_MAIN(TestStatistics)
#include "tst_statistics.moc"
