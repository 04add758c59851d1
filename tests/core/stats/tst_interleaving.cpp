// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/stats/interleaving.h"
#include "core/stats/kstest.h"
#include "core/stats/preparedsample.h"
#include "core/stats/sort.h"
#include "core/stats/wasserstein.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

using namespace countersign;

namespace {

using Numbers = std::vector<double>;

/// Samples of many shapes: continuous, with ties, constant, far apart, with outliers and both zeros.
Numbers sample(std::mt19937_64 &random, std::size_t size, int shape)
{
    std::normal_distribution<double> normal(shape % 3, 1 + shape % 2);
    Numbers values;
    for (std::size_t i = 0; i < size; ++i) {
        double value = normal(random);
        if (shape % 7 == 1)
            value = std::round(value * 3) / 3;
        else if (shape % 7 == 2)
            value = std::exp(20 * value);
        else if (shape % 7 == 3)
            value = random() % 3 == 0 ? 0.0 : value;
        else if (shape % 7 == 4)
            value = 1 + shape % 2;
        else if (shape % 7 == 5)
            value = random() % 50 == 0 ? -999 : 1 + 1e-9 * value;
        values.push_back(value);
    }
    return values;
}

KsResult ksByDefinition(const Numbers &first, const Numbers &second)
{
    Numbers all = first;
    all.insert(all.end(), second.begin(), second.end());
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    KsResult best{0, 0, 0, 0};
    std::int64_t largest = -1;
    std::size_t i = 0;
    std::size_t j = 0;
    for (const double x : all) {
        while (i < first.size() && first[i] <= x)
            ++i;
        while (j < second.size() && second[j] <= x)
            ++j;
        const std::int64_t distance =
            std::abs(static_cast<std::int64_t>(i * second.size()) - static_cast<std::int64_t>(j * first.size()));
        if (distance > largest) {
            largest = distance;
            best = {0, x, i, j};
        }
    }
    best.statistic = ksStatistic(best.atOrBelowFirst, first.size(), best.atOrBelowSecond, second.size());
    return best;
}

double areaByDefinition(const Numbers &first, const Numbers &second)
{
    Numbers all = first;
    all.insert(all.end(), second.begin(), second.end());
    std::sort(all.begin(), all.end());
    long double area = 0;
    std::size_t i = 0;
    std::size_t j = 0;
    for (std::size_t k = 0; k + 1 < all.size(); ++k) {
        while (i < first.size() && first[i] <= all[k])
            ++i;
        while (j < second.size() && second[j] <= all[k])
            ++j;
        area += std::abs(static_cast<long double>(i) / static_cast<long double>(first.size()) -
                         static_cast<long double>(j) / static_cast<long double>(second.size())) *
                (static_cast<long double>(all[k + 1]) - static_cast<long double>(all[k]));
    }
    return static_cast<double>(area);
}

} // namespace

