// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "core/workspace/workspace.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace countersign {

class DialogService;
class MessageBar;
class PassphraseFields;
class RoleBoxes;

/// Asks for what a new workspace needs. `submitted` asks the owner to make it; the dialog stays open meanwhile, and
/// the owner closes it or gives it the failure.
class CreateWorkspaceDialog : public QDialog
{
    Q_OBJECT

public:
    explicit CreateWorkspaceDialog(DialogService &dialogs, QWidget *parent = nullptr);

    [[nodiscard]] NewWorkspace spec() const;
    [[nodiscard]] QString path() const;
    void failed(const Error &error);

public Q_SLOTS:
    void accept() override;

Q_SIGNALS:
    void submitted();

private:
    [[nodiscard]] QString problem() const;
    void check();

    DialogService &m_dialogs;
    MessageBar *m_message;
    QLineEdit *m_organisation;
    QLineEdit *m_name;
    RoleBoxes *m_roles;
    QLineEdit *m_path;
    PassphraseFields *m_passphrase;
    QLabel *m_problem;
    QPushButton *m_create;
};

} // namespace countersign
