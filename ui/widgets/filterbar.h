// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QComboBox;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QToolButton;

namespace countersign {

/// A search box (Ctrl+F goes there, Esc empties it), combo filters, what is shown of how many, and "clear".
class FilterBar : public QWidget
{
    Q_OBJECT

public:
    explicit FilterBar(const QString &placeholder, QWidget *parent = nullptr);

    /// Adds a combo whose first line is `all` ("All stages"). The caller fills it with setChoices.
    QComboBox *addFilter(const QString &accessibleName, const QString &all);
    /// Replaces the choices after the first line and keeps the chosen one where it is still there.
    /// (text shown, value); the value is the item's user data, invalid for "all".
    static void setChoices(QComboBox *filter, const QList<QPair<QString, QVariant>> &choices);
    /// Any further widget, at the right of the filters.
    void addWidget(QWidget *widget);
    void setShown(qint64 shown, qint64 total);
    [[nodiscard]] QString text() const;
    void setText(const QString &text);
    [[nodiscard]] QLineEdit *searchBox() const { return m_search; }
    [[nodiscard]] bool isActive() const; ///< something is filtered

public Q_SLOTS:
    void focusSearch();
    void clear();

Q_SIGNALS:
    void changed(); ///< the text or one of the filters

private:
    void follow();

    QHBoxLayout *m_row;
    QLineEdit *m_search;
    QList<QComboBox *> m_filters;
    QLabel *m_shown;
    QToolButton *m_clear;
};

} // namespace countersign
