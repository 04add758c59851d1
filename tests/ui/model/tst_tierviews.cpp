// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the tier tab draws: the risk matrix, the three sides of a risk, and what follows from a cost.
#include <QAbstractItemModelTester>
#include <QLabel>
#include <QTableView>
#include <QTest>

#include "core/policy/builtinpacks.h"
#include "tests/support/workspacefixture.h"
#include "ui/pages/model/riskmatrix.h"
#include "ui/pages/model/riskmatrixmodel.h"
#include "ui/pages/model/riskpanel.h"
#include "ui/pages/model/rowstable.h"
#include "ui/pages/model/scorecard.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

namespace {

PolicyPack builtIn(const std::string &id)
{
    for (const auto &pack : builtInPolicyPacks())
        if (pack.id == id)
            return parsePolicyPack(pack.text);
    qFatal("no pack %s", id.c_str());
}

/// Answer number `place` (0 the mildest) to the first `count` factors.
std::vector<TierAnswer> answers(const PolicyPack &pack, std::size_t place, std::size_t count = 99)
{
    std::vector<TierAnswer> all;
    for (const auto &factor : pack.tierMethod.factors)
        if (all.size() < count)
            all.push_back({factor.id, factor.answers[std::min(place, factor.answers.size() - 1)].id});
    return all;
}

QString textOf(const QWidget &widget, const QString &accessibleName)
{
    for (const auto *label : widget.findChildren<QLabel *>())
        if (label->accessibleName() == accessibleName)
            return label->text();
    return {};
}

} // namespace

