// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/monitoring/run.h"

namespace countersign {

/// One line: rows, periods, the features that drifted most in the last judged period, performance, verdict.
[[nodiscard]] std::string describeRun(const RunResult &result);

} // namespace countersign
