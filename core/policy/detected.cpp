// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policy/detected.h"

#include "core/domain/text.h"
#include "core/policy/approvals.h"
#include "core/policy/scope.h"
#include "core/policy/servicehealth.h"
#include "core/policy/stages.h"

#include <algorithm>
#include <functional>
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

template <class T>
void keepNewest(const T *&known, const T &record)
{
    if (!known || record.entry >= known->entry)
        known = &record;
}

template <class K, class T>
const T *of(const std::map<K, const T *> &records, const K &id)
{
    const auto found = records.find(id);
    return found == records.end() ? nullptr : found->second;
}

constexpr std::string_view detectedPrefix = "auto.";

DetectedIssue issueOf(IssueKind kind, const ModelId &model, const std::string &cause, Severity severity,
                      const std::string &title, std::string detail)
{
    const FindingId finding(std::string(detectedPrefix) + sha256(enumName(kind) + " " + cause).hex().substr(0, 32));
    return {kind, model, {}, finding, severity, shortened(title), std::move(detail), {}, {}};
}

/// The id of the `count`th finding of a cause, from 1.
FindingId numbered(const FindingId &first, std::size_t count)
{
    return count == 1 ? first : FindingId(first.str() + "." + std::to_string(count));
}

/// What the detection needs of each version and model, found in one pass over each kind of record.
class Detector
{
public:
    Detector(const PolicyPack &pack, const Registry &registry, Date today)
        : m_pack(pack)
        , m_registry(registry)
        , m_today(today)
        , m_answers(registry)
    {
        for (const auto &[id, assessment] : registry.assessments)
            keepNewest(m_tiers[assessment.model], assessment);
        for (const auto &[id, run] : registry.runs)
            keepNewest(m_runs[run.version], run);
        for (const auto &[id, validation] : registry.validations)
            keepNewest(m_validations[validation.version], validation);
        for (const auto &[id, request] : registry.requests)
            if (isApproved(request.status))
                keepNewest(m_approvals[request.version], request);
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
                approval(version);
                conditions(version);
            } else if (version.stage != VersionStage::retired && isUsedWithoutVersion(version.model)) {
                monitoring(version);
            }
        for (const auto &[id, model] : m_registry.models) {
            use(model);
            if (isUsedWithoutVersion(id) && !isOutOfScope(m_pack, m_registry, id)) {
                validation(model);
                approval(model);
            }
        }
        exceptions();
        for (const auto &[id, overlay] : m_registry.overlays)
            if (overlay.open && overlay.expiresOn < m_today)
                add(issueOf(IssueKind::overlayExpired, overlay.model,
                            id.str() + "." + std::to_string(overlay.renewals.size()), Severity::medium,
                            "Overlay expired: " + overlay.title,
                            "It expired on " + toString(overlay.expiresOn) + " after " +
                                std::to_string(overlay.renewals.size()) + " renewals."));
        for (const auto &[id, assumption] : m_registry.assumptions)
            if (assumption.open && assumption.breached())
                add(issueOf(IssueKind::assumptionBreached, assumption.model, id.str(), Severity::high,
                            "Assumption out of range: " + assumption.title,
                            decimalFromDouble(*assumption.lastValue) + " on " + toString(*assumption.checkedOn) +
                                "; expected " + decimalFromDouble(assumption.low) + " to " +
                                decimalFromDouble(assumption.high) + "."),
                    [&] { return lastChange(id.str(), {"last value", "checked on"}); });
        services();
        std::ranges::stable_sort(m_issues, {}, &DetectedIssue::model);
        return std::move(m_issues);
    }

