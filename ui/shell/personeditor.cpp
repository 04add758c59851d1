// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/personeditor.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/shell/context.h"
#include "ui/shell/roles.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/passphrasefields.h"
#include "ui/widgets/text.h"

namespace countersign {

PersonEditor::PersonEditor(Context &context, std::optional<User> user, QWidget *parent)
    : QDialog(parent)
    , m_context(context)
    , m_user(std::move(user))
    , m_message(new MessageBar(this))
    , m_name(new QLineEdit(this))
    , m_roles(new RoleBoxes(this))
    , m_problem(new QLabel(this))
{
    setWindowTitle(m_user ? tr("Roles of %1").arg(toQt(m_user->fullName)) : tr("Enrol a person"));
    setModal(true);
    m_name->setAccessibleName(tr("Full name"));
    m_name->setMinimumWidth(fontMetrics().averageCharWidth() * 48);
    m_problem->setForegroundRole(QPalette::PlaceholderText);

    auto *form = new QFormLayout;
    form->addRow(tr("Full &name *"), m_name);
    form->addRow(tr("Roles *"), m_roles);
    if (m_user) {
        m_name->setText(toQt(m_user->fullName));
        m_name->setReadOnly(true);
        m_roles->setRoles(m_user->roles);
        m_active = new QCheckBox(tr("&May sign"), this);
        m_active->setChecked(m_user->active);
        form->addRow(QString(), m_active);
    } else {
        auto *note =
            new QLabel(tr("The key is made on this computer. The person types the passphrase themselves."), this);
        note->setWordWrap(true);
        note->setForegroundRole(QPalette::PlaceholderText);
        form->addRow(QString(), note);
        m_passphrase = new PassphraseFields(form, this);
        connect(m_passphrase, &PassphraseFields::changed, this, &PersonEditor::check);
    }

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_save = buttons->addButton(m_user ? tr("&Save") : tr("&Enrol"), QDialogButtonBox::AcceptRole);
    m_save->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &PersonEditor::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &PersonEditor::reject);
    connect(m_name, &QLineEdit::textChanged, this, &PersonEditor::check);
    connect(m_roles, &RoleBoxes::changed, this, &PersonEditor::check);

    auto *column = new QVBoxLayout(this);
    column->addWidget(m_message);
    column->addLayout(form);
    column->addStretch();
    column->addWidget(m_problem);
    column->addWidget(buttons);
    check();
}

QString PersonEditor::problem() const
{
    if (m_name->text().trimmed().isEmpty())
        return tr("The full name is missing.");
    if (m_roles->roles().empty())
        return tr("Choose at least one role.");
    return m_passphrase ? m_passphrase->problem() : QString();
}

void PersonEditor::check()
{
    const auto wrong = problem();
    m_problem->setText(wrong);
    m_save->setEnabled(wrong.isEmpty());
}

void PersonEditor::accept()
{
    if (!problem().isEmpty())
        return;
    std::optional<Error> failure;
    if (m_user) {
        auto changed = *m_user;
        changed.roles = m_roles->roles();
        changed.active = m_active->isChecked();
        if (const auto result = m_context.workspace.changeUser(changed); !result)
            failure = result.error();
    } else {
        const auto result =
            m_context.workspace.enrolUser(typed(m_name), m_roles->roles(), toStd(m_passphrase->passphrase()));
        if (!result)
            failure = result.error();
    }
    if (failure) {
        m_message->showError(*failure);
        return;
    }
    Q_EMIT m_context.changes.sessionChanged();
    QDialog::accept();
}

} // namespace countersign
