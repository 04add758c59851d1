// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/contrast.h"

#include "core/base/error.h"
#include "core/monitoring/runparts.h"
#include "core/stats/divergence.h"
#include "core/stats/homogeneity.h"
#include "core/stats/multipletesting.h"
#include "core/stats/undefined.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace countersign {

namespace {

/// One side of one feature.
struct SideCounts
{
    const std::vector<std::uint64_t> *counts = nullptr;
    std::uint64_t rows = 0;
    std::uint64_t missing = 0;
};

SideCounts countsOf(const FeatureResult &feature, const std::optional<std::size_t> &period)
{
    if (!period)
        return {&feature.referenceCounts, feature.referenceRows, feature.referenceMissing};
    const FeaturePeriod &each = feature.periods.at(*period);
    return {&each.counts, each.n, each.missing};
}

/// In the bins that all segments share; of a run of all of them they are its own.
const std::vector<std::uint64_t> &sharedCountsOf(const FeatureResult &feature, const std::optional<std::size_t> &period)
{
    if (!feature.shared)
        return *countsOf(feature, period).counts;
    return period ? feature.shared->periods.at(*period) : feature.shared->reference;
}

const Figures &figuresOf(const ContrastSide &side)
{
    return side.period ? side.run.periods[*side.period].performance.figures : side.run.reference.performance.figures;
}

std::optional<double> rateOf(const SideCounts &side)
{
    if (side.rows == 0)
        return std::nullopt;
    return static_cast<double>(side.missing) / static_cast<double>(side.rows);
}

bool sameBins(const Bins &a, const Bins &b)
{
    return a.edges == b.edges && a.minimum == b.minimum && a.maximum == b.maximum && a.categories == b.categories &&
           a.special == b.special;
}

/// Those of a run of all segments are its own.
const Bins &sharedBinsOf(const FeatureResult &feature)
{
    return feature.shared ? feature.shared->bins : feature.bins;
}

std::optional<double> finite(double value)
{
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

FeatureContrast featureContrast(const FeatureResult &first, const std::optional<std::size_t> &firstPeriod,
                                const FeatureResult *second, const std::optional<std::size_t> &secondPeriod)
{
    FeatureContrast contrast;
    contrast.feature = first.name;
    contrast.type = first.type;
    const SideCounts a = countsOf(first, firstPeriod);
    contrast.firstRows = a.rows;
    contrast.firstMissingRate = rateOf(a);
    if (!second) {
        contrast.whyNot = "The second run does not have it.";
        return contrast;
    }
    const SideCounts b = countsOf(*second, secondPeriod);
    contrast.secondRows = b.rows;
    contrast.secondMissingRate = rateOf(b);
    const bool own = sameBins(first.bins, second->bins);
    if (first.type != second->type || (!own && !sameBins(sharedBinsOf(first), sharedBinsOf(*second)))) {
        contrast.whyNot = "The two runs counted it in different bins: their references differ.";
        return contrast;
    }
    if (a.rows == 0 || b.rows == 0) {
        contrast.whyNot = "One side has no rows.";
        return contrast;
    }
    contrast.bins = own ? first.bins : sharedBinsOf(first);
    contrast.firstCounts = own ? *a.counts : sharedCountsOf(first, firstPeriod);
    contrast.secondCounts = own ? *b.counts : sharedCountsOf(*second, secondPeriod);
    contrast.psi = finite(populationStabilityIndex(contrast.firstCounts, contrast.secondCounts));
    contrast.jensenShannonDistance = finite(jensenShannonDistance(contrast.firstCounts, contrast.secondCounts));
    // Neither side need be the one that the bins were made on: a table of counts, whatever the type of the column.
    contrast.pvalue = finite(categoryHomogeneityPvalue(contrast.firstCounts, contrast.secondCounts));
    return contrast;
}

/// From those of single tests, in the order of `contrasts`.
template <class Contrasted>
void adjust(std::vector<Contrasted> &contrasts, const std::vector<std::optional<double>> &pvalues,
            double falseDiscoveryRate)
{
    std::vector<double> known;
    known.reserve(pvalues.size());
    for (const auto &pvalue : pvalues)
        known.push_back(pvalue.value_or(undefined));
    const std::vector<double> adjusted = benjaminiHochberg(known);
    for (std::size_t i = 0; i < contrasts.size(); ++i) {
        contrasts[i].adjustedPvalue = definedOrNothing(adjusted[i]);
        contrasts[i].apart = contrasts[i].adjustedPvalue.value_or(1) <= falseDiscoveryRate;
    }
}

std::optional<double> pvalueOf(const Figure &difference)
{
    constexpr double quantile = 1.959963984540054; // of the 95% that intervals are of
    if (!difference.low)
        return std::nullopt;
    const double size = std::abs(*difference.value);
    const double reach =
        *difference.value > 0 ? *difference.value - *difference.low : *difference.high - *difference.value;
    if (size == 0 || !(reach > 0))
        return size == 0 ? 1.0 : 0.0;
    return std::erfc(quantile * size / reach / std::numbers::sqrt2);
}

void requirePeriod(const ContrastSide &side)
{
    if (side.period && *side.period >= side.run.periods.size())
        throw Exception(ErrorCode::InvalidInput, "The run has no such period.", "Choose one of its periods.");
}

} // namespace

Figure differenceOf(const Figure &first, const Figure &second)
{
    Figure difference;
    if (!first.value || !second.value)
        return difference;
    difference.value = *second.value - *first.value;
    if (first.low && first.high && second.low && second.high) {
        const auto reach = [](double one, double other) { return std::sqrt(one * one + other * other); };
        difference.low = *difference.value - reach(*second.value - *second.low, *first.high - *first.value);
        difference.high = *difference.value + reach(*second.high - *second.value, *first.value - *first.low);
    }
    return difference;
}

Contrast contrastOf(const ContrastSide &first, const ContrastSide &second)
{
    requirePeriod(first);
    requirePeriod(second);
    const auto labelOf = [](const ContrastSide &side) {
        return side.period ? side.run.periods[*side.period].label : side.run.reference.label;
    };
    const auto rowsOf = [](const ContrastSide &side) {
        return side.period ? side.run.periods[*side.period].rows : side.run.reference.rows;
    };
    Contrast contrast;
    contrast.firstLabel = labelOf(first);
    contrast.secondLabel = labelOf(second);
    contrast.firstRows = rowsOf(first);
    contrast.secondRows = rowsOf(second);
    contrast.sameRows = first.run.sourceSha256 == second.run.sourceSha256 &&
                        contrast.firstLabel == contrast.secondLabel && contrast.firstRows == contrast.secondRows &&
                        first.run.settings.segmentValue == second.run.settings.segmentValue;
    for (const FeatureResult &feature : first.run.features)
        contrast.features.push_back(
            featureContrast(feature, first.period, featureIn(second.run, feature.name), second.period));
    for (const FeatureResult &feature : second.run.features)
        if (!featureIn(first.run, feature.name)) {
            FeatureContrast alone;
            alone.feature = feature.name;
            alone.type = feature.type;
            const SideCounts counts = countsOf(feature, second.period);
            alone.secondRows = counts.rows;
            alone.secondMissingRate = rateOf(counts);
            alone.whyNot = "The first run does not have it.";
            contrast.features.push_back(std::move(alone));
        }
    const Thresholds &limits = first.run.settings.thresholds;
    std::vector<std::optional<double>> pvalues;
    pvalues.reserve(contrast.features.size());
    for (const FeatureContrast &feature : contrast.features)
        pvalues.push_back(feature.pvalue);
    adjust(contrast.features, pvalues, limits.falseDiscoveryRate);
    for (FeatureContrast &feature : contrast.features) {
        feature.enoughRows = std::min(feature.firstRows, feature.secondRows) >= limits.minimumRows;
        feature.apart = feature.apart && feature.enoughRows;
    }
    const Figures &ours = figuresOf(first);
    const Figures &theirs = figuresOf(second);
    for (const auto &[name, figure] : ours) {
        const auto other = theirs.find(name);
        if (other == theirs.end() || !figure.value || !other->second.value)
            continue;
        contrast.figures.push_back({name, figure, other->second, differenceOf(figure, other->second), {}, false});
    }
    pvalues.clear();
    for (const FigureContrast &figure : contrast.figures)
        pvalues.push_back(pvalueOf(figure.difference));
    adjust(contrast.figures, pvalues, limits.falseDiscoveryRate);
    return contrast;
}

} // namespace countersign
