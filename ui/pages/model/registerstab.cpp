// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/registerstab.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QStackedWidget>

#include "ui/pages/model/registerpanel.h"

using namespace Qt::StringLiterals;

namespace countersign {

RegistersTab::RegistersTab(Context &context, QWidget *parent)
    : ModelTab(context, parent)
    , m_list(new QListWidget(this))
    , m_stack(new QStackedWidget(this))
{
    m_list->setAccessibleName(tr("Registers"));
    m_list->setUniformItemSizes(true);
    m_list->setFixedWidth(fontMetrics().averageCharWidth() * 24);
    m_list->setFrameShape(QFrame::NoFrame);
    for (auto &kind : registerKinds(context)) {
        m_list->addItem(kind.title);
        m_stack->addWidget(new RegisterPanel(context, kind, m_stack));
    }
    for (int at = 0; at < m_list->count(); ++at)
        m_list->item(at)->setSizeHint(QSize(0, fontMetrics().height() * 2));
    m_list->setCurrentRow(0);
    connect(m_list, &QListWidget::currentRowChanged, m_stack, &QStackedWidget::setCurrentIndex);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 12, 12, 8);
    row->setSpacing(16);
    row->addWidget(m_list);
    row->addWidget(m_stack, 1);
}

RegisterPanel *RegistersTab::panel(int at) const
{
    return static_cast<RegisterPanel *>(m_stack->widget(at));
}

void RegistersTab::refresh()
{
    for (int at = 0; at < m_stack->count(); ++at) {
        panel(at)->showModel(modelId());
        const auto open = panel(at)->openCount();
        const auto &title = panel(at)->kind().title;
        m_list->item(at)->setText(open == 0 ? title : tr("%1 (%2)").arg(title).arg(open));
    }
}

void RegistersTab::select(const QString &record)
{
    for (int at = 0; at < m_stack->count(); ++at)
        if (panel(at)->kind().id == record || panel(at)->select(record)) {
            m_list->setCurrentRow(at);
            return;
        }
}

void RegistersTab::focusStart()
{
    m_list->setFocus();
}

} // namespace countersign
