// SPDX-License-Identifier: GPL-3.0-or-later
//
// The numbers of a policy pack by which monitoring and use are judged.
#pragma once

#include "core/domain/model.h"

namespace countersign {

/// Where the limits on PSI come from; each is described in core/monitoring/run.h (LimitRule).
enum class PsiRule { fixed, sampleSize, learnt };
BOOST_DESCRIBE_ENUM(PsiRule, fixed, sampleSize, learnt)

/// What a verdict may be given by. psi, aucDrop and rmseRatio always have limits, the others where a pack gives them
/// some; each is described in core/monitoring/thresholds.h (LimitedStatistic, LimitedFigure).
enum class LimitMetric {
    psi,
    aucDrop,
    rmseRatio,
    jensenShannonDistance,
    hellinger,
    lInfinity,
    ks,
    missingRateRise,
    unseenRate,
    outOfRangeShare,
    calibrationGap,
    adverseImpactRatio,
    equalOpportunityDifference,
    duplicateRateRise,
    arrivedShare
};
BOOST_DESCRIBE_ENUM(LimitMetric, psi, aucDrop, rmseRatio, jensenShannonDistance, hellinger, lInfinity, ks,
                    missingRateRise, unseenRate, outOfRangeShare, calibrationGap, adverseImpactRatio,
                    equalOpportunityDifference, duplicateRateRise, arrivedShare)

/// Whether values under the limit breach it, so that amber is the higher limit.
[[nodiscard]] constexpr bool isFloor(LimitMetric metric)
{
    return metric == LimitMetric::adverseImpactRatio || metric == LimitMetric::arrivedShare;
}

struct AmberAndRed
{
    double amber = 0;
    double red = 0;
};

/// Who set a limit, and why.
struct LimitSource
{
    std::string setBy;
    std::string reason;
};

struct MonitoringLimits
{
    PsiRule psiRule = PsiRule::fixed;
    double psiAmber = 0.10;
    double psiRed = 0.25;
    double falseDiscoveryRate = 0.02; ///< of the tests of one run, above 0, at most 0.5
    std::int64_t minimumRows = 100;
    double aucDropAmber = 0.03;
    double aucDropRed = 0.05;
    double rmseRatioAmber = 1.10;
    double rmseRatioRed = 1.25;
    std::string setBy;
    std::string reason;
    std::map<LimitMetric, AmberAndRed> others = {}; ///< gathered from the thresholds of a pack, no part of `monitoring`
    std::map<LimitMetric, LimitSource> sources = {}; ///< likewise: of the limits that a threshold of the pack gave

    [[nodiscard]] LimitSource sourceOf(LimitMetric metric) const
    {
        const auto found = sources.find(metric);
        return found == sources.end() ? LimitSource{setBy, reason} : found->second;
    }
};
BOOST_DESCRIBE_STRUCT(MonitoringLimits, (),
                      (psiRule, psiAmber, psiRed, falseDiscoveryRate, minimumRows, aucDropAmber, aucDropRed,
                       rmseRatioAmber, rmseRatioRed, setBy, reason))

/// Limits of one metric for some tiers, classes and models, in place of those in `monitoring`.
struct MonitoringThreshold
{
    LimitMetric metric = LimitMetric::psi;
    std::set<std::int64_t> tiers; ///< empty: every tier
    std::set<ModelKind> classes;  ///< empty: every class
    double amber = 0;
    double red = 0;
    std::string setBy;
    std::string reason;
    std::set<std::string> models = {}; ///< references, letter case ignored; empty: every model
};
BOOST_DESCRIBE_STRUCT(MonitoringThreshold, (), (metric, tiers, classes, amber, red, setBy, reason, models))

/// What the reports on the use of a version in production are judged by.
struct UsageLimits
{
    double failureRate = 0;    ///< share of failed calls that a service may have in its newest report; 0: no limit
    std::int64_t idleDays = 0; ///< after so many days without use a service is idle; 0: never

    /// `rate`: the failed calls over all calls; none without calls.
    [[nodiscard]] bool failsTooOften(std::optional<double> rate) const
    {
        return failureRate > 0 && rate && *rate > failureRate;
    }
};
BOOST_DESCRIBE_STRUCT(UsageLimits, (), (failureRate, idleDays))

} // namespace countersign
