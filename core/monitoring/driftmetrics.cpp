// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/driftmetrics.h"

#include "core/stats/energydistance.h"
#include "core/stats/proportions.h"
#include "core/stats/shares.h"
#include "core/stats/undefined.h"
#include "core/stats/wasserstein.h"

#include <algorithm>
#include <array>
#include <numbers>
#include <numeric>

namespace countersign {

namespace {

std::uint64_t rowsOf(Counts counts)
{
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

double unseenRate(const ColumnPair &pair)
{
    std::uint64_t unseen = 0;
    for (std::size_t i = 0; i + 1 + pair.special < pair.currentCounts.size(); ++i)
        unseen += pair.referenceCounts[i] == 0 ? pair.currentCounts[i] : 0;
    return proportion(unseen, rowsOf(pair.currentCounts));
}

double outOfRangeShare(const ColumnPair &pair)
{
    return pair.referenceValues == 0 ? undefined : proportion(pair.outside, rowsOf(pair.currentCounts));
}

std::uint64_t countOutside(std::span<const double> reference, std::span<const double> current)
{
    if (reference.empty())
        return 0;
    const auto below = std::lower_bound(current.begin(), current.end(), reference.front()) - current.begin();
    const auto above = current.end() - std::upper_bound(current.begin(), current.end(), reference.back());
    return static_cast<std::uint64_t>(below + above);
}

double jensenShannonOfCounts(const ColumnPair &pair)
{
    const auto p = sharesOf(pair.referenceCounts);
    const auto q = sharesOf(pair.currentCounts);
    return p.empty() || q.empty() ? undefined : jensenShannonDivergence(p, q) / std::numbers::ln2;
}

constexpr std::array<DriftMetric, 24> catalogue{{
    {"psi", "population stability index, sum (q - p) ln(q / p) over the bins and missing, zero shares raised to 0.0001",
     true, true,
     [](const ColumnPair &pair) { return populationStabilityIndex(pair.referenceCounts, pair.currentCounts); },
     MetricBasis::Bins},
    {"ks_statistic", "two-sample Kolmogorov-Smirnov D, exact, missing left out", true, false,
     [](const ColumnPair &pair) { return pair.ks.statistic; }},
    {"ks_pvalue", "asymptotic two-sided p-value: exact one-sample distribution at n m / (n + m)", true, false,
     [](const ColumnPair &pair) {
         return ksPvalueEffectiveSize(pair.ks.statistic, pair.referenceValues, pair.currentValues);
     }},
    {"jensen_shannon_distance", "square root of the divergence to base 2 over the bins and missing, 0 to 1", true, true,
     [](const ColumnPair &pair) { return jensenShannonDistance(pair.referenceCounts, pair.currentCounts); },
     MetricBasis::Bins},
    {"hellinger", "Hellinger distance over the bins and missing, 0 to 1", true, true,
     [](const ColumnPair &pair) { return hellingerDistance(pair.referenceCounts, pair.currentCounts); },
     MetricBasis::Bins},
    {"wasserstein", "first Wasserstein distance, exact, in the unit of the column, missing left out", true, false,
     [](const ColumnPair &pair) { return pair.wasserstein; }},
    {"l_infinity", "largest difference of the shares of any bin or missing, 0 to 1", true, true,
     [](const ColumnPair &pair) { return lInfinityDistance(pair.referenceCounts, pair.currentCounts); },
     MetricBasis::Bins},
    {"chi2_statistic", "Pearson's chi-square of the contingency table without Yates' correction, missing left out",
     false, true, [](const ColumnPair &pair) { return pair.chiSquare.statistic; }},
    {"chi2_pvalue", "upper tail of the chi-square distribution at categories - 1 degrees of freedom", false, true,
     [](const ColumnPair &pair) { return pair.chiSquare.pvalue; }},
    {"cramers_v", "Cramer's V, not bias-corrected, missing left out, 0 to 1", false, true,
     [](const ColumnPair &pair) { return pair.chiSquare.cramersV; }},
    {"missing_rate", "missing rows over rows", true, true,
     [](const ColumnPair &pair) { return proportion(pair.currentCounts.back(), rowsOf(pair.currentCounts)); }},
    {"unseen_rate", "rows in categories that the reference has not, over rows", false, true, unseenRate},
    {"out_of_range_share", "rows below the reference's smallest value or above its largest, over rows", true, false,
     outOfRangeShare},
    {"jensen_shannon_divergence", "Jensen-Shannon divergence to base 2 over the bins and missing, 0 to 1", true, true,
     jensenShannonOfCounts, MetricBasis::Bins},
    {"chi2_gof_statistic", "chi-square goodness of fit to the reference's shares, missing left out", false, true,
     [](const ColumnPair &pair) { return pair.goodnessOfFit.statistic; }},
    {"chi2_gof_pvalue", "p-value of the goodness of fit; 0 where a category is new", false, true,
     [](const ColumnPair &pair) { return pair.goodnessOfFit.pvalue; }},
    {"ks_pvalue_exact", "two-sided p-value from all orders of both samples, up to 10000 values a side", true, false,
     [](const ColumnPair &pair) {
         return ksPvalueExactOfFew(pair.ks.statistic, pair.referenceValues, pair.currentValues);
     },
     MetricBasis::Values},
    {"wasserstein_normed", "Wasserstein distance over the standard deviation of the reference", true, false,
     [](const ColumnPair &pair) { return wassersteinOverSpread(pair.wasserstein, pair.reference); },
     MetricBasis::Values},
    {"wasserstein_scaled_0_1", "Wasserstein distance over the range of both sides, 0 to 1", true, false,
     [](const ColumnPair &pair) { return wassersteinOverRange(pair.wasserstein, pair.reference, pair.current); },
     MetricBasis::Values},
    {"energy_distance", "sqrt(2 integral of (F - G)^2), missing left out", true, false,
     [](const ColumnPair &pair) { return energyDistance(pair.reference, pair.current); }, MetricBasis::Values},
    {"cramer_von_mises_statistic", "two-sample Cramer-von Mises T, midranks for ties", true, false,
     [](const ColumnPair &pair) { return pair.cramerVonMises.statistic; }, MetricBasis::Values},
    {"cramer_von_mises_pvalue", "asymptotic p-value of Cramer-von Mises T", true, false,
     [](const ColumnPair &pair) { return pair.cramerVonMises.pvalue; }, MetricBasis::Values},
    {"anderson_darling_statistic", "two-sample Anderson-Darling, midranks, normalised", true, false,
     [](const ColumnPair &pair) { return pair.andersonDarling.statistic; }, MetricBasis::Values},
    {"anderson_darling_pvalue", "p-value of Anderson-Darling, 0.001 to 0.25", true, false,
     [](const ColumnPair &pair) { return pair.andersonDarling.pvalue; }, MetricBasis::Values},
}};

} // namespace

ColumnPair numericPair(const PreparedSample &preparedReference, std::span<const double> current, Counts referenceCounts,
                       Counts currentCounts, MetricExtent extent, std::size_t special)
{
    const auto reference = preparedReference.values();
    ColumnPair pair{ColumnType::Numeric, reference.size(), current.size(), referenceCounts, currentCounts};
    pair.ks = ksTwoSample(preparedReference, current);
    pair.wasserstein = wassersteinDistance(preparedReference, current);
    pair.outside = countOutside(reference, current);
    pair.reference = reference;
    pair.current = current;
    if (extent == MetricExtent::All) {
        pair.cramerVonMises = cramerVonMises(reference, current);
        pair.andersonDarling = andersonDarling(reference, current);
    }
    pair.special = special;
    return pair;
}

ColumnPair categoricalPair(Counts referenceCounts, Counts currentCounts, std::size_t special)
{
    ColumnPair pair{ColumnType::Categorical, 0, 0, referenceCounts, currentCounts};
    pair.special = special;
    const std::size_t compared = referenceCounts.size() - 1 - special;
    const Counts before = referenceCounts.first(compared);
    const Counts now = currentCounts.first(compared);
    pair.chiSquare = chiSquareContingency(before, now);
    pair.goodnessOfFit = chiSquareGoodnessOfFit(before, now);
    return pair;
}

std::span<const DriftMetric> driftMetrics()
{
    return catalogue;
}

std::vector<StatisticValue> statisticsOf(const ColumnPair &pair, MetricExtent extent)
{
    std::vector<StatisticValue> values;
    for (const DriftMetric &metric : driftMetrics()) {
        if (metric.appliesTo(pair.type, extent))
            values.push_back({metric.key, metric.compute(pair)});
    }
    return values;
}

} // namespace countersign
