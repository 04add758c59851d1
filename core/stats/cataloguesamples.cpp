// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stats/cataloguelists.h"
#include "core/stats/energydistance.h"
#include "core/stats/kstest.h"
#include "core/stats/moments.h"
#include "core/stats/ranktests.h"
#include "core/stats/referencebins.h"
#include "core/stats/undefined.h"
#include "core/stats/wasserstein.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace countersign {

namespace {

constexpr std::array ksMethods{StatisticOption{
    "method", "asymptotic",
    "asymptotic (exact one-sample distribution at n m / (n + m), as SciPy's), exact (all orders of both samples), auto "
    "(exact up to 10000 values a side, as SciPy's), limit (Kolmogorov's)"}};
constexpr std::array distanceWays{StatisticOption{
    "convention", "countersign",
    "countersign (exact) or nannyml (over one bin for 500 values of a reference that has 10000 or more, "
    "exact for others)"}};
constexpr std::array alternatives{StatisticOption{"alternative", "two-sided", "two-sided, less or greater"}};

double ksD(const StatisticInput &input)
{
    return ksTwoSample(input.reference(), input.current()).statistic;
}

bool asNannyMl(const StatisticOptions &options)
{
    constexpr std::array<std::string_view, 2> names{"countersign", "nannyml"};
    return options.choice("convention", names) == "nannyml";
}

double ksPvalue(const StatisticInput &input, const StatisticOptions &options)
{
    constexpr std::array<std::string_view, 4> names{"asymptotic", "exact", "auto", "limit"};
    const std::string &method = options.choice("method", names);
    const double d = ksD(input);
    const std::uint64_t n = input.reference().size();
    const std::uint64_t m = input.current().size();
    if (method == "exact" || (method == "auto" && std::max(n, m) <= ksExactLargest))
        return ksPvalueExact(d, n, m);
    return method == "limit" ? ksPvalueKolmogorovLimit(d, n, m) : ksPvalueEffectiveSize(d, n, m);
}

double distanceOf(const StatisticInput &input)
{
    return wassersteinDistance(input.reference(), input.current());
}

double mannWhitney(const StatisticInput &input, const StatisticOptions &options)
{
    constexpr std::array<std::string_view, 3> names{"two-sided", "less", "greater"};
    const std::string &name = options.choice("alternative", names);
    const Alternative alternative = name == "less"      ? Alternative::Less
                                    : name == "greater" ? Alternative::Greater
                                                        : Alternative::TwoSided;
    return mannWhitneyTest(input.reference(), input.current(), alternative).pvalue;
}

using Input = const StatisticInput &;
using Options = const StatisticOptions &;

constexpr std::array<Statistic, 16> sampleEntries{{
    {"ks_statistic",
     "two-sample Kolmogorov-Smirnov D, the largest distance of the two distribution functions, exact where no option "
     "says otherwise",
     StatisticShape::TwoSamples, distanceWays,
     [](Input input, Options options) {
         return asNannyMl(options) ? ksAsNannyMl(input.reference(), input.current()) : ksD(input);
     }},
    {"ks_pvalue", "two-sided p-value of the two-sample Kolmogorov-Smirnov D", StatisticShape::TwoSamples, ksMethods,
     ksPvalue},
    {"ks_pvalue_exact",
     "two-sided p-value of the two-sample Kolmogorov-Smirnov D from all orders of both samples, ties counted as if "
     "there were "
     "none; n m steps",
     StatisticShape::TwoSamples,
     {},
     [](Input input, Options) { return ksPvalueExact(ksD(input), input.reference().size(), input.current().size()); }},
    {"wasserstein",
     "first Wasserstein distance, the area between the distribution functions, in the unit of the data, exact where no "
     "option says otherwise",
     StatisticShape::TwoSamples, distanceWays,
     [](Input input, Options options) {
         return asNannyMl(options) ? wassersteinAsNannyMl(input.reference(), input.current()) : distanceOf(input);
     }},
    {"wasserstein_normed",
     "first Wasserstein distance over the population standard deviation of the reference, at least 0.001 (as "
     "Evidently)",
     StatisticShape::TwoSamples,
     {},
     [](Input input, Options) { return wassersteinOverSpread(distanceOf(input), input.reference()); }},
    {"wasserstein_scaled_0_1",
     "first Wasserstein distance over the range of both samples together, 0 to 1 (as deepchecks)",
     StatisticShape::TwoSamples,
     {},
     [](Input input, Options) { return wassersteinOverRange(distanceOf(input), input.reference(), input.current()); }},
    {"energy_distance",
     "sqrt(2 integral of (F - G)^2)",
     StatisticShape::TwoSamples,
     {},
     [](Input input, Options) { return energyDistance(input.reference(), input.current()); }},
    {"cramer_von_mises_statistic",
     "two-sample Cramer-von Mises T (Anderson 1962), midranks for ties",
     StatisticShape::TwoSamples,
     {},
     [](Input input, Options) { return cramerVonMises(input.reference(), input.current()).statistic; }},
    {"cramer_von_mises_pvalue",
     "asymptotic p-value of the two-sample Cramer-von Mises T",
     StatisticShape::TwoSamples,
     {},
     [](Input input, Options) { return cramerVonMises(input.reference(), input.current()).pvalue; }},
    {"anderson_darling_statistic",
     "two-sample Anderson-Darling statistic of Scholz and Stephens (1987), midranks, normalised",
     StatisticShape::TwoSamples,
     {},
     [](Input input, Options) { return andersonDarling(input.reference(), input.current()).statistic; }},
    {"anderson_darling_pvalue",
     "p-value of the two-sample Anderson-Darling statistic, interpolated in the published table: 0.001 to 0.25",
     StatisticShape::TwoSamples,
     {},
     [](Input input, Options) { return andersonDarling(input.reference(), input.current()).pvalue; }},
    {"mannwhitneyu_statistic",
     "Mann-Whitney U of the reference, ties counted half",
     StatisticShape::TwoSamples,
     {},
     [](Input input, Options) { return mannWhitneyTest(input.reference(), input.current(), Alternative::TwoSided).u; }},
    {"mannwhitneyu_pvalue", "Mann-Whitney p-value, normal approximation with corrections for ties and continuity",
     StatisticShape::TwoSamples, alternatives, mannWhitney},
    {"mannwhitneyu_pvalue_less",
     "one-sided Mann-Whitney p-value of the reference being the smaller, normal approximation with corrections for "
     "ties and "
     "continuity (what Evidently calls two-tailed)",
     StatisticShape::TwoSamples,
     {},
     [](Input input, Options) {
         return mannWhitneyTest(input.reference(), input.current(), Alternative::Less).pvalue;
     }},
    {"welch_t_pvalue",
     "two-sided p-value of equal means, unequal variances",
     StatisticShape::TwoSamples,
     {},
     [](Input input, Options) { return welchPvalue(input.reference(), input.current()); }},
    {"mean_difference",
     "mean of the current data minus that of the reference, in the unit of the data",
     StatisticShape::TwoSamples,
     {},
     [](Input input, Options) { return momentsOf(input.current()).mean - momentsOf(input.reference()).mean; }},
}};

} // namespace

std::span<const Statistic> sampleStatistics()
{
    return sampleEntries;
}

} // namespace countersign
