// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/governance.h"
#include "core/monitoring/run.h"

namespace countersign {

/// A verdict in the words of the register.
[[nodiscard]] Health healthOf(Verdict verdict);

/// What the register keeps of a run: counts, health and breaches of the latest period outside the reference, the
/// latest performance in words. Of each figure that was worse in a period further back, the worst breach is there too,
/// as passed, unless `before`, the run recorded before (may be null), had judged that period. Ids and the digest of the
/// result are the caller's.
[[nodiscard]] MonitoringRun summaryOf(const RunResult &result, const RunResult *before = nullptr);

/// The latest period outside the reference with enough outcomes to judge; failing that, with any.
[[nodiscard]] std::optional<std::size_t> latestPerformance(const RunResult &result);
/// "AUC 0.712 in 2021-09 (reference 0.777)"; empty where no period has outcomes.
[[nodiscard]] std::string performanceInWords(const RunResult &result);

} // namespace countersign
