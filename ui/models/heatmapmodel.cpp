// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/heatmapmodel.h"

#include <algorithm>

#include "ui/widgets/badge.h"
#include "ui/widgets/text.h"

namespace countersign {

void HeatmapModel::setHeatmap(Heatmap map)
{
    const auto labels = [](const auto &items) {
        QStringList found;
        for (const auto &item : items)
            found << toQt(item.label);
        return found;
    };
    const bool same =
        map.by == m_map.by && labels(map.rows) == labels(m_map.rows) && labels(map.columns) == labels(m_map.columns);
    if (!same)
        beginResetModel();
    m_map = std::move(map);
    m_largest.assign(m_map.columns.size(), 0);
    for (const auto &row : m_map.cells)
        for (std::size_t column = 0; column < row.size(); ++column)
            m_largest[column] = std::max(m_largest[column], row[column].size());
    if (!same)
        endResetModel();
    else if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

std::optional<std::size_t> HeatmapModel::rowAt(const QModelIndex &index) const
{
    const auto row = static_cast<std::size_t>(index.row());
    return row < m_map.rows.size() ? std::optional(row) : std::nullopt;
}

std::optional<std::size_t> HeatmapModel::columnAt(const QModelIndex &index) const
{
    const auto column = static_cast<std::size_t>(index.column());
    return column < m_map.columns.size() ? std::optional(column) : std::nullopt;
}

std::size_t HeatmapModel::countAt(const QModelIndex &index) const
{
    const auto row = rowAt(index);
    const auto column = columnAt(index);
    if (row && column)
        return m_map.count(*row, *column);
    return row ? m_map.rowTotal(*row) : column ? m_map.columnTotal(*column) : m_map.total();
}

std::set<ModelId> HeatmapModel::modelsAt(const QModelIndex &index) const
{
    return m_map.models(rowAt(index), columnAt(index));
}

QString HeatmapModel::titleAt(const QModelIndex &index) const
{
    const auto row = rowAt(index);
    const auto column = columnAt(index);
    if (!row && !column)
        return tr("All models that are not retired");
    const auto of =
        column ? toQt(displayName(m_map.by)) + QStringLiteral(": ") + toQt(m_map.columns[*column].label) : QString();
    if (!row)
        return of;
    return toQt(m_map.rows[*row].label) + (column ? QStringLiteral("; ") + of : QString());
}

int HeatmapModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || m_map.rows.empty() ? 0 : static_cast<int>(m_map.rows.size()) + 1;
}

int HeatmapModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() || m_map.columns.empty() ? 0 : static_cast<int>(m_map.columns.size()) + 1;
}

Theme::Colour HeatmapModel::tone(const Heatmap::Column &column) const
{
    switch (m_map.by) {
    case HeatmapBy::health:
        return column.health ? badgeFor(*column.health).tone : Theme::Colour::noData;
    case HeatmapBy::stage:
        return badgeFor(column.stage).tone;
    case HeatmapBy::review:
        break;
    }
    switch (column.review) {
    case ReviewStanding::overdue:
        return Theme::Colour::red;
    case ReviewStanding::dueSoon:
        return Theme::Colour::amber;
    case ReviewStanding::later:
        return Theme::Colour::green;
    case ReviewStanding::none:
        break;
    }
    return Theme::Colour::noData;
}

QVariant HeatmapModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto row = rowAt(index);
    const auto column = columnAt(index);
    const auto count = static_cast<qint64>(countAt(index));
    switch (role) {
    case Qt::DisplayRole:
        return countText(count);
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        return tr("%1: %2").arg(titleAt(index), countText(count, tr("model"), tr("models")));
    case Qt::TextAlignmentRole:
        return QVariant(Qt::AlignCenter);
    case ToneRole:
        return row && column ? QVariant(static_cast<int>(tone(m_map.columns[*column]))) : QVariant();
    case ShareRole:
        return row && column && m_largest[*column] > 0
                   ? static_cast<double>(count) / static_cast<double>(m_largest[*column])
                   : 0.0;
    default:
        return {};
    }
}

QVariant HeatmapModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    const bool across = orientation == Qt::Horizontal;
    if (section < 0 || section >= (across ? columnCount() : rowCount()))
        return {};
    const auto at = static_cast<std::size_t>(section);
    const auto size = across ? m_map.columns.size() : m_map.rows.size();
    if (role == Qt::TextAlignmentRole)
        return across ? QVariant(static_cast<int>(Qt::AlignCenter) | static_cast<int>(Qt::TextWordWrap))
                      : QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != Qt::AccessibleTextRole)
        return {};
    if (at == size)
        return tr("All");
    return toQt(across ? m_map.columns[at].label : m_map.rows[at].label);
}

} // namespace countersign
