// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <memory>

#include "core/domain/ids.h"
#include "ui/pages/monitoring/runreader.h"

class QLabel;
class QProgressBar;
class QPushButton;
class QStackedWidget;

namespace countersign {

struct Context;
class MessageBar;
class MonitoringSetupForm;
class MonitoringView;
struct RecordableRun;

/// Sets up a run, runs it as a job, shows the result, and records it when the person says so. Show with open().
class MonitoringSetupDialog : public QDialog
{
    Q_OBJECT

public:
    MonitoringSetupDialog(Context &context, const VersionId &version, QWidget *parent);
    ~MonitoringSetupDialog() override;

    [[nodiscard]] MonitoringSetupForm *form() const { return m_form; }
    [[nodiscard]] MonitoringView *result() const { return m_view; }
    [[nodiscard]] bool running() const { return m_running; }

public Q_SLOTS:
    void startRun();
    void record();
    void reject() override; ///< cancels a run that is under way

Q_SIGNALS:
    void recorded(const QString &run);

private:
    void followForm();
    void followButtons();
    using Recordable = std::shared_ptr<const RecordableRun>;
    void showResult(const Recordable &run);

    Context &m_context;
    VersionId m_version;
    Recordable m_recordable;
    bool m_running = false;
    QStackedWidget *m_stack;
    RunReader m_lastRun;
    MonitoringSetupForm *m_form;
    MonitoringView *m_view;
    MessageBar *m_messages;
    QLabel *m_problems;
    QProgressBar *m_progress;
    QPushButton *m_back;
    QPushButton *m_cancel;
    QPushButton *m_run;
    QPushButton *m_record;
};

} // namespace countersign
