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
/// Special values have bins of their own in both (specialvalues.h).
enum class BinRule { Deciles, DecilesInRange };

/// Bins of a number column, frozen on the reference. Without reference values there is one bin, and missing.
[[nodiscard]] Bins numericBins(std::span<const double> sortedReference, BinRule rule,
                               const std::vector<std::string> &special = {});

/// The same from the edges and, for DecilesInRange, the reference's minimum and maximum.
[[nodiscard]] Bins binsBetween(std::vector<double> edges, std::optional<double> minimum, std::optional<double> maximum,
                               const std::vector<std::string> &special = {});
/// Into how many bins of about equal size the reference is cut.
inline constexpr unsigned numericBinCount = 10;

/// Bins of a categorical column: the given reference categories, sorted, then new ones, special values and missing.
/// Precondition: no special value is among the categories.
[[nodiscard]] Bins categoryBins(std::vector<std::string> referenceCategories,
                                const std::vector<std::string> &special = {});

/// Counts in the order of Bins::labels; `special` in the order of Bins::special.
[[nodiscard]] std::vector<std::uint64_t> countNumeric(const Bins &bins, std::span<const double> sorted, Counts special,
                                                      std::uint64_t missing);
/// Counts by BinRule::Deciles of the rows that were counted by BinRule::DecilesInRange. `special`: how many special
/// values have a bin.
[[nodiscard]] std::vector<std::uint64_t> countsByDeciles(Counts inRange, std::size_t special);

/// The bins of a column's categories, special values among them, looked up once to count many groups of rows; what is
/// not in the bins counts as new.
class CategoryPlaces
{
public:
    CategoryPlaces(const Bins &bins, const std::vector<std::string> &categories);

    /// `counts` belong to the categories.
    [[nodiscard]] std::vector<std::uint64_t> count(Counts counts, std::uint64_t missing) const;

private:
    std::size_t m_bins; ///< with missing
    std::vector<std::size_t> m_places;
};

} // namespace countersign
