// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/policy/scoring.h"
#include "tests/core/policy/desk.h"

#include <cmath>
#include <limits>

using namespace countersign;

class TestTiering : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theScoreIsTheWeightedSum()
    {
        const auto pack = parsePolicyPack(builtInPolicyPack());
        const auto computed = computeTier(pack, {{"exposure", "large"},
                                                 {"purpose", "financialRisk"},
                                                 {"complexity", "moderate"},
                                                 {"data", "fair"},
                                                 {"customers", "direct"},
                                                 {"autonomy", "reviewed"},
                                                 {"reliance", "standalone"}});
        QVERIFY(computed.complete);
        QCOMPARE(computed.score, 57.75); // 17.5 + 15 + 5.25 + 6 + 10 + 4 + 0, by hand
        QCOMPARE(computed.level, std::int64_t(2));
        QCOMPARE(computed.factors[0].question, std::string("How large is what the model decides about?"));
        QCOMPARE(computed.factors[0].answer, std::string("5 to 20 %"));
        QCOMPARE(computed.factors[0].points, 70.0);
        QCOMPARE(computed.factors[0].weight, 0.25);
        QCOMPARE(computed.factors[0].contribution, 17.5);
        QCOMPARE(computed.factors[0].minimum, 0.0);
        QCOMPARE(computed.factors[0].maximum, 25.0);
    }

    void minimaAndMaximaSpanTheScore()
    {
        const auto pack = parsePolicyPack(builtInPolicyPack());
        double low = 0;
        double high = 0;
        for (const auto &factor : computeTier(pack, {}).factors) {
            low += factor.minimum;
            high += factor.maximum;
        }
        QCOMPARE(low, 0.0);
        QCOMPARE(high, 100.0);
        QCOMPARE(computeTier(pack, world::answersAt(pack, 0)).score, 0.0);
        QCOMPARE(computeTier(pack, world::answersAt(pack, 9)).score, 100.0);
    }

    void anUnansweredFactorIsSeen()
    {
        const auto pack = parsePolicyPack(builtInPolicyPack());
        auto answers = world::answersAt(pack, 1);
        QVERIFY(computeTier(pack, answers).complete);
        answers.pop_back();
        const auto computed = computeTier(pack, answers);
        QVERIFY(!computed.complete);
        QVERIFY(computed.factors.back().answer.empty());
        answers.push_back({"reliance", ""});
        QVERIFY(!computeTier(pack, answers).complete);
    }

    void unknownAnswersAreRefused()
    {
        const auto pack = parsePolicyPack(builtInPolicyPack());
        QVERIFY_THROWS_EXCEPTION(Exception, (void)computeTier(pack, {{"exposure", "vast"}}));
        QVERIFY_THROWS_EXCEPTION(Exception, (void)computeTier(pack, {{"weather", "fair"}}));
    }

    void thresholdsBelongToTheRiskierTier()
    {
        auto pack = parsePolicyPack(builtInPolicyPack());
        QCOMPARE(tierFor(pack.tiers, millionths(60)).level, std::int64_t(1));
        QCOMPARE(tierFor(pack.tiers, millionths(60) - 1).level, std::int64_t(2));
        QCOMPARE(tierFor(pack.tiers, millionths(30)).level, std::int64_t(2));
        QCOMPARE(tierFor(pack.tiers, millionths(30) - 1).level, std::int64_t(3));
        QCOMPARE(tierFor(pack.tiers, 0).level, std::int64_t(3));
    }

    void aSumThatFloatsShortStillReachesItsThreshold()
    {
        PolicyPack pack = parsePolicyPack(builtInPolicyPack());
        pack.tierMethod.factors.clear();
        for (int i = 0; i < 10; ++i) // 0.1 added ten times is less than 1 in binary
            pack.tierMethod.factors.push_back({"f" + std::to_string(i), "?", {}, 0.1, {{"y", "y", 60}, {"n", "n", 0}}});
        double naive = 0;
        for (int i = 0; i < 10; ++i)
            naive += 0.1;
        QVERIFY(naive < 1);
        const auto computed = computeTier(pack, world::answersAt(pack, 0));
        QCOMPARE(computed.score, 60.0);
        QCOMPARE(computed.level, std::int64_t(1));
    }

    void everyTierIsReachedByTheShippedMethod()
    {
        const auto pack = parsePolicyPack(builtInPolicyPack());
        std::map<std::int64_t, int> reached;
        for (const auto score : reachableScores(pack.tierMethod))
            ++reached[tierFor(pack.tiers, score).level];
        QCOMPARE(reached.size(), std::size_t(3));
        for (const auto &[level, scores] : reached)
            QVERIFY2(scores > 20, "a tier that hardly any combination reaches");
    }

    void publishingNeedsTheComputation_data()
    {
        QTest::addColumn<int>("change");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("as computed") << 0 << QByteArray();
        QTest::newRow("another score") << 1 << QByteArray("The answers give a score of 36 ");
        QTest::newRow("another tier") << 2 << QByteArray("The answers give");
        QTest::newRow("an old method") << 3
                                       << QByteArray("The tier method in force is inherent-risk-scorecard, version 2");
        QTest::newRow("another method") << 4 << QByteArray("this assessment follows gut-feeling");
        QTest::newRow("an answer missing") << 5 << QByteArray("A tier needs an answer to every factor");
        QTest::newRow("an unknown answer") << 6 << QByteArray("has no answer \"vast\"");
        QTest::newRow("an override without reason") << 7 << QByteArray("An override needs a reason");
        QTest::newRow("an override to nowhere") << 8 << QByteArray("no tier 7");
        QTest::newRow("an override") << 9 << QByteArray();
        QTest::newRow("a score off by the least") << 10 << QByteArray("The answers give");
    }

    void publishingNeedsTheComputation()
    {
        QFETCH(int, change);
        QFETCH(QByteArray, words);
        world::Desk desk;
        auto tier = desk.tier(1);
        switch (change) {
        case 1:
            tier.score += 1;
            break;
        case 2:
            tier.computedLevel = 3;
            break;
        case 3:
            tier.methodVersion = 0;
            break;
        case 4:
            tier.method = "gut-feeling";
            break;
        case 5:
            tier.answers.pop_back();
            break;
        case 6:
            tier.answers[0].answer = "vast";
            break;
        case 7:
            tier.overrideLevel = 1;
            tier.overrideReason = " ";
            break;
        case 8:
            tier.overrideLevel = 7;
            tier.overrideReason = "Because";
            break;
        case 9:
            tier.overrideLevel = 1;
            tier.overrideReason = "New market";
            break;
        case 10:
            tier.score = std::nextafter(tier.score, 100);
            break;
        default:
            break;
        }
        const auto why = desk.why(desk.owner, {TierPublished{tier}});
        QVERIFY2(words.isEmpty() == why.empty() && why.find(words.toStdString()) != std::string::npos, why.c_str());
    }

    void aTierSurvivesTheLog()
    {
        world::Desk desk;
        for (std::size_t place = 0; place < 4; ++place) {
            const Fact fact = TierPublished{desk.tier(place)};
            const auto back = factFromJson(json::parse(json::serialize(factToJson(fact))));
            QCOMPARE(desk.why(desk.owner, {back}), std::string());
        }
    }
};

QTEST_APPLESS_MAIN(TestTiering)
#include "tst_tiering.moc"
