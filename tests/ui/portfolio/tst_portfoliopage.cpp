// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QImage>
#include <QPainter>
#include <QSettings>
#include <QTest>

#include "core/report/reports.h"
#include "tests/support/accessibility.h"
#include "tests/support/controls.h"
#include "tests/support/manymodels.h"
#include "tests/support/windowfixture.h"
#include "ui/models/portfoliorows.h"
#include "ui/pages/portfolio/heatmapview.h"
#include "ui/pages/portfolio/portfoliopage.h"
#include "ui/shell/reportmenu.h"
#include "ui/shell/reportpaper.h"
#include "ui/widgets/filterbar.h"
#include "ui/widgets/sparkline.h"
#include "ui/widgets/tableview.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

namespace {

const Date kToday = *parseDate("2026-11-24");

/// Three models, one of them red, one tiered, and one retired.
struct Filled
{
    Filled()
    {
        red = fixture.addModel("A-1", "Drifting");
        redRun = fixture.addRun(fixture.addVersion(red, "1"), true);
        fixture.addTier(red);
        green = fixture.addModel("A-2", "Calm");
        fixture.addRun(fixture.addVersion(green, "1"));
        auto late = WorkspaceFixture::fullModel("A-3", "Late");
        late.nextReviewOn = parseDate("2026-11-01");
        plain = fixture.addModel(late);
        const auto old = fixture.addModel("A-4", "Old");
        fixture.as(people::owner, [&](Workspace &workspace) { must(workspace.retireModel(old, "Replaced.", kToday)); });
    }

    WindowFixture fixture;
    ModelId red;
    ModelId green;
    ModelId plain;
    RunId redRun;
};

QTableView *shown(PortfolioPage &page)
{
    page.resize(1060, 700);
    page.show();
    return page.heatmap();
}

/// Pages of a PDF as QPdfWriter writes it: its page objects are not compressed.
qsizetype pagesOf(const QByteArray &pdf)
{
    return pdf.count("/Type /Page\n");
}

Portfolio portfolioOf(const Registry &registry, const PolicyPack &pack)
{
    return makePortfolio(pack, registry, kToday);
}

} // namespace

class TestPortfolioPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEmptyWorkspaceSaysWhatToDo()
    {
        WindowFixture fixture;
        PortfolioPage page(fixture.context, nullptr);
        shown(page);
        QVERIFY(says(&page, u"There are no models yet"_s));
        page.focusStart();
        QTest::keyClick(button(&page, u"Go to the inventory"_s), Qt::Key_Space);
        QCOMPARE(fixture.navigator.visited, QStringList{u"page/inventory"_s});
        QCOMPARE(unnamedControls(&page), QString());
    }

    void modelsWithoutMonitoringSayWhatToDo()
    {
        WindowFixture fixture;
        fixture.addModel("A-1", "Plain");
        PortfolioPage page(fixture.context, nullptr);
        shown(page);
        QVERIFY(says(&page, u"No model is monitored yet"_s));
        QCOMPARE(unnamedControls(&page), QString());
    }

    void countsInWordsAndColourAndLeavesRetiredOut()
    {
        Filled filled;
        PortfolioPage page(filled.fixture.context, nullptr);
        auto *heatmap = shown(page);
        const QAbstractItemModelTester tester(heatmap->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QVERIFY(says(&page, u"1 retired model left out"_s));
        const auto *model = heatmap->model();
        const auto rows = model->rowCount();
        const auto columns = model->columnCount();
        QCOMPARE(model->headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(), u"Red"_s);
        QCOMPARE(model->headerData(rows - 1, Qt::Vertical, Qt::DisplayRole).toString(), u"All"_s);
        QCOMPARE(model->index(rows - 1, columns - 1).data().toString(), u"3"_s);
        QCOMPARE(model->index(rows - 1, 0).data(Qt::AccessibleTextRole).toString(), u"Monitoring: Red: 1 model"_s);
        QVERIFY(model->index(0, 0).data(HeatmapModel::ToneRole).isValid());
        QVERIFY(!model->index(rows - 1, 0).data(HeatmapModel::ToneRole).isValid());
        QCOMPARE(unnamedControls(&page), QString());
    }

    void theColumnsAreChosenAndRemembered()
    {
        Filled filled;
        QSettings settings(filled.fixture.filePath(u"settings.ini"_s), QSettings::IniFormat);
        {
            PortfolioPage page(filled.fixture.context, &settings);
            shown(page);
            const QAbstractItemModelTester tester(page.heatmap()->model(),
                                                  QAbstractItemModelTester::FailureReportingMode::QtTest);
            page.columnsChoice()->setCurrentIndex(2);
            QCOMPARE(page.heatmap()->model()->headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(), u"Overdue"_s);
            const auto last = page.heatmap()->model()->rowCount() - 1;
            QCOMPARE(page.heatmap()->model()->index(last, 0).data().toString(), u"1"_s);
        }
        PortfolioPage again(filled.fixture.context, &settings);
        QCOMPARE(again.columnsChoice()->currentIndex(), 2);
    }

    void everyCellOpensExactlyItsModels()
    {
        Filled filled;
        PortfolioPage page(filled.fixture.context, nullptr);
        auto *heatmap = shown(page);
        auto &navigator = filled.fixture.navigator;
        for (int choice = 0; choice < page.columnsChoice()->count(); ++choice) {
            page.columnsChoice()->setCurrentIndex(choice);
            for (int row = 0; row < heatmap->model()->rowCount(); ++row)
                for (int column = 0; column < heatmap->model()->columnCount(); ++column) {
                    navigator.selections.clear();
                    const auto index = heatmap->model()->index(row, column);
                    heatmap->setCurrentIndex(index);
                    QTest::keyClick(heatmap, Qt::Key_Return);
                    const auto count = index.data().toString().toInt();
                    QCOMPARE(navigator.selections.size(), count > 0 ? 1 : 0);
                    if (count > 0)
                        QCOMPARE(int(navigator.selections[0].models.size()), count);
                }
        }
    }

    void limitsSayNumberLimitAndModels()
    {
        Filled filled;
        PortfolioPage page(filled.fixture.context, nullptr);
        shown(page);
        auto *limits = page.limits();
        const QAbstractItemModelTester tester(limits->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QVERIFY(says(&page, u"2 of 9 outside the appetite"_s));
        const auto text = [&](int row, int column) { return limits->model()->index(row, column).data().toString(); };
        QCOMPARE(text(0, 0), u"Outside"_s);
        QCOMPARE(text(0, 1), u"1 review is overdue; 0 allowed."_s);
        QCOMPARE(text(0, 2), u"A-3"_s);
        QCOMPARE(text(2, 0), u"Inside"_s);
        limits->selectRow(1);
        QTest::keyClick(limits, Qt::Key_Return);
        QCOMPARE(filled.fixture.navigator.selections.size(), 1);
        QCOMPARE(filled.fixture.navigator.selections[0].models, std::set{filled.red});
        const auto last = limits->model()->index(limits->model()->rowCount() - 1, 0);
        QTRY_VERIFY(limits->visualRect(last).bottom() <= limits->viewport()->height());
    }

    void healthListsMonitoredModelsWorstFirst()
    {
        Filled filled;
        PortfolioPage page(filled.fixture.context, nullptr);
        shown(page);
        auto *health = page.health();
        const QAbstractItemModelTester tester(health->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(health->model()->rowCount(), 2);
        QCOMPARE(health->model()->index(0, 0).data().toString(), u"Drifting"_s);
        QVERIFY(says(&page, u"2 of 3 models monitored"_s));
        health->selectRow(0);
        QTest::keyClick(health, Qt::Key_Return);
        QCOMPARE(filled.fixture.navigator.visited.back(),
                 u"model/%1/monitoring/%2"_s.arg(QString::fromStdString(filled.red.str()),
                                                 QString::fromStdString(filled.redRun.str())));
        page.filterBar()->setText(u"calm"_s);
        QCOMPARE(health->model()->rowCount(), 1);
        page.filterBar()->setText(u"nothing like it"_s);
        QVERIFY(says(&page, u"No model fits"_s));
        page.filterBar()->clear();
        named<QComboBox>(&page, u"Monitoring"_s)->setCurrentIndex(3); // red
        QCOMPARE(health->model()->rowCount(), 1);
        named<QComboBox>(&page, u"Explanation"_s)->setCurrentIndex(1);
        QCOMPARE(health->model()->rowCount(), 0);
    }

    void trendsArriveWithWords()
    {
        Filled filled;
        PortfolioPage page(filled.fixture.context, nullptr);
        shown(page);
        const auto index = [&] { return page.health()->model()->index(0, worstColumn + 1); };
        QTRY_VERIFY(index().data().toString().startsWith(u"Largest PSI"_s));
        QVERIFY(index().data().toString().contains(u"in 2026-06 (red); red from 0.250"_s));
        const auto line = index().data(SparklineRole).value<Sparkline>();
        QCOMPARE(line.values.size(), std::size_t(3));
        QCOMPARE(line.last.shape, BadgeShape::square);
        const QStringList points = index().data(Qt::ToolTipRole).toString().split(u'\n');
        QCOMPARE(points.size(), 4); // the course in words, and a line for each point
        QVERIFY(points.back().startsWith(u"2026-06: "_s) && points.back().endsWith(u" (red)"_s));
        QVERIFY(page.health()->model()->index(0, performanceColumn + 1).data().toString().startsWith(u"AUC "_s));
    }

    void aSparklineDrawsItsCourse()
    {
        Sparkline line;
        line.values = {0.1, std::nullopt, 0.2, 0.4};
        line.limit = 0.25;
        line.last = {u"0.400"_s, Theme::Colour::red, BadgeShape::square};
        for (const auto &palette : {Theme::lightPalette(), Theme::darkPalette()}) {
            QImage image(200, 24, QImage::Format_RGB32);
            const auto ground = palette.color(QPalette::Base);
            image.fill(ground);
            QPainter painter(&image);
            paintSparkline(painter, image.rect(), line, palette, false);
            painter.end();
            int drawn = 0;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    drawn += image.pixelColor(x, y) != ground ? 1 : 0;
            QVERIFY(drawn > 100);
        }
        QImage blank(100, 24, QImage::Format_RGB32);
        blank.fill(Qt::white);
        const auto before = blank;
        QPainter painter(&blank);
        paintSparkline(painter, blank.rect(), Sparkline(), Theme::lightPalette(), false);
        painter.end();
        QCOMPARE(blank, before);
    }

    void followsChangesWhenInSight()
    {
        Filled filled;
        PortfolioPage page(filled.fixture.context, nullptr);
        shown(page);
        filled.fixture.addModel("A-9", "New");
        QCOMPARE(page.portfolio().models.size(), std::size_t(4));
        page.hide();
        filled.fixture.addModel("A-10", "Newer");
        QCOMPARE(page.portfolio().models.size(), std::size_t(4));
        page.show();
        QCOMPARE(page.portfolio().models.size(), std::size_t(5));
    }

    void theReportIsTakenAway()
    {
        Filled filled;
        PortfolioPage page(filled.fixture.context, nullptr);
        shown(page);
        const auto html = filled.fixture.filePath(u"p.html"_s);
        const auto pdf = filled.fixture.filePath(u"p.pdf"_s);
        filled.fixture.dialogs.paths << html << pdf;
        page.reportMenu()->saveHtml();
        page.reportMenu()->savePdf();
        QCOMPARE(filled.fixture.dialogs.suggestions,
                 (QStringList{u"portfolio-2026-11-24.html"_s, u"portfolio-2026-11-24.pdf"_s}));
        const auto written = must(readFile(html.toStdString()));
        QCOMPARE(written, toHtml(portfolioReport(page.portfolio())));
        QVERIFY(must(readFile(pdf.toStdString())).starts_with("%PDF"));
        page.reportMenu()->copyText();
        QVERIFY(QApplication::clipboard()->text().contains(u"Outside the appetite in 2 of 9 limits."_s));
    }

    void theReportHasAtMostFourPages_data()
    {
        QTest::addColumn<int>("models");
        for (const int models : {0, 1, 30, 1000})
            QTest::addRow("%d", models) << models;
    }

    void theReportHasAtMostFourPages()
    {
        QFETCH(int, models);
        const ManyModels many(models, kToday);
        WorkspaceFixture fixture;
        const auto report = portfolioReport(portfolioOf(many.registry(), fixture.workspace().policy()));
        const auto pages = pagesOf(reportPdf(report));
        qInfo("%d models: %d pages", models, int(pages));
        QVERIFY(pages >= 1);
        QVERIFY(pages <= 4);
        QCOMPARE(toHtml(report), toHtml(portfolioReport(portfolioOf(ManyModels(models, kToday).registry(),
                                                                    fixture.workspace().policy()))));
    }

    void theLongestNamesStillFit()
    {
        const ManyModels many(1000, kToday);
        WorkspaceFixture fixture;
        auto portfolio = portfolioOf(many.registry(), fixture.workspace().policy());
        std::string longest;
        while (longest.size() < 190)
            longest += "Wholesale ";
        portfolio.organisation = longest;
        portfolio.policy = longest;
        for (std::int64_t level = 4; level < 20; ++level)
            portfolio.tiers.insert(portfolio.tiers.end() - 1, {level, longest});
        for (auto &tier : portfolio.tiers)
            tier.label = longest;
        for (auto &limit : portfolio.limits)
            limit.basis = longest + longest;
        for (auto &model : portfolio.models) {
            model.reference = longest;
            model.name = longest;
            model.tierLabel = longest;
            if (model.worst)
                model.worst->feature = longest;
        }
        const auto pages = pagesOf(reportPdf(portfolioReport(portfolio)));
        QVERIFY2(pages >= 1 && pages <= 4, qPrintable(u"%1 pages"_s.arg(pages)));
    }

    void aReadOnlyFileShowsEverything()
    {
        Filled filled;
        const auto copy = filled.fixture.openAgain(true);
        Context context{*copy, filled.fixture.changes, filled.fixture.dialogs, filled.fixture.jobs,
                        filled.fixture.navigator};
        PortfolioPage page(context, nullptr);
        shown(page);
        QCOMPARE(page.health()->model()->rowCount(), 2);
        QVERIFY(page.reportMenu()->isEnabled());
        QTRY_VERIFY(page.health()->model()->index(0, worstColumn + 1).data().toString().startsWith(u"Largest"_s));
        QCOMPARE(unnamedControls(&page), QString());
    }
};

QTEST_MAIN(TestPortfolioPage)
#include "tst_portfoliopage.moc"
