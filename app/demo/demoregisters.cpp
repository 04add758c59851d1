// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the demonstration keeps beside its models and of their work, and its attestation campaign.
#include "app/demo/demoscenario.h"
#include "core/monitoring/logtable.h"
#include "core/monitoring/periods.h"
#include "core/workspace/must.h"

#include <algorithm>
#include <map>

namespace countersign {

namespace {

constexpr const char *kSimulated = "EB-0003";
constexpr const char *kForecast = "EB-0004";

/// What the service did, month by month, counted in the log itself.
std::vector<UsageReport> usageIn(const RunSettings &run, const CancelToken &cancel)
{
    ReadRequest request;
    request.path = run.path;
    request.timeColumn = run.roles.time;
    request.categorical = {"status", "reason"};
    request.wanted = {run.roles.time, "status", "reason"};
    const LogTable log = readLog(request, 2, cancel, {});
    const Periods months = cutPeriods(log, run.roles.time, PeriodKind::Month, 0);
    const LogColumn &status = log.column("status");
    const LogColumn &reason = log.column("reason");
    std::vector<UsageReport> reports(months.info.size());
    std::vector<std::map<std::string, std::int64_t>> failures(months.info.size());
    for (std::size_t chunk = 0; chunk < log.chunkRows.size(); ++chunk)
        for (std::size_t row = 0; row < log.chunkRows[chunk]; ++row) {
            const auto month = months.groups.groupOfRow[chunk][row];
            if (month == noGroup)
                continue;
            const auto code = status.chunks[chunk].codes[row];
            if (code != missingCode && status.categories[code] == "ok") {
                ++reports[month].predictions;
                continue;
            }
            const auto why = reason.chunks[chunk].codes[row];
            ++failures[month][why == missingCode ? "no reason given" : reason.categories[why]];
        }
    for (std::size_t month = 0; month < reports.size(); ++month) {
        const PeriodInfo &info = months.info[month];
        reports[month].from = *info.from;
        reports[month].until = *info.to;
        reports[month].lastUsedOn = info.to;
        for (const auto &[why, count] : failures[month])
            reports[month].failures.push_back({why, count});
    }
    return reports;
}

} // namespace

void DemoScenario::keepRegisters()
{
    onDay(86);
    const DemoModel &demo = m_data.modelCalled(kSimulated);
    const ModelId model = m_models.at(kSimulated);
    const VersionId version = m_versions.at(kSimulated);
    auto usages = usageIn(demo.run, m_cancel);
    constexpr std::size_t shownMonths = 12;
    if (usages.size() > shownMonths)
        usages.erase(usages.begin(), usages.end() - static_cast<std::ptrdiff_t>(shownMonths));
    for (auto &usage : usages) {
        usage.model = model;
        usage.version = version;
        usage.title = "Application scoring (simulated)";
    }
    must(as(demo.model.developer).recordUsages(usages));
    std::int64_t failed = 0;
    for (const auto &usage : usages)
        failed += usage.failed();
    say("Reported " + std::to_string(usages.size()) + " months of use of " + kSimulated + ", " +
        std::to_string(failed) + " failed calls");
    recordBeside(demo, model, version);
    openAttestation();
}

void DemoScenario::recordBeside(const DemoModel &demo, const ModelId &model, const VersionId &version)
{
    Limitation limitation;
    limitation.model = model;
    limitation.title = "Ranks young customers badly since October 2020";
    limitation.effect = "Default rates of customers under 30 are understated.";
    limitation.mitigation = "An overlay on the provisions until the refit.";
    limitation.severity = Severity::high;
    limitation.owner = demo.model.owner;
    const auto limits = must(as(demo.model.owner).recordLimitation(limitation));

    Overlay overlay;
    overlay.model = model;
    overlay.limitation = limits;
    overlay.title = "Provisions for customers under 30";
    overlay.reason = "The score understates their risk.";
    overlay.method = "Observed over expected defaults of the last four quarters, times the exposure.";
    overlay.unit = "EUR thousand";
    overlay.severity = Severity::high;
    overlay.owner = demo.model.owner;
    overlay.plan = "The refit on outcomes since October 2020.";
    overlay.amounts = {{dayFromEnd(-60), 420, "First estimate"}, {dayFromEnd(-30), 465, "One more month of outcomes"}};
    overlay.expiresOn = dayFromEnd(120);
    must(as(demo.model.owner).recordOverlay(overlay));

    Incident incident;
    incident.model = model;
    incident.version = version;
    incident.title = "Two in five calls failed for five days";
    incident.impact = "Applications from 8 to 12 February 2021 were decided by hand.";
    incident.severity = Severity::high;
    incident.owner = demo.model.developer;
    incident.plan = "Find out what the calls that failed have in common, and let the service refuse them early.";
    incident.occurredOn = *parseDate("2021-02-08");
    must(as(demo.model.developer).recordIncident(incident));

    Assumption assumption;
    assumption.model = model;
    assumption.title = "Unemployment rate";
    assumption.reference = "The statistical office's monthly release (simulated here)";
    assumption.unit = "%";
    assumption.low = 3;
    assumption.high = 6;
    assumption.lastValue = 4.8;
    assumption.checkedOn = dayFromEnd(-40);
    assumption.checkMonths = 3;
    must(as(demo.model.developer).recordAssumption(assumption));

    CostEstimate cost;
    cost.model = model;
    cost.title = "Wrong acceptances and idle days";
    cost.unit = "EUR";
    cost.basis = "Simulated: calls of 2021, loss of an average loan, recoveries of a year.";
    cost.decisionsPerYear = 16000;
    cost.wrongShare = 0.03;
    cost.costPerWrong = 4200;
    cost.recoveredShare = 0.45;
    cost.idleDaysPerYear = 2;
    cost.valuePerDay = 18000;
    must(as(demo.model.owner).recordCost(cost));

    RetrainingPolicy retraining;
    retraining.model = model;
    retraining.title = "On drift or decline, at most every quarter";
    must(as(demo.model.owner).recordRetraining(retraining));

    HandOver handOver;
    handOver.model = model;
    handOver.version = version;
    handOver.title = "To the team that runs the application service";
    handOver.items = {{"The artefact is stored and its digest recorded", true, {}},
                      {"Monitoring and its limits are set up", true, "See the monitoring plan"},
                      {"Alarms reach somebody, and the runbook says what to do", false, {}},
                      {"Going back to the version before has been tried", false, {}}};
    must(as(demo.model.developer).recordHandOver(handOver));

    Explanation explanation;
    explanation.model = model;
    explanation.version = version;
    explanation.title = "Importance of the features, the strongest at 1";
    explanation.sample = "Applications of 2019";
    explanation.importance = demo.version.importance;
    explanation.reasonCodes = {{"R01", "The credit line is used to a large part"},
                               {"R02", "The bureau score is low"},
                               {"R03", "The time in the present job is short"}};
    must(as(demo.model.developer).recordExplanation(explanation));
    say("Recorded a limitation with its overlay, an incident, an assumption, a cost estimate, a retraining policy, a "
        "hand-over and an explanation of " +
        std::string(kSimulated));
}

void DemoScenario::openAttestation()
{
    onDay(87);
    Campaign campaign;
    campaign.title = "Attestation of the models in production";
    campaign.scope.stages = {enumName(Stage::inProduction), enumName(Stage::restricted)};
    campaign.from = dateOf(m_clock.now());
    campaign.until = dayFromEnd(30);
    campaign.questions = {"Is the entry in the inventory complete and true?",
                          "Is the model used for its approved purpose only?",
                          "Do its known limitations still hold, and are they all recorded?"};
    const auto id = must(as(m_data.with(Role::administrator).fullName).openCampaign(campaign));
    const Model &forecast = m_data.modelCalled(kForecast).model;
    must(as(forecast.owner).attest(id, m_models.at(kForecast), {{}, {}, {}}));
    const Model &simulated = m_data.modelCalled(kSimulated).model;
    must(as(simulated.owner)
             .attest(id, m_models.at(kSimulated),
                     {{}, {}, {AttestedAnswer::no, "Customers under 30 are recorded; the newest channel is not."}}));
    const auto asked = m_workspace.registry().campaigns.at(id).before.size();
    say("Opened an attestation campaign: " + std::to_string(asked) + " models asked, 2 attested");
}

} // namespace countersign
