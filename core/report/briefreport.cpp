// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/briefparts.h"
#include "core/report/compared.h"
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

std::string numberInWords(const std::optional<double> &value)
{
    return value ? fixed(*value, 4) : std::string("-");
}

std::string intervalInWords(const PromotionValue &value)
{
    return value.low && value.high ? fixed(*value.low, 4) + " to " + fixed(*value.high, 4) : std::string("-");
}

std::string sideInWords(const PromotionSide &side)
{
    return side.source + ", " + (side.reference ? "reference " : "") + side.period + ": " + std::to_string(side.rows) +
           " rows, " + std::to_string(side.labelledRows) + " with a score and an outcome";
}

void addPromotion(Report &report, const Brief &brief)
{
    if (!brief.request.promotion)
        return;
    const Promotion &promotion = *brief.request.promotion;
    report.heading(2, "Champion and challenger");
    report.fields({{"Champion, version " + brief.championLabel, sideInWords(promotion.champion)},
                   {"Challenger, version " + brief.version.label, sideInWords(promotion.challenger)}});
    ReportTable figures{{"Figure", "Champion", "Challenger", "Difference", "95 % interval", "n", "Compared"}, {}, {}};
    for (const PromotionFigure &figure : promotion.figures)
        figures.rows.push_back(
            {figure.title, numberInWords(figure.champion.value), numberInWords(figure.challenger.value),
             numberInWords(figure.difference.value), intervalInWords(figure.difference),
             figure.championRows == figure.challengerRows
                 ? std::to_string(figure.championRows)
                 : std::to_string(figure.championRows) + " and " + std::to_string(figure.challengerRows),
             displayName(comparedOf(figure))});
    report.table(std::move(figures));
    report.paragraph(
        std::string("Differences are challenger minus champion; intervals take the two sides as independent") +
        (promotion.sameRows ? ", which is too wide, never too narrow, where both are the same rows, as here."
                            : ". The two sides are different rows: a part of a difference may come from the data."));
}

} // namespace

Report briefReport(const Brief &brief)
{
    Report report{"Decision brief: " + brief.model.reference + " " + brief.model.name + ", version " +
                      brief.version.label,
                  briefHeader(brief) + "\nRequested by " + brief.requesterName + ", " + minuteOf(brief.request.at),
                  {}};
    addDeadlines(report, brief);
    report.fields({{"Status", displayName(brief.status)},
                   {"Justification", brief.request.justification},
                   {"Purpose", brief.model.purpose},
                   {"Restrictions", brief.model.restrictions},
                   {"Limitations", brief.model.limitations},
                   {"Inherent tier", brief.tierLabel},
                   {"Stage", brief.stageLabel},
                   {"Cost", brief.cost ? costInWords(*brief.cost) : std::string()}});
    addRisk(report, brief.risk);
    report.heading(2, "Checks");
    report.table(checkTable(brief));
    report.heading(2, "Conditions of the approval");
    report.table(approvalConditions(brief));
    if (ReportTable owed = openApprovalConditions(brief); !owed.rows.empty()) {
        report.heading(3, "Owed under the approval");
        report.table(std::move(owed));
    }
    addPromotion(report, brief);
    addChanges(report, brief);
    report.heading(2, "Validation");
    if (brief.validation)
        report.fields({{"Outcome", displayName(brief.validation->outcome)},
                       {"Summary", brief.validation->summary},
                       {"Conditions", brief.validation->conditions},
                       {"Recorded", minuteOf(brief.validation->at)}});
    else
        report.paragraph("No validation is recorded for this version.");
    if (ReportTable conditions = openValidationConditions(brief); !conditions.rows.empty()) {
        report.heading(3, "Open conditions of the validation");
        report.table(std::move(conditions));
    }
    addRun(report, brief);
    report.heading(2, "Open findings");
    ReportTable findings{
        {"Finding", "Severity", "Owner", "Due on", "Remediation plan", "Evidence"}, {}, "No finding is open."};
    for (const Finding &finding : brief.openFindings)
        findings.rows.push_back({finding.title, displayName(finding.severity), finding.owner, shown(finding.dueOn),
                                 planInWords(finding), evidenceInWords(finding)});
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
