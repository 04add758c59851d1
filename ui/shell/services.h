// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>

#include "core/workspace/workspace.h"
#include "ui/shell/theme.h"

class QSettings;

namespace countersign {

class DialogService;
class JobRunner;

/// A demonstration workspace, made and ready to open.
struct Demonstration
{
    std::string path;
    std::string keystoreFolder;
    std::string passphrase; ///< of every invented person in it
};

/// What the window is given by the application, or by a test. The references must outlive it.
struct Services
{
    const Environment &environment;
    QSettings &settings;
    DialogService &dialogs;
    JobRunner &jobs;
    std::function<void(ThemeMode)> applyTheme;
    /// Makes the demonstration, or finds the one made before; empty where there is none. Runs as a job.
    std::function<Result<Demonstration>(const CancelToken &, const Progress &)> makeDemonstration;
};

} // namespace countersign
