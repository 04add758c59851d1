// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/deputiespanel.h"

#include <QComboBox>
#include <QDateEdit>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/models/badgedelegate.h"
#include "ui/models/recordmodel.h"
#include "ui/shell/context.h"
#include "ui/shell/foresight.h"
#include "ui/widgets/reasondialog.h"
#include "ui/widgets/sectionheader.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/text.h"

namespace countersign {

namespace {

BadgeStyle standing(const Delegation &delegation, Date today)
{
    if (!delegation.open)
        return {DeputiesPanel::tr("Ended"), Theme::Colour::noData, BadgeShape::ring};
    if (delegation.holdsOn(today))
        return {DeputiesPanel::tr("Holds today"), Theme::Colour::green, BadgeShape::circle};
    return delegation.until < today
               ? BadgeStyle{DeputiesPanel::tr("Over"), Theme::Colour::noData, BadgeShape::ring}
               : BadgeStyle{DeputiesPanel::tr("To come"), Theme::Colour::amber, BadgeShape::square};
}

} // namespace

DeputiesPanel::DeputiesPanel(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_table(new TableView(tr("Deputies"), this))
{
    const auto nameOf = [&context](const UserId &id) {
        const auto &users = context.workspace.registry().users;
        const auto found = users.find(id);
        return found == users.end() ? toQt(id.str()) : toQt(found->second.fullName);
    };
    using Column = RecordColumn<Delegation>;
    const auto badge = [&context](const Delegation &each) { return standing(each, context.workspace.today()); };
    m_rows = new RecordModel<Delegation>(
        {Column(tr("Deputy"), [nameOf](const Delegation &each) { return nameOf(each.deputy); }),
         Column(tr("In place of"), [nameOf](const Delegation &each) { return nameOf(each.person); }),
         Column(tr("State"), [badge](const Delegation &each) { return badge(each).text; }).asBadge(badge),
         Column(tr("From"), [](const Delegation &each) { return dateText(each.from); }),
         Column(tr("Until"), [](const Delegation &each) { return dateText(each.until); }),
         Column(tr("Reason"), [](const Delegation &each) { return toQt(each.reason); })},
        [](const Delegation &each) { return toQt(each.id.str()); }, this);
    m_table->setModel(new RecordProxy(m_rows, this));
    m_table->setItemDelegate(new BadgeDelegate(m_table));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->sortByColumn(3, Qt::DescendingOrder);
    m_table->horizontalHeader()->setStretchLastSection(true);
    auto *header = new SectionHeader(tr("Deputies"), this);
    m_new = header->addAction(tr("&New deputy…"));
    m_end = header->addAction(tr("E&nd…"));
    auto *column = new QVBoxLayout(this);
    column->addWidget(header);
    column->addWidget(m_table, 1);
    connect(m_new, &QPushButton::clicked, this, [this] { (new DelegationDialog(m_context, this))->open(); });
    connect(m_end, &QPushButton::clicked, this, &DeputiesPanel::end);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &DeputiesPanel::follow);
    connect(&context.changes, &ChangeNotifier::changed, this, &DeputiesPanel::reload);
    reload();
    m_table->fitColumns();
}

void DeputiesPanel::reload()
{
    std::vector<Delegation> all;
    for (const auto &[id, delegation] : m_context.workspace.registry().delegations)
        all.push_back(delegation);
    m_rows->setRecords(std::move(all));
    follow();
}

void DeputiesPanel::follow()
{
    const auto barred = m_context.workspace.whyNot("delegationRecorded");
    m_new->setEnabled(!barred);
    m_new->setToolTip(barred ? toQt(*barred) : tr("Somebody who signs in another's place between two days"));
    const auto *row = m_rows->recordAt(m_table->currentIndex());
    QString why = !row ? tr("Select a deputy first.") : !row->open ? tr("It is ended already.") : QString();
    if (why.isEmpty())
        why = whyNotNow(m_context.workspace, DelegationEnded{row->id, "reason", row->revision}).value_or(QString());
    m_end->setEnabled(why.isEmpty());
    m_end->setToolTip(why);
}

void DeputiesPanel::end()
{
    const auto *row = m_rows->recordAt(m_table->currentIndex());
    if (!row)
        return;
    (new ReasonDialog(
         tr("End a delegation"), tr("The deputy will not sign in the other's place any more."), tr("End it"),
         tr("&Reason"),
         [this, id = row->id](const std::string &reason) { return m_context.workspace.endDelegation(id, reason); },
         this))
        ->open();
}

DelegationDialog::DelegationDialog(Context &context, QWidget *parent)
    : ActDialog(tr("A deputy"), tr("Record deputy"), parent)
    , m_context(context)
    , m_person(addChoice(tr("&In place of")))
    , m_deputy(addChoice(tr("&Deputy")))
    , m_from(addDate(tr("&From")))
    , m_until(addDate(tr("&Until")))
    , m_reason(addText(tr("&Reason"), tr("Leave, illness, a vacant post"), 2))
{
    addNote(tr("Where a rule of the policy names the other, or a group that they belong to, the deputy signs in their "
               "place, in a role that both hold, on these days and both of their ends. Who "
               "signed for whom stands with every signature."));
    for (const auto &[id, user] : context.workspace.registry().users) {
        if (!user.active)
            continue;
        m_person->addItem(toQt(user.fullName), toQt(id.str()));
        m_deputy->addItem(toQt(user.fullName), toQt(id.str()));
    }
    const auto today = toQt(context.workspace.today());
    if (const auto *user = context.workspace.user())
        m_person->setCurrentIndex(m_person->findData(toQt(user->id.str())));
    m_deputy->setCurrentIndex(-1);
    m_from->setDate(today);
    m_until->setMinimumDate(today);
    m_until->setDate(today.addDays(14));
    m_deputy->setFocus();
}

Delegation DelegationDialog::delegation() const
{
    Delegation made;
    made.person = UserId(toStd(m_person->currentData().toString()));
    made.deputy = UserId(toStd(m_deputy->currentData().toString()));
    made.from = fromQt(m_from->date());
    made.until = fromQt(m_until->date());
    made.reason = typed(m_reason);
    return made;
}

QString DelegationDialog::missing() const
{
    if (m_deputy->currentIndex() < 0)
        return tr("Choose the deputy.");
    const auto made = delegation();
    if (made.person == made.deputy)
        return tr("Nobody stands in for themselves.");
    if (made.until < made.from)
        return tr("It would be over before it begins.");
    return made.reason.empty() ? tr("Give the reason.") : QString();
}

Result<void> DelegationDialog::act()
{
    return outcome(m_context.workspace.delegate(delegation()));
}

} // namespace countersign
