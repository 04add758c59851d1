// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/signapprovaldialog.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>

#include "ui/pages/model/words.h"
#include "ui/shell/context.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/text.h"

using namespace Qt::StringLiterals;

namespace countersign {

SignApprovalDialog::SignApprovalDialog(Context &context, ApprovalToSign approval, QWidget *parent)
    : ActDialog(approval.title, tr("Sign"), parent)
    , m_approval(std::move(approval))
    , m_role(addChoice(tr("&Role")))
    , m_decision(addChoice(tr("&Decision")))
    , m_comment(addText(tr("&Comment"), tr("Needed to refuse"), 2))
    , m_passphrase(addLine(tr("&Passphrase")))
{
    m_passphrase->setEchoMode(QLineEdit::Password);
    m_decision->addItem(tr("Approve"), true);
    m_decision->addItem(tr("Refuse"), false);
    for (const QString &note : m_approval.notes)
        addNote(note);
    if (!m_approval.changes.isEmpty()) {
        constexpr int linesShown = 8;
        auto *changes = addText(tr("What it &changes"), {}, linesShown);
        changes->setPlainText(m_approval.changes.join(u'\n'));
        changes->setReadOnly(true);
        changes->setTabChangesFocus(true);
    }
    const auto *user = context.workspace.user();
    if (!user)
        return;
    QString barred;
    for (const auto role : user->roles) {
        if (const auto why = m_approval.whyNot(*user, role)) {
            barred = toQt(*why);
            continue;
        }
        const auto principal = m_approval.standsInFor(*user, role);
        m_role->addItem(principal.empty() ? toQt(displayName(role))
                                          : tr("%1, in place of %2").arg(toQt(displayName(role)), toQt(principal)),
                        static_cast<int>(role));
    }
    if (m_role->count() == 0) {
        const QStringList names = whoCould(context);
        messages()->setClosable(false);
        messages()->showMessage(
            MessageBar::Kind::warning,
            barred + u' ' +
                (names.isEmpty() ? tr("Nobody enrolled here could.") : tr("Who could: %1.").arg(names.join(u"; "_s))));
    }
    m_decision->setFocus();
}

QStringList SignApprovalDialog::whoCould(const Context &context) const
{
    QStringList names;
    for (const auto &[id, user] : context.workspace.registry().users)
        for (const auto role : user.roles)
            if (!m_approval.whyNot(user, role))
                names << toQt(user.fullName);
    names.removeDuplicates();
    return names;
}

QString SignApprovalDialog::missing() const
{
    if (m_role->count() == 0)
        return m_approval.barred;
    if (!m_decision->currentData().toBool() && typed(m_comment).empty())
        return tr("Say why you refuse.");
    return m_passphrase->text().isEmpty() ? tr("Give your passphrase.") : QString();
}

Result<void> SignApprovalDialog::act()
{
    return m_approval.sign(static_cast<Role>(m_role->currentData().toInt()), m_decision->currentData().toBool(),
                           typed(m_comment), toStd(m_passphrase->text()));
}

void SignApprovalDialog::refused(const Error &)
{
    m_passphrase->clear();
}

} // namespace countersign
