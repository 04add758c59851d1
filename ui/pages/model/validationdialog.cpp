// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/validationdialog.h"

#include <QComboBox>
#include <QPlainTextEdit>

#include "ui/shell/context.h"
#include "ui/widgets/text.h"

namespace countersign {

ValidationDialog::ValidationDialog(Context &context, const ModelVersion &version, QWidget *parent)
    : ActDialog(tr("Record the validation of version %1").arg(toQt(version.label)), tr("Record validation"), parent)
    , m_context(context)
    , m_version(version.id)
    , m_outcome(addChoice(tr("&Outcome")))
    , m_summary(addText(tr("&Summary"), tr("What was examined, and what it showed"), 4))
    , m_conditions(addText(tr("&Conditions"), tr("Under which conditions the version is fit for use"), 2))
{
    for (const auto value : enumValues<ValidationOutcome>())
        m_outcome->addItem(toQt(displayName(value)), static_cast<int>(value));
    const auto follow = [this] { m_conditions->setEnabled(chosen() == ValidationOutcome::fitWithConditions); };
    connect(m_outcome, &QComboBox::currentIndexChanged, this, follow);
    follow();
    m_outcome->setFocus();
}

ValidationOutcome ValidationDialog::chosen() const
{
    return static_cast<ValidationOutcome>(m_outcome->currentData().toInt());
}

QString ValidationDialog::missing() const
{
    if (m_summary->toPlainText().trimmed().isEmpty())
        return tr("Write the summary.");
    if (chosen() == ValidationOutcome::fitWithConditions && m_conditions->toPlainText().trimmed().isEmpty())
        return tr("Write the conditions.");
    return {};
}

Result<void> ValidationDialog::act()
{
    const auto conditions =
        chosen() == ValidationOutcome::fitWithConditions ? toStd(m_conditions->toPlainText().trimmed()) : std::string();
    return outcome(m_context.workspace.recordValidation(m_version, chosen(), toStd(m_summary->toPlainText().trimmed()),
                                                        conditions));
}

} // namespace countersign