private:
    /// The entry of the newest evidence of a cause; asked only when a finding of it was closed.
    using Evidence = std::function<std::int64_t()>;

    /// Of a cause that stands, which it does until somebody ends it.
    void add(DetectedIssue issue, const Evidence &evidence = {})
    {
        const auto first = issue.finding;
        const Finding *last = nullptr;
        std::size_t count = 1;
        for (auto found = m_registry.findings.find(first); found != m_registry.findings.end();
             found = m_registry.findings.find(numbered(first, ++count)))
            last = &found->second;
        if (last && !isAnew(*last, evidence))
            return;
        issue.finding = numbered(first, count);
        keep(std::move(issue));
    }

    void keep(DetectedIssue issue)
    {
        const auto found = m_registry.models.find(issue.model);
        if (found != m_registry.models.end() && found->second.stage != Stage::retired)
            m_issues.push_back(std::move(issue));
    }

    /// Registered in use, and none of its versions went into production here: any of them may be the one in use.
    [[nodiscard]] bool isUsedWithoutVersion(const ModelId &model) const
    {
        return !m_inProduction.contains(model) && isInUse(m_registry.models.at(model).stage);
    }

    [[nodiscard]] bool isAnew(const Finding &answer, const Evidence &evidence) const
    {
        if (answer.open || !answer.closedAt)
            return false;
        const bool stands = m_pack.detectAgainDays > 0 &&
                            dateOf(*answer.closedAt) + std::chrono::days(m_pack.detectAgainDays) <= m_today;
        return stands || (evidence && evidence() > answer.revision);
    }

    /// The entry of the newest act on a record that made it or changed one of these fields, named in words.
    [[nodiscard]] std::int64_t lastChange(const std::string &record,
                                          std::initializer_list<std::string_view> fields) const
    {
        for (auto item = m_registry.timeline.rbegin(); item != m_registry.timeline.rend(); ++item) {
            const auto named = [&](const FieldChange &change) {
                return std::ranges::find(fields, change.field) != fields.end();
            };
            if (item->record == record && item->forbidden.empty() &&
                (item->changes.empty() || std::ranges::any_of(item->changes, named)))
                return item->seq;
        }
        return -1;
    }

    /// Those past their day, and those that were in force, lapsed, and were closed only then: closing does not undo
    /// that they lapsed, but they lapse no more.
    void exceptions()
    {
        const auto closed = exceptionsClosedLate();
        for (const auto &[id, exception] : m_registry.exceptions) {
            const bool late = closed.contains(id.str());
            if (!late && !exception.lapsedBy(m_today))
                continue;
            auto issue = issueOf(IssueKind::exceptionLapsed, exception.model, id.str(), Severity::high,
                                 "Exception lapsed: " + exception.requirement,
                                 "It expired on " + toString(exception.expiresOn) +
                                     ". Compensating control: " + exception.compensatingControl);
            issue.version = exception.version;
            if (!late)
                add(std::move(issue));
            else if (!m_registry.findings.contains(issue.finding))
                keep(std::move(issue));
        }
    }

    [[nodiscard]] std::set<std::string> exceptionsClosedLate() const
    {
        std::set<std::string> late;
        if (m_registry.exceptions.empty())
            return late;
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

    void monitoring(const ModelVersion &version)
    {
        const auto *run = m_answers.breached(version.id);
        if (!run || !run->hasRedBreach() || !run->explanation.empty())
            return;
        const auto evidence = [run] { return run->entry; };
        const Finding *last = nullptr;
        for (const auto *finding : m_answers.naming(version.id)) {
            if (finding->open)
                return;
            if (!last || finding->revision > last->revision)
                last = finding;
        }
        const bool stands = run == of(m_runs, version.id);
        if (last && !(stands ? isAnew(*last, evidence) : run->entry > last->revision))
            return;
        auto issue = issueOf(IssueKind::redMonitoring, version.model, version.id.str(), Severity::high,
                             "Red monitoring without a finding",
                             "The run on " + run->source +
                                 (run->health == Health::red ? " is red," : " was red in an earlier period,") +
                                 " neither explained nor answered by a finding.");
        issue.version = version.id;
        issue.run = run->id;
        add(std::move(issue), evidence);
    }

    /// At its tier; without one as at the riskiest.
    [[nodiscard]] bool asksForValidation(const ModelId &model) const
    {
        const auto *assessment = of(m_tiers, model);
        const auto *tier = m_pack.tier(assessment ? assessment->level() : 0);
        return !tier || tier->validationRequired;
    }

    void validation(const ModelVersion &version)
    {
        const auto *latest = of(m_validations, version.id);
        if (!asksForValidation(version.model) || mayBeUsed(m_registry, version.id, latest, m_today) ||
            isOutOfScope(m_pack, m_registry, version.model))
            return;
        auto issue = issueOf(IssueKind::productionBeforeValidation, version.model, version.id.str(), Severity::high,
                             "In production before validation",
                             "Version " + version.label + " is in production and has " +
                                 (latest ? "been found not fit." : "not been validated."));
        issue.version = version.id;
        add(std::move(issue), [latest] { return latest ? latest->entry : -1; });
    }

    /// Of a model registered in use, with no version in production yet.
    void validation(const Model &model)
    {
        if (!asksForValidation(model.id) || model.lastValidatedOn)
            return;
        add(issueOf(IssueKind::productionBeforeValidation, model.id, model.id.str(), Severity::high,
                    "In use before validation", "It was registered in use, and no validation of it is recorded."));
    }

    void use(const Model &model)
    {
        const auto approved = usesIn(model.approvedUses);
        std::string outside;
        for (const auto &actual : usesIn(model.actualUse))
            if (std::ranges::find(approved, actual) == approved.end())
                outside += (outside.empty() ? "" : "; ") + actual;
        if (!outside.empty())
            add(issueOf(IssueKind::useOutsidePurpose, model.id, model.id.str() + " " + outside, Severity::medium,
                        "Use outside the approved uses",
                        (approved.empty() ? "No use is approved; it is used to: " : "Not among the approved uses: ") +
                            outside + "."),
                [&] { return lastChange(model.id.str(), {"actual use", "approved uses"}); });
    }

    /// Of the newest approval; one given later is another cause.
    void approval(const ModelVersion &version)
    {
        const auto *request = of(m_approvals, version.id);
        const auto *expired = request ? expiredSignOff(*request, m_today) : nullptr;
        if (!expired)
            return;
        auto issue = issueOf(IssueKind::approvalExpired, version.model, request->id.str(), Severity::high,
                             "In production on an expired approval",
                             "The approval of version " + version.label + " by " + expired->fullName + " expired on " +
                                 toString(*expired->expiresOn) + ", and the version is still in production.");
        issue.version = version.id;
        issue.request = request->id;
        add(std::move(issue));
    }

    /// Those of the newest approval and of the last validation, each a cause of its own.
    void conditions(const ModelVersion &version)
    {
        if (const auto *request = of(m_approvals, version.id))
            for (std::size_t i = 0; i < request->signOffs.size(); ++i)
                owed(version, request->signOffs[i].dueConditions, request->id.str() + " " + std::to_string(i),
                     "the approval by " + request->signOffs[i].fullName, request->id);
        if (const auto *validation = of(m_validations, version.id))
            owed(version, validation->dueConditions, validation->id.str(), "the validation", {});
    }

    void owed(const ModelVersion &version, const std::vector<DueCondition> &conditions, const std::string &source,
              const std::string &named, const RequestId &request)
    {
        for (std::size_t i = 0; i < conditions.size(); ++i) {
            const auto &condition = conditions[i];
            if (condition.metOn || condition.dueOn >= m_today)
                continue;
            auto issue = issueOf(IssueKind::conditionOverdue, version.model, source + " " + std::to_string(i),
                                 Severity::medium, "Condition past its day: " + condition.text,
                                 "Version " + version.label + " is in production. " + condition.owner +
                                     " owes a condition of " + named + " since " + toString(condition.dueOn) + ".");
            issue.version = version.id;
            issue.request = request;
            add(std::move(issue));
        }
    }

    /// Of a model registered in use, as above.
    void approval(const Model &model)
    {
        const auto registered = m_registered.find(model.id);
        if (registered == m_registered.end())
            return;
        const auto due = registered->second + std::chrono::days(m_pack.registration.approvalDays);
        if (due < m_today)
            add(issueOf(IssueKind::inUseWithoutApproval, model.id, model.id.str(), Severity::high,
                        "In use without an approved version",
                        "It was registered in use on " + toString(registered->second) +
                            ", and no version of it had been approved here by " + toString(due) + "."));
    }

    void services()
    {
        for (const auto &service : serviceHealth(m_pack, m_registry, m_today)) {
            const auto &report = *service.newest;
            const auto named = report.version.str() + " " + report.title;
            if (service.failing) {
                auto issue = issueOf(IssueKind::serviceFailing, report.model, named, Severity::medium,
                                     "Calls fail: " + report.title,
                                     failuresInWords(report) + "; the policy allows " +
                                         decimalFromDouble(m_pack.usage.failureRate) + " of them.");
                issue.version = report.version;
                add(std::move(issue), [&report] { return report.entry; });
            }
            if (service.idle) {
                auto issue = issueOf(IssueKind::serviceIdle, report.model, named + " " + toString(service.lastUsedOn),
                                     Severity::low, "Idle: " + report.title,
                                     "Not used since " + toString(service.lastUsedOn) +
                                         "; the policy calls a service idle after " +
                                         std::to_string(m_pack.usage.idleDays) + " days.");
                issue.version = report.version;
                add(std::move(issue));
            }
        }
    }

    const PolicyPack &m_pack;
    const Registry &m_registry;
    Date m_today;
    RunAnswers m_answers;
    std::map<ModelId, const TierAssessment *> m_tiers;
    std::map<VersionId, const MonitoringRun *> m_runs; ///< the newest
    std::map<VersionId, const Validation *> m_validations;
    std::map<VersionId, const DeploymentRequest *> m_approvals;
    std::set<ModelId> m_inProduction;     ///< with a version there
    std::map<ModelId, Date> m_registered; ///< where the policy has a term for approval
    std::vector<DetectedIssue> m_issues;
};

