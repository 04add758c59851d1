// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/policy/policypage.h"

#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>

#include "core/policy/builtinpacks.h"
#include "core/policy/packdifferences.h"
#include "core/report/reports.h"
#include "core/workspace/importer.h"
#include "ui/models/badgedelegate.h"
#include "ui/models/policyrows.h"
#include "ui/pages/policy/drafteditor.h"
#include "ui/pages/policy/policyreader.h"
#include "ui/pages/policy/proposalview.h"
#include "ui/shell/context.h"
#include "ui/shell/dialogservice.h"
#include "ui/shell/reportmenu.h"
#include "ui/shell/settings.h"
#include "ui/shell/takeaway.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/sectionheader.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

struct PolicyPage::Private
{
    explicit Private(Context &given)
        : context(given)
    {
    }

    Context &context;
    QSettings *settings = nullptr;
    Hash256 shown; ///< digest of the policy in the reader
    MessageBar *message = nullptr;
    QTabWidget *tabs = nullptr;
    SectionHeader *forceHeader = nullptr;
    PolicyReader *reader = nullptr;
    QPushButton *newDraft = nullptr;
    QStackedWidget *draftStack = nullptr;
    EmptyState *noDraft = nullptr;
    DraftEditor *editor = nullptr;
    RecordModel<PolicyVersionRow> *versionRows = nullptr;
    RecordModel<FieldChange> *changeRows = nullptr;
    TableView *versions = nullptr;
    TableView *changes = nullptr;
    ProposalView *proposals = nullptr;
    SectionHeader *changeHeader = nullptr;
    QPushButton *fromVersion = nullptr;
    QPushButton *saveVersion = nullptr;
};

namespace {

enum PolicyTab { ForceTab, DraftTab, VersionsTab, ProposalsTab };

} // namespace

PolicyPage::PolicyPage(Context &context, QSettings *settings, QWidget *parent)
    : Page(parent)
    , m_d(std::make_unique<Private>(context))
{
    m_d->settings = settings;
    m_d->message = new MessageBar(this);
    m_d->tabs = new QTabWidget(this);
    m_d->tabs->setAccessibleName(tr("Policy"));
    m_d->tabs->setDocumentMode(true);
    m_d->tabs->addTab(buildForce(), tr("In force"));
    m_d->tabs->addTab(buildDraft(), tr("Draft"));
    m_d->tabs->addTab(buildVersions(), tr("Versions"));
    m_d->proposals = new ProposalView(context, m_d->tabs);
    m_d->tabs->addTab(m_d->proposals, tr("Proposals"));
    connect(m_d->proposals, &ProposalView::published, this, &PolicyPage::sayInForce);
    buildDraftMenu();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_d->message);
    column->addWidget(m_d->tabs, 1);
    connect(&context.changes, &ChangeNotifier::sessionChanged, this, &PolicyPage::refreshDraft);
    connect(&context.changes, &ChangeNotifier::sessionChanged, this, &PolicyPage::showProposals);
    restoreDraft();
    keepFresh(context, [this] {
        showForce();
        refreshDraft();
        showProposals();
    });
}

PolicyPage::~PolicyPage() = default;

QWidget *PolicyPage::buildForce()
{
    auto *tab = new QWidget(m_d->tabs);
    m_d->forceHeader = new SectionHeader(tr("Policy in force"), tab);
    m_d->newDraft = m_d->forceHeader->addAction(tr("&New draft"), u"edit"_s);
    m_d->forceHeader->addWidget(new ReportMenu(
        m_d->context, tr("Take awa&y"), [this] { return policyReport(m_d->context.workspace.policy()); },
        [this] {
            const auto &policy = m_d->context.workspace.policy();
            return u"policy-%1-%2"_s.arg(toQt(policy.id)).arg(policy.version);
        },
        *m_d->message, tab));
    m_d->reader = new PolicyReader(tr("The policy in force"), tab);
    auto *column = new QVBoxLayout(tab);
    column->addWidget(m_d->forceHeader);
    column->addWidget(m_d->reader, 1);
    return tab;
}

