// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/monitoring/driftmetrics.h"

#include "core/stats/wasserstein.h"

#include <array>

namespace countersign {

namespace {

constexpr std::array<DriftMetric, 10> catalogue{{
    {"psi", "population stability index, sum (q - p) ln(q / p) over the bins and missing, zero shares raised to 0.0001",
     true, true,
     [](const ColumnPair &pair) { return populationStabilityIndex(pair.referenceCounts, pair.currentCounts); }},
    {"ks_statistic", "two-sample Kolmogorov-Smirnov D, exact, missing left out", true, false,
     [](const ColumnPair &pair) { return pair.ks.statistic; }},
    {"ks_pvalue", "asymptotic two-sided p-value: exact one-sample distribution at n m / (n + m)", true, false,
     [](const ColumnPair &pair) {
         return ksPvalueEffectiveSize(pair.ks.statistic, pair.reference.size(), pair.current.size());
     }},
    {"jensen_shannon_distance", "square root of the divergence to base 2 over the bins and missing, 0 to 1", true, true,
     [](const ColumnPair &pair) { return jensenShannonDistance(pair.referenceCounts, pair.currentCounts); }},
    {"hellinger", "Hellinger distance over the bins and missing, 0 to 1", true, true,
     [](const ColumnPair &pair) { return hellingerDistance(pair.referenceCounts, pair.currentCounts); }},
    {"wasserstein", "first Wasserstein distance, exact, in the unit of the column, missing left out", true, false,
     [](const ColumnPair &pair) { return wassersteinDistance(pair.reference, pair.current); }},
    {"l_infinity", "largest difference of the shares of any bin or missing, 0 to 1", true, true,
     [](const ColumnPair &pair) { return lInfinityDistance(pair.referenceCounts, pair.currentCounts); }},
    {"chi2_statistic", "Pearson's chi-square of the contingency table without Yates' correction, missing left out",
     false, true, [](const ColumnPair &pair) { return pair.chiSquare.statistic; }},
    {"chi2_pvalue", "upper tail of the chi-square distribution at categories - 1 degrees of freedom", false, true,
     [](const ColumnPair &pair) { return pair.chiSquare.pvalue; }},
    {"cramers_v", "Cramer's V, not bias-corrected, missing left out, 0 to 1", false, true,
     [](const ColumnPair &pair) { return pair.chiSquare.cramersV; }},
}};

} // namespace

ColumnPair numericPair(std::span<const double> reference, std::span<const double> current, Counts referenceCounts,
                       Counts currentCounts)
{
    ColumnPair pair{ColumnType::Numeric, reference, current, referenceCounts, currentCounts};
    pair.ks = ksTwoSample(reference, current);
    return pair;
}

ColumnPair categoricalPair(Counts referenceCounts, Counts currentCounts)
{
    ColumnPair pair{ColumnType::Categorical, {}, {}, referenceCounts, currentCounts};
    pair.chiSquare = chiSquareContingency(referenceCounts.first(referenceCounts.size() - 1),
                                          currentCounts.first(currentCounts.size() - 1));
    return pair;
}

std::span<const DriftMetric> driftMetrics()
{
    return catalogue;
}

} // namespace countersign
