// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <optional>

#include "core/domain/user.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace countersign {

struct Context;
class MessageBar;
class PassphraseFields;
class RoleBoxes;

/// Enrols a person, who types their own passphrase here, or changes the roles of one who is enrolled.
class PersonEditor : public QDialog
{
    Q_OBJECT

public:
    /// Without a user: enrols a new one.
    PersonEditor(Context &context, std::optional<User> user, QWidget *parent = nullptr);

public Q_SLOTS:
    void accept() override;

private:
    [[nodiscard]] QString problem() const;
    void check();

    Context &m_context;
    std::optional<User> m_user;
    MessageBar *m_message;
    QLineEdit *m_name;
    RoleBoxes *m_roles;
    QCheckBox *m_active = nullptr;
    PassphraseFields *m_passphrase = nullptr;
    QLabel *m_problem;
    QPushButton *m_save;
};

} // namespace countersign
