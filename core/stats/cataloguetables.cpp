// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/cataloguelists.h"

#include "core/base/error.h"
#include "core/stats/chisquare.h"
#include "core/stats/proportions.h"
#include "core/stats/undefined.h"

#include <array>
#include <numeric>

namespace countersign {

namespace {

using Test = ChiSquareResult (*)(Counts, Counts);

template <Test test>
double statisticOfTable(const StatisticInput &input, const StatisticOptions & /*options*/)
{
    const auto table = input.table(false);
    return test(table.reference, table.current).statistic;
}

template <Test test>
double pvalueOfTable(const StatisticInput &input, const StatisticOptions & /*options*/)
{
    const auto table = input.table(false);
    return test(table.reference, table.current).pvalue;
}

double cramersVOfTable(const StatisticInput &input, const StatisticOptions & /*options*/)
{
    const auto table = input.table(false);
    return chiSquareContingency(table.reference, table.current).cramersV;
}

std::uint64_t sumOf(const std::vector<std::uint64_t> &counts)
{
    return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

double biasCorrected(const StatisticInput &input, const StatisticOptions &options)
{
    constexpr std::array<std::string_view, 2> ways{"bin", "drop"};
    const auto table = input.table(options.choice("missing", ways) == "bin");
    const ChiSquareResult test = chiSquareYates(table.reference, table.current);
    return cramersVBiasCorrected(test.statistic, test.degreesOfFreedom + 1,
                                 sumOf(table.reference) + sumOf(table.current));
}

/// Of a column with at most two values: how often the first of them stands on each side, and out of how many.
struct TwoValues
{
    std::uint64_t reference, n, current, m;
};

TwoValues twoValues(const StatisticInput &input)
{
    const auto table = input.table(false);
    if (table.categories.size() > 2)
        throw Exception(ErrorCode::InvalidInput,
                        "The columns hold " + std::to_string(table.categories.size()) + " different values.",
                        "This test compares columns of two values: choose a chi-square test.");
    if (table.categories.empty())
        return {0, 0, 0, 0};
    return {table.reference.front(), sumOf(table.reference), table.current.front(), sumOf(table.current)};
}

double fisher(const StatisticInput &input, const StatisticOptions & /*options*/)
{
    const TwoValues values = twoValues(input);
    if (values.n == 0 || values.m == 0)
        return undefined;
    return fisherExactPvalue(values.reference, values.n - values.reference, values.current, values.m - values.current);
}

double twoProportions(const StatisticInput &input, const StatisticOptions & /*options*/)
{
    const TwoValues values = twoValues(input);
    return twoProportionPvalue(values.reference, values.n, values.current, values.m);
}

constexpr std::array missingAsBin{
    StatisticOption{"missing", "bin", "bin: missing values are a category of their own; drop: they are left out"}};

constexpr std::array<Statistic, 12> tableEntries{{
    {"chi2_contingency_statistic",
     "Pearson's chi-square of the contingency table, no Yates correction, missing left out",
     StatisticShape::TwoSamples,
     {},
     statisticOfTable<chiSquareContingency>},
    {"chi2_contingency_pvalue",
     "p-value of the chi-square of the contingency table at categories - 1 degrees of freedom",
     StatisticShape::TwoSamples,
     {},
     pvalueOfTable<chiSquareContingency>},
    {"chi2_yates_statistic",
     "Pearson's chi-square of the contingency table, with Yates' correction where there are two categories (as "
     "NannyML)",
     StatisticShape::TwoSamples,
     {},
     statisticOfTable<chiSquareYates>},
    {"chi2_yates_pvalue",
     "p-value of the chi-square with Yates' correction",
     StatisticShape::TwoSamples,
     {},
     pvalueOfTable<chiSquareYates>},
    {"chi2_gof_statistic",
     "chi-square goodness of fit of the current counts to the reference's shares, missing left out (as Evidently)",
     StatisticShape::TwoSamples,
     {},
     statisticOfTable<chiSquareGoodnessOfFit>},
    {"chi2_gof_pvalue",
     "p-value of the goodness of fit at categories - 1 degrees of freedom; 0 where a category is new",
     StatisticShape::TwoSamples,
     {},
     pvalueOfTable<chiSquareGoodnessOfFit>},
    {"g_test_statistic",
     "likelihood ratio G = 2 sum O ln(O / E) of the contingency table",
     StatisticShape::TwoSamples,
     {},
     statisticOfTable<gTestContingency>},
    {"g_test_pvalue",
     "p-value of G at categories - 1 degrees of freedom",
     StatisticShape::TwoSamples,
     {},
     pvalueOfTable<gTestContingency>},
    {"cramers_v",
     "Cramer's V of the contingency table, sqrt(chi-square / N), not bias-corrected, missing left out, 0 to 1",
     StatisticShape::TwoSamples,
     {},
     cramersVOfTable},
    {"cramers_v_bias_corrected",
     "Cramer's V with Bergsma's bias correction, from a chi-square with Yates' correction where there are two "
     "categories (as "
     "deepchecks), 0 to 1",
     StatisticShape::TwoSamples, missingAsBin, biasCorrected},
    {"fisher_exact_pvalue",
     "Fisher's exact two-sided p-value of a column of two values",
     StatisticShape::TwoSamples,
     {},
     fisher},
    {"two_proportion_z_pvalue",
     "two-sided p-value of equal shares of a column of two values, pooled variance",
     StatisticShape::TwoSamples,
     {},
     twoProportions},
}};

} // namespace

std::span<const Statistic> tableStatistics()
{
    return tableEntries;
}

} // namespace countersign
