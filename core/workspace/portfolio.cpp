// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/portfolio.h"

#include "core/base/decimal.h"
#include "core/domain/modelstates.h"
#include "core/policy/approvals.h"
#include "core/policy/monitoringdue.h"
#include "core/policy/reviewqueue.h"
#include "core/policy/scope.h"
#include "core/policy/stages.h"

#include <algorithm>

namespace countersign {

namespace {

/// "Tier 1, critical; Tier 2, material": the tiers for which `holds`.
template <class F>
std::string tiersThat(const PolicyPack &pack, F &&holds)
{
    std::string names;
    for (const TierLevel &tier : pack.tiers)
        if (holds(tier))
            names += (names.empty() ? "" : "; ") + tier.label;
    return names.empty() ? "no tier" : names;
}

/// The sentences of a measure, and the figures of the policy that it follows from.
AppetiteLimit worded(AppetiteMeasure measure, const PolicyPack &pack)
{
    const auto worded = [measure](const char *none, const char *one, const char *many, std::string basis) {
        return AppetiteLimit{enumName(measure), none, one, many, std::move(basis), 0, 0, {}, {}, {}, {}};
    };
    const auto everyMonths = [&pack](std::int64_t TierLevel::*interval) {
        std::string cadence;
        for (const TierLevel &tier : pack.tiers)
            if (tier.*interval > 0)
                cadence +=
                    (cadence.empty() ? "" : "; ") + tier.label + " every " + counted(tier.*interval, "month", "months");
        return cadence.empty() ? std::string("at no fixed interval") : cadence;
    };
    switch (measure) {
    case AppetiteMeasure::reviewsOverdue:
        return worded("No review is overdue", "1 review is overdue", "reviews are overdue",
                      "Reviews fall due: " + everyMonths(&TierLevel::reviewMonths) + ".");
    case AppetiteMeasure::redUnexplained:
        return worded("No red monitoring result is unexplained", "1 model is red without an explanation",
                      "models are red without an explanation",
                      "Red from a PSI of " + fixed(pack.monitoring.psiRed, 2) + ", an AUC lower by " +
                          fixed(pack.monitoring.aucDropRed, 2) + " or an RMSE ratio of " +
                          fixed(pack.monitoring.rmseRatioRed, 2) + ".");
    case AppetiteMeasure::productionUntiered:
        return worded("Every model in use (in production or restricted) has a tier",
                      "1 model in use (in production or restricted) has no tier",
                      "models in use (in production or restricted) have no tier",
                      "Models without a tier are held to the demands of the riskiest.");
    case AppetiteMeasure::productionUnmonitored:
        return worded("Every model in use (in production or restricted) is monitored where the policy asks for it",
                      "1 model in use (in production or restricted) is not monitored though the policy asks for it",
                      "models in use (in production or restricted) are not monitored though the policy asks for it",
                      "Monitoring is asked for by: " + tiersThat(pack, [](const TierLevel &tier) {
                          return tier.monitoringRequired;
                      }) + ".");
    case AppetiteMeasure::monitoringOverdue:
        return worded("No monitoring run is overdue", "1 monitoring run is overdue", "monitoring runs are overdue",
                      "Runs fall due: " + everyMonths(&TierLevel::monitoringMonths) + ".");
    case AppetiteMeasure::productionUnvalidated:
        return worded("Every version in production is validated where the policy asks for it",
                      "1 version in production is not validated though the policy asks for it",
                      "versions in production are not validated though the policy asks for it",
                      "Validation is asked for by: " + tiersThat(pack, [](const TierLevel &tier) {
                          return tier.validationRequired;
                      }) + ".");
    case AppetiteMeasure::findingsPastDue:
        return worded("No high or critical finding is past its date", "1 high or critical finding is past its date",
                      "high or critical findings are past their date",
                      "An open high or critical finding also keeps a version from being deployed.");
    case AppetiteMeasure::conditionsPastDate:
        return worded(
            "No condition of an approval is past its date", "1 approval with conditions is past its date",
            "approvals with conditions are past their date",
            "An approval with conditions counts when it has expired, or when somebody owes a condition of it past "
            "its day. It ends with the next approval of the model.");
    case AppetiteMeasure::approvalsExpired:
        break;
    }
    return worded("No version is in production on an expired approval",
                  "1 version is in production on an expired approval",
                  "versions are in production on an expired approval",
                  "An approval with conditions carries the date on which it expires.");
}

/// Counts what is outside the limits, model by model and record by record.
class LimitCounter
{
public:
    LimitCounter(const PolicyPack &pack, const Registry &registry, Date today)
        : m_pack(pack)
        , m_registry(registry)
        , m_today(today)
    {
        for (const auto &rule : pack.appetite) {
            m_limits.push_back(worded(rule.measure, pack));
            auto &limit = m_limits.back();
            limit.limit = rule.atMost;
            limit.setBy = rule.setBy;
            limit.reason = rule.reason;
            for (const auto level : rule.tiers)
                limit.tiers += (limit.tiers.empty() ? "" : "; ") + pack.tierLabel(level);
        }
        for (const auto &[id, validation] : registry.validations) {
            const Validation *&newest = m_validations[validation.version];
            if (newest == nullptr || newest->entry <= validation.entry)
                newest = &validation;
        }
    }

