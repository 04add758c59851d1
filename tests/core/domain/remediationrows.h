// SPDX-License-Identifier: GPL-3.0-or-later
//
// What plans, evidence and promotions must be, whatever the policy says.
#pragma once

#include "tests/core/domain/consistencyrows.h"
#include "tests/core/domain/worldfindings.h"

#include <cmath>

namespace world {

inline std::vector<Row> findingRows()
{
    const auto planned = [](bool second, auto change) {
        return [=](Full &full) {
            full.does(full.validator, {FindingRaised{world::finding("fr", ModelId("m1"))}});
            const auto revision = [&] { return full.registry.findings.at(FindingId("fr")).revision; };
            if (second)
                full.does(full.owner, {RemediationPlanned{FindingId("fr"), world::plan(), revision()}});
            RemediationPlanned fact{FindingId("fr"), world::plan(), revision()};
            change(fact);
            return std::vector<Fact>{fact};
        };
    };
    const auto given = [](auto change) {
        return [=](Full &full) {
            full.does(full.validator, {FindingRaised{world::finding("fr", ModelId("m1"))}});
            RemediationEvidenced fact{FindingId("fr"), world::remediation(),
                                      full.registry.findings.at(FindingId("fr")).revision};
            change(fact);
            return std::vector<Fact>{fact};
        };
    };
    const auto closed = [](Full &full) {
        full.does(full.validator, {FindingRaised{world::finding("fr", ModelId("m1"))}});
        full.does(full.approver,
                  {FindingClosed{FindingId("fr"), "Seen.", full.registry.findings.at(FindingId("fr")).revision}});
        return std::vector<Fact>{
            RemediationPlanned{FindingId("fr"), world::plan(), full.registry.findings.at(FindingId("fr")).revision}};
    };
    using P = RemediationPlanned;
    using E = RemediationEvidenced;
    return {
        {"plan", {}, "", planned(false, [](P &) {})},
        {"plan without text", ErrorCode::InvalidInput, "What the remediation plan is",
         planned(false, [](P &fact) { fact.plan.text = " "; })},
        {"plan of nobody", ErrorCode::InvalidInput, "Who answers",
         planned(false, [](P &fact) { fact.plan.owner.clear(); })},
        {"plan of the past", ErrorCode::InvalidInput, "a day that is over",
         planned(false, [](P &fact) { fact.plan.targetOn = *parseDate("2026-03-01"); })},
        {"first plan with a reason", ErrorCode::InvalidInput, "no plan that could be revised",
         planned(false, [](P &fact) { fact.plan.reason = "Later."; })},
        {"revision without reason", ErrorCode::InvalidInput, "Why the remediation plan is revised",
         planned(true, [](P &) {})},
        {"revision", {}, "", planned(true, [](P &fact) { fact.plan.reason = "Later."; })},
        {"plan on an older finding", ErrorCode::Conflict, "was changed meanwhile",
         planned(false, [](P &fact) { --fact.basedOn; })},
        {"plan of nothing", ErrorCode::NotFound, "no finding",
         planned(false, [](P &fact) { fact.finding = FindingId("nowhere"); })},
        {"plan of a closed finding", ErrorCode::Conflict, "closed already", closed},
        {"evidence", {}, "", given([](E &) {})},
        {"evidence of words alone", {}, "", given([](E &fact) { fact.evidence.files.clear(); })},
        {"evidence of files alone", {}, "", given([](E &fact) { fact.evidence.text.clear(); })},
        {"evidence of nothing", ErrorCode::InvalidInput, "this is neither", given([](E &fact) { fact.evidence = {}; })},
        {"evidence, empty file", ErrorCode::InvalidInput, "is empty",
         given([](E &fact) { fact.evidence.files[0].size = 0; })},
        {"evidence, no digest", ErrorCode::InvalidInput, "digest",
         given([](E &fact) { fact.evidence.files[0].hash = {}; })},
        {"evidence, folder", ErrorCode::InvalidInput, "holds a folder",
         given([](E &fact) { fact.evidence.files[0].fileName = "a/b.csv"; })},
        {"finding raised with a plan", ErrorCode::InvalidInput, "without plan and evidence",
         [](Full &) {
             auto finding = world::finding("fr", ModelId("m1"));
             finding.plans = {world::plan()};
             return std::vector<Fact>{FindingRaised{finding}};
         }},
    };
}

/// Evidence of a record beside a model, and what a change may do to it.
inline std::vector<Row> recordEvidenceRows()
{
    const auto given = [](RecordKind kind, auto change) {
        return [=](Full &full) {
            full.does(full.owner, {LimitationRecorded{world::limitation("x1", ModelId("m1"))}});
            full.does(full.owner, {ExceptionRequested{world::exception("x1", ModelId("m1"))}});
            full.does(full.owner, {OverlayRecorded{world::overlay("x1", ModelId("m1"))}});
            full.does(full.owner, {IncidentRecorded{world::incident("x1", ModelId("m1"))}});
            const auto revision = withRecords(full.registry, kind, [](const char *, const auto &records) {
                return records.begin()->second.revision;
            });
            RecordEvidenced fact{kind, "x1", world::remediation(), revision};
            change(fact);
            return std::vector<Fact>{fact};
        };
    };
    using E = RecordEvidenced;
    std::vector<Row> rows{
        {"record evidence of nothing", ErrorCode::InvalidInput, "this is neither",
         given(RecordKind::overlay, [](E &fact) { fact.evidence = {}; })},
        {"record evidence, older", ErrorCode::Conflict, "was changed meanwhile",
         given(RecordKind::incident, [](E &fact) { --fact.basedOn; })},
        {"record evidence, nowhere", ErrorCode::NotFound, "no exception with the id",
         given(RecordKind::policyException, [](E &fact) { fact.record = "nowhere"; })},
        {"record evidence, closed", ErrorCode::Conflict, "The overlay \"Energy prices\" is closed.",
         [](Full &full) {
             full.does(full.owner, {OverlayRecorded{world::overlay("x1", ModelId("m1"))}});
             auto closed = full.registry.overlays.at(OverlayId("x1"));
             closed.open = false;
             closed.closingReason = "The refit is in use.";
             full.does(full.owner, {OverlayChanged{closed}});
             return std::vector<Fact>{E{RecordKind::overlay, "x1", world::remediation(),
                                        full.registry.overlays.at(OverlayId("x1")).revision}};
         }},
        {"exception without owner", ErrorCode::InvalidInput, "its owner",
         [](Full &) {
             auto asked = world::exception("x1", ModelId("m1"));
             asked.owner.clear();
             return std::vector<Fact>{ExceptionRequested{asked}};
         }},
        {"exception with evidence", ErrorCode::InvalidInput, "without evidence",
         [](Full &) {
             auto asked = world::exception("x1", ModelId("m1"));
             asked.evidence = {world::remediation()};
             return std::vector<Fact>{ExceptionRequested{asked}};
         }},
        {"overlay closed without a reason", ErrorCode::InvalidInput, "Why the overlay is closed",
         [](Full &full) {
             full.does(full.owner, {OverlayRecorded{world::overlay("x1", ModelId("m1"))}});
             auto closed = full.registry.overlays.at(OverlayId("x1"));
             closed.open = false;
             return std::vector<Fact>{OverlayChanged{closed}};
         }},
        {"evidence by a change", ErrorCode::InvalidInput, "neither added nor taken back",
         [](Full &full) {
             full.does(full.owner, {IncidentRecorded{world::incident("x1", ModelId("m1"))}});
             auto changed = full.registry.incidents.at(IncidentId("x1"));
             changed.evidence = {world::remediation()};
             return std::vector<Fact>{IncidentChanged{changed}};
         }},
    };
    for (const auto kind : enumValues<RecordKind>())
        rows.push_back({"evidence of the " + nounOf(kind), {}, "", given(kind, [](E &) {})});
    return rows;
}

inline std::vector<Row> remediationRows()
{
    auto rows = findingRows();
    const auto more = recordEvidenceRows();
    rows.insert(rows.end(), more.begin(), more.end());
    return rows;
}

/// Champion v1 is put into production first; the challenger is v2.
inline std::vector<Row> promotionRows()
{
    const auto asked = [](auto change) {
        return [=](Full &full) {
            const auto second = full.registry.versions.at(VersionId("v2"));
            auto challenged = world::run("nc", second);
            full.does(full.owner, {MonitoringRecorded{world::run("nd", full.first)}});
            full.does(full.owner, {MonitoringRecorded{challenged}});
            DeploymentRequested fact{world::request("rp", second), {}};
            fact.request.promotion = world::promotion(full.registry.runs.at(RunId("nd")), challenged);
            change(*fact.request.promotion);
            return std::vector<Fact>{fact};
        };
    };
    return {
        {"promotion", {}, "", asked([](Promotion &) {})},
        {"promotion of another version", ErrorCode::InvalidInput, "not the version that the request is for",
         asked([](Promotion &p) { std::swap(p.champion, p.challenger); })},
        {"promotion over itself", ErrorCode::InvalidInput, "the same version",
         asked([](Promotion &p) { p.champion = p.challenger; })},
        {"promotion, run of another version", ErrorCode::InvalidInput, "not one of version",
         asked([](Promotion &p) { p.champion.run = RunId("nc"); })},
        {"promotion, another result", ErrorCode::InvalidInput, "not one of version",
         asked([](Promotion &p) { p.challenger.result = sha256("other"); })},
        {"promotion, no such run", ErrorCode::NotFound, "no monitoring run",
         asked([](Promotion &p) { p.champion.run = RunId("nowhere"); })},
        {"promotion without figures", ErrorCode::InvalidInput, "nothing to compare",
         asked([](Promotion &p) { p.figures.clear(); })},
        {"promotion, figure twice", ErrorCode::InvalidInput, "is there once",
         asked([](Promotion &p) { p.figures.push_back(p.figures[0]); })},
        {"promotion, not a number", ErrorCode::InvalidInput, "is not a number",
         asked([](Promotion &p) { p.figures[0].difference.low = NAN; })},
        {"promotion, more outcomes than rows", ErrorCode::InvalidInput, "counted wrongly",
         asked([](Promotion &p) { p.champion.labelledRows = p.champion.rows + 1; })},
    };
}

} // namespace world
