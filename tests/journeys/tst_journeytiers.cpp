// SPDX-License-Identifier: GPL-3.0-or-later
//
// Tiers by every kind of method, answers that nobody knows yet, models that were bought, and a draft that moves a tier.
#include <QRadioButton>
#include <QTest>

#include "core/policy/builtinpacks.h"
#include "tests/journeys/person.h"
#include "ui/pages/model/riskmatrix.h"
#include "ui/pages/model/riskmatrixmodel.h"
#include "ui/pages/policy/drafteditor.h"
#include "ui/pages/policy/packeditor.h"
#include "ui/pages/policy/packtreemodel.h"
#include "ui/pages/policy/policypage.h"
#include "ui/pages/policy/simulationview.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

namespace {

PolicyPack shipped(const char *id)
{
    for (const auto &pack : builtInPolicyPacks())
        if (pack.id == id)
            return parsePolicyPack(pack.text);
    return {};
}

/// Clicks the answer at `place` of each factor, the last where there are fewer; the first factor is left unknown.
void answerAll(QWidget *tab, const PolicyPack &pack, std::size_t place, bool firstUnknown = false)
{
    for (std::size_t at = 0; at < pack.tierMethod.factors.size(); ++at) {
        const auto &factor = pack.tierMethod.factors[at];
        const auto question = QString::fromStdString(factor.question);
        const auto wanted =
            firstUnknown && at == 0
                ? u"Not known yet"_s
                : QString::fromStdString(factor.answers[std::min(place, factor.answers.size() - 1)].text);
        for (auto *choice : tab->findChildren<QRadioButton *>())
            if (choice->accessibleDescription() == question && choice->accessibleName().startsWith(wanted))
                choice->click();
    }
}

} // namespace

