// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/monitoring/ownreference.h"

namespace countersign {

/// How a loss is told from chance. Sampled: by the spread of what was observed, whatever its distribution: DeLong's
/// variances of two AUCs, with at least 10 events and 10 others on either side, and the variances of the squared
/// errors. Assumed: as runs were judged before engine version 5, by Hanley and McNeil's standard errors and Fisher's F,
/// which holds for normal errors alone.
enum class LossTest { Sampled, Assumed };
[[nodiscard]] LossTest lossTestOf(const RunResult &run);

/// Of no loss of performance against the reference, one-sided, by the normal distribution (Assumed: Fisher's F for mean
/// squared errors). NaN: not judged.
[[nodiscard]] double performancePvalue(const ComparedPerformance &reference, const RunPeriod &period,
                                       const Thresholds &limits, LossTest test);

struct PerformanceJudgement
{
    Verdict verdict = Verdict::NotEnoughData;
    std::string reason; ///< one sentence for people
};

/// A loss over its limit AND more than chance gives, by itself and among all tests of the run, AND enough labelled
/// rows. `adjustedPvalue` is performancePvalue() adjusted for all tests of the run.
[[nodiscard]] PerformanceJudgement judgePerformance(const ComparedPerformance &reference, const RunPeriod &period,
                                                    const Thresholds &limits, double adjustedPvalue, LossTest test);

} // namespace countersign
