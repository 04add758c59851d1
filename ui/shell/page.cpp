// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/page.h"

#include <QPushButton>

#include "ui/shell/context.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/tableview.h"

namespace countersign {

void Page::keepFresh(Context &context, std::function<void()> reload)
{
    m_reload = std::move(reload);
    connect(&context.changes, &ChangeNotifier::changed, this, [this] {
        m_stale = true;
        if (isVisible())
            refreshStale();
    });
}

void Page::refreshStale()
{
    if (m_reload && std::exchange(m_stale, false))
        m_reload();
}

void Page::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refreshStale();
}

void Page::startAt(TableView &table, EmptyState &empty)
{
    if (table.isVisibleTo(this))
        table.start();
    else
        empty.button()->setFocus();
}

} // namespace countersign
