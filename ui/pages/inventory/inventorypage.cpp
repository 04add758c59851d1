// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/inventory/inventorypage.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QSettings>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "core/policy/stages.h"
#include "core/workspace/importer.h"
#include "ui/models/badgedelegate.h"
#include "ui/models/inventoryrows.h"
#include "ui/pages/inventory/countstrip.h"
#include "ui/pages/inventory/importwizard.h"
#include "ui/pages/inventory/modeleditor.h"
#include "ui/shell/context.h"
#include "ui/shell/settings.h"
#include "ui/shell/takeaway.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/filterbar.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/tablemenu.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {
constexpr int neverMonitored = -1; // in the health filter
}

struct InventoryPage::Private
{
    explicit Private(Context &given)
        : context(given)
    {
    }

    Context &context;
    QSettings *settings = nullptr;
    RecordModel<InventoryRow> *rows = nullptr;
    RecordProxy *proxy = nullptr;
    QStackedWidget *stack = nullptr;
    TableView *table = nullptr;
    EmptyState *empty = nullptr;
    EmptyState *noneFound = nullptr;
    FilterBar *filter = nullptr;
    QComboBox *stage = nullptr;
    QComboBox *tier = nullptr;
    QComboBox *owner = nullptr;
    QComboBox *health = nullptr;
    QComboBox *scope = nullptr;
    CountStrip *tierStrip = nullptr;
    CountStrip *stageStrip = nullptr;
    MessageBar *message = nullptr;
    MessageBar *selectionBar = nullptr;
    std::optional<ModelSelection> selection;
    QPushButton *registerButton = nullptr;
    QPushButton *editButton = nullptr;
    QPushButton *importButton = nullptr;
    QPushButton *more = nullptr;
};

InventoryPage::InventoryPage(Context &context, QSettings *settings, QWidget *parent)
    : Page(parent)
    , m_d(std::make_unique<Private>(context))
{
    m_d->settings = settings;
    m_d->rows = new RecordModel<InventoryRow>(
        inventoryColumns(toQt(context.workspace.today())),
        [](const InventoryRow &row) { return toQt(row.model.id.str()); }, this);
    m_d->proxy = new RecordProxy(m_d->rows, this);
    m_d->message = new MessageBar(this);
    m_d->selectionBar = new MessageBar(this);
    m_d->selectionBar->setClosable(false);
    m_d->tierStrip = new CountStrip(tr("By tier"), this);
    m_d->stageStrip = new CountStrip(tr("By stage"), this);
    m_d->table = new TableView(tr("Models"), this);
    m_d->table->setModel(m_d->proxy);
    m_d->table->setItemDelegate(new BadgeDelegate(m_d->table));
    m_d->table->sortByColumn(0, Qt::AscendingOrder);
    m_d->table->shareWidth({0, inventoryOwnerColumn, inventoryUnitColumn});
    for (int column = inventoryColumnsShown; column < m_d->rows->columnCount(); ++column)
        m_d->table->setColumnHidden(column, true);
    m_d->empty = new EmptyState(u"inventory"_s, tr("There are no models yet"),
                                tr("Register the first one by hand, or import the inventory that you keep as a "
                                   "spreadsheet: bad rows are named, good ones kept."),
                                tr("I&mport inventory..."), this);
    m_d->noneFound = new EmptyState(u"search"_s, tr("No model fits"), tr("Nothing matches the search and the filters."),
                                    tr("Clear &filters"), this);
    buildToolbar();
    m_d->stack = new QStackedWidget(this);
    for (auto *widget : {static_cast<QWidget *>(m_d->table), static_cast<QWidget *>(m_d->empty),
                         static_cast<QWidget *>(m_d->noneFound)})
        m_d->stack->addWidget(widget);

    auto *first = new QHBoxLayout;
    first->addWidget(m_d->tierStrip, 1);
    for (auto *button : {m_d->registerButton, m_d->editButton, m_d->importButton, m_d->more})
        first->addWidget(button);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_d->message);
    column->addWidget(m_d->selectionBar);
    column->addLayout(first);
    column->addWidget(m_d->stageStrip);
    column->addWidget(m_d->filter);
    column->addWidget(m_d->stack, 1);

    connect(m_d->filter, &FilterBar::changed, this, &InventoryPage::applyFilter);
    connect(m_d->noneFound, &EmptyState::activated, this, &InventoryPage::showAll);
    connect(m_d->selectionBar, &MessageBar::activated, this, &InventoryPage::showAll);
    connect(m_d->empty, &EmptyState::activated, this, &InventoryPage::importInventory);
    connect(m_d->tierStrip, &CountStrip::chosen, this,
            [this](const QVariant &value) { m_d->tier->setCurrentIndex(std::max(0, m_d->tier->findData(value))); });
    connect(m_d->stageStrip, &CountStrip::chosen, this,
            [this](const QVariant &value) { m_d->stage->setCurrentIndex(std::max(0, m_d->stage->findData(value))); });
    connect(m_d->table, &TableView::opened, this, [this](const QModelIndex &index) {
        if (const auto *row = m_d->rows->recordAt(index))
            m_d->context.navigator.openModel(row->model.id);
    });
    connect(m_d->table->selectionModel(), &QItemSelectionModel::currentChanged, this, &InventoryPage::updateActions);
    connect(&context.changes, &ChangeNotifier::changed, this, &InventoryPage::reload);
    connect(&context.changes, &ChangeNotifier::sessionChanged, this, &InventoryPage::updateActions);
    reload();
    m_d->table->remember(settings, settings::inventoryColumns);
}

