// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/runsummary.h"

#include "core/monitoring/ownreference.h"

namespace countersign {

namespace {

/// The latest period outside the reference whose place `wanted` accepts.
template <class F>
std::optional<std::size_t> latest(const RunResult &result, F &&wanted)
{
    for (std::size_t i = result.periods.size(); i-- > 0;)
        if (!result.periods[i].inReference && wanted(i))
            return i;
    return std::nullopt;
}

std::optional<std::size_t> latestJudgedOutcomes(const RunResult &result)
{
    return latest(result,
                  [&](std::size_t i) { return result.periods[i].performanceVerdict != Verdict::NotEnoughData; });
}

std::optional<Health> breached(Verdict verdict)
{
    const bool breach = verdict == Verdict::Amber || verdict == Verdict::Red;
    return breach ? std::optional(healthOf(verdict)) : std::nullopt;
}

void addPerformanceBreach(const RunResult &result, const RunPeriod &period, std::vector<Breach> &breaches)
{
    const auto health = breached(period.performanceVerdict);
    if (!health)
        return;
    const Thresholds &limits = result.settings.thresholds;
    const bool red = *health == Health::red;
    const auto compared = comparedPerformance(result, period);
    if (!compared)
        return;
    const Performance &now = period.performance;
    const Performance &reference = compared->performance;
    if (now.auc && reference.auc)
        breaches.push_back({"", period.label, "AUC drop", *reference.auc - *now.auc,
                            red ? limits.aucDropRed : limits.aucDropAmber, *health});
    else if (now.rmse && reference.rmse && *reference.rmse > 0)
        breaches.push_back({"", period.label, "RMSE ratio", *now.rmse / *reference.rmse,
                            red ? limits.rmseRatioRed : limits.rmseRatioAmber, *health});
}

/// Of each column and of performance in the latest period that could be judged: outcomes come late, and a last period
/// of few rows hides nothing.
std::vector<Breach> breachesOf(const RunResult &result)
{
    std::vector<Breach> breaches;
    if (const auto at = latestJudgedOutcomes(result))
        addPerformanceBreach(result, result.periods[*at], breaches);
    for (const FeatureResult &feature : result.features) {
        const auto place = latest(result, [&](std::size_t i) {
            return i < feature.periods.size() && feature.periods[i].verdict.verdict != Verdict::NotEnoughData;
        });
        if (!place || !breached(feature.periods[*place].verdict.verdict))
            continue;
        const FeaturePeriod &at = feature.periods[*place];
        const std::string &label = result.periods[*place].label;
        if (const auto health = breached(at.verdict.ofPsi()); health && at.statistics.psi)
            breaches.push_back({feature.name, label, "PSI", *at.statistics.psi,
                                *health == Health::red ? at.verdict.redLimit : at.verdict.amberLimit, *health});
        for (const StatisticBreach &breach : at.verdict.breaches)
            breaches.push_back({feature.name, label, nameOf(breach.statistic), breach.value, breach.limit,
                                breach.red ? Health::red : Health::amber});
    }
    const auto hasGap = [&](std::size_t i) {
        const auto &estimate = result.periods[i].estimate;
        return estimate && estimate->gapAdjustedPvalue;
    };
    if (const auto at = latest(result, hasGap)) {
        const auto &estimate = *result.periods[*at].estimate;
        if (estimate.suspectedConceptDrift)
            breaches.push_back({"", result.periods[*at].label, "Suspected concept drift, p",
                                *estimate.gapAdjustedPvalue, result.settings.thresholds.falseDiscoveryRate,
                                Health::amber});
    }
    return breaches;
}

} // namespace

Health healthOf(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Green:
        return Health::green;
    case Verdict::Amber:
        return Health::amber;
    case Verdict::Red:
        return Health::red;
    case Verdict::NotEnoughData:
        break;
    }
    return Health::notEnoughData;
}

std::optional<std::size_t> latestPerformance(const RunResult &result)
{
    const auto judged = latestJudgedOutcomes(result);
    return judged ? judged : latest(result, [&](std::size_t i) {
        const Performance &performance = result.periods[i].performance;
        return performance.auc.has_value() || performance.rmse.has_value();
    });
}

std::string performanceInWords(const RunResult &result)
{
    const auto at = latestPerformance(result);
    if (!at)
        return {};
    const Performance &now = result.periods[*at].performance;
    const auto compared = comparedPerformance(result, result.periods[*at]);
    const bool auc = now.auc.has_value();
    const auto &value = auc ? now.auc : now.rmse;
    std::optional<double> before;
    if (compared)
        before = auc ? compared->performance.auc : compared->performance.rmse;
    if (!value)
        return {};
    return (auc ? "AUC " : "RMSE ") + fixed(*value, 3) + " in " + result.periods[*at].label +
           (before ? " (reference " + fixed(*before, 3) + ")" : std::string());
}

MonitoringRun summaryOf(const RunResult &result)
{
    MonitoringRun run;
    run.source = result.sourceName;
    run.sourceHash = Hash256::fromHex(result.sourceSha256);
    if (!run.sourceHash && !result.settings.sql)
        throw Exception(ErrorCode::InvalidInput, "The run does not say which file it was made from.",
                        "Run the monitoring again.");
    run.rows = static_cast<std::int64_t>(result.rows);
    run.periods = static_cast<std::int64_t>(result.periods.size());
    run.features = static_cast<std::int64_t>(result.features.size());
    if (!result.periods.empty()) {
        run.from = result.periods.front().label;
        run.to = result.periods.back().label;
    }
    run.breaches = breachesOf(result);
    if (latest(result, [&](std::size_t i) { return result.periods[i].verdict != Verdict::NotEnoughData; }))
        run.health = Health::green;
    for (const Breach &breach : run.breaches)
        run.health = run.health == Health::red ? Health::red : breach.health;
    run.performance = performanceInWords(result);
    return run;
}

} // namespace countersign
