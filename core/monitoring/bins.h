// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/monitoring/run.h"
#include "core/stats/divergence.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace countersign {

/// Deciles: (-inf, e1], (e1, e2] ... (ek, inf), missing, with e the distinct deciles of the reference.
/// DecilesInRange: the same between the reference's minimum and maximum, and a bin on either side of it for the rest.
enum class BinRule { Deciles, DecilesInRange };

/// Bins of a number column, frozen on the reference. Without reference values there is one bin, and missing.
[[nodiscard]] Bins numericBins(std::span<const double> sortedReference, BinRule rule);

/// The same from the edges and, for DecilesInRange, the reference's minimum and maximum.
[[nodiscard]] Bins binsBetween(std::vector<double> edges, std::optional<double> minimum, std::optional<double> maximum);
/// Into how many bins of about equal size the reference is cut.
inline constexpr unsigned numericBinCount = 10;

/// Bins of a categorical column: the given reference categories, sorted, then new ones and missing.
[[nodiscard]] Bins categoryBins(std::vector<std::string> referenceCategories);

/// Counts in the order of Bins::labels.
[[nodiscard]] std::vector<std::uint64_t> countNumeric(const Bins &bins, std::span<const double> sorted,
                                                      std::uint64_t missing);
/// `counts` belong to `categories`; what is not in the bins counts as new.
[[nodiscard]] std::vector<std::uint64_t> countCategories(const Bins &bins, const std::vector<std::string> &categories,
                                                         Counts counts, std::uint64_t missing);

} // namespace countersign
