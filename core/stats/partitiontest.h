// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stats/divergence.h"

#include <cstdint>

namespace countersign {

/// Probabilities of a hypergeometric count: of `drawn` out of `all` rows, how many are among `marked` ones.
struct HypergeometricTails
{
    double below; ///< of fewer than observed
    double at;
    double above; ///< of more
};
/// Exact sums. Preconditions: marked and drawn at most `all`; `observed` possible.
[[nodiscard]] HypergeometricTails hypergeometricTails(std::uint64_t observed, std::uint64_t marked, std::uint64_t drawn,
                                                      std::uint64_t all);

/// Test of homogeneity of a 2 x k table that holds its level far into the tail, where among hundreds of tests the
/// decision falls and where Pearson's chi-square does not: with one side small and the other large, cells of 5
/// expected rows exceed its quantile at 1 in 20,000 up to five times too often, for their counts are skewed.
/// The table is halved again and again, into k - 1 tables of 2 x 2 that are independent given the sums (Lancaster
/// 1949). Each one's count is hypergeometric; its mid-p (Lancaster 1961) becomes a standard normal score (Rosenblatt
/// 1952), and the squared scores add up to chi-square at k - 1 degrees of freedom, to which Pearson's statistic tends
/// as well. Two bins are Fisher's exact test, the smaller tail doubled. Bins empty on both sides are left out; 1 with
/// fewer than two. NaN when a side is empty. The order of the bins tells in which halves they are compared. Time grows
/// with k and with the square root of the rows. Precondition: spans of one length.
[[nodiscard]] double partitionPvalue(Counts reference, Counts current);

} // namespace countersign
