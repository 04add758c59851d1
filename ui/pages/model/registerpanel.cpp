// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/registerpanel.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include "core/report/report.h"
#include "ui/pages/model/actiongate.h"
#include "ui/pages/model/evidencelist.h"
#include "ui/pages/model/modeltab.h"
#include "ui/pages/model/rowstable.h"
#include "ui/pages/model/words.h"
#include "ui/shell/context.h"
#include "ui/shell/takeaway.h"
#include "ui/widgets/actdialog.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/filterbar.h"
#include "ui/widgets/keyvalueform.h"
#include "ui/widgets/sectionheader.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

RegisterPanel::RegisterPanel(Context &context, RegisterKind kind, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_kind(std::move(kind))
    , m_filled(new QWidget(this))
    , m_empty(new EmptyState(u"empty"_s, m_kind.emptyTitle, m_kind.emptySentence, m_kind.actions.front().text, this))
    , m_whyNot(quietLabel(this))
    , m_gate(new ActionGate(context, m_whyNot, this))
{
    auto *header = new SectionHeader(m_kind.title, this);
    QPushButton *first = nullptr;
    for (const auto &action : std::as_const(m_kind.actions)) {
        auto *button = header->addAction(action.text);
        if (!first)
            first = button;
        const auto unless = [this, action]() -> QString {
            if (!action.onRecord)
                return {};
            const auto key = m_table->currentKey();
            if (key.isEmpty())
                return tr("Select one first.");
            return action.unless ? action.unless(key) : QString();
        };
        m_gate->add(button, action.fact, unless);
        connect(button, &QPushButton::clicked, this, [this, action] { start(action); });
    }
    auto *columns = new QHBoxLayout(m_filled);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(20);
    columns->addWidget(makeList(), 2);
    columns->addWidget(makeDetails(), 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(header);
    layout->addWidget(m_whyNot);
    layout->addWidget(m_filled, 1);
    layout->addWidget(m_empty, 1);
    connect(m_empty, &EmptyState::activated, first, &QPushButton::click);
    connect(m_table, &RowsTable::currentKeyChanged, this, [this] {
        showDetails();
        m_gate->refresh();
    });
    connect(m_filter, &FilterBar::changed, this, &RegisterPanel::applyFilter);
}

QWidget *RegisterPanel::makeList()
{
    auto *list = new QWidget(this);
    m_filter = new FilterBar(tr("Search %1").arg(m_kind.title.toLower()), list);
    m_state = m_filter->addFilter(tr("State"), tr("Open and closed"));
    FilterBar::setChoices(m_state, {{tr("Open"), true}, {tr("Closed"), false}});
    auto *save = new QPushButton(tr("E&xport…"), list);
    save->setToolTip(tr("Saves what is shown as CSV"));
    m_filter->addWidget(save);
    m_table = new RowsTable(m_kind.title, m_kind.headings, list);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->shareWidth({m_kind.naming, m_kind.stretch});
    auto *layout = new QVBoxLayout(list);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_filter);
    layout->addWidget(m_table, 1);
    connect(save, &QPushButton::clicked, this, &RegisterPanel::exportCsv);
    return list;
}

QWidget *RegisterPanel::makeDetails()
{
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setAccessibleName(tr("The record in full"));
    m_side = new QWidget(scroll);
    auto *layout = new QVBoxLayout(m_side);
    layout->setContentsMargins(0, 0, 8, 8);
    m_title = new QLabel(m_side);
    m_title->setWordWrap(true);
    m_title->setTextFormat(Qt::PlainText);
    auto bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_details = new KeyValueForm(m_side);
    m_evidence = new EvidenceList(m_context, tr("Evidence"), m_side);
    m_history = new RowsTable(tr("What happened to it"), {tr("When and who"), tr("What")}, m_side);
    m_history->setSortingEnabled(false);
    m_history->setWrapping();
    m_history->shareWidth({1});
    m_history->setGrowing(true);
    layout->addWidget(m_title);
    layout->addWidget(m_details);
    layout->addSpacing(8);
    layout->addWidget(m_evidence);
    layout->addWidget(new SectionHeader(tr("History"), m_side));
    layout->addWidget(m_history);
    layout->addStretch(1);
    scroll->setWidget(m_side);
    return scroll;
}

void RegisterPanel::showModel(const ModelId &model)
{
    if (model != m_model) {
        m_model = model;
        m_table->clearSelection();
        m_filter->clear();
    }
    refresh();
}

void RegisterPanel::refresh()
{
    const auto rows = m_kind.rows(m_model);
    m_table->setRows(rows);
    m_filled->setVisible(!rows.isEmpty());
    m_empty->setVisible(rows.isEmpty());
    applyFilter();
    showDetails();
    m_gate->refresh();
    const auto barred = m_context.workspace.whyNot(m_kind.actions.front().fact);
    m_empty->setDisabledReason(barred ? toQt(*barred) : QString());
}

void RegisterPanel::applyFilter()
{
    const auto words = m_filter->text().toLower().split(u' ', Qt::SkipEmptyParts);
    const auto state = m_state->currentData();
    m_table->proxy()->setPredicate([this, words, state](int at) {
        const auto &row = m_table->rows()->rows().at(at);
        if (state.isValid() && m_kind.isOpen(row.key) != state.toBool())
            return false;
        QString haystack;
        for (const auto &cell : row.cells)
            haystack += cell.text.toLower() + u'\n';
        return std::all_of(words.begin(), words.end(), [&](const QString &word) { return haystack.contains(word); });
    });
    m_filter->setShown(m_table->proxy()->rowCount(), m_table->rows()->rowCount());
    if (m_table->currentKey().isEmpty())
        m_table->selectFirst();
}

void RegisterPanel::showDetails()
{
    const auto key = m_table->currentKey();
    m_side->setVisible(!key.isEmpty());
    if (key.isEmpty())
        return;
    m_title->setText(m_table->rows()->rows().at(m_table->rows()->rowOf(key)).cells.at(m_kind.naming).text);
    m_details->clear();
    for (const auto &[name, value] : m_kind.details(key))
        if (!value.isEmpty())
            m_details->setValue(name, value);
    m_evidence->showEvidence(m_kind.evidence ? m_kind.evidence(key) : std::vector<RemediationEvidence>());
    QList<Row> rows;
    for (const auto *item : m_context.workspace.registry().timelineOf(m_model)) {
        if (item->record != toStd(key))
            continue;
        auto what = toQt(item->summary);
        for (const auto &change : item->changes)
            what += u"\n%1: %2 → %3"_s.arg(toQt(change.field), toQt(change.before), toQt(change.after));
        rows << Row{
            QString::number(item->seq) + u' ' + QString::number(rows.size()),
            {Cell(timeText(item->at) + u'\n' + toQt(item->authorName), QVariant(qint64(item->seq))), Cell(what)}};
    }
    m_history->setRows(rows);
}

void RegisterPanel::start(const RegisterAction &action)
{
    if (auto *dialog = action.make(m_model, m_table->currentKey(), this))
        dialog->open();
}

bool RegisterPanel::select(const QString &key)
{
    if (m_table->rows()->rowOf(key) < 0)
        return false;
    m_filter->clear();
    m_table->select(key);
    return true;
}

void RegisterPanel::focusStart()
{
    m_filled->isVisible() ? m_table->setFocus() : m_empty->setFocus();
}

int RegisterPanel::openCount() const
{
    const auto &rows = m_table->rows()->rows();
    return static_cast<int>(
        std::count_if(rows.begin(), rows.end(), [this](const Row &row) { return m_kind.isOpen(row.key); }));
}

void RegisterPanel::exportCsv()
{
    const auto &models = m_context.workspace.registry().models;
    const auto found = models.find(m_model);
    const auto name = found == models.end() ? QString() : toQt(found->second.reference);
    saveBytes(m_context, this, tr("Export %1").arg(m_kind.title.toLower()), u"%1-%2.csv"_s.arg(name, m_kind.id),
              tr("CSV (*.csv)"), toCsv(shownAsTable(*m_table->proxy())));
}

} // namespace countersign
