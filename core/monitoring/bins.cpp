// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/bins.h"

#include "core/base/decimal.h"
#include "core/monitoring/samples.h"
#include "core/monitoring/specialvalues.h"
#include "core/stats/quantile.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace countersign {

namespace {

const std::string missingLabel = "missing";

/// Six significant digits, for labels.
std::string shortNumber(double value)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.6g", value);
    return text.data();
}

/// Those that every column has at the end.
void addApart(Bins &bins, const std::vector<std::string> &special)
{
    bins.special = special;
    for (const std::string &value : special)
        bins.labels.push_back(value + " (special)");
    bins.labels.push_back(missingLabel);
}

} // namespace

Bins numericBins(std::span<const double> sortedReference, BinRule rule, const std::vector<std::string> &special)
{
    const bool inRange = rule == BinRule::DecilesInRange && !sortedReference.empty();
    return binsBetween(quantileEdges(sortedReference, numericBinCount),
                       inRange ? std::optional(sortedReference.front()) : std::nullopt,
                       inRange ? std::optional(sortedReference.back()) : std::nullopt, special);
}

Bins binsBetween(std::vector<double> edges, std::optional<double> minimum, std::optional<double> maximum,
                 const std::vector<std::string> &special)
{
    Bins bins;
    bins.edges = std::move(edges);
    bins.minimum = minimum;
    bins.maximum = maximum;
    if (minimum)
        bins.labels.push_back("below " + shortNumber(*minimum));
    for (std::size_t i = 0; i <= bins.edges.size(); ++i) {
        if (bins.edges.empty())
            bins.labels.emplace_back("any value");
        else if (i == 0)
            bins.labels.push_back("up to " + shortNumber(bins.edges[0]));
        else if (i == bins.edges.size())
            bins.labels.push_back("over " + shortNumber(bins.edges[i - 1]));
        else
            bins.labels.push_back(shortNumber(bins.edges[i - 1]) + " to " + shortNumber(bins.edges[i]));
    }
    if (maximum)
        bins.labels.push_back("above " + shortNumber(*maximum));
    addApart(bins, special);
    return bins;
}

Bins categoryBins(std::vector<std::string> referenceCategories, const std::vector<std::string> &special)
{
    Bins bins;
    std::sort(referenceCategories.begin(), referenceCategories.end());
    bins.categories = std::move(referenceCategories);
    bins.labels = bins.categories;
    bins.labels.emplace_back("new categories");
    addApart(bins, special);
    return bins;
}

std::vector<std::uint64_t> countNumeric(const Bins &bins, std::span<const double> sorted, Counts special,
                                        std::uint64_t missing)
{
    std::vector<std::uint64_t> counts;
    std::span<const double> inside = sorted;
    std::uint64_t above = 0;
    if (bins.minimum && bins.maximum) {
        const auto first = std::lower_bound(sorted.begin(), sorted.end(), *bins.minimum);
        const auto last = std::upper_bound(first, sorted.end(), *bins.maximum);
        counts.push_back(static_cast<std::uint64_t>(first - sorted.begin()));
        above = static_cast<std::uint64_t>(sorted.end() - last);
        inside = {first, last};
    }
    const std::size_t at = counts.size();
    counts.resize(at + bins.edges.size() + 1);
    countSorted(inside, bins.edges, std::span(counts).subspan(at));
    if (bins.minimum && bins.maximum)
        counts.push_back(above);
    counts.insert(counts.end(), special.begin(), special.end());
    counts.push_back(missing);
    return counts;
}

std::vector<std::uint64_t> countsByDeciles(Counts inRange, std::size_t special)
{
    std::vector<std::uint64_t> counts(inRange.begin(), inRange.end());
    const std::size_t apart = special + 1;
    if (counts.size() < apart + 3) // of a reference without values, which has no range
        return counts;
    const auto above = counts.end() - static_cast<std::ptrdiff_t>(apart + 1);
    *(above - 1) += *above;
    counts.erase(above);
    counts[1] += counts[0];
    counts.erase(counts.begin());
    return counts;
}

CategoryPlaces::CategoryPlaces(const Bins &bins, const std::vector<std::string> &categories)
{
    const SpecialValues special(bins.special);
    const std::size_t fresh = bins.categories.size();
    m_bins = fresh + special.size() + 2;
    m_places.reserve(categories.size());
    const auto places = matchCategories(categories, bins.categories);
    for (std::size_t i = 0; i < categories.size(); ++i) {
        const auto place = special.placeOf(std::string_view(categories[i]));
        m_places.push_back(place ? fresh + 1 + *place : places[i] < 0 ? fresh : static_cast<std::size_t>(places[i]));
    }
}

std::vector<std::uint64_t> CategoryPlaces::count(Counts counts, std::uint64_t missing) const
{
    std::vector<std::uint64_t> result(m_bins, 0);
    for (std::size_t i = 0; i < counts.size(); ++i)
        result[m_places[i]] += counts[i];
    result.back() = missing;
    return result;
}

} // namespace countersign