InventoryPage::~InventoryPage() = default;

void InventoryPage::buildToolbar()
{
    m_d->filter = new FilterBar(tr("Search models"), this);
    m_d->stage = m_d->filter->addFilter(tr("Stage"), tr("All stages"));
    m_d->tier = m_d->filter->addFilter(tr("Tier"), tr("All tiers"));
    m_d->owner = m_d->filter->addFilter(tr("Owner"), tr("All owners"));
    m_d->health = m_d->filter->addFilter(tr("Monitoring"), tr("All results"));
    m_d->scope = m_d->filter->addFilter(tr("Scope"), tr("All scopes"));

    m_d->registerButton = new QPushButton(themedIcon(u"add"_s, this), tr("&Register..."), this);
    m_d->editButton = new QPushButton(themedIcon(u"edit"_s, this), tr("E&dit..."), this);
    m_d->importButton = new QPushButton(themedIcon(u"import"_s, this), tr("I&mport..."), this);
    connect(m_d->registerButton, &QPushButton::clicked, this, &InventoryPage::registerModel);
    connect(m_d->editButton, &QPushButton::clicked, this, &InventoryPage::editModel);
    connect(m_d->importButton, &QPushButton::clicked, this, &InventoryPage::importInventory);

    m_d->more = tableMenuButton(m_d->table, [this] { exportShown(); }, this);
}

QString InventoryPage::pageId() const
{
    return u"inventory"_s;
}

QString InventoryPage::title() const
{
    return tr("Inventory");
}

void InventoryPage::focusStart()
{
    startAt(*m_d->table, *m_d->empty);
}

TableView *InventoryPage::table() const
{
    return m_d->table;
}

FilterBar *InventoryPage::filterBar() const
{
    return m_d->filter;
}

void InventoryPage::reload()
{
    const auto &workspace = m_d->context.workspace;
    m_d->rows->setRecords(inventoryRows(workspace.policy(), workspace.registry(), workspace.today()));
    fillChoices();
    showCounts();
    applyFilter();
    updateActions();
}

void InventoryPage::fillChoices()
{
    const auto &pack = m_d->context.workspace.policy();
    QList<QPair<QString, QVariant>> stages;
    for (const auto &stage : stagesInUse(pack, m_d->context.workspace.registry()))
        stages.append({toQt(stage.label), toQt(stage.id)});
    QList<QPair<QString, QVariant>> tiers;
    for (const auto &tier : pack.tiers)
        tiers.append({toQt(tier.label), qint64(tier.level)});
    tiers.append({toQt(pack.tierLabel(0)), qint64(0)});
    QMap<QString, QVariant> owners;
    for (const auto &row : m_d->rows->records())
        if (!row.model.owner.empty())
            owners.insert(toQt(row.model.owner), toQt(row.model.owner));
    QList<QPair<QString, QVariant>> ownerChoices;
    for (auto owner = owners.begin(); owner != owners.end(); ++owner)
        ownerChoices.append({owner.key(), owner.value()});
    QList<QPair<QString, QVariant>> healths;
    for (const auto health : enumValues<Health>())
        healths.append({toQt(displayName(health)), static_cast<int>(health)});
    healths.append({tr("Not monitored"), neverMonitored});
    FilterBar::setChoices(m_d->stage, stages);
    FilterBar::setChoices(m_d->tier, tiers);
    FilterBar::setChoices(m_d->owner, ownerChoices);
    FilterBar::setChoices(m_d->health, healths);
    QList<QPair<QString, QVariant>> scopes;
    for (const auto scope : enumValues<ScopeState>())
        scopes.append({toQt(displayName(scope)), static_cast<int>(scope)});
    FilterBar::setChoices(m_d->scope, scopes);
}

