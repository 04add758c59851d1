// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/detected.h"

#include "core/domain/deadlines.h"
#include "core/domain/text.h"
#include "core/policy/scope.h"
#include "core/policy/stages.h"

#include <algorithm>
#include <set>

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

/// At most `maximumName` bytes, never half a character.
std::string shortened(const std::string &title)
{
    auto text = title.substr(0, maximumName);
    while (!text.empty() && text.size() < title.size() && (static_cast<unsigned char>(text.back()) & 0x80U) != 0)
        text.pop_back();
    while (!text.empty() && text.back() == ' ')
        text.pop_back();
    return text;
}

DetectedIssue issueOf(IssueKind kind, const ModelId &model, const std::string &cause, Severity severity,
                      const std::string &title, std::string detail)
{
    const FindingId finding("auto." + sha256(enumName(kind) + " " + cause).hex().substr(0, 32));
    return {kind, model, {}, finding, severity, shortened(title), std::move(detail)};
}

/// What the detection needs of each version and model, found in one pass over each kind of record.
class Detector
{
public:
    Detector(const PolicyPack &pack, const Registry &registry, Date today)
        : m_pack(pack)
        , m_registry(registry)
        , m_today(today)
    {
        for (const auto &[id, assessment] : registry.assessments)
            keepNewest(m_tiers[assessment.model], assessment);
        for (const auto &[id, run] : registry.runs)
            keepNewest(m_runs[run.version], run);
        for (const auto &[id, validation] : registry.validations)
            keepNewest(m_validations[validation.version], validation);
        for (const auto &[id, finding] : registry.findings)
            if (finding.run.valid())
                m_answered.insert(finding.run);
        for (const auto &[id, version] : registry.versions)
            if (version.stage == VersionStage::inProduction)
                m_inProduction.insert(version.model);
        if (pack.registration.approvalDays > 0)
            for (const auto &item : registry.timeline)
                if (item.fact == "modelRegistered" && item.forbidden.empty())
                    m_registered.emplace(item.model, dateOf(item.at));
    }

    std::vector<DetectedIssue> gather()
    {
        for (const auto &[id, version] : m_registry.versions)
            if (version.stage == VersionStage::inProduction) {
                monitoring(version);
                validation(version);
            }
        for (const auto &[id, model] : m_registry.models) {
            use(model);
            approval(model);
        }
        const auto closed = exceptionsClosedLate();
        for (const auto &[id, exception] : m_registry.exceptions)
            if (exception.lapsedBy(m_today) || closed.contains(id.str())) {
                auto issue = issueOf(IssueKind::exceptionLapsed, exception.model, id.str(), Severity::high,
                                     "Exception lapsed: " + exception.requirement,
                                     "It expired on " + toString(exception.expiresOn) +
                                         ". Compensating control: " + exception.compensatingControl);
                issue.version = exception.version;
                add(std::move(issue));
            }
        for (const auto &[id, overlay] : m_registry.overlays)
            if (overlay.open && overlay.expiresOn < m_today)
                add(issueOf(IssueKind::overlayExpired, overlay.model,
                            id.str() + "." + std::to_string(overlay.renewals.size()), Severity::medium,
                            "Overlay expired: " + overlay.title,
                            "It expired on " + toString(overlay.expiresOn) + " after " +
                                std::to_string(overlay.renewals.size()) + " renewals."));
        for (const auto &[id, assumption] : m_registry.assumptions)
            if (assumption.open && assumption.breached())
                add(breachOf(assumption));
        std::ranges::stable_sort(m_issues, {}, &DetectedIssue::model);
        return std::move(m_issues);
    }

private:
    /// Those that were in force, lapsed, and were closed only then: closing does not undo that they lapsed.
    [[nodiscard]] std::set<std::string> exceptionsClosedLate() const
    {
        std::set<std::string> late;
        for (const auto &item : m_registry.timeline) {
            if (item.fact != "exceptionClosed" || !item.forbidden.empty())
                continue;
            const auto found = m_registry.exceptions.find(ExceptionId(item.record));
            if (found != m_registry.exceptions.end() && dateOf(item.at) > found->second.expiresOn &&
                outstanding(found->second).empty())
                late.insert(item.record);
        }
        return late;
    }

    template <class T>
    static void keepNewest(const T *&known, const T &record)
    {
        if (!known || record.entry >= known->entry)
            known = &record;
    }
    template <class K, class T>
    static const T *of(const std::map<K, const T *> &records, const K &id)
    {
        const auto found = records.find(id);
        return found == records.end() ? nullptr : found->second;
    }

