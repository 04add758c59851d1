// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "core/domain/model.h"
#include "ui/pages/model/actdialog.h"

namespace countersign {

struct Context;

/// Records a validator's conclusion on a version.
class ValidationDialog : public ActDialog
{
    Q_OBJECT

public:
    ValidationDialog(Context &context, const ModelVersion &version, QWidget *parent);

protected:
    [[nodiscard]] QString missing() const override;
    Result<void> act() override;

private:
    [[nodiscard]] ValidationOutcome chosen() const;

    Context &m_context;
    VersionId m_version;
    QComboBox *m_outcome;
    QPlainTextEdit *m_summary;
    QPlainTextEdit *m_conditions;
};

} // namespace countersign
