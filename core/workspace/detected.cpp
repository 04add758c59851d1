// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/detected.h"

#include "core/domain/text.h"

#include <algorithm>

namespace countersign {

namespace {

/// The uses that a field lists, one a line or separated by semicolons.
std::vector<std::string> usesIn(const std::string &text)
{
    std::vector<std::string> uses;
    std::string use;
    for (const char c : text + '\n') {
        if (c != '\n' && c != ';') {
            use += c;
            continue;
        }
        auto folded = foldedName(use);
        while (!folded.empty() && folded.back() == '.')
            folded.pop_back();
        if (!folded.empty())
            uses.push_back(std::move(folded));
        use.clear();
    }
    return uses;
}

class Detector
{
public:
    Detector(const PolicyPack &pack, const Registry &registry, Date today)
        : m_pack(pack)
        , m_registry(registry)
        , m_today(today)
    {
    }

    std::vector<DetectedIssue> gather()
    {
        for (const auto &[id, version] : m_registry.versions)
            if (version.stage == VersionStage::inProduction) {
                monitoring(version);
                validation(version);
            }
        for (const auto &[id, model] : m_registry.models)
            use(model);
        for (const auto &[id, exception] : m_registry.exceptions)
            if (exception.lapsedBy(m_today))
                add(IssueKind::exceptionLapsed, exception.model, exception.version, id.str(), Severity::high,
                    "Exception lapsed: " + exception.requirement,
                    "It expired on " + toString(exception.expiresOn) +
                        ". Compensating control: " + exception.compensatingControl);
        for (const auto &[id, overlay] : m_registry.overlays)
            if (overlay.open && overlay.expiresOn < m_today)
                add(IssueKind::overlayExpired, overlay.model, {},
                    id.str() + "." + std::to_string(overlay.renewals.size()), Severity::medium,
                    "Overlay expired: " + overlay.title,
                    "It expired on " + toString(overlay.expiresOn) + " after " +
                        std::to_string(overlay.renewals.size()) + " renewals.");
        for (const auto &[id, assumption] : m_registry.assumptions)
            if (assumption.open && assumption.breached())
                add(IssueKind::assumptionBreached, assumption.model, {},
                    id.str() + "." + toString(*assumption.checkedOn), Severity::high,
                    "Assumption out of range: " + assumption.title,
                    decimalFromDouble(*assumption.lastValue) + " on " + toString(*assumption.checkedOn) +
                        "; expected " + decimalFromDouble(assumption.low) + " to " +
                        decimalFromDouble(assumption.high) + ".");
        std::ranges::stable_sort(m_issues, {}, &DetectedIssue::model);
        return std::move(m_issues);
    }

private:
    void add(IssueKind kind, const ModelId &model, const VersionId &version, const std::string &cause,
             Severity severity, const std::string &title, std::string detail)
    {
        const auto found = m_registry.models.find(model);
        const FindingId finding("auto." + sha256(enumName(kind) + " " + cause).hex().substr(0, 32));
        if (found == m_registry.models.end() || found->second.stage == Stage::retired ||
            m_registry.findings.contains(finding))
            return;
        std::string shortTitle = title.substr(0, maximumName);
        while (!shortTitle.empty() && (static_cast<unsigned char>(shortTitle.back()) & 0x80U) != 0 &&
               shortTitle.size() < title.size())
            shortTitle.pop_back(); // never half a character
        while (!shortTitle.empty() && shortTitle.back() == ' ')
            shortTitle.pop_back();
        m_issues.push_back({kind, model, version, finding, severity, std::move(shortTitle), std::move(detail)});
    }

    void monitoring(const ModelVersion &version)
    {
        const auto *run = m_registry.latestRun(version.id);
        if (!run || run->health != Health::red || !run->explanation.empty())
            return;
        for (const auto &[id, finding] : m_registry.findings)
            if (finding.model == version.model && finding.entry > run->entry)
                return;
        add(IssueKind::redMonitoring, version.model, version.id, run->id.str(), Severity::high,
            "Red monitoring without a finding",
            "The run on " + run->source +
                " is red, neither explained nor followed "
                "by a finding.");
    }

