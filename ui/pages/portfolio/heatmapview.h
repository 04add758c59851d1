// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

#include <vector>

#include "ui/models/heatmapmodel.h"
#include "ui/widgets/columnwidths.h"

namespace countersign {

/// The heatmap as a table: arrow keys go from cell to cell, Enter or a double click opens the models behind one.
class HeatmapView : public QTableView
{
    Q_OBJECT

public:
    HeatmapView(HeatmapModel *model, const QString &accessibleName, QWidget *parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

public Q_SLOTS:
    /// The whole table with its headings as tab-separated text.
    void copy();
    /// Takes new room for the rows after the model changed.
    void fit();

Q_SIGNALS:
    void opened(const QModelIndex &index);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] int labelWidth() const;
    [[nodiscard]] int leastWidth() const;
    /// All alike, but for headings whose words ask for more.
    [[nodiscard]] std::vector<ColumnNeed> columnNeeds() const;
    void shareWidth();

    HeatmapModel *m_model;
};

} // namespace countersign
