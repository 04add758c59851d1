// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a score says about a binary target, from one pass over the rows in ascending order of the score.
//
// Precondition everywhere in this file: `sortedScores` ascending and free of NaN, `events` of the same length, 1 where
// the event came to pass and 0 where it did not, in the order of the scores. The order within equal scores does not
// matter.
#pragma once

#include "core/stats/proportions.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace countersign {

using Events = std::span<const std::uint8_t>;

/// Rows whose scores lie together.
struct ScoreGroup
{
    std::uint64_t n = 0;
    std::uint64_t events = 0;
    double scoreSum = 0;

    [[nodiscard]] double meanScore() const; ///< NaN for an empty group
    [[nodiscard]] double eventRate() const; ///< NaN for an empty group
};

/// Number of bins of equal width on [0, 1] in which a profile keeps its reliability; a score s falls into bin
/// floor(10 s), 1 into the last.
inline constexpr std::size_t reliabilityBins = 10;

/// Sums that every figure below follows from; of a part of the rows they cannot be added up, for they know the ranks.
struct ScoreProfile
{
    std::uint64_t n = 0;
    std::uint64_t events = 0;
    bool probabilities = false; ///< every score lies in [0, 1]; else the sums of the next group are NaN or empty
    double scoreSum = 0;
    double squaredErrorSum = 0;     ///< sum (s - y)^2
    double squaredErrorSquares = 0; ///< sum (s - y)^4
    double logLossSum = 0;          ///< -sum ln of the probability given to what came, s held within [2^-52, 1 - 2^-52]
    double logLossSquares = 0;      ///< sum of the squares of what logLossSum adds up
    std::array<ScoreGroup, reliabilityBins> reliability{};

    std::uint64_t twiceU = 0;         ///< (event, other) pairs with the event higher, doubled, plus ties
    double eventPlacementSquares = 0; ///< sum over events of (share of others below, ties half)^2
    double otherPlacementSquares = 0; ///< sum over others of (share of events at or below, ties half)^2
    double ks = 0;                    ///< largest distance between the score distributions of events and others
    double ksScore = 0;               ///< where it is reached first
    std::uint64_t ksEventsAtOrBelow = 0;
    std::uint64_t ksOthersAtOrBelow = 0;
    double averagePrecision = 0; ///< see averagePrecision below
    [[nodiscard]] std::uint64_t others() const { return n - events; }
    [[nodiscard]] bool bothClasses() const { return events > 0 && events < n; }
};

/// Linear time, no allocation.
[[nodiscard]] ScoreProfile profileScores(std::span<const double> sortedScores, Events events);

/// Area under the ROC curve; ties count half. NaN when a class is absent.
[[nodiscard]] double auc(const ScoreProfile &profile);
/// 2 AUC - 1, also the accuracy ratio of the CAP curve; -1 to 1.
[[nodiscard]] double gini(const ScoreProfile &profile);
/// Variance of the AUC by DeLong, DeLong and Clarke-Pearson (1988): S10 / events + S01 / others. NaN with fewer than
/// two rows of a class.
[[nodiscard]] double delongVariance(const ScoreProfile &profile);
/// AUC -+ z sqrt(DeLong's variance), held within 0 and 1.
[[nodiscard]] Interval delongInterval(const ScoreProfile &profile, double confidence);
/// Largest distance of the score distributions of events and others, 0 to 1. NaN when a class is absent.
[[nodiscard]] double modelKs(const ScoreProfile &profile);
/// Sum over the distinct scores, from the highest, of precision times the gain in recall (no interpolation, as
/// scikit-learn's average_precision_score). 0 to 1; NaN without events.
[[nodiscard]] double averagePrecision(const ScoreProfile &profile);
/// Interval of an average precision on the logit scale, with 1 / sqrt(events) as its unit (Boyd, Eng and Page 2013).
[[nodiscard]] Interval averagePrecisionInterval(const ScoreProfile &profile, double confidence);
/// Mean squared error of probabilities (Brier 1950), 0 to 1. NaN without rows or where a score is no probability.
[[nodiscard]] double brierScore(const ScoreProfile &profile);
/// Normal interval of the mean of squared errors.
[[nodiscard]] Interval brierInterval(const ScoreProfile &profile, double confidence);
/// Mean negative log-likelihood, natural logarithm. NaN without rows or where a score is no probability.
[[nodiscard]] double logLoss(const ScoreProfile &profile);
/// Expected calibration error: |event rate - mean score| of the reliability bins, weighted by their rows; 0 to 1.
[[nodiscard]] double expectedCalibrationError(const ScoreProfile &profile);
/// Event rate minus mean score ("in the large"), -1 to 1. NaN without rows or where a score is no probability.
[[nodiscard]] double calibrationInTheLarge(const ScoreProfile &profile);

struct RocPoint
{
    double threshold; ///< rows with this score or a higher one are taken for events; infinite at the start
    double falsePositiveRate;
    double truePositiveRate;
};
/// From (0, 0) to (1, 1), a point for each distinct score; at most `most` + 2 points, the others skipped evenly.
/// Empty when a class is absent.
[[nodiscard]] std::vector<RocPoint> rocCurve(std::span<const double> sortedScores, Events events, std::size_t most);

/// About `groups` groups of equal size from the lowest score to the highest; equal scores stay together, so that a
/// group can be larger and there can be fewer. For the reliability curve, Hosmer-Lemeshow and, read from the end, the
/// gains.
[[nodiscard]] std::vector<ScoreGroup> equalGroups(std::span<const double> sortedScores, Events events,
                                                  std::size_t groups);

struct GainsPoint
{
    double shareOfRows;   ///< with the highest scores
    double shareOfEvents; ///< among them
    double lift;          ///< shareOfEvents / shareOfRows
};
/// Cumulative gains of groups as equalGroups gives them, the highest scores first. Empty without events.
[[nodiscard]] std::vector<GainsPoint> gainsCurve(std::span<const ScoreGroup> groups);

} // namespace countersign
