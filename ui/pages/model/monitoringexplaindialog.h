// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include "core/domain/ids.h"
#include "ui/widgets/actdialog.h"

namespace countersign {

struct Context;
struct MonitoringRun;

/// Accepts the breaches of a run with a reason that stays in the record.
class MonitoringExplainDialog : public ActDialog
{
    Q_OBJECT

public:
    MonitoringExplainDialog(Context &context, const MonitoringRun &run, QWidget *parent);

protected:
    [[nodiscard]] QString missing() const override;
    Result<void> act() override;

private:
    Context &m_context;
    RunId m_run;
    QPlainTextEdit *m_explanation;
};

} // namespace countersign
