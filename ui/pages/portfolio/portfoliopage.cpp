// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/portfolio/portfoliopage.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QSettings>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

#include "core/report/reports.h"
#include "ui/models/heatmapmodel.h"
#include "ui/models/portfoliorows.h"
#include "ui/models/sparklinedelegate.h"
#include "ui/pages/portfolio/heatmapview.h"
#include "ui/pages/portfolio/trendstore.h"
#include "ui/shell/context.h"
#include "ui/shell/reportmenu.h"
#include "ui/shell/settings.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/filterbar.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/sectionheader.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

struct PortfolioPage::Private
{
    explicit Private(Context &given)
        : context(given)
    {
    }

    Context &context;
    QSettings *settings = nullptr;
    Portfolio portfolio;
    TrendStore *trends = nullptr;
    HeatmapModel *map = nullptr;
    RecordModel<LimitRow> *limitRows = nullptr;
    RecordModel<PortfolioModel> *healthRows = nullptr;
    RecordProxy *healthProxy = nullptr;

    MessageBar *message = nullptr;
    QStackedWidget *stack = nullptr; ///< the page, or why there is nothing
    EmptyState *empty = nullptr;
    QWidget *overview = nullptr; ///< heatmap and limits
    SectionHeader *mapHeader = nullptr;
    SectionHeader *limitHeader = nullptr;
    SectionHeader *healthHeader = nullptr;
    QComboBox *by = nullptr;
    HeatmapView *heatmap = nullptr;
    TableView *limits = nullptr;
    FilterBar *filter = nullptr;
    QComboBox *tier = nullptr;
    QComboBox *result = nullptr;
    QComboBox *stage = nullptr;
    QComboBox *explained = nullptr;
    QStackedWidget *healthStack = nullptr;
    TableView *health = nullptr;
    EmptyState *notMonitored = nullptr;
    EmptyState *noneFound = nullptr;
    ReportMenu *report = nullptr;
};

PortfolioPage::PortfolioPage(Context &context, QSettings *settings, QWidget *parent)
    : Page(parent)
    , m_d(std::make_unique<Private>(context))
{
    m_d->settings = settings;
    m_d->trends = new TrendStore(context.workspace, context.jobs, this);
    m_d->message = new MessageBar(this);
    m_d->empty = new EmptyState(u"portfolio"_s, tr("There are no models yet"),
                                tr("This page shows how all models stand. Register the first one, or import the "
                                   "inventory that you keep as a spreadsheet."),
                                tr("&Go to the inventory"), this);
    m_d->stack = new QStackedWidget(this);
    auto *filled = new QWidget(m_d->stack);
    auto *rows = new QVBoxLayout(filled);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(buildOverview());
    rows->addWidget(buildHealth(), 1);
    m_d->stack->addWidget(filled);
    m_d->stack->addWidget(m_d->empty);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_d->message);
    column->addWidget(m_d->stack, 1);

    connect(m_d->empty, &EmptyState::activated, this, [this] { m_d->context.navigator.openPage(u"inventory"_s); });
    keepFresh(context, [this] { reload(); });
}

PortfolioPage::~PortfolioPage() = default;