class TestInterleaving : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stretchesCountWhatLiesBelow()
    {
        const Numbers many{1, 2, 2, 3, 5, 8, 9};
        const Numbers few{2, 2, 4, 8};
        const auto starts = stretches(PreparedSample(many), few, 1);
        QCOMPARE(starts.size(), std::size_t{4});
        QCOMPARE(starts[0].many, std::size_t{1});
        QCOMPARE(starts[1].many, std::size_t{4});
        QCOMPARE(starts[1].few, std::size_t{2});
        QCOMPARE(starts[2].many, std::size_t{5});
        QCOMPARE(starts[3].many, std::size_t{6});
        QCOMPARE(starts[3].few, std::size_t{4});
    }

    void distancesOfLongSamplesEqualTheirDefinition()
    {
        std::mt19937_64 random(20260822);
        for (int round = 0; round < 400; ++round) {
            Numbers first = sample(random, 1 + random() % (round % 5 == 0 ? 5000 : 300), round % 11);
            Numbers second = sample(random, 1 + random() % (round % 3 == 0 ? 3000 : 200), (round / 11) % 9);
            std::sort(first.begin(), first.end());
            std::sort(second.begin(), second.end());
            const KsResult found = ksTwoSample(first, second);
            const KsResult expected = ksByDefinition(first, second);
            QCOMPARE(found.statistic, expected.statistic);
            QCOMPARE(found.x, expected.x);
            QCOMPARE(found.atOrBelowFirst, expected.atOrBelowFirst);
            QCOMPARE(found.atOrBelowSecond, expected.atOrBelowSecond);
            const double area = areaByDefinition(first, second);
            QVERIFY2(std::abs(wassersteinDistance(first, second) - area) <= 1e-12 * std::max(1e-6, area),
                     qPrintable(QString::number(round)));
        }
    }

    /// Many periods beside one reference: like ones, whose distribution functions cross all the time, and others.
    void distancesFromAPreparedSampleAreTheSameToTheLastDigit()
    {
        std::mt19937_64 random(20261130);
        for (int round = 0; round < 120; ++round) {
            Numbers reference = sample(random, 1 + random() % (round % 4 == 0 ? 40000 : 900), round % 11);
            std::sort(reference.begin(), reference.end());
            const PreparedSample prepared(reference);
            for (int period = 0; period < 3; ++period) {
                const int shape = period == 0 ? round % 11 : (round + period) % 9;
                Numbers current = sample(random, 1 + random() % (period == 2 ? 2000 : 100), shape);
                std::sort(current.begin(), current.end());
                const KsResult found = ksTwoSample(prepared, current);
                const KsResult expected = ksByDefinition(reference, current);
                QCOMPARE(found.x, expected.x);
                QCOMPARE(found.atOrBelowFirst, expected.atOrBelowFirst);
                QCOMPARE(found.atOrBelowSecond, expected.atOrBelowSecond);
                const double area = areaByDefinition(reference, current);
                const double distance = wassersteinDistance(prepared, current);
                QVERIFY2(std::abs(distance - area) <= 1e-12 * std::max(1e-6, area), qPrintable(QString::number(round)));
                QCOMPARE(std::bit_cast<std::uint64_t>(distance),
                         std::bit_cast<std::uint64_t>(wassersteinDistance(reference, current)));
                QCOMPARE(std::bit_cast<std::uint64_t>(distance),
                         std::bit_cast<std::uint64_t>(wassersteinDistance(current, reference)));
            }
        }
    }

    void preparedSamplesCountAndSumWhatLiesBelow()
    {
        std::mt19937_64 random(3);
        for (int round = 0; round < 300; ++round) {
            Numbers values = sample(random, 1 + random() % 400, round % 11);
            std::sort(values.begin(), values.end());
            const PreparedSample prepared(values);
            const double x = round % 3 == 0 ? values[random() % values.size()] : sample(random, 1, round % 7).front();
            const auto lower = std::lower_bound(values.begin(), values.end(), x);
            const auto below = static_cast<std::size_t>(lower - values.begin());
            const std::size_t block = prepared.blockOf(x, 0, 1 + random() % 20);
            QCOMPARE(prepared.belowIn(block, x), below);
            const std::size_t first = below == 0 ? 0 : random() % below;
            double gaps = 0;
            for (std::size_t i = first; i < below; ++i)
                gaps += x - values[i];
            const auto passed = prepared.passedBelow(x, first);
            QCOMPARE(passed.count, below - first);
            QVERIFY(std::abs(passed.gaps - gaps) <= 1e-13 * gaps);
            QVERIFY(std::abs(prepared.gaps(first, below, x) - gaps) <= 1e-13 * gaps);
        }
    }

    void bothZerosAreOneNumber()
    {
        const Numbers zeros(40, 0.0);
        const Numbers negative(20, -0.0);
        QCOMPARE(ksTwoSample(zeros, negative).statistic, 0.0);
        QCOMPARE(wassersteinDistance(zeros, negative), 0.0);
        QCOMPARE(PreparedSample(negative).passedBelow(0.0, 0).count, std::size_t{0});
    }

    void sortingEqualsStdSortForEveryShape()
    {
        std::mt19937_64 random(7);
        for (int shape = 0; shape < 14; ++shape) {
            for (const std::size_t size : {1U, 1023U, 1024U, 5000U, 100000U}) {
                Numbers values = sample(random, size, shape);
                if (size == 5000U) { // any bit pattern but NaN
                    for (double &value : values) {
                        value = std::bit_cast<double>(std::uint64_t{random()});
                        value = std::isnan(value) ? std::numeric_limits<double>::infinity() : value;
                    }
                }
                Numbers expected = values;
                std::sort(expected.begin(), expected.end());
                sortAscending(values);
                QVERIFY(values == expected);
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestInterleaving)
#include "tst_interleaving.moc"
