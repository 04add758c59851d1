// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QTest>

#include "tests/support/accessibility.h"
#include "tests/support/controls.h"
#include "tests/support/windowfixture.h"
#include "ui/pages/campaigns/campaigndialogs.h"
#include "ui/pages/campaigns/campaignpage.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/filterbar.h"
#include "ui/widgets/keyvalueform.h"
#include "ui/widgets/tableview.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

namespace {

struct Opened
{
    Opened()
    {
        model = fixture.addModel("CR-014", "Retail PD");
        other = fixture.addModel("CR-015", "Card PD");
        fixture.signInWindow(people::approver);
        page.resize(1060, 700);
        page.show();
    }

    template <class Dialog>
    Dialog *dialog()
    {
        return page.findChild<Dialog *>();
    }
    void press(QDialog *dialog)
    {
        auto *act = dialog->findChild<QPushButton *>(u"act"_s);
        QCOMPARE(unnamedControls(dialog), QString());
        QVERIFY2(act->isEnabled(), qPrintable(dialog->findChild<QLabel *>(u"missing"_s)->text()));
        act->click();
        delete dialog;
    }
    void openCampaign()
    {
        QTest::mouseClick(
            button(&page, fixture.registry().campaigns.empty() ? u"Open a campaign…"_s : u"New campaign…"_s),
            Qt::LeftButton);
        named<QLineEdit>(dialog<OpenCampaignDialog>(), u"Title"_s)->setText(u"Year end"_s);
        press(dialog<OpenCampaignDialog>());
    }
    void answer(AttestDialog *form, const char *second, const QString &comment)
    {
        for (int i = 1; auto *choice = named<QComboBox>(form, u"Answer %1"_s.arg(i)); ++i)
            choice->setCurrentText(i == 2 ? QString::fromLatin1(second) : u"Yes"_s);
        named<QLineEdit>(form, u"Comment 2"_s)->setText(comment);
    }

    WindowFixture fixture;
    CampaignPage page{fixture.context, nullptr};
    ModelId model;
    ModelId other;
};

} // namespace

class TestCampaignPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutCampaignsItSaysWhatToDo()
    {
        Opened opened;
        QCOMPARE(unnamedControls(&opened.page), QString());
        QVERIFY(button(&opened.page, u"Open a campaign…"_s)->isEnabled());
        opened.fixture.signInWindow(people::auditor);
        QVERIFY(!button(&opened.page, u"Open a campaign…"_s)->isEnabled());
        QVERIFY(!button(&opened.page, u"Open a campaign…"_s)->toolTip().isEmpty());
    }

    void theScopeIsCountedBeforeItIsOpened()
    {
        Opened opened;
        QTest::mouseClick(button(&opened.page, u"Open a campaign…"_s), Qt::LeftButton);
        auto *form = opened.dialog<OpenCampaignDialog>();
        QVERIFY(form);
        QCOMPARE(form->modelCount(), std::size_t(2));
        auto *stages = named<QListWidget>(form, u"Stages asked"_s);
        stages->item(0)->setCheckState(Qt::Checked); // proposed: none of them
        QCOMPARE(form->modelCount(), std::size_t(0));
        named<QLineEdit>(form, u"Title"_s)->setText(u"Year end"_s);
        QVERIFY(!form->findChild<QPushButton *>(u"act"_s)->isEnabled());
        QVERIFY(says(form, u"No model is in that scope"_s));
        stages->item(0)->setCheckState(Qt::Unchecked);
        named<QPlainTextEdit>(form, u"Questions"_s)->setPlainText(u"\n \n"_s);
        QVERIFY(says(form, u"Write a question"_s));
        delete form;
    }

    void theStagesThatThePolicyAddsAreOffered()
    {
        Opened opened;
        auto draft = opened.fixture.workspace().policy();
        PolicyStage pilot;
        pilot.id = "pilot";
        pilot.label = "Pilot";
        pilot.countsAs = Stage::inDevelopment;
        pilot.after = "inDevelopment";
        pilot.from = {"inDevelopment"};
        pilot.next = {"inDevelopment"};
        draft.stages = {pilot};
        opened.fixture.publish(draft);
        opened.fixture.as(people::owner, [&](Workspace &workspace) {
            auto model = workspace.registry().models.at(opened.model);
            model.stage = Stage::inDevelopment;
            model.policyStage = "pilot";
            must(workspace.editModel(model, "A pilot."));
        });
        opened.fixture.signInWindow(people::approver);
        QTest::mouseClick(button(&opened.page, u"Open a campaign…"_s), Qt::LeftButton);
        auto *form = opened.dialog<OpenCampaignDialog>();
        auto *stages = named<QListWidget>(form, u"Stages asked"_s);
        const auto offered = stages->findItems(u"Pilot"_s, Qt::MatchExactly);
        QCOMPARE(offered.size(), 1);
        QCOMPARE(stages->row(offered.front()), 2); // after the stage that it follows
        QVERIFY(stages->findItems(u"Retired"_s, Qt::MatchExactly).isEmpty());
        offered.front()->setCheckState(Qt::Checked);
        QCOMPARE(form->modelCount(), std::size_t(1));
        named<QLineEdit>(form, u"Title"_s)->setText(u"Pilots"_s);
        opened.press(form);
        const auto &campaign = opened.fixture.registry().campaigns.begin()->second;
        QCOMPARE(campaign.scope.stages, std::set<std::string>{"pilot"});
        QCOMPARE(campaign.before.front().model, opened.model);
        auto unknown = campaign;
        unknown.scope.stages = {"pilto"};
        const auto refused = opened.fixture.context.workspace.openCampaign(unknown);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::InvalidInput);
        QVERIFY(refused.error().what.find("no stage \"pilto\"") != std::string::npos);
    }

    void ownersAttestAndTheCampaignIsSignedOff()
    {
        Opened opened;
        opened.openCampaign();
        QAbstractItemModelTester models(opened.page.models()->model());
        QCOMPARE(opened.fixture.registry().campaigns.size(), std::size_t(1));
        QCOMPARE(opened.page.models()->model()->rowCount(), 2);
        QCOMPARE(opened.page.findChild<QProgressBar *>()->value(), 0);
        QVERIFY(!button(&opened.page, u"Attest…"_s)->isEnabled()); // an approver owns nothing

        opened.fixture.signInWindow(people::owner);
        QVERIFY(button(&opened.page, u"Attest…"_s)->isEnabled());
        QTest::mouseClick(button(&opened.page, u"Attest…"_s), Qt::LeftButton);
        auto *form = opened.dialog<AttestDialog>();
        auto *act = form->findChild<QPushButton *>(u"act"_s);
        QVERIFY(!act->isEnabled());
        opened.answer(form, "No", {});
        QVERIFY(!act->isEnabled()); // a "no" needs a comment
        opened.answer(form, "No", u"Used for a new product too."_s);
        opened.press(form);
        QCOMPARE(opened.page.findChild<QProgressBar *>()->value(), 1);
        QVERIFY(!button(&opened.page, u"Attest…"_s)->isEnabled()); // attested already
        QTRY_VERIFY(says(&opened.page, u"Used for a new product too."_s));
        const auto *answers = opened.page.findChild<KeyValueForm *>();
        const auto &questions = opened.fixture.registry().campaigns.begin()->second.questions;
        for (const auto &question : questions) // wraps, and leaves the models their room
            QVERIFY(answers->minimumSizeHint().width() <
                    answers->fontMetrics().horizontalAdvance(QString::fromStdString(question)));

        opened.fixture.signInWindow(people::approver);
        QTest::mouseClick(button(&opened.page, u"Sign off…"_s), Qt::LeftButton);
        auto *close = opened.dialog<CloseCampaignDialog>();
        QVERIFY(says(close, u"1 of 2 models not attested"_s));
        named<QPlainTextEdit>(close, u"Statement"_s)->setPlainText(u"One is late."_s);
        named<QLineEdit>(close, u"Passphrase"_s)->setText(u"wrong"_s);
        close->findChild<QPushButton *>(u"act"_s)->click();
        QVERIFY(opened.fixture.registry().campaigns.begin()->second.open);
        named<QLineEdit>(close, u"Passphrase"_s)->setText(QString::fromLatin1(passphrase));
        opened.press(close);
        const auto &campaign = opened.fixture.registry().campaigns.begin()->second;
        QVERIFY(!campaign.open);
        QCOMPARE(campaign.after.size(), std::size_t(2));
        QVERIFY(!button(&opened.page, u"Sign off…"_s)->isEnabled());
    }

    void whatChangedSinceStandsBesideTheModel()
    {
        Opened opened;
        opened.openCampaign();
        opened.fixture.addTier(opened.model);
        const auto *shown = opened.page.models()->model();
        QStringList changes;
        for (int row = 0; row < shown->rowCount(); ++row)
            changes << shown->index(row, shown->columnCount() - 1).data().toString();
        QVERIFY(changes.join(u' ').contains(u"tier: 0 → "_s));
    }

    void theBoardIsFilteredAndExported()
    {
        Opened opened;
        opened.openCampaign();
        opened.page.findChild<FilterBar *>()->setText(u"card"_s);
        QCOMPARE(opened.page.models()->model()->rowCount(), 1);
        opened.fixture.dialogs.paths << opened.fixture.filePath(u"campaign.csv"_s);
        QTest::mouseClick(button(&opened.page, u"Export…"_s), Qt::LeftButton);
        QFile saved(opened.fixture.filePath(u"campaign.csv"_s));
        QVERIFY(saved.open(QIODevice::ReadOnly));
        const auto text = saved.readAll();
        QVERIFY(text.contains("CR-015"));
        QVERIFY(!text.contains("CR-014"));
    }
};

QTEST_MAIN(TestCampaignPage)
#include "tst_campaignpage.moc"
