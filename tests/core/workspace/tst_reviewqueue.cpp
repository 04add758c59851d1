// SPDX-License-Identifier: GPL-3.0-or-later
#include <QElapsedTimer>
#include <QTest>

#include "core/policy/reviewqueue.h"
#include "core/workspace/queues.h"
#include "tests/support/manymodels.h"
#include "tests/support/workspacefixture.h"

using namespace countersign;
using namespace countersign::test;

/// When each model is reviewed next, why, and by whom.
class TestReviewQueue : public QObject
{
    Q_OBJECT

    static std::vector<ReviewItem> queue(WorkspaceFixture &fixture)
    {
        return reviewQueue(fixture.workspace().policy(), fixture.registry(), fixture.workspace().today());
    }
    static constexpr std::chrono::hours week{7 * 24};
    static const ReviewReason *because(const ReviewItem &item, ReviewCause cause)
    {
        const auto found = std::ranges::find(item.reasons, cause, &ReviewReason::cause);
        return found == item.reasons.end() ? nullptr : &*found;
    }
    static ModelId add(WorkspaceFixture &fixture, const char *reference, std::optional<Date> next,
                       Stage stage = Stage::inDevelopment)
    {
        auto model = WorkspaceFixture::fullModel(reference, std::string("Model ") + reference);
        model.nextReviewOn = next;
        model.stage = stage;
        return fixture.addModel(model);
    }

private Q_SLOTS:
    void theFirstDueComesFirstAndNoDayLast()
    {
        WorkspaceFixture fixture;
        add(fixture, "A", std::nullopt);
        add(fixture, "B", parseDate("2027-05-01"));
        add(fixture, "C", parseDate("2026-11-20"));
        const auto items = queue(fixture);
        QCOMPARE(items.size(), std::size_t(3));
        QCOMPARE(items[0].reference, std::string("C"));
        QCOMPARE(items[0].days, -4);
        QVERIFY(items[0].overdue());
        QVERIFY(items[0].reasons.front().cause == ReviewCause::planned);
        QCOMPARE(items[0].validator, std::string(people::validator));
        QCOMPARE(items[1].reference, std::string("B"));
        QVERIFY(!items[1].dueWithin(90));
        QVERIFY(!items[2].due);
    }

    void theTierSetsTheCadenceFromTheLastValidation()
    {
        WorkspaceFixture fixture;
        const auto model = add(fixture, "A", std::nullopt);
        fixture.addTier(model);
        fixture.addValidation(fixture.addVersion(model, "1.0"));
        auto items = queue(fixture);
        const auto level = fixture.registry().tierOf(model)->level();
        const auto *tier = fixture.workspace().policy().tier(level);
        QVERIFY(because(items[0], ReviewCause::planned)); // by the validation, as the cadence has it
        QCOMPARE(*items[0].due, monthsAfter(fixture.workspace().today(), tier->reviewMonths));
        QVERIFY(items[0].outcome == ValidationOutcome::fit);
        QCOMPARE(*items[0].lastValidatedOn, fixture.workspace().today());
    }

    void triggersCountUntilTheNextValidation()
    {
        WorkspaceFixture fixture;
        const auto model = add(fixture, "A", std::nullopt);
        fixture.addTier(model);
        fixture.addValidation(fixture.addVersion(model, "1.0"));
        const auto next = fixture.addVersion(model, "1.1");
        fixture.addRun(next, true);
        auto items = queue(fixture);
        const auto today = fixture.workspace().today();
        const auto &terms = fixture.workspace().policy().reviewTriggers;
        const auto *red = because(items[0], ReviewCause::redMonitoring);
        QVERIFY(red);
        QCOMPARE(*red->due, today + std::chrono::days(terms.at(ReviewTrigger::redMonitoring)));
        const auto *change = because(items[0], ReviewCause::materialChange);
        QVERIFY(change);
        QCOMPARE(*change->due, today + std::chrono::days(terms.at(ReviewTrigger::materialChange)));
        QCOMPARE(*items[0].due, *red->due);
        QCOMPARE(items[0].version, next);
        fixture.addValidation(next);
        items = queue(fixture);
        QVERIFY(!because(items[0], ReviewCause::redMonitoring));
        QVERIFY(!because(items[0], ReviewCause::materialChange));
    }

    void findingsAndNewPoliciesAskWhereThePolicySaysSo()
    {
        WorkspaceFixture fixture;
        const auto model = add(fixture, "A", std::nullopt);
        fixture.addTier(model);
        fixture.addValidation(fixture.addVersion(model, "1.0"));
        fixture.addFinding(model, "Young customers", Severity::high);
        QVERIFY(!because(queue(fixture)[0], ReviewCause::graveFinding));
        auto draft = fixture.workspace().policy();
        draft.reviewTriggers = {{ReviewTrigger::graveFinding, 45}, {ReviewTrigger::newPolicy, 0}};
        fixture.publish(draft);
        const auto items = queue(fixture);
        const auto today = fixture.workspace().today();
        const auto *grave = because(items[0], ReviewCause::graveFinding);
        QVERIFY(grave);
        QCOMPARE(*grave->due, today + std::chrono::days(45));
        QVERIFY(because(items[0], ReviewCause::newPolicy));
        QCOMPARE(*items[0].due, today);
        QCOMPARE(items[0].days, 0);
    }

