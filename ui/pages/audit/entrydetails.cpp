// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/audit/entrydetails.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QTabWidget>
#include <QVBoxLayout>

#include "ui/models/timelinerows.h"
#include "ui/shell/context.h"
#include "ui/shell/roles.h"
#include "ui/widgets/copyablelabel.h"
#include "ui/widgets/keyvalueform.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

namespace {

/// The digest of the entry as the workspace prints it: the first 64 hexadecimal digits of the text.
QString digestIn(const QString &entryText)
{
    static const QRegularExpression digest(u"\\b[0-9a-f]{64}\\b"_s);
    return digest.match(entryText).captured(0);
}

std::vector<RecordColumn<FieldChange>> changeColumns()
{
    using Column = RecordColumn<FieldChange>;
    return {Column(EntryDetails::tr("Field"), [](const FieldChange &change) { return toQt(change.field); }),
            Column(EntryDetails::tr("Before"), [](const FieldChange &change) { return toQt(change.before); }),
            Column(EntryDetails::tr("After"), [](const FieldChange &change) { return toQt(change.after); })};
}

} // namespace

EntryDetails::EntryDetails(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_summary(new QLabel(this))
    , m_warning(new MessageBar(this))
    , m_facts(new KeyValueForm(this))
    , m_digest(new CopyableLabel(tr("Digest of the entry"), this))
    , m_openModel(new QPushButton(tr("Op&en the model"), this))
    , m_tabs(new QTabWidget(this))
    , m_changes(new RecordModel<FieldChange>(
          changeColumns(), [](const FieldChange &change) { return toQt(change.field); }, this))
    , m_changeTable(new TableView(tr("Fields before and after"), this))
    , m_raw(new QPlainTextEdit(this))
{
    auto bold = font();
    bold.setBold(true);
    m_summary->setFont(bold);
    m_summary->setWordWrap(true);
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_warning->setClosable(false);
    m_digest->setMonospace(true);
    for (const auto &key : {tr("Entry"), tr("When"), tr("Who"), tr("Key"), tr("Kind"), tr("Model")})
        m_facts->setValue(key, {});
    m_facts->setWidget(tr("Digest"), m_digest);

    m_changeTable->setModel(m_changes);
    m_changeTable->setSortingEnabled(false);
    m_changeTable->setWordWrap(true);
    m_changeTable->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_changeTable->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_raw->setReadOnly(true);
    m_raw->setAccessibleName(tr("The entry as stored"));
    m_raw->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_raw->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    m_raw->setWordWrapMode(QTextOption::WrapAnywhere);
    m_raw->setTabChangesFocus(true);
    m_tabs->setAccessibleName(tr("Details of the entry"));
    m_tabs->addTab(m_changeTable, tr("Fields"));
    m_tabs->addTab(m_raw, tr("As stored"));

    auto *top = new QHBoxLayout;
    top->addWidget(m_summary, 1);
    top->addWidget(m_openModel, 0, Qt::AlignTop);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(top);
    column->addWidget(m_warning);
    column->addWidget(m_facts);
    column->addWidget(m_tabs, 1);
    connect(m_openModel, &QPushButton::clicked, this,
            [this] { m_context.navigator.openModel(m_model, u"history"_s, m_record); });
    clear();
}

void EntryDetails::clear()
{
    m_summary->setText(tr("Select an entry to see it in full."));
    m_warning->clear();
    m_facts->hide();
    m_tabs->hide();
    m_openModel->hide();
}

void EntryDetails::show(const TimelineRow &row)
{
    const auto &item = row.item;
    const auto &users = m_context.workspace.registry().users;
    const auto author = users.find(item.author);
    m_model = item.model;
    m_record = toQt(item.record);
    m_summary->setText(toQt(item.summary));
    if (!item.forbidden.empty())
        m_warning->showMessage(MessageBar::Kind::warning,
                               tr("Not allowed, and without effect: %1").arg(toQt(item.forbidden)));
    else if (row.faulty)
        m_warning->showMessage(MessageBar::Kind::error, tr("Verification found a fault at this entry."));
    else
        m_warning->clear();
    m_facts->setValue(tr("Entry"), QString::number(item.seq));
    m_facts->setValue(tr("When"), toQt(toString(item.at)));
    const bool known = author != users.end();
    m_facts->setValue(tr("Who"), known ? tr("%1 (%2)").arg(toQt(item.authorName), rolesText(author->second.roles))
                                       : toQt(item.authorName));
    m_facts->setValue(tr("Key"), known ? toQt(author->second.keyId) : QString());
    m_facts->setValue(tr("Kind"), factTitle(toQt(item.fact)));
    m_facts->setValue(tr("Model"), row.model);
    m_openModel->setVisible(item.model.valid() && m_context.workspace.registry().models.contains(item.model));
    m_changes->setRecords(item.changes);
    m_tabs->setTabEnabled(m_tabs->indexOf(m_changeTable), !item.changes.empty());
    if (item.changes.empty())
        m_tabs->setCurrentWidget(m_raw);

    const auto text = m_context.workspace.entryText(item.seq);
    const auto shown = text ? toQt(*text) : toQt(text.error().text());
    m_raw->setPlainText(shown);
    m_digest->setText(text ? digestIn(shown) : QString());
    m_facts->show();
    m_tabs->show();
}

} // namespace countersign
