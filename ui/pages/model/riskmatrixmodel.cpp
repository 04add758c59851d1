// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/riskmatrixmodel.h"

#include <algorithm>

#include "core/policy/scoring.h"
#include "ui/pages/model/tierrows.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/text.h"

namespace countersign {

namespace {

/// The scores of an axis that are still possible.
ScoreRange possibleOn(const TierMethod &method, const TierAxis &axis, const TierComputation &computation)
{
    ScoreRange range;
    for (std::size_t i = 0; i < method.factors.size() && i < computation.factors.size(); ++i) {
        if (method.factors[i].axis != axis.id)
            continue;
        const auto &factor = computation.factors[i];
        const auto low = factor.answer.empty() ? factor.minimum : factor.contribution;
        const auto high = factor.answer.empty() ? factor.maximum : factor.contribution;
        const bool sum = axis.score == AxisScore::sum;
        range.low = sum ? range.low + low : std::max(range.low, low);
        range.high = sum ? range.high + high : std::max(range.high, high);
    }
    return range;
}

} // namespace

void RiskMatrixModel::show(const PolicyPack &pack, const TierComputation &computation)
{
    const auto &method = pack.tierMethod;
    const auto bandsOf = [&](const TierAxis &axis) {
        const auto range = possibleOn(method, axis, computation);
        const auto *lowest = &bandFor(axis, millionths(range.low));
        const auto *highest = &bandFor(axis, millionths(range.high));
        QList<MatrixBand> bands;
        for (const auto &band : axis.bands)
            bands.append({toQt(band.label), band.minimum, &band >= highest && &band <= lowest});
        return bands;
    };
    const auto &rowAxis = method.axes[0];
    const auto &columnAxis = method.axes[1];
    const auto rows = bandsOf(rowAxis);
    auto columns = bandsOf(columnAxis);
    std::ranges::reverse(columns);
    QList<TierCell> cells;
    for (const auto &row : rowAxis.bands)
        for (auto column = columnAxis.bands.rbegin(); column != columnAxis.bands.rend(); ++column) {
            const auto cell = std::ranges::find_if(method.matrix, [&](const MatrixCell &candidate) {
                return candidate.row == row.id && candidate.column == column->id;
            });
            cells.append({toQt(pack.tierLabel(cell->level)), cell->level});
        }
    const bool same = rows.size() == m_rows.size() && columns.size() == m_columns.size();
    if (!same)
        beginResetModel();
    m_rowTitle = toQt(rowAxis.title);
    m_columnTitle = toQt(columnAxis.title);
    m_rows = rows;
    m_columns = columns;
    m_cells = cells;
    m_complete = computation.complete;
    if (!same) {
        endResetModel();
    } else {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        Q_EMIT headerDataChanged(Qt::Vertical, 0, rowCount() - 1);
        Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    }
}

QModelIndex RiskMatrixModel::here() const
{
    for (int row = 0; row < rowCount(); ++row)
        for (int column = 0; column < columnCount(); ++column)
            if (markAt(row, column) == Mark::here)
                return index(row, column);
    return {};
}

QString RiskMatrixModel::inWords() const
{
    if (const auto cell = here(); cell.isValid())
        return tr("%1: %2.").arg(titleAt(cell.row(), cell.column()), cellAt(cell.row(), cell.column()).label);
    const auto possible = [](const QList<MatrixBand> &bands) {
        QStringList labels;
        for (const auto &band : bands)
            if (band.possible)
                labels << band.label;
        return labels.join(tr(" or "));
    };
    return tr("Questions are open. Still possible: %1 %2; %3 %4.")
        .arg(m_rowTitle, possible(m_rows), m_columnTitle, possible(m_columns));
}

const RiskMatrixModel::TierCell &RiskMatrixModel::cellAt(int row, int column) const
{
    return m_cells.at(row * m_columns.size() + column);
}

RiskMatrixModel::Mark RiskMatrixModel::markAt(int row, int column) const
{
    if (!m_rows.at(row).possible || !m_columns.at(column).possible)
        return Mark::none;
    return m_complete ? Mark::here : Mark::possible;
}

QString RiskMatrixModel::titleAt(int row, int column) const
{
    return tr("%1 %2, %3 %4").arg(m_rowTitle, m_rows.at(row).label, m_columnTitle, m_columns.at(column).label);
}

int RiskMatrixModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int RiskMatrixModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant RiskMatrixModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto &cell = cellAt(index.row(), index.column());
    const auto mark = markAt(index.row(), index.column());
    switch (role) {
    case Qt::DisplayRole:
        return cell.label;
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole: {
        const auto text = tr("%1: %2").arg(titleAt(index.row(), index.column()), cell.label);
        return mark == Mark::here       ? tr("%1. The model stands here.").arg(text)
               : mark == Mark::possible ? tr("%1. Still possible.").arg(text)
                                        : text;
    }
    case Qt::TextAlignmentRole:
        return QVariant(Qt::AlignCenter);
    case ToneRole:
        return static_cast<int>(tierBadge(cell.level, cell.label).tone);
    case MarkRole:
        return static_cast<int>(mark);
    default:
        return {};
    }
}

QVariant RiskMatrixModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    const bool across = orientation == Qt::Horizontal;
    const auto &bands = across ? m_columns : m_rows;
    if (section < 0 || section >= bands.size())
        return {};
    const auto &band = bands.at(section);
    if (role == Qt::DisplayRole)
        return band.label;
    if (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole)
        return tr("%1: %2, from a score of %3")
            .arg(across ? m_columnTitle : m_rowTitle, band.label, scoreText(band.minimum));
    return {};
}

} // namespace countersign
