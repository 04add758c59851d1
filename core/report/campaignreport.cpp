// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/policy/stages.h"
#include "core/report/reports.h"
#include "core/report/sections.h"

#include <algorithm>

namespace countersign {

namespace {

std::string changesInWords(const std::vector<FieldChange> &changes)
{
    std::string words;
    for (const auto &change : changes)
        words += (words.empty() ? "" : "; ") + change.field + ": " + change.before + " → " + change.after;
    return words;
}

void addModels(Report &report, const PolicyPack &pack, const std::vector<CampaignLine> &lines)
{
    report.heading(2, "Models");
    ReportTable table{{"Model", "Owner", "Tier then", "Attested by", "On", "Changed since it was opened"}, {}, {}};
    for (const auto &line : lines)
        table.rows.push_back(
            {line.before.reference + " " + line.before.name, line.before.owner, pack.tierLabel(line.before.tier),
             line.attestation ? line.attestation->fullName : "not attested",
             line.attestation ? minuteOf(line.attestation->at) : std::string(), changesInWords(line.changes)});
    report.table(std::move(table));
}

void addExceptions(Report &report, const Campaign &campaign, const std::vector<CampaignLine> &lines)
{
    report.heading(2, "Answers other than yes");
    ReportTable table{{"Model", "Question", "Answer", "Comment"}, {}, "Every answer given is yes."};
    for (const auto &line : lines) {
        if (!line.attestation)
            continue;
        for (std::size_t at = 0; at < line.attestation->lines.size() && at < campaign.questions.size(); ++at) {
            const auto &answer = line.attestation->lines[at];
            if (answer.answer != AttestedAnswer::yes)
                table.rows.push_back({line.before.reference + " " + line.before.name, campaign.questions[at],
                                      displayName(answer.answer), answer.comment});
        }
    }
    report.table(std::move(table));
}

std::string scopeInWords(const PolicyPack &pack, const Registry &registry, const CampaignScope &scope)
{
    std::string words;
    const auto add = [&](const std::string &part) { words += (words.empty() ? "" : "; ") + part; };
    for (const auto level : scope.tiers)
        add(pack.tierLabel(level));
    const auto places = stagesInUse(pack, registry);
    for (const auto &id : scope.stages) {
        const auto found = std::ranges::find(places, id, &StagePlace::id);
        add(found == places.end() ? id + " (not in this policy)" : found->label);
    }
    if (!scope.businessUnit.empty())
        add("business unit " + scope.businessUnit);
    if (!scope.owner.empty())
        add("owned by " + scope.owner);
    return words.empty() ? "every model that is not retired" : words;
}

} // namespace

Report campaignReport(const PolicyPack &pack, const Registry &registry, const Campaign &campaign)
{
    const auto lines = campaignLines(registry, campaign);
    const auto answered =
        std::ranges::count_if(lines, [](const CampaignLine &line) { return line.attestation != nullptr; });
    Report report;
    report.title = campaign.title;
    report.subtitle = registry.organisation;
    report.fields({{"Scope", scopeInWords(pack, registry, campaign.scope)},
                   {"Period", toString(campaign.from) + " to " + toString(campaign.until)},
                   {"Opened", minuteOf(campaign.at) + " by " + personName(registry, campaign.by)},
                   {"Attested", std::to_string(answered) + " of " + std::to_string(lines.size())},
                   {"Signed off", campaign.closedAt
                                      ? minuteOf(*campaign.closedAt) + " by " + personName(registry, campaign.closedBy)
                                      : std::string("not yet")},
                   {"Statement", campaign.statement}});
    report.heading(2, "Questions");
    std::string questions;
    for (std::size_t at = 0; at < campaign.questions.size(); ++at)
        questions += (at == 0 ? "" : "\n") + std::to_string(at + 1) + ". " + campaign.questions[at];
    report.paragraph(questions);
    addExceptions(report, campaign, lines);
    addModels(report, pack, lines);
    return report;
}

} // namespace countersign
