// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "core/domain/model.h"
#include "ui/widgets/actdialog.h"

namespace countersign {

class ConditionList;
class OptionalDate;
struct Context;

/// Records a validator's conclusion on a version: the outline of SR 26-2 section V, the outcome with its conditions,
/// and when the model is looked at again.
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
    QPlainTextEdit *m_soundness;
    QPlainTextEdit *m_outcomes;
    QPlainTextEdit *m_monitoring;
    ConditionList *m_conditions;
    OptionalDate *m_next;
    std::optional<Date> m_last; ///< of the next review, by the policy
};

} // namespace countersign
