// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QMenu>
#include <QRegularExpression>
#include <QTest>

#include "core/report/reports.h"
#include "tests/journeys/person.h"
#include "ui/pages/inventory/inventorypage.h"
#include "ui/pages/portfolio/heatmapview.h"
#include "ui/pages/portfolio/portfoliopage.h"
#include "ui/shell/reportpaper.h"
#include "ui/widgets/tableview.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

namespace {

qsizetype pagesIn(const QString &pdf)
{
    const auto bytes = QByteArray::fromStdString(must(readFile(pdf.toStdString())));
    static const QRegularExpression page(u"/Type\\s*/Page[^s]"_s);
    return QString::fromLatin1(bytes).count(page);
}

} // namespace

/// The executive: the heatmap, what is inside and outside the appetite, a decision on one page, a report to print.
/// Reads everything and changes nothing.
class TestJourneyExecutive : public QObject
{
    Q_OBJECT

    static void savePdf(Person &person, QWidget *in, const QString &buttonText, const QString &path)
    {
        person.dialogs.paths << path;
        auto *menu = person.button(in, buttonText)->findChild<QMenu *>();
        if (!menu || menu->actions().isEmpty())
            throw Stuck(u"no menu on \"%1\""_s.arg(buttonText));
        menu->actions().front()->trigger();
    }

private Q_SLOTS:
    void theBoardSeesWhereTheAppetiteIsLeft()
    {
        WorkspaceFixture fixture;
        auto late = WorkspaceFixture::fullModel("A-1", "Late");
        late.nextReviewOn = parseDate("2026-11-01");
        fixture.addModel(late);
        fixture.addModel("A-2", "In time");
        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::executive);
        auto *page = qobject_cast<PortfolioPage *>(person.openPage("portfolio"));
        QVERIFY(page);
        QStringList outside;
        QStringList inside;
        const auto *limits = page->limits()->model();
        for (int row = 0; row < limits->rowCount(); ++row)
            (limits->index(row, 0).data().toString() == u"Outside"_s ? outside : inside)
                << limits->index(row, 1).data().toString();
        QCOMPARE(outside, QStringList{u"1 review is overdue; 0 allowed."_s});
        QVERIFY(inside.size() > 3);
        for (const auto &sentence : inside)
            QVERIFY2(sentence.endsWith(u'.') && sentence.contains(u" allowed"_s), qPrintable(sentence));