class TestJourneyTiers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTierFollowsFromAMatrixAndFromASum_data()
    {
        QTest::addColumn<QByteArray>("pack");
        QTest::addColumn<int>("kind");
        QTest::newRow("matrix") << QByteArray("ss1-23") << static_cast<int>(TierMethodKind::riskMatrix);
        QTest::newRow("sum") << QByteArray("osfi-e-23") << static_cast<int>(TierMethodKind::scorecardSum);
    }

    void aTierFollowsFromAMatrixAndFromASum()
    {
        QFETCH(QByteArray, pack);
        QFETCH(int, kind);
        WorkspaceFixture fixture;
        fixture.publish(shipped(pack.constData()));
        const auto &policy = fixture.workspace().policy();
        QVERIFY(policy.tierMethod.kind == static_cast<TierMethodKind>(kind));
        const auto model = fixture.addModel("CR-001", "Retail PD");
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::owner);
        std::set<std::int64_t> levels;
        for (const std::size_t place : {0U, 9U}) {
            auto *tab = person.openModel(model, u"tier"_s);
            answerAll(tab, policy, place);
            person.fill(tab, u"Rationale"_s, u"Assessed with the business."_s);
            person.press(tab, u"Publish tier"_s);
            const auto *tier = person.registry().tierOf(model);
            QVERIFY(tier);
            QCOMPARE(tier->level(), computeTier(policy, tier->answers).level);
            levels.insert(tier->level());
            const auto label = QString::fromStdString(policy.tierLabel(tier->level()));
            QTRY_VERIFY(Person::reads(tab, label) || Person::lists(tab, label));
            const auto *matrix = tab->findChild<RiskMatrix *>();
            QVERIFY(matrix);
            const bool drawn = matrix->isVisibleTo(tab);
            QCOMPARE(drawn, policy.tierMethod.kind == TierMethodKind::riskMatrix);
            if (drawn)
                QVERIFY2(matrix->model()->inWords().contains(QString::fromStdString(policy.tierLabel(tier->level()))),
                         qPrintable(matrix->model()->inWords()));
        }
        QVERIFY2(levels.size() == 2, "the mildest and the harshest answers lead to different tiers");
        QVERIFY(fixture.openAgain(true)->verification().faults.empty());
    }

    void anUnknownAnswerMakesATierProvisionalAndKeepsTheVersionBack()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        const auto version = fixture.addReadyVersion(model, "1.0");
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::owner);
        const auto policy = person.workspace().policy();
        auto *tab = person.openModel(model, u"tier"_s);
        answerAll(tab, policy, 1, true);
        QVERIFY(Person::reads(tab, u"provisional"_s));
        person.fill(tab, u"Rationale"_s, u"The exposure is known in March."_s);
        person.press(tab, u"Publish tier"_s);
        const auto tierCheck = [&] {
            for (const auto &check : deploymentChecks(policy, person.registry(), version, person.workspace().today()))
                if (check.id == "tier")
                    return check;
            return Check{};
        };
        QVERIFY(isProvisional(*person.registry().tierOf(model)));
        QVERIFY(tierCheck().state == CheckState::failed);
        QVERIFY(tierCheck().detail.find("An answer was not known") != std::string::npos);

        answerAll(tab, policy, 1);
        QVERIFY(!Person::reads(tab, u"provisional, for an answer"_s));
        person.fill(tab, u"Rationale"_s, u"The exposure is known now."_s);
        person.press(tab, u"Publish tier"_s);
        QVERIFY(!isProvisional(*person.registry().tierOf(model)));
        QVERIFY(tierCheck().state == CheckState::passed);
    }

    void aBoughtModelNamesItsVendorBeforeItIsValidated()
    {
        WorkspaceFixture fixture;
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::owner);
        person.command("edit.register");
        auto *editor = person.dialog();
        for (const auto &[field, text] :
             {std::pair(u"Name"_s, u"Bureau score"_s), std::pair(u"Reference"_s, u"VE-001"_s),
              std::pair(u"Purpose"_s, u"Rank applicants by the bureau's data."_s),
              std::pair(u"Owner"_s, QString::fromLatin1(people::owner)),
              std::pair(u"Developer"_s, u"Example Vendor (invented)"_s),
              std::pair(u"Validator"_s, QString::fromLatin1(people::validator))})
            person.fill(editor, field, text);
        person.choose(editor, u"Origin"_s, u"Vendor"_s);
        person.press(editor, u"Register"_s);
        QVERIFY(Person::noDialog());
        const auto *model = person.registry().modelByReference("VE-001");
        QVERIFY(model && model->origin == Origin::vendor);
        const auto &policy = person.workspace().policy();
        const auto missing = missingFields(policy, *model, 0);
        QVERIFY(std::ranges::find(missing, std::string("vendor")) != missing.end());
        auto inHouse = *model;
        inHouse.origin = Origin::inHouse;
        const auto lacks = missingFields(policy, inHouse, 0);
        QVERIFY2(std::ranges::find(lacks, std::string("vendor")) == lacks.end(), "of a model made in house it is not");

        auto *tab = person.openModel(model->id, u"overview"_s);
        QVERIFY(Person::reads(tab, u"Vendor"_s));
        auto edited = *model;
        edited.stage = Stage::inValidation;
        const auto refused = person.workspace().editModel(edited, "Ready to be validated.");
        QVERIFY(!refused);
        QVERIFY2(refused.error().what.find("vendor") != std::string::npos, refused.error().what.c_str());
        edited.vendor = "Example Vendor (invented)";
        edited.stage = Stage::proposed;
        must(person.workspace().editModel(edited, "Named."));
        const auto &named = person.registry().models.at(model->id);
        const auto left = missingFields(policy, named, 0);
        QVERIFY(std::ranges::find(left, std::string("vendor")) == left.end());
    }

    void aDraftThatMovesATierAndMakesAReviewOverdueIsSimulated()
    {
        WorkspaceFixture fixture;
        auto record = WorkspaceFixture::fullModel("CR-001", "Retail PD");
        record.stage = Stage::inProduction;
        record.lastValidatedOn = parseDate("2026-05-31");
        record.nextReviewOn.reset();
        const auto model = fixture.addModel(record);
        fixture.addTier(model, 1);
        const auto *tier = fixture.registry().tierOf(model);
        QVERIFY(tier && tier->level() > 1);
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::administrator);
        auto *page = qobject_cast<PolicyPage *>(person.openPage("policy"));
        page->draftFromForce();
        auto *parts = page->editor()->parts()->model();
        const auto edit = [&](const QString &path, const QString &value) {
            const auto index = parts->find(path).siblingAtColumn(PackTreeModel::Value);
            QVERIFY2(parts->setData(index, value, Qt::EditRole), qPrintable(path));
        };
        const auto above = tier->level() - 2; // place of the tier that it moves to
        edit(u"tiers[%1].minimumScore"_s.arg(above), QString::fromStdString(decimalFromDouble(tier->score - 0.5)));
        edit(u"tierMethod.version"_s, QString::number(person.workspace().policy().tierMethod.version + 1));
        for (int at = 0; at <= above; ++at) {
            edit(u"tiers[%1].reviewMonths"_s.arg(at), u"1"_s);
            edit(u"tiers[%1].validationMonths"_s.arg(at), u"1"_s);
        }
        QVERIFY2(page->editor()->faults().empty(),
                 page->editor()->faults().empty() ? "" : page->editor()->faults().front().what.c_str());
        const auto entries = person.registry().size;
        person.press(page, u"Simulate"_s);
        QVERIFY(Person::reads(page, u"Simulated on 1 model"_s));
        const auto &found = page->editor()->simulation()->simulation();
        QCOMPARE(found.moves.size(), std::size_t(1));
        QCOMPARE(found.moves.front().model, model);
        QCOMPARE(found.moves.front().to, tier->level() - 1);
        QVERIFY(!found.overdue.empty());
        QVERIFY(std::ranges::all_of(found.overdue, [&](const NewlyOverdue &item) { return item.model == model; }));
        QVERIFY2(std::ranges::any_of(found.overdue, [](const NewlyOverdue &item) { return item.days > 30; }),
                 "the review of May is overdue by months");
        QCOMPARE(person.registry().size, entries);
    }
};

QTEST_MAIN(TestJourneyTiers)
#include "tst_journeytiers.moc"
