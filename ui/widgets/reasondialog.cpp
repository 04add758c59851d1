// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/reasondialog.h"

#include <QPlainTextEdit>

#include "ui/widgets/text.h"

namespace countersign {

ReasonDialog::ReasonDialog(const QString &title, const QString &note, const QString &action, const QString &reasonLabel,
                           std::function<Result<void>(const std::string &)> perform, QWidget *parent)
    : ActDialog(title, action, parent)
    , m_perform(std::move(perform))
{
    addNote(note);
    if (!reasonLabel.isEmpty()) {
        m_reason = addText(reasonLabel);
        m_reason->setFocus();
    }
}

std::string ReasonDialog::reason() const
{
    return m_reason ? typed(m_reason) : std::string();
}

QString ReasonDialog::missing() const
{
    return m_reason && reason().empty() ? tr("Give the reason.") : QString();
}

Result<void> ReasonDialog::act()
{
    return m_perform(reason());
}

ReasonDialog *abstainDialog(const QString &paper, std::function<Result<void>(const std::string &)> abstain,
                            QWidget *parent)
{
    return new ReasonDialog(
        ReasonDialog::tr("Abstain from signing"),
        ReasonDialog::tr("You will not be able to sign this %1, and nobody less is asked for because of it.")
            .arg(paper),
        ReasonDialog::tr("Abstain"), ReasonDialog::tr("&Conflict of interest"), std::move(abstain), parent);
}

} // namespace countersign
