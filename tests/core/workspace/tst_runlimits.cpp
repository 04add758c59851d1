// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "core/base/error.h"
#include "core/workspace/runlimits.h"

using namespace countersign;

class TestRunLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theLimitsOfThePolicyAreStrictEnough()
    {
        for (const PsiRule rule : {PsiRule::fixed, PsiRule::sampleSize, PsiRule::learnt}) {
            MonitoringLimits policy;
            policy.psiRule = rule;
            requireStrictEnough(thresholdsOf(policy), policy);
        }
    }

    void stricterIsAllowedAndLaxerRefused()
    {
        const MonitoringLimits policy;
        Thresholds used = thresholdsOf(policy);
        used.psiAmber = policy.psiAmber / 2;
        used.falseDiscoveryRate = policy.falseDiscoveryRate * 2; // more of what is found counts
        requireStrictEnough(used, policy);
        used.falseDiscoveryRate = policy.falseDiscoveryRate / 2;
        QVERIFY_THROWS_EXCEPTION(Exception, requireStrictEnough(used, policy));
        used = thresholdsOf(policy);
        used.psiRed = policy.psiRed + 0.01;
        QVERIFY_THROWS_EXCEPTION(Exception, requireStrictEnough(used, policy));
        used = thresholdsOf(policy);
        used.minimumRows += 1;
        QVERIFY_THROWS_EXCEPTION(Exception, requireStrictEnough(used, policy));
    }

    void limitsOfAnotherOriginAreRefused()
    {
        MonitoringLimits policy;
        policy.psiRule = PsiRule::learnt;
        QVERIFY_THROWS_EXCEPTION(Exception, requireStrictEnough(Thresholds(), policy));
        policy = {};
        policy.others[LimitMetric::ks] = {0.1, 0.2};
        QVERIFY_THROWS_EXCEPTION(Exception, requireStrictEnough(Thresholds(), policy));
        Thresholds used = thresholdsOf(policy);
        QCOMPARE(used.statistics.size(), std::size_t{1});
        QVERIFY(used.statistics.front().statistic == LimitedStatistic::ks);
        requireStrictEnough(used, policy);
        used.statistics.front().red = 0.21;
        QVERIFY_THROWS_EXCEPTION(Exception, requireStrictEnough(used, policy));
    }

    void aFloorIsLaxerWhereItIsLower()
    {
        MonitoringLimits policy;
        policy.others[LimitMetric::adverseImpactRatio] = {0.9, 0.8};
        policy.others[LimitMetric::calibrationGap] = {0.02, 0.05};
        QVERIFY_THROWS_EXCEPTION(Exception, requireStrictEnough(Thresholds(), policy));
        const Thresholds asked = thresholdsOf(policy);
        QCOMPARE(asked.figures.size(), std::size_t{2});
        requireStrictEnough(asked, policy);
        for (std::size_t i = 0; i < asked.figures.size(); ++i) {
            const double stricter = isFloor(asked.figures[i].figure) ? 0.01 : -0.01;
            Thresholds used = asked;
            used.figures[i].amber += stricter;
            used.figures[i].red += stricter;
            requireStrictEnough(used, policy);
            used = asked;
            used.figures[i].red -= stricter;
            QVERIFY_THROWS_EXCEPTION(Exception, requireStrictEnough(used, policy));
        }
    }
};

QTEST_APPLESS_MAIN(TestRunLimits)
#include "tst_runlimits.moc"