class TestTierViews : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theMatrixMarksTheCellOfTheModel()
    {
        const auto pack = builtIn("ss1-23");
        RiskMatrixModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const auto &rows = pack.tierMethod.axes[0].bands;
        const auto &columns = pack.tierMethod.axes[1].bands;
        model.show(pack, computeTier(pack, answers(pack, 0)));
        QCOMPARE(model.rowCount(), static_cast<int>(rows.size()));
        QCOMPARE(model.columnCount(), static_cast<int>(columns.size()));
        QCOMPARE(model.here(), model.index(model.rowCount() - 1, 0)); // the mildest: below, on the left
        QVERIFY(model.here().data(Qt::AccessibleTextRole).toString().endsWith(u"The model stands here."_s));
        model.show(pack, computeTier(pack, answers(pack, 9)));
        QCOMPARE(model.here(), model.index(0, model.columnCount() - 1));
        QCOMPARE(model.here().data().toString(), u"Tier 1, high"_s);
        int marked = 0;
        for (int row = 0; row < model.rowCount(); ++row)
            for (int column = 0; column < model.columnCount(); ++column)
                marked += model.index(row, column).data(RiskMatrixModel::MarkRole).toInt() != 0 ? 1 : 0;
        QCOMPARE(marked, 1);
        QCOMPARE(model.headerData(0, Qt::Vertical, Qt::DisplayRole).toString(),
                 QString::fromStdString(rows.front().label));
        QCOMPARE(model.headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(),
                 QString::fromStdString(columns.back().label));
    }

    void everyCellSaysTheTierOfItsBands()
    {
        const auto pack = builtIn("ss1-23");
        RiskMatrixModel model;
        model.show(pack, computeTier(pack, answers(pack, 0)));
        const auto &rows = pack.tierMethod.axes[0].bands;
        const auto &columns = pack.tierMethod.axes[1].bands;
        for (const auto &cell : pack.tierMethod.matrix) {
            const auto row = std::ranges::find(rows, cell.row, &AxisBand::id) - rows.begin();
            const auto column = columns.end() - std::ranges::find(columns, cell.column, &AxisBand::id) - 1;
            QCOMPARE(model.index(static_cast<int>(row), static_cast<int>(column)).data().toString(),
                     QString::fromStdString(pack.tierLabel(cell.level)));
        }
    }

    void cellsStillPossibleAreMarkedWhileAnswersAreMissing()
    {
        const auto pack = builtIn("ss1-23");
        RiskMatrixModel model;
        model.show(pack, computeTier(pack, {}));
        QVERIFY(!model.here().isValid());
        for (int row = 0; row < model.rowCount(); ++row)
            for (int column = 0; column < model.columnCount(); ++column)
                QCOMPARE(model.index(row, column).data(RiskMatrixModel::MarkRole).toInt(),
                         static_cast<int>(RiskMatrixModel::Mark::possible));
        model.show(pack, computeTier(pack, answers(pack, 0, 2))); // materiality is answered: one row is left
        QCOMPARE(model.index(0, 0).data(RiskMatrixModel::MarkRole).toInt(),
                 static_cast<int>(RiskMatrixModel::Mark::none));
        QCOMPARE(model.index(model.rowCount() - 1, 0).data(RiskMatrixModel::MarkRole).toInt(),
                 static_cast<int>(RiskMatrixModel::Mark::possible));
        QVERIFY(model.inWords().startsWith(u"Questions are open."_s));
    }

    void theMatrixIsReadByKeyboardAndInWords()
    {
        const auto pack = builtIn("ss1-23");
        RiskMatrix matrix;
        matrix.show(pack, computeTier(pack, answers(pack, 0)));
        matrix.resize(500, 300);
        matrix.show();
        auto *table = matrix.findChild<QTableView *>();
        QVERIFY(table && !table->accessibleName().isEmpty());
        QCOMPARE(table->currentIndex(), matrix.model()->here());
        QCOMPARE(textOf(matrix, u"Place in the risk matrix"_s), matrix.model()->inWords());
        QVERIFY(matrix.model()->inWords().endsWith(u": Tier 3, low."_s));
        QTest::keyClick(table, Qt::Key_Up);
        QCOMPARE(table->currentIndex().row(), matrix.model()->rowCount() - 2);
    }

    void theThreeSidesOfARiskStandApart()
    {
        WorkspaceFixture fixture;
        const auto model = fixture.addModel("CR-014", "Retail PD");
        fixture.addTier(model, 1);
        RiskPanel panel;
        panel.show(riskStanding(fixture.workspace().policy(), fixture.registry(), fixture.registry().models.at(model),
                                fixture.workspace().today()),
                   u"Signatures"_s);
        QVERIFY(textOf(panel, u"Controls"_s).contains(u"controls that can be judged are met."_s));
        QCOMPARE(textOf(panel, u"Residual tier"_s), u"Missing controls make it 1 level riskier."_s);
        auto *table = panel.findChild<RowsTable *>();
        QVERIFY(table && table->rows()->rowCount() > 5);
        QStringList standings;
        for (const auto &row : table->rows()->rows())
            standings << row.cells[1].text;
        for (const auto &expected : {u"Met"_s, u"Not met"_s, u"For people to say"_s})
            QVERIFY2(standings.contains(expected), qPrintable(standings.join(u", "_s)));
        panel.setNothing(u"They follow from the tier."_s);
        QVERIFY(table->isHidden());
    }

    void aCostInAnotherUnitDerivesNothing()
    {
        const auto pack = builtIn("osfi-e-23");
        CostEstimate estimate;
        estimate.title = "Wrong acceptances";
        estimate.unit = "CAD";
        estimate.idleDaysPerYear = 1;
        estimate.valuePerDay = 300000;
        Scorecard scorecard;
        scorecard.setMethod(pack.tierMethod);
        scorecard.setCost(&estimate);
        const auto reads = [&](const QString &text) {
            const auto labels = scorecard.findChildren<QLabel *>();
            return std::ranges::any_of(
                labels, [&](const QLabel *label) { return !label->isHidden() && label->text().contains(text); });
        };
        QVERIFY(reads(u"By the estimated cost: Noticeable, within risk appetite"_s));
        estimate.unit = "EUR";
        scorecard.setCost(&estimate);
        QVERIFY(reads(u"The cost is estimated in EUR, the policy counts in CAD: nothing follows. Answer that it is not "
                      "known yet, or record an estimate in CAD."_s));
        QVERIFY(!reads(u"By the estimated cost"_s));
    }
};

QTEST_MAIN(TestTierViews)
#include "tst_tierviews.moc"
