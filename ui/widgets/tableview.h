// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>
#include <QVariant>

#include <vector>

#include "ui/widgets/columnwidths.h"

class QSettings;
class QTimer;

namespace countersign {

/// The table of the product: whole rows, sortable, columns to choose and move, copy as TSV, Enter opens.
class TableView : public QTableView
{
    Q_OBJECT

public:
    explicit TableView(const QString &accessibleName, QWidget *parent = nullptr);

    /// The current row and the place scrolled to survive a reset of models that know KeyRole.
    void setModel(QAbstractItemModel *model) override;

    /// Takes the keyboard, on the first row where none is current.
    void start();
    /// A menu of the columns on the header's context menu and for a button; column `always` cannot be hidden.
    [[nodiscard]] QMenu *columnsMenu(int always = 0);
    /// The selected rows (all rows when none is) as tab-separated text with the heading, as they are shown.
    [[nodiscard]] QString selectionAsText() const;
    /// Keeps widths, order, sorting and hidden columns under `key`.
    void remember(QSettings *settings, const QString &key);
    /// Widths from the longest of heading and the first rows, at most `most` average characters wide.
    void fitColumns(int most = 40);
    /// The columns fill the table whatever its width: all as wide as their contents, the @p elastic ones, whose text
    /// may be cut or wrap, taking what is left and giving way first. Ends when a width is set by hand. Needs the model.
    void shareWidth(const QList<int> &elastic);

public Q_SLOTS:
    void copy();

Q_SIGNALS:
    void opened(const QModelIndex &index); ///< Enter or a double click

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    /// Measures the contents again and shares the width.
    void shareAgain();

private:
    void saveLayout() const;
    void measure();
    void share();
    void sectionResized(int before, int now);
    void beforeReset();
    void afterReset();

    QSettings *m_settings = nullptr;
    QString m_key;
    QList<int> m_elastic;
    std::vector<ColumnNeed> m_needs; ///< of each column; they only grow, so that a filter does not move the columns
    QTimer *m_again = nullptr;       ///< contents have changed
    bool m_sharing = false;
    bool m_byHand = false; ///< a width was set by hand
    QVariant m_currentKey; ///< of the row to come back to after a reset
    int m_scrolledTo = 0;
};

} // namespace countersign
