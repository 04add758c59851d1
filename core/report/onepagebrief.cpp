// SPDX-License-Identifier: GPL-3.0-or-later
//
// A decision on one page: what is longer is cut, what is more is counted. The brief beside it has everything.
#include "core/report/reports.h"
#include "core/report/sections.h"

namespace countersign {

namespace {

constexpr std::size_t briefLine = 90;
constexpr std::size_t briefText = 220;
constexpr std::size_t briefRows = 6; ///< of each table

/// On one line, at most so many characters.
std::string flat(std::string text, std::size_t most)
{
    for (auto &c : text)
        if (c == '\n' || c == '\r' || c == '\t')
            c = ' ';
    return cut(text, most);
}

std::string inShort(const std::string &text)
{
    return flat(text, briefLine);
}

std::string inBrief(const std::string &text)
{
    return flat(text, briefText);
}

/// Keeps the first rows and says how many more there are.
ReportTable shortened(ReportTable table)
{
    if (table.rows.size() <= briefRows)
        return table;
    const auto more = table.rows.size() - briefRows;
    table.rows.resize(briefRows);
    table.rows.emplace_back(table.header.size());
    table.rows.back().front() = "and " + std::to_string(more) + " more";
    return table;
}

std::string healthInWords(const Brief &brief)
{
    if (!brief.run)
        return "Not monitored";
    auto text = displayName(brief.run->health);
    if (!brief.run->breaches.empty())
        text += ", " + std::to_string(brief.run->breaches.size()) +
                (brief.run->breaches.size() == 1 ? " figure" : " figures") + " beyond limits" +
                (brief.run->explanation.empty() ? "" : ", explained");
    return brief.run->performance.empty() ? text : text + "; " + brief.run->performance;
}

std::string askedInWords(const Brief &brief)
{
    return "Version " + brief.version.label + " goes into production" +
           (brief.replaces ? " in place of version " + brief.replaces->label : std::string(" for the first time")) +
           ". " + brief.request.justification;
}

} // namespace

std::string costInWords(const CostEstimate &cost)
{
    return fixed(cost.perYear(), 0) + " " + cost.unit + " a year: " + fixed(cost.wrongPerYear(), 0) + " when wrong, " +
           fixed(cost.idlePerYear(), 0) + " when idle. " + cost.title + ".";
}

Report onePageBrief(const Brief &brief)
{
    Report report{"Decision brief: " + cut(brief.model.reference + " " + brief.model.name, briefLine),
                  "Requested by " + cut(brief.requesterName, briefLine) + ", " + minuteOf(brief.request.at) +
                      ". Status: " + displayName(brief.request.status),
                  {}};
    report.fields({{"Asked", inBrief(askedInWords(brief))},
                   {"Purpose", inBrief(brief.model.purpose)},
                   {"Risk tier", inShort(brief.tierLabel)},
                   {"Stage", inShort(brief.stageLabel)},
                   {"Health", inShort(healthInWords(brief))},
                   {"Validation", brief.validation ? inShort(displayName(brief.validation->outcome) + ". " +
                                                             brief.validation->summary)
                                                   : std::string("None of this version")},
                   {"Restrictions", inBrief(brief.model.restrictions)},
                   {"Cost", brief.cost ? inShort(costInWords(*brief.cost)) : std::string("Not estimated")}});
    report.heading(2, "Conditions");
    ReportTable checks{{"Condition", "State", "What was found"}, {}, "The policy asks for none."};
    for (const Check &check : brief.checks)
        checks.rows.push_back({check.title, checkStateInWords(check.state), inShort(check.detail)});
    report.table(shortened(std::move(checks)));
    report.heading(2, "Open findings");
    ReportTable findings{{"Finding", "Severity", "Owner", "Due on"}, {}, "No finding is open."};
    for (const Finding &finding : brief.openFindings)
        findings.rows.push_back(
            {inShort(finding.title), displayName(finding.severity), cut(finding.owner, 30), shown(finding.dueOn)});
    report.table(shortened(std::move(findings)));
    report.heading(2, "Signatures");
    ReportTable signatures{{"Person", "Role", "Decision", "Signed"}, {}, "Nobody has signed, and nobody needs to."};
    for (const SignOff &signOff : brief.request.signOffs)
        signatures.rows.push_back({cut(signOff.fullName, 30), displayName(signOff.role), displayName(signOff.decision),
                                   minuteOf(signOff.at)});
    for (const RequiredSignature &required : brief.outstanding)
        signatures.rows.push_back(
            {"Still missing: " + std::to_string(required.count), displayName(required.role), {}, {}});
    report.table(shortened(std::move(signatures)));
    return report;
}

} // namespace countersign
