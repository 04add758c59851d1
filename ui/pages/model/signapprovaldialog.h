// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <functional>
#include <optional>

#include "core/domain/registers.h"
#include "core/domain/user.h"
#include "ui/widgets/actdialog.h"

namespace countersign {

struct Context;

/// What is approved or refused by signatures: an exception, a proposed policy.
struct ApprovalToSign
{
    QString title;
    QStringList notes;
    QStringList changes; ///< what it changes, to be read before it is signed; empty: the notes say all
    QString barred;      ///< said where no role of the user may sign
    /// Why a user may not sign in that role, and in whose place they would; asked while the dialog is made.
    std::function<std::optional<std::string>(const User &, Role)> whyNot;
    std::function<std::string(const User &, Role)> standsInFor;
    std::function<Result<void>(Role role, bool approve, const std::string &comment, const std::string &passphrase)>
        sign;
};

/// Approves or refuses, with the passphrase asked again; says who could sign where the user cannot.
class SignApprovalDialog : public ActDialog
{
    Q_OBJECT

public:
    SignApprovalDialog(Context &context, ApprovalToSign approval, QWidget *parent);

protected:
    [[nodiscard]] QString missing() const override;
    Result<void> act() override;
    void refused(const Error &error) override;

private:
    [[nodiscard]] QStringList whoCould(const Context &context) const;

    ApprovalToSign m_approval;
    QComboBox *m_role;
    QComboBox *m_decision;
    QPlainTextEdit *m_comment;
    QLineEdit *m_passphrase;
};

} // namespace countersign
