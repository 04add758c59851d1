// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "core/domain/finding.h"
#include "ui/widgets/actdialog.h"

class QListWidget;

namespace countersign {

struct Context;

/// Sets the remediation plan of a finding, or revises the one in force with a reason.
class PlanDialog : public ActDialog
{
    Q_OBJECT

public:
    PlanDialog(Context &context, const Finding &finding, QWidget *parent);

protected:
    [[nodiscard]] QString missing() const override;
    Result<void> act() override;

private:
    void showLateness();

    Context &m_context;
    Finding m_finding;
    QPlainTextEdit *m_text;
    QComboBox *m_owner;
    QDateEdit *m_target;
    QLabel *m_late;
    QPlainTextEdit *m_reason = nullptr;
};

/// Adds evidence of remediation to a finding: words, files, or both.
class EvidenceDialog : public ActDialog
{
    Q_OBJECT

public:
    EvidenceDialog(Context &context, const Finding &finding, QWidget *parent);

protected:
    [[nodiscard]] QString missing() const override;
    Result<void> act() override;

private:
    void attach();
    void takeOut();

    Context &m_context;
    FindingId m_finding;
    QPlainTextEdit *m_text;
    QListWidget *m_files;
    QPushButton *m_takeOut;
};

} // namespace countersign
