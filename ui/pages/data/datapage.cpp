// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/data/datapage.h"

#include <QBuffer>
#include <QComboBox>
#include <QHeaderView>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

#include "core/policy/stages.h"
#include "core/report/report.h"
#include "ui/models/badgedelegate.h"
#include "ui/models/datarows.h"
#include "ui/pages/data/graphview.h"
#include "ui/shell/context.h"
#include "ui/shell/settings.h"
#include "ui/shell/takeaway.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/filterbar.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/sectionheader.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

constexpr std::size_t mostBoxes = 150; ///< of a graph that a person can read

} // namespace

struct DataPage::Private
{
    explicit Private(Context &given)
        : context(given)
    {
    }

    Context &context;
    QSettings *settings = nullptr;
    DataGraph data;
    QString chosen;
    RecordModel<DataRow> *rows = nullptr;
    RecordProxy *proxy = nullptr;
    RecordModel<RelationRow> *relationRows = nullptr;
    MessageBar *message = nullptr;
    QStackedWidget *stack = nullptr;
    EmptyState *empty = nullptr;
    QWidget *filled = nullptr;
    FilterBar *filter = nullptr;
    QComboBox *kind = nullptr;
    TableView *list = nullptr;
    TableView *relations = nullptr;
    GraphView *graph = nullptr;
    SectionHeader *header = nullptr;
};

DataPage::DataPage(Context &context, QSettings *settings, QWidget *parent)
    : Page(parent)
    , m_d(std::make_unique<Private>(context))
{
    m_d->message = new MessageBar(this);
    m_d->stack = new QStackedWidget(this);
    m_d->empty = new EmptyState(u"data"_s, tr("No data is named yet"),
                                tr("This page shows which models use which data, and which models feed which. Name "
                                   "the inputs and dependencies of the models in the inventory."),
                                tr("&Go to the inventory"), m_d->stack);
    auto *split = new QSplitter(m_d->stack);
    split->addWidget(buildList());
    split->addWidget(buildAround());
    split->setStretchFactor(0, 1);
    split->setStretchFactor(1, 1);
    split->setChildrenCollapsible(false);
    split->setSizes({fontMetrics().averageCharWidth() * 80, fontMetrics().averageCharWidth() * 80});
    m_d->filled = split;
    m_d->stack->addWidget(split);
    m_d->stack->addWidget(m_d->empty);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_d->message);
    column->addWidget(m_d->stack, 1);
    connect(m_d->empty, &EmptyState::activated, this, [this] { m_d->context.navigator.openPage(u"inventory"_s); });
    m_d->settings = settings;
    keepFresh(context, [this] { reload(); });
}

DataPage::~DataPage() = default;

QWidget *DataPage::buildList()
{
    auto *part = new QWidget(this);
    m_d->rows = new RecordModel<DataRow>(dataColumns(), [](const DataRow &row) { return row.key; }, this);
    m_d->proxy = new RecordProxy(m_d->rows, this);
    m_d->filter = new FilterBar(tr("Search data and models"), part);
    m_d->kind = m_d->filter->addFilter(tr("Kind"), tr("Data and models"));
    FilterBar::setChoices(m_d->kind, {{tr("Data"), false}, {tr("Feeder models"), true}});
    m_d->list = new TableView(tr("Data and feeder models"), part);
    m_d->list->setModel(m_d->proxy);
    m_d->list->setItemDelegate(new BadgeDelegate(m_d->list));
    m_d->list->shareWidth({0});
    m_d->list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_d->list->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_d->list->horizontalHeader()->setStretchLastSection(true);
    auto *column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_d->filter);
    column->addWidget(m_d->list, 1);
    connect(m_d->filter, &FilterBar::changed, this, &DataPage::applyFilter);
    connect(m_d->list->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &index) {
                if (const auto *row = m_d->rows->recordAt(index))
                    choose(row->key);
            });
    connect(m_d->list, &TableView::opened, this, [this](const QModelIndex &index) {
        if (const auto *row = m_d->rows->recordAt(index))
            open(row->key);
    });
    return part;
}