QWidget *PortfolioPage::buildOverview()
{
    auto *overview = new QWidget(this);
    m_d->overview = overview;
    m_d->map = new HeatmapModel(this);
    m_d->mapHeader = new SectionHeader(tr("Models by tier"), overview);
    m_d->by = new QComboBox(overview);
    m_d->by->setAccessibleName(tr("Columns of the heatmap"));
    m_d->by->setToolTip(tr("What the columns of the heatmap are"));
    for (const auto by : enumValues<HeatmapBy>())
        m_d->by->addItem(tr("By %1").arg(toQt(displayName(by)).toLower()), static_cast<int>(by));
    m_d->mapHeader->addWidget(m_d->by);
    m_d->heatmap = new HeatmapView(m_d->map, tr("Models by tier"), overview);

    m_d->limitRows =
        new RecordModel<LimitRow>(limitColumns(), [](const LimitRow &row) { return toQt(row.limit.id); }, this);
    m_d->limitHeader = new SectionHeader(tr("Limits"), overview);
    m_d->limits = new TableView(tr("Limits of the appetite"), overview);
    m_d->limits->setModel(new RecordProxy(m_d->limitRows, this));
    m_d->limits->setItemDelegate(new BadgeDelegate(m_d->limits));
    m_d->limits->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_d->limits->horizontalHeader()->setStretchLastSection(false);
    m_d->limits->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    m_d->limits->setWordWrap(true);
    m_d->report = new ReportMenu(
        m_d->context, tr("Portfolio rep&ort"),
        [this] {
            const auto &workspace = m_d->context.workspace;
            return portfolioReport(makePortfolio(workspace.policy(), workspace.registry(), workspace.today()));
        },
        [this] { return u"portfolio-"_s + dateText(m_d->context.workspace.today()); }, *m_d->message, overview);
    m_d->limitHeader->addWidget(m_d->report);

    auto *left = new QVBoxLayout;
    left->addWidget(m_d->mapHeader);
    left->addWidget(m_d->heatmap);
    left->addStretch(1);
    auto *right = new QVBoxLayout;
    right->addWidget(m_d->limitHeader);
    right->addWidget(m_d->limits);
    right->addStretch(1);
    auto *row = new QHBoxLayout(overview);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(fontMetrics().height());
    row->addLayout(left, 5);
    row->addLayout(right, 6);

    const auto remembered = m_d->settings ? m_d->settings->value(settings::portfolioBy).toInt() : 0;
    m_d->by->setCurrentIndex(std::max(0, m_d->by->findData(remembered)));
    connect(m_d->by, &QComboBox::currentIndexChanged, this, [this] {
        if (m_d->settings)
            m_d->settings->setValue(settings::portfolioBy, m_d->by->currentData());
        showHeatmap();
    });
    connect(m_d->heatmap, &HeatmapView::opened, this,
            [this](const QModelIndex &index) { openModels(m_d->map->titleAt(index), m_d->map->modelsAt(index)); });
    // Queued: within a layout, a change of height would be lost.
    connect(m_d->limits->horizontalHeader(), &QHeaderView::sectionResized, this, &PortfolioPage::fitLimits,
            Qt::QueuedConnection);
    connect(m_d->limits, &TableView::opened, this, [this](const QModelIndex &index) {
        if (const auto *outside = m_d->limitRows->recordAt(index))
            openModels(toQt(sentence(outside->limit)), outside->limit.models);
    });
    return overview;
}

QWidget *PortfolioPage::buildHealth()
{
    auto *section = new QWidget(this);
    m_d->healthRows = new RecordModel<PortfolioModel>(
        healthColumns([this](const RunId &run) { return m_d->trends->find(run); }),
        [](const PortfolioModel &model) { return toQt(model.id.str()); }, this);
    m_d->healthProxy = new RecordProxy(m_d->healthRows, this);
    m_d->healthHeader = new SectionHeader(tr("Health of monitored models"), section);
    m_d->filter = new FilterBar(tr("Search monitored models"), section);
    m_d->tier = m_d->filter->addFilter(tr("Tier"), tr("All tiers"));
    m_d->result = m_d->filter->addFilter(tr("Monitoring"), tr("All results"));
    m_d->stage = m_d->filter->addFilter(tr("Stage"), tr("All stages"));
    m_d->explained = m_d->filter->addFilter(tr("Explanation"), tr("Explained or not"));
    m_d->health = new TableView(tr("Health of monitored models"), section);
    m_d->health->setModel(m_d->healthProxy);
    m_d->health->setItemDelegate(new SparklineDelegate(m_d->health));
    static_cast<void>(m_d->health->columnsMenu());
    m_d->health->shareWidth({modelColumn, worstColumn, performanceColumn});
    m_d->health->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_d->notMonitored = new EmptyState(u"drift"_s, tr("No model is monitored yet"),
                                       tr("Open a model's Monitoring tab and give it a scoring log: its health "
                                          "appears here."),
                                       tr("Go to the inven&tory"), section);
    m_d->noneFound = new EmptyState(u"search"_s, tr("No model fits"), tr("Nothing matches the search and the filters."),
                                    tr("Clea&r filters"), section);
    m_d->healthStack = new QStackedWidget(section);
    for (auto *widget : {static_cast<QWidget *>(m_d->health), static_cast<QWidget *>(m_d->notMonitored),
                         static_cast<QWidget *>(m_d->noneFound)})
        m_d->healthStack->addWidget(widget);
    auto *column = new QVBoxLayout(section);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_d->healthHeader);
    column->addWidget(m_d->filter);
    column->addWidget(m_d->healthStack, 1);

    connect(m_d->trends, &TrendStore::loaded, m_d->health->viewport(), qOverload<>(&QWidget::update));
    connect(m_d->filter, &FilterBar::changed, this, &PortfolioPage::applyFilter);
    connect(m_d->noneFound, &EmptyState::activated, m_d->filter, &FilterBar::clear);
    connect(m_d->notMonitored, &EmptyState::activated, this,
            [this] { m_d->context.navigator.openPage(u"inventory"_s); });
    connect(m_d->health, &TableView::opened, this, [this](const QModelIndex &index) {
        if (const auto *model = m_d->healthRows->recordAt(index))
            m_d->context.navigator.openModel(model->id, u"monitoring"_s, toQt(model->run.str()));
    });
    return section;
}

