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
};

QTEST_APPLESS_MAIN(TestRunLimits)
#include "tst_runlimits.moc"
