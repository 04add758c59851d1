// SPDX-License-Identifier: GPL-3.0-or-later
//
// How decisions and outcomes differ between groups of people. These are measures against an organisation's own policy;
// none of them is a legal test, and which of them matters is a choice that belongs to people.
#pragma once

#include "core/stats/classification.h"
#include "core/stats/proportions.h"

#include <cstdint>

namespace countersign {

/// A difference or ratio with its interval; NaN where a side has no rows to judge by.
struct Contrast
{
    double value;
    Interval interval;
};

/// selection rate of the group over that of the comparison group; below 0.8 the "four fifths" rule of thumb of US
/// employment selection (29 CFR 1607.4(D)) takes notice, which has no standing elsewhere. Interval: Katz et al. (1978).
[[nodiscard]] Contrast adverseImpactRatio(const Rate &group, const Rate &comparison, double confidence);
/// selection rate of the group minus that of the comparison group (demographic parity). Interval: Newcombe (1998).
[[nodiscard]] Contrast selectionRateDifference(const Rate &group, const Rate &comparison, double confidence);
/// True positive rate of the group minus that of the comparison group (Hardt, Price and Srebro 2016). Newcombe's
/// interval.
[[nodiscard]] Contrast equalOpportunityDifference(const ConfusionCounts &group, const ConfusionCounts &comparison,
                                                  double confidence);
/// Mean of the differences of true and of false positive rates (Bellamy et al. 2018). The two rest on different rows,
/// so that the interval joins their Newcombe intervals as independent.
[[nodiscard]] Contrast averageOddsDifference(const ConfusionCounts &group, const ConfusionCounts &comparison,
                                             double confidence);
/// Event rate minus mean probability within the group; positive: more events than the score says. The interval is
/// Wilson's of the event rate, moved. NaN for an empty group.
[[nodiscard]] Contrast calibrationOfGroup(std::uint64_t events, std::uint64_t n, double scoreSum, double confidence);
/// Observed over expected events within the group: 1 where the score is right, more where there are more events than it
/// says. Wilson's interval of the event rate, over the mean score. NaN for an empty group or a sum of 0.
[[nodiscard]] Contrast observedOverExpected(std::uint64_t events, std::uint64_t n, double scoreSum, double confidence);

} // namespace countersign
