// SPDX-License-Identifier: GPL-3.0-or-later
//
// A recorded run as other tools would have counted it. Their bins need the rows, so its log is read again.
#pragma once

#include "core/base/progress.h"
#include "core/monitoring/conventions.h"
#include "core/monitoring/run.h"

#include <optional>
#include <string>
#include <vector>

namespace countersign {

struct ToolsFigure
{
    std::string statistic;       ///< its name in the catalogue
    std::optional<double> ours;  ///< by the definition of that name; nothing where there is none, or it is undefined
    std::vector<double> asTools; ///< one for each of otherTools(); NaN where undefined or not one of that tool's
};

struct ToolsPeriod
{
    std::string label;                ///< of RunPeriod
    std::vector<ToolsFigure> figures; ///< none where the log has no such period any more
};

struct RunAsTools
{
    std::vector<ToolsPeriod> periods; ///< one for each of RunResult::periods
    bool sameLog = true;              ///< every file is the one the run was recorded of
    std::vector<std::string> remarks;
};

/// Why a run cannot be counted so, as a sentence; empty where it can.
[[nodiscard]] std::string whyNotAsTools(const RunResult &recorded, const std::string &feature);

/// One judged column of a run. Throws as run() does, and Exception(InvalidInput) with whyNotAsTools().
[[nodiscard]] RunAsTools countAsTools(const RunResult &recorded, const std::string &feature, const RunOptions &options,
                                      const CancelToken &cancel, const Progress &progress);

} // namespace countersign
