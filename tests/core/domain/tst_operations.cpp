// SPDX-License-Identifier: GPL-3.0-or-later
//
// A model at work: what the records must hold, what a cost comes to, and when a retraining is due.
#include <QTest>

#include "tests/core/domain/worldcampaigns.h"

using namespace countersign;

namespace {

const Date kDay = *parseDate("2026-06-01");

world::World opened()
{
    world::World w;
    w.openWithModel();
    return w;
}

/// What speaks against the fact, in words; empty: nothing.
std::string whyNot(const world::World &w, Fact fact)
{
    try {
        checkConsistent(w.registry, w.act(w.owner, {std::move(fact)}));
    } catch (const Exception &exception) {
        return exception.error().what;
    }
    return {};
}

/// The first version of the world in production, with a policy for its model.
world::World atWork()
{
    auto w = opened();
    auto version = w.registry.versions.at(w.first.id);
    version.stage = VersionStage::inProduction;
    w.registry.versions.at(version.id) = version;
    w.does(w.owner, {RetrainingRecorded{world::retraining("x1", w.first.model)}});
    return w;
}

MonitoringRun redRun(const world::World &w, const std::string &id, bool performance)
{
    auto run = world::run(id, w.first, Health::red);
    run.breaches = {{performance ? "" : "income", "2026-05", performance ? "auc" : "psi", 0.3, 0.25, Health::red}};
    return run;
}

} // namespace

