// SPDX-License-Identifier: GPL-3.0-or-later
//
// The evidence of outcomes: one sort of the scores of each group of rows, shared by all that is recorded of them.
#pragma once

#include "core/monitoring/outcome.h"
#include "core/monitoring/periods.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace countersign {

struct GroupOutcome
{
    std::uint64_t labelledRows = 0;              ///< rows with both target and predictor
    Performance performance;                     ///< evidence alone
    std::optional<PerformanceEstimate> estimate; ///< evidence alone; nothing without a reference of both classes
};

struct MeasuredOutcomes
{
    GroupOutcome reference;
    std::vector<GroupOutcome> periods;
};

/// The evidence of scores of each period, and of the reference, as it was measured of the same rows with any threshold;
/// empty: none is known.
using KnownScores = std::vector<std::optional<ScoreEvidence>>;

/// What to measure: the periods of one table and the one group of another (or the same), by the same plan.
struct OutcomeRows
{
    const LogTable &log;
    const RowGroups &periods;
    const LogTable &referenceLog;
    const RowGroups &reference;
    std::uint64_t memoryBytes = usualCellMemory; ///< RunOptions::memoryBytes
    KnownScores known = {};
};

/// For each period the one that it is compared with, where there is one; nothing: all with the reference.
using ComparedPeriods = std::optional<std::vector<std::optional<std::size_t>>>;

/// Rows without target or predictor are left out of the measures, rows without predictor of the estimates. Scores are
/// calibrated for the estimates by isotonic regression on the labelled rows of the reference, or of the period that
/// `compared` names. Throws Exception(InvalidInput) where predictor or numeric target hold text, Exception(Cancelled).
[[nodiscard]] MeasuredOutcomes measureOutcomes(const OutcomeRows &rows, const OutcomePlan &plan, double threshold,
                                               const ComparedPeriods &compared, unsigned threads,
                                               const CancelToken &cancel);

} // namespace countersign
