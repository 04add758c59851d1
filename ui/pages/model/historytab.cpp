// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/historytab.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

#include "core/report/report.h"
#include "ui/models/badgedelegate.h"
#include "ui/pages/model/requestrows.h"
#include "ui/pages/model/rowstable.h"
#include "ui/pages/model/textviewer.h"
#include "ui/shell/context.h"
#include "ui/shell/dialogservice.h"
#include "ui/shell/takeaway.h"
#include "ui/widgets/filterbar.h"
#include "ui/widgets/keyvalueform.h"
#include "ui/widgets/sectionheader.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

enum HistoryColumn { entryColumn, whenColumn, whoColumn, integrityColumn, whatColumn, modelColumn, kindColumn };

/// The tab on which the record of an act is found; empty: none.
QString tabOf(const std::string &fact)
{
    if (fact == "tierPublished" || fact == "tierOverrideConfirmed")
        return u"tier"_s;
    if (fact == "deploymentRequested" || fact == "requestSigned" || fact == "requestWithdrawn" ||
        fact == "requestAbstained" || fact == "versionDeployed")
        return u"signoffs"_s;
    if (fact == "monitoringRecorded" || fact == "monitoringExplained")
        return u"monitoring"_s;
    if (fact == "versionRegistered" || fact == "versionEdited" || fact == "documentAttached" ||
        fact == "validationRecorded")
        return u"versions"_s;
    return u"overview"_s;
}

} // namespace

HistoryTab::HistoryTab(Context &context, QWidget *parent)
    : ModelTab(context, parent)
    , m_filter(new FilterBar(tr("Search the history"), this))
    , m_kind(m_filter->addFilter(tr("Kind of act"), tr("Every kind of act")))
    , m_records(new RecordModel<TimelineRow>(
          timelineColumns(), [](const TimelineRow &row) { return u"%1"_s.arg(static_cast<qulonglong>(row.index)); },
          this))
    , m_proxy(new RecordProxy(m_records, this))
    , m_table(new TableView(tr("History of the model"), this))
{
    m_table->setModel(m_proxy);
    m_table->setItemDelegate(new BadgeDelegate(m_table));
    m_table->sortByColumn(entryColumn, Qt::DescendingOrder);
    m_table->setColumnHidden(modelColumn, true);
    m_table->setColumnHidden(kindColumn, true);
    m_table->shareWidth({whatColumn});

    m_copy = new QPushButton(tr("&Copy"), this);
    m_copy->setToolTip(tr("Copies the selected rows, or all, with their headings"));
    m_export = new QPushButton(tr("E&xport CSV…"), this);
    m_filter->addWidget(m_copy);
    m_filter->addWidget(m_export);

    auto *split = new QSplitter(Qt::Horizontal, this);
    split->setChildrenCollapsible(false);
    split->setHandleWidth(16);
    split->addWidget(m_table);
    split->addWidget(makeDetails());
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    split->setSizes({660, 400});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->addWidget(m_filter);
    layout->addWidget(split, 1);

    connect(m_filter, &FilterBar::changed, this, &HistoryTab::applyFilter);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &HistoryTab::showDetails);
    connect(m_table, &TableView::opened, this, &HistoryTab::showEntry);
    connect(m_copy, &QPushButton::clicked, m_table, &TableView::copy);
    connect(m_export, &QPushButton::clicked, this, &HistoryTab::exportCsv);
}

QWidget *HistoryTab::makeDetails()
{
    auto *panel = new QWidget(this);
    auto *layout = new QVBoxLayout(panel);
    layout->setContentsMargins(0, 0, 0, 0);
    auto *heading = new SectionHeader(tr("Act"), panel);
    m_goTo = heading->addAction(tr("&Go to it"));
    m_entry = heading->addAction(tr("Signed &entry…"));
    m_summary = new QLabel(panel);
    m_summary->setWordWrap(true);
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_facts = new KeyValueForm(panel);
    m_changes = new RowsTable(tr("Changed fields"), changeHeadings(), panel);
    m_changes->setSortingEnabled(false);
    m_changes->setWrapping();
    m_changes->shareWidth({1, 2});
    m_noChanges = quietLabel(panel);
    m_noChanges->setText(tr("No field of an earlier record changed."));
    layout->addWidget(heading);
    layout->addWidget(m_summary);
    layout->addWidget(m_facts);
    layout->addWidget(m_noChanges);
    layout->addWidget(m_changes, 1);
    layout->addStretch(0);
    connect(m_entry, &QPushButton::clicked, this, &HistoryTab::showEntry);
    connect(m_goTo, &QPushButton::clicked, this, [this] {
        if (const auto *row = current())
            this->context().navigator.openModel(modelId(), tabOf(row->item.fact), toQt(row->item.record));
    });
    return panel;
}

