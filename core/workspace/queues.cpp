// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/queues.h"

#include "core/report/portfolio.h"

#include <algorithm>
#include <tuple>

namespace countersign {

namespace {

/// Gathers what waits for one person, with the model's name filled in.
class TaskList
{
public:
    TaskList(const PolicyPack &pack, const Registry &registry, const User &user)
        : m_pack(pack)
        , m_registry(registry)
        , m_user(user)
    {
    }

    std::vector<WaitingTask> gather()
    {
        signatures();
        if (allowed("tierOverrideConfirmed"))
            overrides();
        if (allowed("tierPublished"))
            untiered();
        if (allowed("monitoringExplained"))
            breaches();
        findings();
        std::stable_sort(m_tasks.begin(), m_tasks.end(),
                         [](const WaitingTask &a, const WaitingTask &b) { return a.since < b.since; });
        return std::move(m_tasks);
    }

private:
    [[nodiscard]] bool allowed(const char *fact) const { return !whyRoleForbids(m_pack, m_user, fact); }
    [[nodiscard]] const Model &model(const ModelId &id) const { return m_registry.models.at(id); }
    [[nodiscard]] bool inChargeOf(const Model &model) const
    {
        return m_user.fullName == model.owner || m_user.fullName == model.developer;
    }

    void add(TaskKind kind, const Model &model, const std::string &id, std::string title, UtcTime since)
    {
        m_tasks.push_back({kind, model.id, model.name, id, std::move(title), since});
    }

    void signatures()
    {
        for (const auto &[id, request] : m_registry.requests)
            if (request.status == RequestStatus::open &&
                !rolesToSign(m_pack, m_registry, request, m_user, nullptr).empty())
                add(TaskKind::signRequest, model(request.model), id.str(),
                    "Sign the deployment of version " + m_registry.versions.at(request.version).label, request.at);
    }

    void overrides()
    {
        for (const auto &[id, record] : m_registry.models) {
            const TierAssessment *tier = m_registry.tierOf(id);
            if (tier != nullptr && tier->overridePending() && tier->by != m_user.id)
                add(TaskKind::confirmOverride, record, tier->id.str(),
                    "Confirm the override from tier " + std::to_string(tier->computedLevel) + " to tier " +
                        std::to_string(*tier->overrideLevel),
                    tier->at);
        }
    }

    void untiered()
    {
        std::map<ModelId, UtcTime> registeredAt;
        for (const TimelineItem &item : m_registry.timeline)
            if (item.fact == "modelRegistered")
                registeredAt.emplace(item.model, item.at);
        for (const auto &[id, record] : m_registry.models)
            if (record.stage != Stage::retired && inChargeOf(record) && m_registry.tierOf(id) == nullptr)
                add(TaskKind::assessTier, record, id.str(), "Assess the risk tier", registeredAt[id]);
    }

    void breaches()
    {
        for (const auto &[id, version] : m_registry.versions) {
            const MonitoringRun *run = m_registry.latestRun(id);
            if (version.stage == VersionStage::retired || run == nullptr || run->breaches.empty() ||
                !run->explanation.empty() || !inChargeOf(model(version.model)))
                continue;
            const auto count = run->breaches.size();
            add(TaskKind::explainBreach, model(version.model), run->id.str(),
                "Explain " + std::to_string(count) + (count == 1 ? " breach" : " breaches") + " of version " +
                    version.label,
                run->at);
        }
    }

    /// A finding waits for its owner to resolve it, and for the model's validator to close it.
    void findings()
    {
        for (const auto &[id, finding] : m_registry.findings) {
            if (!finding.open)
                continue;
            const Model &of = model(finding.model);
            if (finding.owner == m_user.fullName)
                add(TaskKind::closeFinding, of, id.str(), "Resolve: " + finding.title, finding.raisedAt);
            else if (of.validator == m_user.fullName && finding.raisedBy != m_user.id && allowed("findingClosed"))
                add(TaskKind::closeFinding, of, id.str(), "Close: " + finding.title, finding.raisedAt);
        }
    }

    const PolicyPack &m_pack;
    const Registry &m_registry;
    const User &m_user;
    std::vector<WaitingTask> m_tasks;
};

int rank(Health health)
{
    return health == Health::red ? 2 : health == Health::amber ? 1 : 0;
}

bool approvedAgainLater(const Registry &registry, const DeploymentRequest &request)
{
    return std::any_of(registry.requests.begin(), registry.requests.end(), [&](const auto &entry) {
        const DeploymentRequest &other = entry.second;
        return other.model == request.model && other.at > request.at && isApproved(other.status);
    });
}

} // namespace

std::vector<WaitingTask> waitingFor(const PolicyPack &pack, const Registry &registry, const User &user)
{
    if (!user.active)
        return {};
    return TaskList(pack, registry, user).gather();
}

std::vector<DriftAlert> driftAlerts(const Registry &registry)
{
    std::vector<DriftAlert> alerts;
    for (const auto &[id, version] : registry.versions) {
        const MonitoringRun *run = registry.latestRun(id);
        const Model &model = registry.models.at(version.model);
        if (run == nullptr || rank(run->health) == 0 || version.stage == VersionStage::retired ||
            model.stage == Stage::retired)
            continue;
        DriftAlert alert{model.id,
                         model.name,
                         run->id,
                         run->health,
                         {},
                         std::int64_t(run->breaches.size()),
                         !run->explanation.empty()};
        if (!run->breaches.empty())
            alert.worst = *std::min_element(run->breaches.begin(), run->breaches.end(), isWorse);
        alerts.push_back(std::move(alert));
    }
    std::stable_sort(alerts.begin(), alerts.end(), [](const DriftAlert &a, const DriftAlert &b) {
        return std::tuple(-rank(a.health), a.explained, a.modelName) <
               std::tuple(-rank(b.health), b.explained, b.modelName);
    });
    return alerts;
}

std::vector<OverdueItem> overdue(const Registry &registry, Date today)
{
    std::vector<OverdueItem> items;
    const auto add = [&](OverdueKind kind, const ModelId &id, const std::string &item, std::string title, Date due) {
        if (due < today)
            items.push_back(
                {kind, id, registry.models.at(id).name, item, std::move(title), due, (today - due).count()});
    };
    for (const auto &[id, model] : registry.models)
        if (model.nextReviewOn && model.stage != Stage::retired)
            add(OverdueKind::review, id, id.str(), "Review", *model.nextReviewOn);
    for (const auto &[id, finding] : registry.findings)
        if (finding.open && finding.dueOn)
            add(OverdueKind::finding, finding.model, id.str(), finding.title, *finding.dueOn);
    for (const auto &[id, request] : registry.requests) {
        if (request.status != RequestStatus::approvedWithConditions || approvedAgainLater(registry, request))
            continue;
        for (const SignOff &signOff : request.signOffs)
            if (signOff.decision == Decision::approveWithConditions && signOff.expiresOn)
                add(OverdueKind::condition, request.model, id.str(), signOff.conditions, *signOff.expiresOn);
    }
    std::stable_sort(items.begin(), items.end(),
                     [](const OverdueItem &a, const OverdueItem &b) { return a.days > b.days; });
    return items;
}

} // namespace countersign
