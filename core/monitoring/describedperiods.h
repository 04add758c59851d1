// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/monitoring/cache/keptresults.h"
#include "core/monitoring/logselection.h"
#include "core/monitoring/run.h"

#include <string>
#include <vector>

namespace countersign {

/// The reference and the periods of a selection: what they are, and the evidence of outcomes, estimates and fairness.
struct DescribedPeriods
{
    ReferenceResult reference;
    std::vector<RunPeriod> periods;
    std::vector<std::string> remarks;
};
BOOST_DESCRIBE_STRUCT(DescribedPeriods, (), (reference, periods, remarks))

/// Evidence alone; figures follow in evaluateOutcomes(). Without DataQuality::duplicateRows. Throws as run() does.
[[nodiscard]] DescribedPeriods describePeriods(const LogSelection &selection, const RunSettings &settings,
                                               const KeptResults &kept, unsigned threads, const CancelToken &cancel);

struct DriftReport;
/// Puts them into a report, their remarks behind those that it has, and computes the figures.
void setDescribed(DriftReport &report, DescribedPeriods described, const RunSettings &settings);

/// Fills DataQuality::duplicateRows of a selection that holds all columns to look at.
void countDuplicateRows(DescribedPeriods &described, const LogSelection &selection, const KeptResults &kept,
                        unsigned threads, const CancelToken &cancel);

} // namespace countersign
