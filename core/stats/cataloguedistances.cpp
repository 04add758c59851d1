// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/binning.h"
#include "core/stats/cataloguelists.h"
#include "core/stats/chisquare.h"
#include "core/stats/divergence.h"
#include "core/stats/proportions.h"
#include "core/stats/shares.h"
#include "core/stats/undefined.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

namespace countersign {

namespace {

constexpr StatisticOption waysOfBinning(std::string_view fallback)
{
    return {
        "convention", fallback,
        "whose way of counting: countersign (deciles of the reference and missing), evidently, nannyml or frouros; the "
        "other options override it"};
}
constexpr StatisticOption binning{"binning", "",
                                  "deciles (as many as bins, of the reference), equal_width or sturges (over both "
                                  "sides), doane (of the reference, and "
                                  "one bin for all outside it) or categories"};
constexpr StatisticOption bins{"bins", "", "how many deciles or equal widths"};
constexpr StatisticOption missing{"missing", "", "bin: missing values are a bin of their own; drop: they are left out"};
constexpr StatisticOption zeros{
    "zeros", "",
    "what an empty bin counts: floor, add, floor_of_side, part_of_row or skip; how much is the option floor"};
constexpr StatisticOption floorOption{"floor", "", "the share, or part of a row, that zeros speaks of"};
constexpr StatisticOption base{
    "base", "",
    "of the logarithm: 2 (the greatest value is 1) or e (of the distance 0.8326, of the divergence 0.6931)"};

constexpr std::array binned{waysOfBinning("countersign"), binning, bins, missing};
constexpr std::array binnedAsFrouros{waysOfBinning("frouros"), binning, bins, missing};
constexpr std::array binnedWithZeros{waysOfBinning("countersign"), binning, bins, missing, zeros, floorOption};
constexpr std::array binnedWithBase{waysOfBinning("countersign"), binning, bins, missing, base};
constexpr std::array givenShares{
    StatisticOption{"zeros", "floor", "what an empty bin counts: floor, add (popmon), floor_of_side or skip"},
    StatisticOption{"floor", "", "the share that zeros speaks of"}};

struct ZeroRule
{
    ZeroShares rule;
    double amount;
};

ZeroRule zeroRule(const StatisticOptions &options, ZeroRule fallback)
{
    struct Named
    {
        std::string_view name;
        ZeroRule rule;
    };
    constexpr std::array<Named, 5> rules{{{"floor", {ZeroShares::RaiseToFloor, psiZeroShareFloor}},
                                          {"add", {ZeroShares::AddToAll, 1e-5}},
                                          {"floor_of_side", {ZeroShares::RaiseToFloorOfSide, psiZeroShareFloor}},
                                          {"part_of_row", {ZeroShares::PartOfRow, 0.9}},
                                          {"skip", {ZeroShares::Skip, 0}}}};
    if (!options.text("zeros").empty()) {
        constexpr std::array names{rules[0].name, rules[1].name, rules[2].name, rules[3].name, rules[4].name};
        const std::string &name = options.choice("zeros", names);
        for (const Named &named : rules)
            fallback = named.name == name ? named.rule : fallback;
    }
    if (!options.text("floor").empty()) // an empty bin that counts 0 would make the sum infinite
        fallback.amount = options.number("floor", std::numeric_limits<double>::denorm_min(), 1);
    return fallback;
}

std::uint64_t rowsOf(const std::vector<std::uint64_t> &counts)
{
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

double stabilityIndex(const StatisticInput &input, const StatisticOptions &options)
{
    const BinnedSides sides = binSides(input, options);
    const Convention &way = conventionOf(options);
    const ZeroRule rule = zeroRule(options, {way.zeros, way.zeroAmount});
    BinnedSides used;
    for (std::size_t i = 0; i < sides.reference.size(); ++i) {
        // A bin empty on both sides says nothing, but Evidently counts it where its two floors differ.
        if (sides.reference[i] + sides.current[i] > 0 || rule.rule == ZeroShares::RaiseToFloorOfSide) {
            used.reference.push_back(sides.reference[i]);
            used.current.push_back(sides.current[i]);
        }
    }
    const auto p = sharesOf(used.reference);
    const auto q = sharesOf(used.current);
    if (p.empty() || q.empty())
        return undefined;
    return stabilityIndexOfShares(withoutZeros(p, rule.rule, rule.amount, rowsOf(used.reference)),
                                  withoutZeros(q, rule.rule, rule.amount, rowsOf(used.current)));
}

double indexOfGivenShares(const StatisticInput &input, const StatisticOptions &options)
{
    std::vector<double> p;
    std::vector<double> q;
    for (const auto &[reference, current] : input.pairs()) {
        p.push_back(reference);
        q.push_back(current);
    }
    const double sumP = std::accumulate(p.begin(), p.end(), 0.0);
    const double sumQ = std::accumulate(q.begin(), q.end(), 0.0);
    if (!(sumP > 0) || !(sumQ > 0))
        return undefined;
    for (double &share : p)
        share /= sumP;
    for (double &share : q)
        share /= sumQ;
    const ZeroRule rule = zeroRule(options, {ZeroShares::RaiseToFloor, psiZeroShareFloor});
    return stabilityIndexOfShares(withoutZeros(p, rule.rule, rule.amount), withoutZeros(q, rule.rule, rule.amount));
}

template <double (*distance)(Shares, Shares)>
double onShares(const StatisticInput &input, const StatisticOptions &options)
{
    const BinnedSides sides = binSides(input, options);
    const auto p = sharesOf(sides.reference);
    const auto q = sharesOf(sides.current);
    return p.empty() || q.empty() ? undefined : distance(p, q);
}

template <double (*distance)(Counts, Counts)>
double onCounts(const StatisticInput &input, const StatisticOptions &options)
{
    const BinnedSides sides = binSides(input, options);
    return distance(sides.reference, sides.current);
}

bool naturalBase(const StatisticOptions &options)
{
    constexpr std::array<std::string_view, 2> bases{"2", "e"};
    return options.text("base").empty() ? conventionOf(options).naturalLogarithm : options.choice("base", bases) == "e";
}

double jensenShannon(const StatisticInput &input, const StatisticOptions &options)
{
    const double base2 = onCounts<jensenShannonDistance>(input, options);
    return naturalBase(options) ? base2 * std::sqrt(std::numbers::ln2) : base2;
}

double divergenceOfBins(const StatisticInput &input, const StatisticOptions &options)
{
    const double natural = onShares<jensenShannonDivergence>(input, options);
    return naturalBase(options) ? natural : natural / std::numbers::ln2;
}

/// Kullback-Leibler with zero shares raised by the convention's rule, as tools do that have to stay finite.
double kullbackLeiblerOfBins(const StatisticInput &input, const StatisticOptions &options)
{
    const BinnedSides sides = binSides(input, options);
    const auto p = sharesOf(sides.reference);
    const auto q = sharesOf(sides.current);
    if (p.empty() || q.empty())
        return undefined;
    const Convention &way = conventionOf(options);
    const ZeroRule rule = zeroRule(options, {way.zeros, way.zeroAmount});
    return kullbackLeibler(withoutZeros(p, rule.rule, rule.amount, rowsOf(sides.reference)),
                           withoutZeros(q, rule.rule, rule.amount, rowsOf(sides.current)));
}

double hellingerOfCategories(const StatisticInput &input, const StatisticOptions & /*options*/)
{
    const auto table = input.table(false);
    return hellingerDistance(table.reference, table.current);
}

double missingRateDifference(const StatisticInput &input, const StatisticOptions & /*options*/)
{
    const auto table = input.table(true);
    const auto n = static_cast<double>(rowsOf(table.reference));
    const auto m = static_cast<double>(rowsOf(table.current));
    if (n == 0 || m == 0)
        return undefined;
    return static_cast<double>(input.missingCurrent()) / m - static_cast<double>(input.missingReference()) / n;
}

std::uint64_t unseenIn(const StatisticInput::Table &table)
{
    std::uint64_t unseen = 0;
    for (std::size_t i = 0; i < table.reference.size(); ++i)
        unseen += table.reference[i] == 0 ? table.current[i] : 0;
    return unseen;
}

double unseenValueRate(const StatisticInput &input, const StatisticOptions & /*options*/)
{
    const auto table = input.table(false);
    return proportion(unseenIn(table), rowsOf(table.current));
}

double unseenRate(const StatisticInput &input, const StatisticOptions & /*options*/)
{
    const auto table = input.table(false);
    return proportion(unseenIn(table), rowsOf(table.current) + input.missingCurrent());
}

double missingRate(const StatisticInput &input, const StatisticOptions & /*options*/)
{
    return proportion(input.missingCurrent(), rowsOf(input.table(true).current));
}

double outOfRangeShare(const StatisticInput &input, const StatisticOptions & /*options*/)
{
    const auto &reference = input.reference();
    const auto &current = input.current();
    if (reference.empty())
        return undefined;
    const auto below = std::ranges::lower_bound(current, reference.front()) - current.begin();
    const auto above = current.end() - std::ranges::upper_bound(current, reference.back());
    return proportion(static_cast<std::uint64_t>(below + above), rowsOf(input.table(true).current));
}

constexpr std::array<Statistic, 16> distanceEntries{{
    {"psi",
     "population stability index: sum over the bins of (q - p) ln(q / p), p the reference's share and q the current "
     "one; "
     "where no option says otherwise the bins are the deciles of the reference, or the values of text, and missing, "
     "and a "
     "share of 0 is raised to 0.0001, the others staying",
     StatisticShape::TwoSamples, binnedWithZeros, stabilityIndex},
    {"csi",
     "characteristic stability index: what the population stability index is called of an input of the model rather "
     "than of its score; the same as psi",
     StatisticShape::TwoSamples, binnedWithZeros, stabilityIndex},
    {"psi_from_proportions",
     "population stability index of shares that are given, a row a bin, each side brought to the sum 1",
     StatisticShape::TwoShares, givenShares, indexOfGivenShares},
    {"jensen_shannon_distance",
     "square root of the Jensen-Shannon divergence of the shares of the bins, without smoothing; to base 2 (0 to 1) "
     "and over "
     "deciles of the reference, or the values of text, and missing where no option says otherwise",
     StatisticShape::TwoSamples, binnedWithBase, jensenShannon},
    {"jensen_shannon_divergence",
     "Jensen-Shannon divergence of the shares of the bins, the square of the distance, without smoothing; to base 2 (0 "
     "to 1) and over deciles of the reference, or the values of text, and missing where no option says otherwise",
     StatisticShape::TwoSamples, binnedWithBase, divergenceOfBins},
    {"hellinger", "Hellinger distance of the shares of the bins, sqrt(sum (sqrt p - sqrt q)^2 / 2), 0 to 1",
     StatisticShape::TwoSamples, binned, onCounts<hellingerDistance>},
    {"hellinger_categorical",
     "Hellinger distance of the shares of each distinct value, missing left out, 0 to 1",
     StatisticShape::TwoSamples,
     {},
     hellingerOfCategories},
    {"l_infinity", "largest difference of the shares of any bin, max |p - q|, 0 to 1", StatisticShape::TwoSamples,
     binned, onCounts<lInfinityDistance>},
    {"total_variation", "total variation distance of the shares of the bins, sum |p - q| / 2, 0 to 1",
     StatisticShape::TwoSamples, binned, onShares<totalVariation>},
    {"kl_divergence",
     "Kullback-Leibler divergence of the reference from the current data, sum p ln(p / q), natural logarithm, zero "
     "shares "
     "as for psi",
     StatisticShape::TwoSamples, binnedWithZeros, kullbackLeiblerOfBins},
    {"bhattacharyya", "1 - sum sqrt(p q) over the bins, 0 to 1", StatisticShape::TwoSamples, binnedAsFrouros,
     onShares<bhattacharyyaDistance>},
    {"missing_rate_difference",
     "share of missing values, current minus reference, -1 to 1",
     StatisticShape::TwoSamples,
     {},
     missingRateDifference},
    {"unseen_value_rate",
     "share of the current values that the reference has not, missing left out, 0 to 1",
     StatisticShape::TwoSamples,
     {},
     unseenValueRate},
    {"missing_rate", "missing current rows over current rows, 0 to 1", StatisticShape::TwoSamples, {}, missingRate},
    {"unseen_rate",
     "current rows with a value that the reference has not, over current rows, missing ones included, 0 to 1",
     StatisticShape::TwoSamples,
     {},
     unseenRate},
    {"out_of_range_share",
     "current rows below the reference's smallest number or above its largest, over current rows, missing ones "
     "included, 0 to 1",
     StatisticShape::TwoSamples,
     {},
     outOfRangeShare},
}};

} // namespace

std::span<const Statistic> distanceStatistics()
{
    return distanceEntries;
}

} // namespace countersign
