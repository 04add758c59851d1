// SPDX-License-Identifier: GPL-3.0-or-later
//
// A table over values: each row is a record, each column a function of it. Ten thousand rows cost nothing until shown.
#pragma once

#include <QAbstractTableModel>
#include <QFont>
#include <QSortFilterProxyModel>
#include <functional>
#include <utility>
#include <vector>

#include "ui/widgets/badge.h"
#include "ui/widgets/itemroles.h"
#include "ui/widgets/sparkline.h"

namespace countersign {

/// Built as RecordColumn<T>(title, text).sortedBy(...).asBadge(...).
template <class Record>
struct RecordColumn
{
    template <class R>
    using Function = std::function<R(const Record &)>;

    RecordColumn(QString heading, Function<QString> shown)
        : title(std::move(heading))
        , text(std::move(shown))
    {
    }
    RecordColumn &sortedBy(Function<QVariant> value) { return sort = std::move(value), *this; }
    RecordColumn &asBadge(Function<BadgeStyle> style) { return badge = std::move(style), *this; }
    RecordColumn &asSparkline(Function<Sparkline> course) { return sparkline = std::move(course), *this; }
    RecordColumn &withToolTip(Function<QString> words) { return toolTip = std::move(words), *this; }
    RecordColumn &asNumber() { return number = true, *this; }

    QString title;
    Function<QString> text;
    Function<QVariant> sort;       ///< absent: by the text
    Function<BadgeStyle> badge;    ///< absent: plain text
    Function<Sparkline> sparkline; ///< absent: none
    Function<QString> toolTip;     ///< absent: the text
    bool number = false;           ///< aligned right
};

template <class Record>
class RecordModel final : public QAbstractTableModel
{
public:
    using Key = std::function<QString(const Record &)>;

    RecordModel(std::vector<RecordColumn<Record>> columns, Key key, QObject *parent = nullptr)
        : QAbstractTableModel(parent)
        , m_columns(std::move(columns))
        , m_key(std::move(key))
    {
    }

    /// Rows with the same keys in the same order are changed in place; anything else resets the model.
    void setRecords(std::vector<Record> records)
    {
        const bool same = records.size() == m_records.size() &&
                          std::equal(records.begin(), records.end(), m_records.begin(),
                                     [this](const Record &a, const Record &b) { return m_key(a) == m_key(b); });
        if (same) {
            m_records = std::move(records);
            if (!m_records.empty())
                Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        } else {
            beginResetModel();
            m_records = std::move(records);
            endResetModel();
        }
    }

    [[nodiscard]] const std::vector<Record> &records() const { return m_records; }
    [[nodiscard]] const Record &record(int row) const { return m_records.at(static_cast<std::size_t>(row)); }
    /// Of a source index, or of one of any proxy chain above this model; null for an invalid one.
    [[nodiscard]] const Record *recordAt(QModelIndex index) const
    {
        while (const auto *proxy = qobject_cast<const QAbstractProxyModel *>(index.model()))
            index = proxy->mapToSource(index);
        return index.isValid() ? &record(index.row()) : nullptr;
    }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_records.size());
    }
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
    }
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
            return QAbstractTableModel::headerData(section, orientation, role);
        const auto &column = m_columns[static_cast<std::size_t>(section)];
        if (role == Qt::TextAlignmentRole && column.number)
            return QVariant(Qt::AlignVCenter | Qt::AlignRight);
        return role == Qt::DisplayRole ? QVariant(column.title) : QVariant();
    }
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override
    {
        if (!checkIndex(index, CheckIndexOption::IndexIsValid))
            return {};
        const auto &column = m_columns[static_cast<std::size_t>(index.column())];
        const auto &record = m_records[static_cast<std::size_t>(index.row())];
        switch (role) {
        case Qt::DisplayRole:
        case Qt::AccessibleTextRole:
            return column.text(record);
        case Qt::ToolTipRole:
            return column.toolTip ? column.toolTip(record) : column.text(record);
        case Qt::TextAlignmentRole:
            return QVariant(Qt::AlignVCenter | (column.number ? Qt::AlignRight : Qt::AlignLeft));
        case SortRole:
            return column.sort ? column.sort(record) : QVariant(column.text(record));
        case BadgeRole:
            return column.badge ? QVariant::fromValue(column.badge(record)) : QVariant();
        case SparklineRole:
            return column.sparkline ? QVariant::fromValue(column.sparkline(record)) : QVariant();
        case KeyRole:
            return m_key(record);
        default:
            return {};
        }
    }

private:
    std::vector<RecordColumn<Record>> m_columns;
    Key m_key;
    std::vector<Record> m_records;
};

/// Sorts by SortRole and shows the rows for which the predicate holds.
class RecordProxy : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit RecordProxy(QAbstractItemModel *source, QObject *parent = nullptr);
    /// Called with rows of the source. Set again when what it looks at has changed.
    void setPredicate(std::function<bool(int sourceRow)> predicate);

protected:
    [[nodiscard]] bool filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const override;
    [[nodiscard]] bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    std::function<bool(int)> m_predicate;
};

} // namespace countersign

Q_DECLARE_METATYPE(countersign::BadgeStyle)