    void theTermOfRedMonitoringRunsFromTheFirstRedRun()
    {
        WorkspaceFixture fixture;
        const auto model = add(fixture, "A", std::nullopt);
        const auto version = fixture.addVersion(model, "1.0");
        const auto redOn = [&]() -> std::optional<Date> {
            const auto items = queue(fixture);
            const auto *red = because(items[0], ReviewCause::redMonitoring);
            const auto days = fixture.workspace().policy().reviewTriggers.at(ReviewTrigger::redMonitoring);
            return red ? std::optional(*red->due - std::chrono::days(days)) : std::nullopt;
        };
        fixture.addRun(version, true);
        fixture.addValidation(version);
        QVERIFY(!redOn());
        const auto runAWeekLater = [&](bool red) {
            fixture.clock().advance(week);
            fixture.addRun(version, red);
            return fixture.workspace().today();
        };
        auto first = runAWeekLater(true);
        QCOMPARE(*redOn(), first);
        (void)runAWeekLater(true);
        (void)runAWeekLater(true);
        QCOMPARE(*redOn(), first);
        (void)runAWeekLater(false);
        QVERIFY(!redOn());
        first = runAWeekLater(true);
        (void)runAWeekLater(true);
        QCOMPARE(*redOn(), first);
    }

    void theTermOfAMaterialChangeRunsFromTheFirstNewVersion()
    {
        WorkspaceFixture fixture;
        const auto model = add(fixture, "A", std::nullopt);
        fixture.addValidation(fixture.addVersion(model, "1.0"));
        fixture.clock().advance(week);
        (void)fixture.addVersion(model, "1.1");
        const auto first = fixture.workspace().today();
        fixture.clock().advance(week);
        const auto newest = fixture.addVersion(model, "1.2");
        const auto items = queue(fixture);
        const auto *change = because(items[0], ReviewCause::materialChange);
        QVERIFY(change);
        const auto days = fixture.workspace().policy().reviewTriggers.at(ReviewTrigger::materialChange);
        QCOMPARE(*change->due, first + std::chrono::days(days));
        QVERIFY(change->text.find("Version 1.1") != std::string::npos);
        QCOMPARE(items[0].version, newest);
    }

    void anOldFindingDoesNotHideOneRaisedSinceTheValidation()
    {
        WorkspaceFixture fixture;
        auto draft = fixture.workspace().policy();
        draft.reviewTriggers = {{ReviewTrigger::graveFinding, 45}};
        fixture.publish(draft);
        const auto model = add(fixture, "A", std::nullopt);
        fixture.addFinding(model, "Old", Severity::critical);
        fixture.addValidation(fixture.addVersion(model, "1.0"));
        QVERIFY(!because(queue(fixture)[0], ReviewCause::graveFinding));
        fixture.clock().advance(week);
        fixture.addFinding(model, "New", Severity::high);
        const auto first = fixture.workspace().today();
        fixture.clock().advance(week);
        fixture.addFinding(model, "Newer", Severity::high);
        const auto items = queue(fixture);
        const auto *grave = because(items[0], ReviewCause::graveFinding);
        QVERIFY(grave);
        QVERIFY(grave->text.find("\"New\"") != std::string::npos);
        QCOMPARE(*grave->due, first + std::chrono::days(45));
    }

    void aValidationWithoutANextDayGetsThatOfTheCadence()
    {
        WorkspaceFixture fixture;
        const auto model = add(fixture, "A", parseDate("2026-11-20"));
        fixture.addTier(model);
        QVERIFY(queue(fixture)[0].overdue());
        fixture.addValidation(fixture.addVersion(model, "1.0"));
        const auto items = queue(fixture);
        const auto level = fixture.registry().tierOf(model)->level();
        QVERIFY(because(items[0], ReviewCause::planned));
        QCOMPARE(items[0].due, fixture.workspace().policy().reviewDueOn(level, fixture.workspace().today()));
        QVERIFY(!items[0].overdue());
    }

    void aModelInUseThatWasNeverValidatedIsDueSinceItWasDeployed()
    {
        WorkspaceFixture fixture;
        auto model = WorkspaceFixture::fullModel("A", "Old");
        model.nextReviewOn.reset();
        model.stage = Stage::inProduction;
        model.deployedOn = parseDate("2025-11-24");
        fixture.addModel(model);
        const auto items = queue(fixture);
        QVERIFY(items[0].reasons.front().cause == ReviewCause::neverValidated);
        QCOMPARE(items[0].days, -365);
    }

    void retiredModelsAreLeftOut()
    {
        WorkspaceFixture fixture;
        const auto model = add(fixture, "A", parseDate("2026-11-20"));
        fixture.as(people::owner,
                   [&](Workspace &workspace) { must(workspace.retireModel(model, "Replaced.", workspace.today())); });
        QVERIFY(queue(fixture).empty());
        QVERIFY(overdue(fixture.workspace().policy(), fixture.registry(), fixture.workspace().today()).empty());
    }

    void theListIsExportedWithItsReasons()
    {
        WorkspaceFixture fixture;
        add(fixture, "A", parseDate("2026-11-20"));
        const auto items = queue(fixture);
        const auto csv = reviewQueueCsv({&items[0]});
        QVERIFY2(csv.find("A,Model A,Not tiered,,,2026-11-20,") != std::string::npos, csv.c_str());
        QVERIFY2(csv.find("Planned,Planned by hand.") != std::string::npos, csv.c_str());
    }

    void tenThousandModelsAreOnePass()
    {
        WorkspaceFixture fixture;
        const ManyModels many(10'000, fixture.workspace().today());
        QElapsedTimer timer;
        timer.start();
        const auto items = reviewQueue(fixture.workspace().policy(), many.registry(), fixture.workspace().today());
        QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(items.size(), std::size_t(8750));
        QVERIFY(std::ranges::is_sorted(
            items, {}, [](const ReviewItem &item) { return std::pair(!item.due, item.due.value_or(Date())); }));
    }
};

QTEST_GUILESS_MAIN(TestReviewQueue)
#include "tst_reviewqueue.moc"
