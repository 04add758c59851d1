// SPDX-License-Identifier: GPL-3.0-or-later
//
// Values that other projects have published or test for, each by the statistic of the same name.
#include <QtTest>

#include "core/stats/catalogue.h"
#include "externalcases.h"

#include <filesystem>

using namespace countersign;

class TestExternalCases : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyStatisticAgrees()
    {
        if (!std::filesystem::exists(externalcases::folder + "external_cases.json"))
            QSKIP("The external cases are not at hand.");
        const auto cases = externalcases::read();
        std::size_t covered = 0;
        std::size_t wrong = 0;
        std::map<std::string, int> left;
        for (const auto &c : cases) {
            QVERIFY2(!c.reference.empty() && !c.current.empty(), c.id.c_str());
            if (findStatistic(c.metric) == nullptr) {
                ++left[c.metric];
                continue;
            }
            ++covered;
            const double value = computeStatistic(c.metric, {c.reference, c.current}, c.options).value;
            if (!(std::abs(value - c.expected) <= c.tolerance)) {
                ++wrong;
                qWarning("%s %s: expected %.17g, found %.17g", c.id.c_str(), c.metric.c_str(), c.expected, value);
            }
        }
        std::string rest;
        for (const auto &[metric, count] : left)
            rest += " " + metric + " " + std::to_string(count);
        qInfo("%zu of %zu external cases are covered; not offered:%s", covered, cases.size(),
              rest.empty() ? " none" : rest.c_str());
        QCOMPARE(wrong, std::size_t{0});
        QCOMPARE(covered, cases.size());
    }
};

QTEST_APPLESS_MAIN(TestExternalCases)
#include "tst_externalcases.moc"
