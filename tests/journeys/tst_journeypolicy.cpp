// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QTest>
#include <QTreeView>

#include "tests/journeys/person.h"
#include "ui/pages/policy/drafteditor.h"
#include "ui/pages/policy/packeditor.h"
#include "ui/pages/policy/policypage.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

/// Policy, attestation, validation with conditions and deputies, by those who do it, from the window.
class TestJourneyPolicy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPolicyIsEditedSimulatedAndPublishedByKeyboard()
    {
        WorkspaceFixture fixture;
        fixture.addTier(fixture.addModel("CR-001", "Retail PD"));
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::administrator);
        auto *page = qobject_cast<PolicyPage *>(person.openPage("policy"));
        QVERIFY(page);
        page->draftFromForce();
        auto *tree = page->editor()->parts()->tree();
        person.fill(page, u"Find a part"_s, u"Review months"_s);
        QTest::keyClick(named<QLineEdit>(page, u"Find a part"_s), Qt::Key_Return);
        tree->setFocus();
        QTest::keyClick(tree, Qt::Key_Return);
        auto *line = tree->findChild<QLineEdit *>();
        QVERIFY(line);
        line->selectAll();
        QTest::keyClicks(line, u"5"_s);
        QTest::keyClick(line, Qt::Key_Return);
        QTRY_VERIFY(page->editor()->text().contains(u"\"reviewMonths\": 5"_s));
        person.press(page, u"Simulate"_s);
        QVERIFY(Person::reads(page, u"Simulated on 1 model"_s));
        person.dialogs.confirmations << true;
        person.press(page, u"Publish…"_s);
        QCOMPARE(person.registry().policies.size(), std::size_t(2));
        QCOMPARE(person.workspace().policy().tiers.front().reviewMonths, 5);

        person.become(people::auditor);
        page->draftFromForce();
        QVERIFY(!person.button(page, u"Publish…"_s)->isEnabled());
    }

    void aCampaignIsOpenedAnsweredAndSignedOff()
    {
        WorkspaceFixture fixture;
        fixture.addModel("CR-001", "Retail PD");
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::administrator);
        auto *page = person.openPage("attestation");
        person.press(page, u"Open a campaign…"_s);
        person.fill(person.dialog(), u"Title"_s, u"Year end"_s);
        person.fill(person.dialog(), u"Questions"_s, u"Is the entry complete and true?"_s);
        person.act();
        person.become(people::owner);
        person.press(page, u"Attest…"_s);
        person.choose(person.dialog(), u"Answer 1"_s, u"Yes"_s);
        person.act();
        QCOMPARE(person.registry().attestations.size(), std::size_t(1));
        person.become(people::administrator);
        person.press(page, u"Sign off…"_s);
        person.fill(person.dialog(), u"Statement"_s, u"All attested."_s);
        person.fill(person.dialog(), u"Passphrase"_s, QLatin1String(passphrase));
        person.act();
        QVERIFY(!person.registry().campaigns.begin()->second.open);
    }

    void aConditionOfAValidationIsMetByAnother()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        fixture.addTier(model);
        fixture.addVersion(model, "1.0");
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::validator);
        auto *tab = person.openModel(model, u"versions"_s);
        person.press(tab, u"Record validation…"_s);
        person.fill(person.dialog(), u"Summary"_s, u"Ranks well."_s);
        person.fill(person.dialog(), u"Conceptual soundness"_s, u"Few young customers in the sample."_s);
        person.choose(person.dialog(), u"Outcome"_s,
                      QString::fromStdString(displayName(ValidationOutcome::fitWithConditions)));
        person.fill(person.dialog(), u"Condition 1"_s, u"Refit with the applications of 2026."_s);
        person.act();
        const auto &validation = person.registry().validations.begin()->second;
        QCOMPARE(validation.dueConditions.front().owner, std::string(people::owner));
        QVERIFY(person.registry().models.at(model).nextReviewOn == validation.nextReviewOn);
        person.press(tab, u"Is met…"_s);
        person.fill(person.dialog(), u"Evidence"_s, u"Version 2 was fitted on them."_s);
        person.act();
        QVERIFY(person.registry().validations.begin()->second.dueConditions.front().metOn.has_value());
    }
};

QTEST_MAIN(TestJourneyPolicy)
#include "tst_journeypolicy.moc"
