// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/policy/scope.h"
#include "ui/widgets/actdialog.h"

namespace countersign {

struct Context;
class KeyValueForm;

/// Asks the questions of the policy about scope one by one, shows where they lead, and records the decision.
class ScopeDialog : public ActDialog
{
    Q_OBJECT

public:
    ScopeDialog(Context &context, const ModelId &model, QWidget *parent);

protected:
    [[nodiscard]] QString missing() const override;
    Result<void> act() override;

private:
    void makeQuestion();
    void answer(bool yes);
    void back();
    void showStep();
    void growToText();
    [[nodiscard]] ScopeStep step() const;
    [[nodiscard]] const ScopeDecision &questions() const;

    Context &m_context;
    ModelId m_model;
    std::vector<ScopeAnswer> m_answers;
    QLabel *m_given; ///< the questions answered so far
    QLabel *m_question;
    QLabel *m_source;
    QPushButton *m_yes;
    QPushButton *m_no;
    QPushButton *m_back;
    KeyValueForm *m_outcome;
    QPlainTextEdit *m_reason;
};

} // namespace countersign
