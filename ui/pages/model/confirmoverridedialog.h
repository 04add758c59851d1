// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "core/domain/governance.h"
#include "ui/widgets/actdialog.h"

namespace countersign {

struct Context;

/// The second person's word on a tier override.
class ConfirmOverrideDialog : public ActDialog
{
    Q_OBJECT

public:
    ConfirmOverrideDialog(Context &context, const TierAssessment &assessment, QWidget *parent);

protected:
    [[nodiscard]] QString missing() const override;
    Result<void> act() override;

private:
    Context &m_context;
    AssessmentId m_assessment;
    QPlainTextEdit *m_comment;
};

} // namespace countersign
