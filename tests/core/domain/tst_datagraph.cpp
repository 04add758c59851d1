// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/domain/datagraph.h"
#include "tests/core/domain/world.h"

using namespace countersign;

namespace {

Model using_(const std::string &id, std::vector<std::string> inputs, std::vector<std::string> dependencies = {})
{
    auto made = world::model(id, "REF-" + id);
    made.name = "Model " + id;
    made.inputs = std::move(inputs);
    made.dependencies = std::move(dependencies);
    return made;
}

Registry of(std::vector<Model> models)
{
    Registry registry;
    for (auto &model : models)
        registry.models.emplace(model.id, model);
    return registry;
}

const ModelId a("a");
const ModelId b("b");
const ModelId c("c");
const ModelId d("d");

} // namespace

class TestDataGraph : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sourcesAreSharedWhateverTheirSpelling()
    {
        const DataGraph graph(of({using_("a", {"Credit bureau"}), using_("b", {"credit  BUREAU", "Ledger"})}));
        QCOMPARE(graph.sources().size(), std::size_t(2));
        QCOMPARE(graph.source("CREDIT bureau")->models, (std::vector<ModelId>{a, b}));
        QCOMPARE(graph.source("credit bureau")->name, std::string("Credit bureau"));
        QCOMPARE(graph.sourcesOf(b).size(), std::size_t(2));
        QVERIFY(!graph.source("nothing"));
    }

    void modelsFeedEachOtherByReferenceOrName()
    {
        const DataGraph graph(
            of({using_("a", {"Ledger"}), using_("b", {"Model a"}), using_("c", {}, {"ref-B", "SFTP"})}));
        QCOMPARE(graph.feeders(b), std::set<ModelId>{a});
        QCOMPARE(graph.fed(a), std::set<ModelId>{b});
        QCOMPARE(graph.upstream(c), (std::set<ModelId>{a, b}));
        QCOMPARE(graph.downstream(a), (std::set<ModelId>{b, c}));
        QCOMPARE(graph.reachedBy(*graph.source("ledger")), (std::set<ModelId>{a, b, c}));
        QVERIFY(graph.source("sftp"));
        QVERIFY(graph.inCycles().empty());
        const auto layers = graph.layers({a, b, c});
        QCOMPARE(layers.at(a), 0);
        QCOMPARE(layers.at(b), 1);
        QCOMPARE(layers.at(c), 2);
    }

    void retiredModelsAreLeftOut()
    {
        auto old = using_("a", {"Ledger"});
        old.stage = Stage::retired;
        const DataGraph graph(of({old, using_("b", {"Model a"})}));
        QVERIFY(graph.feeders(b).empty());
        QVERIFY(graph.source("model a")); // what it names is data now
        QVERIFY(!graph.source("ledger"));
    }

    void cyclesAreNamedAndDoNotHang()
    {
        const DataGraph graph(of(
            {using_("a", {"Model c"}), using_("b", {"Model a"}), using_("c", {"Model b"}), using_("d", {"Model c"})}));
        QCOMPARE(graph.inCycles(), (std::set<ModelId>{a, b, c}));
        QCOMPARE(graph.upstream(a), (std::set<ModelId>{b, c}));
        const auto layers = graph.layers({a, b, c, d});
        QVERIFY(layers.at(d) > layers.at(c));
    }

    void aModelDoesNotFeedItself()
    {
        const DataGraph graph(of({using_("a", {"REF-a"})}));
        QVERIFY(graph.feeders(a).empty());
        QVERIFY(graph.inCycles().empty());
    }
};

QTEST_APPLESS_MAIN(TestDataGraph)
#include "tst_datagraph.moc"
