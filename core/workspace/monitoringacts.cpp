// SPDX-License-Identifier: GPL-3.0-or-later
//
// A monitoring run in the register: the summary that lists and policies need; the whole result is a blob.
#include "core/log/canonical.h"
#include "core/workspace/runlimits.h"
#include "core/workspace/runsummary.h"
#include "core/workspace/workspaceprivate.h"

namespace countersign {

Result<RunId> Workspace::recordRun(const VersionId &versionId, const RunResult &result)
{
    return guarded([&] {
        const Registry &registry = m_d->registry();
        const ModelId of = recordOf(registry.versions, versionId, "version").model;
        requireStrictEnough(result.settings.thresholds, limitsOf(m_d->pack(), registry, of));
        const std::string bytes = canonicalJson(toJson(result));
        const MonitoringRun *former = registry.latestRun(versionId);
        const auto before = former ? std::optional(runResult(former->id)) : std::nullopt;
        MonitoringRun run = summaryOf(result, before && *before ? &before->value() : nullptr);
        run.id = m_d->newId<RunId>();
        run.model = of;
        run.version = versionId;
        run.result = sha256(bytes);
        m_d->append({MonitoringRecorded{run}}, {bytes});
        return run.id;
    });
}

Result<RunResult> Workspace::runResult(const RunId &id) const
{
    return guarded([&] {
        const MonitoringRun &run = recordOf(m_d->registry().runs, id, "monitoring run");
        const auto bytes = m_d->file->blob(run.result);
        if (!bytes)
            throw Exception(ErrorCode::Corrupt, "The result of the run on " + run.source + " is not in the file.",
                            "Restore the file from a copy that verifies.");
        return fromJson<RunResult>(parseStrict(*bytes), "result");
    });
}

Result<void> Workspace::explainRun(const RunId &id, const std::string &explanation)
{
    return guarded([&] {
        const MonitoringRun &run = recordOf(m_d->registry().runs, id, "monitoring run");
        m_d->append({MonitoringExplained{id, explanation, run.revision}});
    });
}

} // namespace countersign
