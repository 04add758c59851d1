// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/stats/divergence.h"

#include <cstdint>

namespace countersign {

/// Pearson's chi-square test of a 2 x k contingency table.
struct ChiSquareResult
{
    double statistic;
    std::uint64_t degreesOfFreedom;
    double pvalue;
    double cramersV; ///< sqrt(statistic / N), the smaller side of the table being 2; not bias-corrected; 0 to 1
};

/// Homogeneity of two frequency tables: sum (O - E)^2 / E with E from the margins, without Yates' correction, k - 1
/// degrees of freedom. Categories empty on both sides are left out. With one category left the statistic is 0, the
/// p-value 1 and Cramer's V NaN; all are NaN when a side is empty. Precondition: spans of equal length.
[[nodiscard]] ChiSquareResult chiSquareContingency(Counts reference, Counts current);

/// The same with Yates' correction where there is one degree of freedom: every |O - E| is lessened by 1/2, at most to 0
/// (Yates 1934; what SciPy's chi2_contingency does unless told otherwise).
[[nodiscard]] ChiSquareResult chiSquareYates(Counts reference, Counts current);

/// Cramer's V with Bergsma's (2013) bias correction for a 2 x k table, from a chi-square of N rows: sqrt(max(0,
/// chi2/N - (k-1)/(N-1)) / min(k~ - 1, r~ - 1)) with k~ = k - (k-1)^2/(N-1) and r~ = 2 - 1/(N-1). 0 to 1; 0 for one
/// category; NaN when N < 2 or the statistic is NaN.
[[nodiscard]] double cramersVBiasCorrected(double statistic, std::uint64_t categories, std::uint64_t rows);

/// Goodness of fit of the current counts to the reference's shares: sum (O - E)^2 / E, E the reference scaled to the
/// current total, categories - 1 degrees of freedom. Unlike the contingency table this takes the reference as known
/// without error. A category new in the current data makes the statistic infinite and the p-value 0. Cramer's V is NaN.
[[nodiscard]] ChiSquareResult chiSquareGoodnessOfFit(Counts reference, Counts current);

/// Likelihood-ratio (G) test of homogeneity of the 2 x k table: 2 sum O ln(O / E), k - 1 degrees of freedom (Wilks
/// 1938). Cramer's V is NaN.
[[nodiscard]] ChiSquareResult gTestContingency(Counts reference, Counts current);

/// P(X >= statistic) for a chi-square variable. NaN for NaN; 1 with no degrees of freedom.
[[nodiscard]] double chiSquareSurvival(double statistic, std::uint64_t degreesOfFreedom);

/// What the population stability index exceeds by chance alone with probability 1 - confidence when n and m rows come
/// from one distribution: (1/n + 1/m) times the chi-square quantile at B - 1 degrees of freedom (Yurdakul 2018;
/// Yurdakul and Naranjo 2020). NaN when n, m or bins is 0; 0 with one bin.
[[nodiscard]] double criticalStabilityIndex(std::uint64_t n, std::uint64_t m, std::uint64_t bins, double confidence);

} // namespace countersign
