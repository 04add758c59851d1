// SPDX-License-Identifier: GPL-3.0-or-later
//
// The forms of the registers of a model at work.
#pragma once

#include <QDialog>
#include <QPointer>

#include "core/domain/operations.h"
#include "ui/widgets/actdialog.h"

class QCheckBox;
class QProcess;

namespace countersign {

class OptionalDate;
struct Context;

class UsageDialog : public ActDialog
{
    Q_OBJECT

public:
    UsageDialog(Context &context, UsageReport record, QWidget *parent);

protected:
    [[nodiscard]] QString missing() const override;
    Result<void> act() override;

private:
    Context &m_context;
    UsageReport m_record;
    QComboBox *m_version;
    QLineEdit *m_title;
    QDateEdit *m_from;
    QDateEdit *m_until;
    QLineEdit *m_predictions;
    QPlainTextEdit *m_failures;
    OptionalDate *m_lastUsed;
};

/// The estimate with its workings beside the fields.
class CostDialog : public ActDialog
{
    Q_OBJECT

public:
    CostDialog(Context &context, CostEstimate record, QWidget *parent);

protected:
    [[nodiscard]] QString missing() const override;
    Result<void> act() override;

private:
    [[nodiscard]] std::optional<CostEstimate> estimate() const; ///< nothing while a number is missing
    void showWorkings();

    Context &m_context;
    CostEstimate m_record;
    QLineEdit *m_title;
    QLineEdit *m_unit;
    QLineEdit *m_decisions;
    QLineEdit *m_wrong;
    QLineEdit *m_cost;
    QLineEdit *m_recovered;
    QLineEdit *m_idle;
    QLineEdit *m_value;
    QPlainTextEdit *m_basis = nullptr;
    QLabel *m_workings = nullptr;
};

/// "12,000 × 0.02 × 150 × (1 − 0.4) = 21,600 EUR a year when it is wrong; ...".
[[nodiscard]] QString costWorkings(const CostEstimate &estimate);

class RetrainingDialog : public ActDialog
{
    Q_OBJECT

public:
    RetrainingDialog(Context &context, RetrainingPolicy record, QWidget *parent);

protected:
    [[nodiscard]] QString missing() const override;
    Result<void> act() override;

private:
    Context &m_context;
    RetrainingPolicy m_record;
    QLineEdit *m_title;
    QCheckBox *m_onDrift;
    QCheckBox *m_onDecline;
    QLineEdit *m_days;
    QLineEdit *m_command;
};

/// Runs the organisation's own command, or takes what a person types, and registers the version that came of it.
class RetrainedDialog : public ActDialog
{
    Q_OBJECT

public:
    RetrainedDialog(Context &context, const RetrainingPolicy &policy, QWidget *parent);
    ~RetrainedDialog() override;

protected:
    [[nodiscard]] QString missing() const override;
    Result<void> act() override;

private:
    void run();
    void finished(int exitCode, bool crashed);
    void say(const QString &text);

    Context &m_context;
    RetrainingId m_policy;
    ModelId m_model;
    QLineEdit *m_command;
    QPushButton *m_run;
    QPlainTextEdit *m_output;
    QLineEdit *m_label;
    QLineEdit *m_method;
    QPlainTextEdit *m_changes;
    QLineEdit *m_data;
    QLineEdit *m_artefact;
    std::vector<FeatureImportance> m_importance;
    QProcess *m_process = nullptr;
};

class HandOverDialog : public ActDialog
{
    Q_OBJECT

public:
    HandOverDialog(Context &context, HandOver record, QWidget *parent);

protected:
    [[nodiscard]] QString missing() const override;
    Result<void> act() override;

private:
    Context &m_context;
    HandOver m_record;
    QComboBox *m_version;
    QLineEdit *m_title;
    QPlainTextEdit *m_items;
};

/// Ticks the items of a hand-over.
class ChecklistDialog : public ActDialog
{
    Q_OBJECT

public:
    ChecklistDialog(Context &context, const HandOver &record, QWidget *parent);

protected:
    [[nodiscard]] QString missing() const override;
    Result<void> act() override;

private:
    struct Line
    {
        QCheckBox *done;
        QLineEdit *remark;
    };

    Context &m_context;
    HandOver m_record;
    std::vector<Line> m_lines;
};

class ExplanationDialog : public ActDialog
{
    Q_OBJECT

public:
    ExplanationDialog(Context &context, Explanation record, QWidget *parent);

protected:
    [[nodiscard]] QString missing() const override;
    Result<void> act() override;

private:
    Context &m_context;
    Explanation m_record;
    QComboBox *m_version;
    QLineEdit *m_title;
    QLineEdit *m_sample;
    QPlainTextEdit *m_importance;
    QPlainTextEdit *m_reasons;
};

} // namespace countersign
