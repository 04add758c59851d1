// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

namespace countersign {

/// Twice the Mann-Whitney U of the positives: the number of (positive, negative) pairs in which the positive scores
/// higher, doubled, plus the number of ties. Precondition: ascending, free of NaN. Linear time, no allocation.
[[nodiscard]] std::uint64_t mannWhitneyTwiceU(std::span<const double> sortedPositives,
                                              std::span<const double> sortedNegatives);

/// Area under the ROC curve, 2U / (2 * positives * negatives). 0 to 1, ties count half; NaN when a class is absent.
[[nodiscard]] double areaUnderRoc(std::uint64_t twiceU, std::uint64_t positives, std::uint64_t negatives);

/// Hanley and McNeil's (1982) standard error of an area under the ROC curve. NaN when a class is absent.
[[nodiscard]] double aucStandardError(double auc, std::uint64_t positives, std::uint64_t negatives);

/// Quantile of Fisher's F distribution: what the ratio of two mean squares of n and m equal normal errors stays under
/// with this confidence. NaN when n or m is 0.
[[nodiscard]] double fisherQuantile(std::uint64_t n, std::uint64_t m, double confidence);

/// Sums over pairs of error = predicted - actual, in the order given.
struct ErrorSums
{
    std::uint64_t n = 0;
    double sumOfSquares = 0;
    double sumOfAbsolutes = 0;
    double sum = 0;
};

/// Precondition: spans of equal length, free of NaN. Compensated (Kahan) summation.
[[nodiscard]] ErrorSums sumErrors(std::span<const double> predicted, std::span<const double> actual);

/// sqrt(mean of squared errors); NaN without pairs.
[[nodiscard]] double rootMeanSquaredError(std::uint64_t n, double sumOfSquares);
/// Mean of absolute errors (or of errors: the bias); NaN without pairs.
[[nodiscard]] double meanError(std::uint64_t n, double sum);

} // namespace countersign