QString PortfolioPage::pageId() const
{
    return u"portfolio"_s;
}

QString PortfolioPage::title() const
{
    return tr("Portfolio");
}

void PortfolioPage::focusStart()
{
    if (m_d->portfolio.models.empty()) {
        m_d->empty->button()->setFocus();
        return;
    }
    m_d->heatmap->setFocus();
    if (!m_d->heatmap->currentIndex().isValid())
        m_d->heatmap->setCurrentIndex(m_d->map->index(0, 0));
}

const Portfolio &PortfolioPage::portfolio() const
{
    return m_d->portfolio;
}

HeatmapView *PortfolioPage::heatmap() const
{
    return m_d->heatmap;
}

QComboBox *PortfolioPage::columnsChoice() const
{
    return m_d->by;
}

TableView *PortfolioPage::limits() const
{
    return m_d->limits;
}

TableView *PortfolioPage::health() const
{
    return m_d->health;
}

FilterBar *PortfolioPage::filterBar() const
{
    return m_d->filter;
}

ReportMenu *PortfolioPage::reportMenu() const
{
    return m_d->report;
}

void PortfolioPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    if (m_d->portfolio.asOf != m_d->context.workspace.today())
        reload();
    fitLimits();
}

/// All limits in sight at once: rows as high as their words, the table as high as its rows.
void PortfolioPage::fitLimits()
{
    auto *table = m_d->limits;
    table->resizeRowsToContents();
    const int most =
        table->model()->rowCount() * (fontMetrics().height() * 2 + 2); // two lines each; beyond, it scrolls
    table->setFixedHeight(table->horizontalHeader()->sizeHint().height() +
                          std::min(table->verticalHeader()->length(), most) + 2 * table->frameWidth());
    const auto height = [](const QWidget *header, int under) { return header->sizeHint().height() + under; };
    m_d->overview->setFixedHeight(std::max(height(m_d->mapHeader, m_d->heatmap->sizeHint().height()),
                                           height(m_d->limitHeader, table->maximumHeight())) +
                                  fontMetrics().height());
}