/// Without who signed it and when, which are the act's.
Finding unsignedFinding(Finding finding)
{
    finding.raisedBy = {};
    finding.raisedAt = {};
    finding.revision = -1;
    finding.entry = -1;
    return finding;
}

} // namespace

RunAnswers::RunAnswers(const Registry &registry)
{
    for (const auto &[id, finding] : registry.findings)
        if (const auto run = registry.runs.find(finding.run); finding.run.valid() && run != registry.runs.end())
            m_findings[run->second.version].push_back(&finding);
    for (const auto &[id, run] : registry.runs) {
        if (!run.breaches.empty())
            keepNewest(m_breaches[run.version], run);
        if (run.hasRedBreach())
            keepNewest(m_reds[run.version], run);
    }
}

const std::vector<const Finding *> &RunAnswers::naming(const VersionId &version) const
{
    static const std::vector<const Finding *> none;
    const auto found = m_findings.find(version);
    return found == m_findings.end() ? none : found->second;
}

const Finding *RunAnswers::of(const MonitoringRun &run) const
{
    const Finding *answer = nullptr;
    for (const auto *finding : naming(run.version)) {
        if (finding->open && (!answer || !answer->open || finding->run == run.id))
            answer = finding;
        else if (!answer && finding->run == run.id)
            answer = finding;
    }
    return answer;
}

