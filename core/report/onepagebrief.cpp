// SPDX-License-Identifier: GPL-3.0-or-later
//
// A decision on one page: what is longer is cut, what is more is counted. The brief beside it has everything.
#include "core/report/briefparts.h"
#include "core/report/compared.h"
#include "core/report/reports.h"
#include "core/report/sections.h"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

namespace countersign {

namespace {

/// How much of each text, in characters, and how many rows of each table. The first room is taken in which the brief
/// stays on its page.
struct Room
{
    std::size_t text;   ///< of the longer texts
    std::size_t line;   ///< of the shorter ones
    std::size_t detail; ///< in the widest column of a table
    std::size_t title;  ///< of a finding, a model
    std::size_t name;   ///< of a person
    std::size_t findings;
    std::size_t checks;
    std::size_t conditions;
    std::size_t figures;
    std::size_t signatures;
};
constexpr std::array rooms{Room{230, 130, 110, 60, 30, 4, 6, 2, 5, 4}, Room{130, 75, 60, 44, 22, 3, 6, 2, 5, 4},
                           Room{75, 70, 50, 40, 20, 2, 4, 1, 4, 2}, Room{55, 55, 34, 22, 18, 1, 2, 1, 4, 2}};

/// The height of a printed report as the paper sets it, in points of 96 to the inch, on the side of too much.
struct Height
{
    static constexpr double page = 940; ///< A4 within its margins
    double sum = 0;
    bool underTable = false; ///< more room is left there

    static double further(std::size_t characters, std::size_t line)
    {
        return 14.0 * static_cast<double>(characters / line);
    }

    void operator()(const ReportHeading &) { sum += std::exchange(underTable, false) ? 49 : 37; }
    void operator()(const ReportParagraph &paragraph)
    {
        sum += 22 + further(paragraph.text.size(), 85);
        underTable = false;
    }
    void operator()(const ReportVerbatim &) {}

    void operator()(const ReportFields &fields)
    {
        for (const auto &[name, value] : fields.fields)
            sum += value.empty() ? 0 : 18 + further(value.size(), 82);
    }

