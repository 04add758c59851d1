// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>
#include <QVariant>

class QSettings;

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

public Q_SLOTS:
    void copy();

Q_SIGNALS:
    void opened(const QModelIndex &index); ///< Enter or a double click

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void saveLayout() const;
    void beforeReset();
    void afterReset();

    QSettings *m_settings = nullptr;
    QString m_key;
    QVariant m_currentKey; ///< of the row to come back to after a reset
    int m_scrolledTo = 0;
};

} // namespace countersign
