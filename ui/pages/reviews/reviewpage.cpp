// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/reviews/reviewpage.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/models/badgedelegate.h"
#include "ui/models/reviewrows.h"
#include "ui/pages/model/validationdialog.h"
#include "ui/pages/reviews/planreviewdialog.h"
#include "ui/shell/context.h"
#include "ui/shell/foresight.h"
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

struct ReviewPage::Private
{
    explicit Private(Context &given)
        : context(given)
    {
    }

    Context &context;
    QSettings *settings = nullptr;
    RecordModel<ReviewItem> *rows = nullptr;
    RecordProxy *proxy = nullptr;
    QLabel *summary = nullptr;
    FilterBar *filter = nullptr;
    QComboBox *due = nullptr;
    QComboBox *tier = nullptr;
    QComboBox *owner = nullptr;
    QComboBox *validator = nullptr;
    TableView *table = nullptr;
    EmptyState *empty = nullptr;
    EmptyState *noneFound = nullptr;
    QStackedWidget *stack = nullptr;
    MessageBar *message = nullptr;
    QPushButton *validateButton = nullptr;
    QPushButton *planButton = nullptr;
    QPushButton *openButton = nullptr;
    QPushButton *more = nullptr;
};

ReviewPage::ReviewPage(Context &context, QSettings *settings, QWidget *parent)
    : Page(parent)
    , m_d(std::make_unique<Private>(context))
{
    m_d->settings = settings;
    m_d->rows = new RecordModel<ReviewItem>(
        reviewColumns(), [](const ReviewItem &item) { return toQt(item.model.str()); }, this);
    m_d->proxy = new RecordProxy(m_d->rows, this);
    m_d->message = new MessageBar(this);
    m_d->summary = new QLabel(this);
    m_d->table = new TableView(tr("Reviews"), this);
    m_d->table->setModel(m_d->proxy);
    m_d->table->setItemDelegate(new BadgeDelegate(m_d->table));
    m_d->table->sortByColumn(2, Qt::AscendingOrder);
    m_d->table->shareWidth({0, 5}); // the model, and why
    m_d->empty = new EmptyState(u"clock"_s, tr("There is no model to review"),
                                tr("Every model of the inventory that is not retired stands here with its next "
                                   "review, why it is due, and who is to do it."),
                                tr("&Go to the inventory"), this);
    m_d->noneFound = new EmptyState(u"search"_s, tr("No review fits"),
                                    tr("Nothing matches the search and the filters."), tr("Clear &filters"), this);
    buildToolbar();
    m_d->stack = new QStackedWidget(this);
    for (auto *widget : {static_cast<QWidget *>(m_d->table), static_cast<QWidget *>(m_d->empty),
                         static_cast<QWidget *>(m_d->noneFound)})
        m_d->stack->addWidget(widget);

    auto *first = new QHBoxLayout;
    first->addWidget(m_d->summary, 1);
    for (auto *button : {m_d->validateButton, m_d->planButton, m_d->openButton, m_d->more})
        first->addWidget(button);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_d->message);
    column->addLayout(first);
    column->addWidget(m_d->filter);
    column->addWidget(m_d->stack, 1);

    connect(m_d->filter, &FilterBar::changed, this, &ReviewPage::applyFilter);
    connect(m_d->noneFound, &EmptyState::activated, m_d->filter, &FilterBar::clear);
    connect(m_d->empty, &EmptyState::activated, this, [this] { m_d->context.navigator.openPage(u"inventory"_s); });
    const auto open = [this] {
        if (const auto *item = current())
            m_d->context.navigator.openModel(item->model, u"versions"_s, toQt(item->version.str()));
    };
    connect(m_d->table, &TableView::opened, this, open);
    connect(m_d->openButton, &QPushButton::clicked, this, open);
    connect(m_d->table->selectionModel(), &QItemSelectionModel::currentChanged, this, &ReviewPage::updateActions);
    connect(&context.changes, &ChangeNotifier::sessionChanged, this, &ReviewPage::updateActions);
    keepFresh(context, [this] { reload(); });
}

ReviewPage::~ReviewPage() = default;

