// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/queues.h"

#include "core/domain/deadlines.h"
#include "core/domain/text.h"
#include "core/policy/approvals.h"
#include "core/policy/detected.h"
#include "core/policy/monitoringdue.h"
#include "core/policy/registerrules.h"
#include "core/policy/rerating.h"
#include "core/policy/reviewqueue.h"
#include "core/policy/scope.h"
#include "core/report/portfolio.h"

#include <algorithm>
#include <tuple>

namespace countersign {

namespace {

/// Gathers what waits for one person, with the model's name filled in.
class TaskList
{
public:
    TaskList(const PolicyPack &pack, const Registry &registry, const User &user, Date today)
        : m_pack(pack)
        , m_registry(registry)
        , m_user(user)
        , m_today(today)
    {
    }

    std::vector<WaitingTask> gather()
    {
        signatures();
        exceptions();
        proposals();
        timedOut();
        if (allowed("versionDeployed"))
            approved();
        if (allowed("tierOverrideConfirmed"))
            overrides();
        if (allowed("tierPublished"))
            untiered();
        if (allowed("monitoringExplained"))
            breaches();
        if (allowed("monitoringRecorded"))
            monitorings();
        findings();
        conditions();
        registers();
        if (allowed("validationRecorded"))
            reviews();
        if (allowed("attestationGiven"))
            attestations();
        if (allowed("retrainingChanged"))
            retrainings();
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

    /// What waits for a signature, with the day from which it is overdue and the last on which it can be given.
    void addDecision(TaskKind kind, const Model &of, const std::string &id, std::string title, UtcTime since,
                     const Deadlines &deadlines)
    {
        if (deadlines.lastDay)
            title += " (times out after " + toString(*deadlines.lastDay) + ")";
        add(kind, of, id, std::move(title), since);
        m_tasks.back().due = deadlines.remindsOn;
        if (deadlines.remindsOn)
            m_tasks.back().days = (m_today - *deadlines.remindsOn).count();
    }

    void signatures()
    {
        for (const auto &[id, request] : m_registry.requests)
            if (isOpenOn(request, m_today) &&
                !rolesToSign(m_pack, m_registry, request, m_user, nullptr, m_today).empty())
                addDecision(TaskKind::signRequest, model(request.model), id.str(),
                            "Sign the deployment of version " + m_registry.versions.at(request.version).label,
                            request.at, deadlinesOf(request));
    }

    void exceptions()
    {
        for (const auto &[id, exception] : m_registry.exceptions)
            for (const auto role : m_user.roles)
                if (!whyExceptionForbidden(m_pack, m_registry, exception, m_user, role, m_today)) {
                    addDecision(TaskKind::signException, model(exception.model), id.str(),
                                "Sign the exception from: " + exception.requirement, exception.at,
                                deadlinesOf(exception));
                    break;
                }
    }

    void proposals()
    {
        for (const auto &[id, proposal] : m_registry.proposals) {
            const auto named = "policy " + proposal.pack + ", version " + std::to_string(proposal.version);
            const bool signs = std::ranges::any_of(m_user.roles, [&, &asked = proposal](Role role) {
                return !whyProposalForbidden(m_pack, m_registry, asked, m_user, role, m_today);
            });
            const bool approved = proposal.status == ProposalStatus::approved && continuesPolicy(m_registry, proposal);
            if (signs)
                addDecision(TaskKind::signPolicy, {}, id.str(), "Sign the proposed " + named, proposal.at,
                            deadlinesOf(proposal));
            else if (approved && allowed("policyPublished"))
                add(TaskKind::publishPolicy, {}, id.str(), "Publish the approved " + named, proposal.at);
        }
    }

    /// A request that nobody signed in time waits for who opened it, until the version is asked for again or done.
    void timedOut()
    {
        for (const auto &[id, request] : m_registry.requests) {
            if (request.by != m_user.id || statusOn(request, m_today) != RequestStatus::timedOut)
                continue;
            const auto &version = m_registry.versions.at(request.version);
            if (!requestedAgain(request) && version.stage != VersionStage::inProduction &&
                version.stage != VersionStage::retired)
                add(TaskKind::requestAgain, model(request.model), id.str(),
                    "Version " + version.label + " was not signed by " + toString(*deadlinesOf(request).lastDay),
                    request.at);
        }
    }

    /// An approved version waits for whoever is in charge of the model.
    void approved()
    {
        for (const auto &[id, request] : m_registry.requests) {
            const auto &version = m_registry.versions.at(request.version);
            if (!isApproved(request.status) || version.stage != VersionStage::approved ||
                !inChargeOf(model(request.model)) || requestedAgain(request))
                continue;
            const auto why = whyNotDeployed(m_pack, m_registry, request, m_today);
            add(TaskKind::deploy, model(request.model), id.str(),
                why ? "Version " + version.label + " is approved and does not go into production. " + *why
                    : "Put version " + version.label + " into production",
                request.signOffs.back().at);
        }
    }

    [[nodiscard]] bool requestedAgain(const DeploymentRequest &earlier) const
    {
        return std::ranges::any_of(m_registry.requests, [&](const auto &item) {
            return item.second.version == earlier.version && item.second.entry > earlier.entry;
        });
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
            if (record.stage != Stage::retired && inChargeOf(record) && m_registry.tierOf(id) == nullptr &&
                !isOutOfScope(m_pack, m_registry, id))
                add(TaskKind::assessTier, record, id.str(), "Assess the risk tier", registeredAt[id]);
        for (const auto &[id, rerating] : reratings(m_pack, m_registry, m_today))
            if (inChargeOf(model(id)))
                add(TaskKind::assessTier, model(id), id.str(), "Assess the risk tier again: " + rerating.reason,
                    UtcTime(rerating.since));
    }

    void breaches()
    {
        const RunAnswers answers(m_registry);
        for (const auto &[id, version] : m_registry.versions) {
            const MonitoringRun *run = answers.breached(id);
            if (version.stage == VersionStage::retired || run == nullptr || !answers.isOpen(*run))
                continue;
            const auto &subject = model(version.model);
            const bool barred = whyNotToExplain(m_pack, m_user, subject, *run).has_value();
            const bool reserved = run->hasRedBreach() && m_pack.holds(SeparationRule::ownerDoesNotExplainRed);
            if (!inChargeOf(subject) && !(reserved && m_user.fullName == subject.validator))
                continue;
            const auto count = run->breaches.size();
            add(TaskKind::explainBreach, subject, run->id.str(),
                (barred ? "Answer " : "Explain ") + std::to_string(count) + (count == 1 ? " breach" : " breaches") +
                    " of version " + version.label + (barred ? " with a finding, or have somebody else explain" : ""),
                run->at);
        }
    }

    void monitorings()
    {
        for (const auto &[id, due] : monitoringsDue(m_pack, m_registry)) {
            if (due.due > m_today + std::chrono::days(monitoringHorizon) || !inChargeOf(model(id)))
                continue;
            add(TaskKind::monitor, model(id), due.version.str(),
                "Record a monitoring run by " + toString(due.due) + ". " + due.why, {});
            m_tasks.back().due = due.due;
            m_tasks.back().days = (m_today - due.due).count();
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

    /// A condition waits for whoever owes it.
    void conditions()
    {
        for (const auto &[id, validation] : m_registry.validations)
            for (const auto &condition : validation.dueConditions)
                if (!condition.metOn && condition.owner == m_user.fullName)
                    add(TaskKind::meetCondition, model(validation.model), id.str(),
                        "Meet by " + toString(condition.dueOn) + ": " + condition.text, validation.at);
        for (const auto &[id, request] : m_registry.requests)
            if (isApproved(request.status) && !requestedAgain(request))
                for (const auto &signOff : request.signOffs)
                    for (const auto &condition : signOff.dueConditions)
                        if (!condition.metOn && condition.owner == m_user.fullName)
                            add(TaskKind::meetApprovalCondition, model(request.model), id.str(),
                                "Meet by " + toString(condition.dueOn) + ": " + condition.text, signOff.at);
    }

    /// Open incidents wait for whom they name, and so do other records whose day is near.
    void registers()
    {
        const auto mine = [this](const auto &record) { return sameName(record.owner, m_user.fullName); };
        const auto isNear = [this](Date day) { return (day - m_today).count() <= reviewHorizon; };
        const auto wait = [this](TaskKind kind, const auto &record, const std::string &title, std::optional<Date> due) {
            add(kind, model(record.model), record.id.str(), title + titleOf(record), record.at);
            m_tasks.back().due = due;
            if (due)
                m_tasks.back().days = (m_today - *due).count();
        };
        for (const auto &[id, incident] : m_registry.incidents)
            if (incident.open && mine(incident))
                wait(TaskKind::settleIncident, incident, "Settle the incident: ", incident.dueOn);
        for (const auto &[id, limitation] : m_registry.limitations)
            if (limitation.open && mine(limitation) && limitation.dueOn && isNear(*limitation.dueOn))
                wait(TaskKind::reviewLimitation, limitation, "Look again at the limitation: ", limitation.dueOn);
        for (const auto &[id, overlay] : m_registry.overlays)
            if (overlay.open && mine(overlay) && isNear(overlay.expiresOn))
                wait(TaskKind::reviewOverlay, overlay, "Renew or end the overlay: ", overlay.expiresOn);
        for (const auto &[id, exception] : m_registry.exceptions)
            if (exception.status == ExceptionStatus::approved && mine(exception) && isNear(exception.expiresOn))
                wait(TaskKind::endException, exception, "Meet the demand, or ask again: ", exception.expiresOn);
    }

    /// A review that is near or late, and a version sent for validation, wait for the model's validator.
    void reviews()
    {
        for (const auto &item : reviewQueue(m_pack, m_registry, m_today))
            if (item.validator == m_user.fullName && item.dueWithin(reviewHorizon))
                add(TaskKind::validate, model(item.model), item.model.str(), "Review by " + toString(*item.due), {});
        std::set<VersionId> validated;
        for (const auto &[id, validation] : m_registry.validations)
            validated.insert(validation.version);
        for (const auto &[id, version] : m_registry.versions)
            if (version.stage == VersionStage::inValidation && !validated.contains(id) &&
                model(version.model).validator == m_user.fullName && !isOutOfScope(m_pack, m_registry, version.model))
                add(TaskKind::validate, model(version.model), id.str(), "Validate version " + version.label, {});
    }

    /// What is due and not asked for waits for everybody who may ask, what is asked for and not done for whoever is in
    /// charge.
    void retrainings()
    {
        for (const auto &due : retrainingsDue(m_registry, m_today))
            add(TaskKind::retrain, model(due.model), due.policy.str(), "Ask for a retraining. " + due.why, {});
        for (const auto &[id, policy] : m_registry.retrainings)
            if (const auto *pending = policy.pending(); pending && policy.open && inChargeOf(model(policy.model)))
                add(TaskKind::retrain, model(policy.model), id.str(),
                    "Retrain, asked for on " + toString(pending->on) + ": " + pending->why, policy.at);
    }

    void attestations()
    {
        std::set<std::pair<CampaignId, ModelId>> given;
        for (const auto &[id, attestation] : m_registry.attestations)
            given.emplace(attestation.campaign, attestation.model);
        const auto principals = principalsOf(m_pack, m_registry, m_user, m_today);
        for (const auto &[id, campaign] : m_registry.campaigns) {
            if (!campaign.isAnsweredOn(m_today))
                continue;
            for (const auto &snapshot : campaign.before) {
                const auto found = m_registry.models.find(snapshot.model);
                if (found == m_registry.models.end() || given.contains({id, snapshot.model}))
                    continue;
                const auto &owner = found->second.owner;
                const bool own = sameName(owner, m_user.fullName);
                if (!own && std::ranges::none_of(principals, [&](const auto &name) { return sameName(name, owner); }))
                    continue;
                add(TaskKind::attest, found->second, id.str(),
                    "Attest by " + toString(campaign.until) + (own ? "" : " for " + owner) + ": " + campaign.title,
                    campaign.at);
            }
        }
    }

    const PolicyPack &m_pack;
    const Registry &m_registry;
    const User &m_user;
    Date m_today;
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

std::vector<WaitingTask> waitingFor(const PolicyPack &pack, const Registry &registry, const User &user,
                                    std::optional<Date> today)
{
    if (!user.active)
        return {};
    return TaskList(pack, registry, user, today.value_or(dateOf(registry.lastAt))).gather();
}

std::vector<DriftAlert> driftAlerts(const Registry &registry)
{
    std::vector<DriftAlert> alerts;
    const RunAnswers answers(registry);
    for (const auto &[id, version] : registry.versions) {
        const MonitoringRun *run = answers.breached(id);
        const Model &model = registry.models.at(version.model);
        if (run == nullptr || version.stage == VersionStage::retired || model.stage == Stage::retired)
            continue;
        const Breach &worst = *std::ranges::min_element(run->breaches, isWorse);
        DriftAlert alert{model.id,
                         model.name,
                         run->id,
                         worst.health,
                         worst,
                         std::int64_t(run->breaches.size()),
                         !run->explanation.empty()};
        if (const auto *answer = answers.of(*run))
            alert.finding = answer->id;
        if (alert.open() || run == registry.latestRun(id))
            alerts.push_back(std::move(alert));
    }
    std::stable_sort(alerts.begin(), alerts.end(), [](const DriftAlert &a, const DriftAlert &b) {
        return std::tuple(-rank(a.health), !a.open(), a.modelName) <
               std::tuple(-rank(b.health), !b.open(), b.modelName);
    });
    return alerts;
}

std::vector<OverdueItem> overdue(const PolicyPack &pack, const Registry &registry, Date today)
{
    std::vector<OverdueItem> items;
    const auto add = [&](OverdueKind kind, const ModelId &id, const std::string &item, std::string title, Date due) {
        if (due < today)
            items.push_back(
                {kind, id, registry.models.at(id).name, item, std::move(title), due, (today - due).count()});
    };
    for (const auto &item : reviewQueue(pack, registry, today))
        if (item.due)
            add(OverdueKind::review, item.model, item.model.str(), item.reasons.front().text, *item.due);
    for (const auto &[id, due] : monitoringsDue(pack, registry))
        add(OverdueKind::monitoring, id, due.version.str(), due.why, due.due);
    for (const auto &[id, finding] : registry.findings)
        if (finding.open && finding.dueOn)
            add(OverdueKind::finding, finding.model, id.str(), finding.title, *finding.dueOn);
    for (const auto &[id, finding] : registry.findings)
        if (const auto *plan = finding.plan(); plan && finding.open)
            add(OverdueKind::plan, finding.model, id.str(), finding.title, plan->targetOn);
    for (const auto &[id, request] : registry.requests)
        if (const auto due = deadlinesOf(request).remindsOn; due && isOpenOn(request, today))
            add(OverdueKind::decision, request.model, id.str(),
                "Deployment of version " + registry.versions.at(request.version).label, *due);
    for (const auto &[id, exception] : registry.exceptions)
        if (const auto due = deadlinesOf(exception).remindsOn;
            due && statusOn(exception, today) == ExceptionStatus::requested)
            add(OverdueKind::exceptionDecision, exception.model, id.str(), exception.requirement, *due);
    for (const auto &[id, validation] : registry.validations)
        for (const auto &condition : validation.dueConditions)
            if (!condition.metOn)
                add(OverdueKind::validationCondition, validation.model, id.str(), condition.text, condition.dueOn);
    for (const auto &[id, incident] : registry.incidents)
        if (incident.open && incident.dueOn)
            add(OverdueKind::incident, incident.model, id.str(), incident.title, *incident.dueOn);
    for (const auto &[id, limitation] : registry.limitations)
        if (limitation.open && limitation.dueOn)
            add(OverdueKind::limitation, limitation.model, id.str(), limitation.title, *limitation.dueOn);
    for (const auto &[id, assumption] : registry.assumptions)
        if (assumption.open && assumption.checkedOn)
            add(OverdueKind::assumptionCheck, assumption.model, id.str(), assumption.title,
                monthsAfter(*assumption.checkedOn, assumption.checkMonths));
    for (const auto &[id, request] : registry.requests) {
        if (request.status != RequestStatus::approvedWithConditions || approvedAgainLater(registry, request))
            continue;
        for (const SignOff &signOff : request.signOffs) {
            if (signOff.decision == Decision::approveWithConditions && signOff.expiresOn)
                add(OverdueKind::condition, request.model, id.str(), signOff.conditions, *signOff.expiresOn);
            for (const auto &condition : signOff.dueConditions)
                if (!condition.metOn)
                    add(OverdueKind::condition, request.model, id.str(), condition.text, condition.dueOn);
        }
    }
    std::stable_sort(items.begin(), items.end(),
                     [](const OverdueItem &a, const OverdueItem &b) { return a.days > b.days; });
    return items;
}

} // namespace countersign
