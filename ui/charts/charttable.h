// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a chart shows, as a table: its text alternative and its CSV export are the same rows.
#pragma once

#include <QAbstractTableModel>
#include <QByteArray>
#include <QStringList>
#include <QVariantList>

namespace countersign {

/// Cells are QString, double, quint64, or empty.
struct ChartTable
{
    QStringList columns;
    QList<QVariantList> rows;
};

/// RFC 4180, UTF-8. Doubles read back exactly; text that a spreadsheet would take for a formula gets a leading
/// apostrophe, as in every CSV of the product.
[[nodiscard]] QByteArray toCsv(const ChartTable &table);

/// Numbers in short form, right-aligned.
class ChartTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;
    void setTable(ChartTable table);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    ChartTable m_table;
};

} // namespace countersign