void HistoryTab::refresh()
{
    const auto selected = m_table->currentIndex().data(KeyRole).toString();
    auto rows = timelineRows(context().workspace.registry(), entriesAtFault(context().workspace.verification()));
    std::erase_if(rows, [this](const TimelineRow &row) { return row.item.model != modelId(); });

    QMap<QString, QString> kinds; // title to fact name
    for (const auto &row : rows)
        kinds[factTitle(toQt(row.item.fact))] = toQt(row.item.fact);
    QList<QPair<QString, QVariant>> choices;
    for (auto kind = kinds.cbegin(); kind != kinds.cend(); ++kind)
        choices << qMakePair(kind.key(), QVariant(kind.value()));
    choices << qMakePair(tr("Not allowed, without effect"), QVariant(u"forbidden"_s));
    FilterBar::setChoices(m_kind, choices);

    m_records->setRecords(std::move(rows));
    applyFilter();
    for (int row = 0; row < m_proxy->rowCount(); ++row)
        if (m_proxy->index(row, 0).data(KeyRole).toString() == selected)
            m_table->selectRow(row);
    showDetails();
}

void HistoryTab::applyFilter()
{
    TimelineFilter filter;
    filter.text = m_filter->text();
    const auto kind = m_kind->currentData().toString();
    if (kind == u"forbidden")
        filter.kind = TimelineKind::notAllowed;
    m_proxy->setPredicate([this, filter, kind](int row) {
        const auto &record = m_records->record(row);
        const bool wanted = kind.isEmpty() || kind == u"forbidden" || toQt(record.item.fact) == kind;
        return wanted && filter.matches(record);
    });
    if (!m_table->selectionModel()->hasSelection() && m_proxy->rowCount() > 0)
        m_table->selectRow(0);
    m_filter->setShown(m_proxy->rowCount(), m_records->rowCount());
    m_export->setEnabled(m_proxy->rowCount() > 0);
    m_copy->setEnabled(m_proxy->rowCount() > 0);
}

const TimelineRow *HistoryTab::current() const
{
    const auto selected = m_table->selectionModel()->selectedRows();
    return selected.isEmpty() ? nullptr : m_records->recordAt(selected.first());
}

void HistoryTab::showDetails()
{
    const auto *row = current();
    m_entry->setEnabled(row != nullptr);
    m_goTo->setEnabled(row != nullptr && !row->item.record.empty());
    m_goTo->setToolTip(m_goTo->isEnabled() ? QString() : tr("This act is about no record of its own."));
    m_facts->setVisible(row != nullptr);
    m_changes->setVisible(row != nullptr && !row->item.changes.empty());
    m_noChanges->setVisible(row != nullptr && row->item.changes.empty());
    if (row == nullptr) {
        m_summary->setText(tr("Select an act to see what it changed."));
        return;
    }
    const auto &item = row->item;
    m_summary->setText(toQt(item.summary));
    m_facts->setValue(tr("Kind"), factTitle(toQt(item.fact)));
    m_facts->setValue(tr("Who"), toQt(item.authorName));
    m_facts->setValue(tr("When"), timeText(item.at));
    m_facts->setValue(tr("Entry"), QString::number(item.seq));
    m_facts->setValue(tr("Allowed"), item.forbidden.empty()
                                         ? tr("Yes, by the policy of its day")
                                         : tr("No, and so without effect: %1").arg(toQt(item.forbidden)));
    m_changes->setRows(changeRows(item.changes));
}

void HistoryTab::showEntry()
{
    const auto *row = current();
    if (row == nullptr)
        return;
    auto text = context().workspace.entryText(row->item.seq);
    const auto title = tr("Signed entry %1").arg(row->item.seq);
    if (!text) {
        context().dialogs.error(this, title, text.error());
        return;
    }
    (new TextViewer(context(), title, std::move(*text), u"entry-%1.txt"_s.arg(row->item.seq), TextViewer::Format::plain,
                    this))
        ->open();
}

void HistoryTab::exportCsv()
{
    ReportTable table;
    table.header = {"entry", "time", "author", "kind", "summary", "changes", "forbidden"};
    for (int at = 0; at < m_proxy->rowCount(); ++at) {
        const auto &item = m_records->recordAt(m_proxy->index(at, 0))->item;
        std::string changes;
        for (const auto &change : item.changes)
            changes += (changes.empty() ? "" : "; ") + change.field + ": " + change.before + " -> " + change.after;
        table.rows.push_back({std::to_string(item.seq), toString(item.at), item.authorName, item.fact, item.summary,
                              changes, item.forbidden});
    }
    const auto name = model() == nullptr ? QString() : toQt(model()->reference);
    saveBytes(context(), this, tr("Export the history"), u"%1-history.csv"_s.arg(name), tr("CSV (*.csv)"),
              toCsv(table));
}

void HistoryTab::select(const QString &entry)
{
    for (int row = 0; row < m_proxy->rowCount(); ++row)
        if (m_proxy->index(row, entryColumn).data().toString() == entry) {
            m_table->selectRow(row);
            m_table->scrollTo(m_proxy->index(row, entryColumn));
            return;
        }
}

void HistoryTab::focusStart()
{
    m_table->setFocus();
}

} // namespace countersign
