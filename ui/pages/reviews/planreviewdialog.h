// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/model.h"
#include "ui/widgets/actdialog.h"

namespace countersign {

class OptionalDate;
struct Context;

/// Plans the next review of a model: the day, and who is to do it.
class PlanReviewDialog : public ActDialog
{
    Q_OBJECT

public:
    PlanReviewDialog(Context &context, const Model &model, QWidget *parent);

protected:
    [[nodiscard]] QString missing() const override;
    Result<void> act() override;

private:
    [[nodiscard]] Model planned() const;

    Context &m_context;
    Model m_model;
    OptionalDate *m_day;
    QLineEdit *m_validator;
    QLineEdit *m_reason;
};

} // namespace countersign
