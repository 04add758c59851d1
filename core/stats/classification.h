// SPDX-License-Identifier: GPL-3.0-or-later
//
// A decision against what came to pass. Every rate is given as k of n, so that any interval of proportions.h follows.
#pragma once

#include "core/stats/proportions.h"
#include "core/stats/scoreprofile.h"

#include <cstdint>
#include <span>

namespace countersign {

struct ConfusionCounts
{
    std::uint64_t truePositives = 0;
    std::uint64_t falsePositives = 0;
    std::uint64_t falseNegatives = 0;
    std::uint64_t trueNegatives = 0;

    [[nodiscard]] std::uint64_t n() const { return truePositives + falsePositives + falseNegatives + trueNegatives; }
    [[nodiscard]] std::uint64_t events() const { return truePositives + falseNegatives; }
    [[nodiscard]] std::uint64_t selected() const { return truePositives + falsePositives; }
};

/// Rows with a score at or above the threshold are taken for events. Preconditions as in scoreprofile.h.
[[nodiscard]] ConfusionCounts confusionAt(std::span<const double> sortedScores, Events events, double threshold);
/// Decisions that are given, 1 or 0. Precondition: spans of equal length.
[[nodiscard]] ConfusionCounts confusionOf(Events decisions, Events events);

struct Rate
{
    std::uint64_t k = 0;
    std::uint64_t n = 0;
    /// NaN when n is 0.
    [[nodiscard]] double value() const { return proportion(k, n); }
};

[[nodiscard]] Rate accuracyRate(const ConfusionCounts &counts);      ///< (TP + TN) / n
[[nodiscard]] Rate precisionRate(const ConfusionCounts &counts);     ///< TP / (TP + FP)
[[nodiscard]] Rate recallRate(const ConfusionCounts &counts);        ///< TP / (TP + FN): the true positive rate
[[nodiscard]] Rate specificityRate(const ConfusionCounts &counts);   ///< TN / (TN + FP)
[[nodiscard]] Rate falsePositiveRate(const ConfusionCounts &counts); ///< FP / (FP + TN)
[[nodiscard]] Rate selectionRate(const ConfusionCounts &counts);     ///< (TP + FP) / n
[[nodiscard]] Rate jaccardRate(const ConfusionCounts &counts);       ///< TP / (TP + FP + FN)

/// 2 TP / (2 TP + FP + FN), 0 to 1; NaN without events and selected rows.
[[nodiscard]] double f1Score(const ConfusionCounts &counts);
/// F1 = 2 J / (1 + J) rises with Jaccard's J = TP / (TP + FP + FN), so that Wilson's interval of J, mapped, is one of
/// F1 given the number of rows that are not true negatives.
[[nodiscard]] Interval f1Interval(const ConfusionCounts &counts, double confidence);
/// Mean of recall and specificity. NaN when a class is absent.
[[nodiscard]] double balancedAccuracy(const ConfusionCounts &counts);

} // namespace countersign
