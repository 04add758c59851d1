// SPDX-License-Identifier: GPL-3.0-or-later
//
// A decision on one page: what is longer is cut, what is more is counted. The brief beside it has everything.
#include "core/report/reports.h"
#include "core/report/sections.h"

#include <algorithm>
#include <functional>

namespace countersign {

namespace {

constexpr std::size_t briefLine = 70;
constexpr std::size_t briefText = 130;

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

/// Keeps the first `most` rows and says how many more there are.
ReportTable shortened(ReportTable table, std::size_t most)
{
    if (table.rows.size() <= most)
        return table;
    const auto more = table.rows.size() - most;
    table.rows.resize(most);
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
    Report report{"Decision brief: " + cut(brief.model.reference + " " + brief.model.name, 50),
                  "Requested by " + cut(brief.requesterName, 40) + ", " + minuteOf(brief.request.at) +
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
        checks.rows.push_back({check.title, checkStateInWords(check.state), flat(check.detail, 60)});
    report.table(shortened(std::move(checks), 6));
    report.heading(2, "Open findings");
    ReportTable findings{{"Finding", "Severity", "Owner", "Due on"}, {}, "No finding is open."};
    auto gravest = brief.openFindings;
    std::ranges::stable_sort(gravest, std::greater<>(), &Finding::severity);
    for (const Finding &finding : gravest)
        findings.rows.push_back(
            {flat(finding.title, 44), displayName(finding.severity), cut(finding.owner, 22), shown(finding.dueOn)});
    report.table(shortened(std::move(findings), 3));
    report.heading(2, "Signatures");
    ReportTable signatures{{"Person", "Role", "Decision", "Signed"}, {}, "Nobody has signed, and nobody needs to."};
    for (const RequiredSignature &required : brief.outstanding)
        signatures.rows.push_back(
            {"Still missing: " + std::to_string(required.count), displayName(required.role), {}, {}});
    for (const SignOff &signOff : brief.request.signOffs)
        signatures.rows.push_back({cut(signOff.fullName, 24), displayName(signOff.role), displayName(signOff.decision),
                                   minuteOf(signOff.at)});
    report.table(shortened(std::move(signatures), 4));
    return report;
}

} // namespace countersign