QWidget *PolicyPage::buildDraft()
{
    m_d->draftStack = new QStackedWidget(m_d->tabs);
    m_d->noDraft = new EmptyState(u"edit"_s, tr("There is no draft"),
                                  tr("A draft is a copy of a policy that you change here. It is checked while you "
                                     "edit, simulated on the inventory, and counts only once it is published."),
                                  tr("Draft from the policy in &force"), m_d->draftStack);
    m_d->editor = new DraftEditor(m_d->context, m_d->draftStack);
    m_d->draftStack->addWidget(m_d->noDraft);
    m_d->draftStack->addWidget(m_d->editor);
    connect(m_d->noDraft, &EmptyState::activated, this, &PolicyPage::draftFromForce);
    connect(m_d->editor, &DraftEditor::changed, this, &PolicyPage::keepDraft);
    connect(m_d->editor, &DraftEditor::discarded, this, &PolicyPage::endDraft);
    connect(m_d->editor, &DraftEditor::published, this, [this] {
        endDraft();
        sayInForce();
    });
    connect(m_d->editor, &DraftEditor::proposed, this, [this] {
        endDraft();
        m_d->tabs->setCurrentIndex(ProposalsTab);
        m_d->message->showMessage(MessageBar::Kind::success,
                                  tr("The draft is proposed. It can be published once it is signed."));
    });
    return m_d->draftStack;
}

QWidget *PolicyPage::buildVersions()
{
    auto *tab = new QWidget(m_d->tabs);
    m_d->versionRows = new RecordModel<PolicyVersionRow>(
        policyVersionColumns(), [](const PolicyVersionRow &row) { return toQt(row.id.str()); }, this);
    m_d->changeRows = new RecordModel<FieldChange>(
        changeColumns(tr("Before"), tr("In this version")),
        [](const FieldChange &change) { return toQt(change.field + change.before + change.after); }, this);
    auto *header = new SectionHeader(tr("Every policy published"), tab);
    m_d->fromVersion = header->addAction(tr("Draft &from it"));
    m_d->saveVersion = header->addAction(tr("&Save as file…"));
    m_d->versions = new TableView(tr("Policies published"), tab);
    m_d->versions->setModel(new RecordProxy(m_d->versionRows, this));
    m_d->versions->setItemDelegate(new BadgeDelegate(m_d->versions));
    m_d->versions->setSelectionMode(QAbstractItemView::SingleSelection);
    m_d->versions->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_d->versions->horizontalHeader()->setStretchLastSection(true);
    m_d->changeHeader = new SectionHeader(tr("Changes from the one before"), tab);
    m_d->changes = new TableView(tr("Changes from the policy before"), tab);
    m_d->changes->setModel(new RecordProxy(m_d->changeRows, this));
    m_d->changes->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_d->changes->horizontalHeader()->setStretchLastSection(true);
    auto *split = new QSplitter(Qt::Vertical, tab);
    const auto addPart = [split](QWidget *title, QWidget *table) {
        auto *part = new QWidget(split);
        auto *rows = new QVBoxLayout(part);
        rows->setContentsMargins(0, 0, 0, 0);
        rows->addWidget(title);
        rows->addWidget(table, 1);
        split->addWidget(part);
    };
    addPart(header, m_d->versions);
    addPart(m_d->changeHeader, m_d->changes);
    split->setChildrenCollapsible(false);
    split->setStretchFactor(1, 2);
    auto *column = new QVBoxLayout(tab);
    column->addWidget(split);
    connect(m_d->versions->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &PolicyPage::showVersion);
    const auto chosen = [this] { return m_d->versionRows->recordAt(m_d->versions->currentIndex()); };
    connect(m_d->fromVersion, &QPushButton::clicked, this, [this, chosen] {
        if (const auto *row = chosen())
            begin(m_d->context.workspace.registry().policies.at(row->id).text);
    });
    connect(m_d->saveVersion, &QPushButton::clicked, this, [this, chosen] {
        const auto *row = chosen();
        if (!row)
            return;
        saveAndSay(m_d->context, this, *m_d->message,
                   {tr("Save the policy"), u"%1-%2.json"_s.arg(row->pack).arg(row->version), tr("Policy pack (*.json)"),
                    tr("The policy is in %1")},
                   m_d->context.workspace.registry().policies.at(row->id).text);
    });
    return tab;
}

