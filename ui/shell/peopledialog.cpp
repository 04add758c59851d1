// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/peopledialog.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>

#include "ui/models/badgedelegate.h"
#include "ui/models/recordmodel.h"
#include "ui/shell/context.h"
#include "ui/shell/deputiespanel.h"
#include "ui/shell/personeditor.h"
#include "ui/shell/roles.h"
#include "ui/widgets/tableview.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

PeopleDialog::PeopleDialog(Context &context, QWidget *parent)
    : QDialog(parent)
    , m_context(context)
    , m_table(new TableView(tr("People"), this))
    , m_edit(new QPushButton(tr("&Change roles..."), this))
    , m_enrol(new QPushButton(tr("&Enrol..."), this))
{
    setWindowTitle(tr("People and roles"));
    setModal(true);
    using Column = RecordColumn<User>;
    const auto hasKey = [&context](const User &user) {
        const auto here = context.workspace.usersWithKeyHere();
        return std::any_of(here.begin(), here.end(), [&](const User &other) { return other.id == user.id; });
    };
    m_people = new RecordModel<User>(
        {Column(tr("Name"), [](const User &user) { return toQt(user.fullName); }),
         Column(tr("Roles"), [](const User &user) { return rolesText(user.roles); }),
         Column(tr("May sign"), [](const User &user) { return user.active ? tr("Yes") : tr("No"); }),
         Column(tr("Key here"), [hasKey](const User &user) { return hasKey(user) ? tr("Yes") : tr("No"); }),
         Column(tr("Key"), [](const User &user) { return toQt(user.keyId); })},
        [](const User &user) { return toQt(user.id.str()); }, this);
    m_table->setModel(new RecordProxy(m_people, this));
    m_table->sortByColumn(0, Qt::AscendingOrder);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->addButton(m_enrol, QDialogButtonBox::ActionRole);
    buttons->addButton(m_edit, QDialogButtonBox::ActionRole);
    auto *tabs = new QTabWidget(this);
    tabs->setAccessibleName(tr("People and deputies"));
    tabs->setDocumentMode(true);
    tabs->addTab(m_table, tr("People"));
    tabs->addTab(new DeputiesPanel(context, tabs), tr("Deputies"));
    connect(tabs, &QTabWidget::currentChanged, this, [this](int tab) {
        m_enrol->setVisible(tab == 0);
        m_edit->setVisible(tab == 0);
    });
    auto *column = new QVBoxLayout(this);
    column->addWidget(tabs);
    column->addWidget(buttons);

    connect(buttons, &QDialogButtonBox::rejected, this, &PeopleDialog::reject);
    connect(m_enrol, &QPushButton::clicked, this, [this] {
        auto *editor = new PersonEditor(m_context, std::nullopt, this);
        editor->setAttribute(Qt::WA_DeleteOnClose);
        editor->open();
    });
    connect(m_edit, &QPushButton::clicked, this, &PeopleDialog::edit);
    connect(m_table, &TableView::opened, this, &PeopleDialog::edit);
    connect(&context.changes, &ChangeNotifier::changed, this, &PeopleDialog::reload);
    reload();
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &PeopleDialog::follow);
    m_table->fitColumns();
    resize(fontMetrics().averageCharWidth() * 120, fontMetrics().height() * 24);
    follow();
}

void PeopleDialog::reload()
{
    std::vector<User> users;
    for (const auto &[id, user] : m_context.workspace.registry().users)
        users.push_back(user);
    m_people->setRecords(std::move(users));
    follow();
}

void PeopleDialog::edit()
{
    const auto *user = m_people->recordAt(m_table->currentIndex());
    if (!user || !m_edit->isEnabled())
        return;
    auto *editor = new PersonEditor(m_context, *user, this);
    editor->setAttribute(Qt::WA_DeleteOnClose);
    editor->open();
}

void PeopleDialog::follow()
{
    const auto gate = [this](QPushButton *button, const char *fact, bool also) {
        const auto why = m_context.workspace.whyNot(fact);
        button->setEnabled(!why && also);
        button->setToolTip(why ? toQt(*why) : QString());
    };
    gate(m_enrol, "userEnrolled", true);
    gate(m_edit, "userChanged", m_table->currentIndex().isValid());
}

} // namespace countersign