        person.choose(page, u"Columns of the heatmap"_s, u"By next review"_s);
        auto *heatmap = page->heatmap();
        heatmap->setFocus();
        QTest::keyClick(heatmap, Qt::Key_End, Qt::ControlModifier);
        QCOMPARE(heatmap->currentIndex().data().toString(), u"2"_s);
        QTest::keyClick(heatmap, Qt::Key_Home);
        QCOMPARE(heatmap->currentIndex().data(Qt::AccessibleTextRole).toString(), u"Next review: Overdue: 1 model"_s);
        QTest::keyClick(heatmap, Qt::Key_Return);
        auto *inventory = qobject_cast<InventoryPage *>(person.window.view()->currentPage());
        QVERIFY(inventory);
        QCOMPARE(inventory->table()->model()->rowCount(), 1);
        QCOMPARE(inventory->table()->model()->index(0, 0).data().toString(), u"Late"_s);
        QVERIFY(!person.button(inventory, u"Register..."_s)->isEnabled());
    }

    void aDecisionIsOnePageAndThePortfolioAtMostFour()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-001", "Retail PD");
        const auto version = fixture.addReadyVersion(model, "1.0");
        fixture.addTier(model, 1);
        for (int i = 0; i < 12; ++i)
            fixture.addFinding(model,
                               "Finding number " + std::to_string(i + 1) +
                                   ", told at some length so that it "
                                   "would fill a line of its own",
                               Severity::low);
        CostEstimate cost;
        cost.model = model;
        cost.title = "Wrong acceptances";
        cost.unit = "EUR";
        cost.basis = "Losses of 2025";
        cost.decisionsPerYear = 1000;
        cost.wrongShare = 0.02;
        cost.costPerWrong = 1500;
        fixture.as(people::owner, [&](Workspace &workspace) { must(workspace.recordCost(cost)); });
        const auto request = fixture.addRequest(version);
        const auto needed = outstanding(fixture.registry().requests.at(request));
        fixture.sign(needed.front().role == Role::validator ? people::validator : people::approver, needed.front().role,
                     request);

        Person person(fixture.workspace().environment());
        person.sitDownAt(fixture.openAgain(), people::executive);
        auto *tab = person.openModel(model, u"signoffs"_s);
        QVERIFY(!person.button(tab, u"Sign…"_s)->isEnabled());
        const auto brief = fixture.filePath(u"brief.pdf"_s);
        savePdf(person, tab, u"Decision brief"_s, brief);
        QCOMPARE(pagesIn(brief), 1);
        const auto web = fixture.filePath(u"brief.html"_s);
        person.dialogs.paths << web;
        person.button(tab, u"Decision brief"_s)->findChild<QMenu *>()->actions().at(1)->trigger();
        const auto text = QString::fromStdString(must(readFile(web.toStdString())));
        for (const auto &words :
             {u"Version 1.0 goes into production"_s, u"Inherent, controls, residual"_s, u"Health"_s,
              u"30,000 EUR a year"_s, u"and 8 more"_s, u"Signatures"_s, u"Monitoring green or explained"_s})
            QVERIFY2(text.contains(words), qPrintable(words));

        auto *portfolio = person.openPage("portfolio");
        const auto report = fixture.filePath(u"portfolio.pdf"_s);
        savePdf(person, portfolio, u"Portfolio report"_s, report);
        QVERIFY(pagesIn(report) >= 1 && pagesIn(report) <= 4);
    }

    /// Texts of ordinary length, none of which is cut in the widest room.
    void anOrdinaryPromotionIsOnePage()
    {
        Brief brief;
        brief.organisation = "Example Bank (demonstration)";
        brief.policy = "Model risk policy after SR 26-2, version 2";
        brief.requesterName = "Developer, Operations";
        brief.tierLabel = "Tier 2, material";
        brief.stageLabel = "In production";
        brief.model.reference = "EB-0004";
        brief.model.name = "Clark/Lake ridership forecast";
        brief.model.purpose = "Forecast of the people entering the Clark/Lake station on a day, for staffing and cash "
                              "planning of the branch in the station";
        brief.model.restrictions = "Not for days with announced closures; not for capital planning";
        brief.version.label = "2.0";
        brief.request.justification =
            "Version 1.0 falls 3.6 thousand entries a day short; the value of two weeks before does not.";
        const auto check = [&](const char *title, const char *detail) {
            brief.checks.push_back({"tier", title, CheckState::passed, detail});
        };
        check("Documentation attached", "Attached to version 2.0: documentation, validation report.");
        check("Validated", "Fit with conditions, Validator, General models on 2026-11-11. Conditions: Planners set "
                           "holidays by hand.");
        check("Monitoring green or explained", "Red in 2016, 2 figures beyond limits, explained by Model owner, "
                                               "Operations: Ridership has grown by a third since then.");
        check("No open high or critical finding", "1 open finding of lower severity.");
        check("Risk tier published", "Tier 2, material, published by Model owner, Operations on 2026-10-15.");
        check("Inventory fields filled", "Every field that the policy asks for is filled.");
        Finding finding;
        finding.title = "Forecast falls short";
        finding.owner = "Model owner, Operations";
        brief.openFindings = {finding};
        SignOff signOff;
        signOff.fullName = "Validator, Credit models";
        brief.request.signOffs = {signOff};
        brief.outstanding = {{Role::approver, 1}};
        brief.deadlines = {brief.asOf, brief.asOf};
        Promotion promotion;
        promotion.figures.resize(4, {"regression_rmse", "PSI of the score", {}, {}, {}, 0, 0, false});
        brief.request.promotion = promotion;
        Validation validation = outlined();
        validation.summary =
            "Computed again from the log beside the version in production; see the attached validation report.";
        brief.validation = validation;
        const auto path = QDir::temp().filePath(u"promotion-brief-%1.pdf"_s.arg(QCoreApplication::applicationPid()));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(reportPdf(onePageBrief(brief)));
        file.close();
        QCOMPARE(pagesIn(path), qsizetype(1));
        file.remove();
    }

    void theLongestBriefIsOnePageToo()
    {
        std::string longest;
        while (longest.size() < 3000)
            longest += "Wholesale ";
        Brief brief;
        brief.requesterName = brief.tierLabel = brief.stageLabel = longest;
        brief.model.reference = brief.model.name = brief.model.purpose = brief.model.restrictions = longest;
        brief.version.label = brief.request.justification = longest;
        for (int i = 0; i < 20; ++i) {
            brief.checks.push_back({"tier", "Monitoring green or explained", CheckState::failed, longest});
            Finding finding;
            finding.title = finding.owner = longest;
            brief.openFindings.push_back(finding);
            SignOff signOff;
            signOff.fullName = signOff.conditions = longest;
            signOff.decision = Decision::approveWithConditions;
            brief.request.signOffs.push_back(signOff);
        }
        brief.outstanding = {{Role::approver, 2}};
        brief.organisation = brief.policy = brief.championLabel = longest;
        brief.decisionOverdue = true;
        brief.deadlines = {brief.asOf, brief.asOf};
        Promotion promotion;
        promotion.figures.resize(8, {"roc_auc", "Calibration in the large", {}, {}, {}, 0, 0, false});
        brief.request.promotion = promotion;
        Validation validation = outlined();
        validation.summary = longest;
        validation.dueConditions.resize(5, {longest, longest, brief.asOf, {}, {}, {}});
        brief.validation = validation;
        MonitoringRun run;
        run.performance = longest;
        brief.run = run;
        CostEstimate cost;
        cost.title = cost.unit = longest;
        brief.cost = cost;
        QFile file(QDir::temp().filePath(u"one-page-brief-%1.pdf"_s.arg(QCoreApplication::applicationPid())));
        const auto pages = [&]() -> qsizetype {
            if (!file.open(QIODevice::WriteOnly))
                return -1;
            file.write(reportPdf(onePageBrief(brief)));
            file.close();
            return pagesIn(file.fileName());
        };
        QCOMPARE(pages(), qsizetype(1));
        // With fewer rows the texts are longer.
        brief.request.promotion.reset();
        brief.request.signOffs.resize(2);
        brief.openFindings.resize(3);
        brief.validation->dueConditions.resize(1);
        QCOMPARE(pages(), qsizetype(1));
        file.remove();
    }
};

QTEST_MAIN(TestJourneyExecutive)
#include "tst_journeyexecutive.moc"
