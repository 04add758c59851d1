// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demoscenario.h"

#include "app/demo/rundescription.h"
#include "core/base/json.h"
#include "core/exchange/inventoryimport.h"
#include "core/exchange/wholefile.h"
#include "core/workspace/importer.h"
#include "core/workspace/must.h"
#include "core/workspace/runlimits.h"

#include <algorithm>
#include <filesystem>

namespace countersign {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

constexpr int kSpan = 90; // days

} // namespace

DemoScenario::DemoScenario(Workspace &workspace, FixedClock &clock, const DemoData &data, const DemoStep &step,
                           const CancelToken &cancel)
    : m_workspace(workspace)
    , m_clock(clock)
    , m_data(data)
    , m_step(step)
    , m_cancel(cancel)
    , m_end(clock.now() + days(kSpan))
{
}

void DemoScenario::onDay(int day)
{
    m_cancel.throwIfCancelled();
    m_clock.set(std::chrono::floor<days>(m_end) - days(kSpan - day) + hours(9));
}

Workspace &DemoScenario::as(const std::string &fullName)
{
    m_clock.advance(minutes(7));
    const User *user = m_workspace.user();
    if (user != nullptr && user->fullName == fullName)
        return m_workspace;
    const User *wanted = m_workspace.registry().userByName(fullName);
    if (wanted == nullptr)
        throw Exception(ErrorCode::InvalidInput, "demo.json names nobody called " + fullName + ".");
    must(m_workspace.signIn(wanted->id, kDemoPassphrase));
    return m_workspace;
}

void DemoScenario::say(const std::string &line) const
{
    if (m_step)
        m_step(line);
}

Date DemoScenario::dayFromEnd(int count) const
{
    return dateOf(m_end) + days(count);
}

void DemoScenario::enrolPeople()
{
    onDay(1);
    const std::string administrator = m_data.with(Role::administrator).fullName;
    for (const DemoPerson &person : m_data.people)
        if (m_workspace.registry().userByName(person.fullName) == nullptr)
            must(as(administrator).enrolUser(person.fullName, person.roles, kDemoPassphrase));
    say("Enrolled " + std::to_string(m_data.people.size()) + " people, each with a key of their own");
}

void DemoScenario::importInventory()
{
    onDay(2);
    const TextTable table = readTextTable(m_data.inventory);
    const ImportPlan plan = planImport(table, guessMapping(table.header), m_workspace.registry());
    std::vector<Model> models;
    std::vector<std::string> provenance;
    for (const ImportRow &row : plan.rows)
        if (row.errors.empty()) {
            models.push_back(row.model);
            provenance.push_back(table.source + ", line " + std::to_string(row.line));
        }
    must(as(m_data.with(Role::administrator).fullName).registerModels(models, provenance));
    say("Imported " + table.source + ": " + std::to_string(plan.rows.size()) + " rows, " +
        std::to_string(models.size()) + " models in one entry, " + std::to_string(plan.rows.size() - models.size()) +
        " left out");
}

void DemoScenario::registerModels()
{
    onDay(5);
    for (const DemoModel &demo : m_data.models) {
        const Model &model = demo.model;
        m_models[model.reference] = must(as(model.owner).registerModel(model));
        ModelVersion version = demo.version;
        version.model = m_models[model.reference];
        const VersionId id = must(as(model.developer).registerVersion(version));
        m_versions[model.reference] = id;
        attach(model, id, demo.documents);
        say("Registered " + model.reference + " " + model.name + ", version " + version.label + ", " +
            std::to_string(version.importance.size()) + " features, " + std::to_string(demo.documents.size()) +
            " documents");
    }
}

void DemoScenario::attach(const Model &model, const VersionId &version,
                          const std::map<std::string, std::string> &documents)
{
    for (const auto &[name, path] : documents) {
        const auto kind = enumFromName<DocumentKind>(name).value_or(DocumentKind::other);
        const std::string &author = kind == DocumentKind::documentation      ? model.developer
                                    : kind == DocumentKind::validationReport ? model.validator
                                                                             : model.owner;
        must(as(author).attachDocument(version, kind, std::filesystem::path(path).filename().string(),
                                       readWholeFile(path)));
    }
}

