// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include <optional>

#include "core/monitoring/runastools.h"

class QComboBox;
class QLabel;

namespace countersign {

class MessageBar;
class RowsTable;
struct Context;

/// A recorded run as other tools would have counted it, beside ours: one column, one period at a time. The log is read
/// again for each column.
class ToolsDialog : public QDialog
{
    Q_OBJECT

public:
    /// Begins with this column and period, where the run has them.
    ToolsDialog(Context &context, RunResult recorded, const QString &feature, int period, QWidget *parent);
    ~ToolsDialog() override;

    [[nodiscard]] RowsTable *figures() const { return m_figures; }
    [[nodiscard]] const std::optional<RunAsTools> &counted() const { return m_counted; }
    [[nodiscard]] QString message() const;
    void choose(const QString &feature, int period);

private:
    void count();
    void showPeriod();
    void exportCsv();

    Context &m_context;
    RunResult m_recorded;
    std::optional<RunAsTools> m_counted;
    QComboBox *m_features;
    QComboBox *m_periods;
    MessageBar *m_message;
    RowsTable *m_figures;
};

} // namespace countersign
