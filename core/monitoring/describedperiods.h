// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/monitoring/logselection.h"
#include "core/monitoring/rowhashes.h"
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

/// Evidence alone; figures follow in evaluateOutcomes(). Throws as run() does.
[[nodiscard]] DescribedPeriods describePeriods(const LogSelection &selection, const RunSettings &settings,
                                               unsigned threads, const CancelToken &cancel);

/// Hashes of the rows of a log and, where it is another file, of its reference.
class SelectionHashes
{
public:
    /// Takes in the columns that no earlier reading of the same files had.
    void add(const LogSelection &selection, unsigned threads, const CancelToken &cancel);
    /// Fills DataQuality::duplicateRows from the last selection added.
    void countDuplicates(DescribedPeriods &described, const LogSelection &selection, unsigned threads,
                         const CancelToken &cancel) const;

private:
    RowHashes m_log;
    RowHashes m_reference;
};

} // namespace countersign
