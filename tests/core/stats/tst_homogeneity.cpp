// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "core/stats/chisquare.h"
#include "core/stats/homogeneity.h"
#include "core/stats/multipletesting.h"
#include "core/stats/partitiontest.h"

#include <boost/math/special_functions/binomial.hpp>
#include <cmath>
#include <random>

using namespace countersign;

namespace {

using Table = std::vector<std::uint64_t>;

/// Deciles of n draws of a uniform variable, and how m more fall into them.
std::pair<Table, Table> undriftedDeciles(std::mt19937_64 &random, std::size_t n, std::size_t m)
{
    std::uniform_real_distribution<double> uniform(0, 1);
    std::vector<double> reference(n);
    for (auto &value : reference)
        value = uniform(random);
    std::sort(reference.begin(), reference.end());
    std::vector<double> edges;
    for (std::size_t decile = 1; decile < 10; ++decile)
        edges.push_back(reference[decile * n / 10 - 1]);
    const auto count = [&](double value, Table &into) {
        if (value < reference.front())
            ++into[0];
        else if (value > reference.back())
            ++into[11];
        else
            ++into[static_cast<std::size_t>(1 + (std::lower_bound(edges.begin(), edges.end(), value) - edges.begin()))];
    };
    Table before(13);
    Table after(13);
    for (const double value : reference)
        count(value, before);
    for (std::size_t i = 0; i < m; ++i)
        count(uniform(random), after);
    return {before, after};
}

} // namespace

