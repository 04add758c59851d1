// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/recordmodel.h"

namespace countersign {

RecordProxy::RecordProxy(QAbstractItemModel *source, QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setSortRole(SortRole);
    setSortCaseSensitivity(Qt::CaseInsensitive);
    setDynamicSortFilter(true);
    setSourceModel(source);
}

void RecordProxy::setPredicate(std::function<bool(int)> predicate)
{
    m_predicate = std::move(predicate);
    invalidateFilter();
}

bool RecordProxy::filterAcceptsRow(int sourceRow, const QModelIndex &) const
{
    return !m_predicate || m_predicate(sourceRow);
}

bool RecordProxy::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const auto a = left.data(SortRole);
    const auto b = right.data(SortRole);
    if (a.isValid() != b.isValid()) // what has no value comes last in either order
        return (sortOrder() == Qt::AscendingOrder) == a.isValid();
    if (a == b)
        return left.row() < right.row();
    return QSortFilterProxyModel::lessThan(left, right);
}

} // namespace countersign
