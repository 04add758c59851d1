// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "core/domain/user.h"

class QComboBox;
class QLineEdit;
class QPushButton;
class QSettings;

namespace countersign {

struct Context;
class MessageBar;

/// Unlocks the key of one of the people who have one on this computer. A wrong passphrase is said in place.
class SignInDialog : public QDialog
{
    Q_OBJECT

public:
    SignInDialog(Context &context, QSettings *settings, QWidget *parent = nullptr);

public Q_SLOTS:
    void accept() override;

private:
    Context &m_context;
    QSettings *m_settings;
    std::vector<User> m_users;
    MessageBar *m_message;
    QComboBox *m_user;
    QLineEdit *m_passphrase;
    QPushButton *m_signIn;
};

} // namespace countersign
