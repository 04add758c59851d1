// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/runlimits.h"

#include "core/base/error.h"
#include "core/policy/rules.h"

#include <algorithm>

namespace countersign {

Thresholds thresholdsOf(const MonitoringLimits &limits)
{
    Thresholds thresholds;
    switch (limits.psiRule) {
    case PsiRule::fixed:
        thresholds.psiRule = LimitRule::Fixed;
        break;
    case PsiRule::sampleSize:
        thresholds.psiRule = LimitRule::SampleSize;
        break;
    case PsiRule::learnt:
        thresholds.psiRule = LimitRule::Learnt;
        break;
    }
    thresholds.psiAmber = limits.psiAmber;
    thresholds.psiRed = limits.psiRed;
    thresholds.falseDiscoveryRate = limits.falseDiscoveryRate;
    thresholds.minimumRows = static_cast<std::uint64_t>(std::max<std::int64_t>(0, limits.minimumRows));
    thresholds.aucDropAmber = limits.aucDropAmber;
    thresholds.aucDropRed = limits.aucDropRed;
    thresholds.rmseRatioAmber = limits.rmseRatioAmber;
    thresholds.rmseRatioRed = limits.rmseRatioRed;
    for (const auto &[metric, limit] : limits.others)
        if (const auto statistic = enumFromName<LimitedStatistic>(enumName(metric)))
            thresholds.statistics.push_back({*statistic, limit.amber, limit.red});
        else if (const auto figure = enumFromName<LimitedFigure>(enumName(metric)))
            thresholds.figures.push_back({*figure, limit.amber, limit.red});
    const auto tell = [&](LimitMetric metric) {
        const auto source = limits.sourceOf(metric);
        if (!source.setBy.empty())
            thresholds.setBy.emplace(enumName(metric),
                                     source.setBy + (source.reason.empty() ? std::string() : ": " + source.reason));
    };
    for (const auto metric : {LimitMetric::psi, LimitMetric::aucDrop, LimitMetric::rmseRatio})
        tell(metric);
    for (const auto &[metric, limit] : limits.others)
        tell(metric);
    return thresholds;
}

MonitoringLimits limitsOf(const PolicyPack &pack, const Registry &registry, const ModelId &model)
{
    const auto found = registry.models.find(model);
    if (found == registry.models.end())
        throw Exception(ErrorCode::NotFound, "There is no model with the id \"" + model.str() + "\".");
    return pack.limitsFor(tierLevelOf(registry, model), found->second.kind, found->second.reference);
}

void requireStrictEnough(const Thresholds &used, const MonitoringLimits &policy)
{
    const Thresholds asked = thresholdsOf(policy);
    const auto laxer = [](double value, double limit) { return !(value <= limit); };
    if (used.psiRule != asked.psiRule)
        throw Exception(ErrorCode::InvalidInput, "The run was judged by limits of another origin than the policy's.",
                        "Run it again with the limits of the policy.");
    if (laxer(used.psiAmber, asked.psiAmber) || laxer(used.psiRed, asked.psiRed) ||
        laxer(asked.falseDiscoveryRate, used.falseDiscoveryRate) || laxer(used.aucDropAmber, asked.aucDropAmber) ||
        laxer(used.aucDropRed, asked.aucDropRed) || laxer(used.rmseRatioAmber, asked.rmseRatioAmber) ||
        laxer(used.rmseRatioRed, asked.rmseRatioRed) || used.minimumRows > asked.minimumRows ||
        !std::ranges::all_of(asked.statistics,
                             [&](const StatisticLimit &limit) {
                                 const auto found =
                                     std::ranges::find(used.statistics, limit.statistic, &StatisticLimit::statistic);
                                 return found != used.statistics.end() && !laxer(found->amber, limit.amber) &&
                                        !laxer(found->red, limit.red);
                             }) ||
        !std::ranges::all_of(asked.figures, [&](const FigureLimit &limit) {
            const auto found = std::ranges::find(used.figures, limit.figure, &FigureLimit::figure);
            if (found == used.figures.end())
                return false;
            return isFloor(limit.figure) ? !laxer(limit.amber, found->amber) && !laxer(limit.red, found->red)
                                         : !laxer(found->amber, limit.amber) && !laxer(found->red, limit.red);
        }))
        throw Exception(ErrorCode::InvalidInput, "The run was judged by limits that are laxer than the policy's.",
                        "Run it again with the limits of the policy, or stricter ones.");
}

} // namespace countersign
