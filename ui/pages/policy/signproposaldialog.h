// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/policyproposal.h"
#include "ui/widgets/actdialog.h"

namespace countersign {

struct Context;

/// Approves or refuses a proposed policy, with the passphrase asked again.
class SignProposalDialog : public ActDialog
{
    Q_OBJECT

public:
    SignProposalDialog(Context &context, const PolicyProposal &proposal, QWidget *parent);

protected:
    [[nodiscard]] QString missing() const override;
    Result<void> act() override;
    void refused(const Error &error) override;

private:
    Context &m_context;
    ProposalId m_proposal;
    QComboBox *m_role;
    QComboBox *m_decision;
    QPlainTextEdit *m_comment;
    QLineEdit *m_passphrase;
};

} // namespace countersign
