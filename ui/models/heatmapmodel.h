// SPDX-License-Identifier: GPL-3.0-or-later
//
// Counts of models by tier and state, with the totals as last row and column.
#pragma once

#include <QAbstractTableModel>

#include "core/report/portfolio.h"
#include "ui/shell/theme.h"

namespace countersign {

class HeatmapModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    /// What the delegate asks beside Qt's own roles.
    enum Role {
        ToneRole = Qt::UserRole + 200, ///< int of Theme::Colour; invalid: a total
        ShareRole                      ///< count over the largest count of the column, 0 to 1
    };

    using QAbstractTableModel::QAbstractTableModel;
    void setHeatmap(Heatmap map);
    [[nodiscard]] const Heatmap &heatmap() const { return m_map; }
    /// The models behind a cell or total.
    [[nodiscard]] std::set<ModelId> modelsAt(const QModelIndex &index) const;
    /// "Tier 1, critical: Red"; of a total its row or column alone, of both "All models".
    [[nodiscard]] QString titleAt(const QModelIndex &index) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] std::optional<std::size_t> rowAt(const QModelIndex &index) const;
    [[nodiscard]] std::optional<std::size_t> columnAt(const QModelIndex &index) const;
    [[nodiscard]] std::size_t countAt(const QModelIndex &index) const;
    [[nodiscard]] Theme::Colour tone(const Heatmap::Column &column) const;

    Heatmap m_map;
    std::vector<std::size_t> m_largest; ///< count of a cell, by column
};

} // namespace countersign