const MonitoringRun *RunAnswers::breached(const VersionId &version) const
{
    const auto *red = countersign::of(m_reds, version);
    if (red && isOpen(*red))
        return red;
    return countersign::of(m_breaches, version);
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
    finding.detected = issue.kind;
    const auto model = registry.models.find(issue.model);
    finding.owner = model == registry.models.end() ? std::string() : model->second.owner;
    finding.dueOn = pack.findingDueOn(issue.severity, today);
    return finding;
}

std::vector<DetectedIssue> detectedIssues(const PolicyPack &pack, const Registry &registry, Date today)
{
    return Detector(pack, registry, today).gather();
}

std::optional<std::string> whyNotDetected(const PolicyPack &pack, const Registry &registry, const Act &act)
{
    std::vector<const Finding *> claimed;
    for (const auto &fact : act.facts)
        if (const auto *raised = std::get_if<FindingRaised>(&fact);
            raised && (raised->finding.detected || raised->finding.id.str().starts_with(detectedPrefix)))
            claimed.push_back(&raised->finding);
    if (claimed.empty())
        return std::nullopt;
    if (claimed.size() != act.facts.size())
        return "Findings that the program detected stand alone in their entry.";
    const auto today = effectiveDay(registry, act.at);
    std::map<FindingId, DetectedIssue> issues;
    for (auto &issue : detectedIssues(pack, registry, today))
        issues.emplace(issue.finding, issue);
    for (const auto *finding : claimed) {
        const auto found = issues.find(finding->id);
        if (found == issues.end() ||
            toJson(unsignedFinding(*finding)) != toJson(findingFor(found->second, pack, registry, today)))
            return "The finding \"" + finding->title + "\" is not one that the program detects in this register.";
    }
    return std::nullopt;
}

} // namespace countersign
