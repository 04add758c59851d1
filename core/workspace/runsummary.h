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

/// A recorded run as the file has it, not looked into yet.
struct StoredRun
{
    RunId id;
    Hash256 digest; ///< of the bytes, as the register has it
    std::string bytes;
};

/// Throws Exception(Corrupt) where the bytes are others.
[[nodiscard]] RunResult runFromStored(const StoredRun &stored);

/// A result made ready to be recorded (Workspace::recordRun), which takes a second where it has a thousand columns.
struct RecordableRun
{
    RunResult result;
    std::string bytes;     ///< canonical JSON of it
    MonitoringRun summary; ///< with the digest of the bytes
    RunId before;          ///< the run that `summary` takes for the one before; none: there was none
};

/// `before`: without id where there was none. One that is damaged counts as one that judged nothing.
[[nodiscard]] RecordableRun recordableRun(RunResult result, const StoredRun &before);

/// The latest period outside the reference with enough outcomes to judge; failing that, with any.
[[nodiscard]] std::optional<std::size_t> latestPerformance(const RunResult &result);
/// "AUC 0.712 in 2021-09 (reference 0.777)"; empty where no period has outcomes.
[[nodiscard]] std::string performanceInWords(const RunResult &result);

} // namespace countersign