    void operator()(const ReportTable &table)
    {
        sum += table.rows.empty() ? 28 : 19;
        underTable = !table.rows.empty();
        for (const auto &row : table.rows) {
            std::size_t characters = 0;
            for (const auto &cell : row)
                characters += cell.size();
            sum += 19 + further(characters, 56);
        }
    }
};

bool fitsOnePage(const Report &report)
{
    Height height{80 + Height::further(report.title.size(), 40) + Height::further(report.subtitle.size(), 70)};
    for (const ReportBlock &block : report.blocks)
        std::visit(height, block);
    return height.sum < Height::page;
}

/// On one line, at most so many characters.
std::string flat(std::string text, std::size_t most)
{
    for (auto &c : text)
        if (c == '\n' || c == '\r' || c == '\t')
            c = ' ';
    return cut(text, most);
}

/// Cells of the column at most so long.
ReportTable narrowed(ReportTable table, std::size_t column, std::size_t most)
{
    for (auto &row : table.rows)
        row[column] = flat(row[column], most);
    return table;
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
        text += ", " + breachesInWords(*brief.run) + (brief.run->explanation.empty() ? "" : ", explained");
    return brief.run->performance.empty() ? text : text + "; " + brief.run->performance;
}

std::string askedInWords(const Brief &brief)
{
    return "Version " + brief.version.label + " goes into production" +
           (brief.replaces ? " in place of version " + brief.replaces->label : std::string(" for the first time")) +
           ". " + brief.request.justification;
}

std::string roughly(const std::optional<double> &value)
{
    return value ? fixed(*value, 4) : std::string("-");
}

ReportTable figureTable(const Brief &brief)
{
    ReportTable table{
        {"Figure", "Champion", "Challenger", "Difference", "Compared"}, {}, "The two have no figure in common."};
    for (const PromotionFigure &figure : brief.request.promotion->figures)
        table.rows.push_back({figure.title, roughly(figure.champion.value), roughly(figure.challenger.value),
                              roughly(figure.difference.value), displayName(comparedOf(figure))});
    return table;
}

ReportTable findingTable(const Brief &brief, const Room &room)
{
    ReportTable table{{"Finding", "Severity", "Owner", "Due on"}, {}, "No finding is open."};
    auto gravest = brief.openFindings;
    std::ranges::stable_sort(gravest, std::greater<>(), &Finding::severity);
    for (const Finding &finding : gravest)
        table.rows.push_back({flat(finding.title, room.title), displayName(finding.severity),
                              cut(finding.owner, room.name), shown(finding.dueOn)});
    return table;
}

ReportTable signatureTable(const Brief &brief, const Room &room)
{
    ReportTable table{{"Person", "Role", "Decision", "Signed"}, {}, "Nobody has signed, and nobody needs to."};
    for (const RequiredSignature &required : brief.outstanding)
        table.rows.push_back({"Still missing: " + std::to_string(required.count), displayName(required.role), {}, {}});
    for (const SignOff &signOff : brief.request.signOffs)
        table.rows.push_back({cut(signOff.fullName, room.name), displayName(signOff.role),
                              displayName(signOff.decision), minuteOf(signOff.at)});
    return table;
}

/// "1,144,800"
std::string grouped(double value)
{
    std::string digits = fixed(value, 0);
    const std::size_t first = digits.starts_with('-') ? 1 : 0;
    for (std::size_t at = digits.size(); at > first + 3;)
        digits.insert(at -= 3, ",");
    return digits;
}

Report briefIn(const Room &room, const Brief &brief)
{
    Report report{"Decision brief: " + cut(brief.model.reference + " " + brief.model.name, room.title) + ", version " +
                      cut(brief.version.label, 12),
                  flat(briefHeader(brief), room.line) + "\nRequested by " + cut(brief.requesterName, room.name) + ", " +
                      minuteOf(brief.request.at) + ". Status: " + displayName(brief.status),
                  {}};
    addDeadlines(report, brief);
    report.fields(
        {{"Asked", flat(askedInWords(brief), room.text)},
         {"Purpose", flat(brief.model.purpose, room.text)},
         {"Inherent, controls, residual",
          flat(brief.tierLabel + "; " + displayName(brief.risk.controls) + " controls; " + brief.risk.residualLabel +
                   ". " + brief.risk.controlsWhy,
               room.line)},
         {"Stage", flat(brief.stageLabel, room.line)},
         {"Health", flat(healthInWords(brief), room.line)},
         {"Validation", brief.validation
                            ? flat(displayName(brief.validation->outcome) + ". " + brief.validation->summary, room.line)
                            : std::string("None of this version")},
         {"Restrictions", flat(brief.model.restrictions, room.text)},
         {"Cost", brief.cost ? flat(costInWords(*brief.cost), room.line) : std::string("Not estimated")}});
    const auto conditions = [&](const char *heading, ReportTable table) {
        report.heading(2, heading);
        report.table(shortened(narrowed(narrowed(std::move(table), 0, room.detail), 1, room.name), room.conditions));
    };
    conditions("Conditions of the approval", approvalConditions(brief));
    if (ReportTable open = openApprovalConditions(brief); !open.rows.empty())
        conditions("Owed under the approval", std::move(open));
    if (ReportTable open = openValidationConditions(brief); !open.rows.empty())
        conditions("Open conditions of the validation", std::move(open));
    report.heading(2, "Checks");
    report.table(shortened(narrowed(checkTable(brief), 2, room.detail), room.checks));
    if (brief.request.promotion) {
        report.heading(2, "Champion and challenger (challenger minus champion)");
        report.table(shortened(figureTable(brief), room.figures));
    }
    report.heading(2, "Open findings");
    report.table(shortened(findingTable(brief, room), room.findings));
    report.heading(2, "Signatures");
    report.table(shortened(signatureTable(brief, room), room.signatures));
    return report;
}

} // namespace

std::string costInWords(const CostEstimate &cost)
{
    return grouped(cost.perYear()) + " " + cost.unit + " a year: " + grouped(cost.wrongPerYear()) + " when wrong, " +
           grouped(cost.idlePerYear()) + " when idle. " + cost.title + ".";
}

Report onePageBrief(const Brief &brief)
{
    for (const Room &room : rooms)
        if (Report report = briefIn(room, brief); fitsOnePage(report))
            return report;
    return briefIn(rooms.back(), brief);
}

} // namespace countersign
