// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QFile>
#include <QImage>
#include <QPushButton>
#include <QTest>

#include "tests/support/accessibility.h"
#include "tests/support/controls.h"
#include "tests/support/windowfixture.h"
#include "ui/models/datarows.h"
#include "ui/pages/data/datapage.h"
#include "ui/pages/data/graphview.h"
#include "ui/widgets/filterbar.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/text.h"

using namespace countersign;
using namespace countersign::test;
using namespace Qt::StringLiterals;

namespace {

Model named_(const std::string &reference, std::vector<std::string> inputs, std::vector<std::string> dependencies)
{
    auto model = WorkspaceFixture::fullModel(reference, "Model " + reference);
    model.inputs = std::move(inputs);
    model.dependencies = std::move(dependencies);
    return model;
}

/// The bureau feeds A and B; A feeds C, C feeds D.
struct Chain
{
    Chain()
    {
        a = fixture.addModel(named_("A", {"Credit bureau"}, {}));
        b = fixture.addModel(named_("B", {"credit bureau", "Ledger"}, {}));
        c = fixture.addModel(named_("C", {}, {"A"}));
        d = fixture.addModel(named_("D", {}, {"Model C"}));
        fixture.addTier(c, 3);
        page.resize(1060, 700);
        page.show();
    }

    WindowFixture fixture;
    DataPage page{fixture.context, nullptr};
    ModelId a;
    ModelId b;
    ModelId c;
    ModelId d;
};

} // namespace

class TestDataPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutDataItSaysWhatToDo()
    {
        WindowFixture fixture;
        DataPage page(fixture.context, nullptr);
        page.show();
        page.focusStart();
        QTest::mouseClick(button(&page, u"Go to the inventory"_s), Qt::LeftButton);
        QCOMPARE(fixture.navigator.visited.back(), u"page/inventory"_s);
    }

    void theListSaysHowFarDataReaches()
    {
        Chain chain;
        const QAbstractItemModelTester list(chain.page.list()->model());
        const QAbstractItemModelTester relations(chain.page.relations()->model());
        QCOMPARE(unnamedControls(&chain.page), QString());
        const auto *model = chain.page.list()->model();
        QCOMPARE(model->index(0, 0).data().toString(), u"Credit bureau"_s); // it reaches most
        QCOMPARE(model->index(0, 2).data().toString(), u"2"_s);
        QCOMPARE(model->index(0, 3).data().toString(), u"4"_s);
        chain.page.findChild<FilterBar *>()->setText(u"ledger"_s);
        QCOMPARE(model->rowCount(), 1);
    }

    void aModelStandsBetweenWhatItRestsOnAndWhatRestsOnIt()
    {
        Chain chain;
        chain.page.choose(keyOf(chain.c));
        const auto *relations = chain.page.relations()->model();
        QStringList rows;
        for (int row = 0; row < relations->rowCount(); ++row)
            rows << relations->index(row, 0).data().toString() + u' ' + relations->index(row, 1).data().toString();
        QCOMPARE(rows, (QStringList{u"Feeds it A Model A"_s, u"Fed by it D Model D"_s}));
        auto *graph = chain.page.graph();
        QCOMPARE(graph->nodeCount(), 3);
        QCOMPARE(graph->currentKey(), keyOf(chain.c));
        QTest::keyClick(graph, Qt::Key_Left);
        QCOMPARE(graph->currentKey(), keyOf(chain.a));
        QTest::keyClick(graph, Qt::Key_Right);
        QTest::keyClick(graph, Qt::Key_Right);
        QCOMPARE(graph->currentKey(), keyOf(chain.d));
        QTest::keyClick(graph, Qt::Key_Return);
        QCOMPARE(chain.fixture.navigator.visited.back(), u"model/%1//"_s.arg(toQt(chain.d.str())));
    }

    void dataOpenTheModelsThatUseThem()
    {
        Chain chain;
        chain.page.choose(u"data/credit bureau"_s);
        QCOMPARE(chain.page.graph()->nodeCount(), 5);
        QTest::keyClick(chain.page.graph(), Qt::Key_Return);
        QCOMPARE(chain.fixture.navigator.selections.back().models, (std::set<ModelId>{chain.a, chain.b}));
    }

    void theGraphAndTheListAreTakenAway()
    {
        Chain chain;
        chain.page.choose(keyOf(chain.c));
        chain.fixture.dialogs.paths << chain.fixture.filePath(u"graph.png"_s)
                                    << chain.fixture.filePath(u"around.csv"_s);
        QTest::mouseClick(button(&chain.page, u"Save picture…"_s), Qt::LeftButton);
        const QImage picture(chain.fixture.filePath(u"graph.png"_s));
        QVERIFY(picture.width() > 300);
        QTest::mouseClick(button(&chain.page, u"Export…"_s), Qt::LeftButton);
        QFile saved(chain.fixture.filePath(u"around.csv"_s));
        QVERIFY(saved.open(QIODevice::ReadOnly));
        QVERIFY(saved.readAll().contains("Fed by it,D Model D"));
    }

    void aNewModelAppears()
    {
        Chain chain;
        const auto before = chain.page.list()->model()->rowCount();
        chain.fixture.addModel(named_("E", {"Weather"}, {}));
        QCOMPARE(chain.page.list()->model()->rowCount(), before + 1);
    }
};

QTEST_MAIN(TestDataPage)
#include "tst_datapage.moc"
