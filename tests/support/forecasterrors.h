// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/monitoring/figures.h"
#include "core/stats/performance.h"
#include "core/stats/regression.h"

#include <vector>

namespace countersign {

/// What is kept of forecasts that miss by `errors`.
inline Performance forecastPerformance(const std::vector<double> &errors)
{
    const std::vector<double> actual(errors.size(), 0.0);
    const ErrorSums sums = sumErrors(errors, actual);
    Performance made;
    made.errorEvidence = ErrorEvidence{sums.n, sums.sumOfSquares, sums.sumOfAbsolutes, sums.sum};
    made.regressionEvidence = evidenceOf(profileErrors(errors, actual));
    return made;
}

} // namespace countersign