QWidget *DataPage::buildAround()
{
    auto *part = new QWidget(this);
    m_d->header = new SectionHeader(tr("Around it"), part);
    auto *picture = m_d->header->addAction(tr("Save &picture…"));
    auto *csv = m_d->header->addAction(tr("E&xport…"));
    csv->setToolTip(tr("Saves the list below as CSV"));
    m_d->graph = new GraphView(part);
    m_d->relationRows =
        new RecordModel<RelationRow>(relationColumns(), [](const RelationRow &row) { return row.key; }, this);
    m_d->relations = new TableView(tr("What it rests on and what rests on it"), part);
    m_d->relations->setModel(new RecordProxy(m_d->relationRows, this));
    m_d->relations->setSelectionMode(QAbstractItemView::SingleSelection);
    m_d->relations->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_d->relations->shareWidth({1, 3}); // the data or model, and its owner
    auto *split = new QSplitter(Qt::Vertical, part);
    split->addWidget(m_d->graph);
    split->addWidget(m_d->relations);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    split->setChildrenCollapsible(false);
    split->setSizes({fontMetrics().height() * 24, fontMetrics().height() * 16});
    auto *column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_d->header);
    column->addWidget(split, 1);
    connect(picture, &QPushButton::clicked, this, &DataPage::exportPicture);
    connect(csv, &QPushButton::clicked, this, &DataPage::exportCsv);
    connect(m_d->graph, &GraphView::opened, this, &DataPage::open);
    connect(m_d->relations, &TableView::opened, this, [this](const QModelIndex &index) {
        if (const auto *row = m_d->relationRows->recordAt(index))
            open(row->key);
    });
    return part;
}

QString DataPage::pageId() const
{
    return u"data"_s;
}

QString DataPage::title() const
{
    return tr("Data");
}

void DataPage::focusStart()
{
    startAt(*m_d->list, *m_d->empty);
}

TableView *DataPage::list() const
{
    return m_d->list;
}

TableView *DataPage::relations() const
{
    return m_d->relations;
}

GraphView *DataPage::graph() const
{
    return m_d->graph;
}

void DataPage::reload()
{
    const auto &workspace = m_d->context.workspace;
    const bool first = m_d->rows->rowCount() == 0;
    m_d->data = DataGraph(workspace.registry());
    m_d->rows->setRecords(dataRows(m_d->data, workspace.registry(), workspace.policy()));
    const bool any = m_d->rows->rowCount() > 0;
    m_d->stack->setCurrentWidget(any ? m_d->filled : m_d->empty);
    if (first && any)
        m_d->list->remember(m_d->settings, settings::dataColumns);
    applyFilter();
    if (any && !m_d->list->currentIndex().isValid())
        m_d->list->setCurrentIndex(m_d->proxy->index(0, 0));
    showAround();
}

void DataPage::applyFilter()
{
    const auto words = m_d->filter->text().toLower().split(u' ', Qt::SkipEmptyParts);
    const auto kind = m_d->kind->currentData();
    m_d->proxy->setPredicate([this, words, kind](int at) {
        const auto &row = m_d->rows->record(at);
        if (kind.isValid() && row.model != kind.toBool())
            return false;
        const auto text = row.name.toLower();
        return std::ranges::all_of(words, [&](const QString &word) { return text.contains(word); });
    });
    m_d->filter->setShown(m_d->proxy->rowCount(), m_d->rows->rowCount());
}

void DataPage::choose(const QString &key)
{
    m_d->chosen = key;
    showAround();
}

void DataPage::showAround()
{
    const auto &workspace = m_d->context.workspace;
    const auto rows = relationRows(m_d->data, workspace.registry(), workspace.policy(), m_d->chosen);
    m_d->relationRows->setRecords(rows);
    const auto *source = sourceOfKey(m_d->data, m_d->chosen);
    const auto model = workspace.registry().models.find(modelOfKey(m_d->chosen));
    if (source)
        m_d->header->setTitle(toQt(source->name));
    else if (model != workspace.registry().models.end())
        m_d->header->setTitle(toQt(model->second.reference + " " + model->second.name));
    const auto below = std::ranges::count_if(rows, [](const RelationRow &row) { return row.order >= 3; });
    m_d->header->setRemark(tr("%1 on it").arg(countText(below, tr("model rests"), tr("models rest"))));
    showGraph();
}

