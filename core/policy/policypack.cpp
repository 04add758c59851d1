// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policy/policypack.h"
#include "core/domain/text.h"
#include "core/policy/approvals.h"
#include "core/policy/controls.h"

#include <algorithm>

namespace countersign {

const TierLevel *PolicyPack::tier(std::int64_t level) const
{
    const auto found = std::ranges::find(tiers, level, &TierLevel::level);
    return found == tiers.end() ? nullptr : &*found;
}

std::string PolicyPack::tierLabel(std::int64_t level) const
{
    const auto *found = tier(level);
    return found ? found->label : "Not tiered";
}

std::string PolicyPack::meaning(Decision decision) const
{
    const auto found = meanings.find(enumName(decision));
    return found == meanings.end() ? std::string() : found->second;
}

const ComparisonDemand *PolicyPack::comparisonAt(std::int64_t level) const
{
    const auto found = std::ranges::find_if(comparisons, [&](const ComparisonDemand &demand) {
        return demand.tiers.empty() || demand.tiers.contains(level);
    });
    return found == comparisons.end() ? nullptr : &*found;
}

MonitoringLimits PolicyPack::limitsFor(std::int64_t level, ModelKind kind, std::string_view reference) const
{
    auto limits = monitoring;
    for (const auto &threshold : thresholds) {
        if ((!threshold.tiers.empty() && !threshold.tiers.contains(level)) ||
            (!threshold.classes.empty() && !threshold.classes.contains(kind)) ||
            (!threshold.models.empty() && std::ranges::none_of(threshold.models, [&](const std::string &model) {
                return sameName(model, reference);
            })))
            continue;
        const auto set = [&](double &amber, double &red) {
            amber = threshold.amber;
            red = threshold.red;
        };
        switch (threshold.metric) {
        case LimitMetric::psi:
            set(limits.psiAmber, limits.psiRed);
            break;
        case LimitMetric::aucDrop:
            set(limits.aucDropAmber, limits.aucDropRed);
            break;
        case LimitMetric::rmseRatio:
            set(limits.rmseRatioAmber, limits.rmseRatioRed);
            break;
        default:
            limits.others[threshold.metric] = {threshold.amber, threshold.red};
            break;
        }
        limits.sources[threshold.metric] = {threshold.setBy, threshold.reason};
    }
    return limits;
}

std::optional<Date> PolicyPack::findingDueOn(Severity severity, Date day) const
{
    return dueAfter(findingDays, severity, day);
}

std::optional<Date> PolicyPack::reviewDueOn(std::int64_t level, Date day) const
{
    const auto interval = reviewInterval(demandsOf(*this, level));
    return interval > 0 ? std::optional(monthsAfter(day, interval)) : std::nullopt;
}

std::optional<Date> dueAfter(const std::map<Severity, std::int64_t> &terms, Severity severity, Date day)
{
    const auto found = terms.find(severity);
    if (found == terms.end())
        return std::nullopt;
    return day + std::chrono::days(found->second);
}

} // namespace countersign
