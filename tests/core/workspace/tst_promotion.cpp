// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/report/reports.h"
#include "core/workspace/queues.h"
#include "tests/support/approved.h"
#include "tests/support/workspacefixture.h"

#include <algorithm>

using namespace countersign;
using namespace countersign::test;

/// A challenger beside the version in production: figures, request, brief, recomputation.
class TestPromotion : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture = std::make_unique<WorkspaceFixture>();
        m_model = m_fixture->addModel("CR-014", "Retail PD");
        m_champion = m_fixture->addReadyVersion(m_model, "1.0");
        decide(m_fixture->addRequest(m_champion));
        m_challenger = m_fixture->addReadyVersion(m_model, "2.0");
        auto settings = m_fixture->scoringLog();
        settings.roles.score = "income"; // another order of the same rows
        const auto result = must(runMonitoring(settings, {}, {}));
        m_fixture->as(people::developer,
                      [&](Workspace &workspace) { m_run = must(workspace.recordRun(m_challenger, result)); });
    }
    void cleanup() { m_fixture.reset(); }

    void theFiguresOfBothAreThoseOfTheirRuns()
    {
        const auto promotion = must(workspace().comparePromotion(champion(), challenger()));
        QVERIFY(promotion.sameRows);
        QCOMPARE(promotion.champion.version, m_champion);
        QCOMPARE(promotion.challenger.version, m_challenger);
        QCOMPARE(promotion.champion.rows, std::int64_t(200));
        QCOMPARE(promotion.champion.labelledRows, std::int64_t(200));
        const auto first = must(workspace().runResult(champion().run));
        const auto second = must(workspace().runResult(m_run));
        const auto &auc = figure(promotion, "roc_auc");
        QCOMPARE(*auc.champion.value, *first.periods.back().performance.figures.at("roc_auc").value);
        QCOMPARE(*auc.challenger.value, *second.periods.back().performance.figures.at("roc_auc").value);
        QCOMPARE(*auc.difference.value, *auc.challenger.value - *auc.champion.value);
        QVERIFY(auc.difference.low && auc.difference.high && *auc.difference.low < *auc.difference.value);
        QVERIFY(*auc.difference.high < 0 && auc.apart); // incomes tell nothing
        QCOMPARE(auc.championRows, std::int64_t(200));
        QVERIFY(figure(promotion, "model_ks").champion.value);
        const auto &psi = figure(promotion, "score_psi");
        QVERIFY(psi.champion.value && !psi.difference.low);
        QVERIFY(figure(promotion, "largest_feature_psi").champion.value);
        for (const auto &each : promotion.figures)
            QVERIFY(std::ranges::count(promotionFigureNames(), each.name) == 1);
    }

    void theRequestCarriesThemAndTheBriefPrintsThem()
    {
        const auto id = ask();
        const auto &request = registry().requests.at(id);
        QVERIFY(request.promotion);
        QCOMPARE(request.version, m_challenger);
        QCOMPARE(json::serialize(toJson(*request.promotion)),
                 json::serialize(toJson(must(workspace().comparePromotion(champion(), challenger())))));
        const auto brief = must(workspace().brief(id));
        QCOMPARE(brief.championLabel, std::string("1.0"));
        QVERIFY(std::ranges::any_of(brief.covered, [](const CoveredItem &item) { return item.kind == "champion"; }));
        const auto text = toMarkdown(briefReport(brief));
        for (const char *words : {"Champion and challenger", "AUC", "KS of the model", "95 % interval",
                                  "too wide, never too narrow", "To be decided by", "Times out after"})
            QVERIFY2(text.find(words) != std::string::npos, words);
        QVERIFY(toMarkdown(must(m_fixture->workspace().brief(id)).request.promotion
                               ? modelReport(workspace().policy(), registry(), m_model)
                               : Report())
                    .find("Version 1.0") != std::string::npos);
    }

    void signingPutsTheChallengerIntoProduction()
    {
        decide(ask());
        QVERIFY(registry().versions.at(m_challenger).stage == VersionStage::inProduction);
        QVERIFY(registry().versions.at(m_champion).stage == VersionStage::retired);
    }

    void aRequestAloneDeploysNothing()
    {
        ask();
        QVERIFY(registry().versions.at(m_champion).stage == VersionStage::inProduction);
        QVERIFY(registry().versions.at(m_challenger).stage == VersionStage::inDevelopment);
    }

    void theFiguresComeOutTheSameAgainAndFalseOnesAreFound()
    {
        const auto id = ask();
        QVERIFY(must(workspace().recomputesPromotion(id)));
        decide(id);
        QVERIFY2(must(workspace().recomputesPromotion(id)), "also when the champion has retired");
        const auto other = m_fixture->addRequest(m_fixture->addReadyVersion(m_model, "3.0"));
        QCOMPARE(workspace().recomputesPromotion(other).error().code, ErrorCode::InvalidInput);
    }

    void nothingIsPromotedOverWhatIsNotInProduction()
    {
        const auto third = m_fixture->addReadyVersion(m_model, "3.0");
        const auto run = registry().latestRun(third)->id;
        const auto result = m_fixture->as(people::developer, [&](Workspace &desk) {
            return desk.requestPromotion({run, 5}, challenger(), "Better.");
        });
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::Forbidden);
        QVERIFY2(result.error().what.find("over the version in production") != std::string::npos,
                 result.error().what.c_str());
    }

    void badChoicesAreSaid()
    {
        QCOMPARE(workspace().comparePromotion({RunId("nowhere"), 0}, challenger()).error().code, ErrorCode::NotFound);
        QCOMPARE(workspace().comparePromotion({champion().run, 99}, challenger()).error().code,
                 ErrorCode::InvalidInput);
        const auto reference = must(workspace().comparePromotion({champion().run, {}}, {m_run, {}}));
        QVERIFY(reference.champion.reference);
        QVERIFY(std::ranges::none_of(reference.figures, [](const auto &each) { return each.name == "score_psi"; }));
    }

    void whatWaitsTooLongRemindsTimesOutAndIsAskedForAgain()
    {
        const auto id = ask();
        const auto tasks = [&](const char *name) {
            return waitingFor(workspace().policy(), registry(), *registry().userByName(name), workspace().today());
        };
        const auto taskOf = [&](const char *name, TaskKind kind) -> std::optional<WaitingTask> {
            for (const auto &task : tasks(name))
                if (task.kind == kind && task.id == id.str())
                    return task;
            return std::nullopt;
        };
        const auto first = taskOf(people::approver, TaskKind::signRequest);
        QVERIFY(first && first->due && first->days < 0);
        QVERIFY(first->title.find("times out after") != std::string::npos);
        m_fixture->clock().advance(std::chrono::hours(24 * 20));
        QVERIFY(taskOf(people::approver, TaskKind::signRequest)->days > 0);
        const auto late = overdue(workspace().policy(), registry(), workspace().today());
        QVERIFY(std::ranges::any_of(
            late, [&](const OverdueItem &item) { return item.kind == OverdueKind::decision && item.id == id.str(); }));
        QVERIFY(must(workspace().brief(id)).decisionOverdue);
        QVERIFY(toMarkdown(briefReport(must(workspace().brief(id)))).find("Overdue for decision since") !=
                std::string::npos);

        m_fixture->clock().advance(std::chrono::hours(24 * 60));
        QVERIFY(!taskOf(people::approver, TaskKind::signRequest));
        QVERIFY(taskOf(people::developer, TaskKind::requestAgain));
        QVERIFY(must(workspace().brief(id)).status == RequestStatus::timedOut);
        QVERIFY(toMarkdown(briefReport(must(workspace().brief(id)))).find("Timed out") != std::string::npos);
        const auto signedLate = m_fixture->as(people::approver, [&](Workspace &desk) {
            SignOffInput input;
            input.shown = must(desk.brief(id)).covered;
            input.passphrase = passphrase;
            return desk.sign(id, input);
        });
        QVERIFY(!signedLate);
        QVERIFY2(signedLate.error().what.find("Time approves nothing") != std::string::npos,
                 signedLate.error().what.c_str());
        QVERIFY(registry().requests.at(id).status == RequestStatus::open); // nothing was written
        ask();
        QVERIFY(!taskOf(people::developer, TaskKind::requestAgain));
    }

