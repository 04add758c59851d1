// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/model/confirmoverridedialog.h"

#include <QPlainTextEdit>

#include "ui/pages/model/words.h"
#include "ui/shell/context.h"
#include "ui/widgets/keyvalueform.h"
#include "ui/widgets/text.h"

#include <QVBoxLayout>

namespace countersign {

ConfirmOverrideDialog::ConfirmOverrideDialog(Context &context, const TierAssessment &assessment, QWidget *parent)
    : ActDialog(tr("Confirm the override"), tr("Confirm override"), parent)
    , m_context(context)
    , m_assessment(assessment.id)
    , m_comment(addText(tr("&Comment"), tr("Why the override is right"), 4))
{
    const auto &workspace = context.workspace;
    auto *facts = new KeyValueForm(this);
    facts->setValue(tr("Computed"), toQt(workspace.policy().tierLabel(assessment.computedLevel)));
    facts->setValue(tr("Override"), toQt(workspace.policy().tierLabel(assessment.overrideLevel.value_or(0))));
    facts->setValue(tr("Reason given"), toQt(assessment.overrideReason));
    facts->setValue(tr("Published by"), nameOf(workspace.registry(), assessment.by));
    top()->addWidget(facts);
    m_comment->setFocus();
}

QString ConfirmOverrideDialog::missing() const
{
    return m_comment->toPlainText().trimmed().isEmpty() ? tr("Write the comment.") : QString();
}

Result<void> ConfirmOverrideDialog::act()
{
    return m_context.workspace.confirmOverride(m_assessment, typed(m_comment));
}

} // namespace countersign