void PortfolioPage::reload()
{
    const auto &workspace = m_d->context.workspace;
    m_d->portfolio = makePortfolio(workspace.policy(), workspace.registry(), workspace.today());
    const auto &portfolio = m_d->portfolio;
    m_d->stack->setCurrentIndex(portfolio.models.empty() ? 1 : 0);
    QStringList leftOut;
    if (portfolio.retired > 0)
        leftOut << countText(portfolio.retired, tr("retired model"), tr("retired models"));
    if (portfolio.outOfScope > 0)
        leftOut << tr("%1 out of scope").arg(countText(portfolio.outOfScope));
    m_d->mapHeader->setRemark(leftOut.isEmpty() ? QString() : tr("%1 left out").arg(leftOut.join(tr(", "))));
    showHeatmap();

    const auto outside = std::count_if(portfolio.limits.begin(), portfolio.limits.end(),
                                       [](const AppetiteLimit &limit) { return !limit.inside(); });
    m_d->limitHeader->setRemark(
        portfolio.limits.empty() ? tr("the policy sets none")
        : outside == 0
            ? tr("all inside the appetite")
            : tr("%1 of %2 outside the appetite").arg(countText(outside), countText(qint64(portfolio.limits.size()))));
    m_d->limitRows->setRecords(limitRows(portfolio));
    const auto character = fontMetrics().averageCharWidth();
    m_d->limits->setColumnWidth(0, character * 15);
    m_d->limits->setColumnWidth(2, character * 24);
    fitLimits();

    const bool first = m_d->healthRows->rowCount() == 0;
    m_d->healthRows->setRecords(healthRows(portfolio));
    if (first && m_d->healthRows->rowCount() > 0) {
        for (int column = healthColumnsShown; column < m_d->healthRows->columnCount(); ++column)
            m_d->health->setColumnHidden(column, true);
        m_d->health->remember(m_d->settings, settings::portfolioColumns);
    }
    m_d->healthHeader->setRemark(tr("%1 of %2 monitored")
                                     .arg(countText(m_d->healthRows->rowCount()),
                                          countText(qint64(portfolio.models.size()), tr("model"), tr("models"))));
    fillChoices();
    applyFilter();
}

void PortfolioPage::showHeatmap()
{
    const auto at = m_d->heatmap->currentIndex();
    m_d->map->setHeatmap(heatmapOf(m_d->portfolio, static_cast<HeatmapBy>(m_d->by->currentData().toInt())));
    m_d->heatmap->fit();
    if (at.isValid() && !m_d->heatmap->currentIndex().isValid())
        m_d->heatmap->setCurrentIndex(m_d->map->index(0, 0));
}

void PortfolioPage::fillChoices()
{
    QList<QPair<QString, QVariant>> tiers;
    for (const auto &tier : m_d->portfolio.tiers)
        tiers.append({toQt(tier.label), qint64(tier.level)});
    QList<QPair<QString, QVariant>> results;
    for (const auto health : enumValues<Health>())
        results.append({toQt(displayName(health)), static_cast<int>(health)});
    QList<QPair<QString, QVariant>> stages;
    for (const auto &stage : m_d->portfolio.stages)
        stages.append({toQt(stage.label), toQt(stage.id)});
    FilterBar::setChoices(m_d->tier, tiers);
    FilterBar::setChoices(m_d->result, results);
    FilterBar::setChoices(m_d->stage, stages);
    FilterBar::setChoices(m_d->explained, {{tr("Explained"), true}, {tr("Not explained"), false}});
}

void PortfolioPage::applyFilter()
{
    HealthFilter filter;
    filter.text = m_d->filter->text();
    if (const auto value = m_d->tier->currentData(); value.isValid())
        filter.tier = value.toLongLong();
    if (const auto value = m_d->result->currentData(); value.isValid())
        filter.health = static_cast<Health>(value.toInt());
    if (const auto value = m_d->stage->currentData(); value.isValid())
        filter.stage = value.toString();
    if (const auto value = m_d->explained->currentData(); value.isValid())
        filter.explained = value.toBool();
    m_d->healthProxy->setPredicate([this, filter](int row) { return filter.matches(m_d->healthRows->record(row)); });
    m_d->filter->setShown(m_d->healthProxy->rowCount(), m_d->healthRows->rowCount());
    m_d->healthStack->setCurrentWidget(m_d->healthRows->rowCount() == 0    ? static_cast<QWidget *>(m_d->notMonitored)
                                       : m_d->healthProxy->rowCount() == 0 ? static_cast<QWidget *>(m_d->noneFound)
                                                                           : m_d->health);
}

void PortfolioPage::openModels(const QString &title, const std::set<ModelId> &models)
{
    if (models.empty()) {
        m_d->message->showMessage(MessageBar::Kind::info, tr("%1: there is no model to show.").arg(title));
        return;
    }
    m_d->message->clear();
    m_d->context.navigator.openInventory({title, models});
}

} // namespace countersign
