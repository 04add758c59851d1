// SPDX-License-Identifier: GPL-3.0-or-later
//
// What keeps words whole and edges in line: tables that share their width, names of forms, headings of the heatmap.
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSettings>
#include <QStandardItemModel>
#include <QTemporaryDir>
#include <QTest>

#include "ui/models/heatmapmodel.h"
#include "ui/pages/portfolio/heatmapview.h"
#include "ui/widgets/keyvalueform.h"
#include "ui/widgets/tableview.h"

using namespace countersign;
using namespace Qt::StringLiterals;

namespace {

/// A name that is long, a day, and a reason that is long.
struct Reviews
{
    Reviews()
    {
        model.setHorizontalHeaderLabels({u"Model"_s, u"Next review"_s, u"Why"_s});
        const auto text = [](const QString &words) { return new QStandardItem(words); };
        model.appendRow(
            {text(u"Default model of personal loans over thirty-six months"_s), text(u"2026-11-09"_s),
             text(u"Monitoring has been red since 2026-10-10, and the model is reviewed within 30 days."_s)});
        table.setModel(&model);
        table.shareWidth({0, 2});
        table.resize(500, 200);
        table.show();
    }

    [[nodiscard]] int total() const { return table.columnWidth(0) + table.columnWidth(1) + table.columnWidth(2); }
    [[nodiscard]] int viewport() const { return table.viewport()->width(); }

    QStandardItemModel model;
    TableView table{u"Reviews"_s};
};

} // namespace

class TestLayouts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void columnsFillTheTableAndOnlyElasticOnesGiveWay()
    {
        Reviews reviews;
        QTRY_COMPARE(reviews.total(), reviews.viewport());
        const auto day = reviews.table.fontMetrics().horizontalAdvance(u"2026-11-09"_s);
        QVERIFY(reviews.table.columnWidth(1) > day);
        const auto narrow = reviews.table.columnWidth(1);
        reviews.table.resize(1600, 200);
        QTRY_COMPARE(reviews.total(), reviews.viewport());
        QCOMPARE(reviews.table.columnWidth(1), narrow);
        QVERIFY(reviews.table.columnWidth(2) > reviews.table.columnWidth(0)); // the longer text has more of the room
    }

    void aColumnThatIsHiddenLeavesItsRoom()
    {
        Reviews reviews;
        QTRY_COMPARE(reviews.total(), reviews.viewport());
        reviews.table.setColumnHidden(2, true);
        QTRY_COMPARE(reviews.table.columnWidth(0) + reviews.table.columnWidth(1), reviews.viewport());
    }

    void aWidthSetByHandStaysAndIsRemembered()
    {
        const QTemporaryDir folder;
        QSettings settings(folder.filePath(u"settings.ini"_s), QSettings::IniFormat);
        {
            Reviews reviews;
            reviews.table.remember(&settings, u"reviews"_s);
            QTRY_COMPARE(reviews.total(), reviews.viewport());
            QVERIFY(!settings.contains(u"reviews"_s)); // nobody chose these widths
            reviews.table.setColumnWidth(0, 123);
            reviews.table.resize(900, 200);
            QCOMPARE(reviews.table.columnWidth(0), 123);
        }
        Reviews reviews;
        reviews.table.remember(&settings, u"reviews"_s);
        reviews.table.resize(800, 200);
        QCoreApplication::processEvents();
        QCOMPARE(reviews.table.columnWidth(0), 123);
    }

    void namesOfGroupsStandInOneColumn()
    {
        QWidget page;
        auto *shorter = new KeyValueForm(&page);
        auto *longer = new KeyValueForm(&page);
        shorter->setValue(u"Owner"_s, u"Credit"_s);
        longer->setValue(u"Inputs and data sources"_s, u"Application form"_s);
        KeyValueForm::alignNames({shorter, longer});
        for (auto *form : {shorter, longer}) {
            form->resize(600, 100);
            form->layout()->activate();
        }
        const auto valueOf = [](KeyValueForm *form) { return form->findChildren<QLabel *>().at(1)->x(); };
        QCOMPARE(valueOf(shorter), valueOf(longer));
    }

    void headingsOfTheHeatmapKeepTheirWords()
    {
        HeatmapModel model;
        Heatmap map;
        map.by = HeatmapBy::stage;
        map.rows = {{1, "Tier 1, critical"}};
        for (const auto *label : {"Proposed", "In development", "In validation", "Approved", "In production"}) {
            Heatmap::Column column;
            column.label = label;
            map.columns.push_back(column);
        }
        map.cells.assign(1, std::vector<std::set<ModelId>>(map.columns.size()));
        model.setHeatmap(map);
        HeatmapView view(&model, u"Models by tier"_s);
        view.resize(view.minimumSizeHint());
        view.show();
        for (int column = 0; column < model.columnCount(); ++column)
            for (const auto &word : model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString().split(u' '))
                QVERIFY2(view.columnWidth(column) > view.fontMetrics().horizontalAdvance(word), qPrintable(word));
    }
};

QTEST_MAIN(TestLayouts)
#include "tst_layouts.moc"
