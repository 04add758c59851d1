// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/monitoring/comparison.h"
#include "core/monitoring/run.h"

namespace countersign {

/// run() over a log in a database (RunSettings::sql): the same counts and evidence, by aggregate queries.
[[nodiscard]] RunResult runInDatabase(const RunSettings &settings, const CancelToken &cancel, const Progress &progress,
                                      const RunOptions &options);

/// driftOverTime() likewise (DriftRequest::sql).
[[nodiscard]] DriftReport driftInDatabase(const DriftRequest &request, const CancelToken &cancel,
                                          const RunOptions &options);

} // namespace countersign
