// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/home/homepage.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include "core/policy/scope.h"
#include "core/policy/stages.h"
#include "ui/models/issuerows.h"
#include "ui/models/queuerows.h"
#include "ui/pages/home/queuesection.h"
#include "ui/shell/context.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/text.h"
#include "ui/widgets/tile.h"

using namespace Qt::StringLiterals;

namespace countersign {

struct HomePage::Private
{
    explicit Private(Context &given)
        : context(given)
    {
    }

    Context &context;
    QVBoxLayout *column = nullptr;
    RecordModel<WaitingTask> *tasks = nullptr;
    RecordModel<DriftAlert> *alerts = nullptr;
    RecordModel<OverdueItem> *late = nullptr;
    RecordModel<IssueRow> *issues = nullptr;
    QueueSection *taskSection = nullptr;
    QueueSection *alertSection = nullptr;
    QueueSection *lateSection = nullptr;
    QueueSection *issueSection = nullptr;
    MessageBar *message = nullptr;
    Tile *taskTile = nullptr;
    Tile *alertTile = nullptr;
    Tile *lateTile = nullptr;
    Tile *issueTile = nullptr;
    Tile *modelTile = nullptr;
};

HomePage::HomePage(Context &context, QWidget *parent)
    : Page(parent)
    , m_d(std::make_unique<Private>(context))
{
    m_d->tasks = new RecordModel<WaitingTask>(
        taskColumns(),
        [](const WaitingTask &task) { return toQt(enumName(task.kind) + task.model.str() + task.id + task.title); },
        this);
    m_d->alerts = new RecordModel<DriftAlert>(
        alertColumns(), [](const DriftAlert &alert) { return toQt(alert.run.str()); }, this);
    m_d->late = new RecordModel<OverdueItem>(
        overdueColumns(),
        [](const OverdueItem &item) { return toQt(enumName(item.kind) + item.model.str() + item.id + item.title); },
        this);
    m_d->issues = new RecordModel<IssueRow>(issueColumns(), [](const IssueRow &row) { return row.key; }, this);
    m_d->message = new MessageBar(this);
    m_d->message->setClosable(false);
    m_d->taskSection = new QueueSection(tr("Waiting for me"), u"waiting"_s, new RecordProxy(m_d->tasks, this), this);
    m_d->alertSection = new QueueSection(tr("Drift alerts"), u"drift"_s, new RecordProxy(m_d->alerts, this), this);
    m_d->issueSection = new QueueSection(tr("Detected issues"), u"warning"_s, new RecordProxy(m_d->issues, this), this);
    m_d->lateSection = new QueueSection(tr("Overdue"), u"clock"_s, new RecordProxy(m_d->late, this), this);
    auto *reviews = m_d->lateSection->addAction(tr("All re&views"));
    connect(reviews, &QPushButton::clicked, this, [this] { m_d->context.navigator.openPage(u"reviews"_s); });
    m_d->taskTile = new Tile(tr("&Waiting for me"), u"waiting"_s, this);
    m_d->alertTile = new Tile(tr("Drift a&lerts"), u"drift"_s, this);
    m_d->issueTile = new Tile(tr("Detected &issues"), u"warning"_s, this);
    m_d->lateTile = new Tile(tr("&Overdue"), u"clock"_s, this);
    m_d->modelTile = new Tile(tr("&Models in use"), u"inventory"_s, this);

    auto *tiles = new QHBoxLayout;
    for (auto *tile : {m_d->taskTile, m_d->alertTile, m_d->issueTile, m_d->lateTile, m_d->modelTile})
        tiles->addWidget(tile);
    m_d->column = new QVBoxLayout(this);
    m_d->column->setContentsMargins(0, 0, 0, 0);
    m_d->column->setSpacing(fontMetrics().height() * 2 / 3);
    m_d->column->addLayout(tiles);
    m_d->column->addWidget(m_d->message);
    for (auto *section : {m_d->taskSection, m_d->alertSection, m_d->issueSection, m_d->lateSection})
        m_d->column->addWidget(section);

    connect(m_d->taskTile, &Tile::clicked, m_d->taskSection, &QueueSection::focusTable);
    connect(m_d->alertTile, &Tile::clicked, m_d->alertSection, &QueueSection::focusTable);
    connect(m_d->issueTile, &Tile::clicked, m_d->issueSection, &QueueSection::focusTable);
    connect(m_d->issueSection->table(), &TableView::opened, this, [this](const QModelIndex &index) {
        if (const auto *row = m_d->issues->recordAt(index))
            m_d->context.navigator.openModel(row->model, row->tab, row->item);
    });
    connect(m_d->lateTile, &Tile::clicked, m_d->lateSection, &QueueSection::focusTable);
    connect(m_d->modelTile, &Tile::clicked, this, [this] { m_d->context.navigator.openPage(u"inventory"_s); });
    connect(m_d->taskSection->empty(), &EmptyState::activated, this,
            [this] { m_d->context.navigator.openPage(u"inventory"_s); });

    connect(m_d->taskSection->table(), &TableView::opened, this, [this](const QModelIndex &index) {
        const auto *task = m_d->tasks->recordAt(index);
        if (task && !task->model.valid())
            m_d->context.navigator.openPage(u"policy"_s);
        else if (task)
            m_d->context.navigator.openModel(task->model, tabOf(task->kind), toQt(task->id));
    });
    connect(m_d->alertSection->table(), &TableView::opened, this, [this](const QModelIndex &index) {
        if (const auto *alert = m_d->alerts->recordAt(index))
            m_d->context.navigator.openModel(alert->model, u"monitoring"_s, toQt(alert->run.str()));
    });
    connect(m_d->lateSection->table(), &TableView::opened, this, [this](const QModelIndex &index) {
        if (const auto *item = m_d->late->recordAt(index))
            m_d->context.navigator.openModel(item->model, tabOf(item->kind), toQt(item->id));
    });
    connect(&context.changes, &ChangeNotifier::changed, this, &HomePage::reload);
    connect(&context.changes, &ChangeNotifier::sessionChanged, this, &HomePage::reload);
    reload();
}

HomePage::~HomePage() = default;

QString HomePage::pageId() const
{
    return u"home"_s;
}

QString HomePage::title() const
{
    return tr("Home");
}

void HomePage::focusStart()
{
    for (auto *section : {m_d->taskSection, m_d->alertSection, m_d->issueSection, m_d->lateSection})
        if (section->rows() > 0) {
            section->focusTable();
            return;
        }
    m_d->taskTile->setFocus();
}

void HomePage::reload()
{
    reloadTasks();
    reloadAlerts();
    reloadOverdue();
    reloadIssues();

    const auto &policy = m_d->context.workspace.policy();
    const auto &registry = m_d->context.workspace.registry();
    const auto &models = registry.models;
    const auto count = [&](auto holds) {
        return std::ranges::count_if(models, [&](const auto &entry) {
            return holds(entry.second.stage) && !isOutOfScope(policy, registry, entry.first);
        });
    };
    const auto restricted = count([](Stage stage) { return stage == Stage::restricted; });
    const auto of = tr("of %1").arg(countText(static_cast<qint64>(models.size()), tr("model"), tr("models")));
    m_d->modelTile->setCount(count(isInUse), Theme::Colour::green,
                             restricted == 0 ? of : tr("%1, %2 restricted").arg(of, countText(restricted)));

    // A list takes room by what it holds, so that an empty one does not push the others away.
    constexpr int most = 8;
    for (auto *section : {m_d->taskSection, m_d->alertSection, m_d->issueSection, m_d->lateSection})
        m_d->column->setStretchFactor(section, section->rows() > 0 ? 3 + std::min(section->rows(), most) : 2);
}

void HomePage::reloadTasks()
{
    const auto &workspace = m_d->context.workspace;
    const auto *user = workspace.user();
    m_d->tasks->setRecords(user ? waitingFor(workspace.policy(), workspace.registry(), *user, workspace.today())
                                : std::vector<WaitingTask>());
    const auto waiting = m_d->taskSection->rows();
    m_d->taskTile->setCount(waiting, Theme::Colour::accent, user ? toQt(user->fullName) : tr("Nobody signed in"));
    if (!user)
        m_d->taskSection->follow({}, tr("Sign in (Ctrl+L) to see what waits for you."));
    else if (workspace.registry().models.empty())
        m_d->taskSection->follow(tr("There are no models yet"),
                                 tr("Register the first one, or import the inventory that you keep as a spreadsheet."),
                                 tr("&Go to the inventory"));
    else
        m_d->taskSection->follow({}, tr("Nothing waits for you."));
}

void HomePage::reloadAlerts()
{
    const auto &registry = m_d->context.workspace.registry();
    auto alerts = driftAlerts(registry);
    const auto red = std::count_if(alerts.begin(), alerts.end(),
                                   [](const DriftAlert &alert) { return alert.health == Health::red; });
    const auto open = std::count_if(alerts.begin(), alerts.end(), [](const DriftAlert &alert) { return alert.open(); });
    m_d->alerts->setRecords(std::move(alerts));
    m_d->alertTile->setCount(m_d->alertSection->rows(), red > 0 ? Theme::Colour::red : Theme::Colour::amber,
                             tr("%1 red, %2 open").arg(countText(red), countText(open)));
    m_d->alertSection->follow({}, registry.runs.empty()
                                      ? tr("No monitoring run yet. Attach a scoring log on a model's Monitoring tab.")
                                      : tr("All models are within their limits."));
}

void HomePage::reloadIssues()
{
    const auto &workspace = m_d->context.workspace;
    auto rows = issueRows(workspace.policy(), workspace.registry(), workspace.today());
    const auto unopened = std::ranges::count_if(rows, &IssueRow::becomesFinding);
    m_d->issues->setRecords(std::move(rows));
    m_d->issueTile->setCount(m_d->issueSection->rows(), Theme::Colour::red,
                             tr("%1 without a finding").arg(countText(unopened)));
    m_d->issueSection->follow({}, tr("Every detected issue has its finding, and no sign-off is stale."));
    if (unopened == 0)
        m_d->message->clear();
    else
        m_d->message->showMessage(
            MessageBar::Kind::info,
            tr("%1 not opened as findings yet. That happens by itself when somebody who may raise findings (%2) signs "
               "in or does something.")
                .arg(countText(unopened, tr("detected issue is"), tr("detected issues are")),
                     toQt(rolesFor(workspace.policy(), "findingRaised"))));
}

void HomePage::reloadOverdue()
{
    const auto &workspace = m_d->context.workspace;
    auto items = overdue(workspace.policy(), workspace.registry(), workspace.today());
    const auto longest = items.empty() ? 0 : items.front().days;
    m_d->late->setRecords(std::move(items));
    m_d->lateTile->setCount(m_d->lateSection->rows(), Theme::Colour::amber,
                            longest > 0 ? tr("longest: %1").arg(countText(longest, tr("day"), tr("days"))) : QString());
    m_d->lateSection->follow({}, tr("No review, finding or condition is overdue."));
}

} // namespace countersign
