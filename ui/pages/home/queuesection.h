// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAbstractItemModel;
class QPushButton;
class QStackedWidget;

namespace countersign {

class EmptyState;
class SectionHeader;
class TableView;

/// One list of the Home page: its title, the table, or in its place why it is empty.
class QueueSection : public QWidget
{
    Q_OBJECT

public:
    QueueSection(const QString &title, const QString &icon, QAbstractItemModel *rows, QWidget *parent = nullptr);
    /// After the rows were set: shows the table or the reason, and the count.
    void follow(const QString &emptyTitle, const QString &emptySentence, const QString &button = {});
    [[nodiscard]] TableView *table() const { return m_table; }
    [[nodiscard]] EmptyState *empty() const { return m_empty; }
    [[nodiscard]] int rows() const;
    void focusTable();
    /// A button at the right of the title.
    QPushButton *addAction(const QString &text);

private:
    SectionHeader *m_header;
    TableView *m_table;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
    bool m_fitted = false;
};

} // namespace countersign