void DemoScenario::recordValidation(const Model &model, const VersionId &version, ValidationOutcome outcome,
                                    const std::string &summary, const std::string &conditions)
{
    Validation validation;
    validation.version = version;
    validation.outcome = outcome;
    validation.summary = summary;
    validation.conditions = conditions;
    validation.conceptualSoundness = "Inputs, method and assumptions are those of the documentation, and fit the use.";
    validation.outcomesAnalysis = "Figures computed again from the log agree with the documented ones.";
    validation.ongoingMonitoring =
        "Each period of the log is compared with the reference, by the limits of the policy.";
    must(as(model.validator).recordValidation(validation));
}

void DemoScenario::validate()
{
    onDay(20);
    for (const DemoModel &demo : m_data.models) {
        const bool limited = demo.model.stage == Stage::restricted;
        recordValidation(demo.model, m_versions.at(demo.model.reference),
                         limited ? ValidationOutcome::fitWithConditions : ValidationOutcome::fit,
                         "Recomputed from the data and compared with the documentation; see the attached validation "
                         "report.",
                         limited ? demo.model.restrictions : std::string());
        say("Validated " + demo.model.reference + ": " + (limited ? "fit with conditions" : "fit") + ", by " +
            demo.model.validator);
    }
}

RunId DemoScenario::recordRun(const Model &model, const VersionId &version, RunSettings settings)
{
    settings.thresholds =
        thresholdsOf(limitsOf(m_workspace.policy(), m_workspace.registry(), m_models.at(model.reference)));
    const RunResult result = must(runMonitoring(settings, m_cancel, {}));
    const RunId id = must(as(model.developer).recordRun(version, result));
    say("Monitored " + model.reference + ": " + describeRun(result));
    return id;
}

void DemoScenario::monitor()
{
    onDay(40);
    for (const DemoModel &demo : m_data.models) {
        const auto &reference = demo.model.reference;
        m_runs[reference] = recordRun(demo.model, m_versions.at(reference), demo.run);
    }
}

void DemoScenario::decideScope()
{
    onDay(44);
    for (const DemoModel &demo : m_data.models)
        must(as(demo.model.owner).decideScope(m_models.at(demo.model.reference), {false, true, false}, {}));
    const Model *slotting = m_workspace.registry().modelByReference("EB-0115");
    if (slotting == nullptr)
        return;
    must(as(m_data.with(Role::validator).fullName)
             .decideScope(slotting->id, {false, false},
                          "The criteria and the categories are those of the capital rules, looked up by hand: nothing "
                          "is estimated."));
    say("Decided the scope of " + std::to_string(m_data.models.size() + 1) + ": " + slotting->reference + " " +
        slotting->name + " is not a model");
}

void DemoScenario::assessTiers()
{
    onDay(45);
    const PolicyPack &pack = m_workspace.policy();
    for (const DemoModel &demo : m_data.models) {
        const TierComputation computed = computeTier(pack, demo.answers);
        std::optional<TierOverride> override;
        if (&demo == &m_data.models.back())
            override = TierOverride{computed.level > 1 ? computed.level - 1 : computed.level + 1,
                                    "Error has doubled since the fit while staffing still follows the forecast."};
        const auto id =
            must(as(demo.model.owner)
                     .publishTier(m_models.at(demo.model.reference), demo.answers, demo.rationale, override));
        std::string line = "Tiered " + demo.model.reference + ": score " + fixed(computed.score, 2) + ", " +
                           pack.tierLabel(computed.level);
        if (override) {
            must(as(demo.model.validator).confirmOverride(id, "Agreed: see the monitoring run."));
            line += ", overridden to " + pack.tierLabel(override->level) + ", confirmed by " + demo.model.validator;
        }
        say(line);
    }
}

