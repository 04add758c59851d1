// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/modelpage.h"

#include <QTabWidget>
#include <QVBoxLayout>

#include "ui/pages/model/historytab.h"
#include "ui/pages/model/modelheader.h"
#include "ui/pages/model/monitoringtab.h"
#include "ui/pages/model/overviewtab.h"
#include "ui/pages/model/registerstab.h"
#include "ui/pages/model/signofftab.h"
#include "ui/pages/model/tiertab.h"
#include "ui/pages/model/versionstab.h"
#include "ui/shell/context.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

ModelPage::ModelPage(Context &context, QWidget *parent)
    : Page(parent)
    , m_context(context)
    , m_header(new ModelHeader(this))
    , m_tabs(new QTabWidget(this))
    , m_nothing(new EmptyState(u"model"_s, tr("No model is chosen"), tr("Choose one in the inventory."),
                               tr("Open the inventory"), this))
    , m_monitoring(new MonitoringTab(context, this))
{
    addTab(new OverviewTab(context, this), u"overview"_s, tr("&Overview"));
    addTab(new VersionsTab(context, this), u"versions"_s, tr("&Versions"));
    addTab(new TierTab(context, this), u"tier"_s, tr("&Tier"));
    addTab(m_monitoring, u"monitoring"_s, tr("&Monitoring"));
    addTab(new SignOffTab(context, this), u"signoffs"_s, tr("&Sign-offs"));
    addTab(new RegistersTab(context, this), u"registers"_s, tr("&Registers"));
    addTab(new HistoryTab(context, this), u"history"_s, tr("&History"));
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Parts of the model"));

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_tabs, 1);
    layout->addWidget(m_nothing, 1);

    connect(m_tabs, &QTabWidget::currentChanged, this, &ModelPage::refreshTab);
    connect(m_header, &ModelHeader::tabWanted, this, &ModelPage::openTab);
    connect(m_nothing, &EmptyState::activated, this, [this] { m_context.navigator.openPage(u"inventory"_s); });
    connect(&context.changes, &ChangeNotifier::changed, this, &ModelPage::refresh);
    connect(&context.changes, &ChangeNotifier::sessionChanged, this, &ModelPage::refresh);
    refresh();
}

void ModelPage::addTab(QWidget *tab, const QString &id, const QString &text)
{
    tab->setObjectName(id);
    m_tabs->addTab(tab, text);
}

QString ModelPage::pageId() const
{
    return u"model"_s;
}

QString ModelPage::title() const
{
    const auto &models = m_context.workspace.registry().models;
    const auto found = models.find(m_model);
    return found == models.end() ? tr("Model") : toQt(found->second.name);
}

void ModelPage::focusStart()
{
    if (auto *tab = qobject_cast<ModelTab *>(m_tabs->currentWidget()))
        tab->focusStart();
    else
        m_tabs->currentWidget()->setFocus();
}

void ModelPage::showModel(const ModelId &model, const QString &tab, const QString &item)
{
    m_model = model;
    openTab(tab);
    refresh();
    if (item.isEmpty())
        return;
    if (auto *shown = qobject_cast<ModelTab *>(m_tabs->currentWidget()))
        shown->select(item);
    else
        m_monitoring->selectRun(RunId(toStd(item)));
}

QString ModelPage::currentTab() const
{
    return m_tabs->currentWidget()->objectName();
}

void ModelPage::openTab(const QString &id)
{
    for (int at = 0; at < m_tabs->count(); ++at)
        if (m_tabs->widget(at)->objectName() == id)
            m_tabs->setCurrentIndex(at);
}

void ModelPage::refresh()
{
    const auto &workspace = m_context.workspace;
    const auto found = workspace.registry().models.find(m_model);
    const bool known = found != workspace.registry().models.end();
    m_header->setVisible(known);
    m_tabs->setVisible(known);
    m_nothing->setVisible(!known);
    if (!known)
        return;
    m_header->show(workspace.policy(), workspace.registry(), found->second, workspace.today());
    refreshTab();
}

void ModelPage::refreshTab()
{
    if (!m_context.workspace.registry().models.contains(m_model))
        return;
    if (auto *tab = qobject_cast<ModelTab *>(m_tabs->currentWidget()))
        tab->showModel(m_model);
    else
        m_monitoring->showModel(m_model);
}

} // namespace countersign
