// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include "core/monitoring/preview.h"

namespace countersign {

/// The columns of a scoring log with three ticks each: judge it for drift, read it as categories, and measure fairness
/// between its groups, compared with the one that is named; and with special values, between semicolons. Columns that
/// play a part (time, score, ...) say which and cannot be ticked as features.
class MonitoringSetupColumns : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Use, Name, Categories, Group, Comparison, Special, Part, Samples, ColumnCount };
    /// What a cell of Comparison may hold, as QStringList: the values seen of its column.
    static constexpr int ChoicesRole = Qt::UserRole;

    using QAbstractTableModel::QAbstractTableModel;

    void setPreview(const LogPreview &preview, const RunSettings &settings);
    /// Follows the choice of time, score, prediction, target and segment.
    void setParts(const ColumnRoles &roles);
    void setAllUsed(bool used);
    /// Writes the features, types, groups, what they are compared with, and special values.
    void read(RunSettings &settings) const;
    [[nodiscard]] int used() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Line
    {
        PreviewColumn column;
        bool used = false;
        bool categories = false;
        bool group = false; ///< of people: measured for fairness
        QString comparison; ///< the group that the others are compared with; empty: the largest
        QString special;    ///< values, between semicolons
        QString part;
        QString samples;
    };
    [[nodiscard]] static QString toolTip(const Line &line);
    [[nodiscard]] static QString partOf(const std::string &name, const ColumnRoles &roles);

    std::vector<Line> m_lines;
};

} // namespace countersign
