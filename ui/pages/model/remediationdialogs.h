// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <functional>

#include "core/domain/finding.h"
#include "core/workspace/handedin.h"
#include "core/workspace/importer.h"
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

/// Adds evidence: words, files, or both.
class EvidenceDialog : public ActDialog
{
    Q_OBJECT

public:
    using Add = std::function<Result<void>(const std::string &text, const std::vector<NamedBytes> &files)>;
    /// `what` stands over the form: of what evidence is given.
    EvidenceDialog(Context &context, const QString &title, const QString &what, Add add, QWidget *parent);

protected:
    [[nodiscard]] QString missing() const override;
    Result<void> act() override;

private:
    void attach();
    void takeOut();

    Context &m_context;
    Add m_add;
    QPlainTextEdit *m_text;
    QListWidget *m_files;
    QPushButton *m_takeOut;
};

[[nodiscard]] EvidenceDialog *evidenceDialog(Context &context, const Finding &finding, QWidget *parent);

} // namespace countersign
