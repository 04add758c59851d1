// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/signindialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QVBoxLayout>

#include "ui/shell/context.h"
#include "ui/shell/roles.h"
#include "ui/shell/settings.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/text.h"

namespace countersign {

SignInDialog::SignInDialog(Context &context, QSettings *settings, QWidget *parent)
    : QDialog(parent)
    , m_context(context)
    , m_settings(settings)
    , m_users(context.workspace.usersWithKeyHere())
    , m_message(new MessageBar(this))
    , m_user(new QComboBox(this))
    , m_passphrase(new QLineEdit(this))
{
    setWindowTitle(tr("Sign in"));
    setModal(true);
    for (const auto &user : m_users)
        m_user->addItem(tr("%1 (%2)").arg(toQt(user.fullName), rolesText(user.roles)), toQt(user.id.str()));
    if (settings)
        m_user->setCurrentIndex(std::max(0, m_user->findData(settings->value(settings::lastUser))));
    m_user->setAccessibleName(tr("Person"));
    m_passphrase->setEchoMode(QLineEdit::Password);
    m_passphrase->setAccessibleName(tr("Passphrase"));
    m_passphrase->setMinimumWidth(fontMetrics().averageCharWidth() * 44);

    auto *form = new QFormLayout;
    form->addRow(tr("P&erson"), m_user);
    form->addRow(tr("&Passphrase"), m_passphrase);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_signIn = buttons->addButton(tr("&Sign in"), QDialogButtonBox::AcceptRole);
    m_signIn->setDefault(true);
    m_signIn->setEnabled(false);
    connect(buttons, &QDialogButtonBox::accepted, this, &SignInDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &SignInDialog::reject);
    connect(m_passphrase, &QLineEdit::textChanged, this,
            [this](const QString &text) { m_signIn->setEnabled(!text.isEmpty() && !m_users.empty()); });

    auto *column = new QVBoxLayout(this);
    column->addWidget(m_message);
    column->addLayout(form);
    column->addStretch();
    column->addWidget(buttons);

    m_message->setClosable(false);
    if (m_users.empty()) {
        m_message->showMessage(MessageBar::Kind::info,
                               tr("Nobody of this workspace has a key on this computer. An administrator enrols people "
                                  "where they sit, on their own computer."));
        m_user->setEnabled(false);
        m_passphrase->setEnabled(false);
    }
    m_passphrase->setFocus();
}

void SignInDialog::accept()
{
    const auto index = m_user->currentIndex();
    if (index < 0 || m_passphrase->text().isEmpty())
        return;
    const auto &user = m_users.at(static_cast<std::size_t>(index));
    if (const auto result = m_context.workspace.signIn(user.id, toStd(m_passphrase->text())); !result) {
        m_message->showError(result.error());
        m_passphrase->selectAll();
        m_passphrase->setFocus();
        return;
    }
    if (m_settings)
        m_settings->setValue(settings::lastUser, toQt(user.id.str()));
    m_passphrase->clear();
    Q_EMIT m_context.changes.sessionChanged();
    QDialog::accept();
}

} // namespace countersign
