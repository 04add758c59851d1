// SPDX-License-Identifier: GPL-3.0-or-later
//
// How tests find what a person would see: a control by its name, a button by its words, words anywhere.
#pragma once

#include <QLabel>
#include <QPushButton>
#include <QString>
#include <QWidget>

namespace countersign::test {

/// The control of that accessible name, or null.
template <class T>
T *named(QWidget *root, const QString &accessibleName)
{
    for (auto *candidate : root->findChildren<T *>())
        if (candidate->accessibleName() == accessibleName)
            return candidate;
    return nullptr;
}

/// The push button with these words on it, its mnemonic left out, or null.
inline QPushButton *button(QWidget *root, const QString &text)
{
    for (auto *candidate : root->findChildren<QPushButton *>())
        if (candidate->text().remove(QLatin1Char('&')) == text)
            return candidate;
    return nullptr;
}

/// Whether a label in sight holds these words.
inline bool says(QWidget *root, const QString &text)
{
    for (const auto *label : root->findChildren<QLabel *>())
        if (label->isVisibleTo(root) && label->text().contains(text))
            return true;
    return false;
}

} // namespace countersign::test