void InventoryPage::showCounts()
{
    const auto &pack = m_d->context.workspace.policy();
    const auto counts = countInventory(m_d->rows->records());
    QList<CountStrip::Item> tiers;
    for (const auto &[level, count] : counts.byTier)
        if (level != 0)
            tiers.append({qint64(level), tierBadge(level, tr("Tier %1").arg(level)), count});
    if (const auto none = counts.byTier.find(0); none != counts.byTier.end())
        tiers.append({qint64(0), tierBadge(0, toQt(pack.tierLabel(0))), none->second});
    QList<CountStrip::Item> stages;
    for (const auto &stage : stagesInUse(pack, m_d->context.workspace.registry()))
        if (const auto found = counts.byStage.find(toQt(stage.id)); found != counts.byStage.end())
            stages.append({toQt(stage.id), stageBadge(stage.countsAs, toQt(stage.label)), found->second});
    m_d->tierStrip->setItems(tiers);
    m_d->stageStrip->setItems(stages);
    m_d->stageStrip->setVisible(!stages.isEmpty());
}

void InventoryPage::showSelection(const ModelSelection &selection)
{
    m_d->selection = selection;
    m_d->selectionBar->showMessage(
        MessageBar::Kind::info,
        tr("%1: %2").arg(selection.title,
                         countText(static_cast<qint64>(selection.models.size()), tr("model"), tr("models"))),
        tr("Show &all models"));
    m_d->filter->clear();
}

void InventoryPage::showAll()
{
    m_d->selection.reset();
    m_d->selectionBar->clear();
    m_d->filter->clear();
}

void InventoryPage::applyFilter()
{
    InventoryFilter filter;
    filter.text = m_d->filter->text();
    if (const auto value = m_d->stage->currentData(); value.isValid())
        filter.stage = value.toString();
    if (const auto value = m_d->tier->currentData(); value.isValid())
        filter.tier = value.toLongLong();
    if (const auto value = m_d->owner->currentData(); value.isValid())
        filter.owner = value.toString();
    if (const auto value = m_d->health->currentData(); value.isValid())
        filter.health = value.toInt() == neverMonitored ? std::optional<Health>()
                                                        : std::optional(static_cast<Health>(value.toInt()));
    if (const auto value = m_d->scope->currentData(); value.isValid())
        filter.scope = static_cast<ScopeState>(value.toInt());
    if (m_d->selection)
        filter.models = m_d->selection->models;
    m_d->proxy->setPredicate([this, filter](int row) { return filter.matches(m_d->rows->record(row)); });
    m_d->tierStrip->setChosen(m_d->tier->currentData());
    m_d->stageStrip->setChosen(m_d->stage->currentData());
    m_d->filter->setShown(m_d->proxy->rowCount(), m_d->rows->rowCount());
    m_d->stack->setCurrentWidget(m_d->rows->rowCount() == 0    ? static_cast<QWidget *>(m_d->empty)
                                 : m_d->proxy->rowCount() == 0 ? static_cast<QWidget *>(m_d->noneFound)
                                                               : m_d->table);
}

void InventoryPage::updateActions()
{
    const auto gate = [this](QPushButton *button, const char *fact, bool also) {
        const auto why = m_d->context.workspace.whyNot(fact);
        button->setEnabled(!why && also);
        button->setToolTip(why ? toQt(*why) : QString());
        return why ? toQt(*why) : QString();
    };
    const auto why = gate(m_d->registerButton, "modelRegistered", true);
    gate(m_d->importButton, "modelRegistered", true);
    gate(m_d->editButton, "modelEdited", m_d->table->currentIndex().isValid());
    m_d->empty->setDisabledReason(why);
}

void InventoryPage::registerModel()
{
    auto *editor = new ModelEditor(m_d->context, std::nullopt, this);
    editor->setAttribute(Qt::WA_DeleteOnClose);
    connect(editor, &ModelEditor::saved, this, [this](const ModelId &id) { m_d->context.navigator.openModel(id); });
    editor->open();
}

void InventoryPage::editModel()
{
    const auto *row = m_d->rows->recordAt(m_d->table->currentIndex());
    if (!row)
        return;
    auto *editor = new ModelEditor(m_d->context, row->model, this);
    editor->setAttribute(Qt::WA_DeleteOnClose);
    editor->open();
}

void InventoryPage::importInventory()
{
    auto *wizard = new ImportWizard(m_d->context, this);
    wizard->setAttribute(Qt::WA_DeleteOnClose);
    wizard->open();
}

void InventoryPage::exportShown()
{
    std::vector<const Model *> shown;
    for (int row = 0; row < m_d->proxy->rowCount(); ++row)
        shown.push_back(&m_d->rows->recordAt(m_d->proxy->index(row, 0))->model);
    saveAndSay(m_d->context, this, *m_d->message,
               {tr("Export what is shown"), u"inventory.csv"_s, tr("CSV (*.csv)"),
                tr("%1 exported to %2").arg(countText(static_cast<qint64>(shown.size()), tr("model"), tr("models")))},
               inventoryCsv(shown));
}

} // namespace countersign
