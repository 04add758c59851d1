// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/workspaceview.h"

#include <QApplication>
#include <QDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/pages/inventory/importwizard.h"
#include "ui/pages/inventory/inventorypage.h"
#include "ui/pages/inventory/modeleditor.h"
#include "ui/pages/inventory/usagewizard.h"
#include "ui/pages/model/modelpage.h"
#include "ui/shell/dialogservice.h"
#include "ui/shell/page.h"
#include "ui/shell/pagelist.h"
#include "ui/shell/peopledialog.h"
#include "ui/shell/personeditor.h"
#include "ui/shell/roles.h"
#include "ui/shell/services.h"
#include "ui/shell/session.h"
#include "ui/shell/settings.h"
#include "ui/shell/signindialog.h"
#include "ui/shell/takeaway.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/filterbar.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

struct WorkspaceView::Private
{
    Private(const Services &given, std::unique_ptr<Workspace> workspace, Navigator &navigator)
        : services(given)
        , session(std::move(workspace))
        , context{session.workspace(), session.changes(), given.dialogs, given.jobs, navigator}
    {
    }

    const Services &services;
    Session session;
    Context context;
    QListWidget *navigation = nullptr;
    QStackedWidget *stack = nullptr;
    QLabel *organisation = nullptr;
    QLabel *file = nullptr;
    QPushButton *person = nullptr;
    Badge *integrity = nullptr;
    MessageBar *banner = nullptr;
    MessageBar *trouble = nullptr;
    MessageBar *opened = nullptr; ///< what the workspace did by itself
    std::set<ModelId> openedOn;   ///< where `opened` leads
    QString openedTab;
    QString openedItem;
    ModelPage *modelPage = nullptr;
    ModelId model;
};

WorkspaceView::WorkspaceView(const Services &services, std::unique_ptr<Workspace> workspace, QWidget *parent)
    : QWidget(parent)
    , m_d(std::make_unique<Private>(services, std::move(workspace), *this))
{
    auto *content = new QWidget(this);
    auto *column = new QVBoxLayout(content);
    m_d->stack = new QStackedWidget(content);
    m_d->banner = new MessageBar(content);
    m_d->banner->setClosable(false);
    m_d->trouble = new MessageBar(content);
    m_d->opened = new MessageBar(content);
    buildHeader();
    auto *header = new QHBoxLayout;
    header->addWidget(m_d->organisation);
    header->addWidget(m_d->file);
    header->addWidget(m_d->integrity);
    header->addStretch(1);
    header->addWidget(m_d->person);
    column->addLayout(header);
    column->addWidget(m_d->banner);
    column->addWidget(m_d->trouble);
    column->addWidget(m_d->opened);
    column->addWidget(m_d->stack, 1);

    buildNavigation();
    auto *splitter = new QSplitter(this);
    splitter->addWidget(m_d->navigation);
    splitter->addWidget(content);
    splitter->setStretchFactor(1, 1);
    splitter->setCollapsible(0, false);
    splitter->setCollapsible(1, false);
    splitter->setSizes({fontMetrics().averageCharWidth() * 27, fontMetrics().averageCharWidth() * 160});
    splitter->restoreState(services.settings.value(settings::navigationSplitter).toByteArray());
    connect(splitter, &QSplitter::splitterMoved, this,
            [this, splitter] { m_d->services.settings.setValue(settings::navigationSplitter, splitter->saveState()); });
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(splitter);

    auto &session = m_d->session;
    connect(&session.changes(), &ChangeNotifier::changed, this, &WorkspaceView::updateHeader);
    connect(&session.changes(), &ChangeNotifier::sessionChanged, this, &WorkspaceView::updateHeader);
    session.onUnusualTime([this](const QString &question) {
        auto *asking = QApplication::activeModalWidget();
        return m_d->context.dialogs.confirm(asking ? asking : this, tr("Is this computer's clock right?"), question,
                                            tr("The &date is right"));
    });
    connect(&session.changes(), &ChangeNotifier::changed, this,
            [this](const ChangeNotice &notice) { tellFollowUp(notice.followUp); });
    connect(m_d->opened, &MessageBar::activated, this, &WorkspaceView::showOpened);
    connect(&session, &Session::followUpFailed, m_d->trouble, &MessageBar::showError);
    connect(&session, &Session::refreshFailed, m_d->trouble, &MessageBar::showError);
    connect(&session, &Session::refreshWorks, m_d->trouble, &MessageBar::clear);
    connect(m_d->banner, &MessageBar::activated, this, [this] {
        if (m_d->context.workspace.readOnly())
            openPage(u"audit"_s);
        else
            signIn();
    });
    updateHeader();
    m_d->navigation->setCurrentRow(0);
}

