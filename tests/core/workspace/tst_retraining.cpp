// SPDX-License-Identifier: GPL-3.0-or-later
//
// Retraining end to end: a red run asks for it, a command's answer becomes the version.
#include <QTest>

#include "core/workspace/queues.h"
#include "core/workspace/retraining.h"
#include "tests/support/approved.h"
#include "tests/support/workspacefixture.h"

using namespace countersign;
using namespace countersign::test;

namespace {

struct InProduction : WorkspaceFixture
{
    InProduction()
    {
        model = addModel("CR-014", "Retail PD");
        addTier(model);
        version = addInProduction(*this, model, "2.1");
        RetrainingPolicy given;
        given.model = model;
        given.title = "On drift, at most quarterly";
        policy = as(people::owner, [&](Workspace &w) { return must(w.recordRetraining(given)); });
    }

    ModelId model;
    VersionId version;
    RetrainingId policy;
};

} // namespace

class TestRetraining : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRedRunAsksForIt()
    {
        InProduction f;
        QCOMPARE(f.registry().versions.at(f.version).stage, VersionStage::inProduction);
        const auto before = f.registry().size;
        f.addRun(f.version, true);
        QCOMPARE(f.registry().size, before + 3); // the run, its finding, and the request
        const auto *pending = f.registry().retrainings.at(f.policy).pending();
        QVERIFY(pending);
        QVERIFY(!pending->why.empty());
        f.addRun(f.version, true);
        QCOMPARE(f.registry().retrainings.at(f.policy).requests.size(), std::size_t(1));
    }

    void whoMayNotAskLeavesItToThoseWhoMay()
    {
        InProduction f;
        const auto result = must(runMonitoring(f.scoringLog(true), {}, {}));
        f.as(people::validator, [&](Workspace &w) { must(w.recordRun(f.version, result)); });
        QVERIFY2(!f.registry().retrainings.at(f.policy).pending(), "a validator may not ask");
        QCOMPARE(retrainingsDue(f.registry(), f.workspace().today()).size(), std::size_t(1));
        for (const auto *name : {people::owner, people::developer}) {
            const auto tasks = waitingFor(f.workspace().policy(), f.registry(), *f.registry().userByName(name));
            QVERIFY(std::ranges::any_of(tasks, [](const WaitingTask &task) {
                return task.kind == TaskKind::retrain && task.title.starts_with("Ask for a retraining.");
            }));
        }
        const auto done = f.as(people::developer, [](Workspace &w) { return must(w.followUp()); });
        QCOMPARE(done.retrainings, std::vector<RetrainingId>{f.policy});
        QVERIFY(f.registry().retrainings.at(f.policy).pending());
    }

    void aTriggerThatStandsWhenTheIntervalEndsIsAskedForAtTheNextOpportunity()
    {
        InProduction f;
        f.addRun(f.version, true);
        ModelVersion version;
        version.label = "2.2";
        f.as(people::developer, [&](Workspace &w) { must(w.completeRetraining(f.policy, version)); });
        f.clock().advance(std::chrono::days(30));
        f.addRun(f.version, true);
        const auto follow = [&] {
            return f.as(people::developer, [](Workspace &w) { return must(w.followUp()); }).retrainings.size();
        };
        QCOMPARE(f.registry().retrainings.at(f.policy).requests.size(), std::size_t(1));
        f.clock().advance(std::chrono::days(59));
        QCOMPARE(follow(), std::size_t(0));
        f.clock().advance(std::chrono::days(1));
        QCOMPARE(follow(), std::size_t(1));
        QCOMPARE(f.registry().retrainings.at(f.policy).requests.size(), std::size_t(2));
    }

    void theCommandIsToldWhyAndAnswersWithAVersion()
    {
        InProduction f;
        f.addRun(f.version, true);
        const auto brief = json::parse(retrainingBrief(f.registry(), f.policy));
        QCOMPARE(std::string(brief.at("reference").as_string()), std::string("CR-014"));
        QCOMPARE(std::string(brief.at("version").as_string()), std::string("2.1"));
        QVERIFY(!brief.at("breaches").as_array().empty());
        auto version = must(versionFromAnswer(R"({"label": "2.2", "method": "Refitted",
            "importance": [{"feature": "income", "importance": "0.5"}]})"));
        const auto made =
            f.as(people::developer, [&](Workspace &w) { return must(w.completeRetraining(f.policy, version)); });
        QCOMPARE(f.registry().versions.at(made).label, std::string("2.2"));
        QCOMPARE(f.registry().retrainings.at(f.policy).requests.back().version, made);
        QVERIFY(!f.registry().retrainings.at(f.policy).pending());
        const auto again =
            f.as(people::developer, [&](Workspace &w) { return w.completeRetraining(f.policy, version); });
        QVERIFY(!again);
    }

    void anAnswerThatIsNoVersionIsRefused_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("words") << QByteArray("done");
        QTest::newRow("a list") << QByteArray("[1]");
        QTest::newRow("no label") << QByteArray(R"({"method": "x"})");
        QTest::newRow("blank label") << QByteArray(R"({"label": "  "})");
        QTest::newRow("wrong type") << QByteArray(R"({"label": 3})");
    }

    void anAnswerThatIsNoVersionIsRefused()
    {
        QFETCH(QByteArray, answer);
        const auto version = versionFromAnswer(answer.toStdString());
        QVERIFY(!version);
        QVERIFY(!version.error().what.empty());
    }

    void askingTwiceIsAConflict()
    {
        InProduction f;
        f.as(people::owner, [&](Workspace &w) { must(w.requestRetraining(f.policy, {}, "New bureau data.")); });
        const auto again =
            f.as(people::owner, [&](Workspace &w) { return w.requestRetraining(f.policy, {}, "Again."); });
        QVERIFY(!again);
        QCOMPARE(again.error().code, ErrorCode::Conflict);
        const auto *owner = f.registry().userByName(people::owner);
        const auto tasks = waitingFor(f.workspace().policy(), f.registry(), *owner);
        QVERIFY(std::ranges::any_of(tasks, [](const WaitingTask &task) { return task.kind == TaskKind::retrain; }));
    }

    void manyUsageReportsAreOneEntry()
    {
        InProduction f;
        UsageReport usage;
        usage.model = f.model;
        usage.version = f.version;
        usage.title = "Pricing, EU";
        usage.from = *parseDate("2026-10-01");
        usage.until = *parseDate("2026-10-31");
        usage.predictions = 1000;
        auto other = usage;
        other.title = "Pricing, UK";
        const auto before = f.registry().size;
        f.as(people::developer, [&](Workspace &w) { must(w.recordUsages({usage, other})); });
        QCOMPARE(f.registry().size, before + 1);
        QCOMPARE(f.registry().usages.size(), std::size_t(2));
    }
};

QTEST_GUILESS_MAIN(TestRetraining)
#include "tst_retraining.moc"
