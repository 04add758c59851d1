// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/audit/auditpage.h"

#include <QComboBox>
#include <QDateEdit>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/models/badgedelegate.h"
#include "ui/models/timelinerows.h"
#include "ui/pages/audit/asofdialog.h"
#include "ui/pages/audit/entrydetails.h"
#include "ui/pages/audit/verifypanel.h"
#include "ui/shell/context.h"
#include "ui/shell/settings.h"
#include "ui/shell/takeaway.h"
#include "ui/widgets/filterbar.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

struct AuditPage::Private
{
    explicit Private(Context &given)
        : context(given)
    {
    }

    Context &context;
    std::set<std::int64_t> faulty;
    RecordModel<TimelineRow> *rows = nullptr;
    RecordProxy *proxy = nullptr;
    TableView *table = nullptr;
    EntryDetails *details = nullptr;
    VerifyPanel *verify = nullptr;
    MessageBar *message = nullptr;
    FilterBar *filter = nullptr;
    QComboBox *kind = nullptr;
    QComboBox *author = nullptr;
    QDateEdit *day = nullptr;
    QLabel *head = nullptr;
    QHBoxLayout *actions = nullptr;
    QToolButton *verifyButton = nullptr;
};

AuditPage::AuditPage(Context &context, QSettings *settings, QWidget *parent)
    : Page(parent)
    , m_d(std::make_unique<Private>(context))
{
    m_d->rows = new RecordModel<TimelineRow>(
        timelineColumns(), [](const TimelineRow &row) { return u"%1/%2"_s.arg(row.item.seq).arg(row.index); }, this);
    m_d->proxy = new RecordProxy(m_d->rows, this);
    m_d->table = new TableView(tr("Entries of the log"), this);
    m_d->table->setModel(m_d->proxy);
    m_d->table->setItemDelegate(new BadgeDelegate(m_d->table));
    m_d->table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_d->table->sortByColumn(0, Qt::DescendingOrder);
    m_d->details = new EntryDetails(context, this);
    m_d->verify = new VerifyPanel(context, this);
    m_d->message = new MessageBar(this);
    buildActions();

    m_d->filter = new FilterBar(tr("Search entries"), this);
    m_d->kind = m_d->filter->addFilter(tr("Kind of entry"), tr("All kinds"));
    FilterBar::setChoices(m_d->kind, {{tr("Inventory"), static_cast<int>(TimelineKind::inventory)},
                                      {tr("Monitoring"), static_cast<int>(TimelineKind::monitoring)},
                                      {tr("Tier"), static_cast<int>(TimelineKind::tier)},
                                      {tr("Sign-off"), static_cast<int>(TimelineKind::signOff)},
                                      {tr("People and policy"), static_cast<int>(TimelineKind::people)},
                                      {tr("Not allowed or broken"), static_cast<int>(TimelineKind::notAllowed)}});
    m_d->author = m_d->filter->addFilter(tr("Who"), tr("Everybody"));

    auto *splitter = new QSplitter(this);
    splitter->addWidget(m_d->table);
    splitter->addWidget(m_d->details);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(false);
    splitter->setSizes({fontMetrics().averageCharWidth() * 112, fontMetrics().averageCharWidth() * 50});
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(m_d->actions);
    column->addWidget(m_d->message);
    column->addWidget(m_d->verify);
    column->addWidget(m_d->filter);
    column->addWidget(splitter, 1);
    if (settings)
        splitter->restoreState(settings->value(settings::auditSplitter).toByteArray());
    connect(splitter, &QSplitter::splitterMoved, this, [settings, splitter] {
        if (settings)
            settings->setValue(settings::auditSplitter, splitter->saveState());
    });

    connect(m_d->filter, &FilterBar::changed, this, &AuditPage::applyFilter);
    connect(m_d->table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &AuditPage::showSelected);
    connect(m_d->table, &TableView::opened, this, [this](const QModelIndex &index) {
        const auto *row = m_d->rows->recordAt(index);
        if (row && m_d->context.workspace.registry().models.contains(row->item.model))
            m_d->context.navigator.openModel(row->item.model, u"history"_s, toQt(row->item.record));
    });
    connect(m_d->verify, &VerifyPanel::faultSelected, this, &AuditPage::selectEntry);
    connect(m_d->verify, &VerifyPanel::verified, this, [this](const VerificationReport &report) {
        m_d->faulty = entriesAtFault(report);
        reload();
        if (!report.faults.empty() && report.faults.front().seq)
            selectEntry(static_cast<qint64>(*report.faults.front().seq));
    });
    connect(&context.changes, &ChangeNotifier::changed, this, &AuditPage::reload);

    const auto &known = context.workspace.verification();
    m_d->faulty = entriesAtFault(known);
    reload();
    m_d->table->shareWidth({4, 5});                                  // what and the model
    m_d->table->setColumnHidden(m_d->rows->columnCount() - 1, true); // the kind is also a filter
    static_cast<void>(m_d->table->columnsMenu());
    m_d->table->remember(settings, settings::auditColumns);
    if (!known.valid())
        m_d->verify->show(known, false);
}

AuditPage::~AuditPage() = default;

