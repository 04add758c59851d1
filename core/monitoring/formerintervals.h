// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/monitoring/outcomeresult.h"
#include "core/stats/regression.h"
#include "core/stats/scoreprofile.h"

namespace countersign {

/// Puts the intervals that engine versions before 6 gave in the place of those of now, so that a recorded run keeps the
/// numbers it was recorded with: of the KS of the model Newcombe's at the score where it is largest, taken as given; of
/// the expected calibration error percentiles of 500 draws of a parametric bootstrap; of AUC and average precision none
/// but the value where all are ranked apart.
void setFormerIntervals(Figures &figures, const ScoreProfile &profile);
/// The same of mean errors: Student's, which might reach below 0.
void setFormerIntervals(Figures &figures, const RegressionProfile &profile);

} // namespace countersign