void PolicyPage::buildDraftMenu()
{
    auto *menu = new QMenu(m_d->newDraft);
    menu->addAction(tr("From the policy in &force"), this, &PolicyPage::draftFromForce);
    menu->addAction(tr("From a f&ile…"), this, &PolicyPage::draftFromFile);
    menu->addSection(tr("Packs that come with the product"));
    for (const auto &pack : builtInPolicyPacks())
        menu->addAction(toQt(parsePolicyPack(pack.text).title), this,
                        [this, text = pack.text] { begin(std::string(text)); });
    m_d->newDraft->setMenu(menu);
}

QString PolicyPage::pageId() const
{
    return u"policy"_s;
}

QString PolicyPage::title() const
{
    return tr("Policy");
}

void PolicyPage::focusStart()
{
    switch (m_d->tabs->currentIndex()) {
    case ForceTab:
        m_d->reader->focusStart();
        break;
    case DraftTab:
        hasDraft() ? m_d->editor->focusStart() : m_d->noDraft->button()->setFocus();
        break;
    case ProposalsTab:
        m_d->proposals->focusStart();
        break;
    default:
        m_d->versions->setFocus();
    }
}

QTabWidget *PolicyPage::tabs() const
{
    return m_d->tabs;
}

PolicyReader *PolicyPage::reader() const
{
    return m_d->reader;
}

DraftEditor *PolicyPage::editor() const
{
    return m_d->editor;
}

TableView *PolicyPage::versions() const
{
    return m_d->versions;
}

ProposalView *PolicyPage::proposals() const
{
    return m_d->proposals;
}

bool PolicyPage::hasDraft() const
{
    return m_d->draftStack->currentWidget() == m_d->editor;
}

/// Changes of the register that leave the policy alone change nothing here.
void PolicyPage::showForce()
{
    const auto &workspace = m_d->context.workspace;
    const auto &registry = workspace.registry();
    if (m_d->shown == registry.policyHash)
        return;
    m_d->shown = registry.policyHash;
    m_d->reader->show(policyReport(workspace.policy()));
    auto rows = policyVersionRows(registry);
    const auto inForce = std::ranges::find(rows, true, &PolicyVersionRow::inForce);
    if (inForce != rows.end())
        m_d->forceHeader->setRemark(tr("published %1 by %2").arg(timeText(inForce->at).left(10), inForce->by));
    m_d->versionRows->setRecords(std::move(rows));
    m_d->versions->fitColumns(48);
    if (!m_d->versions->currentIndex().isValid())
        m_d->versions->setCurrentIndex(m_d->versions->model()->index(0, 0));
    showVersion();
}

void PolicyPage::showProposals()
{
    m_d->proposals->refresh();
    const auto waiting = m_d->proposals->waiting();
    m_d->tabs->setTabText(ProposalsTab, waiting == 0 ? tr("Proposals") : tr("Proposals (%1)").arg(waiting));
}

void PolicyPage::sayInForce()
{
    m_d->tabs->setCurrentIndex(ForceTab);
    const auto &policy = m_d->context.workspace.policy();
    m_d->message->showMessage(MessageBar::Kind::success,
                              tr("\"%1\", version %2, is in force.").arg(toQt(policy.title)).arg(policy.version));
}

void PolicyPage::refreshDraft()
{
    if (hasDraft())
        m_d->editor->refresh();
}

