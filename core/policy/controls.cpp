// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policy/controls.h"

#include "core/base/decimal.h"
#include "core/domain/modelstates.h"
#include "core/policy/approvals.h"
#include "core/policy/excuses.h"
#include "core/policy/monitoringdue.h"
#include "core/policy/rerating.h"
#include "core/policy/stages.h"

#include <algorithm>

namespace countersign {

namespace {

struct Judgement
{
    ControlStanding standing = ControlStanding::notMet;
    std::string detail;
};

Judgement metIf(bool met, std::string detail)
{
    return {met ? ControlStanding::met : ControlStanding::notMet, std::move(detail)};
}

/// The controls of one model, each check its own function.
struct ControlJudge
{
    const PolicyPack &pack;
    const Registry &registry;
    const Model &model;
    ModelVersion version; ///< in production, else the newest
    const TierLevel &demands;
    Date today;

    [[nodiscard]] Judgement judged(const std::string &check) const
    {
        auto found = shown(check);
        if (found.standing != ControlStanding::notMet)
            return found;
        if (const auto *excuse = excuseOf(pack, registry, model.id, version.id, check, today))
            return {ControlStanding::met, excuseInWords(*excuse) + " Without it: " + found.detail};
        return found;
    }

    [[nodiscard]] Judgement shown(const std::string &check) const
    {
        if (check == "review")
            return review();
        if (check == "monitoringInTime")
            return monitoringInTime();
        if (check == "ratingInTime")
            return ratingInTime();
        if (check == "findingsInTime")
            return findingsInTime();
        if (check == "attestation")
            return attestation();
        if (check == "signatures")
            return signatures();
        const auto found = versionCheck(pack, registry, model, version, check, today);
        if (found.state == CheckState::notNeeded)
            return {ControlStanding::notNeeded, found.detail};
        return metIf(found.state == CheckState::passed, found.detail);
    }

    [[nodiscard]] Judgement review() const
    {
        const auto interval = reviewInterval(demands);
        if (!model.lastValidatedOn)
            return {ControlStanding::notMet, "Never validated; " + demands.label + " is reviewed every " +
                                                 counted(interval, "month", "months") + "."};
        const auto due = monthsAfter(*model.lastValidatedOn, interval);
        return metIf(today <= due, "Last validated on " + toString(*model.lastValidatedOn) + "; the next is due on " +
                                       toString(due) + ".");
    }

    [[nodiscard]] Judgement monitoringInTime() const
    {
        if (!demands.monitoringRequired || demands.monitoringMonths == 0)
            return {ControlStanding::notNeeded, demands.label + " sets no interval between monitoring runs."};
        if (!isInUse(model.stage))
            return {ControlStanding::notNeeded, "The model is not in use."};
        const auto starts = monitoringStarts(registry);
        const auto start = starts.find(model.id);
        if (start == starts.end())
            return {ControlStanding::notMet, "Never monitored, and no version is registered to monitor."};
        const auto due = nextRunOn(demands, start->second);
        return metIf(today <= due, (start->second.ran ? "Last run on " : "No run since ") +
                                       toString(start->second.since) + "; the next is due on " + toString(due) + ".");
    }

    [[nodiscard]] Judgement ratingInTime() const
    {
        const auto *tier = registry.tierOf(model.id);
        if (!tier)
            return {ControlStanding::notMet, "No tier has been published."};
        const auto again = reratings(pack, registry, today);
        if (const auto found = again.find(model.id); found != again.end())
            return {ControlStanding::notMet,
                    "To be assessed again since " + toString(found->second.since) + ". " + found->second.reason};
        return {ControlStanding::met, "Assessed on " + toString(dateOf(tier->at)) + "."};
    }

    [[nodiscard]] Judgement findingsInTime() const
    {
        std::string late;
        std::int64_t open = 0;
        for (const auto *finding : registry.findingsOf(model.id)) {
            open += finding->open ? 1 : 0;
            if (finding->open && finding->dueOn && *finding->dueOn < today)
                late += (late.empty() ? "" : "; ") + finding->title + " (due on " + toString(*finding->dueOn) + ")";
        }
        if (!late.empty())
            return {ControlStanding::notMet, "Past their date: " + late + "."};
        return {ControlStanding::met,
                open == 0 ? std::string("No open finding.") : std::to_string(open) + " open, none past its date."};
    }

    [[nodiscard]] Judgement attestation() const
    {
        const Campaign *newest = nullptr;
        for (const auto &[id, campaign] : registry.campaigns)
            if (campaign.from <= today && campaign.asks(model.id) && (!newest || newest->until < campaign.until))
                newest = &campaign;
        if (!newest)
            return {ControlStanding::notNeeded, "No attestation campaign has asked for this model."};
        const bool given = std::ranges::any_of(registry.attestations, [&](const auto &item) {
            return item.second.campaign == newest->id && item.second.model == model.id;
        });
        if (given)
            return {ControlStanding::met, "Attested in \"" + newest->title + "\"."};
        if (newest->open && today <= newest->until)
            return {ControlStanding::notNeeded,
                    "Asked in \"" + newest->title + "\" until " + toString(newest->until) + "."};
        return {ControlStanding::notMet, "Not attested in \"" + newest->title + "\"."};
    }

