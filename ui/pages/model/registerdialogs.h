// SPDX-License-Identifier: GPL-3.0-or-later
//
// The forms of the registers beside a model. Each makes a record, or changes the one it is given.
#pragma once

#include <QDialog>
#include <functional>
#include <optional>

#include "core/domain/registers.h"
#include "core/domain/user.h"
#include "ui/widgets/actdialog.h"

namespace countersign {

struct Context;
class OptionalDate;

class LimitationDialog : public ActDialog
{
    Q_OBJECT

public:
    LimitationDialog(Context &context, Limitation record, QWidget *parent);

protected:
    [[nodiscard]] QString missing() const override;
    Result<void> act() override;

private:
    Context &m_context;
    Limitation m_record;
    QLineEdit *m_title;
    QComboBox *m_severity;
    QComboBox *m_owner;
    OptionalDate *m_due;
    QPlainTextEdit *m_effect;
    QPlainTextEdit *m_mitigation;
};

class ExceptionDialog : public ActDialog
{
    Q_OBJECT

public:
    ExceptionDialog(Context &context, const ModelId &model, QWidget *parent);

protected:
    [[nodiscard]] QString missing() const override;
    Result<void> act() override;

private:
    [[nodiscard]] bool beforeValidation() const;

    Context &m_context;
    ModelId m_model;
    QComboBox *m_kind;
    QComboBox *m_version;
    QComboBox *m_excuses;
    QLineEdit *m_requirement;
    QPlainTextEdit *m_reason;
    QPlainTextEdit *m_control;
    QPlainTextEdit *m_limits;
    QComboBox *m_severity;
    QComboBox *m_owner;
    QDateEdit *m_expires;
    QPlainTextEdit *m_plan;
};

/// Approves or refuses an exception, with the passphrase asked again.
[[nodiscard]] ActDialog *signExceptionDialog(Context &context, const PolicyException &exception, QWidget *parent);

class OverlayDialog : public ActDialog
{
    Q_OBJECT

public:
    OverlayDialog(Context &context, Overlay record, QWidget *parent);

protected:
    [[nodiscard]] QString missing() const override;
    Result<void> act() override;

private:
    Context &m_context;
    Overlay m_record;
    QLineEdit *m_title;
    QPlainTextEdit *m_reason;
    QPlainTextEdit *m_method;
    QComboBox *m_limitation;
    QComboBox *m_severity;
    QComboBox *m_owner;
    QPlainTextEdit *m_plan;
    QLineEdit *m_unit;
    QLineEdit *m_amount = nullptr; ///< of a new overlay
    QDateEdit *m_expires = nullptr;
};

/// Another amount of an overlay, on a day, with its reason.
class OverlayAmountDialog : public ActDialog
{
    Q_OBJECT

public:
    OverlayAmountDialog(Context &context, Overlay record, QWidget *parent);

protected:
    [[nodiscard]] QString missing() const override;
    Result<void> act() override;

private:
    Context &m_context;
    Overlay m_record;
    QLineEdit *m_amount;
    QDateEdit *m_on;
    QPlainTextEdit *m_reason;
};

class OverlayRenewalDialog : public ActDialog
{
    Q_OBJECT

public:
    OverlayRenewalDialog(Context &context, Overlay record, QWidget *parent);

protected:
    [[nodiscard]] QString missing() const override;
    Result<void> act() override;

private:
    Context &m_context;
    Overlay m_record;
    QDateEdit *m_until;
    QPlainTextEdit *m_reason;
};

/// Records an incident, changes it, or closes it with cause and action.
class IncidentDialog : public ActDialog
{
    Q_OBJECT

public:
    enum class Purpose { record, change, close };
    IncidentDialog(Context &context, Incident record, Purpose purpose, QWidget *parent);

protected:
    [[nodiscard]] QString missing() const override;
    Result<void> act() override;

private:
    Context &m_context;
    Incident m_record;
    Purpose m_purpose;
    QLineEdit *m_title;
    QComboBox *m_severity;
    QDateEdit *m_on;
    QComboBox *m_owner;
    OptionalDate *m_due;
    QPlainTextEdit *m_impact;
    QPlainTextEdit *m_plan;
    QPlainTextEdit *m_cause;
    QPlainTextEdit *m_action;
};

class AssumptionDialog : public ActDialog
{
    Q_OBJECT

public:
    AssumptionDialog(Context &context, Assumption record, QWidget *parent);

protected:
    [[nodiscard]] QString missing() const override;
    Result<void> act() override;

private:
    Context &m_context;
    Assumption m_record;
    QLineEdit *m_title;
    QLineEdit *m_reference;
    QLineEdit *m_unit;
    QLineEdit *m_low;
    QLineEdit *m_high;
    QComboBox *m_months;
};

/// What an assumption came to on a day. Out of its range, a finding is opened by itself.
class CheckAssumptionDialog : public ActDialog
{
    Q_OBJECT

public:
    CheckAssumptionDialog(Context &context, Assumption record, QWidget *parent);

protected:
    [[nodiscard]] QString missing() const override;
    Result<void> act() override;

private:
    void say();

    Context &m_context;
    Assumption m_record;
    QLineEdit *m_value;
    QDateEdit *m_on;
};

/// A decimal number as typed ("1.5", "1,5"), or nothing.
[[nodiscard]] std::optional<double> numberIn(const QLineEdit &field);

} // namespace countersign
