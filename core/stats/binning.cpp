// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/binning.h"

#include "core/base/error.h"
#include "core/stats/histogram.h"
#include "core/stats/quantile.h"

#include <algorithm>
#include <array>
#include <limits>

namespace countersign {

namespace {

constexpr std::array<Convention, 4> conventions{{
    {"countersign", "deciles", 10, true, ZeroShares::RaiseToFloor, 1e-4, false, 0, 1},
    {"evidently", "sturges", 0, false, ZeroShares::RaiseToFloorOfSide, 1e-4, true, 20, 1},
    {"nannyml", "doane", 0, false, ZeroShares::RaiseToFloor, 1e-4, false, 50, 0.1},
    {"frouros", "equal_width", 10, false, ZeroShares::RaiseToFloor, std::numeric_limits<double>::min(), true, 0, 1},
}};

std::uint64_t distinct(const std::vector<double> &sorted)
{
    std::uint64_t count = sorted.empty() ? 0 : 1;
    for (std::size_t i = 1; i < sorted.size(); ++i)
        count += sorted[i] != sorted[i - 1] ? 1 : 0;
    return count;
}

bool fewDistinct(const std::vector<double> &sorted, const Convention &way)
{
    const std::uint64_t count = distinct(sorted);
    return count <= way.mostDistinctAsCategories &&
           static_cast<double>(count) <= way.mostDistinctShare * static_cast<double>(sorted.size());
}

std::vector<double> pooled(const StatisticInput &input)
{
    std::vector<double> all;
    all.reserve(input.reference().size() + input.current().size());
    std::merge(input.reference().begin(), input.reference().end(), input.current().begin(), input.current().end(),
               std::back_inserter(all));
    return all;
}

BinnedSides cutAtDeciles(const StatisticInput &input, unsigned bins)
{
    const auto edges = quantileEdges(input.reference(), bins);
    BinnedSides sides{std::vector<std::uint64_t>(edges.size() + 1), std::vector<std::uint64_t>(edges.size() + 1)};
    countSorted(input.reference(), edges, sides.reference);
    countSorted(input.current(), edges, sides.current);
    return sides;
}

/// The bins between the edges, and one for what lies outside where `outside` asks for it.
BinnedSides cutBetween(const StatisticInput &input, const std::vector<double> &edges, bool outside)
{
    const std::size_t bins = edges.size() - 1;
    BinnedSides sides{std::vector<std::uint64_t>(bins), std::vector<std::uint64_t>(bins)};
    const std::uint64_t reference = countBetween(input.reference(), edges, sides.reference);
    const std::uint64_t current = countBetween(input.current(), edges, sides.current);
    if (outside) {
        sides.reference.push_back(reference);
        sides.current.push_back(current);
    }
    return sides;
}

BinnedSides cutNumbers(const StatisticInput &input, std::string_view binning, unsigned bins)
{
    const std::vector<double> all = binning == "doane" ? input.reference() : pooled(input);
    if (binning == "deciles")
        return cutAtDeciles(input, bins);
    if (all.empty())
        return {{0}, {0}};
    if (binning == "doane")
        return cutBetween(input, equalWidthEdges(all.front(), all.back(), doaneBins(all)), true);
    const unsigned widths = binning == "sturges" ? sturgesBins(all) : bins;
    return cutBetween(input, equalWidthEdges(all.front(), all.back(), widths), false);
}

} // namespace

const Convention &conventionOf(const StatisticOptions &options)
{
    constexpr std::array<std::string_view, 4> names{conventions[0].name, conventions[1].name, conventions[2].name,
                                                    conventions[3].name};
    const std::string &name = options.choice("convention", names);
    return *std::find_if(conventions.begin(), conventions.end(), [&](const Convention &c) { return c.name == name; });
}

BinnedSides binSides(const StatisticInput &input, const StatisticOptions &options)
{
    const Convention &way = conventionOf(options);
    std::string_view binning = way.binning;
    if (!options.text("binning").empty()) {
        constexpr std::array<std::string_view, 5> names{"deciles", "equal_width", "sturges", "doane", "categories"};
        binning = options.choice("binning", names);
    } else if (input.numeric() && fewDistinct(input.reference(), way)) {
        binning = "categories";
    }
    bool missingIsBin = way.missingIsBin;
    if (!options.text("missing").empty()) {
        constexpr std::array<std::string_view, 2> names{"bin", "drop"};
        missingIsBin = options.choice("missing", names) == "bin";
    }
    std::uint64_t bins = way.bins == 0 ? 10 : way.bins;
    if (!options.text("bins").empty())
        bins = options.count("bins", 1, 1'000'000);

    if (!input.numeric() || binning == "categories") {
        auto table = input.table(missingIsBin);
        return {std::move(table.reference), std::move(table.current)};
    }
    BinnedSides sides = cutNumbers(input, binning, static_cast<unsigned>(bins));
    if (missingIsBin) {
        sides.reference.push_back(input.missingReference());
        sides.current.push_back(input.missingCurrent());
    }
    return sides;
}

} // namespace countersign
