// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "core/domain/ids.h"
#include "ui/widgets/actdialog.h"

namespace countersign {

struct Context;

/// Takes a model out of use. It stays in the register with its whole history.
class RetireDialog : public ActDialog
{
    Q_OBJECT

public:
    RetireDialog(Context &context, const ModelId &model, QWidget *parent);

protected:
    [[nodiscard]] QString missing() const override;
    Result<void> act() override;

private:
    Context &m_context;
    ModelId m_model;
    QPlainTextEdit *m_reason;
    QDateEdit *m_on;
};

} // namespace countersign
