// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/charttable.h"

#include <QLocale>

#include "core/base/decimal.h"

namespace countersign {

using namespace Qt::StringLiterals;

namespace {

bool isNumber(const QVariant &cell)
{
    return cell.typeId() == QMetaType::Double || cell.typeId() == QMetaType::ULongLong;
}

QString csvText(const QVariant &cell)
{
    if (cell.typeId() == QMetaType::Double)
        return QString::fromStdString(decimalFromDouble(cell.toDouble()));
    QString text = cell.toString();
    if (isNumber(cell))
        return text;
    if (!text.isEmpty() && u"=+-@\t\r"_s.contains(text.front()))
        text.prepend(u'\'');
    if (text.contains(u',') || text.contains(u'"') || text.contains(u'\n') || text.contains(u'\r'))
        return u'"' + text.replace(u"\""_s, u"\"\""_s) + u'"';
    return text;
}

} // namespace

QByteArray toCsv(const ChartTable &table)
{
    QString csv;
    const auto append = [&csv](const auto &cells) {
        QStringList texts;
        for (const auto &cell : cells)
            texts << csvText(QVariant(cell));
        csv += texts.join(u',') + u"\r\n"_s;
    };
    append(table.columns);
    for (const QVariantList &row : table.rows)
        append(row);
    return csv.toUtf8();
}

void ChartTableModel::setTable(ChartTable table)
{
    beginResetModel();
    m_table = std::move(table);
    endResetModel();
}

int ChartTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_table.rows.size());
}

int ChartTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_table.columns.size());
}

QVariant ChartTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const QVariant cell = m_table.rows.at(index.row()).value(index.column());
    switch (role) {
    case Qt::DisplayRole:
        if (cell.typeId() == QMetaType::Double)
            return QString::number(cell.toDouble(), 'g', 5);
        if (cell.typeId() == QMetaType::ULongLong)
            return QLocale().toString(cell.toULongLong());
        return cell;
    case Qt::ToolTipRole:
        return cell.typeId() == QMetaType::Double ? QVariant(csvText(cell)) : cell;
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment(isNumber(cell) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant ChartTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole)
        return {};
    return orientation == Qt::Horizontal ? QVariant(m_table.columns.value(section)) : QVariant(section + 1);
}

} // namespace countersign