void ReviewPage::buildToolbar()
{
    using Due = ReviewFilter::Due;
    m_d->filter = new FilterBar(tr("Search reviews"), this);
    m_d->due = m_d->filter->addFilter(tr("Due"), tr("All days"));
    FilterBar::setChoices(m_d->due, {{tr("Overdue"), static_cast<int>(Due::overdue)},
                                     {tr("Due in 30 days"), static_cast<int>(Due::within30)},
                                     {tr("Due in 90 days"), static_cast<int>(Due::within90)},
                                     {tr("No day"), static_cast<int>(Due::noDay)}});
    m_d->tier = m_d->filter->addFilter(tr("Tier"), tr("All tiers"));
    m_d->owner = m_d->filter->addFilter(tr("Owner"), tr("All owners"));
    m_d->validator = m_d->filter->addFilter(tr("To be done by"), tr("By anybody"));

    m_d->validateButton = new QPushButton(themedIcon(u"sign"_s, this), tr("&Record validation..."), this);
    m_d->planButton = new QPushButton(themedIcon(u"calendar"_s, this), tr("P&lan..."), this);
    m_d->openButton = new QPushButton(themedIcon(u"model"_s, this), tr("&Open model"), this);
    m_d->openButton->setToolTip(tr("Opens the versions of the model (Enter)"));
    connect(m_d->validateButton, &QPushButton::clicked, this, &ReviewPage::validate);
    connect(m_d->planButton, &QPushButton::clicked, this, &ReviewPage::plan);

    m_d->more = tableMenuButton(m_d->table, [this] { exportShown(); }, this);
}

QString ReviewPage::pageId() const
{
    return u"reviews"_s;
}

QString ReviewPage::title() const
{
    return tr("Reviews");
}

void ReviewPage::focusStart()
{
    startAt(*m_d->table, *m_d->empty);
}

TableView *ReviewPage::table() const
{
    return m_d->table;
}

void ReviewPage::reload()
{
    const auto &workspace = m_d->context.workspace;
    const bool first = m_d->rows->rowCount() == 0;
    m_d->rows->setRecords(reviewQueue(workspace.policy(), workspace.registry(), workspace.today()));
    fillChoices();
    applyFilter();
    updateActions();
    if (first && !m_d->rows->records().empty())
        layOutColumns();
    const auto &items = m_d->rows->records();
    const auto count = [&](auto holds) { return countText(qint64(std::ranges::count_if(items, holds))); };
    m_d->summary->setText(tr("<b>%1</b> overdue, <b>%2</b> due in 30 days, <b>%3</b> without a day")
                              .arg(count([](const ReviewItem &item) { return item.overdue(); }),
                                   count([](const ReviewItem &item) { return !item.overdue() && item.dueWithin(30); }),
                                   count([](const ReviewItem &item) { return !item.due; })));
    m_d->summary->setVisible(!items.empty());
}

void ReviewPage::layOutColumns()
{
    constexpr int firstHidden = 7;
    for (int column = firstHidden; column < m_d->rows->columnCount(); ++column)
        m_d->table->setColumnHidden(column, true);
    m_d->table->remember(m_d->settings, settings::reviewColumns);
}

void ReviewPage::fillChoices()
{
    const auto &pack = m_d->context.workspace.policy();
    QList<QPair<QString, QVariant>> tiers;
    for (const auto &tier : pack.tiers)
        tiers.append({toQt(tier.label), qint64(tier.level)});
    tiers.append({toQt(pack.tierLabel(0)), qint64(0)});
    FilterBar::setChoices(m_d->tier, tiers);
    const auto people = [this](std::string ReviewItem::*member, const QString &whenNone) {
        std::map<QString, QVariant> names;
        for (const auto &item : m_d->rows->records())
            names.emplace(toQt(item.*member), toQt(item.*member));
        QList<QPair<QString, QVariant>> choices;
        for (const auto &[name, value] : names)
            choices.append({name.isEmpty() ? whenNone : name, value});
        return choices;
    };
    FilterBar::setChoices(m_d->owner, people(&ReviewItem::owner, tr("No owner")));
    FilterBar::setChoices(m_d->validator, people(&ReviewItem::validator, tr("Nobody is named")));
}