void PolicyPage::showVersion()
{
    const auto *row = m_d->versionRows->recordAt(m_d->versions->currentIndex());
    m_d->fromVersion->setEnabled(row != nullptr);
    m_d->saveVersion->setEnabled(row != nullptr);
    const auto &rows = m_d->versionRows->records();
    const auto at = std::ranges::find_if(rows, [&](const auto &each) { return row && each.id == row->id; });
    const auto &policies = m_d->context.workspace.registry().policies;
    std::vector<FieldChange> changes;
    if (at == rows.end()) {
        m_d->changeHeader->setRemark(tr("select a policy"));
    } else if (std::next(at) == rows.end()) {
        m_d->changeHeader->setRemark(tr("the first one of this workspace"));
    } else {
        changes = packDifferences(parsePolicyPack(policies.at(std::next(at)->id).text),
                                  parsePolicyPack(policies.at(at->id).text));
        m_d->changeHeader->setRemark(countText(qint64(changes.size()), tr("change"), tr("changes")));
    }
    m_d->changes->setVisible(!changes.empty());
    m_d->changeRows->setRecords(std::move(changes));
    m_d->changes->fitColumns(52);
}

void PolicyPage::begin(const std::string &text)
{
    if (hasDraft() &&
        !m_d->context.dialogs.confirm(this, tr("Replace the draft?"),
                                      tr("There is a draft already. The new one would take its place."), tr("Replace")))
        return;
    auto draft = text;
    if (checkPolicyText(text).empty()) {
        auto pack = parsePolicyPack(text);
        pack.version = nextPolicyVersion(m_d->context.workspace.registry(), pack);
        draft = policyPackText(pack);
    }
    m_d->message->clear();
    m_d->draftStack->setCurrentWidget(m_d->editor);
    m_d->editor->start(toQt(draft), m_d->context.workspace.registry().policyHash);
    m_d->tabs->setCurrentIndex(DraftTab);
    m_d->editor->focusStart();
}

void PolicyPage::draftFromForce()
{
    begin(m_d->context.workspace.registry().policyText);
}

void PolicyPage::draftFromFile()
{
    const auto path =
        m_d->context.dialogs.openFile(this, tr("Draft from a file"), tr("Policy pack (*.json);;All files (*)"));
    if (!path)
        return;
    const auto text = readFile(toStd(*path));
    if (!text)
        m_d->message->showError(text.error());
    else
        begin(*text);
}

void PolicyPage::endDraft()
{
    m_d->draftStack->setCurrentWidget(m_d->noDraft);
    m_d->tabs->setTabText(DraftTab, tr("Draft"));
    if (m_d->settings)
        m_d->settings->remove(draftKey({}));
}

QString PolicyPage::draftKey(const QString &name) const
{
    return settings::policyDrafts + u'/' + toQt(m_d->context.workspace.origin()) +
           (name.isEmpty() ? name : u'/' + name);
}

/// A draft outlives the window: it stays at this desk until it is published or discarded.
void PolicyPage::keepDraft()
{
    if (!hasDraft())
        return;
    m_d->tabs->setTabText(DraftTab, tr("Draft •"));
    if (!m_d->settings)
        return;
    m_d->settings->setValue(draftKey(u"text"_s), m_d->editor->text());
    m_d->settings->setValue(draftKey(u"basedOn"_s), toQt(m_d->editor->basedOn().hex()));
}

void PolicyPage::restoreDraft()
{
    if (!m_d->settings)
        return;
    const auto text = m_d->settings->value(draftKey(u"text"_s)).toString();
    const auto basedOn = Hash256::fromHex(toStd(m_d->settings->value(draftKey(u"basedOn"_s)).toString()));
    if (text.isEmpty() || !basedOn)
        return;
    m_d->draftStack->setCurrentWidget(m_d->editor);
    m_d->editor->start(text, *basedOn);
}

} // namespace countersign
