// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the statistics of the catalogue cut a column into bins: our way and other tools' ways.
#pragma once

#include "core/stats/catalogue.h"
#include "core/stats/shares.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace countersign {

/// What a tool does where no option says otherwise.
struct Convention
{
    std::string_view name;
    std::string_view binning;
    std::uint64_t bins;
    bool missingIsBin;
    ZeroShares zeros;
    double zeroAmount;
    bool naturalLogarithm;                  ///< of the Jensen-Shannon distance
    std::uint64_t mostDistinctAsCategories; ///< numbers with no more distinct reference values are categories
    double mostDistinctShare;               ///< where they are no more than this share of the reference, too
};

/// The one named by the option "convention". Throws StatisticUseError.
[[nodiscard]] const Convention &conventionOf(const StatisticOptions &options);

struct BinnedSides
{
    std::vector<std::uint64_t> reference;
    std::vector<std::uint64_t> current;
};

/// Cuts by the options "convention", "binning", "bins" and "missing". Text is always cut into its values.
[[nodiscard]] BinnedSides binSides(const StatisticInput &input, const StatisticOptions &options);

} // namespace countersign