void ReviewPage::applyFilter()
{
    ReviewFilter filter;
    filter.text = m_d->filter->text();
    if (const auto value = m_d->due->currentData(); value.isValid())
        filter.due = static_cast<ReviewFilter::Due>(value.toInt());
    if (const auto value = m_d->tier->currentData(); value.isValid())
        filter.tier = value.toLongLong();
    if (const auto value = m_d->owner->currentData(); value.isValid())
        filter.owner = value.toString();
    if (const auto value = m_d->validator->currentData(); value.isValid())
        filter.validator = value.toString();
    m_d->proxy->setPredicate([this, filter](int row) { return filter.matches(m_d->rows->record(row)); });
    m_d->filter->setShown(m_d->proxy->rowCount(), m_d->rows->rowCount());
    m_d->stack->setCurrentWidget(m_d->rows->rowCount() == 0    ? static_cast<QWidget *>(m_d->empty)
                                 : m_d->proxy->rowCount() == 0 ? static_cast<QWidget *>(m_d->noneFound)
                                                               : m_d->table);
    updateActions();
}

const ReviewItem *ReviewPage::current() const
{
    return m_d->stack->currentWidget() == m_d->table ? m_d->rows->recordAt(m_d->table->currentIndex()) : nullptr;
}

void ReviewPage::updateActions()
{
    const auto &workspace = m_d->context.workspace;
    const auto *item = current();
    const auto gate = [](QPushButton *button, const QString &why) {
        button->setEnabled(why.isEmpty());
        button->setToolTip(why);
    };
    const auto whyNotValidated = [&]() -> QString {
        if (const auto barred = workspace.whyNot("validationRecorded"))
            return toQt(*barred);
        if (!item)
            return tr("Select a model first.");
        if (!item->version.valid())
            return tr("The model has no version to validate. Register one first.");
        Validation validation;
        validation.model = item->model;
        validation.version = item->version;
        validation.nextReviewOn = workspace.today(); // the dialog asks for the day
        const Fact fact = ValidationRecorded{validation};
        const auto why = whyNotNow(workspace, fact);
        return why ? *why + u' ' + whoCouldText(workspace, fact) : QString();
    };
    const auto whyNotPlanned = [&]() -> QString {
        if (const auto barred = workspace.whyNot("modelEdited"))
            return toQt(*barred);
        return item ? QString() : tr("Select a model first.");
    };
    gate(m_d->validateButton, whyNotValidated());
    gate(m_d->planButton, whyNotPlanned());
    m_d->openButton->setEnabled(item != nullptr);
}

void ReviewPage::plan()
{
    const auto *item = current();
    const auto &models = m_d->context.workspace.registry().models;
    const auto found = item ? models.find(item->model) : models.end();
    if (found == models.end())
        return;
    auto *dialog = new PlanReviewDialog(m_d->context, found->second, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void ReviewPage::validate()
{
    const auto *item = current();
    const auto &versions = m_d->context.workspace.registry().versions;
    const auto found = item ? versions.find(item->version) : versions.end();
    if (found == versions.end())
        return;
    auto *dialog = new ValidationDialog(m_d->context, found->second, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, name = toQt(item->name)] {
        m_d->message->showMessage(MessageBar::Kind::success, tr("The validation of %1 is recorded.").arg(name));
    });
    dialog->open();
}

void ReviewPage::exportShown()
{
    std::vector<const ReviewItem *> shown;
    for (int row = 0; row < m_d->proxy->rowCount(); ++row)
        shown.push_back(m_d->rows->recordAt(m_d->proxy->index(row, 0)));
    saveAndSay(m_d->context, this, *m_d->message,
               {tr("Export what is shown"), u"reviews.csv"_s, tr("CSV (*.csv)"),
                tr("%1 exported to %2").arg(countText(static_cast<qint64>(shown.size()), tr("review"), tr("reviews")))},
               reviewQueueCsv(shown));
}

} // namespace countersign
