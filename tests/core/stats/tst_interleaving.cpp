// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/stats/interleaving.h"
#include "core/stats/kstest.h"
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
        const auto starts = stretches(many, few, 1);
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

    void sortingEqualsStdSortForEveryShape()
    {
        std::mt19937_64 random(7);
        std::vector<std::uint64_t> scratch;
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
                sortAscending(values, scratch);
                QVERIFY(values == expected);
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestInterleaving)
#include "tst_interleaving.moc"
