// SPDX-License-Identifier: GPL-3.0-or-later
#include <QGroupBox>
#include <QTabWidget>
#include <QTest>

#include "core/policy/controls.h"
#include "tests/journeys/person.h"
#include "ui/pages/model/rowstable.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

/// What needs a second person or another way than a plain approval, from the window.
class TestJourneyApprovals : public QObject
{
    Q_OBJECT

    static void sign(Person &person, const ModelId &model, const RequestId &request)
    {
        auto *tab = person.openModel(model, u"signoffs"_s);
        person.window.view()->openModel(model, u"signoffs"_s, QString::fromStdString(request.str()));
        person.approve(tab);
    }

private Q_SLOTS:
    void anOverrideOfATierIsConfirmedBySomebodyElse()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        fixture.addTier(model);
        const auto computed = fixture.registry().tierOf(model)->level();
        QVERIFY(computed > 1);
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::owner);
        auto *tab = person.openModel(model, u"tier"_s);
        named<QGroupBox>(tab, u"Override the computed tier"_s)->setChecked(true);
        person.choose(tab, u"Tier by override"_s, QString::fromStdString(person.workspace().policy().tierLabel(1)));
        person.fill(tab, u"Reason for the override"_s, u"The board relies on it."_s);
        person.press(tab, u"Publish tier"_s);
        QVERIFY(person.registry().tierOf(model)->overridePending());
        QCOMPARE(person.registry().tierOf(model)->level(), computed);
        QVERIFY(!person.button(tab, u"Confirm override…"_s)->isEnabled());

        person.become(people::approver);
        tab = person.openModel(model, u"tier"_s);
        person.press(tab, u"Confirm override…"_s);
        person.fill(person.dialog(), u"Comment"_s, u"Agreed."_s);
        person.act();
        QCOMPARE(person.registry().tierOf(model)->level(), std::int64_t(1));
    }

    void aDeputySignsForSomebodyWhomThePolicyNames()
    {
        WorkspaceFixture fixture;
        auto draft = fixture.workspace().policy();
        std::erase_if(draft.approvals,
                      [](const ApprovalRule &rule) { return rule.trigger == ApprovalTrigger::deployment; });
        ApprovalRule rule;
        rule.id = "head";
        rule.people = {people::approver};
        rule.quorum = Quorum::all;
        draft.approvals.push_back(rule);
        fixture.publish(draft);
        const auto model = fixture.addModel("CR-001", "Retail PD");
        const auto version = fixture.addReadyVersion(model, "1.0");
        const auto request = fixture.addRequest(version);
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::approver2);
        auto *tab = person.openModel(model, u"signoffs"_s);
        QVERIFY(!person.button(tab, u"Sign…"_s)->isEnabled());

        person.become(people::approver);
        person.command("people.list");
        person.dialog()->findChild<QTabWidget *>()->setCurrentIndex(1);
        person.press(person.dialog(), u"New deputy…"_s);
        person.choose(person.dialog(), u"Deputy"_s, QString::fromUtf8(people::approver2));
        person.fill(person.dialog(), u"Reason"_s, u"On leave until Monday."_s);
        person.act();
        person.cancel(); // People and roles

        person.become(people::approver2);
        QVERIFY(Person::reads(person.openPage("home"), u"Waiting for me"_s));
        sign(person, model, request);
        const auto &signedNow = person.registry().requests.at(request);
        QVERIFY(signedNow.status == RequestStatus::approved);
        QCOMPARE(signedNow.signOffs.front().onBehalfOf, std::string(people::approver));
    }

    void aVersionIsUsedBeforeItsValidationUntilADay()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        const auto version = fixture.addVersion(model, "1.0");
        fixture.addDocument(version, DocumentKind::documentation, "documentation.md");
        fixture.addRun(version);
        fixture.addTier(model, 1);
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::developer);
        auto *tab = person.openModel(model, u"signoffs"_s);
        person.press(tab, u"Request deployment…"_s);
        QVERIFY(Person::reads(person.dialog(), u"✗ Validated"_s));
        person.cancel();
        auto *registers = person.openModel(model, u"registers"_s, u"exceptions"_s);
        person.press(registers, u"Request exception…"_s);
        person.choose(person.dialog(), u"Kind"_s,
                      QString::fromStdString(displayName(ExceptionKind::useBeforeValidation)));
        person.choose(person.dialog(), u"Version"_s, u"1.0"_s);
        person.fill(person.dialog(), u"Requirement"_s, u"Validation before use"_s);
        person.fill(person.dialog(), u"Reason"_s, u"The old model stops in December."_s);
        person.fill(person.dialog(), u"Compensating control"_s, u"Every refusal is read by a person."_s);
        QVERIFY(!person.actButton()->isEnabled());
        person.fill(person.dialog(), u"Limits of use"_s, u"Loans up to 5,000."_s);
        person.act();
        const auto exception = person.registry().exceptions.begin()->first;
        for (const auto *signer : {people::validator, people::approver}) {
            person.become(signer);
            person.window.view()->openModel(model, u"registers"_s, QString::fromStdString(exception.str()));
            person.press(registers, u"Sign…"_s);
            person.fill(person.dialog(), u"Passphrase"_s, QLatin1String(passphrase));
            person.act();
        }
        QVERIFY(person.registry().exceptions.at(exception).status == ExceptionStatus::approved);
        person.become(people::developer);
        tab = person.openModel(model, u"signoffs"_s);
        person.press(tab, u"Request deployment…"_s);
        QVERIFY(Person::reads(person.dialog(), u"Use before validation is allowed until"_s));
        QVERIFY(Person::reads(person.dialog(), u"Loans up to 5,000."_s));
        person.fill(person.dialog(), u"Justification"_s, u"Needed before the old model stops."_s);
        person.act();
        const auto request = person.registry().requests.begin()->first;
        for (const auto *signer : {people::validator, people::approver}) {
            person.become(signer);
            sign(person, model, request);
        }
        person.become(people::developer);
        person.putIntoProduction(person.openModel(model, u"signoffs"_s));
        QVERIFY(person.registry().versions.at(version).stage == VersionStage::inProduction);
        const auto detected = [&](IssueKind kind) {
            return std::ranges::any_of(person.registry().findings,
                                       [&](const auto &item) { return item.second.detected == kind; });
        };
        QVERIFY2(person.registry().findings.empty(), "an early use that is allowed is no issue");

        const auto lastDay = person.registry().exceptions.at(exception).expiresOn;
        fixture.clock().set(lastDay + std::chrono::days(1));
        person.dialogs.confirmations << true; // the first entry for months
        person.become(people::validator);
        QVERIFY(detected(IssueKind::exceptionLapsed));
        QVERIFY(detected(IssueKind::productionBeforeValidation));
    }

    void aControlThatIsMetShowsInTheRiskOfTheModel()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        const auto version = fixture.addVersion(model, "1.0");
        fixture.addTier(model, 1);
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::validator);
        auto *tab = person.openModel(model, u"tier"_s);
        const auto standing = [&] {
            return riskStanding(person.workspace().policy(), person.registry(), person.registry().models.at(model),
                                person.workspace().today());
        };
        const auto before = standing();
        QVERIFY(before.controls != ControlState::adequate);
        QVERIFY(Person::reads(tab, QString::fromStdString(before.controlsWhy)));
        QVERIFY(Person::reads(tab, QString::fromStdString(before.residualWhy)));
        fixture.addDocument(version, DocumentKind::documentation, "documentation.md");
        fixture.addDocument(version, DocumentKind::validationReport, "validation.md");
        fixture.addDocument(version, DocumentKind::monitoringPlan, "monitoring.md");
        fixture.addValidation(version);
        fixture.addRun(version);
        person.command("view.refresh");
        const auto after = standing();
        QVERIFY(after.controlsWhy != before.controlsWhy);
        QVERIFY(Person::reads(tab, QString::fromStdString(after.controlsWhy)));
        QCOMPARE(Person::table(tab, u"Controls of the tier"_s)->rows()->rowCount(),
                 static_cast<int>(after.results.size()));
    }

    void aPolicyThatDemandsAComparisonSaysSoAndTakesAPromotion()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        const auto champion = fixture.addReadyVersion(model, "1.0");
        const auto first = fixture.addRequest(champion);
        fixture.sign(people::approver, Role::approver, first);
        fixture.deploy(first);
        const auto challenger = fixture.addReadyVersion(model, "2.0");
        auto draft = fixture.workspace().policy();
        draft.comparisons = {{{}, true, true, "SR 11-7 V.1.c"}};
        fixture.publish(draft);
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::developer);
        auto *tab = person.openModel(model, u"versions"_s);
        Person::table(tab, u"Versions"_s)->select(QString::fromStdString(challenger.str()));
        QVERIFY(!person.button(tab, u"Request deployment…"_s)->isEnabled());
        QVERIFY(person.button(tab, u"Request deployment…"_s)->toolTip().contains(u"Request its promotion"_s));
        tab = person.openModel(model, u"signoffs"_s);
        person.press(tab, u"Request deployment…"_s);
        person.fill(person.dialog(), u"Justification"_s, u"Better."_s);
        QVERIFY(Person::reads(person.dialog(), u"✗ Compared with the version in production"_s));
        QVERIFY(!person.actButton()->isEnabled());
        person.cancel();

        tab = person.openModel(model, u"versions"_s);
        person.press(tab, u"Request promotion…"_s);
        QVERIFY(Person::reads(person.dialog(), u"✓ Compared with the version in production"_s));
        person.fill(person.dialog(), u"Justification"_s, u"Ranks as well on the same rows."_s);
        person.act();
        const auto &requests = person.registry().requests;
        const auto asked =
            std::ranges::find_if(requests, [&](const auto &item) { return item.second.version == challenger; });
        QVERIFY(asked != requests.end() && asked->second.promotion);
        person.become(people::approver);
        sign(person, model, RequestId(asked->first));
        person.become(people::developer);
        person.window.view()->openModel(model, u"signoffs"_s, QString::fromStdString(asked->first.str()));
        person.putIntoProduction(person.openModel(model, u"signoffs"_s));
        QVERIFY(person.registry().versions.at(challenger).stage == VersionStage::inProduction);
        QVERIFY(person.registry().versions.at(champion).stage == VersionStage::retired);
    }

    void anUnusualDayIsAskedAboutBeforeItIsSigned()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::validator);
        const auto raise = [&](const QString &title) {
            auto *tab = person.openModel(model, u"overview"_s);
            person.press(tab, u"Raise finding…"_s);
            person.fill(person.dialog(), u"Title"_s, title);
            person.fill(person.dialog(), u"Description"_s, u"Seen in validation."_s);
            person.act();
        };
        raise(u"On a usual day"_s);
        QVERIFY(person.dialogs.asked.isEmpty());
        fixture.clock().advance(std::chrono::hours(24 * 60));
        raise(u"Far ahead"_s);
        QVERIFY(person.dialogs.asked.constLast().contains(u"60 days after the newest entry"_s));
        QCOMPARE(person.registry().findings.size(), std::size_t(1));
        person.dialogs.confirmations << true;
        person.act();
        QTRY_VERIFY(Person::noDialog());
        QCOMPARE(person.registry().findings.size(), std::size_t(2));
        raise(u"The day after"_s);
        QCOMPARE(person.dialogs.asked.size(), 2);
        QCOMPARE(person.registry().findings.size(), std::size_t(3));
    }
};

QTEST_MAIN(TestJourneyApprovals)
#include "tst_journeyapprovals.moc"
