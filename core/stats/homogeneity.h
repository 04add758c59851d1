// SPDX-License-Identifier: GPL-3.0-or-later
//
// How surprising two binned samples are if both come from one distribution, where bins may be rare, empty in the
// reference or drawn by it: the cases in which Pearson's chi-square alone cries wolf.
#pragma once

#include "core/stats/divergence.h"

namespace countersign {

/// Of the bins with enough rows. Partition is the right one (partitiontest.h); PearsonChiSquare is what runs were
/// judged by before, and cries wolf where one side is small.
enum class TableTest { Partition, PearsonChiSquare };

/// A test of no drift over the counts of a numeric column: below the reference's minimum, its bins, above its maximum,
/// missing (the order of Bins, core/monitoring/run.h; special values stand before missing). The smallest of two or more
/// p-values, times their number (Bonferroni):
///  - the partition test (partitiontest.h) of the bins within the range, neighbours merged until each holds at least 5
///    expected values on either side, since rarer ones lend it no strength, special values and missing being bins of
///    their own;
///  - the exact probability that so many new values fall outside the reference's range (exceedancePvalue), for those
///    two bins are drawn where the reference has nothing;
///  - for each of the last `apart` counts, special values and missing, that is too rare for the first: its exact split
///    (splitPvalue).
/// Range 0 to 1; NaN when a side is empty. Precondition: spans of one length, at least 3 + apart.
[[nodiscard]] double numericHomogeneityPvalue(Counts reference, Counts current, TableTest test = TableTest::Partition,
                                              std::size_t apart = 1);

/// The same of categories, new ones and missing among them: the partition test of those with at least 5 expected values
/// on either side and of the rest as one, or, where the rest together is too rare, its exact split.
/// Range 0 to 1; NaN when a side is empty. Precondition: spans of one length.
[[nodiscard]] double categoryHomogeneityPvalue(Counts reference, Counts current, TableTest test = TableTest::Partition);

/// The same of one rate on two sides: `first` of n rows and `second` of m.
[[nodiscard]] double ratePvalue(std::uint64_t first, std::uint64_t n, std::uint64_t second, std::uint64_t m);

/// P(at least `outside` of m new values lie below the smallest or above the largest of n earlier ones) when all n + m
/// are exchangeable, whatever their distribution: the chance that at most one of the first outside + 1 of n + m in
/// random order is an earlier one (Rosenbaum 1954, both tails together). Ties make it smaller, never larger.
/// 1 for n < 2, or outside = 0. Precondition: outside <= m.
[[nodiscard]] double exceedancePvalue(std::uint64_t n, std::uint64_t m, std::uint64_t outside);

/// Two-sided exact test that `first` and `second` events fell to samples of n and m rows by size alone: binomial of
/// first + second events at n / (n + m), the smaller tail doubled (Przyborowski and Wilenski 1940). 1 without events.
/// Precondition: n + m > 0.
[[nodiscard]] double splitPvalue(std::uint64_t first, std::uint64_t n, std::uint64_t second, std::uint64_t m);

} // namespace countersign
