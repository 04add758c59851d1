// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tablemenu.h"

#include <QMenu>
#include <QPushButton>

#include "ui/shell/theme.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/tr.h"

namespace countersign {

using namespace Qt::StringLiterals;

QPushButton *tableMenuButton(TableView *table, std::function<void()> exportShown, QWidget *parent)
{
    auto *button = new QPushButton(themedIcon(u"columns"_s, parent), tr("Ta&ble"), parent);
    button->setAccessibleName(tr("Columns, copy and export of the table"));
    auto *menu = new QMenu(button);
    menu->addMenu(table->columnsMenu())->setText(tr("Col&umns"));
    menu->addAction(tr("&Copy as text"), table, &TableView::copy);
    menu->addAction(tr("&Export what is shown as CSV..."), table, std::move(exportShown));
    button->setMenu(menu);
    return button;
}

} // namespace countersign
