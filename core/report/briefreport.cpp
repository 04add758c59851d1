// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/reports.h"
#include "core/report/sections.h"

namespace countersign {

namespace {

void addChanges(Report &report, const Brief &brief)
{
    report.heading(2, "What changes");
    if (!brief.replaces) {
        report.paragraph("No version is in production: this is the first.");
    } else {
        ReportTable changes{{"Field", "Version " + brief.replaces->label, "Version " + brief.version.label}, {}, {}};
        changes.whenEmpty = "Nothing but the label.";
        for (const FieldChange &change : brief.changes)
            changes.rows.push_back({change.field, change.before, change.after});
        report.table(std::move(changes));
    }
}

void addRun(Report &report, const Brief &brief)
{
    report.heading(2, "Monitoring");
    if (!brief.run) {
        report.paragraph("No monitoring run is recorded for this version.");
        return;
    }
    report.fields({{"Result", displayName(brief.run->health)},
                   {"Performance", brief.run->performance},
                   {"Scoring log", brief.run->source + ", " + std::to_string(brief.run->rows) + " rows"},
                   {"Periods", brief.run->from + " to " + brief.run->to},
                   {"Explanation", brief.run->explanation}});
    ReportTable breaches{{"Breach", "Result"}, {}, "No limit is breached."};
    for (const Breach &breach : brief.run->breaches)
        breaches.rows.push_back({breachInWords(breach), displayName(breach.health)});
    report.table(std::move(breaches));
}

void addSignatures(Report &report, const Brief &brief)
{
    report.heading(2, "Signatures");
    ReportTable given{{"Person", "Role", "Decision", "Comment", "Signed"}, {}, "Nobody has signed yet."};
    for (const SignOff &signOff : brief.request.signOffs)
        given.rows.push_back({signOff.fullName, displayName(signOff.role), displayName(signOff.decision),
                              signOff.comment, minuteOf(signOff.at)});
    report.table(std::move(given));
    ReportTable missing{{"Still missing", "How many"}, {}, "No signature is missing."};
    for (const RequiredSignature &required : brief.outstanding)
        missing.rows.push_back({displayName(required.role), std::to_string(required.count)});
    report.table(std::move(missing));
}

} // namespace

std::string checkStateInWords(CheckState state)
{
    switch (state) {
    case CheckState::passed:
        return "Holds";
    case CheckState::failed:
        return "Does not hold";
    case CheckState::notNeeded:
        break;
    }
    return "Not needed";
}

Report briefReport(const Brief &brief)
{
    Report report{"Decision brief: " + brief.model.reference + " " + brief.model.name + ", version " +
                      brief.version.label,
                  "Requested by " + brief.requesterName + ", " + minuteOf(brief.request.at),
                  {}};
    std::string controls;
    for (const std::string &control : brief.controls)
        controls += (controls.empty() ? "" : "\n") + control;
    report.fields({{"Status", displayName(brief.request.status)},
                   {"Justification", brief.request.justification},
                   {"Purpose", brief.model.purpose},
                   {"Restrictions", brief.model.restrictions},
                   {"Limitations", brief.model.limitations},
                   {"Risk tier", brief.tierLabel},
                   {"Stage", brief.stageLabel},
                   {"Cost", brief.cost ? costInWords(*brief.cost) : std::string()},
                   {"Controls", controls}});
    report.heading(2, "Conditions of a deployment");
    ReportTable checks{{"Condition", "State", "What was found"}, {}, "The policy asks for none."};
    for (const Check &check : brief.checks)
        checks.rows.push_back({check.title, checkStateInWords(check.state), check.detail});
    report.table(std::move(checks));
    addChanges(report, brief);
    report.heading(2, "Validation");
    if (brief.validation)
        report.fields({{"Outcome", displayName(brief.validation->outcome)},
                       {"Summary", brief.validation->summary},
                       {"Conditions", brief.validation->conditions},
                       {"Recorded", minuteOf(brief.validation->at)}});
    else
        report.paragraph("No validation is recorded for this version.");
    addRun(report, brief);
    report.heading(2, "Open findings");
    ReportTable findings{{"Finding", "Severity", "Owner", "Due on"}, {}, "No finding is open."};
    for (const Finding &finding : brief.openFindings)
        findings.rows.push_back({finding.title, displayName(finding.severity), finding.owner, shown(finding.dueOn)});
    report.table(std::move(findings));
    addSignatures(report, brief);
    report.heading(2, "What a signature covers");
    ReportTable covered{{"Kind", "What", "SHA-256"}, {}, {}};
    for (const CoveredItem &item : brief.covered)
        covered.rows.push_back({item.kind, item.title, item.hash.hex()});
    report.table(std::move(covered));
    return report;
}

} // namespace countersign