void AuditPage::buildActions()
{
    m_d->head = new QLabel(this);
    m_d->head->setForegroundRole(QPalette::PlaceholderText);
    m_d->head->setTextInteractionFlags(Qt::TextSelectableByMouse);

    m_d->verifyButton = new QToolButton(this);
    m_d->verifyButton->setText(tr("Verif&y whole file"));
    m_d->verifyButton->setIcon(themedIcon(u"verify"_s, this));
    m_d->verifyButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_d->verifyButton->setPopupMode(QToolButton::MenuButtonPopup);
    m_d->verifyButton->setFocusPolicy(Qt::StrongFocus);
    m_d->verifyButton->setToolTip(tr("Reads every entry from the disk and checks signatures, order, policy and files"));
    auto *menu = new QMenu(m_d->verifyButton);
    menu->addAction(tr("&Verify whole file"), this, [this] { m_d->verify->verify(std::nullopt); });
    menu->addAction(tr("Verify against a &checkpoint..."), m_d->verify, &VerifyPanel::chooseCheckpointAndVerify);
    m_d->verifyButton->setMenu(menu);
    connect(m_d->verifyButton, &QToolButton::clicked, this, [this] { m_d->verify->verify(std::nullopt); });

    auto *checkpoint = new QPushButton(themedIcon(u"lock"_s, this), tr("Save chec&kpoint..."), this);
    auto *evidence = new QPushButton(themedIcon(u"export"_s, this), tr("E&xport evidence..."), this);
    connect(checkpoint, &QPushButton::clicked, this, [this] { saveCheckpoint(m_d->context, this, *m_d->message); });
    connect(evidence, &QPushButton::clicked, this, [this] { exportEvidence(m_d->context, this, *m_d->message); });

    auto *asOf = new QLabel(tr("As o&f"), this);
    m_d->day = new QDateEdit(toQt(m_d->context.workspace.today()), this);
    m_d->day->setCalendarPopup(true);
    m_d->day->setDisplayFormat(u"yyyy-MM-dd"_s);
    m_d->day->setMaximumDate(toQt(m_d->context.workspace.today()));
    m_d->day->setAccessibleName(tr("Day to look back to"));
    asOf->setBuddy(m_d->day);
    auto *look = new QPushButton(tr("Sho&w inventory"), this);
    look->setToolTip(tr("The inventory as it stood at the end of that day"));
    connect(look, &QPushButton::clicked, this, &AuditPage::showAsOf);

    m_d->actions = new QHBoxLayout;
    for (auto *widget : {static_cast<QWidget *>(m_d->verifyButton), static_cast<QWidget *>(checkpoint),
                         static_cast<QWidget *>(evidence)})
        m_d->actions->addWidget(widget);
    m_d->actions->addSpacing(fontMetrics().averageCharWidth() * 2);
    for (auto *widget : {static_cast<QWidget *>(asOf), static_cast<QWidget *>(m_d->day), static_cast<QWidget *>(look)})
        m_d->actions->addWidget(widget);
    m_d->actions->addStretch(1);
    m_d->actions->addWidget(m_d->head);
}

QString AuditPage::pageId() const
{
    return u"audit"_s;
}

QString AuditPage::title() const
{
    return tr("Audit");
}

void AuditPage::focusStart()
{
    m_d->table->start();
}

TableView *AuditPage::table() const
{
    return m_d->table;
}

FilterBar *AuditPage::filterBar() const
{
    return m_d->filter;
}

VerifyPanel *AuditPage::verifyPanel() const
{
    return m_d->verify;
}

void AuditPage::reload()
{
    const auto &workspace = m_d->context.workspace;
    m_d->rows->setRecords(timelineRows(workspace.registry(), m_d->faulty));
    QList<QPair<QString, QVariant>> authors;
    for (const auto &[id, user] : workspace.registry().users)
        authors.append({toQt(user.fullName), toQt(user.fullName)});
    FilterBar::setChoices(m_d->author, authors);
    m_d->head->setText(countText(workspace.registry().size, tr("entry"), tr("entries")));
    m_d->head->setToolTip(tr("Log %1").arg(toQt(workspace.origin())));
    applyFilter();
    showSelected();
}

void AuditPage::applyFilter()
{
    TimelineFilter filter;
    filter.text = m_d->filter->text();
    if (const auto kind = m_d->kind->currentData(); kind.isValid())
        filter.kind = static_cast<TimelineKind>(kind.toInt());
    if (const auto author = m_d->author->currentData(); author.isValid())
        filter.author = author.toString();
    m_d->proxy->setPredicate([this, filter](int row) { return filter.matches(m_d->rows->record(row)); });
    m_d->filter->setShown(m_d->proxy->rowCount(), m_d->rows->rowCount());
}

void AuditPage::showSelected()
{
    if (const auto *row = m_d->rows->recordAt(m_d->table->currentIndex()))
        m_d->details->show(*row);
    else
        m_d->details->clear();
}

void AuditPage::selectEntry(qint64 entry)
{
    m_d->filter->clear();
    for (int row = 0; row < m_d->proxy->rowCount(); ++row) {
        const auto index = m_d->proxy->index(row, 0);
        if (const auto *record = m_d->rows->recordAt(index); record && record->item.seq == entry) {
            m_d->table->selectRow(row);
            m_d->table->scrollTo(index);
            return;
        }
    }
}

void AuditPage::showAsOf()
{
    const auto day = fromQt(m_d->day->date());
    const auto then = m_d->context.workspace.asOf(day);
    if (!then) {
        m_d->message->showError(then.error());
        return;
    }
    auto *dialog = new AsOfDialog(*then, m_d->context.workspace.policy(), day, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace countersign
