// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/policy/signproposaldialog.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>

#include "core/policy/approvals.h"
#include "ui/pages/model/words.h"
#include "ui/shell/context.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

SignProposalDialog::SignProposalDialog(Context &context, const PolicyProposal &proposal, QWidget *parent)
    : ActDialog(tr("Sign a proposed policy"), tr("Sign"), parent)
    , m_context(context)
    , m_proposal(proposal.id)
    , m_role(addChoice(tr("&Role")))
    , m_decision(addChoice(tr("&Decision")))
    , m_comment(addText(tr("&Comment"), tr("Needed to refuse"), 2))
    , m_passphrase(addLine(tr("&Passphrase")))
{
    m_passphrase->setEchoMode(QLineEdit::Password);
    m_decision->addItem(tr("Approve"), true);
    m_decision->addItem(tr("Refuse"), false);
    const auto &workspace = context.workspace;
    addNote(tr("%1, version %2. %3").arg(toQt(proposal.pack)).arg(proposal.version).arg(toQt(proposal.reason)));
    if (!workspace.user())
        return;
    const auto why = [&](const User &user, Role role) {
        return whyProposalForbidden(workspace.policy(), workspace.registry(), proposal, user, role, workspace.today());
    };
    QString barred;
    for (const auto role : workspace.user()->roles) {
        if (const auto reason = why(*workspace.user(), role)) {
            barred = toQt(*reason);
            continue;
        }
        const auto principal =
            standsInFor(workspace.policy(), workspace.registry(), proposal, *workspace.user(), role, workspace.today());
        m_role->addItem(principal.empty() ? toQt(displayName(role))
                                          : tr("%1, in place of %2").arg(toQt(displayName(role)), toQt(principal)),
                        static_cast<int>(role));
    }
    if (m_role->count() == 0) {
        QStringList names;
        for (const auto &[id, user] : workspace.registry().users)
            for (const auto role : user.roles)
                if (!why(user, role))
                    names << toQt(user.fullName);
        names.removeDuplicates();
        messages()->setClosable(false);
        messages()->showMessage(
            MessageBar::Kind::warning,
            barred + u' ' +
                (names.isEmpty() ? tr("Nobody enrolled here could.") : tr("Who could: %1.").arg(names.join(u"; "_s))));
    }
    m_decision->setFocus();
}

QString SignProposalDialog::missing() const
{
    if (m_role->count() == 0)
        return tr("You cannot sign this proposal.");
    if (!m_decision->currentData().toBool() && typed(m_comment).empty())
        return tr("Say why you refuse.");
    return m_passphrase->text().isEmpty() ? tr("Give your passphrase.") : QString();
}

Result<void> SignProposalDialog::act()
{
    return m_context.workspace.signProposal(m_proposal, static_cast<Role>(m_role->currentData().toInt()),
                                            m_decision->currentData().toBool(), typed(m_comment),
                                            toStd(m_passphrase->text()));
}

void SignProposalDialog::refused(const Error &)
{
    m_passphrase->clear();
}

} // namespace countersign
