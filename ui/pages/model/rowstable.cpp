// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/rowstable.h"

#include <QHeaderView>

#include <algorithm>

#include "ui/models/badgedelegate.h"

namespace countersign {

RowsTable::RowsTable(const QString &accessibleName, const QStringList &headings, QWidget *parent)
    : TableView(accessibleName, parent)
    , m_rows(new RowsModel(headings, this))
    , m_proxy(new RecordProxy(m_rows, this))
{
    m_proxy->sort(-1);
    setModel(m_proxy);
    setItemDelegate(new BadgeDelegate(this));
    horizontalHeader()->setSortIndicatorClearable(true);
    horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    connect(selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] { Q_EMIT currentKeyChanged(); });
}

void RowsTable::setRows(const QList<Row> &rows)
{
    m_rows->setRows(rows);
    if (m_most > 0)
        setFixedHeight(heightOf(std::clamp(m_proxy->rowCount(), m_least, m_most)));
    shareAgain();
    grow();
}

QString RowsTable::currentKey() const
{
    return selectedKeys().value(0);
}

QStringList RowsTable::selectedKeys() const
{
    auto selected = selectionModel()->selectedRows();
    std::sort(selected.begin(), selected.end(),
              [](const QModelIndex &one, const QModelIndex &other) { return one.row() < other.row(); });
    QStringList keys;
    for (const auto &index : std::as_const(selected))
        keys << index.data(KeyRole).toString();
    return keys;
}

void RowsTable::select(const QString &key)
{
    const auto row = m_rows->rowOf(key);
    const auto index = row < 0 ? QModelIndex() : m_proxy->mapFromSource(m_rows->index(row, 0));
    if (!index.isValid()) {
        clearSelection();
        return;
    }
    setCurrentIndex(index);
    selectionModel()->select(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    scrollTo(index);
}

void RowsTable::selectFirst()
{
    if (m_proxy->rowCount() > 0)
        select(m_proxy->index(0, 0).data(KeyRole).toString());
}

void RowsTable::setVisibleRows(int least, int most)
{
    m_least = least;
    m_most = most;
    setRows(m_rows->rows());
}

void RowsTable::setWrapping()
{
    setWordWrap(true);
    setTextElideMode(Qt::ElideNone);
    verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
}

void RowsTable::setGrowing(bool growing)
{
    m_growing = growing;
    setVerticalScrollBarPolicy(growing ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
    grow();
}

void RowsTable::grow()
{
    if (!m_growing)
        return;
    resizeRowsToContents();
    const auto height = horizontalHeader()->sizeHint().height() + verticalHeader()->length() + 2 * frameWidth() + 2;
    if (height != minimumHeight())
        setFixedHeight(height);
}

void RowsTable::resizeEvent(QResizeEvent *event)
{
    TableView::resizeEvent(event);
    grow();
}

QSize RowsTable::sizeHint() const
{
    return {TableView::sizeHint().width(), heightOf(std::max(3, m_least))};
}

QSize RowsTable::minimumSizeHint() const
{
    return {160, heightOf(std::max(1, m_least))};
}

int RowsTable::heightOf(int rowCount) const
{
    const auto rowHeight = verticalHeader()->defaultSectionSize();
    const auto headingHeight = horizontalHeader()->isHidden() ? 0 : horizontalHeader()->sizeHint().height();
    return headingHeight + rowCount * rowHeight + 2 * frameWidth() + 2;
}

} // namespace countersign
