// SPDX-License-Identifier: GPL-3.0-or-later
//
// What every page must hold for people who cannot see the screen or use a mouse.
#pragma once

#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QStringList>
#include <QWidget>

namespace countersign::test {

/// Controls in sight that take the keyboard but have no name to read out, as "class objectName".
inline QString unnamedControls(QWidget *root)
{
    QStringList found;
    for (auto *widget : root->findChildren<QWidget *>()) {
        if (!widget->isVisibleTo(root) || !(widget->focusPolicy() & Qt::TabFocus) ||
            widget->objectName().startsWith(QLatin1String("qt_")))
            continue;
        const auto *parent = widget->parentWidget();
        const bool partOfControl =
            qobject_cast<const QComboBox *>(parent) || qobject_cast<const QAbstractSpinBox *>(parent) ||
            qobject_cast<const QHeaderView *>(widget) ||
            (parent && qobject_cast<const QAbstractScrollArea *>(parent) &&
             qobject_cast<const QAbstractScrollArea *>(parent)->viewport() == widget) ||
            parent->inherits("QComboBoxPrivateContainer") || parent->inherits("QCalendarWidget") ||
            parent->inherits("QCalendarPopup") || widget->window()->inherits("QCalendarPopup");
        if (partOfControl)
            continue;
        auto *accessible = QAccessible::queryAccessibleInterface(widget);
        if (!accessible || accessible->text(QAccessible::Name).trimmed().isEmpty())
            found << QLatin1String(widget->metaObject()->className()) + QLatin1Char(' ') + widget->objectName();
    }
    return found.join(QLatin1String("; "));
}

} // namespace countersign::test
