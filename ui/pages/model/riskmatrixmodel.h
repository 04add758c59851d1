// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include "core/policy/rules.h"
#include "ui/shell/theme.h"

namespace countersign {

/// The risk matrix of a policy: a row for each band of the first axis, the harshest on top, a column for each of the
/// second, the harshest on the right, in every cell its tier. Marks the cell of the model, or those still possible
/// while answers are missing.
class RiskMatrixModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum class Mark { none, possible, here };
    /// What the delegate asks beside Qt's own roles.
    enum Role {
        ToneRole = Qt::UserRole + 210, ///< int of Theme::Colour
        MarkRole                       ///< int of Mark
    };

    using QAbstractTableModel::QAbstractTableModel;
    /// Of a policy whose method is a risk matrix.
    void show(const PolicyPack &pack, const TierComputation &computation);
    /// Where the model stands; invalid while answers are missing.
    [[nodiscard]] QModelIndex here() const;
    /// "Materiality high, complexity low: Tier 2, medium."; while answers are missing, which cells are possible.
    [[nodiscard]] QString inWords() const;
    [[nodiscard]] QString rowTitle() const { return m_rowTitle; }
    [[nodiscard]] QString columnTitle() const { return m_columnTitle; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct MatrixBand
    {
        QString label;
        double minimum = 0;
        bool possible = false;
    };
    struct TierCell
    {
        QString label;
        std::int64_t level = 0;
    };

    [[nodiscard]] const TierCell &cellAt(int row, int column) const;
    [[nodiscard]] Mark markAt(int row, int column) const;
    [[nodiscard]] QString titleAt(int row, int column) const;

    QString m_rowTitle;
    QString m_columnTitle;
    QList<MatrixBand> m_rows;
    QList<MatrixBand> m_columns;
    QList<TierCell> m_cells; ///< row by row
    bool m_complete = false;
};

} // namespace countersign