    void look(const Model &model, const PortfolioModel &shown)
    {
        m_tiers[model.id] = shown.tier;
        if (shown.review == ReviewStanding::overdue)
            count(AppetiteMeasure::reviewsOverdue, model.id);
        if (shown.health == Health::red && !shown.explained)
            count(AppetiteMeasure::redUnexplained, model.id);
        if (isInUse(model.stage) && shown.tier == 0)
            count(AppetiteMeasure::productionUntiered, model.id);
        if (isInUse(model.stage) && !shown.health && demandsOf(m_pack, shown.tier).monitoringRequired)
            count(AppetiteMeasure::productionUnmonitored, model.id);
    }

    std::vector<AppetiteLimit> finish()
    {
        for (const auto &[id, due] : monitoringsDue(m_pack, m_registry))
            if (due.due < m_today && m_tiers.contains(id))
                count(AppetiteMeasure::monitoringOverdue, id);
        versions();
        findings();
        conditions();
        return std::move(m_limits);
    }

private:
    void count(AppetiteMeasure measure, const ModelId &model)
    {
        for (std::size_t i = 0; i < m_limits.size(); ++i) {
            const auto &rule = m_pack.appetite[i];
            if (rule.measure != measure || (!rule.tiers.empty() && !rule.tiers.contains(m_tiers.at(model))))
                continue;
            ++m_limits[i].count;
            m_limits[i].models.insert(model);
        }
    }

    void versions()
    {
        for (const auto &[id, version] : m_registry.versions) {
            const auto tier = m_tiers.find(version.model);
            if (version.stage != VersionStage::inProduction || tier == m_tiers.end() ||
                !demandsOf(m_pack, tier->second).validationRequired)
                continue;
            const auto validation = m_validations.find(id);
            const auto *verdict = validation == m_validations.end() ? nullptr : validation->second;
            if (!mayBeUsed(m_registry, id, verdict, m_today))
                count(AppetiteMeasure::productionUnvalidated, version.model);
        }
    }

    void findings()
    {
        for (const auto &[id, finding] : m_registry.findings)
            if (finding.open && finding.severity >= Severity::high && finding.dueOn && *finding.dueOn < m_today &&
                m_tiers.contains(finding.model))
                count(AppetiteMeasure::findingsPastDue, finding.model);
    }

    [[nodiscard]] bool owesPastDate(const DeploymentRequest &request) const
    {
        return std::ranges::any_of(request.signOffs, [&](const SignOff &signOff) {
            return std::ranges::any_of(signOff.dueConditions, [&](const DueCondition &condition) {
                return !condition.metOn && condition.dueOn < m_today;
            });
        });
    }

    void conditions()
    {
        std::unordered_map<ModelId, UtcTime> approvedLast;
        for (const auto &[id, request] : m_registry.requests)
            if (isApproved(request.status))
                approvedLast[request.model] = std::max(approvedLast[request.model], request.at);
        for (const auto &[id, request] : m_registry.requests) {
            if (request.status != RequestStatus::approvedWithConditions || !m_tiers.contains(request.model) ||
                approvedLast.at(request.model) > request.at)
                continue;
            const bool expired = expiredSignOff(request, m_today) != nullptr;
            if (expired || owesPastDate(request))
                count(AppetiteMeasure::conditionsPastDate, request.model);
            if (!expired)
                continue;
            const auto version = m_registry.versions.find(request.version);
            if (version != m_registry.versions.end() && version->second.stage == VersionStage::inProduction)
                count(AppetiteMeasure::approvalsExpired, request.model);
        }
    }