    [[nodiscard]] Judgement signatures() const
    {
        if (version.stage != VersionStage::inProduction)
            return {ControlStanding::notNeeded, "No version is in production."};
        const DeploymentRequest *approval = nullptr;
        for (const auto *request : registry.requestsOf(model.id))
            if (!approval && request->version == version.id && isApproved(request->status))
                approval = request;
        if (!approval)
            return {ControlStanding::notMet,
                    "Version " + version.label + " is in production without a signed approval."};
        if (const auto *expired = expiredSignOff(*approval, today))
            return {ControlStanding::notMet,
                    "The approval of version " + version.label + " expired on " + toString(*expired->expiresOn) + "."};
        return {ControlStanding::met, "Version " + version.label + " was approved by " +
                                          counted(approval->signOffs.size(), "signature.", "signatures.")};
    }
};

ModelVersion judgedVersion(const Registry &registry, const ModelId &model)
{
    if (const auto *current = inProduction(registry, model))
        return *current;
    const auto versions = registry.versionsOf(model);
    ModelVersion none;
    none.label = "(none)";
    return versions.empty() ? none : *versions.back();
}

void addControlState(const PolicyPack &pack, RiskStanding &risk)
{
    std::int64_t judged = 0;
    std::int64_t failed = 0;
    std::string essential;
    for (const auto &result : risk.results) {
        judged += result.standing == ControlStanding::met || result.standing == ControlStanding::notMet ? 1 : 0;
        if (result.standing != ControlStanding::notMet)
            continue;
        ++failed;
        if (essential.empty() && pack.residual.essential.contains(result.id))
            essential = result.title;
    }
    if (judged == 0) {
        risk.controlsWhy = "The program can judge none of the controls asked for; people have to say how they stand.";
        return;
    }
    risk.controlsWhy =
        std::to_string(judged - failed) + " of " + std::to_string(judged) + " controls that can be judged are met.";
    const auto share = static_cast<double>(failed) / static_cast<double>(judged);
    if (!essential.empty()) {
        risk.controls = ControlState::missing;
        risk.controlsWhy += " Missing, because this one is essential: " + essential + ".";
    } else if (failed > 0 && share >= pack.residual.missingShare) {
        risk.controls = ControlState::missing;
        risk.controlsWhy +=
            " Missing from a share of " + decimalFromDouble(pack.residual.missingShare) + " that is not met.";
    } else if (failed >= pack.residual.weakFrom) {
        risk.controls = ControlState::weak;
        risk.controlsWhy += " Weak from " + std::to_string(pack.residual.weakFrom) + " not met.";
    } else {
        risk.controls = ControlState::adequate;
    }
}

void addResidual(const PolicyPack &pack, RiskStanding &risk)
{
    if (risk.inherent == 0 || pack.tiers.empty())
        return;
    const auto found = pack.residual.milderBy.find(risk.controls);
    const auto by = found == pack.residual.milderBy.end() ? 0 : found->second;
    risk.residual = std::clamp(risk.inherent + by, pack.tiers.front().level, pack.tiers.back().level);
    risk.residualLabel = pack.tierLabel(risk.residual);
    const auto state = displayName(risk.controls);
    if (by == 0)
        risk.residualWhy = state + " controls leave the inherent tier as it is.";
    else
        risk.residualWhy = state + " controls make it " + std::to_string(std::abs(by)) +
                           (std::abs(by) == 1 ? " level " : " levels ") + (by > 0 ? "milder" : "riskier") +
                           (risk.residual == risk.inherent + by ? "." : ", as far as there are tiers.");
}

} // namespace

std::vector<std::string> controlCheckIds()
{
    auto ids = checkIds();
    std::erase(ids, "comparison");
    for (const auto *id : {"review", "monitoringInTime", "ratingInTime", "findingsInTime", "attestation", "signatures"})
        ids.emplace_back(id);
    return ids;
}

std::string displayName(ControlStanding standing)
{
    switch (standing) {
    case ControlStanding::met:
        return "Met";
    case ControlStanding::notMet:
        return "Not met";
    case ControlStanding::notNeeded:
        return "Not needed now";
    case ControlStanding::byPeople:
        break;
    }
    return "For people to say";
}

std::string displayName(ControlState state)
{
    switch (state) {
    case ControlState::adequate:
        return "Adequate";
    case ControlState::weak:
        return "Weak";
    case ControlState::missing:
        return "Missing";
    case ControlState::unknown:
        break;
    }
    return "Unknown";
}

RiskStanding riskStanding(const PolicyPack &pack, const Registry &registry, const Model &model, Date today,
                          std::optional<std::int64_t> level)
{
    const auto *tier = registry.tierOf(model.id);
    RiskStanding risk;
    risk.inherent = level.value_or(tier ? tier->level() : 0);
    risk.inherentLabel = pack.tierLabel(risk.inherent);
    risk.provisional = tier && isProvisional(*tier) && risk.inherent == tier->level();
    risk.residualLabel = risk.inherentLabel;
    risk.residualWhy = "Without a tier there is no residual one.";
    const ControlJudge judge{pack, registry, model, judgedVersion(registry, model.id), demandsOf(pack, risk.inherent),
                             today};
    if (const auto *of = pack.tier(risk.inherent))
        for (const auto &title : of->controls)
            risk.results.push_back({{}, title, ControlStanding::byPeople, {}});
    for (const auto &control : pack.controls) {
        if (!control.tiers.contains(risk.inherent))
            continue;
        auto found = control.check.empty() ? Judgement{ControlStanding::byPeople, {}} : judge.judged(control.check);
        risk.results.push_back({control.id, control.title, found.standing, std::move(found.detail)});
    }
    addControlState(pack, risk);
    addResidual(pack, risk);
    return risk;
}

std::int64_t reviewInterval(const TierLevel &tier)
{
    return tier.validationMonths > 0 ? std::min(tier.reviewMonths, tier.validationMonths) : tier.reviewMonths;
}

} // namespace countersign
