// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/monitoring/ownreference.h"

namespace countersign {

/// Of no loss of performance against the reference, one-sided: the normal distribution of the difference of two AUCs
/// (standard errors by Hanley and McNeil), Fisher's F of the ratio of two mean squared errors. NaN: not judged.
[[nodiscard]] double performancePvalue(const ComparedPerformance &reference, const RunPeriod &period,
                                       const Thresholds &limits);

struct PerformanceJudgement
{
    Verdict verdict = Verdict::NotEnoughData;
    std::string reason; ///< one sentence for people
};

/// A loss over its limit AND more than chance gives, by itself and among all tests of the run, AND enough labelled
/// rows. `adjustedPvalue` is performancePvalue() adjusted for all tests of the run.
[[nodiscard]] PerformanceJudgement judgePerformance(const ComparedPerformance &reference, const RunPeriod &period,
                                                    const Thresholds &limits, double adjustedPvalue);

} // namespace countersign