private:
    [[nodiscard]] Workspace &workspace() { return m_fixture->workspace(); }
    [[nodiscard]] const Registry &registry() const { return m_fixture->registry(); }
    [[nodiscard]] PromotionChoice champion() const { return {registry().latestRun(m_champion)->id, 5}; }
    [[nodiscard]] PromotionChoice challenger() const { return {m_run, 5}; }
    RequestId ask()
    {
        return m_fixture->as(people::developer, [&](Workspace &desk) {
            return must(desk.requestPromotion(champion(), challenger(), "Simpler."));
        });
    }
    void decide(const RequestId &id)
    {
        approveAll(*m_fixture, id);
        QVERIFY(isApproved(registry().requests.at(id).status));
        m_fixture->deploy(id);
    }
    [[nodiscard]] static const PromotionFigure &figure(const Promotion &promotion, const char *name)
    {
        const auto found = std::ranges::find(promotion.figures, name, &PromotionFigure::name);
        if (found == promotion.figures.end())
            qFatal("no figure %s", name);
        return *found;
    }

    std::unique_ptr<WorkspaceFixture> m_fixture;
    ModelId m_model;
    VersionId m_champion;
    VersionId m_challenger;
    RunId m_run;
};

QTEST_GUILESS_MAIN(TestPromotion)
#include "tst_promotion.moc"