class TestOperations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCostIsTheProductOfItsInputs()
    {
        const auto cost = world::cost("k1", ModelId("m1"));
        QCOMPARE(cost.wrongPerYear(), 21600.0); // 12,000 x 0.02 x 150 x 0.6
        QCOMPARE(cost.idlePerYear(), 15000.0);  // 3 x 5,000
        QCOMPARE(cost.perYear(), 36600.0);
    }

    void theNewestOpenEstimateCounts()
    {
        auto w = opened();
        QVERIFY(!costOf(w.registry, w.first.model));
        w.does(w.owner, {CostRecorded{world::cost("k1", w.first.model)}});
        w.does(w.owner, {CostRecorded{world::cost("k2", w.first.model)}});
        QCOMPARE(costOf(w.registry, w.first.model)->id, CostEstimateId("k2"));
        auto closed = w.registry.costs.at(CostEstimateId("k2"));
        closed.open = false;
        w.does(w.owner, {CostChanged{closed}});
        QCOMPARE(costOf(w.registry, w.first.model)->id, CostEstimateId("k1"));
    }

    void failuresAreAShareOfAllCalls()
    {
        const auto w = opened();
        auto usage = world::usage("u1", w.first);
        QCOMPARE(usage.failed(), 15);
        QCOMPARE(*usage.failureRate(), 15.0 / 12015.0);
        usage.predictions = 0;
        usage.failures.clear();
        QVERIFY(!usage.failureRate());
    }

    void whatCannotBeIsRefused()
    {
        const auto w = opened();
        const auto &model = w.first.model;
        QCOMPARE(whyNot(w, UsageRecorded{world::usage("u1", w.first)}), std::string());
        auto usage = world::usage("u1", w.first);
        usage.until = *parseDate("2026-01-01");
        QVERIFY(whyNot(w, UsageRecorded{usage}).find("ends before it begins") != std::string::npos);
        usage = world::usage("u1", w.first);
        usage.failures.front().count = 0;
        QVERIFY(!whyNot(w, UsageRecorded{usage}).empty());
        usage = world::usage("u1", w.first);
        usage.version = VersionId("nowhere");
        QVERIFY(!whyNot(w, UsageRecorded{usage}).empty());

        auto cost = world::cost("k1", model);
        cost.wrongShare = 1.5;
        QVERIFY(whyNot(w, CostRecorded{cost}).find("share between 0 and 1") != std::string::npos);
        cost = world::cost("k1", model);
        cost.basis.clear();
        QVERIFY(!whyNot(w, CostRecorded{cost}).empty());

        auto policy = world::retraining("x1", model);
        policy.onDrift = policy.onDecline = false;
        QVERIFY(whyNot(w, RetrainingRecorded{policy}).find("no trigger") != std::string::npos);

        auto handOver = world::handOver("h1", w.first);
        handOver.items.clear();
        QVERIFY(!whyNot(w, HandOverRecorded{handOver}).empty());

        auto explanation = world::explanation("z1", w.first);
        explanation.importance.push_back({"income", 0.1});
        QVERIFY(whyNot(w, ExplanationRecorded{explanation}).find("twice") != std::string::npos);
        explanation = world::explanation("z1", w.first);
        explanation.importance.clear();
        explanation.reasonCodes.clear();
        QVERIFY(whyNot(w, ExplanationRecorded{explanation}).find("says nothing") != std::string::npos);
    }

    void aHandOverIsTakenOverWhenEverythingIsThere()
    {
        auto w = opened();
        auto handOver = world::handOver("h1", w.first);
        handOver.items.front().done = false;
        w.does(w.developer, {HandOverRecorded{handOver}});
        auto taken = w.registry.handOvers.at(HandOverId("h1"));
        taken.open = false;
        QVERIFY(whyNot(w, HandOverChanged{taken}).find("1 open items") != std::string::npos);
        taken.items.front().done = true;
        QCOMPARE(whyNot(w, HandOverChanged{taken}), std::string());
    }

    void aRetrainingIsDueOnRedAndNotTwice()
    {
        auto w = atWork();
        QVERIFY(retrainingsDue(w.registry, kDay).empty());
        w.does(w.owner, {MonitoringRecorded{redRun(w, "n1", false)}});
        const auto due = retrainingsDue(w.registry, kDay);
        QCOMPARE(due.size(), std::size_t(1));
        QCOMPARE(due.front().run, RunId("n1"));
        auto policy = w.registry.retrainings.at(RetrainingId("x1"));
        policy.requests.push_back({kDay, RunId("n1"), "Red.", {}});
        w.does(w.owner, {RetrainingChanged{policy}});
        QVERIFY(retrainingsDue(w.registry, kDay).empty()); // pending

        policy = w.registry.retrainings.at(RetrainingId("x1"));
        policy.requests.back().version = w.first.id;
        w.does(w.owner, {RetrainingChanged{policy}});
        w.does(w.owner, {MonitoringRecorded{redRun(w, "n2", false)}});
        QVERIFY(retrainingsDue(w.registry, kDay + std::chrono::days(89)).empty());
        QCOMPARE(retrainingsDue(w.registry, kDay + std::chrono::days(90)).size(), std::size_t(1));
    }

    void aDeclineAloneIsATriggerOfItsOwn()
    {
        auto w = atWork();
        auto policy = w.registry.retrainings.at(RetrainingId("x1"));
        policy.onDrift = false;
        w.does(w.owner, {RetrainingChanged{policy}});
        w.does(w.owner, {MonitoringRecorded{redRun(w, "n1", false)}});
        QVERIFY(retrainingsDue(w.registry, kDay).empty());
        w.does(w.owner, {MonitoringRecorded{redRun(w, "n2", true)}});
        QCOMPARE(retrainingsDue(w.registry, kDay).size(), std::size_t(1));
    }

    void requestsAreNotTakenBack()
    {
        auto w = atWork();
        auto policy = w.registry.retrainings.at(RetrainingId("x1"));
        policy.requests.push_back({kDay, {}, "Asked.", {}});
        w.does(w.owner, {RetrainingChanged{policy}});
        policy = w.registry.retrainings.at(RetrainingId("x1"));
        policy.requests.clear();
        QVERIFY(whyNot(w, RetrainingChanged{policy}).find("never taken back") != std::string::npos);
        policy = w.registry.retrainings.at(RetrainingId("x1"));
        policy.requests.back().version = w.first.id;
        w.does(w.owner, {RetrainingChanged{policy}});
        policy = w.registry.retrainings.at(RetrainingId("x1"));
        policy.requests.back().version = VersionId();
        QVERIFY(!whyNot(w, RetrainingChanged{policy}).empty());
    }
};

QTEST_APPLESS_MAIN(TestOperations)
#include "tst_operations.moc"
