// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

namespace countersign {

/// A test by itself and among all tests of its family. NaN: there was no test.
struct AdjustedTest
{
    double pvalue;
    double adjusted;
};

/// Benjamini-Hochberg adjusted p-values, in the order given: the smallest false discovery rate at which each is still
/// rejected, min over j >= rank of p(j) * tests / j, at most 1. NaN stays NaN and does not count as a test.
/// Source: Benjamini and Hochberg (1995); as R's p.adjust(method = "BH").
[[nodiscard]] std::vector<double> benjaminiHochberg(std::span<const double> pvalues);

} // namespace countersign
