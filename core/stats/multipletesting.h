// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

namespace countersign {

/// Benjamini-Hochberg adjusted p-values, in the order given: the smallest false discovery rate at which each is still
/// rejected, min over j >= rank of p(j) * tests / j, at most 1. NaN stays NaN and does not count as a test.
/// Source: Benjamini and Hochberg (1995); as R's p.adjust(method = "BH").
[[nodiscard]] std::vector<double> benjaminiHochberg(std::span<const double> pvalues);

} // namespace countersign