WorkspaceView::~WorkspaceView()
{
    // The pages hold references into the session: they go before it.
    delete m_d->stack;
}

void WorkspaceView::buildNavigation()
{
    m_d->navigation = new QListWidget(this);
    auto *list = m_d->navigation;
    list->setAccessibleName(tr("Pages"));
    list->setFrameShape(QFrame::NoFrame);
    list->setIconSize(QSize(fontMetrics().height() * 6 / 5, fontMetrics().height() * 6 / 5));
    list->setMinimumWidth(fontMetrics().averageCharWidth() * 20);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list->setTextElideMode(Qt::ElideRight);
    list->setUniformItemSizes(true);
    for (const auto &entry : pageList()) {
        auto *page = entry.make(m_d->context, m_d->services.settings, m_d->stack);
        m_d->stack->addWidget(page);
        list->addItem(new QListWidgetItem(themedIcon(entry.icon), page->title()));
    }
    for (int row = 0; row < list->count(); ++row)
        list->item(row)->setSizeHint(QSize(0, fontMetrics().height() * 5 / 2));
    connect(list, &QListWidget::currentRowChanged, this, &WorkspaceView::showPage);
    updateNavigation();
}

void WorkspaceView::buildHeader()
{
    m_d->organisation = new QLabel(this);
    auto large = font();
    large.setPointSizeF(large.pointSizeF() * 1.25);
    large.setBold(true);
    m_d->organisation->setFont(large);
    m_d->organisation->setTextFormat(Qt::PlainText);
    m_d->file = new QLabel(this);
    m_d->file->setForegroundRole(QPalette::PlaceholderText);
    m_d->integrity = new Badge(this);
    m_d->person = new QPushButton(themedIcon(u"user"_s), {}, this);
    m_d->person->setFlat(true);
    auto *menu = new QMenu(m_d->person);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        menu->addAction(tr("&Sign in..."), this, &WorkspaceView::signIn);
        auto *out = menu->addAction(tr("Sign &out"), this, &WorkspaceView::signOut);
        out->setEnabled(m_d->context.workspace.user() != nullptr);
        menu->addSeparator();
        menu->addAction(tr("&People and roles..."), this, &WorkspaceView::showPeople);
    });
    m_d->person->setMenu(menu);
}

