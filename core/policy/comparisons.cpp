// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policy/comparisons.h"

#include "core/domain/modelstates.h"
#include "core/policy/approvals.h"

#include <algorithm>

namespace countersign {

namespace {

/// What is wrong with the comparison, and what to do; empty when it is as demanded.
std::string lackOf(const Registry &registry, const ComparisonDemand &demand, const ModelVersion &champion,
                   const Promotion *promotion)
{
    if (!promotion)
        return "Request its promotion, which carries the figures of both, instead of a deployment.";
    if (promotion->champion.version != champion.id) {
        const auto compared = registry.versions.find(promotion->champion.version);
        return "It was compared with " +
               (compared == registry.versions.end() ? "another" : "version " + compared->second.label) +
               ". Compare it with version " + champion.label + " and request its promotion anew.";
    }
    if (demand.outcomes && std::ranges::none_of(promotion->figures, &PromotionFigure::outcomes))
        return "No figure of the comparison is of known outcomes. Record a run of both versions on a log with "
               "outcomes, and compare those.";
    if (demand.sameRows && !promotion->sameRows)
        return "The two were not judged on the same rows. Record a run of both versions on the same log, and compare "
               "the same period.";
    return {};
}

} // namespace

Check comparisonCheck(const PolicyPack &pack, const Registry &registry, const ModelVersion &version,
                      const Promotion *promotion)
{
    Check check{"comparison", "Compared with the version in production", CheckState::notNeeded, {}};
    const auto &demands = demandsOf(pack, tierLevelOf(registry, version.model));
    const auto *demand = pack.comparisonAt(demands.level);
    const auto *champion = inProduction(registry, version.model, version.id);
    if (!demand) {
        check.detail = demands.label + " asks for no comparison.";
    } else if (!champion) {
        check.detail = "Version " + version.label + " replaces none in production.";
    } else if (const auto lack = lackOf(registry, *demand, *champion, promotion); !lack.empty()) {
        check.state = CheckState::failed;
        check.detail = "Version " + version.label + " would replace version " + champion->label + ", and " +
                       demands.label + " asks for a comparison of the two" +
                       (demand->outcomes ? " by known outcomes" : "") + (demand->sameRows ? " on the same rows" : "") +
                       (demand->source.empty() ? "" : " (" + demand->source + ")") + ". " + lack;
    } else {
        const auto figures = promotion->figures.size();
        check.state = CheckState::passed;
        check.detail = "With version " + champion->label + " by " + std::to_string(figures) +
                       (figures == 1 ? " figure." : " figures.");
    }
    return check;
}

std::optional<std::string> whyUncompared(const PolicyPack &pack, const Registry &registry, const VersionId &version,
                                         const Promotion *promotion)
{
    for (const auto &[decision, checks] : pack.toleratedFailures)
        if (checks.contains("comparison"))
            return std::nullopt;
    const auto check = comparisonCheck(pack, registry, registry.versions.at(version), promotion);
    return check.state == CheckState::failed ? std::optional(check.detail) : std::nullopt;
}

} // namespace countersign
