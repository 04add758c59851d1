// SPDX-License-Identifier: GPL-3.0-or-later
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QSettings>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>
#include <QTreeView>

#include "core/policy/builtinpacks.h"
#include "core/policy/simulation.h"
#include "tests/support/accessibility.h"
#include "tests/support/controls.h"
#include "tests/support/windowfixture.h"
#include "ui/pages/policy/drafteditor.h"
#include "ui/pages/policy/packeditor.h"
#include "ui/pages/policy/packtextedit.h"
#include "ui/pages/policy/packtreemodel.h"
#include "ui/pages/policy/policypage.h"
#include "ui/pages/policy/policyreader.h"
#include "ui/pages/policy/simulationview.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/text.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

namespace {

struct Opened
{
    Opened()
        : settings(folder.filePath(u"settings.ini"_s), QSettings::IniFormat)
        , page(fixture.context, &settings)
    {
        fixture.publishAlone();
        page.resize(1100, 720);
        page.show();
    }

    [[nodiscard]] DraftEditor *editor() { return page.editor(); }
    [[nodiscard]] QPushButton *publish() { return button(page.editor(), u"Publish…"_s); }
    void edit(const char *path, const QVariant &value)
    {
        auto *model = editor()->parts()->model();
        const auto index = model->find(QString::fromLatin1(path)).siblingAtColumn(PackTreeModel::Value);
        QVERIFY(model->setData(index, value, Qt::EditRole));
    }

    QTemporaryDir folder;
    WindowFixture fixture;
    QSettings settings;
    PolicyPage page;
};

bool messageSays(QWidget *root, const QString &words)
{
    for (const auto *bar : root->findChildren<MessageBar *>())
        if (bar->isVisibleTo(root) && bar->text().contains(words))
            return true;
    return false;
}

} // namespace

class TestPolicyPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thePolicyInForceIsThereToRead()
    {
        Opened opened;
        const auto &policy = opened.fixture.workspace().policy();
        const auto text = opened.page.reader()->text()->toPlainText();
        QVERIFY(text.contains(toQt(policy.title)));
        QVERIFY(text.contains(toQt(policy.tiers.back().label)));
        auto *contents = opened.page.reader()->contents();
        QVERIFY(contents->count() >= 8);
        opened.page.focusStart();
        contents->setCurrentRow(contents->count() - 1);
        QVERIFY(opened.page.reader()->text()->verticalScrollBar()->value() > 0);
        QCOMPARE(unnamedControls(&opened.page), QString());
    }

    void aDraftBeginsAsTheNextVersion()
    {
        Opened opened;
        QVERIFY(!opened.page.hasDraft());
        opened.page.draftFromForce();
        QVERIFY(opened.page.hasDraft());
        QVERIFY(opened.editor()->faults().empty());
        const auto draft = parsePolicyPack(toStd(opened.editor()->text()));
        QCOMPARE(draft.version, opened.fixture.workspace().policy().version + 1);
        QCOMPARE(unnamedControls(&opened.page), QString());
    }

    void anEditOfAPartChangesTheTextAndCanBeUndone()
    {
        Opened opened;
        opened.page.draftFromForce();
        const auto before = opened.editor()->text();
        opened.edit("tiers[0].reviewMonths", u"7"_s);
        QCOMPARE(parsePolicyPack(toStd(opened.editor()->text())).tiers[0].reviewMonths, 7);
        QTest::mouseClick(button(opened.editor(), u"Undo"_s), Qt::LeftButton);
        QCOMPARE(opened.editor()->text(), before);
        const auto value = opened.editor()->parts()->model()->find(u"tiers[0].reviewMonths"_s);
        QVERIFY(value.siblingAtColumn(PackTreeModel::Value).data().toString() != u"7"_s);
    }

    void faultsAreNamedWhileTheTextIsEdited()
    {
        Opened opened;
        opened.page.draftFromForce();
        auto text = opened.editor()->text();
        const auto weight = text.indexOf(u"\"weight\""_s);
        QVERIFY(weight > 0);
        text.insert(weight, u"\"wieght\": \"1\", "_s);
        opened.editor()->source()->setPlainText(text);
        QTRY_VERIFY(!opened.editor()->faults().empty());
        QVERIFY(toQt(opened.editor()->faults().front().path).endsWith(u"wieght"_s));
        QVERIFY(!opened.publish()->isEnabled());
        QVERIFY(!button(opened.editor(), u"Simulate"_s)->isEnabled());
        QCOMPARE(opened.editor()->faultTable()->model()->rowCount(), int(opened.editor()->faults().size()));
        opened.editor()->source()->setPlainText(u"{ \"id\": "_s);
        auto *tabs = opened.editor()->findChild<QTabWidget *>();
        QTRY_VERIFY(!tabs->isTabEnabled(0));
        QCOMPARE(opened.editor()->faults().size(), std::size_t(1));
        opened.editor()->source()->setPlainText(text.remove(u"\"wieght\": \"1\", "_s));
        QTRY_VERIFY(opened.editor()->faults().empty());
        QVERIFY(tabs->isTabEnabled(0));
    }

    void aFaultOpensAtItsPlace()
    {
        Opened opened;
        opened.page.draftFromForce();
        opened.edit("tiers[1].label", QString());
        QVERIFY(!opened.editor()->faults().empty());
        auto *table = opened.editor()->faultTable();
        table->setCurrentIndex(table->model()->index(0, 0));
        QTest::keyClick(table, Qt::Key_Return);
        auto *parts = opened.editor()->parts();
        QCOMPARE(parts->model()->path(parts->tree()->currentIndex()), toQt(opened.editor()->faults().front().path));
    }

    void aSimulationSaysWhoMoves()
    {
        Opened opened;
        const auto model = opened.fixture.addModel("CR-014", "Retail PD");
        opened.fixture.addTier(model);
        opened.page.draftFromForce();
        const auto level = opened.fixture.registry().tierOf(model)->level();
        // Every answer at its harshest: whoever is not in the top tier moves there.
        const auto draft = parsePolicyPack(toStd(opened.editor()->text()));
        for (std::size_t f = 0; f < draft.tierMethod.factors.size(); ++f)
            for (std::size_t a = 0; a < draft.tierMethod.factors[f].answers.size(); ++a)
                opened.edit(u"tierMethod.factors[%1].answers[%2].points"_s.arg(f).arg(a).toLatin1(),
                            level == 1 ? u"0"_s : u"100"_s);
        const auto expected = opened.fixture.workspace().simulatePolicy(toStd(opened.editor()->text()));
        opened.editor()->simulate();
        if (!expected) { // points alike for all make tiers unreachable: a fault, and nothing is simulated
            QVERIFY(!opened.editor()->faults().empty());
            return;
        }
        QCOMPARE(opened.editor()->simulation()->moves()->model()->rowCount(), int(expected->moves.size()));
    }

    void aLowerBarMovesModelsAndOpensThem()
    {
        Opened opened;
        const auto model = opened.fixture.addModel("CR-014", "Retail PD");
        opened.fixture.addTier(model, 2);
        const auto *tier = opened.fixture.registry().tierOf(model);
        const auto &tiers = opened.fixture.workspace().policy().tiers;
        QVERIFY(tier->level() < std::int64_t(tiers.size()));
        opened.page.draftFromForce();
        const auto bar = decimalFromDouble(tier->score + 0.5);
        opened.edit(u"tiers[%1].minimumScore"_s.arg(tier->level() - 1).toLatin1(), toQt(bar));
        QVERIFY(opened.editor()->faults().empty());
        opened.editor()->simulate();
        auto *moves = opened.editor()->simulation()->moves();
        QCOMPARE(moves->model()->rowCount(), 1);
        moves->setCurrentIndex(moves->model()->index(0, 0));
        QTest::keyClick(moves, Qt::Key_Return);
        QCOMPARE(opened.fixture.navigator.visited.back(), u"model/%1/tier/"_s.arg(toQt(model.str())));
    }

    void publishingPutsTheDraftInForce()
    {
        Opened opened;
        opened.page.draftFromForce();
        opened.edit("tiers[0].reviewMonths", u"7"_s);
        QVERIFY(opened.publish()->isEnabled());
        opened.editor()->publish(); // answered "cancel"
        QCOMPARE(opened.fixture.registry().policies.size(), std::size_t(2));
        QVERIFY(opened.fixture.dialogs.asked.back().contains(u"1 change in the policy"_s));
        opened.fixture.dialogs.confirmations << true;
        opened.editor()->publish();
        QCOMPARE(opened.fixture.workspace().policy().tiers[0].reviewMonths, 7);
        QVERIFY(!opened.page.hasDraft());
        QVERIFY(messageSays(&opened.page, u"is in force"_s));
        QCOMPARE(opened.page.versions()->model()->rowCount(), 3);
    }

    void whoMayNotPublishIsToldWhy()
    {
        Opened opened;
        opened.fixture.signInWindow(people::auditor);
        opened.page.draftFromForce();
        opened.edit("tiers[0].reviewMonths", u"7"_s);
        QVERIFY(!opened.publish()->isEnabled());
        QVERIFY(!opened.publish()->toolTip().isEmpty());
        opened.editor()->publish();
        QCOMPARE(opened.fixture.registry().policies.size(), std::size_t(2));
    }

    void aDraftOnAnOldPolicyIsNotPublishedBlindly()
    {
        Opened opened;
        opened.page.draftFromForce();
        opened.edit("tiers[0].reviewMonths", u"7"_s);
        auto other = opened.fixture.workspace().policy();
        ++other.version;
        other.tiers[1].reviewMonths = 8;
        must(opened.fixture.workspace().publishPolicy(policyPackText(other), opened.fixture.registry().policyHash));
        QVERIFY(messageSays(&opened.page, u"Another policy has come into force"_s));
        opened.fixture.dialogs.confirmations << true;
        opened.editor()->publish();
        QCOMPARE(opened.fixture.registry().policies.size(), std::size_t(3));
        QVERIFY(opened.page.hasDraft());
        QTest::mouseClick(button(opened.editor(), u"Go on from the policy in force"_s), Qt::LeftButton);
        opened.fixture.dialogs.confirmations << true;
        opened.editor()->publish();
        QCOMPARE(opened.fixture.registry().policies.size(), std::size_t(4));
    }

    void aDraftOutlivesTheWindow()
    {
        Opened opened;
        opened.page.draftFromForce();
        opened.edit("tiers[0].reviewMonths", u"7"_s);
        PolicyPage again(opened.fixture.context, &opened.settings);
        QVERIFY(again.hasDraft());
        QCOMPARE(again.editor()->text(), opened.editor()->text());
        opened.fixture.dialogs.confirmations << true;
        QTest::mouseClick(button(again.editor(), u"Discard"_s), Qt::LeftButton);
        QVERIFY(!again.hasDraft());
        const PolicyPage third(opened.fixture.context, &opened.settings);
        QVERIFY(!third.hasDraft());
    }

    void aDemandForAComparisonIsEditedThroughTheTreeAndPublished()
    {
        Opened opened;
        for (const auto &shipped : builtInPolicyPacks())
            if (shipped.id == "sr-11-7")
                opened.editor()->start(QString::fromUtf8(shipped.text.data(), qsizetype(shipped.text.size())),
                                       opened.fixture.registry().policyHash);
        const auto demand = [&] { return parsePolicyPack(toStd(opened.editor()->text())).comparisons.at(0); };
        QVERIFY(!demand().sameRows);
        opened.edit("comparisons[0].sameRows", true);
        QVERIFY(demand().sameRows && demand().outcomes);
        opened.edit("comparisons[0].tiers[1]", u"7"_s);
        const auto faults = opened.editor()->faults();
        QCOMPARE(faults.size(), std::size_t(1));
        QCOMPARE(faults[0].path, std::string("comparisons[0].tiers"));
        QVERIFY(faults[0].line > 1);
        opened.edit("comparisons[0].tiers[1]", u"3"_s);
        QVERIFY(opened.editor()->faults().empty());
        QCOMPARE(demand().tiers, (std::set<std::int64_t>{1, 3}));
        opened.fixture.dialogs.confirmations << true;
        opened.publish()->click();
        QVERIFY(opened.fixture.workspace().policy().comparisonAt(3) != nullptr);
        QVERIFY(policyPackText(opened.fixture.workspace().policy()).find("\"sameRows\": true") != std::string::npos);
    }

    void everyShippedPackCanBecomeADraftAndSimulates()
    {
        Opened opened;
        opened.fixture.addTier(opened.fixture.addModel("CR-014", "Retail PD"));
        for (const auto &pack : builtInPolicyPacks()) {
            opened.editor()->start(QString::fromUtf8(pack.text.data(), qsizetype(pack.text.size())),
                                   opened.fixture.registry().policyHash);
            QVERIFY(opened.editor()->faults().empty());
            // Through the tree and back.
            auto *model = opened.editor()->parts()->model();
            QCOMPARE(policyPackText(parsePolicyPack(json::serialize(model->pack()))), std::string(pack.text));
            opened.editor()->simulate();
            QCOMPARE(opened.editor()->simulation()->simulation().models, 1);
        }
    }

    void aFileThatIsNoPackIsADraftWithFaults()
    {
        Opened opened;
        const auto path = opened.folder.filePath(u"broken.json"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\n  \"id\": \"x\",\n  \"tiers\": 3\n}\n");
        file.close();
        opened.fixture.dialogs.paths << path;
        auto *menu = button(&opened.page, u"New draft"_s)->menu();
        for (auto *action : menu->actions())
            if (action->text().contains(u"ile…"_s))
                action->trigger();
        QVERIFY(opened.page.hasDraft());
        const auto &faults = opened.editor()->faults();
        QVERIFY(std::ranges::any_of(faults,
                                    [](const PolicyFault &fault) { return fault.path == "tiers" && fault.line == 3; }));
    }

    void theTreeIsWorkedByKeyboard()
    {
        Opened opened;
        opened.page.draftFromForce();
        auto *parts = opened.editor()->parts();
        auto *search = named<QLineEdit>(parts, u"Find a part"_s);
        search->setFocus();
        QTest::keyClicks(search, u"Review months"_s);
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(parts->tree()->currentIndex().data().toString(), u"Review months"_s);
        const auto path = parts->model()->path(parts->tree()->currentIndex());
        parts->tree()->setFocus();
        QTest::keyClick(parts->tree(), Qt::Key_Return);
        auto *line = parts->tree()->findChild<QLineEdit *>();
        QVERIFY(line);
        line->selectAll();
        QTest::keyClicks(line, u"5"_s);
        QTest::keyClick(line, Qt::Key_Return);
        QTRY_COMPARE(parts->model()->find(path).siblingAtColumn(PackTreeModel::Value).data().toString(), u"5"_s);
    }
};

QTEST_MAIN(TestPolicyPage)
#include "tst_policypage.moc"
