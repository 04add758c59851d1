// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/start/createworkspacedialog.h"

#include <QDialogButtonBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/shell/dialogservice.h"
#include "ui/shell/roles.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/passphrasefields.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

CreateWorkspaceDialog::CreateWorkspaceDialog(DialogService &dialogs, QWidget *parent)
    : QDialog(parent)
    , m_dialogs(dialogs)
    , m_message(new MessageBar(this))
    , m_organisation(new QLineEdit(this))
    , m_name(new QLineEdit(this))
    , m_roles(new RoleBoxes(this))
    , m_path(new QLineEdit(this))
    , m_problem(new QLabel(this))
{
    setWindowTitle(tr("New workspace"));
    setModal(true);
    m_organisation->setAccessibleName(tr("Organisation"));
    m_organisation->setMinimumWidth(fontMetrics().averageCharWidth() * 56);
    m_name->setAccessibleName(tr("Your full name"));
    m_path->setAccessibleName(tr("File"));
    m_path->setPlaceholderText(tr("Where the file is made, e.g. on a shared folder"));
    m_roles->require(Role::administrator);
    m_problem->setForegroundRole(QPalette::PlaceholderText);

    auto *choose = new QPushButton(tr("&Choose..."), this);
    auto *where = new QHBoxLayout;
    where->addWidget(m_path, 1);
    where->addWidget(choose);
    auto *form = new QFormLayout;
    form->addRow(tr("&Organisation *"), m_organisation);
    form->addRow(tr("&Your full name *"), m_name);
    form->addRow(tr("Your roles"), m_roles);
    m_passphrase = new PassphraseFields(form, this);
    auto *fileLabel = new QLabel(tr("&File *"), this);
    fileLabel->setBuddy(m_path);
    form->addRow(fileLabel, where);

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_create = buttons->addButton(tr("C&reate"), QDialogButtonBox::AcceptRole);
    m_create->setDefault(true);
    choose->setAutoDefault(false);
    connect(buttons, &QDialogButtonBox::accepted, this, &CreateWorkspaceDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &CreateWorkspaceDialog::reject);
    connect(choose, &QPushButton::clicked, this, [this] {
        auto suggestion = m_organisation->text().trimmed().toLower().replace(u' ', u'-');
        if (suggestion.isEmpty())
            suggestion = u"models"_s;
        if (const auto chosen = m_dialogs.saveFile(this, tr("New workspace"), suggestion + u".countersign"_s,
                                                   tr("Workspaces (*.countersign)")))
            m_path->setText(*chosen);
    });
    for (auto *edit : {m_organisation, m_name, m_path})
        connect(edit, &QLineEdit::textChanged, this, &CreateWorkspaceDialog::check);
    connect(m_passphrase, &PassphraseFields::changed, this, &CreateWorkspaceDialog::check);

    auto *column = new QVBoxLayout(this);
    column->addWidget(m_message);
    column->addLayout(form);
    column->addStretch();
    column->addWidget(m_problem);
    column->addWidget(buttons);
    check();
    m_organisation->setFocus();
}

NewWorkspace CreateWorkspaceDialog::spec() const
{
    NewWorkspace spec;
    spec.organisation = typed(m_organisation);
    spec.fullName = typed(m_name);
    spec.roles = m_roles->roles();
    spec.passphrase = toStd(m_passphrase->passphrase());
    return spec;
}

QString CreateWorkspaceDialog::path() const
{
    auto chosen = m_path->text().trimmed();
    if (!chosen.isEmpty() && QFileInfo(chosen).suffix().isEmpty())
        chosen += u".countersign"_s;
    return chosen;
}

void CreateWorkspaceDialog::failed(const Error &error)
{
    setEnabled(true);
    m_message->showError(error);
}

QString CreateWorkspaceDialog::problem() const
{
    if (m_organisation->text().trimmed().isEmpty())
        return tr("The organisation is missing.");
    if (m_name->text().trimmed().isEmpty())
        return tr("Your name is missing.");
    if (const auto wrong = m_passphrase->problem(); !wrong.isEmpty())
        return wrong;
    if (path().isEmpty())
        return tr("Say where the file is to be made.");
    if (QFileInfo::exists(path()))
        return tr("There is a file of that name already.");
    return {};
}

void CreateWorkspaceDialog::check()
{
    const auto wrong = problem();
    m_problem->setText(wrong);
    m_create->setEnabled(wrong.isEmpty());
}

void CreateWorkspaceDialog::accept()
{
    if (!problem().isEmpty())
        return;
    setEnabled(false);
    Q_EMIT submitted();
}

} // namespace countersign