void DemoScenario::raise(const DemoModel &demo, const std::string &title, const std::string &description,
                         Severity severity, int dueInDays)
{
    Finding finding;
    finding.model = m_models.at(demo.model.reference);
    finding.version = m_versions.at(demo.model.reference);
    finding.title = title;
    finding.description = description;
    finding.severity = severity;
    finding.owner = demo.model.owner;
    finding.dueOn = dayFromEnd(dueInDays);
    const FindingId id = must(as(demo.model.validator).raiseFinding(finding));
    say("Finding on " + demo.model.reference + ": " + title + " (" + displayName(severity) + ")");
    if (severity == Severity::high)
        plan(demo, id);
    if (dueInDays >= 0 || severity != Severity::medium)
        return;
    must(as(demo.model.developer)
             .addEvidence(id, "Section 4 of the documentation states the shares below the cut-off for each age band.",
                          {}));
    must(as(demo.model.approver)
             .closeFinding(id, "The documentation now states the shares for each age band; the owner reports them "
                               "every quarter."));
    say("Closed it with evidence, by " + demo.model.approver);
}

void DemoScenario::plan(const DemoModel &demo, const FindingId &finding)
{
    RemediationPlan remediation;
    remediation.text = "Build a model for 60-month loans; price them by hand until it is validated.";
    remediation.owner = demo.model.developer;
    remediation.targetOn = dayFromEnd(20);
    must(as(demo.model.owner).planRemediation(finding, remediation));
    remediation.targetOn = dayFromEnd(45);
    remediation.reason = "Outcomes of 60-month loans are there for eleven months only.";
    must(as(demo.model.owner).planRemediation(finding, remediation));
    say("Planned its remediation and revised the plan once, by " + demo.model.owner);
}

void DemoScenario::raiseFindings()
{
    onDay(50);
    raise(m_data.modelCalled("EB-0001"), "Age bands differ below the cut-off",
          "The share of ages 18 to 29 below the cut-off is 0.66 of that of 50 and over.", Severity::medium, -20);
    raise(m_data.modelCalled("EB-0002"), "Used on 60-month loans",
          "The model prices 60-month loans, for which it was neither made nor validated.", Severity::high, -5);
    raise(m_data.modelCalled("EB-0003"), "Bureau score goes missing (simulated)",
          "The share of missing bureau scores grows from 2% to 26%.", Severity::low, 60);
    raise(m_data.modelCalled("EB-0004"), "Forecast falls short",
          "The forecast of 2016 is 3.6 thousand entries a day too low.", Severity::low, 90);
}

void DemoScenario::explainBreaches()
{
    onDay(55);
    const std::map<std::string, std::string> explanations{
        {"EB-0003", "The drifts were built into this simulated log on purpose; see known-drifts.csv."},
        {"EB-0004", "Ridership grew at nearly every station after 2008. The model is refitted next quarter; until then "
                    "planners add the mean shortfall."}};
    for (const auto &[reference, why] : explanations) {
        const MonitoringRun &run = m_workspace.registry().runs.at(m_runs.at(reference));
        if (run.breaches.empty())
            continue;
        const std::size_t count = run.breaches.size();
        must(as(m_data.modelCalled(reference).model.validator).explainRun(run.id, why));
        say("Explained " + std::to_string(count) + " breaches of " + reference);
        closeDetected(m_data.modelCalled(reference), run.id);
    }
}

void DemoScenario::closeDetected(const DemoModel &demo, const RunId &run)
{
    const auto &findings = m_workspace.registry().findings;
    const auto found = std::ranges::find_if(
        findings, [&](const auto &item) { return item.second.open && item.second.detected && item.second.run == run; });
    if (found == findings.end())
        return;
    const FindingId id = found->first;
    RemediationPlan remediation;
    remediation.text = "Find what each breach comes from, explain it with the run, and look at the next run.";
    remediation.owner = demo.model.developer;
    remediation.targetOn = dayFromEnd(0);
    must(as(demo.model.owner).planRemediation(id, remediation));
    must(as(demo.model.developer).addEvidence(id, "The causes stand with the run that was explained.", {}));
    must(
        as(demo.model.approver)
            .closeFinding(id, "The causes are known. The next run shows whether they grow, and opens it again if so."));
    say("Closed what was detected of " + demo.model.reference + ", by " + demo.model.approver);
}

void DemoScenario::signInAuditor()
{
    m_clock.set(m_end);
    as(m_data.with(Role::auditor).fullName);
    m_clock.set(m_end);
}

} // namespace countersign
