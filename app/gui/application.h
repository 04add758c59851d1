// SPDX-License-Identifier: GPL-3.0-or-later
//
// The composition root of the window: makes everything once and hands it down.
#pragma once

#include <QSettings>
#include <memory>

#include "app/gui/options.h"
#include "core/base/id.h"
#include "core/workspace/workspace.h"
#include "ui/jobs/jobrunner.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/nativedialogs.h"

class QApplication;

namespace countersign {

class Application
{
public:
    Application(QApplication &qt, Options options);
    /// Shows the window, or takes the pictures; the exit code of the program.
    int run();

private:
    [[nodiscard]] Result<Demonstration> makeDemonstration(const CancelToken &cancel, const Progress &progress) const;
    int takePictures();

    QApplication &m_qt;
    Options m_options;
    QSettings m_settings;
    SystemClock m_clock;
    RandomIdSource m_ids;
    Environment m_environment;
    JobRunner m_jobs;
    NativeDialogs m_dialogs;
    Services m_services;
};

} // namespace countersign