/// The chosen one with all upstream and downstream of it; nearest first where that is too much to read.
void DataPage::showGraph()
{
    const auto &registry = m_d->context.workspace.registry();
    auto shown = m_d->relationRows->records();
    std::ranges::stable_sort(shown, [](const RelationRow &a, const RelationRow &b) {
        const auto far = [](const RelationRow &row) { return row.order == 0 || row.order == 4; };
        return far(a) < far(b);
    });
    const bool cut = shown.size() > mostBoxes;
    shown.resize(std::min(shown.size(), mostBoxes));
    std::set<ModelId> models;
    for (const auto &row : shown)
        if (const auto model = modelOfKey(row.key); model.valid())
            models.insert(model);
    const auto own = modelOfKey(m_d->chosen);
    if (own.valid() && registry.models.contains(own))
        models.insert(own);
    const auto layers = m_d->data.layers(models);
    QList<GraphNode> nodes;
    QList<GraphEdge> edges;
    for (const auto &id : models) {
        const auto &model = registry.models.at(id);
        nodes << GraphNode{keyOf(id),
                           toQt(model.reference + " " + model.name),
                           toQt(stageLabel(m_d->context.workspace.policy(), model)),
                           layers.at(id) + 1,
                           false,
                           id == own};
        for (const auto &to : m_d->data.fed(id))
            if (models.contains(to))
                edges << GraphEdge{keyOf(id), keyOf(to)};
    }
    const auto addSource = [&](const DataSource &source, bool centre) {
        nodes << GraphNode{keyOf(source), toQt(source.name), tr("data"), 0, true, centre};
        for (const auto &user : source.models)
            if (models.contains(user) && (centre || user == own))
                edges << GraphEdge{keyOf(source), keyOf(user)};
    };
    if (const auto *source = sourceOfKey(m_d->data, m_d->chosen))
        addSource(*source, true);
    for (const auto &row : shown)
        if (const auto *source = sourceOfKey(m_d->data, row.key))
            addSource(*source, false);
    m_d->graph->setGraph(nodes, edges);
    if (cut)
        m_d->message->showMessage(MessageBar::Kind::info,
                                  tr("The graph shows the nearest %1; the list below it holds all.").arg(mostBoxes));
    else
        m_d->message->clear();
}

void DataPage::open(const QString &key)
{
    if (const auto model = modelOfKey(key); model.valid()) {
        m_d->context.navigator.openModel(model);
        return;
    }
    const auto *source = sourceOfKey(m_d->data, key);
    if (!source)
        return;
    if (key != m_d->chosen)
        choose(key);
    else
        m_d->context.navigator.openInventory(
            {tr("Uses %1").arg(toQt(source->name)), {source->models.begin(), source->models.end()}});
}

void DataPage::exportCsv()
{
    ReportTable table{{"relation", "name", "tier", "owner"}, {}, {}};
    for (const auto &row : m_d->relationRows->records())
        table.rows.push_back({toStd(row.relation), toStd(row.name), toStd(row.tier), toStd(row.owner)});
    saveAndSay(m_d->context, this, *m_d->message,
               {tr("Export what stands around it"), u"data-around.csv"_s, tr("CSV (*.csv)"), tr("The list is in %1")},
               toCsv(table));
}

void DataPage::exportPicture()
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    m_d->graph->picture().save(&buffer, "PNG");
    saveAndSay(m_d->context, this, *m_d->message,
               {tr("Save the graph"), u"data-graph.png"_s, tr("PNG picture (*.png)"), tr("The picture is in %1")},
               bytes.toStdString());
}

} // namespace countersign
