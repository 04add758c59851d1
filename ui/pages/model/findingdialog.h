// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "core/domain/governance.h"
#include "ui/widgets/actdialog.h"

namespace countersign {

struct Context;

/// Raises a finding on a model or one of its versions.
class FindingDialog : public ActDialog
{
    Q_OBJECT

public:
    FindingDialog(Context &context, const ModelId &model, QWidget *parent);
    /// The finding answers the breaches of `run`.
    FindingDialog(Context &context, const MonitoringRun &run, QWidget *parent);

protected:
    [[nodiscard]] QString missing() const override;
    Result<void> act() override;

private:
    void followSeverity();

    Context &m_context;
    ModelId m_model;
    RunId m_run;
    std::optional<Date> m_policyDue; ///< what the dialog itself has set
    QLineEdit *m_title;
    QPlainTextEdit *m_description;
    QComboBox *m_severity;
    QComboBox *m_version;
    QComboBox *m_owner;
    QDateEdit *m_due;
};

/// Closes a finding with evidence. Who may not close it is told why, and who could.
class CloseFindingDialog : public ActDialog
{
    Q_OBJECT

public:
    CloseFindingDialog(Context &context, const FindingId &finding, QWidget *parent);

protected:
    [[nodiscard]] QString missing() const override;
    Result<void> act() override;

private:
    Context &m_context;
    FindingId m_finding;
    QString m_barred;
    QPlainTextEdit *m_evidence;
};

} // namespace countersign
