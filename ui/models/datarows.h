// SPDX-License-Identifier: GPL-3.0-or-later
//
// Data sources and models as the Data page lists them.
#pragma once

#include "core/domain/datagraph.h"
#include "core/domain/registry.h"
#include "core/policy/policypack.h"
#include "ui/models/recordmodel.h"

namespace countersign {

/// A data source, or a model that feeds others or is fed.
struct DataRow
{
    QString key; ///< "data/..." or "model/..."
    QString name;
    bool model = false;
    bool cycle = false;
    qint64 direct = 0;     ///< models that use it
    qint64 reached = 0;    ///< and all downstream of them
    std::int64_t tier = 0; ///< riskiest level among those reached; 0: none is tiered
    QString tierLabel;
};

[[nodiscard]] std::vector<DataRow> dataRows(const DataGraph &graph, const Registry &registry, const PolicyPack &pack);
[[nodiscard]] std::vector<RecordColumn<DataRow>> dataColumns();

/// Something beside the chosen one, and how it stands to it.
struct RelationRow
{
    QString key;
    QString relation;
    int order = 0; ///< from the furthest upstream to the furthest downstream
    QString name;
    QString tier;
    std::int64_t level = 0;
    QString owner;
};

/// All that `key` rests on, and all that rests on it.
[[nodiscard]] std::vector<RelationRow> relationRows(const DataGraph &graph, const Registry &registry,
                                                    const PolicyPack &pack, const QString &key);
[[nodiscard]] std::vector<RecordColumn<RelationRow>> relationColumns();

[[nodiscard]] QString keyOf(const ModelId &model);
[[nodiscard]] QString keyOf(const DataSource &source);
/// The model that a key names, or none.
[[nodiscard]] ModelId modelOfKey(const QString &key);
/// The data source that a key names, or null.
[[nodiscard]] const DataSource *sourceOfKey(const DataGraph &graph, const QString &key);

} // namespace countersign