    void add(DetectedIssue issue)
    {
        const auto found = m_registry.models.find(issue.model);
        if (found != m_registry.models.end() && found->second.stage != Stage::retired &&
            !m_registry.findings.contains(issue.finding))
            m_issues.push_back(std::move(issue));
    }

    void monitoring(const ModelVersion &version)
    {
        const auto *run = of(m_runs, version.id);
        if (!run || run->health != Health::red || !run->explanation.empty() || m_answered.contains(run->id))
            return;
        auto issue = issueOf(IssueKind::redMonitoring, version.model, run->id.str(), Severity::high,
                             "Red monitoring without a finding",
                             "The run on " + run->source + " is red, neither explained nor answered by a finding.");
        issue.version = version.id;
        issue.run = run->id;
        add(std::move(issue));
    }

    void validation(const ModelVersion &version)
    {
        const auto *assessment = of(m_tiers, version.model);
        const auto *tier = m_pack.tier(assessment ? assessment->level() : 0);
        const auto *latest = of(m_validations, version.id);
        if ((tier && !tier->validationRequired) || (latest && latest->outcome != ValidationOutcome::notFit) ||
            isOutOfScope(m_pack, m_registry, version.model))
            return;
        auto issue = issueOf(IssueKind::productionBeforeValidation, version.model, version.id.str(), Severity::high,
                             "In production before validation",
                             "Version " + version.label + " is in production and has " +
                                 (latest ? "been found not fit." : "not been validated."));
        issue.version = version.id;
        add(std::move(issue));
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
            add(issueOf(IssueKind::useOutsidePurpose, model.id, model.id.str() + " " + outside, Severity::medium,
                        "Use outside the approved uses", "Not among the approved uses: " + outside + "."));
    }

    void approval(const Model &model)
    {
        const auto registered = m_registered.find(model.id);
        if (registered == m_registered.end() || !isInUse(model.stage) || m_inProduction.contains(model.id) ||
            isOutOfScope(m_pack, m_registry, model.id))
            return;
        const auto due = registered->second + std::chrono::days(m_pack.registration.approvalDays);
        if (due < m_today)
            add(issueOf(IssueKind::inUseWithoutApproval, model.id, model.id.str(), Severity::high,
                        "In use without an approved version",
                        "It was registered in use on " + toString(registered->second) +
                            ", and no version of it had been approved here by " + toString(due) + "."));
    }

    const PolicyPack &m_pack;
    const Registry &m_registry;
    Date m_today;
    std::map<ModelId, const TierAssessment *> m_tiers;
    std::map<VersionId, const MonitoringRun *> m_runs;
    std::map<VersionId, const Validation *> m_validations;
    std::set<RunId> m_answered;
    std::set<ModelId> m_inProduction;     ///< with a version there
    std::map<ModelId, Date> m_registered; ///< where the policy has a term for approval
    std::vector<DetectedIssue> m_issues;
};

} // namespace

std::string displayName(IssueKind kind)
{
    auto words = fieldInWords(enumName(kind));
    words[0] = static_cast<char>(words[0] - 'a' + 'A');
    return words;
}

const Finding *findingAnswering(const Registry &registry, const RunId &run)
{
    const Finding *found = nullptr;
    for (const auto &[id, finding] : registry.findings)
        if (finding.run == run && (!found || finding.open))
            found = &finding;
    return found;
}

DetectedIssue breachOf(const Assumption &assumption)
{
    return issueOf(IssueKind::assumptionBreached, assumption.model,
                   assumption.id.str() + "." + toString(*assumption.checkedOn), Severity::high,
                   "Assumption out of range: " + assumption.title,
                   decimalFromDouble(*assumption.lastValue) + " on " + toString(*assumption.checkedOn) + "; expected " +
                       decimalFromDouble(assumption.low) + " to " + decimalFromDouble(assumption.high) + ".");
}

Finding findingFor(const DetectedIssue &issue, const PolicyPack &pack, const Registry &registry, Date today)
{
    Finding finding;
    finding.id = issue.finding;
    finding.model = issue.model;
    finding.version = issue.version;
    finding.run = issue.run;
    finding.title = issue.title;
    finding.description = issue.detail;
    finding.severity = issue.severity;
    const auto model = registry.models.find(issue.model);
    finding.owner = model == registry.models.end() ? std::string() : model->second.owner;
    finding.dueOn = pack.findingDueOn(issue.severity, today);
    return finding;
}

std::vector<DetectedIssue> detectedIssues(const PolicyPack &pack, const Registry &registry, Date today)
{
    return Detector(pack, registry, today).gather();
}

} // namespace countersign