    void validation(const ModelVersion &version)
    {
        const auto *tier = m_pack.tier(tierLevelOf(m_registry, version.model));
        const auto *latest = m_registry.latestValidation(version.id);
        if ((tier && !tier->validationRequired) || (latest && latest->outcome != ValidationOutcome::notFit))
            return;
        add(IssueKind::productionBeforeValidation, version.model, version.id, version.id.str(), Severity::high,
            "In production before validation",
            "Version " + version.label + " is in production and has " +
                (latest ? "been found not fit." : "not been validated."));
    }

    void use(const Model &model)
    {
        const auto approved = usesIn(model.approvedUses);
        if (approved.empty())
            return;
        std::string outside;
        for (const auto &actual : usesIn(model.actualUse))
            if (std::ranges::find(approved, actual) == approved.end())
                outside += (outside.empty() ? "" : "; ") + actual;
        if (!outside.empty())
            add(IssueKind::useOutsidePurpose, model.id, {}, model.id.str() + " " + outside, Severity::medium,
                "Use outside the approved uses", "Not among the approved uses: " + outside + ".");
    }

    const PolicyPack &m_pack;
    const Registry &m_registry;
    Date m_today;
    std::vector<DetectedIssue> m_issues;
};

bool belongs(const Registry &registry, const TimelineItem &item, const DeploymentRequest &request)
{
    const auto versionOf = [&](const auto &records, const auto &id) {
        const auto found = records.find(id);
        return found != records.end() && found->second.version == request.version;
    };
    if (item.fact == "policyPublished")
        return true;
    if (item.model != request.model)
        return false;
    if (item.fact == "versionEdited")
        return item.record == request.version.str();
    if (item.fact == "documentAttached")
        return versionOf(registry.documents, DocumentId(item.record));
    if (item.fact == "validationRecorded")
        return versionOf(registry.validations, ValidationId(item.record));
    if (item.fact == "monitoringRecorded" || item.fact == "monitoringExplained")
        return versionOf(registry.runs, RunId(item.record));
    return item.fact == "modelEdited" || item.fact == "tierPublished" || item.fact == "tierOverrideConfirmed" ||
           item.fact == "findingRaised" || item.fact == "findingClosed";
}

bool inForce(const Registry &registry, const DeploymentRequest &request)
{
    if (request.status == RequestStatus::open)
        return true;
    return isApproved(request.status) && registry.versions.at(request.version).stage == VersionStage::inProduction;
}

} // namespace

std::string displayName(IssueKind kind)
{
    auto words = fieldInWords(enumName(kind));
    words[0] = static_cast<char>(words[0] - 'a' + 'A');
    return words;
}

std::vector<DetectedIssue> detectedIssues(const PolicyPack &pack, const Registry &registry, Date today)
{
    return Detector(pack, registry, today).gather();
}

std::vector<StaleSignOff> staleSignOffs(const Registry &registry)
{
    std::vector<StaleSignOff> stale;
    for (const auto &[id, request] : registry.requests) {
        if (!inForce(registry, request))
            continue;
        for (std::size_t i = 0; i < request.signOffs.size(); ++i) {
            const auto &signOff = request.signOffs[i];
            if (signOff.decision != Decision::approve && signOff.decision != Decision::approveWithConditions)
                continue;
            StaleSignOff found{id, request.model, i, signOff.fullName, signOff.at, {}};
            const auto after = std::ranges::upper_bound(registry.timeline, signOff.entry, {}, &TimelineItem::seq);
            for (auto item = after; item != registry.timeline.end(); ++item)
                if (item->forbidden.empty() && belongs(registry, *item, request))
                    found.changes.push_back({item->seq, item->at, item->authorName, item->summary, item->changes});
            if (!found.changes.empty())
                stale.push_back(std::move(found));
        }
    }
    return stale;
}

} // namespace countersign