class TestHomogeneity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void adjustedPvaluesAreThoseOfR()
    {
        // p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05, NA, 0.9), "BH") of R 4.2
        const std::vector<double> p{0.01, 0.02, 0.03, 0.04, 0.05, std::nan(""), 0.9};
        const auto adjusted = benjaminiHochberg(p);
        for (std::size_t i = 0; i < 5; ++i)
            QVERIFY(std::abs(adjusted[i] - 0.06) < 1e-12);
        QVERIFY(std::isnan(adjusted[5]));
        QCOMPARE(adjusted[6], 0.9);
        QVERIFY(benjaminiHochberg({}).empty());
    }

    void exceedanceIsTheShareOfArrangements()
    {
        // Of the C(7, 3) arrangements of 4 earlier and 3 new values, (k + 1) C(7 - k - 2, 2) have k new ones outside.
        const auto all = boost::math::binomial_coefficient<double>(7, 3);
        double atLeast = 0;
        for (unsigned k = 3; k >= 1; --k) {
            atLeast += (k + 1) * boost::math::binomial_coefficient<double>(7 - k - 2, 2) / all;
            QVERIFY(std::abs(exceedancePvalue(4, 3, k) - atLeast) < 1e-12);
        }
        QCOMPARE(exceedancePvalue(4, 3, 0), 1.0);
        QCOMPARE(exceedancePvalue(1, 3, 2), 1.0);
        QVERIFY(exceedancePvalue(1000000, 100, 6) < 1e-20);
    }

    void splitIsTheBinomialTest()
    {
        // binom.test(6, 6, 100 / 10100) of R: 9.41e-13 one-sided, doubled here
        QVERIFY(std::abs(splitPvalue(0, 10000, 6, 100) / (2 * std::pow(100.0 / 10100, 6)) - 1) < 1e-9);
        QCOMPARE(splitPvalue(0, 10, 0, 10), 1.0);
        QCOMPARE(splitPvalue(5, 10, 5, 10), 1.0);
    }

    void wellFilledBinsAreTheTableAlone()
    {
        const Table reference{300, 300, 400};
        const Table current{30, 35, 35};
        QCOMPARE(categoryHomogeneityPvalue(reference, current), partitionPvalue(reference, current));
        QCOMPARE(categoryHomogeneityPvalue(reference, current, TableTest::PearsonChiSquare),
                 chiSquareContingency(reference, current).pvalue);
    }

    void hypergeometricTailsAreExact()
    {
        const auto choose = [](unsigned n, unsigned k) { return boost::math::binomial_coefficient<double>(n, k); };
        for (unsigned observed = 0; observed <= 6; ++observed) {
            double below = 0;
            for (unsigned i = 0; i < observed; ++i)
                below += choose(9, i) * choose(21, 6 - i) / choose(30, 6);
            const double at = choose(9, observed) * choose(21, 6 - observed) / choose(30, 6);
            const HypergeometricTails tails = hypergeometricTails(observed, 9, 6, 30);
            QVERIFY(std::abs(tails.below - below) < 1e-14);
            QVERIFY(std::abs(tails.at - at) < 1e-14);
            QVERIFY(std::abs(tails.above - (1 - below - at)) < 1e-14);
        }
        // more drawn than there are others: at least 2 of 4 are marked
        QCOMPARE(hypergeometricTails(2, 4, 6, 8).below, 0.0);
        QVERIFY(std::abs(hypergeometricTails(2, 4, 6, 8).at - 6.0 / 28) < 1e-14);
        // far out, as the product of its ratios: (100 C 100) / (200 C 100)
        const HypergeometricTails far = hypergeometricTails(100, 100, 100, 200);
        QVERIFY(std::abs(far.at * boost::math::binomial_coefficient<double>(200, 100) - 1) < 1e-9);
        QCOMPARE(far.above, 0.0);
    }

    void twoBinsAreFishersTest()
    {
        // fisher.test(matrix(c(3, 1, 1, 3), 2), alternative = "greater") of R: 0.2429, doubled
        QVERIFY(std::abs(partitionPvalue(Table{3, 1}, Table{1, 3}) - 2 * 17.0 / 70) < 1e-12);
        QCOMPARE(partitionPvalue(Table{5, 0, 5}, Table{5, 0, 5}), 1.0);
    }

    void partitionTendsToPearsonsTest()
    {
        std::mt19937_64 random(3);
        for (int trial = 0; trial < 20; ++trial) {
            Table reference(8);
            Table current(8);
            for (std::size_t i = 0; i < 8; ++i) {
                reference[i] = std::poisson_distribution<std::uint64_t>(2e6)(random);
                current[i] = std::poisson_distribution<std::uint64_t>(1e6)(random);
            }
            const double pearson = chiSquareContingency(reference, current).pvalue;
            QVERIFY(std::abs(partitionPvalue(reference, current) - pearson) < 0.01);
        }
    }

    void partitionOfNothingAndOfAllThatThereIs()
    {
        QVERIFY(std::isnan(partitionPvalue(Table{0, 0, 0}, Table{1, 2, 3})));
        QVERIFY(std::isnan(partitionPvalue(Table{1, 2, 3}, Table{0, 0, 0})));
        QCOMPARE(partitionPvalue(Table{7, 0}, Table{9, 0}), 1.0);
        QCOMPARE(partitionPvalue(Table{100000, 0, 7}, Table{0, 100000, 7}), 0.0);
        const Table shares{100, 200, 300, 400};
        QVERIFY(partitionPvalue(shares, shares) > 0.999);
        // halves in another order are other tables, the two sides are not
        const Table other{90, 230, 310, 370};
        QVERIFY(std::abs(partitionPvalue(shares, other) - partitionPvalue(other, shares)) < 1e-12);
    }

    /// At 1 in 2,000 and with sides as unequal as a month and its year, where Pearson's test is far too ready.
    void partitionHoldsItsLevelFarOut_data()
    {
        QTest::addColumn<QVector<double>>("shares");
        QTest::newRow("deciles") << QVector<double>(10, 0.1);
        QTest::newRow("twenty bins of five rows") << QVector<double>(20, 0.05);
        QTest::newRow("a rare one") << QVector<double>{0.93, 0.07};
        QTest::newRow("skewed") << QVector<double>{0.4, 0.2, 0.12, 0.08, 0.06, 0.06, 0.04, 0.04};
    }

    void partitionHoldsItsLevelFarOut()
    {
        QFETCH(QVector<double>, shares);
        std::mt19937_64 random(20261124);
        const auto draw = [&](std::uint64_t left) {
            Table table;
            double rest = 1;
            for (const double share : shares) {
                const bool last = table.size() + 1 == static_cast<std::size_t>(shares.size());
                std::binomial_distribution<std::uint64_t> among(left, std::min(1.0, share / rest));
                table.push_back(last ? left : among(random));
                left -= table.back();
                rest -= share;
            }
            return table;
        };
        constexpr int trials = 8000;
        int partition = 0;
        int pearson = 0;
        for (int trial = 0; trial < trials; ++trial) {
            const Table before = draw(1200);
            const Table after = draw(100);
            partition += categoryHomogeneityPvalue(before, after) < 0.0005;
            pearson += categoryHomogeneityPvalue(before, after, TableTest::PearsonChiSquare) < 0.0005;
        }
        qInfo("%d of %d, Pearson's chi-square %d", partition, trials, pearson);
        // The binomial count of 8,000 at 0.05 % stays under 12 but once in a thousand.
        QVERIFY(partition < 12);
        QVERIFY(partition <= pearson);
    }

    void oneStrayValueIsNoAlarmAndASentinelIs()
    {
        Table reference{0, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 0, 0};
        Table current{1, 10, 10, 10, 10, 10, 10, 10, 10, 10, 9, 0, 0};
        QVERIFY(chiSquareContingency(reference, current).pvalue < 1e-10); // what Pearson's test alone would say
        QVERIFY(numericHomogeneityPvalue(reference, current) > 0.01);
        current = {6, 10, 10, 10, 10, 10, 10, 10, 10, 10, 4, 0, 0};
        QVERIFY(numericHomogeneityPvalue(reference, current) < 1e-6);
        current = {0, 10, 10, 10, 10, 10, 10, 10, 10, 10, 4, 0, 6};
        QVERIFY(numericHomogeneityPvalue(reference, current) < 1e-6);
    }

    void aSpecialValueStandsApartFromItsNeighbours()
    {
        const auto pvalue = [](const Table &reference, const Table &current) {
            return numericHomogeneityPvalue(reference, current, TableTest::Partition, 2);
        };
        const Table reference{0, 1000, 1000, 1000, 1000, 0, 80, 0};
        QVERIFY(pvalue(reference, Table{0, 250, 250, 250, 250, 0, 20, 0}) > 0.5);
        QVERIFY(pvalue(reference, Table{0, 235, 235, 235, 235, 0, 80, 0}) < 1e-6);
        QVERIFY(pvalue(Table{0, 1000, 1000, 1000, 1000, 0, 0, 0}, Table{0, 10, 10, 10, 10, 0, 6, 0}) < 1e-6);
        // Such values are not out of range.
        QCOMPARE(pvalue(Table{0, 1000, 1000, 1000, 1000, 0, 0, 0}, Table{0, 250, 250, 250, 250, 0, 0, 0}),
                 numericHomogeneityPvalue(Table{0, 1000, 1000, 1000, 1000, 0, 0}, Table{0, 250, 250, 250, 250, 0, 0}));
    }

    void newCategoriesAreSeenHoweverFew()
    {
        const Table reference{5000, 3000, 2000, 0, 0};
        QVERIFY(categoryHomogeneityPvalue(reference, Table{50, 30, 19, 1, 0}) > 0.01);
        QVERIFY(categoryHomogeneityPvalue(reference, Table{48, 28, 18, 6, 0}) < 1e-6);
        QVERIFY(categoryHomogeneityPvalue(reference, Table{50, 30, 20, 0, 0}) > 0.5);
    }

    void emptySidesHaveNoValue()
    {
        QVERIFY(std::isnan(numericHomogeneityPvalue(Table(5), Table{0, 1, 2, 0, 0})));
        QVERIFY(std::isnan(categoryHomogeneityPvalue(Table{1, 2}, Table{0, 0})));
    }

    void pvaluesHoldTheirLevelWithoutDrift_data()
    {
        QTest::addColumn<int>("n");
        QTest::addColumn<int>("m");
        QTest::newRow("as many as the reference") << 1000 << 1000;
        QTest::newRow("a hundred against ten thousand") << 10000 << 100;
        QTest::newRow("a hundred against three hundred") << 300 << 100;
    }

    void pvaluesHoldTheirLevelWithoutDrift()
    {
        QFETCH(int, n);
        QFETCH(int, m);
        std::mt19937_64 random(20261124);
        constexpr int trials = 2000;
        int under5 = 0;
        int under01 = 0;
        for (int trial = 0; trial < trials; ++trial) {
            const auto [before, after] =
                undriftedDeciles(random, static_cast<std::size_t>(n), static_cast<std::size_t>(m));
            const double p = numericHomogeneityPvalue(before, after);
            under5 += p < 0.05;
            under01 += p < 0.001;
        }
        // The binomial count of 2,000 at 5 % stays under 130, at 0.1 % under 9, but once in a thousand.
        QVERIFY2(under5 < 130, qPrintable(QString::number(under5)));
        QVERIFY2(under01 < 9, qPrintable(QString::number(under01)));
    }
};

QTEST_APPLESS_MAIN(TestHomogeneity)
#include "tst_homogeneity.moc"
