// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCheckBox>
#include <QFile>
#include <QTest>
#include <QWizard>

#include "tests/journeys/person.h"
#include "tests/support/approved.h"
#include "ui/models/datarows.h"
#include "ui/pages/data/datapage.h"
#include "ui/pages/data/graphview.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/text.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

/// A model at work: its usage, its data, its assumptions, retraining, hand-over, cost and explanations.
class TestJourneyOperations : public QObject
{
    Q_OBJECT

    /// The registers of the model, with the register `kind` shown.
private Q_SLOTS:
    void usageOfServicesIsImportedOnce()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        fixture.addVersion(model, "1.0");
        const auto path = fixture.filePath(u"usage.csv"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("Reference;Month;Calls;Failed;Why\nCR-001;2026-08;1000;3;timeout\nCR-001;2026-09;1200;0;\n");
        file.close();
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::developer);
        const auto entries = person.registry().size;
        for (const bool first : {true, false}) {
            person.command("file.importUsage");
            auto *wizard = qobject_cast<QWizard *>(person.dialog());
            QVERIFY(wizard);
            person.dialogs.paths << path;
            person.press(wizard->currentPage(), u"Choose..."_s);
            QVERIFY(Person::reads(wizard->currentPage(), u"Read 2 rows"_s));
            wizard->next();
            QVERIFY(!Person::reads(wizard->currentPage(), u"Still needed"_s));
            wizard->next();
            if (first) {
                person.press(wizard, u"Import 2 reports"_s);
            } else {
                QVERIFY(Person::reads(wizard->currentPage(), u"nothing to import"_s));
                QTest::keyClick(wizard, Qt::Key_Escape);
            }
            QTRY_VERIFY(Person::noDialog());
        }
        QCOMPARE(person.registry().size, entries + 1);
        QCOMPARE(person.registry().usages.size(), std::size_t(2));
        auto *tab = person.openModel(model, u"registers"_s, u"usage"_s);
        QTRY_VERIFY(Person::reads(tab, u"timeout: 3"_s) || Person::reads(tab, u"1,200"_s));
    }

    void dataAreFollowedBothWays()
    {
        WorkspaceFixture fixture;
        auto feeder = WorkspaceFixture::fullModel("CR-001", "Retail PD");
        feeder.inputs = {"Credit bureau"};
        feeder.dependencies.clear();
        const auto first = fixture.addModel(feeder);
        auto fed = WorkspaceFixture::fullModel("CR-002", "Provisions");
        fed.inputs = {"Ledger"};
        fed.dependencies = {"CR-001"};
        const auto second = fixture.addModel(fed);
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::executive);
        auto *page = qobject_cast<DataPage *>(person.openPage("data"));
        QVERIFY(page);
        person.fill(page, u"Search data and models"_s, u"bureau"_s);
        QCOMPARE(page->list()->model()->rowCount(), 1);
        page->list()->setFocus();
        page->list()->selectRow(0);
        page->graph()->setFocus();
        QTest::keyClick(page->graph(), Qt::Key_Right);
        QCOMPARE(page->graph()->currentKey(), keyOf(first));
        QTest::keyClick(page->graph(), Qt::Key_Right);
        QCOMPARE(page->graph()->currentKey(), keyOf(second));
        QTest::keyClick(page->graph(), Qt::Key_Left);
        QTest::keyClick(page->graph(), Qt::Key_Return);
        QCOMPARE(person.window.view()->currentPage()->pageId(), u"model"_s);
        QVERIFY(Person::reads(person.window.view()->currentPage(), u"Retail PD"_s));
    }

    void anAssumptionOutOfItsRangeOpensAFinding()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::validator);
        auto *tab = person.openModel(model, u"registers"_s, u"assumptions"_s);
        person.press(tab, u"Add assumption…"_s);
        person.fill(person.dialog(), u"Title"_s, u"Unemployment"_s);
        person.fill(person.dialog(), u"Source"_s, u"National statistics office"_s);
        person.fill(person.dialog(), u"Unit"_s, u"%"_s);
        person.fill(person.dialog(), u"Expected from"_s, u"3"_s);
        person.fill(person.dialog(), u"Expected to"_s, u"7"_s);
        person.act();
        QVERIFY(person.registry().findings.empty());
        person.press(tab, u"Check…"_s);
        person.fill(person.dialog(), u"Value"_s, u"9.5"_s);
        QVERIFY(Person::reads(person.dialog(), u"a finding is opened"_s));
        person.act();
        QCOMPARE(person.registry().findings.size(), std::size_t(1));
        QCOMPARE(person.registry().findings.begin()->second.model, model);
        auto *overview = person.openModel(model, u"overview"_s);
        QVERIFY(Person::lists(overview, u"Unemployment"_s));
    }

    void aRedRunAsksForARetrainingAndTheVersionAnswersIt()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        const auto version = addInProduction(fixture, model, "1.0");
        QVERIFY(fixture.registry().versions.at(version).stage == VersionStage::inProduction);
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::developer);
        auto *tab = person.openModel(model, u"registers"_s, u"retraining"_s);
        person.press(tab, u"Add policy…"_s);
        person.fill(person.dialog(), u"Title"_s, u"On drift, at most every quarter"_s);
        person.act();
        QCOMPARE(person.registry().retrainings.size(), std::size_t(1));
        QVERIFY(!person.registry().retrainings.begin()->second.pending());

        const auto log = fixture.scoringLog(true);
        auto *monitoring = person.openModel(model, u"monitoring"_s);
        person.press(monitoring, u"New run…"_s);
        auto *setUp = person.dialog();
        person.dialogs.paths << QString::fromStdString(log.path);
        person.press(setUp, u"Choose log…"_s);
        QTRY_VERIFY(person.button(setUp, u"Run"_s)->isEnabled());
        person.press(setUp, u"Run"_s);
        QTRY_VERIFY(Person::reads(setUp, u"Nothing is recorded yet"_s));
        person.press(setUp, u"Record"_s);
        QTRY_VERIFY(Person::noDialog());
        const auto *pending = person.registry().retrainings.begin()->second.pending();
        QVERIFY(pending);
        QCOMPARE(pending->why, std::string("The latest run is red."));

        tab = person.openModel(model, u"registers"_s, u"retraining"_s);
        person.press(tab, u"Register version…"_s);
        person.fill(person.dialog(), u"Version"_s, u"2.0"_s);
        person.fill(person.dialog(), u"Method"_s, u"Logistic regression, refitted"_s);
        person.act();
        QVERIFY(!person.registry().retrainings.begin()->second.pending());
        QCOMPARE(person.registry().versionsOf(model).size(), std::size_t(2));
    }

    void theOrganisationsOwnCommandMakesTheVersion()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        fixture.addVersion(model, "1.0");
        const auto script = fixture.filePath(u"refit.sh"_s);
        QFile file(script);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("cat > \"$(dirname \"$0\")/request.json\"\n"
                   "echo '{\"label\": \"2.0\", \"method\": \"Refitted by night\"}'\n");
        file.close();
        const RetrainingPolicy policy = [&] {
            RetrainingPolicy made;
            made.model = model;
            made.title = "On drift";
            return made;
        }();
        fixture.as(people::owner, [&](Workspace &workspace) {
            const auto id = must(workspace.recordRetraining(policy));
            must(workspace.requestRetraining(id, {}, "New bureau data."));
        });
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::developer);
        auto *tab = person.openModel(model, u"registers"_s, u"retraining"_s);
        person.press(tab, u"Register version…"_s);
        person.fill(person.dialog(), u"Command"_s, u"/bin/sh \"%1\""_s.arg(script));
        person.press(person.dialog(), u"Run it"_s);
        QTRY_VERIFY_WITH_TIMEOUT(Person::noDialog(), 20000);
        const auto made = person.registry().versionsOf(model);
        QCOMPARE(made.size(), std::size_t(2));
        QCOMPARE(made.back()->method, std::string("Refitted by night"));
        QCOMPARE(person.registry().retrainings.begin()->second.requests.back().version, made.back()->id);
        QFile told(fixture.filePath(u"request.json"_s));
        QVERIFY(told.open(QIODevice::ReadOnly));
        QVERIFY(told.readAll().contains("New bureau data."));
    }

    void aServiceThatFailsAndIsIdleShowsOnTheModelAndOpensFindings()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        const auto version = addInProduction(fixture, model, "1.0");
        fixture.as(people::developer, [&](Workspace &workspace) {
            UsageReport usage;
            usage.model = model;
            usage.version = version;
            usage.title = "Pricing, EU";
            usage.from = *parseDate("2026-10-01");
            usage.until = *parseDate("2026-10-31");
            usage.predictions = 900;
            usage.failures = {{"timeout", 100}};
            usage.lastUsedOn = usage.until;
            must(workspace.recordUsage(usage));
        });
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::validator);
        auto *page = [&] {
            person.openModel(model, u"overview"_s);
            return person.window.view()->currentPage();
        }();
        QVERIFY(Person::reads(page, u"10.0% of 1,000 calls failed from 2026-10-01 to 2026-10-31 (timeout 100)"_s));
        QVERIFY(Person::reads(page, u"Last used on 2026-10-31"_s));
        const auto titles = [&] {
            std::set<std::string> found;
            for (const auto &[id, finding] : person.registry().findings)
                found.insert(finding.title);
            return found;
        };
        QCOMPARE(titles(), std::set<std::string>{"Calls fail: Pricing, EU"});
        fixture.clock().advance(std::chrono::days(70));
        person.dialogs.confirmations << true; // if the time is asked about
        person.become(people::validator);
        QCOMPARE(titles(), (std::set<std::string>{"Calls fail: Pricing, EU", "Idle: Pricing, EU"}));
        QVERIFY(Person::reads(person.window.view(), u"\"Idle: Pricing, EU\" on Retail PD"_s));
    }

    void aVersionIsHandedOverByTwo()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        fixture.addVersion(model, "1.0");
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::developer);
        auto *tab = person.openModel(model, u"registers"_s, u"handover"_s);
        person.press(tab, u"Prepare hand-over…"_s);
        person.fill(person.dialog(), u"Title"_s, u"To the scoring team"_s);
        person.fill(person.dialog(), u"Items"_s, u"Runbook"_s);
        person.act();
        person.press(tab, u"Tick items…"_s);
        for (auto *box : person.dialog()->findChildren<QCheckBox *>()) {
            box->setFocus();
            QTest::keyClick(box, Qt::Key_Space);
        }
        person.act();
        QVERIFY(!person.button(tab, u"Take over…"_s)->isEnabled());
        QVERIFY(person.registry().handOvers.begin()->second.open);

        person.become(people::owner);
        tab = person.openModel(model, u"registers"_s, u"handover"_s);
        person.press(tab, u"Take over…"_s);
        if (auto *reason = person.dialog()->findChild<QPlainTextEdit *>()) {
            reason->setFocus();
            QTest::keyClicks(reason, u"Ran it for a week."_s);
        }
        person.act();
        QVERIFY(!person.registry().handOvers.begin()->second.open);
    }

    void anEstimatedCostDerivesAnswersOfTheTier()
    {
        WorkspaceFixture fixture;
        auto draft = fixture.workspace().policy();
        draft.tierMethod.version += 1;
        draft.tierMethod.factors.front().answers.back().fromCost = 1e6;
        draft.tierMethod.costUnit = "EUR";
        fixture.publish(draft);
        const auto model = fixture.addModel("CR-001", "Retail PD");
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::owner);
        auto *tab = person.openModel(model, u"registers"_s, u"cost"_s);
        person.press(tab, u"Estimate cost…"_s);
        for (const auto &[field, text] :
             {std::pair(u"Title"_s, u"Wrong acceptances"_s), std::pair(u"Unit"_s, u"EUR"_s),
              std::pair(u"Decisions a year"_s, u"120000"_s), std::pair(u"Wrong, share of 1"_s, u"0.02"_s),
              std::pair(u"Cost of a wrong one"_s, u"1500"_s), std::pair(u"Basis"_s, u"Losses of 2025"_s)})
            person.fill(person.dialog(), field, text);
        person.act();
        QCOMPARE(person.registry().costs.begin()->second.perYear(), 3600000.0);
        auto *tier = person.openModel(model, u"tier"_s);
        QVERIFY(Person::reads(tier, u"Estimated cost when it is wrong or idle: 3,600,000 EUR a year"_s));
        QTRY_VERIFY(Person::reads(tier, u"By the estimated cost: "_s));
    }

    void anExplanationIsAttachedToAVersion()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        const auto version = fixture.addVersion(model, "1.0");
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::developer);
        auto *tab = person.openModel(model, u"registers"_s, u"explanations"_s);
        person.press(tab, u"Attach explanation…"_s);
        person.fill(person.dialog(), u"Method"_s, u"Mean absolute SHAP value"_s);
        auto *importance = named<QPlainTextEdit>(person.dialog(), u"Importance"_s);
        importance->setFocus();
        QTest::keyClicks(importance, u"income, 0.62"_s);
        QTest::keyClick(importance, Qt::Key_Return);
        QTest::keyClicks(importance, u"age, 0.1"_s);
        person.fill(person.dialog(), u"Reason codes"_s, u"R01: Income too low for the amount"_s);
        person.act();
        const auto &made = person.registry().explanations.begin()->second;
        QCOMPARE(made.version, version);
        QCOMPARE(made.importance.size(), std::size_t(2));
        QCOMPARE(made.reasonCodes.front().code, std::string("R01"));
        QTRY_VERIFY(Person::reads(tab, u"0.620  income"_s));
    }
};

QTEST_MAIN(TestJourneyOperations)
#include "tst_journeyoperations.moc"
