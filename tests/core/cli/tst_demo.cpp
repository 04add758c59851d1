// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QDirIterator>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "app/demo/demo.h"
#include "core/workspace/must.h"
#include "core/workspace/queues.h"
#include "core/workspace/workspace.h"

using namespace countersign;
using namespace Qt::StringLiterals;

/// The main job end to end on real data, as the demo command does it.
class TestDemo : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_lines.clear();
        m_summary = must(buildDemo(folder("one"), findDemoData({}), m_now,
                                   [this](const std::string &line) { m_lines << QString::fromStdString(line); }));
        m_clock = std::make_unique<FixedClock>(m_now);
        m_workspace = must(
            Workspace::open({*m_clock, m_ids, m_summary.keys, folder("cache"), true, {}}, m_summary.workspace, true));
    }

    void itVerifies()
    {
        QVERIFY(m_summary.valid);
        QVERIFY(m_workspace->verification().valid());
        QCOMPARE(m_summary.models, std::size_t(62));
        QCOMPARE(m_summary.runs, std::size_t(5));
        QCOMPARE(m_workspace->registry().lastAt < m_now, true);
    }

    void everyStepIsToldWithItsFigures()
    {
        const auto all = m_lines.join(u'\n');
        QVERIFY(all.contains(u"Imported inventory.csv: 58 rows, 58 models in one entry, 0 left out"_s));
        QVERIFY(all.contains(u"45706 rows, 36 periods"_s));
        QVERIFY(all.contains(u"RMSE 3.992 in 2016 (reference 1.427)"_s));
        QVERIFY(all.contains(u"channel 1.666"_s)); // as resources/demo/README.md has it
    }

    void itShowsOneRequestOfEachFate()
    {
        std::multiset<RequestStatus> fates;
        for (const auto &[id, request] : m_workspace->registry().requests)
            fates.insert(request.status);
        QCOMPARE(fates, (std::multiset<RequestStatus>{RequestStatus::open, RequestStatus::open, RequestStatus::approved,
                                                      RequestStatus::approvedWithConditions, RequestStatus::refused}));
    }

    void somethingWaitsForAnApproverAndTheHomePageIsNotEmpty()
    {
        const Registry &registry = m_workspace->registry();
        const User *approver = registry.userByName("Approver, Business lines");
        QVERIFY(approver != nullptr);
        const auto tasks = waitingFor(m_workspace->policy(), registry, *approver);
        QVERIFY(std::any_of(tasks.begin(), tasks.end(),
                            [](const WaitingTask &task) { return task.kind == TaskKind::signRequest; }));
        const auto alerts = driftAlerts(registry);
        QCOMPARE(alerts.size(), std::size_t(4)); // the challenger among them, explained
        QVERIFY(std::any_of(alerts.begin(), alerts.end(), [](const DriftAlert &alert) {
            return !alert.explained && alert.finding.valid(); // opened by itself
        }));
        QVERIFY(!overdue(m_workspace->policy(), registry, m_workspace->today()).empty());
    }

    void aChallengerWaitsForItsPromotionWithFiguresOfItsOwnRun()
    {
        const Registry &registry = m_workspace->registry();
        const auto found =
            std::ranges::find_if(registry.requests, [](const auto &item) { return item.second.promotion.has_value(); });
        QVERIFY(found != registry.requests.end());
        const auto &[id, request] = *found;
        QVERIFY(request.status == RequestStatus::open);
        QVERIFY(registry.versions.at(request.promotion->champion.version).stage == VersionStage::inProduction);
        QVERIFY(request.promotion->sameRows);
        QCOMPARE(request.promotion->champion.period, std::string("2016"));
        // As computed with awk in resources/demo/chicago-ridership/challenger.md.
        const std::map<std::string, std::pair<double, double>> expected{{"regression_rmse", {3.9916, 3.4053}},
                                                                        {"regression_mae", {3.6809, 1.5355}},
                                                                        {"regression_me", {-3.5886, -0.3153}}};
        for (const auto &[name, values] : expected) {
            const auto figure = std::ranges::find(request.promotion->figures, name, &PromotionFigure::name);
            QVERIFY2(figure != request.promotion->figures.end(), name.c_str());
            QVERIFY(std::abs(*figure->champion.value - values.first) < 1e-4);
            QVERIFY(std::abs(*figure->challenger.value - values.second) < 1e-4);
        }
        QVERIFY(must(m_workspace->recomputesPromotion(id)));
        for (const Check &check : must(m_workspace->brief(id)).checks)
            QVERIFY2(check.state != CheckState::failed, check.detail.c_str());
        const User *approver = registry.userByName("Approver, Business lines");
        QVERIFY(
            !rolesToSign(m_workspace->policy(), registry, request, *approver, nullptr, m_workspace->today()).empty());
    }

    void everyRunCanBeRecomputedFromItsCounts()
    {
        for (const auto &[id, run] : m_workspace->registry().runs) {
            const auto stored = must(m_workspace->runResult(id));
            QCOMPARE(json::serialize(toJson(recompute(stored))), json::serialize(toJson(stored)));
        }
    }

    void everyoneHasAKeyThatOpensWithThePrintedPassphrase()
    {
        QCOMPARE(m_workspace->usersWithKeyHere().size(), m_summary.people.size());
        for (const User &user : m_workspace->usersWithKeyHere())
            QVERIFY(m_workspace->signIn(user.id, kDemoPassphrase).ok());
        m_workspace->signOut();
    }

    void theEvidenceHoldsWhatItsManifestSays()
    {
        QProcess sums;
        sums.setWorkingDirectory(QString::fromStdString(m_summary.evidence));
        sums.start(u"sha256sum"_s, {u"--check"_s, u"--strict"_s, u"MANIFEST.sha256"_s});
        QVERIFY(sums.waitForFinished());
        QCOMPARE(sums.exitCode(), 0);
        QDirIterator files(QString::fromStdString(m_summary.evidence), QDir::Files, QDirIterator::Subdirectories);
        int count = 0;
        while (files.hasNext()) {
            files.next();
            ++count;
        }
        QCOMPARE(QString::fromUtf8(sums.readAllStandardOutput()).count(u": OK"_s), count - 1); // all but itself
        int signatures = 0;
        for (const auto &[id, request] : m_workspace->registry().requests)
            signatures += int(request.signOffs.size());
        QCOMPARE(QDir(QString::fromStdString(m_summary.evidence + "/receipts")).entryList(QDir::Files).size(),
                 signatures);
    }

    void theSameDataAndClockGiveTheSameLog()
    {
        const auto again = must(buildDemo(folder("two"), findDemoData({}), m_now));
        QCOMPARE(again.root, m_summary.root);
        const auto later = must(buildDemo(folder("three"), findDemoData({}), m_now + std::chrono::days(1)));
        QVERIFY(later.root != m_summary.root);
    }

    void nothingIsWrittenOverOrLeftBehind()
    {
        const auto over = buildDemo(folder("one"), findDemoData({}), m_now);
        QVERIFY(!over);
        QCOMPARE(over.error().code, ErrorCode::Conflict);
        CancelToken cancel;
        const auto cancelled = buildDemo(
            folder("four"), findDemoData({}), m_now,
            [&](const std::string &line) {
                if (line.starts_with("Imported"))
                    cancel.cancel();
            },
            cancel);
        QVERIFY(!cancelled);
        QCOMPARE(cancelled.error().code, ErrorCode::Cancelled);
        QVERIFY(!QFile::exists(QString::fromStdString(folder("four"))));
        QVERIFY_THROWS_EXCEPTION(Exception, (void)findDemoData("/nowhere"));
    }

private:
    [[nodiscard]] std::string folder(const char *name) const
    {
        return m_folder.filePath(QString::fromUtf8(name)).toStdString();
    }

    QTemporaryDir m_folder;
    UtcTime m_now = *parseUtcTime("2026-11-24T12:00:00.000Z");
    std::unique_ptr<FixedClock> m_clock;
    SequentialIdSource m_ids;
    QStringList m_lines;
    DemoSummary m_summary;
    std::unique_ptr<Workspace> m_workspace;
};

QTEST_GUILESS_MAIN(TestDemo)
#include "tst_demo.moc"
