// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <boost/describe.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace countersign {

/// Frozen on the reference. Numeric counts are ordered: below the reference minimum, the bins between the edges
/// ((-inf, e1], (e1, e2] ... (ek, inf) within minimum..maximum), above the maximum, special values, missing.
/// Categorical counts: one per category, categories not seen in the reference, special values, missing. `labels` names
/// each count in that order.
struct Bins
{
    std::vector<double> edges;
    std::optional<double> minimum;
    std::optional<double> maximum;
    std::vector<std::string> categories;
    std::vector<std::string> special; ///< as declared in ColumnRoles::special
    std::vector<std::string> labels;

    /// Where special values and missing begin among so many counts.
    [[nodiscard]] std::size_t firstApart(std::size_t counts) const { return counts - 1 - special.size(); }
};
BOOST_DESCRIBE_STRUCT(Bins, (), (edges, minimum, maximum, categories, special, labels))

/// The rows of one segment in bins that all segments of the log share: those of the reference of all of them together.
struct SharedCounts
{
    Bins bins;
    std::vector<std::uint64_t> reference;            ///< in the order of `bins`
    std::vector<std::vector<std::uint64_t>> periods; ///< one for each of the run
};
BOOST_DESCRIBE_STRUCT(SharedCounts, (), (bins, reference, periods))

} // namespace countersign