    const PolicyPack &m_pack;
    const Registry &m_registry;
    Date m_today;
    std::vector<AppetiteLimit> m_limits;
    std::unordered_map<VersionId, const Validation *> m_validations;
    std::unordered_map<ModelId, std::int64_t> m_tiers; ///< of every model that counts
};

void addRun(PortfolioModel &shown, const MonitoringRun &run)
{
    shown.run = run.id;
    shown.health = run.health;
    shown.breaches = std::ranges::count(run.breaches, false, &Breach::passed);
    shown.performance = run.performance;
    shown.lastPeriod = run.to;
    shown.lastRunOn = dateOf(run.at);
    shown.explained = !run.explanation.empty();
    for (const Breach &breach : run.breaches) {
        if (breach.passed)
            continue;
        if (!shown.worst || isWorse(breach, *shown.worst))
            shown.worst = breach;
        if (breach.feature.empty())
            shown.performanceBreach = breach;
    }
}

std::vector<PortfolioTier> tiersOf(const PolicyPack &pack, const std::vector<PortfolioModel> &models)
{
    std::vector<PortfolioTier> tiers;
    std::set<std::int64_t> others;
    for (const PortfolioModel &model : models)
        if (model.tier != 0 && pack.tier(model.tier) == nullptr)
            others.insert(model.tier);
    tiers.reserve(pack.tiers.size());
    for (const TierLevel &tier : pack.tiers)
        tiers.push_back({tier.level, tier.label});
    for (const std::int64_t level : others)
        tiers.push_back({level, "Tier " + std::to_string(level) + ", of an earlier policy"});
    tiers.push_back({0, pack.tierLabel(0)});
    return tiers;
}

/// Where some periods could be judged, the figures of those with too little data are gaps: they are mostly chance.
void leaveOutUnjudged(std::vector<TrendPoint> &points)
{
    const auto judged = [](const TrendPoint &point) { return point.verdict != Verdict::NotEnoughData; };
    if (std::ranges::any_of(points, judged))
        for (TrendPoint &point : points)
            if (!judged(point))
                point.value.reset();
}

template <class T>
void keepLast(std::vector<T> &values, std::size_t most)
{
    if (values.size() > most)
        values.erase(values.begin(), values.end() - static_cast<std::ptrdiff_t>(most));
}

} // namespace

Portfolio makePortfolio(const PolicyPack &pack, const Registry &registry, Date today)
{
    Portfolio portfolio;
    portfolio.organisation = registry.organisation;
    portfolio.policy = pack.title + ", version " + std::to_string(pack.version);
    portfolio.asOf = today;
    portfolio.entries = registry.size;
    const auto states = modelStates(registry);
    LimitCounter counter(pack, registry, today);
    std::unordered_map<ModelId, std::optional<Date>> reviews;
    for (const auto &item : reviewQueue(pack, registry, today))
        reviews.emplace(item.model, item.due);
    for (const auto &[id, model] : registry.models) {
        if (model.stage == Stage::retired) {
            ++portfolio.retired;
            continue;
        }
        if (isOutOfScope(pack, registry, id)) {
            ++portfolio.outOfScope;
            continue;
        }
        PortfolioModel shown;
        shown.id = id;
        shown.reference = model.reference;
        shown.name = model.name;
        shown.stage = model.stage;
        shown.stageId = stageIdOf(model);
        shown.stageLabel = stageLabel(pack, model);
        shown.nextReviewOn = reviews.at(id);
        shown.review = reviewStanding(shown.nextReviewOn, today);
        if (const auto state = states.find(id); state != states.end()) {
            shown.tier = state->second.tier != nullptr ? state->second.tier->level() : 0;
            if (state->second.run != nullptr)
                addRun(shown, *state->second.run);
        }
        counter.look(model, shown);
        portfolio.models.push_back(std::move(shown));
    }
    portfolio.limits = counter.finish();
    portfolio.tiers = tiersOf(pack, portfolio.models);
    portfolio.stages = stagesInUse(pack, registry);
    std::erase_if(portfolio.stages, [](const StagePlace &stage) { return stage.countsAs == Stage::retired; });
    std::map<std::int64_t, std::string> labels;
    for (const PortfolioTier &tier : portfolio.tiers)
        labels[tier.level] = tier.label;
    for (PortfolioModel &model : portfolio.models)
        model.tierLabel = labels.at(model.tier);
    std::ranges::stable_sort(portfolio.models, {}, &PortfolioModel::reference);
    return portfolio;
}

RunTrend trendOf(const RunResult &result, std::size_t most)
{
    RunTrend trend;
    trend.driftLimit = result.settings.thresholds.psiRed;
    const Performance &reference = result.reference.performance;
    const auto has = [&](std::optional<double> Performance::*figure) {
        return std::ranges::any_of(result.periods, [&](const RunPeriod &period) {
            return !period.inReference && (period.performance.*figure).has_value();
        });
    };
    const auto figure = has(&Performance::auc) ? &Performance::auc : &Performance::rmse;
    if (has(figure)) {
        trend.measure = figure == &Performance::auc ? "AUC" : "RMSE";
        trend.reference = reference.*figure;
    }
    for (std::size_t i = 0; i < result.periods.size(); ++i) {
        const RunPeriod &period = result.periods[i];
        if (period.inReference)
            continue;
        TrendPoint drift{period.label, std::nullopt, Verdict::NotEnoughData};
        for (const FeatureResult &feature : result.features) {
            if (i >= feature.periods.size())
                continue;
            const FeaturePeriod &at = feature.periods[i];
            if (at.statistics.psi && (!drift.value || *at.statistics.psi > *drift.value)) {
                drift.value = at.statistics.psi;
                drift.verdict = at.verdict.verdict;
            }
        }
        trend.drift.push_back(std::move(drift));
        if (!trend.measure.empty())
            trend.performance.push_back({period.label, period.performance.*figure, period.performanceVerdict});
    }
    leaveOutUnjudged(trend.drift);
    leaveOutUnjudged(trend.performance);
    keepLast(trend.drift, most);
    keepLast(trend.performance, most);
    return trend;
}

} // namespace countersign