void WorkspaceView::updateHeader()
{
    const auto &workspace = m_d->context.workspace;
    m_d->organisation->setText(toQt(workspace.registry().organisation));
    m_d->file->setText(QFileInfo(toQt(workspace.path())).fileName());
    m_d->file->setToolTip(toQt(workspace.path()));

    const auto *user = workspace.user();
    const auto who = user ? tr("%1  (%2)").arg(toQt(user->fullName), rolesText(user->roles)) : tr("Nobody signed in");
    m_d->person->setText(who);
    m_d->person->setAccessibleName(tr("Signed in: %1").arg(who));
    m_d->person->setToolTip(tr("Sign in or out, people"));

    const auto &faults = workspace.verification().faults;
    m_d->integrity->setBadge(faults.empty() ? BadgeStyle{tr("Verified"), Theme::Colour::green, BadgeShape::circle}
                                            : BadgeStyle{tr("Broken"), Theme::Colour::red, BadgeShape::square});
    m_d->integrity->setToolTip(tr("What this desk has read of the log: %1")
                                   .arg(countText(workspace.registry().size, tr("entry"), tr("entries"))));
    if (!faults.empty())
        m_d->banner->showMessage(MessageBar::Kind::error,
                                 tr("This file does not verify and is open read-only: %1").arg(toQt(faults[0].text)),
                                 tr("See the &faults"));
    else if (workspace.readOnly())
        m_d->banner->showMessage(MessageBar::Kind::info,
                                 tr("Opened read-only: everything can be read and verified, nothing changed."));
    else if (!user)
        m_d->banner->showMessage(
            MessageBar::Kind::info,
            tr("Nobody is signed in: everything can be read. Sign in to change or sign something."), tr("&Sign in..."));
    else
        m_d->banner->clear();
    updateNavigation();
}

/// Says on every page what was written in the name of the person who sits here.
void WorkspaceView::tellFollowUp(const FollowUp &done)
{
    if (done.empty())
        return;
    constexpr qsizetype named = 3;
    const auto &registry = m_d->context.workspace.registry();
    const auto nameOfModel = [&](const ModelId &model) { return toQt(registry.models.at(model).name); };
    QStringList words;
    m_d->openedOn.clear();
    for (const auto &id : done.findings) {
        const auto &finding = registry.findings.at(id);
        words << tr("\"%1\" on %2").arg(toQt(finding.title), nameOfModel(finding.model));
        m_d->openedOn.insert(finding.model);
    }
    for (const auto &id : done.retrainings) {
        const auto &policy = registry.retrainings.at(id);
        words << nameOfModel(policy.model);
        m_d->openedOn.insert(policy.model);
    }
    const auto count = qint64(words.size());
    if (count > named)
        words = words.mid(0, named) << tr("%1 more").arg(countText(count - named));
    const auto list = words.join(u"; "_s);
    m_d->openedTab = done.findings.empty() ? u"registers"_s : u"overview"_s;
    m_d->openedItem = toQt(done.findings.empty() ? done.retrainings.front().str() : done.findings.front().str());
    m_d->opened->showMessage(
        MessageBar::Kind::warning,
        done.findings.empty()
            ? tr("Due by its policy and asked for, with your signature: the retraining of %1.").arg(list)
            : tr("Detected by the program and opened as %1, with your signature: %2.")
                  .arg(countText(count, tr("finding"), tr("findings")), list),
        tr("S&how"));
}

void WorkspaceView::showOpened()
{
    if (m_d->openedOn.size() == 1)
        openModel(*m_d->openedOn.begin(), m_d->openedTab, m_d->openedItem);
    else
        openInventory({tr("Just opened by the program"), m_d->openedOn});
    m_d->opened->clear();
}

void WorkspaceView::updateNavigation()
{
    auto *list = m_d->navigation;
    if (!m_d->modelPage)
        return;
    const auto &models = m_d->context.workspace.registry().models;
    if (const auto found = models.find(m_d->model); found != models.end()) {
        auto *item = list->item(list->count() - 1);
        item->setText(toQt(found->second.name));
        item->setToolTip(toQt(found->second.reference + " " + found->second.name));
    }
}

void WorkspaceView::showPage(int row)
{
    if (row < 0)
        return;
    m_d->stack->setCurrentIndex(row);
    Q_EMIT currentPageChanged();
}

void WorkspaceView::openModel(const ModelId &model, const QString &tab, const QString &item)
{
    if (!m_d->modelPage) {
        m_d->modelPage = new ModelPage(m_d->context, m_d->stack);
        m_d->stack->addWidget(m_d->modelPage);
        auto *line = new QListWidgetItem(themedIcon(u"model"_s), {}, m_d->navigation);
        line->setSizeHint(QSize(0, fontMetrics().height() * 5 / 2));
    }
    m_d->model = model;
    updateNavigation();
    m_d->modelPage->showModel(model, tab, item);
    m_d->navigation->setCurrentRow(m_d->navigation->count() - 1);
    m_d->modelPage->focusStart();
}

