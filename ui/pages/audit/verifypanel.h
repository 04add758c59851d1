// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>
#include <string>

#include "core/workspace/verify.h"
#include "ui/models/recordmodel.h"

class QProgressBar;
class QPushButton;

namespace countersign {

struct Context;
class MessageBar;
class TableView;

/// Verifies the whole file from the disk, as a job, and shows what was found: the first fault first.
class VerifyPanel : public QWidget
{
    Q_OBJECT

public:
    explicit VerifyPanel(Context &context, QWidget *parent = nullptr);
    /// With a checkpoint text: also that the file still holds everything it vouches for.
    void verify(const std::optional<std::string> &checkpoint);
    void chooseCheckpointAndVerify();
    /// Shows what is known already, such as the faults found on opening.
    void show(const VerificationReport &report, bool withCheckpoint);
    [[nodiscard]] bool running() const { return m_running; }
    [[nodiscard]] MessageBar *result() const { return m_result; }
    [[nodiscard]] TableView *faults() const { return m_table; }

Q_SIGNALS:
    void faultSelected(qint64 entry);
    void verified(const countersign::VerificationReport &report);

private:
    Context &m_context;
    bool m_running = false;
    MessageBar *m_result;
    QWidget *m_working;
    QProgressBar *m_progress;
    QPushButton *m_cancel;
    RecordModel<Fault> *m_faults;
    TableView *m_table;
};

} // namespace countersign
