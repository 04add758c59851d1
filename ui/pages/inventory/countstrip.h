// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "ui/widgets/badge.h"

class QHBoxLayout;
class QLabel;
class QToolButton;

namespace countersign {

/// Counts by tier or stage in one line; pressing one filters by it, pressing it again shows all.
class CountStrip : public QWidget
{
    Q_OBJECT

public:
    struct Item
    {
        QVariant value;
        BadgeStyle badge;
        qint64 count = 0;
    };

    explicit CountStrip(const QString &title, QWidget *parent = nullptr);
    void setItems(const QList<Item> &items);
    /// Marks the one that is filtered by; an invalid value marks none.
    void setChosen(const QVariant &value);

Q_SIGNALS:
    void chosen(const QVariant &value); ///< invalid: all

private:
    QHBoxLayout *m_row;
    QLabel *m_label;
    QList<Item> m_items;
    QList<QToolButton *> m_buttons;
    QVariant m_chosen;
};

} // namespace countersign
