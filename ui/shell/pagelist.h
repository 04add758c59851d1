// SPDX-License-Identifier: GPL-3.0-or-later
//
// The one place to add a page.
#pragma once

#include <QList>
#include <QString>
#include <functional>

class QSettings;
class QWidget;

namespace countersign {

struct Context;
class Page;

struct PageEntry
{
    QString id; ///< as Page::pageId; the command "view.<id>" goes there
    QString icon;
    std::function<Page *(Context &, QSettings &, QWidget *parent)> make;
};

/// In the order of the navigation. The Model page comes after these and is made when a model is opened.
[[nodiscard]] const QList<PageEntry> &pageList();

} // namespace countersign
