// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <optional>

#include "core/base/error.h"

class QWidget;

namespace countersign {

/// Every question the window asks outside its own pages. Tests answer in the person's place.
class DialogService
{
public:
    virtual ~DialogService() = default;
    virtual std::optional<QString> openFile(QWidget *parent, const QString &title, const QString &filter) = 0;
    /// Any number of files; none: the person cancelled.
    virtual QStringList openFiles(QWidget *parent, const QString &title, const QString &filter) = 0;
    virtual std::optional<QString> saveFile(QWidget *parent, const QString &title, const QString &suggestion,
                                            const QString &filter) = 0;
    virtual std::optional<QString> chooseFolder(QWidget *parent, const QString &title) = 0;
    virtual bool confirm(QWidget *parent, const QString &title, const QString &question, const QString &action) = 0;
    virtual void inform(QWidget *parent, const QString &title, const QString &text) = 0;
    /// Shows what went wrong and what to do; Cancelled is not shown.
    virtual void error(QWidget *parent, const QString &title, const Error &error) = 0;
};

} // namespace countersign
