// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QDialog>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTest>
#include <QTextBrowser>

#include "core/policy/reviewqueue.h"
#include "tests/support/accessibility.h"
#include "tests/support/controls.h"
#include "tests/support/windowfixture.h"
#include "ui/models/inventoryrows.h"
#include "ui/pages/model/documentdialog.h"
#include "ui/pages/model/findingdialog.h"
#include "ui/pages/model/modelpage.h"
#include "ui/pages/model/retiredialog.h"
#include "ui/pages/model/rowstable.h"
#include "ui/pages/model/textviewer.h"
#include "ui/widgets/filterbar.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/text.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

namespace {

const QStringList tabs{u"overview"_s, u"versions"_s,  u"tier"_s,   u"monitoring"_s,
                       u"signoffs"_s, u"registers"_s, u"history"_s};

QString key(const auto &id)
{
    return QString::fromStdString(id.str());
}

RowsTable *table(QWidget *root, const QString &accessibleName)
{
    return named<RowsTable>(root, accessibleName);
}

struct Opened
{
    explicit Opened(WindowFixture &fixture)
        : page(fixture.context)
    {
        page.resize(1280, 800);
        page.show();
    }
    QWidget *tab(const QString &id) { return page.findChild<QWidget *>(id); }
    ModelPage page;
};

} // namespace

class TestModelPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutAModelItPointsToTheInventory()
    {
        WindowFixture fixture;
        Opened opened(fixture);
        QVERIFY(says(&opened.page, u"No model is chosen"_s));
        button(&opened.page, u"Open the inventory"_s)->click();
        QCOMPARE(fixture.navigator.visited, QStringList{u"page/inventory"_s});
    }

    void everyTabOpensOnABareModelAndNamesItsControls()
    {
        WindowFixture fixture;
        Model bare;
        bare.reference = "CR-001";
        bare.name = "Retail PD";
        bare.purpose = "Accept retail loans.";
        bare.owner = people::owner;
        const auto model = fixture.addModel(bare);
        fixture.signInWindow(people::owner);
        Opened opened(fixture);
        for (const auto &tab : tabs) {
            opened.page.showModel(model, tab);
            QCOMPARE(opened.page.currentTab(), tab);
            QCOMPARE(unnamedControls(&opened.page), QString());
        }
    }

    void everyTabOpensOnAFullModelAndNamesItsControls()
    {
        WindowFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        const auto version = fixture.addReadyVersion(model, "1.0");
        fixture.addFinding(model, "Few young customers");
        fixture.addRequest(version);
        Opened opened(fixture);
        for (const auto &tab : tabs) {
            opened.page.showModel(model, tab);
            QCOMPARE(unnamedControls(&opened.page), QString());
        }
        QVERIFY(says(&opened.page, u"Retail PD"_s));
        QVERIFY(says(&opened.page, u"Next review in 365 days"_s));
        QVERIFY(button(&opened.page, u"1 open finding"_s));
    }

    void theNextReviewIsThatOfTheReviewQueue()
    {
        WindowFixture fixture;
        auto planned = WorkspaceFixture::fullModel("CR-001", "Retail PD");
        planned.nextReviewOn = parseDate("2028-01-31");
        const auto model = fixture.addModel(planned);
        fixture.addValidation(fixture.addVersion(model, "1.0"));
        fixture.addRun(fixture.addVersion(model, "1.1"), true);
        const auto &workspace = fixture.workspace();
        const auto item = reviewOf(workspace.policy(), workspace.registry(), workspace.today(), model);
        QVERIFY(item && item->due < planned.nextReviewOn);
        QVERIFY(item->reasons.front().cause == ReviewCause::redMonitoring);
        const auto queue = reviewQueue(workspace.policy(), workspace.registry(), workspace.today());
        QVERIFY(queue.front().due == item->due);
        Opened opened(fixture);
        opened.page.showModel(model, u"overview"_s);
        QVERIFY(says(&opened.page, u"Next review in %1 days"_s.arg(item->days)));
        QTRY_VERIFY(says(&opened.page, u"%1. %2"_s.arg(dateText(item->due), toQt(item->reasons.front().text))));
        const auto rows = inventoryRows(workspace.policy(), workspace.registry(), workspace.today());
        QVERIFY(rows.front().nextReviewOn == item->due);
        QVERIFY(rows.front().whyReviewed.contains(toQt(item->reasons.front().text)));
    }

    void theOverviewShowsEveryFieldOfTheInventory()
    {
        WindowFixture fixture;
        const auto made = WorkspaceFixture::fullModel("CR-001", "Retail PD");
        const auto model = fixture.addModel(made);
        Opened opened(fixture);
        opened.page.showModel(model, u"overview"_s);
        for (const auto &text : {made.description, made.purpose, made.businessUnit, made.approvedUses, made.actualUse,
                                 made.restrictions, made.assumptions, made.limitations, made.inputs[0], made.outputs,
                                 made.dependencies[0], made.owner, made.developer, made.validator, made.approver})
            QTRY_VERIFY2(says(&opened.page, QString::fromStdString(text)), text.c_str());
    }

    void whatIsForbiddenIsGreyWithTheReasonInWords()
    {
        WindowFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        fixture.signInWindow(people::auditor);
        Opened opened(fixture);
        opened.page.showModel(model, u"overview"_s);
        auto *edit = button(opened.tab(u"overview"_s), u"Edit…"_s);
        QVERIFY(!edit->isEnabled());
        const auto why = QString::fromStdString(*fixture.workspace().whyNot("modelEdited"));
        QCOMPARE(edit->toolTip(), why);
        QVERIFY(says(opened.tab(u"overview"_s), u"alone may edit models"_s));
        fixture.signInWindow(people::owner);
        QVERIFY(edit->isEnabled());
        QVERIFY(edit->toolTip().isEmpty());
    }

    void aFileOpenForReadingOnlyOffersNoActs()
    {
        WindowFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        fixture.addReadyVersion(model, "1.0");
        const auto reading = fixture.openAgain(true);
        Context context{*reading, fixture.changes, fixture.dialogs, fixture.jobs, fixture.navigator};
        ModelPage page(context);
        page.resize(1280, 800);
        page.show();
        for (const auto &[tab, text] : {std::pair{u"overview"_s, u"Edit…"_s},
                                        {u"versions"_s, u"New version…"_s},
                                        {u"tier"_s, u"Publish tier"_s},
                                        {u"signoffs"_s, u"Request deployment…"_s}}) {
            page.showModel(model, tab);
            QVERIFY2(!button(page.findChild<QWidget *>(tab), text)->isEnabled(), qPrintable(text));
            QVERIFY(says(page.findChild<QWidget *>(tab), u"reading only"_s));
        }
    }

    void aFindingIsRaisedAndClosedBySomebodyElse()
    {
        WindowFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        fixture.signInWindow(people::validator);
        Opened opened(fixture);
        opened.page.showModel(model, u"overview"_s);
        auto *overview = opened.tab(u"overview"_s);
        button(overview, u"Raise finding…"_s)->click();
        auto *raise = overview->findChild<FindingDialog *>();
        QVERIFY(raise);
        QCOMPARE(unnamedControls(raise), QString());
        QVERIFY(!raise->findChild<QPushButton *>(u"act"_s)->isEnabled());
        QTest::keyClicks(named<QLineEdit>(raise, u"Title"_s), u"Too few young customers"_s);
        raise->findChild<QPushButton *>(u"act"_s)->click();
        auto *findings = table(overview, u"Findings"_s);
        QCOMPARE(findings->rows()->rowCount(), 1);
        findings->selectFirst();

        button(overview, u"Close…"_s)->click();
        auto *own = overview->findChild<CloseFindingDialog *>();
        QVERIFY(says(own, u"raised"_s));
        QVERIFY(says(own, QString::fromUtf8(people::approver)));
        QVERIFY(!own->findChild<QPushButton *>(u"act"_s)->isEnabled());
        delete own;

        fixture.signInWindow(people::approver);
        button(overview, u"Close…"_s)->click();
        auto *close = overview->findChild<CloseFindingDialog *>();
        named<QPlainTextEdit>(close, u"Evidence"_s)->setPlainText(u"Report of 2026-11-20, page 4."_s);
        close->findChild<QPushButton *>(u"act"_s)->click();
        QVERIFY(!fixture.registry().findings.begin()->second.open);
        QVERIFY(findings->rows()->rows()[0].cells[2].text.startsWith(u"Closed"_s));
    }

    void aRetiredModelStays()
    {
        WindowFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        fixture.signInWindow(people::owner);
        Opened opened(fixture);
        opened.page.showModel(model, u"overview"_s);
        auto *overview = opened.tab(u"overview"_s);
        button(overview, u"Retire…"_s)->click();
        auto *retire = overview->findChild<RetireDialog *>();
        named<QPlainTextEdit>(retire, u"Reason"_s)->setPlainText(u"Replaced by CR-002."_s);
        retire->findChild<QPushButton *>(u"act"_s)->click();
        QVERIFY(fixture.registry().models.at(model).stage == Stage::retired);
        QVERIFY(!button(overview, u"Retire…"_s)->isEnabled());
        QTRY_VERIFY(says(overview, u"Replaced by CR-002."_s));
    }

    void documentsAreAttachedReadAndSaved()
    {
        WindowFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        fixture.addVersion(model, "1.0");
        fixture.signInWindow(people::developer);
        Opened opened(fixture);
        opened.page.showModel(model, u"versions"_s);
        auto *versions = opened.tab(u"versions"_s);
        QFile source(fixture.filePath(u"notes.md"_s));
        QVERIFY(source.open(QIODevice::WriteOnly));
        source.write("# Notes\n\nRanks well.\n");
        source.close();

        button(versions, u"Attach document…"_s)->click();
        auto *attach = versions->findChild<DocumentDialog *>();
        fixture.dialogs.paths << source.fileName();
        attach->findChild<QPushButton *>(u"browse"_s)->click();
        attach->findChild<QPushButton *>(u"act"_s)->click();
        QCOMPARE(table(versions, u"Documents of the version"_s)->rows()->rowCount(), 1);

        button(versions, u"Open"_s)->click();
        auto *viewer = versions->findChild<TextViewer *>();
        QVERIFY(viewer && viewer->findChild<QTextBrowser *>()->toPlainText().contains(u"Ranks well."_s));
        fixture.dialogs.paths << fixture.filePath(u"copy.md"_s);
        button(versions, u"Save a copy…"_s)->click();
        QCOMPARE(*readFile(fixture.filePath(u"copy.md"_s).toStdString()), std::string("# Notes\n\nRanks well.\n"));
    }

    void twoSelectedVersionsAreCompared()
    {
        WindowFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        fixture.addVersion(model, "1.0");
        fixture.addVersion(model, "2.0");
        Opened opened(fixture);
        opened.page.showModel(model, u"versions"_s);
        auto *versions = opened.tab(u"versions"_s);
        auto *comparison = table(versions, u"Comparison of two versions"_s);
        QVERIFY(!comparison->isVisibleTo(versions));
        table(versions, u"Versions"_s)->selectAll();
        QVERIFY(comparison->isVisibleTo(versions));
        QCOMPARE(comparison->rows()->headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), u"Version 1.0"_s);
    }

    void selectionSurvivesTheChangesOfOthers()
    {
        WindowFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        const auto first = fixture.addVersion(model, "1.0");
        fixture.addVersion(model, "2.0");
        Opened opened(fixture);
        opened.page.showModel(model, u"versions"_s, key(first));
        auto *versions = table(opened.tab(u"versions"_s), u"Versions"_s);
        QCOMPARE(versions->currentKey(), key(first));
        fixture.addVersion(model, "3.0");
        QCOMPARE(versions->rows()->rowCount(), 3);
        QCOMPARE(versions->currentKey(), key(first));
    }

    void theHistoryIsFilteredExportedAndReadEntryByEntry()
    {
        WindowFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        fixture.addVersion(model, "1.0");
        auto edited = fixture.registry().models.at(model);
        edited.purpose = "Price retail loans.";
        fixture.as(people::owner, [&](Workspace &workspace) { must(workspace.editModel(edited, "Narrowed.")); });
        Opened opened(fixture);
        opened.page.showModel(model, u"history"_s);
        auto *history = opened.tab(u"history"_s);
        auto *list = named<TableView>(history, u"History of the model"_s);
        QCOMPARE(list->model()->rowCount(), 3);
        auto *changes = table(history, u"Changed fields"_s);
        QCOMPARE(changes->rows()->rows()[0].cells[2].text, u"Price retail loans."_s);

        history->findChild<FilterBar *>()->setText(u"version"_s);
        QCOMPARE(list->model()->rowCount(), 1);
        history->findChild<FilterBar *>()->clear();

        fixture.dialogs.paths << fixture.filePath(u"history.csv"_s);
        button(history, u"Export CSV…"_s)->click();
        const auto csv = *readFile(fixture.filePath(u"history.csv"_s).toStdString());
        QVERIFY(csv.find("Price retail loans.") != std::string::npos);
        QCOMPARE(fixture.dialogs.suggestions, QStringList{u"CR-001-history.csv"_s});

        list->selectRow(0);
        button(history, u"Signed entry…"_s)->click();
        auto *entry = history->findChild<TextViewer *>();
        QVERIFY(entry->findChild<QTextBrowser *>()->toPlainText().contains(u"modelEdited"_s));
    }
};

QTEST_MAIN(TestModelPage)
#include "tst_modelpage.moc"
