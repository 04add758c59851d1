// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/model/rowsmodel.h"
#include "ui/widgets/tableview.h"

namespace countersign {

/// A TableView on a RowsModel, sorted by what the cells say to sort by, spoken of by the keys of its rows.
class RowsTable : public TableView
{
    Q_OBJECT

public:
    RowsTable(const QString &accessibleName, const QStringList &headings, QWidget *parent = nullptr);

    [[nodiscard]] RowsModel *rows() const { return m_rows; }
    [[nodiscard]] RecordProxy *proxy() const { return m_proxy; }
    void setRows(const QList<Row> &rows);
    [[nodiscard]] QString currentKey() const;       ///< of the first selected row, or nothing
    [[nodiscard]] QStringList selectedKeys() const; ///< in the order shown
    void select(const QString &key);                ///< an unknown key selects nothing
    void selectFirst();
    /// As high as its rows, at least `least` and at most `most` of them, instead of scrolling inside a scrolling page.
    void setVisibleRows(int least, int most);
    /// Text wraps within its column instead of being cut, and rows are as high as it needs.
    void setWrapping();
    /// As high as all its rows whatever their heights, for rows whose text wraps.
    void setGrowing(bool growing);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void currentKeyChanged();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] int heightOf(int rowCount) const;
    void grow();

    RowsModel *m_rows;
    RecordProxy *m_proxy;
    bool m_growing = false;
    int m_least = 0;
    int m_most = 0;
};

} // namespace countersign
