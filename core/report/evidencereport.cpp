// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/csv.h"
#include "core/policy/stages.h"
#include "core/report/reports.h"
#include "core/report/sections.h"

#include <algorithm>

namespace countersign {

namespace {

std::vector<const Model *> byReference(const Registry &registry)
{
    std::vector<const Model *> models;
    models.reserve(registry.models.size());
    for (const auto &[id, model] : registry.models)
        models.push_back(&model);
    std::sort(models.begin(), models.end(), [](const Model *a, const Model *b) { return a->reference < b->reference; });
    return models;
}

void addVerification(Report &report, const EvidenceFacts &facts)
{
    report.heading(2, "Verification");
    report.strong(facts.faults.empty() ? "The file verified: every entry, signature and document is as it was signed."
                                       : "The file does NOT verify.");
    for (const std::string &fault : facts.faults)
        report.paragraph(fault);
    report.fields({{"Log", facts.origin},
                   {"Entries", std::to_string(facts.entries)},
                   {"Signatures checked", std::to_string(facts.signatures)},
                   {"Root", facts.root}});
    report.paragraph("Checkpoint. Whoever keeps it can prove later that nothing before it was cut off or rewritten.");
    report.verbatim(facts.checkpoint);
}

void addInventory(Report &report, const PolicyPack &pack, const Registry &registry,
                  const std::vector<const Model *> &models)
{
    report.heading(2, "Inventory");
    ReportTable inventory{
        {"Reference", "Name", "Stage", "Tier", "Owner", "Last validated on", "Planned review", "Monitoring"},
        {},
        "The inventory is empty."};
    for (const Model *model : models) {
        const TierAssessment *tier = registry.tierOf(model->id);
        const auto runs = registry.runsOf(model->id);
        inventory.rows.push_back({model->reference, model->name, stageLabel(pack, *model),
                                  tier == nullptr ? "Not tiered" : pack.tierLabel(tier->level()), model->owner,
                                  shown(model->lastValidatedOn), shown(model->nextReviewOn),
                                  runs.empty() ? std::string() : displayName(runs.front()->health)});
    }
    report.table(std::move(inventory));
}

void addPeople(Report &report, const Registry &registry)
{
    report.heading(2, "People and keys");
    ReportTable people{{"Name", "Roles", "State", "Public key (Ed25519)"}, {}, {}};
    for (const auto &[id, user] : registry.users) {
        std::string roles;
        for (const Role role : user.roles)
            roles += (roles.empty() ? "" : ", ") + displayName(role);
        people.rows.push_back({user.fullName, roles, user.active ? "Active" : "Inactive", user.publicKey});
    }
    report.table(std::move(people));
}

/// Models of which there is nothing but the line in the inventory need no chapter.
bool hasChapter(const Registry &registry, const Model &model)
{
    return registry.tierOf(model.id) != nullptr || !registry.versionsOf(model.id).empty() ||
           !registry.findingsOf(model.id).empty();
}

void addModel(Report &report, const PolicyPack &pack, const Registry &registry, const Model &model)
{
    report.heading(2, model.reference + " " + model.name);
    addIdentity(report, pack, registry, model);
    report.heading(3, "Risk tier");
    addTier(report, pack, registry, model);
    report.heading(3, "Versions and documents");
    addVersions(report, registry, model);
    report.heading(3, "Monitoring");
    addMonitoring(report, registry, model);
    report.heading(3, "Findings");
    addFindings(report, registry, model);
    report.heading(3, "Sign-offs");
    addSignOffs(report, registry, model);
}

} // namespace

Report evidenceReport(const PolicyPack &pack, const Registry &registry, const EvidenceFacts &facts)
{
    Report report{"Evidence: " + registry.organisation,
                  "Exported " + minuteOf(facts.exportedAt) + ". Policy: " + pack.title + ", version " +
                      std::to_string(pack.version) + ", SHA-256 " + registry.policyHash.hex(),
                  {}};
    const auto models = byReference(registry);
    addVerification(report, facts);
    report.heading(2, "Acts outside policy");
    std::vector<const TimelineItem *> forbidden;
    for (const TimelineItem &item : registry.timeline)
        if (!item.forbidden.empty())
            forbidden.push_back(&item);
    if (forbidden.empty())
        report.paragraph("None.");
    else
        addHistory(report, forbidden);
    addInventory(report, pack, registry, models);
    addPeople(report, registry);
    for (const Model *model : models)
        if (hasChapter(registry, *model))
            addModel(report, pack, registry, *model);
    return report;
}

std::string timelineCsv(const Registry &registry)
{
    std::string csv =
        csvLine({"Entry", "Time", "Author", "Fact", "Model", "Summary", "Changes", "Forbidden, without effect"});
    for (const TimelineItem &item : registry.timeline) {
        std::string changes;
        for (const FieldChange &change : item.changes)
            changes += (changes.empty() ? "" : "; ") + change.field + ": " + change.before + " -> " + change.after;
        const auto model = registry.models.find(item.model);
        csv += csvLine({std::to_string(item.seq), toString(item.at), item.authorName, item.fact,
                        model == registry.models.end() ? std::string() : model->second.reference, item.summary, changes,
                        item.forbidden});
    }
    return csv;
}

} // namespace countersign
