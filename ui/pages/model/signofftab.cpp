// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/signofftab.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include "ui/pages/model/actiongate.h"
#include "ui/pages/model/requestdialog.h"
#include "ui/pages/model/requestrows.h"
#include "ui/pages/model/requestview.h"
#include "ui/pages/model/rowstable.h"
#include "ui/shell/context.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

SignOffTab::SignOffTab(Context &context, QWidget *parent)
    : ModelTab(context, parent)
    , m_request(new QPushButton(tr("Request &deployment…"), this))
    , m_whyNot(quietLabel(this))
    , m_empty(new EmptyState(u"sign"_s, tr("No sign-offs yet"),
                             tr("A deployment request gathers what a signer must see, and the signatures."),
                             tr("Request deployment…"), this))
    , m_filled(new QWidget(this))
    , m_requests(new RowsTable(tr("Deployment requests"), requestHeadings(), m_filled))
    , m_scroll(new QScrollArea(m_filled))
    , m_view(new RequestView(context))
    , m_gate(new ActionGate(context, m_whyNot, this))
{
    m_requests->setSelectionMode(QAbstractItemView::SingleSelection);
    m_requests->shareWidth({5});
    m_requests->setVisibleRows(1, 4);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setAccessibleName(tr("The selected request"));
    m_scroll->setWidget(m_view);
    auto *filled = new QVBoxLayout(m_filled);
    filled->setContentsMargins(0, 0, 0, 0);
    filled->addWidget(m_requests);
    filled->addWidget(m_scroll, 1);

    auto *actions = new QHBoxLayout;
    actions->addWidget(m_request);
    actions->addSpacing(12);
    actions->addWidget(m_whyNot, 1);
    actions->addStretch(); // so that the button keeps its size where there is nothing to say
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->addLayout(actions);
    layout->addWidget(m_filled, 1);
    layout->addWidget(m_empty, 1);

    m_gate->add(m_request, "deploymentRequested", [this] {
        return this->context().workspace.registry().versionsOf(modelId()).empty()
                   ? tr("Register a version first (tab Versions).")
                   : QString();
    });
    connect(m_request, &QPushButton::clicked, this,
            [this] { (new RequestDialog(this->context(), modelId(), {}, this))->open(); });
    connect(m_empty, &EmptyState::activated, m_request, &QPushButton::click);
    connect(m_requests, &RowsTable::currentKeyChanged, this, &SignOffTab::showRequest);
}

void SignOffTab::modelChanged()
{
    m_requests->clearSelection();
    m_scroll->ensureVisible(0, 0);
}

void SignOffTab::refresh()
{
    const auto rows = requestRows(context().workspace.registry(), modelId(), context().workspace.today());
    m_requests->setRows(rows);
    m_filled->setVisible(!rows.isEmpty());
    m_empty->setVisible(rows.isEmpty());
    m_gate->refresh();
    m_empty->setDisabledReason(m_request->isEnabled() ? QString() : m_request->toolTip());
    if (m_requests->currentKey().isEmpty())
        m_requests->selectFirst();
    else
        showRequest();
}

void SignOffTab::showRequest()
{
    const auto key = m_requests->currentKey();
    m_view->setVisible(!key.isEmpty());
    if (!key.isEmpty())
        m_view->showRequest(RequestId(toStd(key)));
}

void SignOffTab::select(const QString &request)
{
    if (m_requests->rows()->rowOf(request) >= 0)
        m_requests->select(request);
}

void SignOffTab::focusStart()
{
    m_filled->isVisible() ? m_requests->setFocus() : m_empty->setFocus();
}

} // namespace countersign
