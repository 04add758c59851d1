// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/chunkthresholds.h"

#include "core/stats/moments.h"
#include "core/stats/undefined.h"

#include <cmath>

namespace countersign {

double standardDeviationThreshold(std::span<const double> ofReferenceChunks, double deviations)
{
    const Moments moments = momentsOf(ofReferenceChunks);
    return moments.mean + deviations * std::sqrt(moments.populationVariance());
}

double samplingError(std::span<const double> values, std::uint64_t chunk)
{
    if (chunk == 0)
        return undefined;
    return std::sqrt(momentsOf(values).populationVariance() / static_cast<double>(chunk));
}

} // namespace countersign
