// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/reports.h"
#include "core/report/sections.h"

namespace countersign {

Report modelReport(const PolicyPack &pack, const Registry &registry, const ModelId &modelId)
{
    const auto found = registry.models.find(modelId);
    if (found == registry.models.end())
        throw Exception(ErrorCode::NotFound, "There is no model " + modelId.str() + ".");
    const Model &model = found->second;
    Report report{model.reference + " " + model.name,
                  registry.organisation + "\nAs of entry " + std::to_string(registry.size - 1) + ", " +
                      minuteOf(registry.lastAt),
                  {}};
    addIdentity(report, pack, registry, model);
    report.heading(2, "Risk tier");
    addTier(report, pack, registry, model);
    report.heading(2, "Versions and documents");
    addVersions(report, registry, model);
    report.heading(2, "Monitoring");
    addMonitoring(report, registry, model);
    report.heading(2, "Findings");
    addFindings(report, registry, model);
    report.heading(2, "Sign-offs");
    addSignOffs(report, registry, model);
    report.heading(2, "History");
    addHistory(report, registry.timelineOf(modelId));
    return report;
}

} // namespace countersign
