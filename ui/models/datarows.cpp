// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/datarows.h"

#include <algorithm>

#include "core/domain/modelstates.h"
#include "ui/widgets/text.h"
#include "ui/widgets/tr.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

const QString dataPrefix = u"data/"_s;
const QString modelPrefix = u"model/"_s;

} // namespace

QString keyOf(const ModelId &model)
{
    return modelPrefix + toQt(model.str());
}

QString keyOf(const DataSource &source)
{
    return dataPrefix + toQt(source.key);
}

ModelId modelOfKey(const QString &key)
{
    return key.startsWith(modelPrefix) ? ModelId(toStd(key.mid(modelPrefix.size()))) : ModelId();
}

const DataSource *sourceOfKey(const DataGraph &graph, const QString &key)
{
    return key.startsWith(dataPrefix) ? graph.source(toStd(key.mid(dataPrefix.size()))) : nullptr;
}

std::vector<DataRow> dataRows(const DataGraph &graph, const Registry &registry, const PolicyPack &pack)
{
    const auto states = modelStates(registry);
    const auto rate = [&](DataRow &row, const std::set<ModelId> &models) {
        for (const auto &model : models)
            if (const auto level = levelIn(states, model); level != 0 && (row.tier == 0 || level < row.tier))
                row.tier = level;
        row.tierLabel = row.tier == 0 ? QString() : toQt(pack.tierLabel(row.tier));
    };
    std::vector<DataRow> rows;
    for (const auto &source : graph.sources()) {
        DataRow row;
        row.key = keyOf(source);
        row.name = toQt(source.name);
        row.direct = qint64(source.models.size());
        const auto reached = graph.reachedBy(source);
        row.reached = qint64(reached.size());
        rate(row, reached);
        rows.push_back(row);
    }
    for (const auto &[id, model] : registry.models) {
        if (graph.fed(id).empty() && graph.feeders(id).empty())
            continue;
        DataRow row;
        row.key = keyOf(id);
        row.name = toQt(model.reference + " " + model.name);
        row.model = true;
        row.cycle = graph.inCycles().contains(id);
        row.direct = qint64(graph.fed(id).size());
        const auto reached = graph.downstream(id);
        row.reached = qint64(reached.size());
        rate(row, reached);
        rows.push_back(row);
    }
    std::ranges::stable_sort(rows, [](const DataRow &a, const DataRow &b) { return a.reached > b.reached; });
    return rows;
}

std::vector<RecordColumn<DataRow>> dataColumns()
{
    using Column = RecordColumn<DataRow>;
    return {
        Column(tr("Data or model"), [](const DataRow &row) { return row.name; }),
        Column(tr("Kind"),
               [](const DataRow &row) {
                   return row.cycle ? tr("Model in a cycle") : row.model ? tr("Feeder model") : tr("Data");
               }),
        Column(tr("Used by"), [](const DataRow &row) { return countText(row.direct); })
            .sortedBy([](const DataRow &row) { return QVariant(row.direct); })
            .asNumber(),
        Column(tr("Reaches"), [](const DataRow &row) { return countText(row.reached); })
            .sortedBy([](const DataRow &row) { return QVariant(row.reached); })
            .withToolTip([](const DataRow &) { return tr("Models that use it, directly or through others"); })
            .asNumber(),
        Column(tr("Riskiest tier"), [](const DataRow &row) { return row.tierLabel; }).sortedBy([](const DataRow &row) {
            return QVariant(qint64(row.tier == 0 ? std::numeric_limits<qint64>::max() : row.tier));
        })};
}

std::vector<RelationRow> relationRows(const DataGraph &graph, const Registry &registry, const PolicyPack &pack,
                                      const QString &key)
{
    const auto states = modelStates(registry);
    std::vector<RelationRow> rows;
    const auto addModel = [&](const ModelId &id, const QString &relation, int order) {
        const auto &model = registry.models.at(id);
        RelationRow row{keyOf(id), relation, order, toQt(model.reference + " " + model.name), {}, 0, toQt(model.owner)};
        row.level = levelIn(states, id);
        row.tier = toQt(pack.tierLabel(row.level));
        rows.push_back(row);
    };
    const auto addSource = [&](const DataSource &source, const QString &relation, int order) {
        rows.push_back({keyOf(source), relation, order, toQt(source.name), {}, 0, {}});
    };
    if (const auto *source = sourceOfKey(graph, key)) {
        const std::set<ModelId> direct(source->models.begin(), source->models.end());
        for (const auto &id : direct)
            addModel(id, tr("Uses it"), 3);
        for (const auto &id : graph.reachedBy(*source))
            if (!direct.contains(id))
                addModel(id, tr("Reached through others"), 4);
        return rows;
    }
    const auto model = modelOfKey(key);
    if (!registry.models.contains(model))
        return rows;
    for (const auto *source : graph.sourcesOf(model))
        addSource(*source, tr("It uses"), 2);
    for (const auto &id : graph.upstream(model)) {
        const bool direct = graph.feeders(model).contains(id);
        addModel(id, direct ? tr("Feeds it") : tr("Feeds it through others"), direct ? 1 : 0);
    }
    for (const auto &id : graph.downstream(model)) {
        const bool direct = graph.fed(model).contains(id);
        addModel(id, direct ? tr("Fed by it") : tr("Reached through others"), direct ? 3 : 4);
    }
    std::ranges::stable_sort(rows, {}, &RelationRow::order);
    return rows;
}

std::vector<RecordColumn<RelationRow>> relationColumns()
{
    using Column = RecordColumn<RelationRow>;
    return {Column(tr("Relation"), [](const RelationRow &row) { return row.relation; })
                .sortedBy([](const RelationRow &row) { return QVariant(row.order); }),
            Column(tr("Data or model"), [](const RelationRow &row) { return row.name; }),
            Column(tr("Tier"), [](const RelationRow &row) { return row.tier; }).sortedBy([](const RelationRow &row) {
                return QVariant(qint64(row.level));
            }),
            Column(tr("Owner"), [](const RelationRow &row) { return row.owner; })};
}

} // namespace countersign