void WorkspaceView::openPage(const QString &id)
{
    for (int row = 0; row < m_d->stack->count(); ++row)
        if (auto *found = qobject_cast<Page *>(m_d->stack->widget(row)); found && found->pageId() == id) {
            m_d->navigation->setCurrentRow(row);
            found->focusStart();
        }
}

void WorkspaceView::openInventory(const ModelSelection &selection)
{
    if (auto *inventory = qobject_cast<InventoryPage *>(page(u"inventory"_s)))
        inventory->showSelection(selection);
    openPage(u"inventory"_s);
}

Context &WorkspaceView::context()
{
    return m_d->context;
}

Session &WorkspaceView::session()
{
    return m_d->session;
}

Page *WorkspaceView::currentPage() const
{
    return qobject_cast<Page *>(m_d->stack->currentWidget());
}

Page *WorkspaceView::page(const QString &id) const
{
    for (int row = 0; row < m_d->stack->count(); ++row)
        if (auto *found = qobject_cast<Page *>(m_d->stack->widget(row)); found && found->pageId() == id)
            return found;
    return nullptr;
}

void WorkspaceView::find()
{
    const auto visibleBar = [this]() -> FilterBar * {
        for (auto *bar : currentPage()->findChildren<FilterBar *>())
            if (bar->isVisible())
                return bar;
        return nullptr;
    };
    if (!visibleBar())
        openPage(u"inventory"_s);
    if (auto *bar = visibleBar())
        bar->focusSearch();
}

void WorkspaceView::openDialog(QDialog *dialog)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

/// Says why the signed-in person may not, before they fill in a form for nothing.
bool WorkspaceView::refusedFor(const char *factName, const QString &title)
{
    const auto why = m_d->context.workspace.whyNot(factName);
    if (why)
        m_d->services.dialogs.error(this, title, Error{ErrorCode::Forbidden, *why, {}});
    return why.has_value();
}

void WorkspaceView::signIn()
{
    openDialog(new SignInDialog(m_d->context, &m_d->services.settings, this));
}

void WorkspaceView::signOut()
{
    m_d->opened->clear();
    m_d->context.workspace.signOut();
    Q_EMIT m_d->context.changes.sessionChanged();
}

void WorkspaceView::enrol()
{
    if (!refusedFor("userEnrolled", tr("Enrol a person")))
        openDialog(new PersonEditor(m_d->context, std::nullopt, this));
}

void WorkspaceView::showPeople()
{
    openDialog(new PeopleDialog(m_d->context, this));
}

void WorkspaceView::registerModel()
{
    if (refusedFor("modelRegistered", tr("Register a model")))
        return;
    auto *editor = new ModelEditor(m_d->context, std::nullopt, this);
    connect(editor, &ModelEditor::saved, this, [this](const ModelId &model) { openModel(model); });
    openDialog(editor);
}

void WorkspaceView::importInventory()
{
    if (refusedFor("modelRegistered", tr("Import inventory")))
        return;
    auto *wizard = new ImportWizard(m_d->context, this);
    connect(wizard, &QDialog::accepted, this, [this] { openPage(u"inventory"_s); });
    openDialog(wizard);
}

void WorkspaceView::importUsage()
{
    if (!refusedFor("usageRecorded", tr("Import usage")))
        openDialog(new UsageWizard(m_d->context, this));
}

void WorkspaceView::exportEvidence()
{
    countersign::exportEvidence(m_d->context, this, *m_d->trouble);
}

void WorkspaceView::saveCheckpoint()
{
    countersign::saveCheckpoint(m_d->context, this, *m_d->trouble);
}

} // namespace countersign
