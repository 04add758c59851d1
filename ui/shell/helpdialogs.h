// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace countersign {

/// Every shortcut of the window, from the command list.
class KeyboardDialog : public QDialog
{
    Q_OBJECT

public:
    explicit KeyboardDialog(QWidget *parent);
};

class AboutDialog : public QDialog
{
    Q_OBJECT

public:
    explicit AboutDialog(QWidget *parent);
};

} // namespace countersign
