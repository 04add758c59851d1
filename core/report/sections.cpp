// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/sections.h"
#include "core/policy/scope.h"
#include "core/policy/stages.h"

#include "core/domain/deadlines.h"
#include "core/domain/differences.h"
#include "core/policy/rules.h"

namespace countersign {

namespace {

std::string joined(const std::vector<std::string> &items, const char *separator = "; ")
{
    std::string text;
    for (const std::string &item : items)
        text += (text.empty() ? "" : separator) + item;
    return text;
}

std::string shownRole(const std::string &name)
{
    return name.empty() ? "Not named" : name;
}

std::string versionLabel(const Registry &registry, const VersionId &id)
{
    const auto found = registry.versions.find(id);
    return found == registry.versions.end() ? std::string() : found->second.label;
}

void addSignOff(Report &report, const SignOff &signOff)
{
    report.heading(3, displayName(signOff.decision) + " by " + signOff.fullName);
    report.fields({{"Role", displayName(signOff.role)},
                   {"Signed", minuteOf(signOff.at)},
                   {"Meaning", signOff.meaning},
                   {"Comment", signOff.comment},
                   {"Conditions", signOff.conditions},
                   {"Expires", shown(signOff.expiresOn)},
                   {"Entry", std::to_string(signOff.entry)}});
    ReportTable covered{{"Covered", "What", "SHA-256"}, {}, {}};
    for (const CoveredItem &item : signOff.covered)
        covered.rows.push_back({item.kind, item.title, item.hash.hex()});
    report.table(std::move(covered));
}

} // namespace

std::string personName(const Registry &registry, const UserId &user)
{
    const auto found = registry.users.find(user);
    return found == registry.users.end() ? user.str() : found->second.fullName;
}

std::string shown(const std::optional<Date> &date)
{
    return date ? toString(*date) : std::string();
}

std::string minuteOf(UtcTime time)
{
    std::string text = toString(time).substr(0, 16);
    text[10] = ' ';
    return text + " UTC";
}

std::string cut(const std::string &text, std::size_t most)
{
    std::size_t characters = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool begins = (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
        if (begins && characters++ == most)
            return text.substr(0, at) + "…";
    }
    return text;
}

std::string planInWords(const Finding &finding)
{
    const auto *plan = finding.plan();
    if (!plan)
        return "None yet";
    const auto revisions = finding.plans.size() - 1;
    return plan->text + "\n" + plan->owner + ", by " + toString(plan->targetOn) +
           (revisions == 0 ? std::string()
                           : ", revised " + std::to_string(revisions) + (revisions == 1 ? " time" : " times"));
}

std::string evidenceInWords(const Finding &finding)
{
    std::string text;
    for (const auto &evidence : finding.evidence) {
        text += (text.empty() ? "" : "\n") + toString(dateOf(evidence.at)) + ": " + evidence.text;
        for (const auto &file : evidence.files)
            text += "\n" + file.fileName + ", SHA-256 " + file.hash.hex().substr(0, 16) + "...";
    }
    return text.empty() ? "None yet" : text;
}

std::string breachInWords(const Breach &breach)
{
    return breach.metric + " of " + (breach.feature.empty() ? std::string("the model") : breach.feature) + " in " +
           breach.period + " is " + fixed(breach.value, 3) + " (limit " + fixed(breach.limit, 3) + ")";
}

namespace {

/// "Not a model (out of scope). Adds up figures. Decided by Ann Analyst, 2026-03-04 10:15 UTC."
std::string scopeText(const PolicyPack &pack, const Registry &registry, const Model &model)
{
    auto text = scopeInWords(pack, registry, model.id);
    const auto found = registry.scopes.find(model.id);
    if (found == registry.scopes.end())
        return text;
    const auto &record = found->second;
    if (!record.reason.empty())
        text += ": " + record.reason;
    return text + " Decided by " + personName(registry, record.by) + ", " + minuteOf(record.at) +
           ", under policy version " + std::to_string(record.policyVersion) + ".";
}

} // namespace

void addIdentity(Report &report, const PolicyPack &pack, const Registry &registry, const Model &model)
{
    const TierAssessment *tier = registry.tierOf(model.id);
    report.fields({{"Reference", model.reference},
                   {"Stage", stageLabel(pack, model)},
                   {"Risk tier", tier == nullptr ? "Not tiered" : pack.tierLabel(tier->level())},
                   {"Kind", displayName(model.kind)},
                   {"Scope", scopeText(pack, registry, model)},
                   {"Description", model.description},
                   {"Purpose", model.purpose},
                   {"Business unit", model.businessUnit},
                   {"Approved uses", model.approvedUses},
                   {"Actual use", model.actualUse},
                   {"Restrictions", model.restrictions},
                   {"Assumptions", model.assumptions},
                   {"Limitations", model.limitations},
                   {"Inputs and data sources", joined(model.inputs)},
                   {"Outputs", model.outputs},
                   {"Dependencies", joined(model.dependencies)},
                   {"Owner", shownRole(model.owner)},
                   {"Developer", shownRole(model.developer)},
                   {"Validator", shownRole(model.validator)},
                   {"Approver", shownRole(model.approver)},
                   {"Origin", displayName(model.origin) + (model.vendor.empty() ? "" : ", " + model.vendor)},
                   {"Deployed on", shown(model.deployedOn)},
                   {"Last validated on", shown(model.lastValidatedOn)},
                   {"Planned review", shown(model.nextReviewOn)},
                   {"Retired on", shown(model.retiredOn)},
                   {"Retirement reason", model.retirementReason}});
}

void addTier(Report &report, const PolicyPack &pack, const Registry &registry, const Model &model)
{
    const TierAssessment *tier = registry.tierOf(model.id);
    if (tier == nullptr) {
        report.paragraph("No tier has been published.");
        return;
    }
    report.fields(
        {{"Tier in force", pack.tierLabel(tier->level())},
         {"Score", fixed(tier->score, 2)},
         {"Computed tier", pack.tierLabel(tier->computedLevel)},
         {"Override", tier->overrideLevel ? pack.tierLabel(*tier->overrideLevel) : std::string()},
         {"Reason for the override", tier->overrideReason},
         {"Override confirmed by", !tier->overrideLevel      ? std::string()
                                   : tier->overridePending() ? std::string("nobody yet: not in force")
                                                             : personName(registry, tier->overrideConfirmedBy)},
         {"Rationale", tier->rationale},
         {"Assessed by", personName(registry, tier->by) + ", " + minuteOf(tier->at)},
         {"Method", tier->method + ", version " + std::to_string(tier->methodVersion)}});
    if (tier->method == pack.tierMethod.id && tier->methodVersion == pack.tierMethod.version) {
        ReportTable factors{{"Factor", "Answer", "Points", "Weight", "Contribution"}, {}, {}};
        for (const FactorResult &factor : computeTier(pack, tier->answers).factors)
            factors.rows.push_back({factor.question, factor.answer, fixed(factor.points, 1), fixed(factor.weight, 2),
                                    fixed(factor.contribution, 2)});
        report.table(std::move(factors));
    }
    addRisk(report, riskStanding(pack, registry, model, dateOf(registry.lastAt)));
}

void addRisk(Report &report, const RiskStanding &risk)
{
    report.heading(3, "Inherent tier, controls, residual tier");
    report.fields({{"Inherent tier", risk.inherentLabel + (risk.provisional ? " (provisional)" : "")},
                   {"Controls", displayName(risk.controls) + ". " + risk.controlsWhy},
                   {"Residual tier", risk.residualLabel + ". " + risk.residualWhy}});
    ReportTable controls{{"Control", "Stands", "Found"}, {}, "The policy names no controls for this tier."};
    for (const ControlResult &result : risk.results)
        controls.rows.push_back({result.title, displayName(result.standing), result.detail});
    report.table(std::move(controls));
}

void addVersions(Report &report, const Registry &registry, const Model &model)
{
    ReportTable versions{
        {"Version", "Stage", "Method", "Changes", "Deployed on", "Latest validation"}, {}, "No version is registered."};
    ReportTable documents{{"Version", "Document", "File", "SHA-256"}, {}, "No document is attached."};
    for (const ModelVersion *version : registry.versionsOf(model.id)) {
        const Validation *validation = registry.latestValidation(version->id);
        versions.rows.push_back(
            {version->label, displayName(version->stage), version->method, version->changes, shown(version->deployedOn),
             validation == nullptr ? "None"
                                   : displayName(validation->outcome) + ", " + personName(registry, validation->by) +
                                         ", " + toString(dateOf(validation->at))});
        for (const Document *document : registry.documentsOf(version->id))
            documents.rows.push_back(
                {version->label, displayName(document->kind), document->fileName, document->hash.hex()});
    }
    report.table(std::move(versions));
    report.table(std::move(documents));
}

void addMonitoring(Report &report, const Registry &registry, const Model &model)
{
    const auto runs = registry.runsOf(model.id);
    if (runs.empty()) {
        report.paragraph("No monitoring run is recorded.");
        return;
    }
    const MonitoringRun &run = *runs.front();
    report.fields({{"Latest run", minuteOf(run.at) + " by " + personName(registry, run.by)},
                   {"Version", versionLabel(registry, run.version)},
                   {"Result", displayName(run.health)},
                   {"Performance", run.performance},
                   {"Scoring log", run.source + ", " + std::to_string(run.rows) + " rows" +
                                       (run.sourceHash ? ", SHA-256 " + run.sourceHash->hex() : std::string())},
                   {"Periods", std::to_string(run.periods) + ", " + run.from + " to " + run.to},
                   {"Features", std::to_string(run.features)},
                   {"Result blob, SHA-256", run.result.hex()},
                   {"Explanation", run.explanation.empty()
                                       ? std::string()
                                       : run.explanation + " (" + personName(registry, run.explainedBy) + ")"}});
    ReportTable breaches{{"Breach", "Result"}, {}, "No limit is breached."};
    for (const Breach &breach : run.breaches)
        breaches.rows.push_back({breachInWords(breach), displayName(breach.health)});
    report.table(std::move(breaches));
}

void addFindings(Report &report, const Registry &registry, const Model &model)
{
    ReportTable findings{
        {"Finding", "Severity", "State", "Owner", "Due on", "Raised by", "Remediation plan", "Evidence", "Closure"},
        {},
        "There are no findings."};
    for (const Finding *finding : registry.findingsOf(model.id))
        findings.rows.push_back(
            {finding->title + (finding->description.empty() ? "" : "\n" + finding->description),
             displayName(finding->severity), finding->open ? "Open" : "Closed", finding->owner, shown(finding->dueOn),
             (finding->detected ? "detected by the program, signed by " : "") +
                 personName(registry, finding->raisedBy) + ", " + toString(dateOf(finding->raisedAt)),
             planInWords(*finding), evidenceInWords(*finding),
             finding->open ? std::string()
                           : finding->closureEvidence + " (" + personName(registry, finding->closedBy) + ")"});
    report.table(std::move(findings));
}

void addSignOffs(Report &report, const Registry &registry, const Model &model)
{
    const auto requests = registry.requestsOf(model.id);
    if (requests.empty())
        report.paragraph("No deployment has been requested.");
    for (const DeploymentRequest *request : requests) {
        const auto status = statusOn(*request, dateOf(registry.lastAt));
        report.strong("Version " + versionLabel(registry, request->version) + ": " + displayName(status));
        std::string missing;
        for (const RequiredSignature &required : outstanding(*request))
            missing +=
                (missing.empty() ? "" : ", ") + std::to_string(required.count) + " x " + displayName(required.role);
        report.fields(
            {{"Requested by", personName(registry, request->by) + ", " + minuteOf(request->at)},
             {"Justification", request->justification},
             {"Champion", request->promotion ? "Version " + versionLabel(registry, request->promotion->champion.version)
                                             : std::string()},
             {"Signatures still missing", status == RequestStatus::open ? missing : std::string()}});
        for (const SignOff &signOff : request->signOffs)
            addSignOff(report, signOff);
    }
}

void addHistory(Report &report, const std::vector<const TimelineItem *> &items)
{
    ReportTable history{{"Entry", "Time", "Person", "What", "Changes"}, {}, "Nothing has happened yet."};
    for (const TimelineItem *item : items) {
        std::string changes;
        for (const FieldChange &change : item->changes)
            changes += (changes.empty() ? "" : "\n") + change.field + ": " +
                       (change.before.empty() ? "nothing" : change.before) + " to " +
                       (change.after.empty() ? "nothing" : change.after);
        if (!item->forbidden.empty())
            changes = "FORBIDDEN, without effect: " + item->forbidden;
        history.rows.push_back(
            {std::to_string(item->seq), minuteOf(item->at), item->authorName, item->summary, changes});
    }
    report.table(std::move(history));
}

} // namespace countersign
