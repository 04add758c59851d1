// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/rowsmodel.h"

#include <QSet>

namespace countersign {

RowsModel::RowsModel(QStringList headings, QObject *parent)
    : QAbstractTableModel(parent)
    , m_headings(std::move(headings))
{
}

void RowsModel::setRows(const QList<Row> &rows)
{
    QSet<QString> wanted;
    for (const auto &row : rows)
        wanted << row.key;
    for (auto at = m_rows.size() - 1; at >= 0; --at) {
        if (wanted.contains(m_rows[at].key))
            continue;
        beginRemoveRows({}, static_cast<int>(at), static_cast<int>(at));
        m_rows.removeAt(at);
        endRemoveRows();
    }
    QSet<QString> kept;
    for (const auto &row : m_rows)
        kept << row.key;
    for (int at = 0; at < rows.size(); ++at) {
        const auto &row = rows[at];
        if (at < m_rows.size() && m_rows[at].key == row.key) {
            if (m_rows[at] == row)
                continue;
            m_rows[at] = row;
            Q_EMIT dataChanged(index(at, 0), index(at, columnCount() - 1));
        } else if (kept.contains(row.key)) {
            const auto from = rowOf(row.key);
            beginMoveRows({}, from, from, {}, at);
            m_rows.move(from, at);
            endMoveRows();
            m_rows[at] = row;
            Q_EMIT dataChanged(index(at, 0), index(at, columnCount() - 1));
        } else {
            beginInsertRows({}, at, at);
            m_rows.insert(at, row);
            endInsertRows();
        }
    }
}

void RowsModel::setHeadings(const QStringList &headings)
{
    Q_ASSERT(headings.size() == m_headings.size());
    m_headings = headings;
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

int RowsModel::rowOf(const QString &key) const
{
    for (int at = 0; at < m_rows.size(); ++at)
        if (m_rows[at].key == key)
            return at;
    return -1;
}

int RowsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int RowsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_headings.size());
}

QVariant RowsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto &row = m_rows[index.row()];
    const auto cell = row.cells.value(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return cell.text;
    case Qt::ToolTipRole:
        return cell.toolTip.isEmpty() ? cell.text : cell.toolTip;
    case Qt::AccessibleTextRole:
        return cell.text;
    case Qt::TextAlignmentRole:
        return static_cast<int>((cell.number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case KeyRole:
        return row.key;
    case SortRole:
        return cell.sort.isValid() ? cell.sort : QVariant(cell.text);
    case BadgeRole:
        return cell.badge.isNull() ? QVariant() : QVariant::fromValue(cell.badge);
    default:
        return {};
    }
}

QVariant RowsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= m_headings.size())
        return {};
    if (role == Qt::DisplayRole)
        return m_headings[section];
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter);
    return {};
}

} // namespace countersign
